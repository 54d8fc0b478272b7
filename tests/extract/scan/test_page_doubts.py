"""Pages with rules but no table."""

import pytest

from extract.scan.page import rules_cross
from model.geometry import Segment


def lying(y, width=300):
    return Segment(50, y, 50 + width, y, 1)


def standing(x, height=200):
    return Segment(x, 100, x, 100 + height, 1)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ([lying(100), lying(200), standing(50), standing(300)], True),
        ([lying(100), lying(200)], False),  # lines under words
        ([lying(100, 60), lying(200, 60), standing(50), standing(300)], False),
        ([lying(100), lying(200), standing(50)], False),  # a fold
        ([], False),
    ],
)
def test_rules_that_stand_and_lie_as_those_of_a_table(rules, told):
    assert rules_cross(rules) is told

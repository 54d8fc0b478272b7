"""Which strokes of a page are rules."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.prepare.rules import find_rules


def page(*strokes, size=(1200, 900)):
    """A 300 dpi page with a table of two columns and two rows, and other strokes (x0, y0, x1, y1)."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for x in (100, 260, 1100):
        draw.line((x, 100, x, 700), fill=0, width=4)
    for y in (100, 400, 700):
        draw.line((100, y, 1100, y), fill=0, width=4)
    for stroke in strokes:
        draw.line(stroke, fill=0, width=7)
    return np.asarray(image, np.uint8)


def lying(picture):
    rules = find_rules(picture, 300.0, 255.0)
    return sorted(round(rule.y0) for rule in rules.lines if rule.horizontal)


def test_bars_of_bold_capitals_in_a_cell_are_no_rule():
    assert len(lying(page((145, 250, 215, 250)))) == 3


@pytest.mark.parametrize(
    "stroke",
    [
        (260, 250, 1100, 250),  # a rule through the second column
        (100, 250, 260, 250),  # a rule through the first one, short as it is
        (260, 250, 420, 250),  # one that stops: it meets a standing rule
        (145, 800, 215, 800),  # outside the table: a line of its own
    ],
)
def test_what_meets_a_rule_or_stands_alone_is_one(stroke):
    assert len(lying(page(stroke))) == 4


def test_a_piece_of_a_broken_rule_is_kept_where_the_rule_goes_on():
    assert len(lying(page((145, 250, 215, 250), (330, 250, 1100, 250)))) == 5

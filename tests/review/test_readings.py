import pytest

from model.page import Reading
from model.table import Cell
from review.readings import rivals_of


@pytest.mark.parametrize(
    ("text", "others", "rivals"),
    [
        ("17.52 9", ["17.5\n9"], ["17.529", "17.59"]),
        ("12", ["12", "13"], ["13"]),
        ("170.5 00", [], ["170.500"]),
        ("Xã A", ["Xã\nÁ", "Xã A"], ["Xã Á"]),
        ("", ["7", "1"], ["7", "1"]),
        ("12", [" "], []),
    ],
)
def test_other_readings_are_told_whole_and_once(text, others, rivals):
    cell = Cell(
        1, 1, text, text, alternatives=tuple(Reading(t, n + 1.0, "numbers") for n, t in enumerate(others))
    )
    assert rivals_of(cell) == rivals

from dataclasses import replace

import pytest

from model.page import Reading
from model.table import Cell
from pipeline.run.checked_anew import recheck_document
from pipeline.understood_anew import understood_anew
from review.readings import rivals_of, typed
from tests.review.grids import document, table


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


@pytest.mark.parametrize("beside", ["", "80"])
def test_a_figure_that_a_person_typed_is_never_taken_back(beside):
    """Not where a sum fails, nor where a hole in the row says that figures may have slipped."""
    grid = table(
        [
            ["TT", "Đơn vị", "Tiếp nhận", "Giải quyết"],
            ["1", "Xã Suối Mẫu", "1.300", "1.250"],
            ["2", "Phường Mẫu", "88", beside],
            ["", "Tổng cộng", "1.400", "1.340"],
        ]
    )
    rows = [list(row) for row in grid.rows]
    rows[2][2] = typed(rows[2][2], ",", "89", "Lan")
    checked = recheck_document(document(replace(grid, rows=tuple(map(tuple, rows))))).tables[0]
    assert (checked.rows[2][2].text, checked.rows[2][2].value.plain()) == ("89", "89")


def test_no_column_changes_the_number_that_a_person_typed():
    grid = table(
        [
            ["TT", "Đơn vị", "Tỷ lệ (%)"],
            *([str(n), f"Xã Số {n}", text] for n, text in enumerate(("92,31", "87,94", "90,12", "95,55"), 1)),
        ]
    )
    rows = [list(row) for row in grid.rows]
    rows[2][2] = typed(rows[2][2], ",", "8794", "Lan")
    grid = replace(grid, rows=tuple(map(tuple, rows)))
    cell = understood_anew(document(grid), grid).rows[2][2]
    assert (cell.text, cell.value.plain(), cell.value.unit) == ("8794", "8794", "percent")

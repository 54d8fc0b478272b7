from dataclasses import replace

import pytest

from model.page import Reading
from model.table import Cell, Table
from normalize.numbers import parse_quantity
from pipeline.run.checked_anew import recheck_document
from pipeline.understood_anew import understood_anew
from review.readings import rivals_of, settled, typed
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


def column(texts, mark):
    """Sure figures of a table, read by a decimal mark, over one that is in doubt and was read by the other."""
    other = "," if mark == "." else "."

    def read(text, by):
        return parse_quantity(text, by, thousandths="," in text if by == "," else "." in text)

    cells = [Cell(0, 0, "Giá", "Giá", True)]
    cells += [Cell(n, 0, t, t, value=read(t, mark)) for n, t in enumerate(texts[:-1], start=1)]
    last = Cell(len(texts), 0, texts[-1], texts[-1], value=read(texts[-1], other), status="doubtful")
    return Table("t01", "", "ruled", 1, tuple((c,) for c in (*cells, last))), last


@pytest.mark.parametrize(
    ("texts", "mark", "value"),
    [
        (("3,300", "2,600", "1,150", "1,980"), ".", "1980"),  # it had been 1.980, and stayed so
        (("3.300", "2.600", "1.150", "1.980"), ",", "1980"),
        (("0,125", "3,125", "2,250", "4,500", "1,980"), ",", "1.980"),
        (("3,300", "1,980"), ".", "1.980"),  # too few say so
        (("3,300", "2,600", "1,150", "12"), ".", "12"),
        (("3,300", "2,600", "1,150", "0,980"), ".", "0.980"),
    ],
)
def test_a_figure_that_is_confirmed_is_read_as_the_sure_ones_of_its_table(texts, mark, value):
    grid, cell = column(texts, mark)
    found = settled(grid, cell)
    assert (found.value.plain(), found.status, found.text) == (value, "read", cell.text)


def test_a_sure_figure_is_left_alone_whatever_the_others_are():
    grid, cell = column(("3,300", "2,600", "1,150", "1,980"), ".")
    sure = replace(cell, status="read")
    assert settled(grid, sure) == sure

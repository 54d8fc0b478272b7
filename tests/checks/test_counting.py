"""Rows that the numbers of a table's rows say are missing, and cells that hold the numbers of two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.conservation import conservation_flags
from checks.conservation.codes import broken_codes
from checks.conservation.counting import missing_numbers
from checks.conservation.grid_view import GridView
from checks.conservation.misfits import holds_several_ordinals
from tests.checks.net_tables import ROWS, typed


def numbered(numbers: list[str]) -> list[list[str]]:
    """Rows with these numbers."""
    return [[number, *ROWS[k % len(ROWS)][1:]] for k, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("numbers", "where"),
    [
        (["1", "2", "3", "4"], ""),
        (["1", "2", "1", "2", "3"], ""),  # sections, each counted anew
        (["3", "4", "5", "6"], "bắt đầu từ 3"),  # the first rows ended in the header
        (["1", "2", "8", "9"], "nhảy từ 2 đến 8"),
        (["1", "2", "3", "(1)", "4", "5"], ""),  # column numbers of a repeated header
        (["1", "2", "8", "4", "5"], ""),  # a 3 read as 8
        (["1", "1", "2", "2", "3"], ""),  # rows of two lines
        (["2", "3"], ""),  # too few to be a count
    ],
)
def test_where_row_numbers_leave_some_out(numbers: list[str], where: str) -> None:
    table = typed(numbered(numbers))
    assert missing_numbers(GridView(table)) == where
    told = [f.found for f in conservation_flags([table], ()) if f.message.startswith("Số thứ tự")]
    assert told == ([where] if where else [])


def test_sure_print_may_leave_numbers_out() -> None:
    assert missing_numbers(GridView(typed(numbered(["1", "2", "8", "9"]), sure=True))) == ""


@given(st.integers(1, 30), st.integers(3, 12))
def test_numbers_that_count_on_from_one_leave_none_out(sections: int, rows: int) -> None:
    numbers = [str(k + 1) for _ in range(min(sections, 3)) for k in range(rows)]
    assert missing_numbers(GridView(typed(numbered(numbers)))) == ""


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("3 3.1", True),
        ("4 - II", True),  # a figure, a dash's dirt and a section: three rows in one
        ("41 42 VI 43", True),
        ("II", False),
        ("- 4", False),
        ("A B", False),
        ("Tổng số", False),
    ],
)
def test_cells_that_hold_the_numbers_of_several_rows(text: str, several: bool) -> None:
    assert holds_several_ordinals(text) == several


def test_two_codes_of_two_parts_in_one_cell_are_told() -> None:
    """`02.01 4 02.01 5`: the rule between two rows was lost in the column of goods' codes."""
    head = ["TT", "Mã", "Tên hàng", "Giá"]
    rows = [[str(k), f"02.01{k}", f"Gạo loại {k}", f"1{k}.500"] for k in range(1, 8)]
    rows[3][1] = "02.01 4 02.01 5"
    table = typed(rows, head)
    column = [row[1] for row in table.rows[table.header_rows :]]
    assert [cell.text for cell in broken_codes(column)] == ["02.01 4 02.01 5"]

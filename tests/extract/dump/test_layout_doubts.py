"""Rows of laid-out tables that are told of: late numbers, numbers without a name, parts of unlike columns."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.figures import with_cut_groups, with_stuck_figures
from extract.dump.layout.doubts import with_late_start, with_numbers_over_nothing, with_rows_apart
from extract.dump.layout.seams import joined

Rows = list[tuple[str, ...]]


def _draft(rows: Rows, head: int = 0, page: int = 1) -> Draft:
    return Draft(tuple(rows), 1, len(rows), (page,) * len(rows), header_rows=head or None)


def _rows(first: int, count: int) -> Rows:
    return [(str(n), f"Xã {n}", f"{n}12", "4,5") for n in range(first, first + count)]


def test_a_table_that_begins_with_its_second_row_is_doubted() -> None:
    """The first row stood on the page before, under a header that made no table there."""
    assert "số thứ tự 2" in with_late_start(_draft(_rows(2, 4)), None).doubts[0]


@pytest.mark.parametrize(
    ("rows", "before"),
    [
        (_rows(1, 4), None),
        (_rows(5, 4), _rows(1, 4)),  # it goes on
        ([(year, "Tỉnh", "12", "3") for year in ("12", "45", "7")], None),  # no row numbers
        (_rows(7, 2), None),  # too few to count
    ],
)
def test_numbers_that_may_stand_so_are_not(rows: Rows, before: Rows | None) -> None:
    assert not with_late_start(_draft(rows), _draft(before) if before else None).doubts


def test_a_number_without_a_name_doubts_the_rows_beside_it() -> None:
    """A row over three lines was three rows: its figures stood in two of them."""
    rows = [*_rows(1, 6), ("", "Xã", "712", ""), ("7", "", "", "4,5"), ("", "Bảy", "", "")]
    found = with_rows_apart(_draft(rows))
    assert "Hàng 8" in found.doubts[0]
    assert {(6, 2), (7, 3)} <= found.doubtful
    assert not with_rows_apart(_draft(_rows(1, 6))).doubts


def test_tables_without_names_are_not_doubted_for_it() -> None:
    rows: Rows = [(str(n), f"{n}2", f"{n}3") for n in range(1, 7)]
    assert not with_rows_apart(_draft(rows)).doubts


def test_parts_with_other_columns_doubt_their_table() -> None:
    """On the second page two columns had one place, and every figure after it stood one column off."""
    after: Rows = [(str(n), f"Xã {n}", "", f"{n}12") for n in range(7, 13)]
    table = joined(_draft(_rows(1, 6)), _draft(after, page=2))
    assert any("cột có thể bị cắt sai" in doubt for doubt in table.doubts)
    assert not joined(_draft(_rows(1, 6)), _draft(_rows(7, 6), page=2)).doubts


def test_a_figure_cut_in_its_last_group_is_doubted() -> None:
    rows: Rows = [(str(n), f"Hàng {n}", f"{n}2,500", "0.5") for n in range(1, 9)]
    rows.append(("9", "Hàng 9", "123,5", "0.5"))
    assert with_cut_groups(_draft(rows)).doubtful == {(8, 2)}


def test_decimals_beside_groups_by_the_other_mark_are_whole() -> None:
    rows: Rows = [(str(n), f"Hàng {n}", f"{n}2.500") for n in range(1, 9)]
    assert not with_cut_groups(_draft([*rows, ("9", "Hàng 9", "123,5")])).doubtful


def test_two_short_cells_of_a_word_and_a_figure_doubt_a_table_of_words() -> None:
    """A fee beside the first word of the next column's ground was lost without a word."""
    rows: Rows = [(str(n), f"Thủ tục {n}", "Không") for n in range(1, 7)]
    rows += [("7", "Thủ tục 7", "số 15,000"), ("8", "Thủ tục 8", "số 50,000")]
    assert with_stuck_figures(_draft(rows)).doubts
    assert not with_stuck_figures(_draft(rows[:-1])).doubts


@pytest.mark.parametrize(
    ("headings", "last", "doubted"),
    [
        (("TT", "Loại đất", "Tổng", "Xã A", ""), "", True),
        (("TT", "Loại đất", "Tổng", "Xã A", "Ghi chú"), "", False),
        (("TT", "Loại đất", "Tổng", "Xã A", ""), "7,5", False),
    ],
    ids=["nothing at all", "a heading", "cells"],
)
def test_columns_of_nothing_but_a_number_doubt_the_table(
    headings: tuple[str, ...], last: str, doubted: bool
) -> None:
    """Blank cells had closed up: figures stood in the columns before theirs, and the last columns were empty."""
    rows: Rows = [headings, ("(1)", "(2)", "(3)", "(4)", "(5)")]
    rows += [(str(n), "Đất lúa", f"{n}2,5", f"{n}1,4", last) for n in range(1, 6)]
    assert bool(with_numbers_over_nothing(_draft(rows, head=2)).doubts) is doubted


def test_figures_before_dates_doubt_their_table() -> None:
    """The answers given stood in the cell of the day they were due."""
    rows: Rows = [(str(n), f"Kiến nghị {n}", f"1{n} 0{n}/10/2024") for n in range(1, 5)]
    assert with_stuck_figures(_draft(rows)).doubts
    assert not with_stuck_figures(_draft([(row[0], row[1], row[2][3:]) for row in rows])).doubts

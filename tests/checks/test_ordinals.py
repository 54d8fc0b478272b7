"""What row numbers that count up prove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checks import check_document
from model.document import Document
from model.table import Table

GRID = [["STT", "Đơn vị"], ["1", "Xã An"], ["2", "Xã Bo"], ["3", "Xã Cư"], ["4", "Xã Do"], ["5", "Xã Em"]]


def proved_rows(found: Document) -> list[int]:
    (checked,) = check_document(found).tables
    return [row[0].row for row in checked.rows if row[0].status == "proved"]


def test_row_numbers_that_count_up_prove_each_other(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    assert proved_rows(document([table("t01", GRID, 1)])) == [1, 2, 3, 4, 5]


def test_row_numbers_of_a_table_whose_layout_is_in_doubt_prove_nothing(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    """Of columns laid side by side wrongly, numbers stood beside the rows of others, and were proved."""
    found = document([table("t01", GRID, 1)])
    (typed,) = found.tables
    doubted = replace(found, tables=(replace(typed, doubts=("Các cột có thể ghép sai.",)),))
    assert proved_rows(doubted) == []

"""What a doubted reading's flag proposes: nothing where a share tells of two amounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checks import check_document
from model.document import Document
from model.page import Reading
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]

PRICES = [
    ["TT", "Mặt hàng", "Giá kỳ trước", "Giá kỳ này", "Tăng, giảm", "Tỷ lệ tăng, giảm (%)"],
    ["1", "Gạo", "52.000", "53.500", "1.500", "2,88"],
    ["2", "Thịt", "116.000", "118.500", "2.500", "2,16"],
    ["3", "Xăng", "89.000", "91.500", "2.500", "2,81"],
    ["4", "Gas", "153.500", "157.000", "3.500", "2,28"],
    ["5", "Trứng", "28.500", "29.500", "1.000", "3,51"],
]


def misread(table: Table, row: int, col: int, text: str, *others: str) -> Table:
    """The table as ink, surely read but for one cell."""

    def change(r: int, c: int) -> object:
        cell = replace(table.rows[r][c], sure=False, confidence=0.999)
        if (r, c) != (row, col):
            return cell
        offers = tuple(Reading(other, 1.2) for other in others)
        return replace(cell, text=text, raw=text, status="doubtful", confidence=0.4, alternatives=offers)

    rows = tuple(tuple(change(r, c) for c in range(table.n_cols)) for r in range(table.n_rows))
    return replace(table, rows=rows)


def test_a_share_that_is_only_cut_off_is_not_proposed(table: Build, document: Make) -> None:
    """2,80 is what 2,8089 is cut off, 2,81 what it is rounded."""
    made = document([misread(table("t01", PRICES, 1), 3, 5, "2,83", "2,80")])
    flags = [f for f in check_document(made).flags if (f.row, f.col) == (3, 5)]
    assert flags and not any(f.expected for f in flags)

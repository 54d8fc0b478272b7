"""A sheet over its table as the checks left it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.figures import open_book
from model.table import Table
from model.value import Value

GRID = [
    ["STT", "Xã", "Tổng số", "Đạt"],
    ["1", "Hòa A", "5", "3"],
    ["2", "Hòa B", "7", "4"],
    ["", "Tổng cộng", "12", "7"],
]


def told(sheet):
    return sheet.kinds, sheet.body, sheet.numeric, sheet.label_col, sheet.levels, sheet.places.tolist()


def with_cell(table: Table, row: int, col: int, **changes: object) -> Table:
    rows = [list(cells) for cells in table.rows]
    rows[row][col] = replace(rows[row][col], **changes)
    return replace(table, rows=tuple(map(tuple, rows)))


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "proved", "proofs": 2},
        {"text": "Toàn huyện"},
        {"text": "Hòa B"},
        {"text": ""},
        {"value": Value(5)},
    ],
)
def test_what_is_told_of_it_is_what_is_told_of_it_made_anew(table, document, changes):
    book = open_book(document([table("t01", GRID, 1)]))
    sheet = book.sheets[0]
    told(sheet)
    new = with_cell(sheet.table, 3, 1, **changes)
    assert told(sheet.with_table(new)) == told(replace(sheet, table=new))
    assert sheet.with_table(new).table is new


def test_what_was_told_is_not_asked_again_where_only_proofs_came(table, document):
    sheet = open_book(document([table("t01", GRID, 1)])).sheets[0]
    body = sheet.body
    assert sheet.with_table(with_cell(sheet.table, 1, 2, status="proved")).body is body

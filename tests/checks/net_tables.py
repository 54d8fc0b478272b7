"""Tables for the tests of the net: one as it should be, and the same with other texts."""

from __future__ import annotations

from collections.abc import Sequence

from model.flag import Flag
from model.table import Cell, Column, Table
from normalize.columns import type_columns

HEAD = ["STT", "Đơn vị", "Tiếp nhận", "Giải quyết", "Tỷ lệ (%)"]


ROWS = [
    ["1", "Xã An Bình", "1.204", "1.100", "91,4"],
    ["2", "Xã Bình Lâm", "2.310", "2.300", "99,6"],
    ["3", "Xã Cát Tài", "1.750", "1.700", "97,1"],
    ["4", "Xã Đức Phú", "3.412", "3.400", "99,6"],
    ["5", "Phường Hòa Hội", "1.015", "1.000", "98,5"],
    ["6", "Xã Kim Sơn", "4.020", "4.000", "99,5"],
]


def built(grid: Sequence[Sequence[str]], header_rows: int, sure: bool) -> Table:
    """A table of strings without spans."""
    rows = tuple(
        tuple(Cell(r, c, t, t, r < header_rows, page=1, anchor=(r, c), sure=sure) for c, t in enumerate(row))
        for r, row in enumerate(grid)
    )
    columns = tuple(Column(c, (text,) if header_rows else ()) for c, text in enumerate(grid[0]))
    return Table("t01", "", "ruled", header_rows, rows, columns)


def typed(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD, sure: bool = False) -> Table:
    """A table of one header row (none where `head` is empty), its columns typed."""
    grid = [list(head), *map(list, rows)] if head else [list(row) for row in rows]
    return type_columns([built(grid, 1 if head else 0, sure)])[0][0]


def changed(row: int, **texts: str) -> list[list[str]]:
    """ROWS with other texts in one row, by `cN`."""
    rows = [list(r) for r in ROWS]
    for name, text in texts.items():
        rows[row][int(name[1:])] = text
    return rows


def places(flags: Sequence[Flag]) -> list[tuple[int | None, int | None]]:
    return [(f.row, f.col) for f in flags]

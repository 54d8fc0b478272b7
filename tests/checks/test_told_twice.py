"""Figures of which the ink gave none, asked for by two relations that have nothing else in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from checks import check_document
from model.document import Document
from model.table import Cell, Table

Build = Callable[..., Table]
Make = Callable[..., Document]

PARTS = [(1204, 3310), (988, 2415), (2310, 1120), (1750, 2644), (3412, 1398), (1015, 3207)]
ROW, COL = 3, 2


def _rubble(table: Build, document: Make, ink: str, annexed: bool, name: str = "Xã Mẫu 3") -> Document:
    """A table with a total of two columns, one of them rubble, and an annex that repeats the totals."""
    first = [[str(n), f"Xã Mẫu {n}", str(a + b), str(a), str(b)] for n, (a, b) in enumerate(PARTS, 1)]
    second = [[str(n), f"Xã Mẫu {n}", str(a + b)] for n, (a, b) in enumerate(PARTS, 1)]
    first[ROW - 1][COL], first[ROW - 1][1] = ink, name
    tables = [
        table("t01", [["TT", "Đơn vị", "Tổng số hồ sơ tiếp nhận", "Trực tiếp", "Trực tuyến"], *first], 1)
    ]
    if annexed:
        tables.append(table("t02", [["TT", "Đơn vị", "Số hồ sơ tiếp nhận"], *second], 1))
    made = document(tables)
    return replace(made, tables=tuple(replace(t, rows=tuple(map(_of_ink, t.rows))) for t in made.tables))


def _of_ink(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    here = (ROW, COL)
    return tuple(
        replace(c, sure=False, confidence=0.5 if (c.row, c.col) == here else 0.9, status=_status(c))
        for c in row
    )


def _status(cell: Cell) -> str:
    return "doubtful" if (cell.row, cell.col) == (ROW, COL) and len(cell.text.split()) > 1 else cell.status


@pytest.mark.parametrize("ink", ["o5 53", "3 4c0", "1 4 c6>"])
@pytest.mark.parametrize("name", ["Xã Mẫu 3", "> Xã Mẫu 3"])
def test_rubble_is_what_two_relations_say_and_a_reader_is_told(
    table: Build, document: Make, ink: str, name: str
) -> None:
    checked = check_document(_rubble(table, document, ink, annexed=True, name=name))
    cell = checked.tables[0].rows[ROW][COL]
    assert (cell.value.amount, cell.status, cell.proofs) == (3430, "repaired", 0)
    told = [f for f in checked.flags if (f.table_id, f.row, f.col) == ("t01", ROW, COL)]
    assert [(f.kind, f.severity, f.found) for f in told] == [("reading", "warning", ink)]


def test_rubble_that_one_relation_tells_stays_in_doubt(table: Build, document: Make) -> None:
    checked = check_document(_rubble(table, document, "o5 53", annexed=False))
    cell = checked.tables[0].rows[ROW][COL]
    assert (cell.text, cell.value) == ("o5 53", None)
    assert any((f.row, f.col) == (ROW, COL) and f.severity != "info" for f in checked.flags)

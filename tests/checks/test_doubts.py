"""Which doubted readings get a flag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.table import Table

GRID = [["Đơn vị", "Tiếp nhận"], ["Xã An", "12"], ["Xã Bo", "40"], ["Xã Cư", "31"], ["Xã Do", "1i"]]


def test_a_note_of_spelling_hides_no_doubted_figure(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    """A figure read as `i` had a note that it might be `ị`, and no warning."""
    found = document([table("t01", GRID, 1, sure=False)])
    (typed,) = found.tables
    rows = (*typed.rows[:-1], (typed.rows[-1][0], replace(typed.rows[-1][1], status="doubtful")))
    note = Flag("spelling", "info", "“i” có thể là “ị”.", "t01", 4, 1)
    doubted = replace(found, tables=(replace(typed, rows=rows),), flags=(note,))
    warned = [flag for flag in check_document(doubted).flags if flag.severity != "info"]
    assert (4, 1) in [(flag.row, flag.col) for flag in warned]

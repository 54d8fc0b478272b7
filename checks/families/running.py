"""Running totals: `lũy kế` of a row is that of the row before it and what its own period adds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from checks.figures import Book
from checks.relation import Relation
from checks.template import accept, lay
from checks.view import NO_SUM, Sheet

_RUNNING = re.compile(r"\bluy (?:ke|tien)\b|\bcong don\b")
# A wrong one fails twice, with the row above it and with the one below.
_SHARE, _ROWS, _DIGITS = 0.5, 2, 5.0


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The equations of every column that is called a running total, with the one column that it adds up."""
    for col in (c for c in sheet.numeric if _RUNNING.search(sheet.leaf(c))):
        others = [c for c in sheet.numeric if c != col and sheet.column(c).role not in NO_SUM]
        best: list[Relation] = []
        for other in sorted(others, key=lambda c: abs(c - col)):
            relations = _down(sheet, col, other)
            found = accept(book, relations, _SHARE, _ROWS, _DIGITS, len(others)) if relations else []
            if found:
                best = found
                break
        yield from best


def _down(sheet: Sheet, col: int, added: int) -> list[Relation]:
    """The running total of each plain row from that of the row above it."""
    rows = [r for r in sheet.body if sheet.kinds[r] == "body" and sheet.at[r][col] is not None]
    laid = (
        lay(
            sheet,
            (row, col),
            [((above, col), 1), ((row, added), 1)],
            kind="row_sum",
            source="header",
            family=f"{sheet.table.table_id}:running:{col}:{added}",
            words="cộng lũy kế của dòng trước với số trong kỳ",
        )
        for above, row in pairwise(rows)
    )
    return [r for r in laid if r is not None]

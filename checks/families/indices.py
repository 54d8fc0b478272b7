"""Indices: a percentage that is a score over the most that may be scored, the same in every row.

`Tổng điểm (60)` beside `Chỉ số (%)`: the maximum stands in a header or nowhere; the figures tell it. Where a
column prints it, the quotient of columns is found without this (checks/families/columns.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from checks.families.columns import over_rows
from checks.figures import Book
from checks.relation import HUNDRED, ONE, Relation
from checks.template import accept
from checks.view import Sheet

_SHARE, _ROWS, _DIGITS = 0.75, 3, 9.0
_MOST = Decimal(1000)  # points: the largest maximum there is
_HALF = Decimal("0.5")  # maxima are whole points or halves


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """For each column of percentages the column of scores that it is the index of, if there is one."""
    scores = [c for c in sheet.numeric if sheet.column(c).role not in ("percent", "rank", "delta", "ratio")]
    for target in (c for c in sheet.numeric if sheet.percentish(c)):
        for score in (c for c in scores if not sheet.percentish(c)):
            top = _maximum(book, sheet, target, score)
            if top is None or _printed(book, sheet, top):
                continue
            relations = over_rows(
                sheet,
                target,
                [(score, 1)],
                kind="percent",
                source="discovered",
                scale=HUNDRED / top,
                words=f"tính từ điểm trên {top.normalize():f} điểm tối đa",
            )
            tries = int(_MOST / _HALF) * len(scores)
            if relations and (found := accept(book, relations, _SHARE, _ROWS, _DIGITS, tries)):
                yield from found
                break


def _maximum(book: Book, sheet: Sheet, index: int, score: int) -> Decimal | None:
    """The maximum that most rows ask for, to half a point; None where there is none, or it is a hundred (an
    index that is the score itself)."""
    asked = [
        HUNDRED * book.amounts[points] / book.amounts[share]
        for row in sheet.body
        if (share := sheet.at[row][index]) is not None
        and (points := sheet.at[row][score]) is not None
        and book.amounts[share] > 0
    ]
    if len(asked) < _ROWS:
        return None
    top = (median(asked) / _HALF).to_integral_value() * _HALF
    return top if ONE < top <= _MOST and top != HUNDRED else None


def _printed(book: Book, sheet: Sheet, top: Decimal) -> bool:
    """Whether a column prints the maximum in every row."""
    columns = ([n for r in sheet.body if (n := sheet.at[r][c]) is not None] for c in sheet.numeric)
    return any(len(found) > 1 and all(book.amounts[n] == top for n in found) for found in columns)

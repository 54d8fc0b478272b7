"""Rates in rows of their own: `Tỷ lệ hồ sơ đúng hạn` is the row of such dossiers over a row above it.

Its words name the part; which row is the whole is told by the figures, in all columns alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.figures import Book
from checks.relation import HUNDRED, Relation, judge
from checks.template import accept, lay
from checks.view import Sheet

_RATE = re.compile(r"^t[yi] (?:le|trong)\b")
_WORD = re.compile(r"[a-z]{2,}")
_EMPTY = frozenset(("ty", "ti", "le", "trong", "so", "tong", "ho", "cua", "cac", "duoc", "da", "ve"))
# In so many columns the rate must hold, and in this share of them; it says so many digits together.
_SHARE, _COLUMNS, _DIGITS = 0.5, 2, 5.0  # one column alone is met by chance, by two like rows and their 100%


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The quotients of every row that is called a rate, where its part is named and a whole makes it hold."""
    called = [r for r in sheet.body if _RATE.match(sheet.names[r])]
    rates = [r for r in called if _of_percent(book, sheet, r)]
    if not rates:
        return
    others = sorted(set(sheet.body) - set(called))
    counts = [r for r in others if not _of_percent(book, sheet, r)]
    words = {r: _words(sheet.names[r]) for r in (*rates, *counts)}
    for rate in rates:
        parts = [r for r in counts if words[rate] and words[rate] <= words[r]]
        yield from _best(book, sheet, rate, parts, counts)


def _best(book: Book, sheet: Sheet, rate: int, parts: list[int], counts: list[int]) -> list[Relation]:
    """The relations of the part and whole that hold in the most columns; none where no pair does."""
    best: list[Relation] = []
    held = 0
    for part in parts:
        for whole in (r for r in counts if r != part):
            relations = _over_columns(sheet, rate, part, whole)
            if not relations:
                continue
            found = accept(book, relations, _SHARE, _COLUMNS, _DIGITS, len(parts) * len(counts))
            closed = sum(judge(r, book.amounts, book.figures).closes for r in found)
            if closed > held:
                best, held = found, closed
    return best


def _over_columns(sheet: Sheet, rate: int, part: int, whole: int) -> list[Relation]:
    laid = (
        lay(
            sheet,
            (rate, col),
            [((part, col), 1)],
            [((whole, col), 1)],
            kind="percent",
            source="header",
            scale=HUNDRED,
            family=f"{sheet.table.table_id}:rate:{rate}={part}/{whole}",
            words="tính từ các dòng trên",
        )
        for col in sheet.numeric
    )
    return [r for r in laid if r is not None and len(r.figures) == len((rate, part, whole))]


def _of_percent(book: Book, sheet: Sheet, row: int) -> bool:
    found = [n for c in sheet.numeric if (n := sheet.at[row][c]) is not None]
    return bool(found) and all(book.figures[n].percent for n in found)


def _words(label: str) -> frozenset[str]:
    return frozenset(w for w in _WORD.findall(label) if w not in _EMPTY)

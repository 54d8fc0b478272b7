"""The last or first column of a table of counts that adds up all others, as in a matrix."""

from __future__ import annotations

from collections.abc import Iterator

from checks.families.columns import over_rows
from checks.figures import Book
from checks.relation import Relation
from checks.template import accept
from checks.view import NO_SUM, Sheet

_FEWEST, _MOST = 3, 12  # columns that are added up
_SHARE, _ROWS, _DIGITS = 0.6, 3, 12.0  # of rows with so many figures to add
_TRIED = 2  # columns: the last and the first


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The sums of all columns but one, which rows of three figures and more to add bear out."""
    columns = [
        c for c in sheet.numeric if sheet.column(c).role not in NO_SUM and sheet.column(c).role != "delta"
    ]
    if not _FEWEST < len(columns) <= _MOST + 1:
        return
    for target in (columns[-1], columns[0]):
        parts = [(c, 1) for c in columns if c != target]
        relations = over_rows(sheet, target, parts, kind="row_sum", source="discovered")
        telling = [r for r in relations if r.has_live(book.amounts, _FEWEST + 1)]
        if telling and (found := accept(book, telling, _SHARE, _ROWS, _DIGITS, _TRIED)):
            yield from (r.judged(found[0].supported, found[0].exact, _TRIED) for r in relations)
            return

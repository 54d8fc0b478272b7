"""Columns of counts told as sums by where they stand: the last or first that adds up all others, as in a
matrix, and one right beside its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from checks.equations import Alike
from checks.families.columns import find as find_columns
from checks.families.columns import over_rows
from checks.figures import Book
from checks.relation import Relation
from checks.template import accept
from checks.view import NO_SUM, Sheet

_FEWEST, _MOST = 3, 12  # columns that are added up
_SHARE, _ROWS, _DIGITS = 0.6, 3, 12.0  # of rows with so many figures to add
_SHORT, _BESIDE, _WAYS = 10, 6.0, 4  # rows of a short table; digits of such sums; sets of neighbours tried
_EPSILON = 1e-12  # what a sum of binary fractions may be off, as a share of what is added up
_TRIED = 2  # columns: the last and the first


def find(book: Book, sheet: Sheet) -> Iterator[Relation | Alike]:
    """Relations of columns (`families.columns`); then the sum of all columns but one, which rows of three
    figures and more to add bear out, and those of columns right beside their sum."""
    taken: set[frozenset[int]] = set()
    yield from find_columns(book, sheet, taken)
    columns = [
        c for c in sheet.numeric if sheet.column(c).role not in NO_SUM and sheet.column(c).role != "delta"
    ]
    if frozenset(columns) not in taken:
        yield from _margin(book, sheet, columns)
    yield from _beside(book, sheet, columns)


def _beside(book: Book, sheet: Sheet, columns: Sequence[int]) -> Iterator[Relation]:
    """Two or three columns right before or behind one that is their sum in three of five rows: a short table
    may hold several faults."""
    if len(columns) > _MOST or len(sheet.body) > _SHORT:
        return
    for i, target in enumerate(columns):
        for size in (2, 3):
            for parts in (columns[i + 1 : i + 1 + size], columns[max(0, i - size) : i]):
                spots = [(c, 1) for c in parts]
                if len(parts) < size:
                    continue
                relations = over_rows(sheet, target, spots, kind="row_sum", source="discovered")
                telling = [r for r in relations if r.has_live(book.amounts, _FEWEST)]
                if telling and (found := accept(book, telling, _SHARE, _ROWS, _BESIDE, _WAYS)):
                    yield from (r.judged(found[0].supported, found[0].exact, _WAYS) for r in relations)


def _is_hopeless(book: Book, sheet: Sheet, target: int, columns: Sequence[int]) -> bool:
    """Whether a column surely is not the sum of the others in enough rows, by sums of all rows at once: most
    are not, and an equation for each row of a long table takes long."""
    places = sheet.places[:, list(columns)]
    known = places >= 0
    if sheet.blanks or not known.any():
        return False
    amounts = np.where(known, book.floats[places], 0.0)
    loose = np.where(known, book.halves[places], 0.0).sum(axis=1) + _EPSILON * abs(amounts).sum(axis=1)
    goal = amounts[:, columns.index(target)]
    met = known[:, columns.index(target)] & (abs(amounts.sum(axis=1) - 2 * goal) <= loose)
    telling = known.all(axis=1) & ((amounts != 0).sum(axis=1) > _FEWEST)
    return bool(met.sum() < _SHARE * telling.sum())


def _margin(book: Book, sheet: Sheet, columns: Sequence[int]) -> Iterator[Relation]:
    if not _FEWEST < len(columns) <= _MOST + 1:
        return
    for target in (columns[-1], columns[0]):
        parts = [(c, 1) for c in columns if c != target]
        if _is_hopeless(book, sheet, target, columns):
            continue
        relations = over_rows(sheet, target, parts, kind="row_sum", source="discovered")
        telling = [r for r in relations if r.has_live(book.amounts, _FEWEST + 1)]
        if telling and (found := accept(book, telling, _SHARE, _ROWS, _DIGITS, _TRIED)):
            yield from (r.judged(found[0].supported, found[0].exact, _TRIED) for r in relations)
            return

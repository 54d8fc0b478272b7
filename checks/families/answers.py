"""Answers to a question: as many in every row, and under the counts their percentages.

A survey prints how many chose each mark from 1 to 5; together they are the people asked, the same in every
row. Under a row of counts may stand a row of their shares of that number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from checks.families.summands import Floats
from checks.figures import Book
from checks.relation import HUNDRED, ONE, ZERO, Relation, Term, judge
from checks.template import accept
from checks.view import NO_SUM, Sheet

_SHARE, _ROWS, _DIGITS = 0.7, 4, 10.0
_FEWEST, _MOST = 3, 8  # answers to one question
_ASKED = 10  # fewer than that add up alike by chance


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The equations of the longest run of columns whose rows add up to one number, and of shares below."""
    found = _asked(book, sheet)
    if found is None:
        return
    asked, relations = found
    yield from relations
    yield from _shares(book, sheet, asked)


def _asked(book: Book, sheet: Sheet) -> tuple[Decimal, list[Relation]] | None:
    """What the rows of a run of columns add up to, and one equation a row."""
    countable = [c for c in sheet.numeric if sheet.column(c).role not in NO_SUM or not sheet.percentish(c)]
    sums, counts = _running(book, sheet, countable)
    for size in range(min(_MOST, len(countable)), _FEWEST - 1, -1):
        for start in range(len(countable) - size + 1):
            columns = countable[start : start + size]
            if columns[-1] - columns[0] != size - 1:
                continue
            end = start + size
            whole = np.flatnonzero(counts[:, end] - counts[:, start] == size)
            if len(whole) < _ROWS:
                continue
            found = sums[whole, end] - sums[whole, start]
            usual = np.partition(found, len(found) // 2)[len(found) // 2]  # no other is so often there
            alike = found == usual
            times = int(np.count_nonzero(alike))
            # Each row says as many digits as their number has, however small its last answer is.
            if usual < _ASKED or times < _SHARE * len(whole) or times * len(f"{usual:.0f}") < _DIGITS:
                continue
            rows = [sheet.body[i] for i in whole.tolist()]
            asked = _sum(book, sheet, rows[int(np.argmax(alike))], columns)
            family = f"{sheet.table.table_id}:answers:{columns[0]}"
            relations = [
                _adds_up([n for c in columns if (n := sheet.at[row][c]) is not None], asked, family)
                for row in rows
            ]
            if accepted := accept(book, relations, _SHARE, _ROWS, tries=len(countable) ** 2):
                return asked, accepted
    return None


def _running(book: Book, sheet: Sheet, columns: Sequence[int]) -> tuple[Floats, NDArray[np.int64]]:
    """What each body row's counts (down) add up to before each of the columns and after the last (across),
    and how many they are; shares are none. Counts are whole: no sum of them is off."""
    places = sheet.places[:, list(columns)]
    rows, known = len(places), book.countable[places] & (places >= 0)
    amounts = np.where(known, book.floats[places], 0.0)
    nothing = np.zeros((rows, 1))
    return (
        np.hstack((nothing, np.cumsum(amounts, axis=1))),
        np.hstack((nothing, np.cumsum(known, axis=1))).astype(np.int64),
    )


def _sum(book: Book, sheet: Sheet, row: int, columns: Sequence[int]) -> Decimal:
    return sum((book.amounts[n] for c in columns if (n := sheet.at[row][c]) is not None), ZERO)


def _adds_up(figures: Sequence[int], asked: Decimal, family: str) -> Relation:
    *parts, target = figures
    return Relation(
        "row_sum",
        "discovered",
        target,
        tuple(Term(n) for n in parts),
        scale=-ONE,
        constant=asked,
        family=family,
        words=f"phần còn lại cho đủ {asked} phiếu",
    )


def _shares(book: Book, sheet: Sheet, asked: Decimal) -> Iterator[Relation]:
    """A percentage under a count is the count's share of those asked."""
    relations = []
    for above, below in zip(sheet.body, sheet.body[1:]):
        for col in sheet.numeric:
            count, share = sheet.at[above][col], sheet.at[below][col]
            if count is None or share is None or not book.figures[share].percent:
                continue
            if book.figures[count].percent or book.figures[count].half:
                continue
            relation = Relation(
                "percent",
                "discovered",
                share,
                (Term(count),),
                scale=HUNDRED / asked,
                family=f"{sheet.table.table_id}:answers:shares",
                words=f"tính từ số phiếu ở dòng trên, trên {asked}",
            )
            if judge(relation, book.amounts, book.figures).closes or not _added_up(
                book, sheet, (above, below), col
            ):
                relations.append(relation)
    if relations:
        yield from accept(book, relations, _SHARE, _ROWS, _DIGITS)


def _added_up(book: Book, sheet: Sheet, rows: tuple[int, int], col: int) -> bool:
    """Whether count and share of a column (`4+5`) are both the sums of columns right before it: the share
    was then added up from rounded ones, which is no error."""
    for first in range(max(0, col - _MOST), col - 1):
        sums = []
        for row in rows:
            parts = [n for c in range(first, col) if (n := sheet.at[row][c]) is not None]
            total = sheet.at[row][col]
            whole = len(parts) == col - first and total is not None
            sums.append(whole and sum((book.amounts[n] for n in parts), ZERO) == book.amounts[total or 0])
        if all(sums):
            return True
    return False

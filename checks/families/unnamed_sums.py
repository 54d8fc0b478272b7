"""Rows that add up others without being called a total: the last of a matrix, a period under shorter ones,
the second `Tổng ...` of an account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from checks.families.totals import SUM_OF, children_of, countable, held, near, sums_of
from checks.figures import Book
from checks.relation import Relation, judge
from checks.view import Sheet

_MOSTLY, _MANY_DIGITS = 0.6, 10.0  # of its columns close, and say together, where no words call a row a sum
_LIVE = 3  # figures other than nothing, from which a sum may fail; columns that close
_DIGITS = 4  # of a sum that is no chance where words call it one
_NEARLY = Decimal("0.1")  # of a figure, by which the last row of a table may be off as a sum
_MOST_ROWS = 200  # of a table whose last row is tried as the sum of all others
_PERIODS = tuple(map(re.compile, (r"thang \d", r"quy [ivx\d]", r"(?:6|sau|9|chin) thang", r"(?:ca )?nam\b")))
_PERIOD = re.compile("|".join(period.pattern for period in _PERIODS))


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The sums of rows whose figures, or whose likes in the table, say that they are sums."""
    columns = countable(book, sheet)
    yield from _named_alike(book, sheet, columns)
    yield from _of_periods(book, sheet, columns)
    yield from _of_all(book, sheet, columns)


def _named_alike(book: Book, sheet: Sheet, columns: Sequence[int]) -> Iterator[Relation]:
    """The rows called sums of something (`Tổng thu`, `Tổng chi`): where one adds up the rows under it, others
    that nearly do."""
    rows = [r for r in sheet.body if sheet.kinds[r] != "total" and SUM_OF.match(sheet.names[r])]
    under = [
        sums_of(book, sheet, row, children, columns, "discovered")
        for row in rows
        if len(children := children_of(sheet, row)) >= 2
    ]
    if any(sums.digits >= _DIGITS and sums.closed == len(sums.relations) for sums in under):
        yield from (r for sums in under for r in sums.relations if _is_near(book, r))
    if len(rows) == 1 and rows[0] == sheet.body[-1] and len(sheet.body) <= _MOST_ROWS:
        plain = [r for r in sheet.body if r != rows[0]]
        sums = sums_of(book, sheet, rows[0], plain, columns, "discovered")
        if len({sheet.levels[r] for r in plain}) == 1 and sums.digits >= _DIGITS:
            yield from (r for r in sums.relations if _is_near(book, r))


def _is_near(book: Book, relation: Relation) -> bool:
    """Whether a row is as good as the sum of others, but for a slip in some of its figures."""
    off = abs(judge(relation, book.amounts, book.figures).off)
    return off <= _NEARLY * abs(book.amounts[relation.target])


def _of_periods(book: Book, sheet: Sheet, columns: Sequence[int]) -> Iterator[Relation]:
    """`Quý III` under its months, `Năm 2023` under its quarters: a period that adds up the shorter ones above
    it, as one of its columns bears out at least."""
    above: list[tuple[int, int]] = []
    for row in sheet.body:
        label = sheet.names[row]
        of_time = _PERIOD.match(label) is not None
        size = (
            next((n for n, period in enumerate(_PERIODS) if period.match(label)), None) if of_time else None
        )
        if size is None or sheet.kinds[row] == "total":
            above = []
            continue
        rows = [r for r, s in above if s < size]
        above = [*((r, s) for r, s in above if s >= size), (row, size)]
        sums = sums_of(book, sheet, row, rows, columns, "discovered") if len(rows) > 1 else None
        if sums is not None and sums.closed and sums.digits >= _DIGITS:
            yield from (r for r in sums.relations if near(book, r))


def _of_all(book: Book, sheet: Sheet, columns: Sequence[int]) -> list[Relation]:
    """The relations of a table's last or first row that adds up all others whatever it is called (`Diện tích
    cuối kỳ`): most of its columns close, in so many digits that it is no chance. Of tables with a total that
    says so the others are its rows."""
    if not _LIVE < len(sheet.body) <= _MOST_ROWS or any(sheet.kinds[r] == "total" for r in sheet.body):
        return []
    for row in (sheet.body[-1], sheet.body[0]):
        rows = [r for r in sheet.body if r != row]
        if len({sheet.levels[r] for r in rows}) > 1:
            continue
        sums = sums_of(book, sheet, row, rows, columns, "discovered")
        live = sum(1 for r in sums.relations if r.has_live(book.amounts, _LIVE))
        if sums.closed >= _LIVE and sums.closed >= _MOSTLY * live and sums.digits >= _MANY_DIGITS:
            return [replace(r, tries=2) for r in held(book, sheet, sums)]
    return []

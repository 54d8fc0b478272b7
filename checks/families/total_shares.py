"""Shares of a total that the table prints: each row's percentage is its count over the total row's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from checks.families.columns import loosest, matrix
from checks.families.counted_rows import RowSets
from checks.figures import Book
from checks.relation import HUNDRED, Relation, Term
from checks.template import accept
from checks.view import NO_SUM, Sheet

_SHARE, _TOLD, _DIGITS = 0.6, 3, 9.0  # of the rows, different ones, and what they say together
_PERCENT, _EPSILON = 100.0, 1e-6  # what binary fractions may be off


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """For each column of percentages the shares of the nearest column of counts whose total most rows
    bear out. Where no row is called a total, the one that is a hundred percent is the whole."""
    sets = RowSets(sheet)
    called = sets.of["total"].tolist()
    counted: dict[int, list[int]] = {}  # the rows of each total
    for percent in (c for c in sheet.numeric if sheet.percentish(c)):
        totals = called or _whole_rows(book, sheet, percent)
        counts = [c for c in sheet.numeric if c < percent and sheet.column(c).role not in (*NO_SUM, "delta")]
        tries = len(counts) * len(totals)
        for total in totals:
            if total not in counted:
                counted[total] = sets.longest(total)
        likely = (
            _of_total(book, sheet, total, counted[total], count, percent, tries)
            for total in totals
            for count in _likely(book, sheet, total, counted[total], counts, percent)
        )
        yield from next((relations for relations in likely if relations), [])


def _likely(
    book: Book, sheet: Sheet, total: int, rows: Sequence[int], counts: Sequence[int], percent: int
) -> list[int]:
    """The columns of counts, the nearest first, whose shares of the total enough rows may print: a first look
    in binary fractions, with a tolerance that lets none pass by which exact ones would hold."""
    amounts = matrix(book, sheet, [percent, *counts])
    body = np.array(sheet.body)
    if not rows:
        return []
    own, whole = amounts[np.searchsorted(body, rows)], amounts[int(np.searchsorted(body, total)), 1:]
    shares, parts = own[:, :1], own[:, 1:]
    halves = np.array([loosest(book, sheet, c) for c in (percent, *counts)])
    printed = np.array([(n := sheet.at[r][percent]) is not None and book.figures[n].percent for r in rows])
    with np.errstate(divide="ignore", invalid="ignore"):
        off = abs(_PERCENT * parts / whole - shares)
        slack = halves[0] + _PERCENT * halves[1:] * (1 + abs(parts / whole)) / abs(whole)
    live = printed[:, None] & ~np.isnan(parts) & ~np.isnan(shares) & (shares != 0)
    met = (live & (off <= np.maximum(slack, 2 * halves[0]) + _EPSILON)).sum(axis=0)
    enough = (met >= _SHARE * live.sum(axis=0)) & (met >= _TOLD)
    return [count for count, good in reversed(list(zip(counts, enough.tolist(), strict=True))) if good]


def _whole_rows(book: Book, sheet: Sheet, percent: int) -> list[int]:
    """The one row of a column of percentages that says a hundred, if there is one."""
    found = [r for r in sheet.body if (n := sheet.at[r][percent]) is not None and book.amounts[n] == HUNDRED]
    return found if len(found) == 1 else []


def _of_total(
    book: Book, sheet: Sheet, total: int, rows: Sequence[int], count: int, percent: int, tries: int
) -> list[Relation]:
    """The shares of one pair of columns, of the largest set of rows that the total may count."""
    whole = sheet.at[total][count]
    if whole is None or not book.amounts[whole]:
        return []
    relations = [
        Relation(
            "percent",
            "discovered",
            share,
            (Term(part),),
            (Term(whole),),
            HUNDRED,
            family=f"{sheet.table.table_id}:of-total:{total}:{count}:{percent}",
            words="tính từ số liệu của dòng so với dòng tổng",
        )
        for row in rows
        if (part := sheet.at[row][count]) is not None and (share := sheet.at[row][percent]) is not None
    ]
    live = [r for r in relations if book.amounts[r.target] and book.figures[r.target].percent]
    return accept(book, live, _SHARE, _TOLD, _DIGITS, tries) if live else []

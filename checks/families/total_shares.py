"""Shares of a total that the table prints: each row's percentage is its count over the total row's."""

from __future__ import annotations

from collections.abc import Iterator

from checks.families.counted_rows import candidate_rows
from checks.figures import Book
from checks.relation import HUNDRED, Relation, Term
from checks.template import accept
from checks.view import NO_SUM, Sheet

_SHARE, _TOLD, _DIGITS = 0.6, 3, 9.0  # of the rows, different ones, and what they say together


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """For each column of percentages the shares of the nearest column of counts whose total most rows
    bear out. Where no row is called a total, the one that is a hundred percent is the whole."""
    called = [row for row in sheet.body if sheet.kinds[row] == "total"]
    for percent in (c for c in sheet.numeric if sheet.percentish(c)):
        totals = called or _whole_rows(book, sheet, percent)
        counts = [c for c in sheet.numeric if c < percent and sheet.column(c).role not in (*NO_SUM, "delta")]
        tries = len(counts) * len(totals)
        found = (
            _of_total(book, sheet, total, count, percent, tries)
            for total in totals
            for count in reversed(counts)
        )
        yield from next((relations for relations in found if relations), [])


def _whole_rows(book: Book, sheet: Sheet, percent: int) -> list[int]:
    """The one row of a column of percentages that says a hundred, if there is one."""
    found = [r for r in sheet.body if (n := sheet.at[r][percent]) is not None and book.amounts[n] == HUNDRED]
    return found if len(found) == 1 else []


def _of_total(book: Book, sheet: Sheet, total: int, count: int, percent: int, tries: int) -> list[Relation]:
    """The shares of one pair of columns, of the largest set of rows that the total may count."""
    whole = sheet.at[total][count]
    if whole is None or not book.amounts[whole]:
        return []
    rows = max(candidate_rows(sheet, total), key=len, default=())
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

"""Percentages of a whole that stands in none of the table's columns: votes over the valid ballots of their
district. Each row tells the whole within its rounding; most rows tell the same."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from checks.families.shares import count_percent_pairs
from checks.families.summands import Floats
from checks.figures import Book
from checks.relation import HUNDRED, Relation, Term
from checks.template import accept
from checks.view import Sheet

_SHARE, _ROWS, _DIGITS = 0.75, 4, 12.0  # of the rows, different ones, and what they say together
_KEPT = 6  # decimals of the whole
_NEAR = 0.01  # of the whole, by which a printed figure may be off and is meant all the same


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """Each row's percentage of the whole that most rows tell; none where the table prints the whole."""
    for count, percent in count_percent_pairs(sheet):
        places = sheet.places[:, [count, percent]]
        rows = places[(places >= 0).all(axis=1)]
        if len(rows) < _ROWS:
            continue
        amounts, halves = book.floats[rows], book.halves[rows]
        told = (amounts > halves).all(axis=1)
        whole = _shared(amounts[told], halves[told])
        if whole is None or _is_printed(amounts[:, 0], whole):
            continue
        relations = [
            Relation(
                "percent",
                "discovered",
                p,
                (Term(n),),
                scale=HUNDRED / whole,
                family=f"{sheet.table.table_id}:hidden:{count}/{percent}",
                words="tính trên cùng một tổng với các dòng khác",
            )
            for n, p in rows[told].tolist()
        ]
        yield from accept(book, relations, _SHARE, _ROWS, _DIGITS)


def _shared(amounts: Floats, halves: Floats) -> Decimal | None:
    """The whole within the bounds that most rows leave it, where their counts are of it; None where they are
    of none. Bounds are swept from below: a row's whole begins at one and ends at another."""
    fewest = max(float(_ROWS), _SHARE * len(amounts))
    if len(amounts) < fewest:
        return None
    low = (amounts[:, 0] - halves[:, 0]) / (amounts[:, 1] + halves[:, 1])
    high = (amounts[:, 0] + halves[:, 0]) / (amounts[:, 1] - halves[:, 1])
    at = np.concatenate([low, high])
    order = np.argsort(at, kind="stable")
    open_ones = np.concatenate([np.ones(len(low)), -np.ones(len(high))])[order].cumsum()
    best = int(open_ones.argmax())
    if open_ones[best] < fewest:
        return None
    between = at[order][best : best + 2].sum() / 2
    return Decimal(repr(round(float(100 * between), _KEPT)))


def _is_printed(counts: Floats, whole: Decimal) -> bool:
    """Whether the whole is a figure of its column, or what the rows come to: other relations tell it then."""
    known = np.append(counts, counts.sum())
    return bool((abs(known - float(whole)) <= _NEAR * abs(float(whole))).any())

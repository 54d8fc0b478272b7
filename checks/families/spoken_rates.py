"""Rates of running text: `phát sinh 400 tấn/ngày, thu gom được 360 tấn/ngày, đạt tỷ lệ 90%`.

A rate may be of anything. It is held to the two figures right before it where it is their quotient, or one
slip of a typist away from that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from checks.figures import Book
from checks.relation import HUNDRED, Relation, Term, judge
from checks.search.blame import typing_share
from checks.search.slips import plain_digits
from model.value import Unit
from normalize.sums import exponent_of
from normalize.unicode import fold

_RATE = re.compile(r"\b(?:dat|ty le|ti le|chiem|bang)\b")
_NO_WHOLE: frozenset[Unit] = frozenset({"percent", "percent_point", "date", "rank", "score"})
_DIGITS = 3  # printed and meant, from which one wrong digit is no chance


def find(book: Book) -> Iterator[Relation]:
    """The rates of two figures of one sentence that stand right before them, both of one unit."""
    for whole, part, rate in zip(book.prose, book.prose[1:], book.prose[2:]):
        first, second, share = whole.statement, part.statement, rate.statement
        if not first.context == second.context == share.context or share.unit != "percent":
            continue
        if first.unit != second.unit or first.unit in _NO_WHOLE or whole.of or part.of or rate.of:
            continue
        if not _RATE.search(fold(share.context)):
            continue
        relation = Relation(
            "percent",
            "prose",
            rate.value,
            (Term(part.value),),
            (Term(whole.value),),
            HUNDRED,
            family=f"rate:{rate.value}",
            words="tính từ hai số nêu trước",
        )
        verdict = judge(relation, book.amounts, book.figures)
        if verdict.closes or _is_slip(book, rate.value, verdict.predicted):
            yield relation


def _is_slip(book: Book, figure: int, meant: Decimal | None) -> bool:
    """Whether a typist who meant an amount may have printed the figure, by one slip in as many digits."""
    if meant is None:
        return False
    places = max(0, -exponent_of(book.figures[figure].step))
    printed, wanted = (plain_digits(amount, places) for amount in (book.amounts[figure], meant))
    return len(printed) == len(wanted) >= _DIGITS and typing_share(printed, wanted) > 0

"""How round the figures of a column are: among prices in whole hundreds, 12.502 was 12.500.

A column is as round as nine in ten of its figures are. One that is not is odd, and an explanation that makes
it so, or takes it away from another, is weighed by how seldom digits are noughts by chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from checks.relation import Figure

_SHARE = 0.9  # of a column's other figures that end in as many noughts
_FEWEST = 5  # figures other than nothing, beside the one that is asked about
_MOST = 4  # noughts that are counted: thousands with a decimal
_WIDEST = 6.0  # nats
_NOUGHT = math.log(10.0)

Place = tuple[str, int]  # table id, column


class Rounds:
    """The noughts at the end of each figure, in the units of its last printed digit, by column."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._columns: dict[Place, list[int]] = {}
        for figure in figures:
            place = _place(figure)
            if place is not None and figure.amount and not figure.blank:
                counts = self._columns.setdefault(place, [0] * (_MOST + 1))
                counts[noughts(figure.amount, figure.step)] += 1

    def surprise(self, figure: Figure, amount: Decimal) -> float:
        """Log odds of an amount to the figure as it stands, by the noughts they end in; 0 where its column
        has too few figures or they end in anything."""
        place = _place(figure)
        if place is None or not amount or not figure.amount:
            return 0.0
        now, then = noughts(figure.amount, figure.step), noughts(amount, figure.step)
        if now == then:
            return 0.0
        counts = list(self._columns.get(place, [0] * (_MOST + 1)))
        counts[now] -= not figure.blank
        whole = sum(counts)
        usual = max((k for k in range(_MOST + 1) if sum(counts[k:]) >= _SHARE * whole), default=0)
        if whole < _FEWEST or not usual or (now >= usual) == (then >= usual):
            return 0.0
        round_ones = sum(counts[usual:])
        odds = usual * _NOUGHT + math.log((round_ones + 1) / (whole - round_ones + 1))
        return min(_WIDEST, odds) * (1 if then >= usual else -1)


def noughts(amount: Decimal, step: Decimal) -> int:
    """How many noughts an amount ends in, in steps of its print; as many as are counted where it is none."""
    units = abs(int(amount / step))
    found = 0
    while found < _MOST and units % 10 == 0:
        units //= 10
        found += 1
    return found


def _place(figure: Figure) -> Place | None:
    if figure.ref is None or figure.in_text:
        return None
    return figure.ref.table_id, figure.ref.col

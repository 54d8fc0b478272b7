"""Noughts that stand before a figure: among 127, 19 and 57, `027` was typed for another.

Some houses pad a count of one digit (`05`), hardly any one of two or more. A padded figure is weighed by how
its column prints figures of as many digits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from checks.relation import Figure
from checks.search.slips import digits_of

_PAIR = 2  # digits to which counts are padded as a habit
# Figures that a column is taken to hold beside those seen: padded to a pair, padded to more, not padded.
_PADDED, _SELDOM, _BARE = 0.5, 0.02, 0.5
_WIDEST = 4.0  # nats

Place = tuple[str, int, int]  # table id, column, digits of the amount


class Padding:
    """How many figures of each column are printed with noughts before them, and how many are not."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._counts: dict[Place, list[int]] = {}
        for figure in figures:
            place = _place(figure)
            if place is not None and not figure.blank:
                self._counts.setdefault(place, [0, 0])[_is_padded(figure)] += 1

    def surprise(self, figure: Figure, amount: Decimal) -> float:
        """Log odds that a padded figure truly says `amount`; 0 for one without noughts before it, and where
        the amount would be padded as well."""
        place = _place(figure)
        if place is None or figure.blank or not _is_padded(figure) or _digits(amount) <= place[2]:
            return 0.0
        bare, padded = self._counts[place]
        usual = _PADDED if _printed_digits(figure) == _PAIR else _SELDOM
        share = (padded - 1 + usual) / (bare + padded - 1 + usual + _BARE)
        return min(_WIDEST, -math.log(share))


def _place(figure: Figure) -> Place | None:
    if figure.ref is None or figure.in_text:
        return None
    return figure.ref.table_id, figure.ref.col, _digits(figure.amount)


def _digits(amount: Decimal) -> int:
    """Digits of an amount before its decimal mark; a nought has one."""
    return len(str(int(abs(amount))))


def _printed_digits(figure: Figure) -> int:
    """Digits printed before the decimal mark."""
    return len(digits_of(figure.printed)) - max(0, -int(figure.step.as_tuple().exponent))


def _is_padded(figure: Figure) -> bool:
    return _printed_digits(figure) > _digits(figure.amount) and digits_of(figure.printed).startswith("0")

"""How far rounding may move a printed figure, and so a sum of figures: from the digits printed, never fixed.

As in XBRL Calculations 1.1: a figure printed with decimals stands for anything within half a unit of its last
digit; a count without decimals is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

_ZERO, _ONE, _HALF = Decimal(0), Decimal(1), Decimal("0.5")
_MOST_ROUNDED = 3  # figures of one sum whose roundings add up


@lru_cache(maxsize=1024)
def last_unit(decimals: int) -> Decimal:
    """One unit of the last digit of a figure printed with so many decimals."""
    return _ONE.scaleb(-decimals)


@lru_cache(maxsize=1024)
def half_unit(decimals: int, rounded: bool = False) -> Decimal:
    """The most that a figure may be off by rounding; `rounded` says that it was, without decimals too."""
    return last_unit(decimals) * _HALF if decimals or rounded else _ZERO


def sum_tolerance(amounts: Iterable[Decimal]) -> Decimal:
    """How far total and parts, all as printed, may be apart where sums choose between readings of a row: half
    a unit of the finest digit for each figure, three at most. (With one for each of eleven scores a row that
    lost a figure closes without it; most scores are sums of exact ones.) A `2` among figures of two decimals
    is one of them, printed short."""
    printed = [max(0, -exponent_of(amount)) for amount in amounts]
    return half_unit(max(printed, default=0)) * min(len(printed), _MOST_ROUNDED)


def exponent_of(amount: Decimal) -> int:
    """The power of ten of the last digit an amount was written with (-2 for 12.50)."""
    text = str(amount)  # told in a fifth of the time
    if "E" not in text:
        point = text.find(".")
        return point + 1 - len(text) if point >= 0 else 0
    exponent = amount.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0

"""What else a figure may be by its marks alone: a lone mark before three digits leaves two scales.

How sure a column is of the one that was taken proves nothing: sums and shares of such figures hold on both.
What settles it is that the other cannot be (dossiers and đồng have no thousandths, and a share or a score is
not hundreds of times its largest), or a relation with a figure whose print is plain (checks/proof.py).
"""

from __future__ import annotations

from decimal import Decimal

from checks.relation import HUNDRED
from checks.search.slips import digits_of
from model.table import Cell, Column
from model.value import Value
from normalize.columns.ceilings import ceiling_of_head
from normalize.columns.marks import bodies, shape_of
from normalize.columns.rows import is_counted
from normalize.numbers import parse_like
from normalize.plain_numbers import is_decimal, is_mixed
from normalize.unicode import fold

_THOUSAND = Decimal(1000)
_ROOM = Decimal("1.5")  # times its ceiling that a figure may be, as columns allow it
_PERCENTS = frozenset({"percent", "percent_point"})


def other_scale(cell: Cell, value: Value, column: Column) -> Decimal | None:
    """The amount of a cell's digits with the mark that its column doubts read the other way, or with a lone
    mark before three digits read so, where that can be; None where it cannot, or the file keeps the
    number."""
    for reading in cell.alternatives:
        same = reading.engine == "column" and digits_of(reading.text) == digits_of(cell.text)
        other = parse_like(reading.text, value) if same else None
        if other is not None and other.amount != value.amount:
            return other.amount
    if cell.stored is not None:
        return None
    other_amount = scaled(cell.text, value)
    if other_amount is None or not _may_be(other_amount, value, column):
        return None
    return other_amount


def scaled(printed: str, value: Value, sign: bool = True) -> Decimal | None:
    """A figure's amount with the lone mark before its three digits read the other way: 13,951 is 13951 or
    13.951. None for every other print, whose scale is plain; without `sign`, its size."""
    if printed.isdecimal() or is_decimal(printed) or is_mixed(printed):
        return None  # most
    shape, lone = next((shape_of(body) for body in bodies(printed)), ("none", ""))
    if shape != "either" or not value.amount:
        return None
    amount = value.amount if sign else abs(value.amount)
    return amount * _THOUSAND if lone == value.mark else amount / _THOUSAND


def _may_be(other: Decimal, value: Value, column: Column) -> bool:
    """Whether a figure of a column may be another amount, by its unit and by the largest there may be."""
    if abs(other) < abs(value.amount):
        counted = value.unit == "count" and any(is_counted(text) for text in column.path)
        return not counted and value.unit != "money_vnd"
    top = ceiling_of_head(fold(column.name))
    if top is None and value.unit in _PERCENTS:
        top = HUNDRED
    return top is None or abs(other) <= top * _ROOM

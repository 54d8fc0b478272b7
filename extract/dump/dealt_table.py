"""A page's table by dealing its figures: how many rows and columns, and which way to deal, sums decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.dump.columnar_figures import Arrangement, proofs_of, sums_of
from extract.dump.columnar_labels import Item
from extract.dump.columnar_rows import leaves_of
from extract.dump.dealing import Dealt, Hand, deal
from extract.dump.dealt_figures import IN_NAME, figures_to_deal

_LEAST_ROWS, _LEAST_FIGURES, _MOST_FIGURES = 3, 8, 900
_WIDEST, _WIDEST_UNTOLD = 16, 10  # columns, and those of a table whose rows nothing counts
_HOPELESS = 1.0  # nats a figure of a shape's first trial: it comes down by half a nat at most
_GOOD = 0.0  # nats a figure: shapes that row numbers tell and that fit so are not questioned
_UNTOLD, _WIDER_THAN_HIGH = 12.0, 2.0  # nats of a width that nothing tells, of each column more than rows
_MANY_NUMBERED = 8  # rows: a shape of another height needs columns' numbers
_LEADING = (0, 2, 3, 4)  # numbered columns before those of figures
_COLUMN_NUMBER = re.compile(r"^\((\d{1,2})\)(?:$|=)|^(\d{1,2})=")
_FEW, _MOST_TRIED = 10, 2  # beginnings followed up at first, and shapes tried with more of them
_PROOF, _MOST_PROOFS = 6.0, 3  # nats that a sum is worth, and how many count
_DEAR = 0.4  # nats a figure: dealt so dearly, figures are no table's or stand in another order
_CHEAP = -0.3  # nats a figure of tables dealt rightly


@dataclass(frozen=True, slots=True, order=True)
class _Shape:
    height: int
    width: int
    total: bool
    cost: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A way to deal: its cost less what its sums are worth, its cost, its sums."""

    worth: float
    cost: float
    proofs: int
    hand: Hand


@dataclass(frozen=True, slots=True)
class DealtTable:
    """Rows of figures, their first and last item, and what a figure cost to deal, in nats."""

    figures: Arrangement
    first: int
    last: int
    cost: float


def deal_table(items: Sequence[Item], numbered: Sequence[int]) -> DealtTable | None:
    """The likeliest table of a page's figures: with as many rows as row numbers, or one more for a total; or
    as wide as column numbers or, at a cost, as any."""
    figures = [f for f in figures_to_deal(items, numbered) if f.pass_cost != IN_NAME]
    if not _LEAST_FIGURES <= len(figures) <= _MOST_FIGURES:
        return None
    leaves = leaves_of([items[i].ordinal for i in numbered])
    found = _best(figures, _by_rows(figures, len(numbered), len(leaves), most_columns(items)))
    if found is None or found.cost > _GOOD * len(figures):
        other = _best(figures, _by_columns(figures, most_columns(items), len(numbered) < _MANY_NUMBERED))
        found = min((x for x in (found, other) if x), key=lambda x: x.worth, default=None)
    if found is None or found.cost > _DEAR * len(figures):
        return None
    used = [f for i, f in enumerate(figures) if i not in found.hand.passed]
    rows = found.hand.rows if any(found.hand.rows[-1]) else found.hand.rows[:-1]
    height = len(rows)
    if height in (len(leaves), len(leaves) + 1) and len(leaves) < len(numbered):
        place = {row: i for i, row in enumerate(leaves)}
        blank = ("",) * len(rows[0])
        rows = (
            *(rows[place[i]] if i in place else blank for i in range(len(numbered))),
            *rows[len(leaves) :],
        )
    arranged = Arrangement(rows, sums_of(rows), found.proofs > 0 and found.cost < _CHEAP * len(figures))
    return DealtTable(arranged, used[0].line, used[-1].line, found.cost / len(figures))


def _best(figures: Sequence[Dealt], shapes: Iterable[_Shape]) -> _Found | None:
    """The likeliest way to deal the figures to one of the shapes, sums of columns and rows counted."""
    tried = sorted((deal(figures, s.height, s.width, s.total, _FEW)[0].cost + s.cost, s) for s in shapes)
    offers = []
    for _, shape in [t for t in tried if t[0] < _HOPELESS * len(figures)][:_MOST_TRIED]:
        for hand in deal(figures, shape.height, shape.width, shape.total):
            proofs = min(_MOST_PROOFS, proofs_of(hand.rows))
            cost = hand.cost + shape.cost
            offers.append(_Found(cost - _PROOF * proofs, cost, proofs, hand))
    return min(offers, key=lambda o: o.worth, default=None)


def _by_rows(figures: Sequence[Dealt], numbered: int, leaves: int, most: int) -> list[_Shape]:
    """Shapes as high as the row numbers tell, and by one row for a total."""
    sure = sum(f.pass_cost > 1 for f in figures)
    shapes: dict[_Shape, None] = {}
    for height in (numbered, numbered + 1, leaves, leaves + 1):
        if height < _LEAST_ROWS:
            continue
        for width in (len(figures) // height, round(len(figures) / height), -(-sure // height)):
            shapes[_shape(height, width, height in (numbered + 1, leaves + 1))] = None
    return [s for s in shapes if 1 < s.width <= most]


def _by_columns(figures: Sequence[Dealt], most: int, free: bool) -> list[_Shape]:
    """Shapes as wide as the columns' numbers tell, or of any width where they are `free`, as high as the
    figures fill."""
    sure = sum(f.pass_cost > 1 for f in figures)
    widths = range(2, min(most, _WIDEST_UNTOLD) + 1)
    costs = {w: 0.0 if most < _WIDEST and most - w in _LEADING else _UNTOLD for w in widths}
    shapes = [_shape(-(-sure // width), width, False, cost) for width, cost in costs.items()]
    return [s for s in shapes if s.height >= _LEAST_ROWS and (free or s.cost < _UNTOLD)]


def _shape(height: int, width: int, total: bool, cost: float = 0.0) -> _Shape:
    return _Shape(height, width, total, cost + _WIDER_THAN_HIGH * max(0, width - height))


def most_columns(items: Sequence[Item]) -> int:
    """The greatest number that the lines give a column (`(7)=(6)-(5)`), the widest table's where none do."""
    found = [int(m[1] or m[2]) for item in items for t in item.tokens if (m := _COLUMN_NUMBER.match(t.text))]
    return max(found) if len(found) > 1 and max(found) <= _WIDEST else _WIDEST

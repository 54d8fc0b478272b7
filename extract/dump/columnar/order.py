"""The order of columns that a page's reader wrote one after another: a column far from its neighbours on the
page comes late, so that totals stand after what they are the total of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import fsum
from statistics import median

import numpy as np

from extract.dump.columnar.dealing_relations import relations_held
from extract.dump.columnar.figures import Rows, make_of, size_of, sums_of
from extract.dump.columnar.rectangle_sums import amounts_of

# A column that is nowhere near the other part's has another make; between those of one make sizes tell, in
# powers of ten, from this difference on. A column of several makes tells nothing.
_OTHER_MAKE, _TELLING, _ONE_MAKE = 3.0, 0.3, 0.9
# A relation between columns is one that so many rows obey; what it is worth that it stands as usual, and by
# how much another order must be better.
_LEAST_ROWS, _MOSTLY = 3, 0.8
_STANDS_WELL, _STANDS_LAST, _CLEARLY = 2.0, 1.9, 0.4


def likeliest_order(rows: Rows) -> list[int]:
    """The columns in their order, or with a run of neighbouring ones moved to the left where the sums and
    shares between columns stand as tables write them then: a total beside its parts, a share after its part
    and whole."""
    own = list(range(len(rows[0])))
    related = _relations(rows)
    if not related:
        return own
    best, worth = own, _worth(own, related) + _CLEARLY
    for length in range(1, len(own)):  # few columns come late
        for first in range(len(own) - length, 0, -1):
            moved = own[first : first + length]
            rest = own[:first] + own[first + length :]
            for at in range(first):
                order = rest[:at] + moved + rest[at:]
                if (found := _worth(order, related)) > worth:
                    best, worth = order, found
    return best


def _relations(rows: Rows) -> list[tuple[bool, tuple[int, ...]]]:
    """The relations that hold in most rows: sums with their total first, then shares with share, part, whole;
    whether it is a share."""
    amounts = amounts_of([text for row in rows for text in row])
    places = np.arange(len(rows) * len(rows[0])).reshape(len(rows), -1)
    holding = [
        (held, relation)
        for relation, held, broken in relations_held(amounts.values[places], amounts.slacks[places])
        if held >= max(_LEAST_ROWS, _MOSTLY * (held + broken))
    ]
    most: dict[frozenset[int], int] = {}  # a whole is nearly its part's share in the share
    for held, (_, cells) in holding:
        most[frozenset(cells)] = max(held, most.get(frozenset(cells), 0))
    found: list[tuple[bool, tuple[int, ...]]] = [
        (share, cells) for held, (share, cells) in holding if held == most[frozenset(cells)]
    ]
    found += [(False, (r.total, *r.parts)) for r in sums_of(rows) if len(r.parts) > 2]
    return found


def _worth(order: Sequence[int], related: Sequence[tuple[bool, tuple[int, ...]]]) -> float:
    """How well the relations between columns stand in an order of them; of totals of the same parts and of
    shares in one column the best."""
    place = {col: i for i, col in enumerate(order)}
    best: dict[tuple[bool, tuple[int, ...]], float] = {}
    for share, cells in related:
        one, *others = (place[col] for col in cells)
        beside = max(one, *others) - min(one, *others) == len(others)
        beside = beside or (max(others) == one + 1 and min(others) < one)  # old, new, change
        if share:
            value = _STANDS_WELL if one > max(others) else 0.0
        else:
            value = (_STANDS_WELL if one < min(others) else _STANDS_LAST) if beside else 0.0
        key = (share, cells[:1] if share else tuple(sorted(cells[1:])))
        best[key] = max(best.get(key, 0.0), value)
    return fsum(best.values())


def order_like(rows: Rows, known: Rows) -> list[int]:
    """The columns in the order of those of a part before them, `known`, where another order than their own
    fits these better in make and size: for each column of `known` in turn the nearest."""
    own = list(range(len(rows[0])))
    ours, theirs = _kinds(rows), _kinds(known)
    if len(ours) < len(own) or len(theirs) < len(own):
        return own
    order: list[int] = []
    for kind in theirs:
        left = [c for c in own if c not in order]
        order.append(min(left, key=lambda c: (round(_unlike(ours[c], kind) / _TELLING), c)))
    unlike = [
        sum(_unlike(ours[c], kind) > _TELLING for c, kind in zip(way, theirs, strict=True))
        for way in (order, own)
    ]
    return order if unlike[0] < unlike[1] else own


def _kinds(rows: Rows) -> list[tuple[str, float]]:
    """The make of each column that has one, and the middle of its figures' sizes."""
    kinds = []
    for column in zip(*rows, strict=True):
        makes = Counter(make for text in column if (make := make_of(text)))
        sizes = [size for text in column if (size := size_of(text)) is not None]
        make = max(sorted(makes), key=makes.__getitem__, default="")
        if sizes and makes[make] >= _ONE_MAKE * makes.total():
            kinds.append((make, median(sizes)))
    return kinds


def _unlike(one: tuple[str, float], other: tuple[str, float]) -> float:
    return abs(one[1] - other[1]) + (_OTHER_MAKE if one[0] != other[0] else 0.0)

"""The order of columns that a page's reader wrote one after another: a column far from its neighbours on the
page comes late, so that totals stand after what they are the total of."""

from __future__ import annotations

from collections import Counter
from statistics import median

from extract.dump.columnar.figures import Rows, make_of, size_of, sums_of

# A column that is nowhere near the other part's has another make; between those of one make sizes tell, in
# powers of ten, from this difference on. A column of several makes tells nothing.
_OTHER_MAKE, _TELLING, _ONE_MAKE = 3.0, 0.3, 0.9


def totals_first(rows: Rows) -> list[int]:
    """The columns in their order, one that is the sum of neighbouring ones but stands apart before those."""
    order = list(range(len(rows[0])))
    for relation in sums_of(rows):
        parts = sorted(relation.parts)
        near = relation.total in (parts[0] - 1, parts[-1] + 1)
        if not near and parts[-1] - parts[0] == len(parts) - 1:
            order.remove(relation.total)
            order.insert(order.index(parts[0]), relation.total)
            break
    return order


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

"""Sums and differences that hold between the columns of a table, learned from its own rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, groupby

import numpy as np

from normalize.sums import sum_tolerance

Amounts = Sequence[Decimal | None]
_MOST_LATER = 12  # columns after a total among which any two to four are tried


@dataclass(frozen=True, slots=True)
class Relation:
    """`total` = the sum of `parts` (columns)."""

    total: int
    parts: tuple[int, ...]

    def holds(self, row: Amounts) -> bool | None:
        """Whether a row obeys within the rounding of its printed digits; None where a figure is missing."""
        total = row[self.total]
        amounts = [a for c in self.parts if (a := row[c]) is not None]
        if total is None or len(amounts) < len(self.parts):
            return None
        return abs(sum(amounts, Decimal(0)) - total) <= sum_tolerance((total, *amounts))

    def is_within(self, width: int) -> bool:
        """Whether a row of so many columns has all of them."""
        return max(self.total, *self.parts) < width

    def tells(self, row: Amounts) -> bool:
        """Whether a row is evidence: two parts and more that are not zero."""
        amounts = [row[c] if c < len(row) else None for c in self.parts]
        return sum(1 for a in amounts if a) >= 2 and self.total < len(row) and row[self.total] is not None


# A relation is believed when it holds in this share of the rows that can tell, and in at least this many.
_SHARE, _LEAST = 0.6, 3
_WIDEST_PARTS = 4
# Rows run together into one wider than this are no table's, and the sums to try grow with the cube of its
# width: twenty rows of ten figures as one took 40 s.
_WIDEST_TABLE = 60
# So many rows tell as much as all of a long table's.
_MOST_ROWS = 48
# No sum may be off by more: three figures of one decimal, each half a unit (and a share: binary fractions).
_FURTHEST_OFF, _BINARY_SHARE = 0.15, 1e-9


def learn_relations(
    rows: Sequence[Amounts], given: Mapping[int, tuple[int, ...]] | None = None
) -> tuple[Relation, ...]:
    """The relations between columns that the rows prove, with those `given` by a row of formulas.

    Tried are runs of 2 and more neighbouring columns beside their total, any two or three columns after a
    total, and totals of all; each must be more than trivial (not all parts but one zero).
    """
    rows = rows[:_MOST_ROWS]
    found = {Relation(total, parts) for total, parts in (given or {}).items()}
    for relation in _near(rows):
        telling = {_figures(relation, row): row for row in rows if relation.tells(row)}
        verdicts = [relation.holds(row) for row in telling.values()]
        right = sum(v is True for v in verdicts)
        if right >= max(_LEAST, _SHARE * len(verdicts)):
            found.add(relation)
    return tuple(sorted(found, key=lambda r: (r.total, r.parts)))


def _near(rows: Sequence[Amounts]) -> list[Relation]:
    """The relations that come near to holding in rows enough to be believed: few of the thousands offered."""
    width = max((len(row) for row in rows), default=0)
    if len(rows) < _LEAST or width > _WIDEST_TABLE:
        return []
    amounts = np.full((len(rows), width), np.nan)
    for i, row in enumerate(rows):
        amounts[i, : len(row)] = [np.nan if amount is None else float(amount) for amount in row]
    found = []
    for total in range(width):
        allowed = _FURTHEST_OFF + _BINARY_SHARE * np.abs(amounts[:, total])
        for _, same_size in groupby(_offers(total, width), key=len):
            offers = list(same_size)
            sums = amounts[:, np.array(offers)].sum(axis=2)
            near = np.abs(sums - amounts[:, total, None]) <= allowed[:, None]
            found += [Relation(total, offers[k]) for k in np.flatnonzero(near.sum(axis=0) >= _LEAST)]
    return found


@lru_cache(maxsize=256)
def _offers(total: int, width: int) -> tuple[tuple[int, ...], ...]:
    """The columns that may be the parts of a total, fewer ones first."""
    offers: set[tuple[int, ...]] = set()
    for first in range(width):
        for last in range(first + 1, width):
            run = tuple(range(first, last + 1))
            if total not in run:
                offers.add(run)
    later = [c for c in range(width) if c > total]
    for size in range(2, _WIDEST_PARTS + 1):
        if len(later) <= _MOST_LATER:
            offers.update(combinations(later, size))
    return tuple(sorted(offers, key=lambda parts: (len(parts), parts)))


def _figures(relation: Relation, row: Amounts) -> tuple[Decimal | None, ...]:
    """A row's figures as the relation sees them: rows alike are one piece of evidence."""
    return (row[relation.total], *(row[c] for c in relation.parts))

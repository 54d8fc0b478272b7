"""Sums and shares that hold in many beginnings at once, and what each new figure proves.

Of three columns one may be the sum of the two others or a share in percent of one in the other. How likely a
relation is follows from the rows in which it holds and those in which it does not; a row in which a likely
relation holds is worth much, one in which an unlikely one holds little, for chance makes those. A column
whose first or last figure is the sum of the others is worth as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import log

import numpy as np
from numpy.typing import NDArray

from extract.dump.columnar.dealing_steps import PASSED, Steps

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]
Truths = NDArray[np.bool_]

_NEAR, _FEW = 5, 8  # columns between the first and last of three; of tables of so few any three are looked at
_LEAST_TELLING = 10.0  # the least amount whose sum tells
_EXACT = 0.001
_PERCENT = 100.0
# How likely a relation holds in a row where it is one, and where it isn't.
_HELD, _CHANCE = 0.95, 0.01
# How likely are relations of three columns before rows tell: the first, the last, the second is the sum of
# the others; then shares, in the first column of second and third and the other way round, in the second, in
# the last. Totals stand before or after their parts, shares after both, mostly of the second in the first.
_PRIORS = (0.03, 0.03, 0.01, 0.002, 0.002, 0.003, 0.003, 0.04, 0.015)
_SUMS, _RELATIONS = 3, len(_PRIORS)
_CLEAR = 1.0  # nats from which on a relation that holds excuses others that do not
# Nats of a column that adds up to its first or last figure; least rows, least amount that tells; sections'
# totals among the rows double the sum.
_CLOSES, _LEAST_CLOSING, _LEAST_TOTAL, _OFF, _DOUBLE = 5.0, 5, 20.0, 0.02, 2.0
# Which column is the total, of three, then its parts.
_TOTALS = ((0, 1, 2), (2, 0, 1), (1, 0, 2))
# Which column is the share, the part and the whole, of three.
_SHARES = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 1, 0), (2, 0, 1))


@dataclass(frozen=True, slots=True)
class Relations:
    """The amounts (n, height, width) of n beginnings and by how much rounding may put a share out; how often
    each relation of three columns (n, threes, relations) holds and does not."""

    amounts: Numbers
    slacks: Numbers
    held: NDArray[np.float32]
    broken: NDArray[np.float32]

    @classmethod
    def empty(cls, height: int, width: int) -> Relations:
        """One beginning without figures."""
        counts = np.zeros((1, len(_threes(width)), _RELATIONS), dtype=np.float32)
        return cls(np.full((1, height, width), np.nan), np.zeros((1, height, width)), counts, counts.copy())

    def at(self, chosen: Indices) -> Relations:
        """The beginnings `chosen`."""
        return Relations(self.amounts[chosen], self.slacks[chosen], self.held[chosen], self.broken[chosen])

    def grown(self, steps: Steps, amount: float, slack: float) -> tuple[Numbers, Relations]:
        """The nats that a figure proves in the cells that the steps choose, and what is known after it."""
        new = self.at(steps.parents)
        proofs = np.zeros(len(steps.parents))
        put = np.flatnonzero(steps.rows != PASSED)
        threes = _threes(self.amounts.shape[2])
        if np.isnan(amount) or not len(put):
            return proofs, new
        row, col = steps.rows[put], steps.cols[put]
        new.amounts[put, row, col], new.slacks[put, row, col] = amount, slack
        proofs[put] += _closing(new.amounts[put, :, col], row)
        for column in np.unique(col) if len(threes) else ():
            own = put[col == column]
            touched = np.flatnonzero((threes == column).any(axis=1))
            own = own[(~np.isnan(new.amounts[own, steps.rows[own]])).sum(axis=1) >= threes.shape[1]]
            if not len(own):
                continue
            rows = steps.rows[own]
            values = new.amounts[own, rows][:, threes[touched]]
            holds, breaks = _verdicts(values, new.slacks[own, rows][:, threes[touched]])
            held, broken = new.held[own][:, touched], new.broken[own][:, touched]
            proofs[own] += _worth(held, broken, holds, breaks)
            at = np.ix_(own, touched)
            new.held[at] += holds
            new.broken[at] += breaks
        return proofs, new


@lru_cache(maxsize=64)
def _threes(width: int) -> Indices:
    """The threes of columns that are looked at, ascending. Shape (threes, 3)."""
    found = [t for t in combinations(range(width), 3) if width <= _FEW or t[2] - t[0] <= _NEAR]
    return np.array(found, dtype=np.intp).reshape(-1, 3)


def _verdicts(values: Numbers, slacks: Numbers) -> tuple[Truths, Truths]:
    """In which cells of (n, threes, relations) a relation holds and tells something, and in which it does not
    hold, for amounts (n, threes, 3)."""
    whole = ~np.isnan(values).any(axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        first, second, third = np.moveaxis(values, 2, 0)
        telling = whole & (values != 0).all(axis=2) & (np.abs(values).max(axis=2) >= _LEAST_TELLING)
        off = np.stack([first - second - third, third - first - second, second - first - third], axis=2)
        near = np.abs(off) <= np.maximum(slacks.max(axis=2), _EXACT)[..., None]
        shares = [
            np.abs(_PERCENT * values[..., part] / values[..., of] - values[..., share])
            for share, part, of in _SHARES
        ]
        rounded = np.stack([slacks[..., share] for share, _, _ in _SHARES], axis=2)
        near_share = np.stack(shares, axis=2) <= rounded
        unlike = np.stack([values[..., part] != values[..., of] for _, part, of in _SHARES], axis=2)
    tells_share = telling[..., None] & (rounded > 0) & unlike
    tells = np.concatenate([np.repeat(telling[..., None], _SUMS, axis=2), tells_share], axis=2)
    holds = np.concatenate([near, near_share], axis=2)
    return tells & holds, tells & ~holds


def relations_held(
    values: Numbers, slacks: Numbers
) -> Iterator[tuple[tuple[bool, tuple[int, int, int]], int, int]]:
    """For rows of amounts (height, width): each sum, its total first, and each share, with its part and its
    whole, of three columns, whether it is a share, and in how many rows it holds and does not."""
    threes = np.array(list(combinations(range(values.shape[1]), 3)), dtype=np.intp).reshape(-1, 3)
    holds, breaks = _verdicts(values[:, threes], slacks[:, threes])
    held, broken = holds.sum(axis=0), breaks.sum(axis=0)
    for at, relation in zip(*np.nonzero(held), strict=True):
        share = bool(relation >= _SUMS)
        cells = _SHARES[relation - _SUMS] if share else _TOTALS[relation]
        columns = tuple(int(threes[at, k]) for k in cells)
        yield (
            (share, (columns[0], columns[1], columns[2])),
            int(held[at, relation]),
            int(broken[at, relation]),
        )


def _worth(held: NDArray[np.float32], broken: NDArray[np.float32], holds: Truths, breaks: Truths) -> Numbers:
    """The nats of a row for each beginning: of the likeliest relation that holds in it, or of the one that
    should and does not."""
    prior = np.log(np.array(_PRIORS))
    odds = prior + held * log(_HELD / _CHANCE) + broken * log((1.0 - _HELD) / (1.0 - _CHANCE))
    likely = 1.0 / (1.0 + np.exp(-odds))
    gain = np.where(holds, np.log((likely * _HELD + (1.0 - likely) * _CHANCE) / _CHANCE), 0.0)
    loss = np.log((likely * (1.0 - _HELD) + (1.0 - likely) * (1.0 - _CHANCE)) / (1.0 - _CHANCE))
    loss = np.where(breaks, loss, 0.0)
    best = gain.reshape(len(gain), -1).max(axis=1, initial=0.0)
    worst = loss.reshape(len(loss), -1).min(axis=1, initial=0.0)
    return np.asarray(best + np.where(best > _CLEAR, 0.0, worst))


def _closing(columns: Numbers, rows: Indices) -> Numbers:
    """What it is worth that the last figures, put in `rows`, make their columns (n, height) add up to their
    first or last ones."""
    height = columns.shape[1]
    worth = np.zeros(len(columns))
    if height < _LEAST_CLOSING:
        return worth
    last = np.flatnonzero((rows == height - 1) & ~np.isnan(columns[:, 0]))
    own = columns[last]
    whole = np.nansum(own, axis=1)
    for total in (own[:, 0], own[:, -1]):
        parts = whole - total
        near = np.minimum(np.abs(parts - total), np.abs(parts - _DOUBLE * total)) < _OFF
        worth[last] = np.maximum(worth[last], _CLOSES * (near & (np.abs(total) >= _LEAST_TOTAL)))
    return worth

"""Which sets of columns may add up to another, told of very many sets at once in binary fractions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_ADDENDS = 12
"""Columns that are added up at most."""

FEWEST_ROWS = 3
"""Different rows in which a sum that only the figures tell must hold."""

CHUNK = 256
"""Rows whose sums of columns are tried at once; more leave the cache, and take ten times as long."""

EPSILON = 1e-6
"""What binary fractions may be off."""

_MOST_PAIRED = 100  # columns any two of which are tried as the parts of a sum
_RUN = 2.5  # rows that a run of neighbours right beside the sum is worth: forms put parts and whole together


def summands(
    amounts: Floats, goal: Floats, known: NDArray[np.bool_], j: int, half: Floats, share: float
) -> Iterator[tuple[int, ...]]:
    """Sets of columns (by position) whose sum meets the goal in a share of the known rows, the most rows
    first: where many rows print the same figure, several sets meet them, and only the others tell which
    one is meant.

    Every set is tried where there are at most 12 other columns, runs of neighbours where there are more.
    """
    others = [i for i in np.flatnonzero(amounts.any(axis=0)).tolist() if i != j]
    if known.sum() < FEWEST_ROWS or len(others) < 2:
        return
    live = known & (goal != 0)
    enough = max(share * np.count_nonzero(live), float(FEWEST_ROWS))
    every = len(others) <= MOST_ADDENDS
    fitting = _fitting(amounts[live], goal[live], others, half, float(half[j]), enough)
    chosen = [i for n, i in enumerate(others) if fitting[n]]
    masks = _every_set(len(chosen)) if every else _runs_and_pairs(fitting, bisect_left(others, j))
    masks, hits = _met(amounts[live][:, chosen], goal[live], masks, half[chosen], half[j], enough)
    sizes = masks.sum(axis=1)
    good = np.flatnonzero(hits >= enough)
    sets = {n: tuple(chosen[i] for i in np.flatnonzero(masks[n])) for n in good.tolist()}
    order = sorted(sets, key=lambda n: (-hits[n] - _RUN * _is_run(sets[n], j), sizes[n], n))
    yield from (sets[n] for n in order[:6])


def _fitting(
    amounts: Floats, goal: Floats, others: Sequence[int], halves: Floats, half: float, enough: float
) -> NDArray[np.bool_]:
    """Which of the columns may be part of a sum that meets the goal in `enough` rows: those that are not
    above it, rounding aside, in more rows than may fail. Rows with a negative amount, which takes such a
    part down again, speak against none."""
    part = amounts[:, others]
    loose = half + MOST_ADDENDS * float(halves[others].max()) + EPSILON
    gains = np.asarray((part >= 0).all(axis=1))
    above = (part > goal[:, None] + loose) & gains[:, None]
    return np.asarray(len(goal) - above.sum(axis=0) >= enough, dtype=np.bool_)


def _every_set(count: int) -> Floats:
    """Every set of two columns and more, a row each."""
    codes = np.arange(1 << count, dtype=np.int64)
    masks = ((codes[:, None] >> np.arange(count)) & 1).astype(np.float64)
    return np.asarray(masks[masks.sum(axis=1) >= 2])


def _runs_and_pairs(fitting: NDArray[np.bool_], place: int) -> Floats:
    """Of the columns that fit, as they stand among all: runs of neighbours, then pairs, a row each. Of very
    many columns only those that stand near the sum are paired with each other; it stands before the
    `place`-th."""
    at = np.flatnonzero(fitting)
    runs = [
        tuple(range(a, b))
        for a in range(len(at))
        for b in range(a + 2, min(len(at), a + MOST_ADDENDS) + 1)
        if at[b - 1] - at[a] == b - 1 - a
    ]
    near = sorted(np.argsort(abs(at - place + 0.5), kind="stable")[:_MOST_PAIRED].tolist())
    runs += list(combinations(near, 2))
    masks = np.zeros((len(runs), len(at)))
    for n, run in enumerate(runs):
        masks[n, list(run)] = 1.0
    return masks


def _met(
    amounts: Floats, goal: Floats, masks: Floats, halves: Floats, half: float, enough: float
) -> tuple[Floats, NDArray[np.int64]]:
    """The masks that may meet the goal in `enough` rows, and in how many each does. A few rows at a time: all
    sums of a long table at once would fill the memory, and most sets are soon past hope."""
    hits = np.zeros(len(masks), dtype=np.int64)
    for start in range(0, len(goal), CHUNK):
        rows = slice(start, start + CHUNK)
        off = np.abs(amounts[rows] @ masks.T - goal[rows, None])
        hits = hits + (off <= masks @ halves + half + EPSILON).sum(axis=0)
        hopeful = hits + (len(goal) - min(len(goal), start + CHUNK)) >= enough
        masks, hits = masks[hopeful], hits[hopeful]
    return masks, hits


def _is_run(chosen: Sequence[int], target: int) -> bool:
    """Whether columns stand side by side, right before or after the column that would be their sum."""
    together = chosen[-1] - chosen[0] == len(chosen) - 1
    return together and target in (chosen[0] - 1, chosen[-1] + 1)

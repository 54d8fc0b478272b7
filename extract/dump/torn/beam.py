"""Which column takes which reading of a torn header's words: every word once, on every line from left to
right.

A beam search over the columns. What a state promises is what it has gained and the most that later columns
may still gain, each choosing alone and paying for the words it takes; the prices are the multipliers of the
relaxed condition that a word is taken once (Held and Karp 1971). Then windows of columns are searched again
between the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

_BEAM, _WAYS_EACH = 30, 12  # states that are kept, ways on from each
_ROUNDS, _STEP, _SLOWER = 150, 1.0, 20  # of the search for prices
_WINDOW, _PASSES = 4, 1  # columns searched again together, how often over all
SAME_AGAIN = 3.0
"""What it costs that a heading stands twice over columns of one group, in letters explained."""

FAR = 10_000
"""Beyond the end of any line."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings of a header's words: where each begins and ends on the lines (FAR and -1 where it takes no
    word), which words it takes (ones in a row), and a number that readings as the same phrase share (-1 for
    none)."""

    starts: Places
    ends: Places
    words: Numbers
    same: Places

    def only(self, kept: Places) -> Readings:
        return Readings(self.starts[kept], self.ends[kept], self.words[kept], self.same[kept])


@dataclass(frozen=True, slots=True)
class _State:
    at: Places
    chosen: tuple[int, ...]
    score: float
    promise: float


def assign(worth: Numbers, readings: Readings, beside: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """For each column (a row of `worth`, minus infinity where a reading can't be its heading) the reading it
    takes. `beside` names for each column those before it that should be called otherwise."""
    at = np.zeros(readings.starts.shape[1], dtype=np.int64)
    chosen = _search(worth, readings, beside, at, ())
    for _ in range(_PASSES):
        for first in range(max(1, len(worth) - _WINDOW + 1)):
            chosen = _searched_again(chosen, first, worth, readings, beside)
    return chosen


def total(
    chosen: Sequence[int], worth: Numbers, readings: Readings, beside: Sequence[Sequence[int]]
) -> float:
    """What columns' readings are worth together."""
    again = sum(
        readings.same[i] >= 0 and any(readings.same[chosen[k]] == readings.same[i] for k in beside[col])
        for col, i in enumerate(chosen)
    )
    return sum(float(worth[col, i]) for col, i in enumerate(chosen)) - SAME_AGAIN * int(again)


def _searched_again(
    chosen: tuple[int, ...],
    first: int,
    worth: Numbers,
    readings: Readings,
    beside: Sequence[Sequence[int]],
) -> tuple[int, ...]:
    """The readings with those of a window of columns chosen anew between the others, if they are worth
    more."""
    last = min(first + _WINDOW, len(worth))
    before = readings.ends[list(chosen[:first])].max(axis=0, initial=0)
    after = readings.starts[list(chosen[last:])].min(axis=0, initial=FAR)
    fits = (readings.starts >= before).all(axis=1) & (readings.ends <= after).all(axis=1)
    kept = np.flatnonzero(fits & (worth[first:last] > -np.inf).any(axis=0))
    if not len(kept):
        return chosen
    known = tuple(readings.same[i] for i in chosen[:first])
    found = _search(worth[first:last][:, kept], readings.only(kept), beside[first:last], before, known)
    anew = (*chosen[:first], *(int(kept[i]) for i in found), *chosen[last:])
    better = total(anew, worth, readings, beside) > total(chosen, worth, readings, beside)
    return anew if better else chosen


def _search(
    worth: Numbers, readings: Readings, beside: Sequence[Sequence[int]], at: Places, known: tuple[int, ...]
) -> tuple[int, ...]:
    """The beam search from column to column; `known` are the phrases of columns before the first."""
    kept = np.flatnonzero((worth > -np.inf).any(axis=0))
    worth, few = worth[:, kept], readings.only(kept)
    gain, after, ahead = _outlook(worth, few)
    states = [_State(at, (), 0.0, 0.0)]
    for col in range(len(worth)):
        grown = []
        for state in states:
            free = (few.starts >= state.at).all(axis=1) & (worth[col] > -np.inf)
            ends = np.maximum(state.at, few.ends)
            now = gain[col + 1 :, (few.starts >= state.at).all(axis=1)].max(axis=1, initial=-np.inf)
            later = np.minimum(after[col + 1 :], now[:, None]).sum(axis=0)
            later += ahead[np.arange(len(at)), np.minimum(ends, ahead.shape[1] - 1)].sum(axis=1)
            promise = np.where(free, worth[col] + later, -np.inf)
            named = {*known, *(int(few.same[i]) for i in state.chosen)}
            called = [*known, *(int(few.same[i]) for i in state.chosen)]
            own = {called[k] for k in beside[col] if k < len(called)} & named
            for i in np.argsort(-promise, kind="stable")[:_WAYS_EACH]:
                if promise[i] == -np.inf:
                    break
                again = SAME_AGAIN * (few.same[i] >= 0 and int(few.same[i]) in own)
                score = state.score + float(worth[col, i]) - again
                grown.append(_State(ends[i], (*state.chosen, int(i)), score, score + float(later[i])))
        states = _best_apart(grown)
    best = max(states, key=lambda s: s.score)
    return tuple(int(kept[i]) for i in best.chosen)


def _best_apart(states: Sequence[_State]) -> list[_State]:
    """The states that promise most, of those that may go on alike the best one."""
    best: dict[bytes, _State] = {}
    for state in sorted(states, key=lambda s: -s.promise):
        best.setdefault(state.at.tobytes(), state)
    return list(best.values())[:_BEAM]


def _outlook(worth: Numbers, readings: Readings) -> tuple[Numbers, Numbers, Numbers]:
    """What later columns may gain at most: each reading's gain in a column at the words' prices, the most
    that is left for a column after a reading, and for each line what its words from a place on cost."""
    prices = _prices(worth, readings.words)
    gain = worth - readings.words @ prices
    ahead = _ahead(prices, readings)
    after = np.empty_like(gain)
    for i, end in enumerate(readings.ends):
        after[:, i] = gain[:, (readings.starts >= end).all(axis=1)].max(axis=1, initial=-np.inf)
    return gain, after, ahead


def _ahead(prices: Numbers, readings: Readings) -> Numbers:
    """For each line what its words from each place on cost."""
    lines = readings.starts.shape[1]
    per_line = len(prices) // lines
    costs = prices.reshape(lines, per_line)
    ahead = np.zeros((lines, per_line + 1))
    ahead[:, :per_line] = np.cumsum(costs[:, ::-1], axis=1)[:, ::-1]
    return ahead


def _prices(worth: Numbers, words: Numbers) -> Numbers:
    """What each word must cost its takers so that columns which choose alone come near to sharing the words
    out."""
    prices = np.zeros(words.shape[1])
    for n in range(_ROUNDS):
        chosen = np.argmax(worth - words @ prices, axis=1)
        used = words[chosen].sum(axis=0)
        prices = np.maximum(0.0, prices + _STEP / (1 + n / _SLOWER) * (used - 1.0))
    return prices

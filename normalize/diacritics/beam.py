"""Beam search over candidate words, many stretches of the text side by side in numpy.

The text is cut into stretches that overlap: each is begun a few words early, so that the model has its
context, and ended a few words late, so that what follows counts; the middles are put together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from normalize.diacritics.lm import BITS, MASK
from normalize.diacritics.mixture import Mixture
from normalize.diacritics.names import BEGINS, GOES_ON, Flags, Names
from normalize.diacritics.spelling import BREAK

_LENGTH, _WARM, _LOOK = 40, 6, 6
_MOST_STRETCHES = 64
_BEAM = 12
_FAR = np.float32(-1e30)
# A path so many nats behind the best is not followed: of 17,000 words none came out otherwise, and a fifth of
# the time went there. (At 7 one in 10,000 did, at 5 one in 600.)
_HOPELESS = np.float32(9.0)

Ids = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Lattice:
    """Candidates of every position one after the other: those of position i are `starts[i]:starts[i + 1]`.

    `ids` are word numbers, `log_p` ln P(raw | word); `flags`, a position each, say where names may
    begin and go on.
    """

    starts: Ints
    ids: Ids
    log_p: Floats
    flags: Flags

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Judge:
    """What a word is worth after the words before it: the model and place names."""

    model: Mixture
    names: Names

    def ask(self, contexts: Ids, words: Ids, flags: Flags) -> Floats:
        asked = self.model.log_p(contexts, words, flags == BEGINS)
        self.names.lift(asked, contexts, words, flags == GOES_ON)
        return asked


def best_path(lattice: Lattice, judge: Judge) -> Ints:
    """For each position the index (into `lattice.ids`) of its word on the best path.

    The score is ln P(raw | word) + ln P(word | the words before).
    """
    size = len(lattice)
    chosen = np.zeros(size, dtype=np.int64)
    begins = np.arange(0, size, _LENGTH)
    for group in range(0, len(begins), _MOST_STRETCHES):
        part = begins[group : group + _MOST_STRETCHES]
        _stretches(lattice, judge, part, chosen)
    return chosen


def _stretches(lattice: Lattice, judge: Judge, begins: Ints, chosen: Ints) -> None:
    first = np.maximum(begins - _WARM, 0)
    last = np.minimum(begins + _LENGTH + _LOOK, len(lattice))
    score, parents, words = _search(lattice, judge, first, last)
    _trace(begins, first, last, parents, words, np.argmax(score, axis=1), chosen)


def scores(lattice: Lattice, judge: Judge, first: Ints, last: Ints) -> Floats:
    """The score of the best path through each piece `first[i]:last[i]`, as if nothing stood around it."""
    found = [
        _search(lattice, judge, first[at : at + _MOST_STRETCHES], last[at : at + _MOST_STRETCHES])[0]
        for at in range(0, len(first), _MOST_STRETCHES)
    ]
    return np.concatenate([score.max(axis=1) for score in found])


def _search(lattice: Lattice, judge: Judge, first: Ints, last: Ints) -> tuple[Floats, list[Ints], list[Ints]]:
    """The scores of the best paths of stretches searched side by side, and how they went."""
    count = len(first)
    start_context = np.uint64(BREAK)
    history = np.full((count, _BEAM), start_context, dtype=np.uint64)
    score = np.full((count, _BEAM), _FAR, dtype=np.float32)
    score[:, 0] = 0.0
    parents: list[Ints] = []
    words: list[Ints] = []
    for t in range(int((last - first).max())):
        at = first + t
        live = at < last
        history, score, parent, word = _advance(lattice, judge, np.where(live, at, 0), live, history, score)
        parents.append(parent)
        words.append(word)
    return score, parents, words


def _advance(
    lattice: Lattice,
    judge: Judge,
    at: Ints,
    live: npt.NDArray[np.bool_],
    history: Ids,
    score: Floats,
) -> tuple[Ids, Floats, Ints, Ints]:
    """One position further in every stretch; stretches that are over stay as they are."""
    count, beam = score.shape
    low, high = lattice.starts[at], lattice.starts[at + 1]
    width = int((high - low).max())
    index = low[:, None] + np.arange(width)[None, :]
    exists = (index < high[:, None]) & live[:, None]
    index = np.where(exists, index, low[:, None])
    hopeful = score > np.maximum(score[:, :1] - _HOPELESS, _FAR / 2)
    usable = exists[:, None, :] & hopeful[:, :, None]
    rows, beams, columns = np.nonzero(usable)
    picked = index[rows, columns]
    total = np.full((count, beam, width), _FAR, dtype=np.float32)
    asked = judge.ask(history[rows, beams], lattice.ids[picked], lattice.flags[at][rows])
    total[rows, beams, columns] = score[rows, beams] + lattice.log_p[picked] + asked
    flat = total.reshape(count, beam * width)
    order = np.argsort(-flat, axis=1, kind="stable")[:, : 3 * beam]
    values = np.take_along_axis(flat, order, axis=1)
    parent, column = order // width, order % width
    word = np.take_along_axis(index, column, axis=1)
    grown = (np.take_along_axis(history, parent, axis=1) << np.uint64(BITS)) | lattice.ids[word]
    keep = _distinct(grown, values, judge.model.top)
    values = _pad(np.take_along_axis(values, keep, axis=1), beam, _FAR)
    parent = _pad(np.take_along_axis(parent, keep, axis=1), beam, np.int64(0))
    word = _pad(np.take_along_axis(word, keep, axis=1), beam, np.int64(0))
    grown = _pad(np.take_along_axis(grown, keep, axis=1), beam, np.uint64(0))
    stay = ~live[:, None]
    return (
        np.where(stay, history, grown),
        np.where(stay, score, values),
        np.where(stay, np.arange(beam)[None, :], parent),
        np.where(stay, -1, word),
    )


def _pad(array: npt.NDArray[Scalar], beam: int, fill: Scalar) -> npt.NDArray[Scalar]:
    missing = beam - array.shape[1]
    if missing <= 0:
        return array
    return np.concatenate([array, np.full((array.shape[0], missing), fill, dtype=array.dtype)], axis=1)


def _distinct(histories: Ids, values: Floats, top: int) -> Ints:
    """Columns of the best hypotheses, of those alike for the model's future only the best (in place)."""
    state = histories & np.uint64((1 << (BITS * (top - 1))) - 1)
    width = state.shape[1]
    same = (state[:, :, None] == state[:, None, :]) & (np.arange(width)[None, :] < np.arange(width)[:, None])
    values[same.any(axis=2)] = _FAR
    return np.argsort(-values, axis=1, kind="stable")[:, :_BEAM]


def _trace(
    begins: Ints, first: Ints, last: Ints, parents: list[Ints], words: list[Ints], best: Ints, chosen: Ints
) -> None:
    """Follows each stretch's best path back and writes its middle into `chosen`."""
    state = best.copy()
    rows = np.arange(len(begins))
    end = np.minimum(begins + _LENGTH, last)
    for t in range(len(parents) - 1, -1, -1):
        at = first + t
        word = words[t][rows, state]
        mine = (at >= begins) & (at < end) & (word >= 0)
        chosen[at[mine]] = word[mine]
        state = parents[t][rows, state]


def weigh(lattice: Lattice, judge: Judge, chosen: Ints, positions: Ints) -> Floats:
    """For every candidate of `positions`: its score with all other words as chosen, relative scale, ln.

    The array is parallel to the concatenated candidates of `positions`.
    """
    reach = judge.model.top
    path = lattice.ids[chosen]
    padded = np.concatenate(
        [np.full(reach - 1, BREAK, dtype=np.uint64), path, np.zeros(reach, dtype=np.uint64)]
    )
    low, high = lattice.starts[positions], lattice.starts[positions + 1]
    sizes = high - low
    owner = np.repeat(positions, sizes)
    picked = np.repeat(low - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(
        int(sizes.sum())
    )
    total = lattice.log_p[picked].copy()
    own = lattice.ids[picked]
    for ahead in range(reach):
        target = owner + ahead
        inside = target < len(path)
        context = np.zeros(len(owner), dtype=np.uint64)
        for back in range(reach - 1, 0, -1):
            where = target - back
            context = (context << np.uint64(BITS)) | np.where(where == owner, own, padded[where + reach - 1])
        word = own if ahead == 0 else padded[target + reach - 1]
        flags = lattice.flags[target[inside]]
        total[inside] += judge.ask(context[inside], word[inside] & MASK, flags)
    return total


def path_log_p(lattice: Lattice, judge: Judge, chosen: Ints) -> Floats:
    """ln P of each word of a path after the words before it."""
    reach = judge.model.top
    path = lattice.ids[chosen]
    padded = np.concatenate([np.full(reach - 1, BREAK, dtype=np.uint64), path])
    context = np.zeros(len(path), dtype=np.uint64)
    for back in range(reach - 1, 0, -1):
        context = (context << np.uint64(BITS)) | padded[reach - 1 - back : reach - 1 - back + len(path)]
    return judge.ask(context, path & MASK, lattice.flags)


def with_names(lattice: Lattice, judge: Judge, chosen: Ints) -> Ints:
    """The path with two words at a time set to a known name where that is likelier: a name's first syllable
    is often unlikely by itself, and no beam keeps it until its second is read."""
    chosen = chosen.copy()
    for second in np.nonzero(lattice.flags == GOES_ON)[0].tolist():
        first = second - 1
        heads, tails = (
            np.arange(lattice.starts[at], lattice.starts[at + 1], dtype=np.int64) for at in (first, second)
        )
        pairs = (lattice.ids[heads][:, None] << np.uint64(BITS)) | lattice.ids[tails][None, :]
        best, best_score = (0, 0), _local(lattice, judge, chosen, first, second)
        for head, tail in zip(*np.nonzero(judge.names.knows(pairs)), strict=True):
            before = chosen[first], chosen[second]
            chosen[first], chosen[second] = heads[head], tails[tail]
            score = _local(lattice, judge, chosen, first, second)
            chosen[first], chosen[second] = before
            if score > best_score:
                best, best_score = (int(heads[head]), int(tails[tail])), score
        if best != (0, 0):
            chosen[first], chosen[second] = best
    return chosen


def _local(lattice: Lattice, judge: Judge, chosen: Ints, first: int, last: int) -> float:
    """What of the path's score the words from `first` to `last` decide: their own, and those that they
    precede."""
    reach = judge.model.top
    end = min(last + reach, len(lattice))
    path = lattice.ids[chosen[max(first - reach + 1, 0) : end]]
    path = np.concatenate([np.full(max(reach - 1 - first, 0), BREAK, dtype=np.uint64), path])
    count = end - first
    context = np.zeros(count, dtype=np.uint64)
    for back in range(reach - 1, 0, -1):
        context = (context << np.uint64(BITS)) | path[reach - 1 - back : reach - 1 - back + count]
    asked = judge.ask(context, path[reach - 1 :] & MASK, lattice.flags[first:end])
    return float(asked.sum() + lattice.log_p[chosen[first:end]].sum())

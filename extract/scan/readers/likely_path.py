"""The likeliest path through the steps of a line, and how sure it is of each word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.scan.readers.ctc import Chances


@dataclass(frozen=True, slots=True)
class Letters:
    """Where a word stands on a line's likeliest path: its steps, and its runs of steps of one class, of which
    the first and the last are letters. Both are empty where it has none."""

    steps: slice
    runs: slice


class LikelyPath:
    """The likeliest path through a line's steps, looked at once for all its words."""

    def __init__(self, chances: Chances, blank: int) -> None:
        path = chances.argmax(axis=1)
        self.classes = path
        steps = np.arange(len(path))
        letter = path != blank
        before = path[np.maximum.accumulate(np.where(letter, steps, 0))]
        after = path[np.minimum.accumulate(np.where(letter, steps, len(path) - 1)[::-1])[::-1]]
        own = chances[steps, path]
        expected = chances[steps, blank] + chances[steps, before]
        self._expected = expected + np.where(after != before, chances[steps, after], 0)
        changed = np.ones(len(path), np.bool_)
        np.not_equal(path[1:], path[:-1], out=changed[1:])
        self._starts = changed.nonzero()[0]
        self._is_letter = letter[self._starts]
        self._best = np.where(self._is_letter, np.maximum.reduceat(own, self._starts), np.inf)

    def letters(self, start: int, end: int) -> Letters:
        """The letters between two steps at which a word begins and ends."""
        first, last = np.searchsorted(self._starts, (start, end)).tolist()
        if first < last and not self._is_letter[first]:
            first += 1
        if first < last and not self._is_letter[last - 1]:
            last -= 1
        ends = int(self._starts[last]) if last < len(self._starts) else len(self.classes)
        return Letters(slice(int(self._starts[first]) if first < last else ends, ends), slice(first, last))

    def printed(self, letters: Letters) -> list[int]:
        """The classes that are printed."""
        own = self._starts[letters.runs][self._is_letter[letters.runs]]
        return list(map(int, self.classes[own]))

    def seen_at(self, letters: Letters) -> tuple[float, ...]:
        """Where on the line (0..1) each sign was first seen."""
        own = self._starts[letters.runs][self._is_letter[letters.runs]]
        return tuple((own / len(self.classes)).tolist())

    def sureness(self, letters: Letters) -> float:
        """How sure the path of a word is (0..1) at its least sure place: the chance of a letter at its best
        step, and at every step the chance that it is nothing or one of the letters before and after it."""
        return float(min(self._expected[letters.steps].min(), self._best[letters.runs].min()))

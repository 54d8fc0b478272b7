"""Proper names of places: pairs of syllables that follow each other in capitals (`Chí Linh`)."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.diacritics.lm import BITS, MASK
from normalize.diacritics.spelling import one_spelling

# What a name's next syllable counts at least, ln, by its unit's level (1 province, 2 district, 3 commune):
# above 0, since its first syllable was not expected either.
_LIFT = {1: 3.0, 2: 2.0, 3: 1.0}
OF_THE_DOCUMENT = 0
_LIFT[OF_THE_DOCUMENT] = 4.0  # a place that the document's own tables or issuer name: more than any province

Ids = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.uint8]
NO_NAME, GOES_ON, BEGINS = (
    0,
    1,
    2,
)  # what the print's capitals say of a word: not in a name, in one, its first


@dataclass(frozen=True, slots=True)
class Names:
    """Packed pairs of syllables that follow each other in names, sorted, and how much each counts."""

    pairs: Ids
    lifts: npt.NDArray[np.float32]

    def knows(self, pairs: Ids) -> npt.NDArray[np.bool_]:
        """Which of the packed pairs go together in a name."""
        if not len(self.pairs):
            return np.zeros(pairs.shape, dtype=np.bool_)
        known: npt.NDArray[np.bool_] = self.pairs[self._place(pairs)] == pairs
        return known

    def _place(self, pairs: Ids) -> npt.NDArray[np.intp]:
        place: npt.NDArray[np.intp] = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
        return place

    def lift(
        self, log_p: npt.NDArray[np.float32], contexts: Ids, words: Ids, inside: npt.NDArray[np.bool_]
    ) -> None:
        """Raises `log_p` (in place) of words that go on a known name, where `inside` says capitals stand."""
        at = np.nonzero(inside)[0]
        if not len(at) or not len(self.pairs):
            return
        wanted = ((contexts[at] & MASK) << np.uint64(BITS)) | words[at]
        place = self._place(wanted)
        known = self.pairs[place] == wanted
        log_p[at[known]] = np.maximum(log_p[at[known]], self.lifts[place[known]])


def index_names(names: Iterable[tuple[str, int]], vocabulary: list[str]) -> Names:
    """The names (with their units' levels) whose syllables are all in the vocabulary."""
    ids = {word: number for number, word in enumerate(vocabulary)}
    pairs: dict[int, float] = {}
    for name, level in names:
        numbers = [ids.get(one_spelling(part.lower()), 0) for part in name.split()]
        if len(numbers) < 2 or not all(numbers):
            continue
        for first, second in pairwise(numbers):
            packed = (first << BITS) | second
            pairs[packed] = max(pairs.get(packed, 0.0), _LIFT[level])
    ordered = sorted(pairs)
    lifts = np.array([pairs[packed] for packed in ordered], dtype=np.float32)
    return Names(np.array(ordered, dtype=np.uint64), lifts)


def joined(one: Names, other: Names) -> Names:
    """The pairs of both; where both have one, it counts as much as the first says."""
    pairs, first = np.unique(np.concatenate([one.pairs, other.pairs]), return_index=True)
    return Names(pairs, np.concatenate([one.lifts, other.lifts])[first])


def read_names(path: Path) -> list[tuple[str, int]]:
    """The names kept with the program, with their units' levels."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = (line.split("\t") for line in stream.read().splitlines())
        return [(name, int(level)) for name, level in rows]

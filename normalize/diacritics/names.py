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

# What a name's next syllable counts at least, ln: above 0, since its first syllable was not expected either.
_NEXT = np.float32(1.0)

Ids = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Names:
    """Packed pairs of syllables that follow each other in names, sorted."""

    pairs: Ids

    def lift(self, log_p: npt.NDArray[np.float32], contexts: Ids, words: Ids, inside: Flags) -> None:
        """Raises `log_p` (in place) of words that go on a known name, where `inside` says capitals stand."""
        at = np.nonzero(inside)[0]
        if not len(at) or not len(self.pairs):
            return
        wanted = ((contexts[at] & MASK) << np.uint64(BITS)) | words[at]
        place = np.minimum(np.searchsorted(self.pairs, wanted), len(self.pairs) - 1)
        hit = at[self.pairs[place] == wanted]
        log_p[hit] = np.maximum(log_p[hit], _NEXT)


def index_names(names: Iterable[str], vocabulary: list[str]) -> Names:
    """The names whose syllables are all in the vocabulary."""
    ids = {word: number for number, word in enumerate(vocabulary)}
    pairs: set[int] = set()
    for name in names:
        numbers = [ids.get(one_spelling(part.lower()), 0) for part in name.split()]
        if len(numbers) < 2 or not all(numbers):
            continue
        pairs.update((a << BITS) | b for a, b in pairwise(numbers))
    return Names(np.array(sorted(pairs), dtype=np.uint64))


def read_names(path: Path) -> list[str]:
    """The names kept with the program, one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return stream.read().splitlines()

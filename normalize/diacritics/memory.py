"""What a text says of itself: a word that was surely read in some of its places is likelier in the others.

Reports are about a few things and people: where `con lợn` is read surely a dozen times, `con lon` is hardly
`con lớn`, and of `Hưng` and `Hùng` it is the one that stands elsewhere.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from normalize.diacritics.spelling import SPECIALS, bare

# A reading counts as sure from this probability among its rivals.
SURE = 0.9
# How many sure readings weigh as much as what is known of the language, and how far they may go, in nats:
# tried on web pages and made reports, all within 0.002 of each other from 3 to 10 readings.
_PRIOR, _MOST = 5.0, 3.0


class Memory:
    """Words of a vocabulary by their letters without marks; `unigram` are their natural log probabilities."""

    def __init__(self, vocabulary: Sequence[str], unigram: Sequence[float]) -> None:
        self._vocabulary = vocabulary
        self._unigram = unigram

    @cached_property
    def _alike(self) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._vocabulary):
            if number >= len(SPECIALS):
                groups[bare(word)].append(number)
        return groups

    def recall(self, sure: Mapping[int, int]) -> dict[int, float]:
        """Word number → what to add to its ln P anywhere in a text in which `sure` words were surely read
        (word number → how often): those and the words that differ from them in marks alone."""
        raised: dict[int, float] = {}
        for letters in sorted({bare(self._vocabulary[number]) for number in sure}):
            alike = self._alike[letters]
            if len(alike) < 2:
                continue
            known = [math.exp(self._unigram[number]) for number in alike]
            total, seen = math.fsum(known), sum(sure.get(number, 0) for number in alike)
            for number, share in zip(alike, known, strict=True):
                prior = share / total
                now = (sure.get(number, 0) + _PRIOR * prior) / (seen + _PRIOR)
                raised[number] = max(-_MOST, min(_MOST, math.log(now / prior)))
        return raised

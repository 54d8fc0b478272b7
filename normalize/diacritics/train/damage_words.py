"""Damaged forms of words, made by the channel's tables: what a network that reads damaged text learns."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from normalize.diacritics.context import MOST_PIECES, bare_forms, pieces
from normalize.diacritics.spelling import SPECIALS, bare

# As in the channel: the weight of counts of whole syllables against the letter model where there are many,
# what many is, and small-letter counts put at capitals' disposal.
_WHOLE, _PRIOR, _UP_PRIOR = 0.6, 6.0, 20.0
_LONGEST = 14

Choices = tuple[list[str], list[float]]


@dataclass(frozen=True)
class Damager:
    """The tables of `confusions.json` (`channel.load_tables`)."""

    tables: Mapping[str, Any]
    _letters: dict[str, Choices] = field(default_factory=dict)

    def read(self, word: str, chance: random.Random, capital: bool) -> str:
        """`word` as OCR may have read it, its first letter a capital or not."""
        seen: Mapping[str, int] | None = None if capital else self.tables["words"].get(word)
        if seen:
            total = sum(seen.values())
            if chance.random() < _WHOLE * total / (total + _PRIOR):
                return chance.choices(list(seen), list(seen.values()))[0]
        shown = word[:1].upper() + word[1:] if capital else word
        return "".join(self._read_letter(letter, chance) for letter in shown)[:_LONGEST]

    def _read_letter(self, letter: str, chance: random.Random) -> str:
        if letter not in self._letters:
            self._letters[letter] = self._choices(letter)
        readings, up_to = self._letters[letter]
        return chance.choices(readings, cum_weights=up_to)[0]

    def _choices(self, letter: str) -> Choices:
        units = self.tables["units"]
        found: dict[str, float] = dict(units.get(letter, {}))
        small = units.get(letter.lower(), {}) if letter != letter.lower() else {}
        total = sum(small.values())
        for reading, n in small.items():
            found[reading.upper()] = found.get(reading.upper(), 0.0) + _UP_PRIOR * n / total
        found = found or {letter: 1.0, bare(letter): 1.0}
        return list(found), list(accumulate(found.values()))


@dataclass(frozen=True, slots=True)
class Forms:
    """Of every word, in `1 + 1 + small + large` forms: without marks, as it is, damaged, and damaged with a
    capital. `grams` (words, forms, pieces) holds the numbers of pieces, 0 where there is none; `whole`
    (words, forms) the rows of `bare_forms`."""

    grams: npt.NDArray[np.int16]
    whole: npt.NDArray[np.int16]
    small: int
    large: int


def forms_of(
    vocabulary: Sequence[str], strange: Sequence[str], damagers: Sequence[Damager], small: int, large: int
) -> Forms:
    """The forms of a vocabulary's words, special tokens first, and of `strange` words behind them, damaged by
    each of the damagers in turn."""
    rows = bare_forms(vocabulary)
    words = [*vocabulary, *strange]
    grams = np.zeros((len(words), 2 + small + large, MOST_PIECES), dtype=np.int16)
    whole = np.zeros(grams.shape[:2], dtype=np.int16)
    for number, word in enumerate(words):
        if number < len(SPECIALS):
            whole[number] = rows[word]
            continue
        chance = random.Random(number)
        read = (damagers[n % len(damagers)].read(word, chance, n >= small) for n in range(small + large))
        texts = [bare(word), word, *read]
        for form, text in enumerate(texts):
            found = pieces(text)
            grams[number, form, : len(found)] = found
            whole[number, form] = rows.get(text.lower(), 0)
    return Forms(grams, whole, small, large)

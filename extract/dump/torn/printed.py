"""The words of a torn header as printed, with the keys by which they are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from normalize.lookalikes import LETTERS_OF_RUBBLE
from normalize.unicode import fold

_NO_LETTER = re.compile(r"[^a-z0-9]")
_SHARE = "pct"  # the key of a percent sign
_VOWELS = frozenset("aeiouy")
# Letters of a word nothing explains that weigh as much as one explained: print of marks alone has no vowels.
_WEIGHT, _RUBBLE_WEIGHT = 0.5, 0.1
_SHORTEST_WORD = 2


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word as read, its `key` for comparing (letters only, look-alikes made one), what it costs to leave it
    unexplained, and whether it begins as a cell does."""

    text: str
    key: str
    weight: float
    opens: bool
    is_word: bool


@dataclass(frozen=True, slots=True)
class TornHeader:
    """The lines of a header, each the words of its cells from left to right."""

    lines: tuple[tuple[PrintedWord, ...], ...]

    @property
    def letters(self) -> float:
        """What all its words weigh."""
        return sum(word.weight for line in self.lines for word in line)


@lru_cache(maxsize=16384)
def key_of(text: str) -> str:
    """The letters of a word, folded, signs that are read for letters taken for them."""
    return _NO_LETTER.sub("", fold(text).replace("%", _SHARE).translate(LETTERS_OF_RUBBLE))


def torn_header(texts: Sequence[str]) -> TornHeader:
    """The words of the texts, drawn rules left out."""
    lines = []
    for text in texts:
        words = [_word(word) for word in text.replace("|", " | ").split() if word.strip("|[]{}¦")]
        if words:
            lines.append(tuple(words))
    return TornHeader(tuple(lines))


def _word(text: str) -> PrintedWord:
    key = key_of(text)
    readable = len(key) >= _SHORTEST_WORD and any(c in _VOWELS for c in key)
    weight = len(key) * (_WEIGHT if readable else _RUBBLE_WEIGHT)
    letters = [c for c in text if c.isalpha()]
    opens = (
        bool(letters) and letters[0].isupper() and not (len(letters) > 1 and all(map(str.isupper, letters)))
    )
    return PrintedWord(text, key, weight, opens, readable)

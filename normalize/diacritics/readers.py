"""Who read a text: nobody (it lost its marks), OCR for English, or for another western language, and which.

Each writes the marks of its own language for those that it does not know: `ồ` is `ô` to a reader of French,
`ö` to one of German and `ó` to one of Spanish. So each has tables of its own of what letters are read as.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from normalize.diacritics.damage import Damage

Reader = Literal["none", "english", "western", "french", "german", "spanish", "italian", "portuguese"]
"""`western` is a reader of another western language, nobody knows which."""
Language = Literal["french", "german", "spanish", "italian", "portuguese"]
LANGUAGES: tuple[Language, ...] = ("french", "german", "spanish", "italian", "portuguese")

# Letters that a reader of English never writes; one of French, German or Portuguese writes 10 to 16 in 100 on
# Vietnamese pages. (English has no é either, but its reader knows the letter.)
_WESTERN = re.compile("[àáâãäåæçèêëìíîïñòóôõöøùúûüýÿ]", re.IGNORECASE)
_MARKED = re.compile("[^\\W\\d_a-z]")
_LETTER = re.compile(r"[^\W\d_]")
_WESTERN_SHARE = 0.02
# A reader of Vietnamese writes those letters too, where they stand, and others beside them.
_OWN = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_MOST_OWN = 0.25
# The share, of a language's letters with marks, of one that its pairs never showed; how many of a text's may
# be such (a reader of Swedish writes å); and how much likelier than the next a language must be, in nats.
_UNSEEN, _MOST_STRANGE, _SURE = 0.002, 0.1, 3.0


# Signs other than plain letters: a reader of English writes 5 to 100 letters (pages made of everyday
# sentences; of twenty lines together one in a hundred has fewer than 0.5).
_WRITTEN = re.compile("[^\\x00-\\x7f“”‘’–—…•·ß×²³]")
_MOST_WRITTEN = 0.005
# Of the words of a text that nobody read, those that are known without their marks: 76 in 100 where every
# sixteenth letter is damaged, 60 of a barely legible page that was read without such signs. Few say nothing.
_WORD = re.compile(r"(?<!\w)[^\W\d_A-Z]{2,}(?!\w)")  # not in capitals, which names have
_LEAST_KEPT, _FEW = 0.68, 40


@dataclass(frozen=True)
class Readers:
    """Tells readers apart by the marks that they write; `tables` are a language's confusion tables, asked for
    when a text of a western reader is met."""

    tables: Callable[[Language], Mapping[str, Any]]

    def of(self, lines: Sequence[str], kind: Damage) -> Reader:
        """Who read the damaged lines."""
        if kind == "stripped":
            return "none"
        text = "\n".join(lines)
        western, letters = len(_WESTERN.findall(text)), len(_LETTER.findall(text))
        if western <= _WESTERN_SHARE * letters or len(_OWN.findall(text)) > _MOST_OWN * western:
            return "english"
        return self._language(Counter(_MARKED.findall(text.lower())))

    def _language(self, marked: Counter[str]) -> Reader:
        """The language whose reader writes such marks so often; `western` where no one is likelier by far."""
        ranked = sorted(
            ((self._likelihood(marked, shares), language) for language, shares in self._known.items()),
            reverse=True,
        )
        (best, language), (next_best, _) = ranked[:2]
        strange = sum(n for letter, n in marked.items() if self._known[language].get(letter, 0.0) < _UNSEEN)
        if best - next_best < _SURE or strange > _MOST_STRANGE * marked.total():
            return "western"
        return language

    @cached_property
    def _known(self) -> dict[Language, dict[str, float]]:
        return {language: marks_written(self.tables(language)) for language in LANGUAGES}

    @staticmethod
    def _likelihood(marked: Counter[str], shares: Mapping[str, float]) -> float:
        return math.fsum(n * math.log(max(shares.get(letter, 0.0), _UNSEEN)) for letter, n in marked.items())


def is_plain(lines: Sequence[str], is_bare: Callable[[str], bool]) -> bool:
    """Whether a text lost its marks, however damaged it is besides: OCR writes some, or signs for letters,
    and of a page that it can't read it keeps few words. `is_bare`: whether a word is Vietnamese but for its
    marks."""
    text = "\n".join(lines)
    if len(_WRITTEN.findall(text)) > _MOST_WRITTEN * len(_LETTER.findall(text)):
        return False
    words = _WORD.findall(text)
    return len(words) < _FEW or sum(map(is_bare, words)) >= _LEAST_KEPT * len(words)


def marks_written(tables: Mapping[str, Any]) -> dict[str, float]:
    """Of the letters with marks that a reader writes, each one's share, by its table of letters."""
    counts: Counter[str] = Counter()
    for readings in tables["units"].values():
        for reading, n in readings.items():
            for letter in _MARKED.findall(reading.lower()):
                counts[letter] += n
    total = counts.total()
    return {letter: n / total for letter, n in counts.items()}

"""What the print's capitals say, and the capitals of a repaired word, from those of the print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from normalize.diacritics.names import BEGINS, GOES_ON, NO_NAME
from normalize.diacritics.spelling import bare
from normalize.diacritics.tokens import Token

# Capitals that OCR reads for other capitals; any other odd capital was a small letter (`Gng` for `ứng`).
_CAPITALS_FOR = {"đ": "DPBHTOÐ", "o": "OQ0C", "q": "OQ", "s": "S", "c": "GC", "l": "L", "u": "UVL"}

# How much of what a print's case says is believed: tried on reports, web pages and price lists (at 1, tables
# with capitals in every label lose 0.005; at 0, names lose as much).
_BELIEF = 0.5
_WHOLE = 255.0


@dataclass(frozen=True, slots=True)
class CaseCosts:
    """Of every word of a vocabulary, ln P of being printed with a capital, and of being printed without,
    within a sentence: `Khanh` is a name, `khánh` seldom is."""

    capital: list[float]
    small: list[float]

    @classmethod
    def of(cls, capitals: npt.NDArray[np.uint8]) -> CaseCosts | None:
        """From how often of 255 times each word begins with a capital; None where nobody counted."""
        if not len(capitals):
            return None
        share = np.clip(capitals.astype(np.float64), 1, _WHOLE - 1) / _WHOLE
        return cls((_BELIEF * np.log(share)).tolist(), (_BELIEF * np.log(1.0 - share)).tolist())

    def costs(self, raw: str) -> list[float] | None:
        """What to add to ln P of each word for the case of `raw`; None where that says nothing (`UBND`)."""
        if not raw[0].isalpha() or (len(raw) > 1 and raw.isupper()):
            return None
        return self.capital if raw[0].isupper() else self.small


def recase(raw: str, word: str, shouting: bool) -> str:
    """`word` (small letters) in capitals where `raw` was: all of it, its first letter, or none.

    `shouting`: the line is set in capitals. In other lines a short word in capitals (`HO so`) is a word whose
    vowel was read as a capital, unless it is an abbreviation, which has no marks to restore.
    """
    letters = [c for c in raw if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    if not letters:
        return word.upper() if shouting else word
    if upper == len(letters) and len(letters) > 1:
        return word.upper() if shouting or not _sounds(word) or len(word) > 4 else word.capitalize()
    if shouting and upper > len(letters) / 2 and len(letters) > 1:
        return word.upper()
    if raw[0].isupper() and not _same_letter(raw[0], word[0]) and not shouting:
        return word
    if raw[0].isupper() or (len(letters) == 1 and letters[0].isupper()):
        return word.upper() if shouting and len(word) == 1 else word.capitalize()
    return word


def _sounds(word: str) -> bool:
    """Whether a word has a letter with a mark: an abbreviation has none."""
    return not word.replace("đ", "d").isascii()


def _same_letter(raw: str, letter: str) -> bool:
    """Whether a printed capital may be `letter`'s own."""
    plain = bare(letter)
    return bare(raw) == plain.upper() or raw in _CAPITALS_FOR.get(letter if letter == "đ" else plain, "")


def shouting_lines(tokens: Sequence[Token]) -> dict[int, bool]:
    """Line → whether most of its words are set in capitals."""
    counts: dict[int, list[int]] = {}
    for token in tokens:
        if token.kind == "word" and len(token.text) > 1:
            pair = counts.setdefault(token.line, [0, 0])
            pair[token.text.upper() == token.text] += 1
    shouting = {line: loud > quiet for line, (quiet, loud) in counts.items()}
    return {token.line: shouting.get(token.line, False) for token in tokens}


def name_flags(tokens: Sequence[Token], shouting: Mapping[int, bool]) -> list[int]:
    """Where a name begins (a capital after a small word) and goes on (after another capital)."""
    capital = [t.kind == "word" and t.text[0].isupper() and not t.text.isupper() for t in tokens]
    flags = []
    for i, token in enumerate(tokens):
        if i == 0 or not capital[i] or token.stop_before:
            flags.append(NO_NAME)
        elif capital[i - 1]:
            flags.append(GOES_ON)
        else:
            small = tokens[i - 1].kind == "word" and tokens[i - 1].text[0].islower()
            flags.append(BEGINS if small and not shouting[token.line] else NO_NAME)
    return flags

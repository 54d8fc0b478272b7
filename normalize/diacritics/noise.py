"""How damaged a text without marks is, told from the text itself: what its words that are none say.

Most of a page's words are known. Of those that are not, some are damaged and some are names and terms of
others; small letters tell how many are damaged, since names have capitals, and what stands in capitals beyond
that is names.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from normalize.diacritics.tokens import Token

# Before anything is seen: slips a letter and blanks lost a word as in sound text, and how many letters and
# words that counts as much as.
_SLIPS, _LETTERS = 0.0004, 2500.0
_JOINED, _PARTED, _WORDS = 0.0008, 0.0008, 300.0
# Of slips, those that make no other word; of words in capitals, those that nobody knows.
_SEEN = 0.75
_STRANGE, _NAMES = 0.004, 60.0
_MOST = 0.08  # of letters or blanks: no reader does worse
_SHORTEST = 3  # of two letters half are units, points of lists and abbreviations
# ln P of a word in small letters that nobody knows, and of each of its letters.
_SMALL, _LETTER = -9.0, -2.0
# Of a word that is known to stand in Vietnamese texts; of an abbreviation; of a short code (`k1`, `2b`; where
# the figure is a nought it was an `o`), of other words with figures or signs among their letters.
_FOREIGN = -10.0
_CAPITALS, _OF_CAPITALS = -3.0, -1.3
_CODE, _ODD = -8.0, -12.0
_SHORT_CODE = re.compile("[^\\W\\d_][1-9]|[1-9][^\\W\\d_]|[A-ZĐ]+[1-9]")
_AGAIN, _MOST_AGAIN = 2.0, 6.0  # how much likelier a name that stands there again


@dataclass(frozen=True)
class Noise:
    """The share of letters that slipped, of blanks that were lost, and of words in capitals that are names
    nobody knows; how often each of those words stands in the text."""

    slips: float = _SLIPS
    joined: float = _JOINED
    parted: float = _PARTED
    strange: float = _STRANGE
    met: Counter[str] = field(default_factory=Counter)
    foreign: Collection[str] = frozenset()

    @cached_property
    def slip(self) -> float:
        """ln P of a slip, to half a nat (words are remembered with their candidates)."""
        return round(2 * math.log(self.slips)) / 2

    @cached_property
    def blank_lost(self) -> float:
        return math.log(self.joined)

    @cached_property
    def blank_put_in(self) -> float:
        return math.log(self.parted)

    def as_printed(self, raw: str) -> float:
        """ln P that the print of a word that nobody knows is right."""
        if raw in self.foreign or raw.lower() in self.foreign:
            return _FOREIGN
        if not raw.replace("'", "").isalpha():
            return _CODE if _SHORT_CODE.fullmatch(raw) else _ODD + _LETTER * len(raw)
        if raw.isupper():
            return _CAPITALS + _OF_CAPITALS * len(raw)
        if raw.islower() and "'" not in raw:
            return _SMALL + _LETTER * len(raw)
        again = min(_AGAIN * (self.met[raw] - 1), _MOST_AGAIN) if self.met[raw] > 1 else 0.0
        return math.log(self.strange) + _LETTER * len(raw) + again


def measured(
    tokens: Sequence[Token],
    is_known: Callable[[str], bool],
    is_near: Callable[[str], bool],
    is_two: Callable[[str], bool],
    foreign: Collection[str],
) -> Noise:
    """The noise of a text. `is_known`: whether a word is Vietnamese; `is_near`: a slip away from such a word;
    `is_two`: two of them without their blank; `foreign`: other words that stand in Vietnamese texts."""
    small, large = Counter[str](), Counter[str]()
    slipped = joined = letters = words = 0
    met = Counter[str]()
    for token in tokens:
        text = token.text
        if token.kind != "word" or len(text) < _SHORTEST or (text.isupper() and text.isalpha()):
            continue
        kind = large if text[0].isupper() else small
        kind["all"] += 1
        words += 1
        letters += len(text) if kind is small else 0
        if is_known(text) or text in foreign or text.lower() in foreign:
            continue
        met[text] += 1
        kind["strange"] += 1
        if kind is small:
            if is_two(text):
                joined += 1
            elif is_near(text):
                slipped += 1
    expected = small["strange"] / max(small["all"], 1) * large["all"]
    return Noise(
        _share(slipped / _SEEN, letters, _SLIPS, _LETTERS),
        _share(joined, small["all"], _JOINED, _WORDS),
        _PARTED,
        _share(max(large["strange"] - expected, 0.0), large["all"], _STRANGE, _NAMES, 1.0),
        met,
        foreign,
    )


@cache
def own_foreign() -> frozenset[str]:
    """Words of other languages that stand in Vietnamese texts (`train/collect_foreign.py`); with a capital
    where they are names only."""
    return frozenset((Path(__file__).parent / "data" / "foreign.txt").read_text(encoding="utf-8").split())


def _share(found: float, of: float, before: float, weight: float, most: float = _MOST) -> float:
    return min((found + before * weight) / (of + weight), most)

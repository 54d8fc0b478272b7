"""Any reader's slips: which syllables a word that is none may be, a letter or two away, and how far.

No pairs of damaged and true text stand behind it, but what letters look like: `e` is read for `c`, `rn` for
`m`, a figure for a letter; letters are lost, doubled, put in, and stand in each other's place. The tables of
readers that are known (`channel`) say more of theirs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property

from normalize.diacritics.nearby import Nearby

# What each letter is read as by its shape, without marks: letters that share strokes, figures, two for one.
_ALIKE = {
    "a": "o e u 4 d @", "b": "h 6 lo 8 l o", "c": "e o ( r", "d": "cl a o ct ci b", "e": "c o 6 a",
    "g": "q 9 y p a", "h": "b n k li r 1i", "i": "l 1 j ! | t r f", "k": "h lc x ic 1c",
    "l": "1 i I | t ! f", "m": "rn nn n in ni w ln", "n": "r u m h ri ii o", "o": "0 c e a 6 d q",
    "p": "n q g r", "q": "g 9 a",
    "r": "t f n v", "s": "5 z 8 $ a", "t": "f l 1 i r + c", "u": "n v ii w o a ll tt",
    "v": "y u w r", "x": "k z", "y": "v g j u",
}  # fmt: skip
# Two letters that are read as one.
_AS_ONE = {"li": "h", "ri": "n", "in": "m", "ni": "m", "ui": "m", "iu": "m", "nn": "m", "ic": "k", "oi": "d"}
# ln P of what becomes of a letter that is damaged: one like it (which, by the number of those), any other,
# none, itself twice, itself and any other, itself behind the next.
_LIKE, _OTHER, _LOST = -math.log(0.5), -math.log(0.2 / 25), -math.log(0.12)
_DOUBLED, _PUT_IN, _SWAPPED = -math.log(0.1), -math.log(0.04 / 25), -math.log(0.04)
_OF_TWO = -math.log(0.02)
# From so many letters on a word may have two slips, one of them to a letter alike or twice written.
_LONG = 4
_SHORT = 2  # letters are put into words of two, and none else exchanged

Slipped = dict[str, float]


class Slips:
    """Slips between the forms (small letters without marks) of a vocabulary."""

    def __init__(self, forms: Collection[str], nearby: Nearby) -> None:
        self._forms, self._nearby = forms, nearby

    @cached_property
    def _read_for(self) -> dict[str, list[tuple[str, float]]]:
        """What is read → the letters that it may stand for, with the price of each."""
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for letter, readings in _ALIKE.items():
            each = readings.split()
            for reading in each:
                found[reading].append((letter, _LIKE + math.log(len(each))))
        for letters, reading in _AS_ONE.items():
            found[reading].append((letters, _OF_TWO))
        return found

    def one(self, read: str) -> Slipped:
        """The forms that a single slip makes `read`, with its price."""
        out: Slipped = {}
        for form, price in self._alike(read):
            if form in self._forms:
                _offer(out, form, price)
        for at in range(len(read) - 1):
            swapped = read[:at] + read[at + 1] + read[at] + read[at + 2 :]
            if swapped != read and swapped in self._forms:
                _offer(out, swapped, _SWAPPED)
        for form in self._nearby.of(read):
            if sum(map(str.isdigit, read)) == 0:  # a figure is a letter alike, or stays
                _offer(out, form, _price(form, read))
        for form in self._nearby.longer(read) if len(read) == _SHORT else ():
            _offer(out, form, _LOST)
        out.pop(read, None)
        return out

    def two(self, read: str) -> Slipped:
        """The forms that two slips make `read`, one of them to what is alike."""
        out: Slipped = {}
        if len(read) < _LONG:
            return out
        for between, first in self._alike(read):
            for form, second in self.one(between).items():
                _offer(out, form, first + second)
        return out

    def _alike(self, read: str) -> Iterator[tuple[str, float]]:
        """What becomes of `read` when letters are read back by their shapes, or one of two alike is lost."""
        for at in range(len(read)):
            for size in (1, 2):
                part = read[at : at + size]
                for letters, price in self._read_for.get(part, ()) if len(part) == size else ():
                    yield read[:at] + letters + read[at + size :], price
            if read[at : at + 1] == read[at + 1 : at + 2]:
                yield read[:at] + read[at + 1 :], _DOUBLED


def _price(form: str, read: str) -> float:
    """Of the one slip between two words, whatever the letters."""
    if len(form) == len(read):
        return _OTHER
    if len(form) > len(read):
        return _LOST
    at = next((i for i, (a, b) in enumerate(zip(form, read, strict=False)) if a != b), len(form))
    return _DOUBLED if at and read[at] == read[at - 1] else _PUT_IN


def _offer(found: Slipped, form: str, price: float) -> None:
    found[form] = min(price, found.get(form, math.inf))

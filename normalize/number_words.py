"""Numbers written out in Vietnamese words: `một tỷ hai trăm năm mươi lăm triệu đồng`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from normalize.unicode import fold

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_TEN, _HUNDRED = "muoi", "tram"
_ODD = frozenset(("linh", "le"))  # before the ones of a number without tens
_SCALES = {"nghin": 3, "ngan": 3, "trieu": 6, "ty": 9, "ti": 9}
_HALF = "ruoi"
_HIGHEST = 9


def read_words(words: Sequence[str]) -> tuple[int, int]:
    """The number that a text begins with, and how many of its words say it; (0, 0) where none does.

    `words` are folded. Groups of thousands follow each other downwards; a lone `không` counts none.
    """
    total = group = taken = 0
    last = _HIGHEST + 1
    place = 0
    while place < len(words):
        found, used = _below_thousand(words[place:])
        if not used:
            break
        place += used
        power = 0
        while place < len(words) and words[place] in _SCALES:
            power += _SCALES[words[place]]
            place += 1
        group = found * 10**power
        if place < len(words) and words[place] == _HALF and power:
            group += 5 * 10 ** (power - 1)
            place += 1
        if power >= last and total:
            break
        total, taken, last = total + group, place, power
        if not power:
            break
    return total, taken


def _below_thousand(words: Sequence[str]) -> tuple[int, int]:
    """A number under a thousand at the beginning of some words, and how many of them say it."""
    if not words:
        return 0, 0
    place = amount = 0
    if len(words) > 1 and words[0] in _DIGITS and words[1] == _HUNDRED:
        amount, place = 100 * _DIGITS[words[0]], 2
    tens, used = _below_hundred(words[place:], bool(place))
    return amount + tens, place + used


def _below_hundred(words: Sequence[str], after_hundreds: bool) -> tuple[int, int]:
    if not words:
        return 0, 0
    if words[0] in _ODD and after_hundreds and len(words) > 1 and words[1] in _DIGITS:
        return _DIGITS[words[1]], 2
    if words[0] == _TEN:
        ones = _DIGITS.get(words[1]) if len(words) > 1 else None
        return (10 + ones, 2) if ones else (10, 1)
    if words[0] not in _DIGITS:
        return 0, 0
    if len(words) > 1 and words[1] == _TEN:
        ones = _DIGITS.get(words[2]) if len(words) > 2 else None
        return (10 * _DIGITS[words[0]] + ones, 3) if ones else (10 * _DIGITS[words[0]], 2)
    return _DIGITS[words[0]], 1


@cache
def spelled(text: str) -> tuple[int, tuple[str, ...]] | None:
    """The number that a text spells and the folded words behind it; None where it spells none."""
    words = [word for word in fold(text).replace(",", " ").split() if word]
    number, taken = read_words(words)
    return (number, tuple(words[taken:])) if taken else None

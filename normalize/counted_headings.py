"""Headings that count on (`T1`, `T2` … `T12`; `Quý I` … `Quý IV`; `2019`, `2020`), and those among them that
were misread."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalize.ordinals import RANK, ROMAN
from normalize.unicode import fold

_COUNTED = re.compile(r"(\D{0,12}?)(\s?)(\d{1,4}|(?<!\w)[IVX]{1,5})", re.IGNORECASE)
_YEARS = range(1900, 2101)  # bare numbers that count are years; others number the columns
_WITNESSES = 3  # headings that count, from which others of their row do
_LONGER = 1  # letters by which a misread heading may be longer than what it is taken for
_SAYS_SOMETHING = 4  # letters
_ALIKE = 0.6  # of the letters of two headings
_MOST = 24  # months of two years


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that counts: what stands before its number, the blank between, the number, whether Roman."""

    before: str
    blank: str
    number: int
    roman: bool

    def next_by(self, steps: int) -> str:
        number = self.number + steps
        if not self.roman:
            return f"{self.before}{self.blank}{number}" if number > 0 else ""
        return f"{self.before}{self.blank}{ROMAN[number - 1]}" if 0 < number <= len(ROMAN) else ""


def counted_headings(texts: Sequence[str]) -> list[str]:
    """The headings of a row, from left to right, those that were misread among at least three that count on
    put right; what may be another heading is left as it is.

    Between two that count, a heading that is hardly one or is like the one that is missing is that one.
    Before the first and behind the last it is taken for the next only if it has a part of it: its number or
    the word before it.
    """
    groups: dict[tuple[str, bool, int], list[tuple[int, _Heading]]] = defaultdict(list)
    for at, text in enumerate(texts):
        heading = _read(text)
        if heading is not None:
            groups[fold(heading.before), heading.roman, heading.number - at].append((at, heading))
    mended = list(texts)
    for members in groups.values():
        if _WITNESSES <= len(members) <= _MOST:
            _mend(mended, members)
    return mended


def _read(text: str) -> _Heading | None:
    match = _COUNTED.fullmatch(text.strip())
    if match is None:
        return None
    before, blank, number = match.groups()
    if not number.isdigit():
        known = number.upper() in RANK and before.strip()
        return _Heading(before, blank, RANK[number.upper()], True) if known else None
    if not before.strip() and int(number) not in _YEARS:
        return None
    return _Heading(before, blank, int(number), False)


def _mend(texts: list[str], members: Sequence[tuple[int, _Heading]]) -> None:
    first, last = members[0][0], members[-1][0]
    at, known = members[0]
    for place in range(first, last + 1):
        wanted = known.next_by(place - at)
        if _is_short(texts[place], wanted) and _may_be(texts[place], wanted):
            texts[place] = wanted
    for places in (range(first - 1, -1, -1), range(last + 1, len(texts))):
        for place in places:
            wanted = known.next_by(place - at)
            if not _is_short(texts[place], wanted) or not _has_part(texts[place], wanted, known):
                break
            texts[place] = wanted


def _is_short(text: str, wanted: str) -> bool:
    """Whether a heading is short enough to be a misread `wanted`, and does not count itself (`Mũi 1` behind
    `Mũi 3` begins another row of them)."""
    return bool(wanted) and len(text.strip()) <= len(wanted) + _LONGER and _read(text) is None


def _may_be(text: str, wanted: str) -> bool:
    """Whether a heading is too short to say anything, or like `wanted`."""
    bare = text.strip()
    return len(bare) < _SAYS_SOMETHING or fuzz.ratio(fold(bare), fold(wanted)) / 100 >= _ALIKE


def _has_part(text: str, wanted: str, known: _Heading) -> bool:
    """Whether a heading has the number of `wanted`, or begins as it does."""
    number = wanted[len(known.before) + len(known.blank) :]
    before = fold(known.before).strip()
    return text.strip() == number or (bool(before) and fold(text).strip().startswith(before))

"""Row numbers as evidence: what an ordinal says, and how well it follows the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from normalize.ordinals import roman_value

_NUMBER = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,3}){0,3})[.)]?$")
_LETTER = re.compile(r"^\(?([a-zđA-ZĐ])[.)]$")
_ROMAN = re.compile(r"^(?=[IVXLivxl])(X{0,3}(?:IX|IV|V?I{0,3}))[.)]?$")
_ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
_NO_NUMBER = 0.8
_BEGINS = 0.3
_POINT = 0.1  # nats of a first lettered point, or of the next chapter's first
_ILL = 1.5  # nats of what hardly follows
_OTHER_KIND = 0.2
_MOST_SKIPPED = 3  # numbers
_NONSENSE = 2.5


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A row number: `value` is (7,), (1, 2) for `1.2`, or the place in the alphabet or of the Roman."""

    kind: Literal["number", "roman", "letter"]
    value: tuple[int, ...]


@lru_cache(maxsize=8192)
def read_ordinal(text: str) -> Ordinal | None:
    """The ordinal that a token is, or None. `0` numbers no row, and `01.002` is a code."""
    text = text.strip("|[]*'\"“”")
    if match := _NUMBER.match(text):
        value = tuple(int(part) for part in match[1].split("."))
        is_code = len(value) > 1 and match[1].startswith("0")
        return Ordinal("number", value) if all(value) and not is_code else None
    if match := _ROMAN.match(text):
        total = roman_value(match[1].upper())
        return Ordinal("roman", (total,)) if total else None
    if match := _LETTER.match(text):
        place = _ALPHABET.find(match[1].lower())
        return Ordinal("letter", (place + 1,)) if place >= 0 else None
    return None


def succession_cost(before: Ordinal | None, after: Ordinal | None) -> float:
    """How ill `after` follows `before`: 0 the next number, about 3 nonsense. None is a row without."""
    if after is None:
        return _NO_NUMBER
    if before is None:
        return _BEGINS if after.value[-1] == 1 else _NO_NUMBER
    if before.kind == after.kind:
        return _same_kind_cost(before, after)
    if after.kind == "letter":
        return _POINT if after.value == (1,) else _ILL
    if after.kind == "roman":
        return _OTHER_KIND
    return _OTHER_KIND if after.value[-1] == 1 or before.kind == "letter" else 1.0


def _same_kind_cost(before: Ordinal, after: Ordinal) -> float:
    old, new = before.value, after.value
    if len(new) == len(old) and new[:-1] == old[:-1]:
        step = new[-1] - old[-1]
        if step == 1:
            return 0.0
        if new[-1] == 1 and len(new) == 1:
            return 1.0
        return _ILL if 2 <= step <= _MOST_SKIPPED else _NONSENSE
    if len(new) == len(old) + 1 and new[:-1] == old:
        return 0.0 if new[-1] == 1 else _ILL
    if len(new) == len(old) and new[-1] == 1 and new[0] == old[0] + 1:
        return _POINT
    if len(new) < len(old) and new[-1] == old[len(new) - 1] + 1:
        return 0.0
    return _ILL

"""Numbers of paragraphs as Word prints them: `1.`, `a)`, `I.`, `2.1.` (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from extract.office.word.ooxml import W, child, number, switch, value

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_BULLETS = {0xB7: "•", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xFC: "✓", 0xFB: "✗", 0x76: "❖", 0x6F: "o", 0x2D: "-"}
_PRIVATE = range(0xF000, 0xF100)
_LONGEST_ROMAN = 4000
_ALPHABET = 26
_PRIVATE_USE = 0xF000  # where Symbol and Wingdings put their signs


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool
    restart: int | None


def roman(count: int) -> str:
    """1 to 3999 in Roman capitals; others in figures."""
    if not 0 < count < _LONGEST_ROMAN:
        return str(count)
    out = ""
    for worth, sign in _ROMAN:
        while count >= worth:
            out, count = out + sign, count - worth
    return out


def letters(count: int) -> str:
    """1 → A, 26 → Z, 27 → AA, 28 → BB, as Word counts by letters."""
    if count < 1:
        return str(count)
    return chr(ord("A") + (count - 1) % _ALPHABET) * ((count - 1) // _ALPHABET + 1)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda n: letters(n).lower(),
    "vietnameseCounting": lambda n: _WORDS[n] if 0 <= n < len(_WORDS) else str(n),
    "ordinal": lambda n: f"{n}.",
    "none": lambda n: "",
    "bullet": lambda n: "",
}


def bullet(text: str) -> str:
    """A bullet's text with symbols of Wingdings and Symbol fonts in Unicode."""
    return "".join(_BULLETS.get(ord(c) - _PRIVATE_USE, "•") if ord(c) in _PRIVATE else c for c in text)


class Numbering:
    """The numbering part, and how far each list has counted. Paragraphs are asked for in order."""

    def __init__(self, root: Any | None) -> None:
        self._abstract: dict[str, Any] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, Any] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._levels: dict[tuple[str, int], _Level | None] = {}
        self._overridden: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                ident = element.get(W + "abstractNumId", "")
                self._abstract[ident] = element
                if style := value(element, "styleLink"):
                    self._links[style] = ident
            elif element.tag == W + "num":
                self._lists[element.get(W + "numId", "")] = element

    def label(self, num_id: str, level_text: str) -> str:
        """The number printed before the next paragraph of a list; '' for none."""
        level = min(max(number(level_text), 0), _LEVELS - 1)
        found = self._level(num_id, level)
        if num_id not in self._lists or found is None:
            return ""
        counts = self._counts.setdefault(self._abstract_of(num_id), [None] * _LEVELS)
        self._count(num_id, level, found, counts)
        if found.form == "bullet":
            return bullet(found.text)

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            own = self._level(num_id, at)
            count = counts[at]
            if own is None:
                return ""
            count = own.start if count is None else count
            form = "decimal" if found.legal and at < level else own.form
            return _FORMS.get(form, str)(count)

        return _PLACE.sub(shown, found.text).strip()

    def _count(self, num_id: str, level: int, found: _Level, counts: list[int | None]) -> None:
        """Step the list's count at `level` and begin deeper levels anew."""
        override = self._override(num_id, level)
        fresh = override is not None and (num_id, level) not in self._overridden
        if fresh and override is not None:
            self._overridden.add((num_id, level))
            counts[level] = override
        else:
            count = counts[level]
            counts[level] = found.start if count is None else count + 1
        for deeper in range(level + 1, _LEVELS):
            below = self._level(num_id, deeper)
            restart = below.restart if below else None
            if restart != 0 and (restart is None or level < restart):
                counts[deeper] = None

    def _abstract_of(self, num_id: str) -> str:
        ident = value(self._lists[num_id], "abstractNumId") or ""
        linked = value(self._abstract[ident], "numStyleLink") if ident in self._abstract else None
        return self._links.get(linked, ident) if linked else ident

    def _override(self, num_id: str, level: int) -> int | None:
        for element in self._lists[num_id].findall(W + "lvlOverride"):
            if number(element.get(W + "ilvl")) == level:
                start = value(element, "startOverride")
                return None if start is None else number(start, 1)
        return None

    def _level(self, num_id: str, level: int) -> _Level | None:
        if (num_id, level) not in self._levels:
            self._levels[num_id, level] = self._read_level(num_id, level)
        return self._levels[num_id, level]

    def _read_level(self, num_id: str, level: int) -> _Level | None:
        if num_id not in self._lists:
            return None
        own = [child(e, "lvl") for e in self._lists[num_id].findall(W + "lvlOverride")]
        shared = self._abstract.get(self._abstract_of(num_id))
        listed = [
            *(e for e in own if e is not None),
            *(shared.findall(W + "lvl") if shared is not None else ()),
        ]
        for element in listed:
            if number(element.get(W + "ilvl")) == level:
                restart = value(element, "lvlRestart")
                return _Level(
                    number(value(element, "start"), 1),
                    value(element, "numFmt") or "decimal",
                    value(element, "lvlText") or "",
                    bool(switch(element, "isLgl")),
                    None if restart is None else number(restart),
                )
        return None

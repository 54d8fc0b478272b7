"""Numbers of lists and headings in an OpenDocument text, as printed (part 3, 16.30 and 19.880)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from extract.office.opendocument.package import STYLE, TEXT, name
from extract.office.word.numbering import bullet, letters, roman

_LEVELS = 10
# What LibreOffice prints of a level that names others by their number: `%2%.%4%.` is 2.1. on the fourth.
_PATTERN = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_NAMED_LEVEL = re.compile(r"%(\d{1,2})%")


class Lists:
    """The list styles of a file, and how far each list has counted."""

    def __init__(self, *roots: Any | None) -> None:
        self._levels: dict[tuple[str, int], Any] = {}
        self._counts: dict[str, list[int]] = {}
        self._lists: dict[str, str] = {}
        self._current: dict[str, str] = {}
        self._begun = 0
        for root in roots:
            for element in root.iter(TEXT + "list-style", TEXT + "outline-style") if root is not None else ():
                style = element.get(STYLE + "name", "") if name(element) == "list-style" else "\0outline"
                for level in element:
                    number = level.get(TEXT + "level", "")
                    if number.isdigit():
                        self._levels[style, int(number)] = level

    def begin(self, element: Any, style: str, level: int) -> None:
        """A list begins. It counts on where it says so, or where it is a part of another list."""
        if level > 1:
            return
        goes_on = element.get(TEXT + "continue-numbering") == "true"
        before = element.get(TEXT + "continue-list", "")
        ident = element.get("{http://www.w3.org/XML/1998/namespace}id", "")
        key = self._lists.get(before) or (self._current.get(style) if goes_on else None)
        if key is None:
            self._begun += 1
            key = f"{style}\0{self._begun}"
        if ident:
            self._lists[ident] = key
        self._current[style] = key

    def label(self, style: str, level: int, item: Any) -> str:
        """The number of the next item of a list."""
        counts = self._counts.setdefault(self._current.get(style, style), [0] * (_LEVELS + 1))
        form = self._levels.get((style, min(level, _LEVELS)))
        start = item.get(TEXT + "start-value")
        self._step(counts, min(level, _LEVELS), form, start)
        return self._shown(style, min(level, _LEVELS), counts)

    def heading(self, element: Any) -> str:
        """The number of a heading, by the outline's style."""
        text = element.get(TEXT + "outline-level", "1")
        level = min(int(text) if text.isdigit() else 1, _LEVELS)
        form = self._levels.get(("\0outline", level))
        if form is None or element.get(TEXT + "is-list-header") == "true":
            return ""
        counts = self._counts.setdefault("\0outline", [0] * (_LEVELS + 1))
        self._step(counts, level, form, None)
        return self._shown("\0outline", level, counts)

    def _step(self, counts: list[int], level: int, form: Any, start: str | None) -> None:
        first = form.get(TEXT + "start-value", "1") if form is not None else "1"
        if start and start.isdigit():
            counts[level] = int(start)
        else:
            counts[level] = counts[level] + 1 if counts[level] else int(first) if first.isdigit() else 1
        for deeper in range(level + 1, _LEVELS + 1):
            counts[deeper] = 0

    def _shown(self, style: str, level: int, counts: list[int]) -> str:
        form = self._levels.get((style, level))
        if form is None:
            return ""
        if name(form) == "list-level-style-bullet":
            return bullet(form.get(TEXT + "bullet-char", "•"))
        if not form.get(STYLE + "num-format"):
            return ""
        if pattern := form.get(_PATTERN):
            return _NAMED_LEVEL.sub(lambda m: self._part(style, int(m[1]), level, counts), pattern).strip()
        text = form.get(TEXT + "display-levels", "1")
        shown = int(text) if text.isdigit() else 1
        parts = [self._part(style, at, level, counts) for at in range(max(1, level - shown + 1), level + 1)]
        body = ".".join(part for part in parts if part)
        return f"{form.get(STYLE + 'num-prefix', '')}{body}{form.get(STYLE + 'num-suffix', '')}".strip()

    def _part(self, style: str, at: int, level: int, counts: list[int]) -> str:
        """How far level `at` has counted, as it is written; '' for one below the item's own `level`."""
        own = self._levels.get((style, at))
        if not 0 < at <= level:
            return ""
        return _counted(counts[at] or 1, own.get(STYLE + "num-format", "") if own is not None else "1")


def _counted(count: int, form: str) -> str:
    """A count in a number format of OpenDocument."""
    forms: dict[str, Callable[[int], str]] = {
        "I": roman,
        "A": letters,
        "i": lambda n: roman(n).lower(),
        "a": lambda n: letters(n).lower(),
    }
    return forms.get(form, str)(count) if form else ""

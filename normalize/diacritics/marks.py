"""Signs beside words that OCR gets wrong: letters of listed points, and raised footnote numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_POINTS = "abcdđeghiklmnopqrstuvxy"
_POINT = re.compile(r"^\s*(?:[-+*]\s*)?\(?(\S{1,3})\)(?=\s)")
_READ_AS = {
    "đ": ("d", "d'", "dd", "đ"),
    "c": ("c", "¢", "c¢", "€", "©"),
    "e": ("e", "é", "€", "¢", "c"),
    "d": ("d", "đ"),
    "g": ("g", "q", "9", "ø"),
    "b": ("b", "h", "6"),
    "i": ("i", "1", "l", "j", "!"),
    "l": ("l", "1", "I"),
}
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])([!?])(?=[,.;:)]|\s+[^\W\d_A-ZĐ]|\s*$)")
_FOOTNOTE_OF_TWO = re.compile(r"(?<=[^\W\d_])!(\d)(?=[,.;:)\s]|$)")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = {"!": "¹", "?": "²"}


def points(lines: Sequence[str]) -> Iterator[tuple[int, int, int, str]]:
    """(line, start, end, letter) of each letter of a list `a) b) c)` that was misread, by the one before."""
    previous = ""
    for number, line in enumerate(lines):
        match = _POINT.match(line)
        if not match:
            continue
        raw = match.group(1).lower()
        following = _POINTS[_POINTS.index(previous) + 1 :][:1] if previous in _POINTS and previous else ""
        if following and raw in _READ_AS.get(following, ()):
            if raw != following:
                yield number, match.start(1), match.end(1), following
            previous = following
        elif raw in _POINTS:
            previous = raw


def footnotes(line: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, raised figure) of footnote numbers read as `!`, `?` or `!2` where no sentence can end."""
    for match in _FOOTNOTE_OF_TWO.finditer(line):
        yield match.start(), match.end(), "¹" + _SUPERSCRIPTS[int(match.group(1))]
    for match in _FOOTNOTE.finditer(line):
        if match.end() == len(line.rstrip()) and match.group(1) == "?":
            continue
        yield match.start(1), match.end(1), _RAISED[match.group(1)]

"""The header and footer that a sheet is printed with, by their codes (ECMA-376, part 1, 18.3.1.46; [MS-XLS],
2.4.136)."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(?<!&)((?:&&)*)&[LCR]")
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+\-]{6}|\d{1,3}|&|.)', re.DOTALL)
_COUNTS = re.compile(r"&[PN]")  # a page's number and how many there are


def printed(code: str) -> list[str]:
    """The lines of a header or footer, left, middle and right; page numbers are left out, and so are a file's
    and a sheet's name, and days of printing."""
    lines: list[str] = []
    for part in _PARTS.split(code):
        shown = "" if _COUNTS.search(part) else _CODE.sub(lambda m: "&" if m[0] == "&&" else "", part)
        lines += [line for piece in shown.splitlines() if (line := " ".join(piece.split()))]
    return [line for line in lines if any(ch.isalnum() for ch in line)]

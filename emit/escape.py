"""What a spreadsheet would run is written so that it doesn't, and comes back as it was.

The rule is the contract's: a text whose first character is `=`, `+`, `@`, a tab (or a carriage return,
OWASP ASVS 5.0, 1.2.10), or `-` before something that is not a number, gets a leading `'`. Numbers and a
lone dash are left. So it is within a text behind a `;`, at which spreadsheets of many countries, Vietnam's
among them, part a line of any CSV, and behind a line's end, which there ends a row.
`unescape(escape(text)) == text` for every text without control characters.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[+-]?\s*\d[\d.,\s]*%?\s*")
QUOTE = "'"
"""What stands before a text that a spreadsheet would take for a formula."""

_LEADERS = "=+@\t\r-"
_WATCHED = frozenset(_LEADERS + QUOTE)
_PARTED = re.compile(r"(?<=[;\r\n])('*)([=@+\-][^;\r\n]*)")
# What CSV readers, XML (XLSX) and terminals choke on; the tab and the line feed are kept.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """`text` with control characters and lone surrogates as U+FFFD: a file of it can always be read."""
    return text if text.isprintable() else _CONTROL.sub("\ufffd", text)


def _dangerous(text: str) -> bool:
    if not text or text[0] not in _LEADERS or text.strip() == "-":
        return False
    return text[0] in "=@\t\r" or not _NUMBER.fullmatch(text)


def escape(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula.

    A text that looks escaped already (`'=1`) gets one more quote, so that nothing is ambiguous.
    """
    if text.isalnum():
        return text  # most cells: nothing in it is a control character or begins a formula
    if text[:1] not in _WATCHED and ";" not in text and text.isprintable():
        return text
    text = _PARTED.sub(_quoted, printable(text))
    return QUOTE + text if _dangerous(text.lstrip(QUOTE)) else text


def unescape(text: str) -> str:
    """What `escape` was given."""
    if QUOTE not in text:
        return text
    if text.startswith(QUOTE) and _dangerous(text.lstrip(QUOTE)):
        text = text[1:]
    return _PARTED.sub(_unquoted, text)


def _quoted(part: re.Match[str]) -> str:
    return QUOTE + part[0] if _runs(part[2]) else part[0]


def _unquoted(part: re.Match[str]) -> str:
    return part[0].removeprefix(QUOTE) if _runs(part[2]) else part[0]


def _runs(part: str) -> bool:
    """Whether a part of a text may be run: a dash before a blank begins an item of a list."""
    return part[0] in "=@" or not (part[1:2].isspace() or part == part[0] or _NUMBER.fullmatch(part))


def join_list(parts: list[str]) -> str:
    """`parts` joined by `;`, a `;` or backslash inside one written with a backslash before it."""
    return ";".join(p.replace("\\", "\\\\").replace(";", "\\;") for p in parts)


def split_list(text: str) -> list[str]:
    """The inverse of `join_list`, for parts that are not empty."""
    if not text:
        return []
    parts, current, quoted = [], [], False
    for char in text:
        if quoted:
            current.append(char)
            quoted = False
        elif char == "\\":
            quoted = True
        elif char == ";":
            parts.append("".join(current))
            current = []
        else:
            current.append(char)
    parts.append("".join(current))
    return parts

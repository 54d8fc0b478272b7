"""Numbers that are the same under every convention, told by their shape: most figures of a large sheet are
told so, and whole columns of them at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_NUMBER = 60
"""Letters of a text that is one number."""

# A number with decimals, as most are: its one mark before other than three digits is the decimal one under
# every convention.
PLAIN = re.compile(
    r"(?:0|[1-9]\d{0,14})(?P<mark>[.,])(?P<decimals>\d{1,2}|\d{4,15})(?P<percent>%?)", re.ASCII
)
# One with decimals behind groups that the other mark parts: nothing else under any convention.
MIXED = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<group>[.,])\d{3}(?:(?P=group)\d{3})*)(?P<mark>(?!(?P=group))[.,])"
    r"(?P<decimals>\d{1,15})(?P<percent>%?)",
    re.ASCII,
)
# A number whose groups are marked, all with one mark; one group alone may be three decimals.
_GROUPED = r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)"
_GROUPED_NUMBER = re.compile(_GROUPED, re.ASCII)
# Texts on lines of their own that are all such numbers, or bare digits that are no code.
_PLAIN_LINES = re.compile(
    r"(?:(?:0\d{0,2}|[1-9]\d{0,59}|(?:0|[1-9]\d{0,14})[.,](?:\d{1,2}|\d{4,15})%?)\n)+", re.ASCII
)
# The same, of bare digits and of such with groups, of which there are most where it is asked.
_BARE_LINES = re.compile(rf"(?:(?:{_GROUPED}|0\d{{0,2}}|[1-9]\d{{0,59}})\n)+", re.ASCII)
# The same, of numbers of all these kinds.
_NUMBER_LINES = re.compile(
    rf"(?:(?:0\d{{0,2}}|[1-9]\d{{0,59}}|(?:0|[1-9]\d{{0,14}})[.,](?:\d{{1,2}}|\d{{4,15}})%?|{_GROUPED}"
    r"|[1-9]\d{0,2}(?:(?:\.\d{3})+,|(?:,\d{3})+\.)\d{1,15}%?)\n)+",
    re.ASCII,
)


def is_decimal(text: str) -> bool:
    """Whether a text is a plain number with decimals under every convention, with or without `%`."""
    return PLAIN.fullmatch(text) is not None


def is_mixed(text: str) -> bool:
    """Whether a text is a number with decimals behind groups that the other mark parts (`1.234,5`), with or
    without `%`: the same number under every convention."""
    return "." in text and "," in text and len(text) <= LONGEST_NUMBER and bool(MIXED.fullmatch(text))


def is_grouped(text: str) -> bool:
    """Whether a text is digits in groups of three, and so a number without a unit under every convention (one
    group alone may be three decimals)."""
    return _GROUPED_NUMBER.fullmatch(text) is not None and len(text) <= LONGEST_NUMBER


def are_bare(texts: Sequence[str]) -> bool:
    """Whether there are texts and all are bare digits that are no code, or digits in groups of three."""
    lines = "\n".join(texts) + "\n"
    if lines.count("\n") != len(texts) or _BARE_LINES.fullmatch(lines) is None:
        return False
    return max(map(len, texts)) <= LONGEST_NUMBER


def are_plain(texts: Sequence[str]) -> bool:
    """Whether there are texts and all are bare digits or plain numbers (`is_decimal`), told at once: those of
    a long column in a twentieth of the time."""
    lines = "\n".join(texts) + "\n"
    return lines.count("\n") == len(texts) and _PLAIN_LINES.fullmatch(lines) is not None


def are_numbers(texts: Sequence[str]) -> bool:
    """Whether there are texts and all are numbers without a unit but `%` under every convention: bare digits,
    digits in groups, decimals (`is_decimal`, `is_mixed`)."""
    lines = "\n".join(texts) + "\n"
    if lines.count("\n") != len(texts) or _NUMBER_LINES.fullmatch(lines) is None:
        return False
    return max(map(len, texts)) <= LONGEST_NUMBER


def mark_of_decimal(text: str) -> str:
    """The decimal mark of such a text, '' of any other."""
    found = PLAIN.fullmatch(text)
    return found["mark"] if found else ""


def mark_of_mixed(text: str) -> str:
    """The decimal mark of a number with decimals behind groups, '' of any other text."""
    found = MIXED.fullmatch(text) if "." in text and "," in text else None
    return found["mark"] if found and len(text) <= LONGEST_NUMBER else ""

"""What spreadsheets and data frames make of a cell that nobody touched.

Opening a CSV file and saving it turns `001` into `1`, `0:2` into `00:02:00`, `1/10` into a day, `0.940` into
`0.94`, `true` into `TRUE`, `NA` into nothing. Each such habit is a `Habit`: which texts it takes, and whether
one text is what it makes of another. (Measured with LibreOffice Calc 7.4 and 24.8 and pandas 2; the habits of
Excel from its documentation on automatic formats.)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?")
_COMMA_DECIMAL = re.compile(r"[+-]?\d+,\d+")
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DOT_GROUPS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_TIME = re.compile(r"(\d+):(\d{1,2})(?::(\d{1,2})(?:[.,]0+)?)?(?:\s*([AP])M)?", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,4})([/.-])(\d{1,2})(?:\2(\d{1,4}))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = re.compile("|".join(_MONTHS), re.IGNORECASE)
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00)?$")
_BRACKETED = re.compile(r"\(\s*(\d[\d.,]*)\s*(%?)\s*\)")
_SIGNED = re.compile(r"([+-])\s+(\d[\d.,]*\s*%?)")
_DIGIT, _FIRST_DIGITS = re.compile(r"\d"), re.compile(r"\d+")
_MISSING = frozenset({"na", "n/a", "#n/a", "nan", "-nan", "null", "none", "<na>"})
_HALF_DAY, _MINUTES = 12, 60
_DIGITS_KEPT = 6  # of a long number that Excel shows as 1.23457E+11
_LAST_DAY, _LAST_MONTH = 31, 12


@dataclass(frozen=True, slots=True)
class Habit:
    """`takes(written)`: whether such a cell is changed; `makes(written, found)`: whether `found` is what
    becomes of it."""

    name: str
    takes: Callable[[str], bool]
    makes: Callable[[str, str], bool]


def decimal_of(text: str) -> Decimal | None:
    """A number as programs write it: `3744`, `3744.0`, `1.2E+05`."""
    text = text.strip()
    if not _DECIMAL.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def whole_of(text: str) -> int | None:
    """A whole number, also where a data frame wrote it as `4.0`."""
    number = decimal_of(text)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _same_number(written: Decimal | None, found: str) -> bool:
    other = decimal_of(found.replace(",", ".") if _COMMA_DECIMAL.fullmatch(found) else found)
    if written is None or other is None:
        return False
    if "e" in found.lower() and written:
        return abs(written - other) <= abs(written) * Decimal(10) ** -(_DIGITS_KEPT - 1)
    return written == other


def _plain_changes(text: str) -> bool:
    """Whether a number is written other than a spreadsheet shows it: `001`, `0.940`, `3.`, `+5`."""
    number = decimal_of(text)
    return number is not None and text != f"{number.normalize():f}"


def _ungrouped(text: str, group: str) -> Decimal | None:
    return decimal_of(text.replace(group, "").replace(",", "."))


def _minutes(text: str) -> int | None:
    match = _TIME.fullmatch(text.strip())
    if match is None or int(match[3] or 0):
        return None
    hour = int(match[1])
    if match[4]:
        hour = hour % _HALF_DAY + (_HALF_DAY if match[4].upper() == "P" else 0)
    return hour * _MINUTES + int(match[2])


def _same_time(written: str, found: str) -> bool:
    return _minutes(written) is not None and _minutes(written) == _minutes(found)


def _is_day(text: str, separator: str, first: int, second: int) -> bool:
    match = _DAY.fullmatch(text)
    return bool(
        match
        and match[2] == separator
        and (0 < int(match[1]) <= first or len(match[1]) == len("2024"))
        and 0 < int(match[3]) <= second
    )


def _day_parts(text: str) -> list[int]:
    text = _MIDNIGHT.sub("", text.strip())
    text = _MONTH_NAME.sub(lambda m: f" {_MONTHS.index(m[0].lower()) + 1} ", text)
    return [int(n) for n in re.findall(r"\d+", text)]


def _same_day(written: str, found: str) -> bool:
    """Whether both name the same day and month (and year, where `written` has one), in any order."""
    if found == written or not re.search(r"[/.\-]|[a-zA-Z]{3}", found):
        return False
    ours, theirs = _day_parts(written), _day_parts(found)
    if len(theirs) != 3 and len(theirs) != len(ours):
        return False
    short = [n % 100 for n in theirs]
    return all(short.count(n % 100) >= [m % 100 for m in ours].count(n % 100) for n in ours)


def _meanings(text: str) -> set[Decimal]:
    """The numbers that a figure may be, marks taken for groups or for decimals."""
    found = (
        decimal_of(text),
        decimal_of(text.replace(",", ".")),
        _ungrouped(text, ","),
        _ungrouped(text, "."),
    )
    return {number for number in found if number is not None}


def _percent(text: str) -> set[Decimal]:
    return _meanings(text.strip().removesuffix("%").strip()) if text.endswith("%") else set()


def _same_percent(written: str, found: str) -> bool:
    if found.endswith("%"):
        return bool(_percent(written) & _percent(found))
    return any(_same_number(share / 100, found) for share in _percent(written))


def _in_brackets(text: str) -> str:
    """A number in brackets, which accountants' programs take for its negative; '' for any other text."""
    match = _BRACKETED.fullmatch(text.strip())
    return f"-{match[1]}{match[2]}" if match else ""


def _sign_beside(text: str) -> str:
    """A number whose sign stands apart (`- 560`), as spreadsheets take it; '' for any other text."""
    match = _SIGNED.fullmatch(text.strip())
    return f"{match[1].strip('+')}{match[2]}" if match else ""


def _same_signed(signed: str, found: str) -> bool:
    if signed.endswith("%"):
        return _same_percent(signed, found)
    return any(_same_number(number, found) for number in _meanings(signed))


def _days(separator: str) -> list[Habit]:
    orders = ((_LAST_MONTH, _LAST_DAY, "month first"), (_LAST_DAY, _LAST_MONTH, "day first"))
    return [
        Habit(
            f"day {separator} {name}",
            lambda t, s=separator, a=first, b=second: _is_day(t, s, a, b),  # type: ignore[misc]
            _same_day,
        )
        for first, second, name in orders
    ]


HABITS: tuple[Habit, ...] = (
    Habit("blanks", lambda t: t != " ".join(t.split()), lambda w, f: w.split() == f.split()),
    Habit("quote", lambda t: t.startswith("'"), lambda w, f: w.lstrip("'") == f.lstrip("'")),
    Habit("number", _plain_changes, lambda w, f: _same_number(decimal_of(w), f)),
    Habit("comma groups", lambda t: bool(_COMMA_GROUPS.fullmatch(t)),
          lambda w, f: _same_number(_ungrouped(w, ","), f)),
    Habit("dot groups", lambda t: bool(_DOT_GROUPS.fullmatch(t)),
          lambda w, f: _same_number(_ungrouped(w, "."), f)),
    Habit("decimal comma", lambda t: bool(_COMMA_DECIMAL.fullmatch(t)),
          lambda w, f: _same_number(decimal_of(w.replace(",", ".")), f)),
    Habit("percent", lambda t: bool(_percent(t)), _same_percent),
    Habit("brackets", lambda t: bool(_in_brackets(t)), lambda w, f: _same_signed(_in_brackets(w), f)),
    Habit("sign apart", lambda t: bool(_sign_beside(t)), lambda w, f: _same_signed(_sign_beside(w), f)),
    Habit("time", lambda t: _minutes(t) is not None, _same_time),
    Habit("boolean", lambda t: t.lower() in ("true", "false"), lambda w, f: w.lower() == f.lower()),
    Habit("missing", lambda t: t.lower() in _MISSING, lambda w, f: not f),
    *_days("/"), *_days("-"), *_days("."),
)  # fmt: skip


def habits_of(written: str, found: str) -> list[Habit]:
    """The habits that would make `found` of `written`."""
    return [h for h in HABITS if h.takes(written) and h.makes(written, found)]


def shape(text: str) -> str:
    """What a spreadsheet sees of a text beside its digits: `1.260` and `12.660` are alike, `1.` is not."""
    return _DIGIT.sub("9", _FIRST_DIGITS.sub("9", text, count=1))


def same(written: str, found: str) -> bool:
    """Whether a cell that nobody is to edit is as it was written, whatever a spreadsheet made of it."""
    if written == found or written.split() == found.split():
        return True
    return bool(habits_of(written, found)) or _same_number(decimal_of(written), found)

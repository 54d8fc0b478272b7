"""Days as printed (`31/9/2024`, `ngày 05 tháng 3 năm 2024`, `10/2024`) to ISO 8601."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from normalize.unicode import has_digit

_NUMERIC = re.compile(
    r"(?<![\d/.,-])(?P<d>\d{1,2})\s*(?P<s>[/.-])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<y>\d{4})(?![\d/])"
)
_SPELLED = re.compile(
    r"ng[àa]y\s+(?P<d>\d{1,2})\s+th[áa]ng\s+(?P<m>\d{1,2})\s+n[ăa]m\s+(?P<y>\d{4})", re.IGNORECASE
)
_YEAR = re.compile(r"^(?:năm\s+)?((?:19|20)\d\d)\s*(?:\(?\*+\)?)?$", re.IGNORECASE)
_YEAR_DIGITS = 4
_COMPARED = re.compile(r"(?:19|20)\d\d\s*/\s*(?:19|20)\d\d")
_MONTH = re.compile(r"(?<![\d/])(?P<m>\d{1,2})\s*/\s*(?P<y>(?:19|20)\d{2})(?![\d/])")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day found in a text: its parts, where (`start`, `end` in the text), and whether it exists."""

    day: int
    month: int
    year: int
    start: int
    end: int
    text: str

    @property
    def exists(self) -> bool:
        return 1 <= self.month <= 12 and 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    def nearest(self) -> PrintedDate | None:
        """The last day of the printed month, when the day is past it; None when nothing is near."""
        if self.exists or not 1 <= self.month <= 12:
            return None
        last = calendar.monthrange(self.year, self.month)[1]
        text = self.text.replace(str(self.day), str(last), 1)
        return PrintedDate(last, self.month, self.year, self.start, self.end, text)


@lru_cache(maxsize=16384)
def find_dates(text: str) -> tuple[PrintedDate, ...]:
    """Every full day (day, month and year) in a text, in order; also those that do not exist."""
    if not has_digit(text):
        return ()
    found = [
        PrintedDate(int(m["d"]), int(m["m"]), int(m["y"]), m.start(), m.end(), m.group())
        for pattern in (_NUMERIC, _SPELLED)
        for m in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda d: d.start))


@lru_cache(maxsize=16384)
def parse_date(text: str) -> str:
    """ISO form of a cell that is a day or a month as a whole (`2024-09-30`, `2024-09`), else ''.

    A day that does not exist gives ''.
    """
    text = text.strip()
    if text.isdecimal() or not text[-_YEAR_DIGITS:].isdecimal():
        return ""  # most figures, and most texts: a day ends with its year
    for pattern in (_NUMERIC, _SPELLED):
        if match := pattern.fullmatch(text):
            printed = PrintedDate(int(match["d"]), int(match["m"]), int(match["y"]), 0, len(text), text)
            return printed.iso if printed.exists and 1900 <= printed.year <= 2100 else ""
    if match := _MONTH.fullmatch(text):
        month, year = int(match["m"]), int(match["y"])
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else ""
    return ""


_TYPED = re.compile(r"(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-](?P<year>\d{4})")


def printed_day(typed: str) -> str:
    """A day or month as people write it (`31/10/2024`, `10-2024`) in ISO form; any other text as it is."""
    match = _TYPED.fullmatch(typed.strip())
    if match is None:
        return typed.strip()
    parts = [match["year"], match["month"].zfill(2), *([match["day"].zfill(2)] if match["day"] else [])]
    return "-".join(parts)


def last_day(printed: str) -> date | None:
    """The last day of an ISO date as far as printed: `2024-11`, `2022-Q2`, `2023`."""
    parts = printed.split("-")
    if not parts[0].isdigit():
        return None
    year = int(parts[0])
    month, day = 12, 0
    if len(parts) > 1:
        month = 3 * int(parts[1][1:]) if parts[1][:1] == "Q" else int(parts[1]) if parts[1].isdigit() else 12
    if len(parts) > 2 and parts[2].isdigit():
        day = int(parts[2])
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


def year_of(text: str) -> int | None:
    """The year that a text is and nothing else: `2023`, `Năm 2023`, `2023 (*)`."""
    match = _YEAR.match(text)
    return int(match[1]) if match else None


def compares_years(text: str) -> bool:
    """Whether a text is two years of which one is held against the other and nothing else: `2008/2007`."""
    return _COMPARED.fullmatch(text) is not None


def in_order(years: Sequence[int]) -> bool:
    """Whether all years rise, or all fall."""
    steps = [b - a for a, b in pairwise(years)]
    return all(s > 0 for s in steps) or all(s < 0 for s in steps)

"""The day of a letter, as far as it is printed: `Vĩnh Mẫu, ngày ... tháng 6 năm 2015`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_STROKES = 8  # characters that a reader of print makes of a day or month written by hand
_PEN = rf"[^\d\s,;()]{{0,{_MOST_STROKES}}}"
_BLANK = r"[\s.…_]*"
# The day or month is figures alone; with any other sign beside it, it is pen strokes (`ngày {{T tháng 02`). A
# slash is one too: the 1 of a 16 written by hand (`ngày/6 tháng 6`).
DATE = re.compile(
    rf"ng[aà]y(?:{_BLANK}(?P<d>\d{{1,2}}){_BLANK}|(?P<strokes>[^,()]{{0,{_MOST_STROKES}}}?))"
    rf"th[aáàúuă]ng(?:{_BLANK}(?P<m>\d{{1,2}}){_BLANK}|(?P<month_strokes>[^,;()]{{0,{_MOST_STROKES}}}?))"
    r"n[aăâ]m\s*(?P<y>\d{4})?",
    re.IGNORECASE,
)
# The hour that telegrams print before the day: `Mẫu An, hồi 16 giờ 00 ngày 11 tháng 10`.
_HOUR = re.compile(
    r"(?:h[oồ]i|l[uú]c)\s*\d{1,2}\s*(?:gi[oờ]|h|:)\s*\d{0,2}\s*(?:ph[uú]t)?\s*,?\s*$", re.IGNORECASE
)
_TODAY = re.compile(r"^h[oô]m nay\b", re.IGNORECASE)  # opens a sentence of minutes
_RECIPIENTS = re.compile(r"^\W{0,3}n[oơ]i nh[aậ]n\b\s*:?", re.IGNORECASE)
_OVER_RECIPIENTS = 2  # lines: the block beside the list may begin a little higher
_PLACE = re.compile(r"(?P<place>[^\W\d_][^,\d:;/]{1,40}),\s*$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`place` and ISO `date` as far as printed; `unread` names what is not: `day`, `month`."""

    place: str = ""
    date: str = ""
    unread: tuple[str, ...] = ()


def take_date(line: str) -> tuple[Dateline, str]:
    """The place and day that a line prints, and the line without them. A day in a sentence is none."""
    match = DATE.search(line)
    if not match:
        return Dateline(), line
    before = _HOUR.sub("", line[: match.start()])
    place = _PLACE.search(before)
    if (not place and before.strip(" ,")) or (place and _TODAY.match(place["place"])):
        return Dateline(), line
    named = " ".join(place["place"].split()) if place and "  " not in place["place"] else ""
    if place and not named:
        named = place["place"].rsplit("  ", 1)[-1].strip()
    day, month, year = match["d"] or "", match["m"] or "", match["y"] or ""
    date = iso_date(day, month, year)
    unread = tuple(
        part for part, length in (("month", len("2024-06")), ("day", len("2024-06-01"))) if len(date) < length
    )
    named = re.sub(r"^l(?=[a-zà-ỹ])", "I", named)  # a capital I read as a small l: `Ia Drăng`
    left = before[: place.start()] if place else ""
    return Dateline(named, date, unread), " ".join(f"{left}  {line[match.end() :]}".split())


def day_at_the_foot(texts: Sequence[str]) -> Dateline:
    """The place and day over the signature, where forms and minutes print them: beside the list of recipients
    or after it, on a line with nothing else. Empty where none stands there."""
    recipients = next((i for i, text in enumerate(texts) if _RECIPIENTS.match(text)), None)
    for text in texts[max(recipients - _OVER_RECIPIENTS, 0) :] if recipients is not None else ():
        dateline, rest = take_date(_RECIPIENTS.sub("", text).strip())
        if dateline.place and dateline.date and not rest:
            return dateline
    return Dateline()


_SIGNED_AT = re.compile(
    r"(?:th[oờ]i gian k[yýí]|ng[aà]y k[yýí])\s*:\s*(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})",
    re.IGNORECASE,
)


def signing_day(texts: Sequence[str], printed: str) -> str:
    """The day that a digital signature's own text gives, where it fits the date as far as that is `printed`
    (ISO); else the printed one."""
    for text in texts:
        found = _SIGNED_AT.search(text)
        day = iso_date(found["d"], found["m"], found["y"]) if found else ""
        if len(day) > len(printed) and day.startswith(printed):
            return day
    return printed


def iso_date(day: str, month: str, year: str) -> str:
    """ISO 8601 as far as printed: a day without its month is dropped."""
    if not year:
        return ""
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"

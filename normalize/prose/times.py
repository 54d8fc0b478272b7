"""The point in time that a figure of the prose speaks of."""

from __future__ import annotations

import re

_UNTIL = r"(?:tinh den|den|lay|het)\s+(?:het\s+)?(?:thoi diem\s+)?(?:ngay\s+)?"
_POINTS = (
    re.compile(_UNTIL + r"(?P<d>\d{1,2})\s*[/.]\s*(?P<m>\d{1,2})\s*[/.]\s*(?P<y>\d{4})"),
    re.compile(_UNTIL + r"(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})\s+nam\s+(?P<y>\d{4})"),
    re.compile(r"het\s+thang\s+(?P<m>\d{1,2})\s*(?:/|nam)\s*(?P<y>\d{4})"),
    re.compile(r"(?<!ngay )(?<!\d )\bthang\s+(?P<m>\d{1,2})\s*(?:/|nam)\s*(?P<y>\d{4})"),
    re.compile(r"(?<!\d )(?P<m>\d{1,2})\s+thang\s+(?:dau\s+)?nam\s+(?P<y>\d{4})"),
    re.compile(r"\bquy\s+(?P<q>iv|i{1,3}|[1-4])\s*(?:nam|/)\s*(?P<y>\d{4})"),
    re.compile(
        r"(?:^|[,;:(]\s*|\btrong\s+|\bca\s+)nam\s+(?P<y>\d{4})(?=\s*[,:]|\s+(?:la|dat|co|thu|toan|tong)\b)"
    ),
)
_COMPARED = re.compile(r"(?:so voi|cung ky)\s*(?:\S+\s+){0,3}$")
# The time right before a figure is the figure's, also where it is compared with: `so với năm 2023 là 450 tỷ`.
_RIGHT_BEFORE = re.compile(
    r"(?:thang\s+(?P<m>\d{1,2})\s*(?:/|nam)\s*(?P<y>\d{4})|quy\s+(?P<q>iv|i{1,3}|[1-4])\s*(?:/|nam)\s*(?P<qy>\d{4})"
    r"|nam\s+(?P<ny>\d{4}))\s*(?:la|dat|co|chi dat)?\s*(?:khoang|tren|hon|gan)?\s*:?\s*$"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def time_of(key: str, place: int, day: str) -> str:
    """The day, month, quarter or year (ISO as far as said) of the figure at `place` of a folded sentence: the
    one right before it, the nearest before it, the first after it, else `day`. What is compared with (`so với
    tháng 8`) is not the figure's."""
    if match := _RIGHT_BEFORE.search(key[:place]):
        parts = match.groupdict()
        said = _iso({"m": parts["m"], "q": parts["q"], "y": parts["y"] or parts["qy"] or parts["ny"]})
        compared = _COMPARED.search(key[: match.start()])
        if said and (not compared or re.search(r"\b(?:la|dat)\b", match.group())):
            return said
    points = said_times(key)
    before = [said for start, said in points if start < place]
    after = [said for start, said in points if start >= place]
    return before[-1] if before else after[0] if after else day


def said_times(key: str) -> list[tuple[int, str]]:
    """The points in time that a folded text names, each with its place, in order; of two that overlap the
    fuller; without those compared with."""
    found: list[tuple[int, int, str]] = []
    for pattern in _POINTS:
        for match in pattern.finditer(key):
            overlaps = any(a < match.end() and match.start() < b for a, b, _ in found)
            if overlaps or _COMPARED.search(key[: match.start()]):
                continue
            if said := _iso(match.groupdict()):
                found.append((match.start(), match.end(), said))
    return [(start, said) for start, _, said in sorted(found)]


def _iso(parts: dict[str, str | None]) -> str:
    year = parts.get("y")
    if not year:
        return ""
    if quarter := parts.get("q"):
        return f"{year}-Q{_ROMAN.get(quarter) or int(quarter)}"
    month = parts.get("m")
    if not month:
        return year
    if not 1 <= int(month) <= 12:
        return ""
    day = parts.get("d")
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")

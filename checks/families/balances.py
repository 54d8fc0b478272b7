"""What is left over: pending = carried over + received - settled, told by the words of the headers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.families.columns import over_rows
from checks.figures import Book
from checks.relation import Relation
from checks.template import accept
from checks.view import NO_SUM, Sheet

_PHASES = (
    (
        "carried",
        re.compile(
            r"\b(?:ky|thang|quy|nam) truoc\b.*\b(?:chuyen|sang)\b|\bchuyen (?:sang|qua)\b|\bton dau\b"
        ),
    ),
    ("pending", re.compile(r"\b(?:dang|chua) (?:giai quyet|xu ly)\b|\bcon lai\b|\bton (?:cuoi|dong)\b")),
    ("settled", re.compile(r"\bda (?:giai quyet|xu ly|tra)\b|\bgiai quyet (?:xong|trong ky)\b")),
    ("received", re.compile(r"\btiep nhan\b|\bmoi nhan\b|\bnhan trong ky\b")),
)
# Received with what was carried over: both in one column.
_TOGETHER = re.compile(r"\btiep nhan\b.*\b(?:ca|gom|va)\b.*\btruoc\b")
_SHARE = 0.6


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The balance of every row, where the table has one column of each of the four."""
    columns = phase_columns(sheet)
    if len(columns) < len(_PHASES):
        return
    relations = over_rows(
        sheet,
        columns["pending"],
        [(columns["carried"], 1), (columns["received"], 1), (columns["settled"], -1)],
        kind="row_sum",
        source="header",
        words="số kỳ trước chuyển sang, cộng số tiếp nhận, trừ số đã giải quyết",
    )
    if relations:
        yield from accept(book, relations, _SHARE, 2)


def phase_columns(sheet: Sheet) -> dict[str, int]:
    """The column of each phase: the first whose own words say so, else the total under a header that does."""
    counts = [c for c in sheet.numeric if sheet.column(c).role not in (*NO_SUM, "delta")]
    totals = [c for c in counts if sheet.leaf(c).startswith("tong")]
    out: dict[str, int] = {}
    for col, words in (*((c, sheet.leaf(c)) for c in counts), *((c, sheet.head(c)) for c in totals)):
        name = "received" if _TOGETHER.search(words) else ""
        name = name or next((name for name, pattern in _PHASES if pattern.search(words)), "")
        if name and name not in out and col not in out.values():
            out[name] = col
    return out

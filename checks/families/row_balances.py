"""Accounts down a table: what is left at the end = what was there + what came in - what went out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from checks.families.claims import slipped
from checks.figures import Book
from checks.relation import Relation, judge
from checks.template import lay
from checks.view import Sheet

_PHASES = (
    (
        "closing",
        re.compile(
            r"\b(?:so du|ton|du)\b.*\bcuoi\b|\bcuoi (?:ky|nam|thang|quy)\b|\bchuyen (?:ky|nam|thang) sau\b"
        ),
    ),
    (
        "opening",
        re.compile(
            r"\b(?:so du|ton|du)\b.*\b(?:dau|truoc)\b|\bdau (?:ky|nam|thang|quy)\b"
            r"|\b(?:ky|nam|thang) truoc (?:chuyen|sang)\b"
        ),
    ),
    ("came", re.compile(r"^(?:tong )?(?:so )?(?:tien )?(?:thu|nhap|tang)\b")),
    ("went", re.compile(r"^(?:tong )?(?:so )?(?:tien )?(?:chi|xuat|giam)\b")),
)
_ENDS = ("closing", "opening")
_NEAR = Decimal("0.25")  # of the figure, by which a balance may be off that is one


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The balance of each column, in a table with one row of each phase among those of its top level."""
    names = "\n".join(sheet.names)
    if not all(pattern.search(names) for name, pattern in _PHASES if name in _ENDS):
        return  # most
    top = min((sheet.levels[r] for r in sheet.body), default=0)
    rows: dict[str, list[int]] = {}
    for row in (r for r in sheet.body if sheet.levels[r] == top):
        label = sheet.names[row].strip(" .:-")
        phase = next((name for name, pattern in _PHASES if pattern.search(label)), None)
        if phase is not None:
            rows.setdefault(phase, []).append(row)
    if len(rows) < len(_PHASES) or any(len(found) > 1 for found in rows.values()):
        return
    at = {phase: found[0] for phase, found in rows.items()}
    for col in sheet.numeric:
        relation = lay(
            sheet,
            (at["closing"], col),
            [((at["opening"], col), 1), ((at["came"], col), 1), ((at["went"], col), -1)],
            kind="total",
            source="header",
            family=f"{sheet.table.table_id}:row-balance:{col}",
            words="số đầu kỳ, cộng số thu, trừ số chi",
        )
        if relation is None or len(relation.parts) < len(_PHASES) - 1:
            continue
        off = abs(judge(relation, book.amounts, book.figures).off)
        if off <= _NEAR * abs(book.amounts[relation.target]) or slipped(book, relation):
            yield relation

"""The largest figure a column or a row may hold: `(tối đa: 15đ)`, `/100`, `(%)`, a column of maxima."""

from __future__ import annotations

import re
from decimal import Decimal

from model.table import Column, Table
from normalize.columns.marks import amount_of, bodies, shape_of
from normalize.numbers import parse_number
from normalize.unicode import fold

_NUMBER = r"(\d[\d.,]*\d|\d)"
_IN_HEAD = (
    re.compile(rf"\btoi da\s*(?:la|:|=|-)?\s*{_NUMBER}"),
    re.compile(rf"\bthang (?:diem|do)\s*(?:la|:)?\s*{_NUMBER}"),
    re.compile(rf"\(\s*{_NUMBER}\s*(?:d|diem)\s*\)"),
    re.compile(rf"(?<![\d\s])\s?/\s*(?!(?:19|20)\d\d\b){_NUMBER}\s*(?:diem|d)?\s*\)?$"),
    re.compile(rf"\btren (?:tong so )?{_NUMBER}\s*diem\b"),
)
_MAXIMA = re.compile(r"\b(?:diem|muc) (?:toi da|chuan)\b|^thang diem$|^toi da$")
HUNDRED = Decimal(100)


def ceiling_of_head(head: str) -> Decimal | None:
    """The largest figure a folded header names, or None."""
    for pattern in _IN_HEAD:
        for match in pattern.finditer(head):
            # `1.000` points at most are a thousand: a header's maximum is whole.
            shape, _ = shape_of(match[1])
            if shape in ("plain", "either", "groups", "mixed", "decimal"):
                return amount_of(match[1], False)
    return None


def row_ceilings(table: Table, column: Column) -> dict[int, Decimal]:
    """The largest figure each row may hold in a column of scores, where another column names it."""
    if column.role != "score" or _MAXIMA.search(fold(column.name)):
        return {}
    maxima = next((c.index for c in table.columns if c.path and _MAXIMA.search(fold(c.path[-1]))), None)
    if maxima is None:
        return {}
    found = {}
    for row in table.body:
        text = row[maxima].text
        value = parse_number(text)
        if value is not None and value.amount > 0 and all(shape_of(b)[0] != "either" for b in bodies(text)):
            found[row[maxima].row] = value.amount
    return found

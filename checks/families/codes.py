"""Accounts by codes: a row whose code ends in 0 is the sum of the rows whose codes go on from it.

The forms of state accounts number their lines so (Thông tư 200/2014/TT-BTC, Phụ lục 2: 140 = 141 + 149,
100 = 110 + 120 + 130 + ...), losses in brackets among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from checks.figures import Book
from checks.relation import Relation
from checks.template import accept, lay
from checks.view import NO_SUM, Sheet
from normalize.unicode import fold

_HEAD = re.compile(r"^(?:ma|ms|ma so|ma chi tieu)$")
_CODE = re.compile(r"\d{3}")
_SHARE = 0.5  # of a line's columns in which its parts must add up: one of two may be wrong
_LEAST_PARTS = 2


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The sums that the codes of a table's lines declare, for lines of which it shows the parts."""
    col = next((c for c in range(sheet.table.n_cols) if _HEAD.match(fold(sheet.leaf(c)).strip(" .:"))), None)
    if col is None:
        return
    rows: dict[str, int] = {}
    for row in sheet.body:
        code = sheet.cell(row, col).text.strip()
        if _CODE.fullmatch(code):
            rows.setdefault(code, row)
    columns = [c for c in sheet.numeric if c != col and sheet.column(c).role not in NO_SUM]
    for code, row in rows.items():
        parts = parts_of(code, rows)
        relations = [
            relation
            for c in columns
            if (
                relation := lay(
                    sheet,
                    (row, c),
                    [((part, c), 1) for part in parts],
                    kind="total",
                    source="header",
                    family=f"{sheet.table.table_id}:code:{code}",
                    words=f"tổng {len(parts)} dòng có mã số từ {code}",
                )
            )
        ]
        if len(parts) >= _LEAST_PARTS and relations:
            yield from accept(book, relations, _SHARE, 1)


def parts_of(code: str, rows: Mapping[str, int]) -> tuple[int, ...]:
    """The rows of the codes one level under `code`: 141 ... 149 under 140, 110 ... 190 under 100."""
    if not code.endswith("0"):
        return ()
    stem, tail = (code[:1], "0") if code.endswith("00") else (code[:2], "")
    under = (f"{stem}{digit}{tail}" for digit in "123456789")
    return tuple(rows[c] for c in under if c in rows)

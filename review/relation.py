"""The failing relation of a flag, written out with its figures: `70 + 9 = 79 ≠ 81`."""

from __future__ import annotations

from decimal import Decimal

from model.document import Document
from model.table import Cell
from normalize.numbers import parse_number
from review.folder import FlagRow

_SUMS = frozenset({"total", "row_sum", "formula", "prose_sum"})
_MOST_TERMS = 12


def relation_text(document: Document, flag: FlagRow) -> str:
    """The relation in figures, as far as the flag names its cells; '' when it names none."""
    figures = [c for c in _related(document, flag) if c.value is not None]
    if not figures or not flag.found:
        return ""
    amounts = [c.value.amount for c in figures if c.value is not None]
    found = parse_number(flag.found, document.decimal_mark)
    if flag.kind in _SUMS and found is not None and _adds_to(amounts, flag, document):
        return f"{_terms(figures)} = {_sum(amounts, document)} ≠ {flag.found}"
    return f"{flag.found} ↔ {', '.join(c.text for c in figures[:_MOST_TERMS])}"


def _related(document: Document, flag: FlagRow) -> list[Cell]:
    tables = {t.table_id: t for t in document.tables}
    found = []
    for ref in flag.cells:
        table = tables.get(ref.table_id)
        if table is None or (ref.table_id, ref.row, ref.col) == (flag.table_id, flag.row, flag.col):
            continue
        if 0 <= ref.row < table.n_rows and 0 <= ref.col < table.n_cols:
            found.append(table.rows[ref.row][ref.col])
    return found


def _adds_to(amounts: list[Decimal], flag: FlagRow, document: Document) -> bool:
    """Whether the expected figure is the plain sum of the related ones, as for totals."""
    expected = parse_number(flag.expected, document.decimal_mark)
    return expected is not None and sum(amounts) == expected.amount


def _terms(figures: list[Cell]) -> str:
    shown = [c.text for c in figures if c.value is not None and c.value.amount != 0]
    if len(shown) > _MOST_TERMS:
        return " + ".join([*shown[: _MOST_TERMS - 2], "…", shown[-1]])
    return " + ".join(shown or ["0"])


def _sum(amounts: list[Decimal], document: Document) -> str:
    plain = format(sum(amounts, Decimal(0)), "f")
    return plain.replace(".", document.decimal_mark)

"""A value tried before it is decided: would the relations close?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from model.document import Document
from model.flag import Flag
from model.table import Table
from normalize.numbers import parse_quantity
from pipeline.run.checked_anew import from_reader, recheck_document
from review.readings import typed

_UNITS = 2
_OFF = Decimal("0.05")  # of a figure, more than rounding explains, less than another column


@dataclass(frozen=True, slots=True)
class Trial:
    """What a value would do. `understood` False: it is no number where one is needed. `failing` are the
    messages of relations over this cell that would still not close; `tested`: whether there is a relation
    that could tell a wrong figure here."""

    understood: bool
    failing: tuple[str, ...] = ()
    tested: bool = False


def with_value(document: Document, table_id: str, row: int, col: int, text: str, why: str = "") -> Document:
    """The document with one cell's reading put right by a reviewer (every position it spans).

    Raises KeyError for a cell that is not there.
    """
    table = table_of(document, table_id)
    if not (0 <= row < table.n_rows and 0 <= col < table.n_cols):
        raise KeyError((table_id, row, col))
    anchor = table.rows[row][col].anchor
    rows = tuple(
        tuple(
            typed(cell, document.decimal_mark, text, why)
            if (cell.row, cell.col) == (row, col) or (anchor != (-1, -1) and cell.anchor == anchor)
            else cell
            for cell in line
        )
        for line in table.rows
    )
    changed = replace(table, rows=rows)
    return replace(document, tables=tuple(changed if t is table else t for t in document.tables))


def table_of(document: Document, table_id: str) -> Table:
    """The table of that id. Raises KeyError."""
    for table in document.tables:
        if table.table_id == table_id:
            return table
    raise KeyError(table_id)


def try_value(document: Document, table_id: str, row: int, col: int, text: str) -> Trial:
    """Check the document as if the cell said `text`."""
    cell = table_of(document, table_id).rows[row][col]
    if cell.value is not None and parse_quantity(text, document.decimal_mark) is None:
        return Trial(understood=False)
    tried = with_value(document, table_id, row, col, text)
    checked = recheck_document(tried)
    failing = tuple(f.message for f in checked.flags if _speaks_of(f, table_id, row, col))
    return Trial(True, failing, bool(failing) or _tells(tried, table_id, row, col))


def _tells(document: Document, table_id: str, row: int, col: int) -> bool:
    """Whether some relation would fail were the cell's figure another: only then does none failing say
    anything."""
    table = table_of(document, table_id)
    cell = table.rows[row][col]
    if cell.value is None:
        return False
    other = replace(
        cell.value, amount=cell.value.amount + _UNITS + (abs(cell.value.amount) * _OFF).to_integral_value()
    )
    rows = [list(line) for line in table.rows]
    rows[row][col] = replace(cell, value=other, sure=True, alternatives=())
    changed = replace(table, rows=tuple(map(tuple, rows)))
    tried = replace(document, tables=tuple(changed if t is table else t for t in document.tables))
    return any(_speaks_of(f, table_id, row, col) for f in recheck_document(tried).flags)


def _speaks_of(flag: Flag, table_id: str, row: int, col: int) -> bool:
    if from_reader(flag) or flag.severity == "info":
        return False
    if (flag.table_id, flag.row, flag.col) == (table_id, row, col):
        return True
    return any((c.table_id, c.row, c.col) == (table_id, row, col) for c in flag.cells)

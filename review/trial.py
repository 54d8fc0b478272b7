"""A value tried before it is decided: would the relations close?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.document import Document
from model.flag import Flag
from model.table import Cell, Table
from model.value import Repair
from normalize.dates import parse_date
from normalize.numbers import parse_like, parse_quantity, parse_range
from pipeline.run.recheck import from_reader, recheck_document


@dataclass(frozen=True, slots=True)
class Trial:
    """What a value would do. `understood` False: it is no number where one is needed. `failing` are the
    messages of relations over this cell that would still not close; `proofs` how many would confirm it."""

    understood: bool
    failing: tuple[str, ...] = ()
    proofs: int = 0


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
            _decided(cell, document, text, why)
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


def _decided(cell: Cell, document: Document, text: str, why: str) -> Cell:
    mark = document.decimal_mark
    value = parse_like(text, cell.value, mark) if cell.value else parse_quantity(text, mark)
    if value is not None and cell.value is not None:
        unit = value.unit or cell.value.unit
        value = replace(value, unit=unit)
    repair = Repair("review", cell.text, text, why)
    return replace(
        cell,
        text=text,
        value=value,
        interval=None if value else parse_range(text, mark),
        date=parse_date(text),
        status="repaired",
        confidence=1.0,
        repairs=(*cell.repairs, repair),
    )


def try_value(document: Document, table_id: str, row: int, col: int, text: str) -> Trial:
    """Check the document as if the cell said `text`."""
    cell = table_of(document, table_id).rows[row][col]
    if cell.value is not None and parse_quantity(text, document.decimal_mark) is None:
        return Trial(understood=False)
    checked = recheck_document(with_value(document, table_id, row, col, text))
    failing = tuple(f.message for f in checked.flags if _speaks_of(f, table_id, row, col))
    return Trial(True, failing, table_of(checked, table_id).rows[row][col].proofs)


def _speaks_of(flag: Flag, table_id: str, row: int, col: int) -> bool:
    if from_reader(flag) or flag.severity == "info":
        return False
    if (flag.table_id, flag.row, flag.col) == (table_id, row, col):
        return True
    return any((c.table_id, c.row, c.col) == (table_id, row, col) for c in flag.cells)

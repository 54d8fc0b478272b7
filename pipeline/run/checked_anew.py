"""The checks of a document's figures run again, without reading a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from checks import check_document
from model.copies import changed
from model.document import Document
from model.flag import Flag
from model.table import Cell, Table

# What the readers call themselves in a flag's `check`; all else is said by the checks.
READER_CHECKS = frozenset({"page", "table", "places", "diacritics"})


def recheck_document(document: Document) -> Document:
    """The document with its table figures checked anew.

    Repairs already made stay; nothing further is repaired, since the page is not at hand. Flags of the
    prose stay as they are: a CSV set keeps the prose's figures, not its sentences.
    """
    kept = [f for f in document.flags if _keeps(f)]
    blamed = {(f.table_id, f.row, f.col) for f in document.flags if not _keeps(f) and f.kind != "reading"}
    tables = tuple(_unproved(table, blamed) for table in document.tables)
    checked = check_document(replace(document, tables=tables, flags=()), repair=False)
    renewed = [f for f in checked.flags if f.table_id]
    return replace(checked, flags=tuple(dict.fromkeys([*kept, *renewed])))


def from_reader(flag: Flag) -> bool:
    """Whether a flag says how something was read, not whether figures agree: only reading again renews it."""
    return flag.check in READER_CHECKS


def _keeps(flag: Flag) -> bool:
    return from_reader(flag) or (not flag.table_id and flag.kind != "cross_document")


def _unproved(table: Table, blamed: Collection[tuple[str, int | None, int | None]]) -> Table:
    rows = tuple(
        tuple(_forgotten(cell, (table.table_id, cell.row, cell.col) in blamed) for cell in row)
        for row in table.rows
    )
    return replace(table, rows=rows)


def _forgotten(cell: Cell, blamed: bool) -> Cell:
    """The cell without what the last check said of it; a doubt of the reader stays a doubt."""
    if cell.status == "proved" or (cell.status == "doubtful" and blamed):
        return changed(cell, status="repaired" if cell.repairs else "read", proofs=0)
    return changed(cell, proofs=0) if cell.proofs else cell

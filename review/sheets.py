"""Cells of one kind on one screen: those of a column that are in doubt, or those of a document that were
read as one text. A glance finds the odd one out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from emit.rows import row_label
from model.document import Document
from model.flag import KINDS, Flag
from model.table import Cell, Table

LEAST = 4  # cells from which on a sheet is quicker than one after the other
MOST = 120  # cells on one screen
_SHORT = 6  # signs of a text that is told at a glance


@dataclass(frozen=True, slots=True)
class Tile:
    """A cell of a sheet: where it stands, its reading, what its row is, its place on the page."""

    table_id: str
    row: int
    col: int
    text: str
    label: str
    page: int
    box: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells to look at together. `text`: all were read so; else they are the doubtful ones of a column."""

    doc_id: str
    table_id: str
    col: int | None
    text: str
    name: str
    tiles: tuple[Tile, ...]

    @property
    def doubtful(self) -> int:
        """How many of them are in doubt."""
        return sum(t.doubtful for t in self.tiles)


def sheets_of(doc_id: str, document: Document, flags: Iterable[Flag]) -> list[Sheet]:
    """The sheets of a document: columns with doubts first, then texts that occur often, most doubts first."""
    doubted = {(f.table_id, f.row, f.col) for f in flags if KINDS[f.kind].of_reading and f.col is not None}
    columns: dict[tuple[str, int], list[Tile]] = {}
    texts: dict[str, list[Tile]] = {}
    names: dict[tuple[str, int], str] = {}
    for table in document.tables:
        for cell in _figures(table):
            at = (table.table_id, cell.row, cell.col)
            doubtful = cell.status == "doubtful" or at in doubted
            tile = _tile(table, cell, doubtful)
            if doubtful:
                columns.setdefault((table.table_id, cell.col), []).append(tile)
                names[table.table_id, cell.col] = _column_name(table, cell.col)
            if cell.status != "proved" and len(cell.text) <= _SHORT:
                texts.setdefault(cell.text, []).append(tile)
    found = [
        Sheet(doc_id, table_id, col, "", names[table_id, col], tuple(tiles[:MOST]))
        for (table_id, col), tiles in columns.items()
        if len(tiles) >= LEAST
    ]
    found += [
        Sheet(doc_id, "", None, text, text, tuple(tiles[:MOST]))
        for text, tiles in texts.items()
        if len(tiles) >= LEAST and any(t.doubtful for t in tiles)
    ]
    return sorted(found, key=lambda s: (s.col is None, -s.doubtful, s.table_id, s.col or 0, s.text))


def sheet_of(sheets: Sequence[Sheet], table_id: str, col: str, text: str) -> Sheet | None:
    """The sheet of a column, or of a text; None where there is none (any more)."""
    for sheet in sheets:
        if text and sheet.text == text:
            return sheet
        if not text and sheet.table_id == table_id and str(sheet.col) == col:
            return sheet
    return None


def _figures(table: Table) -> Iterable[Cell]:
    for row in table.body:
        for cell in row:
            own = cell.anchor in ((-1, -1), (cell.row, cell.col))
            figure = cell.value is not None and cell.value.unit != "ordinal"
            if own and cell.box is not None and cell.page and figure:
                yield cell  # what was not read as a number at all is too easily confirmed with the others


def _tile(table: Table, cell: Cell, doubtful: bool) -> Tile:
    b = cell.box
    box = f"{b.x0:.1f},{b.y0:.1f},{b.x1:.1f},{b.y1:.1f}" if b else ""
    label = row_label(table.rows[cell.row], table)
    return Tile(table.table_id, cell.row, cell.col, cell.text, label, cell.page, box, doubtful)


def _column_name(table: Table, col: int) -> str:
    return table.columns[col].name if col < len(table.columns) else ""

"""Cells of one kind on one screen: those of a table or of a column that are in doubt, or those of a document
that were read as one text. A glance finds the odd one out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from emit.cells import row_label
from model.document import Document
from model.flag import KINDS, CellRef, Flag
from model.table import Cell, Table
from review.offers import MOST as MOST_OFFERS
from review.offers import doubt_of, is_misfit, offers_of
from review.spots import is_long

LEAST = 4  # cells from which on a sheet is quicker than one after the other
MOST = 120  # cells on one screen
_SHORT = 6  # signs of a text that is told at a glance


@dataclass(frozen=True, slots=True)
class Tile:
    """A cell of a sheet: where it stands, its reading, what its row is, its place on the page; what else it
    may say (`offers`), which of these is taken unless a reviewer says otherwise (`taken`, '': none), where
    its doubtful sign stands (`doubt`), whether it can't be right as it stands (`misfit`), and how sure the
    reader was."""

    table_id: str
    row: int
    col: int
    text: str
    label: str
    page: int
    box: str
    doubtful: bool
    offers: tuple[str, ...] = ()
    taken: str = ""
    doubt: str = ""
    misfit: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells to look at together. `text`: all were read so; else they are the doubtful ones of a column, or
    (`col` None) of a whole table."""

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
    doubted = _doubted(flags)
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


def table_sheet(doc_id: str, document: Document, table_id: str, flags: Iterable[Flag]) -> Sheet | None:
    """All cells of a table that a reader doubts, column by column; None where there are too few."""
    table = next((t for t in document.tables if t.table_id == table_id), None)
    if table is None:
        return None
    places = {(row, col) for at, row, col in _doubted(flags) if at == table_id}
    tiles = [_tile(table, cell, True) for cell in seen_at(table, places)]
    return Sheet(doc_id, table_id, None, "", "", tuple(tiles[:MOST])) if len(tiles) >= LEAST else None


def offered(sheet: Sheet, document: Document, flags: Sequence[Flag]) -> Sheet:
    """The sheet with what each of its cells may say instead. What the checks propose for a whole figure, with
    all they know, is taken unless a reviewer says otherwise. What can't be right as it stands comes first:
    there somebody has to act; of the others what the reader was least sure of."""
    tables = {t.table_id: t for t in document.tables}
    tiles = []
    for tile in sheet.tiles:
        table, at = tables[tile.table_id], CellRef(tile.table_id, tile.row, tile.col)
        cell = table.rows[tile.row][tile.col]
        failing = [f.terms for f in flags if any(t.cell == at for t in f.terms)]
        own = [f for f in flags if (f.table_id, f.row, f.col) == (tile.table_id, tile.row, tile.col)]
        proposed = next(
            (f.expected for f in own if KINDS[f.kind].of_reading and f.expected and cell.value is not None),
            "",
        )
        taken = proposed if proposed != tile.text else ""
        known = dict.fromkeys([*([taken] if taken else []), *offers_of(document, table, cell, failing)])
        shown = list(known)[:MOST_OFFERS]
        misfit = bool(taken) or is_misfit(document, table, cell)
        doubt = doubt_of(taken or tile.text, shown)
        tiles.append(replace(tile, offers=tuple(shown), taken=taken, doubt=doubt, misfit=misfit))
    return replace(sheet, tiles=tuple(sorted(tiles, key=lambda t: (not t.misfit, t.confidence))))


def sheet_of(sheets: Sequence[Sheet], table_id: str, col: str, text: str) -> Sheet | None:
    """The sheet of a column, or of a text; None where there is none (any more)."""
    for sheet in sheets:
        if text and sheet.text == text:
            return sheet
        if not text and sheet.table_id == table_id and str(sheet.col) == col:
            return sheet
    return None


def _doubted(flags: Iterable[Flag]) -> set[tuple[str, int | None, int | None]]:
    return {(f.table_id, f.row, f.col) for f in flags if KINDS[f.kind].of_reading and f.col is not None}


def seen_at(table: Table, places: Iterable[tuple[int | None, int | None]]) -> list[Cell]:
    """The cells at some places of a table whose ink can be shown, column by column; one that spans several is
    told once."""
    found: dict[tuple[int, int], Cell] = {}
    for row, col in places:
        if row is None or col is None or not (0 <= row < table.n_rows and 0 <= col < table.n_cols):
            continue
        cell = table.rows[row][col]
        if not _own(cell):
            cell = table.rows[cell.anchor[0]][cell.anchor[1]]
        if cell.box is not None and cell.page and not is_long(cell):  # a long text is led through by itself
            found[cell.row, cell.col] = cell
    return sorted(found.values(), key=lambda c: (c.col, c.row))


def _own(cell: Cell) -> bool:
    """Whether a cell that spans several positions stands at its first."""
    return cell.anchor in ((-1, -1), (cell.row, cell.col))


def _figures(table: Table) -> Iterable[Cell]:
    for row in table.body:
        for cell in row:
            figure = cell.value is not None and cell.value.unit != "ordinal"
            if _own(cell) and cell.box is not None and cell.page and figure:
                yield cell  # what was not read as a number at all is too easily confirmed with the others


def _tile(table: Table, cell: Cell, doubtful: bool) -> Tile:
    b = cell.box
    box = f"{b.x0:.1f},{b.y0:.1f},{b.x1:.1f},{b.y1:.1f}" if b else ""
    label = row_label(table.rows[cell.row], table)
    told = (table.table_id, cell.row, cell.col, cell.text, label, cell.page, box, doubtful)
    return Tile(*told, confidence=cell.confidence)


def _column_name(table: Table, col: int) -> str:
    return table.columns[col].name if col < len(table.columns) else ""

"""A table whose rows or columns a person put right, understood anew: header, roles, values, places."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import accumulate

from extract.tables.header import understand
from extract.tables.raw import RawTable
from model.document import Document
from model.page import GridCell, TextLine
from model.place import PlaceMention
from model.table import Cell, Table
from normalize.columns import type_columns
from pipeline.places import document_day, resolve_places
from pipeline.settings import Settings


def understood_anew(document: Document, table: Table) -> Table:
    """`table`, one of the document's, with columns, row kinds and values as its texts now give them.

    Its grid, header depth, texts and places on the page stand as given; what was known of a cell's reading
    stays with it.
    """
    fresh = understand(_raw(table), table.table_id)
    others = [t for t in document.tables if t.table_id != table.table_id]
    (typed, *_), _ = type_columns([fresh, *others], [line.text for line in document.running])
    rows = tuple(
        tuple(_joined(old, new) for old, new in zip(*lines, strict=True))
        for lines in zip(table.rows, typed.rows, strict=True)
    )
    return replace(typed, rows=rows, notes=table.notes, doubts=table.doubts)


def _raw(table: Table) -> RawTable:
    cells = [
        _grid_cell(table, cell) for cell in table.cells() if cell.anchor in ((-1, -1), (cell.row, cell.col))
    ]
    pages = [max((c.page for c in row), default=0) for row in table.rows]
    return RawTable(
        title=table.title,
        kind=table.kind,
        n_rows=table.n_rows,
        n_cols=table.n_cols,
        cells=tuple(cells),
        row_pages=tuple(accumulate(pages, max)) or (table.page_first,),
        header_rows=table.header_rows,
        unit_note=table.unit_note,
        seams=table.seams,
        notes=table.notes,
        confidence=table.confidence,
        doubts=table.doubts,
    )


def _grid_cell(table: Table, cell: Cell) -> GridCell:
    """A cell with how far it spans: the positions that share its anchor."""
    anchor = (cell.row, cell.col)
    down = [r for r in range(cell.row, table.n_rows) if table.rows[r][cell.col].anchor == anchor]
    right = [c for c in range(cell.col, table.n_cols) if table.rows[cell.row][c].anchor == anchor]
    return GridCell(
        row=cell.row,
        col=cell.col,
        text=cell.text,
        row_span=max(1, len(down)),
        col_span=max(1, len(right)),
        box=cell.box,
        confidence=cell.confidence,
        alternatives=cell.alternatives,
        doubtful=cell.status == "doubtful",
        engine="text" if cell.sure else "",
        stored=cell.stored,
    )


def _joined(old: Cell, new: Cell) -> Cell:
    """What stands there, `old`, with what its column now makes of it, `new`; what a person wrote stays as
    written, and its number is what that says."""
    written, value = _by_person(old), new.value
    repairs = old.repairs
    if new.text != old.text and not written:
        repairs = (*repairs, *new.repairs)
    elif new.text != old.text and value is not None and old.value is not None:
        value = replace(old.value, unit=value.unit)
    return replace(
        old,
        text=old.text if written else new.text,
        is_header=new.is_header,
        value=value,
        date=new.date,
        interval=new.interval,
        repairs=repairs,
        page=old.page or new.page,
        proofs=0,
    )


def places_anew(document: Document, table_ids: Collection[str]) -> Document:
    """The document with the places of some of its tables resolved anew; tables that are no more lose theirs.

    A name that a person wrote stays as written.
    """
    standing = {t.table_id for t in document.tables}
    kept = [(name, mentions) for name, mentions in document.places if name in standing]
    day = next((m.as_of for _, mentions in document.places for m in mentions), None)
    wanted = [t for t in document.tables if t.table_id in table_ids]
    lines = [TextLine(line.text, line.page, line.line or 0) for line in document.running]
    settings = Settings(as_of=day)
    day = day or document_day(document.metadata, settings, lines, document.tables)
    found = resolve_places(wanted, document.metadata, lines, day, settings)
    tables = {t.table_id: _as_written(old, t) for old, t in zip(wanted, found.tables, strict=True)}
    mentions: dict[str, tuple[PlaceMention, ...]] = {
        **{name: m for name, m in kept if name not in table_ids},
        **dict(found.mentions),
    }
    order = [t.table_id for t in document.tables if t.table_id in mentions]
    return replace(
        document,
        tables=tuple(tables.get(t.table_id, t) for t in document.tables),
        places=tuple((name, mentions[name]) for name in order),
    )


def _as_written(before: Table, after: Table) -> Table:
    rows = tuple(
        tuple(
            replace(new, text=old.text, repairs=old.repairs) if _by_person(old) else new
            for old, new in zip(*lines, strict=True)
        )
        for lines in zip(before.rows, after.rows, strict=True)
    )
    return replace(after, rows=rows)


def _by_person(cell: Cell) -> bool:
    return any(repair.by_person for repair in cell.repairs)

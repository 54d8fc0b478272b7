"""Headings of tables read from worn print, put right by what columns are called, here and elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from model.table import Cell, Table
from model.value import Repair
from normalize.headings import known_headings, mended_heading, plain_heading

_BY_HEADING = 0.9  # how sure a heading is that is called so elsewhere


def with_headings(tables: Sequence[Table]) -> list[Table]:
    """Tables whose headings, where they were read from ink, are without dirt and spelled as headings are."""
    read = [(cell.text, cell.confidence) for table in tables for cell in _heads(table) if cell.text]
    own = known_headings([(plain_heading(text), confidence) for text, confidence in read])
    return [_mended(table, own) for table in tables]


def _heads(table: Table) -> list[Cell]:
    """The header cells of a table, without its row of column numbers."""
    rows = range(table.header_rows)
    return [cell for r in rows if r != table.numbering_row for cell in table.rows[r]]


def _mended(table: Table, own: Mapping[str, str]) -> Table:
    new = {
        (cell.row, cell.col): mended_heading(plain_heading(cell.text), cell.confidence, own)
        for cell in _heads(table)
        if cell.text and not cell.sure
    }
    was = {(cell.row, cell.col): cell.text for cell in _heads(table)}
    changed = {at: text for at, text in new.items() if text != was[at]}
    if not changed:
        return table
    rows = list(table.rows)
    for r in {r for r, _ in changed}:
        rows[r] = tuple(_repaired(cell, changed.get((cell.row, cell.col), cell.text)) for cell in rows[r])
    names = {was[at]: text for at, text in changed.items()}
    columns = tuple(
        replace(column, path=tuple(names.get(text, text) for text in column.path)) for column in table.columns
    )
    return replace(table, rows=tuple(rows), columns=columns)


def _repaired(cell: Cell, text: str) -> Cell:
    if text == cell.text:
        return cell
    repair = Repair("diacritics", cell.text, text, "tên cột như ở các bảng khác", _BY_HEADING)
    return replace(cell, text=text, repairs=(*cell.repairs, repair), status="repaired")

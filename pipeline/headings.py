"""Headings of tables read from worn print, put right by what columns are called, here and elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from model.page import RESTORED
from model.table import Cell, Table
from model.value import Repair
from normalize.counted_headings import counted_headings
from normalize.headings import known_headings, mended_heading, plain_heading
from normalize.unicode import fold

_BY_HEADING = 0.9  # how sure a heading is that is called so elsewhere


def with_headings(tables: Sequence[Table]) -> list[Table]:
    """Tables whose headings, where they were read from ink, are without dirt and spelled as headings are."""
    tables = [_counted(_restored(table)) for table in tables]
    read = [(cell.text, cell.confidence) for table in tables for cell in _heads(table) if cell.text]
    own = known_headings([(plain_heading(text), confidence) for text, confidence in read])
    return [_mended(table, own) for table in tables]


def _heads(table: Table) -> list[Cell]:
    """The header cells of a table, without its row of column numbers."""
    rows = range(table.header_rows)
    return [cell for r in rows if r != table.numbering_row for cell in table.rows[r]]


def _restored(table: Table) -> Table:
    """The table with the headings that were put together from torn ones, where these are not so as read."""
    new = {
        (cell.row, cell.col): found[0]
        for cell in _heads(table)
        if (found := [a.text for a in cell.alternatives if a.engine == RESTORED])
        and (not cell.sure or fold(found[0]) != fold(cell.text))
    }
    table = _with(table, new, "structure", "ghép lại từ tiêu đề in vỡ")
    if not new:
        return table
    heads = [r for r in range(table.header_rows) if r != table.numbering_row]
    paths = ([table.rows[r][c].text for r in heads] for c in range(table.n_cols))
    columns = tuple(
        replace(column, path=tuple(dict.fromkeys(text for text in path if text)))
        for column, path in zip(table.columns, paths, strict=True)
    )
    return replace(table, columns=columns)


def _counted(table: Table) -> Table:
    """The table with the headings put right that count on from left to right."""
    new = {}
    for r in range(table.header_rows):
        own = [c for c in table.rows[r] if c.anchor in ((-1, -1), (c.row, c.col))]
        if r != table.numbering_row and not any(c.sure for c in own):
            found = counted_headings([c.text for c in own])
            new.update({(c.row, c.col): text for c, text in zip(own, found, strict=True)})
    spanned = {(c.row, c.col): new[c.anchor] for c in _heads(table) if c.anchor in new}
    return _with(table, new | spanned, "digits", "tên cột đếm liên tiếp")


def _mended(table: Table, own: Mapping[str, str]) -> Table:
    new = {
        (cell.row, cell.col): mended_heading(plain_heading(cell.text), cell.confidence, own)
        for cell in _heads(table)
        if cell.text and not cell.sure and not any(a.engine == RESTORED for a in cell.alternatives)
    }
    return _with(table, new, "diacritics", "tên cột như ở các bảng khác")


def _with(table: Table, new: Mapping[tuple[int, int], str], kind: str, why: str) -> Table:
    """The table with the headings `new` by row and column, those that differ as repairs."""
    was = {(cell.row, cell.col): cell.text for cell in _heads(table)}
    changed = {at: text for at, text in new.items() if text != was[at]}
    if not changed:
        return table
    rows = list(table.rows)
    for r in {r for r, _ in changed}:
        rows[r] = tuple(
            _repaired(cell, changed[cell.row, cell.col], kind, why)
            if (cell.row, cell.col) in changed
            else cell
            for cell in rows[r]
        )
    names = {(col, was[row, col]): text for (row, col), text in changed.items()}
    columns = tuple(
        replace(c, path=tuple(names.get((c.index, text), text) for text in c.path)) for c in table.columns
    )
    return replace(table, rows=tuple(rows), columns=columns)


def _repaired(cell: Cell, text: str, kind: str, why: str) -> Cell:
    repair = Repair(kind, cell.text, text, why, _BY_HEADING)
    return replace(cell, text=text, repairs=(*cell.repairs, repair), status="repaired")

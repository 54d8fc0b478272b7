"""Names of offices in damaged tables, put right by what offices are called, here and elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model.table import Cell, Table
from model.value import Repair
from normalize.offices import is_office, office_of


def with_offices(tables: Sequence[Table], damaged: bool) -> list[Table]:
    """Tables whose cells that name an office badly name it as it is called; those of sound documents as they
    are."""
    if not damaged:
        return list(tables)
    own = {cell.text for table in tables for cell in table.cells() if is_office(cell.text)}
    return [_with_offices(table, frozenset(own)) for table in tables]


def _with_offices(table: Table, own: frozenset[str]) -> Table:
    rows = tuple(
        row if r < table.header_rows else tuple(_named(cell, own) for cell in row)
        for r, row in enumerate(table.rows)
    )
    return replace(table, rows=rows)


def _named(cell: Cell, own: frozenset[str]) -> Cell:
    letters = sum(map(str.isalpha, cell.raw))
    if cell.sure or 2 * letters < len(cell.raw.replace(" ", "")):
        return cell
    found = office_of(cell.raw, own)
    if found is None or _letters(found[0]) == _letters(cell.text):
        return cell
    repair = Repair("diacritics", cell.text, found[0], "tên cơ quan", found[1])
    return replace(cell, text=found[0], repairs=(*cell.repairs, repair), status="repaired")


def _letters(text: str) -> str:
    """A name's letters with their marks, without case, blanks and stops."""
    return "".join(filter(str.isalnum, text.casefold()))

"""Cells of figure columns that are no one figure: two side by side, or print that makes no number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.table import Cell, Role, Table
from normalize.columns.marks import bodies
from normalize.columns.values import FIGURE_ROLES
from normalize.numbers import is_none_mark

_ROLES: frozenset[Role] = FIGURE_ROLES | {"ratio", "rank"}
_WORDY = 3  # letters from which a cell is words with figures in them


@dataclass(frozen=True, slots=True)
class ValueDoubt:
    """A cell of a figure column that has ink and no value. `figures` is how many numbers stand in it."""

    cell: Cell
    figures: int


def value_doubts(table: Table) -> Iterator[ValueDoubt]:
    """The body cells of figure columns in which figures stand that are no one value, date or range."""
    kinds = table.row_kinds or ("body",) * table.n_rows
    roles = {c.index: c.role for c in table.columns}
    for row in table.body:
        for cell in row:
            if kinds[cell.row] not in ("body", "total") or roles.get(cell.col) not in _ROLES:
                continue
            if cell.value is not None or cell.interval is not None or cell.date or is_none_mark(cell.text):
                continue
            if cell.anchor not in ((-1, -1), (cell.row, cell.col)):
                continue
            found = len(bodies(cell.text))
            if found and sum(ch.isalpha() for ch in cell.text) < _WORDY:
                yield ValueDoubt(cell, found)

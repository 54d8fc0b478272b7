"""The table beside a flag: every cell with its state, the flagged one and its relation marked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from model.table import Cell, Table

_AROUND = 40  # rows shown above and below the flagged one; longer tables are cut there


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the page: its text, how many rows and columns it spans, its CSS classes."""

    text: str
    is_header: bool
    rows: int
    cols: int
    classes: str


def shown_rows(
    table: Table, at: tuple[int | None, int | None], related: Collection[tuple[int, int]]
) -> list[list[ShownCell]]:
    """The header and the rows around the flagged one, spanned cells once."""
    middle = at[0] if at[0] is not None else table.header_rows
    wanted = [r for r in range(table.n_rows) if r < table.header_rows or abs(r - middle) <= _AROUND]
    spans = _spans(table, set(wanted))
    return [[_shown(cell, spans, at, related) for cell in table.rows[r] if _is_anchor(cell)] for r in wanted]


def _is_anchor(cell: Cell) -> bool:
    return cell.anchor in ((-1, -1), (cell.row, cell.col))


def _spans(table: Table, wanted: Collection[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """How far each anchored cell reaches, in shown rows and in columns."""
    reach: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
    for cell in table.cells():
        if cell.row in wanted:
            anchor = (cell.row, cell.col) if cell.anchor == (-1, -1) else cell.anchor
            rows, cols = reach.setdefault(anchor, (set(), set()))
            rows.add(cell.row)
            cols.add(cell.col)
    return {anchor: (len(rows), len(cols)) for anchor, (rows, cols) in reach.items()}


def _shown(
    cell: Cell,
    spans: dict[tuple[int, int], tuple[int, int]],
    at: tuple[int | None, int | None],
    related: Collection[tuple[int, int]],
) -> ShownCell:
    classes: list[str] = []
    if not cell.is_header and cell.value is not None:
        classes.append(cell.status)
    if (cell.row, cell.col) == at:
        classes.append("at")
    elif (cell.row, cell.col) in related:
        classes.append("related")
    if cell.row == at[0]:
        classes.append("in-row")
    rows, cols = spans.get((cell.row, cell.col), (1, 1))
    return ShownCell(cell.text, cell.is_header, rows, cols, " ".join(classes))

"""The table beside a flag: every cell with its state, the flagged one and its relation marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from model.table import Cell, Table

_AROUND = 40  # rows shown above and below the flagged one; longer tables are cut there

_FIGURE = ("num",)  # the style of a cell that holds a figure


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
        classes += [cell.status, *_FIGURE]
    if (cell.row, cell.col) == at:
        classes.append("at")
    elif (cell.row, cell.col) in related:
        classes.append("related")
    if cell.row == at[0]:
        classes.append("in-row")
    rows, cols = spans.get((cell.row, cell.col), (1, 1))
    return ShownCell(cell.text, cell.is_header, rows, cols, " ".join(classes))


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table that is put right: where it stands, its text, classes, page and box (`x0 y0 x1 y1` in
    points), what is wrong with it."""

    row: int
    col: int
    text: str
    is_header: bool
    rows: int
    cols: int
    classes: str
    page: int
    box: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A window of a table: its rows from `first` on, and how many there are in all."""

    lines: tuple[tuple[int, tuple[GridCell, ...]], ...]
    first: int
    last: int
    n_rows: int
    n_cols: int


_WINDOW = 60  # rows shown above and below the one looked at: more than a page holds


def grid_of(table: Table, row: int, wrong: Mapping[tuple[int, int], str]) -> Grid:
    """The rows around one, each cell once, with what is `wrong` with some."""
    first, last = max(0, row - _WINDOW), min(table.n_rows, row + _WINDOW + 1)
    spans = _spans(table, set(range(first, last)))
    lines = tuple(
        (r, tuple(_grid_cell(cell, spans, wrong) for cell in table.rows[r] if _begins(cell, first)))
        for r in range(first, last)
    )
    return Grid(lines, first, last, table.n_rows, table.n_cols)


def _begins(cell: Cell, first: int) -> bool:
    """Whether a cell is shown at this position: its first, or the first of the window."""
    reaches_in = cell.row == first and cell.anchor[0] < first and cell.anchor[1] == cell.col
    return _is_anchor(cell) or (reaches_in and cell.anchor != (-1, -1))


def _grid_cell(
    cell: Cell, spans: dict[tuple[int, int], tuple[int, int]], wrong: Mapping[tuple[int, int], str]
) -> GridCell:
    rows, cols = spans.get((cell.row, cell.col) if cell.anchor == (-1, -1) else cell.anchor, (1, 1))
    classes: list[str] = [cell.status, *_FIGURE] if not cell.is_header and cell.value is not None else []
    message = wrong.get((cell.row, cell.col), "")
    classes += ["wrong"] if message else []
    b = cell.box
    box = f"{b.x0:.1f} {b.y0:.1f} {b.x1:.1f} {b.y1:.1f}" if b else ""
    return GridCell(
        cell.row, cell.col, cell.text, cell.is_header, rows, cols, " ".join(classes), cell.page, box, message
    )

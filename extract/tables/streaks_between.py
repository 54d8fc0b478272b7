"""Columns that a copier's streak made: nearly all cells go over it, and where one does not, half is empty."""

from __future__ import annotations

from dataclasses import replace

from model.geometry import Box
from model.page import Grid, GridCell
from normalize.numbers import looks_numeric

_FEWEST = 3  # rows whose cells go over the edge
_MOST_APART = 0.2  # share of the rows that it parts
_FEW = 6  # rows of a grid in which it may part one
_DOUBTED = 0.5  # confidence of a figure that was cut out beside such an edge, at most


def without_streaks(grid: Grid) -> Grid:
    """`grid` without the column edges that are none: all but few rows have one cell over both columns, and
    the others no text on one side. No text is lost, nor ink that nobody could read; such an edge stands
    where a streak met rules. A figure that was cut out beside one is in doubt: what of it stood on the edge
    or beyond was not read."""
    for col in range(grid.n_cols - 2, -1, -1):
        if grid.n_cols > 2:
            grid = _without(grid, col)
    return grid


def _without(grid: Grid, col: int) -> Grid:
    """The grid with column `col + 1` joined to `col`, where no edge lies between them."""
    owner = {
        (r, c): cell
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    }
    pairs = [(owner.get((r, col)), owner.get((r, col + 1))) for r in range(grid.n_rows)]
    apart = [(a, b) for a, b in pairs if a is not b]
    if any(a is None or b is None for a, b in pairs) or not apart:
        return grid
    together = grid.n_rows - len(apart)
    if together < _FEWEST or len(apart) > (1 if grid.n_rows < _FEW else _MOST_APART * grid.n_rows):
        return grid
    gone: list[GridCell] = []
    kept: dict[int, GridCell] = {}
    for a, b in apart:
        assert a is not None and b is not None
        empty = next((cell for cell in (b, a) if _is_empty(cell)), None)
        if empty is None:
            return grid
        gone.append(empty)
        beside = a if empty is b else b
        kept[id(beside)] = _cut_out(beside, empty)
    left = [kept.get(id(cell), cell) for cell in grid.cells if not any(cell is other for other in gone)]
    whole = {r for cell in left for r in range(cell.row, cell.row + cell.row_span) if _covers(cell, col)}
    if len(whole) < grid.n_rows:
        return grid
    return replace(
        grid,
        n_cols=grid.n_cols - 1,
        cells=tuple(_moved(cell, col) for cell in left),
        column_edges=tuple(x for k, x in enumerate(grid.column_edges) if k != col + 1),
    )


def _is_empty(cell: GridCell) -> bool:
    """Whether nothing stands in a cell of one column, not even ink of which no reader made anything."""
    return not cell.text.strip() and not cell.doubtful and cell.col_span == 1


def _cut_out(cell: GridCell, empty: GridCell) -> GridCell:
    """A cell that was read beside an edge that is none, over the room of the empty one beyond."""
    boxes = [c.box for c in (cell, empty) if c.box is not None]
    cell = replace(cell, box=Box.union(boxes) if cell.box is not None else None)
    if not looks_numeric(cell.text):
        return cell
    return replace(cell, doubtful=True, confidence=min(cell.confidence, _DOUBTED))


def _covers(cell: GridCell, col: int) -> bool:
    return cell.col <= col + 1 and cell.col + cell.col_span > col


def _moved(cell: GridCell, col: int) -> GridCell:
    """A cell where it stands once columns `col` and `col + 1` are one."""
    first, last = (c - (c > col) for c in (cell.col, cell.col + cell.col_span - 1))
    return replace(cell, col=first, col_span=last - first + 1)

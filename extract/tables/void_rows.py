"""Rows of a ruled grid that only a stray rule makes: it cuts empty cells while the texts span it."""

from __future__ import annotations

from dataclasses import replace

from model.page import Grid, GridCell


def without_void_rows(grid: Grid) -> Grid:
    """`grid` without rows in which nothing begins but empty cells under empty cells, while texts of the
    row above reach over most columns (a double rule at the table's foot, a scratch across a margin)."""
    if grid.kind != "ruled" or grid.row_pages:
        return grid
    void = [row for row in range(1, grid.n_rows) if _is_void(grid, row)]
    for row in reversed(void):
        cells = [_without_row(c, row) for c in grid.cells if not (c.row == row and c.row_span == 1)]
        grid = replace(grid, n_rows=grid.n_rows - 1, cells=tuple(cells))
    return grid


def _is_void(grid: Grid, row: int) -> bool:
    """Whether the row can be taken out without losing anything."""
    over = [c for c in grid.cells if c.row < row < c.row + c.row_span]
    own = [c for c in grid.cells if c.row == row]
    above = {(c.col, c.col_span): c for c in grid.cells if c.row + c.row_span == row}
    spanned = sum(c.col_span for c in over if c.text and c.row == row - 1)
    if spanned * 2 <= grid.n_cols or any(c.text or c.row_span > 1 for c in own):
        return False
    return all((c.col, c.col_span) in above and not above[c.col, c.col_span].text for c in own)


def _without_row(cell: GridCell, row: int) -> GridCell:
    """The cell as it lies once `row` is gone."""
    if cell.row > row:
        return replace(cell, row=cell.row - 1)
    return replace(cell, row_span=cell.row_span - 1) if cell.row + cell.row_span > row else cell

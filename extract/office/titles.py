"""Titles inside a table's frame: rows above the header that are one text over all columns."""

from __future__ import annotations

from extract.tables.rows import looks_like_body, row_texts
from model.page import Grid


def first_below_titles(grid: Grid, first: int = 0) -> int:
    """The first row from `first` on that is no title. A wide row right above data is a section of the table,
    not its title; a table of titles alone has none."""
    top = first
    while top < grid.n_rows - 2 and _is_title(grid, top):
        top += 1
    if top == first:
        return first
    texts = row_texts(grid.cells, grid.n_rows, grid.n_cols)
    return first if looks_like_body(texts[top]) else top


def _is_title(grid: Grid, row: int) -> bool:
    cells = [c for c in grid.cells if c.row <= row < c.row + c.row_span]
    return len(cells) == 1 and bool(cells[0].text) and cells[0].row_span == 1

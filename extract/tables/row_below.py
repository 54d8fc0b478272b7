"""Rows right under a ruled table that its rules do not hold: pale rules on a shaded total are hardly darker
than the shade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.printed import Chunk, Line, printed_lines, type_size
from model.geometry import Box
from model.page import Grid, Word
from normalize.numbers import looks_numeric

_ROWS = 2  # with figures, of a table that may go on
_FIGURES = 2  # in columns of their own, that make a line a row of the table above
_FILLED = 0.5  # share of the columns that it fills
_HIGHER = 1.3  # row heights within which the line stands
_OVER = 0.15  # em by which a figure may reach over the edge of its column


def rows_below(lattice: Lattice, grid: Grid, words: Sequence[Word]) -> Lattice | None:
    """The rows that stand under `lattice`, whose cells read as `grid`, in its columns, as a lattice of the
    same column edges, or None; `words` (points) are those that no table holds. A frame without figures is a
    header, whose rows are higher."""
    heights = [b - a for a, b in pairwise(lattice.row_edges)]
    counted = {c.row for c in grid.cells if looks_numeric(c.text)}
    if not words or grid.n_cols != lattice.n_cols or len(counted) < _ROWS:
        return None
    high, em = median(heights), type_size(words)
    box = lattice.box
    under = [w for w in words if box.x0 < w.box.center[0] < box.x1 and w.box.center[1] > box.y1]
    edges, rows = [box.y1], []
    for line in printed_lines(under, em):
        row = _row_of(line, lattice.col_edges, em)
        if row is None or line.box.y1 - edges[-1] > _HIGHER * high:
            break
        edges.append(max(edges[-1] + high, line.box.y1 + _OVER * em))
        rows.append(row)
    if not rows:
        return None
    xs = lattice.col_edges
    cells = tuple(
        LatticeCell(r, first, 1, last - first, Box(xs[first], edges[r], xs[last], edges[r + 1]))
        for r, row in enumerate(rows)
        for first, last in row
    )
    return Lattice(Box(xs[0], edges[0], xs[-1], edges[-1]), tuple(edges), xs, cells)


def _row_of(line: Line, xs: Sequence[float], em: float) -> list[tuple[int, int]] | None:
    """The cells (first column, behind the last) of a line that is a row: figures in columns of their own,
    words over one column or more; None where it is another line."""
    taken: dict[int, int] = {}
    figures = 0
    for chunk in line.chunks:
        first, last = _columns(chunk, xs)
        if first in taken or any(first < c < last for c in taken):
            return None
        if chunk.figure:
            over = max(xs[first] - chunk.box.x0, chunk.box.x1 - xs[first + 1])
            if over > _OVER * em:
                return None
            figures, last = figures + 1, first + 1
        taken[first] = last
    filled = sum(last - first for first, last in taken.items())
    if figures < _FIGURES or filled < _FILLED * (len(xs) - 1):
        return None
    cells, at = [], 0
    while at < len(xs) - 1:
        end = taken.get(at, at + 1)
        cells.append((at, end))
        at = end
    return cells


def _columns(chunk: Chunk, xs: Sequence[float]) -> tuple[int, int]:
    """The columns in which the words of a piece of a line stand: the first, and the one behind the last."""
    at = [
        next((c for c in range(len(xs) - 2) if w.box.center[0] < xs[c + 1]), len(xs) - 2) for w in chunk.words
    ]
    return min(at), max(at) + 1


def with_rows(grid: Grid, below: Grid) -> Grid:
    """A grid and the rows under it, of as many columns, as one."""
    assert grid.box is not None and below.box is not None and grid.n_cols == below.n_cols
    return replace(
        grid,
        n_rows=grid.n_rows + below.n_rows,
        cells=(*grid.cells, *(replace(c, row=c.row + grid.n_rows) for c in below.cells)),
        box=Box.union((grid.box, below.box)),
    )

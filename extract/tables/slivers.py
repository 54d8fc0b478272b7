"""Columns that are none: two pieces of a worn rule side by side, with nothing between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from extract.tables.lattice import Lattice
from extract.tables.printed import type_size
from model.geometry import Box, Segment
from model.page import Word

_NARROW = 0.7  # em: a column of figures of one digit is wider
_ON_EDGE = 2.0  # points within which a piece of rule is an edge's


def without_slivers(lattice: Lattice, segments: Sequence[Segment], words: Sequence[Word]) -> Lattice:
    """`lattice` without columns that are narrower than a letter and hold no word: of their two edges the one
    with less rule on it goes. All in points."""
    if not words:
        return lattice
    least = _NARROW * type_size(words)
    for col in range(lattice.n_cols - 1, -1, -1):
        left, right = lattice.col_edges[col], lattice.col_edges[col + 1]
        if right - left >= least or lattice.n_cols <= 2:
            continue
        if any(left < word.box.center[0] < right and _level(lattice, word) for word in words):
            continue
        inner = [edge for edge in (col, col + 1) if 0 < edge < lattice.n_cols]
        gone = min(inner, key=lambda edge: _ruled(lattice.col_edges[edge], segments, lattice.box))
        lattice = _without(lattice, col, gone)
    return lattice


def _level(lattice: Lattice, word: Word) -> bool:
    return lattice.box.y0 < word.box.center[1] < lattice.box.y1


def _ruled(edge: float, segments: Sequence[Segment], box: Box) -> float:
    """How many points of rule stand on an edge beside a table."""
    own = (s for s in segments if not s.horizontal and abs((s.x0 + s.x1) / 2 - edge) <= _ON_EDGE)
    return fsum(max(0.0, min(max(s.y0, s.y1), box.y1) - max(min(s.y0, s.y1), box.y0)) for s in own)


def _without(lattice: Lattice, col: int, edge: int) -> Lattice:
    """The lattice without a column, which the one beyond its `edge` takes in."""
    edges = tuple(x for k, x in enumerate(lattice.col_edges) if k != edge)
    cells = []
    for cell in lattice.cells:
        end = cell.col + cell.col_span
        if (cell.col, end) == (col, col + 1):
            continue
        first, last = cell.col - (cell.col > col), end - (end > col)
        box = Box(edges[first], cell.box.y0, edges[last], cell.box.y1)
        cells.append(replace(cell, col=first, col_span=last - first, box=box))
    return replace(lattice, col_edges=edges, cells=tuple(cells))

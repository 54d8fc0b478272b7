"""Headings over several columns whose rule below was lost: told by where those between the columns begin."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.printed import Line, printed_lines, type_size
from model.geometry import Box, Segment
from model.page import Word

_ON_EDGE = 4.0  # points within which a piece of rule lies on an edge; a bent sheet moves one by 3
_LATE = 0.8  # em below the table's top from which the rule between two columns begins late
_CENTRED = (0.1, 0.5)  # share of its width, and em, by which a heading stands off the middle of its columns
_OVER = 0.25  # em by which a heading runs over an edge: dirt at the edge may be as near
_FEWEST_NAMED = 2  # columns with a name of their own under a heading


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading over the columns `first` to `last`, ending at the height `foot`; the row below has names."""

    first: int
    last: int
    foot: float


def with_headings_over(lattice: Lattice, segments: Sequence[Segment], words: Sequence[Word]) -> Lattice:
    """`lattice` with the heading over several columns in its first row as one cell over theirs, where the
    `segments` between them begin below it and its words run over their edges. All in points.

    Where heading and names stand in one ruled row, that row is cut between them; the cells beside reach over
    both rows. Where the names have a row of their own, only the cells of the first row become one.
    """
    cells = [cell for cell in lattice.cells if cell.row == 0 and cell.row_span == 1]
    own = {col for cell in cells for col in range(cell.col, cell.col + cell.col_span)}
    open_edges = {edge for cell in cells for edge in range(cell.col + 1, cell.col + cell.col_span)}
    if len(own) < _FEWEST_NAMED or lattice.n_rows < _FEWEST_NAMED:
        return lattice
    top, bottom = lattice.row_edges[0], lattice.row_edges[1]
    band = [w for w in words if top < w.box.center[1] < bottom and lattice.box.contains_point(*w.box.center)]
    if not band:
        return lattice
    em = type_size(band)
    begins = {
        edge: bottom if edge in open_edges else _begin(lattice.col_edges[edge], segments, (top, bottom), em)
        for edge in range(1, lattice.n_cols)
        if edge - 1 in own and edge in own
    }
    late = {edge: y for edge, y in begins.items() if y - top >= _LATE * em}
    joined = [edge for edge, y in late.items() if _crossing(lattice, edge, y, band, em)]
    joined += [edge for edge in open_edges if edge not in joined and {edge - 1, edge + 1} & {*joined}]
    headings = [h for run in _runs(joined) if (h := _heading(lattice, run, band, em)) is not None]
    return _cut(lattice, headings, bottom) if headings else lattice


def _begin(edge: float, segments: Sequence[Segment], row: tuple[float, float], em: float) -> float:
    """Where the rule on a column's edge begins within a row (its top and bottom): the bottom where it has
    none there. What ends again above the bottom is a speck."""
    top, bottom = row
    tops = [
        min(s.y0, s.y1)
        for s in segments
        if not s.horizontal
        and abs((s.x0 + s.x1) / 2 - edge) <= _ON_EDGE
        and min(s.y0, s.y1) < bottom - _LATE * em
        and max(s.y0, s.y1) > bottom - em / 2
    ]
    return max(top, min(tops, default=bottom))


def _crossing(lattice: Lattice, edge: int, begin: float, band: Sequence[Word], em: float) -> bool:
    """Whether words over the begin of a rule run over its edge without a wide gap."""
    x, low, high = lattice.col_edges[edge], lattice.col_edges[edge - 1], lattice.col_edges[edge + 1]
    above = [w for w in band if w.box.center[1] < begin and low < w.box.x1 and w.box.x0 < high]
    near = _OVER * em
    chunks = (chunk.box for line in printed_lines(above, em) for chunk in line.chunks)
    return any(box.x0 < x - near and x + near < box.x1 for box in chunks)


def _runs(edges: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last column of each run of columns between which all edges are among `edges`."""
    runs: list[tuple[int, int]] = []
    for edge in sorted(edges):
        if runs and runs[-1][1] == edge - 1:
            runs[-1] = (runs[-1][0], edge)
        else:
            runs.append((edge - 1, edge))
    return runs


def _heading(lattice: Lattice, run: tuple[int, int], band: Sequence[Word], em: float) -> _Heading | None:
    """The heading over a run of columns, or None where its words are no such thing: its lines run over their
    edges, in the middle of columns that are named below."""
    first, last = run
    low, high, inner = (
        lattice.col_edges[first],
        lattice.col_edges[last + 1],
        lattice.col_edges[first + 1 : last + 1],
    )
    lines = printed_lines([w for w in band if low < w.box.center[0] < high], em)
    over = list(itertools.takewhile(lambda line: _runs_over(line, inner), lines))
    if not over:
        return None
    box = Box.union(line.box for line in over)
    share, more = _CENTRED
    if abs(box.center[0] - (low + high) / 2) > share * (high - low) + more * em:
        return None
    below = [w for line in lines[len(over) :] for w in line.words]
    if not below:
        return _Heading(first, last, lattice.row_edges[1])
    named = {c for c in range(first, last + 1) for w in below if _within(lattice, c, w)}
    if len(named) < _FEWEST_NAMED:
        return None
    foot = (box.y1 + min(w.box.y0 for w in below)) / 2
    return _Heading(first, last, foot)


def _runs_over(line: Line, edges: Sequence[float]) -> bool:
    """Whether pieces of a line run over most of the edges."""
    crossed = sum(any(chunk.box.x0 < edge < chunk.box.x1 for chunk in line.chunks) for edge in edges)
    return 2 * crossed >= len(edges)


def _within(lattice: Lattice, col: int, word: Word) -> bool:
    return lattice.col_edges[col] < word.box.center[0] < lattice.col_edges[col + 1]


def _cut(lattice: Lattice, headings: Sequence[_Heading], bottom: float) -> Lattice:
    """The lattice with its headings, its first row cut in two where any of them ends above its bottom."""
    inner = [h for h in headings if h.foot < bottom]
    if not inner:
        return _merged(lattice, headings)
    foot = median([h.foot for h in inner])
    under = {c for h in inner for c in range(h.first, h.last + 1)}
    cells: list[LatticeCell] = []
    for cell in lattice.cells:
        if cell.row:
            cells.append(replace(cell, row=cell.row + 1))
        elif cell.col in under and cell.row_span == 1:
            for col in range(cell.col, cell.col + cell.col_span):
                left, right = lattice.col_edges[col], lattice.col_edges[col + 1]
                for row, (y0, y1) in enumerate(((cell.box.y0, foot), (foot, cell.box.y1))):
                    cells.append(LatticeCell(row, col, 1, 1, Box(left, y0, right, y1)))
        else:
            cells.append(replace(cell, row_span=cell.row_span + 1))
    edges = (lattice.row_edges[0], foot, *lattice.row_edges[1:])
    ordered = tuple(sorted(cells, key=lambda c: (c.row, c.col)))
    return _merged(replace(lattice, row_edges=edges, cells=ordered), inner)


def _merged(lattice: Lattice, headings: Sequence[_Heading]) -> Lattice:
    """The lattice with the cells of its first row under each heading made one."""
    first_of = {c: h for h in headings for c in range(h.first, h.last + 1)}
    cells: list[LatticeCell] = []
    for cell in lattice.cells:
        heading = first_of.get(cell.col) if cell.row == 0 else None
        if heading is None:
            cells.append(cell)
        elif cell.col == heading.first:  # the others are a part of it
            span = heading.last - heading.first + 1
            right = lattice.col_edges[heading.last + 1]
            box = Box(cell.box.x0, cell.box.y0, right, cell.box.y1)
            cells.append(replace(cell, col_span=span, box=box))
    return replace(lattice, cells=tuple(cells))

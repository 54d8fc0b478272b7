"""Ruled tables: from pieces of printed rules to a lattice of cells with spans.

Works in any unit (points of a PDF, pixels of a scan): every distance is a multiple of the caller's
`tolerance`, the distance within which two pieces count as the same rule (about 3 points, or 3/72 inch
in pixels). Boxes that come out are in the unit that went in.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from statistics import fmean

from extract.tables.corridors import segments_apart
from extract.tables.rules import Rule, cluster, connected_rules, coverage, joined_rules
from model.geometry import Box, Segment

# A border counts as drawn when this share of it is inked; broken fax rules keep well over half.
_DRAWN = 0.5
# A border inked by no more than this is bare, and by all but this much whole.
_BARE = 0.15
# Doubt of a lattice a share of its borders in halves and of its ragged positions: at a quarter it is certain.
_DOUBT = 4.0
# Tolerances past which a rule runs on behind another, and rules over each other that make rows by themselves.
_BEYOND = 3.0
_FEWEST_ALIKE = 5
# In a region that would not be a rectangle, a border this faint is believed after all.
_FAINT = 0.2
_FEWEST_CELLS = 4  # of a ruled table, unless it is one row of columns
_FEWEST_COLS = 3
_CROSSING_THIRD = 3
_SAME_EDGE = 1.5  # tolerances
_NO_LENGTH = 1e-9  # points; keeps a mean of rules without length defined
_REACH = 1.6  # tolerances that a rule may end short of an edge
_DIGITS_KEPT = 3


@dataclass(frozen=True, slots=True)
class LatticeCell:
    """A cell between rules, anchored at its first row and column (from 0)."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Lattice:
    """A grid region. `row_edges` (n_rows + 1) and `col_edges` (n_cols + 1) ascend; every position
    belongs to exactly one cell. `doubt` (0..1) says how likely a border is drawn wrongly or missed."""

    box: Box
    row_edges: tuple[float, ...]
    col_edges: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    doubt: float = 0.0

    @property
    def n_rows(self) -> int:
        return len(self.row_edges) - 1

    @property
    def n_cols(self) -> int:
        return len(self.col_edges) - 1


@dataclass(frozen=True, slots=True)
class _Borders:
    """How much ink each elementary border holds (0..1). `across[e][c]` lies on row edge e below/above
    column c; `along[r][e]` on column edge e beside row r."""

    across: list[list[float]]
    along: list[list[float]]


def find_lattices(segments: Sequence[Segment], tolerance: float) -> list[Lattice]:
    """The ruled tables among `segments`, from the top down, then left to right.

    Broken, double and slightly bent rules are joined first. A lone rule, a frame round a page and a
    single box are no tables: a lattice has at least two columns and four cells, or one row of three.
    """
    found = []
    for side in segments_apart(segments, tolerance):
        rows, columns = joined_rules(side, tolerance)
        for across, along in connected_rules(rows, columns, tolerance):
            if _is_streak(across, along, rows, tolerance):
                continue
            lattice = _lattice(across, along, tolerance)
            if lattice is not None and _is_table(lattice):
                found.append(lattice)
    found.sort(key=lambda t: (t.box.y0, t.box.x0))
    return found


def _is_streak(across: Sequence[Rule], along: Sequence[Rule], rows: Sequence[Rule], tolerance: float) -> bool:
    """Whether the only vertical rule of a set is a copier's streak or a fold over rules between rows: they
    pass it on both sides, and it misses rules of their kind or runs out beyond them."""
    if not across or not along or len(_edges(along, (), tolerance)) > 1:
        return False
    at = along[0].at
    passing = [r for r in across if r.start < at - _BEYOND * tolerance and r.end > at + _BEYOND * tolerance]
    if not passing:
        return False
    first, last = min(r.at for r in passing), max(r.at for r in passing)
    longest = max(passing, key=lambda r: r.length)
    alike = [
        r
        for r in rows
        if abs(r.start - longest.start) <= _BEYOND * tolerance
        and abs(r.end - longest.end) <= _BEYOND * tolerance
    ]
    if len(alike) < _FEWEST_ALIKE:
        return False
    missed = any(r not in across for r in alike)
    ends = min(r.start for r in along) < first - _BEYOND * tolerance
    return missed or ends or max(r.end for r in along) > last + _BEYOND * tolerance


def _is_table(lattice: Lattice) -> bool:
    if lattice.n_cols < 2:
        return False
    return len(lattice.cells) >= _FEWEST_CELLS or (lattice.n_rows == 1 and lattice.n_cols >= _FEWEST_COLS)


def _lattice(across: Sequence[Rule], along: Sequence[Rule], tolerance: float) -> Lattice | None:
    """The lattice of one connected set of rules, or None when it encloses nothing."""
    if not across or not along:
        return None
    row_edges = _edges(across, _open_ends(along, across, tolerance), tolerance)
    col_edges = _edges(along, _open_ends(across, along, tolerance), tolerance)
    seen = _measure(across, along, row_edges, col_edges, tolerance)
    told = [row_edges, col_edges]
    row_edges, col_edges = _useful(across, along, row_edges, col_edges, tolerance)
    if len(row_edges) < 2 or len(col_edges) < 2:
        return None
    borders = _measure(across, along, row_edges, col_edges, tolerance)
    cells = _cells(borders, row_edges, col_edges)
    box = Box(col_edges[0], row_edges[0], col_edges[-1], row_edges[-1])
    return Lattice(
        box,
        tuple(row_edges),
        tuple(col_edges),
        tuple(cells),
        _doubt(borders, _left_out(seen, told, row_edges, col_edges)),
    )


def _open_ends(crossing: Sequence[Rule], edges: Sequence[Rule], tolerance: float) -> list[float]:
    """Where a border is missing: positions at which at least two `crossing` rules end together, well
    outside the outermost of `edges` (a table without its left, right, top or bottom border)."""
    low, high = min(e.at for e in edges), max(e.at for e in edges)
    ends = []
    for beyond in (
        [r.start for r in crossing if r.start < low - _BEYOND * tolerance],
        [r.end for r in crossing if r.end > high + _BEYOND * tolerance],
    ):
        groups = [
            g for g in cluster(beyond, 2 * tolerance) if len(g) >= max(2, len(crossing) // _CROSSING_THIRD)
        ]
        ends += [fsum(g) / len(g) for g in groups]
    return ends


def _edges(rules: Sequence[Rule], extra: Sequence[float], tolerance: float) -> list[float]:
    """Edge positions: rules closer than the tolerance (double rules) are one, at their weighted middle."""
    ordered = sorted(rules, key=lambda r: r.at)
    groups: list[list[Rule]] = []
    for rule in ordered:
        if groups and rule.at - groups[-1][-1].at <= _SAME_EDGE * tolerance:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    edges = [fsum(r.at * r.length for r in g) / max(fsum(r.length for r in g), _NO_LENGTH) for g in groups]
    return sorted(
        edges + [e for e in extra if all(abs(e - known) > _SAME_EDGE * tolerance for known in edges)]
    )


def _useful(
    across: Sequence[Rule],
    along: Sequence[Rule],
    row_edges: list[float],
    col_edges: list[float],
    tolerance: float,
) -> tuple[list[float], list[float]]:
    """Edges without those that divide nothing: an inner edge on which no elementary border is drawn (the
    stroke of a letter, an underline shorter than its cell), and one between rows whose rule meets no other at
    either end (a line of justified print)."""
    while len(row_edges) >= 2 and len(col_edges) >= 2:
        borders = _measure(across, along, row_edges, col_edges, tolerance)
        idle_rows = [
            e
            for i, e in enumerate(row_edges[1:-1], 1)
            if max(borders.across[i], default=0.0) < _DRAWN or _stands_free(across, e, col_edges, tolerance)
        ]
        idle_cols = [
            e
            for i, e in enumerate(col_edges[1:-1], 1)
            if max((row[i] for row in borders.along), default=0.0) < _DRAWN
        ]
        if not idle_rows and not idle_cols:
            break
        row_edges = [e for e in row_edges if e not in idle_rows]
        col_edges = [e for e in col_edges if e not in idle_cols]
    return row_edges, col_edges


def _stands_free(rules: Sequence[Rule], edge: float, crossing: Sequence[float], tolerance: float) -> bool:
    """Whether all rules on an edge lie between two neighbours of `crossing` and end short of both."""
    reach = _REACH * tolerance
    on = [r for r in rules if abs(r.at - edge) <= reach]
    start, end = min(r.start for r in on), max(r.end for r in on)
    return any(a + reach < start and end < b - reach for a, b in itertools.pairwise(crossing))


def _measure(
    across: Sequence[Rule],
    along: Sequence[Rule],
    row_edges: list[float],
    col_edges: list[float],
    tolerance: float,
) -> _Borders:
    """The inked share of every elementary border."""
    reach = _REACH * tolerance
    on_rows = [[r for r in across if abs(r.at - e) <= reach] for e in row_edges]
    on_cols = [[r for r in along if abs(r.at - e) <= reach] for e in col_edges]
    return _Borders(
        [_together(rules, col_edges, tolerance) for rules in on_rows],
        [list(inks) for inks in zip(*(_together(rules, row_edges, tolerance) for rules in on_cols))],
    )


def _together(rules: Sequence[Rule], edges: Sequence[float], tolerance: float) -> list[float]:
    """The inked share of each border on one edge. Where most of the edge is drawn, a faint border counts as
    drawn: a rule that goes on after it did not stop there."""
    spans = list(itertools.pairwise(edges))
    inks = [coverage(rules, a, b, tolerance) for a, b in spans]
    drawn = math.fsum(b - a for (a, b), ink in zip(spans, inks) if ink >= _DRAWN)
    if drawn < _DRAWN * (edges[-1] - edges[0]):
        return inks
    return [1.0 if ink >= _FAINT else ink for ink in inks]


def _left_out(
    seen: _Borders, told: Sequence[Sequence[float]], row_edges: Sequence[float], col_edges: Sequence[float]
) -> float:
    """How much of all edges was drawn and left out: 0 where none was, 1 where all of it had been."""
    inks = [fmean(row) for row, edge in zip(seen.across, told[0]) if edge not in row_edges]
    inks += [fmean(col) for col, edge in zip(zip(*seen.along), told[1]) if edge not in col_edges]
    return math.fsum(inks) / (len(told[0]) + len(told[1]))


def _doubt(borders: _Borders, left_out: float) -> float:
    """How likely the lattice is wrong somewhere: the share of its borders that are neither drawn nor bare,
    of its positions that the drawn ones do not enclose in rectangles, and of the edges that were left out."""
    inks = [ink for row in (*borders.across, *borders.along) for ink in row]
    drawn = sum(ink >= 1 - _BARE for ink in inks)
    halves = sum(_BARE < ink < 1 - _BARE for ink in inks)
    n_rows, n_cols = len(borders.along), len(borders.across[0])
    ragged = sum(
        not _is_rectangle(_region(borders, row, col, n_rows, n_cols, _DRAWN))
        for row in range(n_rows)
        for col in range(n_cols)
    )
    weight = halves / max(1, drawn + halves) + ragged / (n_rows * n_cols) + left_out
    return round(min(1.0, _DOUBT * weight), _DIGITS_KEPT)


def _is_rectangle(region: set[tuple[int, int]]) -> bool:
    """Whether positions fill the rectangle round them."""
    rows, cols = [r for r, _ in region], [c for _, c in region]
    return (max(rows) - min(rows) + 1) * (max(cols) - min(cols) + 1) == len(region)


def _cells(borders: _Borders, row_edges: list[float], col_edges: list[float]) -> list[LatticeCell]:
    """Rectangular cells covering every position once.

    Positions that no drawn border parts are one cell. Where such a region is no rectangle, faint
    borders are believed; what is still none is cut into rectangles from its top left corner.
    """
    n_rows, n_cols = len(row_edges) - 1, len(col_edges) - 1
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(n_rows):
        for col in range(n_cols):
            if (row, col) in owner:
                continue
            height, width = _span(borders, row, col, n_rows, n_cols, owner)
            spans[row, col] = (height, width)
            for r in range(row, row + height):
                for c in range(col, col + width):
                    owner[r, c] = (row, col)
    depth = _outside(borders, n_rows, n_cols)
    cells = []
    for (row, col), (height, width) in sorted(spans.items()):
        open_rows = {depth[c] for c in range(col, col + width)}
        if row + height <= min(open_rows):
            continue  # outside the table's outline: the cell below takes the position
        top = row if len(open_rows) > 1 else max(row, min(open_rows))
        first = 0 if len(open_rows) == 1 and top == min(open_rows) else row
        box = Box(col_edges[col], row_edges[top], col_edges[col + width], row_edges[row + height])
        cells.append(LatticeCell(first, col, row + height - first, width, box))
    return cells


def _span(
    borders: _Borders,
    row: int,
    col: int,
    n_rows: int,
    n_cols: int,
    owner: dict[tuple[int, int], tuple[int, int]],
) -> tuple[int, int]:
    """Rows and columns of the cell that begins at (row, col)."""
    for drawn in (_DRAWN, _FAINT):
        region = _region(borders, row, col, n_rows, n_cols, drawn)
        rows = [r for r, _ in region]
        cols = [c for _, c in region]
        height, width = max(rows) - min(rows) + 1, max(cols) - min(cols) + 1
        square = height * width == len(region) and min(rows) == row and min(cols) == col
        if square and not any(position in owner for position in region):
            return height, width
    width = 1
    while (
        col + width < n_cols and (row, col + width) not in owner and borders.along[row][col + width] < _DRAWN
    ):
        width += 1
    height = 1
    while row + height < n_rows and all(
        (row + height, c) not in owner
        and borders.across[row + height][c] < _DRAWN
        and (c == col or borders.along[row + height][c] < _DRAWN)
        for c in range(col, col + width)
    ):
        height += 1
    return height, width


def _region(
    borders: _Borders, row: int, col: int, n_rows: int, n_cols: int, drawn: float
) -> set[tuple[int, int]]:
    """All positions reached from (row, col) without crossing a border inked at least `drawn`."""
    seen = {(row, col)}
    todo = [(row, col)]
    while todo:
        r, c = todo.pop()
        steps = (
            (r, c + 1, borders.along[r][c + 1]),
            (r, c - 1, borders.along[r][c]),
            (r + 1, c, borders.across[r + 1][c]),
            (r - 1, c, borders.across[r][c]),
        )
        for nr, nc, ink in steps:
            if 0 <= nr < n_rows and 0 <= nc < n_cols and ink < drawn and (nr, nc) not in seen:
                seen.add((nr, nc))
                todo.append((nr, nc))
    return seen


def _outside(borders: _Borders, n_rows: int, n_cols: int) -> list[int]:
    """For each column how many of the first rows no rule closes above: they lie outside a table whose
    outline is not a rectangle (a header over some of its columns only), and the words there (a caption,
    a unit) are not the table's. 0 where both sides are drawn to the top, of which only a piece was lost, and
    everywhere when the whole top border is missing."""
    if all(ink < _DRAWN for ink in borders.across[0]):
        return [0] * n_cols
    depth = []
    for col in range(n_cols):
        walled = min(borders.along[0][col : col + 2]) >= _DRAWN
        closed = (row for row in range(n_rows) if walled or borders.across[row][col] >= _DRAWN)
        depth.append(next(closed, 0))
    return depth

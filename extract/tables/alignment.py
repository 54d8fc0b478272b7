"""Whether two grids have the same columns, and how the columns of one lie in those of the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from model.page import Grid

# A column border may move by this share of the table's width from page to page (skew, paper feed).
_DRIFT = 0.02
_DRIFT_POINTS = 5.0
_SCALE = 0.1  # scanners and copiers feed a page's length and width within this share of each other
_PHOTO_SCALE = 1.5  # photos tell the size of their sheets that badly; then all edges must fit
_FEWEST_EDGES = 4  # of columns whose proportions are those of another page by no chance
_LEAST_WIDTH = 1e-6  # points; a grid without width divides by this


@dataclass(frozen=True, slots=True)
class Mapping:
    """How two grids lie on common columns: column i of a grid covers the common columns from
    `first[i][0]` (or `second[i][0]`) up to, not with, `[1]`; `n_cols` counts the common columns."""

    n_cols: int
    first: tuple[tuple[int, int], ...]
    second: tuple[tuple[int, int], ...]


def common_columns(first: Grid, edges: Sequence[float], second: Grid) -> Mapping | None:
    """How `second` lies on the columns of a table that began with `first` and now has the column edges
    `edges`; None when their columns differ. Grids of text dumps have no edges: their number decides."""
    if edges and second.column_edges:
        if "borderless" in (first.kind, second.kind):
            return overlapping_columns(edges, second.column_edges)
        return same_columns(edges, second.column_edges)
    if first.n_cols != second.n_cols or first.kind != second.kind:
        return None
    return identity(first.n_cols)


def same_columns(first: Sequence[float], second: Sequence[float]) -> Mapping | None:
    """A mapping when one grid's column edges are all among the other's, else None.

    Edges are compared where they stand, then shifted so that the left or the right borders meet, then
    shifted and stretched at once (scans are cropped, fed and scaled unevenly). The grid with fewer columns
    may miss a border that no cell of its page needed, or an outer column.
    """
    if len(first) < 2 or len(second) < 2:
        return None
    more, fewer = (first, second) if len(first) >= len(second) else (second, first)
    width = more[-1] - more[0]
    allowed = max(_DRIFT_POINTS, _DRIFT * width)
    best: tuple[float, list[int]] | None = None
    for moved in _placements(more, fewer):
        found = _matched(more, moved, allowed)
        if found is not None and (best is None or found[0] < best[0]):
            best = found
    if best is None:
        return None
    own = tuple(itertools.pairwise(best[1]))
    return _mapping(len(more) - 1, own, more is first)


def identity(n_cols: int) -> Mapping:
    """The mapping of two grids with the same columns."""
    own = tuple((i, i + 1) for i in range(n_cols))
    return Mapping(n_cols, own, own)


def overlapping_columns(first: Sequence[float], second: Sequence[float]) -> Mapping | None:
    """A mapping of grids without rules, whose column edges lie anywhere in the white between columns:
    each column of the grid with fewer belongs to the one of the other that it overlaps most, by at
    least half of the narrower, in the same order. None when one finds no partner."""
    more, fewer = (first, second) if len(first) >= len(second) else (second, first)
    wide = list(itertools.pairwise(more))
    places: list[tuple[int, int]] = []
    for low, high in itertools.pairwise(fewer):
        shares = [(min(high, b) - max(low, a)) / max(min(high - low, b - a), 1e-6) for a, b in wide]
        index = max(range(len(wide)), key=lambda i: shares[i])
        if shares[index] < 0.5 or (places and index < places[-1][1]):
            return None
        places.append((index, index + 1))
    return _mapping(len(wide), tuple(places), more is first)


def _mapping(n_cols: int, own: tuple[tuple[int, int], ...], first_is_wider: bool) -> Mapping:
    whole = tuple((i, i + 1) for i in range(n_cols))
    return Mapping(n_cols, whole, own) if first_is_wider else Mapping(n_cols, own, whole)


def _placements(more: Sequence[float], fewer: Sequence[float]) -> list[list[float]]:
    """Where the grid with fewer edges may lie: as it stands, with a side or both on each other, and, where
    a page was cropped or scaled otherwise, with its sides on any two edges that are about as far apart.
    Grids with as many columns may differ more in scale."""
    width = max(fewer[-1] - fewer[0], _LEAST_WIDTH)
    moved = [list(fewer), *([x + by for x in fewer] for by in (more[0] - fewer[0], more[-1] - fewer[-1]))]
    alike = len(more) == len(fewer) > _FEWEST_EDGES
    for left, right in itertools.combinations(more, 2):
        scale = (right - left) / width
        whole = alike and (left, right) == (more[0], more[-1]) and 1 / _PHOTO_SCALE < scale < _PHOTO_SCALE
        if whole or abs(scale - 1.0) < _SCALE:
            moved.append([left + (x - fewer[0]) * scale for x in fewer])
    return moved


def _matched(more: Sequence[float], moved: Sequence[float], allowed: float) -> tuple[float, list[int]] | None:
    """The indices in `more` of the edges of `moved`, each within `allowed`, and the summed distance."""
    places: list[int] = []
    total = 0.0
    for x in moved:
        index = min(range(len(more)), key=lambda i: abs(more[i] - x))
        if abs(more[index] - x) > allowed or (places and index <= places[-1]):
            return None
        places.append(index)
        total += abs(more[index] - x)
    return total, places

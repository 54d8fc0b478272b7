"""Whether two grids have the same columns, and how the columns of one lie in those of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# A column border may move by this share of the table's width from page to page (skew, paper feed).
_DRIFT = 0.02
_DRIFT_POINTS = 5.0


@dataclass(frozen=True, slots=True)
class Mapping:
    """How both grids lie on common columns: `first[i]` and `second[i]` are the common column edges of
    each grid's own column edges; `n_cols` counts the common columns."""

    n_cols: int
    first: tuple[int, ...]
    second: tuple[int, ...]

    @property
    def plain(self) -> bool:
        return self.first == self.second


def same_columns(first: Sequence[float], second: Sequence[float]) -> Mapping | None:
    """A mapping when one grid's column edges are all among the other's, else None.

    Edges are compared where they stand, then shifted so that the left or the right borders meet, then
    stretched over each other (scans are fed and scaled unevenly). The grid with fewer columns may miss
    a border that no cell of its page needed, or an outer column.
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
    places = best[1]
    whole = tuple(range(len(more)))
    if more is first:
        return Mapping(len(more) - 1, whole, tuple(places))
    return Mapping(len(more) - 1, tuple(places), whole)


def _placements(more: Sequence[float], fewer: Sequence[float]) -> list[list[float]]:
    left, right = more[0] - fewer[0], more[-1] - fewer[-1]
    scale = (more[-1] - more[0]) / max(fewer[-1] - fewer[0], 1e-6)
    moved = [list(fewer), [x + left for x in fewer], [x + right for x in fewer]]
    if 0.9 < scale < 1.1:
        moved.append([more[0] + (x - fewer[0]) * scale for x in fewer])
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

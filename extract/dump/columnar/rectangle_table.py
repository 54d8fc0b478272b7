"""A page's figures as a table by the rectangles they were written in: all figures, or those alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum

from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.dealt_shapes import Shape
from extract.dump.columnar.figures import Rows, sums_of
from extract.dump.columnar.rectangle_sums import are_proved
from extract.dump.columnar.rectangles import Arranged, Rectangles
from extract.dump.relations import Relation

# Of so many figures and columns all rectangles are looked at in a second; with empty cells of so many cells.
_MOST_PARSED, _WIDEST_PARSED = 200, 11
_MOST_HOLES, _FEW_CELLS = 2, 60
_STANDS_ALONE = 2.6  # nats from which on a figure stands on a line of figures
_FITS = 0.5  # nats a figure: arranged so well, figures need no other choice
_UNFIT = 0.0  # nats a figure: arranged so badly, figures stand in another order


@dataclass(frozen=True, slots=True)
class Offer:
    """Rows of figures, the sums between their columns, which figures they use, whether sums prove them, and
    whether their rows obey relations throughout."""

    rows: Rows
    sums: tuple[Relation, ...]
    used: tuple[int, ...]
    sure: bool
    related: bool = False


def in_rectangles(figures: Sequence[Dealt], shapes: Sequence[Shape]) -> Offer | None:
    """The likeliest arrangement of the figures in one of the shapes; None where none fits."""
    numbers: Sequence[int] = range(len(figures))
    alone = [i for i in numbers if figures[i].pass_cost > _STANDS_ALONE]
    best: tuple[float, Arranged, Sequence[int]] | None = None
    for chosen in (numbers, alone):
        if best and (best[0] > _FITS * len(figures) or len(alone) == len(figures)):
            break
        kept = set(chosen)
        left = fsum(figures[i].pass_cost for i in numbers if i not in kept)
        for way, cost in _arranged([figures[i] for i in chosen], shapes):
            score = way.score - left - cost
            if best is None or score > best[0]:
                best = score, way, chosen
    if best is None or best[0] < _UNFIT * len(figures):
        return None
    _, way, chosen = best
    used = tuple(sorted(chosen[i] for row in way.places for i in row if i >= 0))
    return Offer(way.rows, sums_of(way.rows), used, are_proved(way.rows))


def _arranged(figures: Sequence[Dealt], shapes: Sequence[Shape]) -> Iterator[tuple[Arranged, float]]:
    """The likeliest arrangement in each shape, with what the shape costs."""
    if not shapes or len(figures) > _MOST_PARSED:
        return
    high, wide = max(s.height for s in shapes), max(s.width for s in shapes)
    holes = _empty_cells(figures, shapes) if high * wide <= _FEW_CELLS else 0
    if wide > _WIDEST_PARSED or min(s.height * s.width for s in shapes) - holes > len(figures):
        return
    rectangles = Rectangles(figures, high, wide, holes)
    for shape in shapes:
        for empty in range(holes + 1):
            way = rectangles.best(shape.height, shape.width, empty)
            if way:
                yield way, shape.cost


def _empty_cells(figures: Sequence[Dealt], shapes: Sequence[Shape]) -> int:
    """How many empty cells are looked for: as many as the figures that stand alone lack in a shape."""
    sure = sum(f.pass_cost > _STANDS_ALONE for f in figures)
    lacking = [s.height * s.width - sure for s in shapes]
    return max((n for n in lacking if 0 < n <= _MOST_HOLES), default=0)

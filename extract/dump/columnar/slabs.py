"""Figures of a page in the blocks that its reader wrote: bands of blocks side by side, of as many rows each.

Readers that look for blocks of print write each as one: a column's part, or some columns' row by row. Blocks
of one band are as high as each other, so the numbers of figures of blocks that follow each other tell rows
and columns: 2, 2, 2, 1, 1, 1 are a band of two rows and one of a row, in three columns. Columns far from each
other are written one slab after another, each of all rows, cut into bands of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from extract.dump.columnar.figures import make_of, size_of
from extract.dump.columnar.runs import Run

# Nats of: a column; a band; a block; each column of a block of several rows but one; a strong figure and
# a weak one left out; figures one over another of unlike makes, per power of ten between
# their sizes, and where one of them is of any make.
_COLUMN, _BAND, _BLOCK, _WIDE = 2.5, 0.5, 0.05, 1.5
STRONG, WEAK = 3.0, 0.5
_OTHER_MAKE, _SIZE, _MOST_APART, _ANY_MAKE = 2.5, 1.0, 2.0, 0.3
_UNLIKE = 1.3  # nats a figure of two rows that are none of one table
_HOLE, _LOST = 3.0, 0.3  # nats of an empty cell; share of the cells of a column's part
HOLE = -1
_SLACK = 20.0  # nats by which a table of slabs may cost more than another
_BLOCKS = 2  # rows of a block on the average from which on blocks tell of rows
_SLAB = 3.0  # nats of a slab but the first
_LEAST_ROWS, _MOST_ROWS, _WIDEST = 3, 90, 20
_FEW = 3  # ways kept of those that end with the same block after as many rows
_MOST_STARTS = 12  # blocks that a table may begin with
_KEPT = 16  # parses told

Cells = tuple[tuple[int, ...], ...]
"""Rows of places in the list of all figures."""


@dataclass(frozen=True, slots=True)
class Parse:
    """Rows of places in the list of figures, the nats they cost, how many bands they are, and of the bands of
    the first slab how high each is and its first figure."""

    rows: Cells
    cost: float
    bands: int
    starts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """Some bands of a slab: their rows, what they cost, how many bands they are."""

    rows: Cells
    cost: float
    bands: int
    starts: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Slabs:
    """The ways to read runs of figures as bands and slabs; `heights` are numbers of rows that are told."""

    runs: Sequence[Run]
    heights: Sequence[int] = ()
    texts: list[str] = field(init=False)
    first: list[int] = field(init=False)
    makes: list[tuple[str, float | None]] = field(init=False)
    left: list[float] = field(init=False)
    known: dict[tuple[int, int, int], dict[tuple[int, int], _Way]] = field(default_factory=dict)
    fits: dict[tuple[int, int], float] = field(default_factory=dict)
    bands: dict[tuple[int, int], list[tuple[int, int, Cells, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.texts = [text for run in self.runs for text in run.texts]
        self.first = list(accumulate((len(run.texts) for run in self.runs), initial=0))
        self.makes = [(make_of(text), size_of(text)) for text in self.texts]
        self.left = [(WEAK if run.weak else STRONG) * len(run.texts) for run in self.runs]

    def parses(self) -> list[Parse]:
        """The cheapest ways to read a table from some of the runs, the best first."""
        before = list(accumulate(self.left, initial=0.0))
        found: dict[Cells, Parse] = {}
        best = before[-1]
        for start in range(min(_MOST_STARTS, len(self.runs))):
            if before[start] > best:
                break
            for end, way in self._tables(start, best - before[start]):
                cost = way.cost + before[start] + before[-1] - before[end]
                if way.rows not in found or found[way.rows].cost > cost:
                    found[way.rows] = Parse(way.rows, cost, way.bands, way.starts)
                    best = min(best, cost)
        return sorted(found.values(), key=lambda parse: (parse.cost, parse.rows))[:_KEPT]

    def _tables(self, start: int, worth: float) -> Iterator[tuple[int, _Way]]:
        """Tables whose first slab begins with a run: the run after the last, their rows; those of slabs that
        cost more than a known table less the figures left out, `worth`, are not looked for."""
        for width in range(1, _WIDEST + 1):
            for (end, height), way in self._slab(start, width, _MOST_ROWS).items():
                if height < _LEAST_ROWS:
                    continue
                if width > 1:
                    yield end, way
                if height in self.heights or _BLOCKS * way.bands <= height:
                    yield from self._with_slabs(height, end, way, width, worth + _SLACK)

    def _with_slabs(
        self, height: int, end: int, way: _Way, width: int, worth: float
    ) -> Iterator[tuple[int, _Way]]:
        """Slabs of its height that follow a slab: the cheapest at each end, of those that cost less than
        `worth`."""
        best: dict[tuple[int, int], _Way] = {(end, width): way}
        todo = [(end, width)]
        while todo:
            at, wide = todo.pop(0)
            here = best[at, wide]
            if here.cost > worth:
                continue
            for skipped in (0, 1) if at < len(self.runs) else ():
                lost = self.left[at] if skipped else 0.0
                for more in range(1, _WIDEST - wide + 1):
                    for (after, rows), slab in self._slab(at + skipped, more, height).items():
                        if rows != height:
                            continue
                        cost = here.cost + slab.cost + _SLAB + lost
                        key = (after, wide + more)
                        if key in best and best[key].cost <= cost:
                            continue
                        if key not in best:
                            todo.append(key)
                        rows_ = tuple(a + b for a, b in zip(here.rows, slab.rows, strict=True))
                        best[key] = _Way(rows_, cost, here.bands + slab.bands, here.starts)
        del best[end, width]
        for (after, _), found in best.items():
            yield after, found

    def _slab(self, start: int, width: int, most: int) -> dict[tuple[int, int], _Way]:
        """The cheapest slabs of a width and `most` rows that begin with a run, by the run after them and by
        their rows."""
        if (start, width, most) in self.known:
            return self.known[start, width, most]
        ways: dict[tuple[int, int], _Way] = {}
        if start < len(self.runs):
            open_ways: dict[tuple[int, int], _Way] = {(start, 0): _Way((), _COLUMN * width, 0)}
            while open_ways:
                at = min(open_ways)
                way = open_ways.pop(at)
                if at[1]:
                    ways[at] = way
                for end, more in self._next_bands(at[0], width, way, most):
                    key = (end, len(more.rows))
                    known = open_ways.get(key)
                    if known is None or known.cost > more.cost:
                        open_ways[key] = more
        self.known[start, width, most] = ways
        return ways

    def _next_bands(self, start: int, width: int, way: _Way, most: int) -> Iterator[tuple[int, _Way]]:
        """The bands that may follow a way: the run after each, and the way with its rows."""
        for first in (start, start + 1):
            if first >= len(self.runs) or (first > start and not (way.rows and self.runs[start].weak)):
                return
            lost = self.left[start] if first > start else 0.0
            for end, height, rows, cost in self._bands(first, width):
                if len(way.rows) + height > most:
                    continue
                seam = self._unlike(way.rows[-1], rows[0]) if way.rows else 0.0
                if seam <= _UNLIKE * width:
                    starts = (*way.starts, (height, self.first[first]))
                    whole = way.cost + lost + cost + seam + _BAND
                    yield end, _Way((*way.rows, *rows), whole, way.bands + 1, starts)

    def _bands(self, first: int, width: int) -> list[tuple[int, int, Cells, float]]:
        """The bands of a width that begin with a run: the run after each, its height, its rows, its cost."""
        if (first, width) not in self.bands:
            count = len(self.runs[first].texts)
            found = [
                (end, height, rows, cost)
                for height in range(1, count + 1)
                if count % height == 0 and count <= height * width
                for end, rows, cost in self._band(first, height, width)
            ]
            self.bands[first, width] = found
        return self.bands[first, width]

    def _band(self, start: int, height: int, width: int) -> Iterator[tuple[int, Cells, float]]:
        """The band of a height that begins with a run, if any: the run after it, its rows, its cost."""
        rows: list[list[int]] = [[] for _ in range(height)]
        cost, at, wide = 0.0, start, 0
        while wide < width:
            if at >= len(self.runs):
                return
            run = self.runs[at]
            more, odd = divmod(len(run.texts), height)
            holes = height - len(run.texts)
            if 0 < holes <= self._most_holes(height) and at > start:
                for row in range(height):
                    rows[row].append(HOLE if row < holes else self.first[at] + row - holes)
                cost += _HOLE * holes
                wide, at = wide + 1, at + 1
                continue
            if odd or more > width - wide or not run.parts_into(more):
                if run.weak and at > start:
                    cost += self.left[at]
                    at += 1
                    continue
                return
            places = range(self.first[at], self.first[at + 1])
            for row in range(height):
                rows[row] += places[row * more : (row + 1) * more]
            cost += _BLOCK + (_WIDE * (more - 1) if height > 1 else 0.0)
            wide, at = wide + more, at + 1
        inside = sum(self._unlike(a, b) for a, b in pairwise(rows))
        if inside <= _UNLIKE * width * (height - 1):
            yield at, tuple(map(tuple, rows)), cost + inside

    @staticmethod
    def _most_holes(height: int) -> int:
        """How many cells of a column's part may be empty: dashes that end a line are lost, but for a block's
        last."""
        return max(1, int(_LOST * height)) if height > 1 else 0

    def _unlike(self, above: Sequence[int], below: Sequence[int]) -> float:
        """The nats of a row under another."""
        total = 0.0
        for pair in zip(above, below, strict=True):
            if HOLE in pair:
                continue
            if pair not in self.fits:
                self.fits[pair] = _nats(self.makes[pair[0]], self.makes[pair[1]])
            total += self.fits[pair]
        return total


def _nats(one: tuple[str, float | None], other: tuple[str, float | None]) -> float:
    """The nats of a figure under another: by their makes and sizes."""
    if not one[0] or not other[0]:
        return _ANY_MAKE
    apart = abs(one[1] - other[1]) if one[1] is not None and other[1] is not None else 0.0
    return min(_MOST_APART, _SIZE * apart) + (_OTHER_MAKE if one[0] != other[0] else 0.0)

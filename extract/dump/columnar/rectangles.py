"""Figures of a stream in rows and columns, by the rectangles in which a page's reader wrote them.

A reader of pages writes a table in rectangles: part of a column, some rows of some columns, each made of
smaller ones written one after another, side by side or one under another. So the arrangements of a run of
figures are the ways to parse it: each rectangle of `height` rows and `width` columns that begins with a
figure is the best of its partings (as Cocke, Younger and Kasami parse sentences). An arrangement is good
whose columns hold like figures, whose partings are simple, whose columns add up to their first or last
figure, and whose rows obey sums and shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, product

import numpy as np
from numpy.typing import NDArray

from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.figures import Rows, make_of, size_of
from extract.dump.columnar.rectangle_sums import (
    Amounts,
    Numbers,
    Places,
    amounts_of,
    held,
    pattern_count,
    worth_of,
)

_MAKES = ("whole", "decimal", "whole%", "decimal%", "fraction")
# Of a column's sizes, in powers of ten: their spread before its figures tell, as so many figures would.
_SPREAD, _PRIOR = 0.7, 2.0
_OTHER_MAKE = 0.3  # of a figure of each make that a column may have, before its figures tell
_KINDS = 3.0  # nats of saying that makes go by rows
# Nats of partings: a figure under or beside another, a row under a row, a column beside a column, rows under
# rows and columns beside columns, a row over what is no run of rows.
_NEXT, _ROW, _COLUMN, _ROWS, _COLUMNS, _SWITCH = 0.02, 0.1, 0.2, 2.0, 2.0, 1.5
_REVERSED = 3.0  # columns written before those on their left
# Nats of an end of a block of lines inside a rectangle; of a column's end inside a block, a cell's in a row.
_BREAKS_BLOCK, _COLUMN_IN_BLOCK, _CELL_IN_BLOCK = 0.05, 2.0, 0.3
# Nats of a column whose first or last figure is the sum of the others (once, or twice where rows of sections
# are among them), of one that isn't beside such ones; least rows, least amount that tells.
_CLOSES, _OPEN, _LEAST_CLOSING, _LEAST_TOTAL, _OFF = 5.0, 3.0, 4, 20.0, 0.02
_HOLE = 3.0  # nats of an empty cell
_NEVER = 1e6
_TELLING = 3  # columns: fewer have no relation
_HOPELESS = 8.0  # nats by which a way must be worse for its relations not to be looked at
_SURE = 2.0  # nats of passing over a figure that must be the table's
_FEW = 24  # cells of a rectangle of which little tells
_SKIPPED = 2  # figures together that may be none of the table's

Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Arranged:
    """Rows of figures, the places of those in the stream (-1 for an empty cell), the nats that speak for them
    and how many of these are of columns that add up and of rows that obey relations."""

    rows: Rows
    places: tuple[tuple[int, ...], ...]
    score: float
    proof: float


@dataclass(slots=True)
class _Chart:
    """The best rectangles of one height and width, by the figure that each begins with: the nats that speak
    for it, those without its rows' relations, its partings' cost, what it knows of its columns (sizes and
    makes; sums) and of its rows (makes), what the columns' closing is worth, its figures' places, the figure
    after its last, its rows' relations, whether it is rows written one after another."""

    score: Numbers
    plain: Numbers
    cost: Numbers
    columns: Numbers
    kinds: Numbers
    sums: Numbers
    closing: Numbers
    places: Places
    end: Places
    worth: Numbers
    broken: Numbers
    by_rows: Truths

    def at(self, starts: Places) -> _Chart:
        """The rectangles that begin with the figures `starts`."""
        return _Chart(*[getattr(self, name)[starts] for name in _FIELDS])

    def put(self, where: Places, other: _Chart) -> None:
        """Puts `other` in the places `where`."""
        for name in _FIELDS:
            getattr(self, name)[where] = getattr(other, name)


_FIELDS = tuple(_Chart.__dataclass_fields__)


@dataclass(slots=True)
class Rectangles:
    """All rectangles of the figures up to a height and width."""

    figures: Sequence[Dealt]
    height: int
    width: int
    holes: int = 0
    charts: dict[tuple[int, int, int], tuple[_Chart, ...]] = field(default_factory=dict)
    amounts: Amounts = field(init=False)
    passing: Numbers = field(init=False)
    new_row: Numbers = field(init=False)
    new_cell: Numbers = field(init=False)
    new_column: Numbers = field(init=False)

    def __post_init__(self) -> None:
        self.amounts = amounts_of([f.text for f in self.figures])
        self.passing = np.array([*(f.pass_cost for f in self.figures), _NEVER])
        lines = np.array([f.line for f in self.figures])
        blocks = np.array([f.block for f in self.figures])
        one_line = np.concatenate([[False], lines[1:] == lines[:-1], [False]])
        one_block = np.concatenate([[False], blocks[1:] == blocks[:-1], [False]])
        inside = np.where(one_block, 0.0, _BREAKS_BLOCK)
        self.new_row = np.where(one_line, _NEVER, inside)
        self.new_cell = np.where(one_line, 0.0, np.where(one_block, _CELL_IN_BLOCK, _BREAKS_BLOCK))
        self.new_column = np.where(one_line, _NEVER, np.where(one_block, _COLUMN_IN_BLOCK, _BREAKS_BLOCK))
        for height in range(1, self.height + 1):
            for width in range(1, self.width + 1):
                for holes in range(min(self.holes, height * width) + 1):
                    if height * width - holes <= len(self.figures):
                        self.charts[height, width, holes] = self._ways(height, width, holes)

    def best(self, height: int, width: int, holes: int = 0) -> Arranged | None:
        """The best arrangement in so many rows and columns with so many empty cells, what it costs to pass
        over the figures it leaves out taken off; None where the figures are too few."""
        ways = [self._best_of(chart) for chart in self.charts.get((height, width, holes), ())]
        return max(filter(None, ways), key=lambda way: way.score, default=None)

    def _best_of(self, chart: _Chart) -> Arranged | None:
        passed = np.concatenate([[0.0], np.cumsum(self.passing[:-1])])
        whole = chart.score - passed + passed[chart.end] - passed[-1]
        start = int(np.argmax(whole))
        if whole[start] <= -_NEVER / 2:
            return None
        places = tuple(tuple(map(int, row)) for row in chart.places[start])
        rows = tuple(tuple(self.figures[i].text if i >= 0 else "" for i in row) for row in places)
        proof = float(chart.closing[start] + chart.score[start] - chart.plain[start])
        return Arranged(rows, places, float(whole[start]), proof)

    def _ways(self, height: int, width: int, holes: int) -> tuple[_Chart, ...]:
        """The best rectangles; of small ones, of which little tells, the best of either parting."""
        if height == width == 1:
            return (self._with_skipped(self._hole() if holes else self._single()),)
        partings = [self._beside(height, width, holes), self._under(height, width, holes)]
        if min(height, width) > 1 and height * width <= _FEW:
            charts = [self._chart(height, width, offers) for offers in partings]
        else:
            charts = [self._chart(height, width, chain(*partings))]
        return tuple(map(self._with_skipped, charts))

    def _chart(self, height: int, width: int, offers: Iterable[tuple[_Chart, Places]]) -> _Chart:
        chart = _empty(len(self.figures) + 1, height, width)
        for offer, starts in offers:
            better = np.flatnonzero(offer.score > chart.score[starts])
            chart.put(starts[better], offer.at(better))
        return chart

    def _with_skipped(self, chart: _Chart) -> _Chart:
        """The rectangles, those that begin after figures that may be none of the table's among them."""
        for _ in range(_SKIPPED):
            here = np.flatnonzero(self.passing < _SURE)
            skipped = here[chart.score[here + 1] - self.passing[here] > chart.score[here]]
            offer = chart.at(skipped + 1)
            for scores in (offer.score, offer.plain):
                scores -= self.passing[skipped]
            offer.cost += self.passing[skipped]
            chart.put(skipped, offer)
        return chart

    def _single(self) -> _Chart:
        """Each figure alone."""
        count = len(self.figures)
        chart = _empty(count + 1, 1, 1)
        for i, figure in enumerate(self.figures):
            make, size = make_of(figure.text), size_of(figure.text)
            if make and size is not None:
                chart.columns[i, 0, :3] = 1.0, size, size * size
                chart.columns[i, 0, 3 + _MAKES.index(make)] = 1.0
        chart.kinds[:, 0] = chart.columns[:, 0, 3:]
        chart.score[:count] = chart.plain[:count] = -_unlike(chart.columns[:count], chart.kinds[:count])
        chart.sums[:count, 0] = np.nan_to_num(self.amounts.values[:count])
        chart.places[:count, 0, 0] = np.arange(count)
        chart.end[:count] = np.arange(1, count + 1)
        chart.by_rows[:] = True
        return chart

    def _hole(self) -> _Chart:
        """An empty cell before each figure."""
        count = len(self.figures)
        chart = _empty(count + 1, 1, 1)
        chart.score[:] = chart.plain[:] = -_HOLE
        chart.cost[:] = _HOLE
        chart.places[:, 0, 0] = -1
        chart.end[:] = np.arange(count + 1)
        chart.by_rows[:] = True
        return chart

    def _parts(
        self, one: tuple[int, int], other: tuple[int, int], holes: int
    ) -> Iterator[tuple[_Chart, _Chart]]:
        """The charts of two rectangles with so many empty cells together."""
        for first in range(holes + 1):
            yield from product(
                self.charts.get((*one, first), ()), self.charts.get((*other, holes - first), ())
            )

    def _beside(self, height: int, width: int, holes: int) -> Iterator[tuple[_Chart, Places]]:
        """The rectangles of two side by side, the left one written first or last, and where they begin."""
        offers = []
        pairs = [
            (first, *parts)
            for first in range(1, width)
            for parts in self._parts((height, first), (height, width - first), holes)
        ]
        for first, one, other in pairs:
            if height == 1:
                cost = _NEXT + self.new_cell[one.end]
            else:
                cost = (_COLUMN if first == 1 else _COLUMNS) + self.new_column[one.end]
            plain = one.plain + other.plain[one.end] - cost
            offers.append((plain, one, other, cost, False))
            if height > 1:
                offers.append((plain - _REVERSED, one, other, cost + _REVERSED, True))
        if not offers:
            return
        least = np.max([offer[0] for offer in offers], axis=0) - _HOPELESS
        for plain, one, other, cost, reversed_ in offers:
            starts = np.flatnonzero((plain >= least) & (plain > -_NEVER / 2))
            if len(starts):
                parts = one.at(starts), other.at(one.end[starts])
                yield self._joined(parts, cost[starts], height, reversed_), starts

    def _joined(self, parts: tuple[_Chart, _Chart], cost: Numbers, height: int, reversed_: bool) -> _Chart:
        left, right = reversed(parts) if reversed_ else parts
        places = np.concatenate([left.places, right.places], axis=2)
        width = places.shape[2]
        columns = np.concatenate([left.columns, right.columns], axis=1)
        kinds, cost = left.kinds + right.kinds, left.cost + right.cost + cost
        closing = left.closing + right.closing
        plain = closing - cost - _unlike(columns, kinds)
        worth, broken = held(places, self.amounts) if width >= _TELLING else _nothing(len(places), width)
        return _Chart(
            plain + worth_of(worth, broken, width),
            plain,
            cost,
            columns,
            kinds,
            np.concatenate([left.sums, right.sums], axis=1),
            closing,
            places,
            parts[1].end,
            worth,
            broken,
            np.full(len(places), height == 1),
        )

    def _under(self, height: int, width: int, holes: int) -> Iterator[tuple[_Chart, Places]]:
        """The rectangles of two one under the other, and where they begin."""
        pairs = [
            (upper, *parts)
            for upper in range(1, height)
            for parts in self._parts((upper, width), (height - upper, width), holes)
        ]
        for upper, chart, below in pairs:
            possible = (chart.plain > -_NEVER / 2) & (below.plain[chart.end] > -_NEVER / 2)
            starts = np.flatnonzero(possible & (self.new_row[chart.end] < _NEVER))
            if not len(starts):
                continue
            one, other = chart.at(starts), below.at(chart.end[starts])
            if width == 1:
                parting = np.full(len(starts), _NEXT)
            elif upper == 1:
                parting = np.where(other.by_rows, _ROW, _SWITCH)
            else:
                parting = np.full(len(starts), _ROWS)
            cost = one.cost + other.cost + parting + self.new_row[one.end]
            columns = one.columns + other.columns
            closing = one.closing + other.closing + _closing(one.sums, other.sums, upper, height)
            kinds = np.concatenate([one.kinds, other.kinds], axis=1)
            plain = closing - cost - _unlike(columns, kinds)
            worth, broken = one.worth + other.worth, one.broken + other.broken
            yield (
                _Chart(
                    plain + worth_of(worth, broken, width),
                    plain,
                    cost,
                    columns,
                    kinds,
                    one.sums + other.sums,
                    closing,
                    np.concatenate([one.places, other.places], axis=1),
                    other.end,
                    worth,
                    broken,
                    other.by_rows & (upper == 1),
                ),
                starts,
            )


def _empty(count: int, height: int, width: int) -> _Chart:
    """No rectangles yet."""
    worst = np.full(count, -_NEVER)
    relations = _nothing(count, width)
    return _Chart(
        worst,
        worst.copy(),
        np.zeros(count),
        np.zeros((count, width, len(_MAKES) + 3)),
        np.zeros((count, height, len(_MAKES))),
        np.zeros((count, width)),
        np.zeros(count),
        np.zeros((count, height, width), dtype=np.intp),
        np.full(count, count - 1, dtype=np.intp),
        *relations,
        np.zeros(count, dtype=np.bool_),
    )


def _nothing(count: int, width: int) -> tuple[Numbers, Numbers]:
    return np.zeros((count, pattern_count(width))), np.zeros((count, pattern_count(width)))


def _unlike(columns: Numbers, kinds: Numbers) -> Numbers:
    """The nats that it takes to write the figures of columns down, knowing which stand in one: by their
    sizes' spread and by their makes, or by the makes of rows where these are of several kinds. Shapes
    (n, width, what is known) and (n, height, makes) to (n,)."""
    count = columns[..., 0]
    apart = columns[..., 2] - columns[..., 1] ** 2 / np.maximum(count, 1.0)
    spread = (np.maximum(apart, 0.0) + _PRIOR * _SPREAD * _SPREAD) / (count + _PRIOR)
    sizes = 0.5 * (count * np.log(spread)).sum(axis=-1)
    return np.asarray(sizes + np.minimum(_mixed(columns[..., 3:]), _KINDS + _mixed(kinds)))


def _mixed(makes: Numbers) -> Numbers:
    """The nats of the makes of figures, knowing their groups. Shape (n, groups, makes) to (n,)."""
    shares = (makes + _OTHER_MAKE) / (makes.sum(axis=-1, keepdims=True) + len(_MAKES) * _OTHER_MAKE)
    return np.asarray(-(makes * np.log(shares)).sum(axis=(-2, -1)))


def _closing(upper: Numbers, lower: Numbers, rows: int, height: int) -> Numbers:
    """What it is worth that the first row's figures are the sums of those below, or the last row's of those
    above."""
    worth = np.zeros(len(upper))
    if height < _LEAST_CLOSING:
        return worth
    for alone, total, parts in ((rows == 1, upper, lower), (height - rows == 1, lower, upper)):
        if alone:
            closes = (np.abs(total) >= _LEAST_TOTAL) & (
                (np.abs(total - parts) < _OFF) | (np.abs(2 * total - parts) < _OFF)
            )
            worth = np.maximum(worth, _CLOSES * closes.sum(axis=1) - _OPEN * (~closes).sum(axis=1))
    return worth

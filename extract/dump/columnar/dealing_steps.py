"""The steps by which figures may be dealt: on in a run or to the begin of another, many beginnings at once.

A run is figures written on: down a column (`width` 1) or across a band of columns, whose width is 0 until a
row of it ends. Cells may be left empty on the way: those of columns that a row passes over, of rows that a
column passes over; or left for a column that comes later, whose cells are a gap then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]
Truths = NDArray[np.bool_]

PASSED = -1  # the row of a figure that is none of the table's
# Nats, of steps and runs; found by trying on dumps of made-up reports by two programs.
_GO_ON, _BREAKS_BLOCK, _TURN, _WIDTH_TOLD, _SWAPPED = 0.02, 0.05, 0.05, 0.3, 1.0
_ROW_IN_BLOCK = 2.0  # a run across whose figures stand one under another in a block of lines
_NEW_RUN, _IN_BLOCK, _OUT_OF_PLACE, _LATE = 0.9, 0.8, 1.2, 2.0
_ENDS_EARLY, _LENGTH, _ENDS_RAGGED, _BLOCK_ENDS, _LACKS_END = 0.5, 0.8, 1.8, 1.0, 0.5
_TOO_LONG = 1.7  # a block of lines that is longer than what is left of its column
_HOLES, _CELLS = 0.25, 4.0  # empty cells of a column, of how many, before its figures tell
_MOST_SKIPPED = 2  # cells
_MOST_HOLES = 0.9  # of a column's cells
_TABLE_COLUMNS, _RUN_NUMBERS = 3, 4  # arrays of a table's columns and of its runs
_SEED, _LARGE = 5, 1 << 62


class Step(NamedTuple):
    """How a figure stands to the one before it; whether that one ended a block of several lines; whether it
    is the second of figures one under another in a block, and how many these are from this one on."""

    first: bool
    same_line: bool
    same_block: bool
    ends_block: bool
    second: bool
    below: int


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps: which beginning each goes on from, the cell it puts the figure in, the run it is in then, the
    cells it declares empty (n, width), a gap's begin and end where it leaves or fills one, its nats."""

    parents: Indices
    rows: Indices
    cols: Indices
    tops: Indices
    lefts: Indices
    widths: Indices
    empty: NDArray[np.int8]
    fills_gap: Truths
    leaves_gap: Truths
    costs: Numbers

    def at(self, chosen: Indices) -> Steps:
        """The steps `chosen`."""
        return Steps(*[getattr(self, name)[chosen] for name in _STEP_FIELDS])

    @classmethod
    def after(cls, table: Table, step: Step, pass_cost: float, rare: bool) -> Steps:
        """All steps that a figure may take, or that pass it over; `rare` are those that leave cells empty or
        for a column that comes later."""
        found = [_passing(table, pass_cost)]
        if not step.first:
            found += _across(table, step, rare)
            if not step.same_line:
                found += [*_down(table, step, rare), *_returns(table, step, rare)]
        if not step.same_line:
            found += _new_runs(table, step)
            if rare:
                found += _rare_runs(table, step)
        return cls(*[np.concatenate([getattr(x, name) for x in found]) for name in _STEP_FIELDS])


_STEP_FIELDS = tuple(Steps.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Table:
    """How far n beginnings have filled their tables: the next free row of each column (n, width), its empty
    cells, its gap that waits for a column that comes later; the run they are in, its first figure and the
    last figure's cell."""

    height: int
    heights: Indices
    holes: Numbers
    gap_begins: Indices
    gap_ends: Indices
    tops: Indices
    lefts: Indices
    widths: Indices
    firsts: Indices
    rows: Indices
    cols: Indices

    @classmethod
    def empty(cls, height: int, width: int) -> Table:
        """One beginning without figures."""
        heights, begins, ends = np.zeros((_TABLE_COLUMNS, 1, width), dtype=np.intp)
        tops, lefts, widths, firsts = np.zeros((_RUN_NUMBERS, 1), dtype=np.intp)
        last = np.full(1, height - 1, dtype=np.intp), np.full(1, -1, dtype=np.intp)
        holes = np.zeros((1, width))
        return cls(height, heights, holes, begins, ends, tops, lefts, widths, firsts, *last)

    def at(self, chosen: Indices) -> Table:
        """The beginnings `chosen`."""
        return Table(self.height, *[getattr(self, name)[chosen] for name in _TABLE_FIELDS])

    def grown(self, steps: Steps, figure: int) -> Table:
        """The tables after the steps that a figure takes."""
        new = self.at(steps.parents)
        put = np.flatnonzero(steps.rows != PASSED)
        row, col = steps.rows[put], steps.cols[put]
        new.heights[:] += steps.empty
        new.holes[:] += steps.empty
        leaves, fills = steps.leaves_gap[put], steps.fills_gap[put]
        at, column = put[leaves], col[leaves]
        new.gap_begins[at, column], new.gap_ends[at, column] = new.heights[at, column], row[leaves]
        new.gap_begins[put[fills], col[fills]] += 1
        new.heights[put[~fills], col[~fills]] = row[~fills] + 1
        new.rows[put], new.cols[put] = row, col
        new.firsts[put[(row == steps.tops[put]) & (col == steps.lefts[put])]] = figure
        return replace(new, tops=steps.tops, lefts=steps.lefts, widths=steps.widths)

    def unfilled(self) -> Indices:
        """How many cells no figure has been put in and none has been declared empty."""
        gaps = np.maximum(0, self.gap_ends - self.gap_begins)
        return np.asarray((self.height - self.heights + gaps).sum(axis=1))

    def keys(self) -> NDArray[np.int64]:
        """A number for each beginning that is the same for those that can go on in the same ways."""
        state = [self.heights, self.gap_begins, self.gap_ends]
        run = [getattr(self, name)[:, None] for name in _RUN_FIELDS]
        whole = np.concatenate([*state, *run], axis=1).astype(np.int64)
        factors = np.random.default_rng(_SEED).integers(1, _LARGE, whole.shape[1])
        with np.errstate(over="ignore"):
            return np.asarray(whole @ factors)

    def hole_costs(self) -> Numbers:
        """The nats of one more empty cell in each column (n, width)."""
        return -np.log(self._hole_share())

    def filled_costs(self, steps_at: Indices, cols: Indices) -> Numbers:
        """The nats of a cell that is not empty in columns that may have such."""
        return np.asarray(-np.log(1.0 - self._hole_share()[steps_at, cols]))

    def _hole_share(self) -> Numbers:
        return np.minimum(_MOST_HOLES, (self.holes + _HOLES) / (self.heights + _CELLS))

    def on_rows(self) -> Truths:
        """Whether a column's next cell is in the last figure's row. Shape (n, width)."""
        return np.asarray(self.heights == self.rows[:, None])

    def lone(self) -> Truths:
        """Whether the run has one figure so far."""
        return np.asarray((self.rows == self.tops) & (self.cols == self.lefts))

    def right(self) -> Indices:
        """The column after the run's last."""
        width = self.heights.shape[1]
        return np.asarray(self.lefts + np.where(self.widths > 0, self.widths, width - self.lefts))


_RUN_FIELDS = ("tops", "lefts", "widths", "firsts", "rows", "cols")
_TABLE_FIELDS = tuple(name for name in Table.__dataclass_fields__ if name != "height")


def _passing(table: Table, cost: float) -> Steps:
    count, width = table.heights.shape
    none = np.full(count, PASSED, dtype=np.intp)
    no = np.zeros(count, dtype=np.bool_)
    empty = np.zeros((count, width), dtype=np.int8)
    run = table.tops, table.lefts, table.widths
    return Steps(np.arange(count), none, none, *run, empty, no, no, np.full(count, cost))


class _Offer(NamedTuple):
    """Steps to a cell of each column: where they may be taken (n, width), the row, the nats; the run's top,
    left and width."""

    may: Truths
    rows: Indices
    costs: Numbers
    tops: Indices
    lefts: Indices
    widths: Indices


def _taken(
    table: Table, offer: _Offer, empty: Truths | None = None, *, fills: bool = False, leaves: bool = False
) -> Steps:
    """The steps of an offer that may be taken; `empty` (n, width, width) are the cells that a step to each
    column declares so."""
    at, col = np.nonzero(offer.may)
    shape = offer.may.shape
    pick = [np.broadcast_to(x, shape)[at, col] for x in offer[1:]]
    row, cost, top, left, width = pick
    cells = np.zeros((len(at), shape[1]), dtype=np.int8)
    if empty is not None:
        cells = np.asarray(empty[at, col], dtype=np.int8)
        cost = cost + (cells * table.hole_costs()[at]).sum(axis=1)
    costs: Numbers = np.asarray(cost + table.filled_costs(at, col), dtype=np.float64)
    every = np.ones(len(at), dtype=np.bool_)
    run = top.astype(np.intp), left.astype(np.intp), width.astype(np.intp)
    return Steps(at, row.astype(np.intp), col, *run, cells, every & fills, every & leaves, costs)


def _columns(table: Table) -> tuple[Indices, ...]:
    """The numbers of the columns, then the last figure's row and column and the run's top, left and width, so
    that they can be held against each other. Shapes (1, width) and (n, 1)."""
    own = (table.rows, table.cols, table.tops, table.lefts, table.widths)
    return np.arange(table.heights.shape[1])[None, :], *(x[:, None] for x in own)


def _between(first: Indices, end: Indices, width: int) -> Truths:
    """Masks over the columns from `first` to before `end`, arrays of one shape. Shape (..., width)."""
    cells = np.arange(width)
    return np.asarray((cells >= first[..., None]) & (cells < end[..., None]))


def _across(table: Table, step: Step, rare: bool) -> Iterator[Steps]:
    """On in the row: to the next column, over empty cells, or within a block back to a cell left out."""
    column, row, last, top, left, width = _columns(table)
    count = table.heights.shape[1]
    on_row = table.on_rows()
    band = (width != 1) & (column < table.right()[:, None]) & on_row
    stacked = step.same_block and not step.same_line
    cost = _GO_ON + (0.0 if step.same_block else _BREAKS_BLOCK)
    costs = np.full_like(row, cost + (_ROW_IN_BLOCK if step.second else 0.0), dtype=np.float64)
    yield _taken(table, _Offer(band & (column == last + 1), row, costs, top, left, width))
    if not rare:
        return
    shape = on_row.shape
    between = _between(np.broadcast_to(last + 1, shape), np.broadcast_to(column, shape), count)
    free = ~(between & ~on_row[:, None, :]).any(axis=2)
    yield _taken(table, _Offer(band & (column > last + 1) & free, row, costs, top, left, width), between)
    if stacked:
        back = band & (column != last + 1) & (column >= left) & (column < left + width)
        yield _taken(table, _Offer(back, row, costs + _SWAPPED, top, left, width))


def _down(table: Table, step: Step, rare: bool) -> Iterator[Steps]:
    """Down the column: to its next cell, in its gap, or over empty cells."""
    column, row, last, top, left, width = _columns(table)
    lone = table.lone()[:, None]
    may = (column == last) & ((width == 1) | (lone & (width == 0)))
    cost = _GO_ON + (0.0 if step.same_block else _BREAKS_BLOCK)
    costs = cost + np.where(lone, _TURN, 0.0)
    one = np.ones_like(width)
    gap = (table.gap_begins < table.gap_ends) & (table.gap_begins == row + 1)
    yield _taken(table, _Offer(may & gap, table.gap_begins, costs, top, left, one), fills=True)
    for skipped in range(_MOST_SKIPPED + 1 if rare else 1):
        rows = table.heights + skipped
        free = may & (table.heights == row + 1) & (rows < table.height)
        yield _below(table, _Offer(free, rows, costs, top, left, one))


def _below(table: Table, offer: _Offer) -> Steps:
    """The steps to cells below the next ones of their columns, those between declared empty."""
    steps = _taken(table, offer)
    skipped = steps.rows - table.heights[steps.parents, steps.cols]
    cells = steps.empty.copy()
    cells[np.arange(len(skipped)), steps.cols] = skipped
    costs = steps.costs + skipped * table.hole_costs()[steps.parents, steps.cols]
    return replace(steps, empty=cells, costs=costs)


def _returns(table: Table, step: Step, rare: bool) -> Iterator[Steps]:
    """To the begin of the band's next row, whose first cells may be empty; what the row before lacks at its
    end is empty then."""
    column, row, last, top, left, width = _columns(table)
    count = table.heights.shape[1]
    shape = table.heights.shape
    told = width > 0
    widths = np.where(told, width, last - left + 1)
    lacks = told & (last != table.right()[:, None] - 1)
    cost = _GO_ON + (0.0 if step.same_block else _BREAKS_BLOCK) + _TURN
    cost += _ROW_IN_BLOCK if step.second else 0.0
    costs = cost + np.where(told, 0.0, _WIDTH_TOLD) + np.where(lacks, _LACKS_END, 0.0)
    below = table.heights == row + 1
    rest = _between(np.where(told, last + 1, 0)[:, 0], np.where(told, table.right()[:, None], 0)[:, 0], count)
    rest &= table.on_rows()
    for skipped in range(_MOST_SKIPPED + 1 if rare else 1):
        may = (last > left) & (column == left + skipped) & (column < left + widths)
        may = may & below & (table.heights < table.height)
        first = _between(np.broadcast_to(left, shape), np.broadcast_to(column, shape), count)
        may &= ~(first & ~below[:, None, :]).any(axis=2)
        yield _taken(table, _Offer(may, table.heights, costs, top, left, widths), first | rest[:, None, :])


def _new_runs(table: Table, step: Step) -> Iterator[Steps]:
    """To the begin of another run at a column's next cell."""
    column, row, last, top, left, width = _columns(table)
    opened, heights = _opened(table)[:, None], table.heights
    beside = column == left + np.maximum(1, width)
    fits = (beside & (heights == top)) | ((column == last + 1) & (heights == row))
    fits = fits | ((column == opened) & (heights == 0)) | ((column == 0) & (heights > 0))
    fits = fits | ((column == left) & (heights == row + 1))
    costs = _end_costs(table, step) + np.where(fits, 0.0, _OUT_OF_PLACE)
    costs = costs + np.where(heights + step.below > table.height, _TOO_LONG, 0.0)
    may = (heights < table.height) & (column <= opened)
    yield _taken(table, _Offer(may, heights, costs, heights, column, np.zeros_like(width)))


def _rare_runs(table: Table, step: Step) -> Iterator[Steps]:
    """To the begin of another run that leaves a column for later, in or over a gap, or below empty cells."""
    column, row, last, top, left, width = _columns(table)
    opened, heights = _opened(table)[:, None], table.heights
    zero = np.zeros_like(width)
    ends = _end_costs(table, step)
    late = (column == opened + 1) & (heights == 0)
    yield _taken(table, _Offer(late, heights, ends + _OUT_OF_PLACE + _LATE, heights, column, zero))
    gap = table.gap_begins < table.gap_ends
    yield _taken(table, _Offer(gap, table.gap_begins, ends, table.gap_begins, column, zero), fills=True)
    below = ~gap & (heights < row + 1) & (row + 1 < table.height) & (column <= np.minimum(left, opened))
    yield _taken(table, _Offer(below, row + 1, ends + _LATE, row + 1, column, zero), leaves=True)
    if step.first:
        return
    beside = column == left + np.maximum(1, width)
    yield _below(table, _Offer(beside & (heights < top) & (column <= opened), top, ends, top, column, zero))
    after = (column <= opened) & (heights < row) & (column > last)
    yield _below(table, _Offer(after, row, ends + _OUT_OF_PLACE, row, column, zero))


def _opened(table: Table) -> Indices:
    """The first column without figures; as many as there are where all have some."""
    untouched = table.heights == 0
    width = table.heights.shape[1]
    return np.asarray(np.where(untouched.any(axis=1), untouched.argmax(axis=1), width), dtype=np.intp)


def _end_costs(table: Table, step: Step) -> Numbers:
    """What it costs that the runs end here and others begin: little at the table's foot, where the column
    before ends or where a block of lines does. Shape (n, 1)."""
    if step.first:
        return np.full((len(table.rows), 1), _NEW_RUN)
    count = np.arange(len(table.rows))
    before = table.heights[count, np.maximum(table.lefts - 1, 0)]
    level = (table.lefts > 0) & (table.rows + 1 == before)
    early = _BLOCK_ENDS if step.ends_block else _ENDS_EARLY + _LENGTH * log(table.height)
    cost = np.where((table.rows < table.height - 2) & ~level, early, 0.0)
    cost += _NEW_RUN + (_IN_BLOCK if step.same_block else 0.0)
    ragged = (table.widths > 1) & (table.cols != table.lefts + table.widths - 1)
    return np.asarray(cost + np.where(ragged, _ENDS_RAGGED, 0.0))[:, None]

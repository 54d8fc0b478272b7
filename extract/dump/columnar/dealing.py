"""Figures of a stream dealt to the columns of a table: each goes to the next free row of one of them.

Whatever order a page's reader writes a table in, it writes each column from above: by rows, by columns, by
chunks of either, whole or torn, a figure is the next one of some column. So a way to deal the figures is a
choice of a column for each, and the likeliest is the one whose columns hold like figures, whose runs are few
(down a column, or across a band of columns row by row), and whose columns come out as long as the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, log10, sqrt
from typing import NamedTuple

from extract.dump.columnar.figures import Rows, make_of, size_of
from normalize.numbers import parse_number

# Nats, of steps and runs; found by trying on dumps of made-up reports by two programs.
_GO_ON, _TURN, _WIDTH_TOLD = 0.02, 0.05, 0.3
_NEW_RUN, _IN_BLOCK, _ENDS_EARLY, _ENDS_RAGGED, _OUT_OF_PLACE = 0.9, 0.8, 0.5, 1.8, 1.2
_BREAKS_BLOCK, _SWAPPED, _LENGTH = 0.05, 1.0, 0.8
_HOLE = 1.8  # a row without a figure in a column
_OTHER_MAKE, _OTHER_KIND_OF_ROW, _MOST_APART, _FIRST = 2.5, 0.5, 3.0, 0.7
# Spread of sizes in powers of ten: of a column's before its figures tell (as so many rows would), of a row's
# figures round what the others of the row lead to expect.
_SPREAD, _PRIOR_ROWS, _ROW_SPREAD = 0.7, 2, 0.3
_LOG_ROW_SPREAD = log(_ROW_SPREAD)
# Nats of a sum in a row, of a share in percent, of one that is all; the least amount whose sum tells.
_SUM, _SHARE, _WHOLE, _LEAST_SUM, _PERCENT = 3.0, 2.0, 0.5, 30.0, 100.0
_WIDER = 2  # times the beginnings followed up are looked at for sums
# Beginnings followed up: as many as so many figures times them, the least.
_STEPS, _LEAST_BEAM = 6000, 40
_TOLD = 8  # ways of one dealing that are told


@dataclass(frozen=True, slots=True)
class Dealt:
    """A figure to deal: its text, the line and the block of lines without a blank that it stands in, and what
    it costs to take it for none of the table's."""

    text: str
    line: int
    block: int
    pass_cost: float


@dataclass(frozen=True, slots=True)
class Hand:
    """Rows of figures as they were dealt, which figures were passed over, and what it costs in nats."""

    rows: Rows
    passed: tuple[int, ...]
    cost: float


Kind = tuple[str, float | None]
Column = tuple[str, int, float, float]
"""What a column holds so far: its make, how many figures tell their size, the mean of the sizes, and the sum
of their squared distances from it."""


Amount = tuple[float, float]
"""A figure's amount, and by how much its rounding may put a sum of it out."""


class _Row(NamedTuple):
    """What a row holds so far: by how much its sizes are off their columns' means, in the mean of so many;
    its amounts; the make of its last figure."""

    figures: int
    off: float
    amounts: tuple[Amount, ...]
    make: str


_EMPTY = _Row(0, 0.0, (), "")


@dataclass(frozen=True, slots=True)
class _Run:
    """Figures written on: down a column (`width` 1) or across a band, whose width is 0 until a row ends.

    `row` and `col` are the last figure's, `top` and `left` the first's.
    """

    top: int
    left: int
    width: int
    row: int
    col: int


@dataclass(slots=True)
class _State:
    cost: float
    heights: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[_Row, ...]
    run: _Run
    choice: tuple[int, int] | None = None
    before: _State | None = None


def deal(figures: Sequence[Dealt], height: int, width: int, total: bool = False, beam: int = 0) -> list[Hand]:
    """The likeliest ways to deal figures to `width` columns of `height` rows, the best first; the last row
    may be known for a `total`. The `beam` best beginnings are followed up, more where figures are few."""
    beam = beam or max(_LEAST_BEAM, _STEPS // max(1, len(figures)))
    rows = (_EMPTY,) * (height - 1) + (_Row(1, log10(height), (), "") if total else _EMPTY,)
    amounts = [_amount(f.text) for f in figures]
    kinds = [(make_of(f.text), size_of(f.text)) for f in figures]
    states = [_State(0.0, (0,) * width, (("", 0, 0.0, 0.0),) * width, rows, _Run(0, 0, 0, height - 1, -1))]
    for i, figure in enumerate(figures):
        before = figures[i - 1] if i else None
        grown: dict[tuple[tuple[int, ...], _Run], _State] = {}
        for state in states:
            for new in _grown(state, figure, before, kinds[i], height):
                key = (new.heights, new.run)
                if key not in grown or new.cost < grown[key].cost:
                    grown[key] = new
        likely = sorted(grown.values(), key=lambda s: s.cost)[: _WIDER * beam]
        for state in likely:
            _prove(state, amounts[i])
        states = sorted(likely, key=lambda s: s.cost)[:beam]
    ends = sorted(
        ((s.cost + _HOLE * sum(height - h for h in s.heights), s) for s in states), key=lambda e: e[0]
    )
    return [_hand(state, cost, figures, height) for cost, state in ends[:_TOLD]]


def _grown(state: _State, figure: Dealt, before: Dealt | None, kind: Kind, height: int) -> Iterator[_State]:
    """The states after a figure: passed over, or dealt to each column that may take it."""
    yield _State(
        state.cost + figure.pass_cost, state.heights, state.columns, state.rows, state.run, None, state
    )
    for cost, run in _steps(state, figure, before, height):
        col, row = run.col, run.row
        cost += (
            state.cost + _HOLE * (row - state.heights[col]) + _fit(state.columns[col], state.rows[row], kind)
        )
        heights = (*state.heights[:col], row + 1, *state.heights[col + 1 :])
        columns = (*state.columns[:col], _learnt(state.columns[col], kind), *state.columns[col + 1 :])
        rows = state.rows
        if kind[0] and kind[1] is not None:
            rows = (*rows[:row], _told(rows[row], state.columns[col], kind[0], kind[1]), *rows[row + 1 :])
        yield _State(cost, heights, columns, rows, run, (row, col), state)


def _steps(state: _State, figure: Dealt, before: Dealt | None, height: int) -> Iterator[tuple[float, _Run]]:
    """The runs after the next figure, each with its cost: the run goes on, or another begins."""
    if before is None:
        yield from ((_NEW_RUN + cost, run) for cost, run in _places(state, height))
        return
    same_line, same_block = figure.line == before.line, figure.block == before.block
    on = _GO_ON if same_block else _GO_ON + _BREAKS_BLOCK
    yield from ((on + cost, run) for cost, run in _across(state, same_line, same_block, height))
    if same_line:
        return
    run, row = state.run, state.heights[state.run.col]
    lone = (run.row, run.col) == (run.top, run.left)
    if row < height and (run.width == 1 or (lone and not run.width)):
        yield on + (_TURN if lone else 0.0), _Run(run.top, run.left, 1, row, run.col)
    ends = _end(state, same_block, height) + _NEW_RUN
    yield from ((ends + cost, run) for cost, run in _places(state, height))


def _across(state: _State, same_line: bool, same_block: bool, height: int) -> Iterator[tuple[float, _Run]]:
    """The run one figure on in its row, or at the begin of its next; within a block the cells of a line may
    stand out of order."""
    run, heights = state.run, state.heights
    if run.width == 1:
        return
    right = run.left + (run.width or len(heights) - run.left)
    if run.col + 1 < right and heights[run.col + 1] == run.row:
        yield 0.0, _Run(run.top, run.left, run.width, run.row, run.col + 1)
    if same_line:
        return
    for col in range(run.left, run.left + run.width if same_block else run.left):
        if heights[col] == run.row and col != run.col + 1:
            yield _SWAPPED, _Run(run.top, run.left, run.width, run.row, col)
    row = heights[run.left]
    if run.col > run.left and row == run.row + 1 < height:
        ragged = run.width and run.col != right - 1
        cost = _TURN + (0.0 if run.width else _WIDTH_TOLD) + (_ENDS_RAGGED if ragged else 0.0)
        width = run.width or run.col - run.left + 1
        yield cost, _Run(run.top, run.left, width, row, run.left)
        if same_block and heights[run.left + 1] == row:
            yield cost + _SWAPPED, _Run(run.top, run.left, width, row, run.left + 1)


def _end(state: _State, same_block: bool, height: int) -> float:
    """What it costs that the run ends here: cheap at the table's foot or where the column before it ends."""
    run = state.run
    level = run.left > 0 and run.row + 1 == state.heights[run.left - 1]
    cost = _IN_BLOCK if same_block else 0.0
    if run.row < height - 2 and not level:
        cost += _ENDS_EARLY + _LENGTH * log(height)
    if run.width > 1 and run.col != run.left + run.width - 1:
        cost += _ENDS_RAGGED
    return cost


def _places(state: _State, height: int) -> Iterator[tuple[float, _Run]]:
    """Where a run may begin: beside the last one, in the next column or row, or, dearer, anywhere."""
    run, heights = state.run, state.heights
    opened = next((c for c, h in enumerate(heights) if not h), len(heights))
    beside = ((run.left + max(1, run.width), run.top), (run.col + 1, run.row), (opened, 0))
    for col in range(min(opened + 1, len(heights))):
        row = heights[col]
        if row < height:
            fits = (col, row) in beside or (col == 0 and row > 0)
            yield 0.0 if fits else _OUT_OF_PLACE, _Run(row, col, 0, row, col)


def _told(row: _Row, column: Column, make: str, size: float) -> _Row:
    """The row after a figure of a size in a column."""
    if not column[1]:
        return row._replace(make=make)
    off = (row.off * row.figures + size - column[2]) / (row.figures + 1)
    return _Row(row.figures + 1, off, row.amounts, make)


def _fit(column: Column, row: _Row, kind: Kind) -> float:
    """What a figure costs in a column, in nats: by its make, and by its size as the column's others have it
    or as the others of its row differ from their columns, whichever tells it better."""
    make, count, mean, square = column
    if not kind[0] or kind[1] is None:
        return 0.0
    if not count:
        return _FIRST
    cost = 0.0 if not make or kind[0] == make else _OTHER_KIND_OF_ROW if kind[0] == row.make else _OTHER_MAKE
    spread = sqrt((square + _PRIOR_ROWS * _SPREAD * _SPREAD) / (count + _PRIOR_ROWS))
    apart = (kind[1] - mean) / spread
    fits = 0.5 * apart * apart + log(spread)
    if row.figures:
        apart = (kind[1] - mean - row.off * row.figures / (row.figures + 1)) / _ROW_SPREAD
        fits = min(fits, 0.5 * apart * apart + _LOG_ROW_SPREAD)
    return cost + min(_MOST_APART, fits)


def _learnt(column: Column, kind: Kind) -> Column:
    make, count, mean, square = column
    if not kind[0] or kind[1] is None:
        return column if make else (kind[0], 0, 0.0, 0.0)
    if not count:
        return kind[0], 1, kind[1], 0.0
    new = mean + (kind[1] - mean) / (count + 1)
    return make, count + 1, new, square + (kind[1] - mean) * (kind[1] - new)


def _prove(state: _State, amount: Amount | None) -> None:
    """Puts the last figure's amount into its row, and takes off what the sums and shares it makes there are
    worth."""
    if state.choice is None or amount is None or not amount[0]:
        return
    row = state.choice[0]
    here = state.rows[row]
    state.cost -= _worth(here.amounts, amount)
    state.rows = (*state.rows[:row], here._replace(amounts=(*here.amounts, amount)), *state.rows[row + 1 :])


def _worth(others: Sequence[Amount], amount: Amount) -> float:
    """What it is worth that an amount is the sum or difference of two others, or a share in percent with
    them."""
    best = 0.0
    new, slack = amount
    for i, (a, a_slack) in enumerate(others):
        for b, b_slack in others[i + 1 :]:
            off = max(slack, a_slack, b_slack)
            if max(abs(a), abs(b), abs(new)) >= _LEAST_SUM and (
                abs(a + b - new) <= off or abs(a - b - new) <= off or abs(b - a - new) <= off
            ):
                return _SUM
            for share, part, whole, own in (
                (new, a, b, slack),
                (new, b, a, slack),
                (a, new, b, a_slack),
                (a, b, new, a_slack),
                (b, new, a, b_slack),
                (b, a, new, b_slack),
            ):
                if own and abs(_PERCENT * part / whole - share) <= own:
                    best = max(best, _SHARE if part != whole else _WHOLE)
    return best


def _amount(text: str) -> Amount | None:
    value = parse_number(text)
    if value is None:
        return None
    decimals = -int(value.amount.as_tuple().exponent) if "decimal" in make_of(text) else 0
    return float(value.amount), 0.6 * 10.0**-decimals if decimals else 0.0


def _hand(state: _State, cost: float, figures: Sequence[Dealt], height: int) -> Hand:
    rows = [[""] * len(state.heights) for _ in range(height)]
    passed: list[int] = []
    here: _State | None = state
    i = len(figures)
    while here is not None and here.before is not None:
        i -= 1
        if here.choice is None:
            passed.append(i)
        else:
            rows[here.choice[0]][here.choice[1]] = figures[i].text
        here = here.before
    return Hand(tuple(map(tuple, rows)), tuple(reversed(passed)), cost)

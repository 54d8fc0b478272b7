"""Which figures of short rows stand in which column, told by the total row that the columns add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from model.value import DecimalMark
from normalize.numbers import is_none_mark, parse_number

# Half a unit of the last digit printed, for the columns of decimals.
_ROUNDED = Decimal("0.015")
# A search longer than this is given up: nothing is told then. Eleven rows, eight of them short, under totals
# two of which are wrong take 230,000 steps, a quarter of a second.
_MOST_STEPS = 400_000
# So many ways to add up tell as much as all of them: what differs among them is doubtful.
_MOST_WAYS = 48
_LEAST_ROWS = 3
# The share of the columns, and one at least, whose total may be wrong in the report itself.
_OPEN_SHARE = 0.2
# The decimal marks a dump may use; the one with which the columns add up is its own.
_MARKS: tuple[DecimalMark, ...] = (",", ".")

Amounts = Sequence[Decimal]
Columns = tuple[int, ...]


def ways_to_add_up(runs: Sequence[Sequence[str]], total: int, width: int) -> list[list[Columns]]:
    """The ways to give each row's figures columns so that these add up to the row `total`, which is full:
    for each way the columns of each row.

    [] where no way to leave columns empty does that, where figures can't be read, or where the search for
    the ways takes too long. A few totals may be wrong in the report itself; the fewest are taken.
    """
    if len(runs) < _LEAST_ROWS or len(runs[total]) != width or any(len(run) > width for run in runs):
        return []
    parts = [i for i, run in enumerate(runs) if run and i != total]
    for mark in _MARKS:
        amounts = [[_amount(text, mark) for text in run] for run in runs]
        if any(a is None for run in amounts for a in run):
            continue
        known = [tuple(a for a in run if a is not None) for run in amounts]
        for open_columns in range(1 + max(1, round(_OPEN_SHARE * width))):
            search = _Search([known[i] for i in parts], known[total], width)
            ways = list(islice(search.ways(0, (0,) * len(parts), (), open_columns), _MOST_WAYS))
            if search.given_up:
                return []  # with more columns left open it would take longer still
            if ways:
                return [_columns(way, parts, [len(run) for run in runs]) for way in ways]
    return []


def _amount(text: str, mark: DecimalMark) -> Decimal | None:
    """What a figure adds to its column: a dash adds nothing; None for what can't be read."""
    if is_none_mark(text):
        return Decimal(0)
    value = parse_number(text, mark)
    return value.amount if value else None


def _columns(way: Sequence[Sequence[bool]], parts: Sequence[int], counts: Sequence[int]) -> list[Columns]:
    """The columns of each row's figures, from which of the `parts` fill each column."""
    columns = [tuple(range(n)) for n in counts]
    for k, i in enumerate(parts):
        columns[i] = tuple(c for c, filled in enumerate(way) if filled[k])
    return columns


class _Search:
    """Ways to leave columns empty, column by column: each row puts its next figure there or nothing."""

    def __init__(self, rows: Sequence[Amounts], totals: Amounts, width: int) -> None:
        self.rows, self.totals, self.width = rows, totals, width
        self.grows = all(amount >= 0 for row in rows for amount in row)
        self.steps = 0
        self.dead: set[tuple[int, tuple[int, ...], int]] = set()

    @property
    def given_up(self) -> bool:
        return self.steps > _MOST_STEPS

    def ways(
        self, col: int, used: tuple[int, ...], taken: tuple[tuple[bool, ...], ...], open_columns: int
    ) -> Iterator[tuple[tuple[bool, ...], ...]]:
        """For each way: for each column, which rows fill it. `used` counts each row's figures placed;
        `open_columns` may still fail to add up."""
        if col == self.width:
            yield taken
            return
        if (col, used, open_columns) in self.dead:
            return
        found = False
        for filled, closes in self._choices(col, used, open_columns):
            after = tuple(n + f for n, f in zip(used, filled, strict=True))
            for way in self.ways(col + 1, after, (*taken, filled), open_columns - (not closes)):
                found = True
                yield way
        if not found:
            self.dead.add((col, used, open_columns))

    def _choices(
        self, col: int, used: tuple[int, ...], open_columns: int
    ) -> Iterator[tuple[tuple[bool, ...], bool]]:
        """Which rows may fill a column, and whether it adds up then."""
        closing = set()
        for filled in self._fills(col, used, 0, Decimal(0), (), self.totals[col]):
            closing.add(filled)
            yield filled, True
        if open_columns:
            for filled in self._fills(col, used, 0, Decimal(0), (), None):
                if filled not in closing:
                    yield filled, False

    def _fills(
        self,
        col: int,
        used: tuple[int, ...],
        row: int,
        so_far: Decimal,
        filled: tuple[bool, ...],
        total: Decimal | None,
    ) -> Iterator[tuple[bool, ...]]:
        """The choices of the rows from `row` on after which column `col` adds up to `total`; None: all."""
        self.steps += 1
        if self.given_up or (self.grows and total is not None and so_far > total + _ROUNDED):
            return
        if row == len(self.rows):
            if total is None or abs(so_far - total) <= _ROUNDED:
                yield filled
            return
        left = len(self.rows[row]) - used[row]
        if left:
            amount = self.rows[row][used[row]]
            yield from self._fills(col, used, row + 1, so_far + amount, (*filled, True), total)
        if left < self.width - col:
            yield from self._fills(col, used, row + 1, so_far, (*filled, False), total)

"""What sets of a table's rows come to, column by column, told of very many sets before one equation is
written.

Amounts are whole numbers of the table's smallest printed unit, so that nothing is rounded; of each kind of
rows the sums from the top are kept, and what rows between two others come to is the difference of two of
these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.families.counted_rows import Rows, RowSet, RowSets, RowsOf
from checks.figures import Book
from checks.relation import ZERO
from checks.template import counts_as_none
from checks.view import Sheet
from normalize.sums import exponent_of

# of whole numbers: machine words, or Python's own where those are too short
Whole = NDArray[Any]
_LIVE = 3  # figures other than nothing, from which a sum may fail
_TELLING = 10  # units that two columns are off in opposite ways, no chance
_MOST_ROWS = 80  # below a row that are tried as those it counts
_EXACT_FLOATS = 1 << 53
_WORD = 1 << 62


@dataclass(frozen=True, slots=True)
class Tried:
    """A row with the rows it may count: how many columns can be told and may fail (`laid`, `live`), how many
    of these close, and how many digits those say together."""

    rows: Rows
    laid: int
    live: int
    closed: int
    digits: float

    @property
    def understood(self) -> bool:
        """Whether the rows are those that the row counts: at least half of its columns close, where it has
        more. An author errs in one figure; a row number that was misread or left out spoils them all."""
        return self.live < 2 or 2 * self.closed >= self.live


@dataclass(frozen=True, slots=True)
class _Stack:
    """Of some rows, column by column: what they come to, how far rounding moves that, and how many of their
    cells are figures, stand-ins, other than nothing, and words."""

    amounts: Whole
    halves: Whole
    figures: Whole
    stand_ins: Whole
    live: Whole
    words: Whole

    def at(self, row: int) -> _Stack:
        return _Stack(self.amounts[row], self.halves[row], self.figures[row], self.stand_ins[row],
                      self.live[row], self.words[row])  # fmt: skip

    def minus(self, other: _Stack) -> _Stack:
        return _Stack(
            self.amounts - other.amounts, self.halves - other.halves, self.figures - other.figures,
            self.stand_ins - other.stand_ins, self.live - other.live, self.words - other.words,
        )  # fmt: skip


class RowSums:
    """The sums of a table's columns of figures over sets of its rows."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self.sets = RowSets(sheet)
        self._columns = np.array(sheet.numeric, dtype=np.int64)
        self._stacks: dict[RowsOf, _Stack] = {}

    def tried(self, row: int, rows: RowSet | Rows, columns: Sequence[int]) -> Tried:
        """How the columns come out if the row counts these rows. Two columns that are off the other way by as
        much close: two figures side by side stand in each other's places. Small ones are so by chance."""
        sheet, book = self._sheet, self._book
        own = rows if isinstance(rows, np.ndarray) else rows.rows
        at = [
            (n, int(np.searchsorted(self._columns, c)), c)
            for c in columns
            if (n := sheet.figure(row, c)) is not None and not self._is_percent(row, c)
        ]
        if not at:
            return Tried(own, 0, 0, 0, 0.0)
        sums = self._sums(rows)
        places = np.array([place for _, place, _ in at])
        laid = (sums.words[places] == 0) & (sums.figures[places] > sums.stand_ins[places])
        goals = self._scaled([n for n, _, _ in at])
        live = laid & (sums.live[places] + (goals[0] != 0).astype(np.int64) >= _LIVE)
        off = goals[0] - sums.amounts[places]
        closes = live & (abs(off) <= goals[1] + sums.halves[places]).astype(np.bool_)
        open_ones = np.flatnonzero(live & ~closes).tolist()
        offs = {off[n] for n in open_ones}
        turned = [n for n in open_ones if abs(off[n]) >= _TELLING * self._unit and -off[n] in offs]
        digits = sum(len(str(abs(book.amounts[at[n][0]]))) for n in np.flatnonzero(closes).tolist())
        digits += sum(len(str(abs(self._off(*at[n], own)))) for n in turned)
        closed = int(np.count_nonzero(closes)) + len(turned)
        return Tried(own, int(np.count_nonzero(laid)), int(np.count_nonzero(live)), closed, float(digits))

    @cached_property
    def stretched(self) -> dict[int, list[tuple[int, int]]]:
        """For each row to which rows right below it come in two columns at least, top down: the numbers of
        such rows, each with how many there were to try. A first look at all rows at once; rows are added to
        one until a total, or until all of its columns are over it and none was a loss."""
        body, (amounts, halves, _, _, _) = self.sets.body, self._grid
        count = len(body)
        kinds = self._sheet.kinds
        ends = np.array([kinds[r] == "total" for r in body.tolist()], dtype=np.bool_)
        stops = np.append(np.flatnonzero(ends), count)
        room = np.minimum(
            stops[np.searchsorted(stops, np.arange(count), side="right")] - np.arange(count) - 1, _MOST_ROWS
        )
        goals = (self._sheet.places[:, self._columns] >= 0) & (amounts != 0).astype(np.bool_)
        so_far, losses = np.zeros_like(amounts), np.zeros(count, dtype=np.bool_)
        found: dict[int, list[tuple[int, int]]] = {}
        at, size = np.flatnonzero(room > 0), 0
        while len(at):
            size += 1
            goal, added = goals[at], np.where(goals[at], amounts[at + size], 0)
            losses[at] |= (added < 0).astype(np.bool_).any(axis=1)
            so_far[at] += added
            off, loose = so_far[at] - amounts[at], (size + 1) * halves[at]
            met = (goal & (abs(off) <= loose).astype(np.bool_)).sum(axis=1)
            over = (goal & (off > loose).astype(np.bool_)).sum(axis=1)
            if size > 1:
                for n in at[met > 1].tolist():
                    found.setdefault(int(body[n]), []).append((size, int(room[n])))
            at = at[((over < goal.sum(axis=1)) | losses[at]) & (room[at] > size)]
        return dict(sorted(found.items()))

    def _is_percent(self, row: int, col: int) -> bool:
        index = self._sheet.at[row][col]
        return index is not None and self._book.figures[index].percent

    def _off(self, goal: int, _: int, col: int, rows: Rows) -> Decimal:
        """How far a figure is from what the rows come to, in the digits that are printed."""
        sheet, amounts = self._sheet, self._book.amounts
        figures = [sheet.at[r][col] for r in rows.tolist()]
        return amounts[goal] - sum([amounts[n] for n in figures if n is not None], ZERO)

    def _sums(self, rows: RowSet | Rows) -> _Stack:
        if isinstance(rows, np.ndarray):
            parts = self._part(rows)
            return _Stack(*[part.sum(axis=0) for part in parts])
        kind = rows.kind
        if kind not in self._stacks:
            parts = self._part(self.sets.of[kind])
            nothing = np.zeros((1, len(self._columns)), dtype=np.int64)
            self._stacks[kind] = _Stack(*[np.concatenate([nothing, part.cumsum(axis=0)]) for part in parts])
        stack = self._stacks[kind]
        return stack.at(rows.end).minus(stack.at(rows.first))

    def _part(self, rows: Rows) -> list[Whole]:
        """The numbers of `_Stack` for each of these rows."""
        at = np.searchsorted(self.sets.body, rows)
        amounts, halves, figures, stand_ins, words = (grid[at] for grid in self._grid)
        return [
            amounts,
            halves,
            *(grid.astype(np.int64) for grid in (figures, stand_ins, amounts != 0, words)),
        ]

    @cached_property
    def _grid(self) -> tuple[Whole, Whole, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """Amounts, their rounding, whether there is a figure, a stand-in for one, and whether words make that
        the column cannot be told: body rows down, columns of figures across."""
        sheet = self._sheet
        places = sheet.places[:, self._columns].copy()
        stand_ins, words = np.zeros(places.shape, np.bool_), np.zeros(places.shape, np.bool_)
        for n, c in np.argwhere(places < 0).tolist():
            row, col = int(self.sets.body[n]), int(self._columns[c])
            if (blank := sheet.blanks.get((row, col))) is not None:
                places[n, c], stand_ins[n, c] = blank, True
            else:
                words[n, c] = not counts_as_none(sheet, row, col)
        there = places >= 0
        amounts, halves = self._scaled(places[there].tolist())
        out = [np.zeros(places.shape, dtype=kind.dtype) for kind in (amounts, halves)]
        out[0][there], out[1][there] = amounts, halves
        return out[0], out[1], there, stand_ins, words

    def _scaled(self, figures: Sequence[int]) -> tuple[Whole, Whole]:
        """Amounts and rounding of figures in the table's unit."""
        book = self._book
        if self._counts:
            kept = np.array(figures, dtype=np.int64)
            return book.floats[kept].astype(np.int64), np.zeros(len(kept), dtype=np.int64)
        known: dict[Decimal, int] = {}
        amounts = [int(book.amounts[n] * self._unit) for n in figures]
        halves = [
            known[h] if (h := book.figures[n].half) in known else known.setdefault(h, int(h * self._unit))
            for n in figures
        ]
        kind = np.int64 if self._short else object
        return np.array(amounts, dtype=kind), np.array(halves, dtype=kind)

    @cached_property
    def _named(self) -> list[int]:
        """Every figure that may be asked for."""
        found = self._sheet.places[:, self._columns]
        return [*found[found >= 0].tolist(), *sorted(self._sheet.stand_ins)]

    @cached_property
    def _counts(self) -> bool:
        """Whether all figures are whole counts that binary fractions hold."""
        named = np.array(self._named, dtype=np.int64)
        if not len(named) or not self._book.countable[named].all():
            return False
        amounts = self._book.floats[named]
        return bool((amounts == np.rint(amounts)).all() and np.abs(amounts).sum() < _EXACT_FLOATS)

    @cached_property
    def _unit(self) -> int:
        """How many of the smallest units make one."""
        if self._counts:
            return 1
        figures = self._book.figures
        halves = {figures[n].half for n in self._named}
        exponents = {exponent_of(self._book.amounts[n]) for n in self._named}
        finest: int = min(0, *exponents, *map(exponent_of, halves))
        return int(10**-finest)

    @cached_property
    def _short(self) -> bool:
        """Whether machine words hold all sums."""
        total = sum((abs(self._book.amounts[n]) for n in self._named), ZERO)
        return total * self._unit * _TELLING < _WORD


class Nested:
    """Rows that others right below them add up to, whatever the rows' numbers say, told by `columns`."""

    def __init__(self, sums: RowSums, columns: Sequence[int]) -> None:
        self._sums, self._columns = sums, columns
        self._below: dict[int, tuple[Rows, int] | None] = {}

    def below(self, row: int) -> tuple[Rows, int] | None:
        """The rows right below a row, as many as make most of its columns close, with how many were tried;
        None where no such stretch does."""
        if row not in self._below:
            self._below[row] = self._found(row)
        return self._below[row]

    def _found(self, row: int) -> tuple[Rows, int] | None:
        body = self._sums.sets.body
        at = int(np.searchsorted(body, row)) + 1
        for size, tries in self._sums.stretched.get(row, ()):
            tried = self._sums.tried(row, body[at : at + size], self._columns)
            if tried.closed > 1 and tried.understood:
                return tried.rows, tries
        return None

    def around(self, total: int) -> Iterator[Rows]:
        """The rows above a total, and those below it, without rows that others of them have added up
        already."""
        body = self._sums.sets.body
        at = int(np.searchsorted(body, total))
        for first, end in ((0, at), (at + 1, len(body))):
            top = np.ones(end - first, dtype=np.bool_)
            counted = first
            for row in self._sums.stretched:
                place = int(np.searchsorted(body, row))
                if counted <= place < end and (found := self.below(row)):
                    counted = place + 1 + len(found[0])
                    top[place + 1 - first : counted - first] = False
            if 2 <= np.count_nonzero(top) < end - first:
                yield body[first:end][top]

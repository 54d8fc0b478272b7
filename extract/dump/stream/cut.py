"""Where the rows of a stream dump begin and end: a shortest path over the lines.

Ordinals that run on, a full set of figures, total words and known places speak for a row; two sets of
figures or a row number inside it speak against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from extract.dump.stream.rows import StreamLine, StreamRow, is_total
from extract.dump.tokens import join_words
from normalize.ordinals import succession_cost

_LONGEST_ROW = 40
# What it costs to take a line that begins with a capital for the end of the row above it.
_TEXT_AFTER = 0.5
_ROW_COST = 0.05  # nats a line of a row
_FULL = 2.0  # nats gained by a row with a figure for every column
_FIGURE_OVER = 1.2  # nats a figure more than the columns
_MOST_OVER = 6  # figures after which one more is no worse
_LACKING = 0.6  # nats where figures lack
_WITHOUT = 0.9  # nats of a row without any
_NEARLY_ALL = 0.7  # of the columns: a line with so many figures is a row's own
_SECOND_SET = 4.0  # nats of a second set of figures in one row
_TOTAL_INSIDE = 2.0  # nats of a total row's line inside a row
_SURELY_PLACE = 0.8
_KNOWN_LABEL = 0.2  # nats of a row without a number that a total or a place opens
_UNNUMBERED_SHORT = 1.4
_UNNUMBERED = 0.8
_NUMBER_INSIDE = 3.0  # nats of a row number with figures inside a row
_BARE_NUMBER_INSIDE = 1.8
# Nats a line of a label above its row number: one that begins like a cell, one that doesn't.
_OPENS_ABOVE, _GOES_ON_ABOVE = 0.3, 0.7
# Nats of a table whose labels stand centred round their figures; of figures a line off, and each line more.
_CENTRED, _ONE_OFF, _OFF = 0.1, 0.15, 0.9


def cut_rows(
    lines: Sequence[StreamLine], width: int, is_place: Callable[[str], float] | None = None
) -> tuple[list[StreamRow], float]:
    """The lines as rows of `width` figure columns by the cheapest way to part them, and its cost.

    Labels either flow (they begin with their row, their figures after them) or stand centred round the
    line of the figures, in the whole table alike.
    """
    costs = _RowCosts(lines, width, is_place)
    offers = [_cheapest(costs, centred) for centred in (False, True)]
    cost, cuts = min(offers, key=lambda o: o[0])
    rows = [_row_of(lines[start:end]) for start, end in pairwise([*cuts, len(lines)])]
    return rows, cost


def _cheapest(costs: _RowCosts, centred: bool) -> tuple[float, list[int]]:
    """The least cost and the first line of each row."""
    count = costs.count
    best = [0.0] + [float("inf")] * count
    came: list[int] = [0] * (count + 1)
    start_of: list[int] = [-1] * (count + 1)
    label = costs.centred_label if centred else costs.flowing_label
    for end in range(1, count + 1):
        for start in range(max(0, end - _LONGEST_ROW), end):
            here = costs.numbered(start, end)
            cost = best[start] + costs.row(start, end, here) + label(start, end, here)
            cost += costs.follow(start_of[start], start, here)
            if cost < best[end]:
                best[end], came[end], start_of[end] = cost, start, start
    cuts: list[int] = []
    end = count
    while end > 0:
        end = came[end]
        cuts.append(end)
    return best[count], cuts[::-1]


class _RowCosts:
    """What rows from one line to another cost, in nats, by sums up to each line."""

    def __init__(
        self, lines: Sequence[StreamLine], width: int, is_place: Callable[[str], float] | None
    ) -> None:
        self.count, self.width = len(lines), width
        self.ordinals = [line.ordinals for line in lines]
        self.runs = [bool(line.run) for line in lines]
        self.opens = [_opens_text(line) for line in lines]
        self.flows = [not line.after for line in lines]
        totals = [is_total(line) for line in lines]
        self.known = [
            total or bool(is_place and is_place(join_words(list(line.before))) >= _SURELY_PLACE)
            for total, line in zip(totals, lines, strict=True)
        ]
        self.bare = [bool(line.run) and all(token.kind != "word" for token in line.before) for line in lines]
        least = max(2, _NEARLY_ALL * width)
        self.figures = _sums(len(line.run) for line in lines)
        self.major = _sums(len(line.run) >= least for line in lines)
        self.total_rows = _sums(map(bool.__and__, totals, self.runs))
        self.with_figures = _sums(bool(o) and r for o, r in zip(self.ordinals, self.runs, strict=True))
        self.without = _sums(bool(o) and not r for o, r in zip(self.ordinals, self.runs, strict=True))
        self.texts = _sums(o and not n for o, n in zip(self.opens, self.ordinals, strict=True))
        self.next_run = self._next(self.runs)
        self.next_mark = self._next([bool(o) or r for o, r in zip(self.ordinals, self.runs, strict=True)])
        self.follows: dict[tuple[int, int], float] = {}

    def _next(self, marks: Sequence[bool]) -> list[int]:
        """For each line the first one from it on that is marked; `count` where none is."""
        out = [self.count] * (self.count + 1)
        for i in range(self.count - 1, -1, -1):
            out[i] = i if marks[i] else out[i + 1]
        return out

    def numbered(self, start: int, end: int) -> int | None:
        """The first line of a row that opens with a row number, up to its first figures."""
        at = self.next_mark[start]
        return at if at < end and self.ordinals[at] else None

    def row(self, start: int, end: int, here: int | None) -> float:
        """What speaks for and against lines as one row, its row number in line `here`."""
        figures = self.figures[end] - self.figures[start]
        with_figures = self.with_figures[end] - self.with_figures[start + 1]
        without = self.without[end] - self.without[start + 1]
        if here is not None and here > start:
            with_figures -= self.runs[here]
            without -= not self.runs[here]
        cost = _ROW_COST * (end - start)
        if figures == self.width and not with_figures and not without:
            cost -= _FULL
        elif figures > self.width:
            cost += _FIGURE_OVER * min(figures - self.width, _MOST_OVER)
        else:
            cost += _LACKING if figures else _WITHOUT
        cost += _SECOND_SET * max(0, self.major[end] - self.major[start] - 1)
        if here is None and self.known[start]:
            cost += _KNOWN_LABEL
        elif here is None:
            cost += _UNNUMBERED if figures == self.width else _UNNUMBERED_SHORT
        cost += _NUMBER_INSIDE * with_figures + _BARE_NUMBER_INSIDE * without
        cost += _TOTAL_INSIDE * (self.total_rows[end] - self.total_rows[start + 1])
        return cost + _UNNUMBERED if self.bare[start] else cost

    def centred_label(self, start: int, end: int, here: int | None) -> float:
        """What the place of a row's label lines costs where labels stand centred round their figures."""
        run = self.next_run[start]
        anchor = here if here is not None else min(run, end - 1)
        off = abs((anchor - start) - (end - 1 - anchor))
        if run < end and run != anchor:
            off += 2 * abs(run - anchor)
        return _CENTRED + (_ONE_OFF if off == 1 else _OFF * off)

    def flowing_label(self, start: int, end: int, here: int | None) -> float:
        """The same where labels begin with their row."""
        run = self.next_run[start]
        cost = 0.0
        if here is not None and here > start:
            cost += (_OPENS_ABOVE if self.opens[start] else _GOES_ON_ABOVE) * (here - start)
        if run < end and self.flows[run]:
            cost += _TEXT_AFTER * (self.texts[end] - self.texts[run + 1])
        return cost

    def follow(self, before: int, start: int, here: int | None) -> float:
        """What the row number in line `here` costs after that of the row from `before` to `start`."""
        if here is None:
            return 0.0
        earlier = self.numbered(before, start) if before >= 0 else None
        key = (-1 if earlier is None else earlier, here)
        if key not in self.follows:
            old = self.ordinals[earlier] if earlier is not None else (None,)
            self.follows[key] = min(succession_cost(o, n) for o in old for n in self.ordinals[here])
        return self.follows[key]


def _sums(counts: Iterable[int]) -> list[int]:
    """The sum of the counts before each line, and of all."""
    return list(accumulate(counts, initial=0))


def _opens_text(line: StreamLine) -> bool:
    """Whether a line without figures begins like a cell, not like a line that goes on."""
    word = next((t.text for t in line.before if t.kind != "rule"), "")
    return not line.run and (word[:1].isupper() or word[:1].isdigit())


def _row_of(lines: Sequence[StreamLine]) -> StreamRow:
    """A row of the lines, its printed number taken from the first line that has one."""
    here = next((i for i, line in enumerate(lines) if line.ordinals or line.run), None)
    if here is None or not lines[here].ordinals:
        return StreamRow(tuple(lines))
    line = lines[here]
    words = [t for t in line.before if t.kind != "rule"]
    rest = tuple(words[1:])
    stripped = replace(line, before=rest)
    return StreamRow((*lines[:here], stripped, *lines[here + 1 :]), words[0].text)

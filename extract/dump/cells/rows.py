"""Rows of a dump that writes a cell a line, row after row: a shortest path through what a row is made of.

A row is its number, its label, its figures, its note, each of which may be missing. What a cell is (a `2` may
number a row, be a figure, or end a name) is told by all rows together: numbers run on, and rows have as many
figures as the table has columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from extract.dump.cells.lines import Cell
from normalize.ordinals import Counts, Ordinal, succession_cost
from normalize.totals import begins_with_sum
from normalize.unicode import fold

_BEAM, _HOPELESS = 24, 5.0  # beginnings followed up, and nats by which one may be dearer than the best
_WIDEST = 24  # columns of figures
_MOST_WIDTHS = 4  # tried, the commonest first
_HALVED = 3  # columns: rows of more may be two each, counts and their shares
# Nats. A row as wide as the table; one that lacks figures, and for each that lacks; one without any.
_FULL, _LACKS, _EACH, _BARE = -1.0, 0.8, 0.2, 0.6
# A row without a number, where rows have numbers; one that a total's word opens; one without label, too.
_UNNUMBERED, _TOTAL, _UNLABELLED, _OTHER_KIND = 1.4, 0.3, 5.0, 0.5
_MOSTLY_SHARES = 0.8  # of the figures in rows of shares
_NO_LABEL = 1.2  # a row number with no words after it
_BULLET = 0.3  # an item of a list for a row's number
_FIRST_BULLET = 1.5  # one alone on its line where no row has had a number yet: it is an empty cell
# A figure for a word: one with words on its line, one with marks so, one alone on its line.
_IN_NAME, _MARKED_IN_NAME, _ALONE_IN_NAME = 0.3, 1.5, 6.0
_AMOUNT_IN_NAME = 12.0  # one alone on its line with a mark, that words never are
_NUMBER_AS_FIGURE = 1.5  # the next row's number, with words or the number after that behind it
_STRAY = 4.0  # a figure alone on its line that a page's reader wrote late, after another row
_BULLET_IN_NAME = 0.2  # a dash before words that go on
_NAME_AS_FIGURE = 1.5  # a small figure after words on their line for a column's
_KIND_AS_FIGURE = 2.5  # one that says which kind of a thing (`loại` over `2`)
_NOTE, _MORE_NOTE = 0.7, 0.1
_IN_HEADER, _IN_TAIL, _WORD_AFTER, _ENDS = 1.5, 2.5, 0.1, 0.5
_NUMBER_AS_WORD = 0.8  # a line of nothing but a section's number or letter
_SECTION_IN_HEADER = 1.5  # `I` or `A` over the first row
_TOTAL_INSIDE = 1.0  # a total's word within a label or note
_GOES_ON = 0.5  # a label without number that begins in small letters
_NOT_THE_FIRST = 1.5  # nats more of a first number that is not the first
_BARE_AGAIN = 1.6  # the second row without figures, and each more
_MOST_SIGNS = 2  # of a small figure that may belong to a name


class Part(IntEnum):
    """What a cell is in its table."""

    HEADER = 0
    NUMBER = 1
    LABEL = 2
    FIGURE = 3
    NOTE = 4
    TAIL = 5


@dataclass(frozen=True, slots=True)
class CellRow:
    """A row's cells by their parts: its number or None, label, figures, note."""

    number: Cell | None
    label: tuple[Cell, ...]
    figures: tuple[Cell, ...]
    note: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CellTable:
    """The rows of a table of `width` columns of figures, what they cost in nats, and the cells before the
    first and after the last."""

    rows: tuple[CellRow, ...]
    width: int
    cost: float
    header: tuple[Cell, ...]
    tail: tuple[Cell, ...]


@dataclass(slots=True)
class _State:
    cost: float
    part: Part
    count: int  # figures of the row so far
    counts: Counts
    bare: bool  # whether the row before had no figures
    percent: bool  # whether the row's figures are percentages
    starts: bool  # whether the cell begins a row
    before: _State | None


def cell_table(cells: Sequence[Cell]) -> CellTable | None:
    """The table whose rows explain the cells best, of as many columns as runs of figures tell; None where
    no runs tell."""
    best: CellTable | None = None
    for width in _widths(cells):
        if best and width != best.width / 2 and _is_clear(best):
            continue
        state = _search(cells, width)
        if state is not None and (best is None or state.cost < best.cost):
            table = _table(cells, state, width)
            best = table if best is None or _are_shares(table) else best
    return best


def _are_shares(table: CellTable) -> bool:
    """Whether rows of figures without a name, below others, hold nothing but shares: else they are the second
    halves of rows that were cut in two."""
    rows = [row for row in table.rows if row.figures and not (row.number or row.label)]
    figures = [cell.text for row in rows for cell in row.figures]
    return sum("%" in text or not text.strip("-–") for text in figures) >= _MOSTLY_SHARES * len(figures)


def _is_clear(table: CellTable) -> bool:
    """Whether no other width is worth trying, but that of rows which are two each."""
    return table.cost < 0 and all(len(row.figures) in (0, table.width) for row in table.rows)


def _widths(cells: Sequence[Cell]) -> list[int]:
    """How many columns there may be: the commonest lengths of runs of figures, and one less, as the last may
    be the next row's number."""
    runs: Counter[int] = Counter()
    length = marked = longest = 0
    for cell in (*cells, None):
        if cell is not None and cell.is_figure:
            length += 1
            marked += not cell.text.isdigit()
            continue
        if length:
            runs[length] += 1
            runs[length - 1] += 1
        longest = max(longest, length - 1 if marked == length - 1 else marked)
        length = marked = 0
    likely = sorted((w for w in runs if 1 <= w <= _WIDEST), key=lambda w: (-runs[w] * w, w))
    halves = [w // 2 for w in likely[:2] if w > _HALVED and not w % 2]
    offers = dict.fromkeys((*likely[:_MOST_WIDTHS], *halves, longest))
    return [width for width in offers if 1 <= width <= _WIDEST]


def _search(cells: Sequence[Cell], width: int) -> _State | None:
    states = [_State(0.0, Part.HEADER, 0, Counts(), False, False, False, None)]
    for i, cell in enumerate(cells):
        following = cells[i + 1] if i + 1 < len(cells) else None
        best: dict[tuple[Part, int, Counts, bool, bool], _State] = {}
        for state in states:
            for new in _steps(state, cell, following, width):
                key = (new.part, new.count, new.counts, new.bare, new.percent)
                if key not in best or new.cost < best[key].cost:
                    best[key] = new
        likely = sorted(best.values(), key=lambda s: s.cost)[:_BEAM]
        states = [state for state in likely if state.cost <= likely[0].cost + _HOPELESS]
    for state in states:
        state.cost += _closing(state, width)
    return min(states, key=lambda s: s.cost, default=None)


def _closing(state: _State, width: int) -> float:
    """What it costs that a row ends here."""
    if state.part in (Part.HEADER, Part.TAIL):
        return 0.0
    if not state.count:
        return _BARE_AGAIN if state.bare else _BARE
    return _FULL if state.count == width else _LACKS + _EACH * (width - state.count)


def _steps(state: _State, cell: Cell, following: Cell | None, width: int) -> Iterator[_State]:
    """The states after a cell."""
    yield _outside(state, cell, width)
    if state.part == Part.TAIL:
        return
    if cell.ordinal or cell.is_bullet:
        yield from _numbers(state, cell, following, width)
    yield from _words(state, cell, width)
    if cell.is_figure:
        yield from _figures(state, cell, following, width)


def _outside(state: _State, cell: Cell, width: int) -> _State:
    """The cell as one of the header, or one after the table."""
    figure = cell.is_figure and cell.tokens[0].kind == "figure"
    if state.part == Part.HEADER:
        first = cell.ordinal is not None and cell.ordinal.value[-1] == 1 and not cell.is_figure
        cost = state.cost + (_IN_HEADER if figure else _SECTION_IN_HEADER if first else 0.0)
        return _State(cost, Part.HEADER, 0, Counts(), False, False, False, state)
    ends = 0.0 if state.part == Part.TAIL else _ENDS + _closing(state, width)
    cost = state.cost + ends + (_IN_TAIL if figure else _WORD_AFTER)
    return _State(cost, Part.TAIL, 0, Counts(), False, False, False, state)


def _numbers(state: _State, cell: Cell, following: Cell | None, width: int) -> Iterator[_State]:
    """The cell as a row's number."""
    cost = state.cost + _closing(state, width)
    if following is None or following.is_figure:
        cost += _NO_LABEL
    bare = state.part != Part.HEADER and not state.count
    if cell.is_bullet:
        first = _FIRST_BULLET if state.counts.last is None and not cell.glued else 0.0
        yield _State(cost + _BULLET + first, Part.NUMBER, 0, state.counts, bare, False, True, state)
    if cell.ordinal is None:
        return
    follows, counts = state.counts.followed(cell.ordinal, cell.text)
    if state.counts.last is None and cell.ordinal.value[-1] != 1:
        follows += _NOT_THE_FIRST
    yield _State(cost + follows, Part.NUMBER, 0, counts, bare, False, True, state)


def _words(state: _State, cell: Cell, width: int) -> Iterator[_State]:
    """The cell as words: of the label that the row has or begins with, or of its note."""
    opens_total = not cell.is_figure and begins_with_sum(fold(cell.text))
    cost = state.cost + (_as_word(cell) if cell.is_figure else _NUMBER_AS_WORD if cell.ordinal else 0.0)
    if state.part in (Part.NUMBER, Part.LABEL):
        more = _TOTAL_INSIDE if opens_total and state.part == Part.LABEL else 0.0
        yield _State(cost + more, Part.LABEL, 0, state.counts, state.bare, False, False, state)
    if state.part in (Part.FIGURE, Part.NOTE):
        more = (_NOTE if state.part == Part.FIGURE else _MORE_NOTE) + (_TOTAL_INSIDE if opens_total else 0.0)
        if cell.is_figure and not cell.glued:
            cost = state.cost + _STRAY
        yield _State(
            cost + more, Part.NOTE, state.count, state.counts, state.bare, state.percent, False, state
        )
    if state.part in (Part.FIGURE, Part.NOTE, Part.HEADER) and not cell.is_figure:
        begins = _TOTAL if opens_total else _UNNUMBERED
        goes_on = _GOES_ON if cell.text[:1].islower() else 0.0
        cost += _closing(state, width) + begins + goes_on
        yield _State(cost, Part.LABEL, 0, state.counts, False, False, True, state)


def _as_word(cell: Cell) -> float:
    text = cell.text
    if not cell.glued:
        return _ALONE_IN_NAME if text.rstrip("%").isdigit() else _AMOUNT_IN_NAME
    if cell.is_bullet:
        return _BULLET_IN_NAME
    return _IN_NAME if len(text) <= _MOST_SIGNS and text.isdigit() else _MARKED_IN_NAME


def _figures(state: _State, cell: Cell, following: Cell | None, width: int) -> Iterator[_State]:
    """The cell as the row's next figure, or as the first of a row without number and label."""
    cost = state.cost
    if cell.ordinal and following and state.counts.last and _ends_number(cell.ordinal, following):
        cost += _NUMBER_AS_FIGURE if succession_cost(state.counts.last, cell.ordinal) == 0 else 0.0
    if cell.glued and len(cell.text) <= _MOST_SIGNS and cell.text.isdigit():
        cost += _KIND_AS_FIGURE if cell.in_name else _NAME_AS_FIGURE
    percent = "%" in cell.text
    if state.part in (Part.NUMBER, Part.LABEL, Part.FIGURE) and state.count < width:
        kind = percent or state.percent
        yield _State(cost, Part.FIGURE, state.count + 1, state.counts, state.bare, kind, False, state)
    if state.part == Part.FIGURE and state.count == width:
        cost += _FULL + (_OTHER_KIND if percent and not state.percent else _UNLABELLED)
        yield _State(cost, Part.FIGURE, 1, state.counts, False, percent, True, state)


def _ends_number(number: Ordinal, following: Cell) -> bool:
    """Whether what follows may follow a row's number: words, or the number of the row after it."""
    if not following.is_figure:
        return True
    return following.ordinal is not None and succession_cost(number, following.ordinal) == 0


def _table(cells: Sequence[Cell], state: _State, width: int) -> CellTable:
    """The rows of a path."""
    parts: list[tuple[Part, bool]] = []
    here: _State | None = state
    while here is not None and here.before is not None:
        parts.append((here.part, here.starts))
        here = here.before
    parts.reverse()
    rows: list[list[tuple[Part, Cell]]] = []
    header, tail = list[Cell](), list[Cell]()
    for cell, (part, starts) in zip(cells, parts, strict=True):
        if part == Part.HEADER:
            header.append(cell)
        elif part == Part.TAIL:
            tail.append(cell)
        elif starts:
            rows.append([(part, cell)])
        else:
            rows[-1].append((part, cell))
    return CellTable(tuple(map(_row, rows)), width, state.cost, tuple(header), tuple(tail))


def _row(cells: Sequence[tuple[Part, Cell]]) -> CellRow:
    def of(part: Part) -> tuple[Cell, ...]:
        return tuple(cell for own, cell in cells if own == part)

    return CellRow(next(iter(of(Part.NUMBER)), None), of(Part.LABEL), of(Part.FIGURE), of(Part.NOTE))

"""Columns whose rules a worn copy lost: told by white between figures in ruled cells and by bars in white."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from extract.tables.counted import counts_rows
from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.printed import Line, names_section, printed_lines, type_size
from extract.tables.rivers import columns_of
from model.geometry import Box
from model.page import Word
from normalize.numbering import is_part_of_numbering
from normalize.ordinals import is_ordinal

_USUAL = 0.4
"""Share of a table's rows in which cells reach over the same columns, from which these are looked at as one:
of a faint fax's header some rules stay, its rows are ruled in one."""

_FEWEST_ROWS = 3
"""Printed rows with figures side by side in one ruled cell each, from which they are columns."""

_FEWEST_LINES = 12
"""Printed lines of texts, the header's too, beside white all the way down, from which they are two columns:
lines of one text are filled up to its right side."""

_FEWEST_WORDS, _OF_LINES = 2, 4
"""Words of a column beside rows of figures, below which they are dirt; one in so many lines of texts has
words on either side of white that parts them: a piece of a heading that a rule cut has none below it."""

_MOST_ROWS = 0.6
"""Share of the ruled rows that must hold such a printed row: notes and sections are rows, too."""

_EVEN = 0.3
"""Of the type size, within which figures set to the right end."""

_BARS = frozenset("|¦")
"""What a reader makes of pieces of a standing rule."""

_SLACK = 1.0
"""Points by which read ink may reach over an edge that lies in white."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """Columns `first` to `last` that are one in most rows, and what is printed in them: the `head` lines over
    the first row, the `body` lines from there on, and pieces of rules that were read as `bars`. `beside` is
    the white between figures set to the right and the rule beside them in the table's other columns;
    `white_tells`: the lines are rows, or as many as no text has with white in the same place."""

    first: int
    last: int
    head: tuple[Line, ...]
    body: tuple[Line, ...]
    bars: tuple[Box, ...]
    beside: float | None
    white_tells: bool


def with_lost_columns(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """`lattice` with further columns where figures stand side by side within its cells, row after row, with
    white down the whole body between them, or a piece of a rule in white. Words and lattice in points.

    The cells of the body are cut there, others (headings, sections) only where none of their pieces of print
    runs over the edge.
    """
    inside = [w for w in words if lattice.box.contains_point(*w.box.center)]
    inside, bars = _without_bars(inside)
    if not inside:
        return lattice
    em = type_size(inside)
    foot = _foot(printed_lines(inside, em), lattice.box.y0)
    for over in sorted(_usual(lattice), reverse=True):
        strip = _strip(lattice, over, (inside, bars), foot, em)
        edges = _edges(strip, em) if strip.body else ()
        if edges:
            lattice = _cut(lattice, strip, edges, inside, em)
    return lattice


def _without_bars(words: Sequence[Word]) -> tuple[list[Word], list[Box]]:
    """The words without the bars among them or before them (`|Ea Kly`), and where the bars stand."""
    kept: list[Word] = []
    bars: list[Box] = []
    for word in words:
        text = word.text.lstrip("".join(_BARS))
        if not text:
            bars.append(word.box)
            continue
        box, gone = word.box, len(word.text) - len(text)
        if gone:
            start = box.x0 + gone * box.width / len(word.text)
            bars.append(replace(box, x1=start))
            word = replace(word, text=text, box=replace(box, x0=start))
        kept.append(word)
    return kept, bars


def _foot(lines: Sequence[Line], top: float) -> float:
    """Where the row of column numbers over the first row of figures ends; `top` where there is none."""
    for line in lines:
        if is_part_of_numbering([c.text for c in line.chunks]):
            top = line.box.y1
        elif line.seed:
            break
    return top


def _usual(lattice: Lattice) -> list[tuple[int, int]]:
    """The first and last column of what cells reach over in many rows, none in two of them."""
    rows: Counter[tuple[int, int]] = Counter()
    for cell in lattice.cells:
        rows[cell.col, cell.col + cell.col_span - 1] += cell.row_span
    found: list[tuple[int, int]] = []
    for (first, last), n in sorted(rows.items(), key=lambda item: (-item[1], item[0])):
        if n >= _USUAL * lattice.n_rows and not any(first <= b and a <= last for a, b in found):
            found.append((first, last))
    return found


def _strip(
    lattice: Lattice,
    over: tuple[int, int],
    print_: tuple[Sequence[Word], Sequence[Box]],
    foot: float,
    em: float,
) -> _Strip:
    """What is printed in some columns, out of a table's words and bars; without a body where hardly a row has
    figures side by side, no bar is and the texts are few. Down to `foot` stand column numbers, in the middle
    of columns whose figures are set to the right."""
    left, right = lattice.col_edges[over[0]], lattice.col_edges[over[1] + 1]
    words, bars = print_
    lines = printed_lines([w for w in words if left < w.box.center[0] < right], em)
    own = tuple(bar for bar in bars if left + em < bar.center[0] < right - em)
    rows = _rows(lattice, lines, foot)
    body = [
        line
        for i, line in enumerate(lines)
        if i in rows or (rows and i > rows[0] and not names_section(line))
    ]
    tells = bool(rows) or len(lines) >= _FEWEST_LINES
    if not rows and (own or tells):
        body = lines
    head = lines[: rows[0]] if rows else []
    return _Strip(*over, tuple(head), tuple(body), own, _white_beside(lattice, words, foot, em), tells)


def _white_beside(lattice: Lattice, words: Sequence[Word], foot: float, em: float) -> float | None:
    """How far the figures of ruled columns that are set to the right stand from the rule there; None where no
    column is."""
    found = []
    for left, right in itertools.pairwise(lattice.col_edges):
        own = [w.box for w in words if left < w.box.x0 and w.box.x1 < right and w.box.y0 > foot]
        if _is_set_right(own, em):
            found.append(right - max(box.x1 for box in own))
    return median(found) if found else None


def _is_set_right(boxes: Sequence[Box], em: float) -> bool:
    """Whether what is printed over each other ends in one line, and begins in none."""
    if len(boxes) < _FEWEST_ROWS:
        return False
    ends, starts = [box.x1 for box in boxes], [box.x0 for box in boxes]
    return max(ends) - min(ends) <= _EVEN * em < max(starts) - min(starts)


def _rows(lattice: Lattice, lines: Sequence[Line], foot: float) -> list[int]:
    """Which of a strip's lines are rows of figures side by side, or of numbers that count on; none where too
    few of the ruled rows have one."""
    lower = [(i, line) for i, line in enumerate(lines) if line.box.center[1] > foot]
    firsts = [(i, line.chunks[0].text) for i, line in lower if is_ordinal(line.chunks[0].text)]
    numbers = [text for _, text in firsts]
    counted = [i for i, _ in firsts] if counts_rows(numbers) or _count_on(numbers) else []
    rows = sorted({*(i for i, line in lower if line.seed), *counted})
    ruled = {bisect_left(lattice.row_edges, lines[i].box.center[1]) for i in rows}
    enough = len(rows) >= _FEWEST_ROWS and len(ruled) >= _MOST_ROWS * (len(lattice.row_edges) - min(ruled))
    return rows if enough else []


def _count_on(texts: Sequence[str]) -> bool:
    """Whether texts are three and more whole numbers, each one more than the one before: the last rows of a
    table on another page."""
    numbers = [int(text) for text in texts if text.isdecimal()]
    steps = [b - a for a, b in itertools.pairwise(numbers)]
    return len(numbers) == len(texts) >= _FEWEST_ROWS and set(steps) == {1}


def _edges(strip: _Strip, em: float) -> tuple[float, ...]:
    """Where the columns of a strip meet: at bars in the white of all its lines, else within the white of the
    body where the names over them part best."""
    at_bars = [bar.center[0] for bar in strip.bars if _is_in_white(bar, strip)]
    cols = columns_of(strip.body, em, strip.head) if strip.white_tells else None
    columns: list[list[Box]] = [[] for _ in (cols or ())[1:]]
    for box in (w.box for line in strip.body for w in line.words if cols):
        columns[min(max(bisect_right(cols or (), box.center[0]) - 1, 0), len(columns) - 1)].append(box)
    edges = [float("-inf")]
    seeds = any(line.seed for line in strip.body)
    least = _FEWEST_WORDS if seeds else max(_FEWEST_ROWS, len(strip.body) // _OF_LINES)
    for own, after in itertools.pairwise(own for own in columns if len(own) >= least):
        left, right = Box.union(own), Box.union(after)
        likely = (left.x1 + right.x0) / 2
        if strip.beside is not None and _is_set_right(own, em):
            likely = min(likely, left.x1 + strip.beside)
        bar = next((x for x in at_bars if left.x1 < x < right.x0), None)
        edges.append(_between_names(strip.head, edges[-1], (left, right), likely) if bar is None else bar)
    return tuple(sorted({*edges[1:], *_apart(at_bars, edges[1:], em)}))


def _is_in_white(bar: Box, strip: _Strip) -> bool:
    """Whether several lines stand on either side of a bar, and no word runs over where it is."""
    x, lines = bar.center[0], (*strip.head, *strip.body)
    before = sum(any(w.box.x1 <= x for w in line.words) for line in lines)
    after = sum(any(w.box.x0 >= x for w in line.words) for line in lines)
    over = any(_runs_over(w.box, x) for line in lines for w in line.words)
    return min(before, after) >= _FEWEST_ROWS and not over


def _apart(places: Sequence[float], edges: Sequence[float], em: float) -> list[float]:
    """Those of the places that lie an em and more from the edges and from each other."""
    found = list(edges)
    for x in sorted(places):
        if all(abs(x - other) >= em for other in found):
            found.append(x)
    return found[len(edges) :]


def _between_names(head: Sequence[Line], start: float, bodies: tuple[Box, Box], likely: float) -> float:
    """Where in the white between the `bodies` of two columns, the left one beginning at `start`, they meet. A
    name that runs over the edge speaks against a place, and so does a line of two names or column numbers on
    one side of it; of places that are as good the one nearest to the `likely` one."""
    left, right = bodies
    white = left.x1, right.x0
    lines = [[c.box for c in n.chunks if start < c.box.x1 and c.box.center[0] < right.x1] for n in head]
    ends = {x for line in lines for box in line for x in (box.x0, box.x1) if white[0] < x < white[1]}

    def against(x: float) -> int:
        over = sum(_runs_over(box, x) for line in lines for box in line)
        sides = [[box.center[0] > x for box in line] for line in lines]
        return over + sum(len(own) > 1 and len(set(own)) == 1 for own in sides)

    gaps = itertools.pairwise(sorted({*white, *ends}))
    nearest = [
        (min(max(likely, a + _SLACK), b - _SLACK) if b - a > 2 * _SLACK else (a + b) / 2) for a, b in gaps
    ]
    return min(nearest, key=lambda x: (against(x), abs(x - likely)), default=likely)


def _cut(
    lattice: Lattice, strip: _Strip, edges: Sequence[float], words: Sequence[Word], em: float
) -> Lattice:
    """The lattice with a strip cut at `edges`; one that it has already, in the same white, is that."""
    inner = lattice.col_edges[strip.first + 1 : strip.last + 1]
    at = [next((x for x in inner if _same_white(x, edge, strip.body)), edge) for edge in edges]
    cols = tuple(sorted({*lattice.col_edges, *at}))
    place = {x: k for k, x in enumerate(cols)}
    start = strip.body[0].box.y0
    cells: list[LatticeCell] = []
    for cell in lattice.cells:
        left, right = (lattice.col_edges[k] for k in (cell.col, cell.col + cell.col_span))
        own = [x for x in at if left < x < right and _parts(cell, x, words, start, em)]
        for a, b in itertools.pairwise([left, *own, right]):
            box = replace(cell.box, x0=cell.box.x0 if a == left else a, x1=cell.box.x1 if b == right else b)
            cells.append(replace(cell, col=place[a], col_span=place[b] - place[a], box=box))
    ordered = tuple(sorted(cells, key=lambda c: (c.row, c.col)))
    return replace(lattice, col_edges=cols, cells=ordered)


def _same_white(x: float, edge: float, body: Sequence[Line]) -> bool:
    """Whether no print of the body lies between two heights of x."""
    low, high = sorted((x, edge))
    return not any(w.box.x0 < high and w.box.x1 > low for line in body for w in line.words)


def _parts(cell: LatticeCell, x: float, words: Sequence[Word], start: float, em: float) -> bool:
    """Whether a column's edge parts a cell: in the body (from the height `start` on) where no word runs over
    it, above where no piece of a line does."""
    lines = printed_lines([w for w in words if cell.box.contains_point(*w.box.center)], em)
    body = [w for line in lines if line.box.y1 > start and not names_section(line) for w in line.words]
    pieces = [w.box for w in body] or [c.box for line in lines for c in line.chunks]
    return not any(_runs_over(box, x) for box in pieces)


def _runs_over(box: Box, x: float) -> bool:
    return box.x0 < x - _SLACK and x + _SLACK < box.x1

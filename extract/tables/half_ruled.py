"""Tables with rules between columns but not between rows: tall ruled rows cut into the printed ones."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from extract.tables.assign import place_words, printed_rows
from extract.tables.counted import counts_rows, is_one_row_headed
from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.printed import printed_lines, type_size
from extract.tables.row_glue import Body, body_rows
from extract.tables.whitespace import Region
from model.geometry import Box
from model.page import Word
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal, is_ordinal_head, read_ordinal, succession_cost
from normalize.totals import is_total_label

# Stacked figures that must stand side by side in two columns before a ruled row counts as several: two
# figures over each other are one stacked cell (a score and its change), three are rows.
_FEWEST_ROWS = 3

# Share of a ruled row's columns that its own cells must cover: one whose rules below were lost, too, goes on
# in the next row.
_COVERED = 0.75

# Share of the columns over which a border between rows is open from which the rule on it may be a rest of one
# that was lost: rows of a header and entries of several rows hold one text in each cell that goes over it.
_OPEN = 0.5


# Nats that the number of a row costs under that of the row above: a section's `II` under `5` costs 0.2.
_FOLLOWS = 0.2

# Share of a line's height above and below in which only marks and tails of its letters are.
_HEM = 0.2
# Of the type size: no row of one line is so low.
_LOW = 0.8


def with_printed_rows(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """`lattice` with every tall row that holds several printed rows cut into them; else unchanged.

    Words and lattice in points. A row is cut when at least two of its columns hold three or more figures
    or ordinals over each other (two, where the first column stacks ordinals), or the first column counts on
    from number to number. Rows between which hardly a piece of a rule is left are one tall row. What is
    printed over the first row of a table is its header.
    """
    lattice = _with_whole_bands(lattice, words)
    placed = place_words(lattice, words)
    counting = counts_rows(_first_texts(lattice, placed))
    rows = range(lattice.n_rows)
    cuts = {row: inner for row in rows if (inner := _row_cuts(lattice, row, placed, counting))}
    return _cut(lattice, cuts) if cuts else lattice


def _first_texts(lattice: Lattice, placed: Sequence[Sequence[Word]]) -> list[str]:
    """The printed lines of the first column, from the top down. `placed` are the words of each cell."""
    first = sorted(
        ((c, own) for c, own in zip(lattice.cells, placed) if not c.col), key=lambda member: member[0].row
    )
    return [text for _, own in first for text in _line_texts(own)]


def _row_cuts(
    lattice: Lattice, row: int, per_cell: Sequence[Sequence[Word]], counting: bool
) -> tuple[float, ...]:
    """The heights at which a row is to be cut; none where it is one row, or its cells are not its own.
    `per_cell` are the words of each cell; `counting`: the first column counts the table's rows."""
    own_row = [(c, w) for c, w in zip(lattice.cells, per_cell) if c.row == row and c.row_span == 1]
    members = sorted(own_row, key=lambda m: m[0].col)
    covered = sum(c.col_span for c, _ in members)
    if covered < _COVERED * lattice.n_cols or len(members) < 2 or members[0][0].col:
        return ()
    return _inner_edges(lattice, [c for c, _ in members], [own for _, own in members], counting)


def _inner_edges(
    lattice: Lattice, cells: Sequence[LatticeCell], words: Sequence[Sequence[Word]], counting: bool
) -> tuple[float, ...]:
    """The heights at which a ruled row's cells (from left to right, each with its words) are to be cut; none
    where it is one row. `counting`: the first column counts the table's rows, however they are ruled."""
    texts = [_line_texts(own) for own in words]
    if cells[0].row <= 1 and is_one_row_headed(texts[0]):
        return _under_header(words)
    counted = counts_rows(texts[0]) or _run_on(texts[0])
    counted = counted or (counting and sum(map(is_ordinal, texts[0])) > 1)
    fewest = 2 if counted or (len(texts[0]) >= 2 and all(map(is_ordinal, texts[0]))) else _FEWEST_ROWS
    if not counted and sum(_stacked(lines, fewest) for lines in texts) < 2:
        return ()
    torn = torn_head(texts[0]) if counting else 0
    first = [w for line in printed_rows(words[0])[torn:] for w in line]
    body = _printed_body(lattice, cells, [*first, *(w for own in words[1:] for w in own)])
    if len(body.edges) <= fewest:
        return ()
    # Figures that a narrow column broke (`165.5` over `00`) look like rows, lower than a line: there are as
    # many as numbers.
    low = min(b - a for a, b in itertools.pairwise(body.edges)) < _LOW * type_size(
        [w for own in words for w in own]
    )
    # A count tells the rows of names on several lines, too; but a total has no number.
    ends = low or (counting and not any(is_total_label(line) for lines in texts for line in lines))
    if ends and all(map(is_ordinal, texts[0])) and len(body.edges) - 1 > len(texts[0]) >= 2:
        return _between_numbers(words)
    return body.edges[:-1] if cells[0].row == 0 and _is_headed(body, words) else body.edges[1:-1]


def torn_head(texts: Sequence[str]) -> int:
    """How many of the first column's lines are pieces of its head (`ST` over `T`), of which the `T` is no
    row; a head that is whole tells its row."""
    named = list(itertools.takewhile(lambda line: not any(map(str.isdigit, line)), texts))
    return 0 if any(map(is_ordinal_head, named)) else len(named)


def _run_on(texts: Sequence[str]) -> bool:
    """Whether texts are the numbers of rows and of sections under each other (`4` over `4.1`, `5.2` over
    `6`): a row has but one."""
    numbers = [read_ordinal(text) for text in texts]
    follow = all(succession_cost(a, b) <= _FOLLOWS for a, b in itertools.pairwise(numbers))
    levels = {(n.kind, len(n.value)) for n in numbers if n is not None}
    return len(levels) > 1 and None not in numbers and follow


def _under_header(words: Sequence[Sequence[Word]]) -> tuple[float, ...]:
    """The height between a header and the only row below it, whose number is the last line of the first
    column; none where print of the one stands beside the other's. The lines of the row's cells lie round the
    number, as print between rules does; of heights that are as good that with the widest white is taken."""
    columns = [[Box.union(word.box for word in line) for line in printed_rows(own)] for own in words]
    *head, number = columns[0]
    lines = sorted((box.y0 + _HEM * box.height, box.y1 - _HEM * box.height) for own in columns for box in own)
    feet = itertools.accumulate((foot for _, foot in lines), max)
    white = [(top - foot, (top + foot) / 2) for foot, (top, _) in zip(feet, lines[1:])]
    between = [gap for gap in white if gap[0] > 0 and head[-1].center[1] < gap[1] < number.center[1]]

    def off(height: float) -> int:
        below = [Box.union(own) for own in ([b for b in c if b.center[1] > height] for c in columns) if own]
        return round(sum(abs(box.center[1] - number.center[1]) for box in below) / number.height)

    return (min(between, key=lambda gap: (off(gap[1]), -gap[0]))[1],) if between else ()


def _between_numbers(words: Sequence[Sequence[Word]]) -> tuple[float, ...]:
    """The heights between the row numbers of the first column, each in white over all columns where the lines
    above are near the number above and those below near the one below; none where print lies in the way."""
    columns = [[Box.union(word.box for word in line) for line in printed_rows(own)] for own in words]
    lines = sorted((box.y0 + _HEM * box.height, box.y1 - _HEM * box.height) for own in columns for box in own)
    feet = list(itertools.accumulate((foot for _, foot in lines), max))
    white = [(top + foot) / 2 for foot, (top, _) in zip(feet, lines[1:]) if top > foot]
    middles = [(top + foot) / 2 for top, foot in lines]
    heights = [
        _nearest_cut(white, middles, upper, lower)
        for upper, lower in itertools.pairwise(box.center[1] for box in columns[0])
    ]
    return tuple(h for h in heights if h is not None) if None not in heights else ()


def _nearest_cut(
    white: Sequence[float], middles: Sequence[float], upper: float, lower: float
) -> float | None:
    """Of the white heights between two numbers the one that leaves the lines nearest to their numbers."""
    inside = [y for y in middles if upper < y < lower]

    def off(height: float) -> float:
        return fsum(y - upper if y < height else lower - y for y in inside)

    between = [height for height in white if upper < height < lower]
    return min(between, key=off, default=None)


def _is_headed(body: Body, words: Sequence[Sequence[Word]]) -> bool:
    """Whether most columns hold print above a body's first row."""
    above = sum(any(w.box.y1 < body.edges[0] + w.box.height / 2 for w in own) for own in words)
    return above > _OPEN * len(words)


def _with_whole_bands(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """`lattice` with those rows made one again whose borders are open over most columns, where the cells that
    go over them hold more printed rows than there are ruled ones."""
    for first, last in reversed(_open_bands(lattice)):
        whole = _merged(lattice, first, last)
        per_cell = zip(whole.cells, place_words(whole, words))
        members = sorted(((c, w) for c, w in per_cell if c.row == first), key=lambda m: m[0].col)
        tall = {c.col for c in lattice.cells if c.row == first and c.row_span > last - first}
        texts = [_line_texts(own) for cell, own in members if cell.col in tall]
        if sum(_stacked(lines, max(_FEWEST_ROWS, last - first + 2)) for lines in texts) >= 2:
            lattice = whole
    for first, last in reversed(_overfull_bands(lattice, words)):
        whole = _merged(_parted_at(lattice, (first, last + 1)), first, last)
        placed = place_words(whole, words)
        if _row_cuts(whole, first, placed, counts_rows(_first_texts(whole, placed))):
            lattice = whole
    return lattice


def _overfull_bands(lattice: Lattice, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The runs of rows (first, last) in which cells of two columns hold more figures or ordinals over each
    other than there are ruled rows: some rules between these were lost in all columns, others in some."""
    placed = place_words(lattice, words)
    filled = [cell for cell, own in zip(lattice.cells, placed) if own]
    bands: Counter[tuple[int, int]] = Counter()
    for cell, own in zip(lattice.cells, placed):
        if cell.row_span > 1 and _stacked(_line_texts(own), max(_FEWEST_ROWS, cell.row_span + 1)):
            bands[_closed(filled, cell.row, cell.row + cell.row_span - 1)] += 1
    return sorted(band for band, n in bands.items() if n > 1)


def _closed(cells: Sequence[LatticeCell], first: int, last: int) -> tuple[int, int]:
    """The rows `first` to `last` and those that `cells` join to them."""
    while True:
        inside = [c for c in cells if c.row <= last and c.row + c.row_span > first]
        rows = min(c.row for c in inside), max(c.row + c.row_span for c in inside) - 1
        if rows == (first, last):
            return rows
        first, last = rows


def _parted_at(lattice: Lattice, edges: Sequence[int]) -> Lattice:
    """The lattice with all cells cut that go over some edges between rows."""
    cells: list[LatticeCell] = []
    for cell in lattice.cells:
        end = cell.row + cell.row_span
        bounds = [cell.row, *(e for e in edges if cell.row < e < end), end]
        for a, b in itertools.pairwise(bounds):
            top = cell.box.y0 if a == cell.row else lattice.row_edges[a]
            bottom = cell.box.y1 if b == end else lattice.row_edges[b]
            cells.append(replace(cell, row=a, row_span=b - a, box=replace(cell.box, y0=top, y1=bottom)))
    return replace(lattice, cells=tuple(sorted(cells, key=lambda c: (c.row, c.col))))


def _open_bands(lattice: Lattice) -> list[tuple[int, int]]:
    """The runs of rows (first, last) that borders part which cells over most columns go over."""
    open_over = [0] * (lattice.n_rows + 1)
    for cell in lattice.cells:
        for edge in range(cell.row + 1, cell.row + cell.row_span):
            open_over[edge] += cell.col_span
    bands: list[tuple[int, int]] = []
    for edge in range(1, lattice.n_rows):
        if open_over[edge] < _OPEN * lattice.n_cols:
            continue
        if bands and bands[-1][1] == edge - 1:
            bands[-1] = (bands[-1][0], edge)
        else:
            bands.append((edge - 1, edge))
    return bands


def _merged(lattice: Lattice, first: int, last: int) -> Lattice:
    """The lattice with rows `first` to `last` as one, its cells as wide as their columns allow."""
    inside = [c for c in lattice.cells if c.row <= last and c.row + c.row_span > first]
    if any(c.row < first or c.row + c.row_span > last + 1 for c in inside):
        return lattice
    over = {edge for c in inside for edge in range(c.col + 1, c.col + c.col_span)}
    bounds = [edge for edge in range(lattice.n_cols + 1) if edge not in over]
    top, bottom = lattice.row_edges[first], lattice.row_edges[last + 1]
    cells = []
    for a, b in itertools.pairwise(bounds):
        box = Box(lattice.col_edges[a], top, lattice.col_edges[b], bottom)
        cells.append(LatticeCell(first, a, 1, b - a, box))
    gone = last - first
    for cell in lattice.cells:
        if cell not in inside:
            cells.append(replace(cell, row=cell.row - gone if cell.row > last else cell.row))
    edges = (*lattice.row_edges[: first + 1], *lattice.row_edges[last + 1 :])
    ordered = sorted(cells, key=lambda c: (c.row, c.col))
    return Lattice(lattice.box, edges, lattice.col_edges, tuple(ordered), lattice.doubt)


def _line_texts(words: Sequence[Word]) -> list[str]:
    return ["".join(w.text for w in line) for line in printed_rows(words)]


def _stacked(texts: Sequence[str], fewest: int) -> bool:
    """Whether a cell holds at least `fewest` figures or ordinals over each other, and little else."""
    hits = sum(looks_numeric(t) or is_none_mark(t) or is_ordinal(t) for t in texts)
    return hits >= fewest and hits >= 0.8 * len(texts)


def _printed_body(lattice: Lattice, cells: Sequence[LatticeCell], words: Sequence[Word]) -> Body:
    """The printed rows of a ruled row, by ordinals and figures."""
    em = type_size(words)
    lines = printed_lines(words, em)
    edges = (*(c.box.x0 for c in sorted(cells, key=lambda c: c.col)), lattice.col_edges[-1])
    region = Region(tuple(lines), 0, len(lines) - 1, edges, None, (), em)
    return body_rows(region)


def _cut(lattice: Lattice, cuts: dict[int, tuple[float, ...]]) -> Lattice:
    """The lattice with further row edges in the rows of `cuts`."""
    shift = list(itertools.accumulate((len(cuts.get(r, ())) for r in range(lattice.n_rows)), initial=0))
    cells: list[LatticeCell] = []
    for cell in lattice.cells:
        inner = cuts.get(cell.row) if cell.row_span == 1 else None
        if inner is None:
            span = shift[cell.row + cell.row_span] - shift[cell.row] + cell.row_span
            cells.append(replace(cell, row=cell.row + shift[cell.row], row_span=span))
            continue
        bounds = (cell.box.y0, *inner, cell.box.y1)
        for i, (top, bottom) in enumerate(itertools.pairwise(bounds)):
            box = Box(cell.box.x0, top, cell.box.x1, bottom)
            cells.append(LatticeCell(cell.row + shift[cell.row] + i, cell.col, 1, cell.col_span, box))
    edges = tuple(sorted({*lattice.row_edges, *(y for ys in cuts.values() for y in ys)}))
    return Lattice(lattice.box, edges, lattice.col_edges, tuple(cells))

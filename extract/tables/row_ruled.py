"""Tables with rules between their rows but none between their columns: the rules tell rows and merged cells,
white space tells columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.tables.half_ruled import with_printed_rows
from extract.tables.head_edges import off_words
from extract.tables.header_blocks import shared_out
from extract.tables.ladder_head import blocks_of, first_counted, header_rows
from extract.tables.ladder_parts import begins_table, between_rows, table_starts
from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.lost_borders import with_lost_borders
from extract.tables.printed import Line, printed_lines, type_size
from extract.tables.rivers import columns_of, holds_figures, without_dust
from extract.tables.rules import Rule, coverage
from model.geometry import Box, Segment
from model.page import Word
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal_head

# Points. Rules of one table begin and end together; a sheet fed askew or bent shifts them by some points.
_TOLERANCE = 3.0
_DRIFT = 6.0
_FADED = 0.1  # of a rule's length
_GAP = 9.0  # of a broken rule; two tables side by side stand further apart
_DRAWN = 0.5  # share of a border that is inked
_WHOLE = 0.7  # share of a rule under a header that is inked at least
_FEWEST_RULES = 4  # of a header and two rows, the rest of a table on its last page
_RULES_OF_HEADED = 3  # of a header and a row or two
_WIDTH = 14.0  # em: the narrowest such table
_WIDE_PIECES = 2
_FEWEST_NAMES = 2  # under a heading over columns
_DIRT = 2  # signs of a text that names no columns, if they are no letters
_FEWEST_ROWS = 3
_FEW_FIGURES = 2  # of each row of a table that has fewer rows
_TEXT_EDGES = 4  # column edges of a table of texts, the first column of which is named as that of row numbers
_STACKED = 3
_FEWEST_UNREAD = 2  # rows of three pieces and more between rules, of which a letter has none
_MOST_STACKED = 0.3  # share of the rows that may hold figures over each other


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rules over each other that begin and end together: `full` from side to side, top down, `rules` with
    those between them that reach over some columns only."""

    full: tuple[Rule, ...]
    rules: tuple[Rule, ...]

    @property
    def left(self) -> float:
        return min(rule.start for rule in self.full)

    @property
    def right(self) -> float:
        return max(rule.end for rule in self.full)


@dataclass(frozen=True, slots=True)
class _Bands:
    """The rows between the rules. `edges` (n + 1 heights) ascend, `lines` are each row's printed lines,
    `drawn[e][c]` says whether edge e is ruled over column c, `cols` are the column edges, `head` counts the
    header's rows."""

    edges: tuple[float, ...]
    lines: tuple[tuple[Line, ...], ...]
    cols: tuple[float, ...]
    drawn: tuple[tuple[bool, ...], ...]
    head: int


def find_row_ruled(words: Sequence[Word], segments: Sequence[Segment]) -> list[Lattice]:
    """The tables among `words` (points) whose rows are parted by horizontal `segments`, from the top down.

    Needs at least four rules over each other (three round a header and a row), figures in a column of their
    own, and rows that hold one printed row each: a table with rules round its header only is left to white
    space alone.
    """
    em = type_size(words)
    found = []
    for ladder in _ladders(segments, _WIDTH * em, _RULES_OF_HEADED):
        inside = [w for w in words if _within(w, ladder, em)]
        for part in _parts(ladder, inside, em):
            lattice = _lattice(part, [w for w in inside if _within(w, part, em)], em)
            if lattice is not None and (
                len(ladder.full) > _RULES_OF_HEADED or _is_headed(ladder, inside, em)
            ):
                found.append(lattice)
    return sorted(found, key=lambda t: (t.box.y0, t.box.x0))


def bands_between(segments: Sequence[Segment], em: float) -> list[Box]:
    """The bands (points) between rules that may part a table's rows; `em` is the type size."""
    return [
        Box(ladder.left, upper.at, ladder.right, lower.at)
        for ladder in _ladders(segments, _WIDTH * em)
        for upper, lower in itertools.pairwise(ladder.full)
    ]


def bands_unread(segments: Sequence[Segment], tables: Sequence[Box], words: Sequence[Word]) -> bool:
    """Whether rules over each other part rows of print in several columns (points) that no table holds."""
    em = type_size(words)
    bands = [b for b in bands_between(segments, em) if not any(t.contains_point(*b.center) for t in tables)]
    parted = [printed_lines([w for w in words if band.contains_point(*w.box.center)], em) for band in bands]
    return sum(any(len(line.chunks) > _WIDE_PIECES for line in lines) for lines in parted) >= _FEWEST_UNREAD


def _within(word: Word, ladder: Ladder, em: float) -> bool:
    x, y = word.box.center
    return ladder.left - em < x < ladder.right + em and ladder.full[0].at < y < ladder.full[-1].at


def _ladders(segments: Sequence[Segment], width: float, fewest: int = _FEWEST_RULES) -> list[Ladder]:
    """Sets of at least `fewest` rules wider than `width` that share both ends."""
    rules = _rules(segments)
    groups: list[list[Rule]] = []
    for rule in rules:
        if rule.length < width:
            continue
        home = next((g for g in groups if _same_ends(g[-1], rule)), None)
        if home is None:
            groups.append([rule])
        else:
            home.append(rule)
    ladders: list[Ladder] = []
    for full in sorted(groups, key=lambda g: -g[0].length):
        if len(full) < fewest or any(full[0] in ladder.rules for ladder in ladders):
            continue
        left, right = min(r.start for r in full), max(r.end for r in full)
        own = [
            r
            for r in rules
            if full[0].at <= r.at <= full[-1].at and left - _DRIFT < r.start and r.end < right + _DRIFT
        ]
        ladders.append(Ladder(tuple(full), tuple(own)))
    return ladders


def _same_ends(a: Rule, b: Rule) -> bool:
    """Whether two rules begin and end together; a tenth of one may have faded at one end."""
    apart = sorted((abs(a.start - b.start), abs(a.end - b.end)))
    return apart[0] <= _DRIFT and apart[1] <= max(_DRIFT, _FADED * min(a.length, b.length))


def _rules(segments: Sequence[Segment]) -> list[Rule]:
    """Horizontal rules from the top down: pieces at one height with small gaps between them."""
    pieces = sorted(((s.y0 + s.y1) / 2, min(s.x0, s.x1), max(s.x0, s.x1)) for s in segments if s.horizontal)
    heights: list[list[tuple[float, float, float]]] = []
    for piece in pieces:
        if heights and piece[0] - heights[-1][-1][0] <= _TOLERANCE:
            heights[-1].append(piece)
        else:
            heights.append([piece])
    rules: list[Rule] = []
    for level in heights:
        run: list[tuple[float, float, float]] = []
        for piece in sorted(level, key=lambda p: p[1]):
            if run and piece[1] - max(p[2] for p in run) > _GAP:
                rules.append(_rule(run))
                run = []
            run.append(piece)
        rules.append(_rule(run))
    return sorted(rules, key=lambda r: (r.at, r.start))


def _rule(run: Sequence[tuple[float, float, float]]) -> Rule:
    longest = max(run, key=lambda p: p[2] - p[1])
    return Rule(longest[0], run[0][1], max(p[2] for p in run), tuple((p[1], p[2]) for p in run))


def _parts(ladder: Ladder, words: Sequence[Word], em: float) -> list[Ladder]:
    """The ladder cut where a second table of the same width begins."""
    bands = [
        printed_lines([w for w in words if a.at < w.box.center[1] < b.at], em)
        for a, b in itertools.pairwise(ladder.full)
    ]
    cuts = table_starts(bands, em)
    if len(cuts) == 1:
        return [ladder]
    parts = []
    for first, last in zip(cuts, [*(c - 1 for c in cuts[1:]), len(bands)]):
        full = ladder.full[first : last + 1]
        own = tuple(r for r in ladder.rules if full[0].at <= r.at <= full[-1].at)
        parts.append(Ladder(full, own))
    return parts


def _lattice(ladder: Ladder, words: Sequence[Word], em: float) -> Lattice | None:
    bands = _bands(_with_parted_rows(ladder, words, em), words, em)
    if bands is None:
        return None
    spans = {**_wide_rows(bands), **_headings(bands, em)}
    cells = _cells(bands, spans)
    box = Box(bands.cols[0], bands.edges[0], bands.cols[-1], bands.edges[-1])
    lattice = with_printed_rows(Lattice(box, bands.edges, bands.cols, tuple(cells)), words)
    return with_lost_borders(lattice, words)


def _is_headed(ladder: Ladder, words: Sequence[Word], em: float) -> bool:
    """Whether what stands between the first two rules is the header of what stands under them."""
    pairs = itertools.pairwise(ladder.full)
    bands = [printed_lines([w for w in words if a.at < w.box.center[1] < b.at], em) for a, b in pairs]
    return begins_table(bands, em)


def _with_parted_rows(ladder: Ladder, words: Sequence[Word], em: float) -> Ladder:
    """A ladder of three rules with one between two rows that stand under the header's."""
    if len(ladder.full) != _RULES_OF_HEADED:
        return ladder
    _, under, foot = ladder.full
    lines = printed_lines([w for w in words if under.at < w.box.center[1] < foot.at], em)
    added = [replace(under, at=at) for at in between_rows(lines)]
    return Ladder(
        (*ladder.full[:2], *added, foot), tuple(sorted((*ladder.rules, *added), key=lambda r: r.at))
    )


def _bands(ladder: Ladder, words: Sequence[Word], em: float) -> _Bands | None:
    """The rows and columns of a ladder, or None when they make no table."""
    edges = _heights(ladder)
    lines = tuple(
        tuple(printed_lines([w for w in words if a < w.box.center[1] < b], em))
        for a, b in itertools.pairwise(edges)
    )
    head = header_rows(lines, em)
    if head is None:
        return None
    rules = [[r for r in ladder.rules if abs(r.at - y) <= _TOLERANCE] for y in edges]
    if first_counted(lines) != head:
        head = _below_whole_rule(ladder, rules, head)
    rows = _rows_of(lines, head)
    body = [line for band in rows for line in band]
    inner = (
        without_dust(body, columns_of(body, em, [n for band in lines[:head] for n in band])) if body else None
    )
    if inner is None:
        return None
    counted = first_counted(lines) == head or any(
        is_ordinal_head(c.text) for band in lines[:head] for line in band for c in line.chunks
    )
    fewest = _fewest_rows(lines[head:])
    if not (counted and len(inner) > _TEXT_EDGES) and not holds_figures(body, inner, fewest):
        return None
    if sum(_is_stacked(band, inner) for band in rows) > _MOST_STACKED * len(rows):
        return None
    cols = (min(ladder.left, inner[0]), *inner[1:-1], max(ladder.right, inner[-1]))
    cols = off_words(cols, [line for band in lines[:head] for line in band], body, em)
    drawn = tuple(
        tuple(coverage(level, a, b, _TOLERANCE) >= _DRAWN for a, b in itertools.pairwise(cols))
        for level in rules
    )
    if first_counted(lines) == head:  # whatever piece of the rule over the first numbered row was lost
        whole = (True,) * (len(cols) - 1)
        return _Bands(edges, lines, cols, (*drawn[:head], whole, *drawn[head + 1 :]), head)
    return _Bands(edges, lines, cols, drawn, _reach(drawn, head))


def _rows_of(lines: Sequence[Sequence[Line]], head: int) -> list[Sequence[Line]]:
    """The rows that tell columns: of three pieces and more on a line; of two where the header has as
    many (names and what they are)."""
    rows = [band for band in lines[head:] if any(len(line.chunks) > _WIDE_PIECES for line in band)]
    if rows or not head or any(len(line.chunks) != _WIDE_PIECES for line in lines[head - 1]):
        return rows
    pairs = [sum(len(line.chunks) == _WIDE_PIECES for line in band) for band in lines[head:]]
    return [band for band, n in zip(lines[head:], pairs) if n] if max(pairs, default=0) == 1 else []


def _fewest_rows(body: Sequence[Sequence[Line]]) -> int:
    """How many rows of figures a table must have at least. One that has a row or two between its rules, each
    with a figure in several columns, is whole (a page break or its subject left no more)."""
    each = [sum(c.figure for line in band for c in line.chunks) for band in body]
    few = len(body) < _FEWEST_ROWS and min(each, default=0) >= _FEW_FIGURES
    return len(body) if few else _FEWEST_ROWS


def _heights(ladder: Ladder) -> tuple[float, ...]:
    """The heights of all rules, double ones once."""
    heights: list[float] = []
    for rule in ladder.rules:
        if not heights or rule.at - heights[-1] > _TOLERANCE:
            heights.append(rule.at)
    return tuple(heights)


def _below_whole_rule(ladder: Ladder, rules: Sequence[Sequence[Rule]], head: int) -> int:
    """The header's rows down to a rule from side to side: over one that goes over some columns only stand
    headings of what is named below, be it by a year or a number."""
    while 0 < head < len(rules) - 2 and coverage(rules[head], ladder.left, ladder.right, _TOLERANCE) < _WHOLE:
        head += 1
    return head


def _reach(drawn: Sequence[Sequence[bool]], head: int) -> int:
    """How many rows the header has when cells that begin above row `head` reach below it."""
    while 0 < head < len(drawn) - 1 and not all(drawn[head]):
        head += 1
    return head


def _is_stacked(band: Sequence[Line], cols: Sequence[float]) -> bool:
    """Whether a row holds three figures over each other in one column."""
    for low, high in itertools.pairwise(cols):
        own = [c for line in band for c in line.chunks if low <= c.box.center[0] < high]
        if len(own) >= _STACKED and all(looks_numeric(c.text) or is_none_mark(c.text) for c in own):
            return True
    return False


def _column(x: float, cols: Sequence[float]) -> int:
    return next((c for c in range(len(cols) - 1) if x < cols[c + 1]), len(cols) - 2)


def _wide_rows(bands: _Bands) -> dict[tuple[int, int], int]:
    """Cells below the header that reach to the table's right side: the last piece of a row of one or two
    pieces, when it runs over a column's edge."""
    spans = {}
    for row, band in enumerate(bands.lines):
        pieces = [c for line in band for c in line.chunks]
        if row < bands.head or not pieces or any(len(line.chunks) > _WIDE_PIECES for line in band):
            continue
        last = max(pieces, key=lambda c: c.box.x1)
        first, end = _column(last.box.x0, bands.cols), _column(last.box.x1, bands.cols)
        if end > first:
            spans[row, first] = len(bands.cols) - 1 - first
    return spans


def _headings(bands: _Bands, em: float) -> dict[tuple[int, int], int]:
    """Header cells over several columns: what stands over a rule that goes on over columns named below is
    dealt out so that each heading is centred on its own."""
    spans = {}
    for row in range(bands.head - 1):
        below = [
            c
            for c in range(len(bands.cols) - 1)
            if bands.drawn[row + 1][c] and (row == 0 or bands.drawn[row][c])
        ]
        for run in _runs(below):
            low, high = bands.cols[run[0]], bands.cols[run[-1] + 1]
            middles = [x for x in _middles(bands.lines[row], em) if low <= x < high]
            words = [w.box.center[0] for line in bands.lines[row + 1] for w in line.words]
            named = {_column(x, bands.cols) for x in words if low <= x < high}
            if not middles or len(middles) >= len(run) or len(named) < _FEWEST_NAMES:
                continue
            own = [c for c in run if min(named) <= c <= max(named)]  # a rule may begin left of them
            for first, last in shared_out(middles, own, bands.cols):
                spans[row, first] = last - first + 1
    return spans


def _runs(columns: Sequence[int]) -> list[list[int]]:
    """Columns that stand side by side, together."""
    runs: list[list[int]] = []
    for c in columns:
        if runs and c == runs[-1][-1] + 1:
            runs[-1].append(c)
        else:
            runs.append([c])
    return runs


def _middles(band: Sequence[Line], em: float) -> list[float]:
    """The middles of a header row's texts; a sign or two without a letter is dirt beside them."""
    return [box.center[0] for box, text in blocks_of(band, em) if len(text) > _DIRT or text.isalpha()]


def _cells(bands: _Bands, spans: dict[tuple[int, int], int]) -> list[LatticeCell]:
    """Every position once: cells reach down where no rule is drawn under them."""
    n_rows, n_cols = len(bands.edges) - 1, len(bands.cols) - 1
    owned: set[tuple[int, int]] = set()
    cells = []
    for row, col in itertools.product(range(n_rows), range(n_cols)):
        if (row, col) in owned:
            continue
        width = spans.get((row, col), 1)
        while any((row, c) in owned for c in range(col, col + width)):
            width -= 1
        height = 1
        while row + height < n_rows and not any(bands.drawn[row + height][col : col + width]):
            height += 1
        owned |= {(r, c) for r in range(row, row + height) for c in range(col, col + width)}
        box = Box(bands.cols[col], bands.edges[row], bands.cols[col + width], bands.edges[row + height])
        cells.append(LatticeCell(row, col, height, width, box))
    return cells

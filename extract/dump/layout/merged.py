"""Cells of a laid-out table that stand over several rows: a name or number printed once, in the middle of the
rows it belongs to.

Where each of them ends follows from where it is printed: the first group of rows begins with the first row
and has its name in the middle, so that its last row is told; with the next one the next group begins. Only
where this comes out to the last row, in one way, are names held to be of several rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.dump.draft import Span
from extract.dump.layout.rows import figures_of, lines_of_shares, row_starts, worded_columns
from normalize.ordinals import read_ordinal
from normalize.wraps import unwrapped

_LEAST_ROWS, _SPARSE = 4, 0.75  # rows of figures; of them that have a name of their own
_OFF = 0.5  # lines that a name stands off the middle of its rows; one row more or less moves it 0.65
_CLEARER = 0.4  # lines, of all names, that the next way is worse
_PADDING = 0.3  # of a line, round the text of a row
_LEAST_GROUPS = 2

Lines = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows' texts, and the cells that span rows (of the body, counted from its first row)."""

    rows: list[list[str]]
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by its other columns: its first and last line, how many lines of text its tallest cell has."""

    first: int
    last: int
    tall: int
    texts: list[str]


def merged_rows(lines: Lines, lead: int) -> Merged | None:
    """The rows of lines (texts by column) whose first columns, of `lead`, are printed once for several rows;
    None where they aren't, or the places of their texts don't tell which."""
    sparse = _sparse(lines, lead)
    if not sparse or lines_of_shares(lines):
        return None
    rows, spans = list[list[str]](), list[Span]()
    begin = 0
    for section in [*_sections(lines, sparse), len(lines)]:
        if begin < section:
            part = lines[begin:section]
            groups = _groups(part, _rows(part, sparse), sparse)
            if groups is None:
                return None
            for group in groups:
                if len(group) > 1:
                    spans += [Span(len(rows), c, len(group), 1) for c in range(sparse) if group[0].texts[c]]
                rows += [row.texts for row in group]
        if section < len(lines):
            rows.append(list(lines[section]))
        begin = section + 1
    return Merged(rows, spans) if len(spans) >= _LEAST_GROUPS else None


def _sparse(lines: Lines, lead: int) -> int:
    """How many of the first columns have clearly fewer texts than there are lines of figures."""
    worded = worded_columns(lines)
    rows = sum(bool(figures_of(line, worded)) for line in lines)
    if rows < _LEAST_ROWS:
        return 0
    count = 0
    for col in range(lead):
        if not _LEAST_GROUPS <= len(_names(lines, col)) <= _SPARSE * rows:
            break
        count += 1
    return count


def _names(lines: Lines, col: int) -> list[tuple[int, int]]:
    """First and last line of each text of a column: a number is one, a line that begins with a small letter
    goes on with the one above."""
    found: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        text = line[col]
        if not text:
            continue
        if found and found[-1][1] == i - 1 and text[:1].islower() and not read_ordinal(text):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def _sections(lines: Lines, sparse: int) -> list[int]:
    """The lines that are rows of their own: their only text, in the first columns, is in capitals, or a Roman
    number and a text."""
    found = []
    for i, line in enumerate(lines):
        filled = [c for c, text in enumerate(line) if text]
        if not filled or filled[-1] >= sparse:
            continue
        text = " ".join(line[c] for c in filled)
        ordinal = read_ordinal(text.split()[0])
        roman = ordinal is not None and ordinal.kind == "roman" and len(text.split()) > 1
        if text.isupper() and len(text) > 1 and (roman or ordinal is None):
            found.append(i)
    return found


def _rows(lines: Lines, sparse: int) -> list[_Row]:
    """The rows by what stands right of the first columns."""
    blank = ("",) * sparse
    kept = [(i, (*blank, *line[sparse:])) for i, line in enumerate(lines) if any(line[sparse:])]
    if not kept:
        return []
    starts = row_starts([line for _, line in kept])
    rows = []
    for start, end in zip(starts, [*starts[1:], len(kept)], strict=True):
        own = kept[start:end]
        texts = [unwrapped("\n".join(filter(None, t))) for t in zip(*(line for _, line in own), strict=True)]
        tall = max(sum(map(bool, column)) for column in zip(*(line for _, line in own), strict=True))
        rows.append(_Row(own[0][0], own[-1][0], tall, texts))
    return rows


def _groups(lines: Lines, rows: Sequence[_Row], sparse: int) -> list[list[_Row]] | None:
    """The rows in groups of one name each, the names' texts in the first row of each; None where names do not
    stand in the middle of their rows in one way only."""
    numbered = [(i, i) for i, line in enumerate(lines) if line[0] and read_ordinal(line[0])]
    names = numbered if sparse > 1 and numbered else _names(lines, sparse - 1)
    heights = _Heights.of(rows, len(lines))
    middles = [(heights.line[first] + heights.line[last]) / 2 for first, last in names]
    cuts = _cuts(middles, heights)
    if cuts is None:
        return None
    groups = [list(rows[a:b]) for a, b in pairwise(cuts)]
    for k, group in enumerate(groups):
        begin = groups[k - 1][-1].last + 1 if k else 0
        stop = groups[k + 1][0].first if k + 1 < len(groups) else len(lines)
        for col in range(sparse):
            texts = [lines[i][col] for i in range(begin, stop) if lines[i][col]]
            group[0].texts[col] = unwrapped("\n".join(texts))
    return groups


@dataclass(frozen=True, slots=True)
class _Heights:
    """Where rows begin on the page, and where each line lies, in lines of text. A dump gives a row of two
    lines three, where a cell of one stands between them: the page's own heights are those of its cells."""

    top: tuple[float, ...]  # of each row, and where the last one ends
    line: tuple[float, ...]

    @classmethod
    def of(cls, rows: Sequence[_Row], count: int) -> _Heights:
        top = [0.0]
        for row in rows:
            top.append(top[-1] + row.tall + _PADDING)
        line = [0.0] * count
        k = 0
        for i in range(count):
            while k + 1 < len(rows) and i > rows[k].last:
                k += 1
            row = rows[k]
            if i < row.first:  # between two rows
                line[i] = top[k]
            elif i > row.last:
                line[i] = top[-1]
            else:
                share = (i - row.first + 0.5) / (row.last - row.first + 1)
                line[i] = top[k] + share * (top[k + 1] - top[k])
        return cls(tuple(top), tuple(line))


def _cuts(middles: Sequence[float], heights: _Heights) -> list[int] | None:
    """The row each group begins with, and their end, so that names are nearest to the middles of their
    groups; None where one stands too far off, or another way is nearly as good."""
    count = len(heights.top) - 1
    best: dict[int, list[tuple[float, tuple[int, ...]]]] = {0: [(0.0, (0,))]}
    for middle in middles:
        grown: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
        for start, ways in best.items():
            for end in range(start + 1, count + 1):
                off = abs((heights.top[start] + heights.top[end]) / 2 - middle)
                if off <= _OFF:
                    grown.setdefault(end, []).extend((cost + off, (*way, end)) for cost, way in ways)
        best = {end: sorted(ways)[:2] for end, ways in grown.items()}
    ways = best.get(count, [])
    if not ways or (len(ways) > 1 and ways[1][0] - ways[0][0] < _CLEARER):
        return None
    return list(ways[0][1])

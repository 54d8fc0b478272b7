"""Rows of a borderless table: printed lines glued to the ordinal or figure they belong to."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum
from statistics import median
from typing import Literal

from extract.tables.assign import line_text, printed_rows
from extract.tables.counted import counts_rows, first_row
from extract.tables.printed import Line, names_section
from extract.tables.whitespace import Region
from model.geometry import Box
from model.page import Word
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal

_Mode = Literal["middle", "top"]
_LONGEST_BLOCK = 14
_ORDINAL = 4  # letters: what is as short as this in a column of ordinals is one misread (`VỊ`, `Đ`)
_NAME = 3  # letters of a name's last line
# Prices of dealing lines to rows, in pitches: an empty cell, a line level with another row's figures.
_VACANT = 0.1
_STRAY = 0.6
_BESIDE = 0.75  # pitches: lines of a cell of two stand half a pitch from the row's middle, rows a whole one


_NEXT_LINE = 1.5  # pitches up to which a piece stands on the next line of its cell
_LEVEL = 0.2  # pitches: of a piece on the height of an anchor
_TORN = re.compile(r"^[.,]\d")
_BROKEN = re.compile(r"\d(?:[.,]|\s*[-–])$")
_ABOVE_FIRST = 0.4  # pitches
_CLEARLY_LESS = 0.8  # of the price, less half a nat
_LESS_BY = 0.5
_HALF_LINE = 0.65  # em
_LEAST_PITCH = 0.8  # em
_MOST_PITCH = 1.6
_QUARTER = 4
_USUAL_PITCH = 1.2  # em; pitches of a block that goes on
_MARGIN = 0.3
_BELOW_LAST = 4  # em
_ONE_LINE = 0.4  # em
_MOST_OF = 0.4  # of the usual number of anchors
_RULE_NEAR = 8  # em
_HALF_PITCH = 0.5
_AFTER = 0.3
_REACH_SLACK = 0.2
_UNDER_BLOCK = 0.35
_EDGE = 0.2  # em
_ROOM = 0.35  # of the step between two anchors


@dataclass(frozen=True, slots=True)
class Body:
    """Row edges (n_rows + 1 heights, ascending), the usual distance of two printed lines of a cell, and
    `wide`: rows whose text runs over column edges, each with the column from which one cell goes on to the
    table's right side."""

    edges: tuple[float, ...]
    pitch: float
    wide: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """One printed line within one column."""

    text: str
    middle: float
    top: float
    bottom: float


def body_rows(region: Region) -> Body:
    """The rows of a region's body.

    Each row is anchored at a height where figures or an ordinal stand; the other lines of its cells are
    dealt out so that every block of lines lies round its anchor (cells centred in height) or begins at
    it, whichever fits the table as a whole, and so that blocks are cut where the lines stand apart.
    """
    sections = _section_lines(region)
    columns = _column_pieces(region, sections)
    pitch = _pitch(columns, region.em)
    anchors = _anchors(region, columns, pitch)
    if not anchors:
        return Body((), 0.0)
    anchors = sorted([*anchors, *(line.box.center[1] for line in sections)])
    modes: tuple[tuple[_Mode, float], ...] = (
        ("middle", _search_top(region, anchors, pitch)),
        ("top", max(anchors[0] - _ABOVE_FIRST * pitch, _ceiling(region))),
    )
    (price, blocks), (top_price, top_blocks) = (
        _dealt([[p for p in column if p.middle > start] for column in columns], anchors, pitch, mode)
        for mode, start in modes
    )
    if top_price < _CLEARLY_LESS * price - _LESS_BY:  # the rule is middle: a table of one-line rows fits both
        blocks = top_blocks
    wide = tuple(
        (
            anchors.index(line.box.center[1]),
            _first_column(_label(line, region.col_edges).x0, region.col_edges),
        )
        for line in sections
    )
    return replace(_edges(region, anchors, blocks, pitch), wide=wide)


def _section_lines(region: Region) -> list[Line]:
    """The body's lines that name a section in words that run over a column's edge."""
    inner = region.col_edges[1:-1]
    return [
        line
        for line in region.lines[region.first : region.last + 1]
        for label in (_label(line, region.col_edges),)
        if names_section(line)
        and not line.chunks[-1].figure
        and any(label.x0 < edge < label.x1 for edge in inner)
        and _stands_alone(line, region)
    ]


def _label(line: Line, edges: Sequence[float]) -> Box:
    """Where a line's text stands without an ordinal in the first column."""
    words = line.words
    counted = len(words) > 1 and words[0].box.x1 <= edges[1] and len(words[0].text) <= _ORDINAL
    if counted and (is_ordinal(words[0].text) or words[1].box.x0 >= edges[1]):  # `HI` was `III`
        words = words[1:]
    return Box.union(w.box for w in words)


def _stands_alone(line: Line, region: Region) -> bool:
    """Whether no other line stands so near that it would be of the same row."""
    middle = line.box.center[1]
    return not any(
        other is not line and abs(other.box.center[1] - middle) < _BESIDE * region.em
        for other in region.lines
    )


def _first_column(x: float, edges: Sequence[float]) -> int:
    return max(0, min(bisect_right(edges, x) - 1, len(edges) - 2))


def _column_pieces(region: Region, sections: Sequence[Line] = ()) -> list[list[_Piece]]:
    """For each column its printed lines, top down (headers included, the names of sections left out)."""
    words = [w for line in region.lines if line not in sections for w in line.words]
    columns = []
    for low, high in zip(region.col_edges, region.col_edges[1:]):
        own = [w for w in words if low <= w.box.center[0] < high]
        columns.append([_piece(line, region.em) for line in printed_rows(own)])
    return columns


def _piece(words: Sequence[Word], em: float) -> _Piece:
    top = median([w.box.y0 for w in words])
    bottom = median([w.box.y1 for w in words])
    middle = (top + bottom) / 2
    reach = min((bottom - top) / 2, _HALF_LINE * em)  # dirt read as a letter may be as tall as two rows
    return _Piece(line_text(words), middle, middle - reach, middle + reach)


def _pitch(columns: Sequence[Sequence[_Piece]], em: float) -> float:
    """The usual distance of two printed lines of one cell: the lower quartile of all near ones (the others
    part rows of one line)."""
    steps = [b.middle - a.middle for column in columns for a, b in itertools.pairwise(column)]
    close = [s for s in steps if _LEAST_PITCH * em < s < _MOST_PITCH * em]
    return sorted(close)[len(close) // _QUARTER] if close else _USUAL_PITCH * em


def _anchors(region: Region, columns: Sequence[Sequence[_Piece]], pitch: float) -> list[float]:
    """Heights of the rows: where an ordinal stands in the first column, or figures in the others. Where
    ordinals open the rows, figures nearer to one than a line are wrapped beside it (`63.000 -`, `65.500`)."""
    low = region.lines[region.first].box.y0 - _MARGIN * region.em
    high = region.lines[region.last].box.y1 + _MARGIN * region.em
    firsts = [p for p in columns[0] if low < p.middle < high + _BELOW_LAST * region.em]
    start = first_row([p.text for p in firsts], [p.middle for p in firsts], _BESIDE * pitch)
    if start:
        low = max(low, (firsts[start - 1].middle + firsts[start].middle) / 2)
        firsts = firsts[start:]
    counted = sum(is_ordinal(p.text) for p in firsts) * 2 > len(firsts)
    ordinals = [p.middle for p in firsts if counted and _may_number(p.text)]
    figures = [p.middle for column in columns[1:] for p in _whole_figures(column, pitch)]
    heights = sorted([(y, True) for y in ordinals] + [(y, False) for y in figures if low < y < high])
    groups: list[list[tuple[float, bool]]] = []
    for height in heights:
        if groups and height[0] - groups[-1][-1][0] <= _ONE_LINE * region.em:
            groups[-1].append(height)
        else:
            groups.append([height])
    usual = median([len(g) for g in groups]) if groups else 0
    by_ordinal = sum(any(o for _, o in g) for g in groups) * 2 > len(groups) or (
        counted and counts_rows([p.text for p in firsts])
    )
    kept = []
    for group in groups:
        ordinal = any(o for _, o in group)
        middle = median([y for y, _ in group])
        wrapped = by_ordinal and any(abs(middle - y) < _BESIDE * pitch for y in ordinals)
        if ordinal or not by_ordinal or (len(group) >= max(2, _MOST_OF * usual) and not wrapped):
            kept.append(middle)
    return kept if by_ordinal else sorted([*kept, *_headings(firsts, kept, pitch)])


def _may_number(text: str) -> bool:
    """Whether a text of the first column is a row's number, or as short as one misread; the end of a name in
    small letters (`Mã` over `hàng`) is none."""
    named = text.isalpha() and len(text) >= _NAME and text[1:].islower()
    return is_ordinal(text) or (len(text) <= _ORDINAL and not named)


def _headings(labels: Sequence[_Piece], anchors: Sequence[float], pitch: float) -> list[float]:
    """Heights of labels that name a group of rows (`Phân theo ngành`): a capital opens them, no figure
    stands near, and the labels above and below are level with figures of their own, rows apart."""
    found = []
    for above, piece, below in zip((None, *labels), labels, labels[1:]):
        near = min((abs(y - piece.middle) for y in anchors), default=0.0)
        level = all(
            min((abs(y - p.middle) for y in anchors), default=pitch) < _LEVEL * pitch
            for p in (above, below)
            if p
        )
        if near > _BESIDE * pitch and level and piece.text[:1].isupper():
            found.append(piece.middle)
    return found


def _whole_figures(column: Sequence[_Piece], pitch: float) -> list[_Piece]:
    """The pieces of a column that are figures by themselves: neither what a narrow cell breaks off
    (`49.050,` over `2`, `63.000 -` over `65.500`) nor the rest."""
    whole = []
    for i, piece in enumerate(column):
        above = column[i - 1] if i else None
        below = column[i + 1] if i + 1 < len(column) else None
        rest = above is not None and _goes_on(above, piece, pitch)
        broken = below is not None and _goes_on(piece, below, pitch)
        if (looks_numeric(piece.text) or is_none_mark(piece.text)) and not rest and not broken:
            whole.append(piece)
    return whole


def _goes_on(upper: _Piece, lower: _Piece, pitch: float) -> bool:
    """Whether a piece is the rest of the one on the line above it."""
    torn = bool(_BROKEN.search(upper.text)) or bool(_TORN.match(lower.text))
    return torn and lower.middle - upper.middle < _NEXT_LINE * pitch


def _search_top(region: Region, anchors: Sequence[float], pitch: float) -> float:
    """The height above which nothing belongs to the first row: the lowest rule above it, or the place
    where its label must begin if as many of its lines stand above the anchor as below."""
    if region.numbering is not None:
        return _ceiling(region)
    rules = [y for y in region.rules if y < anchors[0]]
    if rules and anchors[0] - max(rules) < _RULE_NEAR * region.em:
        return max(rules)
    reach = (anchors[1] - anchors[0]) / 2 if len(anchors) > 1 else pitch
    below = _HALF_PITCH * pitch
    for column in _column_pieces(region):
        block = [anchors[0]]
        for piece in column:
            step = piece.middle - block[-1]
            if (
                piece.middle > anchors[0] + _AFTER * pitch
                and piece.middle < anchors[0] + reach + _REACH_SLACK * pitch
            ):
                if step < _USUAL_PITCH * pitch:
                    block.append(piece.middle)
                else:
                    break
        below = max(below, block[-1] - anchors[0] + _UNDER_BLOCK * pitch)
    return anchors[0] - below


def _ceiling(region: Region) -> float:
    """The height below which the body must lie: under the row of column numbers."""
    if region.numbering is None:
        return float("-inf")
    return region.lines[region.numbering].box.y1


def _dealt(
    columns: Sequence[Sequence[_Piece]], anchors: Sequence[float], pitch: float, mode: _Mode
) -> tuple[float, list[list[list[_Piece]]]]:
    """The cost of dealing every column's lines to the rows in one mode, and for each column its blocks."""
    cost = 0.0
    dealt = []
    for column in columns:
        price, blocks = _deal(column, anchors, pitch, mode)
        cost += price
        dealt.append(blocks)
    return cost, dealt


def _deal(
    pieces: Sequence[_Piece], anchors: Sequence[float], pitch: float, mode: _Mode
) -> tuple[float, list[list[_Piece]]]:
    """One column's lines cut into a block (maybe empty) for each anchor, at the least cost.

    A block costs how far it lies from its anchor and how much its lines stand further apart than the
    pitch, both in pitches; an empty one a little; and a line level with another anchor much.
    """
    n, m = len(anchors), len(pieces)
    level = [_level_with(p.middle, anchors, pitch) for p in pieces]
    infinite = float("inf")
    best = [[infinite] * (m + 1) for _ in range(n + 1)]
    back = [[0] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i in range(1, n + 1):
        for end in range(m + 1):
            for start in range(max(0, end - _LONGEST_BLOCK), end + 1):
                if best[i - 1][start] == infinite:
                    continue
                strays = sum(level[k] not in (None, i - 1) for k in range(start, end))
                price = best[i - 1][start] + _STRAY * strays + (_VACANT if start == end else 0.0)
                price += _misfit(pieces[start:end], anchors[i - 1], pitch, mode)
                if price < best[i][end]:
                    best[i][end], back[i][end] = price, start
    blocks: list[list[_Piece]] = []
    end = m
    for i in range(n, 0, -1):
        start = back[i][end]
        blocks.append(list(pieces[start:end]))
        end = start
    return best[n][m], blocks[::-1]


def _level_with(middle: float, anchors: Sequence[float], pitch: float) -> int | None:
    """The anchor at whose height a line stands, if any."""
    nearest = min(range(len(anchors)), key=lambda i: abs(anchors[i] - middle))
    return nearest if abs(anchors[nearest] - middle) < _LEVEL * pitch else None


def _misfit(block: Sequence[_Piece], anchor: float, pitch: float, mode: _Mode) -> float:
    if not block:
        return 0.0
    at = (block[0].middle + block[-1].middle) / 2 if mode == "middle" else block[0].middle
    apart = fsum(max(0.0, b.middle - a.middle - pitch) for a, b in itertools.pairwise(block))
    return (abs(at - anchor) + 2.0 * apart) / pitch


def _edges(
    region: Region,
    anchors: Sequence[float],
    columns: Sequence[Sequence[Sequence[_Piece]]],
    pitch: float,
) -> Body:
    """Row edges between the blocks: a rule where one is printed, else the middle of the white between
    the lowest line of a row and the highest of the next."""
    tops, bottoms = [], []
    for i, anchor in enumerate(anchors):
        block = [p for column in columns for p in column[i]]
        tops.append(min([p.top for p in block], default=anchor - pitch / 2))
        bottoms.append(max([p.bottom for p in block], default=anchor + pitch / 2))
    edges = [max(tops[0] - _EDGE * region.em, _ceiling(region))]
    for i in range(len(anchors) - 1):
        between = [y for y in region.rules if anchors[i] < y < anchors[i + 1]]
        middle = (bottoms[i] + tops[i + 1]) / 2
        single = all(len(column[i]) <= 1 and len(column[i + 1]) <= 1 for column in columns)
        if single:  # nothing wraps: both rows are as high, whatever dirt beside them says
            room = _ROOM * (anchors[i + 1] - anchors[i])
            middle = min(max(middle, anchors[i] + room), anchors[i + 1] - room)
        if not anchors[i] < middle < anchors[i + 1]:
            middle = (anchors[i] + anchors[i + 1]) / 2
        edges.append(between[0] if between else middle)
    edges.append(max(bottoms[-1], anchors[-1]) + _EDGE * region.em)
    return Body(tuple(edges), pitch)

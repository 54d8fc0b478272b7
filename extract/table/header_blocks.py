"""The header of a borderless table: blocks of text over the columns, and which columns each covers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.table.lattice import LatticeCell
from extract.table.whitespace import Line, Region
from model.geometry import Box
from normalize.unicode import fold

_NO_HEADER = re.compile(r"^\W*(?:don vi(?: tinh)?|dvt|kem theo|ban hanh kem|phu luc|bieu so|mau so)\b")


@dataclass(frozen=True, slots=True)
class Head:
    """Row edges of the header (its last is the body's first) and its cells; one edge means no header."""

    edges: tuple[float, ...]
    cells: tuple[LatticeCell, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one header cell and the columns it covers."""

    box: Box
    first: int
    last: int


def header_cells(region: Region, body_top: float) -> Head:
    """The header above a body that begins at height `body_top`.

    Lines are taken upwards while they stand close and are no caption (a lone line across the columns,
    centred on the table). Lines over each other with the same middle are one block; a block over others
    spans the columns that it and they cover.
    """
    if region.numbering is not None:
        return _over_numbers(region, body_top)
    return _named(region, body_top)


def _over_numbers(region: Region, body_top: float) -> Head:
    """The header over a row of column numbers, and that row."""
    line = region.lines[region.numbering or 0]
    top = line.box.y0 - 0.1 * region.em
    head = _named(region, top)
    row = len(head.edges) - 1
    cells = tuple(
        LatticeCell(row, c, 1, 1, Box(a, top, b, body_top))
        for c, (a, b) in enumerate(itertools.pairwise(region.col_edges))
    )
    return Head((*head.edges, body_top), head.cells + cells)


def _named(region: Region, body_top: float) -> Head:
    """The rows of the header that name the columns."""
    lines = _header_lines(region, body_top)
    if not lines:
        return Head((body_top,), ())
    blocks = _blocks(lines, region)
    top = min(b.box.y0 for b in blocks) - 0.2 * region.em
    n_cols = len(region.col_edges) - 1
    levels = _levels(blocks, region.em)
    if len(levels) < 2:
        return _one_row(top, body_top, region.col_edges)
    split = min(b.box.y0 for b in levels[-1]) - 0.1 * region.em
    upper = sorted((b for b in blocks if b.last > b.first and b.box.center[1] < split), key=lambda b: b.first)
    if not upper:
        return _one_row(top, body_top, region.col_edges)
    cells = []
    edges = region.col_edges
    covered: set[int] = set()
    for block in upper:
        if covered & set(range(block.first, block.last + 1)):
            continue
        covered |= set(range(block.first, block.last + 1))
        box = Box(edges[block.first], top, edges[block.last + 1], split)
        cells.append(LatticeCell(0, block.first, 1, block.last - block.first + 1, box))
    for c in range(n_cols):
        y0 = split if c in covered else top
        row, span = (1, 1) if c in covered else (0, 2)
        cells.append(LatticeCell(row, c, span, 1, Box(edges[c], y0, edges[c + 1], body_top)))
    return Head((top, split, body_top), tuple(cells))


def _one_row(top: float, bottom: float, edges: Sequence[float]) -> Head:
    cells = tuple(
        LatticeCell(0, c, 1, 1, Box(a, top, b, bottom)) for c, (a, b) in enumerate(itertools.pairwise(edges))
    )
    return Head((top, bottom), cells)


def _header_lines(region: Region, body_top: float) -> list[Line]:
    """The lines of the header, top down."""
    above = [line for line in region.lines if line.box.center[1] < body_top]
    taken: list[Line] = []
    low = body_top
    edges = region.col_edges
    width = edges[-1] - edges[0]
    for line in sorted(above, key=lambda x: -x.box.center[1]):
        if low - line.box.y1 > 1.3 * region.em:
            break
        text = " ".join(c.text for c in line.chunks)
        if _NO_HEADER.match(fold(text)):
            break
        if len(line.chunks) == 1 and _across(line, edges) and _is_caption(line, edges, width, taken):
            break
        if line.box.x0 < edges[0] - 0.1 * width or line.box.x1 > edges[-1] + 0.1 * width:
            break
        taken.append(line)
        low = min(low, line.box.y0)
    return taken[::-1]


def _across(line: Line, edges: Sequence[float]) -> bool:
    return any(line.box.x0 < e < line.box.x1 for e in edges[1:-1])


def _is_caption(line: Line, edges: Sequence[float], width: float, below: Sequence[Line]) -> bool:
    """A lone line across columns is the caption when it is wide or centred on the table, or when no
    header line stands below it yet."""
    off = abs(line.box.center[0] - (edges[0] + edges[-1]) / 2)
    return line.box.width > 0.7 * width or off < 0.06 * width or not below


def _blocks(lines: Sequence[Line], region: Region) -> list[_Block]:
    """Header chunks joined downwards: same columns or same middle, at the pitch of one cell's lines."""
    edges, em = region.col_edges, region.em
    groups: list[Box] = []
    for line in lines:
        for chunk in line.chunks:
            for part in _parted(chunk.box, [w.box for w in chunk.words], edges, em):
                for i, box in enumerate(groups):
                    near = -0.5 * em < part.y0 - box.y1 < 0.32 * em
                    same = abs(part.center[0] - box.center[0]) < 0.8 * em
                    if near and same:
                        groups[i] = Box.union((box, part))
                        break
                else:
                    groups.append(part)
    return [_block(box, edges) for box in groups]


def _parted(whole: Box, words: Sequence[Box], edges: Sequence[float], em: float) -> list[Box]:
    """A chunk cut at column edges that lie in one of its wider gaps."""
    parts: list[list[Box]] = [[words[0]]]
    for before, word in itertools.pairwise(words):
        gap = word.x0 - before.x1
        parted = any(before.x1 <= e <= word.x0 for e in edges) and gap > 0.45 * em
        if parted:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Box.union(p) for p in parts] if len(parts) > 1 else [whole]


def _block(box: Box, edges: Sequence[float]) -> _Block:
    """The columns a block covers: those it overlaps by more than a sliver, widened evenly to the
    column group whose middle is the block's."""
    n = len(edges) - 1
    touched = [
        c
        for c in range(n)
        if min(box.x1, edges[c + 1]) - max(box.x0, edges[c]) > 0.15 * min(box.width, edges[c + 1] - edges[c])
    ]
    first, last = (touched[0], touched[-1]) if touched else (0, 0)
    if first == last:
        return _Block(box, first, last)
    options = [(a, b) for a in range(max(0, first - 2), first + 1) for b in range(last, min(n, last + 3))]
    best = min(
        options,
        key=lambda o: abs((edges[o[0]] + edges[o[1] + 1]) / 2 - box.center[0]) + 2.0 * (o[1] - o[0]),
    )
    return _Block(box, best[0], best[1])


def _levels(blocks: Sequence[_Block], em: float) -> list[list[_Block]]:
    """Blocks from the top down in one or two levels: those that stand under a block spanning several
    columns form the last."""
    under = [
        b
        for b in blocks
        if any(
            o is not b
            and o.last > o.first
            and o.first <= b.first
            and b.last <= o.last
            and b.box.y0 > o.box.y1 - 0.4 * em
            for o in blocks
        )
    ]
    rest = [b for b in blocks if b not in under]
    return [rest, under] if under and rest else [list(blocks)]

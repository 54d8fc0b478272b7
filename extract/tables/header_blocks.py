"""The header of a borderless table: blocks of text over the columns, and which columns each covers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.tables.lattice import LatticeCell
from extract.tables.printed import Line, type_size
from extract.tables.whitespace import Region
from model.geometry import Box
from model.page import Word
from normalize.unicode import fold

_NO_HEADER = re.compile(r"^\W*(?:don vi(?: tinh)?\s*:|dvt\s*:|kem theo|ban hanh kem|phu luc|bieu so|mau so)")
# Shares of the type size. Lines of one cell stand a pitch apart, cells over each other a padding more
# (0.3 em and up in Word and in browsers).
_PADDING = 0.17
_CELL_GAP = 0.33
_WIDE_GAP = 0.45
_OVER_BLANK = 1.15  # a typewriter's blanks are all alike, 0.6 em wide
_INTO = 0.8  # of a heading in the column beside the one it is centred on
_LEVEL = 0.3  # of two blocks on one line; of a name under a block
_OVERLAP = 0.1  # em
_SKIPPED_LINE = 0.9  # pitches
_SAME_MIDDLE = 0.02  # of the page's width
_PAGE_MIDDLE = 0.03
_WHOLE_WIDTH = 0.7
_CAPTION_PIECES = 2  # a title and the unit
_CENTRED = 0.06
_BELOW = 0.3  # em
_CENTRED_EM = 0.8
_SAME_EDGE = 0.2  # em
_USUAL_BLANK = 1.3  # times the middle blank
_QUARTER = 4
_TOUCH = 0.3  # em that neighbours may overlap
_NARROW_MARGIN = 0.2  # em between a column's edge and the text beside it
_MARGIN = 0.5
_SAME_LINE = 0.45  # em between middles
_ROOF = 0.4  # em


@dataclass(frozen=True, slots=True)
class Head:
    """Row edges of the header (its last is the body's first; one edge means no header), its cells, and
    the table's column edges: the body's and those of columns that only the header shows."""

    edges: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    col_edges: tuple[float, ...]


def header_cells(region: Region, body_top: float, pitch: float) -> Head:
    """The header above a body that begins at height `body_top`; `pitch` is the distance of lines.

    Lines are taken upwards while they stand close and are no caption (a lone line across the columns,
    centred on the table). Lines over each other with the same middle are one block; a block over others
    spans the columns they stand in. A block beside all columns is an empty column's name.
    """
    line = region.lines[region.numbering] if region.numbering is not None else None
    top = body_top if line is None else line.box.y0 - _OVERLAP * region.em
    blocks = _blocks(_header_lines(region, top, pitch), region, pitch)
    edges = _fitted(blocks, _widened(blocks, region), region)
    head = _named(blocks, edges, top, region.em)
    if line is None:
        return head
    row = len(head.edges) - 1
    numbers = tuple(
        LatticeCell(row, c, 1, 1, Box(a, top, b, body_top))
        for c, (a, b) in enumerate(itertools.pairwise(edges))
    )
    return Head((*head.edges, body_top), head.cells + numbers, edges)


def _header_lines(region: Region, bottom: float, pitch: float) -> list[Line]:
    """The lines of the header above the height `bottom`, top down."""
    taken: list[Line] = []
    low = bottom
    edges = region.col_edges
    width = edges[-1] - edges[0]
    above = [line for line in region.lines if line.box.center[1] < bottom]
    for line in sorted(above, key=lambda x: -x.box.center[1]):
        if low - line.box.y1 > _SKIPPED_LINE * pitch:
            break
        text = " ".join(c.text for c in line.chunks)
        if _NO_HEADER.match(fold(text)):
            break
        parts = [p for c in line.chunks for p in _parted(c.words, region)]
        if len(parts) == 1 and _is_caption(line, edges, width, taken):
            break
        if len(line.chunks) <= _CAPTION_PIECES and _over_rule(line, taken, region):
            break
        taken.append(line)
        low = min(low, line.box.y0)
    return taken[::-1]


def _over_rule(line: Line, below: Sequence[Line], region: Region) -> bool:
    """Whether a rule across the table parts a line from the header lines below it."""
    return bool(below) and any(
        line.box.center[1] < rule < min(x.box.center[1] for x in below) for rule in region.rules
    )


def _is_caption(line: Line, edges: Sequence[float], width: float, below: Sequence[Line]) -> bool:
    """A lone line across columns is the caption when it is wide or centred on the table, or when no
    header line stands below it yet."""
    if not any(line.box.x0 < e < line.box.x1 for e in edges[1:-1]):
        middle = (edges[0] + edges[-1]) / 2
        headless = not any(
            abs(c.box.center[0] - line.box.center[0]) < _SAME_MIDDLE * width for x in below for c in x.chunks
        )
        if below and headless and abs(line.box.center[0] - middle) < _PAGE_MIDDLE * width:
            return True  # the last word of a caption that wrapped
        return line.box.x0 > edges[-1] or line.box.x1 < edges[0]
    left = min([edges[0], *(x.box.x0 for x in below)])
    right = max([edges[-1], *(x.box.x1 for x in below)])
    off = abs(line.box.center[0] - (left + right) / 2)
    return line.box.width > _WHOLE_WIDTH * width or off < _CENTRED * width or not below


def _blocks(lines: Sequence[Line], region: Region, pitch: float) -> list[Box]:
    """Header chunks joined downwards: the same middle (or the same left border), a pitch apart."""
    em = region.em
    groups: list[Box] = []
    lowest: list[float] = []
    for line in lines:
        parts = [p for chunk in line.chunks for p in _parted(chunk.words, region)]
        joined: list[tuple[int, Box]] = []
        for part in parts:
            for i, box in enumerate(groups):
                near = _BELOW * em < part.center[1] - lowest[i] < pitch + _PADDING * em
                if near and _shares_its_line(i, part, groups, parts, region):
                    continue
                centred = abs(part.center[0] - box.center[0]) < _CENTRED_EM * em
                heads = _spans(box, parts, region.col_edges, em)
                if near and not heads and (centred or abs(part.x0 - box.x0) < _SAME_EDGE * em):
                    joined.append((i, part))
                    break
            else:
                joined.append((-1, part))
        for i, part in joined:
            if i < 0:
                groups.append(part)
                lowest.append(part.center[1])
            else:
                groups[i] = Box.union((groups[i], part))
                lowest[i] = part.center[1]
    return groups


def _shares_its_line(
    index: int, part: Box, groups: Sequence[Box], parts: Sequence[Box], region: Region
) -> bool:
    """Whether a block stands over several names rather than begins one: on its line another block spans
    names, and beside `part`, the name below it, stands one with nothing above."""
    block, em = groups[index], region.em
    level = [g for g in groups if abs(g.y1 - block.y1) < _LEVEL * em]
    if not any(_spans(g, parts, region.col_edges, em) for g in level):
        return False
    ordered = sorted(parts, key=lambda p: p.x0)
    at = ordered.index(part)
    beside = [ordered[i] for i in (at - 1, at + 1) if 0 <= i < len(ordered)]
    return any(all(_overlap(g, p) <= 0 for g in groups) for p in beside)


def _spans(block: Box, parts: Sequence[Box], edges: Sequence[float], em: float) -> bool:
    """Whether a block stands over more than one of the names below it, or well into their columns."""
    over = 0
    for part in parts:
        c = _column(part.center[0], edges)
        into = min(block.x1, edges[c + 1]) - max(block.x0, edges[c])
        over += _overlap(block, part) > _LEVEL * em or into > _INTO * em
    return over > 1


def _overlap(a: Box, b: Box) -> float:
    return min(a.x1, b.x1) - max(a.x0, b.x0)


def _parted(words: Sequence[Word], region: Region) -> list[Box]:
    """A chunk cut at its wider gaps: header lines are centred, so their blanks are not stretched. Gaps
    are measured by the larger of the table's type size and the line's own (a caption's), and are wider than
    the blanks of a typewriter."""
    edges, size = region.col_edges, max(region.em, type_size(words))
    boxes = [w.box for w in words]
    pairs = list(itertools.pairwise(boxes))
    over_edge = [any(a.x1 <= e <= b.x0 for e in edges) for a, b in pairs]
    blanks = [b.x0 - a.x1 for (a, b), over in zip(pairs, over_edge) if not over]
    # A heading over several columns has its blanks where an edge happens to pass; they are no wider.
    typed = _OVER_BLANK * _usual_blank(region)
    widest = max(_WIDE_GAP * size, typed)
    least = max(
        _CELL_GAP * size, typed, min(_USUAL_BLANK * median(blanks), _WIDE_GAP * size) if blanks else 0.0
    )
    parts: list[list[Box]] = [[boxes[0]]]
    for (before, word), over in zip(pairs, over_edge):
        gap = word.x0 - before.x1
        if gap > (least if over else widest):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Box.union(p) for p in parts]


def _usual_blank(region: Region) -> float:
    """The usual blank between two words of a piece, in points: the lower quartile, as some are stretched."""
    blanks = [
        b.box.x0 - a.box.x1
        for line in region.lines
        for chunk in line.chunks
        for a, b in itertools.pairwise(chunk.words)
    ]
    return sorted(blanks)[len(blanks) // _QUARTER] if blanks else 0.0


def _widened(blocks: Sequence[Box], region: Region) -> tuple[float, ...]:
    """Column edges with a column for every block beside the body's columns."""
    edges = list(region.col_edges)
    for box in sorted((b for b in blocks if b.x0 >= edges[-1] - _TOUCH * region.em), key=lambda b: b.x0):
        if box.x0 >= edges[-1] - _TOUCH * region.em:
            edges[-1] = min(edges[-1], box.x0 - _NARROW_MARGIN * region.em)
            edges.append(box.x1 + _MARGIN * region.em)
        else:
            edges[-1] = max(edges[-1], box.x1 + _MARGIN * region.em)
    for box in sorted((b for b in blocks if b.x1 <= edges[0] + _TOUCH * region.em), key=lambda b: -b.x1):
        edges[0] = max(edges[0], box.x1 + _NARROW_MARGIN * region.em)
        edges.insert(0, box.x0 - _MARGIN * region.em)
    return tuple(edges)


def _fitted(blocks: Sequence[Box], edges: tuple[float, ...], region: Region) -> tuple[float, ...]:
    """Inner column edges moved off the words of the header: between the widest text of one column, the
    names right over the body included, and that of the next, where that leaves white between them."""
    body = [
        w.box
        for line in region.lines[region.first :]
        for w in line.words
        if edges[0] < w.box.center[0] < edges[-1]  # dust beside the table is none of its words
    ]
    n = len(edges) - 1
    texts: list[list[Box]] = [[] for _ in range(n)]
    for box in body:
        texts[_column(box.center[0], edges)].append(box)
    for c in range(n):
        own = [
            b
            for b in blocks
            if edges[c] <= b.center[0] < edges[c + 1]
            and not any(o is not b and o.y0 > b.y1 - _TOUCH * region.em and _reaches(b, o) for o in blocks)
        ]
        texts[c] += own
    fitted = list(edges)
    for box in (b for own in texts for b in own):
        fitted[0] = min(fitted[0], box.x0 - _NARROW_MARGIN * region.em)
        fitted[-1] = max(fitted[-1], box.x1 + _NARROW_MARGIN * region.em)
    for c in range(1, n):
        left = max((b.x1 for b in texts[c - 1]), default=edges[c])
        right = min((b.x0 for b in texts[c]), default=edges[c])
        if left < right:
            fitted[c] = (left + right) / 2
    return tuple(fitted)


def _reaches(upper: Box, lower: Box) -> bool:
    """Whether the upper block stands over the lower one."""
    return min(upper.x1, lower.x1) - max(upper.x0, lower.x0) > 0


def _named(blocks: Sequence[Box], edges: tuple[float, ...], bottom: float, em: float) -> Head:
    """The rows of the header that name the columns: one, or two where blocks stand under others."""
    if not blocks:
        return Head((bottom,), (), edges)
    top = min(b.y0 for b in blocks) - _NARROW_MARGIN * em
    under = _under(blocks, edges, em)
    groups = _groups(blocks, under, edges, em)
    n_cols = len(edges) - 1
    if not groups:
        cells = [LatticeCell(0, c, 1, 1, Box(edges[c], top, edges[c + 1], bottom)) for c in range(n_cols)]
        return Head((top, bottom), tuple(cells), edges)
    split = (max(b.y1 for b, _, _ in groups) + min(blocks[i].y0 for i in under)) / 2
    cells = []
    covered: set[int] = set()
    for _, first, last in groups:
        covered |= set(range(first, last + 1))
        cells.append(
            LatticeCell(0, first, 1, last - first + 1, Box(edges[first], top, edges[last + 1], split))
        )
    for c in range(n_cols):
        if c in covered:
            cells.append(LatticeCell(1, c, 1, 1, Box(edges[c], split, edges[c + 1], bottom)))
        else:
            cells.append(LatticeCell(0, c, 2, 1, Box(edges[c], top, edges[c + 1], bottom)))
    return Head((top, split, bottom), tuple(cells), edges)


def _under(blocks: Sequence[Box], edges: Sequence[float], em: float) -> list[int]:
    """Indices of the blocks of the header's second row: those that stand below another block which
    reaches over them, and those at the same height."""
    below = [
        i
        for i, b in enumerate(blocks)
        if any(
            o is not b and o.y1 < b.y0 + _TOUCH * em and min(o.x1, b.x1) - max(o.x0, b.x0) > _TOUCH * em
            for o in blocks
        )
    ]
    if not below:
        return []
    middles = sorted(blocks[i].center[1] for i in below)
    middle = middles[len(middles) // 2]
    above = [b for i, b in enumerate(blocks) if i not in below]
    roof = min((b.y1 for b in above), default=0.0)
    return [
        i
        for i, b in enumerate(blocks)
        if abs(b.center[1] - middle) < _SAME_LINE * em and b.y0 > roof - _ROOF * em
    ]


def _groups(
    blocks: Sequence[Box], under: Sequence[int], edges: Sequence[float], em: float
) -> list[tuple[Box, int, int]]:
    """Blocks of the first row that span columns, each with its first and last column: the columns with
    a block of the second row are shared out in order, so that each spanning block is centred on its own."""
    if not under:
        return []
    columns = sorted({_column(blocks[i].center[0], edges) for i in under})
    floor = min(blocks[i].y0 for i in under)
    above = [b for i, b in enumerate(blocks) if i not in under and b.y1 < floor + _ROOF * em]
    spanning = sorted((b for b in above if _near(b, columns, edges)), key=lambda b: b.center[0])
    if not spanning or len(spanning) > len(columns):
        return []
    runs = shared_out([block.center[0] for block in spanning], columns, edges)
    return [(block, first, last) for block, (first, last) in zip(spanning, runs)]


def shared_out(
    middles: Sequence[float], columns: Sequence[int], edges: Sequence[float]
) -> list[tuple[int, int]]:
    """`columns` (ascending) dealt out in order to headings with these `middles`, none more than there are
    columns: for each its first and last column, so that every heading is centred on its own. Empty when
    gaps between the columns leave no way to."""
    best: list[tuple[float, list[tuple[int, int]]] | None] = [None] * (len(columns) + 1)
    best[0] = (0.0, [])
    for middle in middles:
        following: list[tuple[float, list[tuple[int, int]]] | None] = [None] * (len(columns) + 1)
        for start, known in enumerate(best):
            if known is None:
                continue
            for end in range(start + 1, len(columns) + 1):
                run = columns[start:end]
                if run[-1] - run[0] != end - start - 1:
                    break
                price = known[0] + abs((edges[run[0]] + edges[run[-1] + 1]) / 2 - middle)
                option = following[end]
                if option is None or price < option[0]:
                    following[end] = (price, [*known[1], (run[0], run[-1])])
        best = following
    ends = [b for b in best[-1:] if b is not None] or [b for b in best if b is not None]
    return min(ends, key=lambda e: e[0])[1] if ends else []


def _column(x: float, edges: Sequence[float]) -> int:
    return next((c for c in range(len(edges) - 1) if x < edges[c + 1]), len(edges) - 2)


def _near(block: Box, columns: Sequence[int], edges: Sequence[float]) -> bool:
    """Whether a block stands over at least one of the columns."""
    return any(min(block.x1, edges[c + 1]) > max(block.x0, edges[c]) for c in columns)

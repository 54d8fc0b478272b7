"""Rows of a borderless table that stand alone under its header at the foot of a page.

A row or two are no table: nothing tells their columns. The next page does, where it begins with the same
header: what stands below the header's first print are the table's first rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.tables.assign import cell_text
from extract.tables.captions import is_page_number
from extract.tables.header import header_depth
from extract.tables.stitch import is_marginal
from model.geometry import Box
from model.page import Grid, GridCell, PageContent, TextLine, Word
from normalize.numbers import looks_numeric
from normalize.unicode import fold

_ASCENT = 1.5  # points between the border of a cell and the boxes of its words, at least
_ROW_GAP = 0.6  # of a figure's height, from which two figures stand in two rows
_MOST_ROWS = 3  # more are a table by themselves


def with_page_feet(pages: Sequence[PageContent]) -> list[PageContent]:
    """The pages, such rows under their header as a grid in the place of the lines they were."""
    out = list(pages)
    for n, page in enumerate(pages[1:]):
        grid = _first_grid(page)
        if grid is not None and (foot := _with_foot(out[n], grid)):
            out[n] = foot
    return out


def _first_grid(page: PageContent) -> Grid | None:
    """The borderless grid that a page begins with, if its columns are known."""
    for block in page.blocks:
        if isinstance(block, Grid):
            return block if block.kind == "borderless" and block.column_edges else None
        if not _is_aside(block, page):
            return None
    return None


def _with_foot(page: PageContent, below: Grid) -> PageContent | None:
    """The page with the rows under the header of `below` at its foot; None without such."""
    blocks = page.blocks
    begin = max((n + 1 for n, block in enumerate(blocks) if isinstance(block, Grid)), default=0)
    lines = [b for b in blocks[begin:] if isinstance(b, TextLine) and not _is_aside(b, page)]
    depth = below.header_rows
    if depth is None:
        depth = header_depth(below.cells, below.n_rows, below.n_cols)
    head = [c for c in below.cells if c.row < depth and c.text]
    if not lines or not head or any(c.box is None for c in head):
        return None
    tops = sorted({word.box.y0 for line in lines for word in line.words}, reverse=True)
    for top in tops:
        used = [line for line in lines if line.box and line.box.y0 >= top]
        words = [word for line in used for word in line.words]
        if not all(line.words for line in used):
            break
        if grid := _foot(page, words, head, below, depth, top):
            at = blocks.index(used[0])
            kept = [b for b in blocks if not any(b is line for line in used)]
            return replace(page, blocks=(*kept[:at], grid, *kept[at:]))
    return None


def _foot(
    page: PageContent, words: Sequence[Word], head: Sequence[GridCell], below: Grid, depth: int, top: float
) -> Grid | None:
    """The grid of `words` if they are the header of `below`, its first words at `top`, and rows under it."""
    boxes = [c.box for c in head if c.box]
    shift = top - _ASCENT - min(box.y0 for box in boxes)
    end = max(box.y1 for box in boxes) + shift
    above = [word for word in words if word.box.center[1] < end]
    rest = [word for word in words if word.box.center[1] >= end]
    placed = [_shifted(c, shift) for c in head]
    in_cells = [[w for w in above if c.box and c.box.contains_point(*w.box.center)] for c in placed]
    same = all(_says(found, c.text) for found, c in zip(in_cells, placed))
    if not same or sum(map(len, in_cells)) != len(above):
        return None
    rows = _rows(rest, below.column_edges)
    if rows is None:
        return None
    cells = [*placed, *_missing(below, depth)]
    for n, row in enumerate(rows):
        cells += [_cell(depth + n, col, found, page.source == "ocr") for col, found in enumerate(row)]
    everything = Box.union([word.box for word in words])
    confidence = sum(word.confidence for word in words) / len(words)
    box = Box(below.column_edges[0], everything.y0, below.column_edges[-1], everything.y1)
    return Grid(
        page=page.number,
        kind=below.kind,
        n_rows=depth + len(rows),
        n_cols=below.n_cols,
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.col))),
        box=box,
        column_edges=below.column_edges,
        confidence=confidence,
        header_rows=depth,
        doubt=below.doubt,
    )


def _rows(words: Sequence[Word], edges: Sequence[float]) -> list[list[list[Word]]] | None:
    """Rows of words by column, told by their figures; None where a word lies beside the columns, no figure is
    there, or rows are too many."""
    if any(not edges[0] <= word.box.center[0] < edges[-1] for word in words):
        return None
    anchors: list[float] = []
    for word in sorted(words, key=lambda w: w.box.center[1]):
        middle = word.box.center[1]
        if looks_numeric(word.text) and (not anchors or middle - anchors[-1] > _ROW_GAP * word.box.height):
            anchors.append(middle)
    if not 0 < len(anchors) <= _MOST_ROWS:
        return None
    rows: list[list[list[Word]]] = [[[] for _ in edges[1:]] for _ in anchors]
    for word in words:
        x, y = word.box.center
        row = min(range(len(anchors)), key=lambda n: abs(anchors[n] - y))
        col = next(k for k, edge in enumerate(edges[1:]) if x < edge)
        rows[row][col].append(word)
    return rows


def _is_aside(line: TextLine, page: PageContent) -> bool:
    """Whether a line stands in the margin at the page's top or bottom, or is a page number: a figure that
    nothing stands level with."""
    box = line.box
    if box is None or is_marginal(line, page):
        return box is not None or is_page_number(line)
    return is_page_number(line) and not any(
        other is not line and other.box and other.box.y0 < box.center[1] < other.box.y1
        for other in page.lines
    )


def _says(words: Sequence[Word], text: str) -> bool:
    return fold(cell_text(words)).split() == fold(text).split()


def _shifted(cell: GridCell, shift: float) -> GridCell:
    box = cell.box
    return replace(cell, box=box and Box(box.x0, box.y0 + shift, box.x1, box.y1 + shift))


def _missing(below: Grid, depth: int) -> list[GridCell]:
    """The empty cells of the header."""
    return [replace(c, box=None) for c in below.cells if c.row < depth and not c.text]


def _cell(row: int, col: int, words: Sequence[Word], scanned: bool) -> GridCell:
    """A cell of these words. A scan's figure is doubtful: nobody but the reader of text has read it."""
    if not words:
        return GridCell(row, col, "")
    text, box = cell_text(words), Box.union(w.box for w in words)
    doubtful = scanned and looks_numeric(text)
    return GridCell(row, col, text, box=box, confidence=min(w.confidence for w in words), doubtful=doubtful)

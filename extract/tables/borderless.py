"""Tables without rules between their columns: white space, aligned figures and ordinals tell the cells."""

from __future__ import annotations

from collections.abc import Sequence

from extract.tables.header_blocks import header_cells
from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.row_glue import body_rows
from extract.tables.whitespace import Region, find_regions
from model.geometry import Box, Segment
from model.page import Word


def find_borderless(
    words: Sequence[Word], segments: Sequence[Segment], taken: Sequence[Box]
) -> list[Lattice]:
    """Borderless and half-ruled tables among `words` (points), from the top down.

    A table needs at least three rows in which figures stand in columns of their own; prose in columns,
    letterheads, `Nơi nhận` lists and signature blocks have none. Rules among `segments` (over, under and
    between the rows of a half-ruled table) help to find the header and the rows. Words in the boxes
    `taken` belong to ruled tables and are left alone.
    """
    free = [w for w in words if not any(box.contains_point(*w.box.center) for box in taken)]
    free = _without_stray_marks(free)
    lattices = []
    for region in find_regions(free, segments):
        lattice = _lattice(region)
        if lattice is not None:
            lattices.append(lattice)
    return lattices


def _without_stray_marks(words: Sequence[Word]) -> list[Word]:
    """`words` without the marks of capitals that a reader took for dashes of their own: unread pieces
    that stand within the height of a line of print and over one of its words."""
    unread = [w for w in words if w.text == "-" and w.confidence == 0]
    if not unread:
        return list(words)
    read = [w.box for w in words if not (w.text == "-" and w.confidence == 0)]
    strays = {id(w) for w in unread if any(_stands_on(w.box, box) for box in read)}
    return [w for w in words if id(w) not in strays]


def _stands_on(mark: Box, print_: Box) -> bool:
    """Whether a mark stands on, in or right under the letters of a word."""
    x, y = mark.center
    reach = 0.3 * print_.height
    return print_.x0 <= x <= print_.x1 and print_.y0 - reach <= y <= print_.y1 + reach


def _lattice(region: Region) -> Lattice | None:
    """The lattice of a region: header rows from its blocks, body rows from its anchors."""
    body = body_rows(region)
    if len(body.edges) < 2:
        return None
    head = header_cells(region, body.edges[0], body.pitch)
    row_edges = (*head.edges[:-1], *body.edges)
    cols = head.col_edges
    depth = len(head.edges) - 1
    cells = list(head.cells)
    for r in range(len(body.edges) - 1):
        top, bottom = body.edges[r], body.edges[r + 1]
        if r in body.wide:
            cells.append(LatticeCell(depth + r, 0, 1, len(cols) - 1, Box(cols[0], top, cols[-1], bottom)))
            continue
        for c in range(len(cols) - 1):
            cells.append(LatticeCell(depth + r, c, 1, 1, Box(cols[c], top, cols[c + 1], bottom)))
    box = Box(cols[0], row_edges[0], cols[-1], row_edges[-1])
    return Lattice(box, tuple(row_edges), tuple(cols), tuple(cells))

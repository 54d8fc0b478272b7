"""Tables without rules between their columns: white space, aligned figures and ordinals tell the cells."""

from __future__ import annotations

from collections.abc import Sequence

from extract.tables.header_blocks import header_cells
from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.printed import printed_lines, type_size
from extract.tables.row_glue import body_rows
from extract.tables.row_ruled import find_row_ruled
from extract.tables.side_by_side import words_apart
from extract.tables.whitespace import Region, find_regions
from model.geometry import Box, Segment
from model.page import Word

_FEWEST_PIECES = 3  # of a line that is a row


def find_borderless(
    words: Sequence[Word], segments: Sequence[Segment], taken: Sequence[Box]
) -> list[Lattice]:
    """Borderless and half-ruled tables among `words` (points), from the top down.

    A table needs at least three rows in which figures stand in columns of their own; prose in columns,
    letterheads, `Nơi nhận` lists and signature blocks have none. Rules among `segments` (over, under and
    between the rows of a half-ruled table) help to find the header and the rows. Words in the boxes
    `taken` belong to ruled tables and are left alone; a table may begin at the foot of one (its header).
    """
    free = [w for w in words if not any(box.contains_point(*w.box.center) for box in taken)]
    free = _without_stray_marks(free)
    own = [s for s in segments if not _touches(s, taken)]
    own += _feet(taken, own, free)
    lattices = [
        t for group in words_apart(free, own, type_size(free)) for t in _lattices(group, segments, own)
    ]
    return sorted(lattices, key=lambda t: (t.box.y0, t.box.x0))


def _lattices(words: Sequence[Word], segments: Sequence[Segment], own: Sequence[Segment]) -> list[Lattice]:
    """The lattices of tables among words that no other tables stand beside; `own` are the rules that don't
    belong to ruled tables."""
    lattices = find_row_ruled(words, own)
    rest = [w for w in words if not any(t.box.contains_point(*w.box.center) for t in lattices)]
    found = (_lattice(region) for region in find_regions(rest, segments))
    return [*lattices, *(lattice for lattice in found if lattice is not None)]


def _feet(taken: Sequence[Box], rules: Sequence[Segment], words: Sequence[Word]) -> list[Segment]:
    """The lower borders of ruled tables under which a row stands at once, and a rule below it: what is framed
    is the header of a table whose rows are ruled. A caption under a table is no row."""
    em, found = type_size(words), []
    for box in taken:
        lying = (
            s.y0 for s in rules if s.horizontal and s.y0 > box.y1 and min(s.x1, box.x1) > max(s.x0, box.x0)
        )
        low = min(lying, default=box.y1)
        between = [w for w in words if box.y1 < w.box.center[1] < low and box.x0 < w.box.center[0] < box.x1]
        lines = printed_lines(between, em)
        if lines and len(lines[0].chunks) >= _FEWEST_PIECES:
            found.append(Segment(box.x0, box.y1, box.x1, box.y1))
    return found


def _touches(segment: Segment, taken: Sequence[Box]) -> bool:
    """Whether a rule belongs to one of the boxes."""
    x, y = (segment.x0 + segment.x1) / 2, (segment.y0 + segment.y1) / 2
    return any(b.x0 - 1 <= x <= b.x1 + 1 and b.y0 - 1 <= y <= b.y1 + 1 for b in taken)


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
    wide = dict(body.wide)
    for r in range(len(body.edges) - 1):
        top, bottom = body.edges[r], body.edges[r + 1]
        whole = wide.get(r, len(cols) - 1)
        if whole < len(cols) - 1:
            box = Box(cols[whole], top, cols[-1], bottom)
            cells.append(LatticeCell(depth + r, whole, 1, len(cols) - 1 - whole, box))
        for c in range(whole):
            cells.append(LatticeCell(depth + r, c, 1, 1, Box(cols[c], top, cols[c + 1], bottom)))
    box = Box(cols[0], row_edges[0], cols[-1], row_edges[-1])
    return Lattice(box, tuple(row_edges), tuple(cols), tuple(cells))

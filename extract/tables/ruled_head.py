"""A header in a frame of its own over a body that only rows or white space part: one table.

Spreadsheets and slides print it so: borders or a dark panel round the headings, thin lines or stripes of
shade below. The frame is read as a ruled table of a row or two, the body as a table without rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from model.geometry import Box
from model.page import Grid, GridCell
from normalize.numbering import is_numbering
from normalize.numbers import looks_numeric

_MOST_ROWS = 4  # of a header
_GAP = 0.6  # of the body's row height: what stands between a header and its body is no more than padding
_ENDS = 0.04  # of the table's width by which the frame and the body end apart: a body's words are narrower


def with_ruled_heads(grids: Sequence[Grid]) -> list[Grid]:
    """`grids` of one page, in the frame it is read in, with each ruled header joined to the table under it;
    a header and a body that fit no other grid are left as they are."""
    left = list(grids)
    for head in [g for g in grids if g.kind == "ruled" and _is_head(g)]:
        body = next((g for g in left if g.kind != "ruled" and _heads(head, g)), None)
        if body is not None:
            left[left.index(body)] = _joined(head, body)
            left.remove(head)
    return left


def _is_head(grid: Grid) -> bool:
    """Whether a grid is headings only: words or column numbers, and hardly an empty cell."""
    if grid.n_rows > _MOST_ROWS or grid.n_cols < 2 or len(grid.column_edges) != grid.n_cols + 1:
        return False
    rows = [[c for c in grid.cells if c.row == row] for row in range(grid.n_rows)]
    worded = [row for row in rows if not is_numbering([c.text for c in row])]
    cells = [c for row in worded for c in row]
    filled = [c for c in cells if c.text.strip()]
    figures = any(looks_numeric(c.text) for c in filled)
    return bool(filled) and not figures and 2 * len(filled) > len(cells)


def _heads(head: Grid, body: Grid) -> bool:
    """Whether `head` stands right over `body`, and each of the body's columns under one of its own."""
    over, under = head.box, body.box
    if over is None or under is None or body.n_cols != head.n_cols or len(body.column_edges) < 2:
        return False
    row = under.height / body.n_rows
    if not -_GAP * row <= under.y0 - over.y1 <= _GAP * row:
        return False
    reach = _ENDS * over.width
    if under.x0 < over.x0 - reach or under.x1 > over.x1 + reach:
        return False
    middles = [(a + b) / 2 for a, b in pairwise(body.column_edges)]
    return all(a <= x < b for x, (a, b) in zip(middles, pairwise(head.column_edges), strict=True))


def _joined(head: Grid, body: Grid) -> Grid:
    """One grid of a header and its body."""
    assert head.box is not None and body.box is not None
    below: list[GridCell] = [replace(c, row=c.row + head.n_rows) for c in body.cells]
    return replace(
        body,
        n_rows=head.n_rows + body.n_rows,
        cells=(*head.cells, *below),
        box=Box.union((head.box, body.box)),
        confidence=min(head.confidence, body.confidence),
        notes=(*head.notes, *body.notes),
        doubts=(*head.doubts, *body.doubts),
        doubt=max(head.doubt, body.doubt),
    )

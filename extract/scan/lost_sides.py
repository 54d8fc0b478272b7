"""Cells that only a lost piece of an upright rule made one: under a seal, in a worn copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.scan.cells import INSET, inked_bounds
from extract.scan.inked import bounds_of
from extract.scan.lines.dirt import are_dashes, are_letters
from extract.scan.prepare.components import parts_of
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.ink import Mask
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box

PARTING = 1.2
"""Letter heights of white, down the whole cell, that part two columns: blanks between words of one text are
0.4 to 0.7 wide, justified ones 1.0."""

USUAL = 0.3
"""Share of the rows that an edge parts, from which a cell over it may have lost a piece of the rule: of
dotted and of coloured rules on a copy half are lost."""

HEAD_LETTERS = 2
"""Letters of a piece in a table's first row, whose shade has clumps of dots as large as one."""

REST = 0.3
"""Letter heights on either side of the edge within which ink may be what is left of the rule."""


def with_lost_sides(lattice: Lattice, ink: Mask, frame: Frame, letter: float) -> Lattice:
    """`lattice` (points of the upright page) with every cell over several columns cut at those of their edges
    along which white runs down it, print on both sides, where enough rows have cells of their own. `ink` is
    the page's print without its rules, `letter` the height of its letters in pixels."""
    ends = _ends(lattice)
    usual = {k for k in range(1, lattice.n_cols) if ends[k] >= USUAL * lattice.n_rows}
    cells: list[LatticeCell] = []
    for cell in lattice.cells:
        edges = [k for k in range(cell.col + 1, cell.col + cell.col_span) if k in usual]
        cells.extend(_parted(lattice, cell, edges, ink, frame, letter) if edges else [cell])
    return lattice if len(cells) == len(lattice.cells) else replace(lattice, cells=tuple(cells))


def _ends(lattice: Lattice) -> list[int]:
    """In how many rows a cell begins at each column."""
    ends = [0] * lattice.n_cols
    for cell in lattice.cells:
        ends[cell.col] += cell.row_span
    return ends


def _parted(
    lattice: Lattice, cell: LatticeCell, edges: Sequence[int], ink: Mask, frame: Frame, letter: float
) -> Sequence[LatticeCell]:
    """The cells that one over several columns is, cut at some of its inner `edges`; itself alone where none
    parts it."""
    inked, left = _inked_columns(cell, ink, frame)
    at = {edge: round(lattice.col_edges[edge] / frame.upright_scale) - left for edge in edges}
    parting = [edge for edge in edges if _parts(inked, at[edge], letter)]
    pieces = [
        replace(
            cell,
            col=first,
            col_span=last - first,
            box=Box(
                cell.box.x0 if first == cell.col else lattice.col_edges[first],
                cell.box.y0,
                cell.box.x1 if last == cell.col + cell.col_span else lattice.col_edges[last],
                cell.box.y1,
            ),
        )
        for first, last in pairwise([cell.col, *parting, cell.col + cell.col_span])
    ]
    return pieces if all(_holds_print(piece, ink, frame, letter) for piece in pieces) else [cell]


def _inked_columns(cell: LatticeCell, ink: Mask, frame: Frame) -> tuple[NDArray[np.bool_], int]:
    """Which pixel columns of a cell hold ink, and the first one's place on the page."""
    x0, y0, x1, y1 = (max(0, edge) for edge in bounds_of(cell.box, frame))
    part = ink[y0 + INSET : max(y0 + INSET, y1 - INSET), x0:x1]
    return np.asarray(part.any(axis=0), np.bool_), x0


def _parts(inked: NDArray[np.bool_], edge: int, letter: float) -> bool:
    """Whether print on either side of an edge stands far enough apart to be of two columns."""
    rest = round(REST * letter)
    before = np.flatnonzero(inked[: max(0, edge - rest)])
    after = np.flatnonzero(inked[edge + rest :])
    if not len(before) or not len(after):
        return False
    return bool(after[0] + edge + rest - before[-1] - 1 >= PARTING * letter)


def _holds_print(cell: LatticeCell, ink: Mask, frame: Frame, letter: float) -> bool:
    """Whether a piece of a cell holds more than dirt: letters, figures or a dash; words in a header."""
    bounds = inked_bounds(ink, bounds_of(cell.box, frame), letter)
    if bounds is None:
        return False
    x0, y0, x1, y1 = bounds
    parts = parts_of(np.ascontiguousarray(ink[y0:y1, x0:x1]))
    letters = int(np.count_nonzero(are_letters(parts, letter)))
    if cell.row == 0:
        return letters >= HEAD_LETTERS
    return letters > 0 or bool(are_dashes(parts, letter).any())

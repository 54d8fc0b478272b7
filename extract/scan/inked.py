"""The cells of a lattice on the page's picture: which hold ink, and whether they are a table's at all."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.scan.cells import Bounds, CellInk, inked_bounds
from extract.scan.prepare.components import parts_of
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.sheet import Prepared
from extract.tables.lattice import Lattice
from model.geometry import Box

DRAWN_DOUBT, DRAWN_SHARE, FEW_CELLS = 0.995, 0.35, 12
"""Doubt of a lattice from which it may be a drawing (170 tables of real, printed and copied papers had 0.98
at most), the share of its cells up to which one has print in them, and the cells up to which one may be boxes
to tick."""

WALL, FEW_SHARE = 20.0, 0.35
"""Letter heights both ways from which one piece of ink within a cell is a drawing's (walls, an outline; a
seal has 14), and the share of inked cells up to which a lattice may be its frame: a table with a picture
in it is filled."""


def holds_print(lattice: Lattice, prepared: Prepared) -> bool:
    """Whether a lattice is one of cells with print in them. Boxes to tick have none, and the boxes and lines
    of a drawing enclose little of what is written beside them."""
    if lattice.doubt < DRAWN_DOUBT and len(lattice.cells) > FEW_CELLS:
        return True
    found = inked_cells(lattice, prepared)
    if len(found) <= FEW_SHARE * len(lattice.cells) and any(holds_walls(c, prepared) for c in found.values()):
        return False
    return len(found) > (DRAWN_SHARE * len(lattice.cells) if lattice.doubt >= DRAWN_DOUBT else 0)


def holds_walls(cell: CellInk, prepared: Prepared) -> bool:
    """Whether a piece of a cell's ink is as wide and as high as only the lines of a drawing are."""
    x0, y0, x1, y1 = cell.bounds
    least = WALL * prepared.sheet.letter
    if min(x1 - x0, y1 - y0) < least:
        return False
    parts = parts_of(np.ascontiguousarray(prepared.ink[y0:y1, x0:x1]))
    return bool((parts[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_AREA].min(axis=1) >= least).any())


def cell_bounds(lattices: Sequence[Lattice], frame: Frame) -> list[Bounds]:
    """The cells of all lattices in pixels of the upright page."""
    return [bounds_of(cell.box, frame) for lattice in lattices for cell in lattice.cells]


def bounds_of(box: Box, frame: Frame) -> Bounds:
    """A box of the upright page in its pixels."""
    x0, y0, x1, y1 = frame.pixels(box)
    return round(x0), round(y0), round(x1), round(y1)


def inked_cells(lattice: Lattice, prepared: Prepared) -> dict[int, CellInk]:
    """The cells of a lattice that hold ink, by their place in `lattice.cells`."""
    frame, found = prepared.sheet.frame, {}
    for index, cell in enumerate(lattice.cells):
        bounds = inked_bounds(prepared.ink, bounds_of(cell.box, frame), prepared.sheet.letter)
        if bounds is not None:
            found[index] = CellInk(cell.row, cell.col, bounds)
    return found

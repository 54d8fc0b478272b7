"""Shaded cells made readable: the dots of a dithered or copied shade painted over, the print kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np

from extract.scan.prepare.dots import GREY, MARK, SIDES_END, print_among, without_dots
from extract.scan.prepare.ink import Mask, Picture, ink_mask
from extract.scan.prepare.sheet import Prepared, Sheet

Bounds = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels of the upright page

# Measured at 300 dpi on headers of 12 pages: dithered in grey, copied twice to black and white, plain.
INSET, RING = 5, 10
"""Pixels inside a cell's borders from which, and over which, a shade is looked for: rests of rules lie before
it."""

LEAST_SHADE = 0.01
"""Share of the ring along one side that dots of a shade ink: 0.03 to 0.5, the paper's own specks 0.001."""

FEWEST_DOTS, FEWEST_BESIDE = 6, 2
"""Pieces of ink in a cell that are neither letters nor their marks, from which they are a shade, and beside a
shaded cell: a plain cell has none to two, a thin shade copied twice 8 and more. A cell beside one that has
less is left as it is, but may be read in other cleanings, too."""

LEAST_DENSE, LEAST_BESIDE_PRINT = 0.05, 0.25
"""Dots for each square of a letter's height, and for each piece of print, from which a cell may be shaded:
0.12 to 0.7 and 0.4 to 2 in shades of all kinds; plain cells full of small or faint print, whose letters
break, have 0.002 to 0.085 odd pieces and 0.06 to 0.2."""

MASS = 2.0
"""Letter heights, both ways, from which one piece of ink is dots of a dense shade that ran together, where it
reaches THREE_SIDES of the cell."""

THREE_SIDES = 3

BORDER = 7
"""Pixels inside a shaded cell's borders that are painted over: a rule's rest among dots passes for print that
crosses it."""

FOOT = 3
RINGS = 3  # of the narrowest cell that may be shaded


def without_shades(prepared: Prepared, boxes: Iterable[Bounds]) -> Prepared:
    """The page with the shades of its cells (`boxes`) painted over, and those cells as they were; as it is
    where no cell is shaded."""
    chosen = shaded(prepared, boxes)
    if not chosen:
        return prepared
    sheet, picture = prepared.sheet, prepared.sheet.picture.copy()
    for box, painted in chosen.items():
        if painted:
            cut_out(picture, box)[:] = unshaded(cut_out(picture, box), sheet)
    return replace(
        prepared,
        sheet=sheet.did("shades", picture),
        ink=ink_mask(picture, sheet.threshold),
        shaded={**prepared.shaded, **{box: cut_out(sheet.picture, box) for box in chosen}},
    )


def with_shades_of(prepared: Prepared, boxes: Iterable[Bounds]) -> Prepared:
    """The page with the shades of its cells (`boxes`) painted over, where cells that were looked at before
    are now cut into these: what had been painted over in a cell that is none any more is looked at again."""
    cells = list(boxes)
    gone = [box for box in prepared.shaded if box not in set(cells)]
    if gone:
        picture = prepared.sheet.picture.copy()
        for box in gone:
            cut_out(picture, box)[:] = prepared.shaded[box]
        prepared = replace(
            prepared,
            sheet=replace(prepared.sheet, picture=picture),
            ink=ink_mask(picture, prepared.sheet.threshold),
            shaded={box: was for box, was in prepared.shaded.items() if box not in gone},
        )
    return without_shades(prepared, (box for box in cells if box not in prepared.shaded))


def shaded(prepared: Prepared, boxes: Iterable[Bounds]) -> dict[Bounds, bool]:
    """Those of a page's cells that are shaded, or may be: whether their shade is to be painted over."""
    sheet, picture = prepared.sheet, prepared.sheet.picture
    dotted = round(sheet.paper - GREY * (sheet.paper - sheet.ink))
    counted = [
        (box, dots_in(ink_mask(cut_out(picture, box), dotted), sheet.letter))
        for box in boxes
        if box[0] >= 0 and box[1] >= 0 and cut_out(picture, box).size
    ]
    plainly = [box for box, dots in counted if dots >= FEWEST_DOTS]
    return {
        box: dots >= FEWEST_BESIDE
        for box, dots in counted
        if dots >= FEWEST_DOTS or any(_level(box, other) for other in plainly)
    }


def cut_out(picture: Picture, box: Bounds) -> Picture:
    """The piece of a picture within a cell's bounds; writing into it writes into the picture."""
    return picture[box[1] : box[FOOT], box[0] : box[2]]


def _level(box: Bounds, other: Bounds) -> bool:
    """Whether the middle of a cell stands at the height of another."""
    return other[1] <= (box[1] + box[FOOT]) / 2 <= other[FOOT]


def dots_in(ink: Mask, letter: float) -> int:
    """How many dots of a shade a cell holds that is inked out to its borders; 0 for others. `ink` holds what
    is darker than paper."""
    inner = ink[INSET:-INSET, INSET:-INSET]
    if min(inner.shape, default=0) < RINGS * RING:
        return 0
    sides = (inner[:RING], inner[-RING:], inner[:, :RING], inner[:, -RING:])
    reached = sum(cv2.countNonZero(side) >= LEAST_SHADE * side.size for side in sides)
    if not reached:
        return 0
    _, stats, kept = print_among(np.ascontiguousarray(inner), letter, MARK)
    masses = (
        np.count_nonzero(stats[1:, 2:SIDES_END].min(axis=1) >= MASS * letter) if reached >= THREE_SIDES else 0
    )
    dots = int(np.count_nonzero(~kept))
    print_pieces = np.count_nonzero(kept) - 1  # the ground is counted among them
    if dots < max(LEAST_DENSE * inner.size / (letter * letter), LEAST_BESIDE_PRINT * print_pieces):
        dots = 0
    return dots + FEWEST_DOTS * int(masses)


def unshaded(part: Picture, sheet: Sheet) -> Picture:
    """A shaded cell without its dots and the rests of its borders."""
    clean = without_dots(part, sheet.paper, sheet.ink, sheet.threshold, sheet.letter)
    return with_clear_borders(clean, sheet)


def with_clear_borders(part: Picture, sheet: Sheet) -> Picture:
    """The picture of a cell, its outermost pixels in the paper's tone; the same array."""
    for side in (part[:BORDER], part[-BORDER:], part[:, :BORDER], part[:, -BORDER:]):
        side[:] = sheet.paper
    return part

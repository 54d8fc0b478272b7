"""Shaded cells made readable: the dots of a dithered or copied shade painted over, the print kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.components import Stats, labelled
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
shaded cell: a plain cell has none to two, a thin shade copied twice 8 and more."""

MASS = 2.0
"""Letter heights, both ways, from which one piece of ink is dots of a dense shade that ran together, where it
reaches THREE_SIDES of the cell."""

THREE_SIDES = 3

BORDER = 7
"""Pixels inside a shaded cell's borders that are painted over: a rule's rest among dots passes for print that
crosses it."""

GREY, APART = 0.3, 0.3
"""Shares of the contrast: what is paler than GREY is paper (a page's back shines through at 0.2), and dots
whose mean tone lies APART from the ink's are told from it by tone."""

LETTER, BESIDE, ABOVE = 0.5, 0.3, 0.45
"""Shares of the letter height: a letter is at least so high; points stand so near behind the lower half of
one, marks so near above or below."""

MARK, PALE_MARK = 0.02, 0.004
"""Area of the smallest mark, a share of the letter height's square: among dots of the ink's own tone, and
where the paler dots are gone by their tone and little of a mark is left."""

DASH, LOW, FULL = 0.3, 0.25, 0.6
"""A dash is as wide and no higher than these shares of the letter height, and fills as much of its box."""

FOOT = 3
RINGS = 3  # of the narrowest cell that may be shaded
SIDES_END = 4
LEVELS = 256
WHITE = 255
EDGE_PX = 3


def without_shades(prepared: Prepared, boxes: Iterable[Bounds]) -> Prepared:
    """The page with the shades of its cells (`boxes`) painted over; as it is where no cell is shaded."""
    sheet, picture = prepared.sheet, prepared.sheet.picture
    dotted = round(sheet.paper - GREY * (sheet.paper - sheet.ink))
    counted = [
        (box, dots_in(ink_mask(_cut(picture, box), dotted), sheet.letter))
        for box in boxes
        if box[0] >= 0 and box[1] >= 0
    ]
    plainly = [box for box, dots in counted if dots >= FEWEST_DOTS]
    if not plainly:
        return prepared
    picture = picture.copy()
    for box, dots in counted:
        if dots >= FEWEST_DOTS or (dots >= FEWEST_BESIDE and any(_level(box, other) for other in plainly)):
            part = _cut(picture, box)
            part[:] = unshaded(part, sheet)
    return replace(prepared, sheet=sheet.did("shades", picture), ink=ink_mask(picture, sheet.threshold))


def _cut(picture: Picture, box: Bounds) -> Picture:
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
    _, stats, kept = _print(np.ascontiguousarray(inner), letter, MARK)
    masses = (
        np.count_nonzero(stats[1:, 2:SIDES_END].min(axis=1) >= MASS * letter) if reached >= THREE_SIDES else 0
    )
    return int(np.count_nonzero(~kept)) + FEWEST_DOTS * int(masses)


def unshaded(part: Picture, sheet: Sheet) -> Picture:
    """A shaded cell without its dots: first by their tone, then by their size and place."""
    contrast = float(sheet.paper - sheet.ink)
    dark = part[part < sheet.paper - GREY * contrast]
    out = part
    mark = MARK
    tones = _ink_and_dots(dark, APART * contrast)
    if tones is not None:
        mark, middle = PALE_MARK, fmean(tones)
        between = [tones[0], middle, fmean((middle, tones[1]))]
        levels = np.interp(
            np.arange(LEVELS), between, [min(sheet.ink, tones[0]), sheet.threshold, sheet.paper]
        )
        out = np.asarray(cv2.LUT(part, levels.astype(np.uint8)), np.uint8)
    mask = ink_mask(out, sheet.threshold)
    labels, _, kept = _print(mask, sheet.letter, mark)
    dots = np.where(kept[labels], 0, WHITE).astype(np.uint8)
    out = out.copy()
    out[cv2.dilate(dots, np.ones((EDGE_PX, EDGE_PX), np.uint8)) > 0] = sheet.paper
    for side in (out[:BORDER], out[-BORDER:], out[:, :BORDER], out[:, -BORDER:]):
        side[:] = sheet.paper
    return out


def _ink_and_dots(dark: NDArray[np.uint8], apart: float) -> tuple[float, float] | None:
    """The mean tones of ink and of paler dots (Otsu 1979), or None where all dark pixels are of a tone."""
    if dark.size == 0:
        return None
    level, _ = cv2.threshold(dark.reshape(-1, 1), 0, WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink, dots = dark[dark <= level], dark[dark > level]
    if not ink.size or not dots.size:
        return None
    low, high = float(np.mean(ink)), float(np.mean(dots))
    return (low, high) if high - low >= apart else None


def _print(mask: Mask, letter: float, mark: float) -> tuple[NDArray[Any], Stats, NDArray[np.bool_]]:
    """Each pixel's piece of ink, the pieces' bounds, and which of them are letters, marks beside letters, or
    dashes (the ground is counted among them)."""
    labels, stats = labelled(mask)
    x, y, w, h, area = stats.T
    middle, bottom = x + w / 2, y + h
    large = h >= LETTER * letter
    large[0] = False
    kept = large | ((w >= DASH * letter) & (h <= LOW * letter) & (area >= FULL * w * h))
    near = np.zeros(len(stats), bool)
    for left, top, width, height in stats[large, :SIDES_END].tolist():
        right, foot = left + width, top + height
        level = (bottom > top - ABOVE * letter) & (y < foot + ABOVE * letter)
        over = level & (middle > left) & (middle < right)
        after = (x >= right - w) & (x < right + BESIDE * letter)
        near |= over | (after & (bottom > foot - height / 2) & (y < foot))
    kept |= near & (area >= mark * letter * letter)
    kept[0] = True
    return labels, stats, kept

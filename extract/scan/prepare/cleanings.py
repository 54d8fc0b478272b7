"""Further ways to take the dots of a shade out of a cell, for print into which copied dots have run.

Dots that stand apart are told from print by their size and place (`dots.py`). Where a copier's dots touch the
letters, either of two things brings these back: what is thinner than a stroke taken off, or all ink averaged
over a stroke's width, so that a half-inked ground pales and strokes stay. Which one reads, reading tells.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from extract.scan.prepare.dots import EDGE_PX, MARK, print_among
from extract.scan.prepare.ink import Picture, ink_mask
from extract.scan.prepare.sheet import Sheet

STROKE = 0.17
"""Letter heights below which ink is thinner than a bold stroke: headings of copies have 0.2 and more."""

SOFT, SOFTER = 0.05, 0.07
"""Letter heights over which ink is averaged (the deviation of a bell curve)."""

INKED = 0.4
"""Share of the contrast, averaged, up to which a pixel is ink: strokes stay whole, half-inked grounds go."""

TONES = 256
WHITE = 255


def without_thin_ink(part: Picture, sheet: Sheet) -> Picture:
    """A shaded cell without ink that is thinner than a stroke, and without what is then no print."""
    mask = ink_mask(part, sheet.threshold)
    side = max(EDGE_PX, round(STROKE * sheet.letter))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    strokes = cv2.morphologyEx(mask, cv2.MORPH_OPEN, disc)
    square = np.ones((EDGE_PX, EDGE_PX), np.uint8)
    out = part.copy()
    out[cv2.bitwise_and(cv2.dilate(strokes, square), cv2.dilate(mask, square)) == 0] = sheet.paper
    return _print_only(out, sheet)


def averaged(part: Picture, sheet: Sheet, reach: float = SOFT) -> Picture:
    """A shaded cell with its ink averaged over `reach` letter heights, pale grounds gone."""
    soft = np.asarray(cv2.GaussianBlur(part, (0, 0), max(1.0, reach * sheet.letter)), np.uint8)
    edge = sheet.ink + INKED * (sheet.paper - sheet.ink)
    levels = np.interp(
        np.arange(TONES), [sheet.ink, edge, sheet.paper], [sheet.ink, sheet.threshold, sheet.paper]
    )
    return _print_only(np.asarray(cv2.LUT(soft, levels.astype(np.uint8)), np.uint8), sheet)


def averaged_more(part: Picture, sheet: Sheet) -> Picture:
    """The same over a wider reach, for heavier print."""
    return averaged(part, sheet, SOFTER)


def _print_only(part: Picture, sheet: Sheet) -> Picture:
    """A cell without ink that is no letter and no mark of one."""
    labels, _, kept = print_among(ink_mask(part, sheet.threshold), sheet.letter, MARK)
    dots = np.where(kept[labels], 0, WHITE).astype(np.uint8)
    out = part.copy()
    out[cv2.dilate(dots, np.ones((EDGE_PX, EDGE_PX), np.uint8)) > 0] = sheet.paper
    return out


CLEANINGS: tuple[Callable[[Picture, Sheet], Picture], ...] = (without_thin_ink, averaged, averaged_more)
"""In the order in which they are tried."""

"""Dots of a shade told from print: by their tone, then by their size and place."""

from __future__ import annotations

from statistics import fmean
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.components import Stats, labelled
from extract.scan.prepare.ink import Mask, Picture, ink_mask

# Measured at 300 dpi on headers of 12 pages: dithered in grey, copied twice to black and white, plain.
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

SIDES_END = 4
LEVELS = 256
WHITE = 255
EDGE_PX = 3


def without_dots(part: Picture, paper: int, ink: int, threshold: int, letter: float) -> Picture:
    """A shaded piece of a page without its dots. `paper`, `ink` and `threshold` are the page's grey levels,
    `letter` its letters' height in pixels."""
    out = part
    mark = MARK
    tones = ink_and_dots(part, paper, float(paper - ink))
    if tones is not None:
        mark, middle = PALE_MARK, fmean(tones)
        between = [tones[0], middle, fmean((middle, tones[1]))]
        levels = np.interp(np.arange(LEVELS), between, [min(ink, tones[0]), threshold, paper])
        out = np.asarray(cv2.LUT(part, levels.astype(np.uint8)), np.uint8)
    mask = ink_mask(out, threshold)
    labels, _, kept = print_among(mask, letter, mark)
    dots = np.where(kept[labels], 0, WHITE).astype(np.uint8)
    out = out.copy()
    square = np.ones((EDGE_PX, EDGE_PX), np.uint8)
    out[cv2.dilate(dots, square) > 0] = paper
    if tones is not None:  # told by tone, letters lost their own grey edges
        edge = cv2.dilate(ink_mask(out, threshold), square) > 0
        out[edge] = part[edge]
    return out


def ink_and_dots(part: Picture, paper: int, contrast: float) -> tuple[float, float] | None:
    """The mean tones of a piece's ink and of its paler dots, or None where all that is dark is of a tone.

    A stroke's tone is that of its middle: its grey edges, wide where a page was enlarged, are no dots.
    """
    dark = part < paper - GREY * contrast
    middles = np.asarray(cv2.erode(part, np.ones((EDGE_PX, EDGE_PX), np.uint8)), np.uint8)[dark]
    if _two_tones(middles, APART * contrast) is None:
        return None
    return _two_tones(part[dark], APART * contrast)


def _two_tones(dark: NDArray[np.uint8], apart: float) -> tuple[float, float] | None:
    """The means of the darker and the paler half of some tones (Otsu 1979), or None where they are not so far
    apart."""
    if dark.size == 0:
        return None
    level, _ = cv2.threshold(dark.reshape(-1, 1), 0, WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink, dots = dark[dark <= level], dark[dark > level]
    if not ink.size or not dots.size:
        return None
    low, high = float(np.mean(ink)), float(np.mean(dots))
    return (low, high) if high - low >= apart else None


def print_among(mask: Mask, letter: float, mark: float) -> tuple[NDArray[Any], Stats, NDArray[np.bool_]]:
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

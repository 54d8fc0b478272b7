"""Speckle and dark edges: dirt that is no print."""

from __future__ import annotations

import cv2
import numpy as np

from extract.preprocess.ink import Mask, Picture

SPECK_COUNT = 60
"""Isolated specks from which a page counts as speckled; clean pages measured 0 to 20."""

EDGE_STEP = 4
"""Dark edges are looked for on a picture this many times smaller."""


Bounds = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels


def specks(ink: Mask, letter: float) -> tuple[list[Bounds], int]:
    """(the bounds of specks, how many of them stand alone).

    A speck is far smaller than a full stop (about a quarter of the small letters' height across), or
    not larger than one and far from all print. `letter` is the usual height of a small letter, pixels.
    """
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    stop = 0.045 * letter * letter
    extent = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    small = stats[(stats[:, cv2.CC_STAT_AREA] <= stop) & (extent <= 0.4 * letter)]
    reach = max(3, round(0.7 * letter))
    found, alone = [], 0
    for x, y, width, height, area in small.tolist():
        around = ink[max(0, y - reach) : y + height + reach, max(0, x - reach) : x + width + reach]
        lone = cv2.countNonZero(around) - area <= stop
        alone += lone
        if lone or area <= max(2.0, 0.35 * stop):
            found.append((x, y, x + width, y + height))
    return found, alone


def speckled(ink: Mask, letter: float) -> bool:
    """Whether a look at a few places of the page finds stray specks, so that all of it is worth a search."""
    height, width = ink.shape
    side = 400
    found = 0
    for part_y in (0.1, 0.5, 0.9):
        for part_x in (0.1, 0.5, 0.9):
            y, x = int(part_y * max(0, height - side)), int(part_x * max(0, width - side))
            found += specks(np.ascontiguousarray(ink[y : y + side, x : x + side]), letter)[1]
    return found >= 5


def without_specks(grey: Picture, found: list[Bounds], paper: int) -> Picture:
    """The picture with specks and their grey edges painted in the paper's tone."""
    out = grey.copy()
    for x0, y0, x1, y1 in found:
        out[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1] = paper
    return out


def edge_mask(ink: Mask) -> Mask | None:
    """255 on dark areas that come in from the page's edge (a copier's shadow, the lid), or None.

    Print that merely touches the edge is kept: an edge shadow is long along the edge or solid.
    """
    height, width = ink.shape
    size = (max(1, width // EDGE_STEP), max(1, height // EDGE_STEP))
    small = cv2.threshold(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), 140, 255, cv2.THRESH_BINARY)[1]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=8)
    found = np.zeros(count, bool)
    for index in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[index])
        touches = x <= 1 or y <= 1 or x + w >= size[0] - 1 or y + h >= size[1] - 1
        long = (h > 0.15 * size[1] and w < 0.08 * size[0]) or (w > 0.15 * size[0] and h < 0.08 * size[1])
        solid = area > 0.5 * w * h and area > 0.0005 * size[0] * size[1]
        found[index] = touches and (long or solid)
    if not found.any():
        return None
    grown = cv2.dilate(found[labels].astype(np.uint8) * 255, np.ones((3, 3), np.uint8))
    return cv2.resize(grown, (width, height), interpolation=cv2.INTER_NEAREST).astype(np.uint8)

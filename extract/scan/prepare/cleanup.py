"""Speckle and dark edges: dirt that is no print."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.prepare.components import Stats, labelled, parts_of
from extract.scan.prepare.ink import Mask, Picture, halved

EDGE_SIZE = 0.3
"""Of the page's size: dark edges are looked for on a picture that is no larger."""

LEAST_EDGE = 0.02
"""Of the page's size: what comes in from an edge and is thinner is a rule, however it bends."""

DIGIT, FOOT, LEAST_POINT = 0.85, 0.25, 0.08
"""Of a usual letter's height: how high digits are at least (on a page of figures the usual letter is one),
how near the foot of one the middle of a point stands, and how wide and high the rest of one is at least."""

GAP = (0.3, 0.65)
"""Of a usual letter's height: the gap between two digits with a point between them. On a copied page of 436
figures 0.37 to 0.55; digits without one stood 0.03 to 0.17 apart."""

SPECK_COUNT = 60
"""Isolated specks from which a page counts as speckled; clean pages measured 0 to 20."""


Bounds = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels
SPECK_AREA = 0.045  # of an x-height squared
SPECK_SIDE = 0.4  # x-heights
LONE = 0.7  # x-heights round a speck without print
LEAST_LONE = 3  # pixels
TINY = 0.35  # of a speck's largest area: dirt wherever it lies
SAMPLE_SIDE = 400  # pixels
SAMPLE_START = 0.1  # of the page: where samples lie
SAMPLE_MIDDLE = 0.5
SAMPLE_END = 0.9
DIRTY_SAMPLES = 5  # of nine
INKED = 140  # grey of a shrunk page's ink
WHITE = 255
STRIP_SHAPE = 5  # times as long as wide
EDGE_LONG = 0.15  # of the page's side
EDGE_THIN = 0.08
SOLID = 0.5  # of its box inked
LEAST_SOLID = 0.0005  # of the page
BESIDE_PX = 3


def specks(ink: Mask, letter: float) -> tuple[list[Bounds], int]:
    """(the bounds of specks, how many of them stand alone).

    A speck is far smaller than a full stop (about a quarter of the small letters' height across), or
    not larger than one and far from all print; none is what stands where a point of a figure does, though
    the copy ate most of it. `letter` is the usual height of a small letter, pixels.
    """
    stop = SPECK_AREA * letter * letter
    stats = parts_of(ink)
    extent = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    small = stats[(stats[:, cv2.CC_STAT_AREA] <= stop) & (extent <= SPECK_SIDE * letter)]
    reach = max(LEAST_LONE, round(LONE * letter))
    high = stats[stats[:, cv2.CC_STAT_HEIGHT] >= DIGIT * letter]
    found, alone = [], 0
    for x, y, width, height, area in small.tolist():
        around = ink[max(0, y - reach) : y + height + reach, max(0, x - reach) : x + width + reach]
        lone = cv2.countNonZero(around) - area <= stop
        alone += lone
        if lone or (area <= max(2.0, TINY * stop) and not _is_point((x, y, width, height), high, letter)):
            found.append((x, y, x + width, y + height))
    return found, alone


def _is_point(speck: Bounds, high: Stats, letter: float) -> bool:
    """Whether a speck (its place and size) stands at the foot of two neighbours as high as digits, in a gap
    that is wide enough for a point: digits without one stand closer."""
    x, y, width, height = speck
    if height < LEAST_POINT * letter or width < LEAST_POINT * letter:
        return False
    tops, feet = high[:, cv2.CC_STAT_TOP], high[:, cv2.CC_STAT_TOP] + high[:, cv2.CC_STAT_HEIGHT]
    lefts, rights = high[:, cv2.CC_STAT_LEFT], high[:, cv2.CC_STAT_LEFT] + high[:, cv2.CC_STAT_WIDTH]
    middle = y + height / 2
    at_foot = (tops < middle) & (abs(feet - middle) <= FOOT * letter)
    before, after = rights[at_foot & (rights <= x + width / 2)], lefts[at_foot & (lefts >= x + width / 2)]
    if not before.size or not after.size:
        return False
    return bool(GAP[0] * letter <= after.min() - before.max() <= GAP[1] * letter)


def speckled(ink: Mask, letter: float) -> bool:
    """Whether a look at a few places of the page finds stray specks, so that all of it is worth a search."""
    height, width = ink.shape
    side = SAMPLE_SIDE
    found = 0
    for part_y in (SAMPLE_START, SAMPLE_MIDDLE, SAMPLE_END):
        for part_x in (SAMPLE_START, SAMPLE_MIDDLE, SAMPLE_END):
            y, x = int(part_y * max(0, height - side)), int(part_x * max(0, width - side))
            found += specks(np.ascontiguousarray(ink[y : y + side, x : x + side]), letter)[1]
    return found >= DIRTY_SAMPLES


def without_specks(grey: Picture, found: list[Bounds], paper: int) -> Picture:
    """The picture with specks and their grey edges painted in the paper's tone."""
    out = grey.copy()
    for x0, y0, x1, y1 in found:
        out[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1] = paper
    return out


def edge_mask(ink: Mask, shape: tuple[int, ...]) -> Mask | None:
    """255, on a picture of `shape` (rows, columns), on dark areas that come in from its edge (a copier's
    shadow, the lid), or None. `ink` is its ink mask, which may be half as large.

    Print that merely touches the edge is kept: an edge shadow is long along the edge or solid.
    """
    small = ink
    for _ in range(2):
        small = halved(small) if small.shape[0] > EDGE_SIZE * shape[0] else small
    small = np.asarray(cv2.threshold(small, INKED, WHITE, cv2.THRESH_BINARY)[1], np.uint8)
    height, width = small.shape
    rim = (small[:2], small[-2:], small[:, :2], small[:, -2:])
    if not any(side.any() for side in rim):
        return None
    labels, stats = labelled(small)
    x, y, w, h, area = stats.T
    beside = (x <= 1) | (x + w >= width - 1)
    under = (y <= 1) | (y + h >= height - 1)
    touches = beside | under
    # A rule that a cut margin left touching the edge comes in at a right angle to it, and is thin.
    touches &= ~(beside & ~under & (w > STRIP_SHAPE * h) & (h < LEAST_EDGE * height))
    touches &= ~(under & ~beside & (h > STRIP_SHAPE * w) & (w < LEAST_EDGE * width))
    long = ((h > EDGE_LONG * height) & (w < EDGE_THIN * width)) | (
        (w > EDGE_LONG * width) & (h < EDGE_THIN * height)
    )
    solid = (area > SOLID * w * h) & (area > LEAST_SOLID * width * height)
    found = touches & (long | solid)
    found[0] = False
    if not found.any():
        return None
    grown = cv2.dilate(found[labels].astype(np.uint8) * WHITE, np.ones((BESIDE_PX, BESIDE_PX), np.uint8))
    return np.asarray(cv2.resize(grown, shape[1::-1], interpolation=cv2.INTER_NEAREST), np.uint8)

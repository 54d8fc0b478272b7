"""How far the lines of a page lean, and the page set level."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.frame import Matrix
from extract.scan.prepare.ink import Mask, Picture
from extract.scan.prepare.inked_blocks import drawn_where_inked

LARGEST = 5.0
"""Degrees of lean that are looked for; a sheet drawn in by a feeder leans less."""

POINTS = 60_000
"""Ink pixels that are enough to measure with."""

Points = NDArray[np.float32]
COARSE_STEP = 0.5  # degrees
COARSE_POINTS = 15_000
"""Points that tell the lean to a coarse step: a hundred a line and more. Of fewer all are needed (`shear.py`
has some ten a line)."""

FINE_STEP = 0.1
FINEST_STEP = 0.02
WHITE = 255


def ink_points(mask: Mask) -> tuple[Points, Points]:
    """The x and y of ink pixels, thinned evenly to at most POINTS."""
    found = cv2.findNonZero(mask)
    if found is None:
        empty = np.zeros(0, np.float32)
        return empty, empty
    flat = found.reshape(-1, 2)
    step = max(1, len(flat) // POINTS)
    chosen = flat[::step].astype(np.float32)
    return chosen[:, 0], chosen[:, 1]


def sharpness(along: Points, across: Points, degrees: float) -> float:
    """How sharply the ink falls into lines that lean by `degrees`: the summed squared steps of its
    profile across the lines, per pixel of ink (after Postl 1986)."""
    if not across.size:
        return 0.0
    rows = across - along * np.float32(math.tan(math.radians(degrees)))
    rows -= rows.min()
    steps = np.diff(np.bincount(rows.astype(np.intp)))
    return float(np.dot(steps, steps)) / across.size


def best_lean(along: Points, across: Points, largest: float = LARGEST) -> tuple[float, float]:
    """(degrees, sharpness) of the lean at which lines stand out most, to about 0.02 degrees."""
    few = slice(None, None, max(1, len(along) // COARSE_POINTS))
    best, _ = _sharpest(along[few], across[few], 0.0, largest, COARSE_STEP)
    best, _ = _sharpest(along, across, best, COARSE_STEP, FINE_STEP)
    return _sharpest(along, across, best, FINE_STEP, FINEST_STEP)


def _sharpest(along: Points, across: Points, centre: float, reach: float, step: float) -> tuple[float, float]:
    """(degrees, sharpness) of the sharpest lean within `reach` of `centre`; that one of equals."""
    best, value = centre, sharpness(along, across, centre)
    count = round(reach / step)
    for k in (*range(-count, 0), *range(1, count + 1)):
        found = sharpness(along, across, centre + k * step)
        if found > value:
            best, value = centre + k * step, found
    return best, value


def level_matrix(width: int, height: int, degrees: float, scale: float) -> tuple[Matrix, tuple[int, int]]:
    """Old pixels to new ones that level a page leaning by `degrees` (lines falling to the right are
    positive) and enlarge it by `scale`, and the new (width, height)."""
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    matrix: Matrix = np.asarray(
        cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale), dtype=np.float64
    )
    matrix[0, 2] += (size[0] - width) / 2
    matrix[1, 2] += (size[1] - height) / 2
    return matrix, size


def apply_matrix(picture: Picture, matrix: Matrix, size: tuple[int, int], sharp: bool) -> Picture:
    """The picture under `matrix`, steep edges kept steep where `sharp`; what comes in from outside the page
    is white."""
    inked = drawn_where_inked(picture, matrix, size) if sharp and picture.ndim == 2 else None
    if inked is not None:
        return inked
    way = cv2.INTER_CUBIC if sharp else cv2.INTER_LINEAR
    level = cv2.warpAffine(
        picture, matrix, size, flags=way, borderMode=cv2.BORDER_CONSTANT, borderValue=(WHITE, WHITE, WHITE)
    )
    return np.asarray(level, np.uint8)

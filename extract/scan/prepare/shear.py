"""How far the columns of a page lean whose lines are level: what is left of a photo's perspective."""

from __future__ import annotations

import math

import cv2
import numpy as np

from extract.scan.prepare.components import parts_of
from extract.scan.prepare.frame import Matrix
from extract.scan.prepare.ink import Mask
from extract.scan.prepare.skew import best_lean, sharpness

WORD_GAP, SHORTEST = 0.9, 2.5
"""Letter heights of white that are closed between the letters of a line, and from which a piece has ends."""

FEWEST_ENDS, CLEARER, LEAST_SHEAR = 80, 2.0, 0.15
"""Ends of lines and rules from which their columns can be told; how many times sharper they stand under the
shear found, and the degrees from which it is one. Of 16 photos two were sheared by 0.5 and 2.3 degrees (7 and
15 times sharper), one by 0.2 (3 times); the others gave 0.1 at most (1.0 to 1.2 times)."""

LEAST_GAP = 3  # pixels


def shear_of(level: Mask, letter_px: float) -> float:
    """The degrees by which the columns of a level page lean (feet to the right are positive), 0 where they
    stand or cannot be told. `level` is the page's ink with its rules. Columns show in the ends of what lies:
    rules, lines of print, figures in their columns."""
    gap = max(LEAST_GAP, round(WORD_GAP * letter_px))
    joined = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    x, y, width, height, _ = parts_of(np.asarray(joined, np.uint8)).T
    long = width > SHORTEST * letter_px
    if 2 * np.count_nonzero(long) < FEWEST_ENDS:
        return 0.0
    middle = (y + height / 2)[long].astype(np.float32)
    down = np.concatenate([middle, middle])
    across = np.concatenate([x[long], (x + width)[long]]).astype(np.float32)
    degrees, found = best_lean(down, across)
    is_clear = found >= CLEARER * sharpness(down, across, 0.0)
    return degrees if is_clear and abs(degrees) >= LEAST_SHEAR else 0.0


def sheared_back(level: Matrix, degrees: float, height: int) -> Matrix:
    """`level` (old pixels to those of a level picture, `height` rows high) followed by what sets its columns
    upright; its middle row stays."""
    slope = math.tan(math.radians(degrees))
    shear = np.array([[1.0, -slope, slope * height / 2], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    return np.asarray((shear @ np.vstack([level, [0.0, 0.0, 1.0]]))[:2], np.float64)

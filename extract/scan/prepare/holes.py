"""The holes of a punch, black on a copy: no letters, no column of a table beside which they lie."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.ink import Mask

SIZES = (0.013, 0.032)
"""Of a page's longer side: how wide a hole is (ISO 838: 6 mm; 0.02 of A4, 0.014 of A3)."""

FROM_SIDE = 0.09
"""Of a page's longer side: how far from a side its middle lies (ISO 838: 12 mm, more on a skew copy)."""

ROUND, SOLID = 0.8, 0.93
"""4 pi its area by its outline's length squared (a drawn disc has 0.89, letters 0.2 to 0.4), and the share of
it that is inked (a bold O has 0.88)."""

FEWEST_CORNERS = 5
"""Corners of an outline that may be so round: one of four has 0.79 at most."""

AS_WIDE = 0.85
"""Its width by its height or the reverse, at least."""

_RIM = 2  # pixels around a hole that are its grey edge


def hole_mask(ink: Mask, shape: tuple[int, ...]) -> Mask | None:
    """255, on a picture of `shape` (rows, columns), on the holes of a punch, or None where there are none.
    `ink` is its ink mask, which may be half as large."""
    height, width = ink.shape
    longer = max(height, width)
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    holes = np.zeros_like(ink)
    for contour in (np.asarray(c, np.int32) for c in contours if len(c) >= FEWEST_CORNERS):
        x, y, w, h = cv2.boundingRect(contour)
        if not SIZES[0] * longer <= max(w, h) <= SIZES[1] * longer or min(w, h) < AS_WIDE * max(w, h):
            continue
        side = min(x + w / 2, width - x - w / 2, y + h / 2, height - y - h / 2)
        if side <= FROM_SIDE * longer and _is_disc(ink[y : y + h, x : x + w], contour, (x, y)):
            cv2.drawContours(holes, [contour], -1, 255, cv2.FILLED)
    if not holes.any():
        return None
    grown = cv2.dilate(holes, np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8))
    return np.asarray(cv2.resize(grown, shape[1::-1], interpolation=cv2.INTER_NEAREST), np.uint8)


def _is_disc(ink: Mask, contour: NDArray[np.int32], at: tuple[int, int]) -> bool:
    """Whether a piece of ink, cut out at `at`, with that outline is round and filled."""
    round_share = 4 * math.pi * cv2.contourArea(contour) / cv2.arcLength(contour, True) ** 2
    if round_share < ROUND:
        return False
    outline = np.zeros_like(ink)
    cv2.drawContours(outline, [contour], -1, 255, cv2.FILLED, offset=(-at[0], -at[1]))
    return cv2.countNonZero(cv2.bitwise_and(ink, outline)) >= SOLID * cv2.countNonZero(outline)

"""A line's picture as the network sees it: one height, ink 255 on 0."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.prepare.ink import Picture

HEIGHT = 48
STEP = 4
"""Columns of a strip for one step of the network's output."""

_WIDEST = 3_000  # columns; longer lines are squeezed
_LEAST = 8 * STEP
_BLACK, _WHITE = 2, 90  # percent of a line's tones: its ink's and its paper's
_LEAST_CONTRAST = 40.0
_FULL = 255
_HALF, _ALL = 0.5, 100


def prepare(line: Picture) -> Picture:
    """`line` (grey uint8, dark on light, one line of print with a little paper around) as uint8 ink of
    (48, columns), 0 where the paper is and 255 where the ink is darkest."""
    height, width = line.shape
    columns = min(_WIDEST, max(_LEAST, round(width * HEIGHT / height)))
    how = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    scaled = cv2.resize(line, (columns, HEIGHT), interpolation=how)
    half = np.ascontiguousarray(scaled[:, ::2])
    tones_of = cv2.calcHist([half], [0], None, [_FULL + 1], [0, _FULL + 1])
    counts = np.cumsum(tones_of.ravel().astype(np.int64))
    black, white = (tone_at(counts, percent) for percent in (_BLACK, _WHITE))
    contrast = max(_LEAST_CONTRAST, white - black)
    return np.asarray(cv2.LUT(scaled, _stretched(white, contrast)), np.uint8)


@lru_cache(maxsize=1024)
def _stretched(white: float, contrast: float) -> Picture:
    """The ink of each grey."""
    ink = np.clip((white - np.arange(_FULL + 1)) * (_FULL / contrast), 0, _FULL)
    return np.asarray(ink, np.uint8)


def tone_at(counts: npt.NDArray[np.int64], percent: int) -> float:
    """The tone below which `percent` of the pixels are, between two of them as numpy.percentile has it, at a
    tenth of its cost; `counts[tone]` are the pixels up to each tone."""
    place = percent / _ALL * (int(counts[-1]) - 1)
    first = int(place)
    low, high = np.searchsorted(counts, (first, min(first + 1, int(counts[-1]) - 1)), side="right").tolist()
    share = place - first
    found: float = high - (high - low) * (1 - share) if share >= _HALF else low + (high - low) * share
    return found

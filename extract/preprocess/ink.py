"""Paper and ink told apart: even paper, then black and white."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # rows x columns, 0 black .. 255 white
Mask = NDArray[np.uint8]  # rows x columns, 255 where the thing is

PAPER_STEP = 8
"""The paper's tone is measured on a picture this many times smaller: it changes slowly."""

EVEN_SPREAD = 6.0
"""Paper whose tone spreads less than this (grey levels, 5th to 95th percentile) is left as it is."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The tone of the paper over the page (small picture) and what it tells."""

    tone: Picture
    spread: float
    level: float

    @property
    def uneven(self) -> bool:
        return self.spread > EVEN_SPREAD or self.level < 235.0


def measure_paper(grey: Picture) -> Paper:
    """The paper's tone everywhere: the brightest of each neighbourhood, smoothed over print."""
    height, width = grey.shape
    small = cv2.resize(
        grey, (max(1, width // PAPER_STEP), max(1, height // PAPER_STEP)), interpolation=cv2.INTER_AREA
    )
    tone = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), 15)
    low, middle, high = np.percentile(tone, (5, 50, 95))
    return Paper(tone.astype(np.uint8), float(high - low), float(middle))


def even_paper(grey: Picture, paper: Paper) -> Picture:
    """The picture with its paper brought to white everywhere: shadows and bleed-through thin out."""
    tone = cv2.resize(paper.tone, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(tone, 32), scale=255.0).astype(np.uint8)


def ink_threshold(grey: Picture) -> int:
    """The grey level between ink and paper (Otsu 1979), kept off the paper's own noise.

    On a page with little ink Otsu's threshold can fall into the paper; the paper's mode less three
    of its spreads is then the limit.
    """
    histogram = np.bincount(grey[::2, ::2].ravel(), minlength=256).astype(np.float64)
    weight = np.cumsum(histogram)
    mean = np.cumsum(histogram * np.arange(256))
    total, grand = weight[-1], mean[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (grand * weight / total - mean) ** 2 / (weight * (total - weight))
    otsu = int(np.nanargmax(np.nan_to_num(between)))
    mode = int(np.argmax(histogram[128:])) + 128
    below = np.cumsum(histogram[: mode + 1][::-1])
    spread = int(np.searchsorted(below, 0.68 * below[-1])) if below[-1] else 0
    return max(64, min(otsu, mode - 3 * max(spread, 4)))


def ink_mask(grey: Picture, threshold: int) -> Mask:
    """255 where there is ink."""
    return cv2.threshold(grey, threshold, 255, cv2.THRESH_BINARY_INV)[1].astype(np.uint8)

"""Paper and ink told apart: even paper, then black and white."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # rows x columns, 0 black .. 255 white
Mask = NDArray[np.uint8]  # rows x columns, 255 where the thing is
Tones = NDArray[np.float64]  # pixels of each of the 256 greys

TWO_TONES = 0.001
"""Share of greys below which a page counts as black and white; a fax has none,
scans in grey 0.002 (a blank page) to 0.2 (98 pages)."""

EVEN_SPREAD = 6.0
"""Paper whose tone spreads less than this (grey levels, 5th to 95th percentile) is left as it is."""

WHITE_PAPER = 235.0  # grey level of paper that needs no levelling
PAPER_KERNEL = 9  # eighth pixels: wider than a stroke, narrower than a shade
SMOOTH = 15
DARK_SHARE = 5  # percent of the page's tone
LIGHT_SHARE = 95
DARKEST_PAPER = 32
WHITE = 255.0
BLACK_ON = 255
LEVELS = 256
NEARLY_BLACK = 16
NEARLY_WHITE = 240
ONE_SIGMA = 0.68  # of a normal distribution
DARKEST_CUT = 64
SIGMAS = 3  # between paper and the lightest ink
LEAST_SIGMA = 4
MIDDLE_GREY = 128


@dataclass(frozen=True, slots=True)
class Paper:
    """The tone of the paper over the page (8 times smaller, for it changes slowly) and what it tells."""

    tone: Picture
    spread: float
    level: float

    @property
    def uneven(self) -> bool:
        return self.spread > EVEN_SPREAD or self.level < WHITE_PAPER


def halved(picture: Picture) -> Picture:
    """The picture half as large, each pixel the mean of four; an odd last row or column is left out."""
    height, width = picture.shape[0] // 2, picture.shape[1] // 2
    if not height or not width:
        return picture
    return np.asarray(
        cv2.resize(picture[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA),
        np.uint8,
    )


def measure_paper(grey: Picture) -> Paper:
    """The paper's tone everywhere: the brightest of each neighbourhood, smoothed over print."""
    tone = cv2.morphologyEx(
        halved(halved(halved(grey))), cv2.MORPH_CLOSE, np.ones((PAPER_KERNEL, PAPER_KERNEL), np.uint8)
    )
    paper = _paper_of(np.asarray(tone, np.uint8))
    # Smoothing brings tones nearer to each other: what is even already needs none.
    return _paper_of(np.asarray(cv2.medianBlur(tone, SMOOTH), np.uint8)) if paper.uneven else paper


def _paper_of(tone: Picture) -> Paper:
    low, middle, high = np.percentile(tone, (DARK_SHARE, 50, LIGHT_SHARE))
    return Paper(tone, float(high - low), float(middle))


def even_paper(grey: Picture, paper: Paper) -> Picture:
    """The picture with its paper brought to white everywhere: shadows and bleed-through thin out."""
    tone = cv2.resize(
        np.maximum(paper.tone, DARKEST_PAPER), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR
    )
    return np.asarray(cv2.divide(grey, tone, dst=tone, scale=WHITE), np.uint8)


def tones(grey: Picture) -> Tones:
    """How many pixels have each of the 256 greys, counted on every fourth."""
    return tones_of_all(every_fourth(grey))


def every_fourth(grey: Picture) -> Picture:
    """The picture half as large, of every other pixel of every other row."""
    return np.ascontiguousarray(grey[::2, ::2])


def tones_of_all(grey: Picture) -> Tones:
    """How many pixels have each of the 256 greys."""
    return cv2.calcHist([grey], [0], None, [LEVELS], [0, LEVELS]).ravel().astype(np.float64)


def of_two_tones(histogram: Tones) -> bool:
    """Whether a picture has hardly a grey between black and white, as a fax or a copier's scan has."""
    return bool(histogram[NEARLY_BLACK:NEARLY_WHITE].sum() < TWO_TONES * histogram.sum())


def ink_threshold(grey: Picture) -> int:
    """The grey level between ink and paper of a picture."""
    return threshold_of(tones(grey))


def threshold_of(histogram: Tones) -> int:
    """The grey level between ink and paper (Otsu 1979), kept off the paper's own noise.

    On a page with little ink Otsu's threshold can fall into the paper; the paper's mode less three
    of its spreads is then the limit.
    """
    weight = np.cumsum(histogram)
    mean = np.cumsum(histogram * np.arange(LEVELS))
    total, grand = weight[-1], mean[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (grand * weight / total - mean) ** 2 / (weight * (total - weight))
    otsu = int(np.nanargmax(np.nan_to_num(between)))
    mode = paper_tone(histogram)
    below = np.cumsum(histogram[: mode + 1][::-1])
    spread = int(np.searchsorted(below, ONE_SIGMA * below[-1])) if below[-1] else 0
    return max(DARKEST_CUT, min(otsu, mode - SIGMAS * max(spread, LEAST_SIGMA)))


def paper_tone(histogram: Tones) -> int:
    """The commonest light grey."""
    return int(np.argmax(histogram[MIDDLE_GREY:])) + MIDDLE_GREY


def ink_tone(histogram: Tones, threshold: int) -> int:
    """The middle grey of what is darker than `threshold`; 0 where nothing is."""
    ink = np.cumsum(histogram[:threshold])
    return int(np.searchsorted(ink, ink[-1] / 2)) if threshold > 0 and ink[-1] else 0


def ink_mask(grey: Picture, threshold: int, into: Mask | None = None) -> Mask:
    """255 where there is ink. A mask of the same size that is done with is written over when given as
    `into`: a new one costs more than the comparison does."""
    return np.asarray(cv2.threshold(grey, threshold, BLACK_ON, cv2.THRESH_BINARY_INV, dst=into)[1], np.uint8)

"""What copiers, cameras and coarse scans do to a piece of a page, beside `numbers/train/scan.py`.

Every strength is drawn anew for each piece, from hardly seen to hardly legible.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from numpy.random import Generator

from extract.scan.prepare.ink import Picture

_WHITE = 255
_SEED_BITS = 30
_LEGIBLE = 13.0  # pixels of an em

# A copier's generations: how coarse, how many, what a shade leaves, and for each one the blur (pixels), turn
# (degrees), threshold and noise (grey levels).
_COARSEST_COPY = 0.45
_GENERATIONS = (1, 4)
_SHADED, _DOTS, _DOT_TONE = 0.4, 0.03, 120
_COPY_BLUR = (0.35, 1.1)
_TURNED, _COPY_TURN = 0.6, 0.5
_CUT = (125.0, 200.0)
_COPY_GRAIN, _COPY_CLOUDS = (2.0, 18.0), 14.0
_SPECKED, _SPARSE = 0.5, (4_000, 40_000)  # pixels of a page for each speck
_LARGEST_SPECK, _DARK = 4, 0.7
_LEVELLED, _LEVEL_TURN = 0.8, 0.6

# A camera's: scale, focus (pixels, and share of an em), movement, light, noise, turn, quality.
_PHOTO_SCALE = (0.5, 1.1)
_FOCUS = (0.4, 0.085)
_MOVED, _SHORTEST_MOVE, _LONGEST_MOVE, _SIDEWAYS = 0.3, 2, 5, 0.5
_SHADOW, _LIGHTS = 0.62, (2, 3)
_PHOTO_GRAIN, _PHOTO_TURN = (1.0, 7.0), 0.8
_PHOTO_JPEG, _COARSE_JPEG = (35, 90), (25, 85)

# A coarse scan's: pixels of an em in times the least legible ones, noise, the back of the sheet.
_COARSE = (0.8, 1.3)
_COARSE_GRAIN = 9.0
_BACK, _BACK_TONE = 0.4, 30.0

_GRAIN_SIZE, _GRAIN_KEPT = 0.8, 2  # pixels; what blurring takes of the noise
_CLOUD_ROWS, _CLOUD_COLUMNS, _FEW_CLOUDS = 6, 10, (2, 4)


def copied(page: Picture, size: float, rng: Generator) -> tuple[Picture, float]:
    """One to three generations of a copier in black and white, and what the piece was scaled by. `page` is
    grey, dark on light; `size` the pixels of an em."""
    scale = float(rng.uniform(max(_COARSEST_COPY, _LEGIBLE / size), 1.0)) if size > _LEGIBLE else 1.0
    grey = _scaled(page, scale)
    if rng.random() < _SHADED:
        grey = _shaded(grey, rng)
    for _ in range(int(rng.integers(*_GENERATIONS))):
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), float(rng.uniform(*_COPY_BLUR))), np.uint8)
        if rng.random() < _TURNED:
            grey = turned(grey, float(rng.uniform(-_COPY_TURN, _COPY_TURN)))
        cut = float(rng.uniform(*_CUT))
        level = grey.astype(np.float32) + _grain(grey.shape, float(rng.uniform(*_COPY_GRAIN)), rng)
        level += _clouds(grey.shape, float(rng.uniform(0, _COPY_CLOUDS)), rng)
        grey = np.where(level > cut, np.uint8(_WHITE), np.uint8(0))
        if rng.random() < _SPECKED:
            _specks(grey, rng)
    if rng.random() < _LEVELLED:  # as the page is set level again
        grey = turned(grey, float(rng.uniform(-_LEVEL_TURN, _LEVEL_TURN)))
    return np.asarray(grey, np.uint8), scale


def photographed(page: Picture, size: float, rng: Generator) -> tuple[Picture, float]:
    """A picture taken by hand: out of focus, moved, unevenly lit, JPEG."""
    scale = (
        float(rng.uniform(max(_PHOTO_SCALE[0], _LEGIBLE / size), _PHOTO_SCALE[1])) if size > _LEGIBLE else 1.0
    )
    grey = _scaled(page, scale)
    grey = np.asarray(
        cv2.GaussianBlur(grey, (0, 0), float(rng.uniform(_FOCUS[0], _FOCUS[1] * size * scale))), np.uint8
    )
    if rng.random() < _MOVED:
        length = int(rng.integers(_SHORTEST_MOVE, _LONGEST_MOVE))
        kernel = np.zeros((length, length), np.float32)
        kernel[(length // 2, slice(None)) if rng.random() < _SIDEWAYS else (slice(None), length // 2)] = (
            1 / length
        )
        grey = np.asarray(cv2.filter2D(grey, -1, kernel), np.uint8)
    height, width = grey.shape
    light = cv2.resize(rng.uniform(_SHADOW, 1.0, _LIGHTS).astype(np.float32), (width, height))
    lit = grey.astype(np.float32) * light + _grain(grey.shape, float(rng.uniform(*_PHOTO_GRAIN)), rng)
    out = np.clip(lit / light, 0, _WHITE).astype(np.uint8)  # the page's paper is made even before it is read
    return jpeg(
        turned(out, float(rng.uniform(-_PHOTO_TURN, _PHOTO_TURN))), int(rng.integers(*_PHOTO_JPEG))
    ), scale


def coarse(page: Picture, size: float, rng: Generator) -> tuple[Picture, float]:
    """A scan of few dots an inch, pressed hard."""
    scale = float(rng.uniform(*_COARSE)) * _LEGIBLE / size
    grey = _scaled(page, min(1.0, scale))
    noisy = grey.astype(np.float32) + _grain(grey.shape, float(rng.uniform(0, _COARSE_GRAIN)), rng)
    if rng.random() < _BACK:  # the back of the sheet
        noisy -= np.abs(_clouds(grey.shape, _BACK_TONE, rng, fine=True))
    return jpeg(np.clip(noisy, 0, _WHITE).astype(np.uint8), int(rng.integers(*_COARSE_JPEG))), min(1.0, scale)


def _scaled(page: Picture, scale: float) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def turned(grey: npt.NDArray[np.uint8], degrees: float) -> npt.NDArray[np.uint8]:
    """Turned about the middle, paper coming in at the edges."""
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(grey, matrix, (width, height), borderValue=(_WHITE,)), np.uint8)


def jpeg(grey: npt.NDArray[np.uint8], quality: int) -> npt.NDArray[np.uint8]:
    """What is left after JPEG of a quality."""
    return np.asarray(
        cv2.imdecode(cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 0), np.uint8
    )


def _shaded(grey: npt.NDArray[np.uint8], rng: Generator) -> npt.NDArray[np.uint8]:
    """Dots of a shade round the print, as far as they survive the cleaning of a shaded cell."""
    dots = rng.random(grey.shape) < rng.uniform(0, _DOTS)
    return np.where(dots, np.minimum(grey, _DOT_TONE), grey).astype(np.uint8)


def _specks(grey: npt.NDArray[np.uint8], rng: Generator) -> None:
    height, width = grey.shape
    for _ in range(int(rng.poisson(height * width / rng.uniform(*_SPARSE)))):
        y, x, side = int(rng.integers(height)), int(rng.integers(width)), int(rng.integers(1, _LARGEST_SPECK))
        grey[y : y + side, x : x + side] = 0 if rng.random() < _DARK else _WHITE


def _grain(shape: tuple[int, ...], level: float, rng: Generator) -> npt.NDArray[np.float32]:
    """Noise of about a pixel, of a standard deviation of `level` grey levels."""
    cv2.setRNGSeed(int(rng.integers(1 << _SEED_BITS)))
    noise = np.empty(shape, np.float32)
    cv2.randn(noise, np.zeros(1), np.full(1, level * _GRAIN_KEPT))
    return np.asarray(cv2.GaussianBlur(noise, (0, 0), _GRAIN_SIZE), np.float32)


def _clouds(
    shape: tuple[int, ...], level: float, rng: Generator, fine: bool = False
) -> npt.NDArray[np.float32]:
    """Slow changes of tone."""
    few = (max(2, shape[0] // _CLOUD_ROWS), max(2, shape[1] // _CLOUD_COLUMNS)) if fine else _FEW_CLOUDS
    return np.asarray(cv2.resize(rng.normal(0, level, few).astype(np.float32), shape[::-1]), np.float32)

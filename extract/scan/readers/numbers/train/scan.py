"""What printing, copying, scanning and faxing do to a crop of clean ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from numpy.random import Generator

from extract.scan.readers.numbers.prepare import Picture

_TURNED = 0.16
_THICKENED = 0.03
_THIRD = 3
_LEAST_BLUR = 0.25
_WHITE = 255
_WORST_JPEG = 30
_BEST_JPEG = 92
_SHAPES = 3
_DILATED = 0.6  # of the worn crops; the rest lose ink
_LYING = 0.6  # of the streaks
_PALEST_FADE = 0.6
_THIN_INK = 24  # pixels
_MOST_SPECKS = 24
_LARGEST_SLANT = 0.15
_SLANTED = 0.1
_NARROWED = 0.85
_WIDENED = 1.15
_RESIZED = 0.3
_HALF_PIXEL = 0.5
_CLOUDED = 0.5  # of the noisy pages
_DARKEST_CUT = 0.5
_THICKEST = 3
_SIDE = 8
_DARKEST_PAPER = 195
_CLEAN_PAPER = 240
_NOISY = 4
_CLOUDS = 0.8  # of the noise
_DARK_SPECKS = 0.8
_PALEST_CUT = 0.8
_FADED = 0.12
_SEED_BITS = 30
_DENSEST = 1500
_SPARSEST = 9000
_SPECK_SIDE = 4
_PALEST_SPECK = 60
_DARKEST_SPECK = 170


@dataclass(frozen=True, slots=True)
class Wear:
    """How hard a sample is treated: `clean` little, `office` some, `worn` and `fax` much."""

    name: str
    turn: float  # degrees, at most
    blur: tuple[float, float]  # sigma in pixels of the scan
    strength: tuple[float, float]  # ink's darkness
    noise: float  # grey levels, at most
    specks: float  # chance of speckle
    jpeg: float  # chance of JPEG
    threshold: float  # chance of black and white
    shrink: float  # chance of two thirds of the resolution after turning, for print that stays legible


_LEGIBLE = 16.0  # pixels of an em below which a comma and a point are one dot


WEARS = (
    (0.15, Wear("clean", 0.6, (0.0, 0.5), (0.9, 1.0), 3, 0.02, 0.15, 0.08, 0.1)),
    (0.27, Wear("office", 1.2, (0.3, 0.9), (0.75, 1.0), 8, 0.08, 0.6, 0.08, 0.15)),
    (0.3, Wear("worn", 2.2, (0.5, 1.2), (0.5, 0.95), 16, 0.4, 0.6, 0.1, 0.5)),
    (0.28, Wear("fax", 2.2, (0.4, 1.1), (0.6, 1.0), 14, 0.5, 0.1, 1.0, 0.5)),
)


def draw_wear(rng: Generator) -> Wear:
    """One of `WEARS`, by its share."""
    return WEARS[int(rng.choice(len(WEARS), p=[share for share, _ in WEARS]))][1]


def scan(ink: Picture, wear: Wear, rng: Generator, size: float) -> Picture:
    """The crop (grey, dark on light) that a scanner gives for `ink` (255 on 0), its em `size` pixels."""
    if rng.random() < _TURNED:
        ink = _pressed(ink, rng)
    ink = _turned(ink, wear, rng)
    if rng.random() < _THICKENED:
        _erase_lines(ink, rng)
    if rng.random() < wear.shrink and size * 2 / _THIRD >= _LEGIBLE:
        ink = np.asarray(
            cv2.resize(ink, None, fx=2 / _THIRD, fy=2 / _THIRD, interpolation=cv2.INTER_AREA), np.uint8
        )
    sigma = float(rng.uniform(*wear.blur))
    if sigma > _LEAST_BLUR:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), sigma), np.uint8)
    grey = _on_paper(ink, wear, rng)
    if rng.random() < wear.specks:
        _speckle(grey, rng)
    out = np.clip(grey, 0, _WHITE).astype(np.uint8)
    if rng.random() < wear.threshold:
        out = _black_and_white(out, rng)
    if rng.random() < wear.jpeg:
        quality = int(rng.integers(_WORST_JPEG, _BEST_JPEG))
        out = np.asarray(
            cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 0), np.uint8
        )
    return out


def _pressed(ink: Picture, rng: Generator) -> Picture:
    """Ink that ran (thicker) or did not take (thinner)."""
    shape = ((1, 2), (2, 1), (2, 2))[int(rng.integers(_SHAPES))]
    change = cv2.dilate if rng.random() < _DILATED or min(ink.shape) < _THIN_INK else cv2.erode
    return np.asarray(change(ink, np.ones(shape, np.uint8)), np.uint8)


def _turned(ink: Picture, wear: Wear, rng: Generator) -> Picture:
    """Turned, slanted and stretched a little about the middle, at a place between the pixels."""
    height, width = ink.shape
    turn = np.deg2rad(rng.uniform(-wear.turn, wear.turn))
    slant = rng.uniform(-_LARGEST_SLANT, _LARGEST_SLANT) if rng.random() < _SLANTED else 0.0
    wide = rng.uniform(_NARROWED, _WIDENED) if rng.random() < _RESIZED else 1.0
    a, b, c, d = wide * np.cos(turn), -np.sin(turn) + slant, np.sin(turn), np.cos(turn)
    columns = max(2, round(width * wide))
    x = columns / 2 - a * width / 2 - b * height / 2 + rng.uniform(-_HALF_PIXEL, _HALF_PIXEL)
    y = height / 2 - c * width / 2 - d * height / 2 + rng.uniform(-_HALF_PIXEL, _HALF_PIXEL)
    matrix = np.array([[a, b, x], [c, d, y]], np.float32)
    return np.asarray(cv2.warpAffine(ink, matrix, (columns, height), flags=cv2.INTER_LINEAR), np.uint8)


def _erase_lines(ink: Picture, rng: Generator) -> None:
    """The gap that taking out a rule leaves in the ink it crossed."""
    height, width = ink.shape
    thick = int(rng.integers(1, _THICKEST))
    if rng.random() < _LYING:
        y = int(rng.integers(0, height))
        ink[y : y + thick] = 0
    else:
        x = int(
            rng.choice([rng.integers(0, 1 + width // _SIDE), width - 1 - rng.integers(0, 1 + width // _SIDE)])
        )
        ink[:, x : x + thick] = 0


def _on_paper(ink: Picture, wear: Wear, rng: Generator) -> npt.NDArray[np.float32]:
    """Grey levels of the ink on uneven, noisy paper."""
    height, width = ink.shape
    paper = float(
        rng.uniform(_DARKEST_PAPER, _WHITE) if wear.name != "clean" else rng.uniform(_CLEAN_PAPER, _WHITE)
    )
    strength = float(rng.uniform(*wear.strength)) * paper
    grey = ink.astype(np.float32) * np.float32(-strength / _WHITE)
    if wear.noise > _NOISY and rng.random() < _CLOUDED:
        tone = rng.normal(0, wear.noise * _CLOUDS, (3, 4)).astype(np.float32)
        grey += cv2.resize(tone, (width, height), interpolation=cv2.INTER_LINEAR)
    if wear.name in ("worn", "fax") and rng.random() < _FADED:
        fade = cv2.resize(rng.uniform(_PALEST_FADE, 1.0, (2, 3)).astype(np.float32), (width, height))
        grey *= fade
    grey += paper
    level = float(rng.uniform(0, wear.noise))
    if level > 1:
        noise = np.empty((height, width), np.float32)
        cv2.setRNGSeed(int(rng.integers(1 << _SEED_BITS)))
        grey += np.asarray(cv2.randn(noise, np.zeros(1), np.full(1, level)), np.float32)
    return grey


def _speckle(grey: npt.NDArray[np.float32], rng: Generator) -> None:
    """Dark dots of one to three pixels, and fewer light ones in the ink."""
    height, width = grey.shape
    count = int(rng.poisson(height * width / rng.uniform(_DENSEST, _SPARSEST))) + 1
    for _ in range(min(count, _MOST_SPECKS)):
        y, x = int(rng.integers(height)), int(rng.integers(width))
        dark = -1.0 if rng.random() < _DARK_SPECKS else 1.0
        grey[y : y + int(rng.integers(1, _SPECK_SIDE)), x : x + int(rng.integers(1, _SPECK_SIDE))] += (
            dark * rng.uniform(_PALEST_SPECK, _DARKEST_SPECK)
        )


def _black_and_white(grey: Picture, rng: Generator) -> Picture:
    """A fax's or copier's threshold, between faint and flooded, kept within what a person can read."""
    low, high = int(grey.min()), int(np.median(grey))
    at = low + (high - low) * float(rng.uniform(_DARKEST_CUT, _PALEST_CUT))
    return np.asarray(cv2.threshold(grey, at, _WHITE, cv2.THRESH_BINARY)[1], np.uint8)

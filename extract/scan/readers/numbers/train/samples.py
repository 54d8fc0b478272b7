"""Labelled strips for the network: drawn, scanned, cropped and prepared as a page's cells are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator

from extract.scan.readers.numbers.prepare import Picture, prepare
from extract.scan.readers.numbers.train.fonts import FontPool, find_fonts
from extract.scan.readers.numbers.train.ink import draw_text, surround
from extract.scan.readers.numbers.train.scan import Wear, draw_wear, scan
from extract.scan.readers.numbers.train.strings import Sample, draw

_RESOLUTIONS = (150, 200, 200, 240, 300, 300)
_TIDY = 0.6  # of the strips for training
STEPS_PER_SIGN = 4  # strip columns for one output step; a label needs a step a sign and one between equals
_SMALLEST_PT = 8
_LARGEST_PT = 14
_POINTS_AN_INCH = 72
_LOWEST = 0.4
_NARROWEST = 0.5
_WIDEST = 3
_EMPTY = 0.12
_STEP_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Strip:
    """A prepared crop with its classes; `wear` names its treatment, `text` what was printed."""

    ink: Picture
    label: tuple[int, ...]
    text: str
    wear: str


def make_crop(sample: Sample, pool: FontPool, wear: Wear, rng: Generator, tidy: bool = False) -> Picture:
    """The crop (grey) that a page scan would give of the cell in which `sample` is printed.

    `tidy` cuts the cell well: nothing of its own ink is lost, nothing of another row's is in it.
    """
    points = float(rng.uniform(_SMALLEST_PT, _LARGEST_PT))
    size = max(_LARGEST_PT, round(points * int(rng.choice(_RESOLUTIONS)) / _POINTS_AN_INCH))
    if not sample.text:
        ink = np.zeros(
            (int(size * rng.uniform(_LOWEST, 1)), int(size * rng.uniform(_NARROWEST, _WIDEST))), np.uint8
        )
    else:
        ink = draw_text(sample.text, pool.draw(rng), size, rng)
    other = (
        draw_text(draw(rng).text or "0", pool.draw(rng), size, rng)
        if rng.random() < _EMPTY and not tidy
        else None
    )
    return scan(surround(ink, size, other, rng, tidy), wear, rng, size)


def strips(pool: FontPool, rng: Generator, tidy: float = _TIDY) -> Iterator[Strip]:
    """An endless supply of strips, a share of them tidy; those too narrow for their label are left out."""
    while True:
        is_tidy = rng.random() < tidy
        sample, wear = draw(rng, is_tidy), draw_wear(rng)
        ink = prepare(make_crop(sample, pool, wear, rng, is_tidy))
        repeats = sum(a == b for a, b in zip(sample.label, sample.label[1:]))
        if ink.shape[1] // STEPS_PER_SIGN >= len(sample.label) + repeats:
            yield Strip(ink, sample.label, sample.text, wear.name)


def validation_set(
    folders: list[Path], count: int = 6000, seed: int = 20241
) -> tuple[list[Strip], list[Strip]]:
    """The fixed validation strips: (in training fonts, in fonts kept for validation), `count` of each."""
    out = []
    for held_out in (False, True):
        supply = strips(find_fonts(folders, held_out), np.random.default_rng([seed, held_out]))
        out.append([next(supply) for _ in range(count)])
    return out[0], out[1]


def padded(batch: list[Strip]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Strips side by side as (N, 1, 32, W) uint8, W the widest rounded up to a multiple of 16."""
    width = -(-max(s.ink.shape[1] for s in batch) // _STEP_COLUMNS) * _STEP_COLUMNS
    out = np.zeros((len(batch), 1, batch[0].ink.shape[0], width), np.uint8)
    for row, strip in zip(out, batch):
        row[0, :, : strip.ink.shape[1]] = strip.ink
    return out

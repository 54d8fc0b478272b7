"""What a figure's shape says at once: a small network that knows the ten figures as fonts draw them.

Most fonts draw figures that nobody could take for others. Those it is sure of need no reading; all others are
read by the number reader. `scripts/train_shapes.py` makes its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pdf.specimen import DARK_INK, DIGITS, Figure, Specimen

DATA = Path(__file__).with_name("data") / "shapes.npz"

HIGH, WIDE = 16, 12
"""Pixels to which the box of a figure is scaled."""

NONE = 10
"""The class of what is no figure."""

SURE = 0.99
"""Chance from which a shape is what it looks like: of 14,399 figures and signs in families of fonts that were
kept back from training 97 in 100 are so, and 4 of them wrongly."""

_INK = 255.0
_RULE = 0.85  # of a row's pixels that are dark where a table's rule runs through it

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The weights of a network of one hidden layer: (HIGH * WIDE, n), (n,), (n, NONE + 1) and (NONE + 1,)."""

    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    @classmethod
    def load(cls, path: Path = DATA) -> Shapes:
        with np.load(path) as kept:
            return cls(*(kept[name].astype(np.float32) for name in cls.__slots__))

    def save(self, path: Path) -> None:
        halves = {name: getattr(self, name).astype(np.float16) for name in self.__slots__}
        np.savez(path, **halves)

    def chances(self, shapes: Floats) -> Floats:
        """The chance of each class for each shape (n x HIGH * WIDE)."""
        hidden = np.maximum(0, shapes @ self.inner + self.inner_bias)
        scores = hidden @ self.outer + self.outer_bias
        found = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(found / found.sum(axis=1, keepdims=True), np.float32)


def shape_of(piece: NDArray[np.uint8], top: int, bottom: int) -> Floats:
    """The rows from `top` to `bottom` of a figure's box (dark on white), scaled: its ink from 0 to 1."""
    small = cv2.resize(piece[top:bottom], (WIDE, HIGH), interpolation=cv2.INTER_AREA)
    return np.asarray(1 - small.ravel() / _INK, np.float32)


def surely_shaped(shown: Sequence[Specimen]) -> set[Figure]:
    """The figures of specimens whose shapes are surely those that they are typed as, and signs that are
    surely no figures."""
    pieces = [(figure, shape) for specimen in shown for figure, shape in _shapes_in(specimen)]
    if not pieces:
        return set()
    chances = shapes().chances(np.stack([shape for _, shape in pieces]))
    wanted = [int(char) if char in DIGITS else NONE for (_, char), _ in pieces]
    sure = chances[np.arange(len(pieces)), wanted] >= SURE
    return {figure for (figure, _), is_sure in zip(pieces, sure.tolist(), strict=True) if is_sure}


def _shapes_in(specimen: Specimen) -> list[tuple[Figure, Floats]]:
    """The figures of a specimen with their shapes, none where it has no ink."""
    dark = (specimen.picture < DARK_INK).mean(axis=1)
    rows = np.flatnonzero((dark > 0) & (dark < _RULE))
    if not rows.size:
        return []
    lines = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    line = max(lines, key=len)
    top, bottom = int(line[0]), int(line[-1]) + 1
    return [(figure, shape_of(piece, top, bottom)) for figure, piece in specimen.pieces()]


@cache
def shapes() -> Shapes:
    """The network, loaded once a process."""
    return Shapes.load()

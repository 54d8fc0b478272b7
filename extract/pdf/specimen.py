"""Type specimens: the figures of each font of a page, cut from its drawing and set side by side.

A font that draws a 7 and calls it a 1 does so everywhere. Ten figures in one strip are read at a third of the
cost of the words in which they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.pdf.ink import Ink
from extract.pdf.words import Glyph

Figure = tuple[str, str]
"""A font's name, and one of the ten figures."""

MOST_TOGETHER = 24
"""Figures that are read at once: the reader is less sure of a longer line."""

_LIKE = 0.15  # of a type size, by which sizes differ that are read in one line
_MARGIN_PT = 1.2  # above and below a figure's box, for figures that reach over it
_PAPER = 255
_DARK_GROUND = 128  # grey below which a figure's ground is dark and its print light


@dataclass(frozen=True, slots=True)
class Specimen:
    """Figures of fonts of like size, in the order in which `picture` (dark on light) shows them."""

    figures: tuple[Figure, ...]
    size: float
    picture: NDArray[np.uint8]

    @property
    def text(self) -> str:
        """What the file says that they are."""
        return "".join(char for _, char in self.figures)


def specimens(glyphs: Sequence[Glyph], wanted: Collection[Figure], ink: Ink) -> list[Specimen]:
    """The `wanted` figures, as far as upright glyphs show them, in the order of the fonts and their figures.
    Of several sizes in which a font is set, each figure comes from the commonest that has it."""
    first: dict[tuple[str, float], dict[str, Glyph]] = {}
    counts = Counter[tuple[str, float]]()
    for glyph in glyphs:
        if (glyph.font, glyph.text) in wanted and not glyph.turn:
            kind = glyph.font, round(glyph.size, 1)
            counts[kind] += 1
            first.setdefault(kind, {}).setdefault(glyph.text, glyph)
    left = set(wanted)
    out: list[Specimen] = []
    for kind in sorted(first, key=lambda k: (-counts[k], k)):
        own = {char: g for char, g in sorted(first[kind].items()) if (kind[0], char) in left}
        left.difference_update((kind[0], char) for char in own)
        if own and (picture := _side_by_side(list(own.values()), ink)).size:
            out.append(Specimen(tuple((kind[0], char) for char in own), kind[1], picture))
    return out


def side_by_side(shown: Sequence[Specimen]) -> list[Specimen]:
    """Specimens of like size put together, so that fewer are to be read."""
    out: list[Specimen] = []
    for one in sorted(shown, key=lambda s: s.size):
        last = out[-1] if out else None
        if (
            last is None
            or abs(last.size - one.size) > _LIKE * last.size
            or len(last.figures) + len(one.figures) > MOST_TOGETHER
        ):
            out.append(one)
            continue
        high = max(last.picture.shape[0], one.picture.shape[0])
        both = np.hstack([_as_high(last.picture, high), _as_high(one.picture, high)])
        out[-1] = Specimen((*last.figures, *one.figures), last.size, both)
    return out


def _as_high(picture: NDArray[np.uint8], high: int) -> NDArray[np.uint8]:
    return np.pad(picture, ((0, high - picture.shape[0]), (0, 0)), constant_values=_PAPER)


def _side_by_side(glyphs: Sequence[Glyph], ink: Ink) -> NDArray[np.uint8]:
    """The glyphs' ink from the left to the right, each on white paper; empty where one lies at the page's
    edge."""
    high = max(round((g.box.height + 2 * _MARGIN_PT) * ink.scale) for g in glyphs)
    pieces: list[NDArray[np.uint8]] = []
    for glyph in glyphs:
        top = round((glyph.box.y0 - _MARGIN_PT) * ink.scale)
        left, right = round(glyph.box.x0 * ink.scale), round(glyph.box.x1 * ink.scale)
        piece = ink.window((max(top, 0), top + high), (max(left, 0), right))
        if top < 0 or left < 0 or piece.shape != (high, right - left) or not piece.size:
            return np.zeros((0, 0), np.uint8)
        pieces.append(_on_white(piece))
    return np.hstack(pieces)


def _on_white(piece: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A figure as dark print, its ground made white."""
    ground = int(np.partition(piece, piece.size // 2, axis=None)[piece.size // 2])
    if ground < _DARK_GROUND:
        piece, ground = 255 - piece, 255 - ground
    return np.where(piece > ground, _PAPER, piece + (_PAPER - ground)).astype(np.uint8)

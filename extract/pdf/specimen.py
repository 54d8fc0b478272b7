"""Type specimens: the figures of each font of a page, cut from its drawing and set side by side.

A font that draws a 7 and calls it a 1 does so everywhere. Ten figures in one strip are read at a third of the
cost of the words in which they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from extract.pdf.ink import Ink
from extract.pdf.words import Glyph

Figure = tuple[str, str]
"""A font's face (`extract.pdf.words.Glyph.sign`), and one of the ten figures, or a sign as wide as they."""

DIGITS = frozenset("0123456789")
"""The figures that the number reader reads: no raised ones, and none of other scripts."""

MARK = "~"
"""Before the text of a sign that is as wide as figures are."""

DARK_INK = 160
"""Grey below which there is ink on a specimen's white."""

MOST_TOGETHER = 24
"""Figures that are read at once: the reader is less sure of a longer line."""

_LIKE = 0.15  # of a type size, by which sizes differ that are read in one line
_NARROWER, _WIDER = 0.8, 1.05  # of the narrowest and the widest figure of a face
_LEAST_SIZE = 0.1  # points
_LOW = 0.4  # of a specimen's height; a figure of 9 points takes half
_NEVER = (1.0, 0.0)  # a range that holds nothing
_SIDEWAYS = frozenset({90, 270})
_MARGIN_PT = 1.2  # above and below a figure's box, for figures that reach over it
_PAPER = 255
_DARK_GROUND = 128  # grey below which a figure's ground is dark and its print light


@dataclass(frozen=True, slots=True)
class Specimen:
    """Figures of fonts of like size, in the order in which `picture` (dark on light) shows them, each up to
    its column of `ends`."""

    figures: tuple[Figure, ...]
    size: float
    picture: NDArray[np.uint8]
    ends: tuple[int, ...]

    @property
    def text(self) -> str:
        """What must be read there: the figures that the file says. Signs show none."""
        return "".join(char for _, char in self.figures if char in DIGITS)

    def pieces(self) -> list[tuple[Figure, NDArray[np.uint8]]]:
        """Each figure with its own part of the picture."""
        starts = (0, *self.ends[:-1])
        return [
            (figure, self.picture[:, start:end])
            for figure, start, end in zip(self.figures, starts, self.ends, strict=True)
        ]

    def without(self, figures: Collection[Figure]) -> Specimen | None:
        """The specimen without some figures, None where nothing is left."""
        left = [(figure, piece) for figure, piece in self.pieces() if figure not in figures]
        return _of_pieces([f for f, _ in left], self.size, [p for _, p in left]) if left else None

    @property
    def is_low(self) -> bool:
        """Whether its ink is too low to be a figure's: dashes, quotation marks, blanks."""
        rows = np.flatnonzero(self.picture.min(axis=1) < DARK_INK)
        return not rows.size or int(rows[-1] - rows[0] + 1) < _LOW * self.picture.shape[0]


def figure_signs(glyphs: Sequence[Glyph]) -> list[Figure | None]:
    """For each glyph the figure it is of its face, the sign it is if it is no letter but as wide as figures
    are there (`MARK` before it), or None.

    A figure that its font calls a point, a blank or a sign of no shape is as wide as it was, and else lost in
    silence.
    """
    signs = [g.sign if g.text in DIGITS else None for g in glyphs]
    first = {sign: g for sign, g in zip(signs, glyphs, strict=True) if sign is not None}
    wide: dict[str, list[float]] = {}
    for (face, _), glyph in first.items():
        wide.setdefault(face, []).append(_width(glyph))
    ends = {face: (_NARROWER * min(own), _WIDER * max(own)) for face, own in wide.items()}
    for n, glyph in enumerate(glyphs):
        if signs[n] is None and not glyph.text.isalpha():
            face = glyph.face or glyph.font
            low, high = ends.get(face, _NEVER)
            if low <= _width(glyph) <= high:
                signs[n] = face, MARK + glyph.text
    return signs


def _width(glyph: Glyph) -> float:
    """Of the type size; of turned print the height of its box."""
    box = glyph.box
    return (box.y1 - box.y0 if glyph.turn in _SIDEWAYS else box.x1 - box.x0) / max(glyph.size, _LEAST_SIZE)


def specimens(glyphs: Sequence[Glyph], wanted: Collection[Figure], ink: Ink) -> list[Specimen]:
    """The `wanted` figures and signs, as far as upright glyphs show them, in the order of the faces and their
    figures. Of several sizes in which a face is set, each figure comes from the commonest that has it."""
    return specimens_of(list(zip(figure_signs(glyphs), glyphs, strict=True)), wanted, ink)


def specimens_of(
    signed: Sequence[tuple[Figure | None, Glyph]], wanted: Collection[Figure], ink: Ink
) -> list[Specimen]:
    """As `specimens`, of glyphs with their signs."""
    first: dict[tuple[str, float, str], dict[Figure, Glyph]] = {}
    counts = Counter[tuple[str, float, str]]()
    for sign, glyph in signed:
        if sign is not None and sign in wanted and not glyph.turn:
            kind = sign[0], round(glyph.size, 1), sign[1] if sign[1][:1] == MARK else ""
            counts[kind] += 1
            first.setdefault(kind, {}).setdefault(sign, glyph)
    left = set(wanted)
    out: list[Specimen] = []
    for kind in sorted(first, key=lambda k: (-counts[k], k)):
        own = {sign: g for sign, g in sorted(first[kind].items()) if sign in left}
        left.difference_update(own)
        if own and (pieces := _cut_out(list(own.values()), ink)):
            out.append(_of_pieces(list(own), kind[1], pieces))
    return out


def side_by_side(shown: Sequence[Specimen]) -> list[Specimen]:
    """Specimens of like size put together, so that fewer are to be read."""
    out: list[Specimen] = []
    for one in sorted(shown, key=lambda s: s.size):
        last = out[-1] if out else None
        if (
            last is None
            or abs(last.size - one.size) > _LIKE * last.size
            or not (last.text and one.text)
            or len(last.figures) + len(one.figures) > MOST_TOGETHER
        ):
            out.append(one)
            continue
        high = max(last.picture.shape[0], one.picture.shape[0])
        pieces = [_as_high(piece, high) for both in (last, one) for _, piece in both.pieces()]
        out[-1] = _of_pieces([*last.figures, *one.figures], last.size, pieces)
    return out


def _as_high(picture: NDArray[np.uint8], high: int) -> NDArray[np.uint8]:
    return np.pad(picture, ((0, high - picture.shape[0]), (0, 0)), constant_values=_PAPER)


def _of_pieces(figures: Sequence[Figure], size: float, pieces: Sequence[NDArray[np.uint8]]) -> Specimen:
    ends = tuple(accumulate(piece.shape[1] for piece in pieces))
    return Specimen(tuple(figures), size, np.hstack(pieces), ends)


def _cut_out(glyphs: Sequence[Glyph], ink: Ink) -> list[NDArray[np.uint8]]:
    """The glyphs' ink, each on white paper; none where one lies at the page's edge."""
    high = max(round((g.box.height + 2 * _MARGIN_PT) * ink.scale) for g in glyphs)
    pieces: list[NDArray[np.uint8]] = []
    for glyph in glyphs:
        top = round((glyph.box.y0 - _MARGIN_PT) * ink.scale)
        left, right = round(glyph.box.x0 * ink.scale), round(glyph.box.x1 * ink.scale)
        piece = ink.window((max(top, 0), top + high), (max(left, 0), right))
        if top < 0 or left < 0 or piece.shape != (high, right - left) or not piece.size:
            return []
        pieces.append(_on_white(piece))
    return pieces


def _on_white(piece: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A figure as dark print, its ground made white."""
    ground = int(np.partition(piece, piece.size // 2, axis=None)[piece.size // 2])
    if ground < _DARK_GROUND:
        piece, ground = 255 - piece, 255 - ground
    return np.where(piece > ground, _PAPER, piece + (_PAPER - ground)).astype(np.uint8)

"""What the fonts of a page draw, seen in a few of its lines: enough where nothing can hide a letter.

A font that draws a 7 and calls it a 1, or draws nothing, does so everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil, floor

from extract.pdf.ink import all_inked
from extract.pdf.specimen import Figure, specimens
from extract.pdf.strips import InkInStrips, Window
from extract.pdf.verify import DIGITS, NumberReading, surely_typed
from extract.pdf.words import Glyph
from model.geometry import Box

_BESIDE = 6  # letters before and after what is wanted that are looked at, too
_MARGIN_PT = 2.0  # round a piece of a line
_ANY = ""  # in the place of a figure: that a font draws its letters at all


def glance(
    glyphs: Sequence[Glyph], ink: InkInStrips, read: NumberReading, known: Collection[Figure]
) -> frozenset[Figure] | None:
    """The figures of fonts that are `known` to be drawn as they are typed or were seen to be among the page's
    `glyphs`; None where a figure was not surely seen so, or a letter has no ink: then more must be looked at.
    Letters of a font are seen where its figures are, or somewhere else."""
    wanted = _shown_by(glyphs) - set(known)
    if not wanted:
        return frozenset(known)
    pieces = _pieces(glyphs, wanted)
    if pieces is None:
        return None
    shifts = ink.draw([_window(piece, ink.scale) for piece in pieces])
    drawn = [glyph for piece in pieces for glyph in piece]
    where = [shift for piece, shift in zip(pieces, shifts, strict=True) for _ in piece]
    if not all_inked(drawn, ink.sheet, where):
        return None
    figures = {(font, text) for font, text in wanted if text}
    found = surely_typed(specimens(drawn, figures, ink), read)
    return None if figures - found else frozenset(known) | wanted


def _shown_by(glyphs: Sequence[Glyph]) -> set[Figure]:
    """Figures of fonts among the glyphs, and each font that has letters."""
    figures = {(g.font, g.text) for g in glyphs if g.text in DIGITS}
    return figures | {(g.font, _ANY) for g in glyphs if g.text.isalpha()}


def _pieces(glyphs: Sequence[Glyph], wanted: Collection[Figure]) -> list[list[Glyph]] | None:
    """Pieces of few lines that show all that is wanted and what stands beside it; None where upright print
    does not show it."""
    letters = {font for font, text in wanted if not text}
    lines: dict[int, dict[Figure, int]] = {}
    for place, glyph in enumerate(glyphs):
        if glyph.text in DIGITS:
            figure = glyph.font, glyph.text
        elif glyph.font in letters and glyph.text.isalpha():
            figure = glyph.font, _ANY
        else:
            continue
        if figure in wanted and not glyph.turn:
            lines.setdefault(round(glyph.box.y1), {}).setdefault(figure, place)
    left, chosen = set(wanted), dict[int, set[int]]()
    while left:
        best = max(sorted(lines), key=lambda y: len(left & lines[y].keys()), default=0)
        new = left & lines[best].keys() if lines else set()
        if not new:
            return None
        places = {lines[best][figure] for figure in new}
        near = {n for place in places for n in range(place - _BESIDE, place + _BESIDE + 1)}
        chosen[best] = places | {n for n in near if 0 <= n < len(glyphs) and _is_in(glyphs[n], best)}
        left -= new
    return [[glyphs[n] for n in sorted(chosen[y])] for y in chosen]


def _is_in(glyph: Glyph, line: int) -> bool:
    return round(glyph.box.y1) == line and not glyph.turn and glyph.text.isalnum()


def _window(piece: Sequence[Glyph], scale: float) -> Window:
    """The pixels of a piece of a line, with what is round it."""
    box = Box.union(glyph.box for glyph in piece)
    top, left = (max(0, floor((v - _MARGIN_PT) * scale)) for v in (box.y0, box.x0))
    bottom, right = (ceil((v + _MARGIN_PT) * scale) for v in (box.y1, box.x1))
    return top, bottom, left, right

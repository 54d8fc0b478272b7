"""What the fonts of a page draw, seen in a few of its lines: enough where nothing can hide a letter.

A font that draws a 7 and calls it a 1, or draws nothing, does so everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil, floor

from extract.pdf.ink import all_inked
from extract.pdf.specimen import Figure, figure_signs, specimens_of
from extract.pdf.strips import InkInStrips, Window
from extract.pdf.verify import NumberReading, surely_typed
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
    signs = figure_signs(glyphs)
    figures = {sign for sign in signs if sign is not None} - set(known)
    wanted = figures | ({(g.sign[0], _ANY) for g in glyphs if g.text.isalpha()} - set(known))
    if not wanted:
        return frozenset(known)
    pieces = _pieces(glyphs, signs, wanted)
    if pieces is None:
        return None
    shifts = ink.draw([_window([glyphs[n] for n in piece], ink.scale) for piece in pieces])
    told = [
        (n, s) for piece, s in zip(pieces, shifts, strict=True) for n in piece if glyphs[n].text.isalnum()
    ]
    if not all_inked([glyphs[n] for n, _ in told], ink.sheet, [shift for _, shift in told]):
        return None
    shown = specimens_of([(signs[n], glyphs[n]) for piece in pieces for n in piece], figures, ink)
    return None if figures - surely_typed(shown, read) else frozenset(known) | wanted


def _pieces(
    glyphs: Sequence[Glyph], signs: Sequence[Figure | None], wanted: Collection[Figure]
) -> list[list[int]] | None:
    """The places of glyphs that show all that is wanted and of letters beside them, by their lines, which are
    few; None where upright print does not show it."""
    letters = {face for face, text in wanted if not text}
    lines: dict[int, dict[Figure, int]] = {}
    for place, (glyph, sign) in enumerate(zip(glyphs, signs, strict=True)):
        if sign is None and letters and glyph.text.isalpha():
            sign = glyph.sign[0], _ANY
        if sign in wanted and sign is not None and not glyph.turn:
            lines.setdefault(round(glyph.box.y1), {}).setdefault(sign, place)
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
    return [sorted(chosen[y]) for y in chosen]


def _is_in(glyph: Glyph, line: int) -> bool:
    return round(glyph.box.y1) == line and not glyph.turn and glyph.text.isalnum()


def _window(piece: Sequence[Glyph], scale: float) -> Window:
    """The pixels of a piece of a line, with what is round it."""
    box = Box.union(glyph.box for glyph in piece)
    top, left = (max(0, floor((v - _MARGIN_PT) * scale)) for v in (box.y0, box.x0))
    bottom, right = (ceil((v + _MARGIN_PT) * scale) for v in (box.y1, box.x1))
    return top, bottom, left, right

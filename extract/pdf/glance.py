"""What the fonts of a page draw, seen in a few of its lines: enough where nothing can hide a letter.

A font that draws a 7 and calls it a 1, or draws nothing, does so everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import ceil, floor

from extract.pdf.ink import all_inked
from extract.pdf.specimen import Figure, figure_signs, specimens_of
from extract.pdf.strips import InkInStrips, Window
from extract.pdf.verify import NumberReading, surely_typed
from extract.pdf.words import Glyph
from model.geometry import Box

_BESIDE = 6  # letters before and after what is wanted that are looked at, too
_MARGIN_PT = 2.0  # round a piece of a line
_A_LINE = 80  # letters that cost as much to draw as a strip for itself
_ANY = ""  # in the place of a figure: that a font draws its letters at all


def glance(
    glyphs: Sequence[Glyph], ink: InkInStrips, read: NumberReading, known: Collection[Figure]
) -> frozenset[Figure] | None:
    """The figures of fonts that are `known` to be drawn as they are typed or were seen to be among the page's
    `glyphs`; None where a figure was not surely seen so, or a letter has no ink: then more must be looked at.
    Letters of a font are seen where its figures are, or somewhere else."""
    signs = figure_signs(glyphs)
    figures = {sign for sign in signs if sign is not None} - set(known)
    faces = {glyph.face or glyph.font for glyph in glyphs if glyph.text.isalpha()}
    letters = {face for face in faces if (face, _ANY) not in known}
    if not figures and not letters:
        return frozenset(known)
    pieces = _pieces(glyphs, signs, figures, letters)
    if pieces is None:
        return None
    shifts = ink.draw([_window([glyphs[n] for n in piece], ink.scale) for piece in pieces])
    told = [
        (n, s) for piece, s in zip(pieces, shifts, strict=True) for n in piece if glyphs[n].text.isalnum()
    ]
    if not all_inked([glyphs[n] for n, _ in told], ink.sheet, [shift for _, shift in told]):
        return None
    shown = specimens_of([(signs[n], glyphs[n]) for piece in pieces for n in piece], figures, ink)
    if figures - surely_typed(shown, read):
        return None
    return frozenset(known) | figures | {(face, _ANY) for face in letters}


def _pieces(
    glyphs: Sequence[Glyph],
    signs: Sequence[Figure | None],
    figures: Collection[Figure],
    letters: Collection[str],
) -> list[list[int]] | None:
    """The places of glyphs that show all `figures` and a letter of each of the faces `letters`, and of
    letters beside them, by their lines, which are few; None where upright print does not show it."""
    lines: dict[int, dict[Figure, int]] = {}
    for place, sign in enumerate(signs):
        if sign is not None and sign in figures and not glyphs[place].turn:
            lines.setdefault(round(glyphs[place].box.y1), {}).setdefault(sign, place)
    chosen = lines_of_all(lines, figures)
    if chosen is None:
        return None
    pieces: dict[int, set[int]] = {}
    for line, places in chosen.items():
        near = {n for place in places for n in range(place - _BESIDE, place + _BESIDE + 1)}
        pieces[line] = places | {n for n in near if 0 <= n < len(glyphs) and _is_in(glyphs[n], line)}
    seen = {glyphs[n].sign[0] for piece in pieces.values() for n in piece if glyphs[n].text.isalpha()}
    for face in sorted(set(letters) - seen):
        first = _first_letter(glyphs, face)
        if first is None:
            return None
        line = round(glyphs[first].box.y1)
        beside = range(max(0, first - _BESIDE), min(len(glyphs), first + _BESIDE + 1))
        pieces.setdefault(line, set()).update(n for n in beside if _is_in(glyphs[n], line))
    return [sorted(piece) for piece in pieces.values()]


def lines_of_all(
    lines: Mapping[int, Mapping[Figure, int]], figures: Collection[Figure]
) -> dict[int, set[int]] | None:
    """Of lines, each with the places of figures on it, a few that show all `figures`, with those places; None
    where they do not. What is drawn costs by the letters between the places."""
    left, chosen = set(figures), dict[int, set[int]]()
    while left:
        best, most = None, 0.0
        for line, shown in lines.items():
            new = [place for figure, place in shown.items() if figure in left]
            worth = len(new) / (_A_LINE + max(new) - min(new)) if new else 0.0
            if worth > most:
                best, most = line, worth
        if best is None:
            return None
        chosen[best] = {place for figure, place in lines[best].items() if figure in left}
        left.difference_update(lines[best])
    return chosen


def _first_letter(glyphs: Sequence[Glyph], face: str) -> int | None:
    """The place of the first upright letter of a face."""
    for n, glyph in enumerate(glyphs):
        if glyph.text.isalpha() and not glyph.turn and glyph.sign[0] == face:
            return n
    return None


def _is_in(glyph: Glyph, line: int) -> bool:
    return round(glyph.box.y1) == line and not glyph.turn and glyph.text.isalnum()


def _window(piece: Sequence[Glyph], scale: float) -> Window:
    """The pixels of a piece of a line, with what is round it."""
    box = Box.union(glyph.box for glyph in piece)
    top, left = (max(0, floor((v - _MARGIN_PT) * scale)) for v in (box.y0, box.x0))
    bottom, right = (ceil((v + _MARGIN_PT) * scale) for v in (box.y1, box.x1))
    return top, bottom, left, right

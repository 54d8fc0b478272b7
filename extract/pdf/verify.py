"""Figures of a text layer compared with the ink they are drawn in.

What a PDF says a glyph means and what it looks like are two things (the ToUnicode map and the outline; PDF
1.7, 9.10): a font may draw a 7 and call it a 1. The fault is the font's, so every figure of every font is
looked at once: set side by side, and where they are not surely read so, in a few words that show them. All
figures are compared where one is off, or on demand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pdf.ink import Ink, cut
from extract.pdf.shapes import surely_shaped
from extract.pdf.specimen import DIGITS, MARK, Figure, Specimen, figure_signs, side_by_side, specimens_of
from extract.pdf.words import Glyph
from model.geometry import Box
from model.page import Word

MOST_SAMPLED = 12
"""Words compared on a page where all agree; a page of a report shows all figures of its fonts in about
five."""

SURE = 0.9
"""Confidence from which the number reader is believed when it reads other figures than were typed."""

LIKELY = 0.5
"""Confidence from which it is believed of a figure that reads as it was typed in no word of the page."""

MANY = 0.3
"""Share of a page's figures that may be off before its text layer is not believed at all."""

FEWEST_OFF = 3
"""Figures that must be off before the whole page is read from its ink."""

_MARGIN_PT = 1.2  # round a word, for marks that reach over its box
_OF_A_WORD = 2  # figures that are read as surely as a word is
_BORDER_PX = 8  # of white round a cut-out, for a reader that looks at its edges
_FORM = re.compile(r"[.,%/+\-–()=x ]*[0-9][0-9.,%/+\-–()=x ]*")  # of words that the number reader can read
_UNKNOWN = "\ufffd"
_SHAPELESS = frozenset({"Cc", "Cf", "Cn", "Co", "Nd"})
_BESIDE_PT = 1.0  # between a blank and the figure beside it
_OTHERS = re.compile("[^0-9]+")
_DARK_GROUND = 128  # grey below which a cut-out's ground is dark and its print light
_PAPER = 75  # percentile of a cut-out's pixels that is its paper


class InkReading(Protocol):
    """What the number reader says of a cut-out."""

    @property
    def text(self) -> str: ...

    @property
    def confidence(self) -> float: ...


NumberReading = Callable[[Sequence[NDArray[np.uint8]]], Sequence[InkReading]]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A word whose ink shows other figures (`ink`) than the file says."""

    word: Word
    ink: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How a page's figures stand to their ink: the words compared, those that differ, the figures of fonts
    that were seen to be drawn as they are typed, and words beside a blank that shows another figure."""

    compared: int = 0
    off: tuple[Mismatch, ...] = ()
    as_typed: frozenset[Figure] = frozenset()
    filled: tuple[Mismatch, ...] = ()

    @property
    def is_believed(self) -> bool:
        """Whether the layer may be read at all."""
        return len(self.off) < FEWEST_OFF or len(self.off) <= MANY * self.compared


def verify(
    words: Sequence[Word],
    ink: Ink,
    read: NumberReading,
    every: bool = False,
    doubled: Collection[Figure] = (),
    glyphs: Sequence[Glyph] = (),
    known: Collection[Figure] = (),
) -> Verified:
    """The words' figures compared with their ink: a sample, and all where one of the sample is off or
    `every` is asked for. `doubled` figures of fonts are drawn in two ways: each word with one is compared.
    `glyphs` are those of the words, upright: what they show side by side needs no word, nor do `known`
    figures, which were seen to be drawn as they are typed. A figure that no word of the sample shows as it
    was typed is looked for in all words, and told where it is likely another."""
    figures = [word for word in words if _is_figure(word)]
    chosen = figures
    as_typed: frozenset[Figure] = frozenset()
    seen: set[Figure] = set()
    blanks: list[Mismatch] = []
    if not every:
        signed = list(zip(figure_signs(glyphs), glyphs, strict=True))
        signs = {sign for sign, _ in signed if sign is not None}
        as_typed = frozenset(known) | surely_typed(specimens_of(signed, signs - set(known), ink), read)
        unsure = {sign for sign in signs - as_typed if sign[1][:1] == MARK}
        seen, shared = _by_name(glyphs, as_typed)
        chosen = figures if unsure else sample(figures, {*doubled, *shared}, seen)
        filled = [g for sign, g in signed if sign in unsure and g.text.isspace()]
        blanks = _filled_blanks(figures, filled, ink, read)
    readings = _readings(chosen, ink, read)
    open_figures = _open_figures(readings, seen)
    if len(chosen) < len(figures) and (open_figures or any(_is_off(*pair) for pair in readings)):
        chosen, readings = figures, _readings(figures, ink, read)
        open_figures = _open_figures(readings, seen)
    off = tuple(
        Mismatch(word, reading.text)
        for word, reading in readings
        if _is_off(word, reading, LIKELY if _shows(word, open_figures) else SURE)
    )
    return Verified(len(chosen), off, as_typed, tuple(blanks))


def _by_name(glyphs: Sequence[Glyph], as_typed: Collection[Figure]) -> tuple[set[Figure], set[Figure]]:
    """Figures by the names of their fonts: those seen as typed in every face of that name that shows them
    here, and those that not all of several faces were seen to show so."""
    faces: dict[Figure, set[Figure]] = {}
    for glyph in glyphs:
        if glyph.text in DIGITS:
            faces.setdefault((glyph.font, glyph.text), set()).add(glyph.sign)
    seen = {figure for figure, own in faces.items() if own <= set(as_typed)}
    return seen, {figure for figure, own in faces.items() if len(own) > 1 and figure not in seen}


def _filled_blanks(
    figures: Sequence[Word], blanks: Sequence[Glyph], ink: Ink, read: NumberReading
) -> list[Mismatch]:
    """Figures beside a blank in whose place the ink has another figure."""
    found: dict[Word, Mismatch] = {}
    for blank in blanks:
        box = blank.box
        row = [w for w in figures if w.box.y0 < box.center[1] < w.box.y1]
        beside = [w for w in row if min(abs(w.box.x1 - box.x0), abs(w.box.x0 - box.x1)) <= _BESIDE_PT]
        if not beside:
            continue
        typed = "".join(digits_of(w.text) for w in sorted(beside, key=lambda w: w.box.x0))
        said = read_ink(Box.union([box, *(w.box for w in beside)]), ink, read)
        if len(digits_of(said)) > len(typed):
            found.setdefault(beside[0], Mismatch(beside[0], said))
    return list(found.values())


def surely_typed(shown: Sequence[Specimen], read: NumberReading) -> frozenset[Figure]:
    """The figures of specimens that are surely drawn as they are typed: by their shapes, and where these do
    not tell, as they are read. Signs that are read between them are the edges of their cut-outs; the reader
    is as sure of ten figures as of each by itself."""
    low = {figure for s in shown if not s.text and s.is_low for figure in s.figures}
    all_high = [s for s in shown if s.text or not s.is_low]
    shaped = surely_shaped(all_high)
    high = [left for s in all_high if (left := s.without(shaped)) is not None]
    together = side_by_side(high)
    found = shaped | _read_as_typed(together, read)
    if len(together) < len(high):
        found |= _read_as_typed([s for s in high if not found.issuperset(s.figures)], read)
    return frozenset(found | low)


def _read_as_typed(shown: Sequence[Specimen], read: NumberReading) -> set[Figure]:
    readings = read([_framed(s.picture) for s in shown]) if shown else []
    return {
        figure
        for specimen, reading in zip(shown, readings, strict=True)
        if digits_of(reading.text) == specimen.text and reading.confidence >= _wanted_of(specimen)
        for figure in specimen.figures
    }


def _wanted_of(specimen: Specimen) -> float:
    """How surely a specimen must be read: each of its figures as surely as those of a word. Of signs it is
    enough that no figure is read."""
    return SURE ** max(1.0, len(specimen.text) / _OF_A_WORD) if specimen.text else 0.0


def sample(
    figures: Sequence[Word], doubled: Collection[Figure] = (), seen: Collection[Figure] = ()
) -> list[Word]:
    """Few words that show every figure of every font but those `seen` already, as far as MOST_SAMPLED of them
    can, in their order, and all that show a `doubled` one."""
    bits = {figure: 1 << n for n, figure in enumerate(sorted(seen))}
    chosen: set[int] = set()
    known = (1 << len(bits)) - 1
    first: dict[int, int] = {}  # the first word that shows these figures of its font, and no others
    for n, word in enumerate(figures):
        shown = [(word.font, char) for char in set(word.text) & DIGITS]
        mask = 0
        for pair in shown:
            mask |= bits.setdefault(pair, 1 << len(bits))
        first.setdefault(mask, n)
        if doubled and not set(shown).isdisjoint(doubled):
            chosen.add(n)
            known |= mask
    while first and len(chosen) < MOST_SAMPLED:
        best = max(first, key=lambda mask: (mask & ~known).bit_count())
        if not best & ~known:
            break
        known |= best
        chosen.add(first.pop(best))
    return [figures[n] for n in sorted(chosen)]


def _is_figure(word: Word) -> bool:
    """Whether a word is a figure that the number reader can read, but for signs of no shape and figures of
    other scripts in it, which a font may call its own figures by."""
    text = word.text
    if DIGITS.isdisjoint(text) or word.box.area <= 0:
        return False
    return bool(_FORM.fullmatch(text) or _FORM.fullmatch("".join(c for c in text if not _is_odd(c))))


def _is_odd(char: str) -> bool:
    return char not in DIGITS and (char == _UNKNOWN or unicodedata.category(char) in _SHAPELESS)


def _readings(words: Sequence[Word], ink: Ink, read: NumberReading) -> list[tuple[Word, InkReading]]:
    """The words that have pixels, with what their ink reads as."""
    cuts = [(word, cut(ink, word.box, _MARGIN_PT)) for word in words]
    there = [(word, pixels) for word, pixels in cuts if pixels.size]
    readings = read([_framed(pixels) for _, pixels in there]) if there else []
    return [(word, reading) for (word, _), reading in zip(there, readings, strict=True)]


def _is_off(word: Word, reading: InkReading, least: float = SURE) -> bool:
    """Whether a word's ink reads as other figures, at `least` so surely."""
    return bool(
        reading.confidence >= least and reading.text and digits_of(reading.text) != digits_of(word.text)
    )


def _open_figures(readings: Sequence[tuple[Word, InkReading]], seen: Collection[Figure]) -> set[Figure]:
    """Figures of words, by the names of their fonts, that are not among the `seen` and stand in no word that
    reads as it was typed."""
    shown, agreed = set[Figure](), set(seen)
    for word, reading in readings:
        own = {(word.font, char) for char in DIGITS.intersection(word.text)}
        shown |= own
        if digits_of(reading.text) == digits_of(word.text):
            agreed |= own
    return shown - agreed


def _shows(word: Word, figures: Collection[Figure]) -> bool:
    return any((word.font, char) in figures for char in word.text)


def read_ink(box: Box, ink: Ink, read: NumberReading) -> str:
    """What the ink of a box reads as; '' where it is no number or not told surely."""
    pixels = cut(ink, box, _MARGIN_PT)
    if not pixels.size:
        return ""
    reading = read([_framed(pixels)])[0]
    return reading.text if reading.confidence >= SURE else ""


def digits_of(text: str) -> str:
    """The figures of a text alone: separators are told apart by a pixel or two."""
    return _OTHERS.sub("", text)


def _framed(cut: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The cut-out as dark print on light, with a border of its paper."""
    ordered = np.sort(cut, axis=None)
    dark_on_light = cut
    if (int(ordered[(cut.size - 1) // 2]) + int(ordered[cut.size // 2])) // 2 < _DARK_GROUND:
        dark_on_light, ordered = 255 - cut, 255 - ordered[::-1]
    wide = (_BORDER_PX,) * 4
    paper = _percentile(ordered, _PAPER)
    return np.asarray(cv2.copyMakeBorder(dark_on_light, *wide, cv2.BORDER_CONSTANT, value=paper), np.uint8)


def _percentile(ordered: NDArray[np.uint8], percent: float) -> float:
    """A percentile of rising tones, as numpy.percentile has it, at a tenth of its cost."""
    at = percent / 100 * (ordered.size - 1)
    low = int(at)
    below, above = float(ordered[low]), float(ordered[min(low + 1, ordered.size - 1)])
    return below + (above - below) * (at - low)

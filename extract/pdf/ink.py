"""The ink of a typed page: the page drawn once, and what of its text can be seen there.

Text may be hidden in many ways (drawn invisibly, in the paper's colour, on a layer that is off, under a
white box or a picture). All of them end in the same: where the text says a letter stands, there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from statistics import median
from typing import Protocol

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from extract.pdf.placement import Placement
from extract.pdf.words import Glyph
from model.geometry import Box

Ends = NDArray[np.float64]  # n x 4: left, top, right, bottom of boxes, in points

INK_DPI = 150
"""At this resolution the number reader read all of 872 figures of printed reports as they were typed; at 110
it lost 38."""

LARGEST_PX = 12_000_000
"""Pixels of the drawn page; larger sheets are drawn coarser. A3 at 150 dpi has 4.3 million."""

CONTRAST = 20
"""Difference of grey between neighbouring pixels, of 255, from which there is something to see: print of 8 %
grey on white."""

OVER_DPI = 100
"""At this resolution what annotations hide is looked for."""

BARE_DPI = 50
"""At this resolution a page is drawn to see whether anything stands on it."""

FEWEST_GONE = 25
"""Pixels that must no longer stand out for something to be hidden: a figure of 8 points has some 60."""

_SIDES = attrgetter("x0", "y0", "x1", "y1")
_SIDE = 0.15  # of a letter's width on either side, left out: the neighbours' ink reaches into it
_RIM = 1.0  # pixels left out inside a letter's box, by which contrast is spread
_SLACK = 0.3  # of the type size by which boxes of a font may lie off its letters
_TRUE_BOXES = 0.5  # share of a font's letters with ink in their boxes, from which its boxes are believed
_FIGURES = frozenset("0123456789")
_FEWEST_ALIKE = 3  # of a figure on a page, for it to be known how much ink it has
_COVERED_SHARE = 0.7  # of that ink below which something lies over it
_MIDDLE = 0.25  # of a figure's box on each side that is not its middle
_HAIR_PT = 1.5  # thickness up to which a box is a rule, which leaves a figure's two sides to be seen
_BOXES_AT_ONCE = 64  # held against all figures together: memory for a page of many boxes
_STRAY_SHARE, _STRAYS = 0.005, 2  # letters without ink amid letters with it, by which a font's boxes are off


Pixels = NDArray[np.uint8]


class Ink(Protocol):
    """A page drawn in grey (dark print on light) at `scale` pixels a point, as a whole or as far as it is
    looked at."""

    @property
    def pixels(self) -> Pixels:
        """The whole page."""
        ...

    @property
    def scale(self) -> float: ...

    def window(self, rows: tuple[int, int], columns: tuple[int, int]) -> Pixels:
        """The pixels from the first to before the second row and column, as far as the page goes."""
        ...


def cut(ink: Ink, box: Box, margin: float) -> Pixels:
    """The pixels of a box (points) with `margin` points round it; may be empty at the page's edge."""
    x0, y0 = (max(0, int((v - margin) * ink.scale)) for v in (box.x0, box.y0))
    x1, y1 = (int((v + margin) * ink.scale) + 1 for v in (box.x1, box.y1))
    return ink.window((y0, max(y0, y1)), (x0, max(x0, x1)))


@dataclass(frozen=True)
class PageInk:
    """A page that is drawn as a whole."""

    pixels: Pixels
    scale: float

    @property
    def marks(self) -> Pixels:
        """1 for each pixel that differs from its neighbours, 0 for all others."""
        found = cv2.morphologyEx(self.pixels, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
        return np.asarray(cv2.threshold(found, CONTRAST - 1, 1, cv2.THRESH_BINARY, dst=found)[1], np.uint8)

    @cached_property
    def steps(self) -> NDArray[np.int32]:
        """Rows + 1 x columns + 1: how many pixels above and to the left differ from their neighbours."""
        return np.asarray(cv2.integral(self.marks), np.int32)

    def window(self, rows: tuple[int, int], columns: tuple[int, int]) -> Pixels:
        return self.pixels[slice(*rows), slice(*columns)]


def drawn_ink(page: pdfium.PdfPage, dpi: int = INK_DPI) -> PageInk:
    """The page as PDFium draws it, in grey. Raises PdfiumError."""
    scale = scale_of(page, dpi)
    return PageInk(grey_pixels(page, scale), scale)


def is_drawn_over(page: pdfium.PdfPage) -> bool:
    """Whether annotations hide print of the page: where it stood out, it does no more. Raises PdfiumError."""
    scale = scale_of(page, OVER_DPI)
    bare = PageInk(grey_pixels(page, scale), scale).marks
    noted = PageInk(grey_pixels(page, scale, with_notes=True), scale).marks
    return int(np.count_nonzero(bare > noted)) >= FEWEST_GONE


def is_bare(page: pdfium.PdfPage) -> bool:
    """Whether nothing at all is drawn on the page. Raises PdfiumError."""
    pixels = grey_pixels(page, scale_of(page, BARE_DPI))
    return int(pixels.max()) - int(pixels.min()) < CONTRAST


def scale_of(page: pdfium.PdfPage, dpi: int = INK_DPI) -> float:
    """Pixels a point at which a page is drawn."""
    width, height = page.get_size()
    return float(min(dpi / 72, (LARGEST_PX / (width * height)) ** 0.5))


def grey_pixels(page: pdfium.PdfPage, scale: float, with_notes: bool = False) -> Pixels:
    """The page in grey, without annotations or `with_notes`. Raises PdfiumError."""
    bitmap = page.render(scale=scale, grayscale=True, draw_annots=with_notes, may_draw_forms=False)
    pixels = bitmap.to_numpy()  # on memory of ctypes, which it keeps
    bitmap.close()
    return pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[..., 0])


def seen_glyphs(
    glyphs: Sequence[Glyph], ink: PageInk, true_fonts: Collection[str], placement: Placement
) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs that can be seen on the drawn page, and those that can't, each in their order. `true_fonts`
    are those that are drawn as the file means them; `placement` is asked about glyphs without ink.

    A letter or figure is hidden where nothing stands out in its box. For fonts whose boxes are off, and for
    signs, which are small, a wider box must be empty as well. Where PDFium draws one glyph of a font beside
    its box, in ink, none of that font's is hidden. Blanks go with the glyph before them.
    """
    if not glyphs:
        return [], []
    sums = ink.steps
    ends = _ends(g.box for g in glyphs)
    narrow = _stands_out(sums, _inner(ends, ink.scale), ink.scale)
    doubtful = [n for n in np.flatnonzero(~narrow).tolist() if glyphs[n].text.strip()]
    if not doubtful:
        return list(glyphs), []
    slack = _SLACK * np.array([glyphs[n].size for n in doubtful])[:, None]
    wide = _stands_out(sums, ends[doubtful] + slack * np.array([-1.0, -1.0, 1.0, 1.0]), ink.scale)
    believed: set[str] = set()
    if any(glyphs[n].text.isalnum() for n in doubtful):
        believed = _fonts_with_true_boxes(glyphs, narrow) & set(true_fonts)
    missing = [
        n
        for n, is_near in zip(doubtful, wide, strict=True)
        if not is_near or (glyphs[n].text.isalnum() and glyphs[n].font in believed)
    ]
    if not missing:
        return list(glyphs), []
    moved = {glyphs[n].font for n in missing if _is_drawn_beside(glyphs[n], placement, sums, ink)}
    gone = {n for n in missing if glyphs[n].font not in moved}
    seen: list[Glyph] = []
    hidden: list[Glyph] = []
    shown = True
    for n, glyph in enumerate(glyphs):
        shown = n not in gone if glyph.text.strip() else shown
        (seen if shown else hidden).append(glyph)
    return seen, hidden


def all_inked(glyphs: Sequence[Glyph], sheet: PageInk, shifts: Sequence[tuple[int, int]]) -> bool:
    """Whether there is ink in the box of each glyph, on a sheet on which each lies so many pixels further
    down and across (`shifts`) than on its page."""
    moved = np.array(shifts, np.float64).reshape(-1, 2)[:, ::-1] / sheet.scale
    ends = _ends(g.box for g in glyphs) + np.concatenate([moved, moved], axis=1)
    return bool(_stands_out(sheet.steps, _inner(ends, sheet.scale), sheet.scale).all())


def half_covered(glyphs: Sequence[Glyph], ink: PageInk) -> list[Glyph]:
    """Figures of which a part is not there: much less of them stands out than of the same figure of the same
    font and size elsewhere on the page. A box or a stroke in the paper's colour that cuts through a figure
    leaves ink in its place, which is then another figure's."""
    digits = [g for g in glyphs if g.text in _FIGURES]
    if not digits:
        return []
    counts = _steps_in(ink.steps, _ends(g.box for g in digits), ink.scale).tolist()
    kinds: dict[tuple[str, float, str], list[int]] = {}
    for n, glyph in enumerate(digits):
        kinds.setdefault((glyph.font, round(glyph.size, 1), glyph.text), []).append(n)
    found: list[int] = []
    for alike in kinds.values():
        if len(alike) >= _FEWEST_ALIKE:
            least = _COVERED_SHARE * float(median([counts[n] for n in alike]))
            found += [n for n in alike if counts[n] < least]
    return [digits[n] for n in sorted(found)]


def cut_by_edges(glyphs: Sequence[Glyph], fills: Sequence[Box]) -> list[Glyph]:
    """Figures through whose middle an edge of a filled box or a picture runs: what lies on their one side may
    cover it. (A ground of a cell or row ends beside its figures.)"""
    digits = [g for g in glyphs if g.text in _FIGURES]
    wide = [box for box in fills if min(box.width, box.height) > _HAIR_PT]
    if not digits or not wide:
        return []
    ends = _ends(g.box for g in digits)
    rim = _MIDDLE * (ends[:, 2:] - ends[:, :2])
    low, high = ends[:, :2] + rim, ends[:, 2:] - rim  # n x 2: across and down
    cut: set[int] = set()
    for at in range(0, len(wide), _BOXES_AT_ONCE):
        sides = _ends(wide[at : at + _BOXES_AT_ONCE])[:, None, :]  # boxes x 1 x 4
        start, end = sides[..., :2], sides[..., 2:]
        after_low, before_high = start < high, end > low
        through = ((low < start) & after_low) | (before_high & (end < high))
        hit = (after_low & before_high).all(axis=2) & through.any(axis=2)
        cut.update(np.flatnonzero(hit.any(axis=0)).tolist())
    return [digits[n] for n in sorted(cut)]


def _is_drawn_beside(glyph: Glyph, placement: Placement, sums: NDArray[np.int32], ink: PageInk) -> bool:
    """Whether PDFium draws the glyph a little beside its box, in ink."""
    box = placement.box_of(glyph.text, glyph.box)
    return box is not None and bool(_stands_out(sums, _inner(_ends([box]), ink.scale), ink.scale)[0])


def _fonts_with_true_boxes(glyphs: Sequence[Glyph], inked: NDArray[np.bool_]) -> set[str]:
    """Fonts whose letters' boxes are where their ink is. A font that is not in the file is drawn with
    another, whose letters stand beside their boxes: single letters amid words then seem missing."""
    whole, there, strays = Counter[str](), Counter[str](), Counter[str]()
    for n, glyph in enumerate(glyphs):
        if not glyph.text.isalnum():
            continue
        whole[glyph.font] += 1
        there[glyph.font] += bool(inked[n])
        amid = 0 < n < len(glyphs) - 1 and inked[n - 1] and inked[n + 1]
        strays[glyph.font] += bool(amid and not inked[n])
    return {
        font
        for font, count in whole.items()
        if there[font] >= _TRUE_BOXES * count and strays[font] < max(_STRAYS, _STRAY_SHARE * count)
    }


def _inner(ends: Ends, scale: float) -> Ends:
    """The middle of each letter's box, where its own ink must be."""
    width, height = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    rim = _RIM / scale
    aside = np.maximum(rim, _SIDE * width)
    roomy = (width > 2 * aside) & (height > 2 * rim)
    shrunk = ends + np.stack([aside, np.full_like(aside, rim), -aside, np.full_like(aside, -rim)], axis=1)
    return np.where(roomy[:, None], shrunk, ends)


def _ends(boxes: Iterable[Box]) -> Ends:
    sides = chain.from_iterable(map(_SIDES, boxes))
    return np.fromiter(sides, np.float64).reshape(-1, 4)


def _stands_out(sums: NDArray[np.int32], ends: Ends, scale: float) -> NDArray[np.bool_]:
    """For each box (points) whether anything in it stands out from what is round it."""
    found: NDArray[np.bool_] = _steps_in(sums, ends, scale) > 0
    return found


def _steps_in(sums: NDArray[np.int32], ends: Ends, scale: float) -> NDArray[np.int32]:
    """For each box (points) how many pixels in it differ from their neighbours."""
    height, width = sums.shape[0] - 1, sums.shape[1] - 1
    ends = ends * scale
    x0 = np.clip(np.floor(ends[:, 0]).astype(int), 0, width)
    y0 = np.clip(np.floor(ends[:, 1]).astype(int), 0, height)
    x1 = np.clip(np.ceil(ends[:, 2]).astype(int), x0, width)
    y1 = np.clip(np.ceil(ends[:, 3]).astype(int), y0, height)
    return np.asarray(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0], np.int32)

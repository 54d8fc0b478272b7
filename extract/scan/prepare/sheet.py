"""A scanned page made readable: the steps in their order, each switched on by what it measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import Raster, turned
from extract.scan.prepare.bend import drawn_flat, mesh_of
from extract.scan.prepare.cleanup import SPECK_COUNT, edge_mask, speckled, specks, without_specks
from extract.scan.prepare.colour import without_colour
from extract.scan.prepare.flat import flattened
from extract.scan.prepare.frame import Frame, Mesh, turn_matrix
from extract.scan.prepare.holes import hole_mask
from extract.scan.prepare.ink import (
    Mask,
    Picture,
    even_paper,
    every_fourth,
    halved,
    ink_mask,
    ink_threshold,
    ink_tone,
    measure_paper,
    paper_tone,
    threshold_of,
    tones_of_all,
)
from extract.scan.prepare.leaders import leader_dots
from extract.scan.prepare.orientation import SMALL_DPI, Lie, how_it_lies, letter_height, small_print
from extract.scan.prepare.outline import sheet_outline
from extract.scan.prepare.print_size import dpi_of_sheet, is_plausible, usual_letter_px
from extract.scan.prepare.reversed_type import reversed_type
from extract.scan.prepare.rule_lines import Rules
from extract.scan.prepare.rules import find_rules
from extract.scan.prepare.screens import without_screens
from extract.scan.prepare.shear import shear_of, sheared_back
from extract.scan.prepare.skew import apply_matrix, level_matrix
from extract.scan.prepare.wipe import without_rules
from extract.scan.readings import Readers

Keep = Callable[[str, NDArray[np.uint8]], None]

READING_DPI = 300
"""The resolution at which Tesseract reads 10 to 13 pt print best."""

SMALLEST_LETTER, LARGEST_LETTER = 20.0, 64.0
"""Letter heights (capitals and small ones together, pixels at READING_DPI) that are read as they are;
smaller and larger print is scaled towards them."""

PAPER_NOISE = 8
"""Grey levels by which a scanner's paper varies round its tone."""

LARGEST_READ_PX = 45_000_000
"""Pixels to which a page may be enlarged: A3 with small print is 44.6 million."""

POINTS_AN_INCH = 72

FAINT = 90
"""Grey from which a pixel of an ink mask made smaller is ink: a third of it was."""

FULL_TURN = 360
"""Degrees."""

LEAST_LEAN = 0.05
"""Degrees below which a page is not turned: over an A4 page two pixels at 300 dpi."""

WHITE = 255
LEVELS = 256
SAME_SCALE = 0.02
DIRT = frozenset(("specks", "shades", "screens"))  # steps that took dots away, and may have left some
MOST_ENLARGED = 1.6
MOST_REDUCED = 0.5
WHITE_ENOUGH = 252
DARKEST_PAPER = 64
USUAL_LETTER = 30.0  # pixels


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in the making: grey picture, where it lies on the stored page, its resolution, the stored
    page's size in points, what was done to it. `paper` and `ink` are grey levels; `rotation` is the
    clockwise turn."""

    picture: Picture
    frame: Frame
    dpi: float
    page_width: float
    page_height: float
    paper: int = 255
    ink: int = 0
    threshold: int = 128
    rotation: int = 0
    lean: float = 0.0
    letter: float = 30.0
    steps: tuple[str, ...] = ()
    scanned_dpi: float = 0.0
    screens: Mask | None = None
    dpi_is_known: bool = True
    print_found: bool = True

    @property
    def is_photo(self) -> bool:
        """Whether a camera may have drawn the page in perspective: it was cut out of a photo, or its picture
        does not say how large it is."""
        return "photo" in self.steps or not self.dpi_is_known

    @property
    def is_dirty(self) -> bool:
        """Whether the page has so much speckle, or dots of shades, that they were painted over."""
        return not DIRT.isdisjoint(self.steps)

    def did(self, step: str, picture: Picture) -> Sheet:
        """This sheet after one more step."""
        return replace(self, picture=picture, steps=(*self.steps, step))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A readable page: `sheet.picture` upright, level, without rules and dirt; `ink` its ink mask;
    `rules` what was taken out, in its pixels; `shaded` the cells (x0, y0, x1, y1) whose shade was painted
    over, as they were before."""

    sheet: Sheet
    ink: Mask
    rules: Rules
    shaded: Mapping[tuple[int, int, int, int], Picture] = field(default_factory=dict)


def prepare(sheet: Sheet, readers: Readers, keep: Keep, further: int = 0) -> Prepared:
    """A page in grey made readable; `readers` are asked only when the page's orientation is in doubt.
    `further` are degrees by which it is turned clockwise from how it seems to lie."""
    keep("grey", sheet.picture)
    sheet, ink = without_edges(evened(sheet))
    keep("even", sheet.picture)
    sheet, ink, lie = as_it_lies(sheet, ink, readers)
    sheet = upright_and_level(sheet, ink, lie, (lie.clockwise + further) % FULL_TURN)
    keep("level", sheet.picture)
    sheet, ruled = unscreened(measured(sheet))
    if sheet.screens is not None:
        keep("screenless", ruled)
    prepared = ruled_out(sheet, ruled)
    keep("ruleless", prepared.sheet.picture)
    prepared = despeckled(unled(prepared))
    keep("clean", prepared.sheet.picture)
    return prepared


def greyed(raster: Raster) -> Sheet:
    """The page in grey, light print on dark set dark on light, seals and signatures in colour taken out."""
    pixels, dpi = raster.pixels, raster.dpi
    frame = Frame.of_picture(pixels.shape[1], pixels.shape[0], raster.width, raster.height)
    outline = sheet_outline(pixels)
    panels = reversed_type(pixels, dpi)
    pixels = pixels if panels is None else panels
    if outline is not None:
        flat = flattened(pixels, outline)
        pixels, dpi = flat.pixels, flat.dpi
        frame = frame.without(flat.perspective).at_scale(POINTS_AN_INCH / dpi)
    grey, coloured = without_colour(pixels)
    steps = (
        *(["photo"] if outline is not None else []),
        *(["reversed type"] if panels is not None else []),
        *(["colour"] if coloured else []),
    )
    return Sheet(
        grey,
        frame,
        dpi,
        raster.width,
        raster.height,
        steps=steps,
        scanned_dpi=raster.native_dpi,
        dpi_is_known=raster.dpi_is_known or outline is not None,
    )


def evened(sheet: Sheet) -> Sheet:
    """Shadows and yellowed paper brought to white."""
    paper = measure_paper(sheet.picture)
    return sheet.did("paper", even_paper(sheet.picture, paper)) if paper.uneven else sheet


def without_edges(sheet: Sheet) -> tuple[Sheet, Mask]:
    """The dark edges of a copy and its punch holes painted over; and the ink mask of what is left, as
    `coarse_ink` gives it."""
    ink = coarse_ink(sheet)
    for step, mask_of in (("edges", edge_mask), ("holes", hole_mask)):
        dark = mask_of(ink, sheet.picture.shape)
        if dark is not None:
            picture = sheet.picture.copy()
            picture[dark > 0] = WHITE
            sheet = sheet.did(step, picture)
            ink = coarse_ink(sheet)
    return sheet, ink


def coarse_ink(sheet: Sheet) -> Mask:
    """The ink mask of a sheet, half as large where that is still finer than SMALL_DPI."""
    picture = halved(sheet.picture) if sheet.dpi >= 2 * SMALL_DPI else sheet.picture
    return ink_mask(picture, ink_threshold(sheet.picture))


def as_it_lies(sheet: Sheet, ink: Mask, readers: Readers) -> tuple[Sheet, Mask, Lie]:
    """The sheet with the resolution that its print has, its ink mask (as `coarse_ink` gives it), and how it
    lies."""
    if sheet.dpi_is_known:
        lie = lie_of(sheet, ink, readers)
        if lie.letter and is_plausible(SMALL_DPI, lie.letter):
            return sheet, ink, lie
    letter = usual_letter_px(sheet.picture)
    if sheet.dpi_is_known and is_plausible(sheet.dpi, letter):
        return sheet, ink, lie
    height, width = sheet.picture.shape
    dpi = dpi_of_sheet(width, height, letter)
    if dpi != sheet.dpi:
        sheet = replace(sheet, dpi=dpi, frame=sheet.frame.at_scale(POINTS_AN_INCH / dpi))
        sheet = sheet.did(f"print {dpi:.0f} dpi", sheet.picture)
        ink = coarse_ink(sheet)
    return sheet, ink, lie_of(sheet, ink, readers)


def lie_of(sheet: Sheet, ink: Mask, readers: Readers) -> Lie:
    """How a sheet lies, `ink` being its ink mask, which may be smaller."""
    small = small_print(ink, sheet.dpi * ink.shape[0] / sheet.picture.shape[0])
    return how_it_lies(small, sheet.picture, readers)


def upright_and_level(sheet: Sheet, ink: Mask, lie: Lie, clockwise: int) -> Sheet:
    """Turned `clockwise`, levelled, made flat and brought to reading resolution, the last three in one go.
    `ink` is the sheet's ink mask, which may be smaller."""
    picture = turned(sheet.picture, clockwise)
    height, width = sheet.picture.shape
    frame = sheet.frame.after(turn_matrix(width, height, clockwise))
    steps = (*sheet.steps, *([f"turn {clockwise}"] if clockwise else []))
    scale = READING_DPI / sheet.dpi * size_factor(lie.letter * READING_DPI / SMALL_DPI)
    lean = lie.lean if abs(lie.lean) >= LEAST_LEAN else 0.0
    scale = min(scale, max(1.0, (LARGEST_READ_PX / picture.size) ** 0.5))
    if abs(scale - 1) < SAME_SCALE:
        scale = 1.0
    looked_at = sheet.is_photo or lie.bent
    small = level_ink(ink, sheet.dpi * ink.shape[0] / height, lie, clockwise) if looked_at else ink
    shear = shear_of(small, lie.letter) if sheet.is_photo else 0.0
    matrix, size = level_matrix(picture.shape[1], picture.shape[0], lean, scale)
    if shear:
        matrix = sheared_back(matrix, shear, size[1])
    mesh = mesh_on(small, shear, lie.letter, size[0]) if lie.bent or shear else None
    if lean or shear or scale != 1:
        frame = frame.after(matrix, scale)
        steps = (
            *steps,
            *([f"level {lean:+.2f}"] if lean else []),
            *([f"shear {shear:+.2f}"] if shear else []),
            *([f"scale {scale:.2f}"] if scale != 1 else []),
        )
    if mesh is not None:
        picture = drawn_flat(picture, matrix, mesh, size)
        frame, steps = frame.without(mesh), (*steps, "bend")
    elif lean or shear or scale != 1:
        picture = apply_matrix(picture, matrix, size, scale > 1)
    return replace(
        sheet,
        picture=picture,
        frame=frame,
        dpi=sheet.dpi * scale,
        rotation=clockwise,
        print_found=lie.print_found,
        lean=lean,
        steps=steps,
    )


def level_ink(ink: Mask, dpi: float, lie: Lie, clockwise: int) -> Mask:
    """The ink of a page as it lay, of `dpi`, turned and levelled at SMALL_DPI."""
    stood = turned(ink, clockwise)
    matrix, size = level_matrix(stood.shape[1], stood.shape[0], lie.lean, SMALL_DPI / dpi)
    small = cv2.warpAffine(stood, matrix, size, flags=cv2.INTER_LINEAR)
    return np.asarray(cv2.threshold(small, FAINT, WHITE, cv2.THRESH_BINARY)[1], np.uint8)


def mesh_on(level: Mask, shear: float, letter_px: float, width: int) -> Mesh | None:
    """The mesh that makes the page flat once it is turned, levelled and set upright to a picture of `width`,
    or None where it is flat. `level` is its ink at SMALL_DPI, whose columns lean by `shear` degrees."""
    if shear:
        height, wide = level.shape
        matrix = sheared_back(np.eye(2, 3), shear, height)
        level = np.asarray(cv2.warpAffine(level, matrix, (wide, height), flags=cv2.INTER_NEAREST), np.uint8)
    mesh = mesh_of(level, letter_px)
    return None if mesh is None else mesh.enlarged(width / level.shape[1])


def size_factor(letter: float) -> float:
    """How much larger than at READING_DPI print of this letter height should be read."""
    if letter <= 0:
        return 1.0
    if letter < SMALLEST_LETTER:
        return min(MOST_ENLARGED, SMALLEST_LETTER / letter)
    return max(MOST_REDUCED, LARGEST_LETTER / letter) if letter > LARGEST_LETTER else 1.0


def measured(sheet: Sheet) -> Sheet:
    """The sheet with its paper brought to plain white, its tones and letter height measured. Cut out and set
    on a white ground, white paper has no edge that reads as ink."""
    picture, small = sheet.picture, every_fourth(sheet.picture)
    histogram = tones_of_all(small)
    paper = paper_tone(histogram)
    if paper < WHITE_ENOUGH:
        levels = np.clip(
            np.arange(LEVELS) * (255.0 / max(paper - PAPER_NOISE, DARKEST_PAPER)), 0, WHITE
        ).astype(np.uint8)
        picture, small = (np.asarray(cv2.LUT(p, levels), np.uint8) for p in (picture, small))
        histogram = np.asarray(np.bincount(levels, weights=histogram, minlength=LEVELS), np.float64)
    threshold = threshold_of(histogram)
    return replace(
        sheet,
        picture=picture,
        threshold=threshold,
        paper=paper_tone(histogram),
        ink=ink_tone(histogram, threshold),
        letter=2 * letter_height(ink_mask(small, threshold)) or USUAL_LETTER,
    )


def unscreened(sheet: Sheet) -> tuple[Sheet, Picture]:
    """The sheet without its dense shades, measured again where it had any (their dots pass for ink), and the
    picture in which its rules are to be looked for."""
    found = without_screens(sheet.picture, sheet.paper, sheet.ink, max(sheet.letter, SMALLEST_LETTER))
    if found is None:
        return sheet, sheet.picture
    return replace(measured(sheet.did("screens", found.picture)), screens=found.where), found.ruled


def ruled_out(sheet: Sheet, ruled: Picture) -> Prepared:
    """Rules found in `ruled` and taken out."""
    ink = ink_mask(sheet.picture, sheet.threshold)
    rules = find_rules(ruled, sheet.dpi, float(sheet.paper - sheet.ink))
    if not rules.lines:
        return Prepared(sheet, ink, rules)
    picture = without_rules(sheet.picture, ink, rules, sheet.paper)
    return Prepared(sheet.did("rules", picture), ink_mask(picture, sheet.threshold, ink), rules)


def unled(prepared: Prepared) -> Prepared:
    """A form's leaders painted over: dots to be written on, which would be read as letters and figures."""
    sheet = prepared.sheet
    found = leader_dots(prepared.ink, sheet.letter)
    if not found:
        return prepared
    picture = without_specks(sheet.picture, found, sheet.paper)
    return replace(
        prepared, sheet=sheet.did("leaders", picture), ink=ink_mask(picture, sheet.threshold, prepared.ink)
    )


def despeckled(prepared: Prepared) -> Prepared:
    """Speckle painted over, where there is much of it."""
    sheet = prepared.sheet
    if not speckled(prepared.ink, sheet.letter):
        return prepared
    found, alone = specks(prepared.ink, sheet.letter)
    if alone < SPECK_COUNT:
        return prepared
    picture = without_specks(sheet.picture, found, sheet.paper)
    ink = ink_mask(picture, sheet.threshold, prepared.ink)
    return Prepared(sheet.did("specks", picture), ink, prepared.rules)

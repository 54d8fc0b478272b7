"""Light print on dark ground (reversed type: the white headings of a coloured header) set dark on light.

A panel is where most of the ink round about is dark: print, be it bold, covers less than half of its paper, a
dark ground with light letters more. What is found is inverted in place, a line of its edge kept black: a
panel's edge is the border that a reader sees, and the white rules between its cells become black ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.colour import ColourPicture, grey_of
from extract.scan.prepare.components import parts_of
from extract.scan.prepare.ink import Mask, Picture, halved

LOOKED_AT_DPI = 100.0
"""Panels are looked for on a picture this coarse: a stroke is a pixel wide, a panel ten and more high."""

DARK = 0.62
"""Share of the paper's grey below which a pixel of the smaller picture may be a panel's ground. The blues,
greens and reds of spreadsheets' headings are 0.2 to 0.58 of white, shades under black print 0.65 and more."""

WINDOW_MM, DENSE = 3.5, 0.58
"""The square that is looked at round a pixel, and the share of it that is dark from which it lies in a panel.
Measured on prints at 100 dots an inch: bold capitals of 14 pt cover at most 0.47, a heading in light letters
0.66 to 0.9."""

SHORTEST_MM, LONGEST_MM = 3.0, 9.0
"""The sides of the smallest panel: one line of print, one short word."""

FILLED = 0.75
"""Share that a panel fills of the smallest rectangle round it, which may lean as the page does."""

IN_CORE = 0.6
"""Share of a dark ground that lies where its surroundings are dense; that of letters beside a panel, less."""

STRAIGHT = 0.9
"""Share of a cell that it has in common with the rectangle round it, from which that is its shape."""

FEWEST_LIGHT, MOST_LIGHT = 0.015, 0.45
"""Shares of a panel that light letters cover: a bar or a black edge has none, more is a picture."""

CONTRAST = 70
"""Grey levels by which light letters stand out of their ground."""

PAPER_MM, PAPER_STEP = 30.0, 4
"""What is darker than the paper over less than this is print, a shade or a panel; it is looked at coarser."""

RULE_MM, RULE_SHARE, BROKEN_MM = 4.5, 0.3, 0.8
"""The least length of a light rule between two cells of a panel, in millimetres and as a share of the panel's
surroundings; what is broken out of one. A letter with its marks is 4.4 high at 11 pt."""

MIDDLE, NEARLY_ALL = 50, 98  # percent
HALF = 0.5
MIDDLE_TONE = 0.6  # of the paper's, from which print is ink
WHITE = 255
MM_AN_INCH = 25.4


def reversed_type(picture: ColourPicture, dpi: float) -> ColourPicture | None:
    """The picture (rows x columns, or x 3: blue, green, red) of `dpi` dots an inch with its panels of light
    print inverted to grey, or None where it has none."""
    grey = grey_of(picture)
    step = LOOKED_AT_DPI / dpi if dpi > LOOKED_AT_DPI else 1.0
    size = (max(1, round(grey.shape[1] * step)), max(1, round(grey.shape[0] * step)))
    finer = halved(grey) if step <= HALF else grey  # the mean of four costs a twentieth of any other
    small = np.asarray(cv2.resize(finer, size, interpolation=cv2.INTER_AREA), np.uint8)
    paper = _paper_of(small)
    dark = np.asarray(cv2.compare(small, cv2.convertScaleAbs(paper, alpha=DARK), cv2.CMP_LT), np.uint8)
    window = max(1, round(WINDOW_MM / MM_AN_INCH * dpi * step))
    dense = cv2.boxFilter(dark, -1, (window, window)) > DENSE * WHITE
    if not dense.any():
        return None
    out: ColourPicture | None = None
    for corner, cells in _panels(np.asarray(dense, np.uint8), dark, window, dpi * step):
        if not _has_light_print(small, corner, cells):
            continue
        out = picture.copy() if out is None else out
        for cell in cells:
            tone = float(np.median(_at(paper, corner, cell)))
            _invert(out, grey, corner, cell, dpi, tone)
    return out


def _paper_of(small: Picture) -> Picture:
    """The tone of the paper everywhere, under what is darker over less than PAPER_MM that of the paper round
    it: a photo's light is not even."""
    height, width = small.shape
    size = (max(1, width // PAPER_STEP), max(1, height // PAPER_STEP))
    coarse = cv2.resize(small, size, interpolation=cv2.INTER_AREA)
    reach = round(PAPER_MM / MM_AN_INCH * LOOKED_AT_DPI / PAPER_STEP)
    paper = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    return np.asarray(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _panels(dense: Mask, dark: Mask, window: int, dpi: float) -> list[tuple[tuple[int, int], list[Mask]]]:
    """What may be panels in a picture of `dpi`: the left upper corner of each, and the masks (255 within) of
    its cells, which light rules part. Those that reach the picture's edge are the black edges of a copy, or a
    desk."""
    height, width = dense.shape
    least, long = (mm / MM_AN_INCH * dpi for mm in (SHORTEST_MM, LONGEST_MM))
    sizes = parts_of(dense)[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_AREA]
    if not ((sizes.min(axis=1) >= least) & (sizes.max(axis=1) >= long)).any():
        return []  # most pages have none, and telling each pixel's part costs twice as much
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dense)
    found = []
    for k in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[k])
        x0, y0, x1, y1 = x - window, y - window, x + w + window, y + h + window
        inside = x0 >= 0 and y0 >= 0 and x1 <= width and y1 <= height
        if min(w, h) < least or max(w, h) < long or not inside:
            continue
        core = (labels[y0:y1, x0:x1] == k).astype(np.uint8) * WHITE
        wide, high = cv2.minAreaRect(cv2.findNonZero(core))[1]
        if min(wide, high) >= least and area >= FILLED * (wide + 1) * (high + 1):
            found.append(((x0, y0), _cells(dark[y0:y1, x0:x1], core, least)))
    return found


def _cells(dark: Mask, core: Mask, least: float) -> list[Mask]:
    """The connected dark grounds of a panel, most of each in its `core`, with the letters on them filled."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    inside = np.bincount(labels[core > 0], minlength=count)
    cells = []
    for k in range(1, count):
        w, h, area = (int(v) for v in stats[k][2:])
        if min(w, h) >= least and inside[k] >= IN_CORE * area:
            mask = (labels == k).astype(np.uint8) * WHITE
            outlines = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
            cells.append(np.asarray(cv2.drawContours(mask, outlines, -1, WHITE, cv2.FILLED), np.uint8))
    return cells


def _at(picture: Picture, corner: tuple[int, int], mask: Mask) -> NDArray[np.uint8]:
    """The pixels of a picture under a mask that lies at `corner`."""
    x, y = corner
    return picture[y : y + mask.shape[0], x : x + mask.shape[1]][mask > 0]


def _has_light_print(small: Picture, corner: tuple[int, int], cells: Sequence[Mask]) -> bool:
    """Whether letters lighter than the ground, and hardly any that are darker, stand in a panel's cells."""
    if not cells:
        return False
    tones = _at(small, corner, np.bitwise_or.reduce(np.stack(cells))).astype(np.int16)
    ground = float(np.percentile(tones, MIDDLE))
    light = float(np.mean(tones > ground + CONTRAST))
    return FEWEST_LIGHT <= light <= MOST_LIGHT and float(np.mean(tones < ground - CONTRAST)) < light / 2


def _invert(
    out: ColourPicture, grey: Picture, corner: tuple[int, int], mask: Mask, dpi: float, paper: float
) -> None:
    """Set a cell's print dark on light in `out`, of `dpi`, and rule it round. `mask` lies at `corner` of the
    smaller picture."""
    step = max(1.0, dpi / LOOKED_AT_DPI)
    x, y = (round(v * step) for v in corner)
    wide = min(round(mask.shape[1] * step), grey.shape[1] - x)
    high = min(round(mask.shape[0] * step), grey.shape[0] - y)
    part = (slice(y, y + high), slice(x, x + wide))
    ruled = _straight(mask)
    within = cv2.resize(ruled, (wide, high), interpolation=cv2.INTER_NEAREST) > 0
    outline = cv2.dilate(ruled, np.ones((3, 3), np.uint8))
    around = (cv2.resize(outline, (wide, high), interpolation=cv2.INTER_NEAREST) > 0) & ~within
    tones: NDArray[np.float32] = grey[part].astype(np.float32)
    ground = float(np.percentile(tones[within], MIDDLE))
    light = max(float(np.percentile(tones[within], NEARLY_ALL)), ground + CONTRAST)
    turned = np.clip(paper * (light - tones) / (light - ground), 0, paper).astype(np.uint8)
    rim = cv2.erode(ruled, np.ones((3, 3), np.uint8))
    turned[(cv2.resize(rim, (wide, high), interpolation=cv2.INTER_NEAREST) == 0) & within] = round(paper)
    turned[_standing_rules(turned < MIDDLE_TONE * paper, dpi)] = 0
    for channel in (out[part],) if out.ndim == 2 else tuple(out[part][..., n] for n in range(out.shape[2])):
        channel[within] = turned[within]
        channel[around] = 0


def _standing_rules(inked: NDArray[np.bool_], dpi: float) -> NDArray[np.bool_]:
    """The standing rules among the print of a panel, with what a copy broke out of them."""
    gap, least = (max(1, round(mm / MM_AN_INCH * dpi)) for mm in (BROKEN_MM, RULE_MM))
    least = max(least, round(RULE_SHARE * inked.shape[0]))
    closed = cv2.morphologyEx(inked.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((least, 1), np.uint8)) > 0)


def _straight(mask: Mask) -> Mask:
    """A cell's mask with straight sides, where it has the shape of a rectangle: a copy frays them."""
    box = cv2.minAreaRect(cv2.findNonZero(mask))
    corners = np.round(cv2.boxPoints(box)).astype(np.int32)
    straight = np.asarray(cv2.fillConvexPoly(np.zeros_like(mask), corners, WHITE), np.uint8)
    union = np.count_nonzero(straight | mask)
    return straight if np.count_nonzero(straight & mask) >= STRAIGHT * union else mask

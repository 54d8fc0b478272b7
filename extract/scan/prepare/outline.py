"""The outline of a sheet of paper on a photo: four edges from paper to whatever it lies on."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import chroma

Quad = NDArray[np.float64]  # 4 x 2: top left, top right, bottom right, bottom left corner, pixels
Field = NDArray[np.float32]  # rows x columns

SEARCH_SIDE = 640
"""Pixels of the longer side of the picture on which edges are looked for: print is gone there, edges not."""

RIM, RIM_STEP = 0.015, 4
"""Share of the picture's sides that is its rim, and every which pixel of it is looked at."""

PAPER_SHARE = 0.75
"""Quantile of the picture's tones at which the paper's lies: a table's ink covers a tenth, a desk a half."""

DARKER, TINTED = 0.85, 30
"""A pixel that is darker than this share of the paper's tone, or more coloured by so much, is no paper."""

OFF_PAPER = 0.3
"""Share of the rim that must be no paper before a desk is looked for. Scans: a copier's shadow along one
side takes up to a quarter; 16 photos in which the sheet lies free gave 0.9 and more."""

PRINT_PX = 13
"""Pixels at SEARCH_SIDE up to which dark things are print, not desk: letters, rules, narrow shaded cells."""

STEEP = 4.0
"""Grey levels a pixel from which an edge counts in full: a desk's grain has half, the paper's edge five times
that."""

FEWEST_STEEP = 0.3
"""Share of that below which a pixel lies on no edge."""

SLOPES = tuple(k / 60 for k in range(-30, 31))
"""Slopes of an edge against the picture's own: 27 degrees either way."""

LINES = 6
"""Lines a side that are tried in all combinations."""

FEWEST_POINTS = 0.15
"""Share of a side's length that a line must follow an edge for to be tried."""

LINE_APART, SLOPE_APART = 8, 6
"""Pixels and steps of slope within which two lines are one."""

NEAR_PX = 4
"""Pixels at SEARCH_SIDE by which the edge of a bent sheet may stray from a straight line."""

BESIDE = 0.1
"""Share of the picture's sides by which a corner may lie outside the picture."""

SMALLEST = 0.2
"""Share of the picture that a sheet worth reading covers."""

SUPPORTED, SIDES = 0.6, 3
"""Share of a side that runs along an edge, and how many sides must: one may be cut off by the picture."""

DESK_BESIDE = 0.5
"""Share of what lies beside an outline that must be no paper: a shaded header's foot and a copier's shadow
make outlines, too, with paper on both sides."""

PREFERS_LARGE = 0.5
"""What a quarter of the outline is worth against the area within it: of like outlines the largest is the
sheet, the others are tables on it."""

ALONG = 60
"""Places of a side at which it is looked at."""

PIXEL_MIDDLE = 0.5
SAMPLE_STEP = 4
COLOURED = 3  # axes of a picture in colours, and its channels
NEUTRAL = 128  # of a and b in Lab
SMOOTH = 1.5  # pixels
SOBEL = 3
SOBEL_GAIN = 8  # of a 3 by 3 Sobel filter
NEAR_SLOPES = 5
LEAST_WEIGHT = 1e-6
LEFT_FOOT = 3
ENDS = ((0, LEFT_FOOT), (1, 2), (0, 1), (LEFT_FOOT, 2))  # corners of the left, right, upper and lower side
SIDE_FROM = 0.02  # of a side, its corners left out
SIDE_TO = 0.98


@dataclass(frozen=True, slots=True)
class _Line:
    """A line near one side of the picture: where it crosses the picture's middle, and its slope there."""

    at: float
    slope: float


def sheet_outline(pixels: NDArray[np.uint8]) -> Quad | None:
    """The corners of the sheet in pixels of the picture (grey, or blue, green, red), or None where the
    picture shows no more than the sheet, or no sheet can be told from what lies round it."""
    if not lies_on_something(pixels):
        return None
    height, width = pixels.shape[:2]
    factor = SEARCH_SIDE / max(height, width)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    corners = _best_outline(_edges(paper_likeness(small)), _off_paper(small, small))
    if corners is None:
        return None
    return np.asarray((corners + PIXEL_MIDDLE) * [width / size[0], height / size[1]], np.float64)


def lies_on_something(pixels: NDArray[np.uint8]) -> bool:
    """Whether much of the picture's rim is darker or more coloured than its paper. Costs next to nothing."""
    height, width = pixels.shape[:2]
    inside = pixels[:: SAMPLE_STEP * RIM_STEP, :: SAMPLE_STEP * RIM_STEP]
    deep = max(1, round(RIM * min(height, width)))
    rim = [
        part[::RIM_STEP, ::RIM_STEP].reshape(-1, *pixels.shape[2:])
        for part in (pixels[:deep], pixels[-deep:], pixels[:, :deep], pixels[:, -deep:])
    ]
    return float(np.mean(_off_paper(np.concatenate(rim), inside))) >= OFF_PAPER


def _off_paper(found: NDArray[np.uint8], inside: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which pixels `found` are darker or more coloured than the paper of the picture sampled `inside`."""
    off = _brightness(found) < DARKER * np.quantile(_brightness(inside), PAPER_SHARE)
    if found.shape[-1] == COLOURED:
        off |= _tint(found) > np.median(_tint(inside)) + TINTED
    return np.asarray(off, np.bool_)


def _brightness(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The tone of grey pixels; of coloured ones (a last axis of three) the green, which the eye sees most."""
    return np.asarray(pixels[..., 1], np.uint8) if pixels.shape[-1] == COLOURED else pixels


def _tint(pixels: NDArray[np.uint8]) -> NDArray[np.int16]:
    """How coloured pixels are: strongest channel less weakest."""
    row = np.ascontiguousarray(pixels).reshape(-1, 1, COLOURED)
    return chroma(row).reshape(pixels.shape[:-1]).astype(np.int16)


def paper_likeness(small: NDArray[np.uint8]) -> Field:
    """How bright and colourless the ground is at each pixel, print closed over."""
    shown = small if small.ndim == COLOURED else cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
    lab = cv2.cvtColor(shown, cv2.COLOR_BGR2LAB).astype(np.float32)
    over_print = np.ones((PRINT_PX, PRINT_PX), np.uint8)
    bright = cv2.morphologyEx(lab[..., 0], cv2.MORPH_CLOSE, over_print)
    tint = cv2.magnitude(lab[..., 1] - NEUTRAL, lab[..., 2] - NEUTRAL)
    tint = cv2.morphologyEx(tint, cv2.MORPH_OPEN, over_print)
    return np.asarray(cv2.GaussianBlur(cv2.subtract(bright, tint), (0, 0), SMOOTH), np.float32)


def _edges(paperness: Field) -> tuple[Field, Field, Field, Field]:
    """How steeply the ground turns to paper (0..1), seen from the left, right, top and bottom."""
    across = cv2.Sobel(paperness, cv2.CV_32F, 1, 0, ksize=SOBEL, scale=1 / SOBEL_GAIN)
    down = cv2.Sobel(paperness, cv2.CV_32F, 0, 1, ksize=SOBEL, scale=1 / SOBEL_GAIN)
    left, right, top, bottom = (
        np.asarray(np.clip(way, 0, STEEP) / STEEP, np.float32) for way in (across, -across, down, -down)
    )
    return left, right, top, bottom


def _best_outline(edges: tuple[Field, Field, Field, Field], off: NDArray[np.bool_]) -> Quad | None:
    """The outline that best follows edges on at least three sides, its lines fitted to them, and has mostly
    what is `off` the paper beside it."""
    height, width = edges[0].shape
    near = [
        np.asarray(cv2.dilate(e, np.ones((2 * NEAR_PX + 1, 2 * NEAR_PX + 1), np.uint8)), np.float32)
        for e in edges
    ]
    standing = [_lines(np.asarray(e.T), end) for e, end in zip(edges[:2], (0.0, width - 1.0), strict=True)]
    lying = [_lines(e, end) for e, end in zip(edges[2:], (0.0, height - 1.0), strict=True)]
    support = cache(partial(_support, near))
    found: list[tuple[float, Quad]] = []
    for left, right, top, bottom in itertools.product(*standing, *lying):
        corners = _corners(left, right, top, bottom, width, height)
        area = _area_share(corners, width, height)
        if area < SMALLEST:
            continue
        ends = [(x, y) for x, y in corners.tolist()]
        # A side is that of many outlines: of all that have its own line and the two that it ends at.
        supports = [support(k, ends[begin], ends[end]) for k, (begin, end) in enumerate(ENDS)]
        score = sum(supports) + PREFERS_LARGE * area
        if sorted(supports)[-SIDES] >= SUPPORTED:
            found.append((score, corners))
    found.sort(key=lambda scored: -scored[0])
    return next((corners for _, corners in found if _desk_beside(corners, off) >= DESK_BESIDE), None)


def _desk_beside(corners: Quad, off: NDArray[np.bool_]) -> float:
    """The share of what lies outside an outline that is `off` the paper; 1 where nothing does."""
    beside = np.ones(off.shape, np.uint8)
    cv2.fillConvexPoly(beside, np.rint(corners).astype(np.int32), 0)
    return float(off[beside > 0].mean()) if beside.any() else 1.0


def _lines(edge: Field, end: float) -> list[_Line]:
    """The lines that run longest along an edge that lies across the picture, and the picture's own side at
    `end` (for standing edges the field comes transposed)."""
    height, width = edge.shape
    y, x = np.nonzero(edge > FEWEST_STEEP)
    steep, from_middle = edge[y, x], x - width / 2
    votes = np.zeros((len(SLOPES), height), np.float32)
    for k, slope in enumerate(SLOPES):
        at = np.rint(y - slope * from_middle).astype(np.intp)
        within = (at >= 0) & (at < height)
        votes[k] = np.bincount(at[within], weights=steep[within], minlength=height)
    votes = np.asarray(cv2.boxFilter(votes, -1, (NEAR_SLOPES, 1), normalize=False), np.float32)
    found: list[_Line] = []
    while len(found) < LINES and votes.max(initial=0.0) > FEWEST_POINTS * width:
        k, at = (int(i) for i in np.unravel_index(int(np.argmax(votes)), votes.shape))
        found.append(_fitted(_Line(float(at), SLOPES[k]), edge))
        votes[
            max(0, k - SLOPE_APART) : k + SLOPE_APART + 1, max(0, at - LINE_APART) : at + LINE_APART + 1
        ] = 0
    return [*found, _Line(end, 0.0)]


def _fitted(line: _Line, edge: Field) -> _Line:
    """The line laid through the steepest pixels near it."""
    height, width = edge.shape
    x = np.arange(0, width, 2)
    middle = np.rint(line.at + line.slope * (x - width / 2)).astype(int)
    reach = np.arange(-NEAR_PX, NEAR_PX + 1)
    rows = middle[:, None] + reach
    steep = np.where((rows >= 0) & (rows < height), edge[np.clip(rows, 0, height - 1), x[:, None]], 0)
    on = steep.max(axis=1) > FEWEST_STEEP
    if np.count_nonzero(on) < FEWEST_POINTS * len(x):
        return line
    weight = steep[on] + LEAST_WEIGHT
    y = middle[on] + (weight * reach).sum(axis=1) / weight.sum(axis=1)
    slope, at = np.polyfit(x[on] - width / 2, y, 1)
    return _Line(float(at), float(slope))


def _corners(left: _Line, right: _Line, top: _Line, bottom: _Line, width: int, height: int) -> Quad:
    """Where the four lines meet."""

    def meet(standing: _Line, lying: _Line) -> tuple[float, float]:
        off = standing.at - standing.slope * height / 2 - width / 2
        y = (lying.at + lying.slope * off) / (1 - lying.slope * standing.slope)
        return standing.at + standing.slope * (y - height / 2), y

    return np.array([meet(left, top), meet(right, top), meet(right, bottom), meet(left, bottom)], np.float64)


def _area_share(corners: Quad, width: int, height: int) -> float:
    """The share of the picture that an outline covers; 0 for one that is none, or shows the sheet mirrored:
    its top below its foot."""
    beside = np.array([BESIDE * width, BESIDE * height])
    if (corners < -beside).any() or (corners > np.array([width, height]) + beside).any():
        return 0.0
    shape = corners.astype(np.float32)
    if not cv2.isContourConvex(shape):
        return 0.0
    return max(0.0, cv2.contourArea(shape, oriented=True)) / (width * height)


def _support(near: Sequence[Field], side: int, begin: tuple[float, float], end: tuple[float, float]) -> float:
    """The share of a side (0 left, 1 right, 2 top, 3 bottom) between two corners that runs along an edge."""
    field, first = near[side], np.array(begin)
    along = np.linspace(SIDE_FROM, SIDE_TO, ALONG)[:, None]
    x, y = np.rint(first + (np.array(end) - first) * along).astype(int).T
    inside = (x >= 0) & (x < field.shape[1]) & (y >= 0) & (y < field.shape[0])
    return float(field[y[inside], x[inside]].sum()) / ALONG

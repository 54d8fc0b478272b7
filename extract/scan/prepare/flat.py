"""A photo of a sheet set square: desk cut away, perspective and coloured light taken out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.colour import grey_of
from extract.scan.prepare.components import labelled
from extract.scan.prepare.frame import Perspective
from extract.scan.prepare.ink import Picture, even_paper, measure_paper
from extract.scan.prepare.outline import Quad
from extract.scan.prepare.print_size import dpi_of_sheet, usual_letter_px

ISO_RATIO = math.sqrt(2)
"""Longer side by shorter side of A and B sizes (ISO 216)."""

NEARLY_ISO = 1.12
"""Ratio up to which a sheet whose sides come out otherwise is taken for one of that shape: what perspective
without the lens's length leaves open."""


SLIVER = 0.025
"""Share of the sheet's shorter side within which what comes in from the edge is desk: 5 mm of A4."""

EDGE_PART = 8
"""Of that depth the part at the very edge: a sliver begins there."""

OFF_WHITE, WHITE = 190, 255
"""Grey below which something at the edge is no paper once the light is even."""

PIXEL_MIDDLE = 0.5
PARALLEL = 1e-6
CORNERS = 4
SLIVER_MARGIN = 5


@dataclass(frozen=True, slots=True)
class FlatSheet:
    """A sheet cut out and set square, its resolution, and the way back to the photo."""

    pixels: NDArray[np.uint8]
    dpi: float
    perspective: Perspective


def flattened(pixels: NDArray[np.uint8], outline: Quad) -> FlatSheet:
    """The sheet within its outline, as large as its longest sides are on the photo."""
    height, width = pixels.shape[:2]
    wide, high = sheet_size_px(outline, width, height)
    square = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    to_seen = np.asarray(cv2.getPerspectiveTransform(square, outline.astype(np.float32)), np.float64)
    # OpenCV samples at the middles of pixels that have whole numbers; frames count pixels' corners.
    centred = _shifted(-PIXEL_MIDDLE) @ to_seen @ _shifted(PIXEL_MIDDLE)
    flat = cv2.warpPerspective(
        pixels, centred, (wide, high),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    lit = in_white_light(np.asarray(flat, np.uint8))
    paint_slivers(lit)
    return FlatSheet(lit, dpi_of_sheet(wide, high, usual_letter_px(grey_of(lit))), Perspective(to_seen))


def _shifted(by: float) -> NDArray[np.float64]:
    return np.array([[1, 0, by], [0, 1, by], [0, 0, 1]], np.float64)


def sheet_size_px(outline: Quad, width: int, height: int) -> tuple[int, int]:
    """(width, height) of the square picture: the longest sides of the outline, in the sheet's own ratio."""
    top, right, bottom, left = (
        float(np.hypot(*(outline[(k + 1) % len(outline)] - outline[k]))) for k in range(len(outline))
    )
    wide, high = max(top, bottom), max(left, right)
    ratio = sheet_ratio(outline, width, height)
    # The side that the ratio says was foreshortened is drawn longer: nothing of the print is lost.
    return (round(max(wide, high * ratio)), round(max(high, wide / ratio)))


def sheet_ratio(outline: Quad, width: int, height: int) -> float:
    """Width by height of a sheet seen as `outline`: that of ISO sheets where either what the lens says (Zhang
    and He 2007) or the mean sides come near it, else what the sides say."""
    top, right, bottom, left = (
        float(np.hypot(*(outline[(k + 1) % len(outline)] - outline[k]))) for k in range(len(outline))
    )
    plain = (top + bottom) / (left + right)
    for ratio in (plain, seen_ratio(outline, width, height)):
        for iso in (ISO_RATIO, 1 / ISO_RATIO):
            if ratio and max(ratio / iso, iso / ratio) <= NEARLY_ISO:
                return iso
    return plain


def seen_ratio(outline: Quad, width: int, height: int) -> float | None:
    """Width by height of a rectangle seen as `outline` by a lens in the picture's middle (Zhang and He 2007,
    'Whiteboard scanning and image enhancement', section 4); None where its sides are too parallel to tell."""
    m1, m2, m4, m3 = (np.array([*(corner - [width / 2, height / 2]), 1.0]) for corner in outline)
    k2 = np.dot(np.cross(m1, m4), m3) / np.dot(np.cross(m2, m4), m3)
    k3 = np.dot(np.cross(m1, m4), m2) / np.dot(np.cross(m3, m4), m2)
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    if abs(n2[2] * n3[2]) < PARALLEL:
        return None
    focus = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    if focus <= 0:
        return None
    scale = np.array([1 / focus, 1 / focus, 1.0])
    return float(np.sqrt((n2 * n2 * scale).sum() / (n3 * n3 * scale).sum()))


def in_white_light(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The sheet as white light would show it: each colour made even by the paper's own tone in it. A lamp's
    yellow would pass for coloured ink."""
    if pixels.ndim == 2:
        return even_paper(pixels, measure_paper(pixels))
    return np.asarray(
        cv2.merge([even_paper(np.ascontiguousarray(c), measure_paper(np.ascontiguousarray(c)))
                   for c in cv2.split(pixels)]), np.uint8,
    )  # fmt: skip


def paint_slivers(pixels: NDArray[np.uint8]) -> None:
    """Paint white, in place, slivers of desk along the edges of a sheet: a bent sheet's edge strays from the
    straight line that it was cut along. A print's margin is wider."""
    grey = grey_of(pixels)
    deep = max(2, round(SLIVER * min(grey.shape)))
    slivers = [_slivers(np.rot90(grey, quarter)[:deep]) for quarter in range(CORNERS)]
    for quarter, found in enumerate(slivers):
        np.rot90(pixels, quarter)[:deep][found] = WHITE


def _slivers(edge: Picture) -> NDArray[np.bool_]:
    """Where a strip along a sheet's edge (its first row) shows what came in from there."""
    labels, _ = labelled(np.ascontiguousarray(edge < OFF_WHITE).astype(np.uint8) * WHITE)
    touching = np.unique(labels[: max(1, len(edge) // EDGE_PART)])
    sliver = np.isin(labels, touching[touching > 0]).astype(np.uint8)
    return np.asarray(cv2.dilate(sliver, np.ones((SLIVER_MARGIN, SLIVER_MARGIN), np.uint8)) > 0)

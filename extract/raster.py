"""A page as a picture, and what the readers of PDFs and of scans both ask of one."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

CHROMA = 48
"""Difference of the strongest and weakest channel above which ink counts as coloured. JPEG at quality 50
leaves up to about 40 at the edges of black print."""

LEAST_SHARE = 2e-4
"""Share of coloured pixels from which a page counts as stamped or signed in colour."""

SHARE_STEP = 4
"""Coloured ink is looked for on a picture this many times smaller."""

QUARTER_TURN = 90
HALF_TURN = 180
THREE_QUARTERS = 270


NEGATIVE = 0.8
"""Share of dark pixels from which a picture without greys is white print on black: text pages have 4 to 12 %
of ink, the blackest copies 30 %."""

NEGATIVE_STEP = 4
"""Every so many pixels are looked at to tell a negative."""

_DARK, _LIGHT = 64, 192  # greys under and over which a pixel is plainly dark or light


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as a picture: `pixels` is rows x columns (grey) or rows x columns x 3 (blue, green, red),
    uint8. `width` and `height` are the stored page's, in points; `native_dpi` the resolution of the scan
    inside, where one picture fills the page, else that of the rendering. `dpi_is_known` is False
    where the file does not say it: the size in points is then as good as any, and the print tells more."""

    pixels: NDArray[np.uint8]
    width: float
    height: float
    dpi: float
    native_dpi: float
    dpi_is_known: bool = True


def turned(picture: NDArray[np.uint8], clockwise: int) -> NDArray[np.uint8]:
    """The picture turned by 0, 90, 180 or 270 degrees."""
    if clockwise == 0:
        return picture
    ways = {
        QUARTER_TURN: cv2.ROTATE_90_CLOCKWISE,
        HALF_TURN: cv2.ROTATE_180,
        THREE_QUARTERS: cv2.ROTATE_90_COUNTERCLOCKWISE,
    }
    return np.asarray(cv2.rotate(picture, ways[clockwise]), dtype=np.uint8)


def dark_on_light(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture, or its negative where it is white print on black (a fax whose sender or reader takes 0 for
    white). A photo of a sheet on a dark table has paper in it, and stays."""
    few = np.ascontiguousarray(pixels[::NEGATIVE_STEP, ::NEGATIVE_STEP])
    grey = few if few.ndim == 2 else strongest(few)
    dark, light = float((grey < _DARK).mean()), float((grey > _LIGHT).mean())
    negative = dark >= NEGATIVE and 0 < light <= 1 - NEGATIVE
    return np.asarray(255 - pixels, np.uint8) if negative else pixels


def strongest(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each pixel's strongest channel (numpy's own maximum over three takes ten times as long)."""
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.max(cv2.max(blue, green), red), np.uint8)


def chroma(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How coloured each pixel is: its strongest channel less its weakest."""
    blue, green, red = cv2.split(picture)
    return np.asarray(
        cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red)), np.uint8
    )


def share_of_colour(small: NDArray[np.uint8]) -> float:
    """The share of strongly coloured pixels of a picture that is small already."""
    return float(np.count_nonzero(chroma(small) > CHROMA) / (small.shape[0] * small.shape[1]))

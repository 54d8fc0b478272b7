"""Photos of a drawn page: laid on a desk, seen aslant, bent, in a shadow."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.raster import Raster


@dataclass(frozen=True)
class Photo:
    """A photo of a page: its pixels, the corners of the sheet on it, and where each point of the page went."""

    pixels: npt.NDArray[np.uint8]
    corners: npt.NDArray[np.float64]
    matrix: npt.NDArray[np.float64]
    bow: float
    width: int

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page (pixels) lies on the photo (pixels)."""
        lifted = np.array([x, y - self.bow * np.sin(np.pi * x / self.width), 1.0])
        point = self.matrix @ lifted
        return float(point[0] / point[2]), float(point[1] / point[2])

    @property
    def raster(self) -> Raster:
        """The photo as a page of a file that does not state a resolution."""
        height, width = self.pixels.shape[:2]
        return Raster(self.pixels, width * 0.25, height * 0.25, 288.0, 288.0, dpi_is_known=False)


def photo_of(page, desk, corners, bow=0.0, shadow=0.0, light=(1.0, 1.0, 1.0), seed=7):
    """`page` (grey) on a `desk` (blue, green, red) on a photo of 3000 x 2250 pixels; `corners` are shares of
    it, `bow` the pixels by which the page's lines rise in their middle."""
    height, width = page.shape
    size = np.array([2250, 3000])
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    bent = cv2.remap(
        page, x, y + np.float32(bow) * np.sin(np.pi * x / width), cv2.INTER_LINEAR, borderValue=255
    )
    ends = np.array(corners, np.float64) * size
    square = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(square, ends.astype(np.float32)).astype(np.float64)
    paper = cv2.warpPerspective(bent, matrix, tuple(size), flags=cv2.INTER_AREA)
    on_paper = cv2.warpPerspective(np.full_like(page, 255), matrix, tuple(size)) > 127
    grain = cv2.GaussianBlur(rng.normal(0, 9, (size[1], size[0])).astype(np.float32), (0, 0), 4) * 6
    picture = np.where(on_paper[..., None], paper[..., None] * 0.92, np.array(desk) + grain[..., None])
    fall = 1 - shadow * np.linspace(0, 1, size[0])[None, :, None]
    picture = picture * fall * np.array(light) + rng.normal(0, 3, picture.shape)
    return Photo(np.clip(picture, 0, 255).astype(np.uint8), ends, matrix, bow, width)


ASLANT = ((0.12, 0.06), (0.90, 0.09), (0.93, 0.93), (0.09, 0.90))
CUT_OFF = ((0.08, 0.06), (0.93, 0.03), (0.99, 1.06), (0.02, 1.08))
TURNED = ((0.16, 0.05), (0.95, 0.15), (0.86, 0.97), (0.05, 0.88))

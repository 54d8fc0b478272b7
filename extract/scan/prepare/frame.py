"""Where a pixel of the worked-on picture lies on the page as its file stores it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.geometry import Box

Matrix = NDArray[np.float64]  # 2 x 3, acts on column vectors (x, y, 1)
Bounds = tuple[float, float, float, float]  # x0, y0, x1, y1


@dataclass(frozen=True, slots=True)
class Frame:
    """The affine way from picture pixels to two frames in points.

    `to_page` leads to the page as stored (where boxes of results lie). `upright_scale` is the points a
    pixel is wide in the upright frame: the page turned and levelled as it is read, origin at the
    picture's top left corner.
    """

    to_page: Matrix
    upright_scale: float

    @staticmethod
    def of_picture(width: int, height: int, page_width: float, page_height: float) -> Frame:
        """The frame of a picture that shows the whole stored page, not turned."""
        sx, sy = page_width / width, page_height / height
        return Frame(np.array([[sx, 0.0, 0.0], [0.0, sy, 0.0]]), (sx + sy) / 2)

    def after(self, forward: Matrix, scale: float = 1.0) -> Frame:
        """The frame of the picture that `forward` (old pixels to new pixels) makes of this one;
        `scale` is how many new pixels an old one becomes."""
        back = np.vstack([forward, [0.0, 0.0, 1.0]])
        step: Matrix = np.vstack([self.to_page, [0.0, 0.0, 1.0]]) @ np.linalg.inv(back)
        return Frame(step[:2], self.upright_scale / scale)

    def page_box(self, bounds: Bounds) -> Box:
        """Upright pixel bounds as the smallest box round them on the stored page, in points."""
        x0, y0, x1, y1 = bounds
        corners = np.array([[x0, y0, 1], [x1, y0, 1], [x0, y1, 1], [x1, y1, 1]], dtype=np.float64)
        points = corners @ self.to_page.T
        (px0, py0), (px1, py1) = points.min(axis=0), points.max(axis=0)
        return Box(round(float(px0), 2), round(float(py0), 2), round(float(px1), 2), round(float(py1), 2))

    def page_box_of(self, upright: Box) -> Box:
        """A box of the upright frame (points) as a box on the stored page (points)."""
        s = self.upright_scale
        return self.page_box((upright.x0 / s, upright.y0 / s, upright.x1 / s, upright.y1 / s))

    def upright_box(self, bounds: Bounds) -> Box:
        """Pixel bounds as a box of the upright frame, in points."""
        s = self.upright_scale
        return Box(bounds[0] * s, bounds[1] * s, bounds[2] * s, bounds[3] * s)

    def pixels(self, upright: Box) -> Bounds:
        """A box of the upright frame as pixel bounds."""
        s = self.upright_scale
        return upright.x0 / s, upright.y0 / s, upright.x1 / s, upright.y1 / s


def turn_matrix(width: int, height: int, clockwise: int) -> Matrix:
    """Old pixels to new pixels when a width x height picture is turned by 0, 90, 180 or 270 degrees."""
    rows: dict[int, Sequence[Sequence[float]]] = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, -1, height], [1, 0, 0]],
        180: [[-1, 0, width], [0, -1, height]],
        270: [[0, 1, 0], [-1, 0, width]],
    }
    return np.array(rows[clockwise], dtype=np.float64)

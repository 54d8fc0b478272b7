"""Where a pixel of the worked-on picture lies on the page as its file stores it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from model.geometry import Box

Matrix = NDArray[np.float64]  # 2 x 3, acts on column vectors (x, y, 1)
Points = NDArray[np.float64]  # a row a point: x, y
Bounds = tuple[float, float, float, float]  # x0, y0, x1, y1

EDGE_POINTS = 9
"""Points of each edge of a box that are followed through a bend: straight edges come out curved there."""

LAST_CELL = 1.001  # of the mesh, its end left out
AXES = 3
QUARTER_TURN = 90
HALF_TURN = 180
THREE_QUARTERS = 270


class Bend(Protocol):
    """A way from one picture to another that is no affine one, pixels to pixels."""

    def back(self, made_px: Points) -> Points:
        """Where points of the picture that was made lie in the picture it was made of."""
        ...


@dataclass(frozen=True, slots=True)
class Perspective:
    """A sheet seen aslant, set square. `to_seen` is the 3 x 3 matrix from the square picture's pixels to
    those of the picture as it was taken (homogeneous column vectors)."""

    to_seen: NDArray[np.float64]

    def back(self, made_px: Points) -> Points:
        """Where points of the square picture lie in the picture as it was taken."""
        seen = np.column_stack([made_px, np.ones(len(made_px))]) @ self.to_seen.T
        return np.asarray(seen[:, :2] / seen[:, 2:], np.float64)


@dataclass(frozen=True, slots=True)
class Mesh:
    """A curved sheet made flat: how far each pixel of the flat picture is moved, known at the nodes of a
    mesh (rows x columns x 2, pixels: x, y) that lie `step` pixels apart, linear between them."""

    moved_px: NDArray[np.float32]
    step: float

    def back(self, made_px: Points) -> Points:
        """Where points of the flat picture lie in the curved one."""
        rows, columns = self.moved_px.shape[:2]
        at = np.clip(made_px / self.step, 0, [columns - LAST_CELL, rows - LAST_CELL])
        x, y = at[:, 0].astype(int), at[:, 1].astype(int)
        u, v = (at[:, 0] - x)[:, None], (at[:, 1] - y)[:, None]
        d = self.moved_px.astype(np.float64)
        above = d[y, x] * (1 - u) + d[y, x + 1] * u
        below = d[y + 1, x] * (1 - u) + d[y + 1, x + 1] * u
        return np.asarray(made_px + above * (1 - v) + below * v, np.float64)

    def enlarged(self, by: float) -> Mesh:
        """The same mesh for pictures that are larger by a factor."""
        return Mesh(self.moved_px * np.float32(by), self.step * by)

    def rows(self, top: int, bottom: int, width: int) -> NDArray[np.float32]:
        """How far the pixels of some rows of the flat picture are moved (rows x width x 2)."""
        x, y = np.meshgrid(
            np.arange(width, dtype=np.float32) / np.float32(self.step),
            np.arange(top, bottom, dtype=np.float32) / np.float32(self.step),
        )
        moved = cv2.remap(self.moved_px, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(moved, np.float32)


@dataclass(frozen=True, slots=True)
class Frame:
    """The way from picture pixels to two frames in points.

    Pixels go through `to_bent`, an affine way, to the pixels of the last picture that a bend was taken out
    of, and through the bends, last one first, each followed by the affine way to the one before. Without
    bends `to_bent` leads to the page as stored (points, where boxes of results lie) at once.
    `upright_scale` is the points a pixel is wide in the upright frame: the page turned, flattened and
    levelled as it is read, origin at the picture's top left corner.
    """

    to_bent: Matrix
    upright_scale: float
    bends: tuple[tuple[Bend, Matrix], ...] = ()

    @staticmethod
    def of_picture(width: int, height: int, page_width: float, page_height: float) -> Frame:
        """The frame of a picture that shows the whole stored page, not turned."""
        sx, sy = page_width / width, page_height / height
        return Frame(np.array([[sx, 0.0, 0.0], [0.0, sy, 0.0]]), (sx + sy) / 2)

    def after(self, forward: Matrix, scale: float = 1.0) -> Frame:
        """The frame of the picture that `forward` (old pixels to new pixels) makes of this one;
        `scale` is how many new pixels an old one becomes."""
        back = np.vstack([forward, [0.0, 0.0, 1.0]])
        step: Matrix = np.vstack([self.to_bent, [0.0, 0.0, 1.0]]) @ np.linalg.inv(back)
        return replace(self, to_bent=step[:2], upright_scale=self.upright_scale / scale)

    def without(self, bend: Bend) -> Frame:
        """The frame of the picture that is made by taking a bend out of this one, of the same scale."""
        return Frame(np.eye(2, AXES), self.upright_scale, ((bend, self.to_bent), *self.bends))

    def at_scale(self, upright_scale: float) -> Frame:
        """This frame where a pixel of the picture is known to be `upright_scale` points wide."""
        return replace(self, upright_scale=upright_scale)

    def stored(self, picture_px: Points) -> Points:
        """Points of the picture on the page as stored, in points."""
        points = np.column_stack([picture_px, np.ones(len(picture_px))]) @ self.to_bent.T
        for bend, further in self.bends:
            bent = bend.back(points)
            points = np.column_stack([bent, np.ones(len(bent))]) @ further.T
        return np.asarray(points, np.float64)

    def page_box(self, bounds: Bounds) -> Box:
        """Upright pixel bounds as the smallest box round them on the stored page, in points."""
        if not self.bends:
            return _box_round(self.to_bent, bounds)
        points = self.stored(_outline(bounds))
        (px0, py0), (px1, py1) = points.min(axis=0), points.max(axis=0)
        return Box(round(float(px0), 2), round(float(py0), 2), round(float(px1), 2), round(float(py1), 2))

    def page_box_of(self, upright: Box) -> Box:
        """A box of the upright frame (points) as a box on the stored page (points)."""
        s = self.upright_scale
        return self.page_box((upright.x0 / s, upright.y0 / s, upright.x1 / s, upright.y1 / s))

    def upright_box(self, bounds: Bounds) -> Box:
        """Pixel bounds as a box of the upright frame, in points."""
        s = self.upright_scale
        return Box(bounds[0] * s, bounds[1] * s, bounds[2] * s, bounds[AXES] * s)

    def pixels(self, upright: Box) -> Bounds:
        """A box of the upright frame as pixel bounds."""
        s = self.upright_scale
        return upright.x0 / s, upright.y0 / s, upright.x1 / s, upright.y1 / s


def _box_round(way: Matrix, bounds: Bounds) -> Box:
    """The smallest box round the four corners of bounds, led an affine way. Number by number: of as few,
    arrays take ten times as long."""
    x0, y0, x1, y1 = map(float, bounds)
    (a, b, c), (d, e, f) = way.tolist()
    xs = (a * x0 + b * y0 + c, a * x1 + b * y0 + c, a * x0 + b * y1 + c, a * x1 + b * y1 + c)
    ys = (d * x0 + e * y0 + f, d * x1 + e * y0 + f, d * x0 + e * y1 + f, d * x1 + e * y1 + f)
    return Box(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


def _outline(bounds: Bounds) -> Points:
    """Points all along the edges of a box."""
    x0, y0, x1, y1 = bounds
    t = np.linspace(0.0, 1.0, EDGE_POINTS)
    x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
    edges = [(x, np.full_like(x, end)) for end in (y0, y1)] + [(np.full_like(y, end), y) for end in (x0, x1)]
    return np.vstack([np.column_stack(edge) for edge in edges])


def turn_matrix(width: int, height: int, clockwise: int) -> Matrix:
    """Old pixels to new pixels when a width x height picture is turned by 0, 90, 180 or 270 degrees."""
    rows: dict[int, Sequence[Sequence[float]]] = {
        0: [[1, 0, 0], [0, 1, 0]],
        QUARTER_TURN: [[0, -1, height], [1, 0, 0]],
        HALF_TURN: [[-1, 0, width], [0, -1, height]],
        THREE_QUARTERS: [[0, 1, 0], [-1, 0, width]],
    }
    return np.array(rows[clockwise], dtype=np.float64)

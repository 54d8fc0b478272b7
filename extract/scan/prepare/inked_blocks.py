"""A page drawn under a matrix only where it has ink: most of a fax is paper, and stays it."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.frame import Matrix
from extract.scan.prepare.ink import Mask, Picture

_SIDE = 16
"""Pixels of the drawn page along a block that is drawn or left out. A third of a fax's blocks are drawn; half
as large, a few less are, and take longer."""

_CELL = 4  # pixels of the page as it is in which ink is looked for together
_SUPPORT = 2.1  # pixels round a place through which a cubic curve is laid, and a little for rounding
_MOST_INKED = 0.7  # share of blocks from which the page is drawn whole in less time
_TOGETHER = 256  # blocks drawn at once: where their pixels lie takes half a megabyte
_WHITE = 255


def drawn_where_inked(picture: Picture, matrix: Matrix, size: tuple[int, int]) -> Picture | None:
    """`picture` (grey) under `matrix` with `size` (width, height), steep edges kept steep, white beyond it;
    None where so much of it is not white that drawing all costs less.

    Each pixel is what `cv2.warpAffine` makes of it: where it lies is reckoned in the same way, to the bit.
    """
    back = _inverse(matrix)
    columns, rows = -(-size[0] // _SIDE), -(-size[1] // _SIDE)
    inked = _inked_blocks(picture, back, (columns, rows))
    if cv2.countNonZero(inked) > _MOST_INKED * inked.size:
        return None
    page = np.full((rows * _SIDE, columns * _SIDE), _WHITE, np.uint8)
    blocks = page.reshape(rows, _SIDE, columns, _SIDE).transpose(0, 2, 1, 3)
    ways = [_ways(axis, (columns, rows)) for axis in back.astype(np.float32)]
    down, across = np.nonzero(inked)
    for start in range(0, len(down), _TOGETHER):
        y, x = down[start : start + _TOGETHER], across[start : start + _TOGETHER]
        from_x, from_y = ((by_x[x] + by_y[y]).reshape(-1, _SIDE * _SIDE) for by_x, by_y in ways)
        white = (_WHITE, _WHITE, _WHITE)
        drawn = cv2.remap(
            picture, from_x, from_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=white
        )
        blocks[y, x] = drawn.reshape(-1, _SIDE, _SIDE)
    return np.ascontiguousarray(page[: size[1], : size[0]])


def _inverse(matrix: Matrix) -> Matrix:
    """The matrix that leads back, reckoned in the order in which OpenCV does."""
    (a, b, x), (c, d, y) = matrix.tolist()
    share = 1 / (a * d - b * c)
    a, b, c, d = d * share, -b * share, -c * share, a * share
    return np.array([[a, b, -a * x - b * y], [c, d, -c * x - d * y]])


def _ways(
    axis: NDArray[np.float32], blocks: tuple[int, int]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What a row of the matrix back gives for the columns and the rows of the drawn page, a block each."""
    by_x, by_y, begin = axis
    x, y = (np.arange(count * _SIDE, dtype=np.float32) for count in blocks)
    return (by_x * x).reshape(-1, 1, _SIDE), (by_y * y + begin).reshape(-1, _SIDE, 1)


def _inked_blocks(picture: Picture, back: Matrix, blocks: tuple[int, int]) -> Mask:
    """Which blocks (columns, rows) of the drawn page may show anything but white."""
    dark = cv2.threshold(picture, _WHITE - 1, _WHITE, cv2.THRESH_BINARY_INV)[1]
    down, right = -picture.shape[0] % _CELL, -picture.shape[1] % _CELL
    dark = cv2.copyMakeBorder(dark, 0, down, 0, right, cv2.BORDER_CONSTANT, value=0)
    cells = (dark.shape[1] // _CELL, dark.shape[0] // _CELL)
    shares = cv2.resize(dark, cells, interpolation=cv2.INTER_AREA)
    around = (_SIDE - 1) / 2 * np.abs(back[:, :2]).sum(axis=1).max() + _SUPPORT
    reach = 2 * math.ceil(around / _CELL) + 1
    near = cv2.dilate(shares, np.ones((reach, reach), np.uint8))
    middle = back[:, :2] @ np.full(2, (_SIDE - 1) / 2) + back[:, 2]
    to_cells = np.column_stack([back[:, :2] * (_SIDE / _CELL), (middle + 0.5) / _CELL - 0.5])
    # The middle of a block at the page's side may lie beyond it.
    found = cv2.warpAffine(
        near,
        to_cells,
        blocks,
        flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(found, np.uint8)

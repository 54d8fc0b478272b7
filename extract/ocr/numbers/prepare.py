"""From a crop of a page to what the network sees: ink on nothing, 32 pixels high, the line filling it.

Training and reading share this module, so the network has learnt whatever it does.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]

HEIGHT = 32
MAX_WIDTH = 768
MIN_WIDTH = 16
_MIN_CONTRAST = 48  # grey levels; less than this between paper and ink is noise and stays faint
_MIN_LINE = 14  # pixels; a line of 8 pt at 150 dpi has digits of 11, so nothing less is a whole line
_MARGIN = 0.15  # of the line's height, above and below
_DARK = 110  # ink of 0..255 that counts as black
_LOOSE = 24  # pixels; a lower crop may be a lone `-` or `=`, cut close
_EDGE = 0.16  # of the crop's height, where rules are looked for
_RULE_COVERS = 0.6  # of the crop's width
_SIDE = 0.35  # of the line's height, left and right


def prepare(crop: Picture) -> Picture:
    """The ink of `crop` (grey, dark on light, any size) as (32, W) uint8: 0 paper, 255 ink.

    16 <= W <= 768. A crop without pixels gives an empty strip.
    """
    if crop.ndim != 2 or min(crop.shape) < 2:
        return np.zeros((HEIGHT, MIN_WIDTH), np.uint8)
    ink = without_rules(to_ink(crop))
    x0, y0, x1, y1 = _line_box(ink)
    return _scaled(ink, x0, y0, x1, y1)


def to_ink(crop: Picture) -> Picture:
    """Ink on nothing: the paper's grey becomes 0 and the darkest ink 255."""
    levels = np.cumsum(cv2.calcHist([crop], [0], None, [256], [0, 256]).ravel())
    paper = int(np.searchsorted(levels, 0.7 * levels[-1]))
    darkest = int(cv2.blur(crop, (2, 2)).min())
    contrast = max(_MIN_CONTRAST, paper - darkest)
    table = np.clip((paper - np.arange(256)) * (255.0 / contrast), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(crop, table), np.uint8)


def without_rules(ink: Picture) -> Picture:
    """The ink without the table's lying rules along the crop's upper and lower edges.

    They tie upright rules and digits together into one part as high as the crop. Upright remnants stay:
    in a tight crop nothing tells them from a `1`, and the network has learnt to pass them over.
    """
    height, width = ink.shape
    if height < _LOOSE or width < _LOOSE:
        return ink
    dark = ink > _DARK
    covered = (dark | np.roll(dark, 1, 0)).mean(1) > _RULE_COVERS
    band = max(3, round(_EDGE * height))
    first, last = np.flatnonzero(covered[:band]), np.flatnonzero(covered[-band:])
    if not len(first) and not len(last):
        return ink
    out = ink.copy()
    if len(first):
        out[: min(band, first[-1] + 2)] = 0
    if len(last):
        out[height - band + max(0, last[0] - 2) :] = 0
    return out if (out > _DARK).any() else ink


def line_parts(ink: Picture) -> npt.NDArray[np.int32]:
    """Connected parts of the ink as rows (x, y, width, height, area), without specks and rules."""
    binary = cv2.threshold(ink, _DARK, 255, cv2.THRESH_BINARY)[1]
    parts = cv2.connectedComponentsWithStats(binary, connectivity=8)[2][1:]
    return np.asarray(parts[(parts[:, 4] >= 4) & ~_is_rule(parts, *ink.shape)], np.int32)


def _line_box(ink: Picture) -> tuple[float, float, float, float]:
    """The line of print within `ink` (x0, y0, x1, y1 in pixels), by its tall connected parts."""
    height, width = ink.shape
    parts = line_parts(ink)
    if not len(parts):
        return 0.0, 0.0, float(width), float(height)
    top, bottom = parts[:, 1], parts[:, 1] + parts[:, 3]
    tall = parts[:, 3] >= 0.55 * parts[:, 3].max()
    y0, y1 = float(top[tall].min()), float(bottom[tall].max())
    least = max(_MIN_LINE, 0.35 * height)
    if y1 - y0 < least:
        middle = (y0 + y1) / 2
        y0, y1 = middle - least / 2, middle + least / 2
    slack = 0.2 * (y1 - y0)
    inside = (bottom > y0 - slack) & (top < y1 + slack)
    x0 = float(parts[inside, 0].min())
    x1 = float((parts[inside, 0] + parts[inside, 2]).max())
    return x0, y0, x1, y1


def _is_rule(parts: npt.NDArray[Any], height: int, width: int) -> npt.NDArray[np.bool_]:
    """Which connected parts are remnants of a table's rules: across the whole crop, thin, at its edge."""
    x, y, w, h = parts[:, 0], parts[:, 1], parts[:, 2], parts[:, 3]
    edge_x = (x <= 0.12 * width) & (x + w <= 0.2 * width + 4) | (x >= 0.8 * width - 4)
    edge_y = (y <= 0.15 * height) & (y + h <= 0.25 * height + 3) | (y >= 0.75 * height - 3)
    upright = (h >= 0.66 * height) & (w <= 0.15 * height + 2) & edge_x & (width > 0.6 * height)
    lying = (w >= 0.85 * width) & (h <= 0.2 * height + 2) & edge_y & (width > height)
    return np.asarray(upright | lying, np.bool_)


def _scaled(ink: Picture, x0: float, y0: float, x1: float, y1: float) -> Picture:
    """The box with its margins, scaled to 32 pixels of height; paper where it leaves the crop."""
    line = y1 - y0
    top, bottom = round(y0 - _MARGIN * line), round(y1 + _MARGIN * line)
    left, right = round(x0 - _SIDE * line), round(x1 + _SIDE * line)
    height, width = ink.shape
    part = ink[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
    around = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    part = np.asarray(cv2.copyMakeBorder(part, *around, cv2.BORDER_CONSTANT, value=0), np.uint8)
    scale = HEIGHT / part.shape[0]
    columns = min(MAX_WIDTH, max(MIN_WIDTH, round(part.shape[1] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(part, (columns, HEIGHT), interpolation=how), np.uint8)

"""The edges of shaded rows: where a header's shade ends a row ends, though its thin rule is lost in it."""

from __future__ import annotations

from itertools import groupby

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.components import parts_of
from extract.scan.prepare.ink import Mask, Picture
from extract.scan.prepare.screens import COARSE

Bounds = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels of the upright page

BLOCK = 0.2
"""Side of the blocks whose mean tone is looked at, in letter heights: dots of a shade are smaller."""

BACKGROUND = 70
"""Percentile of a row's blocks that is its background: print fills less than a third of the blocks."""

REACH = 0.8
"""Letter heights above and below an edge over which the background must be of one tone each."""

ASIDE, INK, MOST_INK = 0.3, 0.3, 0.06
"""Letter heights above and below an edge at which no print may stand; share of the contrast by which a block
with ink is darker than its row's background; share of such blocks that the rules between columns make."""

FEWEST_CUT, LEAST_LETTER = 2, 0.3
"""Letters through which an edge would run that make it none, and how wide one is, in letter heights: rests of
the rules between columns are not."""

SEARCH = 3
"""Blocks above and below the coarse place of an edge within which its pixel row is looked for."""

MOST, LEAST = 0.7, 0.3
"""Shares of a table's width that a screen covers on one side of its end, and on the other."""

AWAY = 0.6
"""Letter heights above or below the end of a screen within which the border that it stands for may lie."""

WHITE = 255

LEAST_STEP, STEADY = 0.035, 0.4
"""Share of the contrast of paper and ink that the background changes by at an edge (the palest shade of the
made-up papers 0.08, paper itself under 0.02), and the share of it by which either side may waver."""


def shade_edges(picture: Picture, bounds: Bounds, letter: float, contrast: float) -> list[int]:
    """The heights (in pixels of the page, rising) at which the background of a table's rows changes its tone.

    `bounds` is the table's outline, `letter` the height of letters in pixels, `contrast` the grey levels
    between paper and ink. Nothing where the table is less than a few letters high.
    """
    x0, y0, x1, y1 = bounds
    block = max(2, round(BLOCK * letter))
    part = picture[max(0, y0) : y1, max(0, x0) : x1]
    rows, columns = part.shape[0] // block, part.shape[1] // block
    reach = max(2, round(REACH * letter / block))
    if rows < 2 * reach + 1 or columns < 2 * reach:
        return []
    small = cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA)
    level = np.percentile(small, BACKGROUND, axis=1)
    edges = _steps(level, reach, LEAST_STEP * contrast)
    found = (_exactly(part, round(at * part.shape[0] / rows), block) for at in edges)
    aside = max(1, round(ASIDE * letter))
    clear = [y for y in found if all(_is_clear(part, y + way, block, contrast) for way in (-aside, aside))]
    return [max(0, y0) + y for y in clear]


def screen_edges(
    screens: Picture, picture: Picture, bounds: Bounds, letter: float, contrast: float
) -> list[tuple[int, int]]:
    """The heights (in pixels of the page, rising) at which screens end that go over a table's width, each
    with the height of the border that it stands for, where no print is.

    `screens` is the mask of what was taken out of `picture`, COARSE times smaller; the rest as `shade_edges`
    has it.
    """
    x0, y0, x1, y1 = (max(0, edge) // COARSE for edge in bounds)
    part = screens[y0:y1, x0:x1]
    if not part.size or not part.any():
        return []
    share = part.mean(axis=1) / WHITE
    aside = max(1, round(AWAY * letter / COARSE))
    found = []
    for at in np.flatnonzero(np.diff((share >= 1 / 2).view(np.int8))):
        before, after = share[max(0, at - aside) : at + 1], share[at + 1 : at + 1 + aside]
        if after.size and (
            (before[0] >= MOST and after[-1] <= LEAST) or (before[0] <= LEAST and after[-1] >= MOST)
        ):
            found.append((y0 + int(at) + 1) * COARSE)
    x0, _, x1, _ = bounds
    strip = picture[:, max(0, x0) : x1]
    return [(edge, y) for edge in found if (y := _clear_near(strip, edge, letter, contrast)) is not None]


def cuts_print(ink: Mask, y: int, sides: tuple[int, int], letter: float) -> bool:
    """Whether a border at the pixel row `y`, between two columns of pixels, would run through letters of the
    page's `ink`: where most cells of a row hold two lines, a few figures at mid-height stand between them."""
    aside = max(1, round(ASIDE * letter))
    band = ink[max(0, y - aside) : y + aside + 1, max(0, sides[0]) : sides[1]]
    if not band.size:
        return False
    _, _, width, height, _ = parts_of(np.ascontiguousarray(band)).T
    return int(np.count_nonzero((height >= band.shape[0]) & (width >= LEAST_LETTER * letter))) >= FEWEST_CUT


def _clear_near(strip: Picture, near: int, letter: float, contrast: float) -> int | None:
    """The middle of the rows without print that lie nearest to the height `near`, or None where none do."""
    block, reach = max(2, round(BLOCK * letter)), round(AWAY * letter)
    rows = range(near - reach, near + reach + 1)
    clear = [_is_clear(strip, y, block, contrast) for y in rows]
    runs = [list(run) for is_clear, run in groupby(rows, lambda y: clear[y - rows[0]]) if is_clear]
    if not runs:
        return None
    nearest = min(runs, key=lambda run: min(abs(y - near) for y in run))
    return (nearest[0] + nearest[-1]) // 2


def _is_clear(part: Picture, y: int, block: int, contrast: float) -> bool:
    """Whether a pixel row holds no more ink than the rules between columns: print is cut by no border."""
    if not 0 <= y < part.shape[0]:
        return False
    line = cv2.resize(part[y : y + 1], (part.shape[1] // block, 1), interpolation=cv2.INTER_AREA)[0]
    dark = line < np.percentile(line, BACKGROUND) - INK * contrast
    return float(dark.mean()) <= MOST_INK


def _exactly(part: Picture, near: int, block: int) -> int:
    """The pixel row near `near` at which the background changes most."""
    top, bottom = max(0, near - SEARCH * block), min(part.shape[0], near + SEARCH * block)
    columns = part.shape[1] // block
    lines = cv2.resize(part[top:bottom], (columns, bottom - top), interpolation=cv2.INTER_AREA)
    level = np.percentile(lines, BACKGROUND, axis=1)
    half = max(1, block // 2)
    sums = np.concatenate([[0.0], np.cumsum(level)])
    means = (sums[half:] - sums[:-half]) / half
    change = np.abs(means[half:] - means[:-half])
    return top + half + int(change.argmax()) if change.size else near


def _steps(level: NDArray[np.float64], reach: int, least: float) -> list[int]:
    """Where a profile steps from one steady level to another, each at the steepest place of its step."""
    windows = np.lib.stride_tricks.sliding_window_view(level, reach)
    middle, waver = np.median(windows, axis=1), np.ptp(windows, axis=1)
    # Window i ends before row i + reach; the one that begins a row later leaves out the row with the rule.
    above, below = slice(0, len(windows) - reach - 1), slice(reach + 1, len(windows))
    step = np.abs(middle[below] - middle[above])
    steady = np.maximum(waver[below], waver[above]) <= STEADY * step
    strength = np.where((step >= least) & steady, step, 0.0)
    found: list[int] = []
    while strength.any():
        at = int(strength.argmax())
        found.append(at + reach)
        strength[max(0, at - reach) : at + reach + 1] = 0.0
    return sorted(found)

"""Leaders: rows of dots to be written on in a form, or between a heading and its page. They are no text."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.components import Stats, parts_of
from extract.scan.prepare.ink import Mask, halved

DOT, LEVEL, STEP = 0.4, 0.2, 1.1
"""Shares of the letter height: the largest dot, how much higher than the one before it a dot may stand, and
how far behind it. Full stops of 8 to 14 point print are 0.2 to 0.3, and as leaders 0.4 to 0.7 apart."""

FEWEST = 8
"""Dots of a leader: an ellipsis has three to five, what is left out of a printed date (`ngày .....`) five."""

EVEN = 0.35
"""Share of the usual step by which the steps of a leader differ at most from it, but for a tenth of them."""

ABOVE, CROWD, COLON = 1.2, 0.3, 0.2
"""Letter heights over and under a leader in which hardly any dots stand, and their share of its own from
which it is a row of a shade; how far beside a colon's lower dot the upper one may stand."""

MOSTLY, INKED = 90, 127
HALF = 2


def leader_dots(ink: Mask, letter: float) -> list[tuple[int, int, int, int]]:
    """The bounds (x0, y0, x1, y1, pixels of `ink`) of the dots of all leaders of a level page; `letter` is
    the height of a small letter."""
    small = np.asarray(cv2.threshold(halved(ink), INKED, 255, cv2.THRESH_BINARY)[1], np.uint8)
    stats, size = parts_of(small), letter / HALF
    _, _, width, height, _ = stats.T
    dots = stats[np.maximum(width, height) <= max(2.0, DOT * size)]
    found: list[tuple[int, int, int, int]] = []
    for run in _runs(dots, size):
        for x, y, wide, high in dots[run, : cv2.CC_STAT_AREA].tolist():
            found.append((HALF * x - 1, HALF * y - 1, HALF * (x + wide) + 1, HALF * (y + high) + 1))
    return found


def _runs(dots: Stats, letter: float) -> Iterator[NDArray[np.int64]]:
    """The places of dots that stand in a row, evenly, for each leader."""
    if len(dots) < FEWEST:
        return
    x, y = dots[:, 0] + dots[:, 2] / 2, dots[:, 1] + dots[:, 3] / 2
    by_height = np.argsort(y, kind="stable")
    lines = np.split(by_height, np.flatnonzero(np.diff(y[by_height]) > LEVEL * letter) + 1)
    for line in (line for line in lines if len(line) >= FEWEST):
        along = line[np.argsort(x[line], kind="stable")]
        apart = (np.diff(x[along]) > STEP * letter) | (np.abs(np.diff(y[along])) > LEVEL * letter)
        for run in np.split(along, np.flatnonzero(apart) + 1):
            if len(run) < FEWEST or not _is_even(np.diff(x[run])):
                continue
            own = np.median(y[run])
            near = (np.abs(y - own) <= ABOVE * letter) & (np.abs(y - own) > LEVEL * letter)
            near &= (x >= x[run[0]] - letter) & (x <= x[run[-1]] + letter)
            if np.count_nonzero(near) <= CROWD * len(run):
                colons = [np.any(near & (y < own) & (np.abs(x - at) <= COLON * letter)) for at in x[run]]
                yield run[~np.asarray(colons)]


def _is_even(steps: NDArray[np.float64]) -> bool:
    usual = float(np.median(steps))
    return float(np.percentile(np.abs(steps - usual), MOSTLY)) <= EVEN * usual + 1

"""Connected parts of a mask: their bounds and areas, at the least cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.ink import Mask

Stats = NDArray[np.int32]  # a row a part: x, y, width, height, area (cv2.CC_STAT_*)

_COLUMNS = 5
_MOST_LABELS = 60_000
_SMALL = 8_000  # pixels, whose white is labelled in less time than it is looked for
_BEFORE = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0]], np.uint8)


def parts_of(mask: Mask) -> Stats:
    """The bounds and areas of the parts of `mask`, its pixels joined over corners too, in the order in which
    they begin.

    White is passed over before it is labelled, in a twentieth of the time: most of a page is margins and rows
    between lines."""
    if 0 < mask.size < _SMALL:
        return labelled(mask)[1][1:]
    found, places = [], []
    for x0, y0, piece in _inked(mask):
        stats = labelled(piece)[1][1:]
        found.append(stats)
        places.append((x0, y0, len(stats)))
    if not found:
        return np.zeros((0, _COLUMNS), np.int32)
    stats, at = np.concatenate(found), np.array(places, np.int32)
    stats[:, : cv2.CC_STAT_WIDTH] += np.repeat(at[:, :-1], at[:, -1], axis=0)  # left and top
    return stats


def count_parts(mask: Mask) -> int:
    """How many parts `mask` has: their bounds and areas cost twice what telling them apart does."""
    return sum(
        cv2.connectedComponentsWithAlgorithm(piece, 8, _depth(piece), cv2.CCL_BBDT)[0] - 1
        for _, _, piece in _inked(mask)
    )


def _inked(mask: Mask) -> Iterator[tuple[int, int, Mask]]:
    """The bands of a mask that blank rows part, without the white beside their ink: (x, y, piece), topmost
    first. They begin at even rows and columns, since parts are numbered by squares of two pixels."""
    inked = np.asarray(mask.any(axis=1), np.bool_)
    even = np.append(inked, np.False_) if len(inked) % 2 else inked
    pairs = np.concatenate(([False], even.reshape(-1, 2).any(axis=1), [False]))
    ends = 2 * np.flatnonzero(pairs[1:] != pairs[:-1])
    for top, bottom in ends.reshape(-1, 2).tolist():
        band = mask[top:bottom]
        x, _, width, _ = cv2.boundingRect(band)
        begin = x - x % 2
        yield begin, top, band[:, begin : x + width]


def labelled(mask: Mask) -> tuple[NDArray[Any], Stats]:
    """(each pixel's part, the parts' stats with the ground's first).

    Labels of 16 bits are filled in a third of the time of 32. A new one is begun at most in every other
    row and column, and at every inked pixel without ink to its left, above it or between: where those are few
    enough, none can run over.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, _depth(mask), cv2.CCL_BBDT)
    return np.asarray(labels, labels.dtype), np.asarray(stats, np.int32)


def _depth(mask: Mask) -> int:
    """The depth in which the labels of a mask can be counted."""
    height, width = mask.shape[:2]
    few = ((height + 1) // 2) * ((width + 1) // 2) < _MOST_LABELS
    if not few:
        few = cv2.countNonZero(cv2.subtract(mask, cv2.dilate(mask, _BEFORE))) < _MOST_LABELS
    return cv2.CV_16U if few else cv2.CV_32S

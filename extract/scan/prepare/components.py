"""Connected parts of a mask: their bounds and areas, at the least cost."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.ink import Mask

Stats = NDArray[np.int32]  # a row a part: x, y, width, height, area (cv2.CC_STAT_*)

_MOST_LABELS = 60_000
_BEFORE = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0]], np.uint8)


def parts_of(mask: Mask) -> Stats:
    """The bounds and areas of the parts of `mask`, its pixels joined over corners too."""
    return np.asarray(labelled(mask)[1][1:], np.int32)


def labelled(mask: Mask) -> tuple[NDArray[Any], Stats]:
    """(each pixel's part, the parts' stats with the ground's first).

    Labels of 16 bits are filled in a third of the time of 32. A new one is begun at most in every other
    row and column, and at every inked pixel without ink to its left, above it or between: where those are few
    enough, none can run over.
    """
    height, width = mask.shape[:2]
    few = ((height + 1) // 2) * ((width + 1) // 2) < _MOST_LABELS
    if not few:
        few = cv2.countNonZero(cv2.subtract(mask, cv2.dilate(mask, _BEFORE))) < _MOST_LABELS
    depth = cv2.CV_16U if few else cv2.CV_32S
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, depth, cv2.CCL_BBDT)
    return np.asarray(labels, labels.dtype), np.asarray(stats, np.int32)

"""Cells that hold several printed lines: one strip a line."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.readers.numbers.prepare import (
    HEIGHT,
    MIN_WIDTH,
    Parts,
    Picture,
    is_at_side,
    line_parts,
    prepare,
    strip_of,
    to_ink,
    without_rules,
)

_LEAST_DIGIT = 9  # pixels; lower parts (dashes, the bars of `=`) make no line of their own
_H = 3
_FULL_HEIGHT = 0.6  # of the highest digit
_SEAM = 0.3  # of the higher run: less white parts the halves of a broken digit, lines stand 0.4 apart
_INKED = 255
_FOUR_CONNECTED = 4


def line_strips(crop: Picture) -> list[Picture]:
    """The crop's lines of print from the top down, each prepared for the network; one at least."""
    if crop.ndim != 2 or min(crop.shape) < 2:
        return [np.zeros((HEIGHT, MIN_WIDTH), np.uint8)]
    ink = without_rules(to_ink(crop))
    parts = line_parts(ink)
    cuts = _cuts(parts, *ink.shape)
    if not cuts:
        return [strip_of(ink, parts)]
    return [prepare(crop[top:bottom]) for top, bottom in pairwise([0, *cuts, crop.shape[0]])]


def _cuts(parts: Parts, height: int, width: int) -> list[int]:
    """The rows between the lines. A line is a run of rows that tall parts cover; parts much lower than
    the tallest (marks, dashes, specks, halves of broken digits) and slivers at the sides make none."""
    if height < 2 * _LEAST_DIGIT + 2 or len(parts) < 2:
        return []
    tall = [part for part in parts if part[_H] >= _LEAST_DIGIT and not is_at_side(part, width)]
    if len(tall) < 2:
        return []
    least = _FULL_HEIGHT * max(part[_H] for part in tall)
    tall = [part for part in tall if part[_H] >= least]
    if max(part[1] for part in tall) < min(part[1] + part[_H] for part in tall):
        return []
    covered = np.zeros((height, 1), np.uint8)
    for _, y, _, high, _ in tall:
        covered[y : y + high] = _INKED
    runs = cv2.connectedComponentsWithStats(covered, connectivity=_FOUR_CONNECTED)[2][1:]
    runs = runs[np.argsort(runs[:, 1])]
    return [int(a[1] + a[_H] + b[1]) // 2 for a, b in pairwise(runs) if _are_two_lines(a, b)]


def _are_two_lines(upper: npt.NDArray[np.int32], lower: npt.NDArray[np.int32]) -> bool:
    """Whether the white between two runs of rows is wide enough to part lines."""
    return float(lower[1] - upper[1] - upper[_H]) >= _SEAM * max(int(upper[_H]), int(lower[_H]))

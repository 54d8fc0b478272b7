"""Cells that hold several printed lines, cut into one crop a line."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from extract.ocr.numbers.prepare import Picture, line_parts, to_ink, without_rules

_LEAST_DIGIT = 9  # pixels; lower parts (dashes, the bars of `=`) make no line of their own


def split_lines(crop: Picture) -> list[Picture]:
    """The crop cut between its lines of print, from the top down; itself alone when it has one or none.

    A line is a run of rows that tall connected parts cover; parts much lower than the tallest (marks,
    dashes, specks, halves of broken digits) make none.
    """
    if crop.ndim != 2 or crop.shape[0] < 2 * _LEAST_DIGIT + 2 or crop.shape[1] < 2:
        return [crop]
    parts = line_parts(without_rules(to_ink(crop)))
    if not len(parts):
        return [crop]
    tall = parts[(parts[:, 3] >= _LEAST_DIGIT) & (parts[:, 3] >= 0.6 * parts[:, 3].max())]
    covered = np.zeros(crop.shape[0], np.uint8)
    for y, height in tall[:, [1, 3]]:
        covered[y : y + height] = 255
    runs = cv2.connectedComponentsWithStats(covered[:, None], connectivity=4)[2][1:]
    if len(runs) < 2:
        return [crop]
    runs = runs[np.argsort(runs[:, 1])]
    edges = [0, *((a[1] + a[3] + b[1]) // 2 for a, b in pairwise(runs)), crop.shape[0]]
    return [crop[top:bottom] for top, bottom in pairwise(edges)]

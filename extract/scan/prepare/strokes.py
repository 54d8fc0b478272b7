"""Lying strokes of a mask: cut out, trimmed of print that stands in line with them, and what lies beside."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.prepare.ink import Mask
from extract.scan.prepare.runs import runs_of

THICKEST = 7
"""Rows (at DETECTION_DPI) below which a dark band counts as a rule: 1.2 mm."""

SHORTEST = 30
"""Pixels at DETECTION_DPI of the shortest rule (0.2 inch)."""

PARENT = 3
SLANTED = 0.12  # of its width: how high a rule that leans may be
WHITE = 255
LETTER_REACH = 7  # pixels
OWN_REACH = 5
SHORT_RUN = 1.5
CROWDED = 0.3
_AROUND, _OWN = np.ones((2 * LETTER_REACH - 1, 1), np.uint8), np.ones((OWN_REACH, 1), np.uint8)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A lying stroke cut out of a mask: its pixels and where their top left corner is."""

    mask: Mask
    left: int
    top: int

    @property
    def width(self) -> int:
        return int(self.mask.shape[1])

    @property
    def thickness(self) -> float:
        """Its mean height in pixels."""
        return cv2.countNonZero(self.mask) / self.width


def long_strokes(joined: Mask, shortest: int = SHORTEST) -> list[Stroke]:
    """The connected parts of a mask that are as long and as low as a rule, each with its own pixels. By their
    outlines they cost a tenth of what labels of the whole mask do."""
    outlines, nesting = cv2.findContours(joined, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    strokes = []
    # Those without a parent: the others are of holes.
    for index in np.flatnonzero(nesting[0][:, PARENT] < 0).tolist() if outlines else ():
        outline = outlines[index]
        left, top, width, height = cv2.boundingRect(outline)
        if width < shortest or height > max(THICKEST, SLANTED * width):
            continue
        filled = np.zeros((height, width), np.uint8)
        cv2.drawContours(filled, [outline], 0, WHITE, cv2.FILLED, offset=(-left, -top))
        own = cv2.bitwise_and(filled, joined[top : top + height, left : left + width])
        strokes.append(Stroke(np.asarray(own, np.uint8), left, top))
    return strokes


def own_and_beside(stroke: Stroke, dark: Mask) -> tuple[Mask, Mask]:
    """The stroke's pixels within a band of dark.shape's rows round it, and the ink beside it there."""
    height, width = stroke.mask.shape
    reach = LETTER_REACH
    y0, y1 = max(0, stroke.top - reach), min(dark.shape[0], stroke.top + height + reach)
    own = cv2.copyMakeBorder(
        stroke.mask, stroke.top - y0, y1 - stroke.top - height, 0, 0, cv2.BORDER_CONSTANT, value=0
    )
    around = cv2.subtract(
        cv2.dilate(own, _AROUND),
        cv2.dilate(own, _OWN),
    )
    beside = cv2.bitwise_and(around, dark[y0:y1, stroke.left : stroke.left + width])
    return np.asarray(own, np.uint8), np.asarray(beside, np.uint8)


def trimmed(stroke: Stroke, pieces: Mask, dark: Mask) -> Stroke:
    """The stroke without short end pieces that other ink crowds: stems of letters in line with a rule."""
    height, width = stroke.mask.shape
    part = pieces[stroke.top : stroke.top + height, stroke.left : stroke.left + width]
    inked = cv2.bitwise_and(stroke.mask, part).any(axis=0)
    runs = runs_of(np.asarray(inked))
    if len(runs) < 2:
        return stroke
    crowd = np.asarray(own_and_beside(stroke, dark)[1].any(axis=0))

    def is_print(run: tuple[int, int]) -> bool:
        return run[1] - run[0] < SHORT_RUN * SHORTEST and float(np.mean(crowd[run[0] : run[1]])) > CROWDED

    first, last = 0, len(runs) - 1
    while first < last and is_print(runs[first]):
        first += 1
    while last > first and is_print(runs[last]):
        last -= 1
    start, end = runs[first][0] if first else 0, runs[last][1] if last < len(runs) - 1 else width
    return Stroke(np.ascontiguousarray(stroke.mask[:, start:end]), stroke.left + start, stroke.top)

"""What runs straight across or down a flat page: rules, and the feet of the letters of a line."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.components import Stats, labelled
from extract.scan.prepare.ink import Mask
from extract.scan.prepare.runs import long_runs

SHORTEST_RUN = 1.5
"""Letter heights of unbroken ink from which it may be a piece of a rule: bars of letters are shorter. A
sloping rule is made of such runs up to about one in fifteen."""

SHORTEST_RULE = 6.0
"""Letter heights from which such pieces in a row are a rule."""

THICKEST = 0.6
"""Letter heights up to which a rule is thick; shaded cells are thicker."""

BETWEEN_SAMPLES = 8
"""Pixels along a rule between the places at which it is looked at."""

WORD_GAP = 1.3
"""Letter heights of white that are closed between the letters of a line."""

LINE_HEIGHT = 4.0
"""Letter heights up to which a line with its marks is high; two lines that touch are higher."""

FEWEST_LETTERS, LONG_LINE = 3, 10
"""Letters that make a line to be followed, and a long one."""

TAIL = 0.2
"""Letter heights by which a letter's foot may lie off its neighbours'; tails hang a third below."""

WINDOW = 5
"""Letters side by side whose middle foot counts."""

LETTER_HIGH, LETTER_WIDE = (0.75, 2.2), 4.0
"""Letter heights between which a letter's own height lies, and its greatest width: marks are lower."""

LEAST_PX = 3
PIXEL_MIDDLE = 0.5
SLOPE = 0.1  # of a line's length, how much higher a slanted one is


@dataclass(frozen=True, slots=True)
class Traces:
    """Points that lie on straight lines of the flat page: where each is along its line and across it
    (pixels), and which line it is on (counted from 0, in order)."""

    along: NDArray[np.float64]
    across: NDArray[np.float64]
    line: NDArray[np.int32]

    def with_others(self, other: Traces) -> Traces:
        """These and other traces, no line in common."""
        first = int(self.line.max(initial=-1)) + 1
        return Traces(
            np.concatenate([self.along, other.along]),
            np.concatenate([self.across, other.across]),
            np.concatenate([self.line, other.line + first]).astype(np.int32),
        )


NO_TRACES = Traces(np.zeros(0), np.zeros(0), np.zeros(0, np.int32))


def rule_traces(ink: Mask, letter_px: float) -> tuple[Traces, Mask]:
    """The lying rules of a page (for standing ones it comes transposed), and the mask of their pixels."""
    run = max(LEAST_PX, round(SHORTEST_RUN * letter_px))
    runs = long_runs(ink, run)
    labels, stats = labelled(runs)
    width, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_AREA]
    is_rule = (width >= SHORTEST_RULE * letter_px) & (area <= THICKEST * letter_px * width)
    is_rule[0] = False
    if not is_rule.any():
        return NO_TRACES, runs
    y, x = np.nonzero(is_rule[labels])
    sampled = x % BETWEEN_SAMPLES == 0
    y, x = y[sampled], x[sampled]
    own = labels[y, x].astype(np.int64)
    # A rule's middle at each place: the mean of its pixels there.
    place, index = np.unique(own * ink.shape[1] + x, return_inverse=True)
    count = np.bincount(index)
    across = np.bincount(index, weights=y) / count + PIXEL_MIDDLE
    own = place // ink.shape[1]
    return Traces(
        place % ink.shape[1] + PIXEL_MIDDLE, across, np.unique(own, return_inverse=True)[1].astype(np.int32)
    ), runs


def line_traces(print_mask: Mask, parts: Stats, letter_px: float) -> Traces:
    """The feet of the letters of each line of print; `print_mask` is the ink without rules, `parts` its
    parts."""
    gap = max(LEAST_PX, round(WORD_GAP * letter_px))
    lines = cv2.morphologyEx(print_mask, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    labels, line_stats = labelled(np.asarray(lines, np.uint8))
    x, y, width, height, _ = parts.T
    least, most = LETTER_HIGH
    is_letter = (height >= least * letter_px) & (height <= most * letter_px)
    is_letter &= width <= LETTER_WIDE * letter_px
    x, y, width, height = x[is_letter], y[is_letter], width[is_letter], height[is_letter]
    own = labels[y + height - 1, x + width // 2].astype(np.int64)
    # A letter's foot may have no ink in its middle; its line is then asked at its own height.
    own = np.where(own > 0, own, labels[y + height // 2, x + width // 2])
    good = (
        line_stats[:, cv2.CC_STAT_HEIGHT]
        <= LINE_HEIGHT * letter_px + SLOPE * line_stats[:, cv2.CC_STAT_WIDTH]
    )
    good &= np.bincount(own, minlength=len(good))[: len(good)] >= FEWEST_LETTERS
    good[0] = False
    kept = good[own]
    if not kept.any():
        return NO_TRACES
    return _feet(x[kept] + width[kept] / 2.0, (y + height)[kept].astype(np.float64), own[kept], letter_px)


def _feet(
    along: NDArray[np.float64], foot: NDArray[np.float64], line: NDArray[np.int64], letter_px: float
) -> Traces:
    """Letters' feet by line and place: in long lines each the median of WINDOW neighbours, in short ones
    those near the line's middle foot: of g, p and y the tail goes."""
    order = np.lexsort((along, line))
    along, foot, line = along[order], foot[order], line[order]
    count = np.bincount(line)[line]
    middle = foot.copy()
    if len(line) >= WINDOW:
        windows = np.median(np.lib.stride_tricks.sliding_window_view(foot, WINDOW), axis=1)
        middle[WINDOW // 2 : len(line) - WINDOW // 2] = windows
    reach = WINDOW // 2
    begins = np.searchsorted(line, line, side="left")
    place = np.arange(len(line)) - begins
    inner = (place >= reach) & (place < count - reach)
    centre = foot[np.minimum(begins + count // 2, len(line) - 1)]
    short = count < LONG_LINE
    kept = np.where(short, np.abs(foot - centre) <= TAIL * letter_px, inner)
    number = np.unique(line[kept], return_inverse=True)[1].astype(np.int32)
    return Traces(along[kept], np.where(short, foot, middle)[kept], number)

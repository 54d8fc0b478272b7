"""The resolution of a picture told from its print: how high its letters are."""

from __future__ import annotations

import math

import cv2
import numpy as np

from extract.scan.prepare.ink import Picture, ink_mask, ink_threshold
from extract.scan.prepare.orientation import letter_height

USUAL_LETTER_PT = 6.9
"""Points of the usual letter (small ones and capitals together, as `letter_height` measures them) of reports:
pages of eight made-up and thirteen real documents gave 4.3 to 9.1, half of them 6.7 to 7.7."""

PLAUSIBLE_LETTER_PT = (3.3, 11.0)
"""Points between which that height lies on any page of a report: 7 pt notes to 20 pt titles."""

A4_LONG_INCH = 11.69

PAPER_LONG_INCH = (8.27, A4_LONG_INCH, 16.54)
"""Inches of the longer sides of A5, A4 and A3."""

UNUSUAL_PAPER = (0.3, 0.0, 0.3)
"""What each of them costs, against the logarithm of how far the letters are from their usual height: print of
4.7 to 10.2 pt is that of A4."""

ISO_RATIO, NEARLY = math.sqrt(2), 1.03
"""Longer by shorter side of those sheets, and how near a whole sheet comes to it."""


MEASURED_PX = 11.0
"""Pixels of a letter at which its height is measured best: marks are too small there to count as letters."""

HARDLY_LARGER = 1.3
"""Times that height up to which a letter is not measured again."""


MEASURED_AGAIN = 3
"""How often: stains and shades may pass for letters of a very fine picture."""

INKED = 127
WHITE = 255
POINTS_AN_INCH = 72


def usual_letter_px(grey: Picture) -> float:
    """The height of the usual letter of a picture of any resolution, in its pixels; 0 where there are hardly
    any letters."""
    mask = ink_mask(grey, ink_threshold(grey))
    letter, factor = letter_height(mask), 1.0
    for _ in range(MEASURED_AGAIN):
        if letter <= HARDLY_LARGER * MEASURED_PX:
            break
        smaller = factor * MEASURED_PX / letter
        size = (max(1, round(grey.shape[1] * smaller)), max(1, round(grey.shape[0] * smaller)))
        small = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
        found = letter_height(np.asarray(cv2.threshold(small, INKED, WHITE, cv2.THRESH_BINARY)[1], np.uint8))
        if not found:
            break
        letter, factor = found, smaller
    return letter / factor


def dpi_of_letters(letter_px: float) -> float:
    """Dots an inch of a picture whose usual letter is so high; 0 where nothing is known of letters."""
    return letter_px * POINTS_AN_INCH / USUAL_LETTER_PT


def is_plausible(dpi: float, letter_px: float) -> bool:
    """Whether print with letters so high may have that resolution; so it may where there are none."""
    least, most = PLAUSIBLE_LETTER_PT
    return letter_px <= 0 or least <= letter_px * POINTS_AN_INCH / dpi <= most


def dpi_of_sheet(width_px: float, height_px: float, letter_px: float) -> float:
    """Dots an inch of a picture of one whole sheet: that of the paper size that makes the letters most
    usual where the sheet has such a shape, else what the letters say."""
    longer, shorter = max(width_px, height_px), min(width_px, height_px)
    by_letters = dpi_of_letters(letter_px)
    ratio = longer / shorter
    if by_letters and max(ratio / ISO_RATIO, ISO_RATIO / ratio) > NEARLY:
        return by_letters
    sizes = [longer / side for side in PAPER_LONG_INCH]
    if not by_letters:
        return sizes[PAPER_LONG_INCH.index(A4_LONG_INCH)]
    costs = [
        abs(math.log(dpi / by_letters)) + unusual for dpi, unusual in zip(sizes, UNUSUAL_PAPER, strict=True)
    ]
    return sizes[costs.index(min(costs))]

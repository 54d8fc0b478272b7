"""Dirt of a speckled page told from the print of its lines: what stands alone, too small for a letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extract.scan.lines.print_lines import Parts, PrintLine
from extract.scan.prepare.dots import DASH, FULL, LOW

_X, _Y, _W, _H, _AREA = range(5)

# In heights of a small letter (`letter`) and their squares. Measured on 60 header cells of copies.
HIGH, LOWER = 0.8, 0.6
"""Height from which a piece of ink is a letter or a figure, and from which it is one if it is inked as much:
dots of a shade that ran together reach 0.72, figures and capitals begin at 0.9, x and a have 0.7."""

INKED = 0.28
"""Ink of such a piece: letters without ascenders 0.3 and more, dots that ran together up to 0.25."""

FAINT = 0.3
"""Share of the ink of the cut-out's best line from which one is print all the same: letters that broke."""

REACH, INDENT = 1.0, 3.0
"""Paper between a letter and the marks and points that are its line's, and dashes, which open entries of a
list: blanks are 0.3 to 0.6 wide, the dash of a list stood 1.1 off."""

BAND = (0.1, 0.8)
"""Heights over the foot of a line between which the middle of a dash lies."""


def without_dirt(lines: Sequence[PrintLine], letter: float) -> list[PrintLine]:
    """The lines of a cut-out without ink that stands far from all letters of its line, and without lines that
    have no letter; as they are where no line has one (dashes, a point). `letter` is the height of a small
    letter, in pixels."""
    letters = [are_letters(line.parts, letter) for line in lines]
    if not any(found.any() for found in letters):
        return list(lines)
    inks = [int(line.parts[:, _AREA].sum()) for line in lines]
    return [
        _near_letters(line, found, letter) if found.any() else line
        for line, found, ink in zip(lines, letters, inks, strict=True)
        if found.any() or ink >= FAINT * max(inks)
    ]


def are_letters(parts: Parts, letter: float) -> NDArray[np.bool_]:
    """Which parts are a letter or a figure by their size; see `without_dirt`."""
    inked = (parts[:, _H] >= LOWER * letter) & (parts[:, _AREA] >= INKED * letter * letter)
    return np.asarray((parts[:, _H] >= HIGH * letter) | inked, np.bool_)


def _near_letters(line: PrintLine, letters: NDArray[np.bool_], letter: float) -> PrintLine:
    """A line with the parts that stand near one of its `letters`."""
    left, right = line.parts[:, _X], line.parts[:, _X] + line.parts[:, _W]
    apart = np.maximum(left[letters][None] - right[:, None], left[:, None] - right[letters][None])
    over = (line.foot - line.parts[:, _Y] - line.parts[:, _H] / 2) / letter
    dashes = are_dashes(line.parts, letter) & (over > BAND[0]) & (over < BAND[1])
    near = apart.min(axis=1) <= np.where(dashes, INDENT, REACH) * letter
    return line if near.all() else replace(line, parts=line.parts[near])


def are_dashes(parts: Parts, letter: float) -> NDArray[np.bool_]:
    """Which parts are a dash: wide, low, and inked all over."""
    wide = (parts[:, _W] >= DASH * letter) & (parts[:, _H] <= LOW * letter)
    return np.asarray(wide & (parts[:, _AREA] >= FULL * parts[:, _W] * parts[:, _H]), np.bool_)

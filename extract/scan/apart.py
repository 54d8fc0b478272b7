"""Figures that stand apart in one cell, each read by itself: the rule between two columns may have been lost.

A reader of numbers that sees two figures with much paper between them tells them without a blank: `283` and
`5.80` were 2835.80, surely read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from extract.scan.prepare.ink import Picture
from extract.scan.readers.numbers.reader import NumberReading

APART = 1.2
"""Letter heights of white from which figures of a line are two: blanks between the thousands of one are 0.3
to 0.5 wide, figures of two columns stand 1.1 apart and more."""

INK = 160
"""Grey below which a pixel of a cut-out is ink; paper is white there."""

Read = Callable[[Sequence[Picture]], Sequence[NumberReading]]


def read_apart(pictures: Sequence[Picture], letter: float, read: Read) -> list[NumberReading]:
    """What `read` says of each picture (a cell's ink on white), figures that stand apart read one by one and
    told with a blank between them. `letter` is the page's letter height in pixels."""
    cuts = [figures_apart(picture, letter) for picture in pictures]
    readings = iter(read([part for parts in cuts for part in parts]))
    return [_joined([next(readings) for _ in parts]) for parts in cuts]


def figures_apart(picture: Picture, letter: float) -> list[Picture]:
    """A picture cut in the middles of the white gaps that are wide enough to part figures."""
    inked = np.flatnonzero((picture < INK).any(axis=0))
    gaps = np.flatnonzero(np.diff(inked) > APART * letter)
    middles = [int(inked[k] + inked[k + 1]) // 2 for k in gaps]
    if not middles:
        return [picture]
    bounds = [0, *middles, picture.shape[1]]
    return [np.ascontiguousarray(picture[:, a:b]) for a, b in pairwise(bounds)]


def _joined(parts: Sequence[NumberReading]) -> NumberReading:
    """One reading of the figures of a cell; no figure where one of its parts is none."""
    if len(parts) == 1:
        return parts[0]
    if any(part.rejected or not part.text for part in parts):
        return NumberReading("", 0.0, rejected=True)
    return NumberReading(" ".join(part.text for part in parts), min(part.confidence for part in parts))

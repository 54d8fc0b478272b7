"""Whether there is print on a page at all: a desk, a drawing, a blurred photo have ink, but none to read."""

from __future__ import annotations

import numpy as np

from extract.scan.cells import cut
from extract.scan.lines.chunks import Bounds, find_bodies
from extract.scan.lines.words import read_words
from extract.scan.prepare.sheet import Prepared
from extract.scan.readings import Readers

TALLEST = 3.0
"""Letter heights up to which a piece of a page may be a line of print."""

SAMPLE = 48
"""Pieces of a page that are read on trial."""

FEWEST_PIECES = 6
"""Pieces below which nothing is said: a page number alone is print."""

SURE, FEWEST_SIGNS = 0.9, 2
"""Confidence from which a word counts, and its letters and digits: a stroke passes for a lone `I` or `1`."""

LEGIBLE = 0.2
"""Share of the sampled signs in such words below which there is no print. Of made-up pages a desk, a
drawing and photos out of focus gave 0.00; 18 pages of print, photocopied, coarse, worn, 0.69 and more."""


def legible_share(prepared: Prepared, readers: Readers) -> float:
    """The share (0..1) of sampled signs that stand in surely read words; 1 where there are too few pieces to
    say."""
    bodies = find_bodies(prepared.ink, prepared.sheet.letter, TALLEST)
    if len(bodies) < FEWEST_PIECES:
        return 1.0
    even = np.linspace(0, len(bodies) - 1, min(len(bodies), SAMPLE)).astype(int)
    chosen: list[Bounds] = [bodies[k] for k in even]
    pieces = [cut(prepared.sheet.picture, bounds) for bounds in chosen]
    words = [word for piece in read_words(pieces, prepared.sheet, readers) for word in piece]
    signs = [sum(c.isalnum() for c in word.text) for word in words]
    sure = [
        count if word.confidence >= SURE and count >= FEWEST_SIGNS else 0
        for word, count in zip(words, signs, strict=True)
    ]
    return sum(sure) / max(1, sum(len(word.text) for word in words))

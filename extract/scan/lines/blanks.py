"""Wide blanks of a line closed up for its reader, and what it says told on the line as printed.

In a narrow justified column three words stand letters apart (`Thông    tư    số`), in a row of figures more.
A network of lines that sees so much paper reads letters into it, or passes over words beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.scan.lines.print_lines import PAD, PrintLine
from extract.scan.prepare.ink import Picture
from extract.scan.readers.line_words import LineWord
from model.copies import changed

WIDE, KEPT = 1.8, 1.2
"""Heights of a small letter from which white between ink is closed up, and what is left of it: blanks of a
line that is not justified are 0.4 to 0.7 wide, and figures of two columns are told apart from 1.1."""


def closed_up(line: PrintLine, picture: Picture) -> Picture:
    """A line's picture (as `line_picture` cuts it) without the middles of its wide blanks."""
    left = line.left - max(2, round(PAD * line.letter))
    kept = np.ones(picture.shape[1], np.bool_)
    for start, end in _taken(line):
        kept[start - left : end - left] = False
    return picture if kept.all() else np.ascontiguousarray(picture[:, kept])


def opened(line: PrintLine, words: Sequence[LineWord]) -> list[LineWord]:
    """The words read of a closed-up line, their places as shares of the line's own width."""
    taken = _taken(line)
    if not taken:
        return list(words)
    width = max(1, line.right - line.left)
    narrow = width - sum(end - start for start, end in taken)

    def place(share: float) -> float:
        column = line.left + share * narrow
        for start, end in taken:
            column += end - start if column > start else 0
        return (column - line.left) / width

    return [
        changed(word, begins=place(word.begins), at=tuple(place(share) for share in word.at))
        if word.begins or word.at
        else word
        for word in words
    ]


def _taken(line: PrintLine) -> list[tuple[int, int]]:
    """The columns (first, after the last) that are left out, from left to right."""
    kept, wide = round(KEPT * line.letter), WIDE * line.letter
    return [(start + kept // 2, end - (kept - kept // 2)) for start, end in line.gaps if end - start > wide]

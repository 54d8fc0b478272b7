"""Where the words of a line stood in print, told from the blanks that were counted between them.

PyMuPDF's sorted text puts as many blanks before a word as letters of that word's mean width would fill the
gap, so each line of a table begins its cells at other characters. The widths of letters give the places back.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.dump.relaid.letters import BLANK, width_of
from normalize.numbering import is_numbering
from normalize.numbers import looks_numeric

_WORD = re.compile(r"( *)([^ ]+)")
NEAR = 0.6
"""Heights of letters within which places are in line: half the error of one gap, and what a face adds."""
ANYWHERE = float("inf")
_DOUBT = 0.6  # what is left of the doubt in a text's place with each text more in line with it
_ROW = 2  # figures of a row
_MOST = 0.5  # of the rows, that have a figure in each column
_UNHEADED = 0.5  # how much a figure in line with others is worth where no heading is over them


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words a blank apart: their text, and the place in print from and to, in heights of letters."""

    text: str
    start: float
    end: float

    @property
    def figure(self) -> bool:
        return looks_numeric(self.text)

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2

    def times(self, scale: float) -> Stretch:
        return Stretch(self.text, self.start * scale, self.end * scale)


def stretches_of(text: str) -> list[Stretch]:
    """The stretches of a line, from its own left edge."""
    out: list[Stretch] = []
    end = 0.0
    for blanks, word in _WORD.findall(text):
        width = width_of(word)
        if len(blanks) == 1 and out:
            end += BLANK + width
            out[-1] = Stretch(f"{out[-1].text} {word}", out[-1].start, end)
            continue
        start = end + len(blanks) * width / len(word)
        end = start + width
        out.append(Stretch(word, start, end))
    return out


def is_row(line: Sequence[Stretch]) -> bool:
    """Whether a line has figures of several columns."""
    return sum(s.figure for s in line) >= _ROW


class Alignment:
    """Where the stretches of other lines begin, end and have their middles: what a line is held against."""

    def __init__(
        self, lines: Sequence[Sequence[Stretch]], near: float = NEAR, right: float = ANYWHERE
    ) -> None:
        """`near` is how near places are in line; `right` is where the page's tables end."""
        self._right_edge, self._tolerance = right, near
        figures = [s for line in lines for s in line if s.figure]
        self._figures = _places(figures)
        self._words = _places([s for line in lines for s in line if not s.figure])
        self._heads = [(s.start, s.end) for line in lines if _is_of_head(line) for s in line]
        self._full = max(1.0, _MOST * sum(map(is_row, lines)))

    def share(self, stretches: Sequence[Stretch], scale: float = 1.0) -> float:
        """How many of the stretches stand in line with others, each from 0 to 1; those right of all else
        count against it."""
        return sum(self._of(s, scale) - (s.start * scale > self._right_edge) for s in stretches)

    def _of(self, stretch: Stretch, scale: float) -> float:
        at = (stretch.start * scale, stretch.end * scale, stretch.middle * scale)
        if stretch.figure:
            headed = not self._heads or any(start < at[1] and at[0] < end for start, end in self._heads)
            found = min(1.0, max(map(self._near_to, self._figures, at)) / self._full)
            return found if headed else _UNHEADED * found
        over_rows = min(1.0, self._near_to(self._figures[-1], at[-1]) / self._full)
        return max(over_rows, 1 - _DOUBT ** max(map(self._near_to, self._words, at)))

    def _near_to(self, places: Sequence[float], x: float) -> int:
        return bisect_right(places, x + self._tolerance) - bisect_left(places, x - self._tolerance)


def _is_of_head(line: Sequence[Stretch]) -> bool:
    """Whether a line may be one of a header, or the row of column numbers."""
    return len(line) > 1 and (not is_row(line) or is_numbering([s.text for s in line]))


def _places(stretches: Sequence[Stretch]) -> tuple[list[float], list[float], list[float]]:
    """The starts, the ends and the middles, in order."""
    return (
        sorted(s.start for s in stretches),
        sorted(s.end for s in stretches),
        sorted(s.middle for s in stretches),
    )

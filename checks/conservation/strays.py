"""Figures in rows that stand in no table: lines of running text that are made of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from checks.conservation.grid_view import digits_in, figures_in, letters_in
from model.document import RunningLine

FIGURES_OF_A_ROW = 3
"""Figures by themselves, in one line, from which it may be a row of a table: sentences name one or two."""

ROWS = 3
"""Such lines one after the other from which they are rows."""


@dataclass(frozen=True, slots=True)
class Strays:
    """Lines that may be rows of a table: their page, how many, and the first one's text."""

    page: int
    count: int
    text: str


def strays(lines: Sequence[RunningLine]) -> Iterator[Strays]:
    """The runs of lines, page by page, that may be rows of a table which nobody found."""
    for (page, row), run in groupby(lines, key=lambda line: (line.page, is_row(line.text))):
        found = list(run)
        if row and len(found) >= ROWS:
            yield Strays(page, len(found), found[0].text)


def is_row(text: str) -> bool:
    """Whether a line is made of figures, as a row of a table is."""
    return len(figures_in(text)) >= FIGURES_OF_A_ROW and digits_in(text) >= letters_in(text)

"""Print that stands in no table and should: lines made of figures, lines within a table's outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from checks.conservation.grid_view import digits_in, figures_in, letters_in
from model.document import RunningLine
from model.geometry import Box
from model.table import Table

FIGURES_OF_A_ROW = 3
"""Figures by themselves, in one line, from which it may be a row of a table: sentences name one or two."""

ROWS = 3
"""Such lines one after the other from which they are rows."""

LEAST_PRINT = 4
"""Letters and figures of a line within a table's outline from which it is print, not dust."""


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


def print_inside(table: Table, lines: Sequence[RunningLine]) -> list[RunningLine]:
    """The lines of running text whose middle lies within the outline of a table's cells on their page."""
    outlines: dict[int, list[Box]] = {}
    for cell in table.cells():
        if cell.box is not None:
            outlines.setdefault(cell.page, []).append(cell.box)
    whole = {page: Box.union(boxes) for page, boxes in outlines.items()}
    return [
        line
        for line in lines
        if line.line is not None
        and line.box is not None
        and line.page in whole
        and _holds(whole[line.page], line.box)
        and digits_in(line.text) + letters_in(line.text) >= LEAST_PRINT
    ]


def _holds(outline: Box, box: Box) -> bool:
    x, y = box.center
    return outline.x0 < x < outline.x1 and outline.y0 < y < outline.y1

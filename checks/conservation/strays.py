"""Print that stands in no table and should: lines made of figures, lines within a table's outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from checks.conservation.grid_view import digits_in, figures_in, letters_in
from model.document import RunningLine
from model.geometry import Box
from model.table import Cell, Table

FIGURES_OF_A_ROW = 3
"""Figures by themselves, in one line, from which it may be a row of a table: sentences name one or two."""

ROWS = 3
"""Such lines one after the other from which they are rows."""

MOST_LEAN = 0.2
"""Of a row's width, by which its ends may differ in height: scans lean by less (3 degrees are 0.05)."""

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
    """The lines of running text whose middle lies within the outline of a table's cells on their page. The
    boxes of a page that was fed aslant are as upright as the picture; they are made level first, or the
    corners of the outline would hold the lines above and below the table."""
    cells: dict[int, list[Cell]] = {}
    for cell in table.cells():
        if cell.box is not None:
            cells.setdefault(cell.page, []).append(cell)
    leans = {page: _lean(own) for page, own in cells.items()}
    whole = {
        page: Box.union(_level(cell.box, leans[page]) for cell in own if cell.box)
        for page, own in cells.items()
    }
    return [
        line
        for line in lines
        if line.line is not None
        and line.box is not None
        and line.page in whole
        and _holds(whole[line.page], _level(line.box, leans[line.page]))
        and digits_in(line.text) + letters_in(line.text) >= LEAST_PRINT
    ]


def _lean(cells: Sequence[Cell]) -> float:
    """How much lower the rows of a page stand a point further right: the median of its rows."""
    leans = []
    for _, row in groupby(cells, key=lambda cell: cell.row):
        ends = [cell.box.center for cell in row if cell.box is not None]
        (x0, y0), (x1, y1) = ends[0], ends[-1]
        if abs(y1 - y0) < MOST_LEAN * abs(x1 - x0):
            leans.append((y1 - y0) / (x1 - x0))
    return median(leans) if leans else 0.0


def _level(box: Box, lean: float) -> Box:
    """A box about what leans by `lean`, as large as what it holds, where it would stand on a level page."""
    x, y = box.center
    own = 1 - lean * lean
    width = max(0.0, (box.width - abs(lean) * box.height) / own)
    height = max(0.0, (box.height - abs(lean) * box.width) / own)
    x, y = x + lean * y, y - lean * x
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _holds(outline: Box, box: Box) -> bool:
    x, y = box.center
    return outline.x0 < x < outline.x1 and outline.y0 < y < outline.y1

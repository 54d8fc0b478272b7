"""A row of a table alone in the running text: what it is called, and its figures beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from checks.conservation.grid_view import digits_in, letters_in
from checks.conservation.strays import FIGURES_OF_A_ROW, ROWS, Strays, is_row
from model.document import RunningLine
from model.geometry import Box
from model.table import Table
from normalize.numbers import looks_numeric

FIGURES_APART = 2
"""Lines of print level with each other that are a figure each, from which they are cells of a row."""

_GROUPED = re.compile(r"(?<![\d.,])(\d{1,3})(?: \d{3})+(?![\d.])")
_CODE = re.compile(r"0\d")
_ENDS = (",", ";", ".", ":")


def lone_rows(lines: Sequence[RunningLine]) -> Iterator[tuple[Strays, Box | None]]:
    """What may be a row of a table, page by page, with its place: lines level with each other, of which
    the first names the others, figures each; or a line that ends with three figures. Those that `strays`
    tells already are left out."""
    for page, own in groupby(lines, key=lambda line: line.page):
        for row in _level(_untold(list(own))):
            text = " ".join(line.text for line in row)
            bare = [line for line in row if digits_in(line.text) and looks_numeric(line.text)]
            named = letters_in(row[0].text) > 0 and row[0] not in bare
            if named and (len(bare) >= FIGURES_APART or ends_in_figures(text)):
                boxes = [line.box for line in row if line.box is not None]
                yield Strays(page, 1, text), Box.union(boxes) if boxes else None


def ends_in_figures(text: str) -> bool:
    """Whether a text ends with three figures, nothing between them. A list of numbers has commas, a number
    that begins with a nought names something, and groups of thousands are one figure."""
    parts = _GROUPED.sub(lambda match: match[0].replace(" ", ""), text).split()
    tail = list(takewhile(_is_figure, reversed(parts)))
    return len(tail) >= FIGURES_OF_A_ROW and len(tail) < len(parts)


def _is_figure(part: str) -> bool:
    return looks_numeric(part) and digits_in(part) > 0 and not part.endswith(_ENDS) and not _CODE.match(part)


def _untold(lines: Sequence[RunningLine]) -> list[RunningLine]:
    """The lines that are in no run of rows."""
    kept: list[RunningLine] = []
    for row, run in groupby(lines, key=lambda line: is_row(line.text)):
        found = list(run)
        if not row or len(found) < ROWS:
            kept += [line for line in found if line.line is not None]
    return kept


def _level(lines: Sequence[RunningLine]) -> Iterator[list[RunningLine]]:
    """Lines with figures and those beside them, from left to right; one without a place by itself."""
    placed = sorted(
        (line for line in lines if line.box is not None),
        key=lambda line: line.box.center[1] if line.box else 0.0,
    )
    yield from ([line] for line in lines if line.box is None and digits_in(line.text) >= FIGURES_OF_A_ROW)
    row: list[RunningLine] = []
    for line in placed:
        if row and not _beside(row[-1], line):
            yield from _with_figures(row)
            row = []
        row.append(line)
    yield from _with_figures(row)


def _with_figures(row: list[RunningLine]) -> Iterator[list[RunningLine]]:
    if any(digits_in(line.text) for line in row):
        yield sorted(row, key=lambda line: line.box.x0 if line.box else 0.0)


def _beside(upper: RunningLine, lower: RunningLine) -> bool:
    """Whether the middle of a line lies in the height of the one before it."""
    return upper.box is not None and lower.box is not None and lower.box.center[1] < upper.box.y1


def neighbours(tables: Sequence[Table], page: int, box: Box | None) -> list[Table]:
    """The tables that a row at a place may belong to: the nearest above, be it on the page before, and the
    nearest below on its page. All tables of the page where nothing tells places."""
    near = [t for t in tables if t.page_first <= page <= t.page_last]
    tops = {t.table_id: _top(t, page) for t in near}
    if box is None or any(top is None for top in tops.values()):
        return near
    middle = box.center[1]
    above = [t for t in tables if t.page_first <= page and (tops.get(t.table_id) or 0.0) < middle]
    below = [t for t in near if (tops[t.table_id] or 0.0) >= middle]
    last = [t for t in above[-1:] if t.page_last >= page - 1]
    return [*last, *below[:1]]


def _top(table: Table, page: int) -> float | None:
    return min((c.box.y0 for c in table.cells() if c.page == page and c.box is not None), default=None)

"""Tables of a Word file: cells merged both ways, rows that begin or end short, borders, column edges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extract.office.content import Block, OfficeTable
from extract.office.grid import Placed, table_of
from extract.office.word.ooxml import MC, W, child, number, switch, value
from extract.office.word.styles import Styles, draws

_MOST_COLUMNS = 1000  # Word has 63; a file that says more would only eat memory
_TWIPS = 20.0
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


@dataclass(frozen=True, slots=True)
class _WordCell:
    element: Any
    col: int
    span: int
    goes_on: bool


def read_table(table: Any, styles: Styles, read: Callable[[Any], list[Block]]) -> OfficeTable:
    """A `w:tbl` as a table; `read` gives the blocks of a cell. Deleted rows are gone."""
    ruled = _ruled(child(table, "tblPr"), styles)
    placed: list[Placed] = []
    standing: dict[int, int] = {}  # by column: which of `placed` goes on below
    rows = [row for row in _wrapped(table, W + "tr") if not _deleted(row)]
    for at, row in enumerate(rows):
        below: dict[int, int] = {}
        for cell in _cells(row):
            above = standing.get(cell.col)
            if cell.goes_on and above is not None and placed[above].col_span == cell.span:
                old = placed[above]
                more = tuple(b for b in read(cell.element) if not _empty(b))
                placed[above] = old.grown(at - old.row + 1, more)
                below[cell.col] = above
                continue
            lines = _cell_ruled(cell.element, ruled)
            placed.append(Placed(at, cell.col, 1, cell.span, tuple(read(cell.element)), lines))
            below[cell.col] = len(placed) - 1
        standing = below
    headers = next((i for i, row in enumerate(rows) if not _repeats(row)), 0)
    return table_of(placed, len(rows), _edges(table), headers)


def _empty(block: Block) -> bool:
    return not isinstance(block, OfficeTable) and not block.text.strip()


def _wrapped(parent: Any, tag: str) -> Iterator[Any]:
    """Children of a kind, looked for through content controls and tracked insertions."""
    stack = list(reversed(list(parent)))
    while stack:
        element = stack.pop()
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            stack.extend(reversed(list(element)))
        elif element.tag == MC + "AlternateContent" and len(element):
            stack.extend(reversed(list(element[0])))


def _deleted(row: Any) -> bool:
    properties = child(row, "trPr")
    return properties is not None and child(properties, "del") is not None


def _repeats(row: Any) -> bool:
    """Whether Word prints the row again on every page: the author's word that it is header."""
    properties = child(row, "trPr")
    return properties is not None and bool(switch(properties, "tblHeader"))


def _cells(row: Any) -> Iterator[_WordCell]:
    properties = child(row, "trPr")
    col = number(value(properties, "gridBefore")) if properties is not None else 0
    held: _WordCell | None = None
    for element in _wrapped(row, W + "tc"):
        if col >= _MOST_COLUMNS:
            break
        own = child(element, "tcPr")
        span = min(max(number(value(own, "gridSpan"), 1) if own is not None else 1, 1), _MOST_COLUMNS)
        merged = child(own, "vMerge") if own is not None else None
        goes_on = merged is not None and merged.get(W + "val", "continue") == "continue"
        aside = child(own, "hMerge") if own is not None else None
        if aside is not None and aside.get(W + "val", "continue") == "continue" and held is not None:
            held = _WordCell(held.element, held.col, held.span + span, held.goes_on)
        else:
            if held is not None:
                yield held
            held = _WordCell(element, col, span, goes_on)
        col += span
    if held is not None:
        yield held


def _ruled(properties: Any | None, styles: Styles) -> bool:
    """Whether the table draws lines where its cells do not say otherwise."""
    borders = child(properties, "tblBorders") if properties is not None else None
    if borders is not None:
        return draws(borders)
    return styles.table_is_ruled(value(properties, "tblStyle") if properties is not None else None)


def _cell_ruled(cell: Any, table: bool) -> bool:
    """Whether lines are drawn at a cell: its own borders decide where it has any."""
    properties = child(cell, "tcPr")
    borders = child(properties, "tcBorders") if properties is not None else None
    if borders is None or not len(borders):
        return table
    if draws(borders):
        return True
    return table and len(borders) < 4


def _edges(table: Any) -> Sequence[float]:
    """The column borders in points from the left, by the table's grid."""
    grid = child(table, "tblGrid")
    edges = [0.0]
    for column in grid.findall(W + "gridCol") if grid is not None else ():
        edges.append(edges[-1] + max(number(column.get(W + "w")), 1) / _TWIPS)
    return edges

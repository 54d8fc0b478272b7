"""Rows of an RTF table, as their definitions place the cells, put together to tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.office.content import Block, OfficeTable
from extract.office.grid import Placed, table_of

_TWIPS = 20.0
_SAME_EDGE = 40  # twips: borders of two rows nearer than this are one (Word lets rows differ by some)


@dataclass(frozen=True, slots=True)
class CellForm:
    """A cell of a row definition: its right border in twips, how it is merged, whether lines are drawn."""

    right: int
    down: str = ""  # `first`, `goes on`
    across: str = ""
    ruled: bool = False


@dataclass(slots=True)
class RowForm:
    """A row definition as it is read."""

    left: int = 0
    header: bool = False
    cells: list[CellForm] = field(default_factory=list)
    pending: CellForm = field(default_factory=lambda: CellForm(0))
    border_of_cell: bool = False

    def close_cell(self, right: int) -> None:
        """The pending cell ends at `right`."""
        self.cells.append(replace(self.pending, right=right))
        self.pending = CellForm(0)
        self.border_of_cell = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its definition and what its cells hold."""

    form: RowForm
    cells: tuple[tuple[Block, ...], ...]


def built(rows: Sequence[Row]) -> OfficeTable:
    """The table of rows that stand under each other."""
    edges = _edges(rows)
    placed: list[Placed] = []
    standing: dict[int, int] = {}
    for at, row in enumerate(rows):
        below: dict[int, int] = {}
        left = row.form.left
        for number, blocks in enumerate(row.cells):
            form = row.form.cells[number] if number < len(row.form.cells) else CellForm(left + 1000)
            first, last = _place(left, edges), _place(form.right, edges)
            span = max(1, last - first)
            left = form.right
            if form.across == "goes on" and placed and placed[-1].row == at:
                old = placed.pop()
                placed.append(
                    replace(old, col_span=old.col_span + span, blocks=(*old.blocks, *_filled(blocks)))
                )
                continue
            above = standing.get(first)
            if form.down == "goes on" and above is not None and placed[above].col_span == span:
                placed[above] = placed[above].grown(at - placed[above].row + 1, _filled(blocks))
                below[first] = above
                continue
            placed.append(Placed(at, first, 1, span, blocks, form.ruled))
            below[first] = len(placed) - 1
        standing = below
    headers = next((i for i, row in enumerate(rows) if not row.form.header), 0)
    return table_of(placed, len(rows), [(e - edges[0]) / _TWIPS for e in edges], headers)


def _filled(blocks: Sequence[Block]) -> list[Block]:
    return [b for b in blocks if isinstance(b, OfficeTable) or b.text.strip()]


def _edges(rows: Sequence[Row]) -> list[int]:
    """The column borders of all rows, those nearly the same as one."""
    ends: list[int] = []
    for row in rows:
        ends.append(row.form.left)
        ends.extend(c.right for c in row.form.cells)
        extra = len(row.cells) - len(row.form.cells)
        last = row.form.cells[-1].right if row.form.cells else row.form.left
        ends.extend(last + 1000 * (i + 1) for i in range(extra))
    edges: list[int] = []
    for end in sorted(ends):
        if not edges or end - edges[-1] > _SAME_EDGE:
            edges.append(end)
    return edges


def _place(twips: int, edges: Sequence[int]) -> int:
    """The index of the border at `twips`."""
    at = bisect_left(edges, twips - _SAME_EDGE)
    return min(at, len(edges) - 1)

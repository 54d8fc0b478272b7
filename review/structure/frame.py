"""A table while a person puts it right: a grid whose rows and columns keep their names.

Rows and columns are named by their numbers when read (`7`), those of a joined table by its id too (`t03.7`),
new ones as their maker says. So a decision on a cell finds it whatever was deleted or inserted meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from model.table import Cell, Seam, Table
from review.structure.operations import UnfitError

Origin = tuple[str, int, int]
"""The table, row and column that a cell was read in."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A position of the grid: what stands there, where it was read (None: a person made it), and the `group`
    of positions that one spanning cell covers."""

    cell: Cell
    origin: Origin | None
    group: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """One table. `slots[r][c]` is rectangular and includes the header. `reshaped`: its columns or rows are
    others than when it was read, or its header is."""

    table: Table
    rows: tuple[str, ...]
    cols: tuple[str, ...]
    slots: tuple[tuple[Slot, ...], ...]
    header_rows: int
    reshaped: bool = False

    @staticmethod
    def of(table: Table, prefix: str = "") -> Frame:
        """The table as it was read; `prefix` before the names of its rows."""
        return Frame(
            table,
            tuple(f"{prefix}{r}" for r in range(table.n_rows)),
            tuple(str(c) for c in range(table.n_cols)),
            tuple(tuple(_slot(table, cell) for cell in row) for row in table.rows),
            table.header_rows,
        )

    def row(self, name: str) -> int:
        """The number of a row now. Raises UnfitError where it is no more."""
        if name not in self.rows:
            raise UnfitError("unfit_row")
        return self.rows.index(name)

    def col(self, name: str) -> int:
        """The number of a column now. Raises UnfitError where it is no more."""
        if name not in self.cols:
            raise UnfitError("unfit_col")
        return self.cols.index(name)

    def named(self, row: int, col: int) -> str:
        """The names of a cell's row and column, as the ledger keeps them."""
        return f"{self.rows[row]}:{self.cols[col]}"

    def with_cell(self, row: int, col: int, change: Callable[[Cell], Cell]) -> Frame:
        """One cell changed, in every position it spans."""
        group = self.slots[row][col].group
        slots = tuple(
            tuple(replace(s, cell=change(s.cell)) if s.group == group else s for s in line)
            for line in self.slots
        )
        header = row < self.header_rows
        return replace(self, slots=slots, reshaped=self.reshaped or header)

    def finished(self) -> Table:
        """The table with its cells numbered as they stand; a group that is no rectangle any more falls
        apart."""
        anchors = _anchors(self.slots)
        rows = tuple(
            tuple(
                replace(slot.cell, row=r, col=c, anchor=anchors[r, c], is_header=r < self.header_rows)
                for c, slot in enumerate(line)
            )
            for r, line in enumerate(self.slots)
        )
        if not self.reshaped:
            return replace(self.table, rows=rows)
        pages = [c.page for row in rows for c in row if c.page] or [
            self.table.page_first,
            self.table.page_last,
        ]
        return replace(
            self.table,
            rows=rows,
            header_rows=self.header_rows,
            row_kinds=(),
            numbering_row=None,
            page_first=min(pages),
            page_last=max(pages),
            seams=self._seams(),
        )

    def _seams(self) -> tuple[Seam, ...]:
        """The seams whose first row still stands, at its number now."""
        first: dict[tuple[str, int], int] = {}
        for r, line in enumerate(self.slots):
            for slot in line:
                if slot.origin is not None:
                    first.setdefault(slot.origin[:2], r)
        seams = []
        for seam in self.table.seams:
            at = first.get((self.table.table_id, seam.row))
            if at:
                seams.append(replace(seam, row=at))
        return tuple(seams)

    def moved(self) -> Iterator[tuple[Origin, tuple[int, int]]]:
        """Where each cell that was read stands now; of cells merged into one the first."""
        for r, line in enumerate(self.slots):
            for c, slot in enumerate(line):
                if slot.origin is not None:
                    yield slot.origin, (r, c)


def _slot(table: Table, cell: Cell) -> Slot:
    anchor = (cell.row, cell.col) if cell.anchor == (-1, -1) else cell.anchor
    return Slot(cell, (table.table_id, cell.row, cell.col), (table.table_id, str(anchor[0]), str(anchor[1])))


def _anchors(slots: tuple[tuple[Slot, ...], ...]) -> dict[tuple[int, int], tuple[int, int]]:
    """The anchor of every position: the first of its group where that is a rectangle, else itself."""
    places = sorted(
        ((slot.group, (r, c)) for r, line in enumerate(slots) for c, slot in enumerate(line)),
    )
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    for _, found in groupby(places, key=lambda p: p[0]):
        group = [at for _, at in found]
        rows, cols = {r for r, _ in group}, {c for _, c in group}
        height, width = max(rows) - min(rows) + 1, max(cols) - min(cols) + 1
        whole = len(group) == height * width
        for at in group:
            anchors[at] = min(group) if whole else at
    return anchors

"""Cells as a file places them → a table in which every position belongs to exactly one cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.office.content import Block, OfficeTable, TableCell


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell where a file puts it; columns are the file's own grid, of which some may be of no use."""

    row: int
    col: int
    row_span: int
    col_span: int
    blocks: tuple[Block, ...] = ()
    ruled: bool = True

    def grown(self, row_span: int, more: Sequence[Block]) -> Placed:
        """The cell over `row_span` rows, with what the cells under it held."""
        return replace(self, row_span=row_span, blocks=(*self.blocks, *more))


def table_of(
    placed: Sequence[Placed], n_rows: int, edges: Sequence[float] = (), header_rows: int = 0
) -> OfficeTable:
    """A table of `n_rows` rows. Columns at whose border no cell begins are dropped (word processors keep
    such borders from columns long gone); positions that no cell covers become empty cells; a cell that lies
    on another gives way."""
    starts = sorted({p.col for p in placed})
    if not starts:
        return OfficeTable(0, 0, ())
    at = {col: index for index, col in enumerate(starts)}
    taken: set[tuple[int, int]] = set()
    cells: list[TableCell] = []
    for cell in sorted(placed, key=lambda p: (p.row, p.col)):
        first = at[cell.col]
        width = sum(cell.col <= s < cell.col + cell.col_span for s in starts)
        height = max(1, min(cell.row_span, n_rows - cell.row))
        covered = [(r, c) for r in range(cell.row, cell.row + height) for c in range(first, first + width)]
        if any(place in taken for place in covered):
            if covered[0] in taken:
                continue
            width, height, covered = 1, 1, covered[:1]
        taken.update(covered)
        cells.append(TableCell(cell.row, first, height, width, cell.blocks, cell.ruled))
    for row in range(n_rows):
        free = [c for c in range(len(starts)) if (row, c) not in taken]
        cells.extend(TableCell(row, c, 1, 1, (), False) for c in free)
    ends = max(p.col + p.col_span for p in placed)
    borders: tuple[float, ...] = ()
    if len(edges) > starts[-1]:
        borders = (*(edges[s] for s in starts), edges[min(ends, len(edges) - 1)])
    whole = tuple(sorted(cells, key=lambda c: (c.row, c.col)))
    return OfficeTable(n_rows, len(starts), whole, borders, header_rows)

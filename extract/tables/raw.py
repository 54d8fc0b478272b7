"""A table as stitched from its pages, before anybody has understood it."""

from __future__ import annotations

from dataclasses import dataclass, field

from model.page import GridCell, GridKind
from model.table import Seam


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table over all its pages. Cells lie in one grid of `n_rows` x `n_cols`; a cell's page is
    `row_pages[cell.row]`. `header_rows` is set when the reader knew it. `notes` are facts for a
    `structure` flag, in plain Vietnamese, `doubts` those under which the table may be wrong as a whole.
    `grids` is how many grids of the pages it was stitched from, `texts` are its rows'
    (`rows.row_texts`) where they are known already."""

    title: str
    kind: GridKind
    n_rows: int
    n_cols: int
    cells: tuple[GridCell, ...]
    row_pages: tuple[int, ...]
    header_rows: int | None = None
    unit_note: str = ""
    seams: tuple[Seam, ...] = ()
    notes: tuple[str, ...] = ()
    confidence: float = 1.0
    grids: int = 1
    doubts: tuple[str, ...] = ()
    texts: tuple[tuple[str, ...], ...] = field(default=(), compare=False, repr=False)

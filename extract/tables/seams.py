"""The parts of a table put under each other: columns mapped, cut rows and cut cells joined again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.tables.alignment import common_columns, identity
from extract.tables.raw import RawTable
from model.page import Grid, GridCell
from model.table import Seam
from normalize.numbers import is_ordinal, looks_numeric


@dataclass(frozen=True, slots=True)
class Part:
    """A grid of a table: `header` rows it begins with, `first` the first row that is kept, `proof` what
    says that it goes on with the part before (empty for the first part)."""

    grid: Grid
    header: int
    first: int
    proof: tuple[str, ...]


def assemble(title: str, unit_note: str, parts: Sequence[Part]) -> RawTable:
    """One table of its parts, in order. The parts' columns must fit each other (`common_columns`)."""
    common = max((p.grid.column_edges for p in parts), key=len)
    n_cols = max(p.grid.n_cols for p in parts)
    cells: list[GridCell] = []
    pages: list[int] = []
    seams: list[Seam] = []
    notes: list[str] = []
    header = parts[0].header
    counted = counts_rows(parts[0])
    for part in parts:
        added = _placed(part, common, n_cols)
        own_pages = list(part.grid.row_pages or (part.grid.page,) * part.grid.n_rows)[part.first :]
        notes += [n for n in part.grid.notes if n not in notes]
        if part is not parts[0]:
            seams.append(Seam(len(pages), part.grid.page, part.proof))
            notes += _doubt(part, len(pages))
            if counted and _cut_row(cells, added, len(pages), n_cols):
                cells, added = _glued(cells, added, len(pages) - 1)
                own_pages = own_pages[1:]
            cells, added = _grown(cells, added, len(pages))
        cells += [replace(c, row=c.row + len(pages)) for c in added]
        pages += own_pages
    return RawTable(
        title,
        parts[0].grid.kind,
        len(pages),
        n_cols,
        tuple(cells),
        tuple(pages),
        header,
        unit_note,
        tuple(seams),
        tuple(notes),
        min(p.grid.confidence for p in parts),
        len(parts),
    )


def _doubt(part: Part, row: int) -> list[str]:
    """A note where nothing but the columns says that a part belongs to the table."""
    if set(part.proof) & {"header repeated", "ordinals run on"}:
        return []
    return [
        f"Bảng được nối qua trang {part.grid.page} (từ dòng {row + 1}) chỉ dựa vào vị trí các cột; "
        "không có tiêu đề lặp lại hay số thứ tự nối tiếp làm chứng."
    ]


def counts_rows(part: Part) -> bool:
    """Whether the first column of a part numbers its rows (rows that are one wide cell left aside)."""
    cells = [c for c in part.grid.cells if c.col == 0 and c.col_span == 1 and c.row >= part.header]
    firsts = [c.text for c in cells if c.text]
    return bool(firsts) and sum(is_ordinal(t) for t in firsts) * 2 > len(firsts)


def _placed(part: Part, common: Sequence[float], n_cols: int) -> list[GridCell]:
    """A part's cells from its first kept row (then row 0) on, on the common columns."""
    mapping = common_columns(part.grid, common, part.grid) if part.grid.n_cols != n_cols else None
    places = mapping.second if mapping else identity(n_cols).second
    placed = []
    for cell in part.grid.cells:
        bottom = cell.row + cell.row_span
        if bottom <= part.first:
            continue
        top = max(cell.row, part.first)
        left, right = places[cell.col][0], places[cell.col + cell.col_span - 1][1]
        placed.append(
            replace(cell, row=top - part.first, row_span=bottom - top, col=left, col_span=right - left)
        )
    return placed


def _cut_row(kept: Sequence[GridCell], added: Sequence[GridCell], rows: int, n_cols: int) -> bool:
    """Whether the page break cut a row in two: the new page begins with a row that has no ordinal where
    the table counts its rows, no figure, and only goes on with texts that the last row has begun."""
    upper = {c.col: c for c in kept if c.row == rows - 1 and c.row_span == 1}
    lower = [c for c in added if c.row == 0]
    if len(lower) != n_cols or any((c.row_span > 1 and c.text) or c.col_span > 1 for c in lower):
        return False
    if lower[0].text or 0 not in upper or not is_ordinal(upper[0].text):
        return False
    texts = [c for c in lower if c.text]
    return bool(texts) and all(
        not looks_numeric(c.text) and c.col in upper and bool(upper[c.col].text) for c in texts
    )


def _glued(
    kept: Sequence[GridCell], added: Sequence[GridCell], last_row: int
) -> tuple[list[GridCell], list[GridCell]]:
    """Both halves of a cut row as one, in the upper half's place; the rest of the part moves up."""
    lower = {c.col: c for c in added if c.row == 0}
    glued = [
        _continued_cell(cell, lower[cell.col])
        if cell.row == last_row and cell.col in lower and lower[cell.col].text
        else cell
        for cell in kept
    ]
    rest = [replace(c, row=c.row - 1) for c in added if c.row > 0]
    # The empty rest of a cell over several rows begins beside the half row and goes on below it.
    return glued, rest + [replace(c, row_span=c.row_span - 1) for c in added if c.row == 0 < c.row_span - 1]


def _continued_cell(cell: GridCell, rest: GridCell) -> GridCell:
    text = f"{cell.text}\n{rest.text}" if cell.text else rest.text
    return replace(
        cell,
        text=text,
        confidence=min(cell.confidence, rest.confidence),
        doubtful=cell.doubtful or rest.doubtful,
    )


def _grown(
    kept: Sequence[GridCell], added: Sequence[GridCell], rows: int
) -> tuple[list[GridCell], list[GridCell]]:
    """A cell over several rows that the page break cut: its empty rest on the new page joins it, so that
    the rows there keep the text of the cell (a district's name beside its communes)."""
    upper = {c.col: c for c in kept if c.text and c.row + c.row_span == rows}
    lower = {c.col: c for c in added if c.row == 0 and not c.text}
    below = {c.col for c in added if c.row == 0 and c.text}
    grown = {}
    for col, rest in lower.items():
        cell = upper.get(col)
        spans = cell is not None and cell.col_span == rest.col_span
        if cell is not None and spans and cell.row_span > 1 and below and not looks_numeric(cell.text):
            grown[col] = rest
    cells = [
        replace(c, row_span=c.row_span + grown[c.col].row_span)
        if c.col in grown and c is upper.get(c.col)
        else c
        for c in kept
    ]
    return cells, [c for c in added if not (c.row == 0 and c.col in grown)]

"""One table over many pages: grids that go on with each other become one, with what proves it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extract.table.alignment import Mapping, same_columns
from extract.table.captions import Caption, is_page_number, read_caption
from extract.table.header import header_depth
from extract.table.raw import RawTable
from extract.table.rows import is_ordinal_head, is_section, is_total, row_texts
from model.page import Grid, GridCell, PageContent, TextLine
from model.table import Seam
from normalize.numbers import is_ordinal, looks_numeric
from normalize.unicode import fold, squeeze

_SAME_HEADER = 88.0  # rapidfuzz ratio of folded header texts; two readings of one header lie above 92
_NAMED_CAPTION = re.compile(
    r"^(?:phu luc|bieu (?:so|mau)?|bang (?:so )?\d|mau (?:so|bieu)|[ivx]{1,4}\.\s|\d{1,2}\.\s)"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A grid with what stands around it: its caption, the lines between it and the grid before."""

    grid: Grid
    caption: Caption
    between: tuple[TextLine, ...]
    header: int


def stitch(pages: Sequence[PageContent]) -> list[RawTable]:
    """The tables of a document, in reading order.

    A grid goes on with the one before when no caption or prose stands between them, their columns
    align, and its header is the same or missing. Each seam says what proves it; a seam that only the
    columns speak for gets a note. Tables of text dumps come whole, but pass through the same rules.
    """
    tables: list[RawTable] = []
    open_table: RawTable | None = None
    edges: tuple[float, ...] = ()
    for part in _parts(pages):
        joined = None
        if open_table is not None:
            joined = _continued(open_table, edges, part)
        if joined is not None:
            open_table, edges = joined
            continue
        if open_table is not None:
            tables.append(open_table)
        open_table, edges = _opened(part), part.grid.column_edges
    if open_table is not None:
        tables.append(open_table)
    return tables


def _parts(pages: Sequence[PageContent]) -> list[_Part]:
    """Every grid with its caption and the lines since the grid before, running heads left out."""
    running = _running_lines(pages)
    parts: list[_Part] = []
    since: list[TextLine] = []
    for page in pages:
        here: list[TextLine] = []
        for block in page.blocks:
            if isinstance(block, TextLine):
                if not is_page_number(block) and _place_key(block, page) not in running:
                    here.append(block)
                    since.append(block)
                continue
            depth = block.header_rows
            if depth is None:
                depth = header_depth(block.cells, block.n_rows, block.n_cols)
            caption = read_caption(here, block.box, page.width)
            parts.append(_Part(block, caption, tuple(since), depth))
            here, since = [], []
    return parts


def _place_key(line: TextLine, page: PageContent) -> tuple[str, int]:
    """What a line says and where it stands, in tenths of the page's height; digits do not count."""
    place = int(10 * line.box.center[1] / page.height) if line.box and page.height else -1
    return re.sub(r"\d+", "#", fold(line.text)), place


def _running_lines(pages: Sequence[PageContent]) -> set[tuple[str, int]]:
    """Lines at the top or bottom edge that at least three pages share."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        keys = {_place_key(line, page) for line in page.lines}
        counts.update(k for k in keys if k[1] in (0, 9))
    return {key for key, n in counts.items() if n >= 3}


def _opened(part: _Part) -> RawTable:
    grid = part.grid
    return RawTable(
        title=grid.title or part.caption.title,
        kind=grid.kind,
        n_rows=grid.n_rows,
        n_cols=grid.n_cols,
        cells=grid.cells,
        row_pages=grid.row_pages or (grid.page,) * grid.n_rows,
        header_rows=part.header,
        unit_note=part.caption.unit_note,
        notes=grid.notes,
        confidence=grid.confidence,
    )


def _continued(
    table: RawTable, edges: tuple[float, ...], part: _Part
) -> tuple[RawTable, tuple[float, ...]] | None:
    """`table` with the grid of `part` at its end and the common column edges, or None when the grid is
    a table of its own."""
    grid = part.grid
    mapping = _columns(table, edges, grid)
    if mapping is None or (grid.title and fold(grid.title) != fold(table.title)):
        return None
    repeated = _same_header(table, grid, part.header, mapping)
    if part.header and not repeated and not _header_is_body(table, grid, part.header):
        return None
    if _own_caption(part) or (part.between and not repeated):
        return None
    first = part.header if repeated else 0
    runs_on = _ordinals_run_on(table, grid, first)
    if part.between and not runs_on:
        return None
    proof = tuple(
        name
        for name, holds in (
            ("header repeated", repeated),
            ("ordinals run on", runs_on),
            ("columns align", bool(edges) and bool(grid.column_edges)),
        )
        if holds
    )
    common = edges if len(edges) >= len(grid.column_edges) else grid.column_edges
    return _appended(table, grid, mapping, first, proof), common


def _columns(table: RawTable, edges: tuple[float, ...], grid: Grid) -> Mapping | None:
    if edges and grid.column_edges:
        return same_columns(edges, grid.column_edges)
    if table.n_cols != grid.n_cols or table.kind != grid.kind:
        return None
    own = tuple(range(grid.n_cols + 1))
    return Mapping(grid.n_cols, own, own)


def _own_caption(part: _Part) -> bool:
    """Whether the lines above the grid name a new table."""
    title = fold(part.caption.title)
    return bool(part.caption.unit_note) or bool(_NAMED_CAPTION.match(title)) or len(title) > 25


def _same_header(table: RawTable, grid: Grid, depth: int, mapping: Mapping) -> bool:
    """Whether the grid begins with the table's own header (compared by folded text)."""
    known = table.header_rows or 0
    if not depth or not known:
        return False
    ours = _joined_header(_remapped(table.cells, mapping.first), known, mapping.n_cols)
    theirs = _joined_header(_remapped(grid.cells, mapping.second), depth, mapping.n_cols)
    return fuzz.ratio(ours, theirs) >= _SAME_HEADER


def _joined_header(cells: Sequence[GridCell], depth: int, n_cols: int) -> str:
    texts = row_texts(cells, max(c.row + c.row_span for c in cells), n_cols)[:depth]
    columns = [" ".join(dict.fromkeys(fold(row[c]) for row in texts if row[c])) for c in range(n_cols)]
    return " | ".join(columns)


def _header_is_body(table: RawTable, grid: Grid, depth: int) -> bool:
    """Whether rows taken for a header are rather data of a table that goes on without one: a section or
    total row, or a row whose ordinal cell is empty (the second half of a row cut by the page break)."""
    if depth > 1 or not table.header_rows:
        return False
    texts = row_texts(grid.cells, grid.n_rows, grid.n_cols)[0]
    if is_ordinal_head(texts[0]):
        return False
    wide = any(c.row == 0 and c.text and c.col_span >= grid.n_cols - 1 for c in grid.cells)
    if is_total(texts) or is_section(texts, wide) or wide:
        return True
    return not texts[0] and _has_ordinals(table)


def _has_ordinals(table: RawTable) -> bool:
    """Whether the first column of the table counts its rows."""
    depth = table.header_rows or 0
    firsts = [c.text for c in table.cells if c.col == 0 and c.row >= depth and c.text]
    return bool(firsts) and sum(is_ordinal(t) for t in firsts) * 2 > len(firsts)


def _last_ordinal(texts: Sequence[str]) -> int | None:
    return next((int(t.rstrip(".")) for t in reversed(texts) if t.rstrip(".").isdigit()), None)


def _ordinals_run_on(table: RawTable, grid: Grid, first: int) -> bool:
    """Whether the first whole number in the grid's first column follows the table's last one."""
    rows = row_texts(table.cells, table.n_rows, table.n_cols)
    last = _last_ordinal([r[0] for r in rows[table.header_rows or 0 :]])
    below = [
        squeeze(c.text).rstrip(".")
        for c in sorted(grid.cells, key=lambda c: c.row)
        if c.col == 0 and c.row >= first
    ]
    following = next((int(t) for t in below if t.isdigit()), None)
    return last is not None and following == last + 1


def _remapped(cells: Sequence[GridCell], places: Sequence[int]) -> list[GridCell]:
    """Cells moved onto common columns: own column edge i lies on common edge places[i]."""
    return [replace(c, col=places[c.col], col_span=places[c.col + c.col_span] - places[c.col]) for c in cells]


def _appended(table: RawTable, grid: Grid, mapping: Mapping, first: int, proof: tuple[str, ...]) -> RawTable:
    """The grid's rows from `first` on, put under the table on the common columns."""
    kept = _remapped(table.cells, mapping.first)
    added = [c for c in _remapped(grid.cells, mapping.second) if c.row + c.row_span > first]
    added = [
        replace(c, row=max(c.row, first), row_span=c.row + c.row_span - max(c.row, first)) for c in added
    ]
    own_pages = list(grid.row_pages or (grid.page,) * grid.n_rows)[first:]
    shift = table.n_rows - first
    notes = list(table.notes) + [n for n in grid.notes if n not in table.notes]
    if _cut_row(kept, added, table, first, mapping.n_cols):
        kept, added = _glued(kept, added, table.n_rows - 1, first)
        own_pages, shift = own_pages[1:], shift - 1
    row = table.n_rows
    if not set(proof) & {"header repeated", "ordinals run on"}:
        notes.append(
            f"Bảng được nối qua trang {grid.page} (từ dòng {row}) chỉ dựa vào vị trí các cột; "
            "không có tiêu đề lặp lại hay số thứ tự nối tiếp làm chứng."
        )
    return replace(
        table,
        n_rows=table.n_rows + len(own_pages),
        n_cols=mapping.n_cols,
        cells=tuple(kept + [replace(c, row=c.row + shift) for c in added]),
        row_pages=table.row_pages + tuple(own_pages),
        seams=(*table.seams, Seam(row, grid.page, proof)),
        notes=tuple(notes),
        confidence=min(table.confidence, grid.confidence),
    )


def _cut_row(
    kept: Sequence[GridCell], added: Sequence[GridCell], table: RawTable, first: int, n_cols: int
) -> bool:
    """Whether the page break cut a row in two: the new page begins with a row that has no ordinal where
    the table counts its rows, no figure, and only goes on with texts that the last row has begun."""
    if not _has_ordinals(table):
        return False
    upper = {c.col: c for c in kept if c.row + c.row_span == table.n_rows and c.row == table.n_rows - 1}
    lower = [c for c in added if c.row == first]
    if any(c.row_span > 1 or c.col_span > 1 for c in lower) or len(lower) != n_cols:
        return False
    if lower[0].text or (upper.get(0) is None or not is_ordinal(upper[0].text)):
        return False
    texts = [c for c in lower if c.text]
    return bool(texts) and all(
        not looks_numeric(c.text) and c.col in upper and bool(upper[c.col].text) for c in texts
    )


def _glued(
    kept: Sequence[GridCell], added: Sequence[GridCell], last_row: int, first: int
) -> tuple[list[GridCell], list[GridCell]]:
    """Both halves of a cut row as one, in the upper half's place."""
    lower = {c.col: c for c in added if c.row == first}
    glued = []
    for cell in kept:
        rest = lower.get(cell.col)
        if cell.row == last_row and rest is not None and rest.text:
            text = f"{cell.text}\n{rest.text}" if cell.text else rest.text
            cell = replace(cell, text=text, confidence=min(cell.confidence, rest.confidence))
        glued.append(cell)
    return glued, [c for c in added if c.row != first]

"""A stitched table understood: how deep its header is, what its columns are called, what its rows are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.tables.raw import RawTable
from extract.tables.rows import body_kind, looks_like_body, names_years, row_texts
from model.copies import copier
from model.page import GridCell
from model.table import Cell, Column, RowKind, Table
from normalize.numbering import is_numbering
from normalize.numbers import looks_numeric
from normalize.ordinals import begins_anew, is_ordinal, is_ordinal_head, read_ordinal
from normalize.unicode import fold

_DEEPEST_HEADER = 7
_MOSTLY_WORDS = 0.8  # share of the first row's texts that are words, from which the others are dirt


def header_depth(cells: Sequence[GridCell], n_rows: int, n_cols: int) -> int:
    """How many of the first rows are header, a row of column numbers included; 0 when the grid starts
    with data (the second page of a table whose header is not repeated)."""
    near = [c for c in cells if c.row <= _DEEPEST_HEADER]
    texts = row_texts(near, min(n_rows, _DEEPEST_HEADER + 1), n_cols)
    if not texts or (
        looks_like_body(texts[0]) and not is_numbering(texts[0]) and not _heads_a_count(cells, texts)
    ):
        return 0
    reach = max((c.row + c.row_span for c in cells if c.row == 0 and c.text), default=1)
    reach = min(reach, n_rows)
    depth = 1
    while depth < min(n_rows, _DEEPEST_HEADER):
        row = texts[depth]
        if is_numbering(row):
            return depth + 1
        if depth >= reach and not _names_columns(cells, texts, depth):
            break
        counted = is_ordinal(row[0]) and row[0] != texts[depth - 1][0]  # a head that spans rows counts none
        if looks_like_body(row) and (depth >= reach or counted):
            break
        reach = max([reach] + [c.row + c.row_span for c in cells if c.row == depth and c.text])
        depth += 1
    return depth if depth < n_rows or n_rows == 1 else _all_text_depth(texts)


def _heads_a_count(cells: Sequence[GridCell], texts: Sequence[Sequence[str]]) -> bool:
    """Whether the first row heads the columns with words over rows counted from 1: its first text is the
    ordinals' head though it reads like a letter that counts, or like a figure in a cell that reaches into the
    next row (`TT` on a pale copy, `7`)."""
    first = texts[0]
    ordinal = read_ordinal(first[0])
    lettered = ordinal is None or ordinal.kind == "letter"
    tall = any(cell.row == cell.col == 0 and cell.row_span > 1 for cell in cells)
    words = sum(bool(text) and not looks_numeric(text) for text in first[1:])
    worded = len(first) > 2 and words >= (_MOSTLY_WORDS if tall else 1.0) * (len(first) - 1)
    below = (row[0] for row in texts[1:_DEEPEST_HEADER] if row[0] != first[0] and not is_numbering(row))
    return (lettered or tall) and worded and begins_anew([next(below, "")])


def _names_columns(cells: Sequence[GridCell], texts: Sequence[Sequence[str]], row: int) -> bool:
    """Whether `row` goes on with the header though no cell reaches into it: it splits a cell above that
    spans columns, and the columns beside it are empty or repeat what stands above."""
    split = [c for c in cells if c.row + c.row_span == row and c.text and 1 < c.col_span < len(texts[row])]
    if not split:
        return False
    under = {c for cell in split for c in range(cell.col, cell.col + cell.col_span)}
    named = [texts[row][c] for c in under if texts[row][c]]
    beside = [texts[row][c] for c in range(len(texts[row])) if c not in under]
    plain = names_years(texts[row]) or not any(looks_numeric(t) for t in named)
    return len(named) * 2 >= len(under) and plain and not any(beside)


def _all_text_depth(texts: Sequence[Sequence[str]]) -> int:
    """A grid that never comes to data: its first row is the header."""
    return min(1, len(texts))


def understand(raw: RawTable, table_id: str) -> Table:
    """The table's header tree, column paths, numbering row and row kinds; cells with text, not yet
    values (`normalize.columns` types them).

    A spanning cell is repeated in each position it covers, with the same `anchor`; a section row keeps
    its text in its first cell only.
    """
    depth = raw.header_rows
    if depth is None:
        depth = header_depth(raw.cells, raw.n_rows, raw.n_cols)
    texts = raw.texts or row_texts(raw.cells, raw.n_rows, raw.n_cols)
    numbering = next((r for r in range(depth - 1, -1, -1) if is_numbering(texts[r])), None)
    wide = _wide_rows(raw.cells, raw.n_cols)
    kinds: list[RowKind] = []
    for r in range(raw.n_rows):
        if r < depth:
            kinds.append("numbering" if r == numbering else "header")
        else:
            kinds.append(body_kind(_anchored(texts, wide, r), r in wide))
    rows = _cells(raw, depth, kinds, texts)
    columns = tuple(_column(texts, c, depth, numbering) for c in range(raw.n_cols))
    pages = raw.row_pages or (1,)
    return Table(
        table_id=table_id,
        title=raw.title,
        kind=raw.kind,
        header_rows=depth,
        rows=rows,
        columns=columns,
        row_kinds=tuple(kinds),
        numbering_row=numbering,
        page_first=min(pages),
        page_last=max(pages),
        seams=raw.seams,
        confidence=raw.confidence,
        unit_note=raw.unit_note,
        notes=raw.notes,
        doubts=raw.doubts,
    )


def _wide_rows(cells: Sequence[GridCell], n_cols: int) -> set[int]:
    """Rows in which one cell spans all columns, or all but a first ordinal one, and is the only text."""
    least = max(2, n_cols - 1)
    wide = {c.row for c in cells if c.col_span >= least and c.text}
    if not wide:
        return wide
    for cell in cells:
        if cell.row in wide and cell.text and cell.col_span < n_cols - 1 and cell.col > 0:
            wide.discard(cell.row)
    return wide


def _anchored(texts: Sequence[Sequence[str]], wide: set[int], row: int) -> list[str]:
    """A row's texts; a wide cell's text only once."""
    if row not in wide:
        return list(texts[row])
    seen: set[str] = set()
    return [t if t not in seen and not seen.add(t) else "" for t in texts[row]]  # type: ignore[func-returns-value]


def _cells(
    raw: RawTable, depth: int, kinds: Sequence[RowKind], texts: Sequence[Sequence[str]]
) -> tuple[tuple[Cell, ...], ...]:
    """Rectangular rows of cells with their `texts`; positions no cell covers are empty."""
    grid: list[list[Cell | None]] = [[None] * raw.n_cols for _ in range(raw.n_rows)]
    n_rows, n_cols, pages = raw.n_rows, raw.n_cols, raw.row_pages
    for cell in raw.cells:
        row, col = cell.row, cell.col
        if cell.row_span == cell.col_span == 1:  # most cells
            if row < n_rows and col < n_cols:
                grid[row][col] = _cell(cell, row, col, texts[row][col], row < depth, pages[row])
            continue
        alone = row >= depth and kinds[row] == "section"
        for r in range(row, min(raw.n_rows, row + cell.row_span)):
            for c in range(col, min(raw.n_cols, col + cell.col_span)):
                shown = texts[r][c] if c == col or not alone else ""
                grid[r][c] = _cell(cell, r, c, shown, r < depth, raw.row_pages[r])
    return tuple(
        [
            tuple(
                [
                    cell or Cell(r, c, "", "", r < depth, page=raw.row_pages[r], anchor=(r, c))
                    for c, cell in enumerate(row)
                ]
            )
            for r, row in enumerate(grid)
        ]
    )


_SURE = frozenset({"text-layer", "text", "office"})  # what reads print, not ink
_EMPTY = Cell(0, 0, "", "")
_placed: Callable[..., Cell] = copier(
    Cell,
    *("row", "col", "raw", "text", "is_header", "page", "box", "confidence", "status", "alternatives"),
    *("anchor", "stored", "worked_out", "sure"),
)


def _cell(cell: GridCell, row: int, col: int, text: str, header: bool, page: int) -> Cell:
    """The cell of a grid at one of its places (made of an empty one: in a third of the time)."""
    status = "doubtful" if cell.doubtful else "read"
    return _placed(
        _EMPTY, row, col, text, text, header, page, cell.box, cell.confidence, status, cell.alternatives,
        (cell.row, cell.col), cell.stored, cell.worked_out, cell.engine in _SURE,
    )  # fmt: skip


def _column(texts: Sequence[Sequence[str]], col: int, depth: int, numbering: int | None) -> Column:
    """A column's path of distinct header texts from the top down, and its mark in the numbering row."""
    path: list[str] = []
    for r in range(depth):
        text = texts[r][col]
        if r != numbering and text and (not path or fold(path[-1]) != fold(text)):
            path.append(text)
    number = texts[numbering][col] if numbering is not None else ""
    return Column(col, tuple(path), "ordinal" if path and is_ordinal_head(path[-1]) else "label", "", number)

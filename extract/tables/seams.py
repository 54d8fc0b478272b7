"""The parts of a table put under each other: columns mapped, cut rows and cut cells joined again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from extract.tables.alignment import common_columns, identity
from extract.tables.broken_tokens import is_one_token, joined_tokens, stacked
from extract.tables.raw import RawTable
from extract.tables.rows import is_total
from model.copies import changed
from model.page import Grid, GridCell
from model.table import Seam
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal
from normalize.unicode import squeeze
from normalize.wraps import unwrapped

_ORDINAL = 3  # letters: what is as short as this in a column of ordinals is one misread
_LABELS = 1  # the last column whose text names the row: behind an ordinal, or first
_FIGURES = 0.7  # share of the rows from which a column is one of figures
_STROKES = frozenset("|Il!")  # what a piece of a rule is read as
_SHARED = 2  # cells with digits over two columns of another page, from which a rule between them was lost
_DIGITS_KEPT = 4  # of a confidence
_UNSURE = 0.5  # doubt of a grid from which the whole table is to be looked at; right grids have 0 to 0.1


@dataclass(frozen=True, slots=True)
class Part:
    """A grid of a table: `header` rows it begins with, `first` the first row that is kept, `proof` what
    says that it goes on with the part before (empty for the first part)."""

    grid: Grid
    header: int
    first: int
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is known of a table's columns: whether the first counts the rows, which hold figures in most
    rows, and over how many rows an entry of the first column usually goes."""

    counted: bool
    figures: tuple[int, ...]
    entry_rows: int


def assemble(title: str, unit_note: str, parts: Sequence[Part]) -> RawTable:
    """One table of its parts, in order. The parts' columns must fit each other (`common_columns`)."""
    common = max((p.grid.column_edges for p in parts), key=len)
    n_cols = max(p.grid.n_cols for p in parts)
    cells: list[GridCell] = []
    pages: list[int] = []
    seams: list[Seam] = []
    notes: list[str] = []
    doubts: list[str] = []
    header = parts[0].header
    seamed = len(parts) > 1  # what its columns hold is asked at seams alone
    columns = _Columns(
        counts_rows(parts[0]),
        _figure_columns(parts[0]) if seamed else (),
        _entry_rows(parts) if seamed else 1,
    )
    for part in parts:
        if part is not parts[0]:
            part = _without_void_rest(part)
        added = _without_strokes(_placed(part, common, n_cols))
        own_pages = list(part.grid.row_pages or (part.grid.page,) * part.grid.n_rows)[part.first :]
        notes += [n for n in part.grid.notes if n not in notes]
        doubts += _grid_doubt(part.grid)
        doubts += _unparted(part, common, n_cols)
        doubts += [d for d in part.grid.doubts if d not in doubts]
        if part is not parts[0]:
            seams.append(Seam(len(pages), part.grid.page, part.proof))
            cut = _cut_row(cells, added, len(pages), columns)
            doubts += [] if cut and columns.counted else _doubt(part, len(pages))
            if cut:
                cells, added = _glued(cells, added, len(pages) - 1)
                own_pages = own_pages[1:]
            elif columns.counted and _is_rest(added):
                cells, added = _torn(cells, added, len(pages))
            cells, added = _grown(cells, added, len(pages), columns)
        cells += [changed(c, row=c.row + len(pages)) for c in added] if pages else added
        pages += own_pages
    return RawTable(
        title,
        parts[0].grid.kind,
        len(pages),
        n_cols,
        joined_tokens(tuple(cells)),
        tuple(pages),
        header,
        unit_note,
        tuple(seams),
        tuple(notes),
        _confidence(parts),
        len(parts),
        tuple(doubts),
    )


def _confidence(parts: Sequence[Part]) -> float:
    """The mean confidence of a table's cells that hold print, whatever their page."""
    weights = [max(1, sum([1 for c in p.grid.cells if c.text])) for p in parts]
    whole = fsum(p.grid.confidence * n for p, n in zip(parts, weights, strict=True))
    return round(whole / sum(weights), _DIGITS_KEPT)


def _without_void_rest(part: Part) -> Part:
    """A ruled part without an empty row at its top: what a page break left of a row, below its print."""
    if part.grid.kind != "ruled":
        return part
    top = [c for c in part.grid.cells if c.row <= part.first < c.row + c.row_span]
    void = all(c.row == part.first and c.row_span == 1 and not c.text for c in top)
    return replace(part, first=part.first + 1) if top and void and part.grid.n_rows > part.first + 1 else part


def _grid_doubt(grid: Grid) -> list[str]:
    """A sentence where the borders of a grid don't tell its cells well."""
    if grid.doubt < _UNSURE:
        return []
    return [
        f"Đường kẻ của bảng ở trang {grid.page} mờ hoặc đứt nhiều chỗ, nên ranh giới giữa các ô có thể sai; "
        "cần đối chiếu cả bảng với bản gốc."
    ]


def _unparted(part: Part, common: Sequence[float], n_cols: int) -> list[str]:
    """A sentence where a part's page shows no rule between columns of figures that another page parts: their
    figures then share cells."""
    wide = {i for i, (left, right) in enumerate(_places(part, common, n_cols)) if right - left > 1}
    held = (c for c in part.grid.cells if c.row >= part.header and c.col_span == 1 and c.col in wide)
    shared = sum(any(s.isdigit() for s in c.text) for c in held)
    if shared < _SHARED:
        return []
    return [
        f"Ở trang {part.grid.page} không thấy đường kẻ giữa các cột mà trang khác có; {shared} ô có thể chứa "
        "số của hai cột; cần đối chiếu cả bảng."
    ]


def _doubt(part: Part, row: int) -> list[str]:
    """A sentence where nothing but the columns says that a part belongs to the table."""
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
    return bool(firsts) and sum(map(is_ordinal, firsts)) * 2 > len(firsts)


def _figure_columns(part: Part) -> tuple[int, ...]:
    """The columns of a part in which most rows have a figure."""
    body = [c for c in part.grid.cells if c.row >= part.header and c.col_span == 1]
    found = Counter(c.col for c in body if looks_numeric(c.text) or (is_none_mark(c.text) and c.text))
    return tuple(sorted(col for col, n in found.items() if n >= _FIGURES * (part.grid.n_rows - part.header)))


def _entry_rows(parts: Sequence[Part]) -> int:
    """The usual number of rows of an entry that an ordinal of the first column opens (sections, which are
    one row, left aside where most entries have more)."""
    spans = Counter(
        c.row_span
        for part in parts
        for c in part.grid.cells
        if c.col == 0 and c.row >= part.first and is_ordinal(c.text)
    )
    return max(spans, key=lambda n: (spans[n], n)) if spans else 1


def _places(part: Part, common: Sequence[float], n_cols: int) -> tuple[tuple[int, int], ...]:
    """The common columns that each column of a part covers, from and up to."""
    mapping = common_columns(part.grid, common, part.grid) if part.grid.n_cols != n_cols else None
    return mapping.second if mapping else identity(n_cols).second


def _placed(part: Part, common: Sequence[float], n_cols: int) -> list[GridCell]:
    """A part's cells from its first kept row (then row 0) on, on the common columns."""
    places = _places(part, common, n_cols)
    if not part.first and all(place == (col, col + 1) for col, place in enumerate(places)):
        return list(part.grid.cells)
    placed = []
    for cell in part.grid.cells:
        bottom = cell.row + cell.row_span
        if bottom <= part.first:
            continue
        top = max(cell.row, part.first)
        left, right = places[cell.col][0], places[cell.col + cell.col_span - 1][1]
        place = (top - part.first, bottom - top, left, right - left)
        if place == (cell.row, cell.row_span, cell.col, cell.col_span):
            placed.append(cell)
            continue
        row, rows, col, cols = place
        placed.append(changed(cell, row=row, row_span=rows, col=col, col_span=cols))
    return placed


def _cut_row(kept: Sequence[GridCell], added: Sequence[GridCell], rows: int, page: _Columns) -> bool:
    """Whether the page break cut a row in two: the new page begins with a row that has no ordinal where the
    table counts its rows, and each of its texts goes on with one that the last row has begun, or fills a
    figure's place that the last row left empty (figures are centred in the height of their row).

    Where the table doesn't count its rows, the last row must want figures and the label must go on in small
    letters; a label of its own, a total or a second figure begins a row.
    """
    upper = {c.col: c for c in kept if c.row + c.row_span == rows}
    lower = [c for c in added if c.row == 0]
    if any(c.text and (c.row_span > 1 or c.col_span > 1) for c in lower):
        return False
    texts = [c for c in lower if c.text]
    if not texts or any(c.col not in upper for c in texts):
        return False
    if page.counted and (any(c.col == 0 and c.text for c in lower) or not _may_count(upper.get(0))):
        return False
    figures = [
        c
        for c in texts
        if (looks_numeric(c.text) or is_none_mark(c.text)) and not _ends_words(upper[c.col], c, page)
    ]
    words = [c for c in texts if c not in figures]
    if any(not _goes_on(upper[c.col], c, kept) for c in figures):
        return False
    goes_on = all(not c.text[:1].isupper() for c in words if c.col <= _LABELS)
    if page.counted:
        begun = all(bool(upper[c.col].text) for c in words)
        return begun if not figures else goes_on and not is_total([c.text for c in lower])
    wanting = any(not upper[c].text for c in page.figures if c in upper)
    return wanting and goes_on and not is_total([c.text for c in lower])


def _ends_words(upper: GridCell, lower: GridCell, page: _Columns) -> bool:
    """Whether a figure at a page's top is the last word of the text above it (`… tổ 4, phường` over `1`)."""
    return lower.col not in page.figures and " " in squeeze(upper.text) and not looks_numeric(upper.text)


def _may_count(cell: GridCell | None) -> bool:
    """Whether a cell of the first column holds an ordinal, maybe misread (`8,`, `LI.`)."""
    return cell is not None and bool(cell.text) and (is_ordinal(cell.text) or len(cell.text) <= _ORDINAL)


def _goes_on(upper: GridCell, lower: GridCell, kept: Sequence[GridCell]) -> bool:
    """Whether a figure is the rest of the text above it, or stands where nothing is printed above."""
    if not upper.text or unwrapped(f"{upper.text}\n{lower.text}") == squeeze(upper.text) + squeeze(
        lower.text
    ):
        return True
    return is_one_token(upper, lower, kept)


def _without_strokes(cells: Sequence[GridCell]) -> list[GridCell]:
    """A part's cells without the strokes that stand alone in the first row, in a cell over several columns:
    pieces of the rule between them, which a page break left too short for one."""
    return [
        replace(c, text="") if c.row == 0 and c.col_span > 1 and c.text.strip() in _STROKES else c
        for c in cells
    ]


def _is_rest(added: Sequence[GridCell]) -> bool:
    """Whether the first row of a page looks like the rest of a row though it could not be joined: it has
    figures, and neither a number, nor a label of its own, nor a total's name."""
    first = [c for c in added if c.row == 0 and c.text]
    named = any(c.col == 0 or (c.col <= _LABELS and c.text[:1].isupper()) for c in first)
    return any(looks_numeric(c.text) for c in first) and not named and not is_total([c.text for c in first])


def _torn(
    kept: Sequence[GridCell], added: Sequence[GridCell], rows: int
) -> tuple[list[GridCell], list[GridCell]]:
    """Both rows with their figures in doubt where one stands over the other: they may be halves of one."""
    lower = {c.col for c in added if c.row == 0 and _digits(c)}
    upper = {c.col for c in kept if c.row + c.row_span == rows and _digits(c)}
    both = lower & upper
    return (
        [replace(c, doubtful=True) if c.row + c.row_span == rows and c.col in both else c for c in kept],
        [replace(c, doubtful=True) if c.row == 0 and c.col in both else c for c in added],
    )


def _digits(cell: GridCell) -> bool:
    return any(c.isdigit() for c in cell.text)


def _glued(
    kept: Sequence[GridCell], added: Sequence[GridCell], last_row: int
) -> tuple[list[GridCell], list[GridCell]]:
    """Both halves of a cut row as one, in the upper half's place; the rest of the part moves up."""
    lower = {c.col: c for c in added if c.row == 0}
    glued = [
        _continued_cell(cell, lower[cell.col])
        if cell.row + cell.row_span - 1 == last_row and cell.col in lower and lower[cell.col].text
        else cell
        for cell in kept
    ]
    rest = [replace(c, row=c.row - 1) for c in added if c.row > 0]
    # The empty rest of a cell over several rows begins beside the half row and goes on below it.
    return glued, rest + [replace(c, row_span=c.row_span - 1) for c in added if c.row == 0 < c.row_span - 1]


def _continued_cell(cell: GridCell, rest: GridCell) -> GridCell:
    whole = stacked(cell, rest) if cell.text else replace(cell, text=rest.text, room=rest.room)
    return replace(
        whole,
        confidence=min(cell.confidence, rest.confidence),
        doubtful=cell.doubtful or rest.doubtful,
    )


def _grown(
    kept: Sequence[GridCell], added: Sequence[GridCell], rows: int, page: _Columns
) -> tuple[list[GridCell], list[GridCell]]:
    """A cell over several rows that the page break cut: its rest on the new page joins it, so that the rows
    there keep the text of the cell (a district's name beside its communes, a question above its percentages).

    The rest is empty, or goes on in small letters where the table's entries have several rows each.
    """
    upper = {c.col: c for c in kept if c.text and c.row + c.row_span == rows}
    first = [c for c in added if c.row == 0]
    grouped = page.entry_rows > 1 and any(c.col == 0 and not c.text for c in first)
    below = {c.col for c in first if c.text}
    grown = {}
    for rest in first:
        cell = upper.get(rest.col)
        if (
            cell is None
            or cell.col_span != rest.col_span
            or (looks_numeric(cell.text) and not (grouped and cell.col == 0))
        ):
            continue
        begun = cell.row_span > 1 or (grouped and cell.col <= _LABELS and cell.row_span < page.entry_rows)
        ends = not rest.text or (grouped and rest.col == _LABELS and not rest.text[:1].isupper())
        if begun and ends and below - {rest.col}:
            grown[rest.col] = rest
    cells = [_over(c, grown[c.col]) if c.col in grown and c is upper.get(c.col) else c for c in kept]
    return cells, [c for c in added if not (c.row == 0 and c.col in grown)]


def _over(cell: GridCell, rest: GridCell) -> GridCell:
    """A cell with its rest from the next page, over the rows of both."""
    whole = _continued_cell(cell, rest) if rest.text else cell
    return replace(whole, row_span=cell.row_span + rest.row_span)

"""One table over many pages: grids that go on with each other become one, with what proves it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import is_

from rapidfuzz import fuzz

from extract.tables.alignment import common_columns, same_columns
from extract.tables.broken_tokens import whole_tokens
from extract.tables.captions import Caption, is_page_number, read_caption
from extract.tables.head_votes import with_heads_elected
from extract.tables.header import header_depth
from extract.tables.open_doubts import with_open_doubts
from extract.tables.raw import RawTable
from extract.tables.repeated import SAME_HEADER, Count, Repeat, printed_again, repeated_header
from extract.tables.rows import is_section, is_total, looks_like_body, row_texts
from extract.tables.seams import Part, assemble, counts_rows
from extract.tables.void_rows import without_void_rows
from model.page import Grid, PageContent, TextLine
from normalize.captions import names_table
from normalize.numbering import is_numbering
from normalize.numbers import looks_numeric
from normalize.ordinals import begins_anew, counts_on, counts_over, is_ordinal, is_ordinal_head, runs_on
from normalize.totals import sums_a_whole
from normalize.unicode import fold

_MARGIN = 0.05  # share of the page's height; Nghị định 30/2020/NĐ-CP leaves 20-25 mm of 297
_SPECK, _SURE = 2, 0.85  # letters of a speck; from this confidence on it is print (page numbers read at 0.99)
_NUMBERED_CAPTION = re.compile(r"^(?:[ivx]{1,4}|\d{1,2})\.\s")
_NUMBERS_KEPT = 60  # of the rows before, for telling whether a table goes on
_BANDS = 10  # of a page's height
_LAST_BAND = 9
_RUNNING_PAGES = 3  # pages on which a line stands at one height: running head or foot
_LONG_TITLE = 25  # letters
_DEEPEST = 7  # rows of a header
_NAMES_TELL = 2  # first rows whose names tell
_FEWEST_EDGES = 3  # column edges, from which another page's lie so by no chance


@dataclass(frozen=True, slots=True)
class _Found:
    """A grid with what stands around it: its caption and the lines between it and the grid before. `sheet`
    numbers the sheet of a workbook it stands on (0 for pages of a text)."""

    grid: Grid
    texts: tuple[tuple[str, ...], ...]
    caption: Caption
    between: tuple[TextLine, ...]
    header: int
    sheet: int = 0


def stitch(pages: Sequence[PageContent]) -> list[RawTable]:
    """The tables of a document, in reading order.

    A grid goes on with the one before when no caption or prose stands between them, their columns
    align, and its header is the same or missing. Each seam says what proves it; a seam that only the
    columns speak for gets a note. Tables of text dumps come whole, but pass through the same rules.
    """
    groups: list[list[Part]] = []
    heads: list[_Found] = []
    edges: tuple[float, ...] = ()
    before: list[str] = []
    for found in _found_grids(pages):
        joined = _continued(heads[-1], groups[-1], before, edges, found) if groups else None
        if joined is None:
            groups.append([Part(found.grid, found.header, 0, ())])
            heads.append(found)
            edges, before = found.grid.column_edges, _firsts(found, found.header)
            continue
        part, depth = joined
        if depth > heads[-1].header:
            heads[-1] = replace(heads[-1], header=depth)
            groups[-1][0] = replace(groups[-1][0], header=depth)
        groups[-1].append(part)
        before = (before + _firsts(found, part.first))[-_NUMBERS_KEPT:]
        if len(found.grid.column_edges) > len(edges):
            edges = found.grid.column_edges
    titled = [(head.grid.title or head.caption.title, head) for head in heads]
    return [
        _with_texts(assemble(title, head.caption.unit_note, with_heads_elected(parts)), head)
        for (title, head), parts in zip(titled, groups)
    ]


def _with_texts(raw: RawTable, head: _Found) -> RawTable:
    """A table with the texts of its only grid, where it is no other than that."""
    cells = head.grid.cells
    if raw.grids > 1 or len(raw.cells) != len(cells) or not all(map(is_, raw.cells, cells)):
        return raw
    return replace(raw, texts=head.texts)


def _firsts(found: _Found, first: int) -> list[str]:
    """The first column's texts from row `first` on."""
    return [row[0] for row in found.texts[first:]]


def _found_grids(pages: Sequence[PageContent]) -> list[_Found]:
    """Every grid with its caption and the lines since the grid before, running heads left out."""
    running = _running_lines(pages)
    parts: list[_Found] = []
    since: list[TextLine] = []
    for page in pages:
        here: list[TextLine] = []
        sheet = page.number if page.source == "office" else 0
        for block in page.blocks:
            if isinstance(block, TextLine):
                if not is_page_number(block) and _place_key(block, page) not in running:
                    here.append(block)
                    if not is_marginal(block, page):
                        since.append(block)
                continue
            grid = whole_tokens(with_open_doubts(without_void_rows(block)))
            depth = grid.header_rows
            if depth is None:
                depth = header_depth(grid.cells, grid.n_rows, grid.n_cols)
            texts = tuple(tuple(r) for r in row_texts(grid.cells, grid.n_rows, grid.n_cols))
            caption = read_caption(here, grid.box, page.width)
            parts.append(_Found(grid, texts, caption, tuple(since), depth, sheet))
            here, since = [], []
    return parts


def _place_key(line: TextLine, page: PageContent) -> tuple[str, int]:
    """What a line says and where it stands, in tenths of the page's height; digits do not count."""
    place = int(_BANDS * line.box.center[1] / page.height) if line.box and page.height else -1
    return re.sub(r"\d+", "#", fold(line.text)), place


def is_marginal(line: TextLine, page: PageContent) -> bool:
    """Whether a line stands in the margin at the top or bottom of its page (stamps, file names)."""
    if line.box is None or not page.height:
        return False
    return line.box.y1 < _MARGIN * page.height or line.box.y0 > (1 - _MARGIN) * page.height


def _running_lines(pages: Sequence[PageContent]) -> set[tuple[str, int]]:
    """Lines at the top or bottom edge that at least three pages share."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        keys = {_place_key(line, page) for line in page.lines}
        counts.update(k for k in keys if k[1] in (0, _LAST_BAND))
    return {key for key, n in counts.items() if n >= _RUNNING_PAGES}


def _continued(
    head: _Found, parts: Sequence[Part], before: Sequence[str], edges: tuple[float, ...], found: _Found
) -> tuple[Part, int] | None:
    """`found` as a further part of the table that `head` began, with the depth of the table's header as both
    show it; None when it is a table of its own."""
    grid = found.grid
    if _beside(parts[-1].grid, grid) or found.sheet != head.sheet:
        return None
    mapping = common_columns(head.grid, edges, grid)
    if mapping is None or (grid.title and fold(grid.title) != fold(head.grid.title)):
        return None
    again = _repeat(head, before, found)
    repeated = again is not None
    other = bool(found.header) and not repeated and not _header_is_body(head, before, found)
    misread = other and _is_header_misread(parts[-1].grid, edges, before, found)
    if other and not misread:
        return None
    first = again.rows if again else found.header if misread else 0
    firsts = _firsts(found, first)
    alone = len(parts) == 1 and not again and _is_head_alone(head, found)
    ordinals = runs_on(before, firsts) or counts_on(before, firsts) or counts_over(before, firsts)
    ordinals = ordinals or (alone and begins_anew(firsts))
    opened = len(parts) == 1 and head.grid.n_rows - head.header <= 1  # a total over its rows ends nothing
    if repeated and not ordinals and not opened and _ended(parts[-1].grid) and begins_anew(firsts):
        return None
    alike = repeated and _named_alike(head.texts[head.header :], found.texts[first:])
    if alike and not _ends_section(parts[-1].grid):
        return None
    if _own_caption(found) and not (repeated and ordinals and _same_caption(head, found)):
        return None
    if _parted(parts[-1].grid, found) and not (repeated and ordinals):
        return None
    proof = {
        "header repeated": repeated,
        "ordinals run on": ordinals,
        "columns align": bool(edges) and bool(grid.column_edges),
    }
    part = Part(grid, found.header, first, tuple(name for name, holds in proof.items() if holds))
    return part, again.depth if again else head.grid.n_rows if alone else head.header


def _is_head_alone(head: _Found, found: _Found) -> bool:
    """Whether a page ended under a header of several rows, the first row's cells reaching down to the last,
    and the rows begin with `found`: alone it looked like a header over a row of texts."""
    grid = head.grid
    if found.header or not head.header < grid.n_rows <= _DEEPEST or not looks_like_body(found.texts[0]):
        return False
    tall = any(c.row == 0 and c.row_span == grid.n_rows and c.text for c in grid.cells)
    return tall and not any(looks_numeric(text) for row in head.texts[head.header :] for text in row)


def _ended(before: Grid) -> bool:
    """Whether a grid ends with the total of a whole table (`Tổng cộng`, `Toàn huyện`); a section's is a mere
    `Cộng`."""
    last = row_texts(before.cells, before.n_rows, before.n_cols)[-1:]
    return any(
        is_total(row) and any(fold(text).startswith("tong") or sums_a_whole(text) for text in row)
        for row in last
    )


def _ends_section(before: Grid) -> bool:
    """Whether a grid ends with a section's total: the next one may have the same rows."""
    last = row_texts(before.cells, before.n_rows, before.n_cols)[-1:]
    return any(map(is_total, last)) and not _ended(before)


def _named_alike(above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first rows of two tables are called the same, in order: the second is a table of the same
    rows again, not the first one's next page."""
    names = [[_name(row) for row in rows[:_NAMES_TELL]] for rows in (above, below)]
    return names[0] == names[1] and len(set(filter(None, names[0]))) == _NAMES_TELL


def _name(row: Sequence[str]) -> str:
    """The first of a row's texts that has words."""
    return next((fold(text) for text in row if sum(map(str.isalpha, text)) > 1), "")


def _parted(before: Grid, found: _Found) -> bool:
    """Whether running text stands between two grids. What stands beside one of them (a speck at the sheet's
    edge, a stamp in the margin) does not, nor does a speck that nobody takes for a word."""
    return any(not _is_beside(line, before, found.grid) and not _is_speck(line) for line in found.between)


def _is_beside(line: TextLine, before: Grid, after: Grid) -> bool:
    """Whether a line stands level with the grid of its page."""
    if line.box is None:
        return False
    middle = line.box.center[1]
    above_foot = line.page == before.page and before.box is not None and middle < before.box.y1
    below_top = line.page == after.page and after.box is not None and middle > after.box.y0
    return above_foot or below_top


def _is_speck(line: TextLine) -> bool:
    """Whether a line is a sign or two that were read without confidence."""
    signs = sum(c.isalnum() for c in line.text)
    return signs == 0 or (signs <= _SPECK and line.confidence < _SURE)


def _beside(first: Grid, second: Grid) -> bool:
    """Whether two grids of one page stand side by side."""
    if first.page != second.page or first.box is None or second.box is None:
        return False
    return min(first.box.y1, second.box.y1) > max(first.box.y0, second.box.y0)


def _own_caption(found: _Found) -> bool:
    """Whether the lines above the grid name a new table."""
    title = fold(found.caption.title)
    named = names_table(title) or bool(_NUMBERED_CAPTION.match(title))
    return bool(found.caption.unit_note) or named or len(title) > _LONG_TITLE


def _same_caption(head: _Found, found: _Found) -> bool:
    """Whether the caption is the table's own, printed again (`(tiếp theo)`)."""
    ours, theirs = fold(head.caption.title), fold(found.caption.title).replace("(tiep theo)", "").strip()
    return not theirs or fuzz.ratio(ours, theirs) >= SAME_HEADER


def _repeat(head: _Found, before: Sequence[str], found: _Found) -> Repeat | None:
    """The table's header at the top of a grid. A row that repeats it is one though taken for a body."""
    mapping = common_columns(head.grid, head.grid.column_edges, found.grid)
    numbered = [k + 1 for k, row in enumerate(found.texts[:_DEEPEST]) if is_numbering(row)]
    firsts = _firsts(found, max([found.header, *numbered]))  # `(1)` over the columns counts no rows
    count: Count = "runs on" if runs_on(before, firsts) else "begins anew" if begins_anew(firsts) else ""
    if found.sheet:
        again = printed_again(head.texts, head.header, found.texts, found.header)
    else:
        again = repeated_header(head.texts, head.header, found.texts, found.header, mapping, count)
    if again is None or again.rows + 1 not in numbered:
        return again
    return replace(again, rows=again.rows + 1)


def _is_header_misread(before: Grid, edges: Sequence[float], firsts: Sequence[str], found: _Found) -> bool:
    """Whether a header unlike the table's is the same all the same, read badly on one page (its shade was
    dithered): it stands over the same ruled columns at the top of the next page, with rows counted on."""
    grid = found.grid
    if grid.page != before.page + 1 or "borderless" in (before.kind, grid.kind):
        return False
    same = len(edges) == len(grid.column_edges) > _FEWEST_EDGES and same_columns(edges, grid.column_edges)
    return bool(same) and runs_on(firsts, _firsts(found, found.header))


def _header_is_body(head: _Found, before: Sequence[str], found: _Found) -> bool:
    """Whether rows taken for a header are rather data of a table that goes on without one: a section or
    total row, or a row whose ordinal cell is empty (the second half of a row cut by the page break)."""
    if found.header > 1 or not head.header:
        return False
    texts = found.texts[0]
    if is_ordinal_head(texts[0]):
        return False
    grid = found.grid
    wide = any(c.row == 0 and c.text and c.col_span >= max(2, grid.n_cols - 1) for c in grid.cells)
    if is_total(texts) or is_section(texts, wide) or wide:
        return True
    by_ordinal = counts_rows(Part(head.grid, head.header, 0, ()))
    counted = not texts[0] or is_ordinal(texts[0]) or counts_over(before, _firsts(found, 0))
    return by_ordinal and counted

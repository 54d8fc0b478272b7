"""A text body as a page: fonts decoded, tables as grids, layout tables as lines, everything in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.office.content import Block, OfficeTable, Paragraph, TableCell, TextBody
from extract.office.titles import first_below_titles
from extract.tables.footnote_marks import without_mark
from extract.tables.letterhead import printed_lines
from model.page import Grid, GridCell, GridKind, PageContent, TextLine
from normalize.encodings import decode_runs
from normalize.numbers import looks_numeric
from normalize.unicode import squeeze

ENGINE = "office"
TAB = "        "  # a tab stop in a line: wide, as a layout dump prints it
_MOST_LAYOUT_ROWS = 40
_MOST_LAYOUT_COLUMNS = 3  # a letterhead or signature block is set in two, with a gap between them in three


@dataclass(slots=True)
class _Writer:
    """Blocks of a page as they come; lines are numbered from 1."""

    texts: dict[int, str]
    number: int
    blocks: list[TextLine | Grid]

    def line(self, text: str, heading: bool = False) -> None:
        """A printed line; one of blanks is none."""
        shown = text.replace("\t", TAB).strip()
        if shown:
            self.blocks.append(TextLine(shown, self.number, len(self.blocks) + 1, heading=heading))

    def paragraph(self, paragraph: Paragraph) -> None:
        """The printed lines of a paragraph."""
        for text in self.texts[id(paragraph)].split("\n"):
            self.line(text, paragraph.centred or paragraph.bold)

    def table(self, table: OfficeTable) -> None:
        """A table as a grid, what is no part of it as lines before and behind, nested ones after it."""
        if table.n_cols == 1:
            for cell in table.cells:
                self.all(cell.blocks)
            return
        grid = self._grid(table)
        if _sets_tables_side_by_side(table, grid):
            for cell in sorted(table.cells, key=lambda c: (c.col, c.row)):
                self.all(cell.blocks)
            return
        if _is_layout(table, grid):
            self._lines(grid)
        else:
            first, last = _body_rows(table, grid)
            self._lines(_rows(grid, 0, first), heading=True)
            if first < last:
                self.blocks.append(_rows(grid, first, last))
            self._lines(_rows(grid, last, grid.n_rows))
        for cell in table.cells:
            for block in cell.blocks:
                if isinstance(block, OfficeTable):
                    self.table(block)

    def all(self, blocks: Sequence[Block]) -> None:
        """Blocks in order."""
        for block in blocks:
            if isinstance(block, OfficeTable):
                self.table(block)
            else:
                self.paragraph(block)

    def _grid(self, table: OfficeTable) -> Grid:
        cells = tuple(without_mark(self._cell(cell)) for cell in table.cells)
        kind: GridKind = "ruled" if any(c.ruled for c in table.cells) else "text"
        edges = table.edges if len(table.edges) == table.n_cols + 1 else ()
        return Grid(
            self.number, kind, table.n_rows, table.n_cols, cells, column_edges=edges,
            row_pages=(self.number,) * table.n_rows,
        )  # fmt: skip

    def _cell(self, cell: TableCell) -> GridCell:
        lines = [
            squeeze(line)
            for block in cell.blocks
            if isinstance(block, Paragraph)
            for line in self.texts[id(block)].split("\n")
        ]
        text = "\n".join(line for line in lines if line)
        return GridCell(cell.row, cell.col, text, cell.row_span, cell.col_span, engine=ENGINE)

    def _lines(self, grid: Grid, heading: bool = False) -> None:
        if grid.n_rows:
            for line in printed_lines(grid, 1):
                self.line(line.text, heading)


def page_of(body: TextBody, number: int = 1) -> PageContent:
    """The page of a text: its header, its blocks in order, its notes, its footer."""
    header, footer = _lettered(body.header), _lettered(body.footer)
    paragraphs = [*header, *_paragraphs(body.blocks), *body.notes, *footer]
    decoded = decode_runs([[(run.text, run.font) for run in p.runs] for p in paragraphs])
    writer = _Writer({id(p): text for p, text in zip(paragraphs, decoded)}, number, [])
    writer.all([*header, *body.blocks, *body.notes, *footer])
    blocks = tuple(writer.blocks)
    return PageContent(number, 0.0, 0.0, "office", blocks, notes=body.remarks, losses=body.losses)


def _lettered(edge: Sequence[Paragraph]) -> list[Paragraph]:
    """A header's or footer's paragraphs that say something; a page's number is none."""
    return [p for p in edge if any(c.isalpha() for c in p.text)]


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                yield from _paragraphs(cell.blocks)


def _is_layout(table: OfficeTable, grid: Grid) -> bool:
    """Whether a table without lines and without figures only sets texts side by side."""
    if any(cell.ruled for cell in table.cells) or grid.n_cols > _MOST_LAYOUT_COLUMNS:
        return False
    if grid.n_rows > _MOST_LAYOUT_ROWS:
        return False
    return not any(looks_numeric(squeeze(cell.text)) for cell in grid.cells)


def _sets_tables_side_by_side(table: OfficeTable, grid: Grid) -> bool:
    """Whether a layout table holds tables in several of its columns, each under its own caption: it is read
    column by column, as they are."""
    columns = {c.col for c in table.cells if any(isinstance(block, OfficeTable) for block in c.blocks)}
    return len(columns) > 1 and _is_layout(table, grid) and all(c.col_span == 1 for c in table.cells)


def _body_rows(table: OfficeTable, grid: Grid) -> tuple[int, int]:
    """First row of the table proper and the row behind its last: above and below stand rows without lines and
    figures in a table that has some, and titles over its whole width. Rows are cut between cells only."""
    texts = {(c.row, c.col): c.text for c in grid.cells}
    kept = {
        r for c in table.cells if c.ruled and texts[c.row, c.col] for r in range(c.row, c.row + c.row_span)
    }
    first, last = 0, grid.n_rows
    if kept:
        kept |= {row for (row, _), text in texts.items() if looks_numeric(squeeze(text))}
        first, last = min(kept), max(kept) + 1
    first = first_below_titles(grid, first)
    return _uncut(grid, first, 0), _uncut(grid, last, grid.n_rows)


def _uncut(grid: Grid, row: int, otherwise: int) -> int:
    """`row` as a place to cut the grid, `otherwise` where a cell reaches over it."""
    return otherwise if any(c.row < row < c.row + c.row_span for c in grid.cells) else row


def _rows(grid: Grid, first: int, last: int) -> Grid:
    """The rows from `first` up to, not with, `last` as a grid of their own."""
    cells = tuple(replace(c, row=c.row - first) for c in grid.cells if first <= c.row < last)
    return replace(grid, n_rows=last - first, cells=cells, row_pages=grid.row_pages[first:last])

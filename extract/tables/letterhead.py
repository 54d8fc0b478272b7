"""Letterheads and signature blocks set as tables of two columns: they are lines of the letter, no tables.

Word processors set both as tables without rules (Nghị định 30/2020/NĐ-CP, Phụ lục I, gives their places on
the page), and so they come out of text dumps and of pages with white space between two columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from model.geometry import Box
from model.page import Grid, GridCell, PageContent, TextLine
from normalize.numbers import looks_numeric
from normalize.unicode import fold, squeeze

_GAP = "        "  # between the two columns of a line: wide, as a layout dump prints it
_MOST_COLUMNS = 3
_MOST_ROWS = 14
_STRAY = 1  # figures read in the strokes of a signature and its seal
_HEAD = re.compile(r"cong hoa xa hoi chu nghia|doc lap\s*-\s*tu do|^so\s*:.*/|ngay\s.{0,6}thang\s.{0,6}nam")
_OPENS = re.compile(
    r"cong hoa xa hoi chu nghia|doc lap\s*-\s*tu do|^\W*so\s*:.*/"
)  # never in a table's header
_FOOT = re.compile(r"^noi nhan\b|^(?:tm|kt|tl|tuq|q)\.\s|^chu tich$|^pho chu tich|^chanh van phong|^giam doc")


def release(page: PageContent) -> PageContent:
    """The page with grids that are a letterhead or a signature block turned back into lines."""
    if not any(is_letterhead(grid) for grid in page.grids):
        return page
    blocks: list[TextLine | Grid] = []
    for block in page.blocks:
        if isinstance(block, Grid) and is_letterhead(block):
            first = next((b.number for b in reversed(blocks) if isinstance(b, TextLine)), 0) + 1
            blocks.extend(printed_lines(block, first))
        else:
            blocks.append(block)
    return replace(page, blocks=tuple(blocks))


def is_letterhead(grid: Grid) -> bool:
    """Whether a small grid without figures says what only letterheads or signature blocks say; a stroke of
    the signature may have been read as one."""
    if grid.n_cols > _MOST_COLUMNS or grid.n_rows > _MOST_ROWS:
        return False
    texts = [squeeze(cell.text) for cell in grid.cells if cell.text.strip()]
    figures = sum(looks_numeric(text) for text in texts)
    if figures > _STRAY:
        return False
    folded = [line for cell in grid.cells for line in map(fold, cell.text.splitlines())]
    heads = sum(bool(_HEAD.search(text)) for text in folded)
    feet = sum(bool(_FOOT.search(text)) for text in folded)
    return (heads >= 2 and not figures) or (feet >= 2 and any(text.startswith("noi nhan") for text in folded))


def says_letterhead(text: str) -> bool:
    """Whether a text is one that stands in letterheads or signature blocks."""
    return any(_HEAD.search(line) or _FOOT.search(line) for line in map(fold, text.splitlines()))


def opens_letter(text: str) -> bool:
    """Whether a line (folded) is one of a letterhead's that can stand in no table: the state's name, its
    motto, the number of a document."""
    return bool(_OPENS.search(text))


def printed_lines(grid: Grid, first: int) -> Iterator[TextLine]:
    """The grid's printed lines, numbered from `first`: a row's cells side by side, line by line."""
    number = first
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in range(grid.n_rows):
        cells = sorted(by_row.get(row, ()), key=lambda c: c.col)
        columns = [c.text.splitlines() for c in cells]
        page = grid.row_pages[row] if row < len(grid.row_pages) else grid.page
        for at in range(max((len(c) for c in columns), default=0)):
            parts = [column[at] if at < len(column) else "" for column in columns]
            text = _GAP.join(parts).rstrip()
            if text.strip():
                yield TextLine(text, page, number, _box(cells), confidence=_confidence(cells))
                number += 1


def _box(cells: list[GridCell]) -> Box | None:
    boxes = [c.box for c in cells if c.box]
    return Box.union(boxes) if boxes else None


def _confidence(cells: list[GridCell]) -> float:
    return min((c.confidence for c in cells if c.text.strip()), default=1.0)

"""One wording over all pages of a scanned document: an abbreviation misread once is as it is elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.scan.repairs.abbreviations import count_abbreviations, outvoted
from model.page import Grid, GridCell, PageContent, Reading, TextLine

LITERAL_COST = 2.0
"""What the reading as it was costs beside the one that the document has elsewhere."""


def with_one_wording(pages: Sequence[PageContent]) -> list[PageContent]:
    """The pages of one document, with abbreviations that stand once, were read unsurely and are a slip away
    from one that stands often written as that one. Cells keep what was read among their alternatives;
    pages that were not read by OCR are left as they are."""
    counts = count_abbreviations([text for page in pages if page.source == "ocr" for text in _texts(page)])
    return [_settled(page, counts) if page.source == "ocr" else page for page in pages]


def _texts(page: PageContent) -> list[str]:
    return [*(c.text for grid in page.grids for c in grid.cells), *(line.text for line in page.lines)]


def _settled(page: PageContent, counts: Counter[str]) -> PageContent:
    blocks = tuple(
        replace(block, cells=tuple(_settled_cell(cell, counts) for cell in block.cells))
        if isinstance(block, Grid)
        else _settled_line(block, counts)
        for block in page.blocks
    )
    return page if blocks == page.blocks else replace(page, blocks=blocks)


def _settled_cell(cell: GridCell, counts: Counter[str]) -> GridCell:
    text = outvoted(cell.text, cell.confidence, counts)
    if text == cell.text:
        return cell
    literal = Reading(cell.text, LITERAL_COST, cell.engine)
    return replace(cell, text=text, alternatives=(literal, *cell.alternatives))


def _settled_line(line: TextLine, counts: Counter[str]) -> TextLine:
    text = outvoted(line.text, line.confidence, counts)
    if text == line.text:
        return line
    words = tuple(replace(word, text=outvoted(word.text, line.confidence, counts)) for word in line.words)
    return replace(line, text=text, words=words)

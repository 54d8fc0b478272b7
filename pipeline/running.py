"""The running text of a document and how its pages were read: what lines.csv and pages.csv tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.tables.raw import RawTable
from model.document import PageRecord, PageStatus, RunningLine
from model.page import Grid, PageContent, TextLine


def running_text(
    pages: Sequence[PageContent], mended: Sequence[TextLine], tables: Sequence[RawTable]
) -> tuple[RunningLine, ...]:
    """Every line of the pages in reading order, each table in the place of its first grid as `[t01]`.

    `mended` are the lines of all pages after repair, in the same order; `tables` the stitched tables, whose
    grids follow each other as they do on the pages.
    """
    texts = iter(mended)
    marks = _first_grids(tables)
    lines: list[RunningLine] = []
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Grid):
                mark = next(marks, "")
                if mark:
                    lines.append(RunningLine(block.page, None, mark, mark, block.box, block.confidence))
                continue
            new = next(texts)
            lines.append(
                RunningLine(block.page, block.number, new.text, block.text, block.box, block.confidence)
            )
    return tuple(lines)


def _first_grids(tables: Sequence[RawTable]) -> Iterator[str]:
    """For every grid in reading order the mark of the table that begins with it, or ''."""
    for index, table in enumerate(tables, start=1):
        yield f"[t{index:02d}]"
        for _ in range(table.grids - 1):
            yield ""


def page_records(pages: Sequence[PageContent]) -> tuple[PageRecord, ...]:
    """How each page was read."""
    return tuple(
        PageRecord(page.number, _status(page), page.rotation, page.dpi, page.confidence, page.warnings)
        for page in pages
    )


def _status(page: PageContent) -> PageStatus:
    if page.failure:
        return "failed"
    if not page.blocks:
        return "blank" if page.confidence >= 1 else "unreadable"
    if page.source == "ocr":
        return "ocr"
    return "mixed" if page.dpi else "text"  # typed, with a picture that was read

"""How surely a document was read: certainty of its cells, flags for its pages and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model.flag import Flag
from model.page import PageContent
from model.table import Table

# Below this page confidence most numeric cells of the shared worn scans came out wrong.
_POOR_PAGE = 0.5


def with_certainty(tables: Sequence[Table], pages: Sequence[PageContent], damaged: bool) -> list[Table]:
    """Tables whose cells know whether they are the print itself (`sure`) or a reading of ink.

    A text layer or text file is the print itself, unless its words are damaged: then it is somebody
    else's reading of ink.
    """
    printed = {page.number for page in pages if page.source != "ocr"} if not damaged else set()
    return [
        replace(
            table,
            rows=tuple(tuple(replace(c, sure=c.page in printed) for c in row) for row in table.rows),
        )
        for table in tables
    ]


def reading_flags(pages: Sequence[PageContent], tables: Sequence[Table]) -> list[Flag]:
    """Flags for pages that should be scanned again and tables whose structure was guessed."""
    flags = [
        Flag(
            kind="reading",
            severity="warning",
            message=f"Trang {page.number} khó đọc (độ tin cậy {page.confidence:.0%}); nên quét lại.",
            page=page.number,
            found=f"{page.confidence:.2f}",
            check="page",
        )
        for page in pages
        if page.source == "ocr" and page.confidence < _POOR_PAGE and page.blocks
    ]
    for page in pages:
        flags.extend(Flag("structure", "info", note, page=page.number, check="page") for note in page.notes)
    for table in tables:
        flags.extend(
            Flag("structure", "info", note, table.table_id, page=table.page_first, check="table")
            for note in table.notes
        )
    return flags

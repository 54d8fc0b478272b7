"""Small tables of texts as documents, for tests of what reviewers do to rows and columns."""

from __future__ import annotations

from model.document import Document, Metadata, Source
from model.table import Cell, Table
from pipeline.understood_anew import understood_anew


def table(rows: list[list[str]], header_rows: int = 1, table_id: str = "t01", page: int = 1) -> Table:
    """A table of texts, understood."""
    cells = tuple(
        tuple(
            Cell(r, c, text, text, r < header_rows, page=page, anchor=(r, c), confidence=0.9)
            for c, text in enumerate(line)
        )
        for r, line in enumerate(rows)
    )
    bare = Table(table_id, "Biểu thử", "ruled", header_rows, cells, page_first=page, page_last=page)
    return understood_anew(Document(Source("d", "d.pdf", ""), "ocr", 1, tables=(bare,)), bare)


def document(*tables: Table) -> Document:
    """A document of some tables."""
    metadata = Metadata(number="1/BC-UBND", issuer="Ủy ban nhân dân huyện Mẫu")
    return Document(Source("d", "d.pdf", "", "00"), "ocr", 1, metadata, ",", tables)


def texts(grid: Table) -> list[list[str]]:
    """The texts of a table."""
    return [[cell.text for cell in row] for row in grid.rows]

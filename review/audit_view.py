"""What is shown of a cell that is audited: its place on the page, never the program's reading."""

from __future__ import annotations

from model.errors import DocumentError
from pipeline.run.audit import Item
from review.desk import Desk
from review.folder import FlagRow
from review.words import Language, words

_LINES_AROUND = 6


def question(item: Item, language: Language = "vi") -> str:
    """Where the cell stands, in words: page, table, row, column."""
    page, row, col = (words(language)[name].lower() for name in ("page", "row", "column"))
    parts = [f"{page} {item.page}" if item.page else "", item.table_id, item.title]
    parts += [f"{row} {item.row}" + (f" “{item.label}”" if item.label else "")]
    parts += [f"{col} {item.col}" + (f" “{item.column}”" if item.column else "")]
    return ", ".join(p for p in parts if p)


def as_flag(item: Item) -> FlagRow:
    """The cell as something to look at, for the pictures of pages."""
    where = (item.table_id, item.row, item.col, item.page, item.box)
    return FlagRow("", item.doc_id, item.sha256, *where, "reading", "info", "", "", "", "", "", (), "")


def picture_of(desk: Desk, item: Item) -> bytes | None:
    """The page round the cell as PNG, the cell marked; None where there is no page to show."""
    flag = as_flag(item)
    if not desk.has_picture(flag):
        return None
    try:
        return desk.picture(flag)
    except (OSError, DocumentError):
        return None


def source_lines(desk: Desk, item: Item) -> list[str]:
    """The lines of a text file round the cell; [] where they are not found."""
    return [text for _, text, _ in desk.source_lines(as_flag(item), _LINES_AROUND)]

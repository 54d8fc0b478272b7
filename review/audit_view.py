"""What is shown of a cell that is audited: its place on the page, never the program's reading."""

from __future__ import annotations

from urllib.parse import urlencode

from model.errors import DocumentError
from pipeline.run.audit import Item
from review.desk import Desk
from review.folder import FlagRow
from review.words import Language, words

_LINES_AROUND = 6


def question(item: Item, language: Language = "vi") -> str:
    """Where the cell stands, in words: page, table, row, column."""
    told = places_of(item, language)
    return ", ".join(f"{name.lower()} {said}" for name, said in told[1:])


def places_of(item: Item, language: Language = "vi") -> list[tuple[str, str]]:
    """Where the cell stands, a name and what is said under it each: document, page, table, row, column."""
    word = words(language)
    table = f"{item.table_id} “{item.title}”" if item.title else item.table_id
    told = [
        (word["document"], item.doc_id),
        (word["page"], str(item.page) if item.page else ""),
        (word["table"], table),
        (word["row"], f"{item.row}" + (f" “{item.label}”" if item.label else "")),
        (word["column"], f"{item.col}" + (f" “{item.column}”" if item.column else "")),
    ]
    return [(name, said) for name, said in told if said]


def ink_url(item: Item) -> str:
    """The address of the cell's ink alone; '' where it has no place on a page."""
    if item.box is None or not item.page:
        return ""
    box = ",".join(f"{v:.1f}" for v in (item.box.x0, item.box.y0, item.box.x1, item.box.y1))
    return "/ink?" + urlencode({"doc": item.doc_id, "page": item.page, "box": box})


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

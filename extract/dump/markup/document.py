"""A whole HTML file to lines of running text and grids, in the order a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.dump.draft import to_grid
from extract.dump.markup.table import table_draft, tables_within
from extract.dump.markup.text import shown_text
from model.errors import DamagedFileError, EmptyFileError
from model.page import Grid, PageContent, TextLine

_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
# A table's place in the text round it, in characters that no text uses.
_STAND_IN, _STOOD_IN = "\ue000{}\ue001", re.compile("\ue000(\\d+)\ue001")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


def is_html(text: str) -> bool:
    """Whether a text says of itself that it is an HTML file."""
    return bool(_OPENING.match(text))


_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that no XML may hold (XML 1.0, 2.2) and nothing shows."""


def parse(text: str) -> Any:
    """The element tree of HTML, broken or whole. Raises DamagedFileError where nothing can be made of it."""
    import lxml.etree  # here: plain text, which needs neither, is read twenty milliseconds sooner
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        shown = _UNPRINTED.sub("", _DECLARED.sub("", text))
        tree = lxml.html.document_fromstring(shown.encode("utf-8"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise DamagedFileError(f"the HTML cannot be read ({error})") from error
    if fatal := parser.error_log.filter_from_level(lxml.etree.ErrorLevels.FATAL):  # what follows is lost
        raise DamagedFileError(f"the HTML cannot be read to its end ({fatal[0].message})")
    return tree


def read_html(*texts: str) -> list[PageContent]:
    """The page of each HTML file, but of one that shows nothing. Raises EmptyFileError where none shows
    anything, DamagedFileError for one that is no HTML."""
    pages: list[PageContent] = []
    for text in texts:
        number = len(pages) + 1
        if blocks := tuple(blocks_of(parse(text), number)):
            pages.append(PageContent(number, 0.0, 0.0, "text", blocks))
    if not pages:
        raise EmptyFileError("the file holds no text")
    return pages


def blocks_of(root: Any, page: int = 1, line: int = 0) -> Iterator[TextLine | Grid]:
    """Lines and grids of an element in order. Lines are numbered on from `line`, or all `line` where the
    element stands on that line of a text (0: they are counted from 1)."""
    number = 0
    for part in _parts(root, page):
        if isinstance(part, str):
            for text in filter(None, (p.strip() for p in part.split("\n"))):
                number += 1
                yield TextLine(text, page, line or number)
        else:
            number += 1
            yield part


def _parts(root: Any, page: int) -> Iterator[str | Grid]:
    """Texts and grids: the tree is cut at its tables, and a table that only sets others side by side at
    those."""
    waiting = [_cut_at_tables(root)]
    while waiting:
        part = next(waiting[-1], None)
        if part is None:
            waiting.pop()
        elif isinstance(part, str):
            yield part
        elif _is_frame(part):
            waiting.append(_cut_at_tables(part))
        else:
            nested = tables_within(part)
            draft = table_draft(part, page)
            yield to_grid(draft) if draft else shown_text(part)
            waiting.append(iter(nested))


def _cut_at_tables(root: Any) -> Iterator[Any]:
    """The element's text in pieces, and the outermost tables in it between them."""
    tables = tables_within(root)
    for at, table in enumerate(tables):
        from lxml.html import Element

        stand_in = Element("p")
        stand_in.text, stand_in.tail = _STAND_IN.format(at), table.tail
        table.tail = None
        table.getparent().replace(table, stand_in)
    for at, piece in enumerate(_STOOD_IN.split(shown_text(root))):
        yield tables[int(piece)] if at % 2 else piece


def _is_frame(table: Any) -> bool:
    """Whether a table holds others and no rows of cells of its own: it only sets them side by side."""
    if not tables_within(table):
        return False
    own = table_draft(table, 1)
    return own is None or own.n_cols < 2 or sum(sum(bool(c) for c in row) > 1 for row in own.rows) < 2

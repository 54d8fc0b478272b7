"""Text dumps of reports to pages: lines of running text, and grids for their tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from extract.dump.draft import Draft, to_grid
from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts
from model.errors import EmptyFileError
from model.page import Grid, PageContent, TextLine
from normalize.encodings import decode_bytes
from normalize.unicode import nfc

IsPlace = Callable[[str], float]
Repair = Callable[[Sequence[str]], Sequence[str]]


def read_text_file(
    path: Path, is_place: IsPlace | None = None, repair: Repair | None = None
) -> list[PageContent]:
    """The pages of a text dump (form feeds part them), in reading order.

    `is_place` says how surely (0..1) a text names an administrative unit; `repair` gives damaged lines
    their marks back, for recognition only: texts of lines and cells stay as read. Raises EmptyFileError
    for a file without text and EncodingError for bytes in no known encoding.
    """
    raw = path.read_bytes()
    if not raw.strip(b"\x00\t\n\r\f \xef\xbb\xbf"):
        raise EmptyFileError("the file holds no text")
    return read_text(decode_bytes(raw), is_place, repair)


def read_text(text: str, is_place: IsPlace | None = None, repair: Repair | None = None) -> list[PageContent]:
    """As `read_text_file`, for text already decoded."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    pages = [page.split("\n") for page in text.split("\f")]
    if len(pages) > 1 and not any(line.strip() for line in pages[-1]):
        pages.pop()
    repaired = [list(repair([nfc(x) for x in page])) for page in pages] if repair else pages
    lines = source_lines(pages, repaired)
    return _pages(lines, table_drafts(lines, is_place), len(pages))


def _pages(lines: Sequence[SourceLine], drafts: Sequence[Draft], count: int) -> list[PageContent]:
    """Lines outside tables and the tables, each on the page where it starts."""
    blocks: list[list[TextLine | Grid]] = [[] for _ in range(count)]
    starts = {draft.first_line: draft for draft in drafts}
    inside = {n for draft in drafts for n in range(draft.first_line, draft.last_line + 1)}
    for line in lines:
        if line.number in starts:
            blocks[line.page - 1].append(to_grid(starts[line.number]))
        if line.number not in inside and not line.blank:
            blocks[line.page - 1].append(TextLine(line.text.strip(), line.page, line.number))
    return [
        PageContent(number, 0.0, 0.0, "text", tuple(found)) for number, found in enumerate(blocks, start=1)
    ]

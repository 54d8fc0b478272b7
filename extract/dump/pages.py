"""Text dumps of reports to pages: lines of running text, and grids for their tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extract.dump.draft import Draft, to_grid
from extract.dump.lines import SourceLine, source_lines
from extract.dump.markup.archive import pages_within
from extract.dump.markup.blocks import on_own_lines, read_blocks
from extract.dump.markup.document import is_html, read_html
from extract.dump.page_ends import with_pages_told
from extract.dump.read import table_drafts
from model.errors import DamagedFileError, EmptyFileError
from model.page import Grid, PageContent, TextLine
from normalize.encodings import decode_bytes, ends_in_a_letter
from normalize.unicode import nfc

# The longest line of a dump met so far has 9,000 characters and 60 columns; a million take some seconds.
LONGEST_LINE, MOST_COLUMNS = 1_000_000, 5_000
HTML_SUFFIXES = (".html", ".htm")

CUT = "Tệp kết thúc giữa một chữ: phần sau đã bị cắt mất; có thể thiếu số liệu."

IsPlace = Callable[[str], float]
Repair = Callable[[Sequence[str]], Sequence[str]]
Marked = tuple[int, tuple[TextLine | Grid, ...]]
"""An HTML table of a text: its last line, and the lines and grids it holds."""


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
    if archived := pages_within(raw):
        return read_html(*archived)
    text = decode_bytes(raw)
    pages = read_html(text) if path.suffix.lower() in HTML_SUFFIXES else read_text(text, is_place, repair)
    if pages and ends_in_a_letter(raw):
        pages[-1] = replace(pages[-1], losses=(*pages[-1].losses, CUT))
    return pages


def read_text(text: str, is_place: IsPlace | None = None, repair: Repair | None = None) -> list[PageContent]:
    """As `read_text_file`, for text already decoded."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if is_html(text):
        return read_html(text)
    pages = [page.split("\n") for page in on_own_lines(text).split("\f")]
    if len(pages) > 1 and not any(line.strip() for line in pages[-1]):
        pages.pop()
    pages = with_pages_told(pages)
    marked: dict[int, Marked] = {}
    for number, page in enumerate(pages, start=1):
        marked |= read_blocks("\n".join(page), number, sum(map(len, pages[: number - 1])))
    _check_size([line for page in pages for line in page], marked)
    within = {n for first, (last, _) in marked.items() for n in range(first, last + 1)}
    repaired = [list(repair([nfc(x) for x in page])) for page in pages] if repair else pages
    lines = [line for line in source_lines(pages, repaired) if line.number not in within]
    return _pages(lines, table_drafts(lines, is_place), marked, len(pages))


def _check_size(lines: Sequence[str], marked: Mapping[int, Marked]) -> None:
    """Raises DamagedFileError for a line that no report has: it would take longer than a document may."""
    within = {n for first, (last, _) in marked.items() for n in range(first, last + 1)}
    for number, line in enumerate(lines, start=1):
        if number not in within and (len(line) > LONGEST_LINE or line.count("\t") > MOST_COLUMNS):
            raise DamagedFileError(f"line {number} has {len(line):,} characters: no line of a report")


def _pages(
    lines: Sequence[SourceLine], drafts: Sequence[Draft], marked: Mapping[int, Marked], count: int
) -> list[PageContent]:
    """Lines outside tables and the tables, each on the page where it starts, in the order of their lines."""
    inside = {n for draft in drafts for n in draft.lines}
    placed: list[tuple[int, int, tuple[TextLine | Grid, ...]]] = [
        (draft.first_line, draft.pages[0], (to_grid(draft),)) for draft in drafts
    ]
    placed += [(first, block[0].page, block) for first, (_, block) in marked.items() if block]
    for line in lines:
        if line.number not in inside and not line.blank:
            placed.append((line.number, line.page, (TextLine(line.text.strip(), line.page, line.number),)))
    blocks: list[list[TextLine | Grid]] = [[] for _ in range(count)]
    for _, page, found in sorted(placed, key=lambda p: p[0]):
        blocks[page - 1] += found
    return [PageContent(n, 0.0, 0.0, "text", tuple(found)) for n, found in enumerate(blocks, start=1)]

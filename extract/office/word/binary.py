"""The text of a Word 97-2003 file as the file itself keeps it (MS-DOC 2.4.1), to hold its conversion against.

LibreOffice reads such files, and may lose a table: one that it wrote itself at the very end of a text comes
back as one paragraph, its figures run together. Cells and rows end with a mark of their own in the file's
text, which tells what stood in them without it: such a table is put together from them.
"""

from __future__ import annotations

import io
import re
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from xlrd.compdoc import CompDoc, CompDocError

from extract.office.content import OfficeTable, Paragraph, Run, TableCell, TextBody
from extract.office.pages import page_of
from model.page import Grid, PageContent, TextLine

_LARGEST = 64 << 20  # bytes of a file that is looked into
_FLAGS_AT, _TEXT_LENGTH_AT, _PIECES_AT = 0x0A, 0x4C, 0x01A2  # of the file information block
_OTHER_TABLE = 0x0200
_PROPERTIES, _PIECE_TABLE = 1, 2
_DESCRIPTOR, _PLACE_IN_IT = 8, 2
_COMPRESSED = 0x4000_0000
_CELL_END = "\x07"
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14?")  # a field's code, before its result
_SIGNS = re.compile("[\x00-\x06\x08\x0b-\x1f]")
_FIGURE = re.compile(r"[-+(]?\d[\d.,]*[)%]?")
_MOST_NAMED = 8
_LEAST_WIDTH, _MOST_WIDTH, _LEAST_ROWS = 2, 63, 2  # columns that Word allows; fewer rows are a letterhead


def lost_figures(path: Path, pages: Iterable[PageContent]) -> tuple[str, ...]:
    """The figures that stand alone in cells of the file's own text and nowhere by themselves on the pages
    that were made of it, in the file's order; () for a file whose text cannot be found."""
    text = _own_text(path)
    there = Counter(word for page in pages for shown in _shown(page) for word in shown.split())
    lost = []
    for figure in _figures(text):
        if there[figure]:
            there[figure] -= 1
        else:
            lost.append(figure)
    return tuple(lost)


def loss_of(figures: tuple[str, ...]) -> tuple[str, ...]:
    """What a reviewer is told of figures that a conversion lost."""
    if not figures:
        return ()
    named = ", ".join(figures[:_MOST_NAMED]) + (", …" if len(figures) > _MOST_NAMED else "")
    return (
        f"{len(figures)} số trong các ô bảng của tệp .doc không còn đứng riêng sau khi LibreOffice chuyển "
        f"đổi ({named}); bảng có thể bị mất hoặc dính số. Nên mở tệp bằng Word và lưu thành .docx.",
    )


def with_last_table(path: Path, page: PageContent) -> PageContent:
    """The page with the table at the very end of the file in place of the line that its cells came back as;
    as it is where there is no such line, or its rows cannot be told apart (they differ in their cells)."""
    text = _own_text(path)
    if not text.endswith(_CELL_END):
        return page
    for at in range(len(page.blocks) - 1, -1, -1):
        block = page.blocks[at]
        if not isinstance(block, TextLine):
            continue
        table = _table_of(_last_cells(text, _bare(block.text)))
        if table is not None:
            blocks = (*page.blocks[:at], *page_of(TextBody((table,))).blocks, *page.blocks[at + 1 :])
            numbered = (
                replace(b, number=i) if isinstance(b, TextLine) else b for i, b in enumerate(blocks, 1)
            )
            return replace(page, blocks=tuple(numbered))
    return page


def _last_cells(text: str, printed: str) -> list[str]:
    """The cells at the end of a text, marks of rows among them as empty ones, whose letters are those
    `printed`; [] where no cell begins with the first of them."""
    cells = text.split(_CELL_END)[:-1]
    tail = ""
    for first in range(len(cells) - 1, -1, -1):
        if len(tail) > len(printed):
            break
        paragraphs = cells[first].split("\r")
        for start in range(len(paragraphs) - 1, -1, -1):
            opening = "\r".join(paragraphs[start:])
            if printed and _bare(opening) + tail == printed:
                return [opening, *cells[first + 1 :]]
        tail = _bare(cells[first]) + tail
    return []


def _table_of(cells: Sequence[str]) -> OfficeTable | None:
    """The table of cells in order where all rows have as many, each with its mark behind its last."""
    for width in range(_LEAST_WIDTH, _MOST_WIDTH + 1):
        rows = [cells[i : i + width + 1] for i in range(0, len(cells), width + 1)]
        if len(rows) < _LEAST_ROWS:
            return None
        if all(len(row) == width + 1 and not row[-1].strip() for row in rows):
            placed = (
                TableCell(r, c, 1, 1, tuple(Paragraph((Run(_clean(p)),)) for p in text.split("\r")))
                for r, row in enumerate(rows)
                for c, text in enumerate(row[:-1])
            )
            return OfficeTable(len(rows), width, tuple(placed))
    return None


def _bare(text: str) -> str:
    """The letters and figures of a text, without blanks."""
    return "".join(_clean(text).split())


def _clean(text: str) -> str:
    return _SIGNS.sub("", _FIELD.sub("", text))


def _shown(page: PageContent) -> Iterator[str]:
    for block in page.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text


def _figures(text: str) -> Iterator[str]:
    """Figures that are all that a cell holds."""
    for cell in text.split(_CELL_END)[:-1]:
        last = _clean(cell.rpartition("\r")[2]).strip()
        if _FIGURE.fullmatch(last):
            yield last


def _own_text(path: Path) -> str:
    """The file's text; '' where it cannot be found."""
    try:
        return _text_of(path)
    except (CompDocError, struct.error, IndexError, ValueError, OSError, AssertionError):
        return ""


def _text_of(path: Path) -> str:
    """The main text, cell marks and field marks in it."""
    if path.stat().st_size > _LARGEST:
        return ""
    file = CompDoc(path.read_bytes(), logfile=io.StringIO())
    main = file.get_named_stream("WordDocument") or b""
    (flags,) = struct.unpack_from("<H", main, _FLAGS_AT)
    table = file.get_named_stream("1Table" if flags & _OTHER_TABLE else "0Table") or b""
    (length,) = struct.unpack_from("<i", main, _TEXT_LENGTH_AT)
    start, size = struct.unpack_from("<Ii", main, _PIECES_AT)
    return "".join(_pieces(main, _piece_table(table[start : start + size])))[:length]


def _piece_table(found: bytes) -> bytes:
    """The table of pieces, behind the properties that stand before it (MS-DOC 2.9.38)."""
    at = 0
    while found[at] == _PROPERTIES:
        at += 3 + struct.unpack_from("<H", found, at + 1)[0]
    if found[at] != _PIECE_TABLE:
        raise ValueError("no table of pieces")
    (size,) = struct.unpack_from("<I", found, at + 1)
    return found[at + 5 : at + 5 + size]


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    """The pieces of the text in order: of one byte a sign (Windows' Western letters), or of two
    (MS-DOC 2.8.35)."""
    count = (len(table) - 4) // (_DESCRIPTOR + 4)
    ends = struct.unpack_from(f"<{count + 1}I", table)
    for n in range(count):
        at = 4 * (count + 1) + n * _DESCRIPTOR + _PLACE_IN_IT
        (place,) = struct.unpack_from("<I", table, at)
        signs = ends[n + 1] - ends[n]
        if place & _COMPRESSED:
            first = (place & ~_COMPRESSED) // 2
            yield main[first : first + signs].decode("cp1252", "replace")
        else:
            yield main[place : place + 2 * signs].decode("utf-16-le", "replace")

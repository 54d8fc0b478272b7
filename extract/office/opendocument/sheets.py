"""A spreadsheet of LibreOffice (.ods) as sheets. The file holds each cell's text as shown and its value."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.office.opendocument.cell_values import KIND, VALUE, cell_of, count_of, valued
from extract.office.opendocument.package import DRAW, NUMBER, OFFICE, TABLE, TEXT, name, read_content
from extract.office.opendocument.plain_rows import RUN, Content, PlainCell, parted
from extract.office.opendocument.styles import OdfStyles
from extract.office.opendocument.text import unread
from extract.office.package import streamed
from extract.office.sheet.model import MOST_CELLS, PLAIN, UNICODE, Look, Merge, Sheet, SheetCell
from extract.office.unread import told
from extract.office.word.superscript import raised
from model.errors import DamagedFileError, TooCostlyError

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_COPIES = 300  # empty cells with borders that one element may stand for, and hidden rows or columns
_BODY, _TABLE, _ROW = OFFICE + "spreadsheet", TABLE + "table", TABLE + "table-row"
_CELL, _PARAGRAPH = TABLE + "table-cell", TEXT + "p"
_STYLE = TABLE + "style-name"
_BESIDE = (DRAW + "*", OFFICE + "annotation", _TABLE)  # what a row may hold besides texts of cells
_ODD = frozenset(
    {TABLE + "number-columns-repeated", TABLE + "number-rows-spanned", TABLE + "number-columns-spanned",
     TABLE + "formula", OFFICE + "date-value"}
)  # fmt: skip
"""What a cell says of itself that stands alone and holds no more than a number or a text."""
_MOST_KNOWN = 100_000  # cells kept to be met again
_APART = 3  # rows from a table to the next below it, so that they are two
_GROUPS = ("table-header-rows", "table-rows", "table-row-group")
_HIDDEN = frozenset({"collapse", "filter"})


def read_ods(path: Path) -> list[Sheet]:
    """The sheets of a spreadsheet, in its order, row by row. Raises EncryptedFileError, DamagedFileError,
    TooCostlyError."""
    data, styles = read_content(path)
    content = parted(data)
    del data  # of a large sheet fifteen megabytes
    reader: _Reader | None = None
    begun: _Begun | None = None
    sheets: list[Sheet] = []
    body = False
    for event, element in streamed(content.rest, f"{path.name}: content.xml", (_BODY, _TABLE, _ROW)):
        if event == "start":
            body = body or element.tag == _BODY
            if element.tag == _TABLE and element.getparent().tag == _BODY:
                if reader is None:  # the styles stand before all tables
                    reader = _Reader(OdfStyles(styles, element.getroottree().getroot()), content)
                begun = _Begun(element)
        elif reader is None or begun is None:
            continue
        elif element is begun.table:
            sheets.append(reader.sheet(begun))
            begun = None
            element.clear()
        elif element.tag == _ROW and _is_row_of(begun.table, element):
            reader.add(begun, element)
            element.clear()
    if not body:
        raise DamagedFileError(f"{path.name}: no spreadsheet in the file")
    return sheets


class _Begun:
    """What was read of a table so far."""

    def __init__(self, table: Any) -> None:
        self.table = table
        self.columns: list[tuple[int, str]] | None = None  # told when the first row comes
        self.styles: dict[int, str] = {}  # of the columns that were asked for
        self.cells: dict[tuple[int, int], SheetCell] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.rows = 0
        self.boxes: list[str] = []
        self.notes: list[str] = []
        self.drawn: Counter[str] = Counter()
        self.nested: list[_Begun] = []  # the tables within its cells, in their order

    def stacked(self) -> None:
        """Put the tables within its cells below its last row, apart from it and from each other."""
        for inner in self.nested:
            inner.stacked()
            below = max([row for row, _ in self.cells], default=-_APART) + _APART
            self.cells |= {(below + row, col): cell for (row, col), cell in inner.cells.items()}
            self.merges += [m._replace(top=m.top + below, bottom=m.bottom + below) for m in inner.merges]

    def style_under(self, col: int) -> str:
        """The style of the cells of a column without one of their own."""
        if col not in self.styles:
            self.styles[col] = next(_under(self.columns or (), col, 1))[2]
        return self.styles[col]

    def look_beside(self, part: Any) -> None:
        """Take what stands beside the cells of a part of the table."""
        self.boxes += [text for shape in _texted(part) if (text := _text(shape).strip())]
        self.notes += [t for note in part.iter(OFFICE + "annotation") if (t := _text(note).strip())]
        self.drawn.update(_drawings(part))


def _is_row_of(table: Any, row: Any) -> bool:
    """Whether a row is one of the table's own, and of no table within a cell."""
    above = row.getparent()  # the table, of most
    while above is not None and above is not table and name(above) in _GROUPS:
        above = above.getparent()
    return above is table


class _Reader:
    def __init__(self, styles: OdfStyles, content: Content) -> None:
        self._styles, self._content = styles, content
        self._looks: dict[str, Look] = {}
        self._known: dict[tuple[str, str, str, str], SheetCell] = {}  # cells met before
        self._filled = 0

    def add(self, begun: _Begun, row: Any) -> None:
        """Read the next row of a table."""
        if begun.columns is None:
            begun.columns = list(_column_styles(begun.table))
        if (run := row.get(RUN)) is not None:
            for plain in self._content.rows(run):
                self._add_plain(begun, plain)
            return
        at, cells = begun.rows, begun.cells
        count = min(count_of(row, "number-rows-repeated"), _MOST_ROWS - at)
        found = list(self._row(row, begun))
        texts = sum(bool(cell.text) for _, cell, _, _ in found)
        self._filled += texts * count
        if self._filled > MOST_CELLS:
            raise TooCostlyError(f"more than {MOST_CELLS:,} filled cells")
        for copy in range(count if texts else min(count, 1)):
            for col, cell, down, across in found:
                cells[at + copy, col] = cell if count == 1 else cell._replace(formula=None)
                if down > 1 or across > 1:
                    begun.merges.append(Merge(at + copy, col, at + copy + down - 1, col + across - 1))
        if row.get(TABLE + "visibility") in _HIDDEN:
            begun.hidden_rows.update(range(at, at + min(count, _MOST_COPIES)))
        begun.rows += count
        if next(row.iter(*_BESIDE), None) is not None:
            begun.look_beside(row)
            for cell in row:
                begun.nested += [self._inner(table) for table in cell if table.tag == _TABLE]

    def _add_plain(self, begun: _Begun, row: Sequence[PlainCell]) -> None:
        """As `add`, of a row that was not parsed as XML."""
        at, col, filled, cells, known = begun.rows, 0, 0, begun.cells, self._known
        if at >= _MOST_ROWS:
            return
        for style, kind, value, text, repeated in row:
            if repeated or not (text or kind or style):
                count = min(max(1, int(repeated or 1)), _MOST_COLUMNS - col)
                cells.update({(at, place): cell for place, cell in self._bordered(begun, col, count)})
                col += count
                continue
            if col >= _MOST_COLUMNS:
                break
            key = kind, value, style or begun.style_under(col), text
            cell = known.get(key) or self._met(*key)
            if cell.text or cell.look.borders:
                cells[at, col] = cell
                filled += bool(cell.text)
            col += 1
        self._filled += filled
        if self._filled > MOST_CELLS:
            raise TooCostlyError(f"more than {MOST_CELLS:,} filled cells")
        begun.rows += 1

    def _bordered(self, begun: _Begun, col: int, count: int) -> Iterator[tuple[int, SheetCell]]:
        """The empty cells with borders among `count` columns that give their cells a style."""
        empty = 0
        for first, width, style in _under(begun.columns or (), col, count):
            if (look := self._look(style)).borders:
                copies = min(width, _MOST_COPIES - empty)
                empty += copies
                yield from ((first + i, SheetCell("", look)) for i in range(copies))

    def _inner(self, table: Any) -> _Begun:
        """A table within a cell, whole; its formulas name cells by places of their own."""
        begun = _Begun(table)
        for row in table.iter(_ROW):
            if _is_row_of(table, row):
                self.add(begun, row)
        begun.cells = {at: cell._replace(formula=None) for at, cell in begun.cells.items()}
        return begun

    def sheet(self, begun: _Begun) -> Sheet:
        """The sheet of a table of which all rows are read; its own shapes stand before them."""
        table, rest = begun.table, _Begun(begun.table)
        begun.stacked()
        rest.look_beside(table)
        hidden = self._styles.get(table.get(TABLE + "style-name", ""), TABLE + "display") == "false"
        loose = [*rest.boxes, *begun.boxes, *rest.notes, *begun.notes]
        named = table.get(TABLE + "name", "")
        unseen = frozenset(begun.hidden_rows), frozenset(_hidden_columns(table)), hidden
        drawn = told(rest.drawn + begun.drawn, f"Trang tính “{named}”")
        return Sheet(named, begun.cells, begun.merges, *unseen, loose, *drawn)

    def _row(self, row: Any, begun: _Begun) -> Iterator[tuple[int, SheetCell, int, int]]:
        """Column, cell, rows and columns it spans, for each that has text or borders. A cell without a style
        has its row's, else its column's (OpenDocument 1.2, part 1: `table:default-cell-style-name`)."""
        col, columns = 0, begun.columns or ()
        whole = row.get(TABLE + "default-cell-style-name", "")
        for element in row:
            if (alone := _alone(element)) is not None and col < _MOST_COLUMNS:  # most
                kind, value, style, text = alone
                key = kind, value, style or whole or begun.style_under(col), text
                cell = self._known.get(key) or self._met(*key)
                if cell.text or cell.look.borders:
                    yield col, cell, 1, 1
                col += 1
                continue
            if name(element) not in ("table-cell", "covered-table-cell"):
                continue
            count = min(count_of(element, "number-columns-repeated"), _MOST_COLUMNS - col)
            down, across = (
                count_of(element, "number-rows-spanned"),
                count_of(element, "number-columns-spanned"),
            )
            style = element.get(_STYLE, "") or whole
            empty = 0
            for first, width, own in [(col, count, style)] if style else _under(columns, col, count):
                look = self._look(own)
                covered = name(element) == "covered-table-cell"
                cell = SheetCell("", look) if covered else self._cell(element, look)
                copies = width
                if not cell.text:
                    copies = min(width, _MOST_COPIES - empty) if look.borders else 0
                    empty += copies
                for i in range(copies):
                    yield first + i, cell, down, across
            col += count

    def _met(self, kind: str, value: str, style: str, text: str) -> SheetCell:
        """The cell of a value and its text, kept to be met again."""
        cell = valued(kind, value, self._look(style), text)
        if len(self._known) < _MOST_KNOWN:
            self._known[kind, value, style, text] = cell
        return cell

    def _look(self, style: str) -> Look:
        if style not in self._looks:
            self._looks[style] = self._styles.cell_look(style) if style else PLAIN
        return self._looks[style]

    def _cell(self, element: Any, look: Look) -> SheetCell:
        pieces = list(_pieces(element))
        if not any(style for _, style in pieces):
            return cell_of(element, look, "".join(text for text, _ in pieces))
        runs = []
        for text, style in pieces:
            high = raised(text) if style and self._styles.raised(style) else ""
            runs.append((high, UNICODE) if high else (text, self._styles.font(style) if style else ""))
        cell = cell_of(element, look, "".join(text for text, _ in runs))
        return cell._replace(runs=tuple(runs)) if any(font for _, font in runs) else cell


def _alone(element: Any) -> tuple[str, str, str, str] | None:
    """Kind, value, style and text of a cell that is one of no others and holds one paragraph without spans;
    None for any other, and for a day."""
    if element.tag != _CELL or len(element) != 1:
        return None
    paragraph = element[0]
    if paragraph.tag != _PARAGRAPH or len(paragraph):
        return None
    said = dict(element.items())
    if not _ODD.isdisjoint(said):
        return None
    return said.get(KIND, ""), said.get(VALUE, ""), said.get(_STYLE, ""), paragraph.text or ""


def _texted(table: Any) -> Iterator[Any]:
    """The text boxes of a sheet, and its shapes that hold a text themselves."""
    for shape in table.iter(DRAW + "*"):
        if shape.tag == DRAW + "text-box" or shape.find(TEXT + "p") is not None:
            yield shape


def _drawings(table: Any) -> Counter[str]:
    """What a sheet's drawings without text show, by how often; a chart of its cells names them."""
    seen: Counter[str] = Counter()
    for frame in table.iter(DRAW + "frame"):
        if next(frame.iter(DRAW + "text-box"), None) is None:
            of_cells = any(e.get(DRAW + "notify-on-update-of-ranges") for e in frame)
            seen["drawn" if of_cells else unread(frame)] += 1
    return seen


def _text(element: Any) -> str:
    """The paragraphs of a cell, notes and drawings left out."""
    return "".join(text for text, _ in _pieces(element))


def _pieces(element: Any) -> Iterator[tuple[str, str]]:
    """The paragraphs of a cell, notes and drawings left out, cut where the style of spans changes ('' outside
    of them); a line ends with its paragraph."""
    begun = False
    for paragraph in element:
        held: Iterable[tuple[str, str]] | None = None
        if paragraph.tag == TEXT + "p":
            held = _inner(paragraph, "")
        elif name(paragraph) in ("list", "list-item", "section"):
            held = _pieces(paragraph)
        if held is not None:
            if begun:
                yield "\n", ""
            yield from held
            begun = True


def _inner(element: Any, style: str) -> Iterator[tuple[str, str]]:
    if element.text:
        yield element.text, style
    for child in element:
        kind = name(child)
        if kind == "s":
            yield " " * min(int(child.get(TEXT + "c", "1") or 1), 100), style
        elif kind == "tab":
            yield "\t", style
        elif kind == "line-break":
            yield "\n", style
        elif kind != "annotation" and not child.tag.startswith((DRAW, NUMBER)):
            yield from _inner(child, child.get(TEXT + "style-name", "") if kind == "span" else style)
        if child.tail:
            yield child.tail, style


def _column_styles(table: Any) -> Iterator[tuple[int, str]]:
    """The style of the cells of each run of columns, with the column behind its last."""
    col = 0
    for element in table.iter(TABLE + "table-column"):
        col += min(count_of(element, "number-columns-repeated"), _MOST_COLUMNS - col)
        yield col, element.get(TABLE + "default-cell-style-name", "")


def _under(columns: Sequence[tuple[int, str]], first: int, count: int) -> Iterator[tuple[int, int, str]]:
    """The columns from `first` on by their style: the first of each part, how many, the style."""
    end, at = first + count, bisect_right(columns, first, key=lambda run: run[0])
    while first < end:
        behind, style = columns[at] if at < len(columns) else (end, "")
        yield first, min(behind, end) - first, style
        first, at = min(behind, end), at + 1


def _hidden_columns(table: Any) -> Iterator[int]:
    col = 0
    for element in table.iter(TABLE + "table-column"):
        count = min(count_of(element, "number-columns-repeated"), _MOST_COLUMNS - col)
        if element.get(TABLE + "visibility") in _HIDDEN:
            yield from range(col, col + min(count, _MOST_COPIES))
        col += count

"""A workbook in .xlsx or .xlsm as sheets (ECMA-376, SpreadsheetML), read in one pass over each part.

The values that were worked out last are read; a formula is words that say which cells belong together. Macros
and what lies outside the file are never looked at. Parts are parsed as a stream, so that a large sheet costs
its cells only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import digits
from typing import Any

from lxml import etree

from extract.office.package import Package, open_package
from extract.office.relations import related
from extract.office.sheet.beside import Beside, beside_cells
from extract.office.sheet.formulas import Formula, column_name
from extract.office.sheet.model import MOST_CELLS, PLAIN, UNICODE, Look, Merge, Sheet, SheetCell
from extract.office.sheet.page_edges import printed
from extract.office.sheet.plain_rows import PlainRow, rows_of
from extract.office.sheet.printed import Printer
from extract.office.sheet.xlsx_looks import font_of, local_name, styles_of, whole_number
from extract.office.word.superscript import raised
from model.errors import DamagedFileError, TooCostlyError

_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.IGNORECASE)
_MOST_MERGES = 200_000
_MOST_NAMED = 8  # cells that are named one by one
_MOST_KNOWN = 200_000  # cells that are kept to be met again
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_STYLED = re.compile(rb"<(?:\w+:)?c\s[^>]*\bs=[\"'][1-9]")
_STYLES = (b" s=", b"\ts=", b"\ns=", b"\rs=")  # what every styled cell has, found in a hundredth of the time
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?c\s[^>]*\bt=[\"']s[\"']")
_SHARED = (b't="s"', b"t='s'")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Runs = tuple[tuple[str, str], ...]
_PROLOGUE = 4096  # bytes in which a document type would stand
_ALPHABET = 26
_BEFORE_A = 64
_HEX = 16


def read_xlsx(path: Path) -> list[Sheet]:
    """The sheets of a workbook, in its order. Raises EncryptedFileError, DamagedFileError, TooCostlyError."""
    with open_package(path) as package:
        main = next((t for k, t in related(package, "") if k == "officeDocument" and t), "xl/workbook.xml")
        workbook = package.tree(main)
        if workbook is None:
            raise DamagedFileError(f"{path.name}: no workbook in the file")
        targets = {ident: target for _, target, ident in related(package, main, with_ids=True)}
        single = {kind: target for kind, target in related(package, main) if target}
        styles = package.tree(single["styles"]) if "styles" in single else None
        book = _Book(
            package,
            styles_of(styles),
            _shared_strings(package, single.get("sharedStrings", "")),
            any(local_name(e) == "workbookPr" and e.get("date1904") in ("1", "true") for e in workbook),
        )
        sheets = []
        for element in workbook.iter():
            if local_name(element) == "sheet":
                ident = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
                hidden = element.get("state", "visible") != "visible"
                sheets.append(book.sheet(targets.get(ident, ""), element.get("name", ""), hidden))
        return sheets


class _Book:
    """What all sheets of a workbook share."""

    def __init__(
        self, package: Package, looks: list[Look], strings: list[tuple[str, Runs]], since_1904: bool
    ) -> None:
        self._package, self._looks, self._strings = package, looks, strings
        self._printer = Printer(since_1904, (text for text, _ in strings))
        self._ways: dict[tuple[str | None, float], Callable[[str], SheetCell]] = {}  # by style and width
        self._known: dict[tuple[str, str, str | None, float], SheetCell] = {}  # cells of values met before
        self._letters: dict[str, int] = {}  # columns by their letters
        self._filled = 0
        self._last_row = -1  # of the sheet being read
        self._shared: dict[str, tuple[str, int, int]] = {}  # its shared formulas: text, row, column
        self._open: list[str] = []  # its formulas whose results the file does not keep, by their cells
        self._widths: dict[int, float] = {}  # of the sheet being read: columns in digits of one point

    def _losses(self, data: bytes | None, name: str) -> tuple[str, ...]:
        """What the file lacks of a sheet: its part, or what its cells name in others."""
        if data is None:
            return (
                f"Trang tính “{name}” có tên trong tệp nhưng không có dữ liệu; tệp bị hỏng hoặc thiếu phần.",
            )
        lacking = []
        if len(self._looks) == 1 and any(a in data for a in _STYLES) and _STYLED.search(data):
            lacking.append("định dạng ô (tỷ lệ phần trăm, ngày tháng có thể sai)")
        if not self._strings and any(a in data for a in _SHARED) and _SHARED_TEXT.search(data):
            lacking.append("các chữ của ô")
        return (f"Tệp thiếu {' và '.join(lacking)} của trang tính “{name}”.",) if lacking else ()

    def sheet(self, part: str, name: str, hidden: bool) -> Sheet:
        """One sheet. A chart sheet, or one whose part is missing, has no cells."""
        data = self._package.data(part) if part else None
        cells: dict[tuple[int, int], SheetCell] = {}
        merges: list[Merge] = []
        rows: set[int] = set()
        cols: set[int] = set()
        edges: dict[str, None] = {}
        self._widths, self._last_row, self._shared, self._open = {}, -1, {}, []
        if data is not None:
            plain = rows_of(data, part)
            for element in _stream(data if plain is None else plain.rest, part):
                kind = local_name(element)
                if kind == "row":
                    self._row(element, cells, rows)
                elif kind == "mergeCell" and len(merges) < _MOST_MERGES:
                    if found := _merge(element.get("ref", "")):
                        merges.append(found)
                elif kind == "col":
                    self._columns(element, cols)
                elif kind == "headerFooter":
                    edges.update((line, None) for e in element for line in printed(e.text or ""))
            for row in plain.each() if plain is not None else ():
                if isinstance(row, PlainRow):
                    self._plain_row(row, cells, rows)
                else:
                    self._row(row, cells, rows)
        beside = beside_cells(self._package, part, name) if data is not None else Beside()
        losses = (*self._losses(data, name), *_unworked(name, self._open), *beside.losses)
        unseen = frozenset(rows), frozenset(cols), hidden
        return Sheet(name, cells, merges, *unseen, (*beside.texts, *edges), beside.remarks, losses)

    def _columns(self, element: Any, hidden: set[int]) -> None:
        first = max(1, whole_number(element.get("min"), 1))
        last = min(whole_number(element.get("max"), first), _MOST_COLUMNS)
        if element.get("hidden") in ("1", "true"):
            hidden.update(range(first - 1, last))
        try:
            width = float(element.get("width", 0)) * self._looks[0].size
        except ValueError:
            return
        self._widths.update(dict.fromkeys(range(first - 1, last), width))

    def _row_at(self, place: str | None, unseen: str | None, hidden: set[int]) -> int:
        """Where a row stands, from 0, by the number it names; one that the file does not show is `hidden`."""
        at = int(place) - 1 if place and place.isdigit() else self._last_row + 1
        self._last_row = at
        if unseen in ("1", "true"):
            hidden.add(at)
        return at

    def _count(self, filled: int) -> None:
        self._filled += filled
        if self._filled > MOST_CELLS:
            raise TooCostlyError(f"more than {MOST_CELLS:,} filled cells")

    def _plain_row(self, row: PlainRow, cells: dict[tuple[int, int], SheetCell], hidden: set[int]) -> None:
        """As `_row`, of one that was not parsed as XML."""
        at = self._row_at(row.number, row.hidden, hidden)
        widths, known, columns, filled = self._widths, self._known, self._letters, 0
        for letters, style, text, kind, formula, value in row.cells:
            col = columns.get(letters, -1)
            if col < 0:
                col = columns[letters] = _letters(letters)
            if value is not None:
                key = kind or "n", value, style, widths.get(col, 0.0) if widths else 0.0
                cell = known.get(key) or self._met(*key)
                if formula is not None and key[0] == "n":
                    cell = cell._replace(formula=Formula(formula))
            else:
                cell = SheetCell(_unescaped(text) if text else "", self._look(style))
            if cell.text or cell.look.borders:
                if at >= _MOST_ROWS or col >= _MOST_COLUMNS:
                    raise DamagedFileError("a cell outside of any sheet")
                cells[at, col] = cell
                if cell.text:
                    filled += 1
        self._count(filled)

    def _row(self, row: Any, cells: dict[tuple[int, int], SheetCell], hidden: set[int]) -> None:
        at = self._row_at(row.get("r"), row.get("hidden"), hidden)
        col, widths, filled = -1, self._widths, 0
        for element in row:
            reference = element.get("r")
            col = _letters(reference.rstrip(digits)) if reference else col + 1
            cell = self._cell(element, widths.get(col, 0.0))
            if not cell.text and len(element) and _is_unworked(element):
                self._open.append(f"{column_name(max(col, 0))}{at + 1}")
            if len(element) > 1 and (formula := self._formula(element, at, col)) is not None:
                cell = cell._replace(formula=formula)
            if cell.text or cell.look.borders:
                if at >= _MOST_ROWS or col >= _MOST_COLUMNS:
                    raise DamagedFileError("a cell outside of any sheet")
                cells[at, max(col, 0)] = cell
                if cell.text:
                    filled += 1
        self._count(filled)

    def _formula(self, element: Any, row: int, col: int) -> Formula | None:
        """The formula of a number's cell; one that is shared is named once and moved with its cells
        (ECMA-376, 18.3.1.40)."""
        told = element.find("{*}f")
        if told is None or (element.get("t") or "n") != "n":
            return None
        text, kind, shared = told.text or "", told.get("t", "normal"), told.get("si", "")
        if kind == "shared" and text:
            self._shared[shared] = (text, row, col)
        elif kind == "shared" and shared in self._shared:
            text, first_row, first_col = self._shared[shared]
            return Formula(text, row - first_row, col - first_col)
        return Formula(text) if text and kind in ("normal", "shared") else None

    def _cell(self, element: Any, width: float) -> SheetCell:
        kind, style = element.get("t") or "n", element.get("s")
        stored = _child(element, "}is" if kind == "inlineStr" else "}v")
        if stored is None or kind == "inlineStr":
            text, runs = _rich_text(stored) if stored is not None else ("", ())
            return SheetCell(text, self._look(style), None, runs)
        key = kind, stored.text or "", style, width
        return self._known.get(key) or self._met(*key)

    def _met(self, kind: str, value: str, style: str | None, width: float) -> SheetCell:
        """The cell of a value, kept to be met again."""
        if kind == "n":
            way = self._ways.get((style, width))
            if way is None:
                way = self._ways[style, width] = self._printer.way(self._look(style), width)
            cell = way(value)
        else:
            cell = self._valued(kind, value, self._look(style))
        if len(self._known) < _MOST_KNOWN:
            self._known[kind, value, style, width] = cell
        return cell

    def _look(self, style: str | None) -> Look:
        index = whole_number(style, 0)
        return self._looks[index] if 0 <= index < len(self._looks) else PLAIN

    def _valued(self, kind: str, value: str, look: Look) -> SheetCell:
        """The cell of a stored value that is no number (ECMA-376, 18.18.11: the kinds of values)."""
        if kind == "s":
            index = int(value) if value.strip().isdigit() else -1
            text, runs = self._strings[index] if 0 <= index < len(self._strings) else ("", ())
            return SheetCell(text, look, None, runs)
        if kind == "b":
            return SheetCell("TRUE" if value.strip() == "1" else "FALSE", look)
        return SheetCell(_unescaped(value), look)


def _is_unworked(element: Any) -> bool:
    """Whether a cell's formula has no result in the file: who wrote it left that to whoever opens it. A text
    of nothing is a result."""
    stored = _child(element, "}v")
    kept = stored is not None and stored.text
    return _child(element, "}f") is not None and element.get("t", "n") == "n" and not kept


def _unworked(name: str, cells: list[str]) -> tuple[str, ...]:
    """What a reviewer is told of formulas without results."""
    if not cells:
        return ()
    shown = ", ".join(cells[:_MOST_NAMED]) + (", …" if len(cells) > _MOST_NAMED else "")
    return (
        f"Trang tính “{name}” có {len(cells)} ô công thức mà tệp không lưu kết quả ({shown}); các ô này "
        "để trống. Nên mở tệp bằng phần mềm bảng tính, lưu lại rồi đọc lại.",
    )


def _child(element: Any, ending: str) -> Any | None:
    """The first child whose name ends so."""
    for child in element:
        if child.tag.endswith(ending):
            return child
    return None


def _stream(data: bytes, part: str) -> Iterator[Any]:
    """Rows, merges, columns and page edges of a sheet as they come, each let go afterwards."""
    wanted = ("{*}row", "{*}mergeCell", "{*}col", "{*}headerFooter")
    if b"<!DOCTYPE" in data[:_PROLOGUE]:
        raise DamagedFileError(f"{part}: XML that declares a document type is not read")
    try:
        for _, element in etree.iterparse(
            BytesIO(data),
            tag=wanted,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError(f"{part}: broken XML ({error})") from error


@lru_cache(maxsize=4096)
def _letters(text: str) -> int:
    number = 0
    for letter in text.upper():
        number = number * _ALPHABET + ord(letter) - _BEFORE_A
    return number - 1


def _merge(ref: str) -> Merge | None:
    found = [_REF.fullmatch(end) for end in ref.replace("$", "").split(":")]
    if len(found) != 2 or None in found:
        return None
    (left, top), (right, bottom) = ((_letters(m[1]), int(m[2]) - 1) for m in found if m)
    return Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _shared_strings(package: Package, part: str) -> list[tuple[str, Runs]]:
    root = package.tree(part) if part else None
    return [_rich_text(item) for item in root if local_name(item) == "si"] if root is not None else []


def _rich_text(item: Any) -> tuple[str, Runs]:
    """A string, and its runs with their fonts where it is set in several. Phonetic hints are left out."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return _unescaped(item[0].text or ""), ()  # most
    runs: list[tuple[str, str]] = []
    plain = ""
    for element in item:
        kind = local_name(element)
        if kind == "t":
            plain += element.text or ""
        elif kind == "r":
            text = "".join(e.text or "" for e in element if local_name(e) == "t")
            font, _, _, up = next(
                (font_of(e) for e in element if local_name(e) == "rPr"), ("", False, 0.0, False)
            )
            high = raised(text) if up else ""
            runs.append((high, UNICODE) if high else (_unescaped(text), font))
    text = _unescaped(plain) + "".join(text for text, _ in runs)
    return text, tuple(runs) if any(font for _, font in runs) else ()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], _HEX)), text) if "_x" in text else text

"""A workbook of Excel 5 to 2003 (.xls) as sheets, through xlrd: values, fonts, borders, merges, formats."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import xlrd

from extract.office.sheet.biff_drawings import Drawn, drawings_of
from extract.office.sheet.biff_formulas import formulas_of
from extract.office.sheet.formulas import Formula
from extract.office.sheet.model import (
    BOTTOM,
    LEFT,
    MOST_CELLS,
    RIGHT,
    TOP,
    UNICODE,
    Look,
    Merge,
    Sheet,
    SheetCell,
)
from extract.office.sheet.number_format import BUILT_IN
from extract.office.sheet.printed import Printer
from extract.office.unread import told
from extract.office.word.superscript import raised
from model.errors import DamagedFileError, EncryptedFileError, TooCostlyError

_PASSWORD_ADVICE = "Open the file with its password, save it without one, and run again."
_TWIPS = 20
_WIDTH_UNIT = 256  # of a digit of the workbook's first font
_USUAL_WIDTH, _USUAL_SIZE = 8.43, 11.0
_MOST_KNOWN = 200_000  # cells kept to be met again
_NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
_ACROSS = (2, 6)  # alignments: centred, centred across columns


def read_xls(path: Path) -> list[Sheet]:
    """The sheets of a workbook, in its order. Raises EncryptedFileError, DamagedFileError, TooCostlyError."""
    try:
        book = xlrd.open_workbook(path, formatting_info=True, on_demand=False, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise EncryptedFileError(f"{path.name}: locked with a password", _PASSWORD_ADVICE) from error
        raise DamagedFileError(f"{path.name}: not a workbook that can be read ({error})") from error
    except MemoryError:
        raise
    except Exception as error:
        # xlrd raises anything on a damaged record: IndexError, struct.error, AssertionError, ...
        raise DamagedFileError(f"{path.name}: a damaged workbook ({type(error).__name__})") from error
    looks = [_look(book, form) for form in book.xf_list]
    sheets = book.sheets()
    if sum(sheet.nrows * sheet.ncols for sheet in sheets) > MOST_CELLS * 8:
        raise TooCostlyError(f"{path.name}: too many cells")
    printer = Printer(bool(book.datemode), _typed_texts(sheets))
    data = path.read_bytes()
    formulas, drawn = formulas_of(data), drawings_of(data)
    formulas = formulas if len(formulas) == len(sheets) else [{} for _ in sheets]
    drawn = drawn if len(drawn) == len(sheets) else [Drawn() for _ in sheets]
    return [_sheet(book, s, looks, printer, own, beside) for s, own, beside in zip(sheets, formulas, drawn)]


def _typed_texts(sheets: list[Any]) -> Iterator[str]:
    for sheet in sheets:
        for row in range(sheet.nrows):
            types = sheet.row_types(row)
            yield from (str(v) for v, t in zip(sheet.row_values(row), types) if t == xlrd.XL_CELL_TEXT)


def _look(book: Any, form: Any) -> Look:
    font = book.font_list[form.font_index] if form.font_index < len(book.font_list) else None
    border = form.border
    drawn = (
        (border.left_line_style, LEFT),
        (border.right_line_style, RIGHT),
        (border.top_line_style, TOP),
        (border.bottom_line_style, BOTTOM),
    )
    known = book.format_map.get(form.format_key)
    code = known.format_str if known else BUILT_IN.get(form.format_key, "General")
    return Look(
        font.name if font else "",
        bool(font and font.weight >= 600),
        form.alignment.hor_align in _ACROSS,
        sum(bit for style, bit in drawn if style),
        code,
        font.height / _TWIPS if font else 0.0,
        bool(font and font.escapement == 1),
    )


def _sheet(
    book: Any,
    sheet: Any,
    looks: list[Look],
    printer: Printer,
    formulas: Mapping[tuple[int, int], Formula],
    drawn: Drawn,
) -> Sheet:
    cells: dict[tuple[int, int], SheetCell] = {}
    widths = _widths(book, sheet)
    known: dict[tuple[float, int | None, float], SheetCell] = {}  # numbers met before
    for row in range(sheet.nrows):
        for col, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            form = sheet.cell_xf_index(row, col)
            look = looks[form] if form is not None and form < len(looks) else Look()
            if kind in _NUMBERS:
                met = value, form, widths.get(col, widths[-1])
                shown = known.get(met) or printer.way(look, met[-1])(_digits(value))
                if len(known) < _MOST_KNOWN:
                    known[met] = shown
            else:
                shown = _cell(book, sheet, row, col, kind, value, look)
            if shown.number is not None and (row, col) in formulas:
                shown = shown._replace(formula=formulas[row, col])
            if shown.text or look.borders:
                cells[row, col] = shown
    merges = [Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    rows = frozenset(r for r, info in sheet.rowinfo_map.items() if info.hidden)
    cols = frozenset(c for c, info in sheet.colinfo_map.items() if info.hidden)
    notes = [note.text for _, note in sorted(sheet.cell_note_map.items()) if note.text.strip()]
    unseen = rows, cols, sheet.visibility != 0
    beside = told(drawn.seen, f"Trang tính “{sheet.name}”")
    return Sheet(sheet.name, cells, merges, *unseen, [*drawn.texts, *notes, *drawn.edges], *beside)


def _cell(book: Any, sheet: Any, row: int, col: int, kind: int, value: Any, look: Look) -> SheetCell:
    """A cell that is no number."""
    if kind == xlrd.XL_CELL_BOOLEAN:
        return SheetCell("TRUE" if value else "FALSE", look)
    if kind == xlrd.XL_CELL_ERROR:
        return SheetCell(str(xlrd.error_text_from_code.get(value, "#N/A")), look)
    text = str(value) if kind == xlrd.XL_CELL_TEXT else ""
    runs = sheet.rich_text_runlist_map.get((row, col)) if text else None
    return SheetCell(text, look, None, _runs(book, text, look, runs) if runs else ())


def _widths(book: Any, sheet: Any) -> dict[int, float]:
    """Column widths in digits of a font of one point; the usual one under -1."""
    size = book.font_list[0].height / _TWIPS if book.font_list else _USUAL_SIZE
    usual = sheet.standardwidth / _WIDTH_UNIT if sheet.standardwidth else sheet.defcolwidth or _USUAL_WIDTH
    return {-1: usual * size} | {c: i.width / _WIDTH_UNIT * size for c, i in sheet.colinfo_map.items()}


def _digits(value: float) -> str:
    """A stored number as text; whole numbers without a mark."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def _runs(book: Any, text: str, look: Look, listed: list[tuple[int, int]]) -> tuple[tuple[str, str], ...]:
    """The runs of a cell set in several fonts."""
    cuts = [(0, look.font, look.raised)]
    for place, index in listed:
        font = book.font_list[index] if index < len(book.font_list) else None
        cuts.append((place, font.name, font.escapement == 1) if font else (place, look.font, False))
    ends = [place for place, _, _ in cuts[1:]] + [len(text)]
    runs = []
    for (start, name, up), end in zip(cuts, ends):
        if part := text[start:end]:
            high = raised(part) if up else ""
            runs.append((high, UNICODE) if high else (part, name))
    return tuple(runs)

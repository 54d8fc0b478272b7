"""The CSV set as one workbook for people: `extract.xlsx`, a sheet a file, then a sheet a report table.

Headers stand still, cells are coloured by their status, flags by their severity, each flag links to the cell
it speaks of, each line of `tables` to its table's own sheet. Nothing in it is a formula. Rows are streamed:
memory does not grow with them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from emit.columns import CELLS, FILES, FLAGS, TABLES, FileSchema
from emit.escape import printable, unescape
from emit.tables import table_file, table_folder
from model.errors import MissingProgramError, OutputError

_SHEET_ROWS = 1_048_576  # Excel's limit, the header among them
_CELL_CHARACTERS = 32_767  # Excel's limit
_LINKS = 65_530  # Excel's limit a sheet
_NAME_SIGNS = 31  # Excel's limit of a sheet's name
_TABLE_SHEETS = 500  # report tables with a sheet of their own: more nobody leafs through
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?")  # as a spreadsheet keeps it to the digit
_WIDTHS = {"text": 30, "raw": 30, "message": 70, "context": 40, "column": 40, "title": 50, "path": 30}
_COLOURS = {
    "proved": "#E2F0D9",
    "doubtful": "#FCE4D6",
    "repaired": "#FFF2CC",
    "error": "#F8CBAD",
    "warning": "#FFE699",
    "failed": "#F8CBAD",
    "skipped": "#EDEDED",
}
_COLOURED_BY = {"cells": "status", "flags": "severity", "documents": "status"}
_ORDER = ("documents", "flags", "tables", "cells", "places", "statements", "observations", "lines", "pages")


def write_workbook(folder: Path) -> None:
    """Write `extract.xlsx` from the CSV files of `folder`.

    Raises MissingProgramError where XlsxWriter is not installed, OutputError where it can't be written.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as error:
        raise MissingProgramError(
            "XLSX needs XlsxWriter, which is not installed", 'pip install "extract-vn[formats]"'
        ) from error
    part = folder / "extract.xlsx.part"
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(part), options)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    try:
        by_name = {schema.name: schema for schema in FILES}
        tables = _tables(folder)
        names = {table.at: f"'{table.sheet}'!A1" for table in tables}
        formats = {name: book.add_format({"bg_color": colour}) for name, colour in _COLOURS.items()}
        sheets = {name: _Sheet(book, by_name[name], formats) for name in _ORDER}
        for name in _ORDER:
            if name not in ("cells", "flags"):
                for row in _rows(folder / by_name[name].file):
                    sheets[name].add(row, link=names.get(tuple(row[:2]), "") if name == "tables" else "")
        ordinals = _cells_and_flags(folder, sheets["cells"], sheets["flags"])
        for table in tables:
            _write_table(book, folder, table, ordinals.get(table.at, frozenset()))
        book.close()
        part.replace(folder / "extract.xlsx")
    except (OSError, FileCreateError) as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"{folder / 'extract.xlsx'}: cannot be written ({error})") from error


def _rows(path: Path) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


@dataclass(frozen=True, slots=True)
class _Table:
    """A report table with a sheet of its own: its document and id, the sheet's name, its plain CSV."""

    at: tuple[str, ...]
    sheet: str
    file: str


def _tables(folder: Path) -> list[_Table]:
    """The report tables in their order, as far as a workbook holds sheets that people still find; the others
    stand in `cells` like all."""
    found: list[_Table] = []
    taken = {name.lower() for name in _ORDER}
    for row in _rows(folder / TABLES.file):
        doc_id, table_id = row[0], row[1]
        file = f"{table_folder(unescape(doc_id))}/{table_file(unescape(table_id))}"
        if len(found) == _TABLE_SHEETS:
            break
        if (folder / file).is_file():
            found.append(
                _Table((doc_id, table_id), _sheet_name(unescape(doc_id), unescape(table_id), taken), file)
            )
    return found


def _sheet_name(doc_id: str, table_id: str, taken: set[str]) -> str:
    """A name of at most 31 signs that no other sheet has: the end of the document's name, and the table."""
    stem = _NO_NAME.sub("_", doc_id.rpartition("/")[2]).strip("'") or "_"
    for n in range(1, _TABLE_SHEETS + 2):
        tail = f" {_NO_NAME.sub('_', table_id)}" + (f" ({n})" if n > 1 else "")
        name = stem[: _NAME_SIGNS - len(tail)] + tail
        if name.lower() not in taken:
            break
    taken.add(name.lower())
    return name


def _write_table(book: Any, folder: Path, table: _Table, ordinals: frozenset[int]) -> None:
    """A table as a person wants it: one header, figures as numbers; row numbers (`1.10`) stay as printed."""
    sheet = book.add_worksheet(table.sheet)
    sheet.freeze_panes(1, 0)
    head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "text_wrap": True, "valign": "top"})
    with (folder / table.file).open(encoding="utf-8-sig", newline="") as file:
        for r, row in enumerate(csv.reader(file)):
            if r >= _SHEET_ROWS:
                break
            for c, text in enumerate(row):
                shown = printable(unescape(text))[:_CELL_CHARACTERS]
                if r and c not in ordinals and _NUMBER.fullmatch(text):
                    sheet.write_number(r, c, float(text))
                elif shown:
                    sheet.write_string(r, c, shown, head if not r else None)


def _cells_and_flags(folder: Path, cells: _Sheet, flags: _Sheet) -> dict[tuple[str, ...], frozenset[int]]:
    """Both files a document at a time, so that a flag knows where its cell went. Gives each table's columns
    of row numbers."""
    role = CELLS.columns.index("role")
    ordinals: dict[tuple[str, ...], set[int]] = {}
    flagged = groupby(_rows(folder / FLAGS.file), key=lambda r: r[0])
    waiting = next(flagged, None)
    at = {name: CELLS.columns.index(name) for name in ("table_id", "row", "col")}
    to = {name: FLAGS.columns.index(name) for name in ("table_id", "row", "col")}
    grouped = groupby(_rows(folder / CELLS.file), key=lambda r: r[0])
    order = [row[0] for row in _rows(folder / "documents.csv")]
    pending = next(grouped, None)
    for doc_id in order:
        where: dict[tuple[str, ...], str] = {}
        if pending is not None and pending[0] == doc_id:
            for row in pending[1]:
                where[tuple(row[at[k]] for k in at)] = cells.add(row)
                if row[role] == "ordinal":
                    ordinals.setdefault((doc_id, row[at["table_id"]]), set()).add(int(row[at["col"]]))
            pending = next(grouped, None)
        if waiting is not None and waiting[0] == doc_id:
            for row in waiting[1]:
                flags.add(row, link=where.get(tuple(row[to[k]] for k in to), ""))
            waiting = next(flagged, None)
    return {table: frozenset(columns) for table, columns in ordinals.items()}


def _is_value(column: str, text: str) -> bool:
    """Whether `text` is a number of the column `value` (which holds ISO dates too)."""
    return column == "value" and text.replace(".", "", 1).removeprefix("-").isdecimal()


class _Sheet:
    """A sheet that goes on in another one when it is full."""

    def __init__(self, book: Any, schema: FileSchema, formats: dict[str, Any]) -> None:
        self._book, self._schema, self._formats = book, schema, formats
        self._head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "text_wrap": True})
        self._parts, self._row, self._links = 0, 0, 0
        by = _COLOURED_BY.get(schema.name)
        self._status = schema.columns.index(by) if by else None
        self._begin()

    def _begin(self) -> None:
        self._parts += 1
        name = self._schema.name + (f" {self._parts}" if self._parts > 1 else "")
        self._name, self._row, self._links = name, 1, 0
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        for index, column in enumerate(self._schema.columns):
            self._sheet.set_column(index, index, _WIDTHS.get(column, 12))
            self._sheet.write_string(0, index, column, self._head)
        self._sheet.autofilter(0, 0, 0, len(self._schema.columns) - 1)

    def add(self, row: Sequence[str], link: str = "") -> str:
        """Write a row; `link` is a place in this workbook for its first cell. Gives the row's own place."""
        if self._row >= _SHEET_ROWS:
            self._begin()
        colour = self._formats.get(row[self._status]) if self._status is not None else None
        for index, (text, field) in enumerate(zip(row, self._schema.fields, strict=True)):
            if text and (field.type in ("integer", "number") or _is_value(field.name, text)):
                self._sheet.write_number(self._row, index, float(text), colour)
                continue
            shown = printable(unescape(text))[:_CELL_CHARACTERS]
            if index == 0 and link and self._links < _LINKS:
                self._links += 1
                self._sheet.write_url(self._row, index, f"internal:{link}", colour, shown[:255])
            elif shown:
                self._sheet.write_string(self._row, index, shown, colour)
        self._row += 1
        return f"'{self._name}'!A{self._row}"

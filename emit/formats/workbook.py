"""The CSV set as one workbook for people: `extract.xlsx`, a sheet a file.

Headers stand still, cells are coloured by their status, flags by their severity, and each flag links to
the cell it speaks of. Nothing in it is a formula. Rows are streamed: memory does not grow with them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from emit.columns import CELLS, FILES, FLAGS, FileSchema
from emit.escape import printable, unescape
from model.errors import MissingProgramError, OutputError

_SHEET_ROWS = 1_048_576  # Excel's limit, the header among them
_CELL_CHARACTERS = 32_767  # Excel's limit
_LINKS = 65_530  # Excel's limit a sheet
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
        formats = {name: book.add_format({"bg_color": colour}) for name, colour in _COLOURS.items()}
        sheets = {name: _Sheet(book, by_name[name], formats) for name in _ORDER}
        for name in _ORDER:
            if name not in ("cells", "flags"):
                for row in _rows(folder / by_name[name].file):
                    sheets[name].add(row)
        _cells_and_flags(folder, sheets["cells"], sheets["flags"])
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


def _cells_and_flags(folder: Path, cells: _Sheet, flags: _Sheet) -> None:
    """Both files a document at a time, so that a flag knows where its cell went."""
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
            pending = next(grouped, None)
        if waiting is not None and waiting[0] == doc_id:
            for row in waiting[1]:
                flags.add(row, link=where.get(tuple(row[to[k]] for k in to), ""))
            waiting = next(flagged, None)


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

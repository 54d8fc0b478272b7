"""CSV files as spreadsheets and editors save them: any encoding that says what it is, any separator.

A set is written as UTF-8 with commas. What comes back from a spreadsheet may be UTF-16, have semicolons or
tabs, CRLF, a line `sep=;`, other columns, or columns in another order. What can't be read surely is refused.
"""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from emit.escape import QUOTE, unescape
from model.errors import EditedSetError

_LIMIT = 1 << 24  # characters a cell: a page of text may stand in one
_SEPARATORS = (",", ";", "\t", "|")
_HEAD_BYTES = 4096  # enough of a file to tell its encoding by
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a file as found: `line` counts the file's records from 1, the header's included, as a
    spreadsheet numbers its rows. `cells` by column name, NFC, without what `escape` put before them."""

    line: int
    cells: dict[str, str]


def read_rows(path: Path, needed: Sequence[str] = ()) -> Iterator[FoundRow]:
    """The rows of a CSV file below its header, blank ones left out.

    Raises EditedSetError for an encoding that can't be told, for a column of `needed` that is missing or
    stands there twice, and for a row with more cells than the header has columns.
    """
    csv.field_size_limit(_LIMIT)
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        try:
            yield from _rows(file, path.name, needed)
        except UnicodeDecodeError as error:
            raise EditedSetError(
                f"{path.name}: the file is not in UTF-8 (byte {error.start})",
                "Save it as CSV UTF-8 in the spreadsheet; nothing was changed.",
            ) from error
        except csv.Error as error:
            raise EditedSetError(f"{path.name}: {error}") from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if b"\0" in head:  # the header is ASCII: its zero bytes tell the order
        return "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    return "utf-8"


def _rows(file: TextIO, name: str, needed: Sequence[str]) -> Iterator[FoundRow]:
    first = file.readline()
    skipped = 0
    if first.strip().strip('"').lower().startswith("sep="):
        first, skipped = file.readline(), 1
    reader = csv.reader(chain([first], file), delimiter=_separator(first))
    header = [column.strip() for column in next(reader, [])]
    for column in needed:
        if header.count(column) != 1:
            what = "is missing" if column not in header else "stands there twice"
            raise EditedSetError(f"{name}: column {column} {what}")
    for line, row in enumerate(reader, start=2 + skipped):
        if not any(cell.strip() for cell in row):
            continue
        if any(row[len(header) :]):
            raise EditedSetError(f"{name}, row {line}: more cells than the header has columns")
        padded = [*row, *[""] * (len(header) - len(row))]
        yield FoundRow(line, {c: _tidy(v) for c, v in zip(header, padded, strict=False)})


def _separator(header: str) -> str:
    """The separator of a file, told by its header: names of columns hold none of them."""
    return max(_SEPARATORS, key=header.count)


def _tidy(text: str) -> str:
    if text.isascii() and text[:1] != QUOTE and "\r" not in text:
        return text  # most cells
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return unescape(text if text.isascii() else unicodedata.normalize("NFC", text))

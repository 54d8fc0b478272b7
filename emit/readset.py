"""The files of a CSV set back into documents, whoever saved them last.

Rows are found by their keys, in any order. What is missing or stands there twice is refused with its name:
a blank in its place would be taken for what the page says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from emit.columns import DOCUMENTS, FILES, FileSchema
from emit.dialect import FoundRow, read_rows
from emit.readback import outcome_of
from emit.spreadsheet import whole_of
from model.document import Document, Outcome
from model.errors import EditedSetError, NothingReadError


def read_outcomes(folder: Path) -> Iterator[Outcome]:
    """Every input of a CSV set, failed and skipped ones too, in the set's order, one at a time.

    Rows are found by their keys, in any order, columns by their names; spreadsheets' own ways of writing are
    understood (`emit.dialect`). Raises NothingReadError where the folder holds no CSV set, EditedSetError
    where a cell is missing, stands there twice or can't be read.
    """
    require_set(folder)
    documents = _rows_of(folder, DOCUMENTS)
    order = {row.cells["doc_id"]: at for at, row in enumerate(documents)}
    if len(order) != len(documents):
        raise EditedSetError("documents.csv: a document stands there twice")
    streams = {s.name: _Grouped(folder, s, order) for s in FILES if s.name != "documents"}
    for row in documents:
        parts = {name: stream.of(row.cells["doc_id"]) for name, stream in streams.items()}
        yield understood(row, parts)


def require_set(folder: Path) -> None:
    """Raises NothingReadError where a file of the set is not in `folder`."""
    missing = [s.file for s in FILES if not (folder / s.file).is_file()]
    if missing:
        raise NothingReadError(f"{folder}: no CSV set here ({missing[0]} is missing)")


def understood(row: FoundRow, parts: Mapping[str, list[FoundRow]]) -> Outcome:
    """One input from rows that a person may have edited. Raises EditedSetError, never anything else."""
    doc_id = row.cells["doc_id"]
    _whole_grids(doc_id, parts)
    try:
        return outcome_of(row.cells, {name: [r.cells for r in rows] for name, rows in parts.items()})
    except (ValueError, KeyError, IndexError, ArithmeticError) as error:
        raise EditedSetError(f"{doc_id}: the set can't be understood ({error})") from error


def _whole_grids(doc_id: str, parts: Mapping[str, list[FoundRow]]) -> None:
    """Refuse tables of which cells are missing or stand there twice: they would come back blank."""
    seen: dict[tuple[str, int, int], int] = {}
    for cell in parts["cells"]:
        at = (cell.cells["table_id"], _whole(cell, "row"), _whole(cell, "col"))
        if at in seen:
            raise EditedSetError(
                f"cells.csv, row {cell.line}: {doc_id} {at[0]}, row {at[1]}, column {at[2]}"
                f" stands in row {seen[at]} too"
            )
        seen[at] = cell.line
    for table in parts["tables"]:
        name, rows, cols = table.cells["table_id"], _whole(table, "rows"), _whole(table, "cols")
        wanted = {(name, r, c) for r in range(rows) for c in range(cols)}
        found = {at for at in seen if at[0] == name}
        if lost := sorted(wanted - found):
            raise EditedSetError(
                f"cells.csv: {len(lost)} cells of {doc_id} {name} are missing, the first is row {lost[0][1]},"
                f" column {lost[0][2]}"
            )
        if more := sorted(found - wanted):
            raise EditedSetError(f"cells.csv, row {seen[more[0]]}: {doc_id} {name} has no such row or column")


def _whole(row: FoundRow, column: str) -> int:
    number = whole_of(row.cells[column])
    if number is None:
        raise EditedSetError(f"row {row.line}, column {column}: {row.cells[column]!r} is no whole number")
    return number


def _rows_of(folder: Path, schema: FileSchema) -> list[FoundRow]:
    return list(read_rows(folder / schema.file, schema.key))


def read_set(folder: Path) -> list[Document]:
    """The documents of a CSV set that were read. Raises NothingReadError where there is no set."""
    return [o.document for o in read_outcomes(folder) if o.document is not None]


class _Grouped:
    """Rows of a file, handed out a document at a time: as they stand where they stand in the order of
    documents.csv, else sorted first, which holds the file in memory."""

    def __init__(self, folder: Path, schema: FileSchema, order: Mapping[str, int]) -> None:
        path, needed = folder / schema.file, ("doc_id", *schema.key[1:])
        rows: Iterable[FoundRow] = read_rows(path, needed)
        if not _in_order((row.cells["doc_id"] for row in read_rows(path, needed)), order, schema.file):
            rows = sorted(rows, key=lambda row: order[row.cells["doc_id"]])
        self._groups = groupby(rows, key=lambda row: row.cells["doc_id"])
        self._next: tuple[str, list[FoundRow]] | None = None
        self._advance()

    def _advance(self) -> None:
        found = next(self._groups, None)
        self._next = None if found is None else (found[0], list(found[1]))

    def of(self, doc_id: str) -> list[FoundRow]:
        if self._next is None or self._next[0] != doc_id:
            return []
        rows = self._next[1]
        self._advance()
        return rows


def _in_order(doc_ids: Iterable[str], order: Mapping[str, int], name: str) -> bool:
    last, rising = -1, True
    for doc_id in doc_ids:
        if doc_id not in order:
            raise EditedSetError(f"{name}: no document {doc_id!r} in documents.csv")
        rising, last = rising and order[doc_id] >= last, order[doc_id]
    return rising

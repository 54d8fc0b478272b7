"""What a person changed in cells.csv since the set was written: `text` and `value`, and nothing else.

A set is compared with the rows that were written last (`emit.written`). What a spreadsheet made of cells that
nobody touched is told from an edit by its habits: a habit that left one cell alone, which it would have
changed, is none of this file's (for texts of that shape). Every other difference is refused with its row and
column.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from emit.columns import BY_NAME, CELLS, FILES
from emit.csvset import WORK
from emit.dialect import FoundRow, read_rows
from emit.escape import unescape
from emit.rows import DocumentRows
from emit.spreadsheet import HABITS, habits_of, same, shape, whole_of
from emit.texts import Row
from emit.written import Written
from model.document import Source
from model.errors import EditedSetError
from pipeline.run.scratch import Scratch

EDITABLE = ("text", "value")
_COLUMNS = CELLS.columns[1:]  # rows carry no doc_id
_AT = {name: index for index, name in enumerate(_COLUMNS)}
_NUMBERS = tuple(
    _AT[name] for name in ("x0", "y0", "x1", "y1", "confidence")
)  # written with all their digits
_UNREAD = frozenset({"flags", "cells"})  # flags are found anew; cells are compared one by one


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that a person changed: `text` and `value` as they stand now, `line` where in cells.csv."""

    table_id: str
    row: int
    col: int
    line: int
    text: str
    value: str
    text_changed: bool
    value_changed: bool

    @property
    def where(self) -> str:
        return f"cells.csv, row {self.line} ({self.table_id}, row {self.row}, column {self.col})"


def find_edits(folder: Path, written: Written) -> dict[str, list[Edit]]:
    """The edits of each document of the set in `folder`, by doc_id; documents without any are left out.

    Raises EditedSetError for whatever else is another than what was written.
    """
    changed = {schema.name for schema in FILES if schema.file in written.changed}
    if not changed:
        return {}
    _refuse_other_files(folder, written, changed - _UNREAD)
    return _edited_cells(folder, written) if "cells" in changed else {}


def _refuse_other_files(folder: Path, written: Written, names: set[str]) -> None:
    """Refuse a change of a file of which nothing may be edited; rows may stand in any order."""
    for name in sorted(names):
        schema = BY_NAME[name]
        columns = _fixed_columns(name)
        wanted = [row for source, rows in written.documents() for row in _written_rows(name, source, rows)]
        left = Counter(tuple(map(_essence, row)) for row in wanted)
        for found in read_rows(folder / schema.file, columns):
            cells = tuple(found.cells[c] for c in columns)
            essence = tuple(map(_essence, cells))
            if not left[essence]:
                match = next((e for e in left if left[e] and all(map(same, e, cells))), None)
                if match is None:
                    raise _other_column(schema.file, found, columns, wanted)
                essence = match
            left[essence] -= 1
        if lost := +left:
            raise EditedSetError(f"{schema.file}: {lost.total()} rows are missing")


def _fixed_columns(name: str) -> tuple[str, ...]:
    """The columns that say what was read; what follows from the rest (counts, paths) is written anew."""
    columns = BY_NAME[name].columns
    if name == "documents":
        return columns[: columns.index("tables")]
    return tuple(c for c in columns if (name, c) != ("tables", "path"))


def _written_rows(name: str, source: Source, rows: DocumentRows) -> Iterator[Row]:
    if name == "documents":
        head = (source.path, source.sha256, rows.status, rows.error, *rows.head)
        yield (source.doc_id, *map(unescape, head))
        return
    path = BY_NAME[name].columns.index("path") - 1 if name == "tables" else None
    for row in rows.of_file(name):
        shown = tuple(map(unescape, row))
        yield (source.doc_id, *(shown if path is None else shown[:path] + shown[path + 1 :]))


def _essence(text: str) -> str:
    """A text without what differs where nothing was changed: blanks, a number's way of being written."""
    number = whole_of(text)
    return str(number) if number is not None else " ".join(text.split())


def _other_column(file: str, found: FoundRow, columns: tuple[str, ...], wanted: list[Row]) -> EditedSetError:
    """What to say of a row that nobody wrote: in which column it differs from the row it is nearest to."""
    cells = [found.cells[c] for c in columns]
    nearest = max(wanted, key=lambda row: sum(map(same, row, cells)), default=())
    wrong = [c for c, a, b in zip(columns, nearest, cells, strict=False) if not same(a, b)]
    column = f", column {wrong[0]}" if wrong else ""
    return EditedSetError(
        f"{file}, row {found.line}{column}: only `text` and `value` of cells.csv may be edited"
    )


class _Shelf(Scratch):
    """The rows of an edited cells.csv by document, on disk."""

    def fill(self, path: Path, doc_ids: list[str]) -> None:
        known = dict.fromkeys(doc_ids)
        aliases: dict[str, str] = {}
        self._db.execute("BEGIN")
        for found in read_rows(path, (*CELLS.key, *_COLUMNS)):
            name = found.cells["doc_id"]
            if name not in known and name not in aliases:
                aliases[name] = _alias(name, doc_ids, found.line)
            packed = json.dumps([found.cells[c] for c in _COLUMNS], ensure_ascii=False)
            self._db.execute(
                "INSERT INTO found VALUES (?, ?, ?)", (aliases.get(name, name), found.line, packed)
            )
        self._db.execute("CREATE INDEX by_document ON found (doc_id)")
        self._db.execute("COMMIT")

    def of(self, doc_id: str) -> Iterator[tuple[int, list[str]]]:
        for line, packed in self._db.execute(
            "SELECT line, cells FROM found WHERE doc_id = ? ORDER BY line", (doc_id,)
        ):
            yield line, json.loads(packed)


def _alias(name: str, doc_ids: list[str], line: int) -> str:
    """The document that a spreadsheet calls `name` (`001` became `1`)."""
    meant = [doc_id for doc_id in doc_ids if same(doc_id, name)]
    if len(meant) != 1:
        raise EditedSetError(f"cells.csv, row {line}, column doc_id: there is no document {name!r}")
    return meant[0]


class _Saved:
    """What a file shows of the program that saved it: whether it rewrites numbers, and which habits, by the
    shape of a text, it can't have, since it left such a text alone."""

    def __init__(self) -> None:
        self.rewrites = False
        self.intact: set[tuple[str, str]] = set()
        self._known: set[str] = set()  # texts that were left alone

    def look(self, before: Sequence[str], cells: Sequence[str]) -> None:
        """Take in a row as it was written and as it was found."""
        self.rewrites |= any(cells[at] != before[at] for at in _NUMBERS)
        text = cells[_AT["text"]]
        if text == before[_AT["text"]] and text not in self._known:
            self._known.add(text)
            self.intact.update((h.name, shape(text)) for h in HABITS if h.takes(text))

    def made(self, before: str, found: str) -> bool:
        """Whether the program, not a person, made `found` of `before`."""
        return self.rewrites and any(
            (h.name, shape(before)) not in self.intact for h in habits_of(before, found)
        )


def _edited_cells(folder: Path, written: Written) -> dict[str, list[Edit]]:
    doc_ids = [source.doc_id for source, _ in written.documents()]
    differing: list[tuple[str, Edit, str]] = []
    saved = _Saved()
    with _Shelf(folder / WORK / "edits.sqlite", "found (doc_id TEXT, line INTEGER, cells TEXT)") as shelf:
        shelf.fill(folder / CELLS.file, doc_ids)
        for source, rows in written.documents():
            for edit, before in _differing(source.doc_id, rows, shelf, saved):
                differing.append((source.doc_id, edit, before))
    edits: dict[str, list[Edit]] = {}
    for doc_id, edit, before in differing:
        if edit.text_changed and saved.made(before, edit.text):
            edit = replace(edit, text=before, text_changed=False)
        if edit.text_changed or edit.value_changed:
            edits.setdefault(doc_id, []).append(edit)
    return edits


def _differing(doc_id: str, rows: DocumentRows, shelf: _Shelf, saved: _Saved) -> Iterator[tuple[Edit, str]]:
    """Cells of one document whose text or value is another: the edit, and the text before."""
    wanted = {(r[0], int(r[1]), int(r[2])): r for r in rows.cells}
    seen: dict[tuple[str, int, int], int] = {}
    for line, cells in shelf.of(doc_id):
        at = _position(doc_id, line, cells, wanted, seen)
        before = [unescape(v) for v in wanted[at]]
        if before == cells:  # most rows
            saved.look(before, cells)
            continue
        for name, old, new in zip(_COLUMNS, before, cells, strict=True):
            if name not in EDITABLE and not same(old, new):
                raise EditedSetError(
                    f"cells.csv, row {line}, column {name}: {new!r} stands where {old!r} was;"
                    " only `text` and `value` may be edited"
                )
        text, value = cells[_AT["text"]], cells[_AT["value"]]
        old_text, old_value = before[_AT["text"]], before[_AT["value"]]
        text_changed = text != old_text
        value_changed = not same(old_value, value)
        saved.look(before, cells)
        if text_changed or value_changed:
            yield Edit(*at, line, text, value, text_changed, value_changed), old_text
    if lost := [at for at in wanted if at not in seen]:
        table_id, row, col = lost[0]
        raise EditedSetError(
            f"cells.csv: {len(lost)} rows of {doc_id} are missing, the first is {table_id}, row {row},"
            f" column {col}"
        )


def _position(
    doc_id: str,
    line: int,
    cells: list[str],
    wanted: Mapping[tuple[str, int, int], Row],
    seen: dict[tuple[str, int, int], int],
) -> tuple[str, int, int]:
    row, col = whole_of(cells[_AT["row"]]), whole_of(cells[_AT["col"]])
    at = (cells[_AT["table_id"]], -1 if row is None else row, -1 if col is None else col)
    if at not in wanted:
        raise EditedSetError(
            f"cells.csv, row {line}: {doc_id} has no cell {at[0]}, row {cells[_AT['row']]!r},"
            f" column {cells[_AT['col']]!r}"
        )
    if at in seen:
        raise EditedSetError(f"cells.csv, row {line}: this cell stands in row {seen[at]} too")
    seen[at] = line
    return at

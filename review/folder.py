"""A finished run folder, opened for review: flags in memory, documents read when they are asked for.

Several thousand flags are a few megabytes and stay in memory; cells are not: of each CSV file only the
place of each document's rows is kept, and a document's cells are read when its flag is shown.
"""

from __future__ import annotations

import csv
import io
from collections import OrderedDict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from emit.columns import FILES
from emit.csvset import WORK
from emit.escape import unescape
from emit.readback import outcome_of
from emit.written import written_last
from model.document import Document
from model.errors import EditedSetError, NothingReadError
from model.flag import CellRef, Flag, FlagTerm, read_terms
from model.geometry import Box
from normalize.unicode import fold
from pipeline.run.settled import settle

_KEPT_DOCUMENTS = 8  # read documents kept for the next flag, which is most often of the same one
SEVERITY_ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A row of flags.csv, with what the list needs of its document: path, hash, place of the row."""

    flag_id: str
    doc_id: str
    sha256: str
    table_id: str
    row: int | None
    col: int | None
    page: int
    box: Box | None
    kind: str
    severity: str
    found: str
    expected: str
    message: str
    context: str
    check: str
    cells: tuple[CellRef, ...]
    search: str
    terms: tuple[FlagTerm, ...] = ()
    key: str = field(init=False, default="")
    """Unique in the folder: flag ids are unique within a document only."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.doc_id}#{self.flag_id}")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of documents.csv as the list shows it."""

    doc_id: str
    path: str
    sha256: str
    status: str
    error: str
    issuer: str
    subject: str
    number: str
    pages: int
    proved: str
    figures: int


class RunFolder:
    """An open run folder. Raises NothingReadError where there is no CSV set, EditedSetError where cells or
    flags were edited since it was written: what the page would show is not what was checked."""

    def __init__(self, path: Path) -> None:
        settle(path)
        missing = [s.file for s in FILES if not (path / s.file).is_file()]
        if missing:
            raise NothingReadError(f"{path}: no finished run here ({missing[0]} is missing)")
        written = written_last(path, WORK)
        if written is not None and written.changed & {"cells.csv", "flags.csv"}:
            raise EditedSetError(
                f"{path}: the set was edited by hand", "Run `extract check` first, then open the review page."
            )
        self.path = path
        self.documents = {d.doc_id: d for d in _documents(path)}
        places = _place_names(path, _flagged_rows(path))
        self.flags = {f.key: f for f in _flags(path, self.documents, places)}
        self._slices = {s.name: _slices(path / s.file) for s in FILES}
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._lock = Lock()

    def document(self, doc_id: str) -> Document:
        """A document with its tables and flags. Raises KeyError for an unknown id."""
        with self._lock:
            if doc_id in self._kept:
                self._kept.move_to_end(doc_id)
                return self._kept[doc_id]
        document = self._read(doc_id)
        with self._lock:
            self._kept[doc_id] = document
            while len(self._kept) > _KEPT_DOCUMENTS:
                self._kept.popitem(last=False)
        return document

    def _read(self, doc_id: str) -> Document:
        parts = {name: self._rows(name, doc_id) for name in self._slices}
        outcome = outcome_of(parts["documents"][0], parts)
        if outcome.document is None:
            raise KeyError(doc_id)
        return outcome.document

    def _rows(self, name: str, doc_id: str) -> list[dict[str, str]]:
        header, spans = self._slices[name]
        if doc_id not in spans:
            if name == "documents":
                raise KeyError(doc_id)
            return []
        start, end = spans[doc_id]
        with (self.path / f"{name}.csv").open("rb") as file:
            file.seek(start)
            text = file.read(end - start).decode("utf-8")
        return [
            {k: unescape(v) for k, v in zip(header, row)} for row in csv.reader(io.StringIO(text, newline=""))
        ]


def _records(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for record in csv.DictReader(file):
            yield {k: unescape(v) for k, v in record.items() if k is not None and v is not None}


def _documents(path: Path) -> Iterator[DocumentRow]:
    for r in _records(path / "documents.csv"):
        yield DocumentRow(
            r["doc_id"],
            r["path"],
            r["sha256"],
            r["status"],
            r["error"],
            r["issuer"],
            r["subject"],
            r["number"],
            int(r["pages"] or 0),
            r.get("proved", ""),
            int(r.get("figures", "") or 0),
        )


_RowKey = tuple[str, str, str]
"""A row of a table: doc_id, table_id, row."""


def _flagged_rows(path: Path) -> set[_RowKey]:
    return {_row_key(r) for r in _records(path / "flags.csv")}


def _row_key(record: dict[str, str]) -> _RowKey:
    return record["doc_id"], record["table_id"], record["row"]


def _place_names(path: Path, wanted: Collection[_RowKey]) -> dict[_RowKey, str]:
    """The unit named in each of the rows that are wanted: a set names many more."""
    return {
        _row_key(r): f"{r['name'] or r['raw']} {r['code']}"
        for r in _records(path / "places.csv")
        if _row_key(r) in wanted
    }


def _flags(
    path: Path, documents: dict[str, DocumentRow], places: dict[tuple[str, str, str], str]
) -> Iterator[FlagRow]:
    for r in _records(path / "flags.csv"):
        place = places.get((r["doc_id"], r["table_id"], r["row"]), "")
        document = documents.get(r["doc_id"])
        said = (r["doc_id"], r["message"], r["found"], r["expected"], r["context"], place)
        named = (document.issuer, document.number) if document else ()
        box = [r[k] for k in ("x0", "y0", "x1", "y1")]
        yield FlagRow(
            flag_id=r["flag_id"],
            doc_id=r["doc_id"],
            sha256=document.sha256 if document else "",
            table_id=r["table_id"],
            row=int(r["row"]) if r["row"] else None,
            col=int(r["col"]) if r["col"] else None,
            page=int(r["page"] or 0),
            box=Box(*map(float, box)) if all(box) else None,
            kind=r["kind"],
            severity=r["severity"],
            found=r["found"],
            expected=r["expected"],
            message=r["message"],
            context=r["context"],
            check=r["check"],
            cells=tuple(_ref(c) for c in r["cells"].split(";") if c),
            search=fold(" ".join((*said, *named))),
            terms=read_terms(r.get("terms", "")),
        )


def flag_row(document: DocumentRow, ident: str, flag: Flag, place: str) -> FlagRow:
    """A flag that the checks raise in a document as corrected; `place` names the unit of its row."""
    said = (document.doc_id, flag.message, flag.found, flag.expected, flag.context, place)
    return FlagRow(
        flag_id=ident,
        doc_id=document.doc_id,
        sha256=document.sha256,
        table_id=flag.table_id,
        row=flag.row,
        col=flag.col,
        page=flag.page,
        box=flag.box,
        kind=flag.kind,
        severity=flag.severity,
        found=flag.found,
        expected=flag.expected,
        message=flag.message,
        context=flag.context,
        check=flag.check,
        cells=flag.cells,
        search=fold(" ".join((*said, document.issuer, document.number))),
        terms=flag.terms,
    )


def _ref(text: str) -> CellRef:
    table_id, row, col = text.rsplit(":", 2)
    return CellRef(table_id, int(row), int(col))


def _slices(path: Path) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """A CSV file's header, and the byte range of each document's rows (which stand together).

    A record ends at a line end outside quotes; quotes are doubled inside quotes, so an odd count of them
    in a line means that the record goes on.
    """
    header: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    with path.open("rb") as file:
        start, offset, record, odd = 0, 0, b"", False
        for line in file:
            offset += len(line)
            odd ^= line.count(b'"') % 2 == 1
            record = record + line if record else line
            if odd:
                continue
            if not header:
                header = next(csv.reader([record.decode("utf-8-sig")]))
            else:
                key = _first_field(record)
                first = spans[key][0] if key in spans else start
                spans[key] = (first, offset)
            start, record = offset, b""
    return header, spans


def _first_field(record: bytes) -> str:
    if record.startswith(b'"'):
        return unescape(next(csv.reader(io.StringIO(record.decode("utf-8"), newline="")))[0])
    return unescape(record.split(b",", 1)[0].decode("utf-8").rstrip("\r\n"))

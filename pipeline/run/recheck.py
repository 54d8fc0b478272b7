"""The checks run again over a CSV set: after corrections, without reading a page."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from checks import check_document
from emit.columns import FLAGS
from emit.csvset import WORK, SetWriter
from emit.readback import read_outcomes
from emit.rows import DocumentRows, document_rows, dump_rows, load_rows
from model.document import READ, Document, Outcome, Source
from model.flag import Flag
from model.table import Cell, Table
from pipeline.run.batch import cores
from pipeline.run.panel import Panel
from pipeline.run.scratch import Scratch

# What the readers call themselves in a flag's `check`; all else is said by the checks.
READER_CHECKS = frozenset({"page", "table", "places", "diacritics"})

_SEVERITY = FLAGS.columns.index("severity") - 1  # of a flag's row without doc_id
_BATCH = 16  # documents handed to a process at once


@dataclass(frozen=True, slots=True)
class RecheckSummary:
    """What stands after the checks: documents, and flags by severity."""

    documents: int
    flags: int
    errors: int
    warnings: int

    def fails(self, fail_on: str | None) -> bool:
        """Whether flags of that severity or above stand."""
        return bool(fail_on) and bool(self.errors or (fail_on == "warning" and self.warnings))


def recheck(folder: Path, jobs: int = 0) -> RecheckSummary:
    """Check every document of the set in `folder` again and write the set anew in place.

    Documents are checked in `jobs` processes (0: one a core) and spooled, so that memory does not grow with
    them. Raises NothingReadError where there is no set, OutputError where it can't be written.
    """
    next(read_outcomes(folder), None)  # says what is missing before anything is written
    found: Counter[str] = Counter()
    documents = 0
    with SetWriter(folder, _has_bom(folder)) as writer, Spool(folder / WORK / "recheck.sqlite") as spool:
        for checked, packed in _checked(folder, jobs or cores()):
            spool.put(checked, packed)
        with Panel(folder / WORK / "recheck-panel.sqlite") as panel:
            panel.compare(spool.rows())
            for source, rows in spool.rows():
                more = panel.flags_of(source)
                writer.add(source, rows, more)
                documents += rows.status in READ
                found.update((*(r[_SEVERITY] for r in rows.flags), *(f.severity for f in more)))
    return RecheckSummary(documents, found.total(), found["error"], found["warning"])


def _has_bom(folder: Path) -> bool:
    path = folder / "documents.csv"
    if not path.is_file():
        return True
    with path.open("rb") as file:
        return file.read(3) == b"\xef\xbb\xbf"


def _checked(folder: Path, jobs: int) -> Iterator[tuple[Source, bytes]]:
    """Every input of the set with its rows after the checks, packed, in the set's order."""
    outcomes = read_outcomes(folder)
    if jobs == 1:
        yield from map(_packed, outcomes)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        while batch := list(islice(outcomes, _BATCH * jobs)):
            yield from pool.map(_packed, batch, chunksize=_BATCH)


def _packed(outcome: Outcome) -> tuple[Source, bytes]:
    if outcome.document is not None:
        outcome = replace(outcome, document=recheck_document(outcome.document))
    return outcome.source, dump_rows(document_rows(outcome))


class Spool(Scratch):
    """Rows of documents on disk, in the order they were put."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "spool (position INTEGER PRIMARY KEY, source BLOB, rows BLOB)")

    def put(self, source: Source, rows: bytes) -> None:
        self._db.execute("INSERT INTO spool (source, rows) VALUES (?, ?)", (pickle.dumps(source), rows))

    def rows(self) -> Iterator[tuple[Source, DocumentRows]]:
        for source, rows in self._db.execute("SELECT source, rows FROM spool ORDER BY position"):
            yield pickle.loads(source), load_rows(rows)


def recheck_document(document: Document) -> Document:
    """The document with its table figures checked anew.

    Repairs already made stay; nothing further is repaired, since the page is not at hand. Flags of the
    prose stay as they are: a CSV set keeps the prose's figures, not its sentences.
    """
    kept = [f for f in document.flags if _keeps(f)]
    blamed = {(f.table_id, f.row, f.col) for f in document.flags if not _keeps(f) and f.kind != "reading"}
    tables = tuple(_unproved(table, blamed) for table in document.tables)
    checked = check_document(replace(document, tables=tables, flags=()), repair=False)
    renewed = [f for f in checked.flags if f.table_id]
    return replace(checked, flags=tuple(dict.fromkeys([*kept, *renewed])))


def from_reader(flag: Flag) -> bool:
    """Whether a flag says how something was read, not whether figures agree: only reading again renews it."""
    return flag.check in READER_CHECKS


def _keeps(flag: Flag) -> bool:
    return from_reader(flag) or (not flag.table_id and flag.kind != "cross_document")


def _unproved(table: Table, blamed: Collection[tuple[str, int | None, int | None]]) -> Table:
    rows = tuple(
        tuple(_forgotten(cell, (table.table_id, cell.row, cell.col) in blamed) for cell in row)
        for row in table.rows
    )
    return replace(table, rows=rows)


def _forgotten(cell: Cell, blamed: bool) -> Cell:
    """The cell without what the last check said of it; a doubt of the reader stays a doubt."""
    if cell.status == "proved" or (cell.status == "doubtful" and blamed):
        return replace(cell, status="repaired" if cell.repairs else "read", proofs=0)
    return replace(cell, proofs=0)

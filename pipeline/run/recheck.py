"""The checks run again over a CSV set: after corrections, without reading a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from checks import check_document
from emit.columns import FLAGS
from emit.csvset import WORK, SetWriter, out_of_space
from emit.readback import outcome_of_rows
from emit.readset import read_outcomes, require_set
from emit.rows import DocumentRows, document_rows, dump_rows, load_rows
from emit.written import Written, written_last
from model.document import READ, Document, Observation, Source
from model.flag import KINDS, Flag
from model.table import Cell, Table
from pipeline.coding import dumps, loads
from pipeline.places import resolved_again
from pipeline.run.batch import cores
from pipeline.run.corrected import before_edits, with_edits
from pipeline.run.corrections import keep_copy
from pipeline.run.edits import Edit, find_edits
from pipeline.run.panel import Panel
from pipeline.run.scratch import Scratch

# What the readers call themselves in a flag's `check`; all else is said by the checks.
READER_CHECKS = frozenset({"page", "table", "places", "diacritics"})

_SEVERITY = FLAGS.columns.index("severity") - 1  # of a flag's row without doc_id
_KIND = FLAGS.columns.index("kind") - 1
_BATCH = 16  # documents handed to a process at once


@dataclass(frozen=True, slots=True)
class RecheckSummary:
    """What stands after the checks: documents, flags by severity, cells that a person had changed, and where
    the set as it was before lies (None: nothing was written)."""

    documents: int
    flags: int
    errors: int
    warnings: int
    edited: int = 0
    kept: Path | None = None

    def fails(self, fail_on: str | None) -> bool:
        """Whether flags of that severity or above stand."""
        return bool(fail_on) and bool(self.errors or (fail_on == "warning" and self.warnings))


def recheck(folder: Path, jobs: int = 0) -> RecheckSummary:
    """Take up what a person changed in the set in `folder`, and check the documents with changes again.

    Documents without a change keep every byte; a set without any is not written at all. Before it is, a copy
    is kept. Documents are checked in `jobs` processes (0: one a core) and spooled, so that memory does not
    grow with them. Raises NothingReadError where there is no set, EditedSetError where it can't be
    understood, OutputError where it can't be written.
    """
    require_set(folder)
    (folder / WORK).mkdir(exist_ok=True)
    written = written_last(folder, WORK)
    pairs = _unlogged(folder) if written is None else _logged(written, find_edits(folder, written))
    with Spool(folder / WORK / "recheck.sqlite") as spool:
        edited = 0
        for source, packed, count in _renewed(pairs, jobs or cores()):
            spool.put(source, packed)
            edited += count
        if not edited and (written is None or not written.changed):
            return _summary(spool, {})
        return _written_anew(folder, spool, edited)


def _written_anew(folder: Path, spool: Spool, edited: int) -> RecheckSummary:
    try:
        kept = keep_copy(folder)
    except OSError as error:
        raise out_of_space(error, folder) from error
    more: dict[str, list[Flag]] = {}
    with Panel(folder / WORK / "recheck-panel.sqlite") as panel:
        panel.compare(spool.rows())
        with SetWriter(folder, _has_bom(folder)) as writer:
            for source, rows in spool.rows():
                more[source.doc_id] = panel.flags_of(source)
                writer.add(source, rows, more[source.doc_id])
    return replace(_summary(spool, more), edited=edited, kept=kept)


def _summary(spool: Spool, more: Mapping[str, Sequence[Flag]]) -> RecheckSummary:
    found: Counter[str] = Counter()
    documents = 0
    for source, rows in spool.rows():
        documents += rows.status in READ
        found.update(row[_SEVERITY] for row in rows.flags)
        found.update(flag.severity for flag in more.get(source.doc_id, ()))
    return RecheckSummary(documents, found.total(), found["error"], found["warning"])


def _has_bom(folder: Path) -> bool:
    path = folder / "documents.csv"
    if not path.is_file():
        return True
    with path.open("rb") as file:
        return file.read(3) == b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Pair:
    """A document's rows as written last, and what a person changed in it."""

    source: Source
    rows: DocumentRows
    edits: tuple[Edit, ...] = ()


def _logged(written: Written, edits: Mapping[str, Sequence[Edit]]) -> Iterator[_Pair]:
    for source, rows in written.documents():
        yield _Pair(source, rows, tuple(edits.get(source.doc_id, ())))


def _unlogged(folder: Path) -> Iterator[_Pair]:
    """The documents of a set of which nobody noted what was written: as before the edits that show, where
    the text is another than the reading and nothing says why, or the value is not that of the text."""
    for outcome in read_outcomes(folder):
        before, edits = before_edits(outcome)
        yield _Pair(outcome.source, document_rows(before), edits)


def _renewed(pairs: Iterator[_Pair], jobs: int) -> Iterator[tuple[Source, bytes, int]]:
    """Every input with its rows after the checks, packed, and how many cells were edited, in order."""
    if jobs == 1:
        yield from map(_packed, pairs)
        return
    first = list(islice(pairs, _BATCH * jobs))
    if not any(pair.edits for pair in first) and len(first) < _BATCH * jobs:
        yield from map(_packed, first)  # starting processes costs more than there is to do
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        while first:
            yield from pool.map(_packed, first, chunksize=_BATCH)
            first = list(islice(pairs, _BATCH * jobs))


def _packed(pair: _Pair) -> tuple[Source, bytes, int]:
    rows = pair.rows
    if pair.edits:
        outcome = outcome_of_rows(pair.source, pair.rows)
        if outcome.document is not None:
            document = renewed(outcome.document, pair.edits)
            rows = document_rows(replace(outcome, document=document))
    own = tuple(row for row in rows.flags if row[_KIND] != "cross_document")  # the panel says these anew
    return pair.source, dump_rows(replace(rows, flags=own)), len(pair.edits)


class Spool(Scratch):
    """Rows of documents on disk, in the order they were put."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "spool (position INTEGER PRIMARY KEY, source BLOB, rows BLOB)")

    def put(self, source: Source, rows: bytes) -> None:
        self._db.execute("INSERT INTO spool (source, rows) VALUES (?, ?)", (dumps(source), rows))

    def rows(self) -> Iterator[tuple[Source, DocumentRows]]:
        for source, rows in self._db.execute("SELECT source, rows FROM spool ORDER BY position"):
            yield loads(Source, source), load_rows(rows)


def renewed(before: Document, edits: Sequence[Edit]) -> Document:
    """The document with a person's edits and what they change in flags, proofs and observations.

    A CSV set does not hold all that the checks once saw. So what they say of the set before the edits is
    compared with what they say after, and only the difference is carried over.
    """
    edited = with_edits(before, edits)
    edited = resolved_again(edited, {(e.table_id, e.row, e.col) for e in edits if e.text_changed})
    cells = {(e.table_id, e.row, e.col) for e in edits}
    was, now = recheck_document(before), recheck_document(edited)
    tables = tuple(
        _carried(t, a, b, cells) for t, a, b in zip(edited.tables, was.tables, now.tables, strict=True)
    )
    return replace(
        edited,
        tables=tables,
        flags=_flags_after(before.flags, was.flags, now.flags, cells),
        observations=_observations_after(before.observations, was.observations, now.observations),
    )


def _carried(table: Table, was: Table, now: Table, edited: Collection[tuple[str, int, int]]) -> Table:
    rows = tuple(
        tuple(
            replace(cell, status=b.status, proofs=b.proofs, confidence=b.confidence)
            if (a.status, a.proofs) != (b.status, b.proofs) or (table.table_id, cell.row, cell.col) in edited
            else cell
            for cell, a, b in zip(*lines, strict=True)
        )
        for lines in zip(table.rows, was.rows, now.rows, strict=True)
    )
    return replace(table, rows=rows)


def _flags_after(
    before: Sequence[Flag], was: Sequence[Flag], now: Sequence[Flag], edited: Collection[tuple[str, int, int]]
) -> tuple[Flag, ...]:
    old, new = {_subject(f): f for f in was}, {_subject(f): f for f in now}
    kept = []
    for flag in before:
        key = _subject(flag)
        if key in old and key not in new:
            continue
        settled = (flag.table_id, flag.row, flag.col) in edited and KINDS[flag.kind].of_reading
        if settled and (from_reader(flag) or key not in new):
            continue  # a person has said what stands there
        kept.append(new[key] if key in old and old[key] != new[key] else flag)
    known = {_subject(flag) for flag in before}
    return (*kept, *(f for key, f in new.items() if key not in old and key not in known))


def _subject(flag: Flag) -> tuple[object, ...]:
    return (flag.kind, flag.table_id, flag.row, flag.col, flag.found, "" if flag.table_id else flag.message)


def _observations_after(
    before: Sequence[Observation], was: Sequence[Observation], now: Sequence[Observation]
) -> tuple[Observation, ...]:
    old, new = {_told(o): o for o in was}, {_told(o): o for o in now}
    kept = [
        new[key] if key in new and old.get(key) != new[key] else o
        for o in before
        if (key := _told(o)) in new or key not in old
    ]
    known = {_told(o) for o in before}
    return (*kept, *(o for key, o in new.items() if key not in known and key not in old))


def _told(o: Observation) -> tuple[object, ...]:
    return (o.table_id, o.row, o.col, o.indicator)


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

"""The checks run again over a CSV set: after corrections, without reading a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from emit.columns import FLAGS
from emit.csvset import WORK, SetWriter, out_of_space
from emit.packed import dump_rows, load_rows
from emit.readback import outcome_of_rows
from emit.readset import read_outcomes, require_set
from emit.rows import DocumentRows, document_rows
from emit.written import Written, written_last
from model.document import READ, Source
from pipeline.coding import dumps, loads
from pipeline.run.batch import cores
from pipeline.run.carried import renewed
from pipeline.run.corrected import before_edits
from pipeline.run.corrections import keep_copy
from pipeline.run.edits import Edit, find_edits
from pipeline.run.panel import Panel
from pipeline.run.scratch import Scratch
from pipeline.run.settled import settle

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
    settle(folder)
    require_set(folder)
    (folder / WORK).mkdir(exist_ok=True)
    written = written_last(folder, WORK)
    if written is not None and not written.changed:
        return _summary(written.documents())
    pairs = _unlogged(folder) if written is None else _logged(written, find_edits(folder, written))
    with Spool(folder / WORK / "recheck.sqlite") as spool:
        edited = 0
        for source, packed, count in _renewed(pairs, jobs or cores()):
            spool.put(source, packed)
            edited += count
        if not edited and written is None:
            return _summary(spool.rows())
        return _written_anew(folder, spool, edited)


def _written_anew(folder: Path, spool: Spool, edited: int) -> RecheckSummary:
    try:
        kept = keep_copy(folder)
    except OSError as error:
        raise out_of_space(error, folder) from error
    found: Counter[str] = Counter()
    with Panel(folder / WORK / "recheck-panel.sqlite") as panel:
        panel.compare(spool.rows())
        with SetWriter(folder, _has_bom(folder)) as writer:
            for source, rows in spool.rows():
                more = panel.flags_of(source)
                found.update(flag.severity for flag in more)
                writer.add(source, rows, more, panel.same_as(source))
    return replace(_summary(spool.rows(), found), edited=edited, kept=kept)


def _summary(
    documents: Iterable[tuple[Source, DocumentRows]], more: Mapping[str, int] | None = None
) -> RecheckSummary:
    """The flags of documents counted; `more` are those by severity that comparing documents raised."""
    found: Counter[str] = Counter(more or {})
    read = 0
    for _, rows in documents:
        read += rows.status in READ
        found.update(row[_SEVERITY] for row in rows.flags)
    return RecheckSummary(read, found.total(), found["error"], found["warning"])


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
    edited = sum(bool(pair.edits) for pair in first)
    if len(first) < _BATCH * jobs and edited <= 1:
        yield from map(_packed, first)  # starting processes costs more than there is to share
        return
    from multiprocessing import get_context

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

"""A folder of documents: every input accounted for, whatever happens to some of them or to the run.

`run` finds the inputs, reads those without a result in workers, keeps each result in the ledger, and
writes the CSV set from the ledger in a fixed order; the same inputs give the same bytes, whatever the
number of workers, the order of finishing, or interruptions on the way.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from emit import SetWriter, write_formats
from emit.columns import FLAGS
from emit.csvset import WORK, finish_publishing
from model.document import READ, Outcome, Source
from model.errors import (
    DamagedFileError,
    DocumentError,
    ExitCode,
    ExtractError,
    NothingReadError,
    OutputError,
    told,
)
from pipeline.collecting import not_collecting
from pipeline.ingest import Wanted, find_inputs, with_hash
from pipeline.keys import FileState, document_key, file_state, hash_file, installed, program_version
from pipeline.remote import fetched, release, size_here, staged_output, unreadable
from pipeline.run.corrections import keep_corrections, note_writing, note_written
from pipeline.run.interim import Interim
from pipeline.run.panel import Panel
from pipeline.run.progress import DocumentEvent, Silent, Watcher
from pipeline.run.stopping import StopSignals
from pipeline.settings import Settings
from pipeline.workers.child import ChildConfig
from pipeline.workers.ledger import Counts, Ledger, Result, is_locked, ledger_path, locked
from pipeline.workers.pool import WorkerPool
from pipeline.workers.task import Budget, Done, StopRequestedError, Task

FailOn = Literal["error", "warning"]
_SPARE_BYTES = 64 << 20  # a run is not begun with less room on the disk
_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG})
_SEVERITY = FLAGS.columns.index("severity") - 1  # of a flag's row without doc_id


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run goes. `settings` bear on what is read; the rest does not, but for `budget`, which may
    make a document fail. `jobs` 0 means a worker a core. `reader` names the module that reads a document."""

    settings: Settings = field(default_factory=Settings)
    jobs: int = 0
    fresh: bool = False
    budget: Budget = field(default_factory=Budget)
    formats: tuple[str, ...] = ("csv",)
    bom: bool = True
    fail_on: FailOn | None = None
    cluster: str = ""
    wanted: Wanted = field(default_factory=Wanted)
    reader: str = "pipeline.document"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run ended. `read_now` of the `read` documents were read in this run, the others before it;
    `kept` is where a set that somebody had corrected was put aside."""

    exit_code: int
    inputs: int = 0
    read: int = 0
    failed: int = 0
    skipped: int = 0
    read_now: int = 0
    pages: int = 0
    tables: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    figures: int = 0
    proved: int = 0
    kept: str = ""
    seconds: float = 0.0
    message: str = ""


@dataclass(frozen=True, slots=True)
class RunStatus:
    """What `extract status` says of an output folder."""

    counts: Counts
    running: bool
    started: str
    ended: str
    failures: tuple[tuple[str, str], ...]


class Pool(Protocol):
    """Something that reads documents: this machine's workers, or a cluster's."""

    def run(self, tasks: Iterator[Task]) -> Iterator[Done]: ...


@dataclass(slots=True)
class _Tally:
    """What a run counts as it goes."""

    read_now: int = 0
    tables: int = 0
    figures: int = 0
    proved: int = 0
    missing: str = ""
    kept: str = ""
    states: dict[str, FileState] = field(default_factory=dict)  # of files in work, when they were hashed
    twins: list[tuple[str, str]] = field(default_factory=list)  # path and key of bytes already in work
    severities: dict[str, int] = field(default_factory=lambda: {"error": 0, "warning": 0, "info": 0})


def run(inputs: Sequence[Path], out: Path, options: RunOptions, watcher: Watcher | None = None) -> RunSummary:
    """Read every document below `inputs` and write the CSV set into `out`.

    Raises OutputError (nothing can be written, or the disk is full; what was read is kept) and
    MissingProgramError (nothing can be read without it). An interruption is a summary with its exit code.
    """
    watching = watcher or Silent()
    began = time.monotonic()
    with staged_output(out) as here, locked(here), StopSignals() as stop:
        summary = _run_locked(inputs, here, options, stop, watching)
    watching.ended(summary.exit_code)
    return replace(summary, seconds=time.monotonic() - began)


def _run_locked(
    inputs: Sequence[Path], out: Path, options: RunOptions, stop: StopSignals, watching: Watcher
) -> RunSummary:
    try:
        _prepare(out)
        with closing(Ledger(ledger_path(out))) as ledger:
            return _run(inputs, out, options, ledger, stop, watching)
    except (sqlite3.DatabaseError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in _DISK_ERRORS:
            raise
        raise OutputError(f"{out}: cannot be written ({error})", "Make room on the disk.") from error
    finally:
        shutil.rmtree(out / WORK / "tmp", ignore_errors=True)


def _prepare(out: Path) -> None:
    """Finish or clear what a run that died left half done; refuse a disk without room."""
    finish_publishing(out)
    for leftover in (out / WORK).glob("new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.rmtree(out / WORK / "tmp", ignore_errors=True)
    free = shutil.disk_usage(out).free
    if free < _SPARE_BYTES:
        raise OutputError(f"{out}: only {free >> 20} MB are free", "Make room on the disk.")


def _run(
    inputs: Sequence[Path],
    out: Path,
    options: RunOptions,
    ledger: Ledger,
    stop: StopSignals,
    watching: Watcher,
) -> RunSummary:
    version = program_version()
    if options.fresh or ledger.facts().get("version") != version:
        ledger.forget()
    found = find_inputs(inputs, exclude=out, wanted=options.wanted)
    ledger.begin(found, version)
    tally = _Tally()
    try:
        watching.began(found.count, len(found.sources))
        for outcome in found.outcomes:
            watching.document(DocumentEvent(outcome.source.path, outcome.status, outcome.error))
        _read_all(found.sources, out, options, ledger, stop, watching, tally)
        watching.writing()
        _write_set(out, options, ledger, stop, tally)
        note_written(out)
        write_formats(out, options.formats)
    except StopRequestedError:
        ledger.note(ended="interrupted")
        return _summary(
            ledger.counts(), tally, ExitCode.INTERRUPTED, "interrupted; the next run goes on from here"
        )
    counts = ledger.counts()
    ledger.finish()
    if counts.waiting:
        raise ExtractError(f"{counts.waiting} of {counts.inputs} inputs have no result; please report this")
    return _summary(counts, tally, _exit_code(counts, tally, options.fail_on), tally.missing)


def _summary(counts: Counts, tally: _Tally, exit_code: int, message: str) -> RunSummary:
    return RunSummary(
        exit_code=exit_code,
        inputs=counts.inputs,
        read=counts.read,
        failed=counts.failed,
        skipped=counts.skipped,
        read_now=tally.read_now,
        pages=counts.pages,
        tables=tally.tables,
        errors=tally.severities["error"],
        warnings=tally.severities["warning"],
        infos=tally.severities["info"],
        figures=tally.figures,
        proved=tally.proved,
        kept=tally.kept,
        message=message,
    )


def _exit_code(counts: Counts, tally: _Tally, fail_on: FailOn | None) -> int:
    if tally.missing:
        return ExitCode.MISSING_PROGRAM
    if not counts.read:
        return ExitCode.NOTHING_READ
    if counts.failed or counts.partial:
        return ExitCode.SOME_FAILED
    standing = tally.severities["error"] + (tally.severities["warning"] if fail_on == "warning" else 0)
    return ExitCode.FLAGGED if fail_on and standing else ExitCode.OK


def _read_all(
    sources: Sequence[Source],
    out: Path,
    options: RunOptions,
    ledger: Ledger,
    stop: StopSignals,
    watching: Watcher,
    tally: _Tally,
) -> None:
    """Read every source without a result and commit each as it ends."""
    budget = str(options.budget)
    scratch = out / WORK / "tmp"
    ordered = largest_first(sources) if options.cluster else sources
    tasks = _tasks(ordered, options, ledger, scratch, watching, tally)
    interim = Interim(
        lambda: _write_set(out, options, ledger, stop, tally, counting=False),
        waiting=lambda: ledger.counts().waiting > 0,
    )
    with _pool(out, options, ledger, stop, lambda task: watching.page()) as pool:
        for done in pool.run(tasks):
            if done.missing:
                tally.missing = done.result.error
            if tally.states.pop(done.task.key, None) != file_state(done.task.source.file):
                done = _unchanged(done)
            ledger.commit(done.task.key, done.result, "" if done.missing else budget)
            release(done.task.source, scratch)
            tally.read_now += done.result.status in READ
            watching.document(_event(done))
            interim.document_done()
    for path, key in tally.twins:
        watching.document(DocumentEvent(path, *(ledger.standing(key, budget) or ("failed",))))


def _unchanged(done: Done) -> Done:
    """What was read of a file whose state is another than when it was hashed: its failure, unless its bytes
    are the same. Nothing is kept under a hash that is not that of the bytes read."""
    source = done.task.source
    try:
        if hash_file(source.file) == source.sha256:
            return done
        error: DocumentError = DamagedFileError("the file was changed while it was read", "Run again.")
    except OSError as failed:
        error = unreadable(failed)
    return replace(done, result=Result.of(Outcome(source, "failed", error=told(error)), final=False))


def largest_first(sources: Sequence[Source]) -> list[Source]:
    """Sources by size: on a cluster a large document that comes last keeps all other workers waiting while
    its tables are put together, and small ones fill the gaps."""
    return sorted(sources, key=lambda source: -(size_here(source.file) or 0))


def _event(done: Done) -> DocumentEvent:
    result = done.result
    path = done.task.source.path
    return DocumentEvent(
        path, result.status, result.error, result.pages, round(result.seconds, 3), done.trace
    )


def _tasks(
    sources: Sequence[Source],
    options: RunOptions,
    ledger: Ledger,
    scratch: Path,
    watching: Watcher,
    tally: _Tally,
) -> Iterator[Task]:
    """Tasks for sources whose bytes have no result yet; each file is hashed when its turn comes, and
    fetched first where it lies at an address."""
    settings, version, budget = options.settings.key(), program_version(), str(options.budget)
    begun: set[str] = set()
    for source in sources:
        try:
            here = source if options.cluster else fetched(source, scratch)
            state = file_state(here.file)
            hashed = with_hash(here, hash_file(here.file))
        except OSError as error:
            outcome = Outcome(source, "failed", error=told(unreadable(error)))
            key = f"input:{source.doc_id}"
            ledger.identify(source.doc_id, "", key)
            ledger.commit(key, Result.of(outcome, final=False), "")
            watching.document(DocumentEvent(source.path, "failed", outcome.error))
            continue
        key = document_key(hashed, settings, version)
        ledger.identify(source.doc_id, hashed.sha256, key)
        standing = ledger.standing(key, budget)
        if standing is not None or key in begun:
            release(here, scratch)
        if standing is not None:
            watching.document(DocumentEvent(source.path, *standing))
            continue
        if key in begun:
            tally.twins.append((source.path, key))
            continue
        begun.add(key)
        tally.states[key] = state
        yield Task(hashed, key)


def _pool(
    out: Path,
    options: RunOptions,
    ledger: Ledger,
    stop: StopSignals,
    on_page: Callable[[Task], None],
) -> AbstractContextManager[Pool]:
    config = ChildConfig(options.settings, options.reader, options.budget.memory_bytes)
    if options.cluster:
        from pipeline.cluster.pool import ClusterPool

        return ClusterPool(options.cluster, config, options.budget, ledger, stop.asked, on_page)
    jobs = options.jobs or cores()
    return WorkerPool(config, jobs, options.budget, ledger, out / WORK / "tmp", stop.asked, on_page)


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@not_collecting()  # until all that is written is gone again
def _write_set(
    out: Path, options: RunOptions, ledger: Ledger, stop: StopSignals, tally: _Tally, counting: bool = True
) -> None:
    """The CSV set from the ledger as far as it is read, documents in order, one in memory at a time."""
    kept = keep_corrections(out)
    tally.kept = tally.kept or (str(kept) if kept else "")
    with Panel(out / WORK / "panel.sqlite") as panel:
        if ledger.counts().read > 1:  # nothing to compare otherwise
            panel.compare(ledger.results())
        made = options.settings.told() | {"version": installed("extract-vn"), "complete": counting}
        with SetWriter(out, options.bom, lambda new: note_writing(out, new), made) as writer:
            for source, rows, packed in ledger.packed_results():
                if stop.asked():
                    raise StopRequestedError
                more = panel.flags_of(source)
                writer.add(source, rows, more, panel.same_as(source), packed)
                if not counting:
                    continue
                tally.tables += len(rows.tables)
                tally.figures += rows.figures
                tally.proved += rows.proved
                for severity in (*(r[_SEVERITY] for r in rows.flags), *(f.severity for f in more)):
                    tally.severities[severity] += 1


def status(out: Path) -> RunStatus:
    """How far the run in `out` is, or how it ended. Raises NothingReadError where there is none."""
    if not ledger_path(out).is_file():
        raise NothingReadError(f"{out}: no run here", "Name the folder given to --out.")
    ledger = Ledger(ledger_path(out))
    try:
        facts = ledger.facts()
        return RunStatus(
            ledger.counts(),
            is_locked(out),
            facts.get("started", ""),
            facts.get("ended", ""),
            tuple(ledger.failures()),
        )
    finally:
        ledger.close()

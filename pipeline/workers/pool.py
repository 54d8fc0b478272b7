"""Workers that can fail: child processes with budgets of time and memory, replaced when they die.

A crash costs one document, which is tried once more with no other work going on; a document over its
budget costs its worker. A worker without a document reads pages of one that others are busy with.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Protocol

from model.document import Outcome, Source
from model.errors import MissingProgramError, NothingReadError, TooCostlyError, WorkerCrashError
from pipeline.workers.child import ChildConfig, Failure, told
from pipeline.workers.ledger import Result
from pipeline.workers.process import WorkerProcess

_TICK = 0.2  # seconds between looks at the clock
_DOCTOR = "Run `extract doctor` to see what is missing and how to install it."
_STARTS = 3  # workers that may die before they are ready, one after another
_START_S = 120.0  # loading the models takes two seconds on the machine they were measured on
PART = "part"
_HELP_FROM = 2  # pages nobody reads yet, from which a second worker helps


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read, and the key its result and pages are kept under.

    `part` asks for these pages only (indices from 0), unless the document has no others; `spent` seconds
    of its budget are used up already, and it is known to have `n_pages`, by who read other parts of it.
    """

    source: Source
    key: str
    part: tuple[int, ...] | None = None
    spent: float = 0.0
    n_pages: int = 0


@dataclass(frozen=True, slots=True)
class Budget:
    """What a document may cost: seconds for all of it, seconds for one page, bytes of memory."""

    document_s: float = 600.0
    page_s: float = 120.0
    memory_bytes: int = 4 << 30

    def __str__(self) -> str:
        return f"{self.document_s:g}s/{self.page_s:g}s/{self.memory_bytes}"


@dataclass(frozen=True, slots=True)
class Done:
    """A task that ended. `missing` says that the machine lacks a program; `trace` is for the log. The
    status of a task for some pages is `PART`: they are kept, the result has no rows."""

    task: Task
    result: Result
    missing: bool = False
    trace: str = ""


class PageKeeper(Protocol):
    """Where pages of documents that are being read are kept (`pipeline.workers.ledger.Ledger`)."""

    def put_page(self, key: str, number: int, content: bytes) -> None: ...

    def get_page(self, key: str, number: int) -> bytes | None: ...

    def page_numbers(self, key: str) -> set[int]: ...


class StopRequestedError(Exception):
    """The run was asked to stop."""


@dataclass(slots=True)
class _Reading:
    """A document in work: which of its pages are kept, who reads which, which its worker waits for, and
    whether it has them all."""

    task: Task
    worker: _Worker
    started: float
    n_pages: int = 0
    pages_over: bool = False
    kept: set[int] = field(default_factory=set)
    busy: dict[int, _Worker] = field(default_factory=dict)
    waits_for: int | None = None
    alone: bool = False

    def unread(self) -> list[int]:
        """Pages that nobody has read or is reading."""
        return [i for i in range(self.n_pages) if i not in self.kept and i not in self.busy]


@dataclass(slots=True)
class _Worker:
    process: WorkerProcess
    since: float
    state: str = "starting"  # starting, idle, read, help
    reading: _Reading | None = None


class WorkerPool:
    """Up to `jobs` workers. A context manager: leaving it kills them all.

    `stopping` is asked often; when it says yes, `run` raises StopRequestedError. `on_page` is called for
    every page read. Workers live on between calls of `run`, so that models are loaded once.
    """

    def __init__(
        self,
        config: ChildConfig,
        jobs: int,
        budget: Budget,
        keeper: PageKeeper,
        scratch: Path,
        stopping: Callable[[], bool] = lambda: False,
        on_page: Callable[[Task], None] = lambda task: None,
    ) -> None:
        self._config, self._jobs, self._budget = config, jobs, budget
        self._keeper, self._scratch = keeper, scratch
        self._stopping, self._on_page = stopping, on_page
        self._workers: list[_Worker] = []
        self._failed_starts = 0

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        self._workers.clear()

    def run(self, tasks: Iterator[Task]) -> Iterator[Done]:
        """Results as they come. Tasks are taken from the iterator as workers become free.

        Raises StopRequestedError, MissingProgramError (no worker can do its work),
        NothingReadError (none starts).
        """
        again: list[Task] = []
        yield from self._serve(tasks, self._jobs, again)
        for task in again:
            self._retire([w for w in self._workers if w.state == "idle"])
            yield from self._serve(iter([task]), 1, None)

    def _serve(self, tasks: Iterator[Task], jobs: int, again: list[Task] | None) -> Iterator[Done]:
        waiting = deque(islice(tasks, jobs))
        while waiting or any(w.state == "read" for w in self._workers):
            self._hand_out(waiting, tasks, jobs)
            if not waiting:
                self._send_helpers(jobs)
            for ready in wait([w.process.connection for w in self._workers], _TICK):
                worker = next((w for w in self._workers if w.process.connection is ready), None)
                for done in self._hear(worker, again) if worker is not None else ():
                    asked = time.monotonic()
                    yield done
                    self._forgive(time.monotonic() - asked)
            yield from self._end_overdue(again)
            if self._stopping():
                raise StopRequestedError

    def _forgive(self, seconds: float) -> None:
        """Whoever takes a result may be long about it (the set is written in between); that time is not
        charged to workers that wait to be heard."""
        if seconds < _TICK:
            return
        for worker in self._workers:
            if worker.process.connection.poll():
                worker.since += seconds
                if worker.reading is not None and worker.state == "read":
                    worker.reading.started += seconds

    def _hand_out(self, waiting: deque[Task], tasks: Iterator[Task], jobs: int) -> None:
        """Give idle workers a document each, and start as many workers as there are documents left over; as
        many as there may be workers wait, so that all of them start at once."""
        for worker in [w for w in self._workers if w.state == "idle"]:
            if not waiting:
                return
            self._begin(worker, waiting.popleft())
            waiting.extend(islice(tasks, 1))
        starting = sum(w.state == "starting" for w in self._workers)
        for _ in range(min(jobs - len(self._workers), len(waiting) - starting)):
            self._start()

    def _start(self) -> None:
        process = WorkerProcess(self._config, self._scratch)
        self._workers.append(_Worker(process, time.monotonic()))

    def _begin(self, worker: _Worker, task: Task) -> None:
        now = time.monotonic()
        kept = self._keeper.page_numbers(task.key)
        worker.state, worker.since = "read", now
        worker.reading = _Reading(task, worker, now - task.spent, task.n_pages, kept=kept)
        worker.process.send(("read", task.source, task.part))

    def _send_helpers(self, jobs: int) -> None:
        """Let workers without a document help with the one that has most pages left."""
        open_documents = [
            w.reading for w in self._workers if w.state == "read" and w.reading and not w.reading.alone
        ]
        if not open_documents:
            return
        needy = max(open_documents, key=lambda r: len(r.unread()))
        if len(needy.unread()) < _HELP_FROM:
            return
        idle = [w for w in self._workers if w.state == "idle"]
        if not idle and len(self._workers) < jobs:
            self._start()
        for worker in idle[:1]:
            worker.state, worker.since, worker.reading = "help", time.monotonic(), needy
            worker.process.send(("help", needy.task.source, None))

    def _hear(self, worker: _Worker, again: list[Task] | None) -> Iterator[Done]:
        message = worker.process.receive()
        worker.since = time.monotonic()
        if message is None:
            yield from self._lost(worker, again)
        elif worker.state == "starting":
            self._started(worker, message)
        elif worker.state == "help":
            self._helper_says(worker, message)
        else:
            yield from self._reader_says(worker, message, again)

    def _started(self, worker: _Worker, message: tuple[Any, ...]) -> None:
        if message[0] == "ready":
            worker.state, self._failed_starts = "idle", 0
            return
        failure: Failure = message[1]
        said = f"no worker can start: {failure.error}"
        raise MissingProgramError(said) if failure.missing else NothingReadError(said, _DOCTOR)

    def _reader_says(
        self, worker: _Worker, message: tuple[Any, ...], again: list[Task] | None
    ) -> Iterator[Done]:
        reading = worker.reading
        assert reading is not None
        if message[0] == "want":
            _, index, reading.n_pages = message
            self._answer(reading, index)
        elif message[0] == "have":
            self._keep(reading, message[1], message[2])
            self._hand_over(reading, message[1])
        elif message[0] == "failed":
            yield from self._failed(worker, reading, message[1], again)
        else:
            rows, pages, resident = message[1:] if message[0] == "done" else (b"", *message[1:])
            seconds = time.monotonic() - reading.started
            worker.state, worker.reading = "idle", None
            if self._budget.memory_bytes and resident > self._budget.memory_bytes // 2:
                self._retire([worker])
            status = PART if message[0] == PART else "ok"
            yield Done(reading.task, Result(status, "", pages, rows, seconds=seconds))

    def _answer(self, reading: _Reading, index: int) -> None:
        if index in reading.kept:
            self._hand_over(reading, index)
            reading.worker.process.send(self._keeper.get_page(reading.task.key, index))
        elif index in reading.busy:
            reading.waits_for = index
        else:
            reading.busy[index] = reading.worker
            reading.worker.process.send(None)

    def _keep(self, reading: _Reading, index: int, content: bytes) -> None:
        reading.busy.pop(index, None)
        if reading.n_pages > 1:
            self._keeper.put_page(reading.task.key, index, content)
            reading.kept.add(index)
        self._on_page(reading.task)
        if reading.waits_for == index:
            reading.waits_for, reading.worker.since = None, time.monotonic()
            self._hand_over(reading, index)
            reading.worker.process.send(content)

    def _hand_over(self, reading: _Reading, index: int) -> None:
        """The document's worker has page `index`. After the last one the budget of a page is over: what
        follows (tables put together, figures checked) is work on the whole document."""
        reading.pages_over = index + 1 == reading.n_pages

    def _helper_says(self, worker: _Worker, message: tuple[Any, ...]) -> None:
        reading = worker.reading
        assert reading is not None
        over = reading.worker.reading is not reading
        if message[0] == "next":
            unread = [] if over or reading.alone else reading.unread()
            if unread:
                reading.busy[unread[-1]] = worker
            worker.process.send(unread[-1] if unread else None)
        elif message[0] == "have":
            if not over:
                self._keep(reading, message[1], message[2])
        else:
            if message[0] == "failed":
                reading.alone = True  # what this page does to a worker, its own worker is to find out
                self._give_up(worker)
            worker.state, worker.reading = "idle", None

    def _give_up(self, helper: _Worker) -> None:
        """Hand a helper's page back to the document's own worker."""
        reading = helper.reading
        if reading is None:
            return
        for index in [i for i, w in reading.busy.items() if w is helper]:
            del reading.busy[index]
            if reading.waits_for == index:
                reading.waits_for, reading.worker.since = None, time.monotonic()
                reading.busy[index] = reading.worker
                reading.worker.process.send(None)

    def _failed(
        self, worker: _Worker, reading: _Reading, failure: Failure, again: list[Task] | None
    ) -> Iterator[Done]:
        worker.state, worker.reading = "idle", None
        if not failure.retry:
            yield self._failure(reading, failure.error, not failure.missing, failure.missing, failure.trace)
            return
        self._retire([worker])
        if again is not None:
            again.append(reading.task)
            return
        limit = self._budget.memory_bytes >> 20
        error = TooCostlyError(
            f"needs more than {limit} MB of memory", "Raise the limit, or split the document."
        )
        yield self._failure(reading, told(error), final=False)

    def _lost(self, worker: _Worker, again: list[Task] | None) -> Iterator[Done]:
        """A worker died by itself."""
        ended, said = worker.process.ended(), worker.process.said()
        state, reading = worker.state, worker.reading
        self._drop(worker)
        if state == "starting":
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise NothingReadError(f"no worker can start ({ended}): {said[-500:]}", _DOCTOR)
        elif state == "help" and reading is not None:
            reading.alone = True
            self._give_up(worker)
        elif state == "read" and reading is not None:
            if again is not None:
                again.append(reading.task)
            else:
                error = WorkerCrashError(f"the reader was ended by {ended}")
                yield self._failure(reading, told(error), final=False, trace=said)

    def _failure(
        self, reading: _Reading, error: str, final: bool, missing: bool = False, trace: str = ""
    ) -> Done:
        outcome = Outcome(reading.task.source, "failed", error=error, pages=reading.n_pages)
        seconds = time.monotonic() - reading.started
        return Done(reading.task, Result.of(outcome, final, seconds), missing, trace)

    def _end_overdue(self, again: list[Task] | None) -> Iterator[Done]:
        """Kill workers whose document or page is over its budget, or that do not get ready."""
        now = time.monotonic()
        for worker in list(self._workers):
            reading = worker.reading
            if worker.state == "starting" and now - worker.since > _START_S:
                yield from self._lost(worker, again)
            if reading is None:
                continue
            on_a_page = reading.waits_for is None and not reading.pages_over
            page_over = on_a_page and now - worker.since > self._budget.page_s
            if worker.state == "help" and now - worker.since > self._budget.page_s:
                reading.alone = True
                self._give_up(worker)
                self._drop(worker)
            elif worker.state == "read" and (page_over or now - reading.started > self._budget.document_s):
                what = (
                    f"a page took longer than {self._budget.page_s:g} seconds"
                    if page_over
                    else f"took longer than {self._budget.document_s:g} seconds"
                )
                self._drop(worker)
                yield self._failure(reading, told(TooCostlyError(what)), final=False)

    def _retire(self, workers: list[_Worker]) -> None:
        """End idle workers; new ones take their places when there is work."""
        for worker in workers:
            self._drop(worker)

    def _drop(self, worker: _Worker) -> None:
        worker.process.kill()
        self._workers.remove(worker)
        if worker.state == "read":
            worker.state, worker.reading = "gone", None

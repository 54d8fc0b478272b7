"""Workers that can fail: child processes with budgets of time and memory, replaced when they die.

A crash costs one document, which is tried once more with no other work going on; a document over its
budget costs its worker. A worker without a document reads pages of one that others are busy with.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path

from model.document import Outcome
from model.errors import (
    DocumentError,
    MissingProgramError,
    NothingReadError,
    TooCostlyError,
    WorkerCrashError,
    told,
)
from pipeline.pages import failed_page
from pipeline.workers.child import ChildConfig, packed
from pipeline.workers.ledger import Result
from pipeline.workers.messages import (
    Answer,
    Broken,
    Failed,
    Failure,
    Finished,
    Have,
    Help,
    Kept,
    Next,
    PartRead,
    Read,
    Take,
    Want,
)
from pipeline.workers.process import WorkerProcess
from pipeline.workers.state import Reading, Worker
from pipeline.workers.task import PART, Budget, Done, PageKeeper, StopRequestedError, Task

_TICK = 0.2  # seconds between looks at the clock
_DOCTOR = "Run `extract doctor` to see what is missing and how to install it."
_STARTS = 3  # workers that may die before they are ready, one after another
_START_S = 120.0  # loading the models takes two seconds on the machine they were measured on
_HELP_FROM = 2  # pages nobody reads yet, from which a second worker helps


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
        self._workers: list[Worker] = []
        self._failed_starts = 0
        self._lost: dict[str, dict[int, bytes]] = {}  # pages that cost a worker, by document
        self._closing: set[str] = set()  # documents put together without the pages they had no time for
        self._resumed: list[Task] = []

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
        while waiting or self._resumed or any(w.state == "read" for w in self._workers):
            waiting.extendleft(self._resumed)
            self._resumed.clear()
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
        self._workers.append(Worker(process, time.monotonic()))

    def _begin(self, worker: Worker, task: Task) -> None:
        now = time.monotonic()
        kept = self._keeper.page_numbers(task.key)
        worker.state, worker.since = "read", now
        lost = self._lost.get(task.key, {})
        worker.reading = Reading(task, worker, now - task.spent, task.n_pages, kept=kept, lost=lost)
        worker.process.send(Read(task.source, task.part))

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
            worker.process.send(Help(needy.task.source))

    def _hear(self, worker: Worker, again: list[Task] | None) -> Iterator[Done]:
        message = worker.process.receive()
        worker.since = time.monotonic()
        if message is None:
            yield from self._died(worker, again)
        elif worker.state == "starting":
            self._started(worker, message)
        elif worker.state == "help":
            self._helper_says(worker, message)
        else:
            yield from self._reader_says(worker, message, again)

    def _started(self, worker: Worker, message: Answer) -> None:
        if not isinstance(message, Broken):
            worker.state, self._failed_starts = "idle", 0
            return
        failure = message.failure
        said = f"no worker can start: {failure.error}"
        raise MissingProgramError(said) if failure.missing else NothingReadError(said, _DOCTOR)

    def _reader_says(self, worker: Worker, message: Answer, again: list[Task] | None) -> Iterator[Done]:
        reading = worker.reading
        assert reading is not None
        match message:
            case Want(index, n_pages):
                reading.n_pages = n_pages
                self._answer(reading, index)
            case Have(index, content):
                self._keep(reading, index, content)
                self._hand_over(reading, index)
            case Failed(failure):
                yield from self._failed(worker, reading, failure, again)
            case Finished(status, error, rows, pages, resident):
                lost = self._forget(reading.task)
                self._free(worker, resident)
                seconds = time.monotonic() - reading.started
                yield Done(reading.task, Result(status, error, pages, rows, not lost, seconds))
            case PartRead(pages, resident):
                self._free(worker, resident)
                seconds = time.monotonic() - reading.started
                yield Done(reading.task, Result(PART, "", pages, b"", seconds=seconds))

    def _forget(self, task: Task) -> bool:
        """The document has ended; whether pages of it were lost to the budget or with a worker."""
        self._closing.discard(task.key)
        return bool(self._lost.pop(task.key, None))

    def _free(self, worker: Worker, resident: int) -> None:
        """A worker that has ended its document; one that holds much memory is replaced."""
        worker.state, worker.reading = "idle", None
        if self._budget.memory_bytes and resident > self._budget.memory_bytes // 2:
            self._retire([worker])

    def _answer(self, reading: Reading, index: int) -> None:
        if index in reading.kept:
            self._hand_over(reading, index)
            reading.worker.process.send(Kept(self._keeper.get_page(reading.task.key, index)))
        elif index in reading.lost:
            self._hand_over(reading, index)
            reading.worker.process.send(Kept(reading.lost[index]))
        elif index in reading.busy:
            reading.waits_for = index
        else:
            reading.busy[index] = reading.worker
            reading.worker.process.send(Kept(None))

    def _keep(self, reading: Reading, index: int, content: bytes) -> None:
        reading.busy.pop(index, None)
        if reading.n_pages > 1:
            self._keeper.put_page(reading.task.key, index, content)
            reading.kept.add(index)
        self._on_page(reading.task)
        if reading.waits_for == index:
            reading.waits_for, reading.worker.since = None, time.monotonic()
            self._hand_over(reading, index)
            reading.worker.process.send(Kept(content))

    def _hand_over(self, reading: Reading, index: int) -> None:
        """The document's worker has page `index`. After the last one the budget of a page is over: what
        follows (tables put together, figures checked) is work on the whole document."""
        reading.pages_over = index + 1 == reading.n_pages

    def _helper_says(self, worker: Worker, message: Answer) -> None:
        reading = worker.reading
        assert reading is not None
        over = reading.worker.reading is not reading
        if isinstance(message, Next):
            unread = [] if over or reading.alone else reading.unread()
            if unread:
                reading.busy[unread[-1]] = worker
            worker.process.send(Take(unread[-1] if unread else None))
        elif isinstance(message, Have):
            if not over:
                self._keep(reading, message.index, message.content)
        else:
            if isinstance(message, Failed):
                reading.alone = True  # what this page does to a worker, its own worker is to find out
                self._give_up(worker)
            worker.state, worker.reading = "idle", None

    def _give_up(self, helper: Worker) -> None:
        """Hand a helper's page back to the document's own worker."""
        reading = helper.reading
        if reading is None:
            return
        for index in [i for i, w in reading.busy.items() if w is helper]:
            del reading.busy[index]
            if reading.waits_for == index:
                reading.waits_for, reading.worker.since = None, time.monotonic()
                reading.busy[index] = reading.worker
                reading.worker.process.send(Kept(None))

    def _failed(
        self, worker: Worker, reading: Reading, failure: Failure, again: list[Task] | None
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
        if not self._goes_on_without(reading, error):
            yield self._failure(reading, told(error), final=False)

    def _died(self, worker: Worker, again: list[Task] | None) -> Iterator[Done]:
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
                if not self._goes_on_without(reading, error):
                    yield self._failure(reading, told(error), final=False, trace=said)

    def _goes_on_without(self, reading: Reading, error: DocumentError) -> bool:
        """Hand the document out again with the page that cost its worker counted as failed. False where no
        page was in work, or none would be left."""
        index = reading.in_work()
        lost = self._lost.setdefault(reading.task.key, {})
        if index is None or len(lost) + 1 >= reading.n_pages:
            return False
        lost[index] = packed(failed_page(index, told(error)))
        spent = time.monotonic() - reading.started
        self._resumed.append(replace(reading.task, spent=spent, n_pages=reading.n_pages))
        return True

    def _closes_early(self, reading: Reading, error: DocumentError) -> bool:
        """Hand a document that is over its budget out once more, to be put together from the pages it has;
        the others count as failed. False where it has none, or was over its budget with all of them."""
        key = reading.task.key
        if reading.pages_over or not reading.kept or key in self._closing or reading.task.part is not None:
            return False
        self._closing.add(key)
        missing = (i for i in range(reading.n_pages) if i not in reading.kept)
        self._lost.setdefault(key, {}).update({i: packed(failed_page(i, told(error))) for i in missing})
        self._resumed.append(replace(reading.task, spent=0.0, n_pages=reading.n_pages))
        return True

    def _failure(
        self, reading: Reading, error: str, final: bool, missing: bool = False, trace: str = ""
    ) -> Done:
        self._forget(reading.task)
        outcome = Outcome(reading.task.source, "failed", error=error, pages=reading.n_pages)
        seconds = time.monotonic() - reading.started
        return Done(reading.task, Result.of(outcome, final, seconds), missing, trace)

    def _end_overdue(self, again: list[Task] | None) -> Iterator[Done]:
        """Kill workers whose document or page is over its budget, or that do not get ready."""
        now = time.monotonic()
        for worker in list(self._workers):
            reading = worker.reading
            if worker.state == "starting" and now - worker.since > _START_S:
                yield from self._died(worker, again)
            if reading is None:
                continue
            on_a_page = reading.waits_for is None and not reading.pages_over
            page_over = on_a_page and now - worker.since > self._budget.page_s
            if worker.state == "help" and now - worker.since > self._budget.page_s:
                reading.alone = True
                self._give_up(worker)
                self._drop(worker)
            elif worker.state == "read" and (page_over or now - reading.started > self._budget.document_s):
                self._drop(worker)
                yield from self._too_slow(reading, page_over)

    def _too_slow(self, reading: Reading, page_over: bool) -> Iterator[Done]:
        """A page or document over its budget of time: what else the document has is read on."""
        if page_over:
            error = TooCostlyError(f"a page took longer than {self._budget.page_s:g} seconds")
            goes_on = self._goes_on_without(reading, error)
        else:
            error = TooCostlyError(f"took longer than {self._budget.document_s:g} seconds")
            goes_on = self._closes_early(reading, error)
        if not goes_on:
            yield self._failure(reading, told(error), final=False)

    def _retire(self, workers: list[Worker]) -> None:
        """End idle workers; new ones take their places when there is work."""
        for worker in workers:
            self._drop(worker)

    def _drop(self, worker: Worker) -> None:
        worker.process.kill()
        self._workers.remove(worker)
        if worker.state == "read":
            worker.state, worker.reading = "gone", None

"""What runs inside a Dask worker: a worker process of ours for each of its threads, and orders for them."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from model.document import READ, Outcome
from model.errors import MissingProgramError, told
from pipeline.cluster.sharing import Answer, CannotGoOn, Order, packed
from pipeline.keys import program_version
from pipeline.remote import Copies, unreadable
from pipeline.workers.child import ChildConfig
from pipeline.workers.ledger import Result
from pipeline.workers.pool import WorkerPool
from pipeline.workers.task import Budget, Done, StopRequestedError, Task

try:
    dask: Any = import_module("distributed")  # its functions carry no types
except ImportError as error:
    raise MissingProgramError(
        "--cluster needs dask.distributed, which is not installed", 'pip install "extract-vn[cluster]"'
    ) from error

_IDLE_S = 300.0  # that a worker process waits for work, of this run or of the next
_LOOK_S = 30.0  # between looks for such ones


class PagesInHand:
    """Pages of the document in work, as they came with the order and as they are read."""

    def __init__(self) -> None:
        self.sent: Mapping[int, bytes] = {}
        self.read: dict[int, bytes] = {}

    def begin(self, sent: Mapping[int, bytes]) -> None:
        """Another document."""
        self.sent, self.read = sent, {}

    def put_page(self, key: str, number: int, content: bytes) -> None:
        self.read[number] = content

    def get_page(self, key: str, number: int) -> bytes | None:
        return self.read.get(number) or self.sent.get(number)

    def page_numbers(self, key: str) -> set[int]:
        return {*self.sent, *self.read}


class _Desk:
    """A worker process, started when there is work, and the pages of the document it reads."""

    def __init__(self, pool: WorkerPool, pages: PagesInHand) -> None:
        self.pool, self.pages = pool, pages
        self.since = time.monotonic()


class ReaderPlugin(dask.WorkerPlugin):  # type: ignore[misc]
    """What a Dask worker keeps for runs with the same settings, budget and program, from one to the next;
    it is named after these, so that runs with others go on beside it."""

    idempotent = True  # a second run finds the worker processes of the first

    def __init__(self, config: ChildConfig, budget: Budget, version: str) -> None:
        self._config, self._budget, self._version = config, budget, version
        terms = hashlib.sha256(repr((config, budget, version)).encode()).hexdigest()
        self.name = f"extract-{terms[:16]}"
        self._over = False
        self._idle: list[_Desk] = []

    async def setup(self, worker: Any) -> None:
        """A Dask worker offers itself as a resource, without which it is given no order. One with another
        program does not: its results would not be the same bytes."""
        if program_version() != self._version:
            return
        self._folder = tempfile.TemporaryDirectory(prefix="extract-", ignore_cleanup_errors=True)
        self._scratch = Path(self._folder.name)
        self._copies = Copies(self._scratch, most=worker.state.nthreads + 1)
        look = import_module("tornado.ioloop").PeriodicCallback(self.end_idle, _LOOK_S * 1000)
        worker.periodic_callbacks[self.name] = look
        look.start()
        await worker.set_resources(**{self.name: worker.state.nthreads})
        self._looked_at_again(worker)

    @staticmethod
    def _looked_at_again(worker: Any) -> None:
        """Have the scheduler give this worker orders that nobody could take: they wait for one that joins or
        goes on after a pause, not for one that may take them since."""
        if worker.status is dask.Status.running:
            worker.status = dask.Status.paused
            worker.status = dask.Status.running

    async def teardown(self, worker: Any) -> None:
        """End the worker processes, at once also those in the middle of something."""
        self._over = True
        look = worker.periodic_callbacks.pop(self.name, None)
        if look is not None:
            look.stop()
            self.end_idle(0)
            self._folder.cleanup()

    def end_idle(self, after_s: float = _IDLE_S) -> None:
        """End worker processes that have had no work for so long; new ones are started for work."""
        for desk in [d for d in self._idle if time.monotonic() - d.since >= after_s]:
            with suppress(ValueError):  # somebody has just taken it
                self._idle.remove(desk)
                desk.pool.__exit__()

    def _desk(self) -> _Desk:
        pages = PagesInHand()
        pool = WorkerPool(self._config, 1, self._budget, pages, self._scratch, lambda: self._over)
        return _Desk(pool, pages)

    @contextmanager
    def _at_a_desk(self) -> Iterator[_Desk]:
        """A worker process that is free, or a new one; ended where something goes wrong with it."""
        try:
            desk = self._idle.pop()
        except IndexError:
            desk = self._desk()
        try:
            yield desk
        except BaseException:
            desk.pool.__exit__()
            raise
        desk.pages.begin({})
        desk.since = time.monotonic()
        self._idle.append(desk)
        if self._over:
            self.end_idle(0)

    def obey(self, order: Order) -> Answer:
        """Do what an order says."""
        with self._at_a_desk() as desk:
            done = []
            kept = order.kept
            for task in order.tasks:
                desk.pages.begin(kept)
                done.append(self._read(desk.pool, task))
                kept = {}
            unfinished = task.part is not None and done[-1].result.status not in READ
            return Answer(tuple(done), desk.pages.read if unfinished else {})

    def _read(self, pool: WorkerPool, task: Task) -> Done:
        try:
            source = self._copies.borrow(task.source)
        except OSError as error:
            said = told(unreadable(error))
            return Done(task, Result.of(Outcome(task.source, "failed", error=said), final=False))
        try:
            (done,) = pool.run(iter([replace(task, source=source)]))
        finally:
            self._copies.give_back(source)
        return replace(done, task=task)


def obey(name: str, order: Order) -> bytes:
    """Runs in a thread of a Dask worker: an order for the plugin `name`, and the answer, packed."""
    try:
        plugin: ReaderPlugin = dask.get_worker().plugins[name]
        return packed(plugin.obey(order))
    except StopRequestedError as error:  # this Dask worker is being closed, not the run
        raise dask.Reschedule from error
    except Exception as error:
        # As data: whoever gave the order loads no exception, which is a pickle.
        return packed(CannotGoOn(f"{type(error).__name__}: {error}"))

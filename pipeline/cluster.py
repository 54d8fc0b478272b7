"""Documents read by the workers of a Dask cluster instead of this machine's.

Each Dask worker keeps worker processes of our own, so that budgets, limits and crashes are dealt with
there as they are here. The ledger stays with the process that runs the batch: a Dask worker that dies
costs the work it had in hand, which another one does again.
"""

from __future__ import annotations

import queue
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from model.document import Outcome
from model.errors import ExtractError, MissingProgramError, NothingReadError, WorkerCrashError
from pipeline.child import ChildConfig, told
from pipeline.keys import program_version
from pipeline.ledger import Result
from pipeline.remote import fetched, release
from pipeline.workers import Budget, Done, StopRequestedError, Task, WorkerPool

try:
    dask: Any = import_module("distributed")  # its functions carry no types
except ImportError as error:
    raise MissingProgramError(
        "--cluster needs dask.distributed, which is not installed", 'pip install "extract-vn[cluster]"'
    ) from error

_PLUGIN = "extract-reader"
_CONNECT_S = 15
_TICK = 0.02  # seconds between looks at what has ended, and whether to stop
_LOOK_S = 3.0  # between looks at how large the cluster is
_AHEAD = 2  # documents given to each thread of the cluster, so that none waits for the next
_RETRIES = 2  # of a document whose Dask worker died


class NoKeeper:
    """Pages of a document read elsewhere are not kept: the ledger is not within reach."""

    def put_page(self, key: str, number: int, content: bytes) -> None:
        return None

    def get_page(self, key: str, number: int) -> bytes | None:
        return None

    def page_numbers(self, key: str) -> set[int]:
        return set()


class ReaderPlugin(dask.WorkerPlugin):  # type: ignore[misc]
    """What a Dask worker keeps: one pool of one worker process for each of its threads."""

    name = _PLUGIN

    def __init__(self, config: ChildConfig, budget: Budget, version: str) -> None:
        self._config, self._budget, self._version = config, budget, version

    def setup(self, worker: Any) -> None:
        """Refuses a worker with another program: its results would not be the same bytes."""
        if program_version() != self._version:
            raise ExtractError(f"{worker.address} has another version of this program")
        self._folder = tempfile.TemporaryDirectory(prefix="extract-")
        self._idle: queue.SimpleQueue[WorkerPool] = queue.SimpleQueue()

    def teardown(self, worker: Any) -> None:
        """End the worker processes."""
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().__exit__()
        self._folder.cleanup()

    def read(self, task: Task) -> Done:
        """Read one document in a worker process that is free, or in a new one."""
        scratch = Path(self._folder.name)
        try:
            pool = self._idle.get_nowait()
        except queue.Empty:
            pool = WorkerPool(self._config, 1, self._budget, NoKeeper(), scratch)
        source = fetched(task.source, scratch)
        try:
            (done,) = pool.run(iter([Task(source, task.key)]))
        except BaseException:
            pool.__exit__()
            raise
        finally:
            release(source, scratch)
        self._idle.put(pool)
        return Done(task, done.result, done.missing, done.trace)


def _read_here(task: Task) -> Done:
    """Runs in a thread of a Dask worker."""
    plugin: ReaderPlugin = dask.get_worker().plugins[_PLUGIN]
    return plugin.read(task)


class ClusterPool:
    """The workers of the scheduler at `address`. A context manager; see `pipeline.workers.WorkerPool`."""

    def __init__(
        self,
        address: str,
        config: ChildConfig,
        budget: Budget,
        stopping: Callable[[], bool] = lambda: False,
        on_page: Callable[[Task], None] = lambda task: None,
    ) -> None:
        self._address, self._config, self._budget = address, config, budget
        self._stopping, self._on_page = stopping, on_page

    def __enter__(self) -> ClusterPool:
        try:
            self._client = dask.Client(self._address, timeout=_CONNECT_S, set_as_default=False)
            plugin = ReaderPlugin(self._config, self._budget, program_version())
            self._client.register_plugin(plugin, name=_PLUGIN)
        except (OSError, TimeoutError) as error:
            raise NothingReadError(
                f"no Dask scheduler answers at {self._address}", "Start one with `dask scheduler`."
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def run(self, tasks: Iterator[Task]) -> Iterator[Done]:
        """Results as they come; tasks are taken as the cluster has room. Raises StopRequestedError."""
        in_work: dict[Any, Task] = {}
        with self._client.as_current():
            ended = dask.as_completed(with_results=True, raise_errors=False)
        room, looked = 0, -_LOOK_S
        while True:
            if time.monotonic() - looked > _LOOK_S:
                room, looked = self._room(), time.monotonic()
            for task in islice(tasks, max(0, room - len(in_work))):
                future = self._submit(task)
                in_work[future] = task
                ended.add(future)
            if not in_work:
                return
            for future, result in ended.next_batch(block=False) if ended.has_ready() else ():
                done = self._result(future, result, in_work.pop(future))
                for _ in range(done.result.pages):
                    self._on_page(done.task)
                yield done
            if self._stopping():
                self._client.cancel(list(in_work))
                raise StopRequestedError
            if not ended.has_ready():
                time.sleep(_TICK)

    def _room(self) -> int:
        """How many documents the cluster takes at a time; one, so that it is asked, while it is empty."""
        threads: int = sum(self._client.nthreads().values())
        return max(1, _AHEAD * threads)

    def _submit(self, task: Task) -> Any:
        return self._client.submit(_read_here, task, pure=False, retries=_RETRIES, key=f"extract-{task.key}")

    def _result(self, future: Any, result: Any, task: Task) -> Done:
        try:
            if future.status == "finished":
                done: Done = result
                return done
            error = future.exception()
            if not isinstance(error, dask.scheduler.KilledWorker):
                raise error
            failure = WorkerCrashError("several machines of the cluster died while reading it")
            outcome = Outcome(task.source, "failed", error=told(failure))
            return Done(task, Result.of(outcome, final=False))
        finally:
            future.release()

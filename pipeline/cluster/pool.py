"""Documents read by the workers of a Dask cluster instead of this machine's.

`sharing` says what each is to do, `dask_worker` does it there with worker processes of our own, so that
budgets, limits and crashes are dealt with as they are here. The ledger stays with the process that runs
the batch: a Dask worker that dies costs the work it had in hand, which another one does again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

from model.errors import ExtractError, NothingReadError
from pipeline.cluster.sharing import Answer, Order, SharedKeeper, Sharing
from pipeline.cluster.worker import ReaderPlugin, dask, obey
from pipeline.coding import CodingError
from pipeline.keys import program_version
from pipeline.workers.child import ChildConfig
from pipeline.workers.task import Budget, Done, StopRequestedError, Task

_CONNECT_S = 15
_TICK = 0.2  # seconds between looks whether to stop
_LOOK_S = 3.0  # between looks at how large the cluster is
_REFUSED_S = 60.0  # after which a cluster of which no worker can be used is given up
_AHEAD = 2  # orders given to each thread of the cluster, so that none waits for the next
# The pages of a long document go to the worker that puts it together; that is meant.
_NO_WARNING = {"distributed.admin.large-graph-warning-threshold": "1 GB"}
# How a future stands whose Dask worker died when it had the answer and had not handed it over yet.
_ANSWER_GONE = frozenset({"pending", "lost", "cancelled"})
# How results travel: as bytes, never as pickles, which run what they say. (Dask's own messages are pickled
# all the same: whoever can speak to the scheduler can run code on every machine; docs/scale.md.)
_DATA_ONLY = ("msgpack", "error")
_RETRIES = 2  # of an order that raised what no document should


class ClusterPool:
    """The workers of the scheduler at `address`. See `pipeline.workers.pool.WorkerPool`."""

    def __init__(
        self,
        address: str,
        config: ChildConfig,
        budget: Budget,
        keeper: SharedKeeper,
        stopping: Callable[[], bool] = lambda: False,
        on_page: Callable[[Task], None] = lambda task: None,
    ) -> None:
        self._address, self._budget, self._keeper = address, budget, keeper
        self._stopping, self._on_page = stopping, on_page
        self._plugin = ReaderPlugin(config, budget, program_version())
        self._usable = time.monotonic()  # when some worker was, or none was there

    def __enter__(self) -> ClusterPool:
        try:
            self._client = dask.Client(
                self._address,
                timeout=_CONNECT_S,
                set_as_default=False,
                serializers=_DATA_ONLY,
                deserializers=_DATA_ONLY,
            )
        except (OSError, TimeoutError) as error:
            raise NothingReadError(
                f"no Dask scheduler answers at {self._address}", "Start one with `dask scheduler`."
            ) from error
        try:
            self._client.register_plugin(self._plugin)
        except BaseException:
            with suppress(Exception):
                # Else the next run would find it there, and wait for workers that refused it.
                self._client.unregister_worker_plugin(self._plugin.name)
            self._client.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def run(self, tasks: Iterator[Task]) -> Iterator[Done]:
        """Results as they come; tasks are taken as the cluster has room. Raises StopRequestedError."""
        sharing = Sharing(tasks, self._keeper, self._budget.document_s, self._on_page)
        in_work: dict[Any, Order] = {}
        again: list[Order] = []
        with self._client.as_current():
            ended = dask.as_completed(with_results=True, raise_errors=False)
        room, looked = 0, -_LOOK_S
        while True:
            if time.monotonic() - looked > _LOOK_S:
                room, looked = self._room(), time.monotonic()
            while (
                len(in_work) < room and (order := again.pop() if again else sharing.next_order()) is not None
            ):
                future = self._submit(order)
                in_work[future] = order
                ended.add(future)
            if not in_work:
                return
            with ended.thread_condition:
                if not ended.has_ready():
                    ended.thread_condition.wait(_TICK)
            for future, result in ended.next_batch(block=False) if ended.has_ready() else ():
                order = in_work.pop(future)
                if future.status in _ANSWER_GONE:
                    future.release()
                    again.append(order)
                    continue
                yield from self._take(sharing, order, future, result)
            if self._stopping():
                self._client.cancel(list(in_work))
                raise StopRequestedError

    def _room(self) -> int:
        """How many orders the cluster takes at a time; one, so that it is asked, while it is empty."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        threads = sum(int(worker["resources"].get(self._plugin.name, 0)) for worker in workers)
        if threads or not workers:
            self._usable = time.monotonic()
        elif time.monotonic() - self._usable > _REFUSED_S:
            raise NothingReadError(
                f"no worker at {self._address} has this version of the program",
                "Install the same version everywhere and start the Dask workers again.",
            )
        return max(1, _AHEAD * threads)

    def _submit(self, order: Order) -> Any:
        name = self._plugin.name
        with import_module("dask").config.set(_NO_WARNING):
            return self._client.submit(obey, name, order, pure=False, retries=_RETRIES, resources={name: 1})

    def _take(self, sharing: Sharing, order: Order, future: Any, result: Any) -> Iterator[Done]:
        try:
            if future.status == "finished":
                yield from sharing.take(order, _understood(result))
                return
            error = future.exception()
            if isinstance(error, dask.scheduler.KilledWorker):
                yield from sharing.lost(order)
            elif isinstance(error, ExtractError):
                raise error
            else:
                said = f"a worker of the cluster cannot go on ({type(error).__name__}: {error})"
                raise NothingReadError(said, "Look at its log; what was read is kept.") from error
        finally:
            future.release()


def _understood(result: Any) -> Answer:
    """What a worker answered. Raises NothingReadError where it is no answer."""
    try:
        return Answer.unpacked(bytes(result))
    except (CodingError, TypeError, ValueError) as error:
        raise NothingReadError(
            "a worker of the cluster answers what this program does not understand", "Look at its log."
        ) from error

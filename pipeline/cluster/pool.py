"""Documents read by the workers of a Dask cluster instead of this machine's.

`sharing` says what each is to do, `dask_worker` does it there with worker processes of our own, so that
budgets, limits and crashes are dealt with as they are here. The ledger stays with the process that runs
the batch: a Dask worker that dies costs the work it had in hand, which another one does again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from model.errors import NothingReadError
from pipeline.cluster.nothing_unpickled import closed, guarded_loop, is_killed_worker, told_by
from pipeline.cluster.sharing import CannotGoOn, Order, SharedKeeper, Sharing, unpacked
from pipeline.cluster.worker import ReaderPlugin, dask, obey
from pipeline.coding import CodingError
from pipeline.keys import program_version
from pipeline.workers.child import ChildConfig
from pipeline.workers.task import Budget, Done, StopRequestedError, Task

_CONNECT_S = 15
_CLOSE_S = 5
_TICK = 0.2  # seconds between looks whether to stop
_LOOK_S = 3.0  # between looks at how large the cluster is
_JOIN_S = 10.0  # that workers which have just joined get to take the plugin
_REFUSED_S = 60.0  # after which a cluster of which no worker can be used is given up
_EMPTY_S = 900.0  # after which one without workers is: those that a queue brings are waited for
_AHEAD = 2  # orders given to each thread of the cluster, so that none waits for the next
# The pages of a long document go to the worker that puts it together; that is meant.
_NO_WARNING = {"distributed.admin.large-graph-warning-threshold": "1 GB"}
# How a future stands whose Dask worker died when it had the answer and had not handed it over yet.
_ANSWER_GONE = frozenset({"pending", "lost", "cancelled"})
# How results travel: as bytes, never as pickles, which run what they say. (Dask's own messages may hold
# pickles all the same: `nothing_unpickled` refuses them.)
_DATA_ONLY = ("msgpack", "error")
_FRAMES = (*_DATA_ONLY, "dask")  # in which an exception's bytes come; its kinds are refused but for bytes
_RETRIES = 2  # of an order that failed as no document should, or of what a worker died of hearing
_DIED = "CommClosedError"  # what Dask says of a worker that ends amid a talk
_EVERYWHERE = "Install the same version everywhere and start the Dask workers again."


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
        self._peopled = time.monotonic()  # when some worker was there

    def __enter__(self) -> ClusterPool:
        with ExitStack() as entered:
            loop, self._guard = entered.enter_context(guarded_loop())
            try:
                self._client = dask.Client(
                    self._address,
                    loop=loop,
                    timeout=_CONNECT_S,
                    set_as_default=False,
                    serializers=_DATA_ONLY,
                    deserializers=_FRAMES,
                )
            except (OSError, TimeoutError) as error:
                raise NothingReadError(
                    f"no Dask scheduler answers at {self._address}",
                    "Start one with `dask scheduler --host 127.0.0.1`.",
                ) from error
            entered.callback(closed, self._client, _CLOSE_S)
            self._install()
            self._entered = entered.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._entered.close()

    def _install(self) -> None:
        """Give the workers their plugin. Raises NothingReadError where one of them can't take it."""
        try:
            self._give_plugin()
            if refusing := self._refusing():
                raise NothingReadError(f"{refusing} has another version of this program", _EVERYWHERE)
        except BaseException:
            with suppress(Exception):
                # Else the next run would find it there, and wait for workers that refused it.
                self._client.unregister_worker_plugin(self._plugin.name)
            raise

    def _give_plugin(self) -> None:
        """Give it out, once more where a worker died before it answered. Raises NothingReadError."""
        for left in reversed(range(_RETRIES + 1)):
            try:
                self._client.register_plugin(self._plugin)
                return
            except Exception as error:
                self._guard.raise_alarm()
                said = told_by(error)
                if not left or _DIED not in said:
                    raise NothingReadError(
                        f"a worker of the cluster cannot begin ({said})", _EVERYWHERE
                    ) from error
            time.sleep(_LOOK_S)

    def _refusing(self) -> str | None:
        """A worker that did not take the plugin, where none did. Those that join while it is given out take
        it a little later: they are waited for."""
        until = time.monotonic() + _JOIN_S
        while True:
            workers = self._workers()
            others = [a for a, w in workers.items() if self._plugin.name not in w["resources"]]
            if len(others) < len(workers) or not others:
                return None
            if time.monotonic() > until:
                return others[0]
            time.sleep(_TICK)

    def _workers(self) -> dict[str, Any]:
        found: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        return found

    def run(self, tasks: Iterator[Task]) -> Iterator[Done]:
        """Results as they come; tasks are taken as the cluster has room. Raises StopRequestedError."""
        sharing = Sharing(tasks, self._keeper, self._budget.document_s, self._on_page)
        in_work: dict[Any, _Given] = {}
        again: list[_Given] = []
        with self._client.as_current():
            ended = dask.as_completed(with_results=True, raise_errors=False)
        room, looked = 0, -_LOOK_S
        while True:
            self._guard.raise_alarm()
            if time.monotonic() - looked > _LOOK_S:
                room, looked = self._room(), time.monotonic()
            while len(in_work) < room:
                given = again.pop() if again else _Given.first(sharing.next_order())
                if given is None:
                    break
                future = self._submit(given.order)
                in_work[future] = given
                ended.add(future)
            if not in_work:
                return
            with ended.thread_condition:
                if not ended.has_ready():
                    ended.thread_condition.wait(_TICK)
            for future, result in ended.next_batch(block=False) if ended.has_ready() else ():
                given = in_work.pop(future)
                try:
                    done = self._ended(sharing, given.order, future, result)
                except _CannotGoOnError as error:
                    again.append(given.once_more(error))
                else:
                    if done is None:
                        again.append(given)
                    else:
                        yield from done
                finally:
                    future.release()
            if self._stopping():
                self._client.cancel(list(in_work))
                raise StopRequestedError

    def _room(self) -> int:
        """How many orders the cluster takes at a time; one, so that it is asked, while it is empty."""
        workers = self._workers().values()
        threads = sum(int(worker["resources"].get(self._plugin.name, 0)) for worker in workers)
        now = time.monotonic()
        if workers:
            self._peopled = now
        elif now - self._peopled > _EMPTY_S:
            raise NothingReadError(
                f"the cluster at {self._address} has had no workers for {_EMPTY_S / 60:.0f} minutes",
                "Start some and run again: what was read is kept.",
            )
        if threads or not workers:
            self._usable = now
        elif now - self._usable > _REFUSED_S:
            raise NothingReadError(
                f"no worker at {self._address} has this version of the program", _EVERYWHERE
            )
        return max(1, _AHEAD * threads)

    def _submit(self, order: Order) -> Any:
        name = self._plugin.name
        with import_module("dask").config.set(_NO_WARNING):
            return self._client.submit(obey, name, order, pure=False, resources={name: 1})

    def _ended(self, sharing: Sharing, order: Order, future: Any, result: Any) -> Iterator[Done] | None:
        """What an order brought to its end; None where its answer died with its worker. Raises
        _CannotGoOnError."""
        if future.status in _ANSWER_GONE:
            return None
        if future.status != "finished":
            error = future.exception()
            self._guard.raise_alarm()
            if is_killed_worker(error):
                return sharing.lost(order)
            raise _CannotGoOnError(told_by(error))
        self._guard.raise_alarm()
        try:
            answer = unpacked(bytes(result))
        except (CodingError, TypeError, ValueError) as error:
            raise NothingReadError(
                "a worker of the cluster answers what this program does not understand", "Look at its log."
            ) from error
        if isinstance(answer, CannotGoOn):
            raise _CannotGoOnError(answer.error)
        return sharing.take(order, answer)


class _CannotGoOnError(Exception):
    """A worker failed as no document makes it fail."""


@dataclass(frozen=True, slots=True)
class _Given:
    """An order that a worker has, and how often it failed before as no order should."""

    order: Order
    failed: int = 0

    @staticmethod
    def first(order: Order | None) -> _Given | None:
        return None if order is None else _Given(order)

    def once_more(self, error: _CannotGoOnError) -> _Given:
        """The order to be given again. Raises NothingReadError where that was done often enough."""
        if self.failed >= _RETRIES:
            said = f"a worker of the cluster cannot go on ({error})"
            raise NothingReadError(said, "Look at its log; what was read is kept.")
        return replace(self, failed=self.failed + 1)

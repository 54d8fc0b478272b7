"""What a worker of a cluster that somebody has taken over may answer: objects whose unpickling runs code. Each
creates a file, but only in the process that it is meant for."""

from __future__ import annotations

import builtins
import copyreg
import pickle
import sys
from typing import Any

import pytest

distributed: Any = pytest.importorskip("distributed")


class Poison:
    """Runs code where it is unpickled: creates `file` in the process `victim`."""

    def __init__(self, victim: int, file: str) -> None:
        self.victim, self.file = victim, file

    def __reduce__(self) -> tuple[Any, ...]:
        told = f"__import__('os').getpid() == {self.victim} and open({self.file!r}, 'w').close()"
        return builtins.eval, (told,)


class PoisonError(Exception):
    """An exception that runs code where it is unpickled."""

    def __init__(self, poison: Poison) -> None:
        super().__init__("poisoned", poison)


class _Kind(type):
    """A class whose own pickle runs code."""


def result(poison: Poison) -> Any:
    """The result itself."""
    return poison


def held(poison: Poison) -> Any:
    """Somewhere in a result of data."""
    return [b"fine", {"a": poison}]


def error(poison: Poison) -> Any:
    """The exception that a task ends with."""
    raise PoisonError(poison)


def kind(poison: Poison) -> Any:
    """The kind of the result, which Dask sends beside it."""
    copyreg.pickle(_Kind, lambda _: poison.__reduce__())

    class Bytes(bytes, metaclass=_Kind):
        """Bytes, as an answer is."""

    return Bytes(b"[]")


def event(poison: Poison) -> Any:
    """A warning, which a worker may send at any time."""
    distributed.get_worker().log_event("warn", {"message": pickle.dumps(poison)})
    return b"[]"


def big(poison: Poison) -> Any:
    """A message so large that Dask undoes it in another thread."""
    return [b"\0" * (12 << 20), poison]


WAYS = {way.__name__: way for way in (result, held, error, kind, event, big)}


def answer(way: str, victim: int, file: str) -> Any:
    """Runs in a worker: the poisoned answer of a way, made there, since orders run where they are undone."""
    return WAYS[way](Poison(victim, file))


def taken_over(victim: int, file: str, dask_scheduler: Any = None) -> None:
    """Runs in the scheduler: poison in the middle of what it tells each client."""
    from distributed.protocol.serialize import ToPickle

    for told in dask_scheduler.client_comms.values():
        told.send({"op": "event", "topic": "t", "event": ToPickle(Poison(victim, file))})


class PoisonedPlugin(distributed.WorkerPlugin):  # type: ignore[misc]
    """A plugin that no worker can begin with, each for another reason than it should have."""

    name = "extract-poisoned"

    def __init__(self, error: str, victim: int, file: str) -> None:
        self.error, self.victim, self.file = error, victim, file

    async def setup(self, worker: Any) -> None:
        if self.error:
            raise ModuleNotFoundError(self.error)
        raise PoisonError(Poison(self.victim, self.file))


def main() -> None:
    """A scheduler and a worker outside the victim's process, until standard input ends."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
    ) as cluster:
        sys.stdout.write(cluster.scheduler_address + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()

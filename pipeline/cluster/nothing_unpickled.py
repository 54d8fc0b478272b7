"""Nothing that a cluster says is unpickled on this side: a pickle runs what it names, and whoever has taken a
worker over writes what it sends.

Dask's own messages may hold pickles wherever it pleases: the kind of a result, an exception, a warning, any
part of a message. They are all undone in the thread of the client's event loop, or in one that it hands large
messages to. There Python is told (by an audit hook) to refuse every name that a pickle asks for but that of
bytes; without a name a pickle is data. What is read instead are texts, which `told_by` finds without running
anything.
"""

from __future__ import annotations

import pickletools
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

from model.errors import NothingReadError

_OFFLOAD = "Dask-Offload"  # how Dask names the threads that undo messages of ten megabytes and more
_SECONDS = 15.0  # in which an event loop says which thread it runs in
# What Dask's frames are said to be: loading or calling it makes bytes, and runs nothing.
_DATA: Final = frozenset({("builtins", "bytes"), ("builtins", "bytearray"), ("builtins", "memoryview")})
# Names that Dask's sound messages ask for first where they hold an exception. They are refused too, without
# alarm: nobody needs them. (Seen in distributed 2026.8.)
_USUAL: Final = frozenset(
    {
        ("tblib.pickling_support", "unpickle_exception_with_attrs"),
        ("tblib.pickling_support", "unpickle_exception"),
        ("tblib.pickling_support", "unpickle_traceback"),
        ("distributed.scheduler", "KilledWorker"),
    }
)

_NO_TEXTS = frozenset({"args"})  # what an exception keeps its message under


class RefusedNameError(TypeError):
    """A pickle asked for a name. (Dask goes on without a kind or a traceback that raises a TypeError.)"""


class Guard:
    """Refuses the names that pickles ask for in the threads it watches, until it is closed."""

    def __init__(self) -> None:
        self._threads: set[int] = set()
        self._alarm: tuple[str, str] | None = None
        self._is_open = True
        sys.addaudithook(self._hear)  # stays for as long as this process does, and then says nothing more

    def watch(self, thread: int) -> None:
        """Refuse names in the thread of this identity, and in those that Dask hands messages to."""
        self._threads.add(thread)

    def close(self) -> None:
        self._is_open = False

    def raise_alarm(self) -> None:
        """Raises NothingReadError where something was refused that no sound cluster sends: Dask's client may
        be deaf after it."""
        if self._alarm is not None:
            said = f"a machine of the cluster sent code ({'.'.join(self._alarm)}) where an answer was due"
            raise NothingReadError(
                f"{said}; it was not run", "Look at the cluster's machines; what was read is kept."
            )

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event != "pickle.find_class" or not self._is_open or not self._is_watched():
            return
        name = (str(arguments[0]), str(arguments[1]))
        if name in _DATA:
            return
        if name not in _USUAL:
            self._alarm = self._alarm or name
        raise RefusedNameError(f"{'.'.join(name)} is not loaded from a cluster")

    def _is_watched(self) -> bool:
        thread = threading.current_thread()
        return thread.ident in self._threads or thread.name.startswith(_OFFLOAD)


@contextmanager
def guarded_loop() -> Iterator[tuple[Any, Guard]]:
    """An event loop for a client of Dask in a thread of its own, guarded from its first message on."""
    tools: Any = import_module("distributed.utils")
    runner = tools.LoopRunner()
    runner.start()
    guard = Guard()
    try:
        guard.watch(tools.sync(runner.loop, _this_thread, callback_timeout=_SECONDS))
        yield runner.loop, guard
    finally:
        runner.stop()
        guard.close()


def closed(client: Any, seconds: float) -> None:
    """Close a client of Dask, even one that a message it refused has made deaf: its own way to its end waits
    for the task that listened, and would raise again what that task died of, also whenever Python forgets the
    client, where nobody can catch it."""
    try:
        client.close(timeout=seconds)
    except Exception:  # whatever the message made it raise
        client.status = "closed"
        stream = client.scheduler_comm
        if stream is not None:
            client.loop.add_callback(stream.abort)


async def _this_thread() -> int:
    return threading.get_ident()


def told_by(error: BaseException) -> str:
    """What an error of a cluster says; one that came as a pickle is told by its texts, kind and message."""
    data = error.args[0] if error.args else b""
    if not isinstance(data, (bytes, bytearray)):
        return f"{type(error).__name__}: {error}"
    texts = [text for text in texts_of(bytes(data)) if text not in _NO_TEXTS]
    kinds = [n for n, text in enumerate(texts) if text.isidentifier() and text[0].isupper()]
    return ": ".join(texts[kinds[0] : kinds[0] + 2]) if kinds else "an error that can't be told"


def is_killed_worker(error: BaseException) -> bool:
    """Whether the scheduler says that every worker died that was given an order."""
    data = error.args[0] if error.args else b""
    return isinstance(data, (bytes, bytearray)) and "KilledWorker" in texts_of(bytes(data))[:2]


def texts_of(data: bytes) -> list[str]:
    """The texts in a pickle, in their order, without undoing it; as far as they go in one that is broken."""
    found: list[str] = []
    try:
        for operation, argument, _ in pickletools.genops(data):
            if isinstance(argument, str):
                # The older operation holds `module name`; the newer takes two texts that came before it.
                found.extend(argument.split(" ") if operation.name == "GLOBAL" else [argument])
    except (ValueError, IndexError, KeyError, EOFError, OverflowError, MemoryError):
        pass
    return found

"""A worker's side: a process of its own that reads documents, one after another, until its pipe closes.

It lives in its own process group with limits on memory and on the size of files, so that whatever a
document does to it costs that document. `pipeline.workers.pool` starts it.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pickle
import re
import resource
import signal
import sys
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from emit import document_rows, dump_rows
from model.document import Outcome, Source
from model.errors import ExtractError, MissingProgramError
from model.page import PageContent
from pipeline.settings import Settings

_FILE_BYTES = 2 << 30  # no temporary file of a worker grows over this
_PR_SET_PDEATHSIG = 1
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_ERROR_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class ChildConfig:
    """What a worker is told when it starts. `reader` names the module with `read_document` and
    `open_pages`; `memory_bytes` bounds its data segment (0: unbounded)."""

    settings: Settings
    reader: str = "pipeline.document"
    memory_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document was not read. `retry` asks for another try alone; `missing` says that it is the
    machine that lacks something; `trace` is for the log."""

    error: str
    retry: bool = False
    missing: bool = False
    trace: str = ""


def main(fd: int) -> None:
    """Serve the parent at the other end of `fd` until it goes away."""
    parent = Connection(fd)
    _die_with_parent()
    config: ChildConfig = parent.recv()
    _limit(config.memory_bytes)
    try:
        reader = importlib.import_module(config.reader)
        _warm_up(reader)
    except Exception as error:
        missing = isinstance(error, MissingProgramError)
        parent.send(("broken", Failure(told(error), missing=missing, trace=traceback.format_exc())))
        return
    parent.send(("ready",))
    while True:
        order, source, part = _hear(parent)
        if order == "read":
            parent.send(_read(parent, reader, source, config.settings, part))
        else:
            _help(parent, reader, source, config.settings)


def _hear(parent: Connection) -> Any:
    """The parent's next word; leaves when there is no parent. (SystemExit, since decoders raise EOFError
    and OSError of their own, which are the document's failure.)"""
    try:
        return parent.recv()
    except (EOFError, OSError):
        sys.exit(0)


def _warm_up(reader: Any) -> None:
    """Load what every document needs, before any document's clock runs."""
    if hasattr(reader, "warm_up"):
        reader.warm_up()
    if "cv2" in sys.modules:
        sys.modules["cv2"].setNumThreads(1)


def _die_with_parent() -> None:
    """Leave when the parent is gone, however it went; its pipe alone would be noticed too late."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    born_to = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(born_to,), daemon=True).start()


def _watch(born_to: int) -> None:
    while os.getppid() == born_to:
        time.sleep(0.5)
    os.killpg(0, signal.SIGKILL)


def _limit(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    if memory_bytes:
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


class ParentStore:
    """Pages the parent keeps: asked for before one is read, handed over after."""

    def __init__(self, parent: Connection) -> None:
        self._parent = parent

    def get(self, index: int, n_pages: int) -> PageContent | None:
        self._parent.send(("want", index, n_pages))
        kept: bytes | None = _hear(self._parent)
        if kept is None:
            return None
        page: PageContent = pickle.loads(zlib.decompress(kept))
        return page

    def put(self, index: int, n_pages: int, page: PageContent) -> None:
        # Nobody wants the only page of a document back.
        self._parent.send(("have", index, packed(page) if n_pages > 1 else b""))


def packed(page: PageContent) -> bytes:
    """A page as it is kept and sent."""
    return zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), 1)


def _read(
    parent: Connection, reader: Any, source: Source, settings: Settings, part: Sequence[int] | None
) -> tuple[Any, ...]:
    """The answer to an order to read: `("done", rows, pages, resident bytes)`, `("failed", Failure)`, or,
    where only some pages were asked for and there are others, `("part", pages, resident bytes)`."""

    def work() -> tuple[Any, ...]:
        store = ParentStore(parent)
        if part is not None:
            pages = _read_part(reader, source, settings, store, part)
            if pages is not None:
                return ("part", pages, resident_bytes())
        document = reader.read_document(source, settings, store)
        rows = dump_rows(document_rows(Outcome(source, "ok", document, pages=document.pages)))
        return ("done", rows, document.pages, resident_bytes())

    return guarded(source, work)


def _read_part(
    reader: Any, source: Source, settings: Settings, store: ParentStore, part: Sequence[int]
) -> int | None:
    """Read the pages `part` into the store; how many the document has. None, and nothing read, where it
    has no others: then it may as well be read whole."""
    with reader.open_pages(source, settings) as (n_pages, read_page):
        if set(range(n_pages)) <= set(part):
            return None
        for index in part:
            if store.get(index, n_pages) is None:
                store.put(index, n_pages, read_page(index))
        return int(n_pages)


def _help(parent: Connection, reader: Any, source: Source, settings: Settings) -> None:
    """Read single pages of a document that another worker reads, as the parent names them."""

    def work() -> tuple[Any, ...]:
        with reader.open_pages(source, settings) as (_, read_page):
            while True:
                parent.send(("next",))
                index: int | None = _hear(parent)
                if index is None:
                    return ("helped",)
                parent.send(("have", index, packed(read_page(index))))

    parent.send(guarded(source, work))


def guarded(source: Source, work: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
    """`work()`, whatever it raises turned into a `Failure`: pdfminer and image decoders raise anything."""
    try:
        return work()
    except MemoryError:
        return ("failed", Failure("", retry=True))
    except Exception as error:
        missing = isinstance(error, MissingProgramError)
        said = told(error, source.file)
        return ("failed", Failure(said, missing=missing, trace=traceback.format_exc()))


def told(error: Exception, file: str = "") -> str:
    """An error in one line for a user: what, and what to do. No path of this machine, no address."""
    advice = error.advice if isinstance(error, ExtractError) else "The file may be damaged; please report it."
    name = "" if isinstance(error, ExtractError) else f"{type(error).__name__}: "
    text = " ".join(str(error).split())
    if file:  # a result belongs to the bytes, whatever the file is called
        text = text.removeprefix(f"{Path(file).name}: ").replace(file, "the file")
    text = (name + _ADDRESS.sub("", text)).strip(" :")[:_ERROR_CHARACTERS].rstrip(".")
    return f"{text}. {advice}" if text else advice


def resident_bytes() -> int:
    """Memory this process holds now (Linux; 0 elsewhere)."""
    try:
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0

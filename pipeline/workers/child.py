"""A worker's side: a process of its own that reads documents, one after another, until its pipe closes.

It lives in its own process group with limits on memory and on the size of files, so that whatever a
document does to it costs that document. `pipeline.workers.pool` starts it.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from emit import document_columns, dump_columns
from extract.kinds import kind_of_name
from model.document import Outcome, Source
from model.errors import MissingProgramError, told
from model.page import PageContent
from pipeline.coding import CodingError, decoded, dumps, encoded, loads
from pipeline.collecting import collect_rarely, not_collecting
from pipeline.pages import read_or_failed
from pipeline.settings import Settings
from pipeline.workers.messages import (
    Answer,
    Broken,
    Failed,
    Failure,
    Finished,
    Have,
    Help,
    Helped,
    Kept,
    Next,
    PartRead,
    Read,
    Ready,
    Take,
    Told,
    Want,
)

_FILE_BYTES = 2 << 30  # no temporary file of a worker grows over this
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class ChildConfig:
    """What a worker is told when it starts. `reader` names the module with `read_document` and
    `open_pages`; `memory_bytes` bounds its data segment (0: unbounded)."""

    settings: Settings
    reader: str = "pipeline.document"
    memory_bytes: int = 0


def main(fd: int) -> None:
    """Serve the parent at the other end of `fd` until it goes away."""
    parent = Connection(fd)
    _die_with_parent()
    config: ChildConfig = decoded(ChildConfig, parent.recv_bytes())
    limit(config.memory_bytes)
    try:
        reader = importlib.import_module(config.reader)
        _warm_up(reader)
    except Exception as error:
        missing = isinstance(error, MissingProgramError)
        _say(parent, Broken(Failure(told(error), missing=missing, trace=traceback.format_exc())))
        return
    _say(parent, Ready())
    while True:
        order = _hear(parent)
        if isinstance(order, Read):
            _say(parent, _read(parent, reader, order, config.settings))
        elif isinstance(order, Help):
            _help(parent, reader, order.source, config.settings)


def _say(parent: Connection, answer: Answer) -> None:
    parent.send_bytes(encoded(answer, Answer))


def _hear(parent: Connection) -> Told:
    """The parent's next word; leaves when there is no parent. (SystemExit, since decoders raise EOFError
    and OSError of their own, which are the document's failure.)"""
    try:
        word: Told = decoded(Told, parent.recv_bytes())
    except (EOFError, OSError):
        sys.exit(0)
    return word


def _warm_up(reader: Any) -> None:
    """Load what every document needs, before any document's clock runs. It stays for good, so no garbage is
    looked for until it is there (`process.ENTRY`; that took a twelfth of the start), nor in it afterwards,
    again and again while a large document's records grow."""
    if hasattr(reader, "warm_up"):
        reader.warm_up()
    gc.freeze()
    collect_rarely()
    gc.enable()


def _die_with_parent() -> None:
    """Leave when the parent is gone, however it went; its pipe alone would be noticed too late."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    watch_parent()


def watch_parent() -> None:
    """End this process and all of its group soon after its parent is gone."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(born_to: int) -> None:
    while os.getppid() == born_to:
        time.sleep(0.5)
    os.killpg(0, signal.SIGKILL)


def limit(memory_bytes: int) -> None:
    """Bound this process: no core files, no huge files, so much memory (0: any)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    if memory_bytes:
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


class ParentStore:
    """Pages the parent keeps: asked for before one is read, handed over after."""

    def __init__(self, parent: Connection) -> None:
        self._parent = parent

    def get(self, index: int, n_pages: int) -> PageContent | None:
        _say(self._parent, Want(index, n_pages))
        word = _hear(self._parent)
        if not isinstance(word, Kept) or word.content is None:
            return None
        try:
            return loads(PageContent, word.content)
        except CodingError:
            return None  # a page that rotted on disk is read again

    def put(self, index: int, n_pages: int, page: PageContent) -> None:
        # Nobody wants the only page of a document back.
        _say(self._parent, Have(index, packed(page) if n_pages > 1 else b""))


def packed(page: PageContent) -> bytes:
    """A page as it is kept and sent."""
    return dumps(page)


def _read(parent: Connection, reader: Any, order: Read, settings: Settings) -> Answer:
    """The answer to an order to read."""
    source = order.source

    def work() -> Answer:
        store = ParentStore(parent)
        if order.part is not None:
            pages = _read_part(reader, source, settings, store, order.part)
            if pages is not None:
                return PartRead(pages, resident_bytes())
        with not_collecting() if _is_records(source) else nullcontext():
            return _finished(reader, source, settings, store)

    return guarded(source, work)


def _is_records(source: Source) -> bool:
    """Whether nothing that a file is read with leaves garbage behind that refers to itself, as PDFs do."""
    kind = kind_of_name(source.file)
    return kind is not None and kind.kind == "office"


def _finished(reader: Any, source: Source, settings: Settings, store: ParentStore) -> Finished:
    """A document read whole. All of it is gone when this returns, and need not be looked through."""
    outcome = Outcome.of(source, reader.read_document(source, settings, store))
    status, error, pages = outcome.status, outcome.error, outcome.pages
    with not_collecting():
        rows, columns = document_columns(outcome)
        del outcome  # of a large sheet a hundred megabytes
        kept = dump_columns(rows, columns)
    return Finished(status, error, kept, pages, resident_bytes())


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
                store.put(index, n_pages, read_or_failed(read_page, index, source.file))
        return int(n_pages)


def _help(parent: Connection, reader: Any, source: Source, settings: Settings) -> None:
    """Read single pages of a document that another worker reads, as the parent names them."""

    def work() -> Answer:
        with reader.open_pages(source, settings) as (_, read_page):
            while True:
                _say(parent, Next())
                word = _hear(parent)
                if not isinstance(word, Take) or word.index is None:
                    return Helped()
                _say(parent, Have(word.index, packed(read_or_failed(read_page, word.index, source.file))))

    _say(parent, guarded(source, work))


def guarded(source: Source, work: Callable[[], Answer]) -> Answer:
    """`work()`, whatever it raises turned into a `Failure`: pdfminer and image decoders raise anything."""
    try:
        return work()
    except MemoryError:
        return Failed(Failure("", retry=True))
    except Exception as error:
        missing = isinstance(error, MissingProgramError)
        said = told(error, source.file)
        return Failed(Failure(said, missing=missing, trace=traceback.format_exc()))


def resident_bytes() -> int:
    """Memory this process holds now (Linux; 0 elsewhere)."""
    try:
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0

"""What each worker of a cluster is to do next: a few small documents, some pages of a large one, or the
large one put together from its pages.

Knows nothing of Dask. Pages come back to the process that keeps the ledger, so that a run that is stopped
goes on from them, and a document of many pages is read by as many workers as there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from extract.kinds import PAGED, kind_of_name
from model.document import READ, Outcome
from model.errors import ExtractError, WorkerCrashError, told
from pipeline.coding import decoded, encoded
from pipeline.ingest import suffix_of
from pipeline.remote import size_here
from pipeline.workers.ledger import Result
from pipeline.workers.task import PART, Done, PageKeeper, Task

_PAGES = 4  # handed out together: opening the file again costs little then, and little is lost with them
_SMALL_BYTES = 32 << 10  # of a text file that is handed out with others: about twenty pages
_MOST = 8  # small documents handed out together
_TOGETHER_S = 0.3  # that they shall take: a hundred times the cost of handing them out


class SharedKeeper(PageKeeper, Protocol):
    """Where pages are kept (`pipeline.workers.ledger.Ledger`)."""

    def put_pages(self, key: str, pages: Mapping[int, bytes]) -> None: ...


@dataclass(frozen=True, slots=True)
class Order:
    """What one worker is to do: read `tasks` in turn, the first of them with the pages `kept`."""

    tasks: tuple[Task, ...]
    kept: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """How the tasks of an order ended, and the pages that were read where only some were asked for."""

    done: tuple[Done, ...]
    pages: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CannotGoOn:
    """What a worker answers where it failed as no document makes it fail: a full disk, a missing plugin."""

    error: str


@dataclass(frozen=True, slots=True)
class _Packed:
    done: tuple[Done, ...]
    pages: tuple[tuple[int, bytes], ...]


def packed(answer: Answer | CannotGoOn) -> bytes:
    """An answer as data, which is all that a worker may send back."""
    if isinstance(answer, CannotGoOn):
        return encoded(answer, _Packed | CannotGoOn)
    return encoded(_Packed(answer.done, tuple(sorted(answer.pages.items()))), _Packed | CannotGoOn)


def unpacked(data: bytes) -> Answer | CannotGoOn:
    """The answer that `packed` gave. Raises CodingError for anything else."""
    found: _Packed | CannotGoOn = decoded(_Packed | CannotGoOn, data)
    return found if isinstance(found, CannotGoOn) else Answer(found.done, dict(found.pages))


@dataclass(slots=True, eq=False)
class _Paged:
    """A document in work whose pages are handed out. `todo` are groups of pages, None for all of it."""

    task: Task
    kept: set[int]
    todo: deque[tuple[int, ...] | None]
    n_pages: int = 0
    in_work: int = 0
    spent: float = 0.0
    alone: bool = False


class Sharing:
    """The tasks of a run, handed out as orders until each has ended.

    A document's budget of time is counted in seconds of work, whoever does it, so that what fails does
    not hang on how many workers there are. Where a page fails, one worker reads the document on from the
    pages kept: the failure is the one that a worker alone would meet first.
    """

    def __init__(
        self,
        tasks: Iterator[Task],
        keeper: SharedKeeper,
        document_s: float,
        on_page: Callable[[Task], None] = lambda task: None,
    ) -> None:
        self._tasks, self._keeper, self._document_s = tasks, keeper, document_s
        self._on_page = on_page
        self._paged: dict[str, _Paged] = {}
        self._ready: deque[_Paged] = deque()  # with something to do
        self._single: deque[Task] = deque()  # to be handed out alone
        self._next: Task | None = None  # taken from the tasks, not handed out
        self._pace = _TOGETHER_S  # seconds that a small document took lately

    def next_order(self) -> Order | None:
        """What a free worker shall do; None when there is nothing now (more may come of answers)."""
        while self._ready:
            document = self._ready[0]
            if document.todo:
                return self._pages_order(document, document.todo.popleft())
            self._ready.popleft()
        if self._single:
            return Order((self._single.popleft(),))
        task = self._take()
        if task is None:
            return None
        if _is_small(task):
            return Order((task, *self._company()))
        kept = self._keeper.page_numbers(task.key)
        if suffix_of(task.source.path) not in PAGED:
            return Order((task,), self._pages(task, kept))
        document = _Paged(task, kept, deque())
        self._paged[task.key] = document
        return self._pages_order(document, tuple(range(_PAGES)))

    def _take(self) -> Task | None:
        task, self._next = self._next, None
        return task if task is not None else next(self._tasks, None)

    def _company(self) -> Iterator[Task]:
        """Small documents that go with another one."""
        for _ in range(1, min(_MOST, int(_TOGETHER_S / max(self._pace, 1e-3)))):
            task = self._take()
            if task is None:
                return
            if not _is_small(task):
                self._next = task
                return
            yield task

    def _pages_order(self, document: _Paged, part: tuple[int, ...] | None) -> Order:
        document.in_work += 1
        task = replace(document.task, part=part, spent=document.spent, n_pages=document.n_pages)
        wanted = document.kept if part is None else document.kept.intersection(part)
        return Order((task,), self._pages(task, wanted))

    def _pages(self, task: Task, numbers: set[int]) -> dict[int, bytes]:
        found = ((n, self._keeper.get_page(task.key, n)) for n in sorted(numbers))
        return {n: content for n, content in found if content is not None}

    def take(self, order: Order, answer: Answer) -> Iterator[Done]:
        """What an answer brings to its end."""
        for task, done in zip(order.tasks, answer.done, strict=True):
            document = self._paged.get(task.key)
            if document is not None and task.part is not None:
                yield from self._take_part(document, task, done, answer.pages)
                continue
            if task.part is not None:
                continue  # pages of a document that has ended meanwhile
            if document is None and _is_small(task):
                self._pace += (done.result.seconds - self._pace) / 4
            yield self._ended(task, done)

    def _take_part(
        self, document: _Paged, task: Task, done: Done, pages: Mapping[int, bytes]
    ) -> Iterator[Done]:
        first = not document.n_pages
        document.in_work -= 1
        document.spent += done.result.seconds - task.spent
        if pages:
            self._keeper.put_pages(task.key, pages)
            document.kept.update(pages)
        for _ in pages:
            self._on_page(document.task)
        if done.result.status != PART:
            if first:
                yield self._ended(task, done)  # no page before it can have failed, or there are no others
                return
            document.alone = True
        elif first:
            document.n_pages = done.result.pages
            unread = [n for n in range(document.n_pages) if n not in document.kept]
            document.todo.extend(tuple(unread[n : n + _PAGES]) for n in range(0, len(unread), _PAGES))
        if document.spent > self._document_s:
            document.alone = True  # one worker puts it together from the pages there are
        if document.alone:
            document.todo.clear()
        if not document.todo and not document.in_work:
            document.todo.append(None)
        if document.todo and document not in self._ready:
            self._ready.append(document)

    def lost(self, order: Order) -> Iterator[Done]:
        """Several machines died over an order: each of several documents is tried alone, a document
        alone has failed."""
        if len(order.tasks) > 1:
            self._single.extend(order.tasks)
            return
        (task,) = order.tasks
        if task.part is None or task.key in self._paged:
            error = WorkerCrashError("several machines of the cluster died while reading it")
            yield self._failed(task, error, task.n_pages, task.spent)

    def _failed(self, task: Task, error: ExtractError, pages: int, seconds: float) -> Done:
        outcome = Outcome(task.source, "failed", error=told(error), pages=pages)
        return self._ended(task, Done(task, Result.of(outcome, final=False, seconds=seconds)))

    def _ended(self, task: Task, done: Done) -> Done:
        """The document of `task` has its result: nothing more of it is handed out."""
        document = self._paged.pop(task.key, None)
        if document is not None:
            document.todo.clear()
        known = len(document.kept) if document is not None else 0
        for _ in range(done.result.pages - known if done.result.status in READ else 0):
            self._on_page(task)
        return replace(done, task=task)


def _is_small(task: Task) -> bool:
    found = kind_of_name(task.source.path)
    size = size_here(task.source.file) if found is not None and found.kind == "text" else None
    return size is not None and size <= _SMALL_BYTES

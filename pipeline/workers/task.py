"""What a pool of workers is given to do, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from model.document import Source
from pipeline.workers.ledger import Result

PART = "part"
"""Status of a task for some pages: they are kept, its result has no rows."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read, and the key its result and pages are kept under.

    `part` asks for these pages only (indices from 0), unless the document has no others; `spent` seconds
    of its budget are used up already, and it is known to have `n_pages`, by who read other parts of it.
    """

    source: Source
    key: str
    part: tuple[int, ...] | None = None
    spent: float = 0.0
    n_pages: int = 0


@dataclass(frozen=True, slots=True)
class Budget:
    """What a document may cost: seconds for all of it, seconds for one page, bytes of memory."""

    document_s: float = 600.0
    page_s: float = 120.0
    memory_bytes: int = 4 << 30

    def __str__(self) -> str:
        return f"{self.document_s:g}s/{self.page_s:g}s/{self.memory_bytes}"


@dataclass(frozen=True, slots=True)
class Done:
    """A task that ended. `missing` says that the machine lacks a program; `trace` is for the log. The
    status of a task for some pages is `PART`: they are kept, the result has no rows."""

    task: Task
    result: Result
    missing: bool = False
    trace: str = ""


class PageKeeper(Protocol):
    """Where pages of documents that are being read are kept (`pipeline.workers.ledger.Ledger`)."""

    def put_page(self, key: str, number: int, content: bytes) -> None: ...

    def get_page(self, key: str, number: int) -> bytes | None: ...

    def page_numbers(self, key: str) -> set[int]: ...


class StopRequestedError(Exception):
    """The run was asked to stop."""

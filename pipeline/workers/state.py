"""What a pool knows of its workers and of the documents in work."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.workers.process import WorkerProcess
from pipeline.workers.task import Task


@dataclass(slots=True)
class Reading:
    """A document in work: which of its pages are kept, which cost a worker and stand as failed, who reads
    which, which its worker waits for, and whether it has them all."""

    task: Task
    worker: Worker
    started: float
    n_pages: int = 0
    pages_over: bool = False
    kept: set[int] = field(default_factory=set)
    lost: dict[int, bytes] = field(default_factory=dict)
    busy: dict[int, Worker] = field(default_factory=dict)
    waits_for: int | None = None
    alone: bool = False

    def unread(self) -> list[int]:
        """Pages that nobody has read or is reading."""
        return [i for i in range(self.n_pages) if i not in self.kept | self.lost.keys() | self.busy.keys()]

    def in_work(self) -> int | None:
        """The page that the document's own worker is reading, or None."""
        return next((i for i, w in self.busy.items() if w is self.worker), None)


@dataclass(slots=True)
class Worker:
    process: WorkerProcess
    since: float
    state: str = "starting"  # starting, idle, read, help
    reading: Reading | None = None

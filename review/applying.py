"""Apply on its own thread, so that the page can say how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event, Lock, Thread

from model.errors import ExtractError
from review.apply import ApplySummary, apply_decisions
from review.desk import Desk


@dataclass(frozen=True, slots=True)
class Applied:
    """How far applying is: documents done of all, what came of it, or why it failed."""

    done: int = 0
    total: int = 0
    summary: ApplySummary | None = None
    failure: str = ""

    @property
    def running(self) -> bool:
        return self.summary is None and not self.failure


class Applying:
    """At most one run of Apply at a time for a folder."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = Lock()
        self._finished = Event()
        self._thread: Thread | None = None
        self._state = Applied()

    def start(self) -> None:
        """Begin, unless it is under way."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return
            self._finished.clear()
            self._state = Applied(0, len(self._desk.folder.documents))
            self._thread = Thread(target=self._run, name="apply", daemon=True)
            self._thread.start()

    def state(self, wait: float = 0.0) -> Applied | None:
        """How far it is, after at most `wait` seconds; None where nobody asked for it yet."""
        if self._thread is None:
            return None
        self._finished.wait(wait)
        return self._state

    def _run(self) -> None:
        try:
            summary = apply_decisions(self._desk.folder, self._desk.store, self._desk.current, self._tell)
            self._state = Applied(self._state.total, self._state.total, summary)
        except (ExtractError, OSError) as error:
            self._state = Applied(failure=str(error))
        finally:
            self._finished.set()

    def _tell(self, done: int, total: int) -> None:
        self._state = Applied(done, total)

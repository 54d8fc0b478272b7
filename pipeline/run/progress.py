"""What a person and a log see of a run while it goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, TextIO

from model.errors import OutputError
from pipeline.run.said import Language, in_language

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@dataclass(frozen=True, slots=True)
class DocumentEvent:
    """A document of the run that has ended. `trace` is what a programmer wants of a failure."""

    path: str
    status: str
    error: str = ""
    pages: int = 0
    seconds: float = 0.0
    trace: str = ""


class Watcher(Protocol):
    """Told of a run's events, in order."""

    def began(self, inputs: int, waiting: int) -> None:
        """`inputs` in all, of which `waiting` have no result yet."""

    def page(self) -> None:
        """A page has been read."""

    def document(self, event: DocumentEvent) -> None:
        """A document has ended."""

    def writing(self) -> None:
        """Everything is read; the files are being written."""

    def ended(self, exit_code: int) -> None:
        """The run is over."""


class Silent:
    """Watches nothing."""

    def began(self, inputs: int, waiting: int) -> None: ...
    def page(self) -> None: ...
    def document(self, event: DocumentEvent) -> None: ...
    def writing(self) -> None: ...
    def ended(self, exit_code: int) -> None: ...


class Several:
    """Tells several watchers the same."""

    def __init__(self, *watchers: Watcher) -> None:
        self._watchers = watchers

    def began(self, inputs: int, waiting: int) -> None:
        for watcher in self._watchers:
            watcher.began(inputs, waiting)

    def page(self) -> None:
        for watcher in self._watchers:
            watcher.page()

    def document(self, event: DocumentEvent) -> None:
        for watcher in self._watchers:
            watcher.document(event)

    def writing(self) -> None:
        for watcher in self._watchers:
            watcher.writing()

    def ended(self, exit_code: int) -> None:
        for watcher in self._watchers:
            watcher.ended(exit_code)


class JsonLog:
    """Events as JSON lines with the time of day, appended to a file. Raises OutputError."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: TextIO = path.open("a", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be written ({error.strerror})", "Choose another --log."
            ) from error

    def _write(self, event: str, **facts: object) -> None:
        line = {"time": round(self._clock(), 3), "event": event, **facts}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()

    def began(self, inputs: int, waiting: int) -> None:
        self._write("began", inputs=inputs, waiting=waiting)

    def page(self) -> None:
        return None

    def document(self, event: DocumentEvent) -> None:
        self._write("document", **asdict(event))

    def writing(self) -> None:
        self._write("writing")

    def ended(self, exit_code: int) -> None:
        self._write("ended", exit_code=exit_code)
        self._file.close()


class Lines:
    """A line a failed document, or with `every` a line each document (`-v`), through `say`."""

    def __init__(self, say: Callable[[str], None], every: bool = False, lang: Language = "en") -> None:
        self._say, self._every, self._lang = say, every, lang

    def began(self, inputs: int, waiting: int) -> None:
        if self._every:
            self._say(in_language(self._lang, f"{inputs} inputs, {waiting} to read"))

    def page(self) -> None:
        return None

    def document(self, event: DocumentEvent) -> None:
        if event.status in ("failed", "partial"):
            self._say(f"{event.path}: {in_language(self._lang, event.error)}")
        elif self._every:
            facts = f"{event.path}: {event.status}, {event.pages} pages, {event.seconds:.1f} s"
            self._say(in_language(self._lang, facts))

    def writing(self) -> None:
        return None

    def ended(self, exit_code: int) -> None:
        return None


class Bar:
    """One bar on standard error: documents, pages, pages a second, time left, failures so far."""

    def __init__(self, lang: Language = "en") -> None:
        self._lang: Language = lang
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._pages = self._failed = 0
        self._started = time.monotonic()

    def __enter__(self) -> Bar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[facts]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _facts(self) -> str:
        seconds = max(time.monotonic() - self._started, 1e-6)
        failed = f", {self._failed} failed" if self._failed else ""
        return in_language(self._lang, f"{self._pages} pages, {self._pages / seconds:.1f}/s{failed}")

    def began(self, inputs: int, waiting: int) -> None:
        if self._progress is not None:
            self._started = time.monotonic()
            self._task = self._progress.add_task(in_language(self._lang, "reading"), total=waiting, facts="")

    def page(self) -> None:
        self._pages += 1
        self._show()

    def document(self, event: DocumentEvent) -> None:
        self._failed += event.status == "failed"
        self._show(1)

    def _show(self, advance: int = 0) -> None:
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, advance=advance, facts=self._facts())

    def writing(self) -> None:
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=in_language(self._lang, "writing"))

    def ended(self, exit_code: int) -> None:
        return None

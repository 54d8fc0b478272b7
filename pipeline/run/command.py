"""What `extract run` and `extract status` do between the command line and a batch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from emit.formats import FORMATS
from extract.scan.readers.names import EngineName
from model.errors import ExtractError, MissingProgramError
from pipeline.run.batch import FailOn, RunOptions, RunStatus, RunSummary, run, status
from pipeline.run.progress import Bar, JsonLog, Lines, Several, Watcher
from pipeline.settings import Settings
from pipeline.workers.task import Budget


@dataclass(frozen=True, slots=True)
class RunRequest:
    """`extract run` as typed; the fields are its options."""

    inputs: tuple[Path, ...]
    out: Path
    jobs: int | None = None
    resume: bool = True
    as_of: date | None = None
    province: str = ""
    formats: str = "csv"
    cluster: str = ""
    timeout: float = 600.0
    engine: EngineName = "auto"
    no_repair: bool = False
    no_bom: bool = False
    keep_images: Path | None = None
    verify_ink: bool = False
    fail_on: FailOn | None = None
    log: Path | None = None
    verbose: int = 0
    quiet: bool = False

    def options(self) -> RunOptions:
        """Raises ValueError for a format that is not known."""
        formats = tuple(part.strip() for part in self.formats.split(",") if part.strip())
        unknown = [name for name in formats if name not in FORMATS]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no format; known are {', '.join(FORMATS)}")
        settings = Settings(
            as_of=self.as_of,
            province=self.province,
            engine=self.engine,
            repair=not self.no_repair,
            keep_images=str(self.keep_images.absolute()) if self.keep_images else "",
            verify_ink=self.verify_ink,
        )
        return RunOptions(
            settings=settings,
            jobs=self.jobs or 0,
            fresh=not self.resume,
            budget=Budget(document_s=self.timeout),
            formats=formats or ("csv",),
            bom=not self.no_bom,
            fail_on=self.fail_on,
            cluster=self.cluster,
        )


def run_command(
    request: RunRequest, say: Callable[[str], None], complain: Callable[[str], None]
) -> RunSummary:
    """Run a batch with progress on the terminal. `say` gets the closing summary, `complain` what failed.

    Errors that end the run are told through `complain` and become the summary's exit code.
    """
    try:
        options = request.options()
        with _watchers(request, complain) as watcher:
            summary = run(request.inputs, request.out, options, watcher)
    except MissingProgramError as error:
        complain(f"{error} {error.advice}")
        return RunSummary(error.exit_code, message=str(error))
    except ExtractError as error:
        complain(f"{error} {error.advice}".strip())
        return RunSummary(error.exit_code, message=str(error))
    if summary.message:
        complain(summary.message)
    if summary.kept:
        complain(f"the set here had been changed since the last run; it is kept in {summary.kept}")
    if not request.quiet:
        for line in closing_lines(summary, request.out):
            say(line)
    return summary


@contextmanager
def _watchers(request: RunRequest, complain: Callable[[str], None]) -> Iterator[Watcher]:
    with ExitStack() as stack:
        watchers: list[Watcher] = []
        if sys.stderr.isatty() and not request.quiet:
            watchers.append(stack.enter_context(Bar()))
        if request.log:
            watchers.append(JsonLog(request.log))
        watchers.append(Lines(complain, every=request.verbose > 0))
        yield Several(*watchers)


def closing_lines(summary: RunSummary, out: Path) -> Iterator[str]:
    """What a person wants to know at the end of a run: every input accounted for, what to look at next."""
    yield (
        f"{summary.inputs} inputs: {summary.read} read ({summary.read_now} now), {summary.failed} failed,"
        f" {summary.skipped} skipped; {summary.pages} pages in {summary.seconds:.1f} s"
    )
    if summary.read:
        yield (
            f"{summary.tables} tables; flags: {summary.errors} errors, {summary.warnings} warnings,"
            f" {summary.infos} notes"
        )
        if summary.figures:
            share = summary.proved / summary.figures
            yield f"{summary.figures} figures, {summary.proved} of them proved ({share:.0%})"
        yield f"written to {out}; look at the flags with: extract review {out}"


def status_lines(folder: Path) -> Iterator[str]:
    """How far the run in `folder` is, a line a fact. Raises NothingReadError where there is none."""
    found: RunStatus = status(folder)
    counts = found.counts
    state = (
        "running" if found.running else f"ended {found.ended}" if found.ended else "stopped before its end"
    )
    yield f"{folder}: {state} (started {found.started})"
    yield (
        f"{counts.inputs} inputs: {counts.read} read, {counts.failed} failed, {counts.skipped} skipped,"
        f" {counts.waiting} waiting; {counts.pages} pages"
    )
    for path, reason in found.failures:
        yield f"  failed: {path}: {reason}"

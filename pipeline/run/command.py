"""What `extract run` and `extract status` do between the command line and a batch."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from emit.columns import DOCUMENTS
from emit.escape import unescape
from emit.formats import FORMATS
from extract.kinds import kind_inside, kind_of_name
from extract.scan.readers.names import EngineName
from model.document import Source
from model.errors import ExitCode, ExtractError
from pipeline.ingest import Wanted, find_inputs
from pipeline.run.batch import FailOn, RunOptions, RunStatus, RunSummary, run, status
from pipeline.run.progress import Bar, JsonLog, Lines, Several, Watcher
from pipeline.run.said import Language, in_language, said, told_in
from pipeline.settings import Settings
from pipeline.workers.task import Budget

_HEAD_OF_PDF = 1024  # bytes in which the mark of a PDF stands (ISO 32000, annex H)
_MOST_TWINS = 5  # pairs of equal files that are named


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
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    lang: Language = "en"

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
            pages=self.pages,
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
            wanted=Wanted(self.include, self.exclude),
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
    except ExtractError as error:
        complain(told_in(request.lang, error))
        return RunSummary(error.exit_code, message=str(error))
    if summary.message:
        stopped = summary.exit_code == ExitCode.INTERRUPTED
        complain(said(request.lang, "interrupted") if stopped else in_language(request.lang, summary.message))
    if summary.kept:
        complain(said(request.lang, "kept", kept=summary.kept))
    if not request.quiet:
        for line in closing_lines(summary, request.out, request.lang):
            say(line)
    return summary


@contextmanager
def _watchers(request: RunRequest, complain: Callable[[str], None]) -> Iterator[Watcher]:
    with ExitStack() as stack:
        watchers: list[Watcher] = []
        if sys.stderr.isatty() and not request.quiet:
            watchers.append(stack.enter_context(Bar(request.lang)))
        if request.log:
            watchers.append(JsonLog(request.log))
        watchers.append(Lines(complain, every=request.verbose > 0, lang=request.lang))
        yield Several(*watchers)


def closing_lines(summary: RunSummary, out: Path, lang: Language = "en") -> Iterator[str]:
    """What a person wants to know at the end of a run: every input accounted for, what to look at next."""
    told = {"inputs": summary.inputs, "read": summary.read, "now": summary.read_now, "failed": summary.failed}
    seconds = f"{summary.seconds:.1f}"
    yield said(lang, "closing", **told, skipped=summary.skipped, pages=summary.pages, seconds=seconds)
    if not summary.read:
        return
    flags = {"errors": summary.errors, "warnings": summary.warnings, "infos": summary.infos}
    yield said(lang, "tables", tables=summary.tables, **flags)
    if summary.figures:
        share = f"{summary.proved / summary.figures:.0%}"
        yield said(lang, "figures", figures=summary.figures, proved=summary.proved, share=share)
    yield from _twins(out, lang)
    yield said(lang, "written", out=out)


def _twins(out: Path, lang: Language) -> Iterator[str]:
    """Documents with the same bytes: each is in the set, but a person may want to know."""
    first: dict[str, str] = {}
    twins: list[tuple[str, str]] = []
    with (out / DOCUMENTS.file).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["sha256"]:
                other = first.setdefault(row["sha256"], row["path"])
                if other != row["path"]:
                    twins.append((unescape(row["path"]), unescape(other)))
    if twins:
        yield said(lang, "same_bytes", n=len(twins))
    for path, other in twins[:_MOST_TWINS]:
        yield said(lang, "same_as", path=path, first=other)
    if len(twins) > _MOST_TWINS:
        yield "  …"


def dry_run_of(request: RunRequest, say: Callable[[str], None]) -> int:
    """Say what would be read, and why each other file is not; the exit code a run could not better."""
    found = find_inputs(request.inputs, exclude=request.out, wanted=Wanted(request.include, request.exclude))
    misnamed = 0
    for source in found.sources:
        kind = kind_of_name(source.path)
        other = _misnamed(source)
        misnamed += bool(other)
        if other:
            reason = in_language(request.lang, f"no PDF, but {other}")
            say(said(request.lang, "would_fail", path=source.path, reason=reason))
        else:
            called = in_language(request.lang, kind.name if kind else "")
            say(said(request.lang, "would_read", path=source.path, kind=called))
    for outcome in found.outcomes:
        key = "would_fail" if outcome.status == "failed" else "would_skip"
        say(
            said(request.lang, key, path=outcome.source.path, reason=in_language(request.lang, outcome.error))
        )
    failed, read = sum(o.status == "failed" for o in found.outcomes), len(found.sources) - misnamed
    told = {"read": read, "skipped": len(found.outcomes) - failed, "failed": failed + misnamed}
    say(said(request.lang, "dry_end", **told))
    return ExitCode.OK if read else ExitCode.NOTHING_READ


def _misnamed(source: Source) -> str:
    """What a file that is called a PDF is instead, in words; '' where nothing speaks against its name."""
    kind, path = kind_of_name(source.path), Path(source.file)
    if kind is None or kind.kind != "pdf" or not path.is_file():
        return ""
    with path.open("rb") as file:
        is_pdf = b"%PDF" in file.read(_HEAD_OF_PDF)
    return "" if is_pdf else kind_inside(path)


def status_lines(folder: Path, lang: Language = "en") -> Iterator[str]:
    """How far the run in `folder` is, a line a fact. Raises NothingReadError where there is none."""
    found: RunStatus = status(folder)
    counts = found.counts
    state = (
        "running" if found.running else f"ended {found.ended}" if found.ended else "stopped before its end"
    )
    yield in_language(lang, f"{folder}: {state} (started {found.started})")
    yield in_language(
        lang,
        f"{counts.inputs} inputs: {counts.read} read, {counts.failed} failed, {counts.skipped} skipped,"
        f" {counts.waiting} waiting; {counts.pages} pages",
    )
    for path, reason in found.failures:
        yield in_language(lang, f"  failed: {path}: {reason}")

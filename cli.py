"""The `extract` command: parse, call one function, print, exit. Everything else is imported when used."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline.run.arguments import Commands, Day, Pages

if TYPE_CHECKING:
    from model.errors import ExtractError
    from pipeline.run.said import Language

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


_LANG = click.option(
    "--lang", type=click.Choice(["vi", "en"]), help="Language of messages (default: the locale's)."
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="extract-vn", prog_name="extract")
@_LANG
def main(lang: str | None) -> None:  # of the call as a whole: its commands have it as their default
    """Turn Vietnamese administrative reports (scans, PDFs, text) into CSV with flags."""


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", "-o", required=True, type=_FOLDER, help="Folder for the CSV set.")
@click.option("--jobs", "-j", type=click.IntRange(1), help="Documents read at a time (default: the cores).")
@click.option(
    "--resume/--fresh", default=True, help="Keep what an earlier run read (default), or read all again."
)
@click.option("--as-of", type=Day(), help="Day for place names (default: the document's own date).")
@click.option("--province", default="", help="Province of the documents, a hint for places.")
@click.option("--format", "formats", default="csv", help="csv, parquet, xlsx, joined by commas.")
@click.option("--cluster", default="", metavar="ADDRESS", help="A Dask scheduler, tcp://HOST:PORT.")
@click.option("--timeout", type=float, default=600.0, show_default=True, help="Seconds a document may take.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "tesserocr", "pytesseract"]),
    default="auto",
    show_default=True,
    help="Which program reads cells: auto takes the fastest that is installed.",
)
@click.option("--no-repair", is_flag=True, help="Change no figure, only flag.")
@click.option("--no-bom", is_flag=True, help="CSV without a byte order mark.")
@click.option("--keep-images", type=_FOLDER, help="Keep the picture of each preprocessing step here.")
@click.option("--verify-ink", is_flag=True, help="Compare every figure of text layers with its ink.")
@click.option("--report", is_flag=True, help="Write report.html beside the CSV.")
@click.option("--fail-on", type=click.Choice(["error", "warning"]), help="Exit 10 when such flags stand.")
@click.option("--log", type=click.Path(dir_okay=False, path_type=Path), help="Events as JSON lines.")
@click.option("--include", multiple=True, metavar="GLOB", help="Read only such files (*.pdf, 2024/*).")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave such files out.")
@click.option("--pages", type=Pages(), default=(), help="Read only these pages of each document: 1-3,7.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and why each other file is not.")
@_LANG
@click.option("-v", "--verbose", count=True, help="Say more.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def run(report: bool, dry_run: bool, **options: Any) -> None:
    """Read every report under INPUTS and write the CSV set."""
    from pipeline.run.command import RunRequest, dry_run_of, run_command
    from pipeline.run.said import language

    options["lang"] = language(options["lang"] or "")
    request = RunRequest(**options)
    _check_province(request.province, request.lang)
    try:
        request.options()
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--format") from error
    if dry_run:
        sys.exit(dry_run_of(request, click.echo))
    summary = run_command(request, click.echo, lambda line: click.echo(line, err=True))
    if summary.read:
        _after_run(request.out, report, request.lang)
    sys.exit(summary.exit_code)


def _check_province(name: str, lang: Language) -> None:
    """Refuse a province that nobody knows, with the nearest names."""
    if not name:
        return
    from pipeline.lookup import province_like
    from pipeline.run.said import said

    known, near = province_like(name)
    if not known:
        nearest = said(lang, "near_provinces", names=", ".join(near)) if near else ""
        message = said(lang, "no_province", name=repr(name), near=nearest)
        raise click.BadParameter(message, param_hint="--province")


def _after_run(out: Path, report: bool, lang: Language) -> None:
    """What a reviewer has to do with a run: decisions that no longer fit, and the report."""
    from pipeline.run.said import said

    if (out / "review.sqlite").is_file():
        from review.apply import unfit_decisions

        for line in unfit_decisions(out):
            click.echo(said(lang, "unfit", line=line), err=True)
    if report:
        from review.report import write_report

        click.echo(said(lang, "report", path=write_report(out)))


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--fail-on", type=click.Choice(["error", "warning"]), help="Exit 10 when such flags stand.")
@_LANG
def check(folder: Path, fail_on: str | None, lang: str | None) -> None:
    """Take up what was corrected by hand in cells.csv (text, value) and run the checks again."""
    from model.errors import ExitCode, ExtractError
    from pipeline.run.recheck import recheck
    from pipeline.run.said import language, said

    try:
        summary = recheck(folder)
    except ExtractError as error:
        _fail(error, lang)
    if summary.kept is not None:
        click.echo(said(language(lang or ""), "edited", edited=summary.edited, kept=summary.kept))
    told = {"documents": summary.documents, "flags": summary.flags, "errors": summary.errors}
    click.echo(said(language(lang or ""), "checked", **told))
    sys.exit(ExitCode.FLAGGED if summary.fails(fail_on) else ExitCode.OK)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_LANG
def status(folder: Path, lang: str | None) -> None:
    """Say how far the run in FOLDER is."""
    from model.errors import ExtractError
    from pipeline.run.command import status_lines
    from pipeline.run.said import language

    try:
        for line in status_lines(folder, language(lang or "")):
            click.echo(line)
    except ExtractError as error:
        _fail(error, lang)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1 (default: a free one)."
)
@click.option("--no-browser", is_flag=True, help="Print the address, open no browser.")
@click.option("--user", default="", help="Name written beside decisions (default: the login name).")
@click.option(
    "--second",
    type=click.FloatRange(0, 100),
    default=10.0,
    show_default=True,
    help="Percent of decided cells that a second person reads without seeing the first reading.",
)
@click.option(
    "--second-kind", "kinds", multiple=True, metavar="KIND", help="Read all of such flags twice (total, ...)."
)
@_LANG
def review(
    folder: Path,
    port: int,
    no_browser: bool,
    user: str,
    second: float,
    kinds: tuple[str, ...],
    lang: str | None,
) -> None:
    """Open the review page over a finished run."""
    from model.errors import ExtractError
    from review.people import Twice
    from review.serve import serve

    try:
        twice = Twice(second / 100, frozenset(kinds))
        serve(folder, port, not no_browser, user, say=click.echo, twice=twice, language=_of_page(lang))
    except ExtractError as error:
        _fail(error, lang)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--what",
    type=click.Choice(["figures", "proved", "places"]),
    default="figures",
    show_default=True,
    help="What is drawn: figures, proved figures or places without a flag.",
)
@click.option("--size", type=click.IntRange(1), default=300, show_default=True, help="How many are read.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws others.")
@click.option("--user", default="", help="Name written beside answers (default: the login name).")
@click.option("--terminal", is_flag=True, help="Ask here, lay each place's picture in a file.")
@click.option("--no-browser", is_flag=True, help="Print the address, open no browser.")
@_LANG
def audit(
    folder: Path,
    what: str,
    size: int,
    seed: int,
    user: str,
    terminal: bool,
    no_browser: bool,
    lang: str | None,
) -> None:
    """Read a random sample of what carries no flag, and say how much of the set is wrong at most."""
    from model.errors import ExtractError
    from pipeline.run.audit import WHATS, Audit, write_quality
    from pipeline.run.said import in_language, language
    from review.audit_terminal import audit_on_terminal
    from review.desk import Desk
    from review.serve import login, serve

    speaks = language(lang or "")
    try:
        begun = Audit(folder, WHATS[WHATS.index(what)], size, seed, user or login())
        click.echo(in_language(speaks, f"{begun.population} {what} carry no flag"))
        if terminal:
            picture = folder / ".extract" / "audit.png"
            audit_on_terminal(Desk(folder, begun.who), begun, picture, click.prompt, click.echo, speaks)
        else:
            with suppress(KeyboardInterrupt):  # how a person ends it
                shown = _of_page(lang)
                serve(folder, 0, not no_browser, user, say=click.echo, audit=begun, language=shown)
        for name, quality in write_quality(folder).items():
            click.echo(f"{in_language(speaks, name)}: {in_language(speaks, quality.sentence())}")
    except ExtractError as error:
        _fail(error, lang)


@main.command()
@click.argument("text", nargs=-1)
@_LANG
def repair(text: tuple[str, ...], lang: str | None) -> None:
    """Repair the diacritics of TEXT, or of standard input, line by line."""
    from model.errors import ExtractError
    from pipeline.language import repair_text

    try:
        for line in repair_text([" ".join(text)] if text else sys.stdin.read().splitlines()):
            click.echo(line)
    except ExtractError as error:
        _fail(error, lang)


@main.command()
@click.argument("name", required=False)
@click.option("--within", default="", help="The unit it lies in.")
@click.option("--type", "kind", default="", help="xã, phường, thị trấn, huyện ...")
@click.option("--as-of", type=Day(), help="Day the name is looked up for (default: the newest known).")
@click.option("--was", is_flag=True, help="Say what the unit was made of.")
@click.option("--now", is_flag=True, help="Say what became of the unit.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--file", type=_FILE, help="A CSV file with a column of names, resolved as a whole.")
@click.option("--column", default="", help="The column of --file that holds the names.")
@click.option("--beside", default="", help="Another column of --file, with each row's district or province.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where it is written with codes."
)
@_LANG
def place(
    name: str | None,
    within: str,
    kind: str,
    as_of: date | None,
    was: bool,
    now: bool,
    as_json: bool,
    file: Path | None,
    column: str,
    beside: str,
    out: Path | None,
    lang: str | None,
) -> None:
    """Resolve one place name, or a whole column of them. Exits 1 where nothing bears the name."""
    from pipeline.lookup import is_named, lineage, lookup, lookup_table
    from pipeline.run.said import in_language, language, said

    if file is not None:
        _place_column(file, column, beside, within, as_of, out, lang)
        return
    if not name:
        raise click.UsageError("Name a place, or a file with --file.")
    tell = partial(in_language, language(lang or ""))
    if was or now:
        rows = lineage(name, within, kind, as_of, was, tell)
        unknown = said(language(lang or ""), "no_unit", name=repr(name), near="")
        _print_table(rows) if rows else click.echo(unknown, err=True)
        sys.exit(0 if rows else 1)
    found = lookup(name, within, kind, as_of)
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif found:
        _print_table(lookup_table(found, tell))
    if not is_named(found, name):
        speaks = language(lang or "")
        near = said(speaks, "near") if found else ""
        click.echo(said(speaks, "no_unit", name=repr(name), near=near), err=True)
        sys.exit(1)


def _place_column(
    file: Path,
    column: str,
    beside: str,
    within: str,
    as_of: date | None,
    out: Path | None,
    lang: str | None,
) -> None:
    from model.errors import ExtractError
    from pipeline.lookup import lookup_column
    from pipeline.run.said import in_language, language

    if not column or out is None:
        raise click.UsageError("--file needs --column and --out.")
    try:
        found = lookup_column(file, column, within, as_of, out, beside)
    except ExtractError as error:
        _fail(error, lang)
    speaks = language(lang or "")
    click.echo(", ".join(f"{count} {in_language(speaks, kind)}" for kind, count in sorted(found.items())))


@main.command()
@_LANG
def doctor(lang: str | None) -> None:
    """Say what is installed, what is missing, and how to mend it."""
    from model.errors import ExitCode
    from pipeline.doctor import examine
    from pipeline.run.said import in_language, language

    found = examine()
    rows = [("", "what", "", "how to mend it")]
    for finding in found:
        sign = "ok" if finding.ok else "MISSING" if finding.needed else "absent"
        rows.append((sign, finding.name, finding.detail, "" if finding.ok else finding.advice))
    speaks = language(lang or "")
    _print_table([tuple(in_language(speaks, text) for text in row) for row in rows])
    missing = any(f.needed and not f.ok for f in found)
    sys.exit(ExitCode.MISSING_PROGRAM if missing else ExitCode.OK)


def _fail(error: ExtractError, lang: str | None = None) -> NoReturn:
    """One clear line: what is wrong, what to do; and the error's own exit code."""
    from pipeline.run.said import language, told_in

    click.echo(told_in(language(lang or ""), error), err=True)
    sys.exit(error.exit_code)


def _of_page(lang: str | None) -> Language:
    """The language that a page is met in: Vietnamese, unless English is asked for."""
    return "en" if lang == "en" else "vi"


def _print_table(rows: Sequence[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for title in rows[0]:
        table.add_column(title, overflow="fold")
    for row in rows[1:]:
        table.add_row(*(Text(value) for value in row))
    Console(width=None if sys.stdout.isatty() else 160).print(table)


if __name__ == "__main__":
    main()

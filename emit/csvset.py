"""The CSV set of a run: written aside, then renamed, so that a reader never sees half a file.

`SetWriter` takes one document at a time and keeps none of them.
"""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from emit.columns import FILES
from emit.escape import escape
from emit.formats import outputs as format_outputs
from emit.formats import write_formats
from emit.listed import Listed, write_listed
from emit.package import data_package, made_of
from emit.packed import dump_rows
from emit.rows import DocumentRows, document_rows, flag_rows
from emit.tables import person_table, table_file, table_folder
from emit.texts import Row, number_text
from emit.written import FILE as WRITTEN
from emit.written import WrittenLog
from model.document import READ, Outcome, Source
from model.errors import OutputError
from model.flag import Flag

WORK = ".extract"  # the folder below the output folder that holds the ledger and what is being written
READY = "ready"  # the folder below it of a finished set that is being put in place
PACKAGE = "datapackage.json"
# Everything a run may write at the top of the output folder.
OUTPUTS = (
    WORK,
    "tables",
    PACKAGE,
    "report.html",
    *format_outputs(),
    *(schema.file for schema in FILES),
)
# What checking, reviewing and auditing a set write beside it.
_BESIDE = (
    "reviewed",
    *(f"review.sqlite{end}" for end in ("", "-wal", "-shm", "-journal")),
    "audit.csv",
    "audit",  # audit.new, before it is audit.csv
    "quality.json",
)
_BOM = "\ufeff"
_TABLE_PATH = 9  # of a row of tables.csv without doc_id


def refuse_links(out_dir: Path) -> None:
    """Raises OutputError where something in an output folder that a run would write through is a link, a pipe
    or a device: whoever prepared the folder so wants a file elsewhere to be overwritten."""
    work = out_dir / WORK
    if work.is_symlink() or (work.exists() and not work.is_dir()):
        raise OutputError(f"{work}: is no folder of this program")
    names = [out_dir / f"{name}{end}" for name in (*OUTPUTS, *_BESIDE) for end in ("", ".new")]
    for path in [*names, *(work.iterdir() if work.is_dir() else ())]:
        if path.is_symlink() or (path.exists() and not (path.is_file() or path.is_dir())):
            raise OutputError(f"{path}: is a link or no file; nothing is written through it")


def out_of_space(error: OSError | sqlite3.Error, out_dir: Path) -> OutputError:
    """What to tell a user whose output folder can't be written."""
    return OutputError(f"{out_dir}: cannot be written ({getattr(error, 'strerror', '') or error})")


class SetWriter:
    """Writes the CSV set for documents given one by one, in the order in which they shall stand.

    A context manager: leaving it without an exception puts the new set in place of the old one, leaving
    it with one removes what was begun. `made` says what made the set (by default, what it said before);
    `before_publish` is told the folder of the finished new files just
    before they are put in place. Raises OutputError where the folder can't be written.
    """

    def __init__(
        self,
        out_dir: Path,
        bom: bool = True,
        before_publish: Callable[[Path], None] | None = None,
        made: Mapping[str, Any] | None = None,
    ) -> None:
        self._out, self._bom, self._before_publish, self._made = out_dir, bom, before_publish, made
        self._new = out_dir / WORK / f"new-{os.getpid()}"
        self._open: dict[str, TextIO] = {}
        self._rows: dict[str, Callable[[Iterable[Sequence[str]]], object]] = {}
        self._log: WrittenLog | None = None

    def __enter__(self) -> SetWriter:
        refuse_links(self._out)
        try:
            finish_publishing(self._out)
            if (self._out / "tables").is_dir() and not self._ours():
                raise OutputError(f"{self._out}: holds a folder `tables` that another program made")
            shutil.rmtree(self._new, ignore_errors=True)
            (self._new / "tables").mkdir(parents=True)
            for schema in FILES:
                file = self._create(self._new / schema.file)
                self._open[schema.name] = file
                self._rows[schema.name] = csv.writer(file, lineterminator="\n").writerows
                self._rows[schema.name]([schema.columns])
            self._log = WrittenLog(self._new / WRITTEN)
        except OSError as error:
            self._abandon()
            raise out_of_space(error, self._out) from error
        return self

    def _ours(self) -> bool:
        """Whether what lies in the output folder is a set of an earlier run, and may be replaced."""
        return (self._out / PACKAGE).is_file() or (self._out / WORK).is_dir()

    def _create(self, path: Path) -> TextIO:
        file = path.open("w", encoding="utf-8", newline="")
        if self._bom:
            file.write(_BOM)
        return file

    def add(
        self,
        source: Source,
        rows: DocumentRows,
        more_flags: Sequence[Flag] = (),
        same_as: str = "",
        packed: bytes = b"",
    ) -> None:
        """Write one input's rows. `more_flags` are those found by comparing documents with each other;
        `same_as` names a better source of the same report: then this one's figures are left out of the
        panel. `packed` are the rows as `dump_rows` packs them, where somebody has them so."""
        doc_id = escape(source.doc_id)
        flags = (*rows.flags, *flag_rows(more_flags))
        try:
            said = (escape(source.path), source.sha256, rows.status, rows.error, *rows.head)
            self._rows["documents"]([(doc_id, *said, *_counts(rows, len(flags)), escape(same_as))])
            for row in rows.tables:
                path = escape(f"{table_folder(source.doc_id)}/{table_file(row[0])}")
                self._rows["tables"]([(doc_id, *row[:_TABLE_PATH], path, *row[_TABLE_PATH + 1 :])])
            for name in ("pages", "cells", "places", "statements", "lines", "observations"):
                if not (same_as and name == "observations"):
                    self._add_rows(name, doc_id, rows.of_file(name))
            self._rows["flags"](map((doc_id,).__add__, flags))
            self._write_tables(source.doc_id, rows.cells)
            if self._log is not None:
                kept = packed if packed and not more_flags else dump_rows(replace(rows, flags=flags))
                self._log.add(source, kept)
        except (OSError, sqlite3.OperationalError) as error:
            raise out_of_space(error, self._out) from error

    def _add_rows(self, name: str, doc_id: str, rows: Sequence[Row]) -> None:
        if isinstance(rows, Listed):
            write_listed(self._open[name].write, rows, doc_id)
        else:
            self._rows[name](map((doc_id,).__add__, rows))

    def _write_tables(self, doc_id: str, cells: Sequence[Row]) -> None:
        folder = self._new / table_folder(doc_id)
        for table_id, rows in _by_table(cells).items():
            folder.mkdir(parents=True, exist_ok=True)
            with self._create(folder / table_file(table_id)) as file:
                csv.writer(file, lineterminator="\n").writerows(person_table(rows))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._abandon()
            return
        try:
            self._publish()
        except (OSError, sqlite3.OperationalError) as failed:
            self._abandon()
            raise out_of_space(failed, self._out) from failed

    def _publish(self) -> None:
        for file in self._open.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        if self._log is not None:
            self._log.finish(self._new)
        made = made_of(self._out / PACKAGE) if self._made is None else self._made
        with (self._new / PACKAGE).open("w", encoding="utf-8") as package:
            package.write(data_package(self._bom, self._new, made))
            package.flush()
            os.fsync(package.fileno())
        if self._before_publish is not None:
            self._before_publish(self._new)
        self._new.rename(self._out / WORK / READY)
        _sync_folder(self._out / WORK)
        finish_publishing(self._out)

    def _abandon(self) -> None:
        for file in self._open.values():
            try:
                file.close()
            except OSError:
                pass  # a full disk refuses the last lines too; they are thrown away with the rest
        if self._log is not None:
            self._log.close()
        shutil.rmtree(self._new, ignore_errors=True)


def finish_publishing(out: Path) -> None:
    """Put a set that is ready in place of the old one, wholly; nothing where none is ready.

    From the moment a finished set is called ready it is the set: a run that is killed between two of these
    renames left the rest to this function, which the next one calls first. Meanwhile there is no
    datapackage.json: where there is one, all files are those it names. Raises OSError.
    """
    ready, old = out / WORK / READY, out / WORK / "old-tables"
    if not ready.is_dir():
        return
    if (ready / PACKAGE).exists():
        (out / PACKAGE).unlink(missing_ok=True)
    if (ready / WRITTEN).exists():
        (out / WORK / WRITTEN).unlink(missing_ok=True)  # of the old set; the new one's comes last
    if (ready / "tables").is_dir():
        shutil.rmtree(old, ignore_errors=True)
        if (out / "tables").exists():
            (out / "tables").rename(old)
        (ready / "tables").rename(out / "tables")
    _remove_derived(out)
    for path in sorted(ready.iterdir()):
        if path.name not in (WRITTEN, PACKAGE):
            path.replace(out / path.name)
    for last, place in ((PACKAGE, out), (WRITTEN, out / WORK)):
        if (ready / last).exists():
            (ready / last).replace(place / last)
    ready.rmdir()
    _sync_folder(out)
    shutil.rmtree(old, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    """What was renamed in the folder stays so when the power goes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_derived(out: Path) -> None:
    """Drop what was made of the set that is about to be replaced; `write_formats` makes it anew."""
    for name in format_outputs():
        made = out / name
        if made.is_dir():  # a folder may hold what somebody else put there
            for schema in FILES:
                (made / f"{schema.name}.{name}").unlink(missing_ok=True)
        else:
            made.unlink(missing_ok=True)


def _by_table(cells: Sequence[Row]) -> dict[str, Sequence[Row]]:
    """The cells of each table; those of a set that somebody changed may stand anywhere."""
    if isinstance(cells, Listed) and cells:
        parts = list(cells.parts(0))
        if len(dict(parts)) == len(parts):
            return dict(parts)
    by_table: dict[str, list[Row]] = {}
    for cell in cells:
        by_table.setdefault(cell[0], []).append(cell)
    return dict(by_table)


def _counts(rows: DocumentRows, flags: int) -> Row:
    """Tables, flags, share of figures proved, figures; empty for what was not read."""
    if rows.status not in READ:
        return ("", "", "", "")
    share = number_text(rows.proved / rows.figures) if rows.figures else ""
    return (str(len(rows.tables)), str(flags), share, str(rows.figures))


def write_set(
    outcomes: Iterable[Outcome],
    out_dir: Path,
    bom: bool = True,
    formats: Sequence[str] = ("csv",),
) -> None:
    """Write the whole set for `outcomes`, one at a time, documents in the order given.

    `formats` may name `parquet` and `xlsx` beside `csv`. Raises OutputError.
    """
    with SetWriter(out_dir, bom) as writer:
        for outcome in outcomes:
            writer.add(outcome.source, document_rows(outcome))
    write_formats(out_dir, formats)

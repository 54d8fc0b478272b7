"""The ledger of an output folder: what has been read, under which bytes, settings and version.

One SQLite file, written by one process. A document's rows are committed when it is done, its pages while
it is being read, so that a run that is stopped goes on where it was. Keys are of content, not of names:
the same bytes under two names are read once.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from emit import DocumentRows, document_columns, dump_columns, load_rows
from emit.csvset import WORK, refuse_links
from emit.packed import BROKEN_ROWS
from model.document import Outcome, Source
from model.errors import OutputError
from pipeline.ingest import Inputs
from pipeline.workers.salvage import is_sound, rebuilt

_AGAIN = "Run again: what is sound of it is kept, the rest is read anew."
_TOGETHER = 500  # inputs identified in one transaction
_FORMAT = 3  # of the tables below; an older ledger is begun anew, a newer one refused
_APPLICATION = 0x65787472  # SQLite's application_id of a ledger: `extr`
_OLDER = frozenset({1, 2})  # formats that had no application_id
_TABLES = frozenset({"results", "pages", "inputs", "run"})
_SCHEMA = """
CREATE TABLE results (
  key TEXT PRIMARY KEY, status TEXT NOT NULL, error TEXT NOT NULL, pages INTEGER NOT NULL,
  final INTEGER NOT NULL, budget TEXT NOT NULL, seconds REAL NOT NULL, finished TEXT NOT NULL,
  rows BLOB NOT NULL
);
CREATE TABLE pages (
  key TEXT NOT NULL, number INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (key, number)
);
CREATE TABLE inputs (
  position INTEGER PRIMARY KEY, doc_id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, file BLOB NOT NULL,
  sha256 TEXT NOT NULL DEFAULT '', key TEXT NOT NULL DEFAULT ''
);
CREATE INDEX inputs_key ON inputs (key);
CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Result:
    """How one document ended. `rows` as `emit.dump_rows` packs them; `final` False for what another run
    with a larger budget, or on a mended machine, may read after all."""

    status: str
    error: str
    pages: int
    rows: bytes
    final: bool = True
    seconds: float = 0.0

    @staticmethod
    def of(outcome: Outcome, final: bool = True, seconds: float = 0.0) -> Result:
        """The result of an outcome."""
        rows = dump_columns(*document_columns(outcome))
        return Result(outcome.status, outcome.error, outcome.pages, rows, final, seconds)


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a run is. `waiting` inputs have no result yet; `partial` many of those `read` lack pages."""

    inputs: int
    read: int
    partial: int
    failed: int
    skipped: int
    pages: int

    @property
    def waiting(self) -> int:
        return self.inputs - self.read - self.failed - self.skipped


def ledger_path(out: Path) -> Path:
    """Where the ledger of an output folder lies."""
    return out / WORK / "ledger.sqlite"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the output folder for one run. Raises OutputError where it can't be written, or where another
    run holds it; a run that died holds nothing."""
    try:
        (out / WORK).mkdir(parents=True, exist_ok=True)
        refuse_links(out)
        handle = os.open(out / WORK / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror})") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise OutputError(
            f"{out}: another run is writing here", "Wait for it, or choose another --out."
        ) from error
    try:
        yield
    finally:
        os.close(handle)


def is_locked(out: Path) -> bool:
    """Whether a run is going on in this folder now."""
    try:
        handle = os.open(out / WORK / "lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Ledger:
    """An open ledger. Raises OutputError from every method where its disk can't be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identified: list[tuple[str, str, str]] = []
        try:
            self._db = _open(path)
            if not is_sound(self._db):
                self._db.close()
                self._db = rebuilt(path, _open)
        except sqlite3.OperationalError as error:
            raise self._refused(error) from error
        except sqlite3.DatabaseError:
            self._db = rebuilt(path, _open)

    def _refused(self, error: sqlite3.Error) -> OutputError:
        if not isinstance(error, sqlite3.OperationalError):
            return OutputError(f"{self._path}: the ledger is damaged ({error})", _AGAIN)
        return OutputError(f"{self._path}: the ledger cannot be written ({error})", "Make room on the disk.")

    def close(self) -> None:
        """Close the file; what was committed stays."""
        self._db.close()

    def _do(self, sql: str, values: Sequence[object] = ()) -> None:
        try:
            self._db.execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise self._refused(error) from error

    def begin(self, inputs: Inputs, version: str) -> None:
        """Note the inputs of a run, in the order in which they shall stand in the set.

        What is decided already (skipped, missing) gets its result at once.
        """
        everything = [(s, None) for s in inputs.sources] + [(o.source, o) for o in inputs.outcomes]
        everything.sort(key=lambda pair: (pair[0].doc_id.split("/"), pair[0].path))
        try:
            with self._transaction():
                self._db.execute("DELETE FROM inputs")
                self._db.execute("DELETE FROM results WHERE key LIKE 'input:%'")
                self._db.execute("DELETE FROM run")
                for position, (source, outcome) in enumerate(everything):
                    key = f"input:{position}" if outcome else ""
                    self._db.execute(
                        "INSERT INTO inputs (position, doc_id, path, file, key) VALUES (?, ?, ?, ?, ?)",
                        (position, source.doc_id, source.path, os.fsencode(source.file), key),
                    )
                    if outcome:
                        self._insert(key, Result.of(outcome))
                self._note(started=_now(), version=version, ended="")
        except sqlite3.DatabaseError as error:
            raise self._refused(error) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _note(self, **facts: str) -> None:
        for name, value in facts.items():
            self._db.execute("INSERT OR REPLACE INTO run VALUES (?, ?)", (name, value))

    def note(self, **facts: str) -> None:
        """Keep facts of the run for `extract status`."""
        try:
            with self._transaction():
                self._note(**facts)
        except sqlite3.DatabaseError as error:
            raise self._refused(error) from error

    def finish(self) -> None:
        """The run is over: note it, and drop pages of documents that were never finished."""
        self._do("DELETE FROM pages")
        self.note(ended="finished")

    def identify(self, doc_id: str, sha256: str, key: str) -> None:
        """Say which bytes an input has and under which key its result is kept.

        Written with the next result: a disk that must be sure of every line by itself takes ten
        milliseconds for each.
        """
        self._identified.append((sha256, key, doc_id))
        if len(self._identified) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what `identify` was told."""
        if not self._identified:
            return
        try:
            with self._transaction():
                self._write_identified()
        except sqlite3.DatabaseError as error:
            raise self._refused(error) from error

    def _write_identified(self) -> None:
        self._db.executemany("UPDATE inputs SET sha256 = ?, key = ? WHERE doc_id = ?", self._identified)
        self._identified.clear()

    def standing(self, key: str, budget: str) -> tuple[str, str, int] | None:
        """Status, error and pages of the result that `key` has, or None. A failure for want of time or
        memory stands under the same budget only."""
        found = self._db.execute(
            "SELECT status, error, pages, final, budget FROM results WHERE key = ?", (key,)
        ).fetchone()
        if found is None or not (found[3] or (found[4] and found[4] == budget)):
            return None
        return found[0], found[1], found[2]

    def commit(self, key: str, result: Result, budget: str) -> None:
        """Keep a document's result and forget its pages, in one transaction."""
        try:
            with self._transaction():
                self._write_identified()
                self._insert(key, result, budget)
                self._db.execute("DELETE FROM pages WHERE key = ?", (key,))
        except sqlite3.DatabaseError as error:
            raise self._refused(error) from error

    def _insert(self, key: str, result: Result, budget: str = "") -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                result.status,
                result.error,
                result.pages,
                int(result.final),
                budget,
                result.seconds,
                _now(),
                result.rows,
            ),
        )

    def put_page(self, key: str, number: int, content: bytes) -> None:
        """Keep a page of a document that is still being read."""
        self._do("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", (key, number, content))

    def put_pages(self, key: str, pages: Mapping[int, bytes]) -> None:
        """Keep several pages of a document in one transaction."""
        try:
            with self._transaction():
                values = [(key, number, content) for number, content in pages.items()]
                self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", values)
        except sqlite3.DatabaseError as error:
            raise self._refused(error) from error

    def get_page(self, key: str, number: int) -> bytes | None:
        """A kept page, or None."""
        found = self._db.execute(
            "SELECT content FROM pages WHERE key = ? AND number = ?", (key, number)
        ).fetchone()
        return bytes(found[0]) if found else None

    def page_numbers(self, key: str) -> set[int]:
        """Which pages of a document are kept."""
        return {n for (n,) in self._db.execute("SELECT number FROM pages WHERE key = ?", (key,))}

    def results(self) -> Iterator[tuple[Source, DocumentRows]]:
        """Every input of the run with its rows, in order, one at a time; inputs without a result are
        left out (`counts` tells them)."""
        for source, rows, _ in self.packed_results():
            yield source, rows

    def packed_results(self) -> Iterator[tuple[Source, DocumentRows, bytes]]:
        """As `results`, with the rows as they are packed."""
        self.flush()
        cursor = self._db.execute(
            "SELECT i.doc_id, i.path, i.file, i.sha256, r.rows FROM inputs i JOIN results r ON r.key = i.key"
            " ORDER BY i.position"
        )
        for doc_id, path, file, sha256, rows in cursor:
            try:
                found = load_rows(rows)
            except BROKEN_ROWS as error:
                self._do("DELETE FROM results WHERE rows = ?", (rows,))
                raise OutputError(f"{path}: what was read of it is damaged in the ledger", _AGAIN) from error
            yield Source(doc_id, path, os.fsdecode(file), sha256), found, rows

    def failures(self) -> Iterator[tuple[str, str]]:
        """Path and reason of every input that failed, wholly or in part, in order."""
        self.flush()
        yield from self._db.execute(
            "SELECT i.path, r.error FROM inputs i JOIN results r ON r.key = i.key"
            " WHERE r.status IN ('failed', 'partial') ORDER BY i.position"
        )

    def counts(self) -> Counts:
        """How many inputs there are and how they ended."""
        self.flush()
        (inputs,) = self._db.execute("SELECT COUNT(*) FROM inputs").fetchone()
        by_status: dict[str, int] = {}
        pages = 0
        for status, number, of_pages in self._db.execute(
            "SELECT r.status, COUNT(*), SUM(r.pages) FROM inputs i JOIN results r ON r.key = i.key"
            " GROUP BY r.status"
        ):
            by_status[status] = number
            pages += of_pages
        partial = by_status.get("partial", 0)
        return Counts(
            inputs=inputs,
            read=by_status.get("ok", 0) + partial,
            partial=partial,
            failed=by_status.get("failed", 0),
            skipped=by_status.get("skipped", 0),
            pages=pages,
        )

    def facts(self) -> dict[str, str]:
        """What `note` kept of the last run."""
        return dict(self._db.execute("SELECT name, value FROM run"))

    def forget(self) -> None:
        """Drop every result (`--fresh`)."""
        self._do("DELETE FROM results")
        self._do("DELETE FROM pages")


def _open(path: Path) -> sqlite3.Connection:
    """The ledger, made or begun anew where it must be. Raises OutputError, having changed nothing, for a
    database that this program did not make, or a newer version of it did."""
    db = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        stands = _is_current(db, path)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        if not stands:
            dropped = "".join(f"DROP TABLE IF EXISTS {name};" for name in sorted(_TABLES))
            whose = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_FORMAT};"
            # At once: tables without the mark of whose they are, left by a kill, would be another program's.
            db.executescript(f"BEGIN IMMEDIATE; {dropped} {_SCHEMA} {whose} COMMIT;")
    except (sqlite3.Error, OutputError):
        db.close()
        raise
    return db


def _is_current(db: sqlite3.Connection, path: Path) -> bool:
    """Whether an open database is a ledger of this format; False for an empty or older one. Raises
    OutputError for any other."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    tables = {n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ours = application == _APPLICATION or (version in _OLDER and tables == _TABLES)
    if tables and not ours:
        raise OutputError(f"{path}: a database that this program did not make", "Choose another --out.")
    if application == _APPLICATION and version > _FORMAT:
        raise OutputError(
            f"{path}: the ledger of a newer version of this program",
            "Use that version, or choose another --out.",
        )
    return bool(application == _APPLICATION and version == _FORMAT)

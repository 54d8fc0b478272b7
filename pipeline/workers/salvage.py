"""A ledger that rotted on its disk: what is sound of it is carried into a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from emit import load_rows
from emit.packed import BROKEN_ROWS

_MOST_MISSES = 1_000  # rows that can't be had one after another, from which no more are looked for
_TABLES = {"run": 2, "results": 9, "pages": 3}
"""What is worth keeping, with its number of columns: the inputs of a run are noted anew by the next one."""

_ROWS, _STATUS = 8, 1  # columns of `results`


def is_sound(db: sqlite3.Connection) -> bool:
    """Whether the database's pages hang together (`PRAGMA quick_check`; 0.1 s for 100 MB)."""
    try:
        return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def rebuilt(path: Path, make: Callable[[Path], sqlite3.Connection]) -> sqlite3.Connection:
    """A new ledger at `path`, `make` opens it, with every row of the damaged one that can still be read; that
    one lies beside it, named `.damaged`."""
    aside = path.with_suffix(".damaged")
    for end in ("", "-wal", "-shm"):
        old = path.with_name(path.name + end)
        if old.exists():
            old.replace(aside.with_name(aside.name + end))
    made = make(path)
    try:
        db = sqlite3.connect(f"{aside.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return made
    try:
        made.execute("BEGIN")
        for table, columns in _TABLES.items():
            marks = ",".join("?" * columns)
            for row in _readable(db, table):
                if table != "results" or _holds(row):
                    made.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)
        made.execute("COMMIT")
    finally:
        db.close()
    return made


def _readable(db: sqlite3.Connection, table: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table as far as they can be read, by their numbers."""
    last, misses = 0, 0
    while misses < _MOST_MISSES:
        try:
            query = f"SELECT rowid, * FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT 1"
            found = db.execute(query, (last,)).fetchone()
        except sqlite3.DatabaseError:
            last, misses = last + 1, misses + 1
            continue
        if found is None:
            return
        last, misses = int(found[0]), 0
        yield tuple(found[1:])


def _holds(row: tuple[object, ...]) -> bool:
    """Whether a result's rows are whole, and say of it what its other columns say."""
    try:
        return load_rows(row[_ROWS]).status == row[_STATUS]  # type: ignore[arg-type]
    except BROKEN_ROWS:
        return False

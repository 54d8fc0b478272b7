"""Which flag lies before which reviewer, so that no two of them work on the same.

Kept in a small file of the folder, so that a server that is started again still knows it. A flag stays with
whoever opened it last for as long as somebody works at its page, and `HELD` seconds after; it is free at once
when its reviewer goes on to another.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from emit.csvset import WORK

HELD = 600.0  # seconds a flag stays with the reviewer who opened it last or worked at it last
_FILE = "handed.sqlite"
_WAIT_S = 10.0  # for another thread that writes
_SCHEMA = "CREATE TABLE IF NOT EXISTS handed (flag TEXT PRIMARY KEY, who TEXT NOT NULL, since REAL NOT NULL)"


class Handed:
    """The flags of one folder that lie before somebody. Threads and servers may share one.

    `clock` tells the seconds since 1970, which go on while no server runs. A file that can't be used or
    written keeps nobody from working: then two may get the same flag, and the record of decisions refuses the
    second of them.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._path, self._clock = folder / WORK / _FILE, clock

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=OFF")  # a kill of the program loses nothing, a power cut may
            db.execute(_SCHEMA)
            yield db

    def take(self, key: str, who: str) -> str:
        """The flag lies before `who` now, and no other does; the name of another before whom it lies already,
        '' for none."""
        try:
            self._path.parent.mkdir(exist_ok=True)
            with self._connection() as db:
                db.execute("BEGIN IMMEDIATE")
                other = self._holder(db, key)
                if other not in ("", who):
                    db.execute("ROLLBACK")
                    return other
                db.execute("DELETE FROM handed WHERE who = ?", (who,))
                db.execute("INSERT OR REPLACE INTO handed VALUES (?, ?, ?)", (key, who, self._clock()))
                db.execute("COMMIT")
        except (OSError, sqlite3.Error):
            return ""
        return ""

    def busy(self, who: str) -> set[str]:
        """The flags that lie before others."""
        return set(self.names(who))

    def names(self, who: str) -> dict[str, str]:
        """The flags that lie before others, each with the name of whom."""
        if not self._path.is_file():
            return {}
        try:
            with self._connection() as db:
                rows = db.execute("SELECT flag, who, since FROM handed WHERE who != ?", (who,)).fetchall()
        except sqlite3.Error:
            return {}
        return {flag: other for flag, other, since in rows if self._is_held(since)}

    def _holder(self, db: sqlite3.Connection, key: str) -> str:
        found = db.execute("SELECT who, since FROM handed WHERE flag = ?", (key,)).fetchone()
        return str(found[0]) if found and self._is_held(found[1]) else ""

    def _is_held(self, since: float) -> bool:
        """Whether a flag opened then is still held; what lies in the future was written by a wrong clock."""
        return 0.0 <= self._clock() - since < HELD

"""A scratch database on disk: what a run must not hold in memory, gone when the run is."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self


class Scratch:
    """Tables in a file that is removed at the end; a context manager. Fast, not safe against a crash."""

    def __init__(self, path: Path, *tables: str) -> None:
        self._path, self._tables = path, tables

    def __enter__(self) -> Self:
        self._path.unlink(missing_ok=True)
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        for table in self._tables:
            self._db.execute(f"CREATE TABLE {table}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        self._path.unlink(missing_ok=True)

"""What was written last: the rows of a set beside it, so that an edit is told from what stood there before.

`.extract/written.sqlite` holds every document's rows and a hash over each file of the set. It is removed
before a new set is put in place and comes back last: where a run is killed between, there is none.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from emit.columns import FILES
from emit.packed import BROKEN_ROWS, FORMAT, load_rows
from emit.rows import DocumentRows
from model.document import Source
from model.errors import EditedSetError

FILE = "written.sqlite"
_ADVICE = "Remove that file from .extract; the set itself is then compared."


class WrittenLog:
    """Takes the rows of a set that is being written, a document at a time."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(f"PRAGMA user_version = {FORMAT}")
        self._db.execute("CREATE TABLE files (name TEXT PRIMARY KEY, digest TEXT)")
        self._db.execute(
            "CREATE TABLE documents"
            " (position INTEGER PRIMARY KEY, doc_id TEXT, path TEXT, sha256 TEXT, rows BLOB)"
        )
        self._db.execute("BEGIN")

    def add(self, source: Source, rows: bytes) -> None:
        """Keep a document's rows, as `dump_rows` packs them."""
        values = (source.doc_id, source.path, source.sha256, rows)
        self._db.execute("INSERT INTO documents (doc_id, path, sha256, rows) VALUES (?, ?, ?, ?)", values)

    def finish(self, folder: Path) -> None:
        """Note the files of the set in `folder`, all of them written."""
        digests = digests_of(folder).items()
        self._db.executemany("INSERT INTO files VALUES (?, ?)", digests)
        self._db.execute("COMMIT")
        self._db.close()

    def close(self) -> None:
        self._db.close()


class Written:
    """The rows that were written last. `changed` names the files of the set that are others now."""

    def __init__(self, folder: Path, path: Path) -> None:
        self._path = path
        with self._connection() as db:
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("damaged")
            if db.execute("PRAGMA user_version").fetchone() != (FORMAT,):
                raise sqlite3.DatabaseError("packed by another program")
            noted = dict(db.execute("SELECT name, digest FROM files"))
        now = digests_of(folder)
        self.changed = frozenset(name for name in noted if now.get(name) != noted[name])

    def _connection(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True))

    def documents(self) -> Iterator[tuple[Source, DocumentRows]]:
        """Every input with its rows, in the set's order."""
        with self._connection() as db:
            query = "SELECT doc_id, path, sha256, rows FROM documents ORDER BY position"
            for doc_id, path, sha256, rows in db.execute(query):
                try:
                    found = load_rows(rows)
                except BROKEN_ROWS as error:
                    raise EditedSetError(
                        f"{self._path.name}: what was written of {path} is damaged", _ADVICE
                    ) from error
                yield Source(doc_id, path, "", sha256), found


def written_last(folder: Path, work: str) -> Written | None:
    """What is known of the set in `folder`; None where nothing is: a set made by an older program, whose
    rows may be packed otherwise, or copied without its folder `work`."""
    path = (folder / work / FILE).resolve()
    if not path.is_file():
        return None
    try:
        return Written(folder, path)
    except sqlite3.DatabaseError:
        return None


def digests_of(folder: Path) -> dict[str, str]:
    """A hash over the bytes of each file of the set that is there."""
    found = {}
    for schema in FILES:
        path = folder / schema.file
        if path.is_file():
            with path.open("rb") as file:
                found[schema.file] = hashlib.file_digest(file, "sha256").hexdigest()
    return found

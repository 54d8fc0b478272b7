"""The record of what reviewers decided: an append-only table in the run folder.

A decision is one row, written before the answer is sent: who, when, on which flag, what was, what is,
why. Undoing writes another row. Nothing is ever updated or deleted, so a crash loses nothing and two
reviewers cannot overwrite each other: a decision names the last one its maker had seen, and is refused
when somebody else decided meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

FILE = "review.sqlite"

Action = Literal["accept", "value", "read", "keep", "dismiss", "note", "undo"]
ACTIONS: tuple[str, ...] = get_args(Action)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at TEXT NOT NULL,
  who TEXT NOT NULL,
  flag_id TEXT NOT NULL,
  doc_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  table_id TEXT NOT NULL,
  row INTEGER,
  col INTEGER,
  action TEXT NOT NULL CHECK (action IN ('accept', 'value', 'read', 'keep', 'dismiss', 'note', 'undo')),
  old TEXT NOT NULL,
  new TEXT NOT NULL,
  reason TEXT NOT NULL,
  undoes INTEGER REFERENCES decision(id),
  together TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS decision_flag ON decision(flag_id, id);
"""


class ConflictError(Exception):
    """Somebody else decided on this flag since the page was shown."""

    def __init__(self, latest: Decision) -> None:
        super().__init__(f"{latest.who} decided meanwhile")
        self.latest = latest


@dataclass(frozen=True, slots=True)
class Subject:
    """What a decision is about: a flag and the cell it points at (`row`, `col` None: no one cell)."""

    flag_id: str
    doc_id: str
    sha256: str
    table_id: str = ""
    row: int | None = None
    col: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the record. `made_at` is UTC, ISO 8601. `together` marks decisions made in one go."""

    id: int
    made_at: str
    who: str
    subject: Subject
    action: Action
    old: str
    new: str
    reason: str
    undoes: int | None = None
    together: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer asks to be written: an action on a subject, the value before and after, a reason.

    `seen` is the id of the last decision on this flag that the reviewer's page showed (0: none).
    """

    subject: Subject
    action: Action
    old: str = ""
    new: str = ""
    reason: str = ""
    seen: int = 0


class DecisionStore:
    """The decisions of one run folder. Every method opens its own connection: threads may share a store."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        with self._connection() as db:
            _renew(db)
            db.executescript(_SCHEMA)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA foreign_keys=ON")
            yield db

    def record(self, who: str, choices: Iterable[Choice], together: str = "") -> list[Decision]:
        """Write decisions, all or none. Raises ConflictError when one's flag was decided meanwhile."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        written: list[Decision] = []
        with self._connection() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                for choice in choices:
                    latest = _latest(db, choice.subject.flag_id)
                    if latest is not None and latest.id > choice.seen:
                        raise ConflictError(latest)
                    written.append(_insert(db, now, who, choice, together))
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")
        return written

    def undo(self, who: str, decision_id: int) -> Decision | None:
        """Take a decision back by writing an `undo` row; None when it is unknown or not in force."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._connection() as db:
            db.execute("BEGIN IMMEDIATE")
            target = _one(db, "SELECT * FROM decision WHERE id = ?", (decision_id,))
            if target is None or target.id not in {d.id for d in _in_force(_all(db, target.subject.flag_id))}:
                db.execute("ROLLBACK")
                return None
            choice = Choice(target.subject, "undo", old=target.new, new=target.old)
            undone = _insert(db, now, who, choice, undoes=decision_id)
            db.execute("COMMIT")
        return undone

    def history(self, flag_id: str) -> list[Decision]:
        """Every decision on a flag, oldest first, undone ones too."""
        with self._connection() as db:
            return _all(db, flag_id)

    def everything(self) -> list[Decision]:
        """The whole record, oldest first."""
        with self._connection() as db:
            return [_decision(row) for row in db.execute("SELECT * FROM decision ORDER BY id")]

    def in_force(self) -> dict[str, Decision]:
        """The decision that stands for each decided flag (notes alone decide nothing)."""
        by_flag: dict[str, list[Decision]] = {}
        for decision in self.everything():
            by_flag.setdefault(decision.subject.flag_id, []).append(decision)
        standing = {flag: _in_force(rows) for flag, rows in by_flag.items()}
        return {
            flag: deciding[-1]
            for flag, rows in standing.items()
            if (deciding := [d for d in rows if d.action != "note"])
        }


def _renew(db: sqlite3.Connection) -> None:
    """Bring a record of an older program, which knew fewer actions, into a table of today's shape."""
    made = db.execute("SELECT sql FROM sqlite_master WHERE name = 'decision'").fetchone()
    if made is None or "'read'" in made[0]:
        return
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("BEGIN IMMEDIATE")
    for statement in (
        "DROP INDEX IF EXISTS decision_flag",
        "ALTER TABLE decision RENAME TO decision_before",
        *(s for s in _SCHEMA.split(";") if s.strip()),
        "INSERT INTO decision SELECT * FROM decision_before",
        "DROP TABLE decision_before",
    ):
        db.execute(statement)
    db.execute("COMMIT")


def _insert(
    db: sqlite3.Connection, now: str, who: str, choice: Choice, together: str = "", undoes: int | None = None
) -> Decision:
    s = choice.subject
    subject = (s.flag_id, s.doc_id, s.sha256, s.table_id, s.row, s.col)
    decided = (choice.action, choice.old, choice.new, choice.reason, undoes, together)
    values = (now, who, *subject, *decided)
    marks = ",".join("?" * len(values))
    cursor = db.execute(
        "INSERT INTO decision (made_at, who, flag_id, doc_id, sha256, table_id, row, col, action, old, new,"
        f" reason, undoes, together) VALUES ({marks})",
        values,
    )
    made = _one(db, "SELECT * FROM decision WHERE id = ?", (cursor.lastrowid,))
    assert made is not None
    return made


def _one(db: sqlite3.Connection, query: str, values: tuple[object, ...]) -> Decision | None:
    row = db.execute(query, values).fetchone()
    return _decision(row) if row else None


def _all(db: sqlite3.Connection, flag_id: str) -> list[Decision]:
    return [
        _decision(r) for r in db.execute("SELECT * FROM decision WHERE flag_id = ? ORDER BY id", (flag_id,))
    ]


def _latest(db: sqlite3.Connection, flag_id: str) -> Decision | None:
    return _one(db, "SELECT * FROM decision WHERE flag_id = ? ORDER BY id DESC LIMIT 1", (flag_id,))


def _decision(row: tuple[object, ...]) -> Decision:
    (
        ident,
        made_at,
        who,
        flag_id,
        doc_id,
        sha,
        table_id,
        r,
        c,
        action,
        old,
        new,
        reason,
        undoes,
        together,
    ) = row
    subject = Subject(str(flag_id), str(doc_id), str(sha), str(table_id), _int(r), _int(c))
    return Decision(
        _int(ident) or 0,
        str(made_at),
        str(who),
        subject,
        str(action),  # type: ignore[arg-type]  # the table's CHECK holds it to Action
        str(old),
        str(new),
        str(reason),
        _int(undoes),
        str(together),
    )


def _int(value: object) -> int | None:
    return int(value) if isinstance(value, int) else None


def _in_force(rows: list[Decision]) -> list[Decision]:
    """The rows that no later undo took back."""
    undone = {d.undoes for d in rows if d.action == "undo"}
    return [d for d in rows if d.action != "undo" and d.id not in undone]

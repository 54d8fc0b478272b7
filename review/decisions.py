"""The record of what reviewers decided: an append-only table in the run folder.

A decision is one row, written before the answer is sent: who, when, on which flag (or table, place, line of
the letterhead), what was, what is, why. Undoing writes another row. Nothing is ever updated or deleted, so a
crash loses nothing and two reviewers cannot overwrite each other: a decision names the last one its maker had
seen, and is refused when somebody else decided meanwhile. Rows are sealed one to the next (`review.chain`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Literal, get_args

from model.errors import OutputError
from review import chain

FILE = "review.sqlite"
_WAIT_S = 10.0  # for another program that writes
_RESTORE = "Put a sound copy of it in its place, or move it away to begin a new record."

Action = Literal[
    "accept",
    "value",
    "read",
    "keep",
    "dismiss",
    "unreadable",
    "note",
    "later",
    "undo",
    "structure",
    "place",
    "metadata",
    "statement",
    "second",
    "assign",
]
ACTIONS: tuple[str, ...] = get_args(Action)
ON_FLAGS = frozenset(
    {"accept", "value", "read", "keep", "dismiss", "unreadable", "note", "later"}
)  # what is said of a flag
_OPEN = frozenset({"note", "later", "assign"})  # which decide nothing
_IN_SEQUENCE = frozenset({"structure"})  # of these all stand, one upon the other

_SCHEMA = f"""
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
  action TEXT NOT NULL CHECK (action IN ({", ".join(f"'{a}'" for a in ACTIONS)})),
  old TEXT NOT NULL,
  new TEXT NOT NULL,
  reason TEXT NOT NULL,
  undoes INTEGER REFERENCES decision(id),
  together TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL DEFAULT ''
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
    """What a decision is about: a flag and the cell it points at (`row`, `col` None: no one cell), or, under
    a key of its own in `flag_id`, a table, a place, a line of the letterhead. `at` names the cell's row and
    column as they are called whatever else was changed in the table (`review.structure.frame`)."""

    flag_id: str
    doc_id: str
    sha256: str
    table_id: str = ""
    row: int | None = None
    col: int | None = None
    at: str = ""

    @property
    def names(self) -> str:
        """The cell's row and column by name; '' for no cell."""
        return self.at or (f"{self.row}:{self.col}" if self.row is not None and self.col is not None else "")


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
    """The decisions of one run folder. Every method opens its own connection: threads may share a store.

    The record only grows, so what was read of it is kept and only later rows are read.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._known: list[Decision] = []
        self._stood: tuple[int, list[Decision]] = (-1, [])
        self._lock = Lock()
        self._reader: sqlite3.Connection | None = None
        self._version = -1  # of the file when it was last read
        try:
            with self._connection() as db:
                _renew(db)
                db.executescript(_SCHEMA + chain.SCHEMA)
                chain.begin(db)
                whole = db.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            whole = (str(error),)
        if whole != ("ok",):
            raise OutputError(f"{self._path}: the record of decisions can't be used ({whole[0]})", _RESTORE)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None)) as db:
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
                    own = written and latest is not None and latest.id >= written[0].id
                    if latest is not None and latest.id > choice.seen and not own:
                        raise ConflictError(latest)
                    written.append(_insert(db, now, who, choice, together))
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")
        return written

    def undo(self, who: str, decision_id: int) -> Decision | None:
        """Take a decision back, and all that were made with it, by writing `undo` rows; None when it is
        unknown or not in force."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._connection() as db:
            db.execute("BEGIN IMMEDIATE")
            rows = _all(db)
            target = next((d for d in rows if d.id == decision_id), None)
            standing = _in_force(rows)
            if target is None or target not in standing:
                db.execute("ROLLBACK")
                return None
            batch = [d for d in standing if target.together and d.together == target.together] or [target]
            made = {}
            for decision in reversed(batch):
                choice = Choice(decision.subject, "undo", old=decision.new, new=decision.old)
                made[decision.id] = _insert(db, now, who, choice, target.together, decision.id)
            db.execute("COMMIT")
        return made[decision_id]

    def history(self, flag_id: str) -> list[Decision]:
        """Every decision on a flag, oldest first, undone ones too."""
        return [d for d in self.everything() if d.subject.flag_id == flag_id]

    def last(self, flag_id: str) -> int:
        """The number of the last decision on a flag, 0 where there is none."""
        return next((d.id for d in reversed(self.everything()) if d.subject.flag_id == flag_id), 0)

    def everything(self) -> list[Decision]:
        """The whole record, oldest first."""
        with self._lock:
            if self._reader is None:
                self._reader = sqlite3.connect(self._path, timeout=_WAIT_S, check_same_thread=False)
            (version,) = self._reader.execute("PRAGMA data_version").fetchone()
            if version != self._version:  # written to since, by whomever
                last = self._known[-1].id if self._known else 0
                self._known += _all(self._reader, "id > ?", (last,))
                self._version = version
            return list(self._known)

    def seals(self, audit: Path) -> dict[int, str]:
        """The seal of every row (`review.chain`), held against the last one in an earlier `audit`. Raises
        EditedSetError where the record was changed from outside."""
        with self._connection() as db:
            return chain.checked(db, audit)

    def standing(self) -> list[Decision]:
        """What stands, oldest first: of flags the last decision, of tables every change."""
        record = self.everything()
        if self._stood[0] != len(record):
            rows = [d for d in _in_force(record) if d.action not in _OPEN]
            last = {d.subject.flag_id: d.id for d in rows}
            stand = [d for d in rows if d.action in _IN_SEQUENCE or last[d.subject.flag_id] == d.id]
            self._stood = (len(record), stand)
        return self._stood[1]

    def in_force(self) -> dict[str, Decision]:
        """The decision that stands for each decided flag (notes alone decide nothing)."""
        return {d.subject.flag_id: d for d in self.standing()}

    def postponed(self) -> set[str]:
        """The flags of which somebody said last that they shall come later."""
        last = {d.subject.flag_id: d.action for d in _in_force(self.everything()) if d.action != "note"}
        return {flag for flag, action in last.items() if action == "later"}

    def assigned(self) -> dict[str, str]:
        """The documents that were given to somebody, each with the name of whom."""
        last = {d.subject.doc_id: d.new for d in _in_force(self.everything()) if d.action == "assign"}
        return {doc_id: name for doc_id, name in last.items() if name}


_SUBJECT = "flag_id, doc_id, sha256, table_id, row, col"
_COLUMNS = f"id, made_at, who, {_SUBJECT}, action, old, new, reason, undoes, together"


def _renew(db: sqlite3.Connection) -> None:
    """Bring a record of an older program, which knew fewer actions, into a table of today's shape."""
    made = db.execute("SELECT sql FROM sqlite_master WHERE name = 'decision'").fetchone()
    if made is None or all(f"'{action}'" in made[0] for action in ACTIONS):
        return
    known = {row[1] for row in db.execute("PRAGMA table_info(decision)")}
    kept = ", ".join(name for name in (*_COLUMNS.split(", "), "at") if name in known)
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("BEGIN IMMEDIATE")
    for statement in (
        "DROP INDEX IF EXISTS decision_flag",
        "ALTER TABLE decision RENAME TO decision_before",
        *(s for s in _SCHEMA.split(";") if s.strip()),
        f"INSERT INTO decision ({kept}) SELECT {kept} FROM decision_before",
        "DROP TABLE decision_before",
    ):
        db.execute(statement)
    db.execute("COMMIT")


def _insert(
    db: sqlite3.Connection, now: str, who: str, choice: Choice, together: str = "", undoes: int | None = None
) -> Decision:
    s = choice.subject
    subject = (s.flag_id, s.doc_id, s.sha256, s.table_id, s.row, s.col)
    decided = (choice.action, choice.old, choice.new, choice.reason, undoes, together, s.at)
    values = (now, who, *subject, *decided)
    marks = ",".join("?" * len(values))
    names = f"{_COLUMNS.removeprefix('id, ')}, at"
    cursor = db.execute(f"INSERT INTO decision ({names}) VALUES ({marks})", values)
    (made,) = _all(db, "id = ?", (cursor.lastrowid,))
    chain.seal(db, made.id)
    return made


def _all(db: sqlite3.Connection, where: str = "1", values: tuple[object, ...] = ()) -> list[Decision]:
    query = f"SELECT {_COLUMNS}, at FROM decision WHERE {where} ORDER BY id"
    return [_decision(row) for row in db.execute(query, values)]


def _latest(db: sqlite3.Connection, flag_id: str) -> Decision | None:
    found = _all(db, "id = (SELECT max(id) FROM decision WHERE flag_id = ?)", (flag_id,))
    return found[0] if found else None


def _decision(row: tuple[object, ...]) -> Decision:
    ident, made_at, who, flag_id, doc_id, sha, table_id, r, c, *rest = row
    action, old, new, reason, undoes, together, at = rest
    subject = Subject(str(flag_id), str(doc_id), str(sha), str(table_id), _int(r), _int(c), str(at))
    return Decision(
        _int(ident) or 0,
        str(made_at),
        str(who),
        subject,
        str(action),  # type: ignore[arg-type]  # written from an Action
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

"""The record of decisions as a chain: every row is sealed with a hash over itself and the seal before it.

A row that was changed, taken out or slipped in afterwards breaks every seal behind it. The last seal stands
in `reviewed/audit.csv`, so that a record of which the end was cut off is told, too. Whoever can write the
whole folder can seal everything anew; a copy of audit.csv kept elsewhere shows even that.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from model.errors import EditedSetError

SCHEMA = "CREATE TABLE IF NOT EXISTS seal (id INTEGER PRIMARY KEY, hash TEXT NOT NULL);"

_FIELDS = (
    "id, made_at, who, flag_id, doc_id, sha256, table_id, row, col,"
    " action, old, new, reason, undoes, together, at"
)
_FIRST = "0" * 64
_ADVICE = "Nothing was written. Compare review.sqlite with a copy of it that you trust."


def link(before: str, row: Iterable[object]) -> str:
    """The seal of a row behind one with the seal `before`."""
    said = json.dumps(list(row), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{said}".encode()).hexdigest()


def seal(db: sqlite3.Connection, ident: int) -> None:
    """Seal the row just written, in the transaction that writes it."""
    last = db.execute("SELECT hash FROM seal ORDER BY id DESC LIMIT 1").fetchone()
    row = db.execute(f"SELECT {_FIELDS} FROM decision WHERE id = ?", (ident,)).fetchone()
    db.execute("INSERT INTO seal VALUES (?, ?)", (ident, link(last[0] if last else _FIRST, row)))


def begin(db: sqlite3.Connection) -> None:
    """Seal a record of an older program as it stands; nothing where there are seals, or no rows."""
    db.execute("BEGIN IMMEDIATE")
    if db.execute("SELECT 1 FROM seal").fetchone() is None:
        db.executemany("INSERT INTO seal VALUES (?, ?)", list(_links(db)))
    db.execute("COMMIT")


def _links(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Every row's number and the seal that it should have."""
    before = _FIRST
    for row in db.execute(f"SELECT {_FIELDS} FROM decision ORDER BY id"):
        before = link(before, row)
        yield row[0], before


def checked(db: sqlite3.Connection, audit: Path) -> dict[int, str]:
    """The seal of every row. Raises EditedSetError where one is broken, or a row is missing of which the last
    `audit` has the seal."""
    found = dict(_links(db))
    kept = dict(db.execute("SELECT id, hash FROM seal"))
    for ident in sorted(found.keys() | kept.keys()):
        if found.get(ident) != kept.get(ident):
            raise EditedSetError(
                f"the record of decisions was changed from outside, from row {ident} on", _ADVICE
            )
    for ident, mark in _audited(audit):
        if found.get(ident) != mark:
            raise EditedSetError(
                f"the record of decisions lacks row {ident}, which was applied before", _ADVICE
            )
    return found


def _audited(audit: Path) -> Iterator[tuple[int, str]]:
    """The last row of an audit, with its seal; nothing where there is none, or it is of an older program."""
    try:
        with audit.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if (row.get("id") or "").isdecimal()]
    except (OSError, csv.Error, UnicodeDecodeError):
        return
    if rows and rows[-1].get("seal"):
        yield int(rows[-1]["id"]), rows[-1]["seal"]

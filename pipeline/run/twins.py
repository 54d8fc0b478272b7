"""The same report twice in a run: found by rows of figures, without holding the documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping

from emit.columns import CELLS, DOCUMENTS, FLAGS
from emit.escape import unescape
from emit.rows import DocumentRows
from model.document import READ, Source
from model.flag import Flag
from pipeline.run.copies import Line, Report, are_same, better, differences

TABLES = (
    "reports (position INTEGER PRIMARY KEY, doc_id TEXT, source TEXT, number TEXT, date TEXT,"
    " telling INTEGER, doubts INTEGER)",
    "lines (position INTEGER, key TEXT, table_id TEXT, row INTEGER, label TEXT, figures TEXT)",
)
"""Tables of a scratch database."""

_COMMON = 8  # documents that have a row, from which it tells none of them
_CELL = {name: n for n, name in enumerate(CELLS.columns[1:])}  # rows carry no doc_id
_SEVERITY = FLAGS.columns.index("severity") - 1
_HEAD = {name: n for n, name in enumerate(DOCUMENTS.columns[DOCUMENTS.columns.index("pages") :])}
_NO_FIGURES = frozenset({"ordinal", "date", ""})


def note(db: sqlite3.Connection, position: int, source: Source, rows: DocumentRows) -> None:
    """Take a document's rows of figures."""
    if rows.status not in READ:
        return
    lines = list(_lines(rows))
    telling = {line.values for line in lines if line.tells}
    if len(telling) < 2:
        return
    doubts = sum(row[_SEVERITY] != "info" for row in rows.flags)
    head = [unescape(rows.head[_HEAD[name]]) for name in ("source", "number", "date")]
    db.execute(
        "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?)",
        (position, source.doc_id, *head, len(telling), doubts),
    )
    db.executemany(
        "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)",
        (
            (position, json.dumps(line.values) if line.tells else "", line.table_id, line.row, line.label,
             json.dumps(line.figures))
            for line in lines
        ),
    )  # fmt: skip


def _lines(rows: DocumentRows) -> Iterator[Line]:
    """The rows of a document's tables with their figures, in reading order."""
    figures: list[tuple[int, str]] = []
    at: tuple[str, str] = ("", "")
    label = ""
    for cell in rows.cells:
        here = cell[_CELL["table_id"]], cell[_CELL["row"]]
        if here != at:
            if figures:
                yield Line(at[0], int(at[1]), label, tuple(figures))
            at, figures, label = here, [], unescape(cell[_CELL["row_label"]])
        wanted = cell[_CELL["is_header"]] != "true" and cell[_CELL["value"]] and not cell[_CELL["anchor"]]
        if wanted and cell[_CELL["unit"]] not in _NO_FIGURES and cell[_CELL["role"]] != "ordinal":
            figures.append((int(cell[_CELL["col"]]), cell[_CELL["value"]]))
    if figures:
        yield Line(at[0], int(at[1]), label, tuple(figures))


def find(db: sqlite3.Connection) -> tuple[dict[str, str], list[tuple[str, Flag]]]:
    """For each document that another is a better source of, that one's id; and the flags that holding the two
    against each other raises."""
    db.execute("CREATE INDEX by_key ON lines (key, position)")
    db.execute("CREATE INDEX by_position ON lines (position)")
    found = db.cursor().execute(
        "SELECT a.position, b.position, COUNT(DISTINCT a.key) FROM lines a JOIN lines b ON a.key = b.key"
        " AND a.position < b.position WHERE a.key IN (SELECT key FROM lines WHERE key <> '' GROUP BY key"
        " HAVING COUNT(DISTINCT position) BETWEEN 2 AND ?) GROUP BY 1, 2 ORDER BY 1, 2",
        (_COMMON,),
    )
    same: dict[str, str] = {}
    flags: list[tuple[str, Flag]] = []
    for first, second, shared in found:
        one, other = _report(db, first), _report(db, second)
        if not are_same(one, other, shared):
            continue
        best = better(one, other)
        worse = other if best is one else one
        if worse.doc_id in same:
            continue  # one of three, told already
        same[worse.doc_id] = best.doc_id
        flags += differences(one.doc_id, _kept(db, first), other.doc_id, _kept(db, second))
    return {worse: _best(worse, same) for worse in same}, flags


def _best(doc_id: str, same: Mapping[str, str]) -> str:
    """The best of several copies: a better one may have a better one of its own."""
    while doc_id in same:
        doc_id = same[doc_id]
    return doc_id


def _report(db: sqlite3.Connection, position: int) -> Report:
    row = db.execute(
        "SELECT doc_id, source, number, date, telling, doubts FROM reports WHERE position = ?", (position,)
    ).fetchone()
    return Report(*row)


def _kept(db: sqlite3.Connection, position: int) -> list[Line]:
    rows = db.execute(
        "SELECT table_id, row, label, figures FROM lines WHERE position = ? ORDER BY rowid", (position,)
    )
    return [Line(t, r, label, tuple((c, v) for c, v in json.loads(figures))) for t, r, label, figures in rows]

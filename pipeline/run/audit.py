"""How good a set is: a random sample of what carries no flag, read again by a person who does not see the
program's reading.

Answers are rows of `audit.csv`, added as they are given. What is drawn follows from the seed and from what a
cell is, not from the order of files: an audit that is broken off goes on with the same cells, and a further
one draws others. `quality.json` says what all answers together say.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from emit.cells import row_label
from emit.dialect import read_rows
from emit.escape import escape
from emit.readset import read_outcomes
from model.document import Document
from model.flag import Flag
from model.geometry import Box
from model.table import Cell, Table
from model.value import DecimalMark
from normalize.dates import parse_date
from normalize.numbers import parse_like
from normalize.unicode import fold, tone_key
from pipeline.run.bounds import LEVEL, lower_bound, upper_bound
from pipeline.run.settled import settle

AUDIT, QUALITY = "audit.csv", "quality.json"
What = Literal["figures", "proved", "places"]
WHATS: tuple[What, ...] = get_args(What)
Verdict = Literal["right", "wrong", "unread"]
_SHARE_DIGITS = 6  # of the shares in quality.json


@dataclass(frozen=True, slots=True)
class Item:
    """A cell that may be drawn. `reading` is what the program read, never shown before the answer."""

    doc_id: str
    sha256: str
    table_id: str
    title: str
    row: int
    col: int
    page: int
    box: Box | None
    label: str
    column: str
    source: str
    mark: DecimalMark
    cell: Cell

    @property
    def key(self) -> tuple[str, str, int, int]:
        return (self.doc_id, self.table_id, self.row, self.col)

    @property
    def reading(self) -> str:
        return self.cell.text

    def drawn_by(self, seed: int) -> str:
        """Its place in the draw of a seed: a hash of what the cell is."""
        what = (seed, self.sha256, self.doc_id, self.table_id, self.row, self.col)
        return hashlib.sha256("\x1f".join(map(str, what)).encode("utf-8", "replace")).hexdigest()


def population(folder: Path, what: What) -> Iterator[Item]:
    """What an audit of `what` draws from: figures of tables under no flag of severity warning or error; those
    of them that are `proved`; names of places that were found, under no flag. A cell that spans several
    positions is one. Raises NothingReadError where there is no set."""
    settle(folder)
    for outcome in read_outcomes(folder):
        document = outcome.document
        if document is None:
            continue
        flagged = _Flagged(document.flags)
        named = {(t, m.row, m.col) for t, mentions in document.places for m in mentions if m.unit}
        for table in document.tables:
            for row in table.body:
                for cell in row:
                    if _wanted(cell, table, what, named) and not flagged.covers(table.table_id, cell):
                        yield _item(document, table, cell)


class _Flagged:
    """The places that flags of severity warning or error stand on: cells, rows, columns, tables."""

    def __init__(self, flags: Iterable[Flag]) -> None:
        self._places = {(f.table_id, f.row, f.col) for f in flags if f.table_id and f.severity != "info"}

    def covers(self, table_id: str, cell: Cell) -> bool:
        """Whether a flag stands on the cell, its row, its column or its table."""
        at = [(cell.row, cell.col), (cell.row, None), (None, cell.col), (None, None)]
        return any((table_id, row, col) in self._places for row, col in at)


def _wanted(cell: Cell, table: Table, what: What, named: set[tuple[str, int, int]]) -> bool:
    if cell.is_header or cell.anchor not in ((-1, -1), (cell.row, cell.col)):
        return False
    if what == "places":
        return (table.table_id, cell.row, cell.col) in named
    if cell.value is None or cell.value.unit == "ordinal":
        return False
    return what == "figures" or cell.status == "proved"


def _item(document: Document, table: Table, cell: Cell) -> Item:
    column = table.columns[cell.col].name if cell.col < len(table.columns) else ""
    label = row_label([c for c in table.rows[cell.row] if c.col != cell.col], table)
    place = (table.table_id, table.title, cell.row, cell.col, cell.page, cell.box, label, column)
    source = document.source
    return Item(source.doc_id, source.sha256, *place, document.kind, document.decimal_mark, cell)


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of audit.csv: what a person read in a cell, what the program had read, and who was right."""

    what: str
    doc_id: str
    sha256: str
    table_id: str
    row: str
    col: str
    page: str
    source: str
    seed: str
    answer: str
    reading: str
    value: str
    verdict: str
    who: str
    made_at: str

    @property
    def key(self) -> tuple[str, str, int, int]:
        return (self.doc_id, self.table_id, int(self.row), int(self.col))


_COLUMNS = tuple(Answer.__dataclass_fields__)


def answers_of(folder: Path) -> list[Answer]:
    """What earlier audits of a folder found. Raises EditedSetError for a file that can't be read."""
    path = folder / AUDIT
    if not path.is_file():
        return []
    return [Answer(**{c: row.cells[c] for c in _COLUMNS}) for row in read_rows(path, _COLUMNS)]


def agrees(item: Item, answer: str) -> bool:
    """Whether a person's reading is the program's: the same number, day or name, however it was typed."""
    cell = item.cell
    if " ".join(answer.split()) in (" ".join(cell.text.split()), " ".join(cell.raw.split())):
        return True
    if cell.value is not None:
        typed = parse_like(answer, cell.value, item.mark)
        return typed is not None and (typed.amount, typed.of) == (cell.value.amount, cell.value.of)
    if cell.date:
        return parse_date(answer) == cell.date
    return tone_key(answer).casefold() == tone_key(cell.text).casefold() and fold(answer) == fold(cell.text)


class Audit:
    """One person's audit of a folder: what is left to read, and where the answers go."""

    def __init__(self, folder: Path, what: What, size: int, seed: int, who: str) -> None:
        """Raises NothingReadError where there is no set."""
        self.what, self.size, self.seed, self.who = what, size, seed, who
        self._folder = folder
        everything = list(population(folder, what))
        self.population = len(everything)
        earlier = [a for a in answers_of(folder) if a.what == what]
        known = {a.key for a in earlier}
        self.done = sum(a.seed == str(seed) for a in earlier)
        drawn = sorted((i for i in everything if i.key not in known), key=lambda i: i.drawn_by(seed))
        self.items = drawn[: max(0, size - self.done)]

    def judge(self, item: Item, answer: str, verdict: Verdict) -> None:
        """Write an answer; it is on disk when this returns."""
        cell = item.cell
        value = cell.value.plain() if cell.value else cell.date
        page = str(item.page or "")
        place = (item.doc_id, item.sha256, item.table_id, str(item.row), str(item.col), page)
        when = datetime.now(UTC).isoformat(timespec="seconds")
        said = (str(self.seed), answer, item.reading, value, verdict, self.who, when)
        _append(self._folder / AUDIT, (self.what, *place, item.source, *said))
        self.items = [other for other in self.items if other.key != item.key]
        self.done += 1


def _append(path: Path, row: Sequence[str]) -> None:
    new = not path.is_file()
    with path.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(_COLUMNS)
        writer.writerow([escape(cell) for cell in row])
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class Quality:
    """What the answers say: of `read` cells `wrong` were wrong; `unread` could not be read and count in
    neither. `upper` is the one-sided bound of the share of wrong ones at 95 %, `interval` both
    ends at 95 %."""

    read: int
    wrong: int
    unread: int

    @property
    def upper(self) -> float:
        return upper_bound(self.wrong, self.read)

    @property
    def interval(self) -> tuple[float, float]:
        each = (1 + LEVEL) / 2
        return lower_bound(self.wrong, self.read, each), upper_bound(self.wrong, self.read, each)

    def sentence(self) -> str:
        """`0 of 300 wrong: at most 1.0 % at 95 %`."""
        said = f"{self.wrong} of {self.read} wrong: at most {100 * self.upper:.1f} % at {LEVEL:.0%}"
        said = said.replace("95%", "95 %")
        return said + (f"; {self.unread} could not be read" if self.unread else "")


def quality_of(answers: Iterable[Answer]) -> Quality:
    """The answers counted."""
    found = Counter(a.verdict for a in answers)
    return Quality(found["right"] + found["wrong"], found["wrong"], found["unread"])


def write_quality(folder: Path) -> dict[str, Quality]:
    """Write quality.json from all answers; the quality of each `what` that was audited."""
    answers = answers_of(folder)
    by_what = {w: [a for a in answers if a.what == w] for w in WHATS}
    told = {
        w: _told(quality_of(found))
        | {"by_source": {s: _told(quality_of(a for a in found if a.source == s)) for s in _sources(found)}}
        for w, found in by_what.items()
        if found
    }
    aside = folder / f"{QUALITY}.new"
    aside.write_text(json.dumps({"level": LEVEL, **told}, ensure_ascii=False, indent=2) + "\n", "utf-8")
    aside.replace(folder / QUALITY)
    return {w: quality_of(found) for w, found in by_what.items() if found}


def kept_quality(folder: Path) -> dict[str, dict[str, Any]]:
    """What quality.json says of each `what` that was audited; nothing where there is none."""
    path = folder / QUALITY
    found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return {what: found[what] for what in WHATS if what in found}


def _sources(answers: Iterable[Answer]) -> list[str]:
    return sorted({a.source for a in answers})


def _told(quality: Quality) -> dict[str, object]:
    return {
        "read": quality.read,
        "wrong": quality.wrong,
        "unread": quality.unread,
        "upper": round(quality.upper, _SHARE_DIGITS),
        "interval": [round(end, _SHARE_DIGITS) for end in quality.interval],
    }

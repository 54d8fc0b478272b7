"""One trial of a seeded fault: a table spoilt, read in some way, checked, and what was said of it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from benchmarks.fault_kinds import confused, drawn
from benchmarks.fault_tables import Spot, document_of
from checks import check_document
from model.page import Reading
from model.table import Cell, Table
from normalize.numbers import parse_number

MISREADINGS = ("digit", "mark", "swap", "shift")
AUTHORS = ("typed", "mark", "added")
SINGLE = frozenset({"digit", "typed", "mark", "added"})  # kinds that spoil one cell
MODES = ("confidences", "alike", "printed", "sure")
READERS = frozenset({"reading", "repair", "places", "conservation"})  # checks that blame nobody
_WELL, _DOUBTED, _OFFERED, _RIGHT_DOUBTED = 0.984, 0.9, 0.7, 1 / 30
_ALIKE = 0.95  # confidence of every cell where none is doubted
_ROW_OF_THREE = 3  # figures of a row that slips by a column


@dataclass(frozen=True)
class Trial:
    """A spoilt table: `truth` is what the cells touched really say; `culprits` the cells themselves."""

    table: Table
    culprits: tuple[Spot, ...]
    truth: dict[Spot, str] = field(default_factory=dict)

    @property
    def said(self) -> dict[Spot, str]:
        """What the spoilt cells say now."""
        return {spot: self.table.rows[spot[0]][spot[1]].text for spot in self.culprits}


@dataclass(frozen=True)
class Judged:
    """What the checks made of a trial: where the culprit came among the cells they named (0 first, None not
    at all), whether its figures are right now, how many figures were changed and how many of them are wrong.
    """

    place: int | None
    missed: bool
    right: bool
    repairs: int
    bad: int
    seconds: float
    named: tuple[Spot, ...]


def _each(table: Table, change: Callable[[Cell], Cell]) -> Table:
    return replace(table, rows=tuple(tuple(change(c) for c in row) for row in table.rows))


def base(table: Table, mode: str) -> Table:
    """The good table as it is read before a fault: ink, all cells alike, or the print of a text."""
    if mode == "sure":
        return table
    return _each(table, lambda cell: replace(cell, sure=False, confidence=_ALIKE))


def spoil(table: Table, kind: str, spots: Sequence[Spot], rng: random.Random) -> Trial | None:
    """The table with one fault of a kind at one of the spots, or None when the cell cannot bear it."""
    row, col = rng.choice(list(spots))
    text = table.rows[row][col].text
    if kind in SINGLE:
        new = drawn(text, kind, rng)
        return _with(table, {(row, col): new}) if new is not None else None
    if kind == "swap":
        other = (row, col + 1) if (row, col + 1) in spots else (row + 1, col)
        if other not in spots or _equal(text.lstrip("+-"), table.rows[other[0]][other[1]].text.lstrip("+-")):
            return None
        return _with(table, {(row, col): table.rows[other[0]][other[1]].text, other: text})
    if kind == "shift":
        cols = [c for c in range(col, table.n_cols) if (row, c) in spots]
        if len(cols) < _ROW_OF_THREE or cols != list(range(cols[0], cols[-1] + 1)):
            return None
        texts = [table.rows[row][c].text for c in cols]
        return _with(table, {(row, c): t for c, t in zip(cols, ["", *texts[:-1]])})
    raise ValueError(kind)


def _with(table: Table, changes: dict[Spot, str]) -> Trial | None:
    truth = {spot: table.rows[spot[0]][spot[1]].text for spot in changes}
    changes = {spot: text for spot, text in changes.items() if not _equal(text, truth[spot])}
    if not changes:
        return None

    def change(cell: Cell) -> Cell:
        text = changes.get((cell.row, cell.col))
        return cell if text is None else replace(cell, text=text, raw=text)

    return Trial(_each(table, change), tuple(changes), truth)


def _equal(a: str, b: str) -> bool:
    one, two = parse_number(a), parse_number(b)
    return a == b or (one is not None and two is not None and one.amount == two.amount)


def doubted(trial: Trial, table: Table, rng: random.Random) -> Table:
    """The spoilt table as a reader with confidences gives it."""

    def change(cell: Cell) -> Cell:
        spot = (cell.row, cell.col)
        if spot in trial.culprits and rng.random() < _DOUBTED:
            offers = [Reading(confused(cell.text, rng), 2.5)]
            if rng.random() < _OFFERED:
                offers.insert(0, Reading(trial.truth[spot], 1.2))
            return replace(cell, status="doubtful", confidence=0.55, alternatives=tuple(offers))
        if not cell.is_header and any(ch.isdigit() for ch in cell.text) and rng.random() < _RIGHT_DOUBTED:
            other = Reading(confused(cell.text, rng), 1.5)
            return replace(cell, status="doubtful", confidence=0.6, alternatives=(other,))
        if spot in trial.culprits:
            return replace(cell, confidence=rng.uniform(0.85, 0.985))
        return replace(cell, confidence=_well_read(rng))

    return _each(table, change)


def _well_read(rng: random.Random) -> float:
    return rng.uniform(0.99, 0.999) if rng.random() < _WELL else rng.uniform(0.9, 0.99)


def as_read(mode: str, trial: Trial, rng: random.Random) -> Table:
    """The spoilt table as a way of reading gives it."""
    if mode == "confidences":
        return doubted(trial, trial.table, rng)
    if mode == "printed":
        return _each(trial.table, lambda cell: replace(cell, confidence=rng.uniform(0.99, 0.999)))
    return trial.table


def judged(trial: Trial, table: Table, before: set[Spot]) -> Judged:
    """Run the checks on a spoilt table: who was named, in which order, and what was put right. `before` are
    the cells that flags stand on in the good table."""
    start = time.perf_counter()
    checked = check_document(document_of(table))
    seconds = time.perf_counter() - start
    after = checked.tables[0]
    mended = [
        (c.row, c.col) for c in after.cells() if any(r.kind in ("digits", "decimal") for r in c.repairs)
    ]
    blaming = [f for f in checked.flags if f.row is not None and f.col is not None and f.check not in READERS]
    flagged = [(f.row, f.col) for f in blaming if f.row is not None and f.col is not None]
    others = [(c.row, c.col) for f in blaming for c in f.cells]
    named = [s for s in dict.fromkeys([*mended, *flagged]) if s not in before or s in trial.culprits]
    ranked = list(dict.fromkeys([*named, *others])) if named else []
    place = next((n for n, spot in enumerate(ranked) if spot in trial.culprits), None)
    good = all(_value(after, s) == _amount(trial.truth[s]) for s in trial.culprits)
    bad = [s for s in mended if _value(after, s) != _amount(_true_text(trial, table, s))]
    return Judged(place, not named, good, len(mended), len(bad), seconds, tuple(ranked))


def _true_text(trial: Trial, table: Table, spot: Spot) -> str:
    return trial.truth.get(spot, table.rows[spot[0]][spot[1]].text)


def _value(table: Table, spot: Spot) -> Decimal | None:
    value = table.rows[spot[0]][spot[1]].value
    return None if value is None else value.amount


def _amount(text: str) -> Decimal | None:
    value = parse_number(text)
    return None if value is None else value.amount

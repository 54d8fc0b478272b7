"""What a person's changes change in what the checks say: only the difference is carried over.

A CSV set does not hold all that the checks once saw. So what they say of the set before the changes is
compared with what they say after.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from model.document import Document, Observation
from model.flag import KINDS, CellRef, Flag
from model.table import Table
from pipeline.places import resolved_again
from pipeline.run.checked_anew import from_reader, recheck_document
from pipeline.run.corrected import with_edits
from pipeline.run.edits import Edit

CellKey = tuple[str, int, int]
"""A cell: its table's id, its row, its column."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a person changed: `cells` whose reading is theirs now, `reshaped` tables whose rows or columns are
    others now (or that are gone), and of those where each cell that is left stands now (`moved`). Cells are
    named as they stand now, those that `moved` leads from as they stood."""

    cells: frozenset[CellKey]
    reshaped: frozenset[str] = frozenset()
    moved: Mapping[CellKey, CellKey] = field(default_factory=dict)


def renewed(before: Document, edits: Sequence[Edit]) -> Document:
    """The document with a person's edits and what they change in flags, proofs and observations."""
    edited = with_edits(before, edits)
    edited = resolved_again(edited, {(e.table_id, e.row, e.col) for e in edits if e.text_changed})
    cells = frozenset((e.table_id, e.row, e.col) for e in edits)
    return carried_over(before, edited, Change(cells), recheck_document(before))


def carried_over(before: Document, edited: Document, change: Change, was: Document) -> Document:
    """`edited` with what the change makes of flags, proofs and observations.

    `before` is the document as it stood, `was` the same as the checks see it now (`recheck_document`). Of a
    reshaped table all is taken that the checks say now, and the flags of its readers follow their cells.
    """
    moved = tuple(f for flag in before.flags if (f := _followed(flag, change)) is not None)
    now = recheck_document(replace(edited, flags=moved))
    seen, found = ({t.table_id: t for t in d.tables} for d in (was, now))
    tables = tuple(
        found[t.table_id]
        if t.table_id in change.reshaped
        else _carried(t, seen[t.table_id], found[t.table_id], change.cells)
        for t in edited.tables
    )
    flags = _flags_after(
        moved,
        [f for flag in was.flags if (f := _followed(flag, change)) is not None],
        now.flags,
        change.cells,
    )
    observations = _observations_after(
        [o for o in before.observations if o.table_id not in change.reshaped],
        [o for o in was.observations if o.table_id not in change.reshaped],
        now.observations,
    )
    return replace(edited, tables=tables, flags=flags, observations=observations)


def _followed(flag: Flag, change: Change) -> Flag | None:
    """A flag where its cell stands now; None where the cell, or the whole table, is gone."""
    if flag.table_id not in change.reshaped:
        return flag
    tables = {to[0] for at, to in change.moved.items() if at[0] == flag.table_id}
    if flag.row is None or flag.col is None:
        return replace(flag, table_id=min(tables), row=None, col=None) if tables else None
    to = change.moved.get((flag.table_id, flag.row, flag.col))
    if to is None:
        return None
    cells = [change.moved.get((c.table_id, c.row, c.col)) for c in flag.cells]
    return replace(
        flag,
        table_id=to[0],
        row=to[1],
        col=to[2],
        cells=tuple(CellRef(*c) for c in cells if c is not None),
        terms=(),  # they tell a relation of the table as it was
    )


def _carried(table: Table, was: Table, now: Table, edited: Collection[tuple[str, int, int]]) -> Table:
    rows = tuple(
        tuple(
            replace(cell, status=b.status, proofs=b.proofs, confidence=b.confidence)
            if (a.status, a.proofs) != (b.status, b.proofs) or (table.table_id, cell.row, cell.col) in edited
            else cell
            for cell, a, b in zip(*lines, strict=True)
        )
        for lines in zip(table.rows, was.rows, now.rows, strict=True)
    )
    return replace(table, rows=rows)


def _flags_after(
    before: Sequence[Flag], was: Sequence[Flag], now: Sequence[Flag], edited: Collection[tuple[str, int, int]]
) -> tuple[Flag, ...]:
    old, new = {_subject(f): f for f in was}, {_subject(f): f for f in now}
    kept = []
    for flag in before:
        key = _subject(flag)
        if key in old and key not in new:
            continue
        settled = (flag.table_id, flag.row, flag.col) in edited and KINDS[flag.kind].of_reading
        if settled and (from_reader(flag) or key not in new):
            continue  # a person has said what stands there
        kept.append(new[key] if key in old and old[key] != new[key] else flag)
    known = {_subject(flag) for flag in before}
    return (*kept, *(f for key, f in new.items() if key not in old and key not in known))


def _subject(flag: Flag) -> tuple[object, ...]:
    return (flag.kind, flag.table_id, flag.row, flag.col, flag.found, "" if flag.table_id else flag.message)


def _observations_after(
    before: Sequence[Observation], was: Sequence[Observation], now: Sequence[Observation]
) -> tuple[Observation, ...]:
    old, new = {_told(o): o for o in was}, {_told(o): o for o in now}
    kept = [
        new[key] if key in new and old.get(key) != new[key] else o
        for o in before
        if (key := _told(o)) in new or key not in old
    ]
    known = {_told(o) for o in before}
    return (*kept, *(o for key, o in new.items() if key not in known and key not in old))


def _told(o: Observation) -> tuple[object, ...]:
    return (o.table_id, o.row, o.col, o.indicator)

"""What a reviewer says beside cells: a row's place, a line of the letterhead, a figure of the prose.

Each is one decision under a key of its own; what it says is kept as JSON or plain text in the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from emit.rows import METADATA_FIELDS
from model.document import Document, Statement
from model.place import AdminUnit, PlaceMention
from model.table import Cell
from model.value import Unit
from normalize.dates import last_day, printed_day
from normalize.numbers import parse_quantity
from normalize.unicode import tone_key
from pipeline.place_names import as_named
from pipeline.places import UNDATED
from pipeline.tools import gazetteer
from review.decisions import Decision
from review.structure.frame import Frame
from review.structure.operations import UnfitError

_DATED = frozenset({"date", "period"})
_GONE = -1.0  # no confidence that was ever measured
NO_PLACE = "-"  # what stands for a unit's code where a row names none


def metadata_key(doc_id: str, name: str) -> str:
    """The subject of a decision on one line of the letterhead."""
    return f"{doc_id}#metadata.{name}"


def place_key(doc_id: str, table_id: str, row: str) -> str:
    """The subject of a decision on the place of a row (by its name)."""
    return f"{doc_id}#place.{table_id}:{row}"


def statement_key(doc_id: str, number: int) -> str:
    """The subject of a decision on a figure of the prose, by its number in the document as read."""
    return f"{doc_id}#statement.{number}"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of the prose as a reviewer puts it; `gone`: the prose says no such thing."""

    subject: str = ""
    value: str = ""
    unit: str = ""
    gone: bool = False

    def __str__(self) -> str:
        """As the ledger keeps it."""
        told: dict[str, object] = {"subject": self.subject, "value": self.value, "unit": self.unit}
        if self.gone:
            told = {"gone": True}
        return json.dumps(told, ensure_ascii=False)


def said_of(text: str) -> Said:
    """What `str` wrote. Raises ValueError."""
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError(f"no figure of the prose: {text}")
    subject, value, unit = (str(found.get(k, "")) for k in ("subject", "value", "unit"))
    return Said(subject, value, unit, bool(found.get("gone")))


def with_field(document: Document, decision: Decision, frames: Mapping[str, Frame]) -> Document:
    """The document with a decision on a place, the letterhead or the prose. Raises UnfitError."""
    if decision.action == "metadata":
        return _with_metadata(document, decision)
    if decision.action == "statement":
        return _with_statement(document, decision)
    return _with_place(document, decision, frames)


def as_kept(name: str, typed: str) -> str:
    """A line of the letterhead as it is kept: days and months, typed as people write them, in ISO form."""
    return printed_day(typed) if name in _DATED else typed.strip()


def as_written(name: str, kept: str) -> str:
    """A line of the letterhead as people write it: `31/10/2024` for a day, `10/2024` for a month."""
    parts = kept.split("-")
    plain = name in _DATED and len(parts) > 1 and all(map(str.isdecimal, parts))
    return "/".join(reversed(parts)) if plain else kept


def understood(name: str, text: str) -> bool:
    """Whether a line of the letterhead may say that: days and periods as ISO 8601, as far as printed."""
    return name in METADATA_FIELDS and (name not in _DATED or not text or last_day(text) is not None)


def _with_metadata(document: Document, decision: Decision) -> Document:
    name = decision.subject.flag_id.rpartition("#metadata.")[2]
    if not understood(name, decision.new):
        raise UnfitError("unfit_field", name)
    return replace(document, metadata=replace(document.metadata, **{name: decision.new}))


def _with_statement(document: Document, decision: Decision) -> Document:
    number = int(decision.subject.flag_id.rpartition("#statement.")[2])
    said = said_of(decision.new)
    if number >= len(document.statements):
        raise UnfitError("unfit_field", said.subject)
    statements = list(document.statements)
    statements[number] = _put(statements[number], said, document)
    return replace(document, statements=tuple(statements))


def _put(statement: Statement, said: Said, document: Document) -> Statement:
    if said.gone:
        return replace(statement, confidence=_GONE)
    value = parse_quantity(said.value, document.decimal_mark)
    if value is None:
        raise UnfitError("not_a_number", said.value)
    unit = said.unit if said.unit in get_args(Unit) else statement.unit
    return replace(
        statement,
        subject=said.subject,
        value=value,
        unit=unit,  # type: ignore[arg-type]  # held to Unit above
        interval=None,
        confidence=1.0,
    )


def without_gone(document: Document) -> Document:
    """The document without the figures of which a reviewer said that the prose does not name them."""
    return replace(document, statements=tuple(s for s in document.statements if s.confidence != _GONE))


def day_of(document: Document) -> date:
    """The day for which the document's places are looked up."""
    days = (m.as_of for _, mentions in document.places for m in mentions)
    metadata = document.metadata
    return next(days, None) or last_day(metadata.date) or last_day(metadata.period) or UNDATED


def unit_of(code: str, day: date) -> AdminUnit | None:
    """The unit of that code on that day, else the last that bore it."""
    return gazetteer().last_known(code, day)


def named(cell: Cell, unit: AdminUnit) -> str:
    """What the cell of a unit says: as printed where that is its name, else the name in the way printed."""
    printed = tone_key(cell.text)
    if any(printed.endswith(tone_key(name)) for name in gazetteer().spellings(unit)):
        return cell.text
    return as_named(cell.text, unit)


def _with_place(document: Document, decision: Decision, frames: Mapping[str, Frame]) -> Document:
    subject = decision.subject
    frame = frames.get(subject.table_id)
    row_name, _, col_name = subject.names.rpartition(":")
    if frame is None:
        raise UnfitError("unfit_table", subject.table_id)
    row, col = frame.row(row_name), frame.col(col_name)
    places = dict(document.places)
    kept = [m for m in places.get(subject.table_id, ()) if (m.row, m.col) != (row, col)]
    if decision.new != NO_PLACE:
        kept.append(_mention(document, frame, row, col, decision.new))
    places[subject.table_id] = tuple(sorted(kept, key=lambda m: (m.row, m.col)))
    order = [t.table_id for t in document.tables if places.get(t.table_id)]
    return replace(document, places=tuple((name, places[name]) for name in order))


def _mention(document: Document, frame: Frame, row: int, col: int, code: str) -> PlaceMention:
    day = day_of(document)
    unit = unit_of(code, day)
    if unit is None:
        raise UnfitError("unfit_place", code)
    stood = unit.valid_to is None or day < unit.valid_to
    seen = day if stood or unit.valid_to is None else (unit.valid_from or day)
    path = [u for u in gazetteer().path(unit, seen) if u.code != unit.code]
    successors, change = gazetteer().successors(unit, None)
    return PlaceMention(
        row=row,
        col=col,
        raw=frame.slots[row][col].cell.raw,
        kind="exact" if stood else "former",
        as_of=day,
        unit=unit,
        score=1.0,
        parent=path[0] if path else None,
        province=path[-1] if path else None,
        successors=successors,
        change=change,
    )

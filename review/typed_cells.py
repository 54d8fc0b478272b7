"""Cells that were typed, filled down or pasted on the table page, written while its page goes on.

Cells are given by the names of their rows and columns, with what was seen in them: nothing that others
changed in the table meanwhile is in their way, and a cell that others changed is refused by itself.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from normalize.unicode import nfc
from review.decisions import Choice, ConflictError, Subject
from review.desk import Desk
from review.page import LONGEST
from review.structure.frame import Frame
from review.structure.operations import Operation, UnfitError

_MOST = 5000  # cells of one batch, far more than a page shows of a table


@dataclass(frozen=True, slots=True)
class TypedCell:
    """What somebody typed (`text`) into a cell that said `was`."""

    row: str
    col: str
    text: str
    was: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that was not written: it says `now` by now, or is no more (None)."""

    text: str
    now: str | None

    def told(self) -> dict[str, str]:
        """As the page is told."""
        return {"text": self.text} | ({} if self.now is None else {"now": self.now})


def shape_key(doc_id: str, table_id: str) -> str:
    """The subject of all changes of a table's rows and columns."""
    return f"{doc_id}#structure.{table_id}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Cells of one table that were written in one go."""

    doc_id: str
    table_id: str
    cells: tuple[TypedCell, ...]


def batch_of(body: bytes) -> Batch:
    """The batch that a page sends as JSON. Raises ValueError for anything else."""
    found = json.loads(body)
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, list) or len(cells) > _MOST:
        raise ValueError("no batch of cells")
    return Batch(_text(found, "doc"), _text(found, "table"), tuple(map(_cell, cells)))


def _cell(found: object) -> TypedCell:
    row, col, text, was = (_text(found, name) for name in ("row", "col", "text", "was"))
    return TypedCell(row, col, text, was)


def _text(found: object, name: str) -> str:
    text = found.get(name) if isinstance(found, dict) else None
    if not isinstance(text, str):
        raise ValueError(f"no {name}")
    return text[:LONGEST]


def write_cells(desk: Desk, who: str, batch: Batch) -> tuple[int, list[Refused]]:
    """Write cells as one batch, undone as one: the number of the table's last decision then, and what was
    refused. What stands there already, since its answer was lost, is not written twice."""
    doc_id, table_id, cells = batch.doc_id, batch.table_id, batch.cells
    while True:
        seen = desk.store.last(shape_key(doc_id, table_id))
        try:
            frame = desk.draft(doc_id).frame(table_id)
        except UnfitError:
            return seen, [Refused(cell.text, None) for cell in cells]
        choices: list[Choice] = []
        refused: list[Refused] = []
        for cell in cells:
            found = _choice(desk, frame, doc_id, cell, seen)
            if isinstance(found, Refused):
                refused.append(found)
            elif found is not None:
                choices.append(found)
        if not choices:
            return seen, refused
        try:
            made = desk.store.record(who, choices, uuid.uuid4().hex if len(choices) > 1 else "")
        except ConflictError:
            continue  # somebody was faster: look again
        return made[-1].id, refused


def _choice(desk: Desk, frame: Frame, doc_id: str, cell: TypedCell, seen: int) -> Choice | Refused | None:
    """What is recorded of a cell; None for one that says so already."""
    try:
        row, col = frame.row(cell.row), frame.col(cell.col)
    except UnfitError:
        return Refused(cell.text, None)
    now = frame.slots[row][col].cell.text
    if _said(now) == _said(cell.text):
        return None
    if _said(now) != _said(cell.was):
        return Refused(cell.text, now)
    operation = Operation("text", (cell.row,), (cell.col,), cell.text)
    sha256, table_id = desk.folder.documents[doc_id].sha256, frame.table.table_id
    key = shape_key(doc_id, table_id)
    subject = Subject(key, doc_id, sha256, table_id, row, col, frame.named(row, col))
    return Choice(subject, "structure", now, str(operation), "", seen)


def _said(text: str) -> str:
    """A cell's text as a field of one line shows it."""
    return " ".join(nfc(text).split())

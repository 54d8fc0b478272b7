"""What a decision on a flag is about: its cell, another cell of its relation, a part of the letterhead, a
figure of the prose, or the flag alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.document import Document, Statement
from model.flag import CellRef
from model.table import Cell, Table
from normalize.dates import last_day, printed_day
from normalize.numbers import parse_quantity
from review.decisions import Action, Choice, Subject
from review.fields import Said, as_written, metadata_key, statement_key
from review.folder import FlagRow

LETTERHEAD = "letterhead/"  # what the checks of the letterhead begin with; behind it stands the part
_FIELD_OF = {"number": "number", "day": "date", "month": "date"}
_SHORT_DAY = re.compile(r"(\d{1,2})(?:\s*[/.-]\s*(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Target:
    """What the keys of a flag's page act on. `cell` in its `table`; else `field`, the part of the letterhead
    that was left to the pen (`number`, `day`, `month`), with what was read of it in `text`; else the
    `statement` of the prose of that `number`; else nothing but the flag (`text`: what it found)."""

    text: str
    table: Table | None = None
    cell: Cell | None = None
    field: str = ""
    statement: Statement | None = None
    number: int = -1
    other: bool = False  # not the flag's own cell

    @property
    def typed(self) -> bool:
        """Whether something can be typed for it."""
        return self.cell is not None or bool(self.field) or self.statement is not None

    @property
    def shown(self) -> str:
        """Its text as people write it: days and months of the letterhead as `31/10/2024`."""
        return self.as_written(self.text)

    def as_written(self, kept: str) -> str:
        """Another text of it, so written."""
        return as_written(_FIELD_OF[self.field], kept) if self.field else kept

    @property
    def at(self) -> str:
        """The cell as addresses name it, where it is not the flag's own; else ''."""
        if self.cell is None or self.table is None or not self.other:
            return ""
        return f"{self.table.table_id}:{self.cell.row}:{self.cell.col}"


def target_of(document: Document, flag: FlagRow, at: str = "") -> Target:
    """What is decided at a flag; `at` names another cell of its relation (`t01:3:2`)."""
    other = _ref(at)
    if other is not None and other in {t.cell for t in flag.terms} | set(flag.cells):
        table, cell = cell_at(document, other.table_id, other.row, other.col)
        if cell is not None:
            own = (other.table_id, other.row, other.col) == (flag.table_id, flag.row, flag.col)
            return Target(cell.text, table, cell, other=not own)
    table, cell = cell_at(document, flag.table_id, flag.row, flag.col)
    if cell is not None:
        return Target(cell.text, table, cell)
    if flag.check.startswith(LETTERHEAD):
        part = flag.check.removeprefix(LETTERHEAD)
        if part in _FIELD_OF:
            return Target(getattr(document.metadata, _FIELD_OF[part]), field=part)
    number = _statement_of(document, flag)
    if number >= 0:
        return Target(flag.found, statement=document.statements[number], number=number)
    return Target(flag.found, table)


def cell_at(
    document: Document, table_id: str, row: int | None, col: int | None
) -> tuple[Table | None, Cell | None]:
    """A table of a document and the cell of it, as far as they are there."""
    table = next((t for t in document.tables if t.table_id == table_id), None)
    if table is None or row is None or col is None:
        return table, None
    inside = 0 <= row < table.n_rows and 0 <= col < table.n_cols
    return table, table.rows[row][col] if inside else None


def cell_key(doc_id: str, table_id: str, names: str) -> str:
    """The subject of a decision on a cell that no flag led to; `names` of its row and column."""
    return f"{doc_id}#cell.{table_id}:{names}"


def _ref(at: str) -> CellRef | None:
    table_id, row, col = [*at.rsplit(":", 2), "", ""][:3]
    return CellRef(table_id, int(row), int(col)) if row.isdecimal() and col.isdecimal() else None


def _statement_of(document: Document, flag: FlagRow) -> int:
    """The number of the figure of the prose that a flag speaks of; -1 where that can't be told."""
    value = parse_quantity(flag.found, document.decimal_mark)
    if flag.table_id or value is None:
        return -1
    found = [
        n for n, s in enumerate(document.statements) if s.page == flag.page and s.value.amount == value.amount
    ]
    near = [n for n in found if document.statements[n].context in flag.context] if flag.context else []
    told = near or found
    return told[0] if len(told) == 1 else -1


def siblings(flag: FlagRow, flags: Sequence[FlagRow]) -> list[FlagRow]:
    """The other flags on the same line of the letterhead: the day and the month are one date."""
    part = _FIELD_OF.get(flag.check.removeprefix(LETTERHEAD), "")
    return [
        f
        for f in flags
        if f.key != flag.key
        and f.doc_id == flag.doc_id
        and f.check.startswith(LETTERHEAD)
        and _FIELD_OF.get(f.check.removeprefix(LETTERHEAD)) == part
    ]


def written(target: Target, typed: str) -> str:
    """What the whole place says when `typed` is typed: of a date its ISO form (`15/11` and `15` complete what
    was read of it), of a number with its symbol. '' for what is not understood."""
    text = " ".join(typed.split())
    if target.field == "number":
        symbol = target.text.lstrip("0123456789")
        return text + symbol if text.isdecimal() and symbol.startswith(("/", "-")) else text
    if target.field:
        return _day(target, text)
    return text


def _day(target: Target, text: str) -> str:
    year, month = [*target.text.split("-"), ""][:2]
    iso, short = printed_day(text), _SHORT_DAY.fullmatch(text)
    if short is not None and short[2]:
        iso = f"{year}-{short[2].zfill(2)}-{short[1].zfill(2)}"
    elif short is not None:
        known = f"{year}-{month}-" if target.field == "day" and month.isdecimal() else ""
        iso = (known or (f"{year}-" if target.field == "month" else "")) + short[1].zfill(2)
    day = last_day(iso)
    return iso if day is not None and day.isoformat().startswith(iso) else ""


def beside(
    target: Target,
    flag: FlagRow,
    action: Action,
    new: str,
    others: Sequence[FlagRow],
    last: Callable[[str], int],
) -> list[Choice]:
    """What is written beside the decision on the flag itself: the line of the letterhead or the figure of the
    prose that it corrects, and the flags `others` that it settles with it. `last` tells the
    number of the last decision on a subject."""
    found: list[Choice] = []
    if target.field and action in ("value", "accept") and new and new != target.text:
        key = metadata_key(flag.doc_id, _FIELD_OF[target.field])
        subject = Subject(key, flag.doc_id, flag.sha256)
        found.append(Choice(subject, "metadata", target.text, new, "", last(key)))
    if action in ("accept", "value", "read") or (target.field and action not in ("note", "later")):
        for f in others:
            subject = Subject(f.key, f.doc_id, f.sha256, f.table_id, f.row, f.col)
            found.append(Choice(subject, action, target.text, new, "", last(f.key)))
    if target.statement is not None and action in ("value", "accept") and new:
        s = target.statement
        key = statement_key(flag.doc_id, target.number)
        subject = Subject(key, flag.doc_id, flag.sha256)
        old, now = (str(Said(s.subject, text, s.unit)) for text in (s.value.plain(), new))
        found.append(Choice(subject, "statement", old, now, "", last(key)))
    return found

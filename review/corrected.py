"""A document as its reviewers have decided so far: decisions played over what was read, checked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from emit.rows import flag_ids
from model.document import Document
from model.flag import KINDS, Flag
from model.table import Cell
from pipeline.run.carried import CellKey, Change, carried_over
from review.decisions import Decision, Subject
from review.fields import NO_PLACE, day_of, named, unit_of, with_field, without_gone
from review.readings import confirmed, settled, typed
from review.structure.draft import Draft
from review.structure.frame import Frame
from review.structure.operations import UnfitError, operation_of

CORRECTING = frozenset({"accept", "value", "read", "structure", "place", "metadata", "statement"})
NO_SPAN = (-1, -1)
_FIELDS = frozenset({"place", "metadata", "statement"})


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a decision in force can't be carried out: a key of `review.words` and what it speaks of."""

    reason: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document as decided. Its `flags` are those that stand, decided ones too; `decided` the ids of the
    flags among them that are decided, `unreadable` of those whose ink nobody can read; `draft` names its rows
    and columns; `changed` counts decisions carried out that changed something; `unfit` the others in force,
    by their ids."""

    document: Document
    flags: tuple[tuple[str, Flag], ...]
    decided: frozenset[str]
    draft: Draft
    change: Change
    changed: int = 0
    unfit: Mapping[int, Unfit] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()

    @property
    def frames(self) -> Mapping[str, Frame]:
        """Its tables by their ids, with the names of their rows and columns."""
        return {f.table.table_id: f for f in self.draft.frames}

    @property
    def left_flags(self) -> tuple[Flag, ...]:
        """The flags that nobody has decided on, and those of ink that nobody can read: its reading stays in
        doubt."""
        return tuple(f for ident, f in self.flags if ident not in self.decided or ident in self.unreadable)

    @property
    def open_flags(self) -> tuple[Flag, ...]:
        """The flags that nobody has decided on."""
        return tuple(flag for ident, flag in self.flags if ident not in self.decided)

    def named(self, table_id: str, row: int | None, col: int | None) -> str:
        """The names of a cell's row and column; '' for no cell."""
        frame = self.frames.get(table_id)
        if frame is None or row is None or col is None:
            return ""
        return frame.named(row, col) if row < len(frame.rows) and col < len(frame.cols) else ""


def corrected(base: Document, was: Document, decisions: Sequence[Decision]) -> Corrected:
    """`base` with the decisions in force, oldest first. `was` is `base` as the checks see it
    (`recheck_document`)."""
    draft, unfit, changed = drafted(base, decisions)
    document, change = draft.finished()
    frames = {f.table.table_id: f for f in draft.frames}
    for decision in decisions:
        if decision.action in _FIELDS and decision.id not in unfit:
            try:
                document, changed = with_field(document, decision, frames), changed + 1
            except UnfitError as error:
                unfit[decision.id] = Unfit(error.reason, error.what)
    if changed or change.cells or change.reshaped:
        document = carried_over(base, without_gone(document), change, was)
    document = confirmed(document, _cells(decisions, frames, "read"))
    flags = tuple(zip(flag_ids(document.flags), document.flags, strict=True))
    decided = _decided(base, flags, decisions, change) | _of_spans(document, flags, decisions, frames)
    unreadable = frozenset(
        d.subject.flag_id.rpartition("#")[2] for d in decisions if d.action == "unreadable"
    )
    return Corrected(document, flags, decided, draft, change, changed, unfit, unreadable)


def drafted(base: Document, decisions: Sequence[Decision]) -> tuple[Draft, dict[int, Unfit], int]:
    """`base` with the decisions on its tables, not understood anew; those that can't be carried out, by their
    ids; how many others changed something."""
    draft, unfit, changed = Draft.of(base), dict[int, Unfit](), 0
    for decision in decisions:
        if decision.action not in CORRECTING or decision.action in _FIELDS - {"place"}:
            continue
        try:
            draft = _played(draft, decision)
            changed += decision.action not in ("read", "place")
        except UnfitError as error:
            unfit[decision.id] = Unfit(error.reason, error.what)
    return draft, unfit, changed


def _played(draft: Draft, decision: Decision) -> Draft:
    subject = decision.subject
    if decision.action == "structure":
        try:
            operation = operation_of(decision.new)
        except ValueError as error:  # of another program, or another time
            raise UnfitError("unfit_operation") from error
        if operation.name != "text":
            return draft.with_operation(subject.table_id, operation)
        at = f"{operation.rows[0]}:{operation.cols[0]}"
        return draft.with_cell(subject.table_id, at, _writes(draft, decision, operation.text))
    if not subject.names:
        return draft  # a flag on no cell: there is nothing to write
    if decision.action == "place":
        return _with_name(draft, decision)
    if decision.action == "read":
        table = draft.frame(subject.table_id).table
        return draft.with_cell(subject.table_id, subject.names, lambda cell: settled(table, cell))
    return draft.with_cell(subject.table_id, subject.names, _writes(draft, decision, decision.new))


def _with_name(draft: Draft, decision: Decision) -> Draft:
    """The cell of a place says its name, where it says another."""
    unit = unit_of(decision.new, day_of(draft.document)) if decision.new != NO_PLACE else None

    def write(cell: Cell) -> Cell:
        text = named(cell, unit) if unit is not None else cell.text
        return cell if text == cell.text else typed(cell, draft.document.decimal_mark, text, decision.who)

    return draft.with_cell(decision.subject.table_id, decision.subject.names, write)


def _writes(draft: Draft, decision: Decision, text: str) -> Callable[[Cell], Cell]:
    why = f"{decision.who}: {decision.reason}" if decision.reason else decision.who

    def write(cell: Cell) -> Cell:
        said = {cell.text, *(r.old for r in cell.repairs if r.by_person)}
        if decision.old and decision.old not in said:
            raise UnfitError("unfit_text", cell.text)
        return typed(cell, draft.document.decimal_mark, text, why)

    return write


def _cells(decisions: Iterable[Decision], frames: Mapping[str, Frame], action: str) -> frozenset[CellKey]:
    """Where the cells of decisions of one kind stand now."""
    return frozenset(
        at for d in decisions if d.action == action and (at := place_of(d.subject, frames)) is not None
    )


def place_of(subject: Subject, frames: Mapping[str, Frame]) -> CellKey | None:
    """Where a decision's cell stands now; None where it is no more, or was none."""
    frame = frames.get(subject.table_id)
    row, _, col = subject.names.rpartition(":")
    if frame is None or row not in frame.rows or col not in frame.cols:
        return None
    return (subject.table_id, frame.rows.index(row), frame.cols.index(col))


def _decided(
    base: Document, flags: Sequence[tuple[str, Flag]], decisions: Sequence[Decision], change: Change
) -> frozenset[str]:
    """The ids of flags that stand and are decided: by their ids, or since they say the same of the same cell
    as one that was decided in the document as it was read."""
    ids = {d.subject.flag_id.rpartition("#")[2] for d in decisions if d.action not in _FIELDS}
    said = {_said(f, change) for ident, f in zip(flag_ids(base.flags), base.flags) if ident in ids}
    return frozenset(
        ident for ident, f in flags if ident in ids or (f.table_id, f.row, f.col, f.kind, f.found) in said
    )


def _of_spans(
    document: Document,
    flags: Sequence[tuple[str, Flag]],
    decisions: Sequence[Decision],
    frames: Mapping[str, Frame],
) -> frozenset[str]:
    """The ids of readers' flags on other positions of a cell that spans several, of which somebody said what
    stands there: its ink is one."""
    found = set()
    read = {at for action in ("accept", "value", "read") for at in _cells(decisions, frames, action)}
    tables = {t.table_id: t for t in document.tables}
    spans = {(t, *a) for t, r, c in read if t in tables and (a := tables[t].rows[r][c].anchor) != NO_SPAN}
    for ident, flag in flags:
        table = tables.get(flag.table_id)
        if table is None or flag.row is None or flag.col is None or not KINDS[flag.kind].of_reading:
            continue
        inside = flag.row < table.n_rows and flag.col < table.n_cols
        if inside and (flag.table_id, *table.rows[flag.row][flag.col].anchor) in spans:
            found.add(ident)
    return frozenset(found)


def _said(flag: Flag, change: Change) -> tuple[object, ...]:
    at: tuple[object, ...] = (flag.table_id, flag.row, flag.col)
    if flag.table_id in change.reshaped and flag.row is not None and flag.col is not None:
        at = change.moved.get((flag.table_id, flag.row, flag.col), ("", None, None))
    return (*at, flag.kind, flag.found)

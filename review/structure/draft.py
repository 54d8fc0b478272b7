"""A document while decisions are played over it, in the order in which they were made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from model.document import Document, RunningLine
from model.table import Cell
from pipeline.run.carried import Change
from pipeline.understood_anew import places_anew, understood_anew
from review.structure.frame import Frame
from review.structure.operations import Operation, UnfitError
from review.structure.reshape import RESHAPES, reshaped


@dataclass(frozen=True, slots=True)
class Draft:
    """Frames of the tables that still stand, in reading order; `running` the text lines as they stand;
    `edited` the cells whose reading is a person's (table id, names of row and column); `touched` the tables
    whose rows or columns are others, those that are gone too."""

    document: Document
    frames: tuple[Frame, ...]
    running: tuple[RunningLine, ...]
    edited: frozenset[tuple[str, str, str]] = frozenset()
    touched: frozenset[str] = field(default_factory=frozenset)

    @staticmethod
    def of(document: Document) -> Draft:
        """The document as it was read."""
        return Draft(document, tuple(map(Frame.of, document.tables)), document.running)

    def frame(self, table_id: str) -> Frame:
        """The frame of a table. Raises UnfitError where it is no more."""
        for frame in self.frames:
            if frame.table.table_id == table_id:
                return frame
        raise UnfitError("unfit_table", table_id)

    def with_frame(self, frame: Frame) -> Draft:
        """With another state of one of its tables."""
        table_id = frame.table.table_id
        frames = tuple(frame if f.table.table_id == table_id else f for f in self.frames)
        touched = self.touched | {table_id} if frame.reshaped else self.touched
        return replace(self, frames=frames, touched=touched)

    def with_cell(self, table_id: str, at: str, change: Callable[[Cell], Cell]) -> Draft:
        """With one cell changed; `at` names its row and column (`Frame.named`)."""
        frame = self.frame(table_id)
        row, _, col = at.rpartition(":")
        made = frame.with_cell(frame.row(row), frame.col(col), change)
        return replace(self.with_frame(made), edited=self.edited | {(table_id, row, col)})

    def with_operation(self, table_id: str, operation: Operation) -> Draft:
        """With one operation done to a table (`text` is `with_cell`'s). Raises UnfitError."""
        if operation.name in RESHAPES:
            return self.with_frame(reshaped(self.frame(table_id), operation))
        whole = {"not_table": _not_table, "join": _joined, "cut": _cut}
        return whole[operation.name](self, table_id, operation)

    def finished(self) -> tuple[Document, Change]:
        """The document as decided, not yet checked, and what is another than it was."""
        document, reshaped_tables = self._understood()
        cells = frozenset(
            (table_id, frame.rows.index(row), frame.cols.index(col))
            for table_id, row, col in self.edited
            for frame in self.frames
            if frame.table.table_id == table_id and row in frame.rows and col in frame.cols
        )
        moved = {
            origin: (frame.table.table_id, *at)
            for frame in self.frames
            if frame.table.table_id in self.touched
            for origin, at in frame.moved()
        }
        document = places_anew(document, reshaped_tables) if self.touched else document
        return document, Change(cells, self.touched, moved)

    def _understood(self) -> tuple[Document, frozenset[str]]:
        tables = tuple(f.finished() for f in self.frames)
        document = replace(self.document, tables=tables, running=self.running)
        anew = frozenset(t.table_id for t in tables if t.table_id in self.touched)
        understood = tuple(understood_anew(document, t) if t.table_id in anew else t for t in tables)
        return replace(document, tables=understood), anew


def _mark(table_id: str) -> str:
    return f"[{table_id}]"


def _not_table(draft: Draft, table_id: str, _: Operation) -> Draft:
    """What was taken for a table is running text: its rows become lines in its place."""
    frame = draft.frame(table_id)
    lines: list[RunningLine] = []
    for line in draft.running:
        if line.line is None and line.text == _mark(table_id):
            lines.extend(_as_lines(frame, draft.running))
        else:
            lines.append(line)
    if len(lines) == len(draft.running):  # a set that is older than lines.csv names no tables in it
        lines.extend(_as_lines(frame, draft.running))
    frames = tuple(f for f in draft.frames if f.table.table_id != table_id)
    return replace(draft, frames=frames, running=tuple(lines), touched=draft.touched | {table_id})


def _as_lines(frame: Frame, running: Sequence[RunningLine]) -> list[RunningLine]:
    lines = []
    last = max((line.line or 0 for line in running), default=0)
    for row in frame.slots:
        distinct = [s for n, s in enumerate(row) if n == 0 or s.group != row[n - 1].group]
        texts = [s.cell for s in distinct if s.cell.text.strip()]
        if texts:
            text, raw = " ".join(c.text for c in texts), " ".join(c.raw for c in texts)
            sure = min(c.confidence for c in texts)
            last += 1
            lines.append(RunningLine(texts[0].page, last, text, raw, texts[0].box, sure))
    return lines


def _joined(draft: Draft, table_id: str, operation: Operation) -> Draft:
    """The table goes on in another (`text`), whose header is left out where it repeats this one's."""
    frame, other = draft.frame(table_id), draft.frame(operation.text)
    if len(frame.cols) != len(other.cols) or frame is other:
        raise UnfitError("unfit_join", operation.text)
    first = other.header_rows if _heads(frame) == _heads(other) else 0
    names = [n if "." in n else f"{operation.text}.{n}" for n in other.rows[first:]]
    table = replace(
        frame.table,
        notes=tuple(dict.fromkeys((*frame.table.notes, *other.table.notes))),
        doubts=tuple(dict.fromkeys((*frame.table.doubts, *other.table.doubts))),
    )
    made = replace(
        frame,
        table=table,
        rows=(*frame.rows, *names),
        slots=(*frame.slots, *other.slots[first:]),
        reshaped=True,
    )
    draft = draft.with_frame(made)
    return replace(
        draft,
        frames=tuple(f for f in draft.frames if f.table.table_id != operation.text),
        running=tuple(
            line for line in draft.running if line.line is not None or line.text != _mark(operation.text)
        ),
        touched=draft.touched | {operation.text},
    )


def _heads(frame: Frame) -> list[list[str]]:
    return [
        ["".join(s.cell.text.split()).casefold() for s in line] for line in frame.slots[: frame.header_rows]
    ]


def _cut(draft: Draft, table_id: str, operation: Operation) -> Draft:
    """The rows from the one named on are a table of their own, whose header is still to be told."""
    frame = draft.frame(table_id)
    at = frame.row(operation.rows[0])
    new = operation.made[0] if operation.made else ""
    if at <= frame.header_rows or not re.fullmatch(r"t\d+", new):
        raise UnfitError("unfit_cut")
    if any(f.table.table_id == new for f in draft.frames):
        raise UnfitError("unfit_name")
    upper = replace(frame, rows=frame.rows[:at], slots=frame.slots[:at], reshaped=True)
    table = replace(frame.table, table_id=new, title="", seams=())
    lower = replace(
        frame, table=table, rows=frame.rows[at:], slots=frame.slots[at:], header_rows=0, reshaped=True
    )
    frames: list[Frame] = []
    for f in draft.frames:
        frames += [upper, lower] if f is frame else [f]
    running: list[RunningLine] = []
    for line in draft.running:
        running.append(line)
        if line.line is None and line.text == _mark(table_id):
            running.append(replace(line, text=_mark(new), raw=_mark(new)))
    edited = frozenset((new if t == table_id and r in lower.rows else t, r, c) for t, r, c in draft.edited)
    touched = draft.touched | {table_id, new}
    return replace(draft, frames=tuple(frames), running=tuple(running), edited=edited, touched=touched)

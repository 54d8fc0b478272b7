"""The operations on one table's rows and columns: a frame and an operation in, a frame out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from model.geometry import Box
from model.table import Cell
from review.structure.frame import Frame, Slot
from review.structure.operations import Operation, UnfitError

Line = tuple[Slot, ...]
_GLUED = re.compile(r"[\d.,]*[.,][\d.,]*")
_GROUPED = re.compile(r"(?:0|[1-9]\d{0,2})(?:[.,]\d{3})*")


def reshaped(frame: Frame, operation: Operation) -> Frame:
    """The frame after one of `RESHAPES`. Raises UnfitError where the table does not allow it."""
    made = RESHAPES[operation.name](frame, operation)
    if not made.rows or not made.cols:
        raise UnfitError("unfit_empty")
    return replace(made, reshaped=frame.reshaped or operation.name != "title")


def _header(frame: Frame, operation: Operation) -> Frame:
    """Header rows are those above the row named; none named: there are none."""
    depth = frame.row(operation.rows[0]) if operation.rows else 0
    return replace(frame, header_rows=depth)


def _title(frame: Frame, operation: Operation) -> Frame:
    return replace(frame, table=replace(frame.table, title=operation.text))


def _delete_rows(frame: Frame, operation: Operation) -> Frame:
    gone = {frame.row(name) for name in operation.rows}
    kept = [r for r in range(len(frame.rows)) if r not in gone]
    header = sum(r < frame.header_rows for r in kept)
    return _with_rows(frame, [frame.rows[r] for r in kept], [frame.slots[r] for r in kept], header)


def _delete_cols(frame: Frame, operation: Operation) -> Frame:
    gone = {frame.col(name) for name in operation.cols}
    kept = [c for c in range(len(frame.cols)) if c not in gone]
    return _with_cols(
        frame, [frame.cols[c] for c in kept], [tuple(line[c] for c in kept) for line in frame.slots]
    )


def _insert_row(frame: Frame, operation: Operation) -> Frame:
    """Empty rows, as many as are named, below the last of those (none named: one on top); a cell that spans
    the place spans them too."""
    for n in range(1, len(operation.rows)):
        frame = _inserted(frame, replace(operation, rows=operation.rows[-1:], made=operation.made[n : n + 1]))
    return _inserted(frame, replace(operation, rows=operation.rows[-1:]))


def _inserted(frame: Frame, operation: Operation) -> Frame:
    at = frame.row(operation.rows[0]) + 1 if operation.rows else 0
    name = _fresh(operation, frame.rows)
    above = frame.slots[at - 1] if at else None
    below = frame.slots[at] if at < len(frame.rows) else None
    page = max((s.cell.page for s in above or below or ()), default=0)
    line = tuple(
        _between(frame, above[c] if above else None, below[c] if below else None, (name, frame.cols[c]), page)
        for c in range(len(frame.cols))
    )
    header = frame.header_rows + (at < frame.header_rows)
    return _with_rows(
        frame,
        [*frame.rows[:at], name, *frame.rows[at:]],
        [*frame.slots[:at], line, *frame.slots[at:]],
        header,
    )


def _insert_col(frame: Frame, operation: Operation) -> Frame:
    """An empty column right of the one named (none named: the first)."""
    at = frame.col(operation.cols[0]) + 1 if operation.cols else 0
    name = _fresh(operation, frame.cols)
    lines = []
    for row, line in zip(frame.rows, frame.slots):
        left, right = line[at - 1] if at else None, line[at] if at < len(line) else None
        page = (left or right or line[0]).cell.page
        lines.append((*line[:at], _between(frame, left, right, (row, name), page), *line[at:]))
    return _with_cols(frame, [*frame.cols[:at], name, *frame.cols[at:]], lines)


def _between(
    frame: Frame, before: Slot | None, after: Slot | None, names: tuple[str, str], page: int
) -> Slot:
    """The new position between two: of their cell where both are of one, else empty."""
    if before is not None and after is not None and before.group == after.group:
        return replace(before, origin=None)
    return _empty(frame, names, page)


def _empty(frame: Frame, names: tuple[str, str], page: int, box: Box | None = None) -> Slot:
    return Slot(Cell(-1, -1, "", "", page=page, box=box), None, (frame.table.table_id, *names))


def _merge_rows(frame: Frame, operation: Operation) -> Frame:
    """Rows that stand below each other become the first of them, their texts joined."""
    at = _run([frame.row(name) for name in operation.rows])
    stacks = [[frame.slots[r][c] for r in at] for c in range(len(frame.cols))]
    line = tuple(_merged(stack, _between_lines(stack)) for stack in stacks)
    kept = [r for r in range(len(frame.rows)) if r not in at[1:]]
    header = sum(r < frame.header_rows for r in kept)
    return _with_rows(
        frame, [frame.rows[r] for r in kept], [line if r == at[0] else frame.slots[r] for r in kept], header
    )


def _between_lines(slots: Sequence[Slot]) -> str:
    """Words that were read as two lines stand apart, a figure that was broken over two is one."""
    return " " if any(ch.isalpha() for s in slots for ch in s.cell.text) else ""


def _merge_cols(frame: Frame, operation: Operation) -> Frame:
    """Columns that stand beside each other become the first of them, their texts joined."""
    at = _run([frame.col(name) for name in operation.cols])
    kept = [c for c in range(len(frame.cols)) if c not in at[1:]]
    lines = []
    for r, line in enumerate(frame.slots):
        glue = " " if r < frame.header_rows else operation.text
        one = _merged([line[c] for c in at], glue)
        lines.append(tuple(one if c == at[0] else line[c] for c in kept))
    return _with_cols(frame, [frame.cols[c] for c in kept], lines)


def _run(numbers: Sequence[int]) -> list[int]:
    found = sorted(set(numbers))
    if len(found) < 2 or found[-1] - found[0] != len(found) - 1:
        raise UnfitError("unfit_neighbours")
    return found


def _merged(slots: Sequence[Slot], glue: str) -> Slot:
    """Several cells as one: texts of those that say something, once for a cell that spans them."""
    distinct = [s for n, s in enumerate(slots) if all(s.group != other.group for other in slots[:n])]
    speaking = [s for s in distinct if s.cell.text.strip()]
    if len(speaking) < 2:
        return speaking[0] if speaking else slots[0]
    first = speaking[0]
    boxes = [s.cell.box for s in speaking if s.cell.box and s.cell.page == first.cell.page]
    text, raw = (glue.join(getattr(s.cell, name).strip() for s in speaking) for name in ("text", "raw"))
    cell = replace(
        first.cell,
        text=text,
        raw=raw,
        box=Box.union(boxes) if boxes else None,
        confidence=min(s.cell.confidence for s in speaking),
        alternatives=(),
        repairs=tuple(r for s in speaking for r in s.cell.repairs),
        status="doubtful" if any(s.cell.status == "doubtful" for s in speaking) else first.cell.status,
        stored=None,
    )
    return replace(first, cell=cell)


def _split_row(frame: Frame, operation: Operation) -> Frame:
    """Rows that each were two: cells of as many words as two go apart in the middle, others stay above."""
    for n, row in enumerate(operation.rows):
        frame = _parted(frame, replace(operation, rows=(row,), made=operation.made[n : n + 1]))
    return frame


def _parted(frame: Frame, operation: Operation) -> Frame:
    at, name = frame.row(operation.rows[0]), _fresh(operation, frame.rows)
    pairs = [
        _halved(frame, slot, (name, frame.cols[c]), _middle(slot.cell.text), vertical=True)
        for c, slot in enumerate(frame.slots[at])
    ]
    lines = [
        *frame.slots[:at],
        tuple(a for a, _ in pairs),
        tuple(b for _, b in pairs),
        *frame.slots[at + 1 :],
    ]
    header = frame.header_rows + (at < frame.header_rows)
    return _with_rows(frame, [*frame.rows[: at + 1], name, *frame.rows[at + 1 :]], lines, header)


def _middle(text: str) -> int:
    words = text.split()
    return len(words) // 2 if len(words) % 2 == 0 and any(ch.isdigit() for ch in text) else len(words)


def _split_col(frame: Frame, operation: Operation) -> Frame:
    """A column that was two: each text goes apart at its first blank, or at its last; a header's cell that
    spans more goes on over both, another stays on the left."""
    at, name = frame.col(operation.cols[0]), _fresh(operation, frame.cols)
    lines = []
    for r, line in enumerate(frame.slots):
        slot = line[at]
        slot = slot if r < frame.header_rows else _unglued(slot)
        words = len(slot.cell.text.split())
        keep = words if r < frame.header_rows or words < 2 else 1 if operation.text == "first" else words - 1
        left, right = _halved(frame, slot, (frame.rows[r], name), keep, vertical=False)
        wide = any(s.group == slot.group for c, s in enumerate(line) if c != at)
        right = replace(slot, origin=None) if wide else right
        lines.append((*line[:at], left, right, *line[at + 1 :]))
    return _with_cols(frame, [*frame.cols[: at + 1], name, *frame.cols[at + 1 :]], lines)


def _unglued(slot: Slot) -> Slot:
    """Two figures that were read as one, apart where their groups of thousands allow one place only."""
    text = slot.cell.text.strip()
    cuts = [n for n in range(1, len(text)) if _GROUPED.fullmatch(text[:n]) and _GROUPED.fullmatch(text[n:])]
    if not _GLUED.fullmatch(text) or _GROUPED.fullmatch(text) or len(cuts) != 1:
        return slot
    apart = f"{text[: cuts[0]]} {text[cuts[0] :]}"
    raw = apart if slot.cell.raw.strip() == text else slot.cell.raw
    return replace(slot, cell=replace(slot.cell, text=apart, raw=raw))


def _halved(
    frame: Frame, slot: Slot, names: tuple[str, str], keep: int, *, vertical: bool
) -> tuple[Slot, Slot]:
    """A cell and what is taken off it: all words after the first `keep`."""
    cell, words, raws = slot.cell, slot.cell.text.split(), slot.cell.raw.split()
    if keep >= len(words):
        return slot, _empty(frame, names, cell.page)
    same = len(raws) == len(words)
    first, second = " ".join(words[:keep]), " ".join(words[keep:])
    boxes = _halves(cell.box, vertical)
    left = replace(
        cell,
        text=first,
        raw=" ".join(raws[:keep]) if same else first,
        box=boxes[0],
        alternatives=(),
        stored=None,
    )
    right = replace(left, text=second, raw=" ".join(raws[keep:]) if same else second, box=boxes[1])
    return replace(slot, cell=left), Slot(right, None, (frame.table.table_id, *names))


def _halves(box: Box | None, vertical: bool) -> tuple[Box | None, Box | None]:
    if box is None:
        return None, None
    if vertical:
        middle = (box.y0 + box.y1) / 2
        return Box(box.x0, box.y0, box.x1, middle), Box(box.x0, middle, box.x1, box.y1)
    middle = (box.x0 + box.x1) / 2
    return Box(box.x0, box.y0, middle, box.y1), Box(middle, box.y0, box.x1, box.y1)


def _shift(frame: Frame, operation: Operation) -> Frame:
    """What stands in some rows from a column on goes one column to the right (or left). Nothing is written
    over: there must be an empty cell for it to go into."""
    at = frame.col(operation.cols[0])
    lines = list(frame.slots)
    for name in operation.rows:
        r = frame.row(name)
        lines[r] = _shifted(frame, lines[r], r, at, operation.text == "left")
    return replace(frame, slots=tuple(lines))


def _shifted(frame: Frame, line: Line, row: int, at: int, left: bool) -> Line:
    name = frame.rows[row]
    alone = [
        replace(s, group=(frame.table.table_id, f"{name}", f"{frame.cols[c]}")) for c, s in enumerate(line)
    ]
    if left:
        holes = [c for c in range(at - 1, -1, -1) if not alone[c].cell.text.strip()]
        if not holes:
            raise UnfitError("unfit_shift")
        hole = holes[0]
        end = next((c for c in range(at, len(line)) if not alone[c].cell.text.strip()), len(line))
        blank = _empty(frame, (name, "end"), line[at].cell.page)
        moved = [*alone[:hole], *alone[hole + 1 : end], blank, *alone[end:]]
    else:
        holes = [c for c in range(at, len(line)) if not alone[c].cell.text.strip() and c > at]
        if not holes:
            raise UnfitError("unfit_shift")
        hole = holes[0]
        blank = _empty(frame, (name, "start"), line[at].cell.page)
        moved = [*alone[:at], blank, *alone[at:hole], *alone[hole + 1 :]]
    return tuple(replace(s, group=(frame.table.table_id, name, frame.cols[c])) for c, s in enumerate(moved))


def _span(frame: Frame, operation: Operation) -> Frame:
    """The cells of some rows and columns are one, which says what they said, each text once."""
    rows, cols = [frame.row(n) for n in operation.rows], [frame.col(n) for n in operation.cols]
    inside = [frame.slots[r][c] for r in rows for c in cols]
    if len(inside) < 2:
        raise UnfitError("unfit_neighbours")
    one = _merged(inside, " ")
    group = (frame.table.table_id, frame.rows[rows[0]], f"{frame.cols[cols[0]]}+")
    slots = tuple(
        tuple(
            replace(s, cell=one.cell, group=group) if r in rows and c in cols else s
            for c, s in enumerate(line)
        )
        for r, line in enumerate(frame.slots)
    )
    return replace(frame, slots=slots)


def _unspan(frame: Frame, operation: Operation) -> Frame:
    """A cell that spans several positions falls apart into one for each, all with its text."""
    group = frame.slots[frame.row(operation.rows[0])][frame.col(operation.cols[0])].group
    slots = tuple(
        tuple(
            replace(s, group=(frame.table.table_id, name, col)) if s.group == group else s
            for col, s in zip(frame.cols, line)
        )
        for name, line in zip(frame.rows, frame.slots)
    )
    return replace(frame, slots=slots)


def _fresh(operation: Operation, taken: Sequence[str]) -> str:
    name = operation.made[0] if operation.made else ""
    if not name or name in taken:
        raise UnfitError("unfit_name")
    return name


def _with_rows(frame: Frame, names: Sequence[str], lines: Sequence[Line], header_rows: int) -> Frame:
    return replace(frame, rows=tuple(names), slots=tuple(lines), header_rows=header_rows)


def _with_cols(frame: Frame, names: Sequence[str], lines: Sequence[Line]) -> Frame:
    return replace(frame, cols=tuple(names), slots=tuple(lines))


RESHAPES: dict[str, Callable[[Frame, Operation], Frame]] = {
    "header": _header,
    "title": _title,
    "delete_rows": _delete_rows,
    "delete_cols": _delete_cols,
    "insert_row": _insert_row,
    "insert_col": _insert_col,
    "merge_rows": _merge_rows,
    "merge_cols": _merge_cols,
    "split_row": _split_row,
    "split_col": _split_col,
    "shift": _shift,
    "span": _span,
    "unspan": _unspan,
}

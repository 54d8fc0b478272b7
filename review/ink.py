"""Where on the pages a flag points: boxes that the viewer marks."""

from __future__ import annotations

from dataclasses import dataclass

from model.document import Document, RunningLine
from model.geometry import Box
from model.table import Cell, Table
from review.folder import FlagRow


@dataclass(frozen=True, slots=True)
class Mark:
    """A box of a page to be marked: what is flagged (`at`), what it is compared with (`related`), its row
    (`row-mark`)."""

    page: int
    box: Box
    kind: str

    def told(self) -> dict[str, object]:
        """As the page's script reads it."""
        b = self.box
        return {"page": self.page, "box": [round(v, 1) for v in (b.x0, b.y0, b.x1, b.y1)], "kind": self.kind}


def marks_of(document: Document, flag: FlagRow, chosen: Cell | None = None) -> list[dict[str, object]]:
    """What is to be marked for a flag, the place that the keys act on last, so that it lies on top: the
    flagged one, or the `chosen` cell of its relation."""
    tables = {t.table_id: t for t in document.tables}
    found: list[Mark] = []
    table = tables.get(flag.table_id)
    cell: Cell | None = None
    if table is not None and flag.row is not None and flag.row < table.n_rows:
        row = table.rows[flag.row]
        cell = row[flag.col] if flag.col is not None and flag.col < table.n_cols else None
        found += [Mark(c.page, c.box, "row-mark") for c in row if c.box and c is not cell]
    for ref in flag.cells:
        other = tables.get(ref.table_id)
        if other is None or ref.row >= other.n_rows or ref.col >= other.n_cols:
            continue
        seen = other.rows[ref.row][ref.col]
        if seen.box and seen is not cell:
            found.append(Mark(seen.page, seen.box, "related"))
    if chosen is not None and chosen.box:
        found.append(Mark(chosen.page, chosen.box, "at"))
    elif cell is not None and cell.box:
        found.append(Mark(cell.page, cell.box, "at"))
    elif flag.box:
        found.append(Mark(flag.page, flag.box, "at"))
    elif table is not None and flag.row is None:
        found += [Mark(number, box, "at") for number, box in _extent(table)]
    elif table is None and (line := line_of(document, flag)) is not None and line.box:
        found.append(Mark(line.page, line.box, "at"))
    return [m.told() for m in found]


def line_of(document: Document, flag: FlagRow) -> RunningLine | None:
    """The line of the running text that a flag without a place of its own speaks of: the first on its page
    that says what was found there, and best of those that stand in its context."""
    said = " ".join(flag.found.split())
    if flag.table_id or not said:
        return None
    lines = [x for x in document.running if x.page == flag.page and said in f"{x.text} {x.raw}"]
    whole = [x for x in lines if x.text.strip() in flag.context]
    return next(iter(whole or lines), None)


def _extent(table: Table) -> list[tuple[int, Box]]:
    """What a table covers of each of its pages."""
    boxes: dict[int, list[Box]] = {}
    for cell in table.cells():
        if cell.box is not None:
            boxes.setdefault(cell.page, []).append(cell.box)
    return [(number, Box.union(found)) for number, found in sorted(boxes.items())]

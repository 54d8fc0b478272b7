"""A header whose rows read like two tables beside each other: names and figures, and once more names and
figures."""

from __future__ import annotations

from collections.abc import Sequence

from extract.tables.printed import Chunk, Line
from normalize.unicode import fold

_FEWEST_ROWS = 3
_FEWEST_HEADS = 2  # of a half
_CAPTIONS = 2
_CENTRED = 1.2  # em between the middles of a caption and of its half: blanks of a title are stretched
_LONGEST_STEP = 2.5  # em of white between two rows
_AGREE = 0.75  # share of the rows that fall into the same halves


def halves_part(lines: Sequence[Line], index: int, em: float) -> float | None:
    """Where, in points, two tables without rules part whose headers stand on line `index`; None where they
    are one table.

    In each row below, a name and its figures stand left of the white, a name and its figures right of it. A
    single table may have a column of names in its middle, too. So the headers must tell: both begin with the
    same word (`Chỉ tiêu … Chỉ tiêu …`), or two captions stand above, each over the middle of its half from
    the names on: headings over several columns leave those of the names out.
    """
    head = lines[index]
    if len(head.chunks) < 2 * _FEWEST_HEADS or any(c.figure for c in head.chunks):
        return None
    rows = _rows(lines[index + 1 :], em)
    cuts = [cut for row in rows if (cut := _cut(row)) is not None]
    if len(cuts) < max(_FEWEST_ROWS, _AGREE * len(rows)):
        return None
    low, high = max(a.box.x1 for a, _ in cuts), min(b.box.x0 for _, b in cuts)
    if low >= high:
        return None
    sides = [
        [c for c in head.chunks if c.box.x1 <= high],
        [c for c in head.chunks if c.box.x0 >= low],
    ]
    if min(map(len, sides)) < _FEWEST_HEADS or sum(map(len, sides)) != len(head.chunks):
        return None
    same = fold(sides[0][0].text) == fold(sides[1][0].text)
    over = lines[index - 1] if index else None
    if same or (over is not None and _captions(over, [head, *rows], (low + high) / 2, em)):
        return (low + high) / 2
    return None


def _rows(below: Sequence[Line], em: float) -> list[Line]:
    """The lines with figures that follow without a gap."""
    rows: list[Line] = []
    for line in below:
        if not line.seed or (rows and line.box.y0 - rows[-1].box.y1 > _LONGEST_STEP * em):
            break
        rows.append(line)
    return rows


def _cut(row: Line) -> tuple[Chunk, Chunk] | None:
    """The figure and the name between which a row falls into halves, if it does in one place."""
    found = [
        (a, b)
        for a, b, c in zip(row.chunks, row.chunks[1:], row.chunks[2:])
        if a.figure and not b.figure and c.figure
    ]
    return found[0] if len(found) == 1 and not row.chunks[0].figure else None


def _captions(over: Line, table: Sequence[Line], x: float, em: float) -> bool:
    """Whether two captions stand on a line, each over the middle of a half."""
    if len(over.chunks) != _CAPTIONS or any(c.figure for c in over.chunks):
        return False
    for caption, left in zip(over.chunks, (True, False)):
        own = [w.box for line in table for w in line.words if (w.box.center[0] < x) == left]
        middle = (min(b.x0 for b in own) + max(b.x1 for b in own)) / 2
        if abs(caption.box.center[0] - middle) > _CENTRED * em:
            return False
    return True

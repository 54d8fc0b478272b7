"""Which cells of a sheet a table's lines enclose, and the rectangles they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.office.sheet.model import BOTTOM, LEFT, RIGHT, TOP, Merge, Sheet

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a sheet; rows and columns from the first to the last, both included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, place: Place) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right

    def meets(self, other: Frame) -> bool:
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom

    def joined(self, other: Frame) -> Frame:
        return Frame(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


def ruled_frames(sheet: Sheet) -> list[Frame]:
    """The rectangles of cells that lines enclose, in reading order."""
    ruled = _ruled(sheet)
    frames = _components(ruled)
    merged: list[Frame] = []
    for frame in frames:
        while found := next((f for f in merged if f.meets(frame)), None):
            merged.remove(found)
            frame = frame.joined(found)
        merged.append(frame)
    return sorted(merged, key=lambda f: (f.top, f.left))


def sides(masks: Mapping[Place, int], row: int, col: int) -> int:
    """The sides at which a line is drawn, by the cell itself or by its neighbours."""
    found = masks.get((row, col), 0)
    if masks.get((row, col - 1), 0) & RIGHT:
        found |= LEFT
    if masks.get((row, col + 1), 0) & LEFT:
        found |= RIGHT
    if masks.get((row - 1, col), 0) & BOTTOM:
        found |= TOP
    if masks.get((row + 1, col), 0) & TOP:
        found |= BOTTOM
    return found


def masks_of(sheet: Sheet, first: int = 0, last: int | None = None) -> dict[Place, int]:
    """The borders each cell draws itself, in the rows from `first` to `last` (None: to the end)."""
    if not sheet.bordered:
        return {}
    return {
        place: cell.look.borders
        for place, cell in sheet.cells.items()
        if cell.look.borders and first <= place[0] and (last is None or place[0] <= last)
    }


def _ruled(sheet: Sheet) -> set[Place]:
    """Cells inside a table's lines. A line that only a neighbour draws is not enough: it is that table's
    own edge, and a title or a gap lies beside it."""
    masks = masks_of(sheet)
    ruled = {(r, c) for (r, c), own in masks.items() if _encloses(own, sides(masks, r, c))}
    for merge in sheet.merges:
        area = list(_area(merge, sheet.cells))
        if any(place in ruled for place in area):
            ruled.update(area)
    return ruled


def _encloses(own: int, all_sides: int) -> bool:
    upright = all_sides & (LEFT | RIGHT) == LEFT | RIGHT and own & (LEFT | RIGHT)
    three = all_sides.bit_count() >= 3 and own.bit_count() >= 2
    return bool(upright) or three or own & (TOP | BOTTOM) == TOP | BOTTOM


def _area(merge: Merge, cells: Mapping[Place, object]) -> Iterable[Place]:
    """The places of a merge; of a huge one those that the sheet has cells at."""
    if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) > _LARGE_MERGE:
        return [p for p in cells if merge.top <= p[0] <= merge.bottom and merge.left <= p[1] <= merge.right]
    return ((r, c) for r in range(merge.top, merge.bottom + 1) for c in range(merge.left, merge.right + 1))


_LARGE_MERGE = 10_000


def _components(ruled: set[Place]) -> list[Frame]:
    """Bounding rectangles of cells that touch side by side, by runs of each row."""
    by_row: dict[int, list[int]] = {}
    for row, col in ruled:
        by_row.setdefault(row, []).append(col)
    frames: dict[int, Frame] = {}
    names: list[int] = []  # of each run: the run it was joined to

    def root(name: int) -> int:
        while names[name] != name:
            names[name] = names[names[name]]
            name = names[name]
        return name

    before: list[tuple[int, int, int]] = []
    last = -2
    for row in sorted(by_row):
        here: list[tuple[int, int, int]] = []
        for first, end in _runs(sorted(by_row[row])):
            name = len(names)
            names.append(name)
            frames[name] = Frame(row, first, row, end)
            for left, right, above in before if row == last + 1 else ():
                old = root(above)
                if left <= end and first <= right and old != root(name):
                    frames[old] = frames[old].joined(frames.pop(root(name)))
                    names[root(name)] = old
            here.append((first, end, name))
        before, last = here, row
    return sorted(frames.values(), key=lambda f: (f.top, f.left))


def _runs(cols: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours."""
    runs: list[tuple[int, int]] = []
    for col in cols:
        if runs and col == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], col)
        else:
            runs.append((col, col))
    return runs

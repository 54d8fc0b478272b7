"""The tables of a sheet: what lines enclose and what goes on with it, and blocks of figures without lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.office.sheet.frames import Frame, Place, ruled_frames
from extract.office.sheet.model import Sheet
from extract.tables.letterhead import says_letterhead
from normalize.numbers import looks_numeric
from normalize.ordinals import is_ordinal

_LEAST_TEXTS = 3  # a frame with fewer is a box around a text
_LEAST_WIDE_ROWS = 3
_LARGE_AREA, _SPARSE = 100_000, 20  # cells from which a table with one of so many filled is none
_HEADER_REACH = 5  # rows without lines above a body in lines that may be its header
_FIGURES_WITHIN = 6  # rows below its first within which a table without lines has figures
_MOST_SIDE_BY_SIDE = 4  # texts of a letterhead or of signatures
_BLANK_ROWS = 1  # between two blocks without lines that are still one table


class _Texts:
    """The filled cells of a sheet, by row."""

    def __init__(self, sheet: Sheet, texts: Mapping[Place, str]) -> None:
        self._sheet, self.texts = sheet, texts
        self.rows: dict[int, list[int]] = {}
        for row, col in sorted(texts):
            self.rows.setdefault(row, []).append(col)

    def within(self, row: int, left: int, right: int) -> list[int]:
        return [c for c in self.rows.get(row, ()) if left <= c <= right]

    def is_figure(self, row: int, col: int) -> bool:
        return self._sheet.cells[row, col].number is not None or looks_numeric(self.texts[row, col])

    def figures(self, row: int, cols: Sequence[int]) -> int:
        """How many of a row's cells are figures; an ordinal in the first is none."""
        return sum(self.is_figure(row, c) for i, c in enumerate(cols) if i or not self._is_ordinal(row, c))

    def has_figures(self, row: int, cols: Sequence[int]) -> bool:
        """Whether any of them is one; most rows of a table show it soon."""
        return any(self.is_figure(row, c) for c in cols[1:]) or self.figures(row, cols[:1]) > 0

    def _is_ordinal(self, row: int, col: int) -> bool:
        return is_ordinal(self.texts[row, col])


def find_regions(sheet: Sheet, texts: Mapping[Place, str]) -> list[Frame]:
    """The tables' rectangles, in reading order, none on another. `texts` are the cells with text."""
    known = _Texts(sheet, texts)
    found = [f for f in ruled_frames(sheet) if _is_table(f, known)]
    found = _apart([_grown(frame, known) for frame in found])
    free = known
    if found:
        free = _Texts(sheet, {p: t for p, t in texts.items() if not any(f.holds(p) for f in found)})
    found += [f for f in _open_blocks(free) if not any(f.meets(other) for other in found)]
    return sorted((f for f in found if not _is_void(f, known)), key=lambda f: (f.top, f.left))


def _is_void(frame: Frame, texts: _Texts) -> bool:
    """Whether a frame is nearly all empty: some cells far from each other, no table."""
    area = (frame.bottom - frame.top + 1) * (frame.right - frame.left + 1)
    if area < _LARGE_AREA:
        return False
    filled = sum(
        len(texts.within(r, frame.left, frame.right)) for r in texts.rows if frame.top <= r <= frame.bottom
    )
    return filled * _SPARSE < area


def _is_table(frame: Frame, texts: _Texts) -> bool:
    if frame.top == frame.bottom or frame.left == frame.right:
        return False
    rows = [r for r in texts.rows if frame.top <= r <= frame.bottom]
    filled = [cols for r in rows if (cols := texts.within(r, frame.left, frame.right))]
    return sum(map(len, filled)) >= _LEAST_TEXTS and len(filled) > 1


def _apart(frames: list[Frame]) -> list[Frame]:
    """Frames that came to lie on each other as one."""
    out: list[Frame] = []
    for frame in frames:
        while other := next((f for f in out if f.meets(frame)), None):
            out.remove(other)
            frame = frame.joined(other)
        out.append(frame)
    return out


def _grown(frame: Frame, texts: _Texts) -> Frame:
    """The frame with rows and columns that go on with it without lines."""
    frame = _sideways(frame, texts)
    bottom = frame.bottom
    while _goes_on(bottom + 1, frame, texts):
        bottom += 1
    top = frame.top
    if texts.figures(top, texts.within(top, frame.left, frame.right)):
        for row in range(frame.top - 1, max(frame.top - 1 - _HEADER_REACH, -1), -1):
            cols = texts.within(row, frame.left, frame.right)
            if len(cols) * 2 < frame.right - frame.left + 1 or len(cols) < 2:
                break
            top = row
    return Frame(top, frame.left, bottom, frame.right)


def _sideways(frame: Frame, texts: _Texts) -> Frame:
    """The frame with columns beside it that are filled in half of its rows."""
    rows = [r for r in range(frame.top, frame.bottom + 1) if texts.within(r, frame.left, frame.right)]
    left, right = frame.left, frame.right
    while sum(right + 1 in texts.rows.get(r, ()) for r in rows) * 2 >= len(rows):
        right += 1
    while left and sum(left - 1 in texts.rows.get(r, ()) for r in rows) * 2 >= len(rows):
        left -= 1
    return Frame(frame.top, left, frame.bottom, right)


def _goes_on(row: int, frame: Frame, texts: _Texts) -> bool:
    """Whether a row below a frame is one of its rows: figures under its columns and nothing beside them."""
    cols = texts.rows.get(row, [])
    inside = texts.within(row, frame.left, frame.right)
    return (
        len(inside) > 1 and len(inside) == len(cols) and texts.figures(row, inside) * 2 >= len(inside) - 1 > 0
    )


def _open_blocks(texts: _Texts) -> list[Frame]:
    """Tables without lines: rows of several texts, with figures among them, that no blank rows part."""
    frames = [f for block in _blocks(texts) if (f := _open_table(block, texts))]
    out: list[Frame] = []
    for frame in frames:
        if out and _continues(out[-1], frame, texts):
            out[-1] = out[-1].joined(frame)
        else:
            out.append(frame)
    return out


def _blocks(texts: _Texts) -> list[list[int]]:
    """Rows with texts, parted where rows are blank; a blank row between two rows of several texts is one of
    a table's own."""
    blocks: list[list[int]] = []
    for row in sorted(texts.rows):
        near = bool(blocks) and row - blocks[-1][-1] <= _BLANK_ROWS + 1
        if near and (row == blocks[-1][-1] + 1 or _both_wide(blocks[-1][-1], row, texts)):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _both_wide(above: int, below: int, texts: _Texts) -> bool:
    return all(len(texts.rows[r]) > 1 and not _is_letter(r, texts) for r in (above, below))


def _open_table(block: list[int], texts: _Texts) -> Frame | None:
    """The table in a block of rows, or None: titles above it and notes below it are left out."""
    wide = [r for r in block if len(texts.rows[r]) > 1 and not _is_letter(r, texts)]
    if len(wide) < 2:
        return None
    with_figures = [r for r in wide if texts.has_figures(r, texts.rows[r])]
    full = {r: None for r in wide if len(texts.rows[r]) >= _LEAST_WIDE_ROWS}
    if len(with_figures) < 2 and len(full) < _LEAST_WIDE_ROWS:
        return None
    core = with_figures if len(with_figures) > 1 else list(full)
    first = min(r for r in wide if r >= core[0] - _FIGURES_WITHIN)
    last = core[-1]
    while first - 1 in full:  # a list of texts, in few of whose rows a figure stands
        first -= 1
    while last + 1 in full:
        last += 1
    cols = [c for r in range(first, last + 1) for c in texts.rows.get(r, ())]
    return Frame(first, min(cols), last, max(cols)) if min(cols) < max(cols) else None


def _is_letter(row: int, texts: _Texts) -> bool:
    """Whether a row is one of a letterhead or signature block."""
    if len(texts.rows[row]) > _MOST_SIDE_BY_SIDE or any(texts.is_figure(row, c) for c in texts.rows[row]):
        return False
    return any(says_letterhead(texts.texts[row, c]) for c in texts.rows[row])


def _continues(above: Frame, below: Frame, texts: _Texts) -> bool:
    """Whether a block goes on with the one above: between them at most a blank row and one that names what
    follows, its first row data in the other's columns."""
    between = range(above.bottom + 1, below.top)
    if len(between) > _BLANK_ROWS + 1 or any(len(texts.rows.get(r, ())) > 1 for r in between):
        return False
    inside = below.left >= above.left and below.right <= above.right
    return inside and texts.figures(below.top, texts.rows[below.top]) > 0

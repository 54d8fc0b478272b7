"""A laid-out line's text in each column."""

from __future__ import annotations

from collections.abc import Sequence

from extract.dump.layout.columns import ColumnPlace, LaidLine, Segment

_DRAWN = 4  # characters that a dump draws a text to the left of its column


def slice_line(line: LaidLine, columns: Sequence[ColumnPlace]) -> tuple[str, ...]:
    """The line's text in each column; a lone segment that runs over several goes to the first of them."""
    text = line.source.text
    reached = sum(_overlap(line.segments[0], c) > 0 for c in columns) if len(line.segments) == 1 else 0
    if reached > 2 or (
        reached == 2 and (line.segments[0].text.isupper() or line.names_section)
    ):  # a section's title
        first = next((c for c in range(len(columns)) if line.start < columns[c].right), 0)
        return tuple(line.segments[0].text if c == first else "" for c in range(len(columns)))
    cells = [""] * len(columns)
    for segment in line.segments:
        for c, piece in _pieces(segment, text, columns):
            cells[c] = f"{cells[c]} {piece}".strip()
    return tuple(cells)


def _cut_between(text: str, low: int, high: int, start: int) -> int | None:
    """The blank from `low` up to `high` at which a text over two columns is cut: the first one, or one a few
    characters before it, back to `start`, where only behind that a word begins as a cell does (`Cổng trường
    THCS Kênh Ba Xã`: the dump drew the second text to the left)."""
    blanks = [x for x in range(max(start, low - _DRAWN), high) if text[x : x + 1] == " "]
    within = [x for x in blanks if x >= low]
    opening = [x for x in blanks if not text[x + 1 : x + 2].islower()]
    if within and (within[0] in opening or not opening):
        return within[0]
    return opening[-1] if opening else None


def _overlap(segment: Segment, column: ColumnPlace) -> float:
    return min(segment.end, column.right) - max(segment.start, column.left)


def _pieces(segment: Segment, text: str, columns: Sequence[ColumnPlace]) -> list[tuple[int, str]]:
    """The segment cut where a column's bound falls on a blank in it; else whole in its best column."""
    touched = [
        c for c, column in enumerate(columns) if segment.start < column.end and column.start < segment.end
    ]
    moved = (
        text[segment.start : segment.end].strip() != segment.text
    )  # its letters stand elsewhere on the line
    if len(touched) <= 1 or moved:
        home = max(range(len(columns)), key=lambda c: _overlap(segment, columns[c]))
        return [(touched[0] if len(touched) == 1 else home, segment.text)]
    pieces: list[tuple[int, str]] = []
    start, home = segment.start, touched[0]
    for c in touched[1:]:
        low, high = columns[c - 1].end, columns[c].start
        cut = _cut_between(text, max(low, start), min(high, segment.end), start)
        if cut is not None:
            if text[start:cut].strip():
                pieces.append((home, text[start:cut].strip()))
            start, home = cut, c
    pieces.append((home, text[start : segment.end].strip()))
    if len(pieces) == 1:
        best = max(touched, key=lambda c: _overlap(segment, columns[c]))
        return [(best, segment.text)]
    return pieces

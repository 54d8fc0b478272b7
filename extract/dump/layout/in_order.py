"""Columns of a laid-out table whose rows all have a figure in each: the first figure of every row is the
first column's, however far a dump draws the rows from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.dump.layout.columns import ColumnPlace, LaidLine, Segment, place_columns
from extract.dump.layout.slices import slice_line

_LEAST_ROWS, _LEAST_FIGURES = 3, 3


@dataclass(frozen=True, slots=True)
class InOrder:
    """The columns, and those that the figures of each row fill from left to right."""

    columns: list[ColumnPlace]
    figures: range

    def cells(self, line: LaidLine) -> tuple[str, ...]:
        """The line's text in each column."""
        own = [s for s in line.segments if s.figure]
        if len(own) != len(self.figures):
            return slice_line(line, self.columns)
        rest = LaidLine(line.source, tuple(s for s in line.segments if not s.figure))
        row = list(slice_line(rest, self.columns))
        for c, segment in zip(self.figures, own, strict=True):
            row[c] = f"{row[c]} {segment.text}".strip()
        return tuple(row)


def in_order(lines: Sequence[LaidLine], columns: Sequence[ColumnPlace]) -> InOrder | None:
    """The columns with those of figures made as many as every row has; None where the rows have not all as
    many side by side, or each of them fills the columns that hold figures already.

    `lines` are without their row numbers.
    """
    rows = [line for line in lines if line.is_core]
    runs = [[s for s in line.segments if s.figure] for line in rows]
    count = len(runs[0]) if len(rows) >= _LEAST_ROWS else 0
    if count < _LEAST_FIGURES or any(len(run) != count for run in runs):
        return None
    filled = [{c for c, column in enumerate(columns) if _touches(s, column)} for run in runs for s in run]
    first, last = (
        min(map(min, filter(None, filled)), default=0),
        max(map(max, filter(None, filled)), default=0),
    )
    if last - first + 1 == count or first == 0 or _has_words(rows, columns[first : last + 1]):
        return None
    spans = _spans(list(zip(*runs, strict=True)))
    before = [(c.start, min(c.end, spans[0][0] - 1)) for c in columns[:first]]
    after = [(max(c.start, spans[-1][1] + 1), c.end) for c in columns[last + 1 :]]
    placed = [*before, *spans, *after]
    if any(start >= end for start, end in placed):
        return None
    return InOrder(place_columns(placed), range(first, first + count))


def _has_words(rows: Sequence[LaidLine], columns: Sequence[ColumnPlace]) -> bool:
    """Whether a text that is no figure stands in one of the columns: a dash is none of a word."""
    texts = [s for line in rows for s in line.segments if not s.figure]
    return any(_touches(s, column) for s in texts for column in columns)


def _touches(segment: Segment, column: ColumnPlace) -> bool:
    return segment.start < column.end and column.start < segment.end


def _spans(figures: Sequence[Sequence[Segment]]) -> list[tuple[int, int]]:
    """From where to where each column's figures stand; where two columns' reach into each other, up to half
    the way between the middles of most."""
    starts = [min(s.start for s in own) for own in figures]
    ends = [max(s.end for s in own) for own in figures]
    for c in range(len(figures) - 1):
        if ends[c] >= starts[c + 1]:
            middle = (median(s.end for s in figures[c]) + median(s.start for s in figures[c + 1])) / 2
            ends[c], starts[c + 1] = int(middle), int(middle) + 1
    return list(zip(starts, ends, strict=True))

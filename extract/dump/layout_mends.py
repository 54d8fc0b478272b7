"""What a narrow column does to laid-out lines: figures that stand one blank after a label, and figures broken
over two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.dump.layout_columns import LaidLine, Segment, is_figure

# From this share of the figure lines on whose label ends with a figure, or has one after it at that place,
# there is a column of figures after the labels.
_STUCK_SHARE = 0.8
_LEAST_STUCK = 3
_LEAST_STUCK_SHARE = 0.2
_TORN_HEAD = re.compile(r"^[-+(]?\d[\d.,]*[.,]$")
_TORN_REST = re.compile(r"^\d{1,3}(?:[.,]\d+)*\)?$")
# The rest of a torn figure stands so many lines below its head at most.
_TORN_LINES = 2


def part_stuck_figures(lines: Sequence[LaidLine]) -> list[LaidLine]:
    """The lines with the figure parted that ends a label after one blank, where nearly all lines with figures
    have one there, stuck or apart: labels as wide as their column reach the figures of the next.

    `lines` are without their row numbers. Labels then end before that column, whatever their text's length.
    """
    cores = [line for line in lines if len(line.segments) >= 2]
    stuck = [s for line in cores if (s := _stuck(line.segments[0]))]
    if len(stuck) < max(_LEAST_STUCK, _LEAST_STUCK_SHARE * len(cores)):
        return list(lines)
    start, end = min(s.start for s in stuck), max(s.end for s in stuck)
    apart = [
        line
        for line in cores
        if not _stuck(line.segments[0])
        and any(s.figure and s.start < end and start < s.end for s in line.segments[:2])
    ]
    if len(stuck) + len(apart) < _STUCK_SHARE * len(cores):
        return list(lines)
    begin = min([start, *(s.start for line in apart for s in line.segments[:2] if s.figure)])
    return [replace(line, segments=tuple(_parted(line, begin))) for line in lines]


def _stuck(segment: Segment) -> Segment | None:
    """The figure that ends a text of words and a figure, or None."""
    words = segment.text.split()
    if len(words) < 2 or not is_figure(words[-1]) or not any(c.isdigit() for c in words[-1]):
        return None
    if not any(c.isalpha() for c in words[-2]):
        return None
    return Segment(segment.end - len(words[-1]), segment.end, words[-1])


def _parted(line: LaidLine, begin: int) -> list[Segment]:
    """The line's segments, its label ended before the column that begins at `begin`."""
    if not line.segments or line.segments[0].figure:
        return list(line.segments)
    label, rest = line.segments[0], list(line.segments[1:])
    figure = _stuck(label) if rest else None
    if figure:
        label = replace(label, text=label.text[: -len(figure.text)].rstrip())
        rest.insert(0, figure)
    if label.start < begin - 1:
        label = replace(label, end=max(label.start + 1, min(label.end, begin - 1)))
    return [label, *rest]


def join_torn_figures(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines' texts by column, each figure that a line's end tore at its mark (`49.050,` over `2`) made
    whole in the fullest line of those two and the ones between."""
    out = [list(row) for row in rows]
    for top in range(len(out)):
        for col, text in enumerate(out[top]):
            if not _TORN_HEAD.match(text):
                continue
            below = range(top + 1, min(len(out), top + 1 + _TORN_LINES))
            rest = next((r for r in below if out[r][col]), None)
            if rest is None or not _TORN_REST.match(out[rest][col]):
                continue
            whole = text + out[rest][col]
            out[top][col] = out[rest][col] = ""
            home = max(range(top, rest + 1), key=lambda r: (sum(map(bool, out[r])), -r))
            out[home][col] = whole
    return [row for row in out if any(row)]

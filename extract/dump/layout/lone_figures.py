"""Rows of laid-out tables of words that have one column of figures: a line of several texts with one figure
shows no columns by itself, but does under headings one of which stands over that figure."""

from __future__ import annotations

from collections.abc import Sequence

from extract.dump.layout.columns import LaidLine, Segment

_TEXTS = 3  # of a line, and of the headings
_FURTHEST = 9  # lines from the headings to the first row, and from row to row
_LEAST_ROWS = 2
_HEAD_LINES = 2  # over and under the fullest


def under_headings(lines: Sequence[LaidLine], cores: Sequence[int]) -> list[int]:
    """The lines of several texts with one figure that are rows of such a table: two and more that follow each
    other under one line of headings, their figures in one column. `cores` are rows already."""
    known = set(cores)
    found: list[int] = []
    run: list[int] = []
    heads: list[Segment] = []
    last = 0
    for i, line in enumerate(lines):
        figure = _lone_figure(line)
        if line.is_prose or (_names_columns(line) and not (run and i - last <= _FURTHEST and not figure)):
            found += run if len(run) >= _LEAST_ROWS else []
            heads, run, last = [] if line.is_prose else _block(lines, i), [], i
        elif figure and i not in known and i - last <= _FURTHEST and any(_overlap(figure, s) for s in heads):
            run, last = ([*run, i], i) if _is_of(run, lines, figure) else (run, last)
    return found + (run if len(run) >= _LEAST_ROWS else [])


def _block(lines: Sequence[LaidLine], i: int) -> list[Segment]:
    """The texts of the headings on line `i` and of those right over and under it."""
    near = range(max(0, i - _HEAD_LINES), min(len(lines), i + _HEAD_LINES + 1))
    return [s for k in near for s in lines[k].segments if not s.figure]


def _is_of(run: Sequence[int], lines: Sequence[LaidLine], figure: Segment) -> bool:
    own = [f for i in run if (f := _lone_figure(lines[i]))]
    return not own or any(_overlap(figure, f) for f in own)


def _names_columns(line: LaidLine) -> bool:
    """Whether all of several texts of a line, or all but one, begin as headings do."""
    begun = sum(s.text[0].isupper() or s.text[0] == "(" for s in line.segments)
    return begun >= _TEXTS and begun + 1 >= len(line.segments)


def _lone_figure(line: LaidLine) -> Segment | None:
    figures = [s for s in line.segments if s.figure]
    return figures[0] if len(line.segments) >= _TEXTS and len(figures) == 1 else None


def _overlap(one: Segment, other: Segment) -> bool:
    return one.start <= other.end + 1 and other.start <= one.end + 1

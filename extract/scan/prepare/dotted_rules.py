"""Rules of a table whose dotted rules were copied to specks: from where to where each of its lines is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum
from statistics import fmean

import cv2
import numpy as np

from extract.scan.prepare.components import Stats
from extract.scan.prepare.rule_lines import RuleLine

# All lengths in pixels at DETECTION_DPI (150), measured as those of dotted_grid.py.
OFF = 2
"""How far off its line a speck may lie."""

REACH, APART = 24, 12
"""How near to another line one must come to cross it, and how near two lines are one."""

DRAWN = 0.5
"""Share of a table's width from which a lying line parts its rows; of a line, from which it was known."""

CUT, HEADING = 0.04, 24
"""Share of a table's size in which print may cross a line, and pixels: a line of a section."""

HEADER = 0.25
"""Share of a table's height that its header may have, whose shade is full of specks."""

BLANK = 4
"""Half of a blank between two words of a heading: cells keep print 6 and more off their rules."""

THICKNESS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """Specks in a row: where they lie across it, and from where to where along it."""

    at: float
    start: float
    end: float


def levels_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines at one height together, in order."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda n: (n.at, n.start)):
        if levels and line.at - levels[-1][-1].at <= APART / 2:
            levels[-1].append(line)
        else:
            levels.append([line])
    return levels


def rules_of(
    columns: Sequence[Line], rows: Sequence[Line], specks: Stats, letters: Stats, factor: float
) -> list[RuleLine]:
    """The rules of a table: those between rows from side to side where they are drawn over most of its width,
    those between columns from the row or the heading that they begin under down to its foot. What lies on
    others is dirt."""
    left, right = columns[0].at, columns[-1].at
    top, bottom = min(row.at for row in rows), max(row.at for row in rows)
    levels = levels_of(rows)
    drawn = [
        own for own in levels
        if own[0].at == top or own[-1].at == bottom or _parts_rows(own, (left, right), letters)
    ]  # fmt: skip
    heights = [fmean(row.at for row in own) for own in drawn]
    found = [_rule(Line(height, left, right), True, specks, factor) for height in heights]
    for column in columns:
        start = _start(column, (left, right), heights, letters)
        found.append(_rule(Line(column.at, start, heights[-1]), False, specks, factor))
    rest = (row for own in levels if own not in drawn for row in own)
    return [*found, *(replace(_rule(row, True, specks, factor), border=False) for row in rest)]


def _parts_rows(level: Sequence[Line], sides: tuple[float, float], letters: Stats) -> bool:
    """Whether pieces of a lying line are drawn over most of a table, and no print lies there."""
    drawn = fsum(min(line.end, sides[1]) - max(line.start, sides[0]) for line in level)
    at = fmean(line.at for line in level)
    return drawn >= DRAWN * (sides[1] - sides[0]) and not _runs_through(at, sides, letters)


def _runs_through(at: float, sides: tuple[float, float], letters: Stats) -> bool:
    """Whether a lying line runs through print: points and marks of its letters, and dots of its shade, lie in
    line, too."""
    x, y, width, height, _ = letters.T
    crossed = (y + 1 < at) & (at < y + height - 1) & (x > sides[0]) & (x + width < sides[1])
    return bool(width[crossed].sum() > max(CUT * (sides[1] - sides[0]), HEADING))


def _start(column: Line, sides: tuple[float, float], heights: Sequence[float], letters: Stats) -> float:
    """Where a standing line begins, `heights` being those of the lying ones: at the table's top, or in the
    header under the one from which its specks go on, and under the heading that runs over it."""
    header = heights[0] + HEADER * (heights[-1] - heights[0])
    start = max((y for y in heights if y <= column.start + REACH), default=heights[0])
    if start > header or column.at in sides:
        start = heights[0]
    return max(start, _under_heading(column.at, start, letters, header))


def _under_heading(at: float, start: float, letters: Stats, end: float) -> float:
    """Where a standing line may begin at the earliest: under the print that crosses it between `start` and
    `end`, which is a heading over several columns."""
    x, y, width, height, _ = letters.T
    near = letters[(x - BLANK < at) & (at < x + width + BLANK) & (y >= start) & (y + height < end)]
    left, right = near[near[:, 0] < at], near[near[:, 0] + near[:, 2] > at]
    foot = start
    for _, top, _, high, _ in sorted(left.tolist() + right.tolist(), key=lambda part: part[1]):
        if top - foot > HEADING:
            break
        level = [(n[:, 1] < top + high) & (n[:, 1] + n[:, cv2.CC_STAT_HEIGHT] > top) for n in (left, right)]
        if all(found.any() for found in level):
            foot = max(foot, float(top + high))
    return foot


def _rule(line: Line, lying: bool, specks: Stats, factor: float) -> RuleLine:
    """A line as a rule of the picture, its mask the specks that lie on it."""
    start, end, over = int(line.start), round(line.end) + 1, round(OFF + THICKNESS)
    top = max(0, round(line.at) - over)
    mask = np.zeros((2 * over + 1, max(1, end - start)), np.uint8)
    for x, y, width, height in specks[:, : cv2.CC_STAT_AREA].tolist():
        first, across, long, thick = (x, y, width, height) if lying else (y, x, height, width)
        if abs(across + thick / 2 - line.at) <= OFF + 1 and start <= first < end:
            mask[max(0, across - top) : across - top + thick, first - start : first - start + long] = 255
    ends = (line.start * factor, line.at * factor, line.end * factor, line.at * factor)
    if not lying:
        ends = (ends[1], ends[0], ends[-1], ends[2])
    return RuleLine(*ends, THICKNESS * factor, lying, start, top, mask)

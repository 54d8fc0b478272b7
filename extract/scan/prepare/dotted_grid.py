"""Dotted rules of which a copier left specks: told by many specks in one line, across others that are.

One such line says little: leaders of a form, a streak, points under each other are specks in a row, too. A
table has several each way; within it fewer specks tell a further column, where hardly any print crosses.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from math import fsum
from statistics import fmean

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.components import Stats, parts_of
from extract.scan.prepare.dotted_rules import (
    APART,
    CUT,
    DRAWN,
    HEADER,
    HEADING,
    OFF,
    REACH,
    Line,
    levels_of,
    rules_of,
)
from extract.scan.prepare.ink import Mask, Picture
from extract.scan.prepare.rule_lines import RuleLine, at, lengthwise

# All lengths in pixels at DETECTION_DPI (150). Measured on six copied pages with dotted rules (specks in 0.4
# to 0.85 of a rule's places) and on ten without (a streak and a few rows of a shade, no two that cross).
TONE = 0.25
"""Share of the contrast by which a speck is darker than the paper: half a pixel of ink has more."""

SPECK, PRINT, STROKE = 8, 8, 60
"""Size of the largest speck, height of the lowest letter and of the highest one."""

BESIDE, CLOSE, WHITE = 10, 3, 255
"""How far from the letters on both sides a point or a comma stands; how far from one a piece of it."""

SIDEWAYS = 6
"""How far beside a line is none of it."""

PLACE, GAP = 15, 5
"""Length of a place along a line, which has a speck or none, and the empty places that part two lines."""

FEWEST, SHARE, FEWEST_WEAK, WEAK = 8, 0.4, 6, 0.12
"""Places with specks that make a line, and their share of its length; those of a line that others vouch for,
and their share of the table's height."""

SIDE = 0.5
"""Of its places with specks, how many a line beside it may have: in a shade there are as many."""

CROSSED = 3
"""Lines of the other direction that each must cross."""

BEYOND = 45
"""How far a streak runs out beyond a table."""

FILLED = 0.1
"""Share of a table's height in which a column has print below the header: figures of one digit in rows of
three lines."""

OUTSIDE = 0.4
"""Share of the heights with print within a grid at which print beside it tells that its rows go on there:
half of a table is worse than none, whose rows white space parts."""

FEWEST_SPECKS = 60
"""Specks of a page from which it may hold such a table: two rules each way have as many."""


Places = NDArray[np.bool_]
"""Whether a speck lies on the line at each height, pixel by pixel, in each place along it."""


def places_of(specks: Stats, standing: bool, size: int) -> Places:
    """The places of specks; `size` is the page's length along the lines."""
    x, y, width, height, _ = specks.T
    across, along = (x + width / 2, y + height / 2) if standing else (y + height / 2, x + width / 2)
    heights = int(across.max(initial=0)) + SIDEWAYS + 2
    found = np.zeros((heights + SIDEWAYS, size // PLACE + 1), np.bool_)
    for off in range(-OFF, OFF + 1):
        found[np.clip(across.astype(np.int64) + off, 0, None), (along // PLACE).astype(np.int64)] = True
    return found


def stands_out(places: Places, height: int, run: slice, count: int) -> bool:
    """Whether a line's specks are more than those on both sides of it."""
    sides = (max(0, height - SIDEWAYS), height + SIDEWAYS)
    return max(int(places[side, run].sum()) for side in sides) <= SIDE * count


def dotted_grids(
    small: Picture, paper: int, contrast: float, factor: float, known: Sequence[RuleLine]
) -> list[RuleLine]:
    """The rules of tables whose dotted rules were copied to specks, none of which is among the `known` ones.
    `small` is a level page at DETECTION_DPI, `contrast` paper less ink."""
    darker = cv2.threshold(small, paper - TONE * contrast, 255, cv2.THRESH_BINARY_INV)[1]
    stats = parts_of(np.asarray(darker, np.uint8))
    _, _, width, height, _ = stats.T
    specks = stats[np.maximum(width, height) <= SPECK]
    if len(specks) < FEWEST_SPECKS:
        return []
    letters = stats[(height >= PRINT) & (height <= STROKE)]
    alone = _free(specks, _taken(letters, small.shape))
    standing = _lines(places_of(alone, True, small.shape[0]))
    if len(standing) < CROSSED:
        return []
    lying = _lines(places_of(alone, False, small.shape[1]))
    streaks, borders = (
        [_line(r, factor) for r in known if not r.horizontal and r.border is way] for way in (False, True)
    )
    streaks += [c for c in standing if _runs_out(c, lying, 2 * BEYOND)]
    found: list[RuleLine] = []
    for columns, rows in _crossing([c for c in standing if not _on(c, streaks)], lying):
        if sum(_on(column, borders) for column in columns) > DRAWN * len(columns):
            continue  # copied well enough to be found one by one
        columns = _with_sides(columns, rows)
        between = _off(alone, rows)
        columns = _with_weak(columns, rows, places_of(between, True, small.shape[0]), letters, streaks)
        if goes_on_beside(columns, rows, letters):
            continue
        found += rules_of(columns, rows, specks, letters, factor)
    return found


def goes_on_beside(columns: Sequence[Line], rows: Sequence[Line], letters: Stats) -> bool:
    """Whether the rows of a grid hold print beyond its outer lines: its other columns were not found."""
    top, bottom = min(row.at for row in rows), max(row.at for row in rows)
    x, y, width, height, _ = letters.T
    middle, level = x + width / 2, (y + height / 2) // PLACE
    own = (y >= top) & (y + height <= bottom)
    outside = (middle < columns[0].at - REACH) | (middle > columns[-1].at + REACH)
    within = np.unique(level[own & ~outside])
    beside = np.intersect1d(level[own & outside], within)
    return len(beside) > OUTSIDE * len(within)


def _line(rule: RuleLine, factor: float) -> Line:
    first, last = lengthwise(rule)
    return Line(at(rule) / factor, first / factor, last / factor)


def _taken(letters: Stats, shape: tuple[int, ...]) -> Mask:
    """The page with 255 where specks may be of print: close to it, and between letters (points, commas)."""
    page, before, behind = (np.zeros(shape[:2], np.uint8) for _ in range(3))
    for x, y, width, height in letters[:, : cv2.CC_STAT_AREA].tolist():
        high = slice(max(0, y - CLOSE), y + height + CLOSE)
        page[high, max(0, x - CLOSE) : x + width + CLOSE] = WHITE
        before[high, max(0, x - BESIDE) : x] = WHITE
        behind[high, x + width : x + width + BESIDE] = WHITE
    return np.asarray(cv2.bitwise_or(page, cv2.bitwise_and(before, behind)), np.uint8)


def _free(specks: Stats, taken: Mask) -> Stats:
    """The specks whose middle lies where nothing is taken."""
    x, y, width, height, _ = specks.T
    return np.asarray(specks[taken[y + height // 2, x + width // 2] == 0], np.int32)


def _off(specks: Stats, rows: Sequence[Line]) -> Stats:
    """The specks that lie on no lying line: those of many lines stand under each other, too."""
    middles = specks[:, 1] + specks[:, 3] / 2
    on = np.zeros(len(specks), np.bool_)
    for row in rows:
        on |= np.abs(middles - row.at) <= OFF + 1
    return np.asarray(specks[~on], np.int32)


def _lines(places: Places) -> list[Line]:
    """The lines of one direction, the fullest of those near each other, in order."""
    found: list[tuple[int, Line]] = []
    for height in np.flatnonzero(places.sum(axis=1) >= FEWEST).tolist():
        own = np.flatnonzero(places[height])
        for run in np.split(own, np.flatnonzero(np.diff(own) > GAP) + 1):
            first, end = int(run[0]), int(run[-1]) + 1
            if len(run) < FEWEST or len(run) < SHARE * (end - first):
                continue
            if stands_out(places, height, slice(first, end), len(run)):
                found.append((len(run), Line(float(height), float(first * PLACE), float(end * PLACE))))
    return _whole(_fullest(found))


def _whole(lines: Sequence[Line]) -> list[Line]:
    """Lines that are pieces of one, which has enough specks over its length, as one."""
    whole: list[Line] = []
    for group in levels_of(lines):
        start, end = min(line.start for line in group), max(line.end for line in group)
        inked = fsum(line.end - line.start for line in group)
        pieces = group if inked < SHARE * (end - start) else [Line(fmean(n.at for n in group), start, end)]
        whole += pieces
    return whole


def _fullest(found: Sequence[tuple[int, Line]]) -> list[Line]:
    """Of lines on one another those with most specks, in order."""
    kept: list[Line] = []
    for _, line in sorted(found, key=lambda n: (-n[0], n[1].at, n[1].start)):
        if not any(abs(line.at - k.at) <= APART and line.start < k.end and k.start < line.end for k in kept):
            kept.append(line)
    return sorted(kept, key=lambda k: (k.at, k.start))


def _crossing(standing: Sequence[Line], lying: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Tables, from the top down: standing lines that cross several of the lying ones which cross several of
    them, and all lying lines between their ends."""
    columns, rows = [c for c in standing if not _runs_out(c, lying)], list(lying)
    while True:
        fewer = [c for c in columns if _heights([r for r in rows if _meet(c, r)]) >= CROSSED]
        less = [r for r in rows if _heights([c for c in fewer if _meet(c, r)]) >= CROSSED]
        if len(fewer) == len(columns) and len(less) == len(rows):
            break
        columns, rows = fewer, less
    columns.sort(key=lambda c: c.start)
    while columns:
        bound = columns[0].end
        for column in columns:
            bound = max(bound, column.end) if column.start < bound + BEYOND else bound
        members = [c for c in columns if c.end <= bound]
        columns = columns[len(members) :]
        if len(members) < CROSSED:
            continue
        top = sorted(c.start for c in members)[CROSSED - 1]
        bottom = sorted(c.end for c in members)[-CROSSED]
        members = [c for c in members if c.start > top - BEYOND and c.end < bottom + BEYOND]
        rows = [r for r in lying if top - REACH <= r.at <= bottom + REACH]
        if len(members) >= CROSSED and _heights(rows) >= CROSSED:
            yield sorted(members, key=lambda c: c.at), rows


def _heights(lines: Sequence[Line]) -> int:
    """At how many heights lines lie: pieces of one count once."""
    places = sorted(line.at for line in lines)
    return sum(b - a > APART for a, b in itertools.pairwise(places)) + bool(places)


def _meet(column: Line, row: Line) -> bool:
    return (
        row.start - REACH <= column.at <= row.end + REACH
        and column.start - REACH <= row.at <= column.end + REACH
    )


def _runs_out(column: Line, rows: Sequence[Line], beyond: float = BEYOND) -> bool:
    """Whether a standing line goes on so far beyond all lying ones: a streak."""
    heights = [row.at for row in rows]
    return not rows or column.start < min(heights) - beyond or column.end > max(heights) + beyond


def _on(line: Line, others: Sequence[Line]) -> bool:
    """Whether others, together, cover most of a line."""
    near = (other for other in others if abs(other.at - line.at) <= APART / 2)
    shared = (min(other.end, line.end) - max(other.start, line.start) for other in near)
    return fsum(max(0.0, share) for share in shared) >= DRAWN * (line.end - line.start)


def _with_sides(columns: list[Line], rows: Sequence[Line]) -> list[Line]:
    """The columns of a table with its sides, where several lying lines begin or end beyond the outermost."""
    top, bottom = min(row.at for row in rows), max(row.at for row in rows)
    starts, ends = [r.start + PLACE / 2 for r in rows], [r.end - PLACE / 2 for r in rows]
    left = min((x for x in starts if sum(abs(x - o) <= PLACE for o in starts) >= CROSSED), default=np.inf)
    right = max((x for x in ends if sum(abs(x - o) <= PLACE for o in ends) >= CROSSED), default=-np.inf)
    return [
        *([Line(left, top, bottom)] if left < columns[0].at - REACH else []),
        *columns,
        *([Line(right, top, bottom)] if right > columns[-1].at + REACH else []),
    ]


def _with_weak(
    columns: Sequence[Line], rows: Sequence[Line], places: Places, letters: Stats, streaks: Sequence[Line]
) -> list[Line]:
    """The columns of a table which no print crosses below its header, with those lines between the outermost
    that have fewer specks over its height, and print on both sides."""
    top, bottom = min(row.at for row in rows), max(row.at for row in rows)
    run = slice(int(top) // PLACE, int(bottom) // PLACE + 1)
    body = letters[(letters[:, 1] < bottom) & (letters[:, 1] > top + HEADER * (bottom - top))]
    x, y, width, height, _ = body.T

    def is_crossed(line: float) -> bool:
        over = height[(x + 1 < line) & (line < x + width - 1)].sum()
        return bool(over > max(CUT * (bottom - top), HEADING))

    def is_between_letters(line: float) -> bool:
        behind, before = (y[(line - BESIDE < side) & (side < line + BESIDE)] for side in (x + width, x))
        return len(np.intersect1d(behind // PLACE, before // PLACE)) * PLACE > HEADING

    def is_filled(left: float, right: float) -> bool:
        own = (x + width / 2 > left) & (x + width / 2 < right)
        return len(np.unique(y[own] // PLACE)) >= FILLED * (run.stop - run.start)

    dirt = [s.at for s in streaks if s.start < bottom and s.end > top]
    found = [(-int(places[round(c.at), run].sum()), c) for c in columns[1:-1]]
    for line in range(int(columns[0].at) + APART, int(columns[-1].at) - APART):
        count = int(places[line, run].sum())
        if count < max(FEWEST_WEAK, WEAK * (run.stop - run.start)) or is_between_letters(line):
            continue
        if stands_out(places, line, run, count) and not any(abs(at - line) < APART for at in dirt):
            own = np.flatnonzero(places[line, run]) + run.start
            found.append((-count, Line(float(line), float(own[0] * PLACE), float((own[-1] + 1) * PLACE))))
    kept = [columns[0], columns[-1]]
    for _, column in sorted(found, key=lambda n: (n[0], n[1].at)):
        left = max(c.at for c in kept if c.at < column.at + 1)
        right = min((c.at for c in kept if c.at > column.at - 1), default=left)
        apart = min(column.at - left, right - column.at) > REACH and not is_crossed(column.at)
        if apart and is_filled(left, column.at) and is_filled(column.at, right):
            kept.append(column)
    return sorted(kept, key=lambda c: c.at)

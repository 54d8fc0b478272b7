"""A copier's streaks and the sheet's edges told from the rules of a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from statistics import median

from extract.scan.prepare.rule_lines import APART, LONG, RuleLine, at, in_one_line, lengthwise, meet
from extract.scan.prepare.run_out import Track, on_track

MARGIN = 24
"""Pixels at DETECTION_DPI (4 mm) from the picture's side within which the edge of a sheet lies: half a degree
of lean over an A4 page moves it by 11."""

LEANING, STRAIGHT = 0.005, 4.0
"""Sideways drift a pixel of height (0.3 degrees), and pixels at DETECTION_DPI in all, from which a standing
rule leans otherwise than the others; measured on copies: streaks 0.006 to 0.02, wobbling feeds 0.003."""

FEWEST_LONG = 4
"""Long standing rules from which most of them say how a page's rules lean."""

BEYOND = 75
"""Pixels at DETECTION_DPI (half an inch) by which a streak runs out beyond where other standing rules go."""

FEWEST_CROSSED = 4
"""Rules that a border crosses by itself: two rows of two tables end a streak's piece as well."""

SHARED_ENDS = 2
"""Other hanging lines that begin, or end, at the same height, from which they are a header whose upper rule
was lost: streaks come one by one."""

HALF = 0.5
"""Share of where other standing rules go from which one without a hold at its ends is a border that broke."""

MOSTLY = 0.9
"""Share of a table's height that a border covers which a streak runs into."""

AS_DARK = 0.8
"""Share of the tone of most long standing rules from which a rule on a streak's way may be a border: streaks
of one row 0.3 to 0.7, borders copied twice 0.9 and more."""


def without_edges_of_sheet(
    rules: Sequence[RuleLine], sides: tuple[int, int], factor: float
) -> list[RuleLine]:
    """The rules without the edges of the sheet or of the glass: beside a side of the picture and out to
    another. `sides` are the picture's width and height."""
    near = MARGIN * factor

    def is_edge(rule: RuleLine) -> bool:
        length, breadth = sides if rule.horizontal else sides[::-1]
        first, last = lengthwise(rule)
        beside = at(rule) <= near or at(rule) >= breadth - near
        return beside and (first <= near or last >= length - near)

    return [rule for rule in rules if not is_edge(rule)]


def with_streaks_marked(
    standing: Sequence[RuleLine], lying: Sequence[RuleLine], factor: float, tracks: Sequence[Track] = ()
) -> list[RuleLine]:
    """The standing rules, those that are a copier's streaks no borders: they lean otherwise than most, run
    out of the table, hang between its rows, or lie on the way of a line that comes in from the page's edge
    (`tracks`). A streak runs as the paper was fed, not as it was printed."""
    lines = in_one_line(standing, APART * factor / 2)
    leaning = _leaning(standing, factor)
    spans = [_crossed(line, lying, factor) for line in lines]
    extent = _extent([line for line, span in zip(lines, spans, strict=True) if len(span) > 1])
    usual = median([r.tone for r in standing if r.length >= LONG * factor] or [1.0])
    hanging = [line for line, span in zip(lines, spans, strict=True) if _hangs(line, span, extent, factor)]
    marked: list[RuleLine] = []
    for line, span in zip(lines, spans, strict=True):
        hangs = line in hanging and not _ends_with_others(line, hanging, factor)
        out = any(_beyond(r, extent) > BEYOND * factor for r in line)
        for r in line:
            fills = _fills(r, span, factor)
            whole = r.tone >= AS_DARK * usual and (fills or _is_border(r, lying, factor))
            streak = hangs or r in leaning or (span and out and not fills and not whole)
            streak = streak or (on_track(r, tracks, factor) and not whole)
            marked.append(replace(r, border=not streak))
    return marked


def _extent(lines: Sequence[Sequence[RuleLine]]) -> tuple[float, float]:
    """From where to where the standing rules go, the one that goes furthest at either end left aside."""
    if len(lines) < FEWEST_LONG:
        return -inf, inf
    tops = sorted(min(rule.y0 for rule in line) for line in lines)
    bottoms = sorted(max(rule.y1 for rule in line) for line in lines)
    return tops[1], bottoms[-2]


def _beyond(rule: RuleLine, extent: tuple[float, float]) -> float:
    """How much of a rule lies over or under where others go. Each piece counts by itself: capitals of a
    heading that stand in line with a border under it are short ones, a streak is drawn through."""
    above = min(rule.y1, extent[0]) - rule.y0
    below = rule.y1 - max(rule.y0, extent[1])
    return max(above, below)


def _fills(rule: RuleLine, crossed: Sequence[float], factor: float) -> bool:
    """Whether a rule by itself goes from the first rule that its line crosses to the last, and no further: a
    border that a streak runs into."""
    height = crossed[-1] - crossed[0] if crossed else 0.0
    inside = min(rule.y1, crossed[-1]) - max(rule.y0, crossed[0]) if crossed else 0.0
    return height > 0 and inside >= MOSTLY * height and _runs_out([rule], crossed) <= BEYOND * factor


def _is_border(rule: RuleLine, lying: Sequence[RuleLine], factor: float) -> bool:
    """Whether a rule goes from the first of several rules that it crosses itself to the last, and no further:
    what else stands in its line is of another table."""
    own = _crossed([rule], lying, factor)
    return len(own) >= FEWEST_CROSSED and _fills(rule, own, factor)


def _leaning(standing: Sequence[RuleLine], factor: float) -> list[RuleLine]:
    """The long standing rules that lean otherwise than most."""
    long = [rule for rule in standing if rule.length >= LONG * factor]
    if len(long) < FEWEST_LONG:
        return []
    usual = median(_lean(rule) for rule in long)
    spread = median(abs(_lean(rule) - usual) for rule in long)
    off = [(rule, abs(_lean(rule) - usual)) for rule in long]
    return [r for r, o in off if o > max(LEANING, 4 * spread) and o * r.length > STRAIGHT * factor]


def _lean(rule: RuleLine) -> float:
    """How far a standing rule drifts sideways, a pixel of its height."""
    return (rule.x1 - rule.x0) / rule.length


def _crossed(line: Sequence[RuleLine], lying: Sequence[RuleLine], factor: float) -> list[float]:
    """Where the lying rules are that standing rules in one line meet, from the top down."""
    near = APART * factor
    return sorted(at(other) for other in lying if any(meet(rule, other, near) for rule in line))


def _runs_out(line: Sequence[RuleLine], crossed: Sequence[float]) -> float:
    """How far standing rules in one line run out over the first or last rule that they cross."""
    if not crossed:
        return 0.0
    top, bottom = min(r.y0 for r in line), max(r.y1 for r in line)
    return max(crossed[0] - top, bottom - crossed[-1])


def _ends_with_others(line: Sequence[RuleLine], lines: Sequence[Sequence[RuleLine]], factor: float) -> bool:
    """Whether standing rules in one line begin, or end, at the height where several of the `lines` do."""
    near = APART * factor

    def shared(heights: Sequence[float], height: float) -> bool:
        return sum(abs(other - height) <= near for other in heights) > SHARED_ENDS

    tops, bottoms = ([end(n) for n in lines] for end in (_top, _bottom))
    return shared(tops, _top(line)) or shared(bottoms, _bottom(line))


def _top(line: Sequence[RuleLine]) -> float:
    return min(rule.y0 for rule in line)


def _bottom(line: Sequence[RuleLine]) -> float:
    return max(rule.y1 for rule in line)


def _hangs(
    line: Sequence[RuleLine], crossed: Sequence[float], extent: tuple[float, float], factor: float
) -> bool:
    """Whether standing rules in one line cross lying ones, begin and end between them, and are inked over
    less than half of where others go."""
    if not crossed or math.fsum(r.length for r in line) >= HALF * (extent[1] - extent[0]):
        return False
    top, bottom = min(r.y0 for r in line), max(r.y1 for r in line)
    near = 2 * APART * factor
    return all(min(abs(y - end) for y in crossed) > near for end in (top, bottom))

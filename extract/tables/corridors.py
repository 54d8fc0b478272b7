"""Ruled tables that stand side by side: the white corridor between their borders."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.tables.rules import Rule, coverage, joined_rules
from model.geometry import Segment

# Multiples of the tolerance within which two pieces count as one rule.
_NARROWEST, _WIDEST = 1.5, 20.0
_SHARED = 0.7  # share of the shorter border along which two borders face each other
_MEETS, _FEWEST_ENDS = 2.0, 2  # tolerances within which a rule ends at a side, and how many do
_MOST_INK = 0.3  # share of a corridor that the ends of its neighbours' rules may reach into


@dataclass(frozen=True, slots=True)
class Corridor:
    """A vertical strip of white at `x` from `top` to `bottom` that parts two tables."""

    x: float
    top: float
    bottom: float


def segments_apart(segments: Sequence[Segment], tolerance: float) -> list[list[Segment]]:
    """`segments` in sets that belong to different ruled tables: two vertical borders that face each other
    with no horizontal rule between them, not even at their ends, are the sides of two tables."""
    _, along = joined_rules(segments, tolerance)
    across = [s for s in segments if s.horizontal]
    for left, right in _facing(along, tolerance):
        if not (_is_side(left, across, max, tolerance) and _is_side(right, across, min, tolerance)):
            continue
        top, bottom = max(left.start, right.start), min(left.end, right.end)
        if not any(_bridges(s, left.at, right.at, top, bottom, tolerance) for s in across):
            corridor = Corridor((left.at + right.at) / 2, min(left.start, right.start) - tolerance,
                                max(left.end, right.end) + tolerance)  # fmt: skip
            return [
                part
                for side in _sides(segments, corridor)
                for part in (segments_apart(side, tolerance) if len(side) < len(segments) else [side])
                if part
            ]
    return [list(segments)]


def _facing(along: Sequence[Rule], tolerance: float) -> list[tuple[Rule, Rule]]:
    """Neighbouring vertical rules a corridor's width apart that run beside each other."""
    ordered = sorted(along, key=lambda r: r.at)
    pairs = []
    for left, right in itertools.combinations(ordered, 2):
        top, bottom = max(left.start, right.start), min(left.end, right.end)
        shared = bottom - top
        near = _NARROWEST * tolerance < right.at - left.at < _WIDEST * tolerance
        between = any(  # at their height: a table above has rules of its own there
            left.at < r.at < right.at and min(r.end, bottom) > max(r.start, top) for r in ordered
        )
        if near and not between and shared > _SHARED * min(left.length, right.length):
            pairs.append((left, right))
    return pairs


def _is_side(
    rule: Rule, across: Sequence[Segment], end_of: Callable[[float, float], float], tolerance: float
) -> bool:
    """Whether horizontal rules end at a vertical one, as at the side of a table: their right ends where
    `end_of` is `max`, else their left ones. Stems of letters and rules between columns have none."""
    ends = sum(
        abs(end_of(s.x0, s.x1) - rule.at) <= _MEETS * tolerance
        and rule.start - tolerance <= (s.y0 + s.y1) / 2 <= rule.end + tolerance
        for s in across
    )
    return ends >= _FEWEST_ENDS


def _bridges(
    segment: Segment, left: float, right: float, top: float, bottom: float, tolerance: float
) -> bool:
    """Whether a horizontal rule lies in the white between two borders."""
    height = (segment.y0 + segment.y1) / 2
    if not top - tolerance <= height <= bottom + tolerance:
        return False
    start, end = min(segment.x0, segment.x1), max(segment.x0, segment.x1)
    inked = coverage([Rule(height, start, end, ((start, end),))], left, right, tolerance)
    return inked > _MOST_INK


def _sides(segments: Sequence[Segment], corridor: Corridor) -> list[list[Segment]]:
    """What lies left of the corridor, right of it, and above or below."""
    sides: list[list[Segment]] = [[], [], []]
    for segment in segments:
        x, y = (segment.x0 + segment.x1) / 2, (segment.y0 + segment.y1) / 2
        beside = corridor.top <= y <= corridor.bottom
        sides[2 if not beside else 0 if x < corridor.x else 1].append(segment)
    return sides

"""Letters told from standing rules: over each other row by row, or in line with a rule over a merged cell.
They never reach the rules between rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.scan.prepare.ink import Picture
from extract.scan.prepare.rule_lines import APART, RuleLine, at, between, lengthwise, meet

REACH, DEEP = 2, 2
"""Pixels at DETECTION_DPI beside a lying rule at which a standing one is looked for, over how many: letters
of 9 points in rows as low as they may be keep 4 away."""

BESIDE = 2
"""Pixels at DETECTION_DPI by which a leaning rule may stray from the line between its ends."""

ON_COLUMN, PADDING = 4, 16
"""Pixels at DETECTION_DPI up to which a standing rule is the column's own, and how far from that one the
first letters of cells stand."""

FEWEST_CROSSED, BARE = 2, 0.8
"""Lying rules that a stroke runs over, and the share of them beside which it is not there, from which it is
print. A fax that breaks rules leaves most of their crossings whole."""

STEM, FILLED = 8, 0.7
"""Pixels at DETECTION_DPI of the longest piece of ink between two lying rules that is a letter's stem (dots
of a rule are 2 or 3), and the share of the way between them up to which there is no more than letters."""


def without_letters_between(
    standing: Sequence[RuleLine], lying: Sequence[RuleLine], small: Picture, faintest: float, factor: float
) -> list[RuleLine]:
    """The standing rules, those cut in two that go on over a row only by the stems of its letters: a heading
    over all columns, whose `h` or `l` stands in line with the rule above and below it. The rest as
    `without_stacked_letters` has it."""
    return [part for rule in standing for part in _parts(rule, lying, small, faintest, factor)]


def _parts(
    rule: RuleLine, lying: Sequence[RuleLine], small: Picture, faintest: float, factor: float
) -> list[RuleLine]:
    near = APART * factor
    crossed = sorted((r for r in lying if meet(rule, r, near)), key=at)
    first, last = lengthwise(rule)
    parts, start = [], first
    for upper, lower in pairwise(crossed):
        if at(lower) - at(upper) > 2 * near and _is_stem(rule, upper, lower, small, faintest, factor):
            parts.append((start, at(upper)))
            start = at(lower)
    if not parts:
        return [rule]
    parts.append((start, last))
    return [between(rule, a, b, factor) for a, b in parts if b - a > near]


def _is_stem(
    rule: RuleLine, upper: RuleLine, lower: RuleLine, small: Picture, faintest: float, factor: float
) -> bool:
    """Whether what stands between two lying rules in line with a standing one is a letter's stem."""
    x, foot = _crossing(rule, upper, factor)
    _, top = _crossing(rule, lower, factor)
    way = small[foot[1] : top[0], max(0, x - BESIDE) : x + BESIDE + 1]
    if not way.size or not (_is_white(way[:DEEP], faintest) and _is_white(way[-DEEP:], faintest)):
        return False
    inked = np.concatenate(([0], (way.min(axis=1) <= faintest).view(np.int8), [0]))
    edges = np.flatnonzero(np.diff(inked))
    longest = int((edges[1::2] - edges[::2]).max(initial=0))
    return longest >= STEM and float(inked.mean()) <= FILLED


def _crossing(rule: RuleLine, crossed: RuleLine, factor: float) -> tuple[int, tuple[int, int]]:
    """Where a standing rule crosses a lying one, at DETECTION_DPI: its column, and the rows above and below
    the lying one at which a standing one is looked for."""
    share = (at(crossed) - rule.y0) / max(rule.y1 - rule.y0, 1.0)
    x = round((rule.x0 + share * (rule.x1 - rule.x0)) / factor)
    column = min(max(x - crossed.left, 0), crossed.mask.shape[1] - 1)
    rows = crossed.mask[:, column].nonzero()[0]
    top, bottom = (int(rows[0]), int(rows[-1]) + 1) if rows.size else (0, crossed.mask.shape[0])
    return x, (crossed.top + top - REACH, crossed.top + bottom + REACH)


def _is_white(part: Picture, faintest: float) -> bool:
    return bool(part.size and part.min() > faintest)


def without_stacked_letters(
    standing: Sequence[RuleLine], lying: Sequence[RuleLine], small: Picture, faintest: float, factor: float
) -> list[RuleLine]:
    """The standing rules without strokes of letters over each other (`I` at the end of six labels): pieces in
    line with paper above and below each rule between rows that they seem to cross. `small` is the picture at
    DETECTION_DPI, `factor` the pixels of the rules' picture a pixel of it, `faintest` the tone up to which it
    shows a rule."""
    return [rule for rule in standing if not _is_print(rule, lying, small, faintest, factor)]


def stems_beside(rule: RuleLine, dotted: Sequence[RuleLine], factor: float) -> bool:
    """Whether a standing rule is the stems of first letters over each other (`UBND xã` in each row), beside
    the rule of their column, of which a copier left specks (`dotted`)."""
    if rule.horizontal or not rule.border:
        return False
    first, last = lengthwise(rule)
    near = APART * factor
    columns = (r for r in dotted if not r.horizontal and r.border)
    apart = [abs(at(r) - at(rule)) / factor for r in columns if r.y0 <= first + near and last <= r.y1 + near]
    return bool(apart) and ON_COLUMN < min(apart) <= PADDING


def _is_print(
    rule: RuleLine, lying: Sequence[RuleLine], small: Picture, faintest: float, factor: float
) -> bool:
    near = APART * factor
    first, last = lengthwise(rule)
    crossed = [r for r in lying if meet(rule, r, near) and first + near < at(r) < last - near]
    if len(crossed) < FEWEST_CROSSED:
        return False
    inked = 0
    for other in crossed:  # a rule is told by the first few that it crosses
        inked += not _is_bare(rule, other, small, faintest, factor)
        if len(crossed) - inked < BARE * len(crossed):
            return False
    return True


def _is_bare(rule: RuleLine, crossed: RuleLine, small: Picture, faintest: float, factor: float) -> bool:
    """Whether the paper is white where the rule should go on above and below the rule that it crosses."""
    x, (top, bottom) = _crossing(rule, crossed, factor)
    left = max(0, x - BESIDE)
    above = small[max(0, top - DEEP) : max(0, top), left : x + BESIDE + 1]
    below = small[bottom : bottom + DEEP, left : x + BESIDE + 1]
    return _is_white(above, faintest) and _is_white(below, faintest)

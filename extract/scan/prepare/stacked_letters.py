"""Letters over each other row by row, told from a standing rule: they never reach the rules between rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.scan.prepare.ink import Picture
from extract.scan.prepare.rule_lines import APART, RuleLine, at, lengthwise, meet

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
    bare = sum(_is_bare(rule, r, small, faintest, factor) for r in crossed)
    return len(crossed) >= FEWEST_CROSSED and bare >= BARE * len(crossed)


def _is_bare(rule: RuleLine, crossed: RuleLine, small: Picture, faintest: float, factor: float) -> bool:
    """Whether the paper is white where the rule should go on above and below the rule that it crosses."""
    share = (at(crossed) - rule.y0) / max(rule.y1 - rule.y0, 1.0)
    x = round((rule.x0 + share * (rule.x1 - rule.x0)) / factor)
    column = min(max(x - crossed.left, 0), crossed.mask.shape[1] - 1)
    rows = np.flatnonzero(crossed.mask[:, column])
    if not rows.size:
        return False
    top, bottom = crossed.top + int(rows[0]) - REACH, crossed.top + int(rows[-1]) + 1 + REACH
    left = max(0, x - BESIDE)
    above = small[max(0, top - DEEP) : max(0, top), left : x + BESIDE + 1]
    below = small[bottom : bottom + DEEP, left : x + BESIDE + 1]
    return bool(above.size and below.size and min(above.min(), below.min()) > faintest)

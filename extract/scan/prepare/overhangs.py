"""Ends of rules that are print: a letter in line with a rule, just beyond the last rule that it meets."""

from __future__ import annotations

from collections.abc import Sequence

from extract.scan.prepare.rule_lines import APART, RuleLine, at, between, lengthwise, meet
from extract.scan.prepare.strokes import SHORTEST

FEWEST_TOGETHER = 3
"""Rules that end together beyond a rule from which what stands there is a row that the page cut."""

MOSTLY = 0.75
"""Share of the way to the next rule that an end goes which is a border: brackets over a rule are 0.6 of a row
high, borders that fade 0.8."""


def without_overhangs(rules: Sequence[RuleLine], others: Sequence[RuleLine], factor: float) -> list[RuleLine]:
    """`rules` of one direction without ends shorter than a rule beyond the outermost of the `others` that
    they meet, where fewer than FEWEST_TOGETHER end there alike: a bracket under which a rule begins."""
    near = APART * factor
    ends = [lengthwise(rule) for rule in rules]
    spans = [_met(rule, others, near) or end for rule, end in zip(rules, ends, strict=True)]
    firsts = [end[0] for end, span in zip(ends, spans, strict=True) if span[0] - end[0] > near]
    lasts = [end[1] for end, span in zip(ends, spans, strict=True) if end[1] - span[1] > near]
    cut = []
    for rule, (start, stop), (low, high) in zip(rules, ends, spans, strict=True):
        first = near < low - start < SHORTEST * factor and _alike(firsts, start, near) < FEWEST_TOGETHER
        last = near < stop - high < SHORTEST * factor and _alike(lasts, stop, near) < FEWEST_TOGETHER
        first = first and not _fills(rule, start, low, others, near)
        last = last and not _fills(rule, stop, high, others, near)
        cut.append(
            between(rule, low - near / 2 if first else start, high + near / 2 if last else stop, factor)
        )
    return cut


def _fills(rule: RuleLine, end: float, met: float, others: Sequence[RuleLine], near: float) -> bool:
    """Whether an end beyond the outermost rule that is met goes most of the way to the next one: a faint
    border that was not seen to its end, in a table's first or last row."""
    beyond = [at(r) for r in others if _lies_over(r, at(rule), near) and (at(r) - met) * (end - met) > 0]
    height = min((abs(y - met) for y in beyond if abs(y - met) > near), default=0.0)
    return height > 0 and abs(end - met) >= MOSTLY * height


def _lies_over(rule: RuleLine, place: float, near: float) -> bool:
    """Whether a rule goes over a place along its direction."""
    start, end = lengthwise(rule)
    return start - near <= place <= end + near


def _alike(ends: Sequence[float], end: float, near: float) -> int:
    """How many of `ends` lie at `end`."""
    return sum(abs(other - end) <= near for other in ends)


def _met(rule: RuleLine, others: Sequence[RuleLine], near: float) -> tuple[float, float] | None:
    """The first and last place at which a rule meets others."""
    places = [at(other) for other in others if meet(rule, other, near)]
    return (min(places), max(places)) if places else None

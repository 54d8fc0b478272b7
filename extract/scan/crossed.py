"""Figures through which something was taken out that looked like a rule and parts no cells: a copier's
streak, a rule of the page's other side shining through. What lost a stroke to it reads surely as less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.scan.prepare.rule_lines import RuleLine
from extract.scan.readings import CellReading, is_figure_print

BESIDE = 4.0
"""Pixels beside a rule in which it takes ink along."""

EDGE = 4
"""Pixels at the top and foot of print in which a lying rule is an underline's rest."""

SHARE, MOST = 0.5, 40
"""Share of the print's height or width (of so many pixels at most) that a rule must run along."""

DOUBTED = 0.5
"""Confidence of a figure that was run through, at most."""


def crosses(rule: RuleLine, bounds: tuple[int, int, int, int]) -> bool:
    """Whether a rule ran through print (x0, y0, x1, y1 in pixels of the upright page) or along its side."""
    x0, y0, x1, y1 = bounds
    half = rule.thickness / 2 + BESIDE
    if rule.horizontal:
        through = rule.y0 + half > y0 + EDGE and rule.y0 - half < y1 - EDGE
        along, size = min(rule.x1, x1) - max(rule.x0, x0), x1 - x0
    else:
        through = rule.x0 + half > x0 and rule.x0 - half < x1
        along, size = min(rule.y1, y1) - max(rule.y0, y0), y1 - y0
    return through and along > SHARE * min(size, MOST)


def doubted_where_crossed(
    readings: Sequence[CellReading], bounds: Sequence[tuple[int, int, int, int]], rules: Sequence[RuleLine]
) -> list[CellReading]:
    """The readings of cells whose print lies within `bounds`, figures that one of the `rules` ran through in
    doubt."""
    streaks = [rule for rule in rules if not rule.border]
    return [
        replace(reading, doubtful=True, confidence=min(reading.confidence, DOUBTED))
        if _is_figure(reading.text) and any(crosses(rule, own) for rule in streaks)
        else reading
        for reading, own in zip(readings, bounds, strict=True)
    ]


def _is_figure(text: str) -> bool:
    """Whether a text is a figure, or what is left of one that lost a stroke (`“1` for 41)."""
    figures, letters = sum(c.isdigit() for c in text), sum(c.isalpha() for c in text)
    return is_figure_print(text) or (figures > 0 and letters < figures)

"""Tables with rules over the header, under it and under the last row: where one ends and the next begins."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extract.tables.printed import Line
from extract.tables.rules import Rule

_RULED = 0.6  # share of a table's width from which a rule is its own
_CAPTION_PIECES = 2  # a title and, at the other side, the unit
_FEWEST_HEADS = 2


def ruled_apart(lines: Sequence[Line], across: Sequence[Rule]) -> bool:
    """Whether between two rows of figures, the first and the last of `lines`, one table ends and another
    begins: a rule, a caption or none under it, a rule, a header, a rule, all across. The title of a section
    stands between two rules as well, but no header under it.

    `across` are the page's horizontal rules (points).
    """
    upper, lower = lines[0], lines[-1]
    left, right = min(upper.box.x0, lower.box.x0), max(upper.box.x1, lower.box.x1)
    heights = sorted(
        rule.at
        for rule in across
        if upper.box.center[1] < rule.at < lower.box.center[1]
        and min(rule.end, right) - max(rule.start, left) > _RULED * (right - left)
    )
    return any(
        _is_caption(_between(lines, end, top)) and _is_header(_between(lines, top, under))
        for end, top, under in itertools.combinations(heights, 3)
    )


def _between(lines: Sequence[Line], top: float, bottom: float) -> list[Line]:
    return [line for line in lines[1:-1] if top < line.box.center[1] < bottom]


def _is_caption(lines: Sequence[Line]) -> bool:
    return all(
        len(line.chunks) <= _CAPTION_PIECES and not any(c.figure for c in line.chunks) for line in lines
    )


def _is_header(lines: Sequence[Line]) -> bool:
    return any(len(line.chunks) >= _FEWEST_HEADS and not any(c.figure for c in line.chunks) for line in lines)

"""Printed rules as they were found: where each lies, which meet, which are pieces of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.scan.prepare.ink import Mask

APART = 6
"""Pixels at DETECTION_DPI between a rule's end and another rule from which they do not meet."""

LONG = 150
"""Pixels at DETECTION_DPI (one inch) from which a broken rule is believed: print does not line up so far."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in pixels of the picture it was found on: its ends, its thickness, and where its pieces
    lie (`mask`, cut out at `left`, `top`, at DETECTION_DPI). No `border` is what looks like a rule and is
    to be taken out like one, but parts no cells: a copier's streak. `tone` is how dark it is, a share of the
    page's contrast."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float
    horizontal: bool
    left: int
    top: int
    mask: Mask
    border: bool = True
    tone: float = 1.0

    @property
    def length(self) -> float:
        return (self.x1 - self.x0) if self.horizontal else (self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a picture; `factor` is picture pixels a detection pixel."""

    lines: tuple[RuleLine, ...]
    factor: float


def lengthwise(rule: RuleLine) -> tuple[float, float]:
    """Where a rule begins and ends along its own direction."""
    return (rule.x0, rule.x1) if rule.horizontal else (rule.y0, rule.y1)


def at(rule: RuleLine) -> float:
    """Where a rule lies across its own direction: its middle."""
    return (rule.y0 + rule.y1) / 2 if rule.horizontal else (rule.x0 + rule.x1) / 2


def in_one_line(rules: Sequence[RuleLine], near: float) -> list[list[RuleLine]]:
    """Rules of one direction, those at one height (each within `near` of the next) together."""

    groups: list[list[RuleLine]] = []
    for rule in sorted(rules, key=at):
        if groups and at(rule) - at(groups[-1][-1]) <= near:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def meet(rule: RuleLine, other: RuleLine, near: float) -> bool:
    """Whether two rules of different directions cross or touch."""
    lying, standing = (rule, other) if rule.horizontal else (other, rule)
    x, y = at(standing), at(lying)
    return lying.x0 - near <= x <= lying.x1 + near and standing.y0 - near <= y <= standing.y1 + near


def between(rule: RuleLine, first: float, last: float, factor: float) -> RuleLine:
    """The rule's part from `first` to `last` along its direction."""
    start, end = lengthwise(rule)
    if first <= start and last >= end:
        return rule
    skip = max(0, round(first / factor) - rule.left)
    stop = min(rule.mask.shape[1], max(skip + 1, round(last / factor) - rule.left))
    mask = np.ascontiguousarray(rule.mask[:, skip:stop])
    if rule.horizontal:
        return replace(rule, x0=first, x1=last, left=rule.left + skip, mask=mask)
    return replace(rule, y0=first, y1=last, left=rule.left + skip, mask=mask)

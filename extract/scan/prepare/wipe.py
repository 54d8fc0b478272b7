"""Printed rules painted over without cutting the print they touch."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.ink import Mask, Picture
from extract.scan.prepare.rule_lines import RuleLine, Rules

WIDE_MARGIN = 10  # pixels
MARGIN = 8
PALE_EDGE = 5
ROUND_UP = 0.999


def without_rules(grey: Picture, ink: Mask, rules: Rules, paper: int) -> Picture:
    """The picture with its rules painted over in the paper's tone.

    Print that crosses a rule keeps its stroke, print that touches one keeps all but the rule's own
    thickness. `ink` is the picture's ink mask.
    """
    zones = {way: np.zeros(ink.shape, np.uint8) for way in (True, False)}
    for rule in rules.lines:
        _mark(zones[rule.horizontal], rule, rules.factor)
    out = grey.copy()
    for rule in rules.lines:
        y0, y1, x0, x1 = _extent(rule, rules.factor, round(rule.thickness) + WIDE_MARGIN, grey.shape)
        own, other = zones[rule.horizontal][y0:y1, x0:x1], zones[not rule.horizontal][y0:y1, x0:x1]
        bare = cv2.subtract(cv2.subtract(ink[y0:y1, x0:x1], own), other)
        out[y0:y1, x0:x1][_wiped(own, other, np.asarray(bare, np.uint8), rule)] = paper
    return out


def _wiped(own: Mask, other: Mask, bare: Mask, rule: RuleLine) -> NDArray[np.bool_]:
    """Which pixels of a rule's neighbourhood are to be painted over. `own` and `other` are the zones of
    rules of its direction and the other, `bare` the ink off all rules."""
    reach = round(rule.thickness) + MARGIN

    def bar(length: int) -> NDArray[np.uint8]:
        return np.ones((length, 1) if rule.horizontal else (1, length), np.uint8)

    last = (0, reach - 1) if rule.horizontal else (reach - 1, 0)
    crossing = cv2.bitwise_and(
        cv2.dilate(bare, bar(reach), anchor=last), cv2.dilate(bare, bar(reach), anchor=(0, 0))
    )
    margin = cv2.bitwise_and(
        cv2.dilate(bare, bar(PALE_EDGE)), cv2.bitwise_not(cv2.erode(own, bar(PALE_EDGE)))
    )
    kept = cv2.bitwise_and(cv2.bitwise_or(crossing, margin), cv2.bitwise_not(other))
    return np.asarray((own > 0) & (kept == 0))


def _extent(rule: RuleLine, factor: float, margin: int, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Rows and columns (y0, y1, x0, x1) of the full picture that a rule covers, with a margin."""
    rows, columns = rule.mask.shape if rule.horizontal else rule.mask.shape[::-1]
    top, left = (rule.top, rule.left) if rule.horizontal else (rule.left, rule.top)
    return (
        max(0, int(top * factor) - margin),
        min(shape[0], int((top + rows) * factor + ROUND_UP) + margin),
        max(0, int(left * factor) - margin),
        min(shape[1], int((left + columns) * factor + ROUND_UP) + margin),
    )


def _mark(zone: Mask, rule: RuleLine, factor: float, grow: int = 2) -> None:
    """Set 255 in `zone`, of the full picture's size, where the rule lies, grown by `grow` pixels for its grey
    edges. A rule that rounding put beyond the picture's edge lies nowhere in it."""
    mask = rule.mask if rule.horizontal else np.ascontiguousarray(rule.mask.T)
    y0, y1, x0, x1 = _extent(rule, factor, 0, zone.shape)
    if y0 >= y1 or x0 >= x1:
        return
    full = cv2.resize(mask, (x1 - x0, y1 - y0), interpolation=cv2.INTER_NEAREST)
    full = cv2.dilate(
        cv2.copyMakeBorder(full, grow, grow, grow, grow, cv2.BORDER_CONSTANT, value=0),
        np.ones((2 * grow + 1, 2 * grow + 1), np.uint8),
    )
    top, left = max(0, y0 - grow), max(0, x0 - grow)
    part = full[top - (y0 - grow) :, left - (x0 - grow) :]
    target = zone[top : y1 + grow, left : x1 + grow]
    np.maximum(target, part[: target.shape[0], : target.shape[1]], out=target)

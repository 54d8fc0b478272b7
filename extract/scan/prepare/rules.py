"""Printed rules: found, however faint or broken, and taken out without cutting the print they touch."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.ink import Mask, Picture, halved

DETECTION_DPI = 150
"""Rules are looked for at this resolution: a hair-line of 0.25 pt is still half a pixel of grey."""

THICKEST = 7
"""Rows (at DETECTION_DPI) below which a dark band counts as a rule: 1.2 mm."""

PIECE, GAP, SHORTEST = 14, 15, 30
"""Pixels at DETECTION_DPI: the shortest unbroken piece that counts (longer than the serifs of 14 pt
print), the widest gap that is bridged, the shortest rule (0.2 inch)."""

APART = 6
"""Pixels at DETECTION_DPI between a rule's end and another rule from which they do not meet."""

LONG = 150
"""Pixels at DETECTION_DPI (one inch) from which a broken rule is believed: print does not line up so far."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in pixels of the picture it was found on: its ends, its thickness, and where its pieces
    lie (`mask`, cut out at `left`, `top`, at DETECTION_DPI)."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float
    horizontal: bool
    left: int
    top: int
    mask: Mask

    @property
    def length(self) -> float:
        return (self.x1 - self.x0) if self.horizontal else (self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a picture; `factor` is picture pixels a detection pixel."""

    lines: tuple[RuleLine, ...]
    factor: float


def find_rules(grey: Picture, dpi: float, contrast: float) -> Rules:
    """Horizontal and vertical rules of an upright, level picture. `contrast` is paper less ink in grey
    levels; a rule may be a fifth as dark as the print."""
    small, factor = at_detection_dpi(grey, dpi)
    least = max(16.0, 0.2 * contrast)
    across = _lines(small, least, True, factor)
    along = _lines(np.asarray(cv2.transpose(small), np.uint8), least, False, factor)
    return Rules((*without_bars_of_letters(across, along, factor), *along), factor)


def without_bars_of_letters(across: list[RuleLine], along: list[RuleLine], factor: float) -> list[RuleLine]:
    """The lying rules without the bars of bold capitals (`TT`) and lines under words: short strokes between
    two standing rules that reach neither, with no rule going on at their height."""
    near = APART * factor

    def is_print(rule: RuleLine) -> bool:
        if rule.length >= LONG * factor:
            return False
        beside = [v.x0 for v in along if v.y0 - near <= rule.y0 <= v.y1 + near]
        left = max((x for x in beside if x <= rule.x0 + near), default=None)
        right = min((x for x in beside if x >= rule.x1 - near), default=None)
        if left is None or right is None or rule.x0 - left <= near or right - rule.x1 <= near:
            return False
        level = [r for r in across if r is not rule and abs(r.y0 - rule.y0) <= near / 2]
        reach = 0.5 * LONG * factor
        return not any(r.x0 < right + reach and r.x1 > left - reach for r in level)

    return [rule for rule in across if not is_print(rule)]


def at_detection_dpi(grey: Picture, dpi: float) -> tuple[Picture, float]:
    """The picture at DETECTION_DPI, or as it is where it is coarser, and its pixels a pixel of that one."""
    factor = max(1.0, dpi / DETECTION_DPI)
    if abs(factor - 2) < 0.01:  # a scan of 300 dpi: twenty times faster than by any other factor
        return halved(grey), 2.0
    size = (max(1, round(grey.shape[1] / factor)), max(1, round(grey.shape[0] / factor)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8), factor


def _lines(small: Picture, least: float, horizontal: bool, factor: float) -> list[RuleLine]:
    """The lying rules of `small` (for standing ones the picture comes transposed)."""
    hat = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((THICKEST + 2, 1), np.uint8))
    thin = np.asarray(cv2.threshold(hat, least, 255, cv2.THRESH_BINARY)[1], np.uint8)
    smooth = cv2.threshold(cv2.blur(hat, (5, 1)), least, 255, cv2.THRESH_BINARY)[1]
    pieces = np.asarray(cv2.morphologyEx(smooth, cv2.MORPH_OPEN, np.ones((1, PIECE), np.uint8)), np.uint8)
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, GAP), np.uint8))
    paper = int(np.median(small[::4, ::4]))
    dark = np.asarray(cv2.threshold(small, paper - 2 * least, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    found = []
    for stroke in _long_strokes(np.asarray(joined, np.uint8)):
        thickness = cv2.countNonZero(stroke.mask) / stroke.width
        if thickness > THICKEST:
            continue
        stroke = _trimmed(stroke, pieces, dark)
        if stroke.width >= SHORTEST and _is_rule(stroke, thin, dark):
            found.append(_rule_line(stroke, thickness, horizontal, factor))
    return found


def _long_strokes(joined: Mask) -> list[_Stroke]:
    """The connected parts of a mask that are as long and as low as a rule, each with its own pixels. By their
    outlines they cost a tenth of what labels of the whole mask do."""
    outlines, nesting = cv2.findContours(joined, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    strokes = []
    for index, outline in enumerate(outlines):
        if nesting[0][index][3] >= 0:  # the outline of a hole
            continue
        left, top, width, height = cv2.boundingRect(outline)
        if width < SHORTEST or height > max(THICKEST, 0.12 * width):
            continue
        filled = np.zeros((height, width), np.uint8)
        cv2.drawContours(filled, [outline], 0, 255, cv2.FILLED, offset=(-left, -top))
        own = cv2.bitwise_and(filled, joined[top : top + height, left : left + width])
        strokes.append(_Stroke(np.asarray(own, np.uint8), left, top))
    return strokes


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A lying stroke cut out of a mask: its pixels and where their top left corner is."""

    mask: Mask
    left: int
    top: int

    @property
    def width(self) -> int:
        return int(self.mask.shape[1])


def _own_and_beside(stroke: _Stroke, dark: Mask) -> tuple[Mask, Mask]:
    """The stroke's pixels within a band of dark.shape's rows round it, and the ink beside it there."""
    height, width = stroke.mask.shape
    reach = 7
    y0, y1 = max(0, stroke.top - reach), min(dark.shape[0], stroke.top + height + reach)
    own = cv2.copyMakeBorder(
        stroke.mask, stroke.top - y0, y1 - stroke.top - height, 0, 0, cv2.BORDER_CONSTANT, value=0
    )
    around = cv2.subtract(
        cv2.dilate(own, np.ones((2 * reach - 1, 1), np.uint8)), cv2.dilate(own, np.ones((5, 1), np.uint8))
    )
    beside = cv2.bitwise_and(around, dark[y0:y1, stroke.left : stroke.left + width])
    return np.asarray(own, np.uint8), np.asarray(beside, np.uint8)


def _trimmed(stroke: _Stroke, pieces: Mask, dark: Mask) -> _Stroke:
    """The stroke without short end pieces that other ink crowds: stems of letters in line with a rule."""
    height, width = stroke.mask.shape
    part = pieces[stroke.top : stroke.top + height, stroke.left : stroke.left + width]
    inked = cv2.bitwise_and(stroke.mask, part).any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.view(np.int8), [0]))))
    runs = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    if len(runs) < 2:
        return stroke
    crowd = np.asarray(_own_and_beside(stroke, dark)[1].any(axis=0))

    def is_print(run: tuple[int, int]) -> bool:
        return run[1] - run[0] < 1.5 * SHORTEST and float(np.mean(crowd[run[0] : run[1]])) > 0.3

    first, last = 0, len(runs) - 1
    while first < last and is_print(runs[first]):
        first += 1
    while last > first and is_print(runs[last]):
        last -= 1
    start, end = runs[first][0] if first else 0, runs[last][1] if last < len(runs) - 1 else width
    return _Stroke(np.ascontiguousarray(stroke.mask[:, start:end]), stroke.left + start, stroke.top)


def _is_rule(stroke: _Stroke, thin: Mask, dark: Mask) -> bool:
    """Whether a stroke is a rule, not strokes of letters in a row: unbroken (a long one less so), and
    with paper on both sides of it."""
    height, width = stroke.mask.shape
    under = thin[stroke.top : stroke.top + height, stroke.left : stroke.left + width]
    least_solid, most_crowded = (0.55, 0.5) if width >= LONG else (0.9, 0.35)
    if _inked_columns(np.asarray(cv2.bitwise_and(stroke.mask, under), np.uint8)) < least_solid * width:
        return False
    return bool(_inked_columns(_own_and_beside(stroke, dark)[1]) <= most_crowded * width)


def _inked_columns(mask: Mask) -> int:
    """How many columns of a mask have ink."""
    return int(cv2.countNonZero(cv2.reduce(mask, 0, cv2.REDUCE_MAX)))


def _rule_line(stroke: _Stroke, thickness: float, horizontal: bool, factor: float) -> RuleLine:
    piece, left, top = stroke.mask, stroke.left, stroke.top
    height, width = piece.shape
    part = max(1, min(width, width // 5))
    rows = np.arange(height, dtype=np.float64) + 0.5

    def middle(columns: NDArray[np.uint8]) -> float:
        weight = columns.sum(axis=1, dtype=np.float64)
        return float((weight * rows).sum() / max(weight.sum(), 1.0))

    first, last = top + middle(piece[:, :part]), top + middle(piece[:, -part:])
    ends = (left * factor, first * factor, (left + width) * factor, last * factor)
    if not horizontal:
        ends = (ends[1], ends[0], ends[3], ends[2])
    return RuleLine(*ends, thickness * factor, horizontal, left, top, piece)


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
        y0, y1, x0, x1 = _extent(rule, rules.factor, round(rule.thickness) + 10, grey.shape)
        own, other = zones[rule.horizontal][y0:y1, x0:x1], zones[not rule.horizontal][y0:y1, x0:x1]
        bare = cv2.subtract(cv2.subtract(ink[y0:y1, x0:x1], own), other)
        out[y0:y1, x0:x1][_wiped(own, other, np.asarray(bare, np.uint8), rule)] = paper
    return out


def _wiped(own: Mask, other: Mask, bare: Mask, rule: RuleLine) -> NDArray[np.bool_]:
    """Which pixels of a rule's neighbourhood are to be painted over. `own` and `other` are the zones of
    rules of its direction and the other, `bare` the ink off all rules."""
    reach = round(rule.thickness) + 8

    def bar(length: int) -> NDArray[np.uint8]:
        return np.ones((length, 1) if rule.horizontal else (1, length), np.uint8)

    last = (0, reach - 1) if rule.horizontal else (reach - 1, 0)
    crossing = cv2.bitwise_and(
        cv2.dilate(bare, bar(reach), anchor=last), cv2.dilate(bare, bar(reach), anchor=(0, 0))
    )
    margin = cv2.bitwise_and(cv2.dilate(bare, bar(5)), cv2.bitwise_not(cv2.erode(own, bar(5))))
    kept = cv2.bitwise_and(cv2.bitwise_or(crossing, margin), cv2.bitwise_not(other))
    return np.asarray((own > 0) & (kept == 0))


def _extent(rule: RuleLine, factor: float, margin: int, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Rows and columns (y0, y1, x0, x1) of the full picture that a rule covers, with a margin."""
    rows, columns = rule.mask.shape if rule.horizontal else rule.mask.shape[::-1]
    top, left = (rule.top, rule.left) if rule.horizontal else (rule.left, rule.top)
    return (
        max(0, int(top * factor) - margin),
        min(shape[0], int((top + rows) * factor + 0.999) + margin),
        max(0, int(left * factor) - margin),
        min(shape[1], int((left + columns) * factor + 0.999) + margin),
    )


def _mark(zone: Mask, rule: RuleLine, factor: float, grow: int = 2) -> None:
    """Set 255 in `zone`, of the full picture's size, where the rule lies, grown by `grow` pixels for its grey
    edges."""
    mask = rule.mask if rule.horizontal else np.ascontiguousarray(rule.mask.T)
    y0, y1, x0, x1 = _extent(rule, factor, 0, zone.shape)
    full = cv2.resize(mask, (x1 - x0, y1 - y0), interpolation=cv2.INTER_NEAREST)
    full = cv2.dilate(
        cv2.copyMakeBorder(full, grow, grow, grow, grow, cv2.BORDER_CONSTANT, value=0),
        np.ones((2 * grow + 1, 2 * grow + 1), np.uint8),
    )
    top, left = max(0, y0 - grow), max(0, x0 - grow)
    part = full[top - (y0 - grow) :, left - (x0 - grow) :]
    target = zone[top : y1 + grow, left : x1 + grow]
    np.maximum(target, part[: target.shape[0], : target.shape[1]], out=target)

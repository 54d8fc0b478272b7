"""Printed rules: found, however faint or broken, and taken out without cutting the print they touch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.dotted_grid import dotted_grids
from extract.scan.prepare.ink import Mask, Picture, halved, tones_of_all
from extract.scan.prepare.long_rules import LongRules, long_rules, tone_of
from extract.scan.prepare.overhangs import without_overhangs
from extract.scan.prepare.rule_lines import APART, LONG, RuleLine, Rules, at, in_one_line, lengthwise, meet
from extract.scan.prepare.run_out import streaks_of, thin_ink, tracks_from_edges
from extract.scan.prepare.runs import long_runs
from extract.scan.prepare.stacked_letters import (
    stems_beside,
    without_letters_between,
    without_stacked_letters,
)
from extract.scan.prepare.streaks import with_streaks_marked, without_edges_of_sheet
from extract.scan.prepare.strokes import SHORTEST, THICKEST, Stroke, long_strokes, own_and_beside, trimmed

DETECTION_DPI = 150
"""Rules are looked for at this resolution: a hair-line of 0.25 pt is still half a pixel of grey."""

PIECE, GAP = 14, 15
"""Pixels at DETECTION_DPI: the shortest unbroken piece that counts (longer than the serifs of 14 pt
print), the widest gap that is bridged."""

PALER = 0.33
"""Share of most rules' tone below which a rule is of the page's back: a thick one shines through at 0.2, a
hair-line among frames is 0.4 at 100 dpi."""

GREY = 2
"""Pixels at DETECTION_DPI beside a rule that are as grey as its edge."""

FAINTEST, FAINTEST_SHARE = 16.0, 0.2
"""Grey levels, and share of the print's contrast, by which a rule is darker than the paper."""

FEWEST_PIECES = 3
"""Pieces in one line from which they are of one rule that broke."""

HALF_TONE, NEAR, FAR, TOUCHED = 0.5, 2, 6, 0.25
"""Share of the print's contrast from which a pixel is ink, the pixels at DETECTION_DPI over and under the
rest of a rule within which none stands, and the share of its length that may have some."""

KNOWN = 0.8
"""Share of a pale rule from which it is one that was found already: copied rules 0.9 and more."""

HALF_LONG = 0.5
ALMOST_HALF = 0.01
PAPER_STEP = 4
WHITE = 255
LEVELS = 256
SMOOTH = 5
SOLID = 0.55  # of a long rule's length, inked
CROWDED = 0.5
SHORT_SOLID = 0.9
SHORT_CROWDED = 0.35
THICK, FILLED = 4.0, 0.75
"""Pixels at DETECTION_DPI from which a broken stroke is thick, and the share of it that is inked then: thick
rules of real and copied pages 0.88 and more, the bodies of a line of bold letters 0.53 to 0.69."""

FIFTH = 5
PIXEL_MIDDLE = 0.5
FOOT = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """The rules of one direction: sure ones; short and pale ones, which are rules where they meet others."""

    sure: list[RuleLine]
    held: list[RuleLine]
    pale: list[RuleLine]
    long: LongRules


def find_rules(grey: Picture, dpi: float, contrast: float) -> Rules:
    """Horizontal and vertical rules of an upright, level picture. `contrast` is paper less ink in grey
    levels; a rule may be a fifth as dark as the print, and a dotted one paler where it meets others."""
    small, factor = at_detection_dpi(grey, dpi)
    paper, least = paper_of(small), max(FAINTEST, FAINTEST_SHARE * contrast)
    stood = np.asarray(cv2.transpose(small), np.uint8)
    beside = _hat(stood)
    across = _lying(small, _hat(small), paper, contrast, True, factor)
    along = _lying(stood, beside, paper, contrast, False, factor)
    across, along = _of_this_side(across, along, factor)
    lying = [
        *across.sure,
        *(r for r in across.held if _is_held(r, along.sure, factor)),
        *_dotted(across, [*along.sure, *along.pale], factor),
        *_rests_of_broken(across, small, paper - HALF_TONE * contrast, factor),
    ]
    standing = [
        *along.sure,
        *(r for r in along.held if _is_held(r, across.sure, factor)),
        *_dotted(along, [*across.sure, *across.pale], factor),
        *_rests_of_broken(along, stood, paper - HALF_TONE * contrast, factor, within=True),
    ]
    sides = (grey.shape[1], grey.shape[0])
    standing = without_stacked_letters(standing, lying, small, paper - least, factor)
    standing = without_letters_between(standing, lying, small, paper - least, factor)
    lying = without_edges_of_sheet(without_bars_of_letters(lying, standing, factor), sides, factor)
    thin = thin_ink(beside, least)
    tracks = tracks_from_edges(np.asarray(cv2.transpose(thin), np.uint8))
    standing = with_streaks_marked(without_edges_of_sheet(standing, sides, factor), lying, factor, tracks)
    standing = without_overhangs(standing, lying, factor)
    found = (*lying, *standing, *streaks_of(tracks, thin, factor))
    dotted = dotted_grids(small, paper, contrast, factor, found)
    return Rules((*(rule for rule in found if not stems_beside(rule, dotted, factor)), *dotted), factor)


def _of_this_side(across: _Found, along: _Found, factor: float) -> tuple[_Found, _Found]:
    """The rules found without those of the page's back, which shine through far paler than most."""
    tones = [rule.tone for rule in (*across.sure, *along.sure) if rule.length >= LONG * factor]
    least = PALER * median(tones) if tones else 0.0

    def kept(found: _Found) -> _Found:
        return replace(found, sure=[rule for rule in found.sure if rule.tone >= least])

    return kept(across), kept(along)


def _is_held(rule: RuleLine, others: Sequence[RuleLine], factor: float) -> bool:
    """Whether rules of the other direction lie at both ends of a short one."""
    near = APART * factor
    first, last = lengthwise(rule)
    met = [at(other) for other in others if meet(rule, other, near)]
    return any(abs(y - first) <= near for y in met) and any(abs(y - last) <= near for y in met)


def _dotted(found: _Found, others: Sequence[RuleLine], factor: float) -> list[RuleLine]:
    """The dotted rules: pale pieces in one line that are an inch long together and meet at least two rules
    of the other direction (a leader of dots in running text meets none), with what is left between them.
    Further on in the same line stand letters, too."""
    near = APART * factor
    kept: list[RuleLine] = []
    for group in in_one_line(found.pale, near / 2):
        known = [rule for rule in group if known_share(rule, found.sure, near / 2) >= KNOWN]
        if len(known) == len(group):
            continue
        met = [other for other in others if any(meet(rule, other, near) for rule in group)]
        if len(met) < 2 or math.fsum(rule.length for rule in group) < LONG * factor:
            continue
        first = min(rule.top for rule in group) - 1
        last = max(rule.top + rule.mask.shape[0] for rule in group) + 1
        start = min(rule.left for rule in group) - GAP
        end = max(rule.left + rule.mask.shape[1] for rule in group) + GAP
        rests = found.long.rests(max(0, first), last)
        own = [rest for rest in rests if rest.left >= start and rest.left + rest.width <= end]
        own = [rest for rest in own if not any(_on(rest, rule) for rule in known)]
        tone = fmean(rule.tone for rule in group)
        kept += [replace(_rule_line(stroke, group[0].horizontal, factor), tone=tone) for stroke in own]
    return kept


def _rests_of_broken(
    found: _Found, picture: Picture, dark: float, factor: float, within: bool = False
) -> Iterator[RuleLine]:
    """What is left of broken rules between their pieces, and beyond them where the next one is near: pieces
    too short to be rules, which would be read as dashes. `within`: none beyond, for the letters of a title
    stand in line with the borders between columns. Print of a cell over several rows stands in line with the
    rules beside it: what has ink (darker than `dark` in `picture`) over or under it is a letter's stroke."""
    near = APART * factor / 2
    for group in in_one_line(found.sure, near):
        if len(group) < FEWEST_PIECES:
            continue
        first = min(rule.top for rule in group) - 1
        last = max(rule.top + rule.mask.shape[0] for rule in group) + 1
        rests = found.long.rests(max(0, first), last)
        yield from (
            _rule_line(rest, group[0].horizontal, factor)
            for rest in _near_pieces(rests, group, 0 if within else LONG)
            if not any(_on(rest, rule) for rule in group) and _stands_alone(rest, picture, dark)
        )


def _stands_alone(rest: Stroke, picture: Picture, dark: float) -> bool:
    """Whether white lies over a lying stroke and under it, along nearly all of it."""
    height, right = rest.mask.shape[0], rest.left + rest.width
    over = picture[max(0, rest.top - FAR) : max(0, rest.top - NEAR + 1), rest.left : right]
    under = picture[rest.top + height + NEAR - 1 : rest.top + height + FAR, rest.left : right]
    inked = ((side < dark).any(axis=0).mean() for side in (over, under) if side.size)
    return all(share <= TOUCHED for share in inked)


def _near_pieces(rests: Sequence[Stroke], group: Sequence[RuleLine], reach: int) -> list[Stroke]:
    """Those of the rests in line with some pieces of a rule that lie between these, or `reach` pixels at most
    away from them or from one that does; none away where it is 0."""
    start = min(rule.left for rule in group)
    end = max(rule.left + rule.mask.shape[1] for rule in group)
    left = sorted(rests, key=lambda rest: rest.left)
    near = [rest for rest in left if start <= rest.left < end]
    if not reach:
        return near
    for rest in left:
        if end <= rest.left <= end + reach:
            near.append(rest)
            end = rest.left + rest.width
    for rest in reversed(left):
        if start - reach <= rest.left + rest.width <= start:
            near.append(rest)
            start = rest.left
    return near


def _on(rest: Stroke, rule: RuleLine) -> bool:
    """Whether most of a rest lies on a rule's way."""
    end = min(rest.left + rest.width, rule.left + rule.mask.shape[1])
    return bool(end - max(rest.left, rule.left) > rest.width / 2)


def known_share(rule: RuleLine, sure: Sequence[RuleLine], near: float) -> float:
    """The share of a pale rule's length over which a sure one lies on it: what else stands in its line is
    print, not rests between dots."""
    first, last = lengthwise(rule)
    ends = [lengthwise(other) for other in sure if abs(at(other) - at(rule)) <= near]
    covered = math.fsum(max(0.0, min(last, end) - max(first, start)) for start, end in ends)
    return covered / max(last - first, 1.0)


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
        reach = HALF_LONG * LONG * factor
        return not any(r.x0 < right + reach and r.x1 > left - reach for r in level)

    return [rule for rule in across if not is_print(rule)]


def at_detection_dpi(grey: Picture, dpi: float) -> tuple[Picture, float]:
    """The picture at DETECTION_DPI, or as it is where it is coarser, and its pixels a pixel of that one."""
    factor = max(1.0, dpi / DETECTION_DPI)
    if abs(factor - 2) < ALMOST_HALF:  # a scan of 300 dpi: twenty times faster than by any other factor
        return halved(grey), 2.0
    size = (max(1, round(grey.shape[1] / factor)), max(1, round(grey.shape[0] / factor)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8), factor


def paper_of(small: Picture) -> int:
    """The tone of most of a picture: the middle one of every so many pixels, counted by their tone."""
    few = np.ascontiguousarray(small[::PAPER_STEP, ::PAPER_STEP])
    below = np.cumsum(tones_of_all(few)) if few.size else np.zeros(1)
    if not below[-1]:
        return 0
    lower, upper = np.searchsorted(below, [(below[-1] - 1) // 2, below[-1] // 2], side="right")
    return int(lower + upper) // 2


def _lying(
    small: Picture, hat: Picture, paper: int, contrast: float, horizontal: bool, factor: float
) -> _Found:
    """The lying rules of `small` (for standing ones the picture comes transposed). `hat` is how dark its
    pixels stand out, `paper` its tone."""
    least = max(FAINTEST, FAINTEST_SHARE * contrast)
    dark = np.asarray(cv2.threshold(small, paper - 2 * least, WHITE, cv2.THRESH_BINARY_INV)[1], np.uint8)
    found = long_rules(small, hat, dark, contrast)
    strokes = [*found.sure, *_broken_rules(_without(hat, found.sure), dark, least)]

    def lines(strokes: Sequence[Stroke]) -> list[RuleLine]:
        return [
            replace(_rule_line(s, horizontal, factor), tone=_mean_tone(s, hat, contrast)) for s in strokes
        ]

    return _Found(lines(strokes), lines(found.held), lines(found.pale), found)


def _hat(small: Picture) -> Picture:
    """How much darker each pixel is than those above and below it, over the thickness of a rule."""
    kernel = np.ones((THICKEST + 2, 1), np.uint8)
    return np.asarray(cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, kernel), np.uint8)


def _mean_tone(stroke: Stroke, hat: Picture, contrast: float) -> float:
    """How dark a stroke is over its length, a share of the contrast."""
    return float(np.mean(tone_of(stroke, hat))) / contrast


def _without(hat: Picture, strokes: Sequence[Stroke]) -> Picture:
    """`hat` without rules that are found already."""
    left = hat.copy()
    for stroke in strokes:
        height, width = stroke.mask.shape
        top = max(0, stroke.top - GREY)
        part = left[top : stroke.top + height + GREY, stroke.left : stroke.left + width]
        own = cv2.copyMakeBorder(stroke.mask, stroke.top - top, GREY, 0, 0, cv2.BORDER_CONSTANT, value=0)
        part[cv2.dilate(own, np.ones((2 * GREY + 1, 1), np.uint8))[: part.shape[0]] > 0] = 0
    return left


def _broken_rules(hat: Picture, dark: Mask, least: float) -> Iterator[Stroke]:
    """Short rules, and long ones in pieces."""
    thin = np.asarray(cv2.threshold(hat, least, WHITE, cv2.THRESH_BINARY)[1], np.uint8)
    smooth = cv2.threshold(cv2.blur(hat, (SMOOTH, 1)), least, WHITE, cv2.THRESH_BINARY)[1]
    pieces = long_runs(np.asarray(smooth, np.uint8), PIECE)
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, GAP), np.uint8))
    for stroke in long_strokes(np.asarray(joined, np.uint8)):
        if stroke.thickness > THICKEST:
            continue
        stroke = trimmed(stroke, pieces, dark)
        if stroke.width >= SHORTEST and is_rule_stroke(stroke, thin, dark):
            yield stroke


def is_rule_stroke(stroke: Stroke, thin: Mask, dark: Mask) -> bool:
    """Whether a stroke is a rule, not strokes of letters in a row: unbroken (a long one less so), filled
    where it is thick, and with paper on both sides of it."""
    height, width = stroke.mask.shape
    if stroke.thickness > THICK:
        ink = dark[stroke.top : stroke.top + height, stroke.left : stroke.left + width]
        if cv2.countNonZero(cv2.bitwise_and(stroke.mask, ink)) < FILLED * cv2.countNonZero(stroke.mask):
            return False
    under = thin[stroke.top : stroke.top + height, stroke.left : stroke.left + width]
    least_solid, most_crowded = (SOLID, CROWDED) if width >= LONG else (SHORT_SOLID, SHORT_CROWDED)
    if _inked_columns(np.asarray(cv2.bitwise_and(stroke.mask, under), np.uint8)) < least_solid * width:
        return False
    return bool(_inked_columns(own_and_beside(stroke, dark)[1]) <= most_crowded * width)


def _inked_columns(mask: Mask) -> int:
    """How many columns of a mask have ink."""
    return int(cv2.countNonZero(cv2.reduce(mask, 0, cv2.REDUCE_MAX)))


def _rule_line(stroke: Stroke, horizontal: bool, factor: float) -> RuleLine:
    piece, left, top = stroke.mask, stroke.left, stroke.top
    height, width = piece.shape
    part = max(1, min(width, width // FIFTH))
    rows = np.arange(height, dtype=np.float64) + PIXEL_MIDDLE

    def middle(columns: NDArray[np.uint8]) -> float:
        weight = columns.sum(axis=1, dtype=np.float64)
        return float((weight * rows).sum() / max(weight.sum(), 1.0))

    first, last = top + middle(piece[:, :part]), top + middle(piece[:, -part:])
    ends = (left * factor, first * factor, (left + width) * factor, last * factor)
    if not horizontal:
        ends = (ends[1], ends[0], ends[FOOT], ends[2])
    return RuleLine(*ends, stroke.thickness * factor, horizontal, left, top, piece)

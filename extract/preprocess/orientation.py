"""Which way up a page lies: cheap evidence first, a trial reading of a few lines only when it is weak."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Engine
from extract.preprocess.ink import Mask, Picture
from extract.preprocess.skew import best_lean, ink_points, level_matrix

SMALL_DPI = 110
"""Orientation and lean are measured on a picture of this resolution."""


CLEAR_WAY = 2.0
"""Ratio of sharpness of lines across and along from which the way they run is settled. Measured on 91
pages: right in all at 1.3 or more, wrong in 2 of 9 below."""

CLEAR_HEAD = 0.1
"""Surplus of ink above the lines from which a page stands on its feet. Measured on 91 pages: 0.2 to 0.5
for text, 0.03 to 0.2 for tables of figures, never of the wrong sign from 0.03 on."""

TEXT_HEAD = 0.2
"""Surplus that running text measures, and tables of figures do not."""

FEWEST_LINES, MANY_LINES = 12, 60
"""Pieces of lines from which that surplus counts, and from which half of it is enough."""

SURE_WORD = 0.9
"""Confidence from which a word of a trial reading counts."""

LONGEST_SAMPLE = 700
"""Pixels of a line that are read on trial."""


@dataclass(frozen=True, slots=True)
class Lie:
    """How a page lies. `clockwise` is the turn that sets it upright; `lean` the degrees its lines fall
    to the right after that turn; `sure` whether the cheap evidence was clear."""

    clockwise: int
    lean: float
    sure: bool


def how_it_lies(small: Mask, grey: Picture, engine: Engine) -> Lie:
    """The turn and lean of a page from its small print mask; `grey` is read from only when in doubt."""
    if cv2.countNonZero(small) < 30:
        return Lie(0, 0.0, False)
    unit = letter_height(small)
    sideways, clearness = lies_sideways(small)
    ways = [_standing(small, turn, unit) for turn in ([90] if sideways else [0])]
    if clearness < CLEAR_WAY:
        ways.append(_standing(small, 0 if sideways else 90, unit))
    turn, lean, surplus, lines = max(ways, key=lambda way: abs(way[2]) * min(way[3], 100) ** 0.5)
    if surplus < 0:
        turn += 180
    # A table of short figures has little to tell lines from columns by, or head from foot: there the page
    # is read, not guessed, unless both signs agree and the surplus is that of text.
    certain = abs(surplus) >= TEXT_HEAD and (turn % 180 == 90) == sideways
    likely = clearness >= CLEAR_WAY and surplus >= CLEAR_HEAD
    if (certain or likely) and lines >= FEWEST_LINES:
        return Lie(turn, lean, True)
    turns = [turn, (turn + 180) % 360]
    if clearness < CLEAR_WAY:
        turns += [(turn + 90) % 360, (turn + 270) % 360]
    leans = {way[0]: way[1] for way in ways}
    chosen = by_trial_reading(small, grey, [(t, leans.get(t % 180, 0.0)) for t in turns], engine)
    if chosen is None:
        # Neither way reads clearly better. A weak sign is still a sign; without one, pages are stored
        # upright far more often than not.
        weak = abs(surplus) >= CLEAR_HEAD / 4 and lines >= FEWEST_LINES
        return Lie(turn, lean, False) if weak or clearness >= CLEAR_WAY else Lie(0, ways[0][1], False)
    return Lie(chosen, leans.get(chosen % 180, 0.0), False)


def _standing(small: Mask, turn: int, unit: float) -> tuple[int, float, float, int]:
    """(turn, lean, surplus of ink above the lines, lines) of the print turned by `turn`."""
    stood = turned(small, turn)
    lean = best_lean(*ink_points(stood))[0]
    matrix, size = level_matrix(stood.shape[1], stood.shape[0], lean, 1.0)
    flat = cv2.warpAffine(stood, matrix, size, flags=cv2.INTER_NEAREST).astype(np.uint8)
    # Rules that leaned were no straight strokes before: left in, they count as heads or feet.
    surplus, lines = head_over_foot(without_long_strokes(flat), max(unit, 6.0))
    return turn, lean, surplus, lines


def by_trial_reading(small: Mask, grey: Picture, ways: list[tuple[int, float]], engine: Engine) -> int | None:
    """The turn, of (turn, lean) in `ways`, in which a few lines read best, or None when none is clearly the
    best. Only sure words count: print on its head reads as long nonsense."""
    scores: list[tuple[float, int]] = []
    for turn, lean in ways:
        stood, page = turned(small, turn), turned(grey, turn)
        lines = [levelled(line, lean) for line in sample_lines(page, stood)]
        if not lines:
            continue
        words = engine.read(stacked(lines), "block")
        scores.append((sum(len(w.text) for w in words if w.confidence >= SURE_WORD) / len(lines), turn))
    scores.sort(reverse=True)
    runner_up = scores[1][0] if len(scores) > 1 else 0.0
    clear = bool(scores) and scores[0][0] > max(0.8, 1.5 * runner_up)
    return scores[0][1] if clear else None


def levelled(picture: Picture, lean: float) -> Picture:
    """A small cut-out set level."""
    height, width = picture.shape
    matrix, size = level_matrix(width, height, lean, 1.0)
    return cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)).astype(
        np.uint8
    )


def stacked(lines: list[Picture]) -> Picture:
    """Pictures of lines set one below the other with white between them."""
    gap = 24
    width = max(line.shape[1] for line in lines) + 2 * gap
    page = np.full((sum(line.shape[0] + gap for line in lines) + gap, width), 255, np.uint8)
    top = gap
    for line in lines:
        page[top : top + line.shape[0], gap : gap + line.shape[1]] = line
        top += line.shape[0] + gap
    return page


def small_print(mask: Mask, dpi: float) -> Mask:
    """The ink at SMALL_DPI without long rules and large black areas: what is left is print."""
    factor = SMALL_DPI / dpi
    size = (max(1, round(mask.shape[1] * factor)), max(1, round(mask.shape[0] * factor)))
    small = cv2.threshold(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), 90, 255, cv2.THRESH_BINARY)[1]
    return without_long_strokes(np.asarray(small, np.uint8))


def without_long_strokes(small: Mask) -> Mask:
    """The print of a small mask without the level and upright strokes of rules."""
    wide = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((1, 45), np.uint8))
    tall = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((45, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(wide, tall), np.ones((3, 3), np.uint8))
    return cv2.bitwise_and(small, cv2.bitwise_not(rules)).astype(np.uint8)


def lies_sideways(small: Mask) -> tuple[bool, float]:
    """(whether the lines of print run down the page, how clear that is as a ratio of at least 1).

    Lines of print make a sharp profile across themselves; columns of a table a blunt one.
    """
    x, y = ink_points(small)
    level = best_lean(x, y)[1]
    upright = best_lean(y, x)[1]
    return upright > level, max(level, upright) / max(min(level, upright), 1e-6)


def turned(picture: NDArray[np.uint8], clockwise: int) -> NDArray[np.uint8]:
    """The picture turned by 0, 90, 180 or 270 degrees."""
    if clockwise == 0:
        return picture
    ways = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return np.asarray(cv2.rotate(picture, ways[clockwise]), dtype=np.uint8)


def head_over_foot(print_mask: Mask, unit: float) -> tuple[float, int]:
    """(how much more ink stands above the x-height than below the baseline, -1 .. 1, lines measured).

    Vietnamese carries capitals, ascenders and most marks above, and only descenders and the dot below:
    upright pages measure well above 0, pages on their head well below. `unit` is the usual height of a
    small letter in pixels. Lines are looked at in strips a few words wide, so that a slight lean or
    neighbouring columns do not blur them.
    """
    above = below = 0.0
    lines = 0
    strip = max(20, round(unit * 12))
    reach = max(2, round(unit * 0.75))
    for x in range(0, print_mask.shape[1] - strip // 2, strip):
        profile = np.count_nonzero(print_mask[:, x : x + strip], axis=1).astype(np.float64)
        if profile.max(initial=0.0) < 0.08 * strip:
            continue
        for top, bottom in _cores(profile, 0.08 * strip, unit):
            head = profile[max(0, top - reach) : top].sum()
            foot = profile[bottom : bottom + reach].sum()
            above, below, lines = above + head, below + foot, lines + 1
    total = above + below
    return ((above - below) / total if total else 0.0), lines


def _cores(profile: NDArray[np.float64], least: float, unit: float) -> list[tuple[int, int]]:
    """The x-height bands of the lines in a strip: where the profile stays above half its local top."""
    found = []
    inked = profile >= least * 0.25
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.view(np.int8), [0]))))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        band = profile[start:end]
        if not unit * 0.8 <= end - start <= unit * 3.6 or band.max() < least:
            continue
        core = np.flatnonzero(band >= 0.55 * np.percentile(band, 90))
        if core.size:
            found.append((int(start + core[0]), int(start + core[-1] + 1)))
    return found


def letter_height(mask: Mask) -> float:
    """The usual height of a small letter in pixels: the median height of components that look like
    letters (0 when there are hardly any)."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return 0.0
    width, height, area = (
        stats[1:, cv2.CC_STAT_WIDTH],
        stats[1:, cv2.CC_STAT_HEIGHT],
        stats[1:, cv2.CC_STAT_AREA],
    )
    letters = (
        (height >= 5)
        & (width >= 3)
        & (width < 4 * height)
        & (height < 5 * width)
        & (area > 0.15 * width * height)
    )
    if np.count_nonzero(letters) < 12:
        return 0.0
    return float(np.median(height[letters & (height >= 0.5 * np.median(height[letters]))]))


def sample_lines(grey: Picture, print_mask: Mask, most: int = 4) -> list[Picture]:
    """Pictures of a few long lines of print, for a trial reading. `print_mask` is the same page, smaller."""
    height = max(letter_height(print_mask), 6.0)
    joined = cv2.morphologyEx(
        print_mask, cv2.MORPH_CLOSE, np.ones((1, max(3, round(height * 1.2))), np.uint8)
    )
    stats = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:]
    lines = [row for row in stats.tolist() if height * 0.8 <= row[3] <= height * 4.5 and row[2] > 2 * row[3]]
    lines.sort(key=lambda row: -min(row[2], 40 * height))
    factor = grey.shape[1] / print_mask.shape[1]
    pad = height * 0.4
    return [
        grey[
            max(0, round((y - pad) * factor)) : round((y + h + pad) * factor),
            max(0, round((x - pad) * factor)) : round((x + pad) * factor + min(w * factor, LONGEST_SAMPLE)),
        ]
        for x, y, w, h, _ in lines[:most]
    ]

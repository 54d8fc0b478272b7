"""Which way up a page lies: cheap evidence first, a trial reading only when it is weak."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import turned
from extract.scan.prepare.bend import may_be_bent
from extract.scan.prepare.components import Stats, count_parts, parts_of
from extract.scan.prepare.ink import Mask, Picture
from extract.scan.prepare.runs import long_runs, runs_of, tall_runs
from extract.scan.prepare.skew import best_lean, ink_points, level_matrix
from extract.scan.prepare.trial import best_read
from extract.scan.readings import Readers

__all__ = ["Lie", "how_it_lies", "letter_height", "small_print", "turned"]

SMALL_DPI = 110
"""Orientation and lean are measured on a picture of this resolution."""

CLEAR_WAY = 2.0
"""Ratio of sharpness of lines across and along from which the way they run is settled. Measured on 91
pages: right in all at 1.3 or more, wrong in 2 of 9 below."""

LIKELY_WAY = 1.3
"""The ratio below which nothing is settled without reading."""

LETTER_GAP, CLEAR_WORDS = 0.45, 1.3
"""Letter heights of white between letters of a word, and how many times more letters closing it must join
along lines than across. Of 46 pages the upright ones gave 1.37 to 35, those on their side 0.11 to 0.28; a
dusty photocopy 0.72."""

WEAK_HEAD = 0.025
"""Surplus of ink above the lines from which a page rather stands on its feet. Measured on 91 pages: 0.2 to
0.5 for text, 0.03 to 0.2 for tables of figures."""

TEXT_HEAD = 0.2
"""Surplus that running text measures, and tables of figures do not."""

FEWEST_LINES = 12
"""Pieces of lines from which that surplus counts."""

HALF_TURN = 180
QUARTER_TURN = 90
THREE_QUARTERS = 270
FULL_TURN = 360
NO_PRINT = 30  # pixels of ink
LEAST_SHARPNESS = 1e-6
MOST_LINES = 100  # lines after which more are no clearer
LINES_POWER = 0.5
LEAST_GAP = 3
LEAST_UNIT = 6.0  # pixels of x-height
SHRUNK = 0.7
INKED = 90
WHITE = 255
FULL_INK = 255
RULE_PX = 45  # no letter is so long
RULE_MARGIN = 3
STRIP_UNITS = 12  # x-heights of a strip of a line
LEAST_STRIP = 20
REACH_UNITS = 0.75
LINE_INK = 0.08  # of a strip's width
CORE_FOOT = 0.25  # of that, where a band begins
LEAST_BAND = 0.8  # x-heights
MOST_BAND = 3.6
CORE_INK = 0.55  # of a band's nine tenths
NINE_TENTHS = 0.9
LETTER_HIGH = 5  # pixels
LETTER_WIDE = 3
WIDEST = 4  # times as wide as high
TALLEST = 5
LETTER_INK = 0.15  # of its box
ENOUGH_LETTERS = 12
HALF_MEDIAN = 0.5
DOT_INK, DOT_SHARE, DOT_LOW = 0.55, 0.4, 1.6
"""A dot's ink in its box (a disc fills 0.6 to 0.79), the share of dots from
which they are a form's leaders, and how many times higher letters are than those."""


@dataclass(frozen=True, slots=True)
class Lie:
    """How a page lies. `clockwise` is the turn that sets it upright; `lean` the degrees its lines fall
    to the right after that turn; `sure` whether the cheap evidence was clear; `letter` the usual height of
    a small letter in pixels at SMALL_DPI (0 when there are hardly any); `bent` whether its lines may be;
    `print_found` is False where neither figures nor words could be read in any way."""

    clockwise: int
    lean: float
    sure: bool
    letter: float = 0.0
    bent: bool = False
    print_found: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """The print turned by `turn` (0 or 90 degrees): the degrees that its lines lean then, and how sharply
    they stand out."""

    turn: int
    lean: float
    sharpness: float


def how_it_lies(small: Mask, grey: Picture, readers: Readers) -> Lie:
    """The turn, lean and bend of a page from its small print mask; `grey` is read from only when in doubt."""
    parts = parts_of(small)
    lie = turn_and_lean(small, parts, grey, readers)
    stood = turned(small, lie.clockwise)
    if lie.clockwise:
        parts = parts_of(stood)
    if lie.clockwise % HALF_TURN:  # until now the letters' widths were taken for their heights
        lie = replace(lie, letter=usual_height(parts))
    return replace(lie, bent=may_be_bent(stood, parts, lie.lean, lie.letter))


def turn_and_lean(small: Mask, parts: Stats, grey: Picture, readers: Readers) -> Lie:
    """How a page lies but for its bend; `parts` are those of its `small` print."""
    if cv2.countNonZero(small) < NO_PRINT:
        return Lie(0, 0.0, False)
    unit = usual_height(parts)
    likely, other = ways_of_lines(small)
    clearness = likely.sharpness / max(other.sharpness, LEAST_SHARPNESS)
    run = way_of_words(small, len(parts), unit)
    agreed = run == likely.turn
    if run is not None and not agreed:
        likely, other = other, likely
    ways = [likely] if agreed and clearness >= CLEAR_WAY else [likely, other]
    stands = [(*standing(small, way, unit), way) for way in ways]
    surplus, lines, way = max(
        stands, key=lambda stand: abs(stand[0]) * min(stand[1], MOST_LINES) ** LINES_POWER
    )
    turn = way.turn + (HALF_TURN if surplus < 0 else 0)
    # A table has little to tell head from foot by, and the columns of a list make a sharper profile than its
    # rows. There the page is read, not guessed, unless all signs agree and the surplus is that of text.
    clear = agreed and clearness >= LIKELY_WAY and way is likely
    if clear and abs(surplus) >= TEXT_HEAD and lines >= FEWEST_LINES:
        return Lie(turn, way.lean, True, unit)
    turns = [
        turn,
        (turn + HALF_TURN) % FULL_TURN,
        (turn + QUARTER_TURN) % FULL_TURN,
        (turn + THREE_QUARTERS) % FULL_TURN,
    ]
    leans = {likely.turn: likely.lean, other.turn: other.lean}
    chosen = best_read(small, grey, unit, [(t, leans[t % HALF_TURN]) for t in turns], readers)
    if chosen is not None:
        return Lie(chosen, leans[chosen % HALF_TURN], False, unit)
    # Neither way reads clearly better. A weak sign is still a sign; without one, pages are stored upright far
    # more often than not.
    if abs(surplus) >= WEAK_HEAD and lines >= FEWEST_LINES:
        return Lie(turn, way.lean, False, unit, print_found=False)
    if run is not None or clearness >= CLEAR_WAY:
        return Lie(likely.turn, likely.lean, False, unit, print_found=False)
    return Lie(0, leans[0], False, unit, print_found=False)


def way_of_words(small: Mask, n_parts: int, unit: float) -> int | None:
    """The turn (0 or 90) after which the letters of words stand side by side, None where that isn't clear.
    `n_parts` is how many parts `small` has.

    Letters of a word are nearer to each other than lines are (O'Gorman 1993, docstrum): closing small gaps
    along the lines joins far more of them than closing them across. So it is in lists, too, whose columns
    make a sharper profile than their rows.
    """
    gap = max(LEAST_GAP, round(LETTER_GAP * unit) | 1)

    def joined(width: int, height: int) -> int:
        closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8))
        return count_parts(np.asarray(closed, np.uint8))

    alone = n_parts + 1
    ratio = max(1, alone - joined(gap, 1)) / max(1, alone - joined(1, gap))
    if max(ratio, 1 / ratio) < CLEAR_WORDS:
        return None
    return 0 if ratio > 1 else QUARTER_TURN


def ways_of_lines(small: Mask) -> tuple[Way, Way]:
    """(the way in which the lines of print run across the page, the other).

    Lines of print make a sharp profile across themselves; columns of a table a blunt one.
    """
    x, y = ink_points(small)
    level = Way(0, *best_lean(x, y))
    # Turned by a quarter, x runs where y ran backwards: lines then lean the other way.
    lean, sharpness = best_lean(y, x)
    upright = Way(QUARTER_TURN, -lean, sharpness)
    return (upright, level) if upright.sharpness > level.sharpness else (level, upright)


def standing(small: Mask, way: Way, unit: float) -> tuple[float, int]:
    """(surplus of ink above the lines, lines) of the print turned that way."""
    stood = turned(small, way.turn)
    matrix, size = level_matrix(stood.shape[1], stood.shape[0], way.lean, 1.0)
    flat = np.asarray(cv2.warpAffine(stood, matrix, size, flags=cv2.INTER_NEAREST), np.uint8)
    # Rules that leaned were no straight strokes before: left in, they count as heads or feet.
    return head_over_foot(without_long_strokes(flat), max(unit, LEAST_UNIT))


def small_print(ink: Mask, dpi: float) -> Mask:
    """The ink at SMALL_DPI without long rules and large black areas: what is left is print."""
    factor = SMALL_DPI / dpi
    size = (max(1, round(ink.shape[1] * factor)), max(1, round(ink.shape[0] * factor)))
    # Of pixels that lie hardly further apart the nearest two are mean enough, at a fifth of the cost.
    way = cv2.INTER_LINEAR if SHRUNK < factor < 1 else cv2.INTER_AREA
    small = cv2.threshold(cv2.resize(ink, size, interpolation=way), INKED, WHITE, cv2.THRESH_BINARY)[1]
    return without_long_strokes(np.asarray(small, np.uint8))


def without_long_strokes(small: Mask) -> Mask:
    """The print of a small mask without the level and upright strokes of rules."""
    both = cv2.bitwise_or(long_runs(small, RULE_PX), tall_runs(small, RULE_PX))
    rules = cv2.dilate(both, np.ones((RULE_MARGIN, RULE_MARGIN), np.uint8))
    return np.asarray(cv2.subtract(small, rules), np.uint8)


def head_over_foot(print_mask: Mask, unit: float) -> tuple[float, int]:
    """(how much more ink stands above the x-height than below the baseline, -1 .. 1, lines measured).

    Vietnamese carries capitals, ascenders and most marks above, and only descenders and the dot below:
    upright pages measure well above 0, pages on their head well below. `unit` is the usual height of a
    small letter in pixels. Lines are looked at in strips a few words wide, so that a slight lean or
    neighbouring columns do not blur them.
    """
    above = below = 0.0
    lines = 0
    strip = max(LEAST_STRIP, round(unit * STRIP_UNITS))
    reach = max(2, round(unit * REACH_UNITS))
    for x in range(0, print_mask.shape[1] - strip // 2, strip):
        inked = cv2.reduce(print_mask[:, x : x + strip], 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
        profile = inked.ravel().astype(np.float64) / FULL_INK
        if profile.max(initial=0.0) < LINE_INK * strip:
            continue
        for top, bottom in _cores(profile, LINE_INK * strip, unit):
            head = profile[max(0, top - reach) : top].sum()
            foot = profile[bottom : bottom + reach].sum()
            above, below, lines = above + head, below + foot, lines + 1
    total = above + below
    return ((above - below) / total if total else 0.0), lines


def _cores(profile: NDArray[np.float64], least: float, unit: float) -> list[tuple[int, int]]:
    """The x-height bands of the lines in a strip: where the profile stays above half its local top."""
    found = []
    inked = profile >= least * CORE_FOOT
    for start, end in runs_of(inked):
        band = profile[start:end]
        if not unit * LEAST_BAND <= end - start <= unit * MOST_BAND or band.max() < least:
            continue
        core = np.flatnonzero(band >= CORE_INK * _ninth_tenth(band))
        if core.size:
            found.append((int(start + core[0]), int(start + core[-1] + 1)))
    return found


def _ninth_tenth(values: NDArray[np.float64]) -> float:
    """The 90th percentile of a few values, as numpy.percentile has it, at a tenth of its cost."""
    ordered = np.sort(values)
    at = NINE_TENTHS * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (ordered[high] - ordered[low]) * (at - low))


def letter_height(mask: Mask) -> float:
    """The usual height of a small letter in pixels: the median height of components that look like
    letters (0 when there are hardly any)."""
    return usual_height(parts_of(mask))


def usual_height(parts: Stats) -> float:
    """`letter_height` of the mask that has these parts."""
    _, _, width, height, area = parts.T
    letters = (
        (height >= LETTER_HIGH)
        & (width >= LETTER_WIDE)
        & (width < WIDEST * height)
        & (height < TALLEST * width)
        & (area > LETTER_INK * width * height)
    )
    letters = _without_leaders(letters, width, height, area)
    if np.count_nonzero(letters) < ENOUGH_LETTERS:
        return 0.0
    return float(np.median(height[letters & (height >= HALF_MEDIAN * np.median(height[letters]))]))


def _without_leaders(
    letters: NDArray[np.bool_], width: NDArray[np.int32], height: NDArray[np.int32], area: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """The components taken for letters without the dots that lead to the blanks of a form, where there are so
    many of them that they would pass for its usual letter."""
    dots = letters & (np.abs(width - height) <= 1) & (area >= DOT_INK * width * height)
    others = letters & ~dots
    if np.count_nonzero(dots) < DOT_SHARE * np.count_nonzero(letters):
        return letters
    if np.count_nonzero(others) < ENOUGH_LETTERS:
        return letters
    return others if np.median(height[others]) >= DOT_LOW * np.median(height[dots]) else letters

"""The lines of print in a cut-out of a level page: which ink is whose, and where each line runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.components import parts_of
from extract.scan.prepare.ink import Mask, Picture

Parts = NDArray[np.int32]
"""Connected parts of ink, a row each: x, y, width, height, area."""

_X, _Y, _W, _H, _AREA = range(5)

BODY = (0.55, 3.2)
"""Letter heights between which a part is the body of a letter; lower ones are marks, points and dashes."""

STACKED = 1.05
"""Letter heights below which what stands right over a letter is its marks."""

NEW_LINE = 0.5
"""Letter heights between the feet of two letters (in order from the top) from which they stand in two lines:
feet in a line differ by 0.4 (descenders), lines stand 2 and more apart."""

BROKEN_OFF, SEAM = 0.9, 0.35
"""Letter heights up to which the bodies of a row are the upper halves of faint letters that broke, and within
which those stand over their lower halves: between lines of print it is 0.7 and more."""

COMMA = 0.2
"""Letter heights under a line's foot to which the middle of a comma reaches."""

CAPITAL = 1.42
"""Height of capitals and figures in heights of a small letter (Times, Arial and their like: 1.38 to 1.48)."""

ASCENT, DESCENT = 0.78, 0.48
"""What a line has above its small letters and below its feet, in heights of a small letter, whether or not
there is ink: a line's picture then shows its letters at their usual size."""

PAD = 0.17
"""Paper above, below and beside a line's picture, in heights of a small letter (4 pixels of 12 pt print)."""

SPECK = 0.006  # of an x-height squared
LEAST_SPECK = 3.0  # pixels
ENOUGH_BODIES = 30  # components whose sizes tell the x-height
LETTER_FLOOR = 12
DOT_UNDER = 0.8  # x-heights of a letter with a mark over it
GAP_ABOVE = 0.35  # x-heights between a mark and its letter
HALF_LETTER = 0.5
SHARED_HEIGHT = 0.35  # of the lower line
NEAREST = 0.12  # x-heights between a part and its line, from the surest on
NEAR = 0.22
FAR = 0.35
WITHIN = 0.1  # x-heights that a part within the line counts as off it
HIGH_PLACE = 0.8  # of the ordered heights
TWO_SIZES = 1.22  # capitals and small letters together
LARGE = 1.2  # x-heights from which all are capitals
LEAST_SIZE = 0.6  # of the page's x-height
MOST_SIZE = 2.4
SIDES = 4
REACH = 0.9  # x-heights of a baseline's neighbours


@dataclass(frozen=True)
class PrintLine:
    """A line of print in pixels of the cut-out. `top` and `bottom` are the rows between which it runs, what
    its letters could reach included; `parts` its ink; `foot` the row on which its letters stand, `letter`
    the height of its small letters."""

    top: float
    bottom: float
    parts: Parts
    foot: float
    letter: float

    @cached_property
    def left(self) -> int:
        """The first column with ink."""
        return int(self.parts[:, _X].min())

    @cached_property
    def right(self) -> int:
        """The column after the last one with ink."""
        return int((self.parts[:, _X] + self.parts[:, _W]).max())

    @cached_property
    def gaps(self) -> list[tuple[int, int]]:
        """The gaps in its ink: the first column of the white, and the first of the ink after it."""
        reached, begins = (edge.tolist() for edge in white_between(self.parts))
        return [(start, end) for start, end in zip(reached, begins, strict=True) if end > start]


def print_parts(ink: Mask, letter: float) -> Parts:
    """The connected parts of `ink` (255 on 0) that are no dust. `letter` is the usual height of a letter on
    the page, in pixels."""
    parts = parts_of(ink)
    return np.asarray(parts[parts[:, _AREA] >= max(LEAST_SPECK, SPECK * letter * letter)], np.int32)


def common_letter(pieces: Sequence[Parts], letter: float) -> float:
    """The height of the small letters of print that is set in one size, in pixels, of the parts of its
    pieces: a table of figures has few small letters, and its usual letter is as high as a capital."""
    heights = np.concatenate([p[:, _H] for p in pieces]) if pieces else np.zeros(0, np.int32)
    bodies = heights[(heights >= BODY[0] * letter) & (heights <= BODY[1] * letter)]
    return small_letter(bodies, letter, LETTER_FLOOR) if len(bodies) >= ENOUGH_BODIES else letter


def print_lines(parts: Parts, letter: float) -> list[PrintLine]:
    """The lines that `parts` make, from the top down. `letter` is the height of a small letter in print of
    the usual size, in pixels."""
    if not len(parts):
        return []
    tall = are_letters(parts, letter)
    if not tall.any():
        return [_flat_line(parts, letter)]
    lines = _rows_of_bodies(parts[tall], letter)
    members = _with_marks(lines, parts[~tall], letter)
    return [_measured(own, bodies, letter) for own, bodies in zip(members, lines, strict=True)]


def are_letters(parts: Parts, letter: float) -> NDArray[np.bool_]:
    """Which parts are bodies of letters and figures, on which a line stands. Roof and tone of a bold ề may
    have run together and be as high as a small letter, but stand right over one."""
    bodies = (parts[:, _H] >= BODY[0] * letter) & (parts[:, _H] <= BODY[1] * letter)
    low = np.flatnonzero(bodies & (parts[:, _H] < STACKED * letter))
    if len(low):
        foot, middle = parts[low, _Y] + parts[low, _H], parts[low, _X] + parts[low, _W] / 2
        under = parts[bodies & (parts[:, _H] >= DOT_UNDER * letter)]
        apart = under[None, :, _Y] - foot[:, None]
        over = (under[None, :, _X] <= middle[:, None]) & (
            (under[:, _X] + under[:, _W])[None] >= middle[:, None]
        )
        bodies[low[(over & (apart >= -0.2 * letter) & (apart <= GAP_ABOVE * letter)).any(axis=1)]] = False
    return np.asarray(bodies, np.bool_)


def _flat_line(parts: Parts, letter: float) -> PrintLine:
    """A line of dashes and points alone: they stand at mid-height or on the foot, so room is left around."""
    middle = float(np.median(parts[:, _Y] + parts[:, _H] / 2))
    foot = middle + HALF_LETTER * letter
    return PrintLine(*_reach(parts, foot, letter), parts, foot, letter)


def _rows_of_bodies(bodies: Parts, letter: float) -> list[Parts]:
    """Bodies of letters by line, from the top down, told apart by where they stand."""
    feet = bodies[:, _Y] + bodies[:, _H]
    order = np.argsort(feet, kind="stable")
    cuts = np.flatnonzero(np.diff(feet[order]) > NEW_LINE * letter) + 1
    if not len(cuts):
        return [bodies[order]]
    rows = [bodies[chosen] for chosen in np.split(order, cuts)]
    out: list[Parts] = []
    for row in rows:
        if out and (_share_rows(out[-1], row) or _broke_off(out[-1], row, letter)):
            out[-1] = np.vstack([out[-1], row])
        else:
            out.append(row)
    return out


def _share_rows(upper: Parts, lower: Parts) -> bool:
    """Whether two groups of bodies stand side by side: raised figures, and brackets, beside letters."""
    (top_a, foot_a), (top_b, foot_b) = _band(upper), _band(lower)
    return min(foot_a, foot_b) - max(top_a, top_b) > SHARED_HEIGHT * min(foot_a - top_a, foot_b - top_b)


def _broke_off(upper: Parts, lower: Parts, letter: float) -> bool:
    """Whether two rows of bodies are the upper and the lower halves of faint letters that broke."""
    (top, foot), (below, _) = _band(upper), _band(lower)
    return foot - top < BROKEN_OFF * letter and below - foot < SEAM * letter


def _band(bodies: Parts) -> tuple[float, float]:
    return _middle(np.sort(bodies[:, _Y])), _middle(np.sort(bodies[:, _Y] + bodies[:, _H]))


def _with_marks(lines: list[Parts], loose: Parts, letter: float) -> list[Parts]:
    """Each line's bodies with the marks, points and large parts that belong to it.

    A mark goes to the nearest ink above or below it; a mark over a mark (the acute of ấ) is told by the
    lower one, so what is closest is given out first.
    """
    if len(lines) == 1:
        return [np.vstack([lines[0], loose])] if len(loose) else lines
    members = list(lines)
    waiting = loose
    for reach in (NEAREST * letter, NEAR * letter, FAR * letter, np.inf):
        if not len(waiting):
            break
        apart = np.stack(
            [np.minimum(gaps(waiting, own), _beyond(waiting, own, letter)) for own in members], axis=1
        )
        nearest = apart.argmin(axis=1)
        taken = apart.min(axis=1) <= reach
        members = [np.vstack([own, waiting[taken & (nearest == k)]]) for k, own in enumerate(members)]
        waiting = waiting[~taken]
    return members


def gaps(marks: Parts, own: Parts) -> NDArray[np.float64]:
    """Pixels between each mark and the ink of a line (`own`) over or under it; inf where there is none."""
    left, right = marks[:, _X, None], (marks[:, _X] + marks[:, _W])[:, None]
    over = (own[None, :, _X] < right) & (own[None, :, _X] + own[None, :, _W] > left)
    foot, top = marks[:, _Y] + marks[:, _H], marks[:, _Y]
    apart = np.maximum(own[None, :, _Y] - foot[:, None], top[:, None] - (own[:, _Y] + own[:, _H])[None])
    return np.asarray(np.where(over, np.maximum(apart, 0), np.inf).min(axis=1), np.float64)


def _beyond(marks: Parts, own: Parts, letter: float) -> NDArray[np.float64]:
    """How far each mark is from a line beside whose letters it stands: next to nothing within the line's
    band and a little under its foot (a comma), else the pixels to the band, and a letter more."""
    y0, y1 = _band(own)
    middle = marks[:, _Y] + marks[:, _H] / 2
    away = np.maximum(np.maximum(y0 - middle, middle - y1), 0)
    inside = (middle >= y0) & (middle <= y1 + COMMA * letter)
    return np.asarray(np.where(inside, WITHIN * letter, away + letter), np.float64)


def _measured(parts: Parts, bodies: Parts, letter: float) -> PrintLine:
    """The line of these parts: where it stands, how high its small letters are, how far it reaches."""
    foot = _middle(np.sort(bodies[:, _Y] + bodies[:, _H]))
    small = small_letter(bodies[:, _H], letter)
    return PrintLine(*_reach(parts, foot, small), parts, foot, small)


def small_letter(heights: NDArray[np.int32], letter: float, share: float = 20) -> float:
    """The height of a line's small letters, of its bodies' heights: the lower of two kinds, or of one kind
    that is as high as capitals are, what small letters beside them would be. `share` is the percentage
    that must be small for there to be two kinds."""
    ordered = np.sort(heights)
    low, high = ordered[int((len(ordered) - 1) * share / 100)], ordered[int((len(ordered) - 1) * HIGH_PLACE)]
    if high > TWO_SIZES * low:
        small = _middle(ordered[: np.searchsorted(ordered, (low + high) / 2, side="right")])
    else:
        middle = _middle(ordered)
        small = middle / CAPITAL if middle > LARGE * letter else middle
    return min(max(small, LEAST_SIZE * letter), MOST_SIZE * letter)


def _middle(ordered: NDArray[np.int32]) -> float:
    """The median of rising numbers (numpy's own takes ten times as long over a few)."""
    return float(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _reach(parts: Parts, foot: float, letter: float) -> tuple[float, float]:
    """(top, bottom) of a line: its ink, and what its letters could reach."""
    top = min(float(parts[:, _Y].min()), foot - (1 + ASCENT) * letter)
    bottom = max(float((parts[:, _Y] + parts[:, _H]).max()), foot + DESCENT * letter)
    return top, bottom


def line_picture(picture: Picture, lines: list[PrintLine], index: int, paper: int = 255) -> Picture:
    """The picture of one of the cut-out's lines with paper around, the others' ink painted over."""
    line = lines[index]
    pad = max(2, round(PAD * line.letter))
    top, bottom = round(line.top) - pad, round(line.bottom) + pad
    left, right = line.left - pad, line.right + pad
    height, width = picture.shape
    y0, y1, x0, x1 = max(0, top), min(height, bottom), max(0, left), min(width, right)
    part = picture[y0:y1, x0:x1]
    strangers = [_strangers(other.parts, (x0, y0, x1, y1)) for other in lines if other is not line]
    if any(len(found) for found in strangers):
        part = part.copy()
        for found in strangers:
            for x, y, w, h in found[:, :SIDES] - (x0, y0, 0, 0):
                part[max(0, y - 1) : max(0, y + h + 1), max(0, x - 1) : max(0, x + w + 1)] = paper
        for x, y, w, h in line.parts[:, :SIDES]:
            a, b, c, d = max(y0, y), min(y1, y + h), max(x0, x), min(x1, x + w)
            part[a - y0 : b - y0, c - x0 : d - x0] = picture[a:b, c:d]
    around = (y0 - top, bottom - y1, x0 - left, right - x1)
    return cv2.copyMakeBorder(part, *around, cv2.BORDER_CONSTANT, value=paper).astype(np.uint8)


def _strangers(parts: Parts, box: tuple[int, int, int, int]) -> Parts:
    """Which parts reach into the box."""
    x0, y0, x1, y1 = box
    inside = (parts[:, _X] < x1) & (parts[:, _X] + parts[:, _W] > x0)
    inside &= (parts[:, _Y] < y1) & (parts[:, _Y] + parts[:, _H] > y0)
    return parts[inside]


def white_between(parts: Parts) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Where the white between parts of ink begins, and where the next ink does, from left to right (columns);
    the ink begins first where parts lie over each other."""
    order = np.argsort(parts[:, _X], kind="stable")
    reached = np.maximum.accumulate(parts[order, _X] + parts[order, _W])
    return reached[:-1], parts[order, _X][1:]


def word_bounds(line: PrintLine, breaks: list[float]) -> list[tuple[int, int, int, int]]:
    """The bounds (x0, y0, x1, y1) of the ink of each word, `breaks` being where the blanks between them
    were read (columns of the cut-out): the widest gap of ink near each one is taken. A word that gets no
    ink is given the place between its breaks."""
    edges = [-np.inf, *(_snapped(line, at) for at in breaks), np.inf]
    parts = [(x + w / 2, x, y, x + w, y + h) for x, y, w, h in line.parts[:, :SIDES].tolist()]
    out = []
    for start, end in pairwise(edges):
        own = [part for part in parts if start < part[0] <= end]
        if own:
            _, lefts, tops, rights, feet = zip(*own, strict=True)
            x0, x1 = max(start, min(lefts)), min(end, max(rights))  # a line under words runs on
            out.append((int(x0), min(tops), int(max(x0 + 1, x1)), max(feet)))
        else:
            x0, x1 = max(start, line.left), min(end, line.right)
            out.append((int(x0), int(line.foot - line.letter), int(max(x0 + 1, x1)), int(line.foot)))
    return out


def _snapped(line: PrintLine, at: float) -> float:
    """The middle of the widest gap between parts near the column `at`, else `at`."""
    reach = REACH * line.letter
    near = [(end - start, (end + start) / 2) for start, end in line.gaps]
    near = [(gap, middle) for gap, middle in near if abs(middle - at) <= reach]
    return max(near, key=itemgetter(0))[1] if near else at

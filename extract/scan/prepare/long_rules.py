"""Long rules told by their evenness: however close figures stand, however grey or dotted the rule is.

A rule is as dark at one place as at another; strokes of letters that stand in line are not. Averaged along
its own way a rule keeps its tone, while a dithered shade becomes an even ground that it stands out from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.ink import Mask, Picture
from extract.scan.prepare.runs import long_runs, runs_of
from extract.scan.prepare.strokes import SHORTEST, THICKEST, Stroke, long_strokes, own_and_beside

# All lengths in pixels at DETECTION_DPI (150), all tones in shares of the print's contrast. Measured on 12
# pages of eight kinds of damage (shaded, copied twice, 100 dpi, bleeding through, real scans).
AVERAGED = 21
"""Over how much of its length a rule's tone is averaged: the dots of a shade and of a dotted rule vanish."""

UNBROKEN = 36
"""Length from which one unbroken piece is looked at here (a quarter of an inch): a rule beside the second row
of a header, dots of a dotted rule between which others faded."""

BREAK = 4
"""Length from which a gap parts two pieces of a rule: JPEG eats 3 at most."""

STRONG = 0.3
"""Tone of a plain rule once averaged; the dots of a shade reach 0.2 beside it."""

PALEST = 0.1
"""Tone of the palest rule once averaged: fine dots give 0.13 to 0.2, blank paper less than 0.03."""

DOTTED = 0.8
"""Share of its length over which a pale dotted rule is inked at most: 0.5 to 0.7; a thick rule that shines
through from the page's back is inked for 0.85 and more."""

REST = 25
"""Length from which what is left of a dotted rule counts, on a line where the rule is known: averaged, one
dot below a letter is 21 long."""

WINDOW = 15
"""Length over which a rule's evenness is taken: wider than a gap between two letters or lines of print."""

LOW = 0.1
"""Share of a stroke's windows that may be paler than its evenness says of them; the median is its tone."""


@dataclass(frozen=True, slots=True)
class Evenness:
    """The least a stroke must show to be a rule: share of its length that is inked, evenness (its tone at
    the pale end of its windows, a share of the median), tone, length; at most `crowd` of it beside ink."""

    solid: float
    even: float
    tone: float
    length: int
    crowd: float
    thickness: float


SOLID = (
    Evenness(solid=0.9, even=0.7, tone=0.2, length=60, crowd=0.5, thickness=THICKEST),
    Evenness(solid=0.95, even=0.7, tone=0.6, length=75, crowd=1.0, thickness=THICKEST),
)
"""Rules whatever else the page has: print that stands in line is inked 0.4 to 0.92 and even 0.2 to 0.75 (0.87
at 100 dpi, where it is crowded); rules in a dithered header are inked 0.97 and even 0.84."""

HELD = Evenness(solid=0.9, even=0.7, tone=0.6, length=SHORTEST, crowd=1.0, thickness=4.0)
"""Short rules that figures or a shade crowd: they are rules where other rules hold them at both ends."""

PALE = (
    Evenness(solid=0.3, even=0.4, tone=0.12, length=40, crowd=0.1, thickness=4.0),
    Evenness(solid=0.3, even=0.7, tone=0.12, length=150, crowd=0.25, thickness=4.0),
    Evenness(solid=0.3, even=0.8, tone=0.12, length=300, crowd=0.5, thickness=4.0),
)
"""Dotted rules, fine ones smeared over two rows: lines of print are crowded for 0.3 and more, and rules of
the page's back that shine through are inked for 0.06 at most. The dots below letters of 9 point print and its
marks crowd a rule for 0.12 to 0.26, a dithered shade for 0.3; an inch of print is never so even."""


@dataclass(frozen=True, slots=True)
class LongRules:
    """The strokes that are rules by themselves; short ones, which are where rules hold both their ends;
    dotted ones, which are where they meet rules; and all else that stands out in this direction, however
    pale."""

    sure: tuple[Stroke, ...]
    held: tuple[Stroke, ...]
    pale: tuple[Stroke, ...]
    faint: Mask

    def rests(self, first: int, last: int) -> list[Stroke]:
        """What is left of a dotted rule between rows `first` and `last`, where pieces of it are known."""
        band = np.ascontiguousarray(self.faint[first:last])
        strokes = long_strokes(long_runs(band, REST), REST)
        return [Stroke(s.mask, s.left, s.top + first) for s in strokes]


def long_rules(small: Picture, hat: Picture, dark: Mask, contrast: float) -> LongRules:
    """The long lying rules of `small`. `hat` is how much darker each pixel is than the paper above and
    below it, `dark` where ink is."""
    averaged = cv2.blur(small, (AVERAGED, 1))
    across = np.ones((THICKEST + 2, 1), np.uint8)
    even = np.asarray(cv2.morphologyEx(averaged, cv2.MORPH_BLACKHAT, across), np.uint8)
    sure: list[Stroke] = []
    held, pale = [], []
    for cut, tone in _unbroken(_above(even, STRONG * contrast), hat, contrast, SHORTEST):
        shown = _Shown(cut, tone, dark)
        if any(shown.is_all_of(least) for least in SOLID):
            sure += _pieces(cut, tone)
        elif shown.is_all_of(HELD):
            held.append(cut)
    faint = _above(even, PALEST * contrast)
    for stroke in sure:
        height, width = stroke.mask.shape
        faint[max(0, stroke.top - 1) : stroke.top + height + 1, stroke.left : stroke.left + width] = 0
    for cut, tone in _unbroken(faint, hat, contrast, min(least.length for least in PALE)):
        shown = _Shown(cut, tone, dark)
        if any(shown.is_all_of(least) for least in PALE) and _is_dotted(tone):
            pale.append(cut)
    return LongRules(tuple(sure), tuple(held), tuple(pale), faint)


def _is_dotted(tone: NDArray[np.float64]) -> bool:
    """Whether a pale rule has dots: one that is even throughout is of the page's back."""
    return _mean(tone) >= STRONG or _share(tone >= SOLID[0].tone) < DOTTED


def _mean(tones: NDArray[np.float64]) -> float:
    """`np.mean` in a fifth of its time."""
    return float(np.add.reduce(tones) / tones.size)


def _share(which: NDArray[np.bool_]) -> float:
    return np.count_nonzero(which) / which.size


def _above(even: Picture, level: float) -> Mask:
    return np.asarray(cv2.threshold(even, level, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _unbroken(
    mask: Mask, hat: Picture, contrast: float, shortest: int
) -> Iterator[tuple[Stroke, NDArray[np.float64]]]:
    """The unbroken strokes of a mask, `shortest` long at least, each with its tone along it as shares of the
    contrast."""
    for stroke in long_strokes(long_runs(mask, UNBROKEN), shortest):
        cut = _within_its_ink(stroke, tone_of(stroke, hat), contrast)
        if cut is not None:
            yield cut


def tone_of(stroke: Stroke, hat: Picture) -> NDArray[np.float64]:
    """How dark the stroke is at each of its columns."""
    height, width = stroke.mask.shape
    under = hat[stroke.top : stroke.top + height, stroke.left : stroke.left + width]
    darkest = cv2.reduce(cv2.bitwise_and(under, stroke.mask), 0, cv2.REDUCE_MAX)
    return np.asarray(darkest.ravel(), np.float64)


def _within_its_ink(
    stroke: Stroke, tone: NDArray[np.float64], contrast: float
) -> tuple[Stroke, NDArray[np.float64]] | None:
    """The stroke without the ends that averaging drew out, and its tone along it as shares of the contrast;
    None where too little is left. `tone` is the whole stroke's, in grey levels."""
    inked = np.asarray(tone >= PALEST * contrast)
    if np.count_nonzero(inked) < 2:
        return None
    first, last = int(inked.argmax()), len(inked) - int(inked[::-1].argmax())
    cut = Stroke(np.ascontiguousarray(stroke.mask[:, first:last]), stroke.left + first, stroke.top)
    return cut, tone[first:last] / contrast


def _pieces(stroke: Stroke, tone: NDArray[np.float64]) -> list[Stroke]:
    """A rule's pieces between its gaps, without stems of letters that stand in line with it: a rule over a
    merged cell is two, whatever capital stands between them."""
    inked = cv2.morphologyEx(
        (tone >= SOLID[0].tone).astype(np.uint8).reshape(1, -1),
        cv2.MORPH_CLOSE,
        np.ones((1, BREAK), np.uint8),
    ).ravel()
    runs = runs_of(inked)
    long = [(start, end) for start, end in runs if end - start >= SHORTEST]
    if not long or len(runs) < 2:
        return [stroke]
    return [
        Stroke(np.ascontiguousarray(stroke.mask[:, start:end]), stroke.left + start, stroke.top)
        for start, end in long
    ]


class _Shown:
    """What a stroke with a tone along it shows of a rule; what costs most is looked at once, and last."""

    def __init__(self, stroke: Stroke, tone: NDArray[np.float64], dark: Mask) -> None:
        self._stroke, self._tone, self._dark = stroke, tone, dark

    def is_all_of(self, least: Evenness) -> bool:
        """Whether it is all that `least` asks for."""
        if self._stroke.width < least.length or self._stroke.thickness > least.thickness:
            return False
        if self._solid < least.solid or self._mean < least.tone:
            return False
        pale, middle = self._windows
        if pale < least.even * middle:
            return False
        return least.crowd >= 1 or self._crowd <= least.crowd

    @cached_property
    def _solid(self) -> float:
        return _share(np.asarray(self._tone >= SOLID[0].tone))

    @cached_property
    def _mean(self) -> float:
        return _mean(self._tone)

    @cached_property
    def _crowd(self) -> float:
        return _share(np.asarray(own_and_beside(self._stroke, self._dark)[1].any(axis=0)))

    @cached_property
    def _windows(self) -> tuple[float, float]:
        """The tones of the palest windows that count, and of the middle one."""
        blurred = cv2.blur(self._tone.reshape(1, -1), (WINDOW, 1)).ravel()
        windows = np.sort(blurred[WINDOW // 2 : -(WINDOW // 2)])
        return float(windows[int(LOW * windows.size)]), float(windows[windows.size // 2])

"""Screens taken out of a page: grounds of dots so dense that no white is left between them.

A printer or a copier makes a shade of dots. Where they are dense the rules of a header drown in them, the
page's own tones are told wrongly, and letters and dots are one piece of ink. So screens are found by their
many edges and painted over before rules are looked for: print and rules in them then stand on plain paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.components import labelled, parts_of
from extract.scan.prepare.dots import GREY, MARK, ink_and_dots, print_among, without_dots
from extract.scan.prepare.ink import Mask, Picture, halved, ink_mask, ink_tone, threshold_of, tones

COARSE = 4
"""Pixels a side of the blocks on which screens are looked for: those of a picture halved twice."""

# In letter heights. Measured on 90 pages: headers dithered in grey, plain print, copies, faxes.
LOW, NARROW = 1.6, 3.0
"""The least height and width of a screen: a line of print with its marks is lower, words are narrower."""

LEAST_AREA = 30.0
"""Letter heights squared of the least screen: lines of print that overlap make 15, what is left of a seal 25
and once 50, a shaded row 90 and more."""

LEAST_EDGES, NEIGHBOURHOOD = 2.8, 2.0
"""Changes between dark and light a letter height of way, both across and down, counted over squares of so
many letter heights: screens 3.1 to 5, dense print 1.5 to 2.6."""

OWN_RIM, RIM = 0.4, 1.2
"""Letter heights by which a screen goes on beyond where it has so many, and within which its dots end."""

DOT, PITCH, DOTTED = 0.35, 0.25, 0.25
"""Letter heights of the largest dot and of squares of which a screen has a dot in so large a share: thin
screens 0.3 and more, marks of print 0.1, a dotted rule 0.13."""

BESIDE, MOST_OF_BOX = 8.0, 0.6
"""Letter heights between parts of a screen that are one; share of the rectangle round a screen from which it
is all of it."""

AROUND = 4.0
"""Letter heights round a screen that are looked at with it: a rule goes on beyond."""

AVERAGED, FINELY, ACROSS = 31, 11, 9
"""Pixels along a rule over which its tone is averaged, and averaged to see whether it is even; and across it
within which it stands out."""

STANDS_OUT, STRONG = 0.15, 0.2
"""Shares of the contrast by which a rule averaged along its way is darker than the dots beside it, everywhere
and in the mean: dotted ones 0.22 to 0.28, whole ones 0.34 and more."""

PALE_END, MIDDLE, EVEN = 20, 50, 0.6
"""Percentiles of a rule's tones along its way, and the share of the middle one that the paler reaches: rules
0.74 and more, rests of letters up to 0.36."""

UNBROKEN, WAY, GAP = 0.9, 4.0, 0.5
"""Share of any WAY (letter heights) of a rule over which it stands out, which is also the length of the
shortest, and letter heights of the widest gap in one."""

DRAWN = 3
"""Pixels of thickness with which a rule is drawn: a fine one's."""

WORD_HIGH, WORD_WIDE, THIN = 2.0, 8.0, 0.25
"""Letter heights: words are lower and narrower, and no rule is as thick."""

STROKE, FULL = 0.12, 0.8
"""Letter heights of squares within strokes of print, and the share of one that is inked where dots and print
are of one tone: dots ink 0.2 to 0.6."""

WHITE = 255


@dataclass(frozen=True, slots=True)
class Screened:
    """A page without its screens; the same with the rules in them as dark as print; and where the screens
    were, a mask COARSE times smaller."""

    picture: Picture
    ruled: Picture
    where: Mask


@dataclass(frozen=True, slots=True)
class _Screen:
    """One screen: the piece of the page round it (rows y0 to y1, columns x0 to x1), its pixels there, and
    those round it where its last dots lie beside print on plain paper."""

    x0: int
    y0: int
    x1: int
    y1: int
    within: NDArray[np.bool_]
    rim: NDArray[np.bool_]


def without_screens(picture: Picture, paper: int, ink: int, letter: float) -> Screened | None:
    """The page without its screens, or None where it has none. `paper` and `ink` are grey levels (the ink's
    as the dots made it seem), `letter` is the height of letters in pixels."""
    dark = ink_mask(picture, round(paper - GREY * (paper - ink)))
    screens = list(_screens(dark, letter))
    if not screens:
        return None
    out, where = picture.copy(), np.zeros((dark.shape[0] // COARSE, dark.shape[1] // COARSE), np.uint8)
    for screen in screens:
        out[screen.y0 : screen.y1, screen.x0 : screen.x1][screen.within] = paper
    histogram = tones(out)
    threshold = threshold_of(histogram)
    ink = min(ink, ink_tone(histogram, threshold) or ink)
    drawn = np.zeros(picture.shape, bool)
    for screen in screens:
        rows, columns = slice(screen.y0, screen.y1), slice(screen.x0, screen.x1)
        clean, rules = _cleaned(picture[rows, columns], paper, ink, threshold, letter)
        out[rows, columns][screen.within] = clean[screen.within]
        out[rows, columns][screen.rim & _single_dots(dark[rows, columns], letter)] = paper
        drawn[rows, columns] |= screen.within & (rules > 0)
        coarse = cv2.resize(screen.within.astype(np.uint8), None, fx=1 / COARSE, fy=1 / COARSE)
        y, x = screen.y0 // COARSE, screen.x0 // COARSE
        where[y : y + coarse.shape[0], x : x + coarse.shape[1]] |= coarse * WHITE
    ruled = out.copy()
    ruled[drawn] = ink
    return Screened(out, ruled, where)


def _screens(dark: Mask, letter: float) -> Iterator[_Screen]:
    """The screens of a page, `dark` being the mask of all that is no paper."""
    height, width = dark.shape[0] // COARSE, dark.shape[1] // COARSE
    size = letter / COARSE
    if min(height, width) <= size:
        return
    found = cv2.bitwise_or(_many_edges(dark, letter), _many_dots(dark, letter))
    if not cv2.countNonZero(found):
        return
    whole = max(1, round(NEIGHBOURHOOD * size))
    found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((whole, round(BESIDE * size)), np.uint8))
    box = np.ones((max(2, round(LOW * size)), max(2, round(NARROW * size))), np.uint8)
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, box)
    labels, stats = labelled(np.asarray(found, np.uint8))
    around = round(AROUND * size)
    for index, (x, y, w, h, area) in enumerate(stats.tolist()):
        if index and area >= LEAST_AREA * size * size:
            x0, y0 = max(0, x - around), max(0, y - around)
            x1, y1 = min(width, x + w + around), min(height, y + h + around)
            own = (labels[y0:y1, x0:x1] == index).astype(np.uint8)
            if area >= MOST_OF_BOX * w * h:  # rows are rectangles, however thin the dots in a corner
                own[y - y0 : y - y0 + h, x - x0 : x - x0 + w] = 1
            within, rim = (_finely(own, reach * size) for reach in (OWN_RIM, RIM))
            yield _Screen(x0 * COARSE, y0 * COARSE, x1 * COARSE, y1 * COARSE, within, rim & ~within)


def _finely(own: Mask, reach: float) -> NDArray[np.bool_]:
    """A mask grown by `reach` of its pixels, COARSE times larger."""
    side = 2 * round(reach) + 1
    grown = cv2.dilate(own, np.ones((side, side), np.uint8))
    return np.kron(np.asarray(grown, np.uint8), np.ones((COARSE, COARSE), np.uint8)).astype(bool)


def _many_edges(dark: Mask, letter: float) -> Mask:
    """255, on a mask COARSE times smaller, where dark and light change as often as in a dense screen, both
    ways."""
    side = max(1, round(NEIGHBOURHOOD * letter / COARSE))
    least = round(LEAST_EDGES / letter * WHITE) - 1

    def many(changes: Mask) -> Mask:
        near = cv2.blur(halved(halved(changes)), (side, side))
        return np.asarray(cv2.threshold(near, least, WHITE, cv2.THRESH_BINARY)[1], np.uint8)

    changes = np.empty_like(dark)
    changes[:, 0] = 0
    np.bitwise_xor(dark[:, 1:], dark[:, :-1], out=changes[:, 1:])
    across = many(changes)
    if not cv2.countNonZero(across):  # most pages have no screen
        return across
    np.bitwise_xor(dark[1:], dark[:-1], out=changes[1:])
    changes[0] = 0
    return np.asarray(cv2.bitwise_and(across, many(changes)), np.uint8)


def _many_dots(dark: Mask, letter: float) -> Mask:
    """255, on a mask COARSE times smaller, where single dots lie as close as in a screen, on all sides."""
    half = cv2.threshold(halved(dark), 0, WHITE, cv2.THRESH_BINARY)[1]
    x, y, w, h, _ = parts_of(np.asarray(half, np.uint8)).T
    is_dot = np.maximum(w, h) < DOT * letter / 2
    pitch = PITCH * letter / 2
    places = np.zeros((int(half.shape[0] / pitch) + 1, int(half.shape[1] / pitch) + 1), np.uint8)
    middle_y, middle_x = (y + h / 2)[is_dot], (x + w / 2)[is_dot]
    places[(middle_y / pitch).astype(int), (middle_x / pitch).astype(int)] = WHITE
    side = round(NEIGHBOURHOOD / PITCH)
    many = cv2.threshold(cv2.blur(places, (side, side)), round(DOTTED * WHITE) - 1, WHITE, cv2.THRESH_BINARY)[
        1
    ]
    size = (dark.shape[1] // COARSE, dark.shape[0] // COARSE)
    reach = (round(places.shape[1] * 2 * pitch / COARSE), round(places.shape[0] * 2 * pitch / COARSE))
    return np.asarray(
        cv2.resize(many, reach, interpolation=cv2.INTER_NEAREST)[: size[1], : size[0]], np.uint8
    )


def _cleaned(part: Picture, paper: int, ink: int, threshold: int, letter: float) -> tuple[Picture, Mask]:
    """A piece of the page round a screen with print only, and the rules in it."""
    contrast = float(paper - ink)
    apart = ink_and_dots(part, paper, contrast)
    strokes = part if apart else _of_strokes(part, paper, threshold, letter)
    clean = without_dots(strokes, paper, ink, threshold, letter)
    rules = _rules_through(_without_print(part, ink_mask(clean, threshold), letter), contrast, letter)
    return clean, rules


def _without_print(part: Picture, print_mask: Mask, letter: float) -> Picture:
    """A piece with its letters and words painted in the tone round them, rules and dots left: stems that
    stand under each other look like a rule."""
    labels, stats = labelled(print_mask)
    w, h = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    letters = (np.maximum(w, h) < WAY * letter) | (
        (h < WORD_HIGH * letter) & (w < WORD_WIDE * letter) & (np.minimum(w, h) > THIN * letter)
    )
    letters[0] = False
    where = cv2.dilate(letters[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    around = max(1, round(NEIGHBOURHOOD * letter))
    out = part.copy()
    out[where] = cv2.blur(part, (around, around))[where]
    return out


def _single_dots(dark: Mask, letter: float) -> NDArray[np.bool_]:
    """Where single dots lie that are no marks of print, with their grey edges."""
    labels, stats, is_print = print_among(dark, letter, MARK)
    dots = ~is_print & (stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_AREA].max(axis=1) < DOT * letter)
    return np.asarray(cv2.dilate(dots[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)


def _of_strokes(part: Picture, paper: int, threshold: int, letter: float) -> Picture:
    """A piece in which print is told from dots of its own tone by its strokes alone: they are inked all over,
    the ground of dots in part."""
    mask = ink_mask(part, threshold)
    side = max(3, round(STROKE * letter))
    full = cv2.threshold(cv2.blur(mask, (side, side)), round(FULL * WHITE) - 1, WHITE, cv2.THRESH_BINARY)[1]
    near = cv2.bitwise_and(cv2.dilate(full, np.ones((side, side), np.uint8)), mask)
    out = part.copy()
    out[near == 0] = paper
    return out


def _rules_through(part: Picture, contrast: float, letter: float) -> Mask:
    """255 where a rule goes through a piece of the page without print."""
    lying = _lying(part, contrast, letter)
    standing = _lying(np.ascontiguousarray(part.T), contrast, letter)
    return np.asarray(cv2.bitwise_or(lying, np.ascontiguousarray(standing.T)), np.uint8)


def _lying(part: Picture, contrast: float, letter: float) -> Mask:
    """255 on lying strokes that stand out of the dots, be they of the dots' own tone: averaged along its way
    a rule keeps its tone, the dots become an even ground."""
    hat = _standing_out(part, AVERAGED)
    out = np.asarray(cv2.threshold(hat, STANDS_OUT * contrast, WHITE, cv2.THRESH_BINARY)[1], np.uint8)
    way = max(1, round(WAY * letter))
    share = cv2.blur(cv2.dilate(out, np.ones((3, 1), np.uint8)), (way, 1))
    most = cv2.threshold(share, round(WHITE * UNBROKEN) - 1, WHITE, cv2.THRESH_BINARY)[1]
    core = cv2.bitwise_and(out, most)
    grown = cv2.bitwise_and(cv2.dilate(core, np.ones((1, way), np.uint8)), out)
    bridged = cv2.morphologyEx(grown, cv2.MORPH_CLOSE, np.ones((1, max(1, round(GAP * letter))), np.uint8))
    labels, stats = labelled(np.asarray(bridged, np.uint8))
    fine, drawn = _standing_out(part, FINELY), np.zeros(part.shape, np.uint8)
    for index, (x, y, w, h, _) in enumerate(stats.tolist()):
        if not index or w < WAY * letter:
            continue
        own = labels[y : y + h, x : x + w] == index
        mean = float(np.mean(hat[y : y + h, x : x + w][own & (grown[y : y + h, x : x + w] > 0)]))
        tone = np.where(own, fine[y : y + h, x : x + w], 0).max(axis=0)
        pale, middle = np.percentile(tone, (PALE_END, MIDDLE))
        if mean >= STRONG * contrast and pale >= EVEN * middle:
            rows = np.arange(y, y + h) @ own / own.sum(axis=0)
            drawn[np.rint(rows).astype(int), np.arange(x, x + w)] = WHITE
    return np.asarray(cv2.dilate(drawn, np.ones((DRAWN, DRAWN), np.uint8)), np.uint8)


def _standing_out(part: Picture, averaged: int) -> Picture:
    """How much darker each pixel is than those above and below it, all averaged sideways."""
    even = cv2.blur(part, (averaged, 1))
    return np.asarray(cv2.morphologyEx(even, cv2.MORPH_BLACKHAT, np.ones((ACROSS, 1), np.uint8)), np.uint8)

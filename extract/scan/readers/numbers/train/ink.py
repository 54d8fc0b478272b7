"""A string as clean ink: drawn in a font, with its neighbours, underlines and the table's rules around it."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from extract.scan.readers.numbers.prepare import Picture

_MEASURE_AT = 24
_BOLD_FROM = 28  # pixels
_BOLD = 0.06
_PAD = 4
_SPACED = 0.125
_TIGHT = 0.09  # em
_WIDE = 0.14
_SLANT_ROOM = 3
_FULL = 255
_UNDERLINED = 0.02
_UNDERLINE_BELOW = 14  # part of an em
_RULE_THICK = 14  # part of an em
_UNDERLINE_THIN = 18
_LOOSE_CUT = 0.5
_LOOSE = 1.2
_TIGHT_CUT = 0.3
_SIDES = 4
_WHOLE_ROOM = 4
_CUT_INTO = 0.12  # of the crops, on one side
_NEIGHBOUR_GAP = 0.12  # em
_CUT_DEPTH = 24
_NEIGHBOUR_ABOVE = 0.5
_NEIGHBOUR_FROM = 0.1  # of a line above or below, what shows
_RULE_TOUCHES = 0.1
_NEIGHBOUR_TO = 0.5
_NEIGHBOUR_FOOT = 0.4
_RULED = 0.13
_PALEST_RULE = 110
_LEVELS = 256
_BROKEN_RULE = 0.35
_SHORTEST_PIECE = 3


@lru_cache(maxsize=4096)
def font_of(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=1024)
def _lacking(path: str) -> str:
    """The dashes that a font has no shape for, and would print as a box."""
    font = font_of(path, _MEASURE_AT)
    box = bytes(font.getmask("\uffff"))
    return "".join(dash for dash in "–—−" if bytes(font.getmask(dash)) == box)


def draw_text(text: str, path: str, size: int, rng: Generator) -> Picture:
    """`text` as uint8 ink (255 on 0) of (line height, width): ascent and descent kept, no side margins.

    A sample in eight is set tight or loose sign by sign, so that digits touch or stand apart; some are
    made bolder or underlined.
    """
    font = font_of(path, size)
    text = "".join("-" if sign in _lacking(path) else sign for sign in text)
    ascent, descent = font.getmetrics()
    stroke = 1 if size > _BOLD_FROM and rng.random() < _BOLD else 0
    pad = _PAD
    if rng.random() < _SPACED and len(text) > 1:
        shift = float(rng.uniform(-_TIGHT, _WIDE)) * size
        places, x = [], 0.0
        for sign in text:
            places.append(x)
            x += font.getlength(sign) + shift
        width = x
    else:
        places, width = [], font.getlength(text)
    picture = Image.new("L", (max(1, int(width)) + 2 * pad + size // _SLANT_ROOM, ascent + descent + 2 * pad))
    pen = ImageDraw.Draw(picture)
    if places:
        for sign, x in zip(text, places):
            pen.text((pad + x, pad), sign, fill=_FULL, font=font, stroke_width=stroke)
    else:
        pen.text((pad, pad), text, fill=_FULL, font=font, stroke_width=stroke)
    if rng.random() < _UNDERLINED:
        y = pad + ascent + max(1, size // _UNDERLINE_BELOW)
        pen.line((pad, y, pad + width, y), fill=_FULL, width=max(1, size // _UNDERLINE_THIN))
    return _trimmed(np.asarray(picture, np.uint8))


def _trimmed(ink: Picture) -> Picture:
    """Without the empty columns and rows around the ink."""
    x, y, w, h = cv2.boundingRect(ink)
    return ink[y : y + h, x : x + w] if w and h else np.zeros((2, 2), np.uint8)


def surround(ink: Picture, size: int, other: Picture | None, rng: Generator, whole: bool) -> Picture:
    """The cell's crop: margins tight to loose, rules, neighbours' ink; some ink cut off unless `whole`."""
    height, width = ink.shape
    loose = rng.random() < _LOOSE_CUT
    most = size * (_LOOSE if loose else _TIGHT_CUT)
    top, bottom, left, right = (int(rng.uniform(0, most)) for _ in range(_SIDES))
    room = _WHOLE_ROOM if whole else 2
    canvas = np.zeros((height + top + bottom + 2 * room, width + left + right + 2 * room), np.uint8)
    canvas[top + room : top + room + height, left + room : left + room + width] = ink
    if other is not None:
        _add_neighbour(canvas, other, top + room, left + room + width, size, rng)
    _add_rules(canvas, top + room, left + room, (bottom + room, right + room), size, rng)
    cut = [0 if whole else room] * _SIDES
    if rng.random() < _CUT_INTO and not whole:
        cut[int(rng.integers(_SIDES))] += int(rng.integers(0, 2 + size // _CUT_DEPTH))
    t, b, l, r = cut
    out = canvas[t : canvas.shape[0] - b, l : canvas.shape[1] - r]
    return out if min(out.shape) >= 2 else canvas


def _add_neighbour(canvas: Picture, other: Picture, top: int, right: int, size: int, rng: Generator) -> None:
    """A slice of another row's print at the upper or lower edge, clear of the line by a little."""
    height, width = canvas.shape
    gap = max(2, int(_NEIGHBOUR_GAP * size))
    above = rng.random() < _NEIGHBOUR_ABOVE
    room = top - gap if above else height - (top + min(size, height)) - gap
    if room < 2:
        return
    part = other[-room:] if above else other[:room]
    part = (
        part[: max(2, int(rng.uniform(_NEIGHBOUR_FROM, _NEIGHBOUR_TO) * size))]
        if not above
        else part[-max(2, int(_NEIGHBOUR_FOOT * size)) :]
    )
    x = int(rng.integers(-part.shape[1] // 2, max(1, width - part.shape[1] // 2)))
    x0, x1 = max(0, x), min(width, x + part.shape[1])
    if x1 <= x0:
        return
    rows = slice(0, part.shape[0]) if above else slice(height - part.shape[0], height)
    np.maximum(canvas[rows, x0:x1], part[:, x0 - x : x1 - x], out=canvas[rows, x0:x1])


def _add_rules(
    canvas: Picture, top: int, left: int, after: tuple[int, int], size: int, rng: Generator
) -> None:
    """Remnants of the table's rules in the margins, whole or in pieces, seldom touching the ink."""
    height, width = canvas.shape
    for side in range(_SIDES):
        if rng.random() > _RULED:
            continue
        room = (top, after[0], left, after[1])[side]
        thick = int(rng.integers(1, 2 + max(1, size // _RULE_THICK)))
        near = int(rng.integers(0, max(1, room - thick - 1) + (1 if rng.random() < _RULE_TOUCHES else 0)))
        dark = int(rng.integers(_PALEST_RULE, _LEVELS))
        length = width if side < 2 else height
        start, stop = 0, length
        if rng.random() < _BROKEN_RULE:
            start = int(rng.integers(0, length))
            stop = min(length, start + int(rng.integers(2, max(_SHORTEST_PIECE, length))))
        at = near if side in (0, 2) else (height if side == 1 else width) - near - thick
        area = (slice(at, at + thick), slice(start, stop))
        if side >= 2:
            area = (area[1], area[0])
        np.maximum(canvas[area], dark, out=canvas[area])

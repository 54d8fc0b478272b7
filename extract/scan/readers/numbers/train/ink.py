"""A string as clean ink: drawn in a font, with its neighbours, underlines and the table's rules around it."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from extract.scan.readers.numbers.prepare import Picture


@lru_cache(maxsize=4096)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=1024)
def _lacking(path: str) -> str:
    """The dashes that a font has no shape for, and would print as a box."""
    font = _font(path, 24)
    box = bytes(font.getmask("\uffff"))
    return "".join(dash for dash in "–—−" if bytes(font.getmask(dash)) == box)


def draw_text(text: str, path: str, size: int, rng: Generator) -> Picture:
    """`text` as uint8 ink (255 on 0) of (line height, width): ascent and descent kept, no side margins.

    A sample in eight is set tight or loose sign by sign, so that digits touch or stand apart; some are
    made bolder or underlined.
    """
    font = _font(path, size)
    text = "".join("-" if sign in _lacking(path) else sign for sign in text)
    ascent, descent = font.getmetrics()
    stroke = 1 if size > 28 and rng.random() < 0.06 else 0
    pad = 4
    if rng.random() < 0.125 and len(text) > 1:
        shift = float(rng.uniform(-0.09, 0.14)) * size
        places, x = [], 0.0
        for sign in text:
            places.append(x)
            x += font.getlength(sign) + shift
        width = x
    else:
        places, width = [], font.getlength(text)
    picture = Image.new("L", (max(1, int(width)) + 2 * pad + size // 3, ascent + descent + 2 * pad))
    pen = ImageDraw.Draw(picture)
    if places:
        for sign, x in zip(text, places):
            pen.text((pad + x, pad), sign, fill=255, font=font, stroke_width=stroke)
    else:
        pen.text((pad, pad), text, fill=255, font=font, stroke_width=stroke)
    if rng.random() < 0.02:
        y = pad + ascent + max(1, size // 14)
        pen.line((pad, y, pad + width, y), fill=255, width=max(1, size // 18))
    return _trimmed(np.asarray(picture, np.uint8))


def _trimmed(ink: Picture) -> Picture:
    """Without the empty columns and rows around the ink."""
    x, y, w, h = cv2.boundingRect(ink)
    return ink[y : y + h, x : x + w] if w and h else np.zeros((2, 2), np.uint8)


def surround(ink: Picture, size: int, other: Picture | None, rng: Generator, whole: bool) -> Picture:
    """The cell's crop: margins tight to loose, rules, neighbours' ink; some ink cut off unless `whole`."""
    height, width = ink.shape
    loose = rng.random() < 0.5
    most = size * (1.2 if loose else 0.3)
    top, bottom, left, right = (int(rng.uniform(0, most)) for _ in range(4))
    room = 4 if whole else 2
    canvas = np.zeros((height + top + bottom + 2 * room, width + left + right + 2 * room), np.uint8)
    canvas[top + room : top + room + height, left + room : left + room + width] = ink
    if other is not None:
        _add_neighbour(canvas, other, top + room, left + room + width, size, rng)
    _add_rules(canvas, top + room, left + room, (bottom + room, right + room), size, rng)
    cut = [0 if whole else room] * 4
    if rng.random() < 0.12 and not whole:
        cut[int(rng.integers(4))] += int(rng.integers(0, 2 + size // 24))
    t, b, l, r = cut
    out = canvas[t : canvas.shape[0] - b, l : canvas.shape[1] - r]
    return out if min(out.shape) >= 2 else canvas


def _add_neighbour(canvas: Picture, other: Picture, top: int, right: int, size: int, rng: Generator) -> None:
    """A slice of another row's print at the upper or lower edge, clear of the line by a little."""
    height, width = canvas.shape
    gap = max(2, int(0.12 * size))
    above = rng.random() < 0.5
    room = top - gap if above else height - (top + min(size, height)) - gap
    if room < 2:
        return
    part = other[-room:] if above else other[:room]
    part = (
        part[: max(2, int(rng.uniform(0.1, 0.5) * size))] if not above else part[-max(2, int(0.4 * size)) :]
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
    for side in range(4):
        if rng.random() > 0.13:
            continue
        room = (top, after[0], left, after[1])[side]
        thick = int(rng.integers(1, 2 + max(1, size // 14)))
        near = int(rng.integers(0, max(1, room - thick - 1) + (1 if rng.random() < 0.1 else 0)))
        dark = int(rng.integers(110, 256))
        length = width if side < 2 else height
        start, stop = 0, length
        if rng.random() < 0.35:
            start = int(rng.integers(0, length))
            stop = min(length, start + int(rng.integers(2, max(3, length))))
        at = near if side in (0, 2) else (height if side == 1 else width) - near - thick
        area = (slice(at, at + thick), slice(start, stop))
        if side >= 2:
            area = (area[1], area[0])
        np.maximum(canvas[area], dark, out=canvas[area])

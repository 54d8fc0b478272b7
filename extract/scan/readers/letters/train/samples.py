"""Labelled strips for the network: lines printed among others, worn, found and cut out as a page's are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from extract.scan.lines.print_lines import line_picture, print_lines, print_parts
from extract.scan.prepare.ink import Picture, ink_mask
from extract.scan.readers.letters.alphabet import encode
from extract.scan.readers.letters.prepare import STEP, prepare
from extract.scan.readers.letters.train.copies import coarse, copied, photographed, turned
from extract.scan.readers.letters.train.texts import Texts
from extract.scan.readers.numbers.train.fonts import FontPool
from extract.scan.readers.numbers.train.ink import font_of
from extract.scan.readers.numbers.train.samples import Strip
from extract.scan.readers.numbers.train.scan import WEARS, scan

_RESOLUTIONS = (150, 200, 200, 240, 300, 300)
_SMALLEST_PT, _LARGEST_PT = 8.0, 14.5
_POINTS_AN_INCH = 72
_LEAST_EM = 15
_KINDS = ("scan", "copied", "photographed", "coarse")
_SHARES = (0.30, 0.46, 0.14, 0.10)
_NEIGHBOUR = 0.45
_SPACED = 0.08
_UNDERLINED = 0.03
_UNDERLINE_BELOW, _UNDERLINE_THIN = 12, 18  # parts of an em
_PITCH = (0.92, 1.4)  # line heights between lines
_LINES = 2.2  # of a piece, beside its own
_ROOM = 1.2  # widths of the text
_MEASURED = (0.93, 1.08)  # the page's letter in the line's
_INK, _PAPER, _CUT = 2, 80, (0.45, 0.7)  # percent of the tones; where between them ink begins
_USUAL = 2.6  # letter heights of a line's picture
_TIGHT, _LOOSE = -0.05, 0.12  # ems between signs
_NARROW, _WIDE = 0.82, 1.15
_LEVEL_TURN = 0.4  # degrees
_RESIZED = 0.12
_OFF_LINE = 0.6  # letter heights between where a line was printed and where it is found
_TALLEST = 1.7  # times the usual height of a line's picture: two lines in one
_WIDEST = 1_600  # columns of a strip
_FULL = 255


def strips(texts: Texts, pool: FontPool, rng: Generator) -> Iterator[Strip]:
    """An endless supply of strips; those not found, or too narrow for their label, are left out."""
    while True:
        text = texts.draw(rng)
        kind = str(rng.choice(_KINDS, p=_SHARES))
        picture = _line(text, kind, texts, pool, rng)
        if picture is None:
            continue
        ink, label = prepare(picture), encode(text)
        repeats = sum(a == b for a, b in pairwise(label))
        if _WIDEST >= ink.shape[1] >= (len(label) + repeats) * STEP:
            yield Strip(ink, tuple(label), text, kind)


def _line(text: str, kind: str, texts: Texts, pool: FontPool, rng: Generator) -> Picture | None:
    """The picture of the line in which `text` is printed, as it is cut from a page, or None."""
    points = float(rng.uniform(_SMALLEST_PT, _LARGEST_PT))
    size = max(_LEAST_EM, round(points * int(rng.choice(_RESOLUTIONS)) / _POINTS_AN_INCH))
    path = pool.draw(rng)
    page, foot, letter = _printed(text, texts, path, size, rng)
    worn, scale = _worn(page, kind, size, rng)
    foot, letter = foot * scale, letter * scale * float(rng.uniform(*_MEASURED))
    low, high = np.percentile(worn, (_INK, _PAPER))
    ink = ink_mask(worn, int(low + (high - low) * rng.uniform(*_CUT)))
    parts = print_parts(ink, letter)
    if not len(parts):
        return None
    lines = print_lines(parts, letter)
    nearest = min(range(len(lines)), key=lambda k: abs(lines[k].foot - foot))
    if abs(lines[nearest].foot - foot) > _OFF_LINE * letter:
        return None
    usual = _USUAL * lines[nearest].letter
    picture = line_picture(worn, lines, nearest)
    return picture if picture.shape[0] <= _TALLEST * usual and min(picture.shape) > 2 else None


def _printed(text: str, texts: Texts, path: str, size: int, rng: Generator) -> tuple[Picture, float, float]:
    """(a piece of a page, dark on light, with `text` in its middle line; the row of that line's foot; the
    height of a small letter), in pixels."""
    font = font_of(path, size)
    ascent, descent = font.getmetrics()
    pitch = (ascent + descent) * float(rng.uniform(*_PITCH))
    width = round(font.getlength(text) * _ROOM + 2 * size)
    height = round(_LINES * pitch + ascent + descent)
    page = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(page)
    top, left = (height - ascent - descent) // 2, size // 2
    for above in (-1, 1):
        if rng.random() < _NEIGHBOUR:
            pen.text(
                (float(rng.integers(-size, size)), top + above * pitch),
                texts.draw(rng),
                fill=_FULL,
                font=font,
            )
    _set(pen, text, (left, top), font, size, rng)
    if rng.random() < _UNDERLINED:
        y = top + ascent + max(1, size // _UNDERLINE_BELOW)
        pen.line((left, y, left + font.getlength(text), y), fill=_FULL, width=max(1, size // _UNDERLINE_THIN))
    letter = float(font.getbbox("x")[-1] - font.getbbox("x")[1])
    out = np.asarray(page, np.uint8)
    if rng.random() < _RESIZED:
        out = np.asarray(cv2.resize(out, None, fx=float(rng.uniform(_NARROW, _WIDE)), fy=1.0), np.uint8)
    return np.asarray(_FULL - out, np.uint8), float(top + ascent), letter


def _set(
    pen: ImageDraw.ImageDraw,
    text: str,
    at: tuple[int, int],
    font: ImageFont.FreeTypeFont,
    size: int,
    rng: Generator,
) -> None:
    """The line's own letters, sometimes set tight or loose."""
    if rng.random() >= _SPACED:
        pen.text(at, text, fill=_FULL, font=font)
        return
    shift, x = float(rng.uniform(_TIGHT, _LOOSE)) * size, float(at[0])
    for sign in text:
        pen.text((x, at[1]), sign, fill=_FULL, font=font)
        x += font.getlength(sign) + shift


def _worn(page: Picture, kind: str, size: int, rng: Generator) -> tuple[Picture, float]:
    """The piece of a page worn in one way, its paper made even, and what it was scaled by."""
    if kind == "copied":
        return copied(page, size, rng)
    if kind == "photographed":
        return photographed(page, size, rng)
    if kind == "coarse":
        return coarse(page, size, rng)
    wear = WEARS[int(rng.choice(len(WEARS), p=[share for share, _ in WEARS]))][1]
    grey = scan(np.asarray(_FULL - page, np.uint8), wear, rng, size)
    scale = grey.shape[0] / page.shape[0]
    paper = float(np.percentile(grey, _PAPER))
    even = np.clip(grey.astype(np.float32) * (_FULL / max(1.0, paper)), 0, _FULL).astype(np.uint8)
    return turned(even, float(rng.uniform(-_LEVEL_TURN, _LEVEL_TURN))), scale

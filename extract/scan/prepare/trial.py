"""A trial reading of a page in each way that it may lie: figures first, lines where they tell nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np

from extract.raster import turned
from extract.scan.prepare.components import Stats, parts_of
from extract.scan.prepare.ink import Mask, Picture
from extract.scan.prepare.skew import level_matrix
from extract.scan.readers.numbers.reader import NumberReader, NumberReading
from extract.scan.readings import Readers, is_figure_print

Way = tuple[int, float]  # clockwise turn that sets the page upright, degrees that its lines lean then

PIECES = (8, 16)
"""Pieces of print read in each way at first, and further ones where those tell nothing yet."""

SURE_FIGURE = 0.9
"""Confidence from which a figure of a trial reading counts. Of 24 pieces of a table of figures 9 to 20 were
read as surely on their feet, 0 to 4 in any other way (116 scanned pages, in four ways each)."""

FEWEST_FIGURES, TIMES_MORE = 4, 3
"""Sure figures from which a way is believed, and how many times those of any other they must be."""

PLAINLY_FIGURES = 4
"""Sure figures among the first pieces from which no other way needs to be tried: 80 pages of prints, photos,
copies and scans gave 4 to 8 in their own way (half of them; the others have more words), 0 or 1 in others."""

SURE_WORD = 0.9
"""Confidence from which a word of a trial reading counts."""

PLAINLY_READ = 6.0
"""Sure letters a line from which no other way needs to be tried: upright pages gave 9.7 to 31, other ways at
most 3.7 (22 pages of scans, copies and photos, in four ways each, by the letter reader; Tesseract gave up to
7.7 to a photo on its head and 0 to another on its feet, at four times the cost). Words of letters alone gave
8 to 36 on 42 other pages, in any other way 0 to 0.7."""

LONGEST_SAMPLE = 700
"""Pixels of a line that are read on trial."""

LEVEL_ENOUGH = 0.3
"""Degrees of lean that a short piece of print bears."""

LEAST_UNIT = 6.0  # pixels of x-height
HALF_TURN = 180
LEAST_GAP = 3
JOIN = 0.85  # x-heights between the signs of a figure
LOWEST_FIGURE = 0.8  # x-heights
HIGHEST_FIGURE = 2.2
SHORTEST_FIGURE = 1.5  # times as wide as high
LONGEST_FIGURE = 6.5
EVERY = 3  # third box first, so that the first ones come from all over the page
SIDES = 4
LEAST_SCORE = 0.8
CLEARLY_MORE = 1.5  # times the next best way's score
WHITE = 255
LINE_GAP = 24  # pixels between sample lines
WORD_GAP = 1.2  # x-heights
LOWEST_LINE = 0.8
HIGHEST_LINE = 4.5
HIGH = 3
LONG_ENOUGH = 40  # x-heights
MARGIN = 0.4  # x-heights


def best_read(small: Mask, grey: Picture, unit: float, ways: Sequence[Way], readers: Readers) -> int | None:
    """The turn, of `ways` (the likeliest first), in which the page reads best, or None when none is clearly
    the best. `small` is the print of `grey`, smaller; `unit` the usual height of a small letter there, in
    pixels."""
    unit = max(unit, LEAST_UNIT)
    if readers.lines is not None and reads_plainly(small, grey, unit, ways[0], readers):
        return ways[0][0]
    chosen = by_figures(small, grey, unit, ways, readers.numbers) if readers.numbers is not None else None
    return by_lines(small, grey, unit, ways, readers) if chosen is None else chosen


def reads_plainly(small: Mask, grey: Picture, unit: float, way: Way, readers: Readers) -> bool:
    """Whether a few lines read so well in one way that no other needs to be tried: a third of the cost of
    figures in all ways. Words of letters alone count: a row of figures on its head is one, too. Lines are
    read one by one, until there are letters enough for all: mostly the first has them."""
    lines = lines_in_way(small, grey, unit, way)
    letters = 0
    for line in lines:
        letters += sum(len(word) for word in sure_words([line], readers) if word.isalpha())
        if letters >= PLAINLY_READ * len(lines):
            return True
    return False


def by_figures(
    small: Mask, grey: Picture, unit: float, ways: Sequence[Way], reader: NumberReader
) -> int | None:
    """The turn in which short pieces of print read as figures, and in no other; None when there are too few
    figures to tell. Figures on their head read as few others, or as none."""

    @cache
    def boxes_of(quarter: int) -> Stats:
        return spread_out(figure_boxes(turned(small, quarter), unit))

    counts = {turn: 0 for turn, _ in ways}
    begin = 0
    for end in (PIECES[0], sum(PIECES)):
        for turn, lean in ways:
            chosen = boxes_of(turn % HALF_TURN)[begin:end]
            pieces = [upright_piece(grey, small, box, turn, lean) for box in chosen]
            counts[turn] += sum(is_sure_figure(reading) for reading in reader.read(pieces))
            if not begin and counts[turn] >= PLAINLY_FIGURES:
                return turn
        best, runner_up = sorted(counts.values(), reverse=True)[:2]
        if best >= max(FEWEST_FIGURES, TIMES_MORE * runner_up):
            return max(counts, key=lambda turn: counts[turn])
        if best < 2:
            return None  # running text: more of it would tell no more
        begin = end
    return None


def is_sure_figure(reading: NumberReading) -> bool:
    """Whether a figure of several digits was surely read. A letter on its head may look like a lone one, and
    `100` like `001`."""
    digits = sum(c.isdigit() for c in reading.text)
    sure = digits >= 2 and reading.confidence >= SURE_FIGURE and is_figure_print(reading.text)
    return sure and re.match(r"\D*0\d", reading.text) is None


def figure_boxes(stood: Mask, unit: float) -> Stats:
    """The boxes (x, y, width, height, area) of pieces of print as high as a line and as long as a figure."""
    gap = max(LEAST_GAP, round(JOIN * unit))
    joined = cv2.morphologyEx(stood, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    stats = parts_of(np.asarray(joined, np.uint8))
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    high = (height >= LOWEST_FIGURE * unit) & (height <= HIGHEST_FIGURE * unit)
    return stats[high & (width >= SHORTEST_FIGURE * height) & (width <= LONGEST_FIGURE * height)]


def spread_out(boxes: Stats) -> Stats:
    """As many boxes as are read at most, from all over the page; so are the first few of them."""
    most = min(len(boxes), sum(PIECES))
    even = np.linspace(0, len(boxes) - 1, most).astype(int) if most else np.zeros(0, int)
    return np.asarray(boxes[np.concatenate([even[k::EVERY] for k in range(EVERY)])], np.int32)


def upright_piece(grey: Picture, small: Mask, box: Sequence[int], turn: int, lean: float) -> Picture:
    """A box of the small print turned by `turn % 180`, cut out of the stored picture and set upright."""
    x, y, width, height = (int(v) for v in box[:SIDES])
    pad = 2
    x0, y0, x1, y1 = x - pad, y - pad, x + width + pad, y + height + pad
    if turn % HALF_TURN:  # turned by a quarter, the page's foot is on the left
        x0, y0, x1, y1 = y0, small.shape[0] - x1, y1, small.shape[0] - x0
    factor = grey.shape[1] / small.shape[1]
    top, left = max(0, int(y0 * factor)), max(0, int(x0 * factor))
    part = grey[top : int(y1 * factor) + 1, left : int(x1 * factor) + 1]
    piece = np.ascontiguousarray(turned(part, turn))
    return levelled(piece, lean) if abs(lean) > LEVEL_ENOUGH else piece


def by_lines(small: Mask, grey: Picture, unit: float, ways: Sequence[Way], readers: Readers) -> int | None:
    """The turn in which a few lines read best, or None when none is clearly the best. Only sure words
    that the language has count: print on its head reads as long nonsense."""
    scores: list[tuple[float, int]] = []
    for way in ways:
        lines = lines_in_way(small, grey, unit, way)
        if not lines:
            continue
        score = sum(map(len, sure_words(lines, readers))) / len(lines)
        if score >= PLAINLY_READ:
            return way[0]
        scores.append((score, way[0]))
    scores.sort(reverse=True)
    runner_up = scores[1][0] if len(scores) > 1 else 0.0
    clear = bool(scores) and scores[0][0] > max(LEAST_SCORE, CLEARLY_MORE * runner_up)
    return scores[0][1] if clear else None


def lines_in_way(small: Mask, grey: Picture, unit: float, way: Way) -> list[Picture]:
    """Pictures of a few long lines of print as they stand in one way."""
    turn, lean = way
    return [levelled(line, lean) for line in sample_lines(turned(grey, turn), turned(small, turn), unit)]


def sure_words(lines: list[Picture], readers: Readers) -> list[str]:
    """The words of some lines that were surely read: by the reader of lines those that the language has, by
    an engine all."""
    if readers.lines is None or readers.marks is None:
        read = readers.engine.read(stacked(lines), "block")
        return [word.text for word in read if word.confidence >= SURE_WORD]
    words = [word for line in readers.lines.read(lines) for word in line if word.confidence >= SURE_WORD]
    return [word.text for word in words if len(word.text) > 1 and readers.marks.is_word(word.text)]


def levelled(picture: Picture, lean: float) -> Picture:
    """A small cut-out set level."""
    height, width = picture.shape
    matrix, size = level_matrix(width, height, lean, 1.0)
    level = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR, borderValue=(WHITE, WHITE, WHITE))
    return np.asarray(level, np.uint8)


def stacked(lines: list[Picture]) -> Picture:
    """Pictures of lines set one below the other with white between them."""
    gap = LINE_GAP
    width = max(line.shape[1] for line in lines) + 2 * gap
    page = np.full((sum(line.shape[0] + gap for line in lines) + gap, width), WHITE, np.uint8)
    top = gap
    for line in lines:
        page[top : top + line.shape[0], gap : gap + line.shape[1]] = line
        top += line.shape[0] + gap
    return page


def sample_lines(grey: Picture, print_mask: Mask, height: float, most: int = 3) -> list[Picture]:
    """Pictures of a few long lines of print. `print_mask` is the same page, smaller, with small letters of
    that `height`."""
    joined = cv2.morphologyEx(
        print_mask, cv2.MORPH_CLOSE, np.ones((1, max(LEAST_GAP, round(height * WORD_GAP))), np.uint8)
    )
    stats = parts_of(np.asarray(joined, np.uint8))
    lines = [
        row
        for row in stats.tolist()
        if height * LOWEST_LINE <= row[HIGH] <= height * HIGHEST_LINE and row[2] > 2 * row[HIGH]
    ]
    lines.sort(key=lambda row: -min(row[2], LONG_ENOUGH * height))
    factor = grey.shape[1] / print_mask.shape[1]
    pad = height * MARGIN
    return [
        grey[
            max(0, round((y - pad) * factor)) : round((y + h + pad) * factor),
            max(0, round((x - pad) * factor)) : round((x + pad) * factor + min(w * factor, LONGEST_SAMPLE)),
        ]
        for x, y, w, h, _ in lines[:most]
    ]

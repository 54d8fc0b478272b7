"""Pieces of lines told apart by white space, for pages on which tables stand without rules.

Tesseract's own layout of such a page mixes the columns: it reads two ordinals as one tall word and passes
over lone figures. Where rows of separate pieces show that there are columns, each piece is read by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from extract.scan.lines.words import read_words
from extract.scan.prepare.components import labelled, parts_of
from extract.scan.prepare.ink import Mask
from extract.scan.prepare.sheet import Sheet
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.montage import Piece
from extract.scan.readings import Readers

Bounds = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels

JOIN = 0.85
"""Letter heights of white up to which two words stand in one piece: blanks of justified lines are under
0.8, columns of a table stand more than 1 apart."""

LINE = 3.5
"""Letter heights up to which a piece is one line of print."""

MARKS, MARK_GAP = 1.1, 0.45
"""Letter heights below which a piece may be marks alone, and how far from the print it then stands."""

STROKE = 5.0
"""Letter heights from which a part of the ink is a stroke, a seal or a picture, not print."""

UNREAD = 0.1
"""Confidence below which a word of one or two signs is ink that nobody could read, not a word."""

COLUMNS, ROWS = 3, 3
"""Groups of pieces in a row, and such rows, from which there are columns."""

GUTTER = 1.5
"""Letter heights of white between two groups: blanks of justified lines are narrower."""

MOST = 600
"""Pieces on a page from which it is no page of print but a picture."""

LEAST_GAP = 3  # pixels
SPECK = 3  # pixels of a component that is none
LOW = 0.45  # x-heights: a component so low is a dot, a mark or a dash
SIDES = 4
BOTTOM = 3
ASIDE = 0.2  # x-heights that a mark may hang over its letters
MARK_ABOVE = 0.35  # x-heights between a mark and its letters
DASH_WIDTH = 0.25  # x-heights
DASH_SHAPE = 1.4  # times as wide as high
LOOK_BACK = 40  # chunks among which the neighbour of one is sought
NEXT_TO = 0.3  # x-heights
ON_ONE_LINE = 0.6  # of the lower one's height, shared
BESIDE = 0.5
SAME_ROW = 0.5  # x-heights between middles
ABOVE_TABLE = 6  # x-heights
BELOW_TABLE = 4
MARGIN = 3  # pixels round a piece


def find_chunks(ink: Mask, letter: float) -> list[Bounds]:
    """The pieces of lines on a level page, marks above and below them included (to two pixels)."""
    bodies, loose, _ = _pieces(ink, letter, LINE)
    return _twice(_merged(_with_marks(bodies, loose, letter / 2), letter / 2))


def find_bodies(ink: Mask, letter: float, tallest: float) -> list[Bounds]:
    """The pieces of lines on a level page without the marks that stand apart from them, up to `tallest`
    letters high (lines that touch are one piece), and dashes that stand alone (to two pixels). A stroke that
    runs through several lines is left out, so that the lines it ties together are not. Pieces of one line
    that lie over each other are one: across a blank the roof of ố reaches to the top of a 7, o and foot do
    not."""
    bodies, loose, too_tall = _pieces(ink, letter, tallest)
    if too_tall:
        bodies, loose, _ = _pieces(_without_strokes(ink, STROKE * letter), letter, tallest)
    alone = _with_marks(bodies, loose, letter / 2)[len(bodies) :]
    low = [b for b in bodies if b[BOTTOM] - b[1] <= LINE * letter / 2]
    high = [b for b in bodies if b[BOTTOM] - b[1] > LINE * letter / 2]
    return _twice([*_laid_over(low), *high, *alone])


def _without_strokes(ink: Mask, height: float) -> Mask:
    """The ink without its connected parts that are higher than `height` pixels."""
    labels, stats = labelled(ink)
    tall = stats[:, cv2.CC_STAT_HEIGHT] > height
    tall[0] = False
    return np.where(tall[labels], 0, ink).astype(np.uint8)


def _twice(bounds: Sequence[Bounds]) -> list[Bounds]:
    return [(2 * x0, 2 * y0, 2 * x1, 2 * y1) for x0, y0, x1, y1 in bounds]


def _pieces(ink: Mask, letter: float, tallest: float) -> tuple[list[Bounds], list[Bounds], bool]:
    """(bodies of print joined over the blanks between words, low pieces, whether there were higher ones than
    `tallest` letters), bounds in pixels of a picture half as large."""
    size = (max(1, ink.shape[1] // 2), max(1, ink.shape[0] // 2))
    half = cv2.resize(ink, size, interpolation=cv2.INTER_NEAREST).astype(np.uint8)
    letter /= 2
    gap = max(LEAST_GAP, round(JOIN * letter))
    joined = cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    stats = parts_of(np.asarray(joined, np.uint8))
    stats = stats[stats[:, cv2.CC_STAT_AREA] >= SPECK]
    low = stats[:, cv2.CC_STAT_HEIGHT] < LOW * letter
    bodies = stats[~low & (stats[:, cv2.CC_STAT_HEIGHT] < tallest * letter)]
    return (
        [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in bodies],
        [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[low]],
        bool((stats[:, cv2.CC_STAT_HEIGHT] >= tallest * letter).any()),
    )


def _with_marks(chunks: list[Bounds], loose: Sequence[Bounds], letter: float) -> list[Bounds]:
    """Low pieces (dots, hats, dashes) joined to the piece they stand over, under or in; a flat one that
    stands alone is a dash."""
    boxes = np.array(chunks, dtype=np.float64).reshape(-1, SIDES)
    alone: list[Bounds] = []
    for x0, y0, x1, y1 in loose:
        distance = np.full(len(boxes), np.inf)
        if len(boxes):
            beside = (boxes[:, 0] < x1 + ASIDE * letter) & (boxes[:, 2] > x0 - ASIDE * letter)
            apart = np.maximum(boxes[:, 1] - y1, y0 - boxes[:, BOTTOM])
            distance = np.where(beside, np.maximum(apart, 0), np.inf)
        nearest = int(np.argmin(distance)) if len(boxes) else -1
        if nearest >= 0 and distance[nearest] <= MARK_ABOVE * letter:
            b = boxes[nearest]
            boxes[nearest] = (min(b[0], x0), min(b[1], y0), max(b[2], x1), max(b[3], y1))
        elif x1 - x0 >= DASH_WIDTH * letter and x1 - x0 > DASH_SHAPE * (y1 - y0):
            alone.append((x0, y0, x1, y1))
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in boxes] + alone


def _merged(chunks: list[Bounds], letter: float) -> list[Bounds]:
    """Pieces of one line that overlap or nearly touch (a mark had kept them apart) made one."""
    out: list[Bounds] = []
    for chunk in sorted(chunks):
        for k in range(len(out) - 1, max(-1, len(out) - LOOK_BACK), -1):
            x0, y0, x1, y1 = out[k]
            shared = min(y1, chunk[BOTTOM]) - max(y0, chunk[1])
            near = chunk[0] <= x1 + NEXT_TO * letter
            if near and shared > ON_ONE_LINE * min(y1 - y0, chunk[3] - chunk[1]):
                out[k] = (min(x0, chunk[0]), min(y0, chunk[1]), max(x1, chunk[2]), max(y1, chunk[BOTTOM]))
                break
        else:
            out.append(chunk)
    return out


def _laid_over(chunks: list[Bounds]) -> list[Bounds]:
    """Pieces of one line that lie over each other made one."""
    boxes = np.array(chunks, np.float64).reshape(-1, SIDES)
    x0, y0, x1, y1 = boxes.T
    shared = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0)
    over = np.minimum(x1[:, None], x1) > np.maximum(x0[:, None], x0)
    over &= shared > ON_ONE_LINE * np.minimum((y1 - y0)[:, None], y1 - y0)
    owner = list(range(len(chunks)))
    for a, b in np.argwhere(np.triu(over, 1)).tolist():
        first, second = sorted((owner[a], owner[b]))
        owner = [first if own == second else own for own in owner] if first != second else owner
    whole: dict[int, Bounds] = {}
    for own, (a, b, c, d) in zip(owner, chunks, strict=True):
        w = whole.get(own, (a, b, c, d))
        whole[own] = (min(w[0], a), min(w[1], b), max(w[2], c), max(w[BOTTOM], d))
    return list(whole.values())


def side_by_side(chunks: Sequence[Bounds], gap: float) -> list[list[Bounds]]:
    """Pieces that stand side by side in one row, less than `gap` pixels apart, in groups."""
    groups: list[list[Bounds]] = []
    for chunk in sorted(chunks):
        x0, y0, _, y1 = chunk
        for group in reversed(groups):
            _, b, c, d = group[-1]
            if x0 - c <= gap and min(y1, d) - max(y0, b) > BESIDE * min(y1 - y0, d - b):
                group.append(chunk)
                break
        else:
            groups.append([chunk])
    return groups


def with_their_marks(
    chunks: Sequence[Bounds], groups: list[list[Bounds]], letter: float
) -> list[list[Bounds]]:
    """Groups of `chunks`, pieces that are no more than marks (the roof and the tone of ề, set apart by a bad
    print, may run over a whole line) given to the group over which, or under which, they stand."""
    marks = [c for c in chunks if c[BOTTOM] - c[1] < MARKS * letter]
    if not marks:
        return groups
    bodies = [(c, k) for k, group in enumerate(groups) for c in group if c[BOTTOM] - c[1] >= MARKS * letter]
    boxes = np.array([c for c, _ in bodies], np.float64).reshape(-1, SIDES)
    given: dict[Bounds, int] = {}
    for mark in marks:
        x0, y0, x1, y1 = mark
        over = np.minimum(boxes[:, 2], x1) - np.maximum(boxes[:, 0], x0) > BESIDE * (x1 - x0)
        apart = np.where(over, np.maximum(np.maximum(boxes[:, 1] - y1, y0 - boxes[:, BOTTOM]), 0), np.inf)
        if len(boxes) and apart.min() <= MARK_GAP * letter:
            given[mark] = bodies[int(np.argmin(apart))][1]
    out = [[c for c in group if given.get(c, k) == k] for k, group in enumerate(groups)]
    for mark, k in given.items():
        if mark not in out[k]:
            out[k].append(mark)
    return [group for group in out if group]


def columnar_span(chunks: Sequence[Bounds], letter: float) -> tuple[int, int] | None:
    """The rows of pixels (top, bottom) in which print stands in columns, with room for a header above;
    None when there are no columns."""
    if not ROWS * COLUMNS <= len(chunks) <= MOST:
        return None
    rows: list[list[Bounds]] = []
    for chunk in sorted(chunks, key=lambda c: c[1] + c[3]):
        middle = (chunk[1] + chunk[BOTTOM]) / 2
        if rows and middle - (rows[-1][0][1] + rows[-1][0][BOTTOM]) / 2 <= SAME_ROW * letter:
            rows[-1].append(chunk)
        else:
            rows.append([chunk])
    wide = [row for row in rows if _groups(row, letter) >= COLUMNS]
    if len(wide) < ROWS:
        return None
    top = min(c[1] for row in wide for c in row) - ABOVE_TABLE * letter
    bottom = max(c[3] for row in wide for c in row) + BELOW_TABLE * letter
    return int(top), int(bottom)


def _groups(row: Sequence[Bounds], letter: float) -> int:
    """How many groups of pieces a row has, told apart by gutters of white."""
    ordered = sorted(row)
    reach = ordered[0][2]
    count = 1
    for x0, _, x1, _ in ordered[1:]:
        count += x0 - reach > GUTTER * letter
        reach = max(reach, x1)
    return count


def read_chunks(sheet: Sheet, chunks: Sequence[Bounds], readers: Readers) -> list[OcrWord]:
    """The words of the pieces, each piece a line of its own."""
    pieces = [
        Piece(
            sheet.picture[max(0, y0 - MARGIN) : y1 + MARGIN, max(0, x0 - MARGIN) : x1 + MARGIN],
            max(0, x0 - MARGIN),
            max(0, y0 - MARGIN),
        )
        for x0, y0, x1, y1 in chunks
    ]
    found = []
    for number, (chunk, words) in enumerate(zip(chunks, read_words(pieces, sheet, readers), strict=True)):
        words = [w for w in words if w.confidence >= UNREAD or len(w.text) > 2]
        if words:
            found += [replace(w, line=(0, number, w.line[2])) for w in words]
        else:  # ink is there: its place counts for the columns, its reading is left to the cells' readers
            found.append(OcrWord("-", *chunk, 0.0, (0, number, 0)))
    return found

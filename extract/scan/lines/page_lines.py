"""Print outside tables read line by line: every bit of ink goes to the piece of a line that it belongs to.

Cut out by their bounds, lines that stand close would bring along the feet of the line above, and a page that
still leans a little would cut their heads off. So ink is dealt out over the whole page first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.scan.lines.blanks import closed_up
from extract.scan.lines.chunks import STROKE, UNREAD, Bounds
from extract.scan.lines.print_lines import (
    STACKED,
    Parts,
    PrintLine,
    are_letters,
    common_letter,
    gaps,
    line_picture,
    print_lines,
    print_parts,
)
from extract.scan.lines.words import in_context, printed_words, with_figures
from extract.scan.prepare.ink import Mask
from extract.scan.prepare.sheet import Sheet
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.line_reader import LineReader
from extract.scan.readers.word_figures import SURE_WORD
from extract.scan.readings import Readers
from extract.scan.repairs.roman import with_numerals

REACH = 0.7
"""Letter heights between a letter and a mark over or under it, at most."""

CORE = 0.2
"""Share of a piece's height, at its top and its foot, in which another piece may reach into its bounds."""

GRAIN = 4
"""Pixels of a step on the map of who owns which place of the page."""

H = 3
BOX_END = 4
MARK_REACH = 0.35  # x-heights between a mark and its line
FOOT = 3


def read_lines(
    sheet: Sheet, ink: Mask, groups: Sequence[Sequence[Bounds]], lines: LineReader, readers: Readers
) -> list[OcrWord]:
    """The words of the pieces of print on a page: each group of pieces stands side by side in one line and is
    read as one (or more, where lines touch), by `lines`; figures not read surely are read a second
    time. A group that nobody can read is a word `-` of confidence 0, so that its place still counts."""
    parts = print_parts(ink, sheet.letter)
    parts = parts[parts[:, H] <= STROKE * sheet.letter]
    letter = common_letter([parts], sheet.letter)
    owner = owners(parts, groups, letter, ink.shape)
    order = np.argsort(owner, kind="stable")
    edges = np.searchsorted(owner[order], np.arange(len(groups) + 1))
    by_group = [print_lines(parts[order[a:b]], letter) for a, b in pairwise(edges)]
    flat = [line for own in by_group for line in own]
    read = iter(lines.read(pictures_of(sheet, flat)))
    printed = [
        [
            word
            for k, line in enumerate(own)
            for word in printed_words(line, next(read), (0, 0), (0, number, k))
        ]
        for number, own in enumerate(by_group)
    ]
    printed = [words if is_read([one.word for one in words], sheet) else [] for words in printed]
    found = [[one.word for one in words] for words in printed]
    if readers.marks is not None:
        found = in_context(found, readers.marks, readers.trust)
    found = [with_numerals(words, sheet.picture, sheet.threshold) for words in found]
    found = with_figures(printed, found, sheet, readers, SURE_WORD)
    for number, (words, group) in enumerate(zip(found, groups, strict=True)):
        if not words:
            words.append(OcrWord("-", *around(group), 0.0, (0, number, 0)))
    return [word for words in found for word in words]


def is_read(words: Sequence[OcrWord], sheet: Sheet) -> bool:
    """Whether words are more than a sign or two that nobody could read; bars are read by their number (`II`
    of a font without serifs is an H, or nothing, to a reader of letters)."""
    counted = with_numerals(words, sheet.picture, sheet.threshold)
    return any(word.confidence >= UNREAD or len(word.text) > 2 for word in counted)


def owners(
    parts: Parts, groups: Sequence[Sequence[Bounds]], letter: float, shape: tuple[int, int]
) -> NDArray[np.int32]:
    """The number of the group that each part of the page's ink belongs to, -1 for none: by the piece in which
    its middle lies, in the core of one first; marks outside pieces, or where two overlap, by the letter
    over or under which they stand."""
    owner, contested = _owners_by_place(parts, groups, shape)
    loose = np.flatnonzero(~are_letters(parts, letter) & (parts[:, H] < STACKED * letter))
    here = owner[loose].copy()
    owner[loose[contested[loose]]] = -1
    for reach in (MARK_REACH * letter, REACH * letter):
        nearest, apart = _nearest_letters(parts, loose, owner, len(groups), letter)
        taken = (apart <= reach) & (owner[loose] < 0)
        owner[loose[taken]] = nearest[taken]
    alone = owner[loose] < 0
    owner[loose[alone]] = here[alone]
    return owner


def _owners_by_place(
    parts: Parts, groups: Sequence[Sequence[Bounds]], shape: tuple[int, int]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """(each part's group by where its middle lies, whether another one has a claim to the place)."""
    owner = np.full((shape[0] // GRAIN + 1, shape[1] // GRAIN + 1), -1, np.int32)
    contested = np.zeros(owner.shape, np.bool_)
    numbered = [(number, piece) for number, group in enumerate(groups) for piece in group]
    for share in (0.0, CORE):
        for number, (x0, y0, x1, y1) in numbered:
            edge = share * (y1 - y0)
            rows = slice(round((y0 + edge) / GRAIN), round((y1 - edge) / GRAIN) + 1)
            place = (rows, slice(x0 // GRAIN, x1 // GRAIN + 1))
            contested[place] |= (owner[place] >= 0) & (owner[place] != number)
            owner[place] = number
    middle = ((parts[:, :2] + parts[:, 2:BOX_END] / 2) / GRAIN).astype(np.intp)
    here = (middle[:, 1], middle[:, 0])
    return np.asarray(owner[here], np.int32), np.asarray(contested[here], np.bool_)


def _nearest_letters(
    parts: Parts, loose: NDArray[np.intp], owner: NDArray[np.int32], groups: int, letter: float
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """(the group whose ink each loose part stands over or under most closely, the pixels between)."""
    nearest = np.full(len(loose), -1, np.int32)
    apart = np.full(len(loose), np.inf)
    order = np.argsort(owner, kind="stable")
    edges = np.searchsorted(owner[order], np.arange(groups + 1))
    top, foot = parts[loose, 1], parts[loose, 1] + parts[loose, FOOT]
    for number, (a, b) in enumerate(pairwise(edges)):
        own = parts[order[a:b]]
        if not len(own):
            continue
        near = np.flatnonzero(
            (foot > own[:, 1].min() - letter) & (top < (own[:, 1] + own[:, FOOT]).max() + letter)
        )
        gap = gaps(parts[loose[near]], own)
        closer = gap < apart[near]
        apart[near[closer]], nearest[near[closer]] = gap[closer], number
    return nearest, apart


def pictures_of(sheet: Sheet, lines: Sequence[PrintLine]) -> list[NDArray[np.uint8]]:
    """The picture of each line on the sheet, without the ink of the lines it touches, its wide blanks closed
    up."""
    if not lines:
        return []
    box = np.array([(line.left, line.top, line.right, line.bottom) for line in lines])
    out = []
    for k, line in enumerate(lines):
        pad = line.letter
        near = (box[:, 0] < box[k, 2] + pad) & (box[:, 2] > box[k, 0] - pad)
        near &= (box[:, 1] < box[k, H] + pad) & (box[:, H] > box[k, 1] - pad)
        near[k] = False
        beside = [lines[int(other)] for other in np.flatnonzero(near)]
        out.append(closed_up(line, line_picture(sheet.picture, [line, *beside], 0)))
    return out


def around(group: Sequence[Bounds]) -> Bounds:
    """The bounds of all pieces of a group."""
    xs0, ys0, xs1, ys1 = zip(*group, strict=True)
    return min(xs0), min(ys0), max(xs1), max(ys1)

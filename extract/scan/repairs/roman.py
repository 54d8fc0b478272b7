"""Roman numerals by their strokes: readers of letters take two bars for an H, and three for two.

A bar is a column of ink through the middle of the letter's height; what ties bars together there is the
crossbar of an H. Serifs touch at head and foot only, which are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.scan.prepare.ink import Mask, Picture, ink_mask
from extract.scan.readers.engine import OcrWord

_NUMERAL = re.compile(r"([VX]{0,3})([IHỊÏl|]{1,4})([.,;:]*)")
_MIDDLE = (0.18, 0.82)  # of the height, between which a bar is looked for
_FULL = 0.9  # of those rows that a bar covers
_NARROW = 0.5  # of the widest bar; less is where the thick arm of a bold V runs down through the middle
_MOST = 3  # bars that a numeral ends with
_SURE, _CHANGED = 0.95, 0.9  # confidence of a numeral that its bars bear out, and of one read by them
_MAY_BE_ONES = 0.83  # confidence of bars alone, which may be ones: the number reader's word counts there
_UNDER = 0.35  # of the rows from the first ink to the last
_FEWEST_ROWS = 3


def with_numerals(words: Sequence[OcrWord], picture: Picture, threshold: int) -> list[OcrWord]:
    """Words of the page's `picture`, those that look like Roman numerals with as many bars as there are.
    Ink is darker than `threshold`."""
    return [_settled(word, picture, threshold) for word in words]


def _settled(word: OcrWord, picture: Picture, threshold: int) -> OcrWord:
    found = _NUMERAL.fullmatch(word.text)
    if found is None or found[2] in ("l", "|"):
        return word
    head, bars, tail = found.groups()
    part = picture[round(word.y0) : round(word.y1), round(word.x0) : round(word.x1)]
    ink = ink_mask(np.ascontiguousarray(part), threshold) if part.size else np.zeros((0, 0), np.uint8)
    if "Ị" in bars and has_dot_below(ink):
        return word
    count = count_bars(ink)
    if not 1 <= count <= _MOST or (bars == "H" and count == 1):
        return word
    text = head + "I" * count + tail
    others = word.others if text == word.text else ((word.text, 1.0), *word.others)
    sure = _SURE if text == word.text else _CHANGED
    confidence = max(word.confidence, sure) if head else _MAY_BE_ONES
    return replace(word, text=text, confidence=confidence, others=others)


def has_dot_below(ink: Mask) -> bool:
    """Whether something small stands apart under a word's letters (the dot of Ị: `ĐƠN VỊ`)."""
    rows = np.flatnonzero(ink.any(axis=1))
    gaps = np.flatnonzero(np.diff(rows) > 1)
    if not len(gaps):
        return False
    under = rows[-1] - rows[gaps[-1]]
    return bool(under < _UNDER * (rows[-1] + 1 - rows[0]))


def count_bars(ink: Mask) -> int:
    """How many upright bars stand side by side in a word's ink (255 on 0); 0 where a crossbar ties two."""
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows):
        return 0
    height = rows[-1] + 1 - rows[0]
    middle = ink[rows[0] + round(_MIDDLE[0] * height) : rows[0] + round(_MIDDLE[1] * height)] > 0
    if len(middle) < _FEWEST_ROWS:
        return 0
    bar = middle.mean(axis=0) >= _FULL
    edges = np.flatnonzero(np.diff(np.concatenate(([0], bar.view(np.int8), [0]))))
    starts, ends = edges[::2], edges[1::2]
    for end, start in zip(ends, starts[1:], strict=False):
        if middle[:, end:start].any(axis=0).all():
            return 0
    widths = ends - starts
    return int(np.count_nonzero(widths > _NARROW * widths.max(initial=0)))

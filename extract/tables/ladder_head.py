"""The header of a table with rules between its rows only: how many of the rows it takes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extract.tables.printed import Line
from model.geometry import Box
from model.page import Word
from normalize.numbering import is_numbering
from normalize.numbers import looks_numeric
from normalize.ordinals import is_ordinal
from normalize.wraps import unwrapped

_NUMBERED = 0.6  # share of the rows that an ordinal opens, from which it tells where they begin
_FEWEST_STEPS = 3  # from a row's number to the next one's


def header_rows(rows: Sequence[Sequence[Line]], em: float) -> int | None:
    """How many rows stand above the first with figures, or end with the one that numbers the columns; rows
    without figures that an ordinal opens are the body's. None when no row has figures."""
    numbered = [is_ordinal(_lead(band)) for band in rows]
    counted = sum(numbered) >= _NUMBERED * len(rows)
    seeds = (i for i, band in enumerate(rows) if any(line.seed for line in band))
    first = next((i for i in seeds if not counted or numbered[i] or _figures(rows[i]) > 1), None)
    if first is None:
        return None
    first = max(first, first_counted(rows) or 0)  # dots of a header's shade pass for figures and dashes
    for i in range(min(first + 1, len(rows) - 1), -1, -1):
        if is_numbering([text for _, text in blocks_of(rows[i], em)]):
            return i + 1
    if all(len(blocks_of(band, em)) <= 1 for band in rows[:first]):
        return 0  # the rest of a row that the page before began
    while first > 1 and is_ordinal(blocks_of(rows[first - 1], em)[0][1] if rows[first - 1] else ""):
        first -= 1
    return first


def first_counted(rows: Sequence[Sequence[Line]]) -> int | None:
    """The first of the rows from which the numbers on their left go on one by one, three steps at least or
    in all rows to the last. None where they don't."""
    starts = [
        min((w for line in band for w in line.words if w.text.isalnum()), key=_left, default=None)
        for band in rows
    ]
    numbers = [int(w.text) if w is not None and w.text.isdecimal() else None for w in starts]
    steps = [i for i, (a, b) in enumerate(itertools.pairwise(numbers)) if a is not None and b == a + 1]
    to_the_last = steps == list(range(len(rows) - 1 - len(steps), len(rows) - 1))
    return steps[0] if steps and (len(steps) >= _FEWEST_STEPS or to_the_last) else None


def _lead(band: Sequence[Line]) -> str:
    """The leftmost word of a row, '' where it has none."""
    return min((w for line in band for w in line.words), key=_left).text if band else ""


def _figures(band: Sequence[Line]) -> int:
    """How many pieces of a row are figures: one among words may be dots of a header's shade."""
    return sum(looks_numeric(chunk.text) for line in band for chunk in line.chunks)


def _left(word: Word) -> float:
    return word.box.x0


def blocks_of(band: Sequence[Line], em: float) -> list[tuple[Box, str]]:
    """The texts of a row from left to right, lines over each other taken together."""
    blocks: list[tuple[Box, str]] = []
    for chunk in sorted((c for line in band for c in line.chunks), key=lambda c: c.box.y0):
        box = chunk.box
        over = [i for i, (b, _) in enumerate(blocks) if min(b.x1, box.x1) - max(b.x0, box.x0) > em / 2]
        if over:
            known, text = blocks[over[0]]
            blocks[over[0]] = (Box.union((known, box)), unwrapped(f"{text}\n{chunk.text}"))
        else:
            blocks.append((box, chunk.text))
    return sorted(blocks, key=lambda b: b[0].center[0])

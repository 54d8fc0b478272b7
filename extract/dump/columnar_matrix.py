"""Blocks of figures that show by themselves how many rows and columns they make, whatever stands beside them.

Columns written one after another are blocks of one length; rows written so that each cell is a block of its
own come in bands of as many blocks as there are columns, each as high as the others of its band.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.dump.columnar_figures import Arrangement, Rows, alikeness, sums_of

_LEAST_ROWS = 3
_WIDEST = 16
_MOST_STRAY = 8  # blocks before and after a table's that belong to none: years of a heading, a page's number
_MOST_APART = 0.1  # share of the figures that may stand in blocks of another length
_LEAST_ALIKE = 0.7
_ALIKE_WEIGHT = 4  # a stray row of a heading's figures costs more than it holds


@dataclass(frozen=True, slots=True)
class Block:
    """Figures with nothing between them: their texts, first and last item, and whether one line holds all."""

    figures: tuple[str, ...]
    first: int
    last: int
    lined: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of figures and the items they were taken from: the first and the last."""

    figures: Arrangement
    first: int
    last: int


def best_matrix(blocks: Sequence[Block], counts: Sequence[int]) -> Matrix | None:
    """The rows and columns that most of the blocks make, those of alike figures; None where there are none.
    Of several the one with as many rows as one of `counts` is taken, then the one with most like figures."""
    offers = []
    for rows, first, last in (*_columns(blocks), *_bands(blocks)):
        alike = alikeness(rows)
        if alike >= _LEAST_ALIKE:
            size = sum(bool(text) for row in rows for text in row)
            offers.append(((len(rows) in counts, alike**_ALIKE_WEIGHT * size), rows, first, last))
    if not offers:
        return None
    (fits, _), rows, first, last = max(offers, key=lambda offer: offer[0])
    sums = sums_of(rows)
    return Matrix(Arrangement(rows, sums, fits and bool(sums)), first, last)


def _columns(blocks: Sequence[Block]) -> Iterator[tuple[Rows, int, int]]:
    """Blocks of one length and of its multiples as columns; those one shorter lack the figure of a total."""
    blocks = [block for block in blocks if not block.lined]
    lengths = Counter(len(block.figures) for block in blocks)
    for height, count in lengths.items():
        if height < _LEAST_ROWS or count < 2:
            continue
        own = [block for block in blocks if _fits(len(block.figures), height)]
        between = [b for b in blocks if own[0].first <= b.first <= own[-1].last and b not in own]
        apart = sum(len(block.figures) for block in between)
        if apart > _MOST_APART * sum(len(block.figures) for block in own) or _are_numbered(own):
            continue
        columns: list[list[str]] = []
        for block in own:
            texts = list(block.figures)
            if len(texts) == height - 1:
                texts.insert(0, "")
            columns += [texts[k : k + height] for k in range(0, len(texts), height)]
        yield tuple(zip(*columns, strict=True)), own[0].first, own[-1].last


def _are_numbered(blocks: Sequence[Block]) -> bool:
    """Whether the last figures of the blocks before the last count on: each is the number of the next row."""
    numbers = [int(text) if (text := block.figures[-1]).isdigit() else 0 for block in blocks[:-1]]
    return numbers[0] > 0 and all(b - a == 1 for a, b in pairwise(numbers))


def _fits(length: int, height: int) -> bool:
    return length == height - 1 or (length > 0 and length % height == 0)


def _bands(blocks: Sequence[Block]) -> Iterator[tuple[Rows, int, int]]:
    """Rows by bands of as many blocks as columns, all of one height, and by lines of as many figures."""
    for width in range(2, _WIDEST + 1):
        for skip in range(min(_MOST_STRAY, len(blocks)) + 1):
            rows, used, telling = _banded(blocks[skip:], width)
            if telling and len(rows) >= _LEAST_ROWS and len(blocks) - skip - used <= _MOST_STRAY:
                yield tuple(rows), blocks[skip].first, blocks[skip + used - 1].last


def _banded(blocks: Sequence[Block], width: int) -> tuple[list[tuple[str, ...]], int, bool]:
    """The rows of the bands from the first block on, how many blocks they take, and whether a band of several
    rows or a line of figures tells the width."""
    rows: list[tuple[str, ...]] = []
    used, telling = 0, False
    while used < len(blocks):
        if blocks[used].lined and len(blocks[used].figures) == width:
            rows.append(blocks[used].figures)
            used, telling = used + 1, True
            continue
        band = blocks[used : used + width]
        if len(band) < width or len({len(block.figures) for block in band}) > 1 or any(b.lined for b in band):
            break
        telling = telling or len(band[0].figures) > 1
        rows += zip(*(block.figures for block in band), strict=True)
        used += width
    return rows, used, telling

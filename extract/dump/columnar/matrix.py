"""Blocks of figures that show by themselves how many rows and columns they make, whatever stands beside them.

Columns written one after another are blocks of one length; rows written so that each cell is a block of its
own come in bands of as many blocks as there are columns, each as high as the others of its band.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from extract.dump.columnar.chunks import in_chunks
from extract.dump.columnar.figures import Arrangement, Rows, alikeness, proofs_of, spread, sums_of

_LEAST_ROWS = 3
_WIDEST = 16
_MOST_COLUMNS = 40  # blocks of one length that are more are no table's: their sums alone would take minutes
_MOST_STRAY = 8  # blocks before and after a table's that belong to none: years of a heading, a page's number
_MOST_APART = 0.1  # share of the figures that may stand in blocks of another length
_LEAST_ALIKE = 0.7
_MOSTLY_ALONE = 0.8  # of the figures are blocks of their own in a dump that parts every cell
_MOST_JUDGED = 6  # arrangements whose sums are tried, the likeliest first
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


def best_matrix(blocks: Sequence[Block], counts: Sequence[int], page: int = 0) -> Matrix | None:
    """The rows and columns that most of the blocks make, those of alike figures; None where there are none.

    A lone figure may be the number of the `page`. Of several ways the one with as many rows as one of
    `counts` is taken, then the one whose sums close, then the one with most like figures.
    """
    found = _likeliest((*_columns(blocks), *_bands(blocks), *_unparted(blocks, counts)), counts)
    if found is None or not found.figures.sums:
        chunked = _likeliest(_in_chunks(blocks, counts, page), counts)
        found = chunked if chunked and chunked.figures.sure else found
    return found


def _likeliest(ways: Iterable[tuple[Rows, int, int]], counts: Sequence[int]) -> Matrix | None:
    """The way that fits the counts, then the one whose sums close, then the one with most like figures."""
    offers: dict[Rows, tuple[tuple[bool, float], int, int]] = {}
    for rows, first, last in ways:
        alike = alikeness(rows) if rows not in offers else 0.0
        if alike >= _LEAST_ALIKE:
            size = sum(bool(text) for row in rows for text in row)
            weight = alike**_ALIKE_WEIGHT * size / (1 + spread(rows))
            offers[rows] = ((len(rows) in counts, weight), first, last)
    if not offers:
        return None
    likely = sorted(offers, key=lambda rows: offers[rows][0], reverse=True)[:_MOST_JUDGED]
    proofs = {rows: proofs_of(rows) for rows in likely}
    rows = max(likely, key=lambda rows: (offers[rows][0][0], proofs[rows] > 0, offers[rows][0][1]))
    (fits, _), first, last = offers[rows]
    return Matrix(Arrangement(rows, sums_of(rows), fits and proofs[rows] > 0), first, last)


def _unparted(blocks: Sequence[Block], counts: Sequence[int]) -> Iterator[tuple[Rows, int, int]]:
    """Rows of figures that nothing parts, each a block of its own or all one, written by rows or by columns:
    as many rows as one of `counts`, but for a few figures before them and the page's number."""
    alone = sum(len(block.figures) == 1 for block in blocks)
    if len(blocks) > 1 and alone < _MOSTLY_ALONE * sum(len(block.figures) for block in blocks):
        return
    flat = [(text, block) for block in blocks for text in block.figures]
    for height in dict.fromkeys(counts):
        for start in range(min(_MOST_STRAY, len(flat))):
            for end in (len(flat), len(flat) - 1):
                width, odd = divmod(end - start, height) if height >= _LEAST_ROWS else (0, 1)
                if odd or not 1 < width <= _WIDEST:
                    continue
                texts = [text for text, _ in flat[start:end]]
                ends = flat[start][1].first, flat[end - 1][1].last
                yield tuple(tuple(texts[r * width : (r + 1) * width]) for r in range(height)), *ends
                yield tuple(tuple(texts[r::height]) for r in range(height)), *ends


def _in_chunks(blocks: Sequence[Block], counts: Sequence[int], page: int) -> Iterator[tuple[Rows, int, int]]:
    """Rows of figures in chunks, whatever their blocks are, as many as one of `counts`: but for a few blocks
    before them and the page's number."""
    flats = [list(blocks)]
    flats += [[*blocks[:i], *blocks[i + 1 :]] for i, b in enumerate(blocks) if b.figures == (str(page),)]
    flats += [[b for b in parts if not _counts_on(b)] for parts in flats if any(map(_counts_on, parts))]
    for height, parts in product(dict.fromkeys(counts), flats):
        for start in range(min(_MOST_STRAY, len(parts)) if height >= _LEAST_ROWS else 0):
            own = parts[start:]
            for rows in in_chunks([text for block in own for text in block.figures], height):
                yield rows, own[0].first, own[-1].last


def _counts_on(block: Block) -> bool:
    """Whether a block is numbers that count on: those of columns or of answers over them."""
    numbers = [int(text) if text.isdigit() else 0 for text in block.figures]
    return len(numbers) >= _LEAST_ROWS and numbers[0] > 0 and all(b - a == 1 for a, b in pairwise(numbers))


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
        if len(columns) > _MOST_COLUMNS:
            continue
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

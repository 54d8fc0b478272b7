"""Figures of a stream in chunks: so many columns written by rows or by columns, then the next ones.

A page's reader writes neighbouring columns together where it takes them for one block of text, so that a
table of nine columns comes as five by rows, one, two by rows, and one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from extract.dump.columnar.figures import Rows

_MOST_CHUNKS = 4
# Of so few figures no arrangement is told, and a dump of so many is parted otherwise.
_LEAST_FIGURES, _MOST_FIGURES = 12, 800
_WIDEST, _WIDE = 12, 9  # columns; of more than the second two chunks at most are tried


def in_chunks(figures: Sequence[str], height: int) -> Iterator[Rows]:
    """The ways to lay figures out in `height` full rows, chunk by chunk; none where they fill no rows."""
    width, odd = divmod(len(figures), height)
    if odd or not 1 < width <= _WIDEST or not _LEAST_FIGURES <= len(figures) <= _MOST_FIGURES:
        return
    most = min(width, _MOST_CHUNKS if width <= _WIDE else 2)
    for count in range(1, most + 1):
        for cuts in combinations(range(1, width), count - 1):
            ends = [*cuts, width]
            chunks = list(zip([0, *cuts], ends, strict=True))
            orders = product(*((True, False) if b - a > 1 else (True,) for a, b in chunks))
            for by_rows in orders:
                yield _laid_out(figures, height, chunks, by_rows)


def _laid_out(
    figures: Sequence[str], height: int, chunks: Sequence[tuple[int, int]], by_rows: Sequence[bool]
) -> Rows:
    rows: list[tuple[str, ...]] = [()] * height
    for (a, b), rowwise in zip(chunks, by_rows, strict=True):
        own, width = figures[a * height : b * height], b - a
        for r in range(height):
            rows[r] += tuple(own[r * width : (r + 1) * width] if rowwise else own[r::height])
    return tuple(rows)

"""How many of a grid's first rows are its header, and which header cells span."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.dump.draft import Span
from normalize.numbering import is_numbering
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal, is_ordinal_head

_MOST_HEADER_ROWS = 6


def _is_body(cells: Sequence[str]) -> bool:
    """Whether a row has what only body rows have: a row number with a label, or figures."""
    filled = [c for c in cells if c.strip()]
    if not filled:
        return False
    figures = sum(looks_numeric(c) or is_none_mark(c) for c in filled[1:])
    if is_ordinal(cells[0]) and len(filled) > 1:
        return True
    if len(filled) == 1 and re.match(r"^[IVX]+[.)]?\s|^[A-Z][.)]\s", filled[0]):
        return True
    return figures >= 1 and 2 * figures >= len(filled) - 1


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """The number of header rows, a row of column numbers included; 0 when the first row is body."""
    for i, row in enumerate(rows[: _MOST_HEADER_ROWS + 1]):
        if is_numbering(row):
            return i + 1
        if _is_body(row):
            return i
    return 1 if rows and is_ordinal_head(rows[0][0]) else 0


def header_spans(header: Sequence[Sequence[str]]) -> list[Span]:
    """Spans of a header written without them: an empty cell belongs to the text on its left when the row
    below parts it, else to the text above it."""
    header = [row for row in header if not is_numbering(row)]
    if not header:
        return []
    height, width = len(header), len(header[0])
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r in range(height):
        for c in range(width):
            owner[r, c] = (r, c) if header[r][c].strip() else _owner_of_empty(header, owner, r, c)
    return [span for at in sorted(set(owner.values())) if (span := _rectangle(owner, at))]


def _owner_of_empty(
    header: Sequence[Sequence[str]], owner: dict[tuple[int, int], tuple[int, int]], r: int, c: int
) -> tuple[int, int]:
    below = any(header[k][c].strip() for k in range(r + 1, len(header)))
    left = owner.get((r, c - 1))
    if left and left[0] == r and below and header[left[0]][left[1]].strip():
        return left
    above = owner.get((r - 1, c))
    if above and header[above[0]][above[1]].strip():
        parted = any(owner.get((r - 1, k)) == above and k != above[1] for k in range(len(header[0])))
        if not parted or not any(
            header[r][k].strip() for k in range(len(header[0])) if owner.get((r - 1, k)) == above
        ):
            return above
    return (r, c)


def _rectangle(owner: dict[tuple[int, int], tuple[int, int]], at: tuple[int, int]) -> Span | None:
    """The largest rectangle that starts at `at` and belongs to it, when it is more than one position."""
    width = 1
    while owner.get((at[0], at[1] + width)) == at:
        width += 1
    height = 1
    while all(owner.get((at[0] + height, at[1] + k)) == at for k in range(width)):
        height += 1
    return Span(at[0], at[1], height, width) if width * height > 1 else None

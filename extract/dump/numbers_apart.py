"""Row numbers that stand in one cell with the names they number, in a column of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.dump.draft import Draft
from normalize.ordinals import is_ordinal_head

_NUMBERED = re.compile(r"(\d{1,3})[.)]?\s+(?=\S*[^\W\d_])(.*)")
_LEAST, _MOSTLY = 3, 0.8  # of the names


def with_numbers_apart(draft: Draft) -> Draft:
    """The table with such a column where nearly all first cells of its body open with a number before words,
    and the numbers count on one by one."""
    head = draft.header_rows or 0
    firsts = [row[0] for row in draft.rows[head:] if row[0]]
    numbers = [int(match[1]) for text in firsts if (match := _NUMBERED.match(text))]
    counted = len(numbers) >= _LEAST and all(b - a == 1 for a, b in pairwise(numbers))
    if not counted or len(numbers) < _MOSTLY * len(firsts):
        return draft
    return replace(
        draft,
        rows=tuple(_parted(row, r >= head) for r, row in enumerate(draft.rows)),
        spans=tuple(replace(span, col=span.col + 1) for span in draft.spans),
        doubtful=frozenset((r, c + 1) for r, c in draft.doubtful),
        others={(r, c + 1): found for (r, c), found in draft.others.items()},
    )


def _parted(row: Sequence[str], body: bool) -> tuple[str, ...]:
    """A row with its number, or the heading of numbers, before its first cell's other words."""
    match = _NUMBERED.match(row[0]) if body else None
    if match:
        return (match[1], match[2], *row[1:])
    first, _, rest = row[0].partition(" ")
    if not body and is_ordinal_head(first):
        return (first, rest, *row[1:])
    return ("", *row)

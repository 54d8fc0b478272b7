"""Whether a grid begins with the header of the table before it, read again on another page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from extract.tables.alignment import Mapping
from normalize.unicode import fold

SAME_HEADER = 88.0
"""rapidfuzz ratio of folded header texts from which they are one; two readings of one header lie above 92."""

LIKE_HEADER = 70.0
"""The same where the ordinals run on: one header with its column numbers misread; others lie under 60."""

_NEAR = 75.0  # ratio of one column's header texts: two readings of a copy's header; other names lie under 60
_MOST, _MORE = 0.7, 0.5  # share of columns that are near: alone, and where the ordinals run on
_FEWEST = 3  # columns that are near, below which they say nothing
_DEEPEST = 7  # rows of a header

Rows = Sequence[Sequence[str]]

Count = Literal["runs on", "begins anew", ""]
"""What the ordinals of a grid do: go on from those of the table before, begin with 1, or say nothing."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A header met again: the first `rows` of the grid repeat rows of the table's header, which is `depth`
    rows deep (more than was thought where the header's ordinals were misread on one of the pages)."""

    rows: int
    depth: int


def printed_again(head: Rows, head_depth: int, rows: Rows, depth: int) -> Repeat | None:
    """As `repeated_header`, of grids whose texts nobody has misread: another word names another table."""
    theirs = _joined(rows[:depth])
    same = depth and any(_joined(head[top:head_depth]) == theirs for top in range(head_depth))
    return Repeat(depth, head_depth) if same else None


def repeated_header(
    head: Rows, head_depth: int, rows: Rows, depth: int, mapping: Mapping | None, count: Count
) -> Repeat | None:
    """The table's own header, or its lowest rows, at the top of a grid; None when there is none.

    `head` and `rows` are the texts of both grids, `head_depth` and `depth` how many of them were taken for
    headers, `mapping` how their columns lie on common ones, `count` what the grid's ordinals do. Both are
    compared whole, then column by column: a cell that was lost or misread on one of the pages does not part a
    table whose rows are not counted anew.
    """
    least = LIKE_HEADER if count == "runs on" else SAME_HEADER
    if head_depth and depth:
        theirs = _joined(rows[:depth])
        if any(fuzz.ratio(_joined(head[top:head_depth]), theirs) >= least for top in range(head_depth)):
            return Repeat(depth, head_depth)
    if mapping is None or count == "begins anew":
        return None
    share = _MORE if count == "runs on" else _MOST
    for deep in _depths(head_depth, depth):
        top = max(0, head_depth - deep)
        ours, again = head[top : top + deep], rows[:deep]
        if len(again) == deep and _near_columns(ours, again, mapping, share):
            return Repeat(deep, max(head_depth, deep))
    return None


def _depths(head_depth: int, depth: int) -> list[int]:
    """How many rows may be repeated: as many as one of the pages shows for a header, the table's first."""
    return [n for n in dict.fromkeys((head_depth, depth)) if 0 < n <= _DEEPEST]


def _near_columns(ours: Rows, theirs: Rows, mapping: Mapping, share: float) -> bool:
    """Whether the texts of most columns are near each other, column by column."""
    first = _on_common(_column_texts(ours), mapping.first, mapping.n_cols)
    second = _on_common(_column_texts(theirs), mapping.second, mapping.n_cols)
    named = [(a, b) for a, b in zip(first, second, strict=True) if a or b]
    near = sum(bool(a and b) and fuzz.ratio(a, b) >= _NEAR for a, b in named)
    words = any(c.isalpha() for a, _ in named for c in a)
    return words and near >= min(_FEWEST, len(named)) and near >= share * len(named) and near > 1


def _on_common(texts: Sequence[str], places: Sequence[tuple[int, int]], n_cols: int) -> list[str]:
    """A grid's column texts on the common columns, empty where it has none."""
    common = [""] * n_cols
    for text, (left, right) in zip(texts, places, strict=False):
        common[left:right] = [text] * (right - left)
    return common


def _column_texts(rows: Rows) -> list[str]:
    """Each column's folded texts from the top down, repeated ones once."""
    return [" ".join(dict.fromkeys(fold(t) for t in column if t)) for column in zip(*rows, strict=True)]


def _joined(rows: Rows) -> str:
    return " | ".join(_column_texts(rows))

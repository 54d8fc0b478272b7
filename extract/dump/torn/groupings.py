"""The ways in which a header may group its columns, by what their figures and the column numbers say."""

from __future__ import annotations

from extract.dump.torn.columns import ColumnFacts

Span = tuple[int, int]
"""First and last column of a group."""

_MOST_GROUPINGS, _SIZES = 3, (2, 3, 4)


def groupings(facts: ColumnFacts) -> list[tuple[Span, ...]]:
    """The ways in which a header may group its columns: what a sum with its neighbours and the shares of it
    join, each together or not; else columns of figures in groups of the same size; at last none."""
    joined = _joined(facts)
    ways = [
        tuple(span for k, span in enumerate(joined) if not without >> k & 1)
        for without in sorted(range(1 << len(joined)), key=int.bit_count)[:_MOST_GROUPINGS]
    ]
    return list(dict.fromkeys([*ways, *([] if joined else _even(facts)), ()]))


def _joined(facts: ColumnFacts) -> list[Span]:
    """The runs of columns that sums of neighbours and shares within them join, without those within
    others."""
    spans = [
        (min(total, *parts), max(total, *parts))
        for total, parts in facts.sums
        if max(total, *parts) - min(total, *parts) == len(parts)
    ]
    for col, of in sorted(facts.share_of):
        near = [k for k, (first, last) in enumerate(spans) if first <= of <= last + 1 and last < col]
        for k in near[-1:]:
            spans[k] = (spans[k][0], col)
    return sorted(s for s in set(spans) if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans))


def _even(facts: ColumnFacts) -> list[tuple[Span, ...]]:
    """The columns of figures parted into groups of one size, two and more groups of two to four."""
    figures = [c for c in range(facts.width) if facts.holds[c] in ("figures", "shares")]
    if not figures or figures[-1] - figures[0] + 1 != len(figures):
        return []
    return [
        tuple((first, first + size - 1) for first in range(figures[0], figures[-1] + 1, size))
        for size in _SIZES
        if len(figures) % size == 0 and len(figures) > size
    ]

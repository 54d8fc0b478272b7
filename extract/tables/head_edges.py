"""Column edges between a header's words: rows tell between which figures a column ends, words where."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extract.tables.printed import Line

_MOST_WHITE = 1.0  # em of white beside an edge; from here on two cells are told from blanks of one
_TORN = 0.5  # em of white that an edge through a word costs: headings over several columns may lie there
_WIDTH = 0.1  # of the white that an edge has for itself, beside that of all lines


def off_words(
    cols: tuple[float, ...], head: Sequence[Line], body: Sequence[Line], em: float
) -> tuple[float, ...]:
    """Column edges with the inner ones moved, within the white that the rows leave, to where the header's
    lines have most: cells stand further apart than words, though a narrow table's hardly do."""
    print_ = sorted((w.box.x0, w.box.x1) for line in body for w in line.words)
    lines = [[(w.box.x0, w.box.x1) for w in line.words] for line in head]
    moved = list(cols)
    for i, edge in enumerate(cols[1:-1], 1):
        low = max((x1 for _, x1 in print_ if x1 <= edge), default=cols[i - 1])
        high = min((x0 for x0, _ in print_ if x0 >= edge), default=cols[i + 1])
        ends = (x for line in lines for word in line for x in word if low < x < high)
        steps = [s for s in itertools.pairwise(sorted({low, high, *ends})) if s[1] > s[0]]
        if steps:
            best = max(steps, key=lambda s: (_white(sum(s) / 2, lines, em) + _WIDTH * (s[1] - s[0]), -s[0]))
            moved[i] = sum(best) / 2
    return tuple(moved)


def _white(x: float, lines: Sequence[Sequence[tuple[float, float]]], em: float) -> float:
    """How much white the lines have about `x`, of each no more than tells two cells; less for words there."""
    found = 0.0
    for line in lines:
        if any(x0 < x < x1 for x0, x1 in line):
            found -= _TORN * em
            continue
        left = max((x1 for _, x1 in line if x1 <= x), default=float("-inf"))
        right = min((x0 for x0, _ in line if x0 >= x), default=float("inf"))
        found += min(right - left, _MOST_WHITE * em)
    return found

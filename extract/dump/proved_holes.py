"""Empty cells of an arrangement filled with figures it left out, where a relation of their rows proves them.

A page's reader may write a figure out of order, beside the words of another column: no order of columns has a
place for it, but the share or sum of its row has.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.dump.columnar.figures import Rows
from extract.dump.columnar.rectangle_sums import proof_of

_PROVES = 2.5  # nats that a figure must add in its row: one relation that holds
_MOST_HOLES, _MOST_SPARE = 8, 16


def with_proved_holes(rows: Rows, spare: Sequence[str]) -> tuple[Rows, tuple[int, ...]]:
    """The rows with such figures in their empty cells, and which of the spare figures these are. One that
    would do in two cells is left out."""
    holes = [(r, c) for r, row in enumerate(rows) if any(row) for c, text in enumerate(row) if not text]
    if not 0 < len(holes) <= _MOST_HOLES or len(spare) > _MOST_SPARE:
        return rows, ()
    before = proof_of(rows)
    fits = {
        (i, hole)
        for i, text in enumerate(spare)
        for hole in holes
        if proof_of(_put(rows, hole, text)) >= before + _PROVES
    }
    used = []
    for i, hole in sorted(fits):
        if sum(i == k for k, _ in fits) == 1 and sum(hole == other for _, other in fits) == 1:
            rows = _put(rows, hole, spare[i])
            used.append(i)
    return rows, tuple(used)


def _put(rows: Rows, hole: tuple[int, int], text: str) -> Rows:
    r, c = hole
    return (*rows[:r], (*rows[r][:c], text, *rows[r][c + 1 :]), *rows[r + 1 :])

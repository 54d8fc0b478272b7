"""Figures written row after row with empty cells: a column that no row lacks tells where rows end.

In a list of staff each row has one amount of money after two or three coefficients; there are as many amounts
as row numbers, so that each ends a row, and the other figures stand in the columns that sums and makes tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.figures import Rows, make_of
from extract.dump.relations import learn_relations
from extract.dump.stream.columns import place_rows
from extract.dump.stream.solve import amount_of, obeying
from extract.dump.tokens import Token, kind_of

_LEAST_WIDTH, _WIDEST = 3, 10
_FULL = 0.3  # of the rows have a figure in each column: fewer tell too little of them


def anchored_rows(figures: Sequence[Dealt], heights: Iterable[int]) -> Rows | None:
    """All figures in as many rows as one of `heights`, each ended by a figure of a make that only these have;
    None where there is no such make, or all rows are full and need no such help."""
    makes = Counter(make_of(f.text) for f in figures)
    for height in dict.fromkeys(heights):
        for make, count in sorted(makes.items()):
            if make and count == height and make_of(figures[-1].text) == make:
                rows = _ended(figures, make)
                width = max(map(len, rows))
                full = [row for row in rows if len(row) == width]
                fits = _LEAST_WIDTH <= width <= _WIDEST and _FULL * height <= len(full) < height
                if fits and min(map(len, rows[:-1])) > 1:  # a total's row may have no other figure
                    return _placed(rows, width)
    return None


def _ended(figures: Sequence[Dealt], make: str) -> list[list[Token]]:
    """The figures cut after each one of the make."""
    rows: list[list[Token]] = [[]]
    for figure in figures:
        if rows[-1] and make_of(rows[-1][-1].text) == make:
            rows.append([])
        rows[-1].append(Token(figure.text, kind_of(figure.text)))
    return rows


def _placed(rows: Sequence[Sequence[Token]], width: int) -> Rows:
    """The rows with empty cells where sums and makes have them; the last figure stands in the last column."""
    full = [[amount_of(t.text) for t in row] for row in rows if len(row) == width]
    obeys = obeying(width, learn_relations(full))
    found = place_rows(rows, width, lambda run, columns: columns[-1] == width - 1 and obeys(run, columns))
    out = []
    for row, placement in zip(rows, found, strict=True):
        cells = [""] * width
        for token, col in zip(row, placement.columns if placement else range(width), strict=False):
            cells[col] = token.text
        out.append(tuple(cells))
    return tuple(out)

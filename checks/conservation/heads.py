"""Figures of the body that ended in the header: their column's name holds them, no value does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from model.table import Table
from normalize.dates import year_of
from normalize.numbers import looks_numeric
from normalize.unicode import squeeze

FEWEST = 2
"""Figures that make a header's row one of the body; a single one may be what a column is called."""

MOST = 0.5
"""Of a header's named columns, from which a row that names as many names them again."""

LONGEST_COUNT = 2
"""Digits of heads that count on (months, days, questions)."""


def headed_figures(table: Table) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table's header that hold figures as a body does, with these; years, column numbers and
    heads that count on from one to the next are names."""
    for row in range(table.header_rows):
        if table.row_kinds[row : row + 1] == ("numbering",):
            continue
        own = (cell for cell in table.rows[row] if cell.anchor in ((row, cell.col), (-1, -1)))
        figures = [cell.text for cell in own if looks_numeric(cell.text) and not year_of(cell.text)]
        if len(figures) >= FEWEST and not _counts_on(figures):
            yield row, figures


def repeated_heads(table: Table) -> Iterator[int]:
    """The rows of a table's body in which most columns hold what its header's lowest row calls them."""
    if not table.header_rows:
        return
    names = [squeeze(cell.text).lower() for cell in table.rows[table.header_rows - 1]]
    named = [col for col, name in enumerate(names) if any(map(str.isalpha, name))]
    if len({names[col] for col in named}) < FEWEST:
        return
    figures = table.plain_columns
    worded = [col for col in named if col not in figures]
    if len({names[col] for col in worded}) < FEWEST:
        return
    for row in range(table.header_rows, table.n_rows):
        cells = table.rows[row]
        same = [
            col
            for col in worded
            if not (text := cells[col].text).isdecimal() and squeeze(text).lower() == names[col]
        ]
        if len({names[col] for col in same}) >= FEWEST and len(same) > MOST * len(named):
            yield row


def _counts_on(texts: list[str]) -> bool:
    numbers = [int(text) for text in texts if text.isdigit() and len(text) <= LONGEST_COUNT]
    return len(numbers) == len(texts) and all(b == a + 1 for a, b in pairwise(numbers))

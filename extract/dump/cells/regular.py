"""Small tables without row numbers of a dump a cell a line, told by rows that are all alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.dump.cells.lines import Cell
from extract.dump.cells.rows import CellRow, CellTable

_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
_DECIMALS = re.compile(r"[.,](\d+)%?\)?$")
_GROUP = 3  # digits behind a mark that may group thousands
_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")
_LEAST_NAMES = 3  # that open with the word over them


@dataclass(frozen=True, slots=True)
class RegularRows:
    """Rows alike, and whether their figures say that they were written row by row: columns written one after
    another, each under its heading, look like rows as well."""

    rows: tuple[CellRow, ...]
    told: bool


def regular_rows(table: CellTable) -> RegularRows | None:
    """The rows of the table where every one has a name and a figure for each of several columns, and a header
    of as many words at least stands over them; None where they differ, where figures side by side are more
    of a kind than those below each other, or where these are as much of one and names tell columns."""
    full = [bool(row.label) and len(row.figures) == table.width for row in table.rows]
    if table.width < _LEAST_COLUMNS or sum(full) < _LEAST_ROWS:
        return None
    first = full.index(True)
    rows = list(table.rows[first : first + sum(full)])
    others = [*table.rows[:first], *table.rows[first + len(rows) :]]
    if any(row.figures for row in others) or any(row.number for row in rows[1:]):
        return None
    above = [*table.header, *(cell for row in table.rows[: first + 1] for cell in row.label)]
    lines = max(len(row.label) for row in rows[1:])
    if len(above) - lines < table.width or any(cell.is_figure for cell in table.tail):
        return None
    # The header's last words, or the number of a heading over it, may stand before the first name.
    rows[0] = replace(rows[0], number=None, label=first_name(above, min(lines, len(rows[0].label))))
    shapes = [[_shape(cell.text) for cell in row.figures] for row in rows]
    down, across = _same(zip(*shapes, strict=True)), _same(shapes)
    if down < across or (down == across and _are_columns(above, rows)):
        return None
    return RegularRows(tuple(rows), down > across)


def _are_columns(above: Sequence[Cell], rows: Sequence[CellRow]) -> bool:
    """Whether the names of rows are headings of columns: those over the figures open with the word that
    stands over them (`Xã` over `Xã An`), so that they name rows; or the names count, but not on."""
    texts = [cell.text for cell in above[: len(above) - len(rows[0].label)]]
    names = [text.split() for text in texts]
    for k, own in enumerate(names[:-_LEAST_NAMES]):
        if all(len(name) > len(own) and name[: len(own)] == own for name in names[k + 1 :]):
            return True
    labels = [" ".join(cell.text for cell in row.label) for row in rows]
    stems = {_LAST_NUMBER.sub("", label) for label in labels}
    numbers = [int(found[0]) for label in labels if (found := _LAST_NUMBER.search(label))]
    return len(stems) == 1 and len(numbers) == len(rows) and numbers != sorted(numbers)


def first_name(above: Sequence[Cell], lines: int) -> tuple[Cell, ...]:
    """The last cells above the first figures, as many as names have lines, or up to one that opens a bracket
    which they close."""
    name = list(above[-lines:])
    while len(name) < len(above) and sum(cell.text.count(")") - cell.text.count("(") for cell in name) > 0:
        name.insert(0, above[-len(name) - 1])
    return tuple(name)


def _same(runs: Iterable[Sequence[str]]) -> float:
    """The share of neighbours in runs of figures that are of one kind."""
    pairs = [(a, b) for run in runs for a, b in pairwise(run) if a and b]
    return sum(a == b for a, b in pairs) / max(1, len(pairs))


def _shape(text: str) -> str:
    """What columns of figures differ in: decimals, signs, shares; '' of a dash, which is of any kind."""
    if not any(map(str.isdigit, text)):
        return ""
    decimals = _DECIMALS.search(text)
    places = len(decimals[1]) if decimals else 0
    grouped = places == _GROUP and "%" not in text
    sign = "±" if text[0] in "+-−–" else ""
    return f"{sign}{0 if grouped else places}{'%' * ('%' in text)}{'/' * ('/' in text)}"

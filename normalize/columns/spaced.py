"""Figures with blanks between their groups (`12 345`), told from two figures side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from model.table import Cell
from normalize.numbers import parse_number

_BLANK_GROUP = re.compile(r"\d \d{3}(?!\d)")
_BLANK_GROUPS = re.compile(r"[-–+]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_MARKED_GROUP = re.compile(r"\d[.,]\d{3}(?!\d)")
_HOUSE_OF_BLANKS = 3  # cells of a column from which blanks are its way to print groups
_HOUSE_OF_PAPER, _CLEARLY = 6, 4  # the same of a document, and times as many as have groups with marks
_LOOSE = 10  # times the column's largest figure that a figure over a blank may be, a total say
_FITTING = 2  # times the column's largest figure that each of two side by side may be


def groups_with_blanks(cells: Sequence[Cell]) -> bool:
    """Whether a document prints groups of thousands with blanks: its figures' `cells` in ruled tables, into
    which no figure of another column can have come."""
    spaced = sum(" " in c.text and c.sure and _BLANK_GROUPS.fullmatch(c.text) is not None for c in cells)
    if spaced < _HOUSE_OF_PAPER:
        return False
    return spaced > _CLEARLY * sum(_MARKED_GROUP.search(c.text) is not None for c in cells)


def spaced_figures(cells: list[Cell], house: bool) -> list[Cell]:
    """Figures over a blank told from two figures side by side.

    Where a column prints its groups with blanks, each is one. Elsewhere the sizes of the column's other
    figures tell: `797 179` among figures of hundreds is two, and stands for none; what may be one stays a
    doubt, unless the document's `house` is to print groups so.
    """
    spaced = [c for c in cells if _spaced(c)]
    if not spaced:
        return cells
    others = [abs(c.value.amount) for c in cells if c.value is not None and c.value.amount and not _spaced(c)]
    marked = sum(bool(_MARKED_GROUP.search(c.text)) for c in cells if c.value and not _spaced(c))
    if len(spaced) >= _HOUSE_OF_BLANKS and len(spaced) > marked and not _all_fit(spaced, others):
        return cells
    return [_one_or_two(cell, others, house) if _spaced(cell) else cell for cell in cells]


def _all_fit(spaced: Sequence[Cell], others: Sequence[Decimal]) -> bool:
    """Whether all figures over blanks are out of the column's size and fall into two that are of it."""
    return bool(others) and all(_is_two(cell, others) for cell in spaced)


def _is_two(cell: Cell, others: Sequence[Decimal]) -> bool:
    """Whether a figure over a blank is far out of its column's size and falls into two that are of it."""
    if cell.value is None or len(others) < 2:
        return False
    parts = [v for t in cell.text.split() if (v := parse_number(t)) is not None]
    fit = len(parts) >= 2 and all(abs(v.amount) <= _FITTING * max(others) for v in parts)
    return fit and abs(cell.value.amount) > _LOOSE * max(others)


def _one_or_two(cell: Cell, others: Sequence[Decimal], house: bool) -> Cell:
    if _is_two(cell, others):
        return replace(cell, value=None, status="doubtful")
    one = house and cell.sure and _BLANK_GROUPS.fullmatch(cell.text)
    return cell if one else replace(cell, status="doubtful")


def _spaced(cell: Cell) -> bool:
    """Whether a number was put together over a blank (`12 345`): groups of one figure, or two figures."""
    return cell.value is not None and " " in cell.text and bool(_BLANK_GROUP.search(cell.text))

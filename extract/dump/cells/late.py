"""Rows whose numbers or figures a page's reader wrote before or after the rest of them.

At the top of a page it may write the first row numbers one after another, then the labels with the figures;
and the figures of a row whose label stands on two lines come before its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.dump.cells.lines import Cell
from extract.dump.cells.rows import CellRow
from extract.dump.tokens import CODE
from normalize.totals import begins_with_sum
from normalize.unicode import fold

_FURTHEST = 8  # rows from a number to its figures


@dataclass(frozen=True, slots=True)
class RowsInTurn:
    """Rows, and for each whether its parts were put together."""

    rows: tuple[CellRow, ...]
    together: tuple[bool, ...]


def rows_in_turn(rows: Sequence[CellRow]) -> RowsInTurn:
    """The rows with numbers that have no figures beside the figures that have no number, each in turn, where
    as many of either stand near each other."""
    out: list[CellRow] = []
    together: list[bool] = []
    at = 0
    while at < len(rows):
        end = _end_of_group(rows, at)
        if end > at:
            found = _in_turn(rows[at:end])
        elif end := _end_of_early(rows, at):
            early = rows[at]
            found = [*rows[at + 1 : end - 1], replace(rows[end - 1], figures=early.figures, note=early.note)]
        else:
            end, found = at + 1, [rows[at]]
        together += [end > at + 1 and bool(row.figures) for row in found]
        out += found
        at = end
    return RowsInTurn(tuple(out), tuple(together))


def _end_of_group(rows: Sequence[CellRow], start: int) -> int:
    """Where rows end of which the first has a number and no figures, and as many have figures and no number
    as have a number and no figures; `start` where none do."""
    if not _is_bare(rows[start]):
        return start
    bare = orphans = 0
    for i, row in enumerate(rows[start : start + _FURTHEST]):
        bare += _is_bare(row)
        if row.number is None:
            if not row.figures or _is_total(row):
                return start
            orphans += 1
        if orphans == bare:
            return start + i + 1
    return start


def _in_turn(rows: Sequence[CellRow]) -> list[CellRow]:
    """The numbers of rows, each with its own words where it has no figures, beside the figures in turn."""
    numbers = [row for row in rows if row.number is not None and not _is_section(row)]
    filled = [row for row in rows if row.figures]
    codes = [cell for row in rows for cell in row.label if _is_code(cell)]
    in_turn = len(codes) == len(numbers)
    found: list[CellRow] = []
    sections = [row for row in rows if _is_section(row)]
    for k, (own, row) in enumerate(zip(numbers, filled, strict=True)):
        label = (*(() if own.figures else own.label), *row.label)
        if in_turn:
            label = (codes[k], *(cell for cell in label if not _is_code(cell)))
        found.append(CellRow(own.number, label, row.figures, row.note))
    return [*sections, *found]


def _end_of_early(rows: Sequence[CellRow], start: int) -> int:
    """Where the row ends, over which sections may begin, that has no figures but its number, after figures
    without number and label; 0 where there is none."""
    if rows[start].number or rows[start].label or not rows[start].figures:
        return 0
    end = start + 1
    while end < len(rows) and _is_section(rows[end]):
        end += 1
    return end + 1 if end < len(rows) and _is_bare(rows[end]) else 0


def _is_bare(row: CellRow) -> bool:
    return row.number is not None and not row.figures and not _is_section(row)


def _is_section(row: CellRow) -> bool:
    ordinal = row.number.ordinal if row.number else None
    return not row.figures and ordinal is not None and ordinal.kind in ("roman", "letter")


def _is_total(row: CellRow) -> bool:
    return bool(row.label) and begins_with_sum(fold(row.label[0].text))


def _is_code(cell: Cell) -> bool:
    return bool(CODE.match(cell.text))

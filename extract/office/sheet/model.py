"""A sheet of a workbook as its file stores it: cells with what they show, borders, merges, what is hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extract.office.sheet.formulas import Formula

LEFT, RIGHT, TOP, BOTTOM = 1, 2, 4, 8

UNICODE = "Unicode"
"""A font's name for a run that is Unicode whatever the font of its cell is."""

MOST_CELLS = 1_000_000
"""Filled cells of a workbook beyond which it is not read: Excel's own limit is 17 thousand million."""


class Look(NamedTuple):
    """How cells of one style are printed: font ('' when not named), weight, alignment, borders drawn (a sum
    of LEFT, RIGHT, TOP, BOTTOM), the code of the number format, the font's size in points (0: not said), and
    whether the text is raised."""

    font: str = ""
    bold: bool = False
    centred: bool = False
    borders: int = 0
    form: str = "General"
    size: float = 0.0
    raised: bool = False


PLAIN = Look()


class SheetCell(NamedTuple):
    """A cell: its text as shown, its font runs where it is set in several, its look, and the number it
    stores in the scale it is shown in (12.34 for `12,34%`), None for texts and dates; its formula, if any."""

    text: str
    look: Look = PLAIN
    number: Decimal | None = None
    runs: tuple[tuple[str, str], ...] = ()
    formula: Formula | None = None


class Merge(NamedTuple):
    """Cells shown as one: rows and columns from the first to the last, both included, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `cells` by row and column from 0, empty ones only where they have borders. `loose` are texts
    that stand in no cell (text boxes, comments); `hidden` says that the file does not show the sheet;
    `losses` what the file lacks of it, in plain Vietnamese; `bordered` that some cell may draw a line."""

    name: str
    cells: Mapping[tuple[int, int], SheetCell]
    merges: Sequence[Merge] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    hidden: bool = False
    loose: Sequence[str] = ()
    remarks: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    bordered: bool = True

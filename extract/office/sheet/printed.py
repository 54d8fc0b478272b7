"""Stored numbers of a workbook as printed, in the marks that its typed figures use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from extract.office.sheet.model import Look, SheetCell
from extract.office.sheet.number_format import Shown, groups_wholes, is_shown_as_stored, show
from model.value import DecimalMark

_MOST_TEXTS = 20_000  # typed texts that are asked for the mark
# A typed figure with decimals that is no group of three, no ordinal (`1.1`), no code (`02.0051`).
_DECIMAL = re.compile(r"[+-]?(?:[1-9]\d+([.,])\d{1,2}|\d+([.,])\d{1,2} ?%)")
_CLEAR_FIGURES, _CLEAR_SHARE = 3, 4  # typed figures, and their share, that speak for a decimal dot
_MOST_KEPT = 200_000
_MARGINS = 0.7  # digits that the margins of a cell take (5 pixels of a digit's 7)
_AMPLE = 100.0
_EXACT = 15  # digits that Excel keeps of a number
_LONG = 12  # digits of a whole number that General prints as a power of ten


class Printer:
    """Shows numbers. `texts` are the workbook's typed texts: where they clearly print figures with a decimal
    dot, stored numbers are shown so too, since a reader must not meet two conventions in one table."""

    def __init__(self, since_1904: bool, texts: Iterable[str]) -> None:
        self._since_1904 = since_1904
        listed = [t for t, _ in zip(texts, range(_MOST_TEXTS)) if any(c.isdigit() for c in t)]
        marks = Counter(found[1] or found[2] for t in listed if (found := _DECIMAL.fullmatch(t.strip())))
        dots = marks["."] >= _CLEAR_FIGURES and marks["."] > _CLEAR_SHARE * marks[","]
        self._mark: DecimalMark = "." if dots else ","
        self._kept: dict[tuple[str, Look, float], SheetCell] = {}
        self._rooms: dict[tuple[float, float], float] = {}

    def number(self, stored: str, look: Look, width: float = 0.0) -> SheetCell:
        """The cell of a stored number under its format; one that is no number stays as it is. `width` is its
        column's, in digits of a font of one point (0: not known). It is kept to be met again."""
        key = stored, look, width
        cell = self._kept.get(key)
        if cell is None:
            cell = self.printed(stored, look, width)
            if len(self._kept) < _MOST_KEPT:
                self._kept[key] = cell
        return cell

    def printed(self, stored: str, look: Look, width: float) -> SheetCell:
        """The same, for who keeps the cells that may be met again."""
        sized = width, look.size
        room = self._rooms.get(sized)
        if room is None:
            room = round(width / look.size, 1) - _MARGINS if width and look.size else _AMPLE
            self._rooms[sized] = room
        if look.form == "General":  # most
            if stored.isdigit() and len(stored) < _LONG:
                return SheetCell(stored, look, Decimal(stored))
            if is_shown_as_stored(stored, room):
                return SheetCell(stored.replace(".", self._mark), look, Decimal(stored))
        elif stored.isdigit() and stored[0] != "0" and len(stored) <= _EXACT and stored.isascii():
            grouped = groups_wholes(look.form)
            if grouped is not None:
                text = f"{int(stored):,}" if grouped else stored
                return SheetCell(text.replace(",", "." if self._mark == "," else ","), look, Decimal(stored))
        shown = self._shown(stored, look.form, room)
        return SheetCell(shown.text, look, shown.number)

    def _shown(self, stored: str, form: str, room: float) -> Shown:
        try:
            value = float(stored)
        except ValueError:
            return Shown(stored.strip(), None)
        return show(value, form, self._mark, self._since_1904, room)

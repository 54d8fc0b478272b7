"""Stored numbers of a workbook as printed, in the marks that its typed figures use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from extract.office.sheet.model import Look, SheetCell
from extract.office.sheet.number_format import groups_wholes, is_shown_as_stored, show
from model.value import DecimalMark

_MOST_TEXTS = 20_000  # typed texts that are asked for the mark
# A typed figure with decimals that is no group of three, no ordinal (`1.1`), no code (`02.0051`).
_DECIMAL = re.compile(r"[+-]?(?:[1-9]\d+([.,])\d{1,2}|\d+([.,])\d{1,2} ?%)")
_CLEAR_FIGURES, _CLEAR_SHARE = 3, 4  # typed figures, and their share, that speak for a decimal dot
_MOST_KEPT = 200_000
_MARGINS = 0.7  # digits that the margins of a cell take (5 pixels of a digit's 7)
_AMPLE = 100.0
_EXACT = 15  # digits that Excel keeps of a number
_GROUP = 3  # digits
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
        self._ways: dict[tuple[Look, float], Callable[[str], SheetCell]] = {}

    def number(self, stored: str, look: Look, width: float = 0.0) -> SheetCell:
        """The cell of a stored number under its format; one that is no number stays as it is. `width` is its
        column's, in digits of a font of one point (0: not known). It is kept to be met again."""
        key = stored, look, width
        cell = self._kept.get(key)
        if cell is None:
            cell = self.way(look, width)(stored)
            if len(self._kept) < _MOST_KEPT:
                self._kept[key] = cell
        return cell

    def way(self, look: Look, width: float) -> Callable[[str], SheetCell]:
        """What gives the cells of stored numbers of one look and width, for who keeps those that may be met
        again."""
        found = self._ways.get((look, width))
        if found is None:
            room = round(width / look.size, 1) - _MARGINS if width and look.size else _AMPLE
            found = self._general(look, room) if look.form == "General" else self._formatted(look, room)
            self._ways[look, width] = found
        return found

    def _general(self, look: Look, room: float) -> Callable[[str], SheetCell]:
        mark = self._mark

        def shown(stored: str) -> SheetCell:
            if stored.isdigit() and len(stored) < _LONG:
                return made(SheetCell, (stored, look, Decimal(stored), (), None))
            if is_shown_as_stored(stored, room):
                return made(SheetCell, (stored.replace(".", mark), look, Decimal(stored), (), None))
            return self._shown(stored, look, room)

        made = tuple.__new__  # a hundred thousand times, in half the time
        return shown

    def _formatted(self, look: Look, room: float) -> Callable[[str], SheetCell]:
        grouped = groups_wholes(look.form)
        group = "." if self._mark == "," else ","

        def shown(stored: str) -> SheetCell:
            if stored.isdigit() and stored[0] != "0" and len(stored) <= _EXACT and stored.isascii():
                if not grouped or len(stored) <= _GROUP:
                    text = stored
                elif len(stored) <= 2 * _GROUP:  # most
                    text = f"{stored[:-_GROUP]}{group}{stored[-_GROUP:]}"
                else:
                    text = f"{int(stored):,}".replace(",", group)
                return made(SheetCell, (text, look, Decimal(stored), (), None))
            return self._shown(stored, look, room)

        made = tuple.__new__
        return shown if grouped is not None else lambda stored: self._shown(stored, look, room)

    def _shown(self, stored: str, look: Look, room: float) -> SheetCell:
        try:
            value = float(stored)
        except ValueError:
            return SheetCell(stored.strip(), look)
        shown = show(value, look.form, self._mark, self._since_1904, room)
        return SheetCell(shown.text, look, shown.number)

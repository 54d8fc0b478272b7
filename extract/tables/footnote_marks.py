"""Marks of footnotes behind figures: they are no part of the figure."""

from __future__ import annotations

import re
from dataclasses import replace
from string import digits

from model.page import GridCell, Reading

_FOOTNOTED = re.compile(r"^([+\-−]?\d[\d.,]*\s?%?)\s?[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾*]+$")


def without_mark(cell: GridCell) -> GridCell:
    """A figure without the footnote mark behind it; the print with the mark stays as an alternative."""
    last = cell.text[-1:]
    if last.isalpha() or not last or last in digits:
        return cell  # most cells
    found = _FOOTNOTED.match(cell.text)
    if not found:
        return cell
    return replace(cell, text=found[1], alternatives=(Reading(cell.text, 1.0, cell.engine),))

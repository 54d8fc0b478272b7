"""What a cell of a spreadsheet of LibreOffice shows and stores, as a cell of a sheet."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from extract.office.opendocument.package import OFFICE, TABLE
from extract.office.sheet.formulas import Formula
from extract.office.sheet.model import Look, SheetCell

KIND, VALUE = OFFICE + "value-type", OFFICE + "value"
_NUMBERS = frozenset({"float", "percentage", "currency"})
_PREFIX = 8  # letters before the sign, which name the language (`of:`, `oooc:`, `msoxl:`)
_REFERENCE = re.compile(r"\[(\.\$?[A-Z]{1,3}\$?\d{1,7}(?::\.\$?[A-Z]{1,3}\$?\d{1,7})?)\]", re.IGNORECASE)
_GROUP, _MOST_THOUSANDS = 3, 3  # digits of a group; groups that a format may leave away
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])[/.-]\d{4}|\d{4}")
"""A date of which the format shows month and year, or the year, alone."""


def cell_of(element: Any, look: Look, text: str) -> SheetCell:
    """A cell of a text as shown, with its number in the scale and to the digits that are shown."""
    kind = element.get(KIND, "")
    if kind == "date" and (day := _day(element.get(OFFICE + "date-value", ""))) and text.strip():
        return SheetCell(text.strip() if _MONTH.fullmatch(text.strip()) else day, look)
    cell = valued(kind, element.get(VALUE, ""), look, text)
    return cell if cell.number is None else cell._replace(formula=_formula(element))


def valued(kind: str, value: str, look: Look, text: str) -> SheetCell:
    """A cell of a text as shown and, of a number, the value that is stored."""
    number: Decimal | None = None
    if kind in _NUMBERS and text.strip():
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = None
    if number is None or not number.is_finite():
        return SheetCell(text, look)
    if value == text and text.isascii() and text.isdigit() and kind == "float":
        return SheetCell(text, look, number)  # most figures
    return SheetCell(text, look, shown_as(number.scaleb(2) if kind == "percentage" else number, text))


def _formula(element: Any) -> Formula | None:
    """The formula of a cell as Excel writes it (OpenFormula, 5.8: `of:=SUM([.C5:.C12])`). None where there is
    none, where it names another sheet, and where one element stands for several cells."""
    told = element.get(TABLE + "formula", "")
    if not told or count_of(element, "number-columns-repeated") > 1:
        return None
    head, sign, text = told.partition("=")
    plain = _REFERENCE.sub(lambda ref: ref[1].replace(".", ""), text)
    return Formula(plain) if sign and len(head) <= _PREFIX and "[" not in plain else None


def shown_as(number: Decimal, text: str) -> Decimal:
    """A stored number to the digits that its text shows: those behind the last mark that is not one of a
    group of three (a stored whole number has none). A format may leave thousands away (`#,##0,`): then it is
    the number of thousands, or millions, that is shown."""
    digits = "".join(c for c in text if c.isdigit() or c in ",.")
    cut = max(digits.rfind(","), digits.rfind("."))
    places = len(digits) - cut - 1 if cut >= 0 else 0
    shown = digits.replace(",", "").replace(".", "").lstrip("0")
    for thousands in range(_MOST_THOUSANDS + 1 if shown else 1):
        for candidate in (places, 0):
            rounded = _rounded(number.scaleb(-_GROUP * thousands), candidate)
            if rounded is not None and f"{abs(rounded):f}".replace(".", "").lstrip("0") == shown:
                return rounded
    return number


def _rounded(number: Decimal, places: int) -> Decimal | None:
    """A number to so many decimals, halves away from 0 as print has them; None for one too long for that."""
    try:
        return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return None


def _day(stored: str) -> str:
    """An ISO day as Vietnamese print has it."""
    day, _, clock = stored.partition("T")
    parts = day.split("-")
    if len(parts) != 3 or not all(p.isdigit() for p in parts):
        return ""
    shown = f"{parts[2]}/{parts[1]}/{parts[0]}"
    return f"{shown} {clock[:5]}" if clock and clock[:5] != "00:00" else shown


def count_of(element: Any, attribute: str) -> int:
    """A number of an attribute, one at least."""
    text = element.get(TABLE + attribute, "1")
    return max(1, int(text)) if text.isdigit() else 1

"""What a sentence and a cell print of one figure: the sentence with a scale word, where a table's head has
it."""

from __future__ import annotations

from decimal import Decimal

from checks.figures import Book
from checks.relation import ONE
from checks.view import Sheet


def scales(book: Book, said: int) -> tuple[Decimal, ...]:
    """The factors from a cell's print to what a sentence says: one, and that of the sentence's scale word."""
    power = book.figures[said].power
    return (ONE, ONE.scaleb(power)) if power else (ONE,)


def is_said(book: Book, cell: int, said: int) -> bool:
    """Whether a cell prints the amount that a sentence tells."""
    if book.figures[cell].percent != book.figures[said].percent or not book.amounts[cell]:
        return False
    return any(book.amounts[cell] * scale == book.amounts[said] for scale in scales(book, said))


def nearest_scale(book: Book, cell: int, said: int, change: int | None = None) -> Decimal:
    """The factor that brings a cell nearest to what a sentence says, or to the change that it says."""
    told = abs(book.amounts[said if change is None else change])
    return min(scales(book, said), key=lambda scale: abs(abs(book.amounts[cell]) * scale - told))


def rows_told(book: Book, sheet: Sheet, said: int) -> frozenset[int]:
    """The rows of a table in which some cell prints what a sentence tells."""
    return frozenset(r for r in sheet.body for n in sheet.at[r] if n is not None and is_said(book, n, said))


def digits_told(book: Book, said: int) -> int:
    """How many digits a sentence's figure says, but for noughts at its end."""
    return len(str(abs(book.amounts[said])).replace(".", "").strip("0"))

"""What cannot be more than something else: dossiers settled than came in, those settled on time than settled.

An agency settles what it received and what was carried over from before. Where the table prints both, or says
that the received include what was carried over, no more can be settled (and left pending) than these. Where
it prints only what came in, a backlog may be settled beside: then only a figure that is far over is told.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from checks.families.balances import phase_columns
from checks.figures import Book
from checks.relation import ZERO
from checks.view import Sheet
from model.flag import CellRef, Flag
from normalize.numbers import is_none_mark

CHECK = "row_sum/bound"
_CARRIED = re.compile(r"\b(?:ky|thang|quy|nam) truoc\b|\bton\b")
_WITH_CARRIED = re.compile(r"\b(?:ca|gom|ke ca|bao gom|va)\b")
_IN_TIME = re.compile(r"\b(?:dung|truoc|som|qua|tre|trong) (?:thoi )?han\b")
_OF_SETTLED = re.compile(r"\bgiai quyet\b|\bxu ly\b|\btra\b")
_OBEY = 0.75  # of the rows that must keep to a bound, for it to be what the columns mean
_FEWEST = 3  # of them
_USUAL = 0.5  # powers of ten by which the figures of a column differ as a rule
_FAR, _MANY = 2, 20  # times what came in, and dossiers over it, that no backlog explains


@dataclass(frozen=True, slots=True)
class Bound:
    """`more` columns together are at most `most` columns together, in the words `subject` and `limit`.
    `strict`: by no dossier; else a backlog that the table does not print may be in it."""

    more: tuple[int, ...]
    most: tuple[int, ...]
    strict: bool
    subject: str
    limit: str


def find(book: Book, sheet: Sheet) -> Iterator[Flag]:
    """One flag for each row that breaks a bound which the table's other rows keep."""
    told: set[int] = set()
    for bound in bounds(sheet):
        broken = [r for r in sheet.body if _breaks(book, sheet, r, bound)]
        kept = sum(1 for r in sheet.body if _amounts(book, sheet, r, bound) is not None) - len(broken)
        if kept < _FEWEST or kept < _OBEY * (kept + len(broken)):
            continue
        for row in broken:
            if row not in told:
                told.add(row)
                yield _flag(book, sheet, row, bound)


def bounds(sheet: Sheet) -> Iterator[Bound]:
    """The bounds that a table's headers speak of."""
    columns = phase_columns(sheet)
    settled, received = columns.get("settled"), columns.get("received")
    if settled is None:
        return
    if received is not None:
        head = sheet.head(received)
        carried = columns.get("carried")
        most = (received,) if carried is None else (received, carried)
        strict = carried is not None or bool(_CARRIED.search(head) and _WITH_CARRIED.search(head))
        pending = (columns["pending"],) if strict and "pending" in columns else ()
        subject = "đã giải quyết và đang giải quyết" if pending else "đã giải quyết"
        yield Bound((settled, *pending), most, strict, subject, "số tiếp nhận")
    for col in sheet.numeric:
        in_time = _IN_TIME.search(sheet.leaf(col)) and not sheet.percentish(col)
        together = bool(sheet.group(col)) and sheet.group(col) == sheet.group(settled)
        if col != settled and in_time and (together or _OF_SETTLED.search(sheet.leaf(col))):
            yield Bound((col,), (settled,), True, sheet.column(col).path[-1].lower(), "số đã giải quyết")


def _amounts(book: Book, sheet: Sheet, row: int, bound: Bound) -> tuple[Decimal, Decimal] | None:
    """The two sides of a bound in a row; None where a figure of them is missing or could not be read."""
    sides = []
    for columns in (bound.more, bound.most):
        found = [n for c in columns if (n := sheet.at[row][c]) is not None]
        unread = any(sheet.at[row][c] is None and not _says_none(sheet, row, c) for c in columns)
        if not found or unread or any(book.figures[n].percent or book.amounts[n] < 0 for n in found):
            return None
        sides.append(sum((book.amounts[n] for n in found), ZERO))
    return sides[0], sides[1]


def _says_none(sheet: Sheet, row: int, col: int) -> bool:
    """Whether a cell prints that there are none; of ink an empty one may be unread."""
    cell = sheet.cell(row, col)
    return is_none_mark(cell.text) and (cell.sure or bool(cell.text.strip()))


def _breaks(book: Book, sheet: Sheet, row: int, bound: Bound) -> bool:
    sides = _amounts(book, sheet, row, bound)
    if sides is None:
        return False
    more, most = sides
    return more > most if bound.strict else more > _FAR * most and more - most >= _MANY


def _flag(book: Book, sheet: Sheet, row: int, bound: Bound) -> Flag:
    columns = [c for c in (*bound.more, *bound.most) if sheet.at[row][c] is not None]
    at = max(columns, key=lambda c: (_strangeness(book, sheet, row, c), c in bound.more))
    cell = sheet.cell(row, at)
    more, most = (" + ".join(_texts(sheet, row, side)) for side in (bound.more, bound.most))
    return Flag(
        "row_sum",
        "warning",
        f"{sheet.label(row)}: {bound.subject} {more}, nhiều hơn {bound.limit} {most}.",
        sheet.table.table_id,
        row,
        at,
        cell.page,
        cell.box,
        cell.text,
        "",
        sheet.label(row),
        CHECK,
        tuple(CellRef(sheet.table.table_id, row, c) for c in columns if c != at),
    )


def _texts(sheet: Sheet, row: int, columns: Sequence[int]) -> list[str]:
    return [sheet.cell(row, c).text for c in columns if sheet.at[row][c] is not None]


def _strangeness(book: Book, sheet: Sheet, row: int, col: int) -> float:
    """How far a figure is from the size of its column's others, in powers of ten; 0 where that is usual."""
    sizes = [math.log10(float(a)) for r in sheet.body if (a := _amount(book, sheet, r, col)) > 0]
    own = _amount(book, sheet, row, col)
    off = abs(math.log10(float(own)) - median(sizes)) if own > 0 and sizes else math.inf
    return off if off > _USUAL else 0.0


def _amount(book: Book, sheet: Sheet, row: int, col: int) -> Decimal:
    index = sheet.at[row][col]
    return book.amounts[index] if index is not None else ZERO

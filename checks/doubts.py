"""Readings in doubt, and readings that were put right: a flag for each that no other flag speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from checks.figures import Book
from checks.messages import doubt, mended
from checks.proposals import other_readings
from checks.search.slips import fits_ink, holds_several
from checks.view import Sheet
from model.flag import CellRef, Flag
from model.table import Cell, Table
from model.value import Repair
from normalize.numbers import parse_number
from normalize.sums import last_unit

_SETTLED = frozenset({"read", "proved"})


def reading_flags(
    book: Book, tables: Sequence[Table], flagged: set[CellRef], warned: set[CellRef]
) -> list[Flag]:
    """A flag for every doubted figure that nothing proves and no `warned` flag stands on (a note of spelling
    is none), and a note on every figure that was put right and no flag stands on."""
    out = []
    for sheet, table in zip(book.sheets, tables):
        for row in table.body:
            for cell in row:
                if cell.status in _SETTLED and (cell.value is not None or not sheet.blanks):
                    continue  # nearly all cells of a large table
                ref = CellRef(table.table_id, cell.row, cell.col)
                if ref in warned or cell.anchor not in ((-1, -1), (cell.row, cell.col)):
                    continue
                if cell.status == "repaired" and cell.repairs:
                    # What a reviewer put right needs no second look.
                    if not cell.repairs[-1].by_person and ref not in flagged:
                        out.append(_mended(sheet, cell, ref))
                elif _in_doubt(sheet, cell):
                    out.append(_reading(sheet, cell, ref))
    return out


def _in_doubt(sheet: Sheet, cell: Cell) -> bool:
    """Whether a number was doubted and is not proved, or should stand where none could be read."""
    blank = (cell.row, cell.col) in sheet.blanks
    if cell.value is None and blank and any(ch.isdigit() for ch in cell.text):
        return True
    counts = cell.value is not None or cell.interval is not None
    return cell.status == "doubtful" and not cell.proofs and (counts or blank)


def _mended(sheet: Sheet, cell: Cell, ref: CellRef) -> Flag:
    last = cell.repairs[-1]
    path = sheet.column(cell.col).path
    return Flag(
        "reading",
        "warning" if _is_told_alone(last) else "info",
        mended(sheet.label(cell.row), path[-1] if path else "", last.old, last.new, last.why),
        ref.table_id,
        ref.row,
        ref.col,
        cell.page,
        cell.box,
        last.old,
        last.new,
        sheet.label(cell.row),
        "repair",
    )


def _is_told_alone(repair: Repair) -> bool:
    """Whether only relations say a figure: its ink gave no number, and does not look like this one."""
    new = parse_number(repair.new)
    if not repair.by_relations or new is None or holds_several(repair.old):
        return repair.by_relations
    return parse_number(repair.old) is None and not fits_ink(repair.old, new.amount, last_unit(new.decimals))


def _reading(sheet: Sheet, cell: Cell, ref: CellRef) -> Flag:
    rivals = " hoặc ".join(other_readings(cell))
    path = sheet.column(cell.col).path
    return Flag(
        "reading",
        "warning",
        doubt(sheet.label(cell.row), path[-1] if path else "", cell.text, rivals),
        ref.table_id,
        ref.row,
        ref.col,
        cell.page,
        cell.box,
        cell.text,
        "",
        sheet.label(cell.row),
        "reading",
    )

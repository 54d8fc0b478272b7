"""Faults of a whole row: one that slipped by a column, a total that was not brought up to date or whose rows
were not all read. Many relations of it fail, and it is one thing to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks.figures import Book
from checks.relation import Relation
from checks.search.solver import Fault, Solver
from checks.view import Sheet
from model.flag import CellRef, Flag

_SLIPPED = 3  # figures of one row that fit one column aside, for the row to have slipped
_STALE = 3  # figures of one total that all fail, for the row to be at fault
Place = tuple[str, int]  # table id, row


def slipped_rows(book: Book, faults: Sequence[Fault]) -> dict[Place, list[Fault]]:
    """Rows in which three faults or more want the figure that stands one column aside."""
    at = {(s.table.table_id, r): s.at[r] for s in book.sheets for r in s.body}
    out: dict[Place, list[Fault]] = {}
    for step in (1, -1):
        rows: dict[Place, list[Fault]] = {}
        for fault in faults:
            ref = book.figures[fault.suspects[0]].ref
            wanted = dict(fault.expected).get(fault.suspects[0])
            if ref is None or (ref.table_id, ref.row) not in at:
                continue
            row = at[ref.table_id, ref.row]
            beside = row[ref.col + step] if 0 <= ref.col + step < len(row) else None
            if beside is not None and wanted and book.amounts[beside] == wanted:
                rows.setdefault((ref.table_id, ref.row), []).append(fault)
        out.update({place: found for place, found in rows.items() if len(found) >= _SLIPPED})
    return out


def slip_flag(sheets: Mapping[str, Sheet], place: Place, found: Sequence[Fault]) -> Flag:
    """The flag of a row that slipped."""
    table_id, row = place
    sheet = sheets[table_id]
    label = sheet.label(row)
    return Flag(
        "structure",
        "error",
        f"Dòng “{label}” có lẽ bị lệch một cột: {len(found)} số chỉ khớp khi dời sang cột bên cạnh.",
        table_id,
        row,
        None,
        sheet.cell(row, 0).page,
        None,
        context=label,
        check="row slipped",
    )


def stale_totals(book: Book, solver: Solver, faults: Sequence[Fault]) -> dict[Place, list[Fault]]:
    """Totals of which three columns or more fail, and more than hold: the rows they count are not those that
    stand there."""
    rows: dict[Place, list[Fault]] = {}
    for fault in faults:
        ref = book.figures[fault.suspects[0]].ref
        totals = [r for i in fault.relations if (r := solver.relations[i]).kind == "total"]
        if ref is not None and any(r.target == fault.suspects[0] for r in totals):
            rows.setdefault((ref.table_id, ref.row), []).append(fault)
    return {
        place: found
        for place, found in rows.items()
        if len(found) >= _STALE and len(found) > _holding(book, solver, place)
    }


def _holding(book: Book, solver: Solver, place: Place) -> int:
    """The totals of a row that hold and could have failed."""
    return sum(
        verdict.closes and sum(1 for n in relation.figures if solver.amounts[n]) >= _STALE
        for relation, verdict in zip(solver.relations, solver.verdicts, strict=True)
        if relation.kind == "total" and _row_of(book, relation) == place
    )


def _row_of(book: Book, relation: Relation) -> Place | None:
    ref = book.figures[relation.target].ref
    return (ref.table_id, ref.row) if ref is not None else None


def stale_flag(book: Book, sheets: Mapping[str, Sheet], place: Place, found: Sequence[Fault]) -> Flag:
    """One flag for a total all of whose columns fail. Of ink it says that rows may not have been read, of a
    sure print that the author did not add up what stands there."""
    table_id, row = place
    sheet = sheets[table_id]
    label = sheet.label(row)
    refs = [ref for f in found if (ref := book.figures[f.suspects[0]].ref) is not None]
    sure = all(book.figures[f.suspects[0]].sure for f in found)
    cell = sheet.cell(row, refs[0].col)
    why = "có lẽ số tổng chưa được cập nhật" if sure else "có lẽ thiếu dòng hoặc dòng bị đọc sai"
    return Flag(
        "total" if sure else "structure",
        "error",
        f"Dòng “{label}”: {len(found)} cột không bằng tổng các dòng được cộng; {why}.",
        table_id,
        row,
        refs[0].col if sure else None,
        cell.page,
        cell.box if sure else None,
        found=cell.text if sure else "",
        context=label,
        check="total/row",
        cells=tuple(CellRef(r.table_id, r.row, r.col) for r in refs[1:]),
    )

"""Figures that prove each other: relations found, checked, and used to put readings right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checks.conservation import conservation_flags
from checks.doubts import reading_flags
from checks.families.excess import CHECK as BOUND_CHECK
from checks.figures import Book, open_book
from checks.outcome import fault_flags, updated_tables
from checks.panel import check_folder, observe
from checks.proof import proofs
from checks.registry import BOOK_FLAGS, DOCUMENT_FLAGS, TABLE_FLAGS, relations_of
from checks.search.solver import Solver
from model.document import Document
from model.flag import CellRef, Flag
from model.table import Table

__all__ = ["check_document", "check_folder", "observe"]


def check_document(document: Document, repair: bool = True) -> Document:
    """The document with its figures proved, repaired or doubted, and a flag for each fault found.

    Flags it came with are kept. Without `repair` no value is changed: faults are only named.
    """
    book = open_book(document)
    solver = Solver(book.figures, relations_of(book), repair=repair)
    faults = solver.solve()
    changed = {n for fault in faults if fault.repaired for n, _ in fault.expected}
    proved = proofs(solver.relations, solver.verdicts, solver.amounts, solver.figures, changed)
    tables = updated_tables(book, solver, faults, proved)
    flags = fault_flags(book, solver, faults, proved)
    settled, told = as_settled(book, solver, tables), cells_of(flags)
    del solver, faults, proved  # a large table's equations take more memory than all else
    for sheet in settled.sheets:
        for family in TABLE_FLAGS.values():
            flags.extend(flag for flag in family(settled, sheet) if not repeats(flag, told))
    for of_book in BOOK_FLAGS.values():
        flags.extend(of_book(settled, cells_of(flags)))
    for whole in DOCUMENT_FLAGS.values():
        flags.extend(whole(document))
    standing = (*document.flags, *flags)
    warned = cells_of([flag for flag in standing if flag.severity != "info"])
    standing = (*standing, *reading_flags(book, tables, cells_of(standing), warned))
    checked = replace(
        document,
        tables=tables,
        flags=(*standing, *conservation_flags(tables, cells_of(standing), document.running)),
    )
    return replace(checked, observations=observe(checked))


def as_settled(book: Book, solver: Solver, tables: Sequence[Table]) -> Book:
    """The book with its figures and tables as repaired: a rank is held against the score that was meant."""
    pairs = zip(book.figures, solver.amounts, strict=True)
    figures = tuple(
        [f if f.amount is amount or f.amount == amount else replace(f, amount=amount) for f, amount in pairs]
    )
    sheets = tuple(s.with_table(t) for s, t in zip(book.sheets, tables, strict=True))
    return replace(book, figures=figures, sheets=sheets)


def repeats(flag: Flag, told: set[CellRef]) -> bool:
    """Whether a bound is broken by a figure that another flag already stands on."""
    return flag.check == BOUND_CHECK and bool(told & {*cells_of([flag]), *flag.cells})


def cells_of(flags: Sequence[Flag]) -> set[CellRef]:
    """The cells that flags stand on."""
    return {CellRef(f.table_id, f.row, f.col) for f in flags if f.row is not None and f.col is not None}

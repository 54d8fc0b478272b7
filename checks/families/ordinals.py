"""Row numbers count up by one: the cheapest relation of a table, and the proof that no row is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from checks.equations import Alike
from checks.figures import Book
from checks.relation import ONE, Relation, Term, judge
from checks.view import Sheet

_FEWEST = 3  # steps that hold
_SHARE = 0.8  # of the steps from one number to the next; below it the column counts something else


def find(book: Book, sheet: Sheet) -> Iterator[Relation | Alike]:
    """`next = last + 1` down each column of row numbers; runs that start again at 1 are apart.

    Steps that fail are only told where they were read from ink: in sure print the author left a number
    out, which is no fault of any figure. In a table whose layout is in doubt as a whole they prove nothing:
    numbers laid beside the figures of other rows count up all the same.
    """
    in_doubt = bool(sheet.table.doubts)
    for col in range(sheet.table.n_cols):
        if sheet.column(col).role not in ("ordinal", "rank"):
            continue
        numbered = list(_steps(book, sheet, col))
        if (alike := _alike(book, sheet, col, numbered)) is not None:  # sure print, all of it
            held = alike.off == 0
            if held.sum() >= _FEWEST and held.sum() >= _SHARE * len(held):
                yield alike.only(held).judged(not in_doubt, True, alike.like.tries)
            continue
        steps = [_step(sheet, col, index, last) for index, last in numbered]
        closing = [judge(r, book.amounts, book.figures).closes for r in steps]
        if sum(closing) < _FEWEST or sum(closing) < _SHARE * len(steps):
            continue
        for relation, closes in zip(steps, closing, strict=True):
            sure = all(book.figures[n].sure for n in relation.figures)
            if closes or (not sure and sheet.column(col).role == "ordinal"):
                yield relation.judged(not in_doubt, True, relation.tries)


def _alike(book: Book, sheet: Sheet, col: int, steps: Sequence[tuple[int, int]]) -> Alike | None:
    """The steps kept as arrays, where they are many and their figures plain."""
    figures = np.array(steps, dtype=np.int64).reshape(len(steps), 2)
    return Alike.of(book, _step(sheet, col, -1, -1), figures)


def _step(sheet: Sheet, col: int, index: int, last: int) -> Relation:
    return Relation(
        "structure",
        "discovered",
        index,
        (Term(last),),
        constant=ONE,
        family=f"{sheet.table.table_id}:ordinal:{col}",
        words="theo thứ tự dòng",
    )


def _steps(book: Book, sheet: Sheet, col: int) -> Iterator[tuple[int, int]]:
    """The figures of row numbers, each with the one above it that it should follow."""
    last: int | None = None
    for row in range(sheet.table.header_rows, sheet.table.n_rows):
        index = sheet.at[row][col]
        if index is None:
            if sheet.cell(row, col).text.strip():
                last = None
            continue
        if last is not None and book.amounts[index] != ONE:
            yield index, last
        last = index

"""Row numbers count up by one: the cheapest relation of a table, and the proof that no row is missing."""

from __future__ import annotations

from collections.abc import Iterator

from checks.figures import Book
from checks.relation import ONE, Relation, Term, judge
from checks.view import Sheet

_FEWEST = 3  # steps that hold
_SHARE = 0.8  # of the steps from one number to the next; below it the column counts something else


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """`next = last + 1` down each column of row numbers; runs that start again at 1 are apart.

    Steps that fail are only told where they were read from ink: in sure print the author left a number
    out, which is no fault of any figure. In a table whose layout is in doubt as a whole they prove nothing:
    numbers laid beside the figures of other rows count up all the same.
    """
    in_doubt = bool(sheet.table.doubts)
    for col in range(sheet.table.n_cols):
        if sheet.column(col).role not in ("ordinal", "rank"):
            continue
        steps = list(_steps(book, sheet, col))
        closing = [judge(r, book.amounts, book.figures).closes for r in steps]
        if sum(closing) < _FEWEST or sum(closing) < _SHARE * len(steps):
            continue
        for relation, closes in zip(steps, closing, strict=True):
            sure = all(book.figures[n].sure for n in relation.figures)
            if closes or (not sure and sheet.column(col).role == "ordinal"):
                yield relation.judged(not in_doubt, True, relation.tries)


def _steps(book: Book, sheet: Sheet, col: int) -> Iterator[Relation]:
    last: int | None = None
    for row in range(sheet.table.header_rows, sheet.table.n_rows):
        index = sheet.at[row][col]
        if index is None:
            if sheet.cell(row, col).text.strip():
                last = None
            continue
        if last is not None and book.amounts[index] != ONE:
            yield Relation(
                "structure",
                "discovered",
                index,
                (Term(last),),
                constant=ONE,
                family=f"{sheet.table.table_id}:ordinal:{col}",
                words="theo thứ tự dòng",
            )
        last = index

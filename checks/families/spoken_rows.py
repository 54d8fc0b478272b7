"""Sentences that tell several figures of one row of a table: those that are not, where the row is known by
the others, and the column by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from checks.families.claims import slipped
from checks.families.spoken import digits_told, is_said, nearest_scale, rows_told
from checks.figures import Book
from checks.relation import Relation, Term, judge
from checks.said import Said
from checks.view import Sheet
from normalize.prose.proportions import telling
from normalize.unicode import fold

_UNIT = re.compile(r"\([^)]*\)|\b\d+\b")
_OTHER_TIME = re.compile(
    r"\b(?:cung ky|(?:thang|quy|ky|tuan|nam) (?:truoc|ngoai|sau)|luy ke|ke hoach|du toan|dau nam)\b"
)
_DIGITS = 4  # of a figure that alone tells the row
_FEWEST_WORDS = 2  # of a column's name that a sentence carries
_NEAR = Decimal("0.15")  # of the cell's figure, by which a sentence may be off and still mean it


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The figures of sentences about one row that carry the name of a column whose figure they don't tell.
    One that the row prints in another column is that column's, however its sentence names it."""
    sentences: dict[str, list[Said]] = {}
    for said in book.prose:
        sentences.setdefault(said.statement.context, []).append(said)
    names = {col: frozenset(telling(_UNIT.sub(" ", sheet.head(col)))) for col in sheet.numeric}
    own = {claim.target for claim in book.claims}
    for members in sentences.values():
        row = _row_of(book, sheet, members)
        if row is not None:
            for said in members:
                if said.value not in own and row not in rows_told(book, sheet, said.value):
                    yield from _meant(book, sheet, row, said, names, members)


def _row_of(book: Book, sheet: Sheet, members: Sequence[Said]) -> int | None:
    """The one row that holds a figure of some digits which a sentence tells."""
    rows: set[int] = set()
    for said in members:
        if digits_told(book, said.value) >= _DIGITS:
            holding = set(rows_told(book, sheet, said.value))
            rows = rows & holding if rows and holding else rows or holding
    return rows.pop() if len(rows) == 1 else None


def _meant(
    book: Book,
    sheet: Sheet,
    row: int,
    said: Said,
    names: dict[int, frozenset[str]],
    members: Sequence[Said],
) -> Iterator[Relation]:
    s = said.statement
    if s.unit in ("percent_point", "rank", "score", "date") or said.of is not None or " / " in s.subject:
        return
    subject = fold(s.subject)
    words = frozenset(telling(subject))
    fits = [
        col
        for col, name in names.items()
        if len(name) >= _FEWEST_WORDS and name <= words and sheet.at[row][col] is not None
    ]
    most = max((len(names[col]) for col in fits), default=0)
    best = [col for col in fits if len(names[col]) == most]
    if len(best) != 1 or set(_OTHER_TIME.findall(subject)) - set(_OTHER_TIME.findall(sheet.head(best[0]))):
        return
    cell = sheet.at[row][best[0]]
    assert cell is not None
    if book.figures[cell].percent != book.figures[said.value].percent:
        return
    if any(is_said(book, cell, other.value) for other in members):
        return
    scale = nearest_scale(book, cell, said.value)
    relation = Relation(
        "cross",
        "prose",
        said.value,
        (Term(cell),),
        scale=scale,
        family=f"{sheet.table.table_id}:spoken-row:{row}",
        words="dòng cùng tên của bảng kèm theo",
    )
    off = abs(judge(relation, book.amounts, book.figures).off)
    if off <= _NEAR * abs(book.amounts[cell] * scale) or slipped(book, relation):
        yield relation

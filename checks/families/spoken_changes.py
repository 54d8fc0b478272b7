"""Sentences that tell how far a figure of a table has changed: `số vụ tai nạn giảm 5 vụ`, `đàn lợn là 1.200
con, tăng 10,4% so với cùng kỳ`, beside the columns of changes, growths and indices of its row.

Which row is meant is told by its name, or by its figure in the sentence; which column, by what it compares
with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from checks.families.deltas import is_change
from checks.families.prose import named_rows
from checks.families.spoken import digits_told, nearest_scale, rows_told
from checks.figures import Book
from checks.relation import HUNDRED, ONE, ZERO, Relation, Term, judge
from checks.said import Said
from checks.view import Sheet
from normalize.prose.proportions import telling
from normalize.unicode import fold

_AGAINST = re.compile(
    r"\bcung ky\b|\b(?:thang|quy|ky|tuan) truoc\b|\bnam (?:truoc|ngoai|\d{4})\b|\bke hoach\b|\bdu toan\b"
    r"|\bdau (?:nam|ky)\b|\bchi tieu\b"
)
_COMPARED = re.compile(rf"{_AGAINST.pattern}|\bso voi\b")
_BEHIND = 48  # letters behind a change that say what it is compared with
_COMPARES = re.compile(r"\b(?:so voi|so sanh|cung ky|ke hoach|du toan|chi so|tang|giam|ty le)\b")
_FLOW = re.compile(r"\bphat sinh\b|\btrong (?:ky|nam|thang|quy)\b")  # what came and went, no comparison
_RATIO = re.compile(r"\b(?:bang|dat)\s*$")
_DIGITS = 4  # of a figure that alone tells the cell which a sentence repeats
_SMALL = 10  # a total of one digit is met by chance
_INDEX = 50  # percent: growths are seldom as large, indices seldom as small
_FAR = 2  # times the difference that a change is at least, for it to mean the cell's


@dataclass(frozen=True, slots=True)
class Compared:
    """A column that compares: `kind` says by differences (`change`), in percent (`growth`) or as an `index`
    (a hundred is no change); `signed` that it prints signs."""

    col: int
    kind: str
    signed: bool
    against: frozenset[str]


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The changes that sentences tell of one table's rows."""
    columns = [c for col in sheet.numeric if (c := _compared(book, sheet, col)) is not None]
    if not columns:
        return
    named = {id(said): row for said, row in named_rows(book, sheet)}
    own = {claim.target for claim in book.claims if claim.kind != "share"}
    last: tuple[str, int] | None = None  # the sentence and the row it speaks of
    for said in book.prose:
        context = said.statement.context
        row = _row_of(book, sheet, said)
        if row is None and last is not None and last[0] == context:
            row = last[1]
        row = named.get(id(said)) if row is None else row
        if row is None:
            continue
        last = context, row
        spoken = said.change if said.change is not None else said.value
        if spoken not in own and (relation := _told(book, sheet, columns, said, spoken, row)) is not None:
            yield relation


def _row_of(book: Book, sheet: Sheet, said: Said) -> int | None:
    """The row of the one cell that a statement repeats digit by digit; of few digits the total of a table
    that names what is told."""
    if said.statement.unit in ("percent", "percent_point", "rank", "score"):
        return None
    rows = set(rows_told(book, sheet, said.value))
    if digits_told(book, said.value) < _DIGITS:
        amount = book.amounts[said.value]
        named = frozenset(telling(fold(sheet.table.title))) & frozenset(telling(fold(said.statement.subject)))
        rows = {r for r in rows if sheet.kinds[r] == "total" and amount >= _SMALL and len(named) > 1}
    return rows.pop() if len(rows) == 1 else None


def _compared(book: Book, sheet: Sheet, col: int) -> Compared | None:
    head = sheet.head(col)
    if not is_change(sheet, col) and not (sheet.percentish(col) and _COMPARES.search(head)):
        return None
    amounts = [book.amounts[n] for r in sheet.body if (n := sheet.at[r][col]) is not None]
    if not amounts or _FLOW.search(head) or sheet.column(col).role in ("rank", "score"):
        return None
    signed = min(amounts) < 0
    kind = "change"
    if sheet.percentish(col) or "%" in head:
        kind = "growth" if signed or median(map(abs, amounts)) < _INDEX else "index"
    against = frozenset(_AGAINST.findall(head)) or frozenset(_AGAINST.findall(fold(sheet.table.title)))
    return Compared(col, kind, signed, against)


def _told(
    book: Book, sheet: Sheet, columns: list[Compared], said: Said, spoken: int, row: int
) -> Relation | None:
    """What a statement says of a row, held to the one column that says the same of it; where it says
    something else, only if the sentence compares with what the column compares with."""
    kind = _kind(book, said, spoken)
    if kind is None:
        return None
    against = _said_against(book, said, spoken)
    fits = [c for c in columns if sheet.at[row][c.col] is not None and _goes(kind, c.kind)]
    relations = [_relation(book, sheet, c, kind, said, spoken, row) for c in fits]
    for relation in relations:
        if judge(relation, book.amounts, book.figures).closes:
            return relation
    both = list(zip(fits, relations, strict=True))
    meant = [r for c, r in both if c.against & against]
    if not meant and len(fits) == 1:
        meant = [r for c, r in both if "so voi" in against or (against and not c.against)]
    return meant[0] if len(meant) == 1 and _near(book, sheet, meant[0], row) else None


def _said_against(book: Book, said: Said, spoken: int) -> frozenset[str]:
    """What a sentence compares with, as it says right behind the figure, else anywhere."""
    key = fold(said.statement.context)
    shown = (book.figures[spoken].shown or book.figures[spoken].printed).lstrip("-+")
    behind = key[key.find(fold(shown)) + len(shown) :][:_BEHIND]
    return frozenset(_COMPARED.findall(behind)) or frozenset(_COMPARED.findall(key))


def _kind(book: Book, said: Said, spoken: int) -> str | None:
    """Whether a statement tells a difference, a growth in percent or an index; None where it does not."""
    percent = book.figures[spoken].percent
    if said.change is not None:
        shown = (book.figures[spoken].shown or book.figures[spoken].printed).lstrip("-+")
        if said.statement.change_unit == "percent_point" and f"{shown}%" not in said.statement.context:
            return None
        return "growth" if percent else "change"
    if not percent or said.statement.unit != "percent":
        return None
    key = fold(said.statement.context)
    at = key.find(fold(book.figures[spoken].shown or book.figures[spoken].printed))
    return "index" if at > 0 and _RATIO.search(key[:at]) else None


def _goes(said: str, printed: str) -> bool:
    return (said == "change") == (printed == "change")


def _relation(
    book: Book, sheet: Sheet, column: Compared, kind: str, said: Said, spoken: int, row: int
) -> Relation:
    cell = sheet.at[row][column.col]
    assert cell is not None
    shift = {("growth", "index"): -HUNDRED, ("index", "growth"): HUNDRED}.get((kind, column.kind), ZERO)
    factor = nearest_scale(book, cell, said.value, spoken) if column.kind == "change" else ONE
    falls = not column.signed and column.kind != "index" and book.amounts[spoken] < 0
    return Relation(
        "cross",
        "prose",
        spoken,
        (Term(cell, -ONE if falls else ONE),),
        scale=factor,
        constant=shift,
        family=f"{sheet.table.table_id}:spoken-change:{column.col}:{row}",
        words=f"bảng “{sheet.table.title[:60].strip()}”" if sheet.table.title else "bảng kèm theo",
    )


def _near(book: Book, sheet: Sheet, relation: Relation, row: int) -> bool:
    """Whether a change that is not what the table prints means it for all that: to as many decimals, not far
    off, and no other figure of the row."""
    said, printed = book.figures[relation.target], book.figures[relation.parts[0].figure]
    off = judge(relation, book.amounts, book.figures).off
    if said.step != printed.step * relation.scale or _FAR * abs(off) > max(
        abs(said.amount), abs(said.amount - off)
    ):
        return False
    return all(abs(book.amounts[n]) != abs(said.amount) for n in sheet.at[row] if n is not None)

"""Two tables of one document that print the same figure of the same unit: they must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from checks.figures import Book
from checks.relation import Relation, Term
from checks.template import accept
from checks.view import Sheet

PREFIX = re.compile(
    r"^(?:ubnd\s+)?(?:(?:thanh pho|thi xa|thi tran|huyen|quan|phuong|xa|tp|tx|tt|p|x|h)\.?\s+)?"
)
_SPECKS = re.compile(r"^\W+")  # before a name: of a rule, read as a sign
# Two columns print one thing when this share of the rows they have in common agrees, in so many different
# figures of so many digits together: counts below 10 agree by chance.
_SHARE, _ROWS, _DIGITS = 0.6, 4, 12.0
_WORDS = 0.34  # of the shorter header's words must stand in the other


def find(book: Book) -> Iterator[Relation]:
    """`figure here = figure there` for columns of two tables that mostly agree row by row."""
    if len(book.sheets) < 2:
        return
    named = [(sheet, rows_by_name(sheet)) for sheet in book.sheets]
    for (a, names_a), (b, names_b) in combinations(named, 2):
        shared = [(names_a[n], names_b[n]) for n in names_a if n in names_b]
        if {n for n in names_a if n != "tong"} != {n for n in names_b if n != "tong"}:
            # A total of other units is another figure.
            shared = [(ra, rb) for ra, rb in shared if a.kinds[ra] != "total" and b.kinds[rb] != "total"]
        if len(shared) >= _ROWS:
            yield from _between(book, a, b, shared)


def rows_by_name(sheet: Sheet) -> dict[str, int]:
    """Rows by their folded label without the unit's type; labels that stand twice are left out."""
    out: dict[str, int] = {}
    twice: set[str] = set()
    for row in sheet.body:
        key = (
            "tong"
            if sheet.kinds[row] == "total"
            else PREFIX.sub("", _SPECKS.sub("", sheet.names[row]), count=1)
        )
        key = key.strip(" .:-")
        if key in out or not key:
            twice.add(key)
        out[key] = row
    return {k: r for k, r in out.items() if k not in twice}


def _between(book: Book, a: Sheet, b: Sheet, shared: list[tuple[int, int]]) -> Iterator[Relation]:
    for col_b in b.numeric:
        for col_a in a.numeric:
            if a.percentish(col_a) != b.percentish(col_b) or not _same_words(a, col_a, b, col_b):
                continue
            relations = [
                Relation(
                    "cross",
                    "annex",
                    target,
                    (Term(other),),
                    family=f"{a.table.table_id}:{col_a}={b.table.table_id}:{col_b}",
                    words=f"bảng {a.table.table_id}",
                )
                for row_a, row_b in shared
                if (target := _figure(b, row_b, col_b)) is not None
                and (other := _figure(a, row_a, col_a)) is not None
            ]
            found = accept(book, relations, _SHARE, _ROWS, _DIGITS) if relations else []
            if found:
                yield from found
                break


def _figure(sheet: Sheet, row: int, col: int) -> int | None:
    """A cell's figure, or the one that should stand where ink gave none: the other table says which."""
    own = sheet.at[row][col]
    return sheet.blanks.get((row, col)) if own is None else own


def _same_words(a: Sheet, col_a: int, b: Sheet, col_b: int) -> bool:
    """Whether two headers speak of the same thing: the shorter one's words are mostly in the other."""
    first, second = set(_words(a.head(col_a))), set(_words(b.head(col_b)))
    if not first or not second:
        return False
    return len(first & second) >= _WORDS * min(len(first), len(second))


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"[a-z]+", text) if len(w) > 1]

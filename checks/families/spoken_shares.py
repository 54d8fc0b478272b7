"""Shares of running text whose whole stands elsewhere: `thu nội địa 950 triệu đồng, chiếm 46,7% tổng thu`,
of a figure that an earlier sentence names, or of a row of the table that prints the part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from checks.families.claims import relation_of
from checks.families.spoken import digits_told, is_said, rows_told
from checks.figures import Book
from checks.relation import Relation, judge
from checks.said import SaidClaim
from checks.view import Sheet
from normalize.prose.proportions import names, telling
from normalize.unicode import fold

_WORD = re.compile(r"[a-z]{2,}")
_DIGITS = 4  # of a part that alone tells the cell which a sentence repeats
_EARLIER = 25  # statements before a share among which its whole is looked for


def find(book: Book) -> Iterator[Relation]:
    """The shares that nothing in their own sentence explains, of the one figure that their words name."""
    order = {said.value: i for i, said in enumerate(book.prose)}
    for claim in book.claims:
        if claim.kind != "share" or claim.named is not None or not claim.phrase:
            continue
        if any(_closes(book, claim, n) for n in claim.wholes):
            continue
        part = claim.terms[0][0]
        if book.amounts[part] <= 0:
            continue
        offers = [(claim, n) for n in _said_before(book, claim, order.get(part, 0))]
        offers += [(replace(claim, terms=((cell, 1),)), n) for cell, n in _in_tables(book, claim, part)]
        offers = [(c, n) for c, n in offers if book.amounts[n] >= book.amounts[c.terms[0][0]] and n != part]
        held = [(c, n) for c, n in offers if _closes(book, c, n)]
        if held or len({book.amounts[n] / book.amounts[c.terms[0][0]] for c, n in offers}) == 1:
            yield relation_of(*(held or offers)[0])


def _closes(book: Book, claim: SaidClaim, whole: int) -> bool:
    return judge(relation_of(claim, whole), book.amounts, book.figures).closes


def _said_before(book: Book, claim: SaidClaim, place: int) -> Iterator[int]:
    """The figures of the sentences before a share whose subject its words name, the nearest first."""
    for said in reversed(book.prose[max(0, place - _EARLIER) : place]):
        s = said.statement
        if s.unit in ("percent", "percent_point", "rank", "score") or s.context == claim.text:
            continue
        if names(list(claim.phrase), frozenset(_WORD.findall(fold(s.subject)))):
            yield said.value


def _in_tables(book: Book, claim: SaidClaim, part: int) -> Iterator[tuple[int, int]]:
    """The cells that print the part, with those of their column in the rows that the share's words name."""
    if digits_told(book, part) < _DIGITS:
        return
    phrase = frozenset(claim.phrase)
    for sheet in book.sheets:
        spots = [
            (r, c)
            for r in rows_told(book, sheet, part)
            for c, n in enumerate(sheet.at[r])
            if n is not None and is_said(book, n, part)
        ]
        if len(spots) != 1:
            continue
        row, col = spots[0]
        for other in sheet.body:
            whole = sheet.at[other][col]
            if other != row and whole is not None and _named(sheet, other, col, phrase):
                part_cell = sheet.at[row][col]
                assert part_cell is not None
                yield part_cell, whole


def _named(sheet: Sheet, row: int, col: int, phrase: frozenset[str]) -> bool:
    """Whether words name a row: they are its label, or it is the total of a column that they name."""
    label = frozenset(telling(sheet.names[row]))
    if label and label == phrase:
        return True
    return sheet.kinds[row] == "total" and phrase <= frozenset(_WORD.findall(sheet.head(col)))

"""Running text that tells a table's totals: `tiếp nhận 890 hồ sơ; đã giải quyết 861 hồ sơ` over its columns.

Which column a sentence means is told by its words, which must be the column's and hardly more; that it speaks
of the total row, by another of its figures that the row prints. A sentence that prints several of the row's
figures tells the row's by all of its statements, whatever other words stand before a column's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.figures import Book
from checks.relation import Relation, Term, judge
from checks.said import Said
from checks.search.blame import typing_share
from checks.search.slips import plain_digits
from checks.template import accept
from checks.view import Sheet
from normalize.unicode import fold

_WORD = re.compile(r"[a-z]{2,}")
_PART = " / "  # in a subject: before a part of what was told
# Words that name no indicator: round a header's, and round a sentence's.
_EMPTY = frozenset(("so", "luong", "ho", "cac", "va", "cua", "la", "da", "duoc", "tong", "cong"))
_SCOPE = frozenset(
    (
        "trong",
        "ky",
        "thang",
        "quy",
        "nam",
        "toan",
        "nganh",
        "tren",
        "dia",
        "ban",
        "huyen",
        "tinh",
        "thi",
        "xa",
        "phuong",
    )
)
# What sentences count behind a figure, which a column's name need not repeat.
_COUNTED = frozenset(("vu", "viec", "truong", "hop", "don", "nguoi", "luot"))
_FEWEST_WORDS = 2  # of a column's name that tell it
_TELLING = 8.0  # digits that a sentence repeats of a row, for the rest of it to speak of that row
_REPEATED = 2  # figures at least, in so many digits
_SHARE, _DIGITS = 0.5, 3.0  # of the statements agree, in so many digits together
_NEAR = 10  # times the difference that a figure is at least, unless a slip of the typist explains it


def find(book: Book) -> Iterator[Relation]:
    """Each statement of a table's total row, of the tables of which at least one other is told."""
    for sheet in book.sheets:
        totals = [row for row in sheet.body if sheet.kinds[row] == "total"]
        if len(totals) == 1:
            relations = list(_of_row(book, sheet, totals[0]))
            found = accept(book, relations, _SHARE, 1, _DIGITS) if relations else []
            found += [r for r in _of_sentences(book, sheet, totals[0]) if r.target not in _targets(found)]
            held = {r.parts[0].figure for r in found if judge(r, book.amounts, book.figures).closes}
            for relation in found:
                closes = judge(relation, book.amounts, book.figures).closes
                # What was said once as the table has it is another period's where it is said again.
                again = not closes and relation.parts[0].figure in held
                if closes or (not again and _slipped(book, sheet, totals[0], relation)):
                    yield relation


def _targets(relations: list[Relation]) -> frozenset[int]:
    return frozenset(r.target for r in relations)


def _of_sentences(book: Book, sheet: Sheet, row: int) -> Iterator[Relation]:
    """The statements of each sentence that prints several figures of the row, under the columns that they
    name."""
    names = _names(sheet, row)
    sentences: dict[tuple[int, str], list[Relation]] = {}
    for said in book.prose:
        subject = said.statement.subject.rsplit(_PART, 1)[-1]
        col = _named(_words(subject), names)
        if col is not None and (relation := _repeat(book, sheet, said, row, col, parts=True)) is not None:
            sentences.setdefault((said.statement.page, said.statement.context), []).append(relation)
    for relations in sentences.values():
        if len({r.parts[0].figure for r in relations}) == len(relations):
            yield from accept(book, relations, _SHARE, _REPEATED, _TELLING)


def _named(told: frozenset[str], names: dict[int, frozenset[str]]) -> int | None:
    """The one column whose name is among the words that were told; of several the longest name."""
    fits = [col for col, words in names.items() if len(words) >= _FEWEST_WORDS and words <= told]
    longest = max((len(names[col]) for col in fits), default=0)
    best = [col for col in fits if len(names[col]) == longest]
    return best[0] if len(best) == 1 else None


def _names(sheet: Sheet, row: int) -> dict[int, frozenset[str]]:
    return {col: _words(sheet.head(col)) for col in sheet.numeric if sheet.at[row][col] is not None}


def _of_row(book: Book, sheet: Sheet, row: int) -> Iterator[Relation]:
    names = _names(sheet, row)
    for said in book.prose:
        told = _words(said.statement.subject) - _SCOPE
        meant = (told, told - _COUNTED)
        fits = [col for col, words in names.items() if len(words) >= _FEWEST_WORDS and words in meant]
        if len(fits) == 1 and (relation := _repeat(book, sheet, said, row, fits[0])) is not None:
            yield relation


def _repeat(book: Book, sheet: Sheet, said: Said, row: int, col: int, parts: bool = False) -> Relation | None:
    """The statement is the total; None where one is a share and the other is not, or (without `parts`) it
    names a part."""
    index = sheet.at[row][col]
    if index is None or said.of is not None or said.statement.unit not in ("count", ""):
        return None
    printed, spoken = book.figures[index], book.figures[said.value]
    if printed.percent or printed.half or spoken.half or (_PART in said.statement.subject and not parts):
        return None
    return Relation(
        "cross",
        "prose",
        said.value,
        (Term(index),),
        family=f"{sheet.table.table_id}:spoken:{row}",
        words="dòng tổng của bảng kèm theo",
    )


def _slipped(book: Book, sheet: Sheet, row: int, relation: Relation) -> bool:
    """Whether a statement means the total that it does not say: it is a slip or little away from it, and is
    no other figure of the row."""
    off = judge(relation, book.amounts, book.figures).off
    spoken = book.amounts[relation.target]
    slip = typing_share(plain_digits(spoken, 0), plain_digits(spoken - off, 0))
    if not slip and _NEAR * abs(off) > abs(spoken):
        return False
    return all(book.amounts[n] != spoken for n in sheet.at[row] if n is not None)


def _words(text: str) -> frozenset[str]:
    plain = re.sub(r"\([^)]*\)", " ", fold(text))
    return frozenset(w for w in _WORD.findall(plain) if w not in _EMPTY)

"""Running text against itself and against the tables: stated sums, scores that add up, repeated figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from checks.figures import Book
from checks.relation import HUNDRED, ONE, ZERO, Relation, Term, judge
from checks.said import Said, SaidSum
from checks.search.blame import typing_share
from checks.search.slips import plain_digits
from checks.template import accept
from checks.view import Sheet
from model.table import Cell
from normalize.unicode import fold
from normalize.units import base_of

_OVERALL = re.compile(r"\btong\b|\bchung\b")
_WORD = re.compile(r"[a-z0-9]{2,}")
# Words that headers and sentences put round an indicator's name and that tell nothing of which it is.
_EMPTY = frozenset(
    (
        "diem",
        "so",
        "truc",
        "noi",
        "dung",
        "ho",
        "cua",
        "ve",
        "va",
        "cac",
        "tren",
        "dat",
        "ty",
        "le",
        "chi",
        "tieu",
        "tai",
        "nhom",
        "voi",
    )
)
# A stated list that is off by more than this share of its total leaves parts out or counts another thing.
_NEAR = Decimal("0.1")
_NEAR_ALL = Decimal("0.25")  # the same of one whose words say that these are all (`gồm`)
_LARGE = 100  # a total from which a slip of the typist is no chance
_LIKE = 0.4  # of the telling words of a statement's subject and a row's label are common to both
_TELLING = 8.0  # digits of two statements together
_OTHER = Decimal("0.5")  # of itself, by which a statement is off that means another figure
_REPEATS = 0.6  # of the statements that name a row of a table agree with one of its columns
_NAMED = 0.5  # of them, where they name that column, too


def find(book: Book) -> Iterator[Relation]:
    """Relations of the prose and of notes in cells."""
    for stated in book.sums:
        yield from _stated(book, stated)
    yield from _scores(book)
    yield from _shares(book)
    for sheet in book.sheets:
        yield from _against_table(book, sheet)


def _stated(book: Book, stated: SaidSum) -> Iterator[Relation]:
    """`10.101 hồ sơ, trong đó: ...`: the parts up to where they make the total, else all of them when they
    nearly do."""
    total = book.amounts[stated.total]
    parts = stated.parts
    for end in range(2, len(parts) + 1):
        if sum((book.amounts[n] for n in parts[:end]), ZERO) == total:
            yield _sum(stated.total, parts[:end])
            return
    if total and _is_meant(book, stated):
        yield _sum(stated.total, parts)


def _is_meant(book: Book, stated: SaidSum) -> bool:
    """Whether a list that does not make its total is meant to: it nearly does where its words promise parts,
    or one slip of a typist explains the rest."""
    total = book.amounts[stated.total]
    made = sum((book.amounts[n] for n in stated.parts), ZERO)
    off = abs(made - total)
    if off <= (_NEAR_ALL if stated.whole else _NEAR if stated.sure else ZERO) * abs(total):
        return True
    slipped = typing_share(plain_digits(total, 0), plain_digits(made, 0)) > 0
    return stated.closed and total >= _LARGE and slipped and off <= _NEAR_ALL * abs(total)


def _sum(total: int, parts: Sequence[int]) -> Relation:
    return Relation(
        "prose_sum",
        "prose",
        total,
        tuple(Term(n) for n in parts),
        exact=True,
        family=f"prose:{total}",
        words=f"cộng {len(parts)} phần nêu sau",
    )


def _scores(book: Book) -> Iterator[Relation]:
    """Scores out of maxima that add to the overall maximum must add to the overall score."""
    scored = [s for s in book.prose if s.of is not None and s.statement.unit in ("score", "")]
    for overall in scored:
        if overall.of is None or not _OVERALL.search(fold(overall.statement.subject)):
            continue
        before = [s for s in scored if s.of is not None and s is not overall and _near(s, overall)]
        tops = sum((book.amounts[s.of] for s in before if s.of is not None), ZERO)
        if len(before) >= 3 and tops == book.amounts[overall.of]:
            yield replace(
                _sum(overall.value, [s.value for s in before]),
                exact=False,
                words=f"cộng {len(before)} điểm thành phần",
            )


def _near(part: Said, overall: Said) -> bool:
    return (
        0 <= overall.statement.line - part.statement.line <= 40
        or part.statement.page != overall.statement.page
    )


def _shares(book: Book) -> Iterator[Relation]:
    """`1.784/1.784 thủ tục (đạt 100%)`: the percentage of a fraction said in the same breath."""
    for said, share in zip(book.prose, book.prose[1:]):
        a, b = said.statement, share.statement
        if said.of is None or a.unit == "score" or b.unit != "percent" or a.context != b.context:
            continue
        if b.subject == a.subject and book.amounts[said.value] <= book.amounts[said.of]:
            yield Relation(
                "percent",
                "prose",
                share.value,
                (Term(said.value),),
                (Term(said.of),),
                HUNDRED,
                family=f"share:{share.value}",
                words="tính từ phân số nêu trước",
            )


def _against_table(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """Statements that name rows of a table, against the column that repeats most of them."""
    rows = named_rows(book, sheet)
    if not rows:
        return
    for change in (False, True):
        best: tuple[int, list[Relation], int] = (0, [], 0)
        for col in range(sheet.table.n_cols):
            relations = [
                r for said, row in rows if (r := _repeat(book, sheet, said, row, col, change)) is not None
            ]
            found = _repeated(book, sheet, relations)
            if len(found) > best[0]:
                best = (len(found), found, col)
        yield from best[1]
        if best[1] and not change:
            yield from _ranks(book, sheet, best[2])


def _repeated(book: Book, sheet: Sheet, relations: list[Relation]) -> list[Relation]:
    """Statements that repeat a column: three of them agree, or two in so many digits that it is no chance.
    One that is far off speaks of another figure of that row."""
    if not relations:
        return []
    found = accept(book, relations, _REPEATS, 3) or accept(book, relations, _REPEATS, 2, _TELLING)
    if not found and (named := [r for r in relations if _names_column(book, sheet, r)]):
        found = accept(book, named, _NAMED, 1)
    return [r for r in found if _same_thing(book, sheet, r)]


def _names_column(book: Book, sheet: Sheet, relation: Relation) -> bool:
    """Whether a statement carries the name of the column, too, that it is held against."""
    printed = book.figures[relation.parts[0].figure]
    words = frozenset(_words(sheet.leaf(printed.ref.col))) if printed.ref is not None else frozenset()
    return bool(words) and words <= frozenset(_words(book.figures[relation.target].name))


def _same_thing(book: Book, sheet: Sheet, relation: Relation) -> bool:
    """Whether a statement means the figure it is held against: it says it, or nearly so, to as many decimals,
    and no other figure of that row."""
    verdict = judge(relation, book.amounts, book.figures)
    if verdict.closes:
        return True
    said, printed = book.figures[relation.target], book.figures[relation.parts[0].figure]
    alike = said.step == printed.step * relation.scale
    if not alike or abs(verdict.off) > _OTHER * abs(said.amount) or printed.ref is None:
        return False
    row = (n for n in sheet.at[printed.ref.row] if n is not None)
    return all(book.amounts[n] * relation.scale != said.amount for n in row)


def _ranks(book: Book, sheet: Sheet, col: int) -> Iterator[Relation]:
    """`xếp hạng 07/9` in the prose is the rank told in the column that repeats the prose's scores, where
    both tell one."""
    spoken = [s for s in book.prose if s.statement.unit == "rank" and s.of is not None]
    told = [
        t
        for (_, c), figures in sheet.texts.items()
        for t in figures
        if c == col and t.of is not None and "hang" in t.before.split()[-2:]
    ]
    if len(spoken) == 1 and len(told) == 1:
        yield Relation(
            "cross",
            "prose",
            spoken[0].value,
            (Term(told[0].figure),),
            family=f"{sheet.table.table_id}:prose:rank",
            words="bảng kèm theo",
        )


def _repeat(book: Book, sheet: Sheet, said: Said, row: int, col: int, change: bool) -> Relation | None:
    """The statement's value (or change) is the figure of that cell; None when either is missing."""
    spoken = said.change if change else said.value
    index = sheet.at[row][col]
    if index is None and not change:
        fractions = [t.figure for t in sheet.texts.get((row, col), ()) if t.of is not None]
        index = fractions[0] if fractions and said.statement.unit == "score" else None
    if spoken is None or index is None or sheet.column(col).role in ("ordinal", "rank"):
        return None
    printed, voiced = book.figures[index], book.figures[spoken]
    # A table of indices need not print the sign that its sentences do.
    index_of = voiced.percent and printed.step < ONE and sheet.column(col).role not in ("score", "money")
    if printed.percent != voiced.percent and said.statement.unit != "" and not index_of:
        return None
    return Relation(
        "cross",
        "prose",
        spoken,
        (Term(index, ONE),),
        scale=_scale(said, change, sheet.cell(row, col)),
        family=f"{sheet.table.table_id}:prose:{col}:{change}",
        words=f"bảng “{sheet.table.title[:60].strip()}”" if sheet.table.title else "bảng kèm theo",
    )


def _scale(said: Said, change: bool, cell: Cell) -> Decimal:
    """What a table prints in millions or billions, sentences say in đồng: the factor between them."""
    spoken = said.statement.change_unit if change else said.statement.unit
    printed = base_of(cell.value.unit) if cell.value is not None else None
    return ONE.scaleb(printed.power) if printed is not None and printed.base == spoken else ONE


def named_rows(book: Book, sheet: Sheet) -> list[tuple[Said, int]]:
    """Statements with the one row whose name they carry: all telling words of its label, or the label at
    their end (`tỷ lệ đúng hạn của xã An Mẫu`)."""
    if not book.prose:
        return []
    labels = {row: frozenset(_words(sheet.label(row))) for row in sheet.body}
    names = {row: " " + sheet.names[row].strip(" .:") for row in sheet.body}
    out: list[tuple[Said, int]] = []
    for said in book.prose:
        if said.statement.unit == "rank":
            continue
        words = frozenset(_words(said.statement.subject))
        subject = " " + fold(said.statement.subject).strip(" .:")
        fits = [
            (1.0 if subject.endswith(names[row]) else len(label & words) / len(label | words), row)
            for row, label in labels.items()
            if len(label) >= 2 and (label <= words or (len(words) >= 2 and words <= label))
        ]
        top = max((likeness for likeness, _ in fits), default=0.0)
        best = [row for likeness, row in fits if likeness == top]
        if len(best) == 1 and top >= _LIKE:
            out.append((said, best[0]))
    return out


def _words(text: str) -> list[str]:
    plain = re.sub(r"\([^)]*\)", " ", fold(text))
    return [w for w in _WORD.findall(plain) if w not in _EMPTY and not w.isdigit()]

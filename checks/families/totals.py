"""Rows that are the sum of others: total rows, sections and their nested parts, down each column."""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from checks.families.products import quotient_columns
from checks.families.row_sums import Nested, RowSums
from checks.figures import Book
from checks.relation import ZERO, Relation, Source, Term, Verdict, judge
from checks.search.blame import typing_share
from checks.search.slips import plain_digits
from checks.template import lay
from checks.view import NO_SUM, Sheet
from normalize.sums import exponent_of

# An explicit total whose columns all fail is still held to its rows when it is off by less than this
# share of itself: otherwise the rows found are not the ones it counts.
_NEAR = Decimal("0.25")
_HALF_OFF = Decimal("0.5")
# Rows over deeper rows add them up when that holds for this share of such rows in their column; for half of
# them where it holds in the table's other columns.
_PARENTS, _HALF, _DIGITS = 0.75, 0.5, 4
_BULLETS = ("-", "–", "+")
_BULLETED = 7  # how deep a row stands that only such a mark puts under another; six levels have numbers
_TOLD = 10  # digits of the sums of one such row's other columns, from which one that is off is a slip
_NO_CHANCE = 2.0  # log10 of the odds against
_TELLING = 10  # units that two columns are off in opposite ways, no chance
_COLUMNS = 2  # that add up, for a change of counts to be held to the same rows
_LIVE = 3  # figures other than nothing, from which a sum may fail
_AVERAGE = re.compile(r"\b(?:trung binh|binh quan|tb)\b")
_POINTS = re.compile(r"\(\s*diem\s*\)|\bdiem\)?$")
SUM_OF = re.compile(r"^tong \w")  # `Tổng thu`, `Tổng diện tích`: a sum of rows, or a thing by itself
_OVERALL = re.compile(r"\bdiem tong hop\b|\btong diem\b|\btong so diem\b|\btong hop diem\b")


@dataclass(frozen=True, slots=True)
class Sums:
    """A total row with the rows it may count: how many digits its closing columns say, its relations and how
    they come out."""

    digits: float
    closed: int
    relations: tuple[Relation, ...]
    verdicts: tuple[Verdict, ...]
    rows: tuple[int, ...]


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """Relations of total rows, of rows with deeper rows under them, and of overall scores."""
    columns, sums = countable(book, sheet), RowSums(book, sheet)
    nested = Nested(sums, columns)
    for row in sheet.body:
        if sheet.kinds[row] == "total" and not _AVERAGE.search(sheet.names[row]):
            yield from _total_row(book, sheet, row, columns, sums, nested)
        elif SUM_OF.match(sheet.names[row]):
            yield from _named_sum(book, sheet, row, columns, sums)
    yield from _parents(book, sheet, columns, nested)
    yield from _overall_score(book, sheet)


def countable(book: Book, sheet: Sheet) -> tuple[int, ...]:
    """The columns whose figures may add up."""
    quotients = quotient_columns(book, sheet)
    return tuple(c for c in sheet.numeric if c not in quotients and sheet.column(c).role not in NO_SUM)


def _total_row(
    book: Book, sheet: Sheet, row: int, columns: Sequence[int], sums: RowSums, nested: Nested
) -> Sequence[Relation]:
    """The relations of one total row with the rows that make most of its columns close."""
    tried = [sums.tried(row, rows, columns) for rows in sums.sets.candidates(row)]
    tried = [t for t in tried if t.laid]
    if not tried:
        return ()
    best = max(tried, key=lambda t: (t.closed, t.digits))
    if not best.understood:
        spans = [sums.tried(row, rows, columns) for rows in nested.around(row)]
        best = max([best, *spans], key=lambda t: (t.closed, t.digits))
    if best.closed and best.understood:
        return held(book, sheet, sums_of(book, sheet, row, best.rows.tolist(), columns, "total"))
    if len(tried) > 1 and not tried[0].understood:
        return ()  # which rows it counts is a guess
    likeliest = sums_of(book, sheet, row, tried[0].rows.tolist(), columns, "total")
    return [r for r in likeliest.relations if near(book, r) and not _is_score(book, sheet, r)]


def _named_sum(book: Book, sheet: Sheet, row: int, columns: Sequence[int], sums: RowSums) -> list[Relation]:
    """The relations of a row called the sum of something (`Tổng thu`), whose figures must say that it is one:
    most of its columns close, or its only one does."""
    tried = [sums.tried(row, rows, columns) for rows in sums.sets.candidates(row)]
    best = max(tried, key=lambda t: (t.closed, t.digits), default=None)
    if best is None or best.digits < _DIGITS or not best.understood:
        return []
    found = sums_of(book, sheet, row, best.rows.tolist(), columns, "discovered")
    return [replace(r, tries=len(tried)) for r in held(book, sheet, found)]


def held(book: Book, sheet: Sheet, sums: Sums) -> list[Relation]:
    """Relations of a proven set of rows. Scores and changes are only held to it where they close; changes of
    counts where two columns of counts do."""
    out = []
    exact = _to_the_digit(book, sums)
    for relation, verdict in zip(sums.relations, sums.verdicts, strict=True):
        if verdict.closes or not (
            _is_score(book, sheet, relation)
            or _is_mean(book, relation)
            or (_is_change(book, sheet, relation) and sums.closed < _COLUMNS)
        ):
            out.append(replace(relation, supported=True, exact=exact))
    return out


def _to_the_digit(book: Book, sums: Sums) -> bool:
    """Whether a row's figures with decimals are the sums of what is printed, to the last digit, in so many
    columns that sums of unrounded figures would not be so by chance."""
    digits = 0.0
    for relation, verdict in zip(sums.relations, sums.verdicts, strict=True):
        if not verdict.closes or not verdict.slack or not book.amounts[relation.target]:
            continue
        if verdict.off:
            return False
        digits += math.log10(1 + float(2 * verdict.slack / book.figures[relation.target].step))
    return digits >= _NO_CHANCE


def near(book: Book, relation: Relation) -> bool:
    """Whether a total is near to the sum of its rows, or one slip of a typist from it (97.760 for 27.760)."""
    off, total = judge(relation, book.amounts, book.figures).off, book.amounts[relation.target]
    if abs(off) <= _NEAR * abs(total):
        return True
    places = -exponent_of(book.figures[relation.target].step)
    return typing_share(plain_digits(total, places), plain_digits(total - off, places)) > 0


def _is_mean(book: Book, relation: Relation) -> bool:
    """Whether the row of a column of rounded figures is far from being their sum: it is their mean."""
    off = abs(judge(relation, book.amounts, book.figures).off)
    return bool(book.figures[relation.target].half) and off > _HALF_OFF * max(
        abs(book.amounts[relation.target]), off
    )


def _is_score(book: Book, sheet: Sheet, relation: Relation) -> bool:
    """Whether a column's figures need not add up: scores, and changes of rates or ranks. Those of counts do
    where the counts do."""
    ref = book.figures[relation.target].ref
    if ref is None or sheet.column(ref.col).role not in ("score", "delta"):
        return False
    return sheet.column(ref.col).role == "score" or not all(_is_counted(book, n) for n in relation.figures)


def _is_change(book: Book, sheet: Sheet, relation: Relation) -> bool:
    ref = book.figures[relation.target].ref
    return ref is not None and sheet.column(ref.col).role == "delta"


def _is_counted(book: Book, figure: int) -> bool:
    """Whether a figure is a whole number of something."""
    return not book.figures[figure].percent and not book.figures[figure].half


def sums_of(
    book: Book, sheet: Sheet, row: int, rows: Sequence[int], columns: Sequence[int], source: Source
) -> Sums:
    relations, verdicts = [], []
    digits, closed = 0.0, 0
    offs: list[Decimal] = []
    for col in columns:
        if _is_percent(book, sheet, row, col):
            continue
        relation = lay(
            sheet,
            (row, col),
            [((r, col), 1) for r in rows],
            kind="total",
            source=source,
            family=f"{sheet.table.table_id}:total:{row}",
        )
        if relation is None:
            continue
        verdict = judge(relation, book.amounts, book.figures)
        relations.append(relation)
        verdicts.append(verdict)
        if not relation.has_live(book.amounts, _LIVE):
            continue
        if verdict.closes:
            closed += 1
            digits += len(str(abs(book.amounts[relation.target])))
        else:
            offs.append(verdict.off)
    exchanged = _exchanged(offs)
    closed += len(exchanged)
    digits += sum(len(str(abs(off))) for off in exchanged)
    return Sums(digits, closed, tuple(relations), tuple(verdicts), tuple(rows))


def _exchanged(offs: Sequence[Decimal]) -> list[Decimal]:
    """Of what columns are off those that another column is off the other way: two figures side by side stand
    in each other's places, in rows that are these for all that. Small ones are so by chance."""
    return [off for off in offs if abs(off) >= _TELLING and -off in offs]


def _is_percent(book: Book, sheet: Sheet, row: int, col: int) -> bool:
    index = sheet.at[row][col]
    return index is not None and book.figures[index].percent


def _parents(book: Book, sheet: Sheet, columns: Sequence[int], nested: Nested) -> Iterator[Relation]:
    """Rows with deeper rows under them that add up to them, when that holds for most such rows."""
    families: dict[tuple[int, int], list[Sums]] = {}
    levels, bullets = sheet.levels, any(_mark_of(sheet, row) in _BULLETS for row in sheet.body)
    for row, below in itertools.zip_longest(sheet.body, sheet.body[1:]):
        if sheet.kinds[row] == "total" or below is None:
            continue
        if not bullets and levels[below] <= levels[row]:
            continue  # most: no row under it is a part of it
        children = children_of(sheet, row) or bulleted(sheet, row)
        if len(children) < 2:
            continue
        sums = sums_of(book, sheet, row, children, columns, "discovered")
        if not _understood(book, sums) and (found := nested.below(row)):
            rows, tries = found
            sums = sums_of(book, sheet, row, rows.tolist(), columns, "discovered")
            sums = replace(sums, relations=tuple(replace(r, tries=tries) for r in sums.relations))
        if sums.relations:
            depth = _BULLETED if children[0] in bulleted(sheet, row) else sheet.levels[children[0]]
            families.setdefault((sheet.levels[row], depth), []).append(sums)
    for (level, below), members in families.items():
        family = f"{sheet.table.table_id}:parents:{level}>{below}"
        plain = sum(_understood(book, m) for m in members)
        # Where the rows of two parents were understood, a third with one that adds up has them alike.
        understood = [
            _one_family(m, family)
            for m in members
            if _understood(book, m) or (plain >= _COLUMNS and plain > len(members) / 2 and m.closed)
        ]
        yield from _parent_family(book, sheet, understood)


def _one_family(sums: Sums, family: str) -> Sums:
    """A row's sums as members of one family with those of the other rows of its level: that rows add up what
    stands under them was asked once. Rows found by trying stretches were each tried for themselves."""
    return replace(
        sums, relations=tuple(r if r.tries > 1 else replace(r, family=family) for r in sums.relations)
    )


def _understood(book: Book, sums: Sums) -> bool:
    """Whether the rows found are those a row counts: at least half of its columns close, where it has more.
    An author errs in one figure; a row number that was misread or left out spoils them all."""
    live = [r for r in sums.relations if r.has_live(book.amounts, _LIVE)]
    return len(live) < 2 or 2 * sums.closed >= len(live)


def children_of(sheet: Sheet, row: int) -> list[int]:
    """The rows one level down, until the next row as high as this one."""
    own = sheet.levels[row]
    under: list[int] = []
    for i in range(bisect_right(sheet.body, row), len(sheet.body)):
        r = sheet.body[i]
        if sheet.levels[r] <= own or sheet.kinds[r] == "total":
            break
        under.append(r)
    if not under:
        return under
    top = min(sheet.levels[r] for r in under)
    return [r for r in under if sheet.levels[r] == top]


def bulleted(sheet: Sheet, row: int) -> list[int]:
    """The rows right below one without a mark of its own whose names begin with one mark (`- Người lớn`)."""
    at = bisect_right(sheet.body, row)
    mark = _mark_of(sheet, sheet.body[at]) if at < len(sheet.body) else ""
    if mark not in _BULLETS or _mark_of(sheet, row) in _BULLETS:
        return []
    below = itertools.islice(sheet.body, at, None)
    return list(itertools.takewhile(lambda r: _mark_of(sheet, r) == mark, below))


def _mark_of(sheet: Sheet, row: int) -> str:
    return sheet.label(row).lstrip()[:1]


def _parent_family(book: Book, sheet: Sheet, members: Sequence[Sums]) -> Iterator[Relation]:
    """A column's relations of one kind of parents, where three in four of them close."""
    by_column: dict[int, list[Relation]] = {}
    for sums in members:
        for relation in sums.relations:
            ref = book.figures[relation.target].ref
            if ref is not None:
                by_column.setdefault(ref.col, []).append(relation)
    everything = [r for relations in by_column.values() for r in relations if not _is_change(book, sheet, r)]
    overall, _, told = _closing(book, everything)
    mostly = overall >= _PARENTS and told >= _DIGITS
    for relations in by_column.values():
        share, closed, digits = _closing(book, relations)
        if len(members) == 1 and not closed and mostly and told >= _TOLD:  # its other columns speak for it
            yield from (r for r in relations if near(book, r) and not _is_score(book, sheet, r))
        if closed and ((share >= _PARENTS and digits >= _DIGITS) or (mostly and share >= _HALF)):
            yield from (replace(r, supported=closed >= 2) for r in relations)


def _closing(book: Book, relations: Sequence[Relation]) -> tuple[float, int, int]:
    """The share of live relations that close, how many do, and the digits of their sums."""
    live = [r for r in relations if r.has_live(book.amounts, _LIVE)]
    closing = [r for r in live if judge(r, book.amounts, book.figures).closes]
    digits = sum(len(str(abs(book.amounts[r.target]))) for r in closing)
    return len(closing) / len(live) if live else 0.0, len(closing), digits


def _overall_score(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """`Điểm tổng hợp` of a form: the sum of the rows marked `(điểm)` that stand at its top level.

    The overall score is often inside a text: `Đạt 84,9/100 điểm; xếp hạng 7/9`.
    """
    rows = [r for r in sheet.body if _POINTS.search(sheet.names[r])]
    totals = [r for r in sheet.body if _OVERALL.search(sheet.names[r]) and r not in rows]
    if len(rows) < 3 or len(totals) != 1:
        return
    total = totals[0]
    for col in range(sheet.table.n_cols):
        target = _score_in(book, sheet, total, col)
        parts = [n for r in rows if (n := sheet.at[r][col]) is not None]
        if target is None or len(parts) < 3 or all(book.amounts[n] == ZERO for n in parts):
            continue
        if sheet.column(col).role == "delta" or any(book.figures[n].percent for n in parts):
            continue
        yield Relation(
            "total",
            "header",
            target,
            tuple(Term(n) for n in parts),
            family=f"{sheet.table.table_id}:score:{total}",
            words=f"cộng {len(parts)} mục điểm thành phần",
        )


def _score_in(book: Book, sheet: Sheet, row: int, col: int) -> int | None:
    index = sheet.at[row][col]
    if index is not None:
        return index
    for figure in sheet.texts.get((row, col), ()):
        if figure.of is not None and "hang" not in figure.before.split()[-2:]:
            return figure.figure
    return None

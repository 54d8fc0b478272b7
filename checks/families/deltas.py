"""Columns of changes: new minus old, in points for percentages, however they are printed.

The change of a percentage may stand as `3,8%`, `3,8`, `0,038` or `4%`; each row takes the meaning that
makes it close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from checks.figures import Book
from checks.relation import HUNDRED, ONE, Relation, judge
from checks.search.slips import digits_of
from checks.template import accept, lay, weigh
from checks.view import NO_SUM, Sheet
from model.table import Cell
from normalize.columns.heads import head_key
from normalize.dates import find_dates
from normalize.numbers import is_none_mark

_CHANGE = re.compile(r"\btang\b|\bgiam\b|so voi|chenh lech|bien dong|so sanh")
_PERIOD = re.compile(r"(?:nam|thang|quy) [\divx/. ]+$|cung ky$|ky truoc$")
_FALL = re.compile(r"^(?!.*\btang\b).*\bgiam\b")
_RATIO = Decimal("0.01")
_SHARE = 0.6
_A_WORD, _FEWEST_WORDS = 8, 3  # letters of a word of a head, and such words in a row of heads, at least
_AGAINST = 3  # rows that must say so for the new figures to stand left of the old, where no header does
Pair = tuple[int, int]  # new column, old column


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """Relations of every column of changes, and of blocks whose header stands inside the body."""
    changes = [c for c in sheet.numeric if is_change(sheet, c)]
    for col in changes:
        yield from _column(book, sheet, col, changes)
    yield from _blocks(book, sheet)


def is_change(sheet: Sheet, col: int) -> bool:
    """Whether a column prints changes. `Năm 2022` under `So với năm 2022` is what they were made from."""
    if sheet.group(col) and (_PERIOD.match(sheet.leaf(col)) or _is_compared(sheet, col)):
        return False
    return sheet.column(col).role == "delta" or bool(_CHANGE.search(sheet.leaf(col)))


def _is_compared(sheet: Sheet, col: int) -> bool:
    """Whether a column under `So với tuần trước` holds what the change beside it was made from: it is called
    as one under another heading (`Độ mặn` beside `Tăng, giảm`)."""
    leaf, group = sheet.leaf(col), sheet.group(col)
    if not leaf or _CHANGE.search(leaf):
        return False
    beside = any(sheet.group(c) == group and _CHANGE.search(sheet.leaf(c)) for c in sheet.numeric)
    return beside and any(sheet.leaf(c) == leaf and sheet.group(c) != group for c in sheet.numeric)


def _column(book: Book, sheet: Sheet, col: int, changes: Sequence[int]) -> list[Relation]:
    """The change column's relation in each row, when the best pairs of columns explain most rows; where a
    change in percent of the old figures explains more of those that changed, that."""
    pairs = _pairs(book, sheet, col, changes)
    if not pairs:
        return _growth(book, sheet, col, changes) or _lone_row(book, sheet, col)
    growth = _growth(book, sheet, col, changes)
    relations: list[Relation] = []
    for row in sheet.body:
        relation = None if is_headed(sheet, row) else _row(book, sheet, row, col, pairs)
        if relation is not None:
            relations.append(relation)
    weight = weigh(book, relations)
    if not weight.closed or weight.share < _SHARE or _changed(book, growth) > _changed(book, relations):
        return growth
    exact = weight.exact and weight.told >= 3
    return [replace(r, supported=True, exact=exact) for r in relations]


def _changed(book: Book, relations: Sequence[Relation]) -> int:
    """How many relations hold of a change that is one: where prices stood still, a difference of nothing and
    a growth of nothing are the same."""
    return sum(
        bool(book.amounts[r.target]) and judge(r, book.amounts, book.figures).closes for r in relations
    )


def _growth(book: Book, sheet: Sheet, col: int, changes: Sequence[int]) -> list[Relation]:
    """A change in percent of the old figure, where two columns explain most rows so; of several pairs of
    columns the one that explains most of the rows that changed."""
    others = [c for c in sheet.numeric if c not in changes and sheet.column(c).role not in NO_SUM]
    best: list[Relation] = []
    for new in others:
        for old in others:
            if new == old or _backwards(sheet, new, old):
                continue
            relations = _growths(sheet, col, new, old)
            found = accept(book, relations, _SHARE, 3, 7.0) if relations else []
            if not found and _FALL.search(sheet.leaf(col)):  # how far it fell, without a sign
                falls = [replace(r, scale=-r.scale) for r in relations]
                found = accept(book, falls, _SHARE, 3, 7.0) if falls else []
            if found and (not best or _changed(book, found) > _changed(book, best)):
                best = found
    return best


def _growths(sheet: Sheet, col: int, new: int, old: int) -> list[Relation]:
    """The change column of every row as the growth of one column over another, in percent."""
    laid = (
        lay(
            sheet,
            (row, col),
            [((row, new), 1), ((row, old), -1)],
            [((row, old), 1)],
            kind="delta",
            source="header",
            scale=HUNDRED,
            family=f"{sheet.table.table_id}:growth:{col}",
            words="mức tăng, giảm so với kỳ trước (%)",
        )
        for row in sheet.body
    )
    return [relation for relation in laid if relation is not None]


def _lone_row(book: Book, sheet: Sheet, col: int) -> list[Relation]:
    """The change of a table of one row, which no other row can speak for: of the two columns right before
    it under the same header."""
    rows = [r for r in sheet.body if sheet.at[r][col] is not None and not is_headed(sheet, r)]
    if len(rows) != 1 or not sheet.group(col) or col < 2:
        return []
    before = [c for c in (col - 2, col - 1) if sheet.at[rows[0]][c] is not None]
    if len(before) < 2 or any(sheet.group(c) != sheet.group(col) for c in before):
        return []
    relation = _row(book, sheet, rows[0], col, [(col - 1, col - 2)])
    return [relation] if relation is not None else []


def _pairs(book: Book, sheet: Sheet, col: int, changes: Sequence[int]) -> list[Pair]:
    """(new, old) columns whose difference the column prints, best explained first; each explains a row
    that the better ones do not."""
    others = [
        c for c in sheet.numeric if c not in changes and sheet.column(c).role not in ("ordinal", "rank")
    ]
    scored = []
    for new in others:
        for old in others:
            if new == old or sheet.percentish(new) != sheet.percentish(old) or _backwards(sheet, new, old):
                continue
            rows = {
                r for r in sheet.body if (x := _row(book, sheet, r, col, [(new, old)])) and _told(book, x)
            }
            if len(rows) >= (1 if new > old or _day(sheet, new) else _AGAINST):
                near = abs(col - new) + abs(col - old)
                same = sheet.group(new) == sheet.group(col) or sheet.leaf(new) == sheet.leaf(old)
                scored.append((len(rows) + same, -near, new > old, (new, old), rows))
    scored.sort(reverse=True)
    chosen: list[Pair] = []
    explained: set[int] = set()
    for _, _, _, pair, rows in scored:
        if not chosen or (_parallel(sheet, chosen[0], pair) and len(rows - explained) >= 2):
            chosen.append(pair)
            explained |= rows
    return chosen


def _day(sheet: Sheet, col: int) -> tuple[int, int, int] | None:
    """The last day (year, month, day) that a column's header names, as printed."""
    days = find_dates(sheet.column(col).name)
    return (days[-1].year, days[-1].month, days[-1].day) if days else None


def _backwards(sheet: Sheet, new: int, old: int) -> bool:
    """Whether the headers say that the new figures are the older ones."""
    first, second = _day(sheet, old), _day(sheet, new)
    return first is not None and second is not None and first > second


def _parallel(sheet: Sheet, first: Pair, other: Pair) -> bool:
    """Whether two pairs stand under the same two headers (`Số liệu` and `Tỷ lệ` of the same two days)."""
    if set(first) & set(other) or sheet.leaf(other[0]) != sheet.leaf(other[1]):
        return False
    groups = [sheet.group(first[i]) for i in (0, 1)]
    return all(groups) and groups == [sheet.group(other[i]) for i in (0, 1)]


def _told(book: Book, relation: Relation) -> bool:
    verdict = judge(relation, book.amounts, book.figures)
    live = sum(1 for n in relation.figures if book.amounts[n])
    return verdict.closes and live >= 2


def _row(book: Book, sheet: Sheet, row: int, col: int, pairs: Sequence[Pair]) -> Relation | None:
    """The row's relation: the pair and scale that close it, else the ones its print speaks for."""
    offers: list[Relation] = []
    for new, old in pairs:
        cells = [sheet.figure(row, new), sheet.figure(row, old)]
        if sheet.percentish(new) and None in cells:
            continue
        for scale in _scales(book, sheet, row, col, new):
            relation = lay(
                sheet,
                (row, col),
                [((row, new), 1), ((row, old), -1)],
                kind="delta",
                source="header",
                scale=scale,
                family=f"{sheet.table.table_id}:delta:{col}",
            )
            if relation is not None:
                offers.append(relation)
    if not offers:
        return _of_nothing(sheet, row, col, pairs)
    closing = [r for r in offers if judge(r, book.amounts, book.figures).closes]
    if closing:
        return max(closing, key=lambda r: sum(1 for n in r.figures if book.amounts[n]))
    return min(offers, key=lambda r: _strangeness(book, r))


def _of_nothing(sheet: Sheet, row: int, col: int, pairs: Sequence[Pair]) -> Relation | None:
    """The change between two dashes: there is none."""
    goal = sheet.at[row][col]
    dashed = any(all(_is_dash(sheet.cell(row, c)) for c in pair) for pair in pairs)
    if goal is None or not dashed:
        return None
    return Relation("delta", "header", goal, (), family=f"{sheet.table.table_id}:delta:{col}")


def _is_dash(cell: Cell) -> bool:
    return bool(cell.text.strip()) and is_none_mark(cell.text)


def _scales(book: Book, sheet: Sheet, row: int, col: int, new: int) -> tuple[Decimal, ...]:
    index, part = sheet.figure(row, col), sheet.figure(row, new)
    if index is None or part is None:
        return (ONE,)
    figure = book.figures[index]
    if figure.blank and digits_of(figure.printed).startswith("0"):  # digits of a fraction without its mark
        return (ONE, _RATIO)
    if book.figures[part].percent and not sheet.cell(row, col).text.rstrip().endswith("%") and figure.amount:
        return (ONE, _RATIO) if abs(figure.amount) < 1 else (ONE,)
    if figure.percent and abs(book.figures[part].amount) <= 1 and book.figures[part].half:
        return (ONE, HUNDRED)
    return (ONE,)


def _strangeness(book: Book, relation: Relation) -> tuple[bool, Decimal]:
    """How little the change's print goes with a pair: a `%` with counts, then how far off it is."""
    target, part = book.figures[relation.target], book.figures[relation.parts[0].figure]
    verdict = judge(relation, book.amounts, book.figures)
    return target.percent != part.percent, abs(verdict.off)


def _blocks(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """Rows of figures under a head of their own inside the body: a figure whose head speaks of a change
    is the difference of the two plain figures before it."""
    for row, heads in _with_heads(sheet):
        for col in [c for c, t in heads.items() if sheet.figure(row, c) is not None and _speaks_of_change(t)]:
            plain = [
                c
                for c in range(col)
                if sheet.at[row][c] is not None
                and (value := sheet.cell(row, c).value) is not None
                and value.of is None
                and sheet.column(c).role != "ordinal"
            ]
            if len(plain) < 2:
                continue
            relation = _row(book, sheet, row, col, [(plain[-1], plain[-2])])
            if relation is not None:
                yield replace(relation, supported=True)


def _speaks_of_change(head: str) -> bool:
    return bool(_CHANGE.search(head_key(head)))


def is_headed(sheet: Sheet, row: int) -> bool:
    """Whether a row of words stands right above a row, inside the body."""
    return row > sheet.table.header_rows and bool(_words_of(sheet, row - 1))


def _words_of(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of a row of words by column; {} for any other row."""
    if sum(1 for n in sheet.at[row] if n is not None) > 1:
        return {}
    words = {c.col: c.text for c in sheet.table.rows[row] if len(c.text) > _A_WORD and c.value is None}
    return words if len(words) >= _FEWEST_WORDS else {}


def _with_heads(sheet: Sheet) -> Iterator[tuple[int, dict[int, str]]]:
    """Each row of figures with the texts of the rows of words right above it, the nearest first. Row by row:
    in a long list of texts every row stands under all those above it."""
    wanted = frozenset(sheet.body)
    heads: dict[int, str] = {}
    for row in range(sheet.table.header_rows, sheet.table.n_rows):
        if row in wanted and heads:
            yield row, heads
        nearest = _words_of(sheet, row)
        heads = {**nearest, **{c: t for c, t in heads.items() if c not in nearest}} if nearest else {}

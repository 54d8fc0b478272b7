"""Ranks follow scores; scores stay within their maximum; section numerals do not repeat."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from checks.cell_figures import is_weak
from checks.figures import Book
from checks.view import Sheet
from model.flag import CellRef, Flag
from model.table import Cell
from normalize.columns.ceilings import ceiling_of_head
from normalize.unicode import fold

_RANK_HEAD = re.compile(r"\bxep hang\b|\bthu hang\b|\bxep thu\b|\bvi thu\b|\bthu tu xep\b")
_MAXIMUM = re.compile(r"\bdiem toi da\b|\bdiem chuan\b|\bthang diem\b|\btoi da\b")
_SCORED = re.compile(r"\bdiem\b")
_FOLLOWS = 0.75  # of the neighbours in rank order, for a column to be what the ranks follow
_MANY_ABOVE = 3  # scores of one column above their maxima, past which they are one fault
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row's printed rank and the score that it should follow."""

    rank: int
    row: int
    amount: Decimal


def find(book: Book, sheet: Sheet) -> Iterator[Flag]:
    """Flags of one table's ranks, maxima and section numerals."""
    for col in range(sheet.table.n_cols):
        if _RANK_HEAD.search(sheet.leaf(col)) or sheet.column(col).role == "rank":
            yield from _ranking(book, sheet, col)
    yield from _maxima(book, sheet)
    yield from _numerals(sheet)


def ranked(book: Book, sheet: Sheet, col: int) -> list[tuple[int, int]]:
    """(rank, row) of every row that has a whole rank, in rank order."""
    out = []
    for row in sheet.body:
        value = sheet.cell(row, col).value
        if value is not None and value.of is None and value.amount == value.amount.to_integral_value():
            out.append((int(value.amount), row))
    return sorted(out)


def _ranking(book: Book, sheet: Sheet, col: int) -> Iterator[Flag]:
    order = ranked(book, sheet, col)
    if len(order) < 4:
        return
    found = _score_column(book, sheet, col, order)
    if found is None:
        return
    score, falling = found
    scored = [Ranked(rank, r, book.amounts[n]) for rank, r in order if (n := sheet.at[r][score]) is not None]
    told = _one_fault(scored, falling)
    if told:
        (first, place), *others = told
        yield _misplaced(sheet, col, score, first, place, [row.row for row, _ in others])
        return
    misplaced = list(_out_of_order(sheet, col, score, falling, scored))
    yield from misplaced
    # A row that is out of order is one fault, whatever rank it repeats or leaves free.
    rows = {flag.row for flag in misplaced}
    yield from _repeats(
        book, sheet, col, score, [(rank, row) for rank, row in order if row not in rows], rows
    )


def _score_column(
    book: Book, sheet: Sheet, col: int, order: Sequence[tuple[int, int]]
) -> tuple[int, bool] | None:
    """The column that the ranks follow, and whether it falls as ranks grow."""
    best: tuple[float, bool, int, bool] | None = None
    for other in sheet.numeric:
        if other == col or sheet.column(other).role in ("rank", "delta", "ordinal"):
            continue
        amounts = [book.amounts[n] for _, r in order if (n := sheet.at[r][other]) is not None]
        if len(amounts) < 4 or len(set(amounts)) < 3:
            continue
        steps = list(pairwise(amounts))
        for falling in (True, False):
            share = sum((a >= b) if falling else (a <= b) for a, b in steps) / len(steps)
            if share < _FOLLOWS and _in_place(order, amounts, falling):
                share = 1.0
            scored = sheet.column(other).role == "score"  # of two that fit as well, the one of points
            if share >= _FOLLOWS and (best is None or (share, scored) > best[:2]):
                best = (share, scored, other, falling)
    return best[2:] if best else None


def _in_place(order: Sequence[tuple[int, int]], amounts: Sequence[Decimal], falling: bool) -> bool:
    """Whether all rows but two hold the place that their score says: these two have been exchanged."""
    if len(order) != len(amounts):
        return False
    places = _places(amounts, falling)
    odd = [(rank, place) for (rank, _), place in zip(order, places, strict=True) if rank != place]
    return len(odd) == 2 and len(order) >= 5 and odd[0] == odd[1][::-1]


def _one_fault(rows: Sequence[Ranked], falling: bool) -> list[tuple[Ranked, int]]:
    """The one row whose rank is not its place by score, or the two whose ranks are each other's, with their
    places, where nothing else is amiss; else nothing. A rank that is merely left out is no such fault."""
    clash = any(
        a.amount != b.amount and (a.rank == b.rank or (a.amount < b.amount) == falling)
        for a, b in pairwise(rows)
    )
    if not clash:
        return []
    amounts = [row.amount for row in rows]
    odd = min((_odd(rows, places(amounts, falling)) for places in (_places, _dense_places)), key=len)
    exchanged = len(odd) == 2 and odd[0][1] == odd[1][0].rank and odd[1][1] == odd[0][0].rank
    return odd if len(odd) == 1 or exchanged else []


def _odd(rows: Sequence[Ranked], places: Sequence[int]) -> list[tuple[Ranked, int]]:
    return [(row, place) for row, place in zip(rows, places, strict=True) if row.rank != place]


def _places(amounts: Sequence[Decimal], falling: bool) -> list[int]:
    """Each amount's place among all: one more than there are better ones."""
    ordered = sorted(amounts)
    return [
        1 + (len(ordered) - bisect_right(ordered, a) if falling else bisect_left(ordered, a)) for a in amounts
    ]


def _dense_places(amounts: Sequence[Decimal], falling: bool) -> list[int]:
    """The same where those with equal scores take up one place together."""
    ordered = sorted(set(amounts), reverse=falling)
    at = {amount: place for place, amount in enumerate(ordered, 1)}
    return [at[a] for a in amounts]


def _out_of_order(
    sheet: Sheet, col: int, score: int, falling: bool, rows: Sequence[Ranked]
) -> Iterator[Flag]:
    """One flag for each row whose score does not fit between its neighbours in rank order."""
    keep = _longest_run([-row.amount if falling else row.amount for row in rows])
    places = _places([row.amount for row in rows], falling)
    for i, row in enumerate(rows):
        if i not in keep and places[i] != row.rank:
            yield _misplaced(sheet, col, score, row, places[i], ())


def _misplaced(sheet: Sheet, col: int, score: int, row: Ranked, place: int, others: Sequence[int]) -> Flag:
    """A row whose rank is not its place; `others` are rows whose ranks may as well be the wrong ones."""
    cell, scored = sheet.cell(row.row, col), sheet.cell(row.row, score)
    table = sheet.table.table_id
    flag = _flag(
        sheet,
        cell,
        f"{sheet.label(row.row)} xếp hạng {row.rank} nhưng điểm {scored.text} đứng thứ {place}.",
        str(row.rank),
        str(place),
        "rank order",
        (CellRef(table, row.row, score), *(CellRef(table, r, col) for r in others)),
    )
    if not any(is_weak(c) and not c.proofs for c in (cell, scored)):
        return flag
    # What the reader doubted is not held against the author.
    offered = any(reading.text.strip() == flag.expected for reading in cell.alternatives)
    return replace(flag, kind="reading", expected=flag.expected if offered else "")


def _longest_run(values: Sequence[Decimal]) -> set[int]:
    """Positions of a longest subsequence that never falls (Schensted 1961)."""
    ends: list[list[int]] = []  # by length: where runs of so many end; their values fall
    least: list[Decimal] = []  # by length: the value of the last of them
    before: list[
        int
    ] = []  # by position: the one before in the longest run that ends there, the first of such
    for i, value in enumerate(values):
        length = bisect_right(least, value)
        level = ends[length - 1] if length else []
        first = bisect_left(level, True, key=lambda j: values[j] <= value)
        before.append(level[first] if length else -1)
        if length == len(ends):
            ends.append([])
            least.append(value)
        ends[length].append(i)
        least[length] = value
    at = ends[-1][0] if ends else -1
    out: set[int] = set()
    while at >= 0:
        out.add(at)
        at = before[at]
    return out


def _repeats(
    book: Book,
    sheet: Sheet,
    col: int,
    score: int,
    order: Sequence[tuple[int, int]],
    misplaced: Collection[int | None],
) -> Iterator[Flag]:
    """A rank given twice to different scores, or skipped without a tie before it; gaps that rows out of order
    leave are theirs."""
    for (a, row_a), (b, row_b) in pairwise(order):
        first, second = sheet.at[row_a][score], sheet.at[row_b][score]
        tied = first is not None and second is not None and book.amounts[first] == book.amounts[second]
        cell = sheet.cell(row_b, col)
        others = (CellRef(sheet.table.table_id, row_a, col),)
        if a == b and not tied:
            message = f"Hạng {b} được ghi cho cả “{sheet.label(row_a)}” và “{sheet.label(row_b)}”, khác điểm."
            yield _flag(sheet, cell, message, str(b), str(b + 1), "rank repeated", others)
        elif b > a + 1 and not misplaced and sum(1 for rank, _ in order if rank == a) == 1:
            message = f"Xếp hạng nhảy từ {a} sang {b}: không có đơn vị nào hạng {a + 1}."
            # Of ink the row of that rank may not have been read.
            flag = _flag(sheet, cell, message, str(b), str(a + 1), "rank gap", others)
            yield flag if cell.sure else replace(flag, kind="reading", expected="")


def _maxima(book: Book, sheet: Sheet) -> Iterator[Flag]:
    """Scores above the maximum printed in their row or named by their header, and fractions of points above
    one."""
    named = {c: top for c in sheet.numeric if (top := ceiling_of_head(sheet.leaf(c))) is not None}
    tops = [c for c in sheet.numeric if c not in named and _MAXIMUM.search(sheet.leaf(c))]
    scored = [c for c in sheet.numeric if c not in tops and _SCORED.search(sheet.leaf(c))]
    for col in scored if tops else ():
        above = [r for r in sheet.body if _exceeds(book, sheet, r, col, tops[0])]
        yield from _over(sheet, col, [(r, sheet.cell(r, tops[0]).text) for r in above])
    for col in scored if not tops else ():
        if (top := named.get(col)) is not None:
            rows = [r for r in sheet.body if sheet.kinds[r] != "total"]
            above = [r for r in rows if (n := sheet.at[r][col]) is not None and book.amounts[n] > top]
            yield from _over(sheet, col, [(r, f"{top:f}") for r in above])
    for row in sheet.body if sheet.of else ():
        for col in range(sheet.table.n_cols):
            value = sheet.cell(row, col).value
            is_points = value is not None and (value.unit == "score" or sheet.column(col).role == "score")
            if value is not None and value.of is not None and is_points and value.amount > value.of:
                yield _above(sheet, sheet.cell(row, col), str(value.of))


def _over(sheet: Sheet, col: int, above: Sequence[tuple[int, str]]) -> Iterator[Flag]:
    """A flag for each score of a column above its maximum (row, maximum as printed); one for many."""
    cells = [(sheet.cell(r, col), limit) for r, limit in above]
    if len(cells) > _MANY_ABOVE:
        yield _all_above(sheet, col, [cell for cell, _ in cells])
        return
    for cell, limit in cells:
        yield _above(sheet, cell, limit)


def _exceeds(book: Book, sheet: Sheet, row: int, col: int, top: int) -> bool:
    limit, index = sheet.at[row][top], sheet.at[row][col]
    return limit is not None and index is not None and book.amounts[index] > book.amounts[limit] > 0


def _all_above(sheet: Sheet, col: int, cells: Sequence[Cell]) -> Flag:
    """One flag for a column that does not keep to its maxima: the author scored by another scale."""
    head = sheet.column(col).path[-1] if sheet.column(col).path else ""
    message = f"Cột “{head}” có {len(cells)} điểm quá điểm tối đa, từ dòng “{sheet.label(cells[0].row)}”."
    others = tuple(CellRef(sheet.table.table_id, c.row, c.col) for c in cells[1:])
    return _flag(sheet, cells[0], message, cells[0].text, "", "score maximum", others)


def _above(sheet: Sheet, cell: Cell, limit: str) -> Flag:
    message = f"{sheet.label(cell.row)} được chấm {cell.text} điểm, quá điểm tối đa {limit}."
    return _flag(sheet, cell, message, cell.text, "", "score maximum", ())


def _numerals(sheet: Sheet) -> Iterator[Flag]:
    """A Roman section numeral that repeats the one before it, in a run that otherwise counts up."""
    rows = [
        (r, sheet.cell(r, 0))
        for r in range(sheet.table.header_rows, sheet.table.n_rows)
        if not (text := sheet.cell(r, 0).text).isdecimal() and _roman(text) and text.strip(" .").isupper()
    ]
    run = [(row, cell, _roman(cell.text)) for row, cell in rows]
    if len(run) < 4 or sum(b[2] == a[2] + 1 for a, b in pairwise(run)) < len(run) - 2:
        return
    for (_, first, a), (_, second, b) in pairwise(run):
        if a == b:
            message = (
                f"Số mục {second.text.strip()} được dùng hai lần"
                f" (“{sheet.label(first.row)}” và “{sheet.label(second.row)}”)."
            )
            yield _flag(sheet, second, message, second.text, "", "numeral", (), "info")


def _roman(text: str) -> int:
    """The value of a Roman numeral up to 89, 0 for anything else."""
    letters = fold(text).strip(". )(")
    if not letters or any(c not in _ROMAN_VALUES for c in letters):
        return 0
    values = [_ROMAN_VALUES[c] for c in letters]
    return sum(-v if i + 1 < len(values) and values[i + 1] > v else v for i, v in enumerate(values))


def _flag(
    sheet: Sheet,
    cell: Cell,
    message: str,
    found: str,
    expected: str,
    check: str,
    cells: tuple[CellRef, ...],
    severity: str = "warning",
) -> Flag:
    return Flag(
        "rank",
        "info" if severity == "info" else "warning",
        message,
        sheet.table.table_id,
        cell.row,
        cell.col,
        cell.page,
        cell.box,
        found,
        expected,
        sheet.label(cell.row),
        check,
        cells,
    )

"""Figures written one after another, back in rows and columns: by runs, by rows, by columns or by bands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import fsum, log10
from statistics import median

from extract.dump.relations import Relation, learn_relations
from normalize.numbers import is_none_mark, parse_number
from normalize.sums import sum_tolerance

_LEAST_WIDTH = 2
# Columns of a table hold figures of one make. Of arrangements tried on made-up tables right ones had three
# quarters and more of like figures in every column; one much better than the next is taken for sure.
_LEAST_ALIKE, _CLEARLY = 0.7, 0.2
# A column's total tells where so many figures make it and it is no small count; two such are no chance.
_LEAST_TERMS, _LEAST_TOTAL, _LEAST_CLOSING = 4, 20, 2
_GREATEST = 0.6  # of the columns of counts have their greatest one in a total's row
_LEAST_CODE = 4  # digits
_FRACTION = re.compile(r"[.,](\d+)%?\)?$")

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Rows of figures, the sums that hold between their columns, and whether another way would do as well."""

    rows: Rows
    sums: tuple[Relation, ...]
    sure: bool

    @property
    def width(self) -> int:
        return len(self.rows[0])


def arrange(
    blocks: Sequence[Sequence[str]], n_rows: int, page: int, totals: Sequence[int] = ()
) -> Arrangement | None:
    """The figures of `blocks` in `n_rows` rows by the way that makes columns of like figures, with sums
    between them; None where no way does.

    A lone figure that is the number of the `page` may be that; a column may have none in the rows `totals`.
    """
    offers: dict[Rows, tuple[bool, bool, float]] = {}
    relations: dict[Rows, tuple[Relation, ...]] = {}
    for figures in _without_page_number(blocks, page, n_rows):
        columns = _column_a_block(figures, n_rows, totals)
        for rows in [columns] if columns else _ways(figures, n_rows):
            if rows not in offers:
                relations[rows] = sums_of(rows)
                offers[rows] = (rows == columns, bool(relations[rows]), alikeness(rows))
    good = sorted((o for o in offers.items() if o[1][2] >= _LEAST_ALIKE), key=lambda o: o[1], reverse=True)
    if not good:
        return None
    rows, (by_block, proved, alike) = good[0]
    rivals = [o for _, o in good[1:] if o[:2] == (by_block, proved) and alike - o[2] < _CLEARLY]
    return Arrangement(rows, relations[rows], not rivals and (proved or by_block))


def _without_page_number(
    blocks: Sequence[Sequence[str]], page: int, n_rows: int
) -> Iterator[list[list[str]]]:
    """The blocks, then the blocks without a figure that may be the page's number: one that stands alone, or
    ends a block."""
    whole = [list(block) for block in blocks]
    yield whole
    for i, block in enumerate(whole):
        if block == [str(page)]:
            yield whole[:i] + whole[i + 1 :]
        elif block[-1] == str(page) and (i == len(whole) - 1 or len(block) == n_rows + 1):
            yield [*whole[:i], block[:-1], *whole[i + 1 :]]


def _ways(blocks: Sequence[Sequence[str]], n_rows: int) -> Iterator[Rows]:
    """The ways to lay the figures out in full rows, the likelier first: whoever writes row numbers and labels
    by columns writes figures so."""
    flat = [figure for block in blocks for figure in block]
    width, odd = divmod(len(flat), n_rows)
    if odd or width < _LEAST_WIDTH:
        return
    if mixed := _side_by_side(blocks, n_rows):
        yield mixed
    unparted = len(blocks) in (1, len(flat))
    if unparted or _fills(blocks, n_rows):
        yield tuple(tuple(flat[c * n_rows + r] for c in range(width)) for r in range(n_rows))
    if banded := _bands(blocks, width):
        yield banded
    if unparted:
        yield tuple(tuple(flat[r * width : (r + 1) * width]) for r in range(n_rows))


def _column_a_block(blocks: Sequence[Sequence[str]], n_rows: int, totals: Sequence[int]) -> Rows | None:
    """Rows where each block is a column; one may lack the figures of all total rows."""
    columns = []
    for block in blocks:
        column = list(block)
        if len(column) == n_rows - len(totals):
            for row in totals:
                column.insert(row, "")
        if len(column) != n_rows:
            return None
        columns.append(column)
    return tuple(zip(*columns, strict=True)) if len(columns) >= _LEAST_WIDTH else None


def _fills(blocks: Sequence[Sequence[str]], n_rows: int) -> bool:
    """Whether blocks end wherever a column of `n_rows` figures ends."""
    ends, total = set(), 0
    for block in blocks:
        total += len(block)
        ends.add(total)
    return all(end in ends for end in range(n_rows, total + 1, n_rows))


def _bands(blocks: Sequence[Sequence[str]], width: int) -> Rows | None:
    """Rows where `width` blocks of one height after another stand side by side."""
    rows: list[tuple[str, ...]] = []
    for i in range(0, len(blocks), width):
        band = blocks[i : i + width]
        if len(band) < width or len({len(block) for block in band}) > 1:
            return None
        rows += zip(*band, strict=True)
    return tuple(rows)


def _side_by_side(blocks: Sequence[Sequence[str]], n_rows: int) -> Rows | None:
    """Rows where each run of blocks that comes to a whole number of columns is written by rows."""
    parts: list[list[str]] = [[]]
    for block in blocks:
        parts[-1] += block
        if len(parts[-1]) % n_rows == 0:
            parts.append([])
    if parts.pop():
        return None
    widths = [len(part) // n_rows for part in parts]
    return tuple(
        tuple(figure for part, w in zip(parts, widths, strict=True) for figure in part[r * w : (r + 1) * w])
        for r in range(n_rows)
    )


def alikeness(rows: Rows) -> float:
    """The least share of a column's figures that are of its commonest make; dashes and noughts are of any. Or
    that of the rows, where some are counts throughout and others percentages."""
    kinds = [{make for text in row if (make := make_of(text))} for row in rows]
    by_rows = all(len(makes) < 2 for makes in kinds) and len(set().union(*kinds)) > 1
    return 1.0 if by_rows else min(map(_commonest, zip(*rows, strict=True)), default=0.0)


def _commonest(texts: Sequence[str]) -> float:
    makes = Counter(make for text in texts if (make := make_of(text)))
    return max(makes.values()) / makes.total() if makes else 1.0


@lru_cache(maxsize=16384)
def make_of(text: str) -> str:
    """What a figure is made of: its decimals, sign of percent, fraction; '' for one that tells nothing."""
    if is_none_mark(text) or text.strip("+-− ") == "0":
        return ""
    if "/" in text:
        return "fraction"
    match = _FRACTION.search(text)
    decimals = len(match[1]) if match and len(match[1]) != 3 else 0
    return ("decimal" if decimals else "whole") + ("%" if "%" in text else "")


def sums_of(rows: Rows) -> tuple[Relation, ...]:
    """The sums that hold between the columns."""
    amounts = [[value.amount if (value := parse_number(text)) else None for text in row] for row in rows]
    return learn_relations(amounts)


def total_row(rows: Rows) -> int | None:
    """Which of the first and the last row is the total of the others: that whose figures are the sums of two
    columns or more, else that which holds the greatest count of most columns; None where neither does."""
    columns = [
        [value.amount if (value := parse_number(text)) else Decimal(0) for text in column]
        for column in zip(*rows, strict=True)
        if make_of(next(filter(None, column), "")) == "whole"
    ]
    for row in (0, len(rows) - 1):
        sums = sum(_is_sum(column[row], [*column[:row], *column[row + 1 :]]) for column in columns)
        if len(rows) > 1 and sums >= _LEAST_CLOSING:
            return row
    for row in (0, len(rows) - 1):
        greatest = sum(column[row] > max([*column[:row], *column[row + 1 :]]) for column in columns)
        if len(rows) > 1 and columns and greatest > _GREATEST * len(columns):
            return row
    return None


def proofs_of(rows: Rows) -> int:
    """How many sums speak for an arrangement: those between its columns, and the columns whose first or last
    figure is the sum of the others, where these are two and more."""
    columns = [
        [value.amount if (value := parse_number(text)) else None for text in c]
        for c in zip(*rows, strict=True)
    ]
    closing = sum(_closes(column) for column in columns)
    return len(sums_of(rows)) + (closing if closing >= _LEAST_CLOSING else 0)


def _closes(column: Sequence[Decimal | None]) -> bool:
    amounts = [amount for amount in column if amount is not None]
    if len(amounts) < len(column) or sum(map(bool, amounts)) < _LEAST_TERMS:
        return False
    return _is_sum(amounts[0], amounts[1:]) or _is_sum(amounts[-1], amounts[:-1])


def _is_sum(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether an amount that is no small one is the sum of others, or its double where sections' totals are
    among these."""
    whole = sum(parts, Decimal(0))
    tolerance = sum_tolerance((total, *parts))
    return abs(total) >= _LEAST_TOTAL and min(abs(whole - total), abs(whole - 2 * total)) <= tolerance


def spread(rows: Rows) -> float:
    """How far the figures of a column lie apart, in powers of ten: the mean over the columns of their mean
    distance from the column's middle."""
    apart = []
    for column in zip(*rows, strict=True):
        sizes = [size for text in column if (size := size_of(text)) is not None]
        if sizes:
            middle = median(sizes)
            apart.append(fsum(abs(size - middle) for size in sizes) / len(sizes))
    return fsum(apart) / len(apart) if apart else 0.0


@lru_cache(maxsize=16384)
def size_of(text: str) -> float | None:
    """How large a figure is, in powers of ten; None for what is none."""
    value = parse_number(text)
    return log10(1.0 + abs(float(value.amount))) if value else None


def leading_codes(rows: Rows) -> int:
    """How many of the first columns hold numbers of people or things, which stand before their names: as many
    digits each, of which the first is nought."""
    columns = list(zip(*rows, strict=True))
    return next((c for c, column in enumerate(columns) if not _are_codes(column)), len(columns))


def _are_codes(column: Sequence[str]) -> bool:
    filled = [text for text in column if text]
    alike = len({len(text) for text in filled}) == 1 and all(map(str.isdigit, filled))
    return alike and len(filled[0]) >= _LEAST_CODE and all(text[0] == "0" for text in filled)

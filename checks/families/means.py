"""Means: a row `Trung bình` of the rows above it, a column of points that is the mean of some others, an
index that is a score over the maximum its header names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

import numpy as np

from checks.families.columns import loosest, matrix, over_rows
from checks.figures import Book
from checks.relation import HUNDRED, ONE, Figure, Relation
from checks.template import accept, lay, weigh
from checks.view import Sheet
from normalize.columns.ceilings import ceiling_of_head

_MEAN = re.compile(r"\b(?:trung binh|binh quan|diem tb|tb)\b")
_SHARE, _ROWS, _DIGITS = 0.75, 3, 7.0
_CLOSING = 2  # columns of a row that are means, at least
_COLUMNS_HELD = 0.6  # of a row's columns that are means, for it to be a plain mean: others may be weighted
_MOST = 10  # columns of which every set is tried
_EPSILON = 1e-6
_PLACES = 28  # digits of one over a number of rows


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The equations of mean rows, mean columns and indices."""
    for row, rows in _mean_rows(book, sheet):
        yield from _mean_row(book, sheet, row, rows)
    for col in sheet.numeric:
        if _MEAN.search(sheet.leaf(col)):
            yield from _mean_column(book, sheet, col)
    yield from _indices(book, sheet)


def one_over(number: int) -> Decimal:
    """1/n to many more digits than are printed."""
    with localcontext() as context:
        context.prec = _PLACES
        return ONE / number


def _mean_rows(book: Book, sheet: Sheet) -> Iterator[tuple[int, list[int]]]:
    """The rows called means, each with the plain rows before it (after it, where it stands first), where two
    columns at least may be their means: a first look in binary fractions, with a tolerance that lets none
    pass by which exact ones would hold."""
    columns = list(sheet.numeric)
    called = [_MEAN.search(sheet.names[row]) is not None for row in sheet.body]
    if not any(called) or len(columns) < _CLOSING:
        return
    amounts = matrix(book, sheet, columns)
    plain = np.array([sheet.kinds[r] == "body" and not mean for r, mean in zip(sheet.body, called)])
    there = ~np.isnan(amounts) & plain[:, None]
    counts, sums = there.cumsum(axis=0), np.where(there, amounts, 0.0).cumsum(axis=0)
    loose = 2 * np.array([loosest(book, sheet, c) for c in columns]) + _EPSILON
    for at in np.flatnonzero(called).tolist():
        row, before = sheet.body[at], bool(plain[:at].any())
        count, total = (counts[at], sums[at]) if before else (counts[-1], sums[-1])
        mean = total / np.maximum(count, 1)
        told = np.array([sheet.figure(row, c) is not None for c in columns])
        near = abs(np.nan_to_num(amounts[at]) - mean) <= loose + _EPSILON * abs(mean)
        if np.count_nonzero(told & near & (count >= _ROWS)) >= _CLOSING:
            here = plain[:at] if before else plain
            yield row, [sheet.body[n] for n in np.flatnonzero(here).tolist()]


def _mean_row(book: Book, sheet: Sheet, row: int, rows: Sequence[int]) -> Sequence[Relation]:
    """A row's columns as means of the others."""
    relations = []
    for col in sheet.numeric:
        counted = [r for r in rows if sheet.at[r][col] is not None]
        if len(counted) < _ROWS:
            continue
        relation = lay(
            sheet,
            (row, col),
            [((r, col), 1) for r in counted],
            kind="total",
            source="header",
            scale=one_over(len(counted)),
            family=f"{sheet.table.table_id}:mean:{row}",
            words=f"trung bình {len(counted)} dòng",
        )
        if relation is not None:
            relations.append(relation)
    weight = weigh(book, relations)
    if weight.closed < _CLOSING or weight.share < _COLUMNS_HELD:
        return ()
    return [replace(r, supported=True) for r in relations]


def _mean_column(book: Book, sheet: Sheet, target: int) -> Sequence[Relation]:
    """The column as the mean of the columns that are so in most rows."""
    others = [
        c
        for c in sheet.numeric
        if c != target
        and sheet.percentish(c) == sheet.percentish(target)
        and sheet.column(c).role not in ("ordinal", "rank", "delta", "date")
    ]
    if not 2 <= len(others) <= _MOST or len(sheet.body) < _ROWS:
        return ()
    amounts = matrix(book, sheet, [target, *others])
    live = amounts[~np.isnan(amounts).any(axis=1)]
    if len(live) < _ROWS:
        return ()
    half = max(_rounded(book.figures[n]) for r in sheet.body if (n := sheet.at[r][target]) is not None)
    masks = np.array([[n >> i & 1 for i in range(len(others))] for n in range(1 << len(others))], float)
    masks = masks[masks.sum(axis=1) >= 2]
    met = np.abs(live[:, 1:] @ masks.T / masks.sum(axis=1) - live[:, :1]) <= half + _EPSILON
    best = int(np.argmax(met.sum(axis=0)))
    columns = [others[i] for i in np.flatnonzero(masks[best])]
    relations = over_rows(
        sheet,
        target,
        [(c, 1) for c in columns],
        kind="formula",
        source="discovered",
        scale=one_over(len(columns)),
        words=f"trung bình {len(columns)} cột",
        rounds=True,
    )
    relations = [r for r in relations if len(r.parts) == len(columns)]
    return accept(book, relations, _SHARE, _ROWS, _DIGITS, len(masks)) if relations else ()


def _rounded(figure: Figure) -> float:
    """The most that rounding may have moved a mean."""
    return float(figure.half or figure.step / 2)


def _indices(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """A column that is another's share of the maximum which that one's header names: `Điểm (tối đa 20)` and
    `Chỉ số`, as a part of one or in percent."""
    tops = {c: top for c in sheet.numeric if (top := ceiling_of_head(sheet.leaf(c)))}
    for target in sheet.numeric:
        for col, top in tops.items():
            scale = HUNDRED if sheet.percentish(target) else ONE
            if col == target or top == scale:
                continue
            relations = over_rows(
                sheet,
                target,
                [(col, 1)],
                kind="percent" if sheet.percentish(target) else "formula",
                source="discovered",
                scale=scale / top,
                words=f"điểm chia cho điểm tối đa {top}",
            )
            if relations:
                yield from accept(book, relations, _SHARE, _ROWS, _DIGITS, len(tops) * len(sheet.numeric))

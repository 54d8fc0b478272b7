"""Means: a row `Trung bình` of the rows above it, a column of points that is the mean of some others, an
index that is a score over the maximum its header names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

import numpy as np

from checks.families.columns import matrix, over_rows
from checks.figures import Book
from checks.relation import HUNDRED, ONE, Relation
from checks.template import accept, lay, weigh
from checks.view import Sheet
from normalize.columns.ceilings import ceiling_of_head
from normalize.unicode import fold

_MEAN = re.compile(r"\b(?:trung binh|binh quan|diem tb|tb)\b")
_SHARE, _ROWS, _DIGITS = 0.75, 3, 7.0
_COLUMNS_HELD = 0.6  # of a row's columns that are means, for it to be a plain mean: others may be weighted
_MOST = 10  # columns of which every set is tried
_EPSILON = 1e-6
_PLACES = 28  # digits of one over a number of rows


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The equations of mean rows, mean columns and indices."""
    for row in sheet.body:
        if _MEAN.search(fold(sheet.label(row))):
            yield from _mean_row(book, sheet, row)
    for col in sheet.numeric:
        if _MEAN.search(sheet.leaf(col)):
            yield from _mean_column(book, sheet, col)
    yield from _indices(book, sheet)


def one_over(number: int) -> Decimal:
    """1/n to many more digits than are printed."""
    with localcontext() as context:
        context.prec = _PLACES
        return ONE / number


def _mean_row(book: Book, sheet: Sheet, row: int) -> Sequence[Relation]:
    """A row's columns as means of the plain rows before it (after it, where it stands first)."""
    plain = [r for r in sheet.body if r != row and sheet.kinds[r] == "body" and r not in _mean_rows(sheet)]
    rows = [r for r in plain if r < row] or plain
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
    if weight.closed < 2 or weight.share < _COLUMNS_HELD:
        return ()
    return [replace(r, supported=True) for r in relations]


def _mean_rows(sheet: Sheet) -> frozenset[int]:
    return frozenset(r for r in sheet.body if _MEAN.search(fold(sheet.label(r))))


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
    half = max(float(book.figures[n].half) for r in sheet.body if (n := sheet.at[r][target]) is not None)
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
    )
    relations = [r for r in relations if len(r.parts) == len(columns)]
    return accept(book, relations, _SHARE, _ROWS, _DIGITS, len(masks)) if relations else ()


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

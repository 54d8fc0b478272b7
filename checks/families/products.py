"""Columns that are one column over another on a scale of their own: yields, unit prices, indices.

`năng suất = sản lượng / diện tích x 10`, `đơn giá = thành tiền / số lượng`, `chỉ số = điểm / điểm tối đa`.
Which columns, and the power of ten between their units, is told by the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from checks.families.columns import matrix, over_rows
from checks.families.means import one_over
from checks.families.summands import Floats
from checks.figures import Book
from checks.messages import shorten
from checks.relation import HUNDRED, Relation
from checks.template import accept
from checks.view import Sheet

# Powers of ten between the units of three columns: tấn, ha and tạ/ha make 10, thousands 1.000.
_SCALES = (Decimal(1), Decimal(10), Decimal("0.1"), Decimal(1000), Decimal("0.001"))
# Those that only headers make likely: so many girls for a hundred boys, cases for 100,000 people.
_NAMED_SCALES = (Decimal(100), Decimal(100_000))
# Days used of the days that beds or rooms were there, in percent: a month, a quarter, half a year, a year.
_DAY_SCALES = tuple(
    HUNDRED * one_over(days) for days in (28, 29, 30, 31, 90, 91, 92, 181, 182, 184, 273, 274, 365, 366)
)
_ALL_SCALES = (*_SCALES, *_NAMED_SCALES, *_DAY_SCALES)
_AS_FLOATS = np.array([float(scale) for scale in _ALL_SCALES])
_CAPACITY = re.compile(r"\bcong suat\b")
_SHARE, _ROWS, _DIGITS = 0.75, 4, 10.0
# The same where the headers name all three: a short table says enough, and may hold a fault or two.
_NAMED_SHARE, _NAMED_ROWS, _NAMED_DIGITS = 0.5, 2, 6.0
_NAMES = (  # of the quotient, of what is divided, of what it is divided by
    tuple(map(re.compile, (r"\bnang suat\b", r"\bsan luong\b", r"\bdien tich\b"))),
    tuple(
        map(
            re.compile,
            (
                r"\bdon gia\b|\bgia ban\b|\bdinh muc\b|\bmuc (?:chi|ho tro|thu)\b",
                r"\bthanh tien\b|\bgia tri\b|\bkinh phi\b|\bso tien\b|\bdoanh thu\b|\btong (?:chi|thu)\b",
                r"\bso luong\b|\bkhoi luong\b|^so\b|\bsan luong\b|\bdien tich\b",
            ),
        )
    ),
)
# A header: things for one other (`Học sinh/lớp`, `Tỷ lệ giáo viên/lớp`).
_OVER = re.compile(
    r"(?:(?:so|t[yi] le|t[yi] so|dinh muc|he so|binh quan) )*([a-z][a-z ]*[a-z]) ?/ ?([a-z][a-z ]*[a-z])"
)
_RATE = re.compile(r"‰|\bphan nghin\b|/ ?1\.?000? ?\.?000\b|\bt[yi] suat\b")  # of a thousand, or more
_MEAN = re.compile(r"\b(?:binh quan|trung binh)\b")
_UNIT = re.compile(r"\([^)]*\)")
_CLOSE = 0.02  # the median row is off its power of ten by no more than rounding
_MOST = 14  # columns of figures beyond which only neighbours are tried
_NEAR = 3  # columns apart, in such a wide table


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The equations of every such column, each column explained once."""
    for _, relations in _found(book, sheet):
        yield from relations


def quotient_columns(book: Book, sheet: Sheet) -> frozenset[int]:
    """The columns that are no counts but quotients: no total of them is their sum."""
    return frozenset(target for target, _ in _found(book, sheet))


def _found(book: Book, sheet: Sheet) -> Sequence[tuple[int, list[Relation]]]:
    table = sheet.table.table_id
    if table not in book.quotients:
        book.quotients[table] = tuple(_search(book, sheet))
    return book.quotients[table]


def _search(book: Book, sheet: Sheet) -> Iterator[tuple[int, list[Relation]]]:
    columns = [c for c in sheet.numeric if sheet.column(c).role not in ("ordinal", "rank", "delta", "date")]
    if len(columns) < 3 or len(sheet.body) < _ROWS:
        return
    amounts = matrix(book, sheet, columns)
    sets: set[frozenset[int]] = set()
    targets: set[int] = set()
    scaled = [
        (_named(sheet, columns[i], columns[j], columns[k]), i, j, k, scale)
        for i, j, k, scale in _scaled(amounts)
    ]
    for named, i, j, k, scale in sorted(scaled, key=lambda tried: not tried[0]):  # what is named goes first
        target = columns[i]
        members = frozenset((target, columns[j], columns[k]))
        if members in sets or target in targets or (not named and any(members & one for one in sets)):
            continue
        if not named and (sheet.percentish(target) or scale in (*_NAMED_SCALES, *_DAY_SCALES)):
            continue
        if not named and not _worked_out(book, sheet, target, (columns[j], columns[k])):
            continue
        relations = over_rows(
            sheet,
            target,
            [(columns[j], 1)],
            [(columns[k], 1)],
            kind="formula",
            source="discovered",
            scale=scale,
            words=f"“{_called(sheet, columns[j])}” chia cho “{_called(sheet, columns[k])}”",
            rounds=named,
        )
        tries = len(_SCALES) * len(columns) * (len(columns) - 1)
        least = (_NAMED_SHARE, _NAMED_ROWS, _NAMED_DIGITS) if named else (_SHARE, _ROWS, _DIGITS)
        if relations and (found := accept(book, relations, *least, tries)):
            sets.add(members)
            targets.add(target)
            yield target, found


def _called(sheet: Sheet, col: int) -> str:
    """What a column is called in a message."""
    path = sheet.column(col).path
    return shorten(path[-1]) if path and path[-1].strip() else f"cột {col + 1}"


def _named(sheet: Sheet, *columns: int) -> bool:
    """Whether the headers say that the first column is the second over the third: by words that belong
    together, as a mean, a rate of a thousand or a capacity used, or as `Học sinh/lớp` does beside `Số học
    sinh` and `Số lớp`."""
    leaves = [sheet.leaf(c) for c in columns]
    if any(all(n.search(leaf) for n, leaf in zip(names, leaves, strict=True)) for names in _NAMES):
        return True
    if _CAPACITY.search(leaves[0]):
        return True
    if _MEAN.search(leaves[0]) or _RATE.search(leaves[0]):
        return not sheet.percentish(columns[0])
    over = _OVER.fullmatch(_UNIT.sub("", leaves[0]).strip())
    if over is None:
        return False
    return all(re.search(rf"\b{word}\b", sheet.head(c)) for word, c in zip(over.groups(), columns[1:]))


def _scaled(amounts: Floats) -> Iterator[tuple[int, int, int, Decimal]]:
    """Three columns in every order whose first is the second over the third on some scale, with that scale;
    of many columns those that stand near the first are tried."""
    count = amounts.shape[1]
    known: dict[tuple[int, int, int], Decimal | None] = {}  # of j, and of i and k, which may change places
    for i in range(count):
        near = range(count) if count <= _MOST else range(max(0, i - _NEAR), min(count, i + _NEAR + 1))
        for j in (j for j in near if j != i):
            others = [k for k in near if k not in (i, j)]
            asked = [k for k in others if (j, k, i) not in known]
            scales = _scales(amounts[:, i], amounts[:, j], amounts[:, asked])
            known.update({(j, i, k): scale for k, scale in zip(asked, scales, strict=True)})
            for k in others:
                scale = known[j, i, k] if (j, i, k) in known else known[j, k, i]
                if scale is not None:
                    yield i, j, k, scale


def _scales(goal: Floats, top: Floats, low: Floats) -> list[Decimal | None]:
    """For each column of `low` (rows down) the power of ten that makes most rows close to a hundredth."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = goal[:, None] * low / top[:, None]
    return [_scale(column[np.isfinite(column) & (column > 0)]) for column in ratios.T]


def _scale(ratios: Floats) -> Decimal | None:
    """The power of ten that the middle one of some ratios is close to."""
    if len(ratios) < _ROWS:
        return None
    middle = (len(ratios) - 1) // 2, len(ratios) // 2
    ratios = np.partition(ratios, middle)
    off = np.abs((ratios[middle[0]] + ratios[middle[1]]) / 2 / _AS_FLOATS - 1)
    nearest = int(off.argmin())
    return _ALL_SCALES[nearest] if off[nearest] < _CLOSE else None


def _worked_out(book: Book, sheet: Sheet, target: int, others: Sequence[int]) -> bool:
    """Whether a column is the one of the three that was worked out: it says the fewest digits, and is no
    column of counts beside one that is rounded (`học sinh / bình quân = lớp` has it backwards)."""
    own = _digits(book, sheet, target)
    backwards = not _rounded(book, sheet, target) and any(_rounded(book, sheet, c) for c in others)
    return not backwards and all(own <= _digits(book, sheet, c) for c in others)


def _rounded(book: Book, sheet: Sheet, col: int) -> bool:
    """Whether a column prints decimals."""
    return any(book.figures[n].half for r in sheet.body if (n := sheet.at[r][col]) is not None)


def _digits(book: Book, sheet: Sheet, col: int) -> float:
    """The mean number of digits printed in a column."""
    sizes = [
        abs(book.amounts[n]) / book.figures[n].step
        for r in sheet.body
        if (n := sheet.at[r][col]) is not None and book.amounts[n]
    ]
    return float(np.mean([len(str(int(size))) for size in sizes])) if sizes else 0.0

"""Columns that are sums or quotients of others: declared by a numbering row, by header words, or found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from checks.figures import Book
from checks.relation import HUNDRED, ONE, Relation, Source
from checks.template import Spot, accept, lay, per_row, weigh
from checks.view import NO_SUM, Sheet
from model.flag import FlagKind
from normalize.numbering import declared

_LEFT_OVER = re.compile(
    r"\bcon (?:lai|phai|thieu|no)\b|\bchenh lech\b|\b(?:dang|chua) (?:giai quyet|xu ly)\b"
    r"|\bton (?:dong|cuoi)\b"
)
_SPAN = re.compile(r"\(?(?:\btu )?\b(?P<first>[\w.]+)\s*(?:\bden\b|\btoi\b|[-–])\s*(?P<last>[\w.]+)\s*\)?$")
Floats = NDArray[np.float64]
Part = tuple[int, int]  # column, sign

# A family found by its figures alone must hold in this share of its rows, in so many different rows, and
# say so many digits together: 4 columns of 0 and 1 agree by chance in every second table.
_SHARE, _ROWS, _DIGITS = 0.75, 3, 7.0
_STATED = 0.5  # of its rows, for a family that the document itself declares
_NAMED = 0.6  # of its rows, for one that the words of its header tell
_MAY_BE_WRONG = 3  # rows of a short table
_MOST_ADDENDS = 12
_CHUNK = 256  # rows whose sums of columns are tried at once; more leave the cache, and take ten times as long
_EPSILON = 1e-6  # what binary fractions may be off
_RUN = 2.5  # rows that a run of neighbours right beside the sum is worth: forms put parts and whole together


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """Relations of columns over all rows of one table, each target explained once by each source."""
    taken: set[frozenset[int]] = set()
    for relations in (*_declared(book, sheet), *_by_header(book, sheet), *_by_span(book, sheet)):
        if relations and (key := _columns_of(book, relations)) not in taken:
            taken.add(key)
            yield from relations
    for relations in (*_sums(book, sheet, taken), *_quotients(book, sheet, taken)):
        yield from relations


def _columns_of(book: Book, relations: Sequence[Relation]) -> frozenset[int]:
    out: set[int] = set()
    for relation in relations:
        for n in relation.figures:
            ref = book.figures[n].ref
            if ref is not None:
                out.add(ref.col)
    return frozenset(out)


def over_rows(
    sheet: Sheet,
    target: int,
    parts: Sequence[Part],
    whole: Sequence[Part] = (),
    *,
    kind: FlagKind,
    source: Source,
    percent: bool = False,
    scale: Decimal = ONE,
    words: str = "",
) -> list[Relation]:
    """A relation of columns laid on every row of figures."""
    family = f"{sheet.table.table_id}:{kind}:{target}={parts}/{whole}"

    def make(row: int) -> Relation | None:
        def spots(columns: Sequence[Part]) -> list[tuple[Spot, int]]:
            return [((row, c), s) for c, s in columns]

        return lay(
            sheet,
            (row, target),
            spots(parts),
            spots(whole),
            kind=kind,
            source=source,
            scale=HUNDRED if percent else scale,
            family=family,
            words=words,
        )

    return per_row(sheet, sheet.body, make)


def _declared(book: Book, sheet: Sheet) -> Iterator[list[Relation]]:
    """`5=6+7` and its like. One that fails in most rows was misread, and is not held against the rows."""
    marks = [sheet.column(c).number for c in range(sheet.table.n_cols)]
    for target, parts, whole in declared(marks):
        kind: FlagKind = "percent" if whole else "row_sum"
        for percent in (True, False) if whole else (False,):
            relations = over_rows(sheet, target, parts, whole, kind=kind, source="formula", percent=percent)
            if relations and (found := accept(book, relations, _STATED, 1)):
                yield found
                break


def _by_header(book: Book, sheet: Sheet) -> Iterator[list[Relation]]:
    """`Tổng số` beside its parts under one header; `Tổng số` before the columns of `Trong đó`."""
    countable = [c for c in sheet.numeric if sheet.column(c).role not in NO_SUM]
    for target in countable:
        leaf = sheet.leaf(target)
        if not _says_total(leaf):
            continue
        group = sheet.group(target)
        mates = [c for c in countable if c != target and group and sheet.group(c)[: len(group)] == group]
        inside = [
            c
            for c in countable
            if c > target and any("trong do" in p for p in (*sheet.group(c), sheet.leaf(c)))
        ]
        for parts in (mates, inside):
            if len(parts) >= 2 and len(parts) <= _MOST_ADDENDS:
                relations = over_rows(sheet, target, [(c, 1) for c in parts], kind="row_sum", source="header")
                if relations and (found := accept(book, relations, _NAMED, 1)):
                    yield found
                    break


def _least_share(leaf: str, rows: int) -> float:
    """The share of `rows` that a sum has to meet, where a header says that it is one."""
    return _of_short(rows) if _says_total(leaf) else _SHARE


def _of_short(rows: int) -> float:
    """The share of `rows` that figures have to meet whose header says what they are. A few of a short table
    may be wrong; in a long one the same share would let in sums of columns that are mostly nought."""
    return min(_SHARE, max(_NAMED, (rows - _MAY_BE_WRONG) / max(rows, 1)))


def _says_total(leaf: str) -> bool:
    return leaf.startswith("tong") or "tong so" in leaf


def _by_span(book: Book, sheet: Sheet) -> Iterator[list[Relation]]:
    """`Điểm bộ phận (TC1 đến TC4)`: the sum of the columns from one to the other, which stand before or
    behind it under these names."""
    at = {sheet.leaf(c): c for c in sheet.numeric}
    for target in sheet.numeric:
        span = _SPAN.search(sheet.leaf(target))
        first, last = (at.get(span["first"]), at.get(span["last"])) if span else (None, None)
        if first is None or last is None or not first < last or first <= target <= last:
            continue
        parts = [(c, 1) for c in sheet.numeric if first <= c <= last]
        relations = over_rows(sheet, target, parts, kind="row_sum", source="header")
        if len(parts) <= _MOST_ADDENDS and relations and (found := accept(book, relations, _NAMED, 2)):
            yield found


def matrix(book: Book, sheet: Sheet, columns: Sequence[int]) -> Floats:
    """Amounts of the body rows (down) and `columns` (across); NaN where there is no figure."""
    places = sheet.places[:, list(columns)]
    if not book.figures:
        return np.full(places.shape, np.nan)
    return np.where(places < 0, np.nan, book.floats[places])


def _sums(book: Book, sheet: Sheet, taken: set[frozenset[int]]) -> Iterator[list[Relation]]:
    """Columns that are the sum of two or more others in nearly all rows."""
    columns = [
        c for c in sheet.numeric if sheet.column(c).role not in NO_SUM and sheet.column(c).role != "delta"
    ]
    if len(columns) < 3 or len(sheet.body) < _ROWS:
        return
    amounts = matrix(book, sheet, columns)
    half = np.array([_halves(book, sheet, c) for c in columns])
    for j, target in enumerate(columns):
        goal = amounts[:, j]
        known = ~np.isnan(goal)
        share = _least_share(sheet.leaf(target), int(np.count_nonzero(known & (goal != 0))))
        for chosen in _summands(np.nan_to_num(amounts), goal, known, j, half, share):
            cols = [columns[i] for i in chosen]
            if any(key <= frozenset((target, *cols)) for key in taken):
                continue
            relations = over_rows(sheet, target, [(c, 1) for c in cols], kind="row_sum", source="discovered")
            tries = 1 << min(len(columns), _MOST_ADDENDS)
            found = accept(book, relations, share, _ROWS, _DIGITS, tries)
            if found:
                found = _for_worked_out(sheet, target, cols, found)
            if found:
                taken.add(frozenset((target, *cols)))
                yield found
                break


def _for_worked_out(sheet: Sheet, total: int, parts: Sequence[int], found: list[Relation]) -> list[Relation]:
    """Accepted equations with the column that was worked out as their target."""
    target, terms = worked_out(sheet, total, parts)
    if target == total:
        return found
    like = found[0]
    turned = over_rows(sheet, target, terms, kind="row_sum", source="discovered")
    return [r.judged(like.supported, like.exact, like.tries) for r in turned]


def worked_out(sheet: Sheet, total: int, parts: Sequence[int]) -> tuple[int, list[Part]]:
    """The column that was worked out from the others, and these with their signs: of `received = settled +
    pending` what is left over, else the total."""
    left = [c for c in parts if _LEFT_OVER.search(sheet.leaf(c))]
    if len(left) != 1 or len(parts) > 2:
        return total, [(c, 1) for c in parts]
    return left[0], [(total, 1), *((c, -1) for c in parts if c != left[0])]


def _halves(book: Book, sheet: Sheet, col: int) -> float:
    printed = {book.figures[n].half for r in sheet.body if (n := sheet.at[r][col]) is not None}
    return float(max(printed, default=0))


def _summands(
    amounts: Floats, goal: Floats, known: NDArray[np.bool_], j: int, half: Floats, share: float
) -> Iterator[tuple[int, ...]]:
    """Sets of columns (by position) whose sum meets the goal in a share of the known rows, the most rows
    first: where many rows print the same figure, several sets meet them, and only the others tell which
    one is meant.

    Every set is tried where there are at most 12 other columns, runs of neighbours where there are more.
    """
    others = [i for i in range(amounts.shape[1]) if i != j and np.any(amounts[:, i])]
    if known.sum() < _ROWS or len(others) < 2:
        return
    if len(others) <= _MOST_ADDENDS:
        codes = np.arange(1 << len(others), dtype=np.int64)
        masks = ((codes[:, None] >> np.arange(len(others))) & 1).astype(np.float64)
    else:
        runs = [
            tuple(range(a, b))
            for a in range(len(others))
            for b in range(a + 2, min(len(others), a + _MOST_ADDENDS) + 1)
        ]
        runs += list(combinations(range(len(others)), 2))
        masks = np.zeros((len(runs), len(others)))
        for n, run in enumerate(runs):
            masks[n, list(run)] = 1.0
    masks = masks[masks.sum(axis=1) >= 2]
    live = known & (goal != 0)
    enough = max(share * np.count_nonzero(live), float(_ROWS))
    masks, hits = _met(amounts[live][:, others], goal[live], masks, half[others], half[j], enough)
    sizes = masks.sum(axis=1)
    good = np.flatnonzero(hits >= enough)
    sets = {n: tuple(others[i] for i in np.flatnonzero(masks[n])) for n in good.tolist()}
    order = sorted(sets, key=lambda n: (-hits[n] - _RUN * _is_run(sets[n], j), sizes[n], n))
    yield from (sets[n] for n in order[:6])


def _met(
    amounts: Floats, goal: Floats, masks: Floats, halves: Floats, half: float, enough: float
) -> tuple[Floats, NDArray[np.int64]]:
    """The masks that may meet the goal in `enough` rows, and in how many each does. A few rows at a time: all
    sums of a long table at once would fill the memory, and most sets are soon past hope."""
    hits = np.zeros(len(masks), dtype=np.int64)
    for start in range(0, len(goal), _CHUNK):
        rows = slice(start, start + _CHUNK)
        off = np.abs(amounts[rows] @ masks.T - goal[rows, None])
        hits = hits + (off <= masks @ halves + half + _EPSILON).sum(axis=0)
        hopeful = hits + (len(goal) - min(len(goal), start + _CHUNK)) >= enough
        masks, hits = masks[hopeful], hits[hopeful]
    return masks, hits


def _is_run(chosen: Sequence[int], target: int) -> bool:
    """Whether columns stand side by side, right before or after the column that would be their sum."""
    together = chosen[-1] - chosen[0] == len(chosen) - 1
    return together and target in (chosen[0] - 1, chosen[-1] + 1)


def _quotients(book: Book, sheet: Sheet, taken: set[frozenset[int]]) -> Iterator[list[Relation]]:
    """Columns of percentages that are one column over another (or over a sum of two), in nearly all rows."""
    counts = [c for c in sheet.numeric if sheet.column(c).role not in (*NO_SUM, "delta")]
    for target in sheet.numeric:
        if not sheet.percentish(target) or len(counts) < 2:
            continue
        if any(target in key for key in taken):
            continue
        best: tuple[float, list[Relation]] | None = None
        for part, whole in _quotient_columns(book, sheet, target, counts):
            relations = over_rows(
                sheet, target, part, whole, kind="percent", source="discovered", percent=True
            )
            share = _of_short(len(relations))
            found = accept(book, relations, share, _ROWS, _DIGITS, 3 * len(counts) ** 2)
            if found:
                weight = weigh(book, relations)
                if best is None or weight.digits > best[0]:
                    best = (weight.digits, found)
        if best:
            taken.add(_columns_of(book, best[1]))
            yield best[1]


def _quotient_columns(
    book: Book, sheet: Sheet, target: int, counts: Sequence[int]
) -> Iterator[tuple[list[Part], list[Part]]]:
    """(parts, whole) column sets whose quotient meets the percentages in most rows."""
    amounts = matrix(book, sheet, [target, *counts])
    goal, rest = amounts[:, 0], np.nan_to_num(amounts[:, 1:])
    known = ~np.isnan(goal)
    if known.sum() < _ROWS:
        return
    half = max(_halves(book, sheet, target), 1e-6) * 2
    n = len(counts)
    options: list[tuple[list[Part], list[Part], Floats, Floats]] = []
    for a in range(n):
        for b in range(n):
            if a != b:
                options.append(([(counts[a], 1)], [(counts[b], 1)], rest[:, a], rest[:, b]))
                if n <= 10:
                    options.append(
                        (
                            [(counts[a], 1)],
                            [(counts[a], 1), (counts[b], 1)],
                            rest[:, a],
                            rest[:, a] + rest[:, b],
                        )
                    )
                    options.append(
                        (
                            [(counts[a], 1), (counts[b], -1)],
                            [(counts[b], 1)],
                            rest[:, a] - rest[:, b],
                            rest[:, b],
                        )
                    )
    for part, whole, top, bottom in options:
        live = known & (bottom != 0)
        if live.sum() < _ROWS:
            continue
        off = np.abs(100 * top[live] / bottom[live] - goal[live])
        if (off <= half).mean() >= _of_short(int(live.sum())):
            yield part, whole

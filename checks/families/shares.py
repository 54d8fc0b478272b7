"""Percentages of neighbouring rows: each row's share of its group, and groups that add to 100."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

import numpy as np

from checks.families.columns import loosest, matrix
from checks.families.counted_rows import RowSets
from checks.figures import Book
from checks.relation import HUNDRED, ONE, ZERO, Relation, Term, judge
from checks.template import accept
from checks.view import NO_SUM, Sheet
from normalize.unicode import fold

_OPPOSED = (
    ("dung han", "qua han"),
    ("dung han", "tre han"),
    ("truc tuyen", "truc tiep"),
    ("da ", "chua "),
    ("trong han", "qua han"),
)
_LONGEST = 8
_WHOLE = 100.0
_NEAR = Decimal(5)  # points by which shares that should make 100 are off where one of them is wrong
_EPSILON = 1e-6  # what binary fractions may be off
_NEARLY = float(_NEAR) + _EPSILON
_MOSTLY, _FEWEST, _TELLING = 0.75, 3, 6.0  # of the rows, different ones, and what they say together


@dataclass(frozen=True, slots=True)
class Window:
    """Sibling rows that share one whole: `good` of the shares in one pair of columns close."""

    rows: tuple[int, ...]
    count: int
    percent: int
    good: int
    relations: tuple[Relation, ...]


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """Shares of sibling rows, complements of sibling rows, and complements of columns."""
    windows = _chosen(_windows(book, sheet))
    for window in windows:
        yield from window.relations
        yield _complement(book, sheet, window.rows, window.percent)
    covered = {(r, w.percent) for w in windows for r in w.rows}
    yield from _row_complements(book, sheet, covered)
    yield from _column_complements(book, sheet)
    yield from _hundreds(book, sheet)


def siblings(sheet: Sheet) -> list[tuple[int, ...]]:
    """Runs of rows of one level, with no higher row between them (deeper rows may stand between)."""
    runs: list[tuple[int, ...]] = []
    open_runs: dict[int, list[int]] = {}
    for row in sheet.body:
        level = sheet.levels[row]
        for deeper in [k for k in open_runs if k > level]:
            runs.append(tuple(open_runs.pop(deeper)))
        open_runs.setdefault(level, []).append(row)
    runs.extend(tuple(run) for run in open_runs.values())
    return [run for run in runs if len(run) >= 2]


def count_percent_pairs(sheet: Sheet) -> list[tuple[int, int]]:
    """(count, percent) columns that stand side by side under one header, or where no header joins them with
    no other figures between: over those a share would be of another day."""
    out = []
    for percent in sheet.numeric:
        if not sheet.percentish(percent):
            continue
        before = [c for c in sheet.numeric if c < percent and sheet.column(c).role not in (*NO_SUM, "delta")]
        mates = [c for c in before if sheet.group(c) == sheet.group(percent)]
        beside = [c for c in sheet.numeric if c < percent][-1:]
        if mates or before[-1:] == beside != []:
            out.append(((mates or before)[-1], percent))
    return out


def _windows(book: Book, sheet: Sheet) -> list[Window]:
    """Runs of sibling rows whose percentages are the counts' shares, in one pair of columns at least."""
    runs = siblings(sheet)
    pairs = [(c, p, [_filled(sheet, run, (c, p)) for run in runs]) for c, p in count_percent_pairs(sheet)]
    likely = {rows for c, p, filled in pairs for run in filled for rows in _likely(book, sheet, run, c, p)}
    out = []
    for count, percent, filled in pairs:
        for run in filled:
            for rows in _stretches(run):
                if rows in likely and (window := _window(book, sheet, rows, count, percent)):
                    out.append(window)
    strong = {w.rows for w in out if _strong(w)}
    return [w for w in out if w.rows in strong and _divide(book, w) and not _are_rates(book, sheet, w)]


def _are_rates(book: Book, sheet: Sheet, window: Window) -> bool:
    """Whether the shares that fail are rates of a whole that each row prints itself, as most rows have: three
    rows may come to as much by chance."""
    if window.good == len(window.rows):
        return False
    off = [
        r
        for r, relation in zip(window.rows, window.relations)
        if not judge(relation, book.amounts, book.figures).closes
    ]
    wholes = [c for c in sheet.numeric if c not in (window.count, window.percent)]
    amounts = np.nan_to_num(matrix(book, sheet, [window.count, window.percent, *wholes]))
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = _WHOLE * amounts[:, :1] / amounts[:, 2:]
    near = abs(rates - amounts[:, 1:2]) <= 2 * loosest(book, sheet, window.percent) + _EPSILON
    live = (amounts[:, 1:2] != 0) & (amounts[:, 2:] != 0)
    share = (near & live).sum(axis=0) / np.maximum(live.sum(axis=0), 1)
    meant = near[np.searchsorted(np.array(sheet.body), off)].all(axis=0)
    return bool((meant & (share >= _MOSTLY) & (live.sum(axis=0) >= _FEWEST)).any())


def _divide(book: Book, window: Window) -> bool:
    """Whether a column's percentages divide the rows' whole: half of them close, or they add to about 100,
    as where one wrong count has all of them off. Beside shares stand rates of each row's own plan."""
    shares = sum((book.amounts[r.target] for r in window.relations), ZERO)
    return 2 * window.good >= len(window.rows) or abs(HUNDRED - shares) <= _NEAR


def _filled(sheet: Sheet, run: Sequence[int], columns: Sequence[int]) -> list[int]:
    return [r for r in run if all(sheet.at[r][c] is not None for c in columns)]


def _stretches(rows: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for a in range(len(rows)):
        for b in range(a + 2, min(len(rows), a + _LONGEST) + 1):
            yield tuple(rows[a:b])


def _likely(
    book: Book, sheet: Sheet, rows: Sequence[int], count: int, percent: int
) -> Iterator[tuple[int, ...]]:
    """The stretches of rows whose shares may be strong: a first look in binary fractions, with a tolerance
    that lets none pass by which exact ones would hold."""
    counts = [book.figures[n] for r in rows if (n := sheet.at[r][count]) is not None]
    shares = [book.figures[n] for r in rows if (n := sheet.at[r][percent]) is not None]
    parts = [float(f.amount) for f in counts]
    loose = [float(f.half) for f in counts]
    printed = [float(f.amount) for f in shares]
    near = [float(f.half + f.step) for f in shares]
    for a in range(len(rows)):
        whole, lost = parts[a], loose[a]
        for b in range(a + 1, min(len(rows), a + _LONGEST)):
            whole, lost = whole + parts[b], lost + loose[b]
            if whole <= 0:
                continue
            open_ones = 0
            for i in range(a, b + 1):
                slack = near[i] + _WHOLE * (loose[i] + abs(parts[i]) * lost / whole) / whole
                open_ones += abs(_WHOLE * parts[i] / whole - printed[i]) > slack
            if open_ones <= (b - a >= 2):
                yield tuple(rows[a : b + 1])


def _strong(window: Window) -> bool:
    """Whether a window's shares alone show that its rows share a whole: all of them, or all but one of
    three or more (printed to two places, two agree by chance once in ten thousand)."""
    size = len(window.rows)
    return window.good == size or (size >= 3 and window.good == size - 1)


def _window(book: Book, sheet: Sheet, rows: tuple[int, ...], count: int, percent: int) -> Window | None:
    counts = [n for r in rows if (n := sheet.at[r][count]) is not None]
    if sum(1 for n in counts if book.amounts[n]) < 2 or any(book.amounts[n] < 0 for n in counts):
        return None
    whole = tuple(Term(n) for n in counts)
    relations = []
    for r, n in zip(rows, counts):
        target = sheet.at[r][percent]
        if target is None or book.amounts[target] < 0:
            return None
        relations.append(
            Relation(
                "percent",
                "discovered",
                target,
                (Term(n),),
                whole,
                HUNDRED,
                family=f"{sheet.table.table_id}:share:{rows}",
                words=f"tính từ số liệu của {len(rows)} dòng cùng mục",
            )
        )
    good = sum(judge(r, book.amounts, book.figures).closes for r in relations)
    return Window(rows, count, percent, good, tuple(relations))


def _chosen(windows: Sequence[Window]) -> list[Window]:
    """Windows without overlap in one pair of columns, fullest and longest first."""
    taken: set[tuple[int, int]] = set()
    out = []
    best = {w.rows: max(o.good for o in windows if o.rows == w.rows) for w in windows}
    for w in sorted(windows, key=lambda w: (len(w.rows) - best[w.rows], -len(w.rows), w.rows)):
        spots = {(r, w.percent) for r in w.rows}
        if not spots & taken:
            taken |= spots
            out.append(w)
    return sorted(out, key=lambda w: (w.rows, w.percent))


def _complement(book: Book, sheet: Sheet, rows: Sequence[int], col: int) -> Relation:
    return complement(
        [n for r in rows if (n := sheet.at[r][col]) is not None], f"{sheet.table.table_id}:100:{rows}"
    )


def complement(figures: Sequence[int], family: str) -> Relation:
    """Percentages that add to 100; the last one is the target."""
    *parts, target = figures
    return Relation(
        "complement",
        "discovered",
        target,
        tuple(Term(n) for n in parts),
        scale=-ONE,
        constant=HUNDRED,
        family=family,
        words="phần còn lại cho đủ 100%",
    )


def _row_complements(book: Book, sheet: Sheet, covered: set[tuple[int, int]]) -> Iterator[Relation]:
    """Two neighbouring sibling rows of opposed words, or closing in two columns, that add to 100."""
    percents = [c for c in sheet.numeric if sheet.percentish(c)]
    rows, amounts = np.array(sheet.body), matrix(book, sheet, percents)
    loose = 2 * max((loosest(book, sheet, c) for c in percents), default=0.0) + _EPSILON
    for run in siblings(sheet):
        own = amounts[np.searchsorted(rows, run)]
        near = np.flatnonzero((abs(_WHOLE - own[:-1] - own[1:]) <= loose).any(axis=1))
        for a, b in ((run[n], run[n + 1]) for n in near.tolist()):
            relations = [
                complement((x, y), f"{sheet.table.table_id}:100:{a}+{b}")
                for c in percents
                if (a, c) not in covered
                and (x := sheet.at[a][c]) is not None
                and (y := sheet.at[b][c]) is not None
            ]
            if any(book.amounts[n] < 0 for r in relations for n in r.figures):
                continue
            live = [r for r in relations if all(book.amounts[n] for n in r.figures)]
            closing = sum(judge(r, book.amounts, book.figures).closes for r in live)
            opposed = _opposed(fold(sheet.label(a)), fold(sheet.label(b)))
            if closing >= 2 or (closing and opposed):
                yield from relations


def _opposed(a: str, b: str) -> bool:
    return any((x in a and y in b) or (y in a and x in b) for x, y in _OPPOSED)


def _column_complements(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """Two or three neighbouring columns of percentages that add to 100 in nearly all rows."""
    percents = [c for c in sheet.numeric if sheet.percentish(c)]
    for size in (2, 3):
        for a in range(len(percents) - size + 1):
            cols = percents[a : a + size]
            if not _may_be_whole(book, sheet, cols):
                continue
            around = (percents[a : a + size + 1], percents[max(a - 1, 0) : a + size])
            plain = _hundreds_of(book, sheet, cols, cols)
            wider = [_hundreds_of(book, sheet, cols, wide) for wide in around if len(wide) > size]
            mixed = max([plain, *wider], key=lambda found: _closing(book, found))
            if mixed and accept(book, mixed, _MOSTLY, _FEWEST, _TELLING):
                yield from mixed


def _hundreds_of(book: Book, sheet: Sheet, cols: Sequence[int], wide: Sequence[int]) -> list[Relation]:
    """The rows whose percentages in `cols` add to 100, with those of `wide` that are printed: what few rows
    have (`Không hoàn thành`) is a part in these."""
    family = f"{sheet.table.table_id}:100:{wide}"
    rows = [r for r in sheet.body if all(sheet.at[r][c] is not None for c in cols)]
    found = [complement([n for c in wide if (n := sheet.at[r][c]) is not None], family) for r in rows]
    return [r for r in found if sum(1 for n in r.figures if book.amounts[n]) >= 2]


def _closing(book: Book, relations: Sequence[Relation]) -> int:
    return sum(judge(r, book.amounts, book.figures).closes for r in relations)


def _may_be_whole(book: Book, sheet: Sheet, columns: Sequence[int]) -> bool:
    """Whether columns add to 100 in enough rows, told in binary fractions that lose none."""
    amounts = matrix(book, sheet, columns)
    live = ~np.isnan(amounts).any(axis=1) & ((amounts != 0).sum(axis=1) > 1)
    loose = fsum(loosest(book, sheet, c) for c in columns) + _EPSILON
    met = live & (abs(_WHOLE - amounts.sum(axis=1)) <= loose)
    return bool(np.count_nonzero(met) >= max(_FEWEST, _MOSTLY * np.count_nonzero(live)))


def _hundreds(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """`Tổng số: 100,00` under (or over) the shares of its rows, where these come to it or nearly so: rates
    of their own rows do not."""
    sets = RowSets(sheet)
    percents = [c for c in sheet.numeric if sheet.percentish(c)]
    amounts = np.nan_to_num(matrix(book, sheet, percents))
    for row in sets.of["total"].tolist():
        for at, col in enumerate(percents):
            target = sheet.at[row][col]
            if target is None or book.amounts[target] != HUNDRED:
                continue
            near = [
                (off, figures)
                for found in sets.candidates(row)
                if abs(_WHOLE - amounts[np.searchsorted(sets.body, found.rows), at].sum()) <= _NEARLY
                and len(figures := [n for r in found.rows.tolist() if (n := sheet.at[r][col]) is not None])
                > 1
                and (off := _off(book, figures)) <= _NEAR
            ]
            if near:
                yield Relation(
                    "total",
                    "total",
                    target,
                    tuple(Term(n) for n in min(near, key=lambda found: found[0])[1]),
                    family=f"{sheet.table.table_id}:hundred:{row}",
                )


def _off(book: Book, figures: Sequence[int]) -> Decimal:
    return abs(HUNDRED - sum((book.amounts[n] for n in figures), ZERO))

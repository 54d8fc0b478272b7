"""Columns that are sums or quotients of others: declared by a numbering row, by header words, or found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from checks.equations import Alike
from checks.families.summands import CHUNK, FEWEST_ROWS, MOST_ADDENDS, Floats, summands
from checks.figures import Book
from checks.relation import HUNDRED, ONE, Relation, Source, Term
from checks.template import Spot, accept, accept_alike, lay, per_row, weigh
from checks.view import NO_SUM, Sheet
from model.flag import FlagKind
from normalize.numbering import declared

_LEFT_OVER = re.compile(
    r"\bcon (?:lai|phai|thieu|no)\b|\bchenh lech\b|\b(?:dang|chua) (?:giai quyet|xu ly)\b"
    r"|\bton (?:dong|cuoi)\b"
)
_SPAN = re.compile(r"\(?(?:\btu )?\b(?P<first>[\w.]+)\s*(?:\bden\b|\btoi\b|[-–])\s*(?P<last>[\w.]+)\s*\)?$")
Part = tuple[int, int]  # column, sign
Laid = Alike | list[Relation]

# A family found by its figures alone must hold in this share of its rows, in so many different rows, and
# say so many digits together: 4 columns of 0 and 1 agree by chance in every second table.
_SHARE, _DIGITS = 0.75, 7.0
_STATED = 0.5  # of its rows, for a family that the document itself declares
_NAMED = 0.6  # of its rows, for one that the words of its header tell
_MAY_BE_WRONG = 3  # rows of a short table
_MOST_DIVIDED = 48  # columns of counts, those nearest to a rate, whose quotients are tried
_MOST_MIXED = 10  # of which one over itself and another, and what one has over another, are tried too
_TOGETHER = 3  # of the quotients that are tried, the one of two neighbours over a third


def find(book: Book, sheet: Sheet, taken: set[frozenset[int]]) -> Iterator[Relation | Alike]:
    """Relations of columns over all rows of one table, each target explained once by each source. The columns
    of each sum that was found are added to `taken`."""
    for relations in (*_declared(book, sheet), *_by_header(book, sheet), *_by_span(book, sheet)):
        if relations and (key := _columns_of(book, relations)) not in taken:
            taken.add(key)
            yield from each(relations)
    for relations in (*_sums(book, sheet, taken), *_quotients(book, sheet, taken)):
        yield from each(relations)


def each(laid: Laid) -> Iterator[Relation | Alike]:
    """The relations one by one, those that are kept as arrays together."""
    yield from [laid] if isinstance(laid, Alike) else laid


def _columns_of(book: Book, relations: Laid) -> frozenset[int]:
    out: set[int] = set()
    if isinstance(relations, Alike):
        relations = relations[:1]  # of all others the same
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
    rounds: bool = False,
) -> list[Relation]:
    """A relation of columns laid on every row of figures."""
    family = _family(sheet, kind, target, parts, whole)
    summed = [] if whole or percent or rounds or scale is not ONE else [c for c, sign in parts if sign == 1]
    plain, known = bool(parts) and len(summed) == len(parts), sheet.terms

    def make(row: int) -> Relation | None:
        figures = sheet.at[row]
        goal = figures[target]
        if plain and goal is not None:
            terms = tuple(
                [
                    known.get(n) or known.setdefault(n, Term(n))
                    for c in summed
                    if (n := figures[c]) is not None
                ]
            )
            if len(terms) == len(summed):  # most rows
                return Relation(kind, source, goal, terms, family=family, words=words)

        def spots(columns: Sequence[Part]) -> list[tuple[Spot, int]]:
            return [((row, c), s) for c, s in columns]

        laid = lay(
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
        return replace(laid, rounds=True) if rounds and laid is not None else laid

    return per_row(sheet, sheet.body, make)


def _family(sheet: Sheet, kind: FlagKind, target: int, parts: Sequence[Part], whole: Sequence[Part]) -> str:
    return f"{sheet.table.table_id}:{kind}:{target}={parts}/{whole}"


def _accepted(
    book: Book,
    sheet: Sheet,
    target: int,
    parts: Sequence[Part],
    source: Source,
    share: float,
    told: int,
    digits: float = 0.0,
    tries: int = 1,
) -> Laid:
    """A sum of columns laid on every row of figures, where enough rows hold."""
    alike = _alike(book, sheet, target, parts, source)
    if alike is not None:
        return accept_alike(alike, share, told, digits, tries) or []
    relations = over_rows(sheet, target, parts, kind="row_sum", source=source)
    return accept(book, relations, share, told, digits, tries) if relations else []


def _alike(book: Book, sheet: Sheet, target: int, parts: Sequence[Part], source: Source) -> Alike | None:
    """The relations that `over_rows` lays, kept as arrays, where each row has all of their figures and all of
    these are plain."""
    columns = [target, *(c for c, _ in parts)]
    if sheet.blanks or any(sign != 1 for _, sign in parts) or len(set(columns)) < len(columns):
        return None
    figures = sheet.places[:, columns]
    figures = figures[figures[:, 0] >= 0]
    family = _family(sheet, "row_sum", target, parts, ())
    return Alike.of(book, Relation("row_sum", source, -1, (), family=family), figures)


def _declared(book: Book, sheet: Sheet) -> Iterator[Laid]:
    """`5=6+7` and its like. One that fails in most rows was misread, and is not held against the rows."""
    marks = [sheet.column(c).number for c in range(sheet.table.n_cols)]
    for target, parts, whole in declared(marks):
        kind: FlagKind = "percent" if whole else "row_sum"
        for percent in (True, False) if whole else (False,):
            if whole:
                relations = over_rows(
                    sheet, target, parts, whole, kind=kind, source="formula", percent=percent
                )
                found: Laid = accept(book, relations, _STATED, 1) if relations else []
            else:
                found = _accepted(book, sheet, target, parts, "formula", _STATED, 1)
            if found:
                yield found
                break


def _by_header(book: Book, sheet: Sheet) -> Iterator[Laid]:
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
            if 2 <= len(parts) <= MOST_ADDENDS and (
                found := _accepted(book, sheet, target, [(c, 1) for c in parts], "header", _NAMED, 1)
            ):
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


def _by_span(book: Book, sheet: Sheet) -> Iterator[Laid]:
    """`Điểm bộ phận (TC1 đến TC4)`: the sum of the columns from one to the other, which stand before or
    behind it under these names."""
    at = {sheet.leaf(c): c for c in sheet.numeric}
    for target in sheet.numeric:
        span = _SPAN.search(sheet.leaf(target))
        first, last = (at.get(span["first"]), at.get(span["last"])) if span else (None, None)
        if first is None or last is None or not first < last or first <= target <= last:
            continue
        parts = [(c, 1) for c in sheet.numeric if first <= c <= last]
        if len(parts) <= MOST_ADDENDS and (
            found := _accepted(book, sheet, target, parts, "header", _NAMED, 2)
        ):
            yield found


def matrix(book: Book, sheet: Sheet, columns: Sequence[int]) -> Floats:
    """Amounts of the body rows (down) and `columns` (across); NaN where there is no figure."""
    places = sheet.places[:, list(columns)]
    if not book.figures:
        return np.full(places.shape, np.nan)
    return np.where(places < 0, np.nan, book.floats[places])


def _sums(book: Book, sheet: Sheet, taken: set[frozenset[int]]) -> Iterator[Laid]:
    """Columns that are the sum of two or more others in nearly all rows."""
    columns = [
        c for c in sheet.numeric if sheet.column(c).role not in NO_SUM and sheet.column(c).role != "delta"
    ]
    if len(columns) < 3 or len(sheet.body) < FEWEST_ROWS:
        return
    amounts = matrix(book, sheet, columns)
    filled, half = np.nan_to_num(amounts), np.array([loosest(book, sheet, c) for c in columns])
    sums: list[tuple[tuple[int, ...], Laid]] = []
    for j, target in enumerate(columns):
        goal = amounts[:, j]
        known = ~np.isnan(goal)
        share = _least_share(sheet.leaf(target), int(np.count_nonzero(known & (goal != 0))))
        for chosen in summands(filled, goal, known, j, half, share):
            cols = [columns[i] for i in chosen]
            if any(key <= frozenset((target, *cols)) for key in taken):
                continue
            tries = 1 << min(len(columns), MOST_ADDENDS)
            parts = [(c, 1) for c in cols]
            found = _accepted(book, sheet, target, parts, "discovered", share, FEWEST_ROWS, _DIGITS, tries)
            if found:
                found = _for_worked_out(sheet, target, cols, found)
            if found:
                taken.add(frozenset((target, *cols)))
                sums.append((tuple(cols), found))
                break
    yield from _of_their_own(book, sums)


def _of_their_own(book: Book, sums: Sequence[tuple[tuple[int, ...], Laid]]) -> Iterator[Laid]:
    """The sums without those of parts that another column adds up in more rows: ballots counted are valid
    and void ones, and those handed out are as many but for a few that were kept."""
    if len({parts for parts, _ in sums}) == len(sums):
        yield from (relations for _, relations in sums)
        return
    shares = [weigh(book, relations).share for _, relations in sums]
    best: dict[tuple[int, ...], float] = {}
    for (parts, _), share in zip(sums, shares):
        best[parts] = max(share, best.get(parts, 0.0))
    yield from (relations for (parts, relations), share in zip(sums, shares) if share == best[parts])


def _for_worked_out(sheet: Sheet, total: int, parts: Sequence[int], found: Laid) -> Laid:
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


def loosest(book: Book, sheet: Sheet, col: int) -> float:
    """The most that the print of any figure of a column may be off by rounding."""
    places = sheet.places[:, col]
    there = places[places >= 0]
    return float(book.halves[there].max()) if len(there) else 0.0


def _quotients(book: Book, sheet: Sheet, taken: set[frozenset[int]]) -> Iterator[list[Relation]]:
    """Columns of percentages that are one column over another (or over a sum of two), in nearly all rows."""
    counts = [c for c in sheet.numeric if sheet.column(c).role not in (*NO_SUM, "delta")]
    for target in sheet.numeric:
        if not sheet.percentish(target) or len(counts) < 2:
            continue
        if any(target in key for key in taken):
            continue
        likely: list[list[Relation]] = []
        for part, whole in _quotient_columns(book, sheet, target, counts):
            relations = over_rows(
                sheet, target, part, whole, kind="percent", source="discovered", percent=True
            )
            share = _of_short(len(relations))
            found = accept(book, relations, share, FEWEST_ROWS, _DIGITS, 3 * len(counts) ** 2)
            likely += [found] if found else []
        if likely:
            best = max(likely, key=lambda found: weigh(book, found).digits) if len(likely) > 1 else likely[0]
            taken.add(_columns_of(book, best))
            yield best


def _quotient_columns(
    book: Book, sheet: Sheet, target: int, counts: Sequence[int]
) -> Iterator[tuple[list[Part], list[Part]]]:
    """(parts, whole) column sets whose quotient meets the percentages in most rows."""
    near = sorted(sorted(counts, key=lambda c: abs(c - target))[:_MOST_DIVIDED])
    amounts = matrix(book, sheet, [target, *near])
    goal, rest = amounts[:, 0], np.nan_to_num(amounts[:, 1:])
    known = ~np.isnan(goal)
    if known.sum() < FEWEST_ROWS:
        return
    half = max(loosest(book, sheet, target), 1e-6) * 2
    found: list[tuple[int, int, int]] = []  # part, whole, and which quotient of them
    for b in range(len(near)):
        other = rest[:, b : b + 1]
        tried = [(rest, other)]
        if len(near) <= _MOST_MIXED:
            together = rest + np.hstack([rest[:, 1:], np.full_like(other, np.nan)])  # `Tỷ lệ khá, giỏi`
            tried += [(rest, rest + other), (rest - other, other), (together, other)]
        for way, (top, bottom) in enumerate(tried):
            met = _meeting(goal, known, half, top, np.broadcast_to(bottom, top.shape))
            found += [(a, b, way) for a in met if a != b and not (way == _TOGETHER and a + 1 == b)]
    for a, b, way in sorted(found):
        part, whole = (near[a], 1), (near[b], 1)
        yield (
            ([part], [whole]),
            ([part], [part, whole]),
            ([part, (near[b], -1)], [whole]),
            ([part, (near[min(a + 1, len(near) - 1)], 1)], [whole]),
        )[way]


def _meeting(goal: Floats, known: NDArray[np.bool_], half: float, top: Floats, bottom: Floats) -> list[int]:
    """The columns whose quotients are the goal in most of their rows. A few rows at a time: most are soon
    past hope."""
    live = known[:, None] & (bottom != 0)
    count = live.sum(axis=0)
    least = np.array([_of_short(n) for n in count.tolist()])
    at, missed = np.flatnonzero(count >= FEWEST_ROWS), np.zeros(len(count), dtype=np.int64)
    for start in range(0, len(goal), CHUNK):
        rows = slice(start, start + CHUNK)
        with np.errstate(divide="ignore", invalid="ignore"):
            off = abs(100 * top[rows, at] / bottom[rows, at] - goal[rows, None])
        missed[at] += (live[rows, at] & ~(off <= half)).sum(axis=0)  # nothing meets nothing
        at = at[(count[at] - missed[at]) / count[at] >= least[at]]
        if not len(at):
            break
    found: list[int] = at.tolist()
    return found

"""Figures whose groups of three are parted by blanks (`65 966,7`), as yearbooks print them, made whole.

A blank parts the groups of a figure as it parts figures. What tells: groups that open with a nought stand in
no other way, decimals end a figure, and all rows of a table have as many figures. Rows that may be read in
several ways are read as the others' columns are long; where that leaves several they stay as they are, with
more figures than the table has columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from extract.dump.stream.rows import StreamLine
from extract.dump.tokens import Token
from normalize.numbers import parse_number

_BEGINS = re.compile(r"^[(+\-−–]?[1-9]\d{0,2}$")
_GOES_ON = re.compile(r"^\d{3}(?:[.,]\d{1,3})?%?\)?$")
_OPENS_OR_GOES_ON = re.compile(r"^[(+\-−–]?[1-9]\d?$|^[(+\-−–]?\d{3}$")
_INNER, _NOUGHT = re.compile(r"^\d{3}$"), re.compile(r"^0\d\d")
_GROUPED_BY_MARKS = re.compile(r"\d[.,]\d{3}(?:[.,]|$)")
_DECIMAL, _NONE = re.compile(r"\d[.,]\d{1,3}%?\)?$"), ("-", "–", "0")
_LONG = re.compile(r"\d{4}")
_LEAST_LINES, _MOSTLY = 2, 0.7  # lines with several figures, and the share of them that a width explains
_MOST_TOKENS = 40  # of a line
_MOST_WAYS = 1000  # of reading a line; forty groups of three have a million million
_LONGER = 1  # digits more or fewer than a column's other figures

Cut = tuple[int, ...]
"""Where the figures of a run begin."""


def with_whole_groups(body: Sequence[StreamLine]) -> list[StreamLine]:
    """The body with each figure that blanks part as one token, where the lines show that they do."""
    at = [i for i, line in enumerate(body) if 1 < len(line.run) <= _MOST_TOKENS]
    texts = [tuple(t.text for t in body[i].run) for i in at]
    if len(at) < _LEAST_LINES or not _may_be_grouped(texts):
        return list(body)
    if _end_in_decimals(texts):
        chosen: list[Cut | None] = [_by_decimals(run) for run in texts]
        if not _are_proved(texts, chosen):
            return list(body)
    elif (width := _width(texts)) is not None:
        chosen = _chosen([_cuts(run, width) for run in texts], texts)
    else:
        return list(body)
    lines = list(body)
    for i, cut in zip(at, chosen, strict=True):
        if cut is not None and len(cut) < len(body[i].run):
            run = _joined(body[i].run, cut)
            lines[i] = replace(lines[i], run=run, zone=run)
    return lines


def _may_be_grouped(runs: Sequence[Sequence[str]]) -> bool:
    """Whether groups that no figure opens with follow figures, or one that decimals end, and no figure is
    grouped by marks or long and whole."""
    texts = [text for run in runs for text in run]
    if any(_LONG.search(text) or _GROUPED_BY_MARKS.search(text) for text in texts):
        return False
    follow = [(a, b) for run in runs for a, b in pairwise(run) if _BEGINS.match(a) and _GOES_ON.match(b)]
    sure = sum(bool(_NOUGHT.match(b)) or not _INNER.match(b) for _, b in follow)
    return sure >= _LEAST_LINES


def _width(runs: Sequence[tuple[str, ...]]) -> int | None:
    """The number of columns that all lines, or most, may have: the only one, or one in which a row sums up
    the others in every column. None where several are left, or no line is changed by it."""
    most = max(map(len, runs))
    explained = {width: sum(bool(_cuts(run, width)) for run in runs) for width in range(1, most + 1)}
    best = max(explained.values())
    if best < max(_LEAST_LINES, _MOSTLY * len(runs)):
        return None
    offers = [width for width, count in explained.items() if count == best]
    if len(offers) > 1:  # figures side by side, as one, sum up as well where none is carried over
        offers = [width for width in offers if _sum_up(runs, width)][-1:]
    return offers[0] if len(offers) == 1 and any(len(run) != offers[0] for run in runs) else None


def _end_in_decimals(runs: Sequence[tuple[str, ...]]) -> bool:
    """Whether in most lines all that has no decimals opens groups which decimals end, in most of these as
    often (of a figure torn over lines a line has less)."""
    counts = Counter(
        sum(bool(_DECIMAL.search(text)) for text in run)
        for run in runs
        if all(
            _DECIMAL.search(a) or a in _NONE or (_BEGINS.match(a) and _GOES_ON.match(b))
            for a, b in pairwise((*run, ""))
        )
    )
    count = max(counts.values(), default=0)
    return counts.total() >= _MOSTLY * len(runs) and 2 * count > counts.total() and count >= _LEAST_LINES


def _are_proved(runs: Sequence[tuple[str, ...]], cuts: Sequence[Cut | None]) -> bool:
    """Whether figures that decimals end are whole for sure: a group opens with a nought, as no figure does,
    or columns have more groups in some lines than in others. Else counts may stand beside measures."""
    if any(_NOUGHT.match(text) for run in runs for text in run[1:]):
        return True
    sizes = [
        tuple(b - a for a, b in pairwise((*cut, len(run))))
        for run, cut in zip(runs, cuts, strict=True)
        if cut is not None
    ]
    usual, _ = Counter(map(len, sizes)).most_common(1)[0]
    return len({size for size in sizes if len(size) == usual}) > _LEAST_LINES


def _by_decimals(run: Sequence[str]) -> Cut:
    """Where figures begin that decimals end: the groups before these are theirs."""
    starts = list(range(len(run)))
    for i, text in enumerate(run):
        if not (_DECIMAL.search(text) and _GOES_ON.match(text)):
            continue
        first = i
        while first and (first == i or _INNER.match(run[first])) and _OPENS_OR_GOES_ON.match(run[first - 1]):
            first -= 1
        if first < i and _BEGINS.match(run[first]):
            starts = [k for k in starts if not first < k <= i]
    return tuple(starts)


def _sum_up(runs: Sequence[tuple[str, ...]], width: int) -> bool:
    """Whether the first or the last of the rows is the sum of the others in every one of `width` columns."""
    cuts = _chosen([_cuts(run, width) for run in runs], runs)
    rows = [_amounts(run, cut) for run, cut in zip(runs, cuts, strict=True) if cut]
    if len(rows) <= _LEAST_LINES or not all(rows):
        return False
    totals = [sum(column) for column in zip(*rows, strict=True)]
    return any(all(2 * a == t for a, t in zip(rows[at], totals, strict=True)) for at in (0, -1))


def _amounts(run: Sequence[str], cut: Cut) -> list[Decimal]:
    """The figures of a run, [] where one is none."""
    bounds = [*cut, len(run)]
    values = [parse_number(" ".join(run[a:b])) for a, b in pairwise(bounds)]
    amounts = [value.amount for value in values if value is not None]
    return amounts if len(amounts) == len(values) else []


def _cuts(run: tuple[str, ...], width: int) -> tuple[Cut, ...]:
    """The ways to read a run as `width` figures; none where they are too many for any to be told."""
    return _all_cuts(run, width) if _ways(run, width) <= _MOST_WAYS else ()


@lru_cache(maxsize=16384)
def _ways(run: tuple[str, ...], width: int, at: int = 0) -> int:
    """How many ways there are to read a run from `at` on as `width` figures."""
    if at == len(run):
        return int(width == 0)
    if width == 0 or len(run) - at < width or _NOUGHT.match(run[at]):
        return 0
    count = _ways(run, width - 1, at + 1)
    if _BEGINS.match(run[at]):
        end = at + 1
        while end < len(run) and _GOES_ON.match(run[end]):
            count += _ways(run, width - 1, end + 1)
            if not _INNER.match(run[end]):
                break
            end += 1
    return count


@lru_cache(maxsize=4096)
def _all_cuts(run: tuple[str, ...], width: int, at: int = 0) -> tuple[Cut, ...]:
    """The ways to read a run from `at` on as `width` figures."""
    if at == len(run):
        return ((),) if width == 0 else ()
    if width == 0 or len(run) - at < width:
        return ()
    if _NOUGHT.match(run[at]):
        return ()
    found = [(at, *rest) for rest in _all_cuts(run, width - 1, at + 1)]
    if _BEGINS.match(run[at]):
        end = at + 1
        while end < len(run) and _GOES_ON.match(run[end]):
            found += [(at, *rest) for rest in _all_cuts(run, width - 1, end + 1)]
            if not _INNER.match(run[end]):
                break
            end += 1
    return tuple(found)


def _chosen(ways: Sequence[Sequence[Cut]], runs: Sequence[Sequence[str]]) -> list[Cut | None]:
    """One way for each run: the only one, or the only one whose figures are about as long as those of the
    same columns in runs of one way."""
    known: dict[int, set[int]] = {}
    for run, found in zip(runs, ways, strict=True):
        if len(found) == 1:
            for col, length in enumerate(_lengths(run, found[0])):
                known.setdefault(col, set()).add(length)
    out: list[Cut | None] = []
    for run, found in zip(runs, ways, strict=True):
        fitting = [cut for cut in found if _fits(_lengths(run, cut), known)]
        out.append(found[0] if len(found) == 1 else fitting[0] if len(fitting) == 1 else None)
    return out


def _fits(lengths: Sequence[int], known: dict[int, set[int]]) -> bool:
    return all(
        min(known[c]) - _LONGER <= n <= max(known[c]) + _LONGER
        for c, n in enumerate(lengths)
        if n and known.get(c)
    )


def _lengths(run: Sequence[str], cut: Cut) -> list[int]:
    """How many digits the whole part of each figure has."""
    bounds = [*cut, len(run)]
    wholes = [re.split(r"[.,]", "".join(run[a:b]))[0] for a, b in pairwise(bounds)]
    return [sum(map(str.isdigit, whole)) for whole in wholes]


def _joined(run: Sequence[Token], cut: Cut) -> tuple[Token, ...]:
    bounds = [*cut, len(run)]
    return tuple(
        run[a] if b == a + 1 else replace(run[a], text=" ".join(t.text for t in run[a:b]))
        for a, b in pairwise(bounds)
    )

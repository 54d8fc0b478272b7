"""Which sums and shares hold in the rows of many arrangements of figures at once, and what that is worth.

An arrangement of `height` rows and `width` columns is an array of places in the list of figures; places of
empty cells are the last one, whose amount is no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.dump.columnar.figures import Rows, make_of
from normalize.numbers import parse_number

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

_LEAST_SUM = 10.0  # the least amount whose sum tells
_NEAR = 0.06  # by so much rounding puts a sum of three figures with a decimal out
_ROUNDED = 0.6  # of a unit of a share's last decimal
_PERCENT = 100.0
_TELLING = 3  # columns: fewer have no relation
_MOST_PARTS, _NEARBY = 6, 4  # columns of a sum that is not of all; before a share those of its part and whole
# Nats of a row whose sum holds: of what chance gives to an amount as great; of one whose share holds; of one
# in which they don't; of naming the relation.
_CHANCE, _MOST_WORTH, _SHARE, _BROKEN, _NAMED = 2.5, 3.0, 3.0, 1.5, 1.0
_FIRM = 8.0  # nats of a relation that proves its columns


class Amounts(NamedTuple):
    """The amounts of figures and by how much rounding may put a share out (0 of whole numbers); at the end
    those of an empty cell."""

    values: Numbers
    slacks: Numbers


def amounts_of(texts: Sequence[str]) -> Amounts:
    """The amounts of the figures."""
    values, slacks = np.full(len(texts) + 1, np.nan), np.zeros(len(texts) + 1)
    for i, text in enumerate(texts):
        value = parse_number(text)
        if value is not None:
            values[i] = float(value.amount)
            if "decimal" in make_of(text):
                slacks[i] = _ROUNDED * 10.0 ** int(value.amount.as_tuple().exponent)
    return Amounts(values, slacks)


class _Patterns(NamedTuple):
    """The relations that columns may have. Sums of a total beside its parts: totals, first parts, ends; then
    changes of three columns, the last of which is the second less the first; then shares, by column: the
    first that its part and whole may stand in, and the relation of each two of those. `targets` are the
    places in their `order` at which those of a total, change or share begin; `columns` are each one's."""

    sums: tuple[Places, Places, Places]
    shares: dict[int, tuple[int, Places]]
    columns: tuple[frozenset[int], ...]
    order: Places
    targets: Places
    total: int


@lru_cache(maxsize=64)
def _patterns(width: int) -> _Patterns:
    sums = [
        (total, first, end)
        for first in range(width)
        for end in range(first + 2, width + 1)
        for total in (first - 1, end)
        if 0 <= total < width and (end - first <= _MOST_PARTS or end - first == width - 1)
    ]
    targets = [total for total, _, _ in sums] + [width + first for first in range(width - _TELLING + 1)]
    columns = [frozenset((total, *range(first, end))) for total, first, end in sums]
    columns += [frozenset(range(first, first + _TELLING)) for first in range(width - _TELLING + 1)]
    shares: dict[int, tuple[int, Places]] = {}
    for share in range(2, width):
        first = max(0, share - _NEARBY)
        ways = (share - first) * (share - first - 1)
        shares[share] = first, np.arange(len(targets), len(targets) + ways)
        targets += [2 * width + share] * ways
        near = range(first, share)
        columns += [frozenset((share, part, whole)) for part in near for whole in near if part != whole]
    order = np.argsort(np.array(targets, dtype=np.intp), kind="stable")
    begins = np.flatnonzero(np.diff(np.array(targets, dtype=np.intp)[order], prepend=-1))
    listed = np.array(sums, dtype=np.intp).reshape(-1, 3)
    parts = listed[:, 0], listed[:, 1], listed[:, 2]
    return _Patterns(parts, shares, tuple(columns), order, begins, len(targets))


def pattern_count(width: int) -> int:
    """How many relations are looked at between so many columns."""
    return _patterns(width).total


def held(places: Places, amounts: Amounts) -> tuple[Numbers, Numbers]:
    """For each arrangement (n, height, width) and relation: the nats of the rows in which it holds, and the
    number of those in which it does not."""
    count, _, width = places.shape
    patterns = _patterns(width)
    worth, broken = np.zeros((count, patterns.total)), np.zeros((count, patterns.total))
    if not patterns.total:
        return worth, broken
    values = amounts.values[places]
    total, first, end = patterns.sums
    none = np.zeros((*values.shape[:2], 1))
    sums = np.concatenate([none, np.cumsum(values, axis=2)], axis=2)
    filled = np.concatenate([none, np.cumsum(values != 0, axis=2)], axis=2)
    off = np.abs(sums[:, :, end] - sums[:, :, first] - values[:, :, total])
    several = filled[:, :, end] - filled[:, :, first] > 1
    _add(worth[:, : len(total)], broken[:, : len(total)], off, values[:, :, total], several)
    count = len(total) + width - _TELLING + 1
    old, new, change = (values[:, :, i : width - _TELLING + 1 + i] for i in range(_TELLING))
    _add(
        worth[:, len(total) : count], broken[:, len(total) : count], np.abs(new - old - change), new, old != 0
    )
    _add_shares(values, amounts.slacks[places], patterns, worth, broken)
    return worth, broken


def _add(worth: Numbers, broken: Numbers, off: Numbers, amounts: Numbers, tells: NDArray[np.bool_]) -> None:
    """Adds what relations are worth that are `off` by so much in each row, by their greatest amounts."""
    size = np.abs(amounts)
    tells = tells & (off < _NEAR) & (size >= _LEAST_SUM)
    gain = np.clip(np.log(np.where(tells, size, 1.0)) - _CHANCE, 0.0, _MOST_WORTH)
    worth += gain.sum(axis=1)
    broken += (off >= _NEAR).sum(axis=1)


def _add_shares(
    values: Numbers, slacks: Numbers, patterns: _Patterns, worth: Numbers, broken: Numbers
) -> None:
    """Adds what shares in percent are worth, in the rows that have figures with decimals."""
    for share, (first, places) in patterns.shares.items():
        at, row = np.nonzero(slacks[:, :, share] > 0)
        if not len(at):
            continue
        left = values[at, row, first:share]
        wanted, slack = values[at, row, share], slacks[at, row, share]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = _PERCENT * left[:, :, None] / left[:, None, :]
        off = np.abs(ratios - wanted[:, None, None])
        tells = (left[:, :, None] != left[:, None, :]) & (left[:, :, None] != 0)
        begins = np.flatnonzero(np.diff(at, prepend=-1))
        own, near = at[begins], off <= slack[:, None, None]
        apart = ~np.eye(share - first, dtype=np.bool_)
        gain = np.add.reduceat(_SHARE * (near & tells), begins, axis=0)
        lost = np.add.reduceat(off > slack[:, None, None], begins, axis=0, dtype=np.float64)
        worth[own[:, None], places] += gain[:, apart]
        broken[own[:, None], places] += lost[:, apart]


def worth_of(worth: Numbers, broken: Numbers, width: int) -> Numbers:
    """The nats of each arrangement's best relation for each total and each share, broken rows taken off."""
    patterns = _patterns(width)
    if not patterns.total:
        return np.zeros(len(worth))
    values = np.maximum(0.0, worth - _BROKEN * broken - _NAMED)[:, patterns.order]
    return np.asarray(np.maximum.reduceat(values, patterns.targets, axis=1).sum(axis=1))


def proof_of(rows: Rows) -> float:
    """The nats of the relations that hold in the rows of one arrangement."""
    if len(rows[0]) < _TELLING:
        return 0.0
    return float(worth_of(*_relations(rows), len(rows[0]))[0])


def are_proved(rows: Rows) -> bool:
    """Whether rows without empty cells stand so that every column is in a relation that some rows obey and
    none breaks. (That a column adds up to its total does not tell which row a figure is in.)"""
    filled = tuple(row for row in rows if any(row))
    width = len(rows[0])
    if width < _TELLING or not all(map(all, filled)):
        return False
    worth, broken = _relations(filled)
    firm = np.flatnonzero((broken[0] == 0) & (worth[0] >= _FIRM))
    return len(frozenset().union(*(_patterns(width).columns[k] for k in firm))) == width


def _relations(rows: Rows) -> tuple[Numbers, Numbers]:
    """What `held` says of one arrangement."""
    texts = [text for row in rows for text in row]
    return held(np.arange(len(texts)).reshape(1, len(rows), -1), amounts_of(texts))

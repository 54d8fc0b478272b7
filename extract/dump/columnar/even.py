"""Columns that are as even as each other: each written in blocks of as many lines, in the same order.

A reader that takes what stands close together for one block (pdfminer) breaks every column of a table where
its rows stand far from each other, so that all of its columns come in blocks of the same numbers of lines:
6, 1, 3 for each column of one table, 3, 2, 1, 1, 3 for each of another on the same page. Columns tell which
table they belong to so, though the page's captions and tables were mixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extract.dump.columnar.labels import Item

_LEAST_ROWS, _LEAST_COLUMNS = 3, 3
_TELLING_ROWS = 8  # that two columns rarely have by chance
_MOST_BLOCKS = 24  # of a column
_HEADED = 0.6  # of a table's columns have words right over them: figures that go on below others have none
_NONE = ("x", "X")  # of a place that has none
_SIGN = ("(-", "(+")  # of a heading `tăng (+), giảm (-)`
_MOST_HEAD = 5  # lines of a heading over the figures of its block


@dataclass(frozen=True, slots=True)
class Stack:
    """Figures one under another in a block: the items of their heading, if the block has one, and theirs."""

    heads: tuple[int, ...]
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvenTable:
    """The columns of a table, each its heading's items and its figures'."""

    columns: tuple[Stack, ...]

    @property
    def height(self) -> int:
        return len(self.columns[0].cells)

    @property
    def items(self) -> frozenset[int]:
        return frozenset(i for column in self.columns for i in (*column.heads, *column.cells))


def even_tables(items: Sequence[Item]) -> list[EvenTable]:
    """The tables that columns of like blocks make, the largest first: those whose columns are parted in the
    same way, one after another, and those of columns that are a block each, wherever they stand."""
    stacks = stacks_of(items)
    offers = [*_parted(stacks), *_whole(items, stacks)]
    headed = [_is_headed(items, stack) for stack in stacks]
    offers.sort(
        key=lambda columns: (
            -sum(len(stacks[k].cells) for column in columns for k in column),
            len(columns[0]),
            -sum(headed[column[0]] for column in columns),
            columns,
        )
    )
    taken: set[int] = set()
    found: list[Places] = []
    for columns in offers:
        own = {k for column in columns for k in column}
        told = sum(headed[column[0]] for column in columns) >= _HEADED * len(columns)
        if told and not taken & own:
            taken |= own
            found.append(columns)
    whole = [_with_strays(items, stacks, columns, taken) for columns in found]
    tables = [EvenTable(tuple(_column(stacks, column) for column in columns)) for columns in whole]
    return [part for table in tables for part in _told_apart(items, table)]


def _with_strays(items: Sequence[Item], stacks: Sequence[Stack], columns: Places, taken: set[int]) -> Places:
    """The columns with those that stand elsewhere and are parted in the same way; where columns are a block
    each, those of as many rows, if these are so many that few columns have as many by chance, and no second
    table of as many is named."""
    sizes = [len(stacks[k].cells) for k in columns[0]]
    if len(sizes) == 1 and (sizes[0] < _TELLING_ROWS or _label_blocks(items, sizes[0]) > 1):
        return columns
    found = list(columns)
    for start in range(len(stacks) - len(sizes) + 1):
        own = tuple(range(start, start + len(sizes)))
        if not taken & set(own) and [len(stacks[k].cells) for k in own] == sizes:
            found.append(own)
            taken |= set(own)
    return tuple(sorted(found))


def _told_apart(items: Sequence[Item], table: EvenTable) -> list[EvenTable]:
    """Tables of the same columns and as many rows, whose columns were mixed: each heading stands as often as
    there are columns of labels."""
    heads = [" ".join(items[i].line.text.strip() for i in column.heads) for column in table.columns]
    counts = Counter(heads)
    times = min(counts.values())
    labels = _label_blocks(items, table.height)
    if (
        times < 2
        or max(counts.values()) > times
        or len(counts) < _LEAST_COLUMNS
        or "" in counts
        or labels < times
    ):
        return [table]
    seen: Counter[str] = Counter()
    parts: list[list[Stack]] = [[] for _ in range(times)]
    for head, column in zip(heads, table.columns, strict=True):
        parts[seen[head]].append(column)
        seen[head] += 1
    return [EvenTable(tuple(part)) for part in parts]


def _label_blocks(items: Sequence[Item], height: int) -> int:
    """How many blocks of words have a line for each row, and for a heading."""
    blocks = [list(own) for _, own in groupby(items, key=lambda item: item.block)]
    return sum(0 <= len(own) - height <= 1 and not any(item.is_figures for item in own) for own in blocks)


def stacks_of(items: Sequence[Item]) -> list[Stack]:
    """The blocks that end with figures one under another; those that number rows left out."""
    found: list[Stack] = []
    for _, group in groupby(range(len(items)), key=lambda i: items[i].block):
        own = list(group)
        first = len(own)
        while first and _is_cell(items[own[first - 1]]):
            first -= 1
        stack = Stack(tuple(own[:first]), tuple(own[first:]))
        texts = [items[i].tokens[0].text for i in stack.cells]
        if texts and not counts_on(texts):
            found.append(stack if first <= _MOST_HEAD else Stack((), stack.cells))
    return found


def counts_on(texts: Sequence[str]) -> bool:
    """Whether figures are whole numbers each one more than the one before."""
    plain = [text.rstrip(".") for text in texts]
    return (
        len(plain) > 1
        and all(map(str.isdigit, plain))
        and all(int(b) == int(a) + 1 for a, b in pairwise(plain))
    )


def _is_cell(item: Item) -> bool:
    return len(item.tokens) == 1 and (
        item.tokens[0].text in _NONE or (item.is_figures and not item.tokens[0].text.startswith(_SIGN))
    )


Places = tuple[tuple[int, ...], ...]
"""The stacks of each column."""


def _parted(stacks: Sequence[Stack]) -> Iterator[Places]:
    """Columns of several stacks, one column right after another, each of the same numbers of figures."""
    sizes = [len(stack.cells) for stack in stacks]
    for length in range(2, _MOST_BLOCKS + 1):
        for start in range(len(sizes) - length * _LEAST_COLUMNS + 1):
            own = sizes[start : start + length]
            if max(own) < 2 or sum(own) <= _LEAST_ROWS:
                continue
            width = 1
            while sizes[start + width * length : start + (width + 1) * length] == own:
                width += 1
            if width >= _LEAST_COLUMNS:
                at = [start + k * length for k in range(width)]
                yield tuple(tuple(range(k, k + length)) for k in at)


def _whole(items: Sequence[Item], stacks: Sequence[Stack]) -> Iterator[Places]:
    """Columns of a stack each, as high as each other: one right after another, or each with a heading right
    over it, so that those of another table may stand between them."""
    runs = [list(own) for _, own in groupby(range(len(stacks)), key=lambda k: len(stacks[k].cells))]
    headed = [k for k, stack in enumerate(stacks) if _is_headed(items, stack)]
    heights = sorted({len(stacks[k].cells) for k in headed})
    runs += [[k for k in headed if len(stacks[k].cells) == height] for height in heights]
    for own in runs:
        if len(stacks[own[0]].cells) >= _LEAST_ROWS and len(own) >= _LEAST_COLUMNS:
            yield tuple((k,) for k in own)


def _is_headed(items: Sequence[Item], stack: Stack) -> bool:
    """Whether words stand right over a stack, in its block or in the one before."""
    first = stack.cells[0]
    return first > 0 and not items[first - 1].is_figures


def _column(stacks: Sequence[Stack], places: tuple[int, ...]) -> Stack:
    return Stack(stacks[places[0]].heads, tuple(i for k in places for i in stacks[k].cells))

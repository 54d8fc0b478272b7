"""Tables of even columns with the labels of their rows and the headings of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.dump.columnar.even import EvenTable, Stack, counts_on, even_tables
from extract.dump.columnar.figures import Arrangement, sums_of
from extract.dump.columnar.labels import Item, label_text
from extract.dump.columnar.parts import Part
from extract.dump.columnar.rows import RUNS_ON
from extract.tables.rows import is_total
from normalize.ordinals import succession_cost

_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")
# Lines of the heading in a block of labels, the likelier first: where columns have theirs in their blocks, or
# not.
_HEADED, _BARE = (1, 2, 0), (0, 1, 2)
_MOST_BLOCKS = 12  # of labels


def even_parts(items: Sequence[Item]) -> list[Part]:
    """The tables of the page whose columns are even, each with its own items' lines."""
    tables = even_tables(items)
    taken = {i for table in tables for i in table.items}
    return [_part(items, table, taken) for table in tables]


def _part(items: Sequence[Item], table: EvenTable, taken: set[int]) -> Part:
    """The table's rows, whose labels' items are taken then."""
    columns = [table.columns[k] for k in in_order_of_heads(items, table.columns)]
    rows = tuple(zip(*[[items[i].tokens[0].text for i in column.cells] for column in columns], strict=True))
    found = _labels(items, table, taken)
    labels = tuple(text for text, _ in found) if found else ("",) * table.height
    named = {i for _, own in found for i in own}
    taken |= named
    first = min(i for column in columns for i in column.cells)
    numbered = _numbers(items, range(first), taken, labels) if named else []
    numbers = {i for i in numbered if i >= 0}
    taken |= numbers
    own = table.items | named | numbers
    lines = frozenset(items[i].line.number for i in own)
    heads = ("", *(_text(items, column.heads) for column in columns))
    return Part(
        tuple(_number(items, numbered, found, row) for row in range(table.height)),
        labels,
        Arrangement(rows, sums_of(rows), False),
        heads,
        min(lines),
        max(lines),
        items[first].line.page,
        False,
        own=lines,
    )


def _text(items: Sequence[Item], own: Sequence[int]) -> str:
    return " ".join(items[i].line.text.strip() for i in own)


def in_order_of_heads(items: Sequence[Item], columns: Sequence[Stack]) -> list[int]:
    """The columns in the order they were written, but neighbours whose headings differ by their numbers
    alone (`VT 2`, `VT 3`, `VT 1`) in the order of these."""
    keys = [_stem_and_number(items[c.heads[-1]].line.text) if c.heads else ("", 0) for c in columns]
    groups: list[list[int]] = []
    for k, (stem, number) in enumerate(keys):
        last = groups[-1] if groups else []
        alike = stem and last and keys[last[0]][0] == stem and number not in {keys[i][1] for i in last}
        if alike:
            last.append(k)
        else:
            groups.append([k])
    return [k for group in groups for k in sorted(group, key=lambda k: keys[k][1])]


def _stem_and_number(text: str) -> tuple[str, int]:
    found = _LAST_NUMBER.search(text)
    return (_LAST_NUMBER.sub("", text).strip(), int(found[0])) if found else ("", 0)


def _labels(items: Sequence[Item], table: EvenTable, taken: set[int]) -> list[tuple[str, list[int]]]:
    """A label for each row, with its items: of the lines of words before the table's first figures, else
    behind them, the nearest that are as many and begin with a block of lines; [] where there are none."""
    start, end = min(table.items), max(table.items)
    headed = 2 * sum(bool(column.heads) for column in table.columns) > len(table.columns)
    heads = _HEADED if headed else _BARE
    for lines in (range(start - 1, -1, -1), range(start, end), range(end + 1, len(items))):
        for stretch in _stretches(items, lines, taken):
            if found := _as_many(items, sorted(stretch), table.height, heads):
                return found
    return []


def _stretches(items: Sequence[Item], lines: range, taken: set[int]) -> Iterator[list[int]]:
    """The runs of lines of words between figures."""
    run: list[int] = []
    for i in lines:
        if i in taken or (items[i].is_figures and not items[i].tokens[0].text.rstrip(".").isdigit()):
            if run:
                yield run
            run = []
        elif not items[i].is_figures:
            run.append(i)
    if run:
        yield run


def _as_many(
    items: Sequence[Item], own: Sequence[int], count: int, heads: Sequence[int]
) -> list[tuple[str, list[int]]]:
    """So many labels: those of the last block that has as many, its heading aside, else of the last blocks
    that have so many together; `heads` are the likely numbers of lines of a heading. Lines that go on in
    small letters are one with the line before them in their block."""
    blocks: list[list[list[int]]] = []
    for k, i in enumerate(own):
        if k == 0 or items[own[k - 1]].block != items[i].block:
            blocks.append([[i]])
        elif items[i].line.text.strip()[:1].islower():
            blocks[-1][-1].append(i)
        else:
            blocks[-1].append([i])
    runs = [
        blocks[end - length : end]
        for length in range(1, min(len(blocks), _MOST_BLOCKS) + 1)
        for end in range(len(blocks), length - 1, -1)
    ]
    for head in heads:
        for run in runs:
            if sum(map(len, run)) == count + head and len(run[0]) > head:
                rows = [row for block in run for row in block][head:]
                return _named(items, rows)
    return []


def _named(items: Sequence[Item], rows: Sequence[Sequence[int]]) -> list[tuple[str, list[int]]]:
    """The rows' names, without the numbers that they open with where most count on."""
    numbers = [row[0] for row in rows if items[row[0]].ordinal is not None and len(items[row[0]].tokens) > 1]
    values = [items[i].ordinal for i in numbers]
    on = sum(bool(a and b and succession_cost(a, b) <= RUNS_ON) for a, b in pairwise(values))
    counted = 2 * on >= len(numbers) and on > 0
    return [
        (" ".join(label_text(items[i]) if counted else items[i].line.text.strip() for i in row), list(row))
        for row in rows
    ]


def _numbers(
    items: Sequence[Item], lines: Sequence[int], taken: set[int], labels: Sequence[str]
) -> list[int]:
    """The items of row numbers that stand by themselves, as many as the rows or as those that are no total;
    -1 for a row without. [] where they are not as many."""
    height = len(labels)
    alone = [
        i
        for i in lines
        if i not in taken and len(items[i].tokens) == 1 and items[i].tokens[0].text.rstrip(".").isdigit()
    ]
    rows = [row for row, label in enumerate(labels) if not is_total([label])]
    for wanted in (list(range(height)), rows):
        for start in range(len(alone) - len(wanted), -1, -1):
            run = alone[start : start + len(wanted)]
            texts = [items[i].tokens[0].text for i in run]
            if len(run) > 1 and texts[0].rstrip(".") == "1" and counts_on(texts):
                place = dict(zip(wanted, run, strict=True))
                return [place.get(row, -1) for row in range(height)]
    return []


def _number(
    items: Sequence[Item], numbered: Sequence[int], found: Sequence[tuple[str, list[int]]], row: int
) -> str:
    """The number of a row: that which stands by itself, else the one that its label opens with."""
    if numbered:
        return items[numbered[row]].tokens[0].text if numbered[row] >= 0 else ""
    opens = items[found[row][1][0]] if found else None
    stripped = opens is not None and not found[row][0].startswith(opens.tokens[0].text)
    return opens.tokens[0].text if opens and stripped else ""

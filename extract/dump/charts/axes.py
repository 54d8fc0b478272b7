"""The axes of charts: figures that rise or fall by even steps, on a line or one below the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise

from extract.dump.charts.items import Item
from normalize.numbers import parse_number

_TICKS, _TICKS_BELOW = 3, 4  # figures that make an axis on a line, and at an end of a run of other figures


def axis_parts(items: Sequence[Item], taken: Collection[int] = ()) -> frozenset[int]:
    """The places of the parts that are an axis' figures and stand on lines with nothing else; those `taken`
    are none."""
    of_line = {at: list(own) for at, own in groupby(range(len(items)), key=lambda i: items[i].line)}
    bare = [own for own in of_line.values() if all(items[i].kind in "IF" and i not in taken for i in own)]
    found = {i for own in bare if len(own) >= _TICKS and _is_even(items, own) for i in own}
    for run in _runs([own[0] for own in bare if len(own) == 1]):
        found |= set(_even_end(items, run))
    return frozenset(found)


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Places that follow each other."""
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        yield [place for _, place in run]


def _even_end(items: Sequence[Item], run: Sequence[int]) -> Sequence[int]:
    """A run that is even as a whole, else its longest even beginning or end; () where it has none."""
    if len(run) >= _TICKS and _is_even(items, run):
        return run
    for length in range(len(run) - 1, _TICKS_BELOW - 1, -1):
        for part in (run[-length:], run[:length]):
            if _is_even(items, part):
                return part
    return ()


def _is_even(items: Sequence[Item], places: Sequence[int]) -> bool:
    values = [value.amount for i in places if (value := parse_number(items[i].text)) is not None]
    steps = {b - a for a, b in pairwise(values)}
    return len(values) == len(places) and len(steps) == 1 and 0 not in steps

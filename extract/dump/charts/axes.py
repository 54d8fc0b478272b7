"""The axes of charts: figures that rise or fall by even steps, on a line or one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extract.dump.charts.items import Item
from normalize.numbers import parse_number

_TICKS, _TICKS_BELOW = 3, 4  # figures that make an axis on a line, and at an end of a run of other figures


def with_axes(items: Sequence[Item]) -> list[Item]:
    """The parts, those told as an axis' that stand on lines with nothing else."""
    of_line = {at: list(own) for at, own in groupby(range(len(items)), key=lambda i: items[i].line)}
    bare = [own for own in of_line.values() if all(items[i].kind in "IF" for i in own)]
    found = {i for own in bare if len(own) >= _TICKS and _is_even(items, own) for i in own}
    for run in _runs([own[0] for own in bare if len(own) == 1]):
        found |= set(_even_end(items, run))
    return [replace(item, kind="T") if i in found else item for i, item in enumerate(items)]


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
    """Whether figures rise or fall by even steps, and not as the numbers of rows do."""
    values = [value.amount for i in places if (value := parse_number(items[i].text)) is not None]
    steps = {b - a for a, b in pairwise(values)}
    counted = steps == {1} and values[0] > 0
    return len(values) == len(places) and len(steps) == 1 and 0 not in steps and not counted

"""Charts that were written part by part: all ranks with their names, then all scores, then all changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from extract.dump.charts.entries import Entry, follows_scores, is_ranking
from extract.dump.charts.items import Item

_NAMED = re.compile(r"[RI]N{1,3}")
_FEWEST = 4  # names below each other


def block_charts(items: Sequence[Item]) -> Iterator[list[Entry]]:
    """Charts with as many scores and changes behind, or before, a run of ranked names as that has, whose
    scores fall or rise with the ranks throughout: nothing else tells which belongs to which."""
    legends = {item.line for item in items if item.kind == "L"}
    own = [i for i, item in enumerate(items) if item.kind != "T" and item.line not in legends]
    kinds = "".join(items[i].kind for i in own)
    for start, end, named in (*_ranked_names(kinds, own), *_names_and_ranks(items, kinds, own)):
        behind = list(takewhile(lambda i: items[i].kind in "IFDS", own[end:]))
        before = list(takewhile(lambda i: items[i].kind in "IFDS", reversed(own[:start])))[::-1]
        for beside in (behind, before):
            chart = _dealt(items, named, beside)
            if chart and is_ranking(chart) and follows_scores(chart, but_for=0):
                yield chart
                break


_Run = tuple[int, int, list[list[int]]]
"""The first and last place of a run, and the parts of each name, its rank first."""


def _ranked_names(kinds: str, own: Sequence[int]) -> Iterator[_Run]:
    """Runs of ranks, each with its name."""
    for run in re.finditer(rf"(?:{_NAMED.pattern}){{{_FEWEST},}}", kinds):
        named = [list(own[m.start() : m.end()]) for m in _NAMED.finditer(kinds, run.start(), run.end())]
        named[-1] = named[-1][: max(map(len, named[:-1]))]  # what follows the last name is none of it
        yield run.start(), run.end(), named


def _names_and_ranks(items: Sequence[Item], kinds: str, own: Sequence[int]) -> Iterator[_Run]:
    """Runs of names, and behind them as many ranks."""
    for run in re.finditer(rf"N{{{_FEWEST},}}([RI]{{{_FEWEST},}})", kinds):
        ranks = list(own[run.start(1) : run.end(1)])
        while ranks and int(items[ranks[-1]].text.rstrip(".)")) != len(ranks):
            ranks.pop()  # a score that looks like a rank
        count = len(ranks)
        names = own[run.start(1) - count : run.start(1)]
        if count >= _FEWEST and run.start(1) - run.start() == count:
            yield run.start(), run.start(1) + count, [list(pair) for pair in zip(ranks, names)]


def _dealt(items: Sequence[Item], named: Sequence[Sequence[int]], beside: Sequence[int]) -> list[Entry]:
    """Each name with its score and its change; [] where there are not as many."""
    scores = [i for i in beside if items[i].kind in "IF"]
    changes = [i for i in beside if items[i].kind in "DS"]
    if not len(scores) == len(named) == len(changes):
        return []
    return [
        Entry(
            int(items[own[0]].text.rstrip(".)")),
            " ".join(items[i].text for i in own[1:]),
            items[score],
            items[change],
            (*own, score, change),
            items[own[0]].line,
        )
        for own, score, change in zip(named, scores, changes)
    ]

"""Charts that were written part by part: all ranks with their names, then all scores, then all changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from extract.dump.charts.axes import axis_parts
from extract.dump.charts.entries import Entry, follows_scores, is_ranking
from extract.dump.charts.items import Item

_NAMED = re.compile(r"[RI]N{1,3}")
_FEWEST = 4  # names below each other


def block_charts(items: Sequence[Item]) -> Iterator[list[Entry]]:
    """Charts with as many scores and changes behind, or before, a run of ranked names as that has, whose
    scores fall or rise with the ranks throughout: nothing else tells which belongs to which."""
    ticks = axis_parts(items)
    legends = {item.line for item in items if item.kind == "L"}
    own = [i for i, item in enumerate(items) if i not in ticks and item.line not in legends]
    kinds = "".join(items[i].kind for i in own)
    for run in re.finditer(rf"(?:{_NAMED.pattern}){{{_FEWEST},}}", kinds):
        named = [own[m.start() : m.end()] for m in _NAMED.finditer(kinds, run.start(), run.end())]
        named[-1] = named[-1][: max(map(len, named[:-1]))]  # what follows the last name is none of it
        behind = list(takewhile(lambda i: items[i].kind in "IFDS", own[run.end() :]))
        before = list(takewhile(lambda i: items[i].kind in "IFDS", reversed(own[: run.start()])))[::-1]
        for beside in (behind, before):
            chart = _dealt(items, named, beside)
            if chart and is_ranking(chart) and follows_scores(chart, but_for=0):
                yield chart
                break


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

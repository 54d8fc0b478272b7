"""The entries of a chart among its parts: a rank, a name, a score and a change each, always in one order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.dump.charts.items import Item
from normalize.captions import names_chart
from normalize.numbers import RISES_AND_FALLS, parse_number
from normalize.unicode import fold

# The orders in which a chart prints an entry, by the kinds of its parts.
_ORDERS = {
    "rank first": re.compile(r"(?P<r>[RI])(?P<n>N{1,3})(?P<f>[IF])(?P<d>[DS]?)"),
    "rank behind the name": re.compile(r"(?P<n>N)(?P<r>[RI])(?P<f>[IF])(?P<d>[DS]?)"),
    "score first": re.compile(r"(?P<f>[IF])(?P<d>[DS]?)(?P<r>[RI])(?P<n>N)"),
    "no rank": re.compile(r"(?P<r>)(?P<n>N)(?P<f>[IF])(?P<d>D)"),
}
_MOST_BETWEEN = 16  # parts between two entries of a chart: an axis' figures, a legend
_FEWEST, _FEWEST_OTHERWISE = 3, 4  # entries; of those without ranks, or without changes
_STRAY = 2  # parts behind a chart that look like entries: a tick and the source's name
_RANKED = 0.7  # of the entries, that print a rank where others lost theirs; of the ranks, that have an entry
_FEWEST_CHANGES = 2
_CHANGED = 0.5  # of the entries, that print a change
_CROWDED = 0.25  # of the entries with a further figure behind them, from which they are rows of a table


@dataclass(frozen=True, slots=True)
class Entry:
    """A bar with its texts: the places of its parts, and the line of the first."""

    rank: int | None
    name: str
    score: Item
    change: Item | None
    parts: tuple[int, ...]
    line: int

    @property
    def first(self) -> int:
        return self.parts[0]

    @property
    def last(self) -> int:
        return self.parts[-1]


def charts_of(items: Sequence[Item]) -> list[list[Entry]]:
    """The entries of each chart that may be among the parts, by rank where they have one."""
    found: list[list[Entry]] = []
    for order in _ORDERS.values():
        for group in _groups(items, list(_entries(items, order))):
            found += [chart for chart in _charts(group, items) if _is_chart(chart, items)]
    return found


def apart(charts: Sequence[list[Entry]]) -> list[list[Entry]]:
    """The likeliest of charts that share parts, in order: rankings, where these have as many entries."""
    likeliest = sorted(charts, key=_weight, reverse=True)
    rankings_first = sorted(likeliest, key=lambda chart: chart[0].rank is None or not is_ranking(chart))
    best = max(
        (_none_shared(rankings_first), _none_shared(likeliest)), key=lambda found: sum(map(len, found))
    )
    return sorted(best, key=lambda chart: min(parts_of(chart)))


def _none_shared(charts: Sequence[list[Entry]]) -> list[list[Entry]]:
    """The charts that share no part with one before them."""
    out: list[list[Entry]] = []
    for chart in charts:
        if not any(parts_of(chart) & parts_of(other) for other in out):
            out.append(chart)
    return out


def parts_of(chart: Sequence[Entry]) -> set[int]:
    """The places of all parts of a chart."""
    return {i for entry in chart for i in entry.parts}


def _entries(items: Sequence[Item], order: re.Pattern[str]) -> Iterator[Entry]:
    """The parts that stand in an order, from the first on."""
    for match in order.finditer("".join(item.kind for item in items)):
        names = items[match.start("n") : match.end("n")]
        rank = int(items[match.start("r")].text.rstrip(".)")) if match["r"] else None
        change = items[match.start("d")] if match["d"] else None
        yield Entry(
            rank, " ".join(part.text for part in names), items[match.start("f")], change,
            tuple(range(match.start(), match.end())), items[match.start()].line,
        )  # fmt: skip


def _groups(items: Sequence[Item], entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries that follow each other, parted where much stands between, or a line that opens another."""
    group: list[Entry] = []
    for entry in entries:
        if group:
            between = items[group[-1].last + 1 : entry.first]
            if len(between) > _MOST_BETWEEN or any(item.kind == "X" for item in between):
                yield group
                group = []
        group.append(entry)
    if group:
        yield group


def _charts(group: Sequence[Entry], items: Sequence[Item]) -> Iterator[list[Entry]]:
    """The charts of a group: several side by side that are ranked each for itself, one, or several below each
    other, each ranked from its first on."""
    if group[0].rank is None:
        yield _with_ranks_before(group, items)
        return
    beside = [sorted(chart, key=_rank) for chart in _side_by_side(group)]
    alike = len({_rank(chart[0]) for chart in beside}) == 1  # else the second goes on where the first ends
    if alike and all(map(is_ranking, beside)):
        yield from beside
    elif is_ranking(ranked := sorted(group, key=_rank)):
        yield ranked
    else:
        if missing_ranks(ranked):
            yield ranked
        starts = [i for i, entry in enumerate(group) if i == 0 or entry.rank == group[0].rank]
        for start, end in pairwise([*starts, len(group)]):
            for last in range(end, max(start, end - _STRAY - 1), -1):
                if is_ranking(ranked := sorted(group[start:last], key=_rank)):
                    yield ranked
                    break


def _with_ranks_before(group: Sequence[Entry], items: Sequence[Item]) -> list[Entry]:
    """Entries of which most have a rank before their name, with these as far as they rise: of the others it
    was misread."""
    out: list[Entry] = []
    for entry in group:
        before = items[entry.first - 1] if entry.first else None
        if before is not None and before.kind in "RI" and before.line == entry.line:
            rank = int(before.text.rstrip(".)"))
            entry = replace(entry, rank=rank, parts=(entry.first - 1, *entry.parts))
        out.append(entry)
    ranks = [entry.rank for entry in out if entry.rank is not None]
    ranked = len(ranks) >= _RANKED * len(out) and all(a < b for a, b in pairwise(ranks))
    return out if ranked else list(group)


def _rank(entry: Entry) -> int:
    return entry.rank or 0


def is_ranking(chart: Sequence[Entry]) -> bool:
    """Whether the ranks run on by one; like ones leave out as many as they are too many."""
    first = _rank(chart[0])
    return all(
        _rank(b) in (_rank(a), _rank(a) + 1) or _rank(b) == first + n
        for n, (a, b) in enumerate(pairwise(chart), start=1)
    )


def missing_ranks(chart: Sequence[Entry]) -> list[int]:
    """The ranks that a chart in order of its ranks leaves out, where most are there, each once; else none."""
    ranks = [_rank(entry) for entry in chart]
    whole = range(ranks[0], ranks[-1] + 1)
    if len(set(ranks)) < len(ranks) or ranks[0] != 1 or len(ranks) < _RANKED * len(whole):
        return []
    return [rank for rank in whole if rank not in ranks]


def _side_by_side(group: Sequence[Entry]) -> list[list[Entry]]:
    """Entries by their place on their line, where lines hold as many."""
    columns: list[list[Entry]] = []
    place = 0
    for before, entry in zip([None, *group], group):
        place = place + 1 if before is not None and before.line == entry.line else 0
        if place == len(columns):
            columns.append([])
        columns[place].append(entry)
    return columns if len(columns) > 1 else []


def _is_chart(chart: Sequence[Entry], items: Sequence[Item]) -> bool:
    """Whether entries are a chart's: enough of them, most with a change (arrows or a caption tell them from a
    table's), or under a caption none with one, but scores that follow the ranks. Further figures beside them
    are those of a table's rows."""
    ranked = chart[0].rank is not None and (is_ranking(chart) or bool(missing_ranks(chart)))
    if len(chart) < (_FEWEST if ranked else _FEWEST_OTHERWISE):
        return False
    changes = [entry.change.text for entry in chart if entry.change is not None]
    told = [text for text in changes if any(c.isdigit() for c in text)]
    captioned = _is_captioned(chart, items)
    drawn = captioned or sum(any(c in RISES_AND_FALLS for c in text) for text in told) >= _FEWEST_CHANGES
    changed = drawn and len(told) >= _FEWEST_CHANGES and len(changes) >= _CHANGED * len(chart)
    bare = captioned and not changes and len(chart) >= _FEWEST_OTHERWISE
    if not changed and not (bare and ranked and follows_scores(chart, but_for=0)):
        return False
    return sum(_has_further(entry, items) for entry in chart) <= _CROWDED * len(chart)


def _has_further(entry: Entry, items: Sequence[Item]) -> bool:
    """Whether a figure stands on an entry's line right beside it that is no other entry's."""
    for end, i in ((entry.first, entry.first - 1), (entry.last, entry.last + 1)):
        if not 0 <= i < len(items) or items[i].line != items[end].line:
            continue
        names = items[i + 1].kind == "N" if i + 1 < len(items) else False
        if items[i].kind in "IF" and not (i > end and items[i].kind == "I" and names):
            return True
    return False


def _is_captioned(chart: Sequence[Entry], items: Sequence[Item]) -> bool:
    """Whether a chart's caption stands over an entry, and nothing else opens between."""
    first = min(entry.first for entry in chart)
    above = next((items[i] for i in range(first - 1, -1, -1) if items[i].kind == "X"), None)
    return above is not None and names_chart(fold(above.text))


def _weight(chart: Sequence[Entry]) -> tuple[int, int, int, int]:
    """More entries, more of them with a rank and a change, fewer over several lines: the likelier order."""
    ranked = sum(entry.rank is not None for entry in chart)
    changed = sum(entry.change is not None for entry in chart)
    whole = sum(entry.score.line == entry.line for entry in chart)
    return len(chart), ranked, changed, whole


def follows_scores(chart: Sequence[Entry], but_for: int = 1) -> bool:
    """Whether the scores fall, or rise, with the ranks, but for so many places."""
    values = [parse_number(entry.score.text) for entry in chart]
    amounts = [value.amount for value in values if value is not None]
    falling = sum(a < b for a, b in pairwise(amounts))
    rising = sum(a > b for a, b in pairwise(amounts))
    return len(amounts) == len(chart) and min(falling, rising) <= but_for

"""The likeliest tree of headings over the columns of a torn header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.dump.torn.beam import FAR, SAME_AGAIN, Numbers, Places, Readings, Truths, assign, total
from extract.dump.torn.columns import ColumnFacts
from extract.dump.torn.fit import Placed, Taken, places_of
from extract.dump.torn.groupings import Span, groupings
from extract.dump.torn.phrases import Phrase, groups_known
from extract.dump.torn.printed import TornHeader
from extract.dump.torn.suits import UNSUITED, suits_column, suits_group, suits_under

# In letters explained: a heading, one nothing is known of (less over an empty column, whose heading may be
# so, too), a group.
_HEADING, _UNKNOWN, _UNKNOWN_EMPTY, _GROUP = 1.0, 5.0, 2.0, 1.0
_OVER_ITS_GROUP = 2.0  # a heading with words on the lines of its group's
_GROUP_LINE, _GROUP_LINES = 2.0, 2  # a line more of a group's heading, which has room; the most
_SURELY = 0.8  # of a group's letters, else other groupings are tried
_MOST_NAMES, _WAYS_TO_NAME, _BEAM_OF_NAMES = 60, 2, 120


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of the header over columns `first` to `last`: the phrase it is taken for (None where none is
    known), the words it has taken as (line, first, end), the share of the phrase's letters that were
    found."""

    first: int
    last: int
    phrase: Phrase | None
    taken: Taken = ()
    found: float = 0.0


@dataclass(frozen=True, slots=True)
class Tree:
    """The headings in the order of their columns, a group before what stands under it; `score` in letters."""

    headings: tuple[Heading, ...]
    score: float

    @property
    def groups(self) -> tuple[Heading, ...]:
        return tuple(h for h in self.headings if h.last > h.first)


@dataclass(frozen=True, slots=True)
class _Offers:
    """Every reading of the header's words as a phrase, the last one as nothing known, and what each explains
    with the words' weight."""

    phrases: tuple[Phrase | None, ...]
    placed: tuple[Placed, ...]
    worth: Numbers
    readings: Readings


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A group of columns and which offer names it."""

    span: Span
    offer: int


def best_tree(header: TornHeader, facts: ColumnFacts, phrases: Sequence[Phrase]) -> Tree | None:
    """The likeliest headings over the columns, of the ways in which these may be grouped; None where there
    are no words. The first way whose groups all have their known headings, each word of which stands there,
    is taken without the others."""
    if not header.lines or not facts.width:
        return None
    offers = _offers(header, phrases)
    trees: list[Tree] = []
    for spans in groupings(facts):
        named = _named_groups(spans, offers)
        trees += [tree_under(groups, offers, header, facts) for groups in named]
        if spans and all(_is_sure(chosen, offers) for chosen in named[0]):
            break
    return max(trees, key=lambda tree: tree.score)


def tree_like(tree: Tree, header: TornHeader, facts: ColumnFacts) -> Tree | None:
    """The headings of another tree over this header's words, each column with its own or with none found."""
    if not header.lines or facts.width < max(h.last for h in tree.headings) + 1:
        return None
    offers = _offers(header, [p for p in dict.fromkeys(h.phrase for h in tree.headings) if p])
    wanted = {(h.first, h.last): h.phrase for h in tree.headings}
    spans = [h for h in sorted(wanted) if h[1] > h[0]]
    found = [
        tree_under(groups, offers, header, facts, wanted)
        for groups in _named_groups(spans, offers)
        if all(offers.phrases[g.offer] in (None, wanted[g.span]) for g in groups)
    ]
    best = max(found, key=lambda t: t.score, default=None)
    if best is None:
        return None
    named = (h if h.phrase else replace(h, phrase=wanted.get((h.first, h.last))) for h in best.headings)
    return Tree(tuple(named), best.score)


def _is_sure(chosen: _Chosen, offers: _Offers) -> bool:
    p, place = offers.phrases[chosen.offer], offers.placed[chosen.offer]
    return p is not None and p.name in groups_known() and place.found >= _SURELY


def _named_groups(spans: Sequence[Span], offers: _Offers) -> list[tuple[_Chosen, ...]]:
    """The likeliest ways to name groups of columns from left to right, each by words the one before
    leaves."""
    suits = np.array(
        [
            suits_group(p) - _GROUP_LINE * max(0, len(x.taken) - 1) if p else 0.0
            for p, x in zip(offers.phrases, offers.placed, strict=True)
        ]
    )
    suits = suits + offers.worth
    likely = [
        int(i) for i in np.argsort(-suits, kind="stable") if len(offers.placed[i].taken) <= _GROUP_LINES
    ]
    best = [i for i in likely[:_MOST_NAMES] if suits[i] > -UNSUITED]
    nothing = len(offers.phrases) - 1
    ways: list[tuple[float, Places, tuple[_Chosen, ...]]] = [
        (0.0, np.zeros(offers.readings.ends.shape[1], np.int64), ())
    ]
    for span in spans:
        grown = []
        for score, at, named in ways:
            used = {offers.phrases[chosen.offer] for chosen in named}
            for i in dict.fromkeys((*best, nothing)):
                if (offers.readings.starts[i] >= at).all():
                    again = SAME_AGAIN * (i != nothing and offers.phrases[i] in used)
                    reached = np.maximum(at, offers.readings.ends[i])
                    grown.append((score + float(suits[i]) - again, reached, (*named, _Chosen(span, i))))
        ways = sorted(grown, key=lambda w: -w[0])[:_BEAM_OF_NAMES]
    return [named for _, _, named in ways[:_WAYS_TO_NAME]]


def _offers(header: TornHeader, phrases: Sequence[Phrase]) -> _Offers:
    found: list[tuple[Phrase | None, Placed]] = [(p, x) for p in phrases for x in places_of(p.words, header)]
    found.append((None, Placed(0.0, (), 0.0)))
    lines, longest = len(header.lines), max(map(len, header.lines))
    starts, ends = np.full((len(found), lines), FAR), np.full((len(found), lines), -1)
    words = np.zeros((len(found), lines * longest))
    for i, (_, place) in enumerate(found):
        for line, start, end in place.taken:
            starts[i, line], ends[i, line] = start, end
            words[i, line * longest + start : line * longest + end] = 1.0
    weights = np.zeros((lines, longest))
    for n, line_words in enumerate(header.lines):
        weights[n, : len(line_words)] = [word.weight for word in line_words]
    scores = np.array([place.score - (p.cost + _HEADING if p else _UNKNOWN) for p, place in found])
    numbers = {p: i for i, p in enumerate(dict.fromkeys(p for p, _ in found if p))}
    same = np.array([numbers[p] if p else -1 for p, _ in found])
    worth = scores + words @ weights.ravel()
    kept = tuple(p for p, _ in found), tuple(place for _, place in found)
    return _Offers(*kept, worth, Readings(starts, ends, words, same))


def _worth(col: int, groups: Sequence[_Chosen], offers: _Offers, facts: ColumnFacts) -> Numbers:
    """What each offer is worth as the heading of a column beside and under headings of groups; minus infinity
    where it can't be."""
    within = next((g for g in groups if g.span[0] <= col <= g.span[1]), None)
    group = offers.phrases[within.offer] if within else None
    span = within.span if within else (col, col)
    known = {p for p in offers.phrases if p}
    suits = {
        p: suits_column(p, facts, col, within is not None) + suits_under(p, group, span, col) for p in known
    }
    unknown = _UNKNOWN_EMPTY if facts.holds[col] == "nothing" else 0.0
    gains = np.array([suits[p] if p else unknown for p in offers.phrases])
    may, over = gains > -UNSUITED, np.zeros(len(gains))
    for g in groups:
        fits, above = _beside(col, g, offers.readings)
        may &= fits
        over += _OVER_ITS_GROUP * above
    return np.where(may, offers.worth + gains - over, -np.inf)


def _beside(col: int, group: _Chosen, readings: Readings) -> tuple[Truths, Truths]:
    """Which readings may head a column beside or under a group, by the order of the words on each line; and
    which of them take words on the group's lines or above though they stand under it."""
    starts, ends = readings.starts[group.offer], readings.ends[group.offer]
    before, after = readings.ends <= starts, readings.starts >= ends
    nothing = np.zeros(len(before), dtype=bool)
    if col < group.span[0]:
        return before.all(axis=1), nothing
    if col > group.span[1]:
        return after.all(axis=1), nothing
    lines = np.flatnonzero(ends >= 0)
    above = nothing
    if len(lines):
        above = np.asarray((readings.ends[:, : lines[-1] + 1] >= 0).any(axis=1), dtype=np.bool_)
    return (before | after).all(axis=1), above


def tree_under(
    groups: Sequence[_Chosen],
    offers: _Offers,
    header: TornHeader,
    facts: ColumnFacts,
    wanted: Mapping[Span, Phrase | None] | None = None,
) -> Tree:
    """The likeliest headings under and beside headings of groups, of those `wanted` where they are given."""
    worth = np.array([_worth(col, groups, offers, facts) for col in range(facts.width)])
    if wanted is not None:
        for col in range(facts.width):
            own = [p is None or p is wanted.get((col, col)) for p in offers.phrases]
            worth[col, ~np.array(own)] = -np.inf
    beside = [_before(col, groups) for col in range(facts.width)]
    chosen = assign(worth, offers.readings, beside)
    named = [_heading(g.span, offers, g.offer) for g in groups]
    headed = [_heading((col, col), offers, i) for col, i in enumerate(chosen)]
    score = total(chosen, worth, offers.readings, beside) - header.letters
    score += sum(_group_worth(g, offers) for g in groups)
    return Tree(tuple(sorted((*named, *headed), key=lambda h: (h.first, -h.last))), score)


def _before(col: int, groups: Sequence[_Chosen]) -> list[int]:
    """The columns before one under the same group; before one under none all."""
    within = next((g.span for g in groups if g.span[0] <= col <= g.span[1]), (0, col))
    return list(range(within[0], col))


def _group_worth(group: _Chosen, offers: _Offers) -> float:
    p, lines = offers.phrases[group.offer], len(offers.placed[group.offer].taken)
    suits = suits_group(p) - _GROUP_LINE * max(0, lines - 1) if p else 0.0
    return float(offers.worth[group.offer]) + suits - _GROUP


def _heading(span: Span, offers: _Offers, offer: int) -> Heading:
    place = offers.placed[offer]
    return Heading(span[0], span[1], offers.phrases[offer], place.taken, place.found)

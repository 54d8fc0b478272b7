"""The tree of a laid-out header: which texts head one column, and which stand over the headings of several.

Every way to part a range of columns into single columns and groups has a cost, and so has what is below each
group; the cheapest is taken. Cells are centred both ways in nearly all headers: a text stands in the middle
of its columns, and in the middle of the lines from the group over it to the header's foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import fsum

from extract.dump.layout.columns import ColumnPlace
from normalize.wraps import unwrapped

# Costs in lines that a text stands off the middle of its cell; a character counts for a part of one.
_CHARACTER = 0.15
_FURTHEST = 4.0
_UNHEADED = 4.0  # a column without a heading
_GROUP = 0.3  # a group more
_BEGINS = 1.2  # a line of a heading, not its first, that begins with a capital as a heading does
_EMPTY = 0.5  # a column more of a text that nothing is below
_OVER_OTHERS = 2.5  # a heading of one column over the middle of another
_CENTRED, _CENTRED_SHARE = (
    4.0,
    0.2,
)  # characters that a group's text stands off its middle at most; of its width
_MOST_TITLE_LINES = 4
_ALIKE = 1.0  # gained by a group with the same headings below it as another
_WIDEST = 32  # columns under one text
_KEPT = 3  # ways to part the columns up to one that are followed further


def goes_on(text: str) -> bool:
    """Whether a line of a heading goes on with the one over it: with a small letter, a bracket or a slash."""
    return text[:1].islower() or text[:1] in ("(", "/")


@dataclass(frozen=True, slots=True)
class Heading:
    """A text of a header's line: the line's place from the header's top, and its characters from and to."""

    line: float
    start: int
    end: int
    text: str

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Node:
    """A text over the columns from `first` to `last`, its lines' mean; a group has the nodes below it."""

    first: int
    last: int
    text: str
    line: float = 0.0
    below: tuple[Node, ...] = ()

    @property
    def depth(self) -> int:
        return 1 + max((node.depth for node in self.below), default=0)


@dataclass
class _Trees:
    """The cheapest trees of ranges of columns, each looked for once."""

    headings: tuple[Heading, ...]
    columns: tuple[ColumnPlace, ...]
    lead: int

    def __post_init__(self) -> None:
        self._known: dict[tuple[int, int, float], tuple[float, tuple[Node, ...]]] = {}
        self._groups: dict[tuple[int, int, float], tuple[float, Node] | None] = {}
        self._over: list[list[Heading]] = [
            [h for h in self.headings if c.left <= h.middle < c.right] for c in self.columns
        ]

    @cached_property
    def foot(self) -> float:
        return max((h.line for h in self.headings), default=0.0)

    def inside(self, first: int, last: int, top: float) -> list[Heading]:
        """The headings from a line on whose middles stand within the bounds of these columns."""
        return [h for own in self._over[first : last + 1] for h in own if h.line >= top]

    def best(self, first: int, last: int, top: float) -> tuple[float, tuple[Node, ...]]:
        """The cheapest nodes over a range of columns, whose texts stand on lines from `top` on."""
        known = self._known.get((first, last, top))
        if known is not None:
            return known
        ways: list[list[tuple[float, tuple[Node, ...]]]] = [[(0.0, ())]]
        for end in range(first, last + 1):
            offers: list[tuple[float, tuple[Node, ...]]] = []
            for begin in range(max(first, end + 1 - _WIDEST), end + 1):
                whole = begin == first and end == last and top > 0
                if begin == end:
                    offer: tuple[float, Node] | None = self.single(end, top)
                else:
                    offer = None if whole else self.group(begin, end, top)
                if offer:
                    cost, node = offer
                    offers += [
                        (before + cost - _ALIKE * _repeats(node, nodes), (*nodes, node))
                        for before, nodes in ways[begin - first]
                    ]
            ways.append(sorted(offers, key=lambda offer: offer[0])[:_KEPT])
        self._known[first, last, top] = ways[-1][0]
        return ways[-1][0]

    def single(self, col: int, top: float) -> tuple[float, Node]:
        """A column under all of its own texts."""
        own = self.inside(col, col, top)
        if not own:
            return _UNHEADED, Node(col, col, "")
        line = fsum(h.line for h in own) / len(own)
        off = abs(line - self.foot / 2) if not top else 0.0  # below a group: with its neighbours there
        begun = sum(not goes_on(h.text) and not h.text[:1].isdigit() for h in own[1:])
        cost = min(_FURTHEST, off) + _BEGINS * begun + fsum(self._aside(h, col) for h in own) / len(own)
        return cost, Node(col, col, unwrapped("\n".join(h.text for h in own)), line)

    def _aside(self, heading: Heading, col: int) -> float:
        place = self.columns[col]
        aside = min(
            abs(heading.middle - place.middle), abs(heading.start - place.start), abs(heading.end - place.end)
        )
        others = sum(
            c != col and heading.start <= other.middle <= heading.end for c, other in enumerate(self.columns)
        )
        return min(_FURTHEST, _CHARACTER * aside) + _OVER_OTHERS * others

    def group(self, first: int, last: int, top: float) -> tuple[float, Node] | None:
        """A text centred over several columns, each of which has one of its own below it."""
        if (first, last, top) not in self._groups:
            self._groups[first, last, top] = self._group(first, last, top)
        return self._groups[first, last, top]

    def _group(self, first: int, last: int, top: float) -> tuple[float, Node] | None:
        if first < self.lead:
            return None
        inside = self.inside(first, last, top)
        lines = sorted({h.line for h in inside})
        best: tuple[float, Node] | None = None
        title: list[Heading] = []
        if len(lines) == 1 and len(inside) == 1:
            return self._span(inside[0], first, last)
        for line, below in pairwise(lines[: _MOST_TITLE_LINES + 1]):
            here = [h for h in inside if h.line == line]
            if len(here) != 1 or self._off_middle(here[0], first, last) is None:
                break
            if title and line - title[-1].line > 1:
                break
            title += here
            cost, nodes = self.best(first, last, below)
            if len(nodes) < 2 or any(not node.text for node in nodes) or self._goes_on(title[-1], below):
                continue
            leaves = [node.line for node in nodes if not node.below]
            mean = fsum(leaves) / max(1, len(leaves))
            uneven = fsum(min(_FURTHEST, abs(leaf - mean)) for leaf in leaves)
            own = _GROUP + _CHARACTER * (self._off_middle(title[0], first, last) or 0.0) + uneven + cost
            own += _BEGINS * sum(not goes_on(h.text) for h in title[1:])
            if best is None or own < best[0]:
                text = unwrapped("\n".join(h.text for h in title))
                best = own, Node(first, last, text, title[0].line, nodes)
        return best

    def _span(self, heading: Heading, first: int, last: int) -> tuple[float, Node] | None:
        """One text in the middle of several columns with nothing else over any of them."""
        off = self._off_middle(heading, first, last)
        if off is None:
            return None
        return _GROUP + _EMPTY * (last - first + 1) + _CHARACTER * off, Node(
            first, last, heading.text, heading.line
        )

    def _off_middle(self, heading: Heading, first: int, last: int) -> float | None:
        """How many characters a text stands off the middle of its columns, by their cells or by the headings
        below it (figures stand at the right of wide cells, headings in the middle); None for too many."""
        left, right = self.columns[first].start, self.columns[last].end
        near = max(_CENTRED, _CENTRED_SHARE * (right - left))
        off = abs(heading.middle - (left + right) / 2)
        below = [h for h in self.inside(first, last, heading.line) if h.line > heading.line]
        if below:
            middle = (min(h.start for h in below) + max(h.end for h in below)) / 2
            off = min(off, abs(heading.middle - middle))
        return off if off <= near else None

    def _goes_on(self, title: Heading, below: float) -> bool:
        """Whether the text goes on right below itself (`Còn` over `thiếu`): it heads that column alone."""
        under = [h for h in self.headings if h.line >= below and h.start < title.end and title.start < h.end]
        return bool(under) and goes_on(min(under, key=lambda h: h.line).text)


def _repeats(node: Node, before: Sequence[Node]) -> bool:
    """Whether a group has the same headings below it as one before it."""
    own = [child.text for child in node.below]
    return bool(own) and any(own == [child.text for child in other.below] for other in before)


def header_tree(headings: Sequence[Heading], columns: Sequence[ColumnPlace], lead: int) -> tuple[Node, ...]:
    """The nodes over the columns, from left to right; the first `lead` columns belong to no group."""
    trees = _Trees(tuple(headings), tuple(columns), lead)
    return trees.best(0, len(columns) - 1, 0.0)[1]


def rows_and_spans(
    nodes: Sequence[Node], width: int
) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """The tree as header rows, and its cells over several positions as (row, col, height, width)."""
    depth = max((node.depth for node in nodes), default=1)
    rows = [[""] * width for _ in range(depth)]
    spans: list[tuple[int, int, int, int]] = []

    def put(node: Node, row: int) -> None:
        rows[row][node.first] = node.text
        height = 1 if node.below else depth - row
        if height > 1 or node.last > node.first:
            spans.append((row, node.first, height, node.last - node.first + 1))
        for child in node.below:
            put(child, row + 1)

    for node in nodes:
        put(node, 0)
    return rows, sorted(spans)

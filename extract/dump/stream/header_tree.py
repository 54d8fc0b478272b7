"""The header of a stream dump: cells in reading order, put back over the columns they head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.dump.cells.split import Split, TextLineOfCell, is_known, pattern_of, splits_into, words_of
from normalize.ordinals import is_ordinal_head

_MOST_GROUPS = 4
_GROUPED = 0.3  # what a header of two rows costs against one
_SAME_GROUP = 1.5  # groups named alike
_OTHER_SHAPE = 1.5  # groups with other columns below


@dataclass(frozen=True, slots=True)
class HeaderTree:
    """First-row cells and, under some of them, second-row cells; `score` compares trees of one header."""

    tops: tuple[str, ...]
    leaves: tuple[tuple[str, ...], ...]
    score: float

    @property
    def width(self) -> int:
        return sum(max(1, len(group)) for group in self.leaves)

    @property
    def height(self) -> int:
        return 2 if any(self.leaves) else 1


def best_tree(lines: Sequence[TextLineOfCell], width: int, lead: int = 2) -> HeaderTree | None:
    """The best way to read the lines as a header over `width` columns; None when they make none.

    The first `lead` columns (row number, label) have no cells under them. A dump writes the first row's
    cells, then the second row's; groups of like cells (equal but for figures) have like parts.
    """
    words = words_of(lines)
    best: HeaderTree | None = None
    for groups in range(0, _MOST_GROUPS + 1):
        for split in splits_into(words, width + groups):
            tree = _arrange(split, width, groups, lead)
            if tree and (best is None or tree.score > best.score):
                best = tree
    return best


def _arrange(split: Split, width: int, groups: int, lead: int) -> HeaderTree | None:
    """The best arrangement of the cells as a tree with that many groups, or None."""
    cells = split.cells
    if groups == 0:
        return HeaderTree(cells, ((),) * len(cells), split.score + _lead_score(cells, lead))
    best: HeaderTree | None = None
    for tops in range(max(lead, groups), len(cells) - 2 * groups + 1):
        leaves = cells[tops:]
        if tops - groups + len(leaves) != width:
            continue
        for first in range(lead, tops - groups + 1):
            for sizes in _sizes(len(leaves), groups):
                tree = _tree(cells, tops, first, sizes, split.score, lead)
                if best is None or tree.score > best.score:
                    best = tree
    return best


def _sizes(total: int, groups: int) -> list[tuple[int, ...]]:
    """Ways to share second-row cells among groups: evenly where possible, else two and more each."""
    if total % groups == 0:
        return [(total // groups,) * groups]
    if groups == 1:
        return [(total,)]
    return [
        (first, *rest)
        for first in range(2, total - 2 * (groups - 1) + 1)
        for rest in _sizes(total - first, groups - 1)
    ]


def _tree(
    cells: Sequence[str], tops: int, first: int, sizes: Sequence[int], base: float, lead: int
) -> HeaderTree:
    parts: list[tuple[str, ...]] = [()] * tops
    at = tops
    for k, size in enumerate(sizes):
        parts[first + k] = tuple(cells[at : at + size])
        at += size
    score = base + _lead_score(cells, lead) - _GROUPED
    groups = [cells[first + k] for k in range(len(sizes))]
    shapes = [tuple(pattern_of(x) for x in parts[first + k]) for k in range(len(sizes))]
    for a in range(len(sizes)):
        for b in range(a):
            score += _SAME_GROUP * (pattern_of(groups[a]) == pattern_of(groups[b]))
            score += 2.0 if shapes[a] == shapes[b] else -_OTHER_SHAPE
    heads = [pattern_of(c) for i, c in enumerate(cells[:tops]) if not parts[i]]
    score -= 1.0 * sum(h in {pattern_of(g) for g in groups} for h in heads)
    score -= 2.0 * sum(is_known(g) for g in groups)
    return HeaderTree(tuple(cells[:tops]), tuple(parts), score)


def _lead_score(cells: Sequence[str], lead: int) -> float:
    """What it is worth that the leading cells are what they should be."""
    score = 0.0
    if lead > 1 and is_ordinal_head(cells[0]):
        score += 2.0
    return score


def header_matrix(tree: HeaderTree) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """The header's rows of texts, and its spans as (row, col, height, width)."""
    rows: list[list[str]] = [[], []]
    spans: list[tuple[int, int, int, int]] = []
    for top, group in zip(tree.tops, tree.leaves, strict=True):
        col = len(rows[0])
        if group:
            rows[0] += [top] + [""] * (len(group) - 1)
            rows[1] += list(group)
            spans.append((0, col, 1, len(group)))
        else:
            rows[0].append(top)
            rows[1].append("")
            if tree.height == 2:
                spans.append((0, col, 2, 1))
    return rows[: tree.height], spans

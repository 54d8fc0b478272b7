"""Rows of a form-like annex, each with a header of its own over its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.dump.cells.split import TextLineOfCell
from extract.dump.stream.header_tree import HeaderTree, best_tree

# A header is seen only where the split of the texts is clearly better than one long label.
_LEAST_SCORE = 2.5


@dataclass(frozen=True, slots=True)
class FormBlock:
    """A label, the header tree over a row's figures, the figures, and where each group stands."""

    tree: HeaderTree
    figures: tuple[str, ...]
    width: int

    @property
    def places(self) -> list[tuple[int, int]]:
        """First column and width of each leaf, over `width` figure columns shared evenly by the groups."""
        groups = self.tree.leaves[1:]
        share = self.width // len(groups)
        out = []
        for k, group in enumerate(groups):
            size = max(1, len(group))
            for i in range(size):
                last = i == size - 1
                out.append((k * share + i, share - i if last else 1))
        return out

    def rows(self, ordinal: str, lead: int, width: int) -> list[list[str]]:
        """The block's grid rows: one or two of header, one of figures; label and number in the first."""
        height = self.tree.height
        grid = [[""] * width for _ in range(height + 1)]
        if lead > 1:
            grid[0][0] = ordinal
        grid[0][lead - 1] = self.tree.tops[0]
        at = 0
        for top, group in zip(self.tree.tops[1:], self.tree.leaves[1:], strict=True):
            first = self.places[at][0]
            grid[0][lead + first] = top
            for leaf in group:
                grid[1][lead + self.places[at][0]] = leaf
                at += 1
            at += not group
        for figure, (col, _) in zip(self.figures, self.places, strict=True):
            grid[height][lead + col] = figure
        return grid

    def spans(self, lead: int) -> list[tuple[int, int, int, int]]:
        """Spans within the block: label over all its rows, header cells over their columns."""
        height = self.tree.height
        spans = [(0, col, height + 1, 1) for col in range(lead)]
        share = self.width // (len(self.tree.tops) - 1)
        at = 0
        for k, group in enumerate(self.tree.leaves[1:]):
            spans.append((0, lead + k * share, 1 if group else height, share))
            for _ in group:
                col, wide = self.places[at]
                if wide > 1:
                    spans.append((1, lead + col, 1, wide))
                at += 1
            at += not group
        return [s for s in spans if s[2] * s[3] > 1]


def form_block(lines: Sequence[TextLineOfCell], figures: Sequence[str], width: int) -> FormBlock | None:
    """The block that the texts and figures of a row make, or None when the texts are only a label."""
    if len(figures) < 2 or sum(len(line.text.split()) for line in lines) < 3 * len(figures):
        return None
    tree = best_tree(lines, len(figures) + 1, lead=1)
    if tree is None or tree.score < _LEAST_SCORE:
        return None
    groups = len(tree.tops) - 1
    if groups < 1 or width % groups or any(len(g) > width // groups for g in tree.leaves):
        return None
    return FormBlock(tree, tuple(figures), width)

"""Pages whose text runs up, down or upside down: into the frame in which it is read, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.geometry import Box, Segment
from model.page import Grid, TextLine

_QUARTER = 90
_HALF = 180
_THREE_QUARTERS = 270
_FULL = 360
_MOST_GLYPHS = 0.6


@dataclass(frozen=True, slots=True)
class PageTurn:
    """A clockwise turn of a page of `width` x `height` points by `degrees` (0, 90, 180, 270)."""

    degrees: int
    width: float
    height: float

    def to_reading(self, box: Box) -> Box:
        """A box of the page as stored, on the turned page."""
        if self.degrees == _QUARTER:
            return Box(self.height - box.y1, box.x0, self.height - box.y0, box.x1)
        if self.degrees == _HALF:
            return Box(self.width - box.x1, self.height - box.y1, self.width - box.x0, self.height - box.y0)
        if self.degrees == _THREE_QUARTERS:
            return Box(box.y0, self.width - box.x1, box.y1, self.width - box.x0)
        return box

    def to_page(self, box: Box) -> Box:
        """A box of the turned page, on the page as stored."""
        if self.degrees in (_QUARTER, _THREE_QUARTERS):
            return PageTurn(_FULL - self.degrees, self.height, self.width).to_reading(box)
        return self.to_reading(box)

    def segment(self, segment: Segment) -> Segment:
        """A rule of the page as stored, on the turned page."""
        box = self.to_reading(
            Box(
                min(segment.x0, segment.x1),
                min(segment.y0, segment.y1),
                max(segment.x0, segment.x1),
                max(segment.y0, segment.y1),
            )
        )
        return Segment(box.x0, box.y0, box.x1, box.y1, segment.width)

    def block(self, block: TextLine | Grid) -> TextLine | Grid:
        """A block of the turned page with its boxes on the page as stored. Column edges stay, so that
        columns of neighbouring pages can be compared."""
        if not self.degrees:
            return block
        box = self.to_page(block.box) if block.box else None
        if isinstance(block, Grid):
            cells = tuple(replace(c, box=self.to_page(c.box) if c.box else None) for c in block.cells)
            return replace(block, box=box, cells=cells)
        return replace(block, box=box, words=tuple(replace(w, box=self.to_page(w.box)) for w in block.words))


def main_turn(turns: Sequence[int]) -> int:
    """The turn most glyphs of a page need to stand upright; 0 unless three in five agree on another."""
    if not turns:
        return 0
    turn, count = Counter(turns).most_common(1)[0]
    return turn if count > _MOST_GLYPHS * len(turns) else 0

"""Boxes and line segments on a page.

Coordinate frame, everywhere in the project unless a name ends in `_px`: PDF points (1/72 inch) of the
page as its file stores it (after the PDF's own /Rotate, before any turning of ours), origin in the top
left corner, x to the right, y down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.copies import quick


@quick
@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle, `x0 <= x1` and `y0 <= y1`."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def intersection(self, other: Box) -> Box | None:
        """The common rectangle, or None when the boxes do not overlap in an area."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def covers(self, other: Box) -> float:
        """The share (0..1) of `other`'s area that lies in this box."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        area = other.area if width > 0 and height > 0 else 0.0
        return width * height / area if area else 0.0

    def contains_point(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @staticmethod
    def union(boxes: Iterable[Box]) -> Box:
        """The smallest box round all of `boxes`. Raises ValueError when there are none."""
        found = list(boxes)
        if not found:
            raise ValueError("no box to unite")
        return Box(
            min(b.x0 for b in found),
            min(b.y0 for b in found),
            max(b.x1 for b in found),
            max(b.y1 for b in found),
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece of a rule (a printed line), horizontal or vertical within a degree or two."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.0

    @property
    def horizontal(self) -> bool:
        return abs(self.x1 - self.x0) >= abs(self.y1 - self.y0)

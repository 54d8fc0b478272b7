"""The printed rules of a born-digital page: lines, thin filled boxes, box outlines, straight curves."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from model.geometry import Segment

# Points. A filled box thinner than this is a rule (Word draws borders as 0.5 pt boxes; the boldest
# frames seen are 3 pt); a piece shorter than this is a corner or a dot.
_THIN = 4.0
_SHORT = 2.0
_STRAIGHT_PT = 1.5
_STRAIGHT = 0.03  # of a rule's length
_BESIDE_PAGE = 5  # points
_GRID_SIDE = 3  # dot sizes between the dots of a rule
_GAP_SLACK = 0.2
_FEWEST_DOTS = 8
_LONG_AS_WIDE = 1.5
_UPRIGHT_PT = 0.5
_CMYK = 4
_NO_INK = 0.02
_WHITE = 0.98


def page_segments(page: Any) -> list[Segment]:
    """Rules of a pdfplumber page as axis-parallel segments, in points from the top left corner.

    Invisible drawings (white, or outside the page) are left out, and so is the fill of shaded cells.
    """
    found: list[Segment] = []
    for line in page.lines:
        if _stroked(line):
            found.append(
                Segment(line["x0"], line["top"], line["x1"], line["bottom"], line.get("linewidth") or 0.0)
            )
    dots = [r for r in page.rects if _is_dot(r)]
    found += _dotted(dots)
    for rect in page.rects:
        found += _box_segments(rect)
    for curve in page.curves:
        found += _curve_segments(curve)
    width, height = float(page.width), float(page.height)
    return [s for s in found if _drawn(s, width, height)]


def _drawn(segment: Segment, width: float, height: float) -> bool:
    dx, dy = abs(segment.x1 - segment.x0), abs(segment.y1 - segment.y0)
    straight = min(dx, dy) <= max(_STRAIGHT_PT, _STRAIGHT * max(dx, dy))
    inside = (
        -_BESIDE_PAGE <= min(segment.x0, segment.x1) <= width + _BESIDE_PAGE
        and -_BESIDE_PAGE <= min(segment.y0, segment.y1) <= height + _BESIDE_PAGE
    )
    return straight and inside and max(dx, dy) >= _SHORT


def _is_dot(rect: dict[str, Any]) -> bool:
    size = max(rect["x1"] - rect["x0"], rect["bottom"] - rect["top"])
    return bool(size <= _SHORT and rect.get("fill") and not is_white(rect.get("non_stroking_color")))


def _dotted(dots: Sequence[dict[str, Any]]) -> list[Segment]:
    """Dotted rules: at least eight small squares in a row, each within three sizes of the next."""
    found: list[Segment] = []
    for low, high, middle, flat in (("x0", "x1", "top", True), ("top", "bottom", "x0", False)):
        lanes: dict[int, list[tuple[float, float]]] = {}
        for dot in dots:
            lanes.setdefault(round(2 * dot[middle]), []).append((dot[low], dot[high]))
        for lane, pieces in lanes.items():
            for run in _chained(sorted(pieces)):
                at = lane / 2 + (run[0][1] - run[0][0]) / 2
                start, end = run[0][0], run[-1][1]
                found.append(Segment(start, at, end, at) if flat else Segment(at, start, at, end))
    return found


def _chained(pieces: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Runs of at least eight pieces that follow each other closely."""
    runs: list[list[tuple[float, float]]] = []
    for piece in pieces:
        size = piece[1] - piece[0]
        if runs and piece[0] - runs[-1][-1][1] <= _GRID_SIDE * size + _GAP_SLACK:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [r for r in runs if len(r) >= _FEWEST_DOTS]


def _box_segments(rect: dict[str, Any]) -> list[Segment]:
    """A thin box is one rule along its middle; an outlined box is four; a filled box is none."""
    x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
    width, height = x1 - x0, bottom - top
    stroked, filled = _stroked(rect), bool(rect.get("fill")) and not is_white(rect.get("non_stroking_color"))
    if min(width, height) <= _THIN:
        if not (stroked or filled) or max(width, height) < _LONG_AS_WIDE * min(width, height):
            return []
        if width >= height:
            middle = (top + bottom) / 2
            return [Segment(x0, middle, x1, middle, height)]
        middle = (x0 + x1) / 2
        return [Segment(middle, top, middle, bottom, width)]
    return _outline(x0, top, x1, bottom) if stroked else []


def _outline(x0: float, top: float, x1: float, bottom: float) -> list[Segment]:
    return [
        Segment(x0, top, x1, top),
        Segment(x0, bottom, x1, bottom),
        Segment(x0, top, x0, bottom),
        Segment(x1, top, x1, bottom),
    ]


def _curve_segments(curve: dict[str, Any]) -> list[Segment]:
    """The straight sides of a path; a thin filled path is one rule."""
    x0, top, x1, bottom = curve["x0"], curve["top"], curve["x1"], curve["bottom"]
    filled = bool(curve.get("fill")) and not is_white(curve.get("non_stroking_color"))
    if filled and min(x1 - x0, bottom - top) <= _THIN / 2:
        return _box_segments(curve)
    if not _stroked(curve):
        return []
    points = curve.get("pts") or []
    sides = [Segment(a[0], a[1], b[0], b[1]) for a, b in itertools.pairwise(points)]
    return [s for s in sides if abs(s.x0 - s.x1) < _UPRIGHT_PT or abs(s.y0 - s.y1) < _UPRIGHT_PT]


def _stroked(item: dict[str, Any]) -> bool:
    return bool(item.get("stroke", True)) and not is_white(item.get("stroking_color"))


def is_white(color: Any) -> bool:
    """Whether a PDF colour (grey, RGB or CMYK numbers) is paper white."""
    if color is None:
        return False
    values = list(color) if isinstance(color, (list, tuple)) else [color]
    if not values or not all(isinstance(v, (int, float)) for v in values):
        return False
    if len(values) == _CMYK:
        return all(v <= _NO_INK for v in values)
    return all(v >= _WHITE for v in values)

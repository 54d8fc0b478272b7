"""What the drawings of a Word file show that is not text: pictures, charts, embedded objects."""

from __future__ import annotations

import re
from typing import Any, Literal

from extract.office.unread import is_large

_UNITS_A_CM = 360_000  # of DrawingML (ECMA-376, 20.1.2.1)
_POINTS_A_CM = 28.35
_LENGTH = r"(?:^|;)\s*%s:\s*([\d.]+)(pt|in|cm|mm|px)?"
_WIDTH, _HEIGHT = re.compile(_LENGTH % "width"), re.compile(_LENGTH % "height")
_CM = {"pt": 1 / _POINTS_A_CM, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96}

Unread = Literal["", "objects", "charts", "large", "pictures"]


def unread(part: Any) -> Unread:
    """What a drawing without text shows: an embedded object, a chart or diagram, a large picture, a small
    one, or just lines ('')."""
    names = {str(e.tag).rpartition("}")[2] for e in part.iter() if isinstance(e.tag, str)}
    if "OLEObject" in names:
        return "objects"
    if names & {"chart", "relIds"}:
        return "charts"
    if not names & {"blip", "imagedata"}:
        return ""
    return "large" if is_large(*_size(part)) else "pictures"


def _size(part: Any) -> tuple[float, float]:
    """Width and height of a drawing in centimetres; nothing where the file does not say."""
    for element in part.iter():
        name = str(element.tag).rpartition("}")[2]
        if name in ("extent", "ext"):
            sides = (element.get("cx", ""), element.get("cy", ""))
            if all(side.isdecimal() for side in sides):
                return int(sides[0]) / _UNITS_A_CM, int(sides[1]) / _UNITS_A_CM
        style = element.get("style", "") if name == "shape" else ""
        if (width := _WIDTH.search(style)) and (height := _HEIGHT.search(style)):
            return _centimetres(width), _centimetres(height)
    return 0.0, 0.0


def _centimetres(found: re.Match[str]) -> float:
    try:
        return float(found[1]) * _CM[found[2] or "px"]
    except ValueError:
        return 0.0

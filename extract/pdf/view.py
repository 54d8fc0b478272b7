"""What of a PDF page is shown: its objects in points of the visible page, from its top left corner.

pdfplumber measures from the MediaBox as if it began at 0, 0 and knows no CropBox; PDFium shows what both
boxes have in common (PDF 1.7, 14.11.2), turned by /Rotate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.layout import LTChar

from extract.pdf.fonts import faces
from extract.pdf.painting import Painting, painting_of
from model.geometry import Box

NO_OBJECT = "~"
"""In the faces of fonts that are no objects of the file: they are not the same on another page."""

Item = dict[str, Any]  # an object of a page as pdfplumber describes it

_SIDES = {"x0": 0, "x1": 0, "top": 1, "bottom": 1}  # the axis of each coordinate
_STILL = 0.05  # points; by less two boxes of a page differ in rounding only


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page's objects in points of the page as shown, `width` x `height`. `page_obj` is pdfminer's page;
    `painting` how it is painted, None where not all of it is shown."""

    width: float
    height: float
    chars: Sequence[Item]
    rects: Sequence[Item]
    lines: Sequence[Item]
    curves: Sequence[Item]
    images: Sequence[Item]
    page_obj: Any
    painting: Painting | None = None


def shown_page(page: Any, visible: tuple[float, float, float, float] | None = None) -> ShownPage:
    """A pdfplumber page as it is shown. `visible` is the visible box in the file's own coordinates (left,
    bottom, right, top; what PDFium says of it); None for all of the MediaBox."""
    media = tuple(float(v) for v in page.page_obj.mediabox)
    box = _placed(page, media, visible or media)
    whole = _placed(page, media, media)
    if (
        max(abs(box.x0 - whole.x0), abs(box.y0 - whole.y0), abs(box.x1 - whole.x1), abs(box.y1 - whole.y1))
        < _STILL
    ):
        box = whole
    painting = painting_of(page)
    shift, objects = (box.x0, box.y0), objects_of(page, painting.items)
    return ShownPage(
        box.width,
        box.height,
        _moved(objects["char"], shift),
        _moved(objects["rect"], shift),
        _moved(objects["line"], shift),
        _moved(objects["curve"], shift),
        _moved(objects["image"], shift),
        page.page_obj,
        painting if box is whole else None,
    )


def objects_of(page: Any, items: Sequence[Any]) -> dict[str, list[Item]]:
    """A pdfplumber page's objects (pdfminer's `items`, as drawn) by their kind, in the order in which they
    are drawn. Most are characters, of which pdfplumber describes more than is asked here, in an eighth of
    the time of reading a page."""
    found: dict[str, list[Item]] = defaultdict(list)
    height, shift, top = float(page.height), float(page.mediabox[0]), float(page.mediabox[1])
    known = faces(page)
    for item in items:
        if isinstance(item, LTChar) and isinstance(item.fontname, str):
            colour = item.graphicstate.ncolor
            found["char"].append(
                {
                    "text": item.get_text(),
                    "fontname": item.fontname,
                    "size": item.size,
                    "matrix": item.matrix,
                    "x0": item.x0 + shift,
                    "x1": item.x1 + shift,
                    "top": height - item.y1 + top,
                    "bottom": height - item.y0 + top,
                    "non_stroking_color": colour if isinstance(colour, tuple) else (colour,),
                    "face": _face_of(item, known),
                }
            )
        else:
            described = page.process_object(item)
            found[described["object_type"]].append(described)
    return found


def _face_of(char: LTChar, known: dict[int, str]) -> str:
    """The face of a character. One without a number in the file is a font of this page alone."""
    font = id(getattr(char.graphicstate, "font", None))
    if font not in known:
        known[font] = f"{char.fontname} {NO_OBJECT}{len(known)}"
    return known[font]


def _placed(page: Any, media: Sequence[float], visible: Sequence[float]) -> Box:
    """The visible box in pdfplumber's coordinates: pdfminer turns the page about its MediaBox, pdfplumber
    then adds the MediaBox's own corner."""
    left, bottom, right, top = media
    a, b, c, d = visible
    ends = {
        90: (b - bottom, right - a, d - bottom, right - c),
        180: (right - a, top - b, right - c, top - d),
        270: (top - b, a - left, top - d, c - left),
    }.get(int(page.rotation), (a - left, b - bottom, c - left, d - bottom))
    x, y, height = float(page.mediabox[0]), float(page.mediabox[1]), float(page.height)
    across = sorted((x + ends[0], x + ends[2]))
    down = sorted((y + height - ends[1], y + height - ends[3]))
    return Box(across[0], down[0], across[1], down[1])


def _moved(items: Sequence[Item], shift: tuple[float, float]) -> Sequence[Item]:
    """The objects in a frame whose origin lies at `shift`."""
    if max(abs(shift[0]), abs(shift[1])) < _STILL:
        return items
    moved = []
    for item in items:
        new = dict(item)
        for side, axis in _SIDES.items():
            new[side] = item[side] - shift[axis]
        if item.get("pts"):
            new["pts"] = [(x - shift[0], y - shift[1]) for x, y in item["pts"]]
        moved.append(new)
    return moved

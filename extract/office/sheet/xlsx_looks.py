"""How the cells of a workbook in .xlsx look: fonts, alignment, borders and formats of its part of styles."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from extract.office.sheet.model import BOTTOM, LEFT, PLAIN, RIGHT, TOP, Look
from extract.office.sheet.number_format import BUILT_IN

_SIDES = (("left", LEFT), ("right", RIGHT), ("top", TOP), ("bottom", BOTTOM))


def styles_of(root: Any) -> list[Look]:
    """The look of each cell style, by its index; all cells are plain where the part is missing (None)."""
    if root is None:
        return [PLAIN]
    tables: dict[str, Any] = {local_name(e): e for e in root if isinstance(e.tag, str)}
    forms = dict(BUILT_IN)
    for element in tables.get("numFmts", ()):
        forms[whole_number(element.get("numFmtId"), 0)] = element.get("formatCode", "General")
    fonts = [font_of(e) for e in tables.get("fonts", ())]
    borders = [_borders(e) for e in tables.get("borders", ())]
    looks = []
    for element in tables.get("cellXfs", ()):
        font, bold, size, up = _at(fonts, element.get("fontId"), ("", False, 0.0, False))
        align = next((e for e in element if local_name(e) == "alignment"), None)
        across = align is not None and align.get("horizontal") in ("center", "centerContinuous")
        form = forms.get(whole_number(element.get("numFmtId"), 0), "General")
        looks.append(Look(font, bold, across, _at(borders, element.get("borderId"), 0), form, size, up))
    return looks or [PLAIN]


def _at(listed: list[Any], index: str | None, default: Any) -> Any:
    place = int(index) if index and index.isdigit() else 0
    return listed[place] if place < len(listed) else default


def font_of(element: Any) -> tuple[str, bool, float, bool]:
    """A font's name, whether it is bold, its size in points, whether it is raised."""
    parts = {local_name(e): e.get("val", "") for e in element if isinstance(e.tag, str)}
    size = parts.get("sz", "")
    bold = parts.get("b", "0") not in ("0", "false")
    return (
        parts.get("name") or parts.get("rFont", ""),
        bold,
        float(size) if size.replace(".", "", 1).isdigit() else 0.0,
        parts.get("vertAlign") == "superscript",
    )


def _borders(element: Any) -> int:
    drawn = {local_name(e) for e in element if e.get("style", "none") != "none"}
    drawn |= {"left"} if "start" in drawn else set()
    drawn |= {"right"} if "end" in drawn else set()
    return sum(bit for name, bit in _SIDES if name in drawn)


def local_name(element: Any) -> str:
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def whole_number(text: str | None, otherwise: int) -> int:
    """A whole number of an attribute; `otherwise` for none and for what is no number."""
    try:
        return int(text) if text else otherwise
    except ValueError:
        return otherwise

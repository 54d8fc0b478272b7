"""Which fonts of a page are drawn as the file means them: those in the file, and the standard ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import resolve1

_STANDARD = re.compile(r"(Helvetica|Arial|Times|Courier)", re.IGNORECASE)
"""The standard fonts (PDF 1.7, 9.6.2.2) and those of the same widths, which every viewer has."""

_DEEPEST = 4  # forms within forms in which fonts are looked for


def true_fonts(page_obj: Any) -> set[str]:
    """The names, as pdfminer gives them, of fonts whose letters stand where the file's widths say. Any other
    font is drawn with some font of other widths."""
    return {name for font in _fonts(resolve1(page_obj.resources), 0) if (name := _true_name(font))}


def _fonts(resources: Any, depth: int) -> Iterator[dict[str, Any]]:
    resources = resources if isinstance(resources, dict) else {}
    fonts = resolve1(resources.get("Font"))
    for font in (fonts if isinstance(fonts, dict) else {}).values():
        found = resolve1(font)
        if isinstance(found, dict):
            yield found
    forms = resolve1(resources.get("XObject")) if depth < _DEEPEST else None
    for form in (forms if isinstance(forms, dict) else {}).values():
        attributes = getattr(resolve1(form), "attrs", {})
        if attributes.get("Resources") is not None:
            yield from _fonts(resolve1(attributes["Resources"]), depth + 1)


def _true_name(font: dict[str, Any]) -> str:
    """The font's name, or '' where it is neither in the file nor a standard one."""
    below = resolve1(font.get("DescendantFonts"))
    inner = resolve1(below[0]) if isinstance(below, list) and below else font
    described = resolve1(inner.get("FontDescriptor")) or {}
    name = resolve1(described.get("FontName") or inner.get("BaseFont"))
    text = str(getattr(name, "name", name or ""))
    inside = any(key in described for key in ("FontFile", "FontFile2", "FontFile3"))
    drawn = str(getattr(resolve1(font.get("Subtype")), "name", "")) == "Type3"
    return text if text and (inside or drawn or _STANDARD.search(text)) else ""

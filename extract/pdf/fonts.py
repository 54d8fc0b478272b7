"""Which fonts of a page are drawn as the file means them: those in the file, and the standard ones; and which
have two shapes that the file calls by one figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import resolve1

_STANDARD = re.compile(r"(Helvetica|Arial|Times|Courier)", re.IGNORECASE)
"""The standard fonts (PDF 1.7, 9.6.2.2) and those of the same widths, which every viewer has."""

_FIGURES = frozenset("0123456789")

_DEEPEST = 4  # forms within forms in which fonts are looked for


def true_fonts(page_obj: Any) -> set[str]:
    """The names, as pdfminer gives them, of fonts whose letters stand where the file's widths say. Any other
    font is drawn with some font of other widths."""
    return {name for _, font in _fonts(resolve1(page_obj.resources), 0) if (name := _true_name(font))}


def drawn_fonts(page_obj: Any) -> set[str]:
    """The names of fonts among the `true_fonts` whose letters are drawn by contents of their own (Type 3)."""
    fonts = (font for _, font in _fonts(resolve1(page_obj.resources), 0))
    return {_true_name(font) for font in fonts if _is_drawn(font)}


def doubled_figures(page: Any) -> set[tuple[str, str]]:
    """Figures that a font of a pdfplumber page gives to two of its codes, after the font's name as pdfminer
    gives it: one of the two may be drawn as another figure, and a word that shows the one says nothing of the
    other."""
    found = set()
    for number, spec in _fonts(resolve1(page.page_obj.resources), 0):
        font = page.pdf.rsrcmgr.get_font(number, spec)  # as it was made for reading the page
        said = getattr(getattr(font, "unicode_map", None), "cid2unichr", None) or getattr(
            font, "cid2unicode", {}
        )
        counts = Counter(text for text in said.values() if text in _FIGURES)
        found |= {(font.fontname, text) for text, count in counts.items() if count > 1}
    return found


def faces(page: Any) -> dict[int, str]:
    """What tells fonts of one name apart: the name and the number of the file's object, by the identity of
    the font that pdfminer made of it. Fonts without a number of their own are left out."""
    found = {}
    for number, spec in _fonts(resolve1(page.page_obj.resources), 0):
        if number is not None:
            font = page.pdf.rsrcmgr.get_font(number, spec)
            found[id(font)] = f"{font.fontname} {number}"
    return found


def _fonts(resources: Any, depth: int) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Fonts with the numbers of their objects in the file; None for one that has no number."""
    resources = resources if isinstance(resources, dict) else {}
    fonts = resolve1(resources.get("Font"))
    for font in (fonts if isinstance(fonts, dict) else {}).values():
        found = resolve1(font)
        if isinstance(found, dict):
            yield getattr(font, "objid", None), found
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
    return text if text and (inside or _is_drawn(font) or _STANDARD.search(text)) else ""


def _is_drawn(font: dict[str, Any]) -> bool:
    return str(getattr(resolve1(font.get("Subtype")), "name", "")) == "Type3"

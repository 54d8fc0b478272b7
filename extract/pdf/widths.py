"""Widths of fonts of which the file says none: those of the standard 14 fonts (PDF 1.7, 9.6.2.2).

pdfminer knows these by their own names and by three others. A font of the same family under another name
(`ArialMT`, `TimesNewRomanPS-BoldMT`) it takes to be without width: all letters of a text would stand in one
place, and a figure's second 1 be taken for its first, struck twice.
"""

from __future__ import annotations

import re
from typing import Any

from pdfminer.fontmetrics import FONT_METRICS
from pdfminer.pdffont import PDFType1Font

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique", re.IGNORECASE)
_FAMILIES = (
    (re.compile(r"courier", re.IGNORECASE), "Courier", "Oblique", ""),
    (re.compile(r"times", re.IGNORECASE), "Times", "Italic", "Roman"),
    (re.compile(r"narrow|condensed", re.IGNORECASE), "", "", ""),  # none of the 14 is as wide as these
    (re.compile(r"helvetica|arial", re.IGNORECASE), "Helvetica", "Oblique", ""),
)  # what a name says, the family, how its slanted faces are called, and its upright one
_UNNAMED = "unknown"  # pdfminer's name of a font without a descriptor


def standard_name(name: str) -> str | None:
    """The standard font that is as wide as a font of this name; None for a name of no such family."""
    bare = _SUBSET.sub("", name)
    for family, standard, slanted, upright in _FAMILIES:
        if family.search(bare):
            face = ("Bold" if _BOLD.search(bare) else "") + (slanted if _SLANTED.search(bare) else "")
            return "-".join(filter(None, (standard, face or upright))) or None
    return None


def give_widths(font: Any) -> None:
    """Put into a font of pdfminer's what it lacks: its own name where it has none or the standard font's, the
    widths, and where it has none the heights. A font of another family is left without."""
    if not isinstance(font, PDFType1Font):
        return
    if font.fontname == _UNNAMED or font.basefont in FONT_METRICS:
        font.fontname = font.basefont
    if any(font.widths.values()):
        return
    if font.default_width:
        font.widths = {}  # else each of 256 letters has a width of its own, which is 0
        return
    standard = standard_name(font.basefont)
    if standard is None:
        return
    facts: Any = FONT_METRICS[standard][0]
    widths = FONT_METRICS[standard][1]
    font.widths = {char: float(width) for char, width in widths.items()}
    font.ascent = font.ascent or facts["Ascent"]
    font.descent = font.descent or facts["Descent"]

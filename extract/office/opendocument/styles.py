"""Styles of an OpenDocument file, each with all it is based on."""

from __future__ import annotations

import re
from typing import Any

from extract.office.opendocument.package import FO, STYLE, SVG
from extract.office.sheet.model import BOTTOM, LEFT, RIGHT, TOP, Look

_DEEPEST = 32
_NO_LINE = frozenset({"none", "hidden", "0", "0pt", "0cm", "0in", "0mm"})
_SIDES = (("border-left", LEFT), ("border-right", RIGHT), ("border-top", TOP), ("border-bottom", BOTTOM))


_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(cm|mm|in|pt|pc)")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0}


def points(length: str) -> float:
    """A length (XSL 1.1, 5.9.13: `5.29cm`) in points; 0 for what is none."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS[found[2]] if found else 0.0


_PERCENT = re.compile(r"0*[1-9]\d*(?:\.\d+)?%")


class OdfStyles:
    """Asked for properties of styles by name; what a style leaves open its parent says."""

    def __init__(self, *roots: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._defaults: dict[str, Any] = {}
        self._fonts: dict[str, str] = {}
        for root in roots:
            for element in (
                root.iter(STYLE + "style", STYLE + "default-style", STYLE + "font-face")
                if (root is not None)
                else ()
            ):
                if element.tag == STYLE + "style":
                    self._styles[element.get(STYLE + "name", "")] = element
                elif element.tag == STYLE + "default-style":
                    self._defaults[element.get(STYLE + "family", "")] = element
                else:
                    family = element.get(SVG + "font-family", "").strip("'\" ")
                    self._fonts[element.get(STYLE + "name", "")] = family
        self._known: dict[tuple[str, str, str], str] = {}

    def get(self, style: str, attribute: str, family: str = "") -> str:
        """An attribute of any of a style's properties; '' where nobody says it."""
        key = style, attribute, family
        if key not in self._known:
            self._known[key] = self._found(style, attribute, family)
        return self._known[key]

    def _found(self, style: str, attribute: str, family: str) -> str:
        for element in [*self._chain(style), self._defaults.get(family)]:
            for properties in element if element is not None else ():
                if found := properties.get(attribute):
                    return str(found)
        return ""

    def _chain(self, style: str) -> list[Any]:
        chain: list[Any] = []
        while style in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[style])
            style = self._styles[style].get(STYLE + "parent-style-name", "")
        return chain

    def font(self, style: str, family: str = "") -> str:
        """The name of the font of a style."""
        named = self.get(style, STYLE + "font-name", family)
        return self._fonts.get(named, named) or self.get(style, FO + "font-family", family).strip("'\" ")

    def bold(self, style: str, family: str = "") -> bool:
        weight = self.get(style, FO + "font-weight", family)
        return weight == "bold" or (weight.isdigit() and int(weight) >= 600)

    def raised(self, style: str) -> bool:
        """Whether a style sets its text above the line (`super 58%`, `33% 58%`: how far, and how large)."""
        position = self.get(style, STYLE + "text-position").split()
        up, size = (*position, "", "")[:2]
        return up == "super" or (_PERCENT.fullmatch(up) is not None and size not in ("", "100%"))

    def cell_look(self, style: str) -> Look:
        """How a cell of a style is printed; its format is left open."""
        everywhere = self.get(style, FO + "border")
        drawn = 0
        for attribute, bit in _SIDES:
            own = self.get(style, FO + attribute) or everywhere
            drawn |= bit if own and own.split()[0] not in _NO_LINE else 0
        return Look(
            self.font(style, "table-cell"),
            self.bold(style, "table-cell"),
            self.get(style, FO + "text-align") == "center",
            drawn,
        )

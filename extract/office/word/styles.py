"""Styles of a Word file: which font, weight, numbering a run or paragraph has, through all it is based on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extract.office.word.ooxml import W, child, switch, value

_DEEPEST = 32  # styles one on another; a longer chain is a circle
_THEME = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run is printed; None or '' where nothing is said."""

    font: str = ""
    bold: bool | None = None
    hidden: bool | None = None

    def over(self, below: RunLook) -> RunLook:
        """This look, what it leaves open taken from `below`."""
        return RunLook(
            self.font or below.font,
            below.bold if self.bold is None else self.bold,
            below.hidden if self.hidden is None else self.hidden,
        )


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """A paragraph's own look: its runs', its alignment, its numbering (`num_id` '' for none)."""

    run: RunLook
    align: str = ""
    num_id: str = ""
    level: str = ""

    def over(self, below: ParagraphLook) -> ParagraphLook:
        """This look, what it leaves open taken from `below`."""
        return ParagraphLook(
            self.run.over(below.run),
            self.align or below.align,
            self.num_id or below.num_id,
            self.level or below.level,
        )


class Styles:
    """The styles part. A style that is not there says nothing; a circle of styles ends."""

    def __init__(self, root: Any | None, theme: Any | None = None) -> None:
        self._theme = _theme_fonts(theme)
        self._styles: dict[str, Any] = {}
        self._known: dict[str, ParagraphLook] = {}
        self._default_paragraph = ""
        base = None
        for element in root.iter(W + "style") if root is not None else ():
            ident = element.get(W + "styleId", "")
            self._styles[ident] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true"):
                self._default_paragraph = ident
        if root is not None:
            base = child(root, "docDefaults/rPrDefault/rPr")
        self._base = ParagraphLook(self.look(base))
        self._resolved: dict[str, Any] = {}

    def look(self, properties: Any | None) -> RunLook:
        """What run properties (`w:rPr`) say themselves."""
        if properties is None:
            return RunLook()
        fonts = child(properties, "rFonts")
        return RunLook(
            self._font(fonts) if fonts is not None else "",
            switch(properties, "b"),
            switch(properties, "vanish"),
        )

    def _font(self, fonts: Any) -> str:
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            if found := fonts.get(W + name):
                return str(found)
            if theme := fonts.get(f"{W}{name}Theme"):
                return self._theme.get("major" if theme.startswith("major") else "minor", "")
        return ""

    def paragraph(self, ident: str | None) -> ParagraphLook:
        """A paragraph style with all it is based on; the default style for none or an unknown one."""
        key = ident if ident in self._styles else self._default_paragraph
        if key not in self._known:
            self._known[key or ""] = self._chain(key or "").over(self._base)
        return self._known[key or ""]

    def character(self, ident: str | None) -> RunLook:
        """A character style with all it is based on."""
        return self._chain(ident).run if ident else RunLook()

    def _chain(self, ident: str) -> ParagraphLook:
        look = ParagraphLook(RunLook())
        seen: set[str] = set()
        while ident in self._styles and ident not in seen and len(seen) < _DEEPEST:
            seen.add(ident)
            element = self._styles[ident]
            look = look.over(self.own(child(element, "pPr"), child(element, "rPr")))
            ident = value(element, "basedOn") or ""
        return look

    def own(self, paragraph: Any | None, run: Any | None) -> ParagraphLook:
        """What paragraph and run properties say themselves."""
        if paragraph is None:
            return ParagraphLook(self.look(run))
        return ParagraphLook(
            self.look(run),
            value(paragraph, "jc") or "",
            value(paragraph, "numPr/numId") or "",
            value(paragraph, "numPr/ilvl") or "",
        )

    def table_is_ruled(self, ident: str | None) -> bool:
        """Whether a table style draws lines."""
        seen: set[str] = set()
        while ident in self._styles and ident not in seen:
            seen.add(ident)
            borders = child(self._styles[ident], "tblPr/tblBorders")
            if borders is not None:
                return draws(borders)
            ident = value(self._styles[ident], "basedOn")
        return False


def draws(borders: Any) -> bool:
    """Whether a set of borders has one that is drawn."""
    return any(side.get(W + "val") not in (None, "nil", "none") for side in borders)


def _theme_fonts(theme: Any | None) -> dict[str, str]:
    """The Latin fonts of a theme, `major` (headings) and `minor` (text)."""
    if theme is None:
        return {}
    found = {}
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_THEME}{kind}Font/{_THEME}latin")
        if latin is not None:
            found[kind] = latin.get("typeface", "")
    return found

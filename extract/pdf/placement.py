"""Where PDFium draws a piece of text: a second opinion where the boxes of the text layer seem to be off.

Readers of text layers disagree by some points about widths and spacings of odd fonts; what is drawn is what
PDFium draws.
"""

from __future__ import annotations

import pypdfium2 as pdfium

from model.geometry import Box

FAR = 2.5
"""Type sizes from a box within which PDFium must have the same text for it to be the same print: the widths
of an old typeface added up to two at the end of a line."""


class Placement:
    """The text of an open page as PDFium places it, looked through only when asked."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._text: str | None = None
        self._layer: pdfium.PdfTextPage | None = None

    def box_of(self, text: str, near: Box) -> Box | None:
        """Where `text` is drawn, nearest to the box `near` (points of the shown page); None where PDFium has
        no such text there."""
        if self._layer is None:
            self._layer = self._page.get_textpage()
            self._text = self._layer.get_text_range()
        found: list[tuple[float, Box]] = []
        at = (self._text or "").find(text)
        while at >= 0:
            box = self._box(at, len(text))
            (x, y), (x2, y2) = box.center, near.center
            found.append((abs(x - x2) + abs(y - y2), box))
            at = (self._text or "").find(text, at + 1)
        if not found:
            return None
        distance, box = min(found, key=lambda pair: pair[0])
        return box if distance <= FAR * max(near.height, 1.0) else None

    def _box(self, start: int, length: int) -> Box:
        assert self._layer is not None
        return Box.union(self._shown(self._layer.get_charbox(n)) for n in range(start, start + length))

    def _shown(self, box: tuple[float, float, float, float]) -> Box:
        """A box of the file's coordinates (left, bottom, right, top) on the page as shown."""
        left, bottom, right, top = self._page.get_bbox()
        x0, y0, x1, y1 = box
        turned = {
            90: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
            180: (right - x1, y0 - bottom, right - x0, y1 - bottom),
            270: (top - y1, right - x1, top - y0, right - x0),
        }
        return Box(*turned.get(self._page.get_rotation(), (x0 - left, top - y1, x1 - left, top - y0)))

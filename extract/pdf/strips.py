"""A page of which only strips are drawn: where somebody looks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import ceil

import numpy as np
import pypdfium2 as pdfium

from extract.pdf.ink import PageInk, Pixels, grey_pixels, scale_of

Window = tuple[int, int, int, int]  # top, bottom, left, right in pixels of the whole drawn page

_PAPER = 255
_APART_PX = 2  # of paper between strips


class InkInStrips:
    """A page's ink (`extract.pdf.ink.Ink`), pixel by pixel that of the page drawn as a whole, which it is
    when somebody looks beside the strips."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self.scale = scale_of(page)
        width, height = page.get_size()
        self._shape = ceil(height * self.scale), ceil(width * self.scale)
        self._windows: list[Window] = []
        self._tops: list[int] = []
        self.sheet = PageInk(np.zeros((0, 0), np.uint8), self.scale)

    @cached_property
    def pixels(self) -> Pixels:
        """The whole page. Raises PdfiumError."""
        return grey_pixels(self._page, self.scale)

    def window(self, rows: tuple[int, int], columns: tuple[int, int]) -> Pixels:
        """The pixels from the first to before the second row and column, as far as the page goes. Raises
        PdfiumError."""
        for (top, bottom, left, right), at in zip(self._windows, self._tops, strict=True):
            if top <= rows[0] and rows[1] <= bottom and left <= columns[0] and columns[1] <= right:
                down, across = at - top, -left
                return self.sheet.window(
                    (rows[0] + down, rows[1] + down), (columns[0] + across, columns[1] + across)
                )
        return self.pixels[slice(*rows), slice(*columns)]

    def draw(self, windows: Sequence[Window]) -> list[tuple[int, int]]:
        """Draw strips of the page under each other on one `sheet`. How far down and across each lies there
        from where it lies on the page."""
        high, wide = self._shape
        self._windows = [(max(t, 0), min(b, high), max(x, 0), min(r, wide)) for t, b, x, r in windows]
        self._tops = [0]
        for top, bottom, _, _ in self._windows:
            self._tops.append(self._tops[-1] + bottom - top + _APART_PX)
        width = max(right - left for _, _, left, right in self._windows)
        sheet = np.full((self._tops.pop(), width), _PAPER, np.uint8)
        for window, at in zip(self._windows, self._tops, strict=True):
            self._draw_onto(sheet[at:], window)
        self.sheet = PageInk(sheet, self.scale)
        return [(at - w[0], -w[2]) for w, at in zip(self._windows, self._tops, strict=True)]

    def _draw_onto(self, sheet: Pixels, window: Window) -> None:
        """Draw what a window shows onto the first rows and columns of a sheet."""
        top, bottom, left, right = window
        raw = pdfium.raw
        bitmap = raw.FPDFBitmap_CreateEx(
            right - left, bottom - top, raw.FPDFBitmap_Gray, sheet.ctypes.data, sheet.strides[0]
        )
        try:
            height, width = self._shape
            raw.FPDF_RenderPageBitmap(bitmap, self._page, -left, -top, width, height, 0, raw.FPDF_GRAYSCALE)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)

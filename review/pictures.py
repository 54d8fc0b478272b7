"""The part of a page round a flag, as PNG, with the cell, its row and its relation marked.

Pages are rendered when first asked for, from the source file, and a few are kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock

import numpy as np
from PIL import Image, ImageDraw

from extract.raster import Raster
from model.geometry import Box
from review.renderer import DPI, Renderer

_KEPT_PAGES = 6
_QUALITY = 88  # of JPEG: print keeps its edges, and a page is a tenth of its PNG
_INK_MARGIN = 2.0  # points round a cell: its rules, seen, tell where it ends
_EDGE = 10  # pixels at a cell's edge in which its rules lie
_WHITE, _DARK = 8, 140  # pixels of white left round print; grey below which a pixel is print
_MARGIN = 60.0  # points shown round what is marked: about three rows of a table
_LEAST = (420.0, 240.0)  # points: a crop is never smaller, so that a reviewer sees where they are

_CELL, _RELATED, _ROW = (179, 38, 30), (31, 90, 166), (255, 214, 64)


class Pictures:
    """Page pictures of one run folder. Thread-safe; keeps the last few pages rendered."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, int], tuple[Image.Image, float]] = OrderedDict()
        self._encoded: OrderedDict[tuple[str, int], tuple[Image.Image, bytes]] = OrderedDict()
        self._lock = Lock()
        self._renderer = Renderer()

    def crop(self, file: Path, page: int, cell: Box | None, row: Box | None, related: Sequence[Box]) -> bytes:
        """PNG bytes. `page` from 1; boxes in points of the page as stored. Raises OSError or DocumentError
        when the file can't be rendered."""
        picture, scale = self._page(file, page)
        view = self._view(picture, scale, cell, row, related)
        left, top, right, bottom = (round(v * scale) for v in (view.x0, view.y0, view.x1, view.y1))
        part = picture.crop((left, top, right, bottom))
        _mark(part, scale, (left, top), cell, row, related)
        out = BytesIO()
        part.save(out, "PNG", compress_level=1)
        return out.getvalue()

    def page(self, file: Path, page: int) -> bytes:
        """A whole page as JPEG. Raises OSError or DocumentError when the file can't be rendered."""
        key = (str(file), page)
        picture, _ = self._page(file, page)
        with self._lock:
            kept = self._encoded.get(key)
        if kept is not None and kept[0] is picture:
            return kept[1]
        out = BytesIO()
        picture.save(out, "JPEG", quality=_QUALITY)
        with self._lock:
            self._encoded[key] = (picture, out.getvalue())
            while len(self._encoded) > _KEPT_PAGES:
                self._encoded.popitem(last=False)
        return out.getvalue()

    def ink(self, file: Path, page: int, box: Box, turn: int, trim: bool = False) -> bytes:
        """What is printed in a box of the page as stored, upright, as PNG; with `trim` without the white over
        and under it. `turn` is how far the page is turned clockwise to be read. Raises OSError or
        DocumentError."""
        picture, scale = self._page(file, page)
        edges = (box.x0 - _INK_MARGIN, box.y0 - _INK_MARGIN, box.x1 + _INK_MARGIN, box.y1 + _INK_MARGIN)
        left, top, right, bottom = (round(v * scale) for v in edges)
        part = picture.crop(
            (max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom))
        )
        upright = part.rotate(-turn, expand=True) if turn else part
        out = BytesIO()
        (_trimmed(upright) if trim else upright).save(out, "PNG", compress_level=1)
        return out.getvalue()

    def size(self, file: Path, page: int) -> tuple[float, float]:
        """A page's width and height in points. Raises OSError or DocumentError."""
        picture, scale = self._page(file, page)
        return picture.width / scale, picture.height / scale

    def _page(self, file: Path, page: int) -> tuple[Image.Image, float]:
        """The page in RGB and its pixels a point."""
        key = (str(file), page)
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
            raster = self._renderer.page(file, page - 1)
            picture = _rgb(raster)
            self._pages[key] = (picture, picture.width / raster.width)
            while len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
            return self._pages[key]

    @staticmethod
    def _view(
        picture: Image.Image, scale: float, cell: Box | None, row: Box | None, related: Sequence[Box]
    ) -> Box:
        """What to show: the whole page without a cell, else the cell and as much of its relation as fits."""
        width, height = picture.width / scale, picture.height / scale
        if cell is None:
            return Box(0, 0, width, height)
        near = [b for b in related if abs(b.y0 - cell.y0) < height / 2]
        # The whole row where it fits: a figure without its label tells a reviewer nothing.
        around = Box.union([cell, *near, *([row] if row else [])])
        pad_x = max(_MARGIN, (_LEAST[0] - around.width) / 2)
        pad_y = max(_MARGIN, (_LEAST[1] - around.height) / 2)
        return Box(
            max(0.0, around.x0 - pad_x),
            max(0.0, around.y0 - pad_y),
            min(width, around.x1 + pad_x),
            min(height, around.y1 + pad_y),
        )


def _trimmed(picture: Image.Image) -> Image.Image:
    """A cell without the white over and under its print; rules round it are no print."""
    grey = np.asarray(picture.convert("L"))
    edge = _EDGE if min(grey.shape) > 4 * _EDGE else 0
    rows = (
        np.flatnonzero((grey[edge : len(grey) - edge, edge : grey.shape[1] - edge] < _DARK).any(axis=1))
        + edge
    )
    if not len(rows):
        return picture
    first, last = max(0, int(rows[0]) - _WHITE), min(len(grey), int(rows[-1]) + 1 + _WHITE)
    return picture.crop((0, first, picture.width, last))


def _mark(
    picture: Image.Image,
    scale: float,
    origin: tuple[int, int],
    cell: Box | None,
    row: Box | None,
    related: Sequence[Box],
) -> None:
    draw = ImageDraw.Draw(picture, "RGBA")
    if row is not None:
        draw.rectangle(_pixels(row, scale, origin), fill=(*_ROW, 60))
    for box in related:
        draw.rectangle(_pixels(box, scale, origin), outline=_RELATED, width=3, fill=(*_RELATED, 28))
    if cell is not None:
        draw.rectangle(_pixels(cell, scale, origin), outline=_CELL, width=4, fill=(*_CELL, 28))


def _pixels(box: Box, scale: float, origin: tuple[int, int]) -> tuple[float, float, float, float]:
    return (
        box.x0 * scale - origin[0],
        box.y0 * scale - origin[1],
        box.x1 * scale - origin[0],
        box.y1 * scale - origin[1],
    )


def _rgb(raster: Raster) -> Image.Image:
    pixels = raster.pixels if raster.pixels.ndim == 2 else raster.pixels[..., ::-1]
    picture = Image.fromarray(pixels).convert("RGB")
    picture.thumbnail((round(raster.width * DPI / 72), round(raster.height * DPI / 72)))
    return picture

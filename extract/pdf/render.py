"""Pages of a PDF as pictures, by PDFium."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from extract.kinds import kind_inside
from extract.pdf.embedded import (
    StoredStreams,
    is_black_and_white,
    only_picture,
    stored_pixels,
    stored_streams,
)
from extract.raster import Raster, dark_on_light
from model.errors import DamagedFileError, EncryptedFileError, ImageSizeError
from model.geometry import Box

LARGEST_SIDE_PX = 9_933
"""A3 at 600 dpi; a page that would be larger is rendered smaller."""

LARGEST_AREA_PX = 20_000_000
"""A3 at 300 dpi is 17.4 million pixels; more costs memory and reads no better."""


PLAUSIBLE_SIDE_PT = (36.0, 14_400.0)
"""Points between which a page's sides lie: half an inch, and the 200 inches that PDF 1.7 allows."""

FEWEST_SIDE_PX = 64
"""Pixels below which a side cannot hold a line of print."""

COARSEST_STORED_DPI = 250.0
"""Resolution of a scan from which it is taken as stored. Coarser ones are drawn, which smooths them: enlarged
as stored, two real tables of 200 dpi came apart at a seal's arc and at dirty margins."""

COARSEST_DPI = 100.0
"""A scan that is coarser is drawn at this resolution."""

PAPER = 255
"""Grey of white paper."""

FINER = 1.02
"""How much finer than asked for a scan may be and is still read as it is stored."""

HALF_A_PAGE = 0.5
POINTS_AN_INCH = 72
SQUARE_ROOT = 0.5
CHANNELS = 3


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """A PDF opened by PDFium, and its file's streams."""

    document: pdfium.PdfDocument
    streams: StoredStreams

    def __len__(self) -> int:
        return len(self.document)

    @contextmanager
    def page(self, index: int) -> Iterator[pdfium.PdfPage]:
        """Page `index` (from 0), closed afterwards. Raises PdfiumError."""
        page = self.document[index]
        try:
            yield page
        finally:
            page.close()


@contextmanager
def open_pdf(path: Path) -> Iterator[OpenPdf]:
    """The opened document; closed afterwards. Raises EncryptedFileError or DamagedFileError."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        # PDFium tells a password by its last error alone, which a cut file leaves as the file before had it.
        if "password" in str(error).lower() and b"/Encrypt" in path.read_bytes():
            raise EncryptedFileError(f"{path.name}: the file is password-protected") from error
        other = kind_inside(path)
        if other:
            advice = "Give it the ending of what it is."
            raise DamagedFileError(f"{path.name}: no PDF, but {other}", advice) from error
        raise DamagedFileError(f"{path.name}: not a readable PDF ({error})") from error
    try:
        with stored_streams(path) as streams:
            yield OpenPdf(document, streams)
    finally:
        document.close()


def scan_resolution(page: pdfium.PdfPage) -> float | None:
    """The dpi of the one picture that fills the page, or None when the page is put together otherwise."""
    width, height = page.get_size()
    for item in page.get_objects(filter=(pdfium.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) < HALF_A_PAGE * width * height:
            continue
        meta = item.get_metadata()
        dpi = float(min(meta.horizontal_dpi, meta.vertical_dpi))
        if dpi > 0:
            return dpi
    return None


def render_page(pdf: OpenPdf, index: int, dpi: int) -> Raster:
    """Page `index` (from 0), at `dpi` or at the scan's own resolution when that is lower.

    A page that is one scanned picture is that picture, as stored; it comes in grey when it is grey or has no
    coloured ink. Other pages are drawn, in colour unless they are black and white: more greys PDFium would
    convert afterwards. Raises DamagedFileError, and ImageSizeError for a page too large or too small to be
    one.
    """
    try:
        page = pdf.document[index]
        try:
            check_page(index, *page.get_size())
            native = scan_resolution(page)
            raster = stored(page, pdf.streams, native, dpi) or drawn(page, index, native, dpi)
            return replace(raster, pixels=dark_on_light(raster.pixels))
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise DamagedFileError(f"page {index + 1} cannot be rendered ({error})") from error


def render_pictures(pdf: OpenPdf, index: int, dpi: int, boxes: Sequence[Box]) -> Raster:
    """Page `index` (from 0) drawn at `dpi`, with nothing on it but what stands in the boxes (points). Raises
    as `render_page` does."""
    try:
        with pdf.page(index) as page:
            return only_within(drawn(page, index, None, dpi), boxes)
    except pdfium.PdfiumError as error:
        raise DamagedFileError(f"page {index + 1} cannot be rendered ({error})") from error


def only_within(raster: Raster, boxes: Sequence[Box]) -> Raster:
    """The drawn page with nothing but what stands in the boxes (points)."""
    scale = raster.dpi / 72
    pixels = np.full_like(raster.pixels, PAPER)
    for box in boxes:
        rows = slice(max(0, int(box.y0 * scale)), int(box.y1 * scale) + 1)
        columns = slice(max(0, int(box.x0 * scale)), int(box.x1 * scale) + 1)
        pixels[rows, columns] = raster.pixels[rows, columns]
    return replace(raster, pixels=pixels)


def stored(page: pdfium.PdfPage, streams: StoredStreams, native: float | None, dpi: int) -> Raster | None:
    """The page as the scanned picture that fills it, of `native` dpi; None where it is not just that, or is
    finer than `dpi` or coarser than can be read."""
    if native is None or not COARSEST_STORED_DPI <= native <= FINER * dpi:
        return None
    picture = only_picture(page)
    if picture is None or not _size_is_fit(*picture.get_px_size()):
        return None
    pixels = stored_pixels(picture, streams, page.get_rotation())
    width, height = page.get_size()
    return None if pixels is None else Raster(pixels, float(width), float(height), native, native)


def _size_is_fit(width: int, height: int) -> bool:
    """Whether a picture of so many pixels may be read as it is."""
    return bool(
        min(width, height) >= FEWEST_SIDE_PX
        and max(width, height) <= LARGEST_SIDE_PX
        and width * height <= LARGEST_AREA_PX
    )


def drawn(page: pdfium.PdfPage, index: int, native: float | None, dpi: int) -> Raster:
    """The page drawn by PDFium, in colour unless it is a black and white picture and nothing else."""
    width, height = page.get_size()
    wanted = min(float(dpi), max(native, COARSEST_DPI)) if native else float(dpi)
    scale = min(
        wanted / POINTS_AN_INCH,
        LARGEST_SIDE_PX / max(width, height),
        (LARGEST_AREA_PX / (width * height)) ** SQUARE_ROOT,
    )
    if min(width, height) * scale < FEWEST_SIDE_PX:
        raise ImageSizeError(f"page {index + 1} is a strip too narrow to hold a line of print")
    if is_black_and_white(page):
        bitmap = page.render(scale=scale, draw_annots=False, grayscale=True)
        pixels = np.array(bitmap.to_numpy(), np.uint8).reshape(bitmap.height, bitmap.width)
    else:
        bitmap = page.render(scale=scale, draw_annots=False)
        pixels = np.asarray(bitmap.to_numpy()[..., :CHANNELS], np.uint8)
    bitmap.close()
    return Raster(
        pixels, float(width), float(height), scale * POINTS_AN_INCH, native or scale * POINTS_AN_INCH
    )


def check_page(index: int, width: float, height: float) -> None:
    """Raises ImageSizeError for a page (sides in points) that no printer could print."""
    least, most = PLAUSIBLE_SIDE_PT
    if not (least <= min(width, height) and max(width, height) <= most):
        raise ImageSizeError(
            f"page {index + 1} is {width:g} x {height:g} points, not the size of a page",
            "Print the page to a PDF of a usual paper size and run again.",
        )

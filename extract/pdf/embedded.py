"""The one picture that a scanned page of a PDF is made of, taken as the scanner stored it.

A page drawn by PDFium is that picture stretched by a fraction of a pixel: softer, and three times the work.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from extract.decoders import heard_jpeg, jpeg_complaint
from extract.raster import LEAST_SHARE, SHARE_STEP, share_of_colour, turned

Pixels = NDArray[np.uint8]  # rows x columns (grey) or rows x columns x 3 (blue, green, red)

FRINGE_PT = 1.0
"""Points by which the picture's edges may lie off the page's: producers round one of the two."""

SQUARE = 1.01
"""Ratio of the two resolutions up to which pixels count as square; a coarse fax has 2."""

DRAWN_AS_STORED = frozenset(
    {
        pdfium.raw.FPDF_COLORSPACE_DEVICEGRAY,
        pdfium.raw.FPDF_COLORSPACE_DEVICERGB,
        pdfium.raw.FPDF_COLORSPACE_CALGRAY,
        pdfium.raw.FPDF_COLORSPACE_CALRGB,
        pdfium.raw.FPDF_COLORSPACE_ICCBASED,
        pdfium.raw.FPDF_COLORSPACE_INDEXED,
    }
)
"""Colour spaces whose decoded pixels are what is drawn. A stencil has none: it is drawn in a colour."""

PLAIN_JPEG = {
    (pdfium.raw.FPDF_COLORSPACE_DEVICEGRAY, 8),
    (pdfium.raw.FPDF_COLORSPACE_DEVICERGB, 24),
}
"""Colour space and bits a pixel of pictures whose JPEG says all there is to know of them."""

NOT_AS_STORED = re.compile(rb"/(?:SMask|Mask|Decode(?!Parms))")
"""Keys of an image dictionary by which pixels are left out or their values changed (PDF 1.7, 8.9.5)."""

DICTIONARY_BYTES = 4096
"""Bytes before a picture's data in which its dictionary is looked for; most take 200."""

_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_BLOCK, _SAMPLE = 1 << 20, 64
SLANTED = 1e-3  # points
COLOUR_BITS = 24
QUARTER_SIZE = 4
CHANNELS = 3


class StoredStreams:
    """The bytes of a PDF file, in which the dictionary of a stream is found by the stream's data.

    PDFium does not tell whether a picture has a mask. A stream's dictionary is never packed into an object
    stream (PDF 1.7, 7.5.7): it stands before the data as it is. Pictures mostly stand in the pages' order,
    so each search goes on where the last ended.
    """

    def __init__(self, descriptor: int) -> None:
        self._file = descriptor
        self._at = 0
        self._heard: tuple[bytes, str] = b"", ""

    def dictionary_of(self, data: bytes) -> bytes | None:
        """The dictionary of the stream that holds `data`, or None where the file holds it otherwise."""
        for start in self._places_of(data[:_SAMPLE]):
            if os.pread(self._file, len(data), start) == data:
                self._at = start + len(data)
                before = min(start, DICTIONARY_BYTES)
                head = os.pread(self._file, before, start - before).rstrip(b"\r\n")
                begins = [match.start() for match in _OBJECT.finditer(head)]
                return head[begins[-1] :] if begins and head.endswith(b"stream") else None
        return None

    def decoded(self, jpeg: bytes, in_colour: bool = False) -> Pixels | None:
        """A JPEG of the file in grey or in colour, None where it is none. What its decoder says is kept."""
        pixels, said = heard_jpeg(jpeg, in_colour)
        self._heard = jpeg, said
        return pixels

    def jpeg_complaint(self, jpeg: bytes) -> str:
        """What the decoder says of a JPEG, '' where it is content: the last one that was decoded is not
        decoded for it again."""
        return self._heard[1] if jpeg == self._heard[0] else jpeg_complaint(jpeg)

    def _places_of(self, sample: bytes) -> Iterator[int]:
        """The offsets of `sample` in the file, from where the last search ended, then from the top."""
        size = os.fstat(self._file).st_size if sample else 0
        for offset in (*range(self._at, size, _BLOCK), *range(0, min(self._at, size), _BLOCK)):
            block = os.pread(self._file, _BLOCK + len(sample) - 1, offset)
            at = block.find(sample)
            while at >= 0:
                yield offset + at
                at = block.find(sample, at + 1)


@contextmanager
def stored_streams(path: Path) -> Iterator[StoredStreams]:
    """The file's streams; closed afterwards."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield StoredStreams(descriptor)
    finally:
        os.close(descriptor)


def is_picture_alone(document: pdfium.PdfDocument, index: int) -> bool:
    """Whether there is nothing on page `index` (from 0) but pictures, not even text that is not drawn. False
    for a page that PDFium cannot open."""
    try:
        page = document[index]
        try:
            found = False
            for item in page.get_objects(max_depth=1):
                found = item.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE
                if not found:
                    break
            return found
        finally:
            page.close()
    except pdfium.PdfiumError:
        return False


def only_picture(page: pdfium.PdfPage) -> pdfium.PdfImage | None:
    """The picture that is all there is to see on the page: upright on it, filling it, not cut, pixels square.
    None for any other page. Text that is not drawn (what a scanner's own OCR read) may lie over it."""
    picture = None
    for item in page.get_objects(max_depth=1):
        if item.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE and picture is None:
            picture = item
        elif not _is_unseen_text(item):
            return None
    if picture is None or not (_fills(page, picture) and _is_drawn_whole(picture)):
        return None
    return picture


def is_black_and_white(page: pdfium.PdfPage) -> bool:
    """Whether all there is to see on the page is a picture of one bit a pixel, in grey: drawn so it is the
    same as in colour, and what colours ask for need not be done."""
    picture = only_picture(page)
    if picture is None:
        return False
    facts = picture.get_metadata()
    return (facts.colorspace, facts.bits_per_pixel) == (pdfium.raw.FPDF_COLORSPACE_DEVICEGRAY, 1)


def _is_unseen_text(item: pdfium.PdfObject) -> bool:
    return bool(
        item.type == pdfium.raw.FPDF_PAGEOBJ_TEXT
        and pdfium.raw.FPDFTextObj_GetTextRenderMode(item) == pdfium.raw.FPDF_TEXTRENDERMODE_INVISIBLE
    )


def _fills(page: pdfium.PdfPage, picture: pdfium.PdfImage) -> bool:
    """Whether the picture lies upright on the stored page, from edge to edge."""
    a, b, c, d, left, bottom = picture.get_matrix().get()
    if a <= 0 or d <= 0 or max(abs(b), abs(c)) > SLANTED:
        return False
    ends = (left, bottom, left + a, bottom + d)
    return all(abs(end - edge) <= FRINGE_PT for end, edge in zip(ends, page.get_bbox(), strict=True))


def _is_drawn_whole(picture: pdfium.PdfImage) -> bool:
    """Whether all of the picture is drawn, in pixels that are square and opaque."""
    facts = picture.get_metadata()
    finer, coarser = (f(facts.horizontal_dpi, facts.vertical_dpi) for f in (max, min))
    clip = pdfium.raw.FPDFPageObj_GetClipPath(picture)
    return bool(
        facts.colorspace in DRAWN_AS_STORED
        and 0 < finer <= SQUARE * coarser
        and not pdfium.raw.FPDFPageObj_HasTransparency(picture)
        and (not clip or pdfium.raw.FPDFClipPath_CountPaths(clip) <= 0)
    )


def stored_pixels(picture: pdfium.PdfImage, streams: StoredStreams, clockwise: int) -> Pixels | None:
    """The picture's own pixels, turned by the page's rotation. None where they are not what is drawn, or
    can't be decoded. A JPEG without coloured ink comes in grey, whatever it is stored in."""
    data = bytes(picture.get_data(decode_simple=False))
    dictionary = streams.dictionary_of(data)
    if dictionary is None or NOT_AS_STORED.search(dictionary):
        return None
    facts = picture.get_metadata()
    if (
        list(picture.get_filters()) == ["DCTDecode"]
        and b"/DecodeParms" not in dictionary
        and (facts.colorspace, facts.bits_per_pixel) in PLAIN_JPEG
    ):
        pixels = jpeg_pixels(data, facts.bits_per_pixel == COLOUR_BITS, streams.decoded)
    else:
        pixels = _pixels_by_pdfium(picture)
    return None if pixels is None else turned(pixels, clockwise)


def jpeg_pixels(
    data: bytes, in_colour: bool, decoded: Callable[[bytes, bool], Pixels | None]
) -> Pixels | None:
    """A JPEG by `decoded`, in colour only where there is coloured ink; None where it is cut off, or none."""
    if not data.rstrip(b"\r\n\0").endswith(b"\xff\xd9"):
        return None
    if in_colour:
        small = _smaller(data)
        if small is None:
            return None
        in_colour = share_of_colour(small) > LEAST_SHARE
    return decoded(data, in_colour)


def _smaller(data: bytes) -> Pixels | None:
    """A JPEG in colour, SHARE_STEP times smaller, as it lies in the file; None where it is no picture."""
    way = {QUARTER_SIZE: cv2.IMREAD_REDUCED_COLOR_4}[SHARE_STEP] | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), way)
    except cv2.error:
        return None
    return None if pixels is None else np.asarray(pixels, np.uint8)


def _pixels_by_pdfium(picture: pdfium.PdfImage) -> Pixels | None:
    try:
        bitmap = picture.get_bitmap(render=False)
    except pdfium.PdfiumError:
        return None
    pixels = bitmap.to_numpy()
    # A copy: the pixels lie in PDFium's memory, which it takes back when the bitmap goes.
    return np.ascontiguousarray(pixels[..., :CHANNELS] if pixels.ndim == CHANNELS else pixels)

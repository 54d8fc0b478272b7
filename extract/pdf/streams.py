"""Whether the streams of a PDF are whole: cut, flipped, of an unknown kind, pictures decoders complain of."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image

from extract.decoders import MOST_BYTES, deflate_fault, fax_complaint, group_3_complaint, jpeg_complaint
from extract.jpeg2000 import jpeg2000_fault

KNOWN_FILTERS = frozenset(
    {
        "/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx",
        "/RunLengthDecode", "/RL", "/CCITTFaxDecode", "/CCF", "/DCTDecode", "/DCT", "/JBIG2Decode",
        "/JPXDecode", "/Crypt",
    }
)  # fmt: skip
"""PDF 1.7, 7.4, with the short names of 8.9.7."""

_MARKER, _FRAME_BYTES, _SIZE_AT = 0xFF, 9, 5
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers of frame headers
_MOST_PADDED = 64  # bytes after the last row that some writers add
_BYTES_OF_WHITE, _ROWS_A_BYTE = 400, 4  # of a white page of one bit: Group 4 takes one bit a row
_THUMBNAIL_PX, _TONES = 200, 40  # sides and greys of a picture made small by which it shows something
_CHANNELS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4, "/CalGray": 1, "/CalRGB": 3}


def filters_of(stream: Any) -> list[str]:
    """The names of a stream's filters, in the order in which they are undone."""
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(name) for name in found] if isinstance(found, pikepdf.Array) else [str(found)]


def stream_fault(stream: Any) -> str:
    """What is wrong with a stream's data, '' where nothing is known to be."""
    filters = filters_of(stream)
    unknown = [name for name in filters if name not in KNOWN_FILTERS]
    if unknown:
        return f"unknown filter {unknown[0]}"
    if filters[:1] in (["/FlateDecode"], ["/Fl"]):
        data = bytes(stream.read_raw_bytes())
        # Writers pack nothing into nothing; what was cut off still says how long it was.
        return deflate_fault(data) if data or stream.get("/Length") != 0 else ""
    if filters and filters[0] not in (
        "/DCTDecode",
        "/DCT",
        "/JPXDecode",
        "/CCITTFaxDecode",
        "/CCF",
        "/JBIG2Decode",
    ):
        try:
            stream.read_bytes()
        except pikepdf.PdfError:
            return "its data cannot be decoded"
    return ""


def picture_fault(picture: Any, jpeg_said: Callable[[bytes], str] = jpeg_complaint) -> str:
    """What is wrong with an image, '' where nothing is known to be. Decoders are asked: most of what is wrong
    with a picture they put right in silence, or write to nobody. `jpeg_said` tells what a JPEG's says."""
    fault = stream_fault(picture)
    filters = filters_of(picture)
    if fault or len(filters) > 1:
        return fault
    kind = filters[0] if filters else ""
    if kind in ("/DCTDecode", "/DCT"):
        data = bytes(picture.read_raw_bytes())
        return jpeg_said(data) or _jpeg_size_fault(data, picture)
    if kind == "/JPXDecode":
        return jpeg2000_fault(bytes(picture.read_raw_bytes()))
    if kind in ("/CCITTFaxDecode", "/CCF"):
        return _fax_fault(picture)
    if kind in ("", "/FlateDecode", "/Fl"):
        return _length_fault(picture)
    return ""


def _jpeg_size_fault(data: bytes, picture: Any) -> str:
    """Where the file says another size of a JPEG than its own frame header."""
    found = _jpeg_size(data)
    told = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    if found is None or not all(found) or told == found:
        return ""
    return f"its size is {found[0]} x {found[1]}, not {told[0]} x {told[1]}"


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG by its frame header (ITU-T T.81, B.2.2), None where there is none."""
    at = 2
    while at + _FRAME_BYTES <= len(data) and data[at] == _MARKER:
        if data[at + 1] in _FRAMES:
            high, wide = struct.unpack_from(">HH", data, at + _SIZE_AT)
            return wide, high
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return None


def _fax_fault(picture: Any) -> str:
    parameters = picture.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[0] if len(parameters) else None
    facts: Any = parameters if isinstance(parameters, pikepdf.Dictionary) else {}
    data, width = bytes(picture.read_raw_bytes()), int(facts.get("/Columns", 1728))
    group, height = int(facts.get("/K", 0)), int(picture.get("/Height", 0))
    if group >= 0:
        return group_3_complaint(data, width, height, two_ways=group > 0)
    return "" if bool(facts.get("/EncodedByteAlign", False)) else fax_complaint(data, width, height)


def _length_fault(picture: Any) -> str:
    """Rows that are missing at the end of a picture that is stored pixel by pixel."""
    channels = _CHANNELS.get(str(picture.get("/ColorSpace")))
    if channels is None or picture.get("/DecodeParms") is not None:
        return ""
    width, height = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    row = -(-width * channels * int(picture.get("/BitsPerComponent", 8)) // 8)
    if row * height > MOST_BYTES:
        return ""
    missing = row * height - len(bytes(picture.read_bytes()))
    if row and -missing >= max(row // 2, _MOST_PADDED):
        return f"it has {-missing} bytes more than its {height} rows"
    return f"{-(-missing // row)} of its {height} rows are missing" if row and missing > 0 else ""


def shows_something(picture: Any) -> bool:
    """Whether an image has more than one tone, as far as its data tell without the facts that the file says
    of it; by their length where they can't be decoded here."""
    kind = (filters_of(picture) or [""])[-1]
    data = bytes(picture.read_raw_bytes())
    if kind in ("/CCITTFaxDecode", "/CCF", "/JBIG2Decode"):
        return len(data) > _BYTES_OF_WHITE + int(picture.get("/Height", 0)) // _ROWS_A_BYTE
    if kind in ("/DCTDecode", "/DCT", "/JPXDecode"):
        try:
            with Image.open(io.BytesIO(data), formats=("JPEG", "JPEG2000")) as opened:
                opened.thumbnail((_THUMBNAIL_PX, _THUMBNAIL_PX))
                tones = [ends for ends in opened.convert("RGB").getextrema() if isinstance(ends, tuple)]
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return bool(data)
        return any(high - low >= _TONES for low, high in tones)
    return len(set(bytes(picture.read_bytes())[:MOST_BYTES])) > 1


def is_large(picture: Any, least: int) -> bool:
    """Whether a picture has so many pixels that print may stand in it."""
    return int(picture.get("/Width", 0)) * int(picture.get("/Height", 0)) >= least

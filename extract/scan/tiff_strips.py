"""The strips of a TIFF one by one: libtiff gives a page up at its first strip that cannot be decoded, and
passes over the checksum of deflated ones."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from extract.decoders import deflate_fault

_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_OFFSETS, _SAMPLES, _ROWS, _COUNTS, _PLANAR, _TILES = 273, 277, 278, 279, 284, 322
_ORIENTATION = 274
_KEPT = (_BITS, _PHOTOMETRIC, 266, 292, 293, 317, 320, 338, 339)
"""Tags by which a strip is decoded (TIFF 6.0): bits, meaning of grey, order of bits, options of Group 3
and 4, predictor, palette, extra samples, format of samples."""

_DEFLATED = frozenset({8, 32946})
_LARGEST = 64 << 20  # bytes of a strip
_LONG, _SHORT = 4, 3  # field types of TIFF 6.0
_LARGEST_SHORT = 0xFFFF
_WHITE: dict[str, int | tuple[int, int, int]] = {
    "1": 1,
    "L": 255,
    "RGB": (255, 255, 255),
    "I;16": 65535,
}
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, MemoryError, TypeError, LookupError, AttributeError,
    ArithmeticError, struct.error, Image.DecompressionBombError,
)  # fmt: skip


def strip_complaint(picture: Image.Image) -> str:
    """What is wrong with the strips of the page a TIFF is at, '' where nothing is known to be: deflated ones
    are decoded, of all it is asked whether they make up the page."""
    try:
        if not _strips_fit(picture):
            return "its strips are not those of a page so high"
        if _tags(picture).get(_COMPRESSION) not in _DEFLATED:
            return ""
        return next(filter(None, (deflate_fault(data) for data in _strips(picture))), "")
    except _BROKEN:
        return ""


def _strips_fit(picture: Image.Image) -> bool:
    """Whether there are as many strips as the page's height needs (TIFF 6.0, RowsPerStrip)."""
    tags = _tags(picture)
    if _OFFSETS not in tags or int(tags.get(_PLANAR, 1)) != 1:
        return True
    height = int(tags[_HEIGHT])
    rows = min(int(tags.get(_ROWS, height)), height)
    return rows < 1 or len(tags[_OFFSETS]) == -(-height // rows)


def decoded_strips(picture: Image.Image) -> Image.Image | None:
    """The page a TIFF is at, put together from the strips that can be decoded, the others white; None where
    no strip can be, or the page is stored otherwise."""
    try:
        tags = _tags(picture)
        if _TILES in tags or int(tags.get(_PLANAR, 1)) != 1 or picture.mode not in (*_WHITE, "P"):
            return None
        width, height = picture.size
        rows = min(int(tags.get(_ROWS, height)), height)
        mode = "RGB" if picture.mode == "P" else picture.mode
        page = Image.new(mode, (width, height), _WHITE[mode])
        found = 0
        for number, data in enumerate(_strips(picture)):
            top = number * rows
            strip = _decoded(data, width, min(rows, height - top), tags)
            if strip is not None and strip.mode == picture.mode:
                page.paste(strip.convert(mode), (0, top))
                found += 1
        page.getexif()[_ORIENTATION] = int(tags.get(_ORIENTATION, 1))
    except _BROKEN:
        return None
    page.info["dpi"] = picture.info.get("dpi", (0, 0))
    return page if found else None


def _tags(picture: Image.Image) -> Any:
    return picture.tag_v2 if hasattr(picture, "tag_v2") else {}


def _strips(picture: Image.Image) -> Iterator[bytes]:
    """The stored bytes of each strip, from the top down."""
    tags = _tags(picture)
    with Path(str(getattr(picture, "filename", ""))).open("rb") as file:
        for offset, count in zip(tags[_OFFSETS], tags[_COUNTS], strict=False):
            file.seek(int(offset))
            yield file.read(min(int(count), _LARGEST))


def _decoded(data: bytes, width: int, height: int, tags: Any) -> Image.Image | None:
    """One strip as a picture of its own; None where it cannot be decoded."""
    try:
        with Image.open(io.BytesIO(_as_tiff(data, width, height, tags)), formats=("TIFF",)) as strip:
            strip.load()
            return strip.copy()
    except _BROKEN:
        return None


def _as_tiff(data: bytes, width: int, height: int, tags: Any) -> bytes:
    """A TIFF 6.0 file of that one strip."""
    values: dict[int, tuple[int, ...]] = {
        _WIDTH: (width,), _HEIGHT: (height,), _COMPRESSION: (int(tags[_COMPRESSION]),), _OFFSETS: (0,),
        _SAMPLES: (int(tags.get(_SAMPLES, 1)),), _ROWS: (height,), _COUNTS: (len(data),),
    }  # fmt: skip
    for tag in _KEPT:
        if tag in tags:
            value = tags[tag]
            values[tag] = tuple(int(v) for v in value) if isinstance(value, tuple) else (int(value),)
    start = 8 + 2 + 12 * len(values) + 4
    more = b""
    entries = b""
    for tag in sorted(values):
        own = values[tag]
        kind = _SHORT if max(own) <= _LARGEST_SHORT and tag not in (_OFFSETS, _COUNTS) else _LONG
        packed = struct.pack(f"<{len(own)}{'H' if kind == _SHORT else 'L'}", *own)
        if tag == _OFFSETS:
            packed = b"\0\0\0\0"  # filled in below, when the length of all else is known
        if len(packed) > 4:
            place = struct.pack("<L", start + len(more))
            more += packed
        else:
            place = packed.ljust(4, b"\0")
        entries += struct.pack("<HHL", tag, kind, len(own)) + place
    at = start + len(more)
    offset = struct.pack("<HHL", _OFFSETS, _LONG, 1)
    entries = entries.replace(offset + b"\0\0\0\0", offset + struct.pack("<L", at), 1)
    return b"II*\0" + struct.pack("<LH", 8, len(values)) + entries + b"\0\0\0\0" + more + data

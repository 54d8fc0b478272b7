"""Whether a JPEG 2000 codestream is whole, by its markers (ITU-T T.800, Annex A): no decoder says so aloud.

What stands between the markers carries no checksum: a changed bit there is told by nobody but the readings
that it leaves.
"""

from __future__ import annotations

_START, _SIZE = b"\xff\x4f", 0xFF51
_TILE_PART, _END = 0xFF90, b"\xff\xd9"
_BOX = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_TILE_PART_BYTES = 12  # of the marker segment that begins a tile-part
_FIRST_MARKER = 0xFF00


def jpeg2000_fault(data: bytes) -> str:
    """What is wrong with a JPEG 2000 picture (a codestream, or a JP2 file with one), '' where nothing is
    known to be: its end is missing, or a part does not begin where the one before says that it ends."""
    at = data.find(_START + _SIZE.to_bytes(2, "big")) if data.startswith(_BOX) else 0
    if at < 0 or data[at : at + 2] != _START:
        return "the JPEG 2000 picture has no beginning"
    tiles = _first_tile_part(data, at + 2)
    if tiles is None:
        return "the head of the JPEG 2000 picture is damaged"
    at = tiles
    while _number(data, at, 2) == _TILE_PART:
        length = _number(data, at + 6, 4)
        if length == 0:  # the last one, up to the end
            return "" if data.rstrip(b"\0\r\n").endswith(_END) else "the JPEG 2000 picture ends too early"
        if length < _TILE_PART_BYTES:
            return "the parts of the JPEG 2000 picture do not follow each other"
        at += length
    if data[at : at + 2] == _END:
        return ""
    if at >= len(data):
        return "the JPEG 2000 picture ends too early"
    return "the parts of the JPEG 2000 picture do not follow each other"


def _first_tile_part(data: bytes, at: int) -> int | None:
    """Where the main header's marker segments lead to; None where they lead nowhere."""
    if _number(data, at, 2) != _SIZE:
        return None
    while (marker := _number(data, at, 2)) != _TILE_PART:
        length = _number(data, at + 2, 2)
        if marker <= _FIRST_MARKER or length < 2:
            return None
        at += 2 + length
    return at


def _number(data: bytes, at: int, size: int) -> int:
    """A whole number at a place, 0 past the end."""
    return int.from_bytes(data[at : at + size], "big")

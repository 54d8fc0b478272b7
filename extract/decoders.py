"""What decoders complain of: libjpeg and libtiff write it to standard error and go on, and nobody holds
deflated data to their checksum."""

from __future__ import annotations

import io
import os
import re
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_STDERR = 2
_MOST_SAID = 1 << 16  # bytes of complaints that are read
_COMPLAINT = re.compile(
    r"corrupt|premature|bad code|line length mismatch|uncompressed data|invalid|error|unsupported|truncated",
    re.IGNORECASE,
)
_FEWEST_BLOCKS = 24  # across and down of a picture in which a jump of grey is looked for
_MARGIN_BLOCKS = 5  # at either side, where a page has no print
_AGREEING = 0.6  # of the blocks of two rows, where one jump parts them
_JUMP, _AGREE = 6, 2  # grey levels of 255: of a jump, and between what should be one
_BLOCK_PX = 8  # a side of a JPEG's block
_SHIFTS_PX = (8, 16)  # by which print is looked for beside its place: a block of grey, one of coarser colour
_PIECE_PX = 192  # of a row of pixels, compared as one: some letters wide
# Steps of grey out of place in a piece (a letter's edge has some 500), and the share of them that may be left
# when it is moved. Of 292 sound pages of twelve kinds of prints and scans none had more than 2,997 with less
# than .6 left; pages with a wrong bit amid print had 4,500 to 20,800 with .06 to .47.
_BROKEN, _FITS_BETTER = 3400, 0.5
_COMPRESSION, _OFFSET, _ROWS_A_STRIP, _T4_OPTIONS = 259, 273, 278, 292  # tags of TIFF 6.0
_GROUP_3, _GROUP_4 = 3, 4
_ROW_END = "000000000001"
_FEWEST_ENDS = 9  # Group 4 has two at the end of a page, Group 3 six; no codes of either look like one
# Bytes of data to those of what came out of them. How Group 4 is coded is laid down to the bit (T.6; two
# pages of a real scan took the same bytes again), rows of Group 3 begin anew as their writer likes.
_G4_MORE, _G4_SPARE, _G3_MORE = 1.02, 64, 1.5
_BAD_ROW = re.compile(r"Bad code word at line (\d+)")
_BAD_TOGETHER = 4  # rows, of the 14 that a figure of 8 points has at 98 to the inch
_SAID_LENGTH = 120  # characters of a complaint that are told
_JPEG_END = b"\xff\xd9"

MOST_BYTES = 256 << 20
"""Decoded bytes of a stream that are looked at: a page of A3 at 600 dpi in colour has 208 MB."""

_BLOCK = 1 << 22


class Said:
    """What was written to standard error meanwhile."""

    text = ""

    def complaint(self) -> str:
        """The first line that complains, '' where none does."""
        lines = [line.strip() for line in self.text.splitlines() if _COMPLAINT.search(line)]
        return lines[0][:_SAID_LENGTH] if lines else ""


@contextmanager
def overheard() -> Iterator[Said]:
    """Standard error of this process, C libraries included, goes into the record until the block ends."""
    said = Said()
    with tempfile.TemporaryFile() as kept:
        before = os.dup(_STDERR)
        try:
            os.dup2(kept.fileno(), _STDERR)
            yield said
        finally:
            os.dup2(before, _STDERR)
            os.close(before)
            kept.seek(0)
            said.text = kept.read(_MOST_SAID).decode("utf-8", "replace")


def jpeg_complaint(data: bytes) -> str:
    """What libjpeg says of a JPEG, '' where it is content."""
    return "the JPEG ends too early" if _JPEG_END not in data[-1024:] else heard_jpeg(data)[1]


def heard_jpeg(data: bytes, in_colour: bool = False) -> tuple[NDArray[np.uint8] | None, str]:
    """A JPEG in grey (or in colour: blue, green, red) as it lies in the file, None where it is none; and what
    libjpeg says of it, '' where it is content."""
    way = cv2.IMREAD_COLOR if in_colour else cv2.IMREAD_GRAYSCALE
    with overheard() as said:
        try:
            found = cv2.imdecode(np.frombuffer(data, np.uint8), way | cv2.IMREAD_IGNORE_ORIENTATION)
        except cv2.error:
            found = None
    if found is None:
        return None, "the JPEG cannot be decoded"
    pixels = np.asarray(found, np.uint8)
    return pixels, said.complaint() or _misplaced(pixels)


def _misplaced(pixels: NDArray[np.uint8]) -> str:
    """What a wrong bit did to a JPEG's picture, though libjpeg took it for data."""
    grey = pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    if grey_jumps(_blocks(grey)):
        return "the JPEG's grey jumps amid a row of blocks"
    return "the JPEG's print is shifted by a block" if print_is_shifted(grey) else ""


def _blocks(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with a pixel a block, in a third of the time by way of one half as large, which costs next
    to nothing."""
    height, width = (side // _BLOCK_PX for side in grey.shape)
    if not height or not width:
        return grey[:0, :0]
    whole = grey[: height * _BLOCK_PX, : width * _BLOCK_PX]
    half = (whole.shape[1] // 2, whole.shape[0] // 2)
    whole = np.asarray(cv2.resize(whole, half, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def print_is_shifted(grey: NDArray[np.uint8]) -> bool:
    """Whether print that crosses the edge of two rows of a JPEG's blocks goes on beside where it should.

    A wrong bit may make a block too many or too few of what follows it, whose blocks are then all drawn one
    or two further on. Two rows of pixels that lie next to each other differ little, print or not; there the
    one fits the other far better when it is moved. Grey is left out of it: its steps along the row are
    compared.
    """
    height = grey.shape[0] // _BLOCK_PX - 1
    most = max(_SHIFTS_PX)
    count = (grey.shape[1] - 1 - 2 * most) // _PIECE_PX
    if height < 1 or count < 1:
        return False
    above, below = (grey[at::_BLOCK_PX][:height] for at in (_BLOCK_PX - 1, _BLOCK_PX))
    rows, starts = pieces_maybe_torn(above, below, most, count)
    if not rows.size:
        return False
    across = np.arange(-most, _PIECE_PX + 1 + most)
    steps, others = (
        np.diff(edge[rows[:, None], starts[:, None] + across].astype(np.int16), axis=1)
        for edge in (above, below)
    )
    middle = steps[:, most : most + _PIECE_PX]

    def misfit(shift: int, chosen: slice | NDArray[np.bool_]) -> NDArray[np.int64]:
        moved = others[chosen, most + shift : most + shift + _PIECE_PX]
        return np.asarray(np.abs(middle[chosen] - moved).sum(axis=1, dtype=np.int64))

    here = misfit(0, slice(None))
    broken = here >= _BROKEN
    if not broken.any():
        return False
    beside = np.min([misfit(sign * px, broken) for px in _SHIFTS_PX for sign in (-1, 1)], axis=0)
    return bool((beside <= _FITS_BETTER * here[broken]).any())


def pieces_maybe_torn(
    above: NDArray[np.uint8], below: NDArray[np.uint8], first: int, count: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pieces of two rows of pixels each (the row of each, and the column where it begins) that may be out
    of place: their steps of grey differ by no more than the greys at both ends of each step do, so that most
    need no look at their steps. `count` pieces of a row begin at column `first`."""
    sides = slice(first, first + count * _PIECE_PX + 1)
    apart = np.asarray(cv2.absdiff(above[:, sides], below[:, sides]), np.uint8)
    within = apart[:, :-1].reshape(-1, count, _PIECE_PX).sum(axis=2, dtype=np.int64)
    rows, pieces = np.nonzero(2 * within + apart[:, _PIECE_PX::_PIECE_PX] >= _BROKEN)
    return rows, first + _PIECE_PX * pieces


def grey_jumps(blocks: NDArray[np.uint8]) -> bool:
    """Whether a JPEG's picture, a pixel a block, turns lighter or darker from one block on, in reading order.

    Each block's grey is kept as the difference to the one before it (ITU-T T.81, F.1.2.1), so a wrong bit
    shifts all that follow: right of it in its own row and all of the next rows. No shade or shadow ends so.
    """
    height, width = blocks.shape[:2]
    if height < _FEWEST_BLOCKS or width < _FEWEST_BLOCKS:
        return False
    down = np.diff(blocks.astype(np.int16), axis=0)  # height - 1 x width
    above, below = down[:-1], down[1:]  # of the row with the fault: to the row above it, to the one below
    left, right = slice(None, _MARGIN_BLOCKS), slice(-_MARGIN_BLOCKS, None)
    shift = np.median(above[:, right], axis=1)
    again = np.median(below[:, left], axis=1)
    still = np.maximum(np.abs(np.median(above[:, left], axis=1)), np.abs(np.median(below[:, right], axis=1)))
    jumps = (np.abs(shift) >= _JUMP) & (np.abs(shift - again) <= _AGREE) & (still <= _AGREE)
    return any(_is_one_jump(above[n], below[n], float(shift[n])) for n in np.flatnonzero(jumps))


def _is_one_jump(above: NDArray[np.int16], below: NDArray[np.int16], shift: float) -> bool:
    """Whether one place parts a row of blocks: what lies right of it differs by `shift` from the row above,
    what lies left of it by as much from the row below, and all else hardly at all. A few blocks may hold
    print."""
    moved, still = np.abs(above - shift) <= _AGREE, np.abs(above) <= _AGREE
    moved_below, still_below = np.abs(below - shift) <= _AGREE, np.abs(below) <= _AGREE
    left = np.cumsum(still & moved_below)
    right = np.cumsum((moved & still_below)[::-1])[::-1]
    agreeing = left[:-1] + right[1:]
    return bool(agreeing.max() >= _AGREEING * above.size)


def fax_complaint(data: bytes, width: int, height: int) -> str:
    """What libtiff says of Group 4 fax data of so many pixels, '' where it is content."""
    if width <= 0 or height <= 0:
        return ""
    picture, said = _decoded_fax(data, width, height, {_COMPRESSION: _GROUP_4})
    if picture is None or said.complaint():
        return said.complaint() or "the fax data cannot be decoded"
    return _left_over(data, picture, "group4", {}, _G4_MORE, _G4_SPARE)


def group_3_complaint(data: bytes, width: int, height: int, two_ways: bool) -> str:
    """What is wrong with Group 3 fax data of so many pixels (ITU-T T.4), '' where nothing is known to be.
    `two_ways`: rows may be coded by the row above them.

    Each row ends in a mark of its own; a page may do without where all rows are coded by themselves. A row
    that cannot be read is made up by the decoder, which a page bears once: rows that follow each other are
    told. What was decoded takes as many bytes when it is coded again.
    """
    if width <= 0 or height <= 0:
        return ""
    if _row_ends(data) < _FEWEST_ENDS:
        if not fax_complaint(data, width, height):
            return "its fax data are Group 4, and not the Group 3 that they are called"
        return "the rows of its fax data have no ends" if two_ways else ""
    options = {_T4_OPTIONS: int(two_ways)}
    picture, said = _decoded_fax(data, width, height, {_COMPRESSION: _GROUP_3} | options)
    bad = [int(row) for row in _BAD_ROW.findall(said.text)]
    together = zip(bad, bad[_BAD_TOGETHER - 1 :], strict=False)
    if picture is None or any(last - first < _BAD_TOGETHER for first, last in together):
        return said.complaint() or "the fax data cannot be decoded"
    return _left_over(data, picture, "group3", options, _G3_MORE, height)


def _left_over(
    data: bytes, picture: Image.Image, compression: str, options: dict[int, int], more: float, spare: int
) -> str:
    """What is said of fax data that take `more` times the bytes of the picture that came out of them, coded
    again, and `spare` bytes."""
    again = io.BytesIO()
    picture.save(again, "TIFF", compression=compression, tiffinfo={_ROWS_A_STRIP: picture.height} | options)
    told = len(data) - data.count(0)  # rows may be filled up to the time that they take to print
    if told > more * len(again.getvalue()) + spare:
        return "its fax data hold more than comes out of them"
    return ""


def _row_ends(data: bytes) -> int:
    """How many marks of a row's end there are in Group 3 data."""
    return bin(int.from_bytes(b"\1" + data, "big")).count(_ROW_END)


def _decoded_fax(
    data: bytes, width: int, height: int, facts: dict[int, int]
) -> tuple[Image.Image | None, Said]:
    """Fax data of so many pixels by libtiff, None where it gives them up, and what it says of them."""
    with overheard() as said:
        try:
            with Image.open(io.BytesIO(_as_tiff(data, width, height, facts))) as picture:
                picture.load()
                return picture, said
        except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
            return None, said


def _as_tiff(data: bytes, width: int, height: int, facts: dict[int, int]) -> bytes:
    """The smallest TIFF 6.0 file of one strip of fax data, coded as `facts` say."""
    tags = {256: width, 257: height, 258: 1, 262: 1, 273: 0, 277: 1, 278: height, 279: len(data)} | facts
    start = 8 + 2 + 12 * len(tags) + 4
    body = b"".join(
        struct.pack("<HHII", tag, 4, 1, start if tag == _OFFSET else value)
        for tag, value in sorted(tags.items())
    )
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + body + b"\0\0\0\0" + data


def deflate_fault(data: bytes) -> str:
    """What is wrong with deflated data: they end before their end, or their checksum (RFC 1950) is not
    that of what comes out. A checksum that is left out is no fault: some writers do."""
    decoder = zlib.decompressobj()
    size = 0
    rest = data
    try:
        while rest and not decoder.eof and size < MOST_BYTES:
            size += len(decoder.decompress(rest, _BLOCK))
            rest = decoder.unconsumed_tail
    except zlib.error as error:
        return f"its compressed data are damaged ({error})"
    if decoder.eof or size >= MOST_BYTES or _ends_without_checksum(data):
        return ""
    return "its compressed data end too early"


def _ends_without_checksum(data: bytes) -> bool:
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    rest, size = data[2:], 0
    try:
        while rest and not decoder.eof and size < MOST_BYTES:
            size += len(decoder.decompress(rest, _BLOCK))
            rest = decoder.unconsumed_tail
    except zlib.error:
        return False
    return decoder.eof

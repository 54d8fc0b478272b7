"""What picture decoders complain of: libjpeg and libtiff write it to standard error and go on."""

from __future__ import annotations

import io
import os
import re
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
from PIL import Image

_STDERR = 2
_MOST_SAID = 1 << 16  # bytes of complaints that are read
_COMPLAINT = re.compile(
    r"corrupt|premature|bad code|line length mismatch|uncompressed data|invalid|error|unsupported|truncated",
    re.IGNORECASE,
)
_SAID_LENGTH = 120  # characters of a complaint that are told
_JPEG_END = b"\xff\xd9"


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
    if _JPEG_END not in data[-1024:]:
        return "the JPEG ends too early"
    with overheard() as said:
        try:
            found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
        except cv2.error:
            found = None
    return "the JPEG cannot be decoded" if found is None else said.complaint()


def fax_complaint(data: bytes, width: int, height: int) -> str:
    """What libtiff says of Group 4 fax data of so many pixels, '' where it is content."""
    if width <= 0 or height <= 0:
        return ""
    with overheard() as said:
        try:
            with Image.open(io.BytesIO(_as_tiff(data, width, height))) as picture:
                picture.load()
        except (OSError, ValueError, SyntaxError, struct.error):
            return said.complaint() or "the fax data cannot be decoded"
    return said.complaint()


def _as_tiff(data: bytes, width: int, height: int) -> bytes:
    """The smallest TIFF 6.0 file of one strip of Group 4 data."""
    entries = [
        (256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 4), (262, 3, 0), (273, 4, 0), (277, 3, 1),
        (278, 4, height), (279, 4, len(data)),
    ]  # fmt: skip
    start = 8 + 2 + 12 * len(entries) + 4
    body = b"".join(
        struct.pack("<HHI", tag, kind, 1) + struct.pack("<I", start if tag == 273 else value)
        for tag, kind, value in entries
    )
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + body + b"\0\0\0\0" + data

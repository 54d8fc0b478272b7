"""Whether a PDF may carry files, told by its bytes alone: most carry none, and what parses one takes as long
to load as all else that a run needs before its workers begin."""

from __future__ import annotations

import re
from typing import BinaryIO

_SIGNS = re.compile(rb"EmbeddedFile|/EF\b")
_BLOCK, _OVERLAP = 1 << 20, 16  # bytes looked through at once, and again with the next


def may_hold_files(stream: BinaryIO) -> bool:
    """Whether a PDF's bytes speak of files inside it, told without parsing: streams of files are never packed
    into others, and their kind stands before them."""
    stream.seek(0)
    end = b""
    while block := stream.read(_BLOCK):
        if _SIGNS.search(end + block):
            return True
        end = block[-_OVERLAP:]
    return False

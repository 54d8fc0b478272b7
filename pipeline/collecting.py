"""When Python looks for garbage that refers to itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_RARELY = (20_000, 20, 100)  # new records between collections; 700 take a fifth of a large sheet's time


def collect_rarely() -> None:
    """Look for garbage less often from now on: records never refer to each other in a circle."""
    gc.set_threshold(*_RARELY)


@contextmanager
def not_collecting() -> Iterator[None]:
    """Look for none inside: what is built there are records, which never refer to each other in a circle, and
    going through all of a large document's again and again takes a tenth of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()

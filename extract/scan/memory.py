"""Memory of page pictures: from one heap, and kept for the next page."""

from __future__ import annotations

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_OWN_MAPPING_FROM = 32 * 1024 * 1024  # the most that glibc takes
_KEPT = 128 * 1024 * 1024  # what freed pictures of a page leave: 60 MB of a report's, 110 of a photo's


def pictures_from_the_heap() -> bool:
    """Have the largest pictures mapped by themselves and all others taken from the heap, which keeps what
    they leave for as long as the process lives. False where the C library has no such settings.

    glibc moves the first limit by itself as blocks are freed, and gives back what is freed at the heap's end
    from 128 kB on, so that the next picture is mapped and cleared anew. With 32 MB pictures of pages at 300
    dpi, grey (9 MB) or in colour (26 MB), come from the heap, where a page of a report had 60,000 pages of
    memory mapped for it with half a megabyte; kept, it has some ten instead of 1,900, photos too, and the
    kernel takes 12 thousandths of a second a page less. A worker holds what it needed most until it ends: 338
    MB where 333 was the most before.
    """
    try:
        adjust = ctypes.CDLL(None).mallopt
        return all([adjust(_M_MMAP_THRESHOLD, _OWN_MAPPING_FROM), adjust(_M_TRIM_THRESHOLD, _KEPT)])
    except (AttributeError, OSError, TypeError):
        return False

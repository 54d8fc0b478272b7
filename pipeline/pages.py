"""Where the pages of a document come from while it is read: read now, or kept from a run that was stopped
or from another worker; and what stands for a page that can't be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from model.errors import MissingProgramError, NoPageReadError, told
from model.page import PageContent

_A4 = (595.0, 842.0)  # points; the size of a page that could not even be measured


class PageStore(Protocol):
    """Pages by index from 0. What `put` was given, `get` may give back, in this run or a later one."""

    def get(self, index: int, n_pages: int) -> PageContent | None:
        """The page if somebody has read it already; None when the caller is to read it."""

    def put(self, index: int, n_pages: int, page: PageContent) -> None:
        """Keep a page the caller has read."""


class NoStore:
    """Keeps nothing: every page is read."""

    def get(self, index: int, n_pages: int) -> PageContent | None:
        return None

    def put(self, index: int, n_pages: int, page: PageContent) -> None:
        return None


NO_STORE: PageStore = NoStore()


def read_each(
    n_pages: int, read_page: Callable[[int], PageContent], store: PageStore, file: str = ""
) -> list[PageContent]:
    """All pages in order, from the store where it has them. A page that fails costs itself: it comes as a
    page without blocks that says why. Raises what the only page of a document raises, NoPageReadError where
    every page failed, MissingProgramError and MemoryError, which are not the page's fault."""
    pages = []
    for index in range(n_pages):
        page = store.get(index, n_pages)
        if page is None:
            page = read_page(index) if n_pages == 1 else read_or_failed(read_page, index, file)
            store.put(index, n_pages, page)
        pages.append(page)
    return _some_read(pages)


def read_or_failed(read_page: Callable[[int], PageContent], index: int, file: str = "") -> PageContent:
    """The page read, or the page that says why it could not be: decoders raise anything."""
    try:
        return read_page(index)
    except (MissingProgramError, MemoryError):
        raise
    except Exception as error:
        return failed_page(index, told(error, file))


def failed_page(index: int, reason: str) -> PageContent:
    """What stands for page `index` (from 0), which could not be read."""
    return PageContent(index + 1, *_A4, "ocr", (), confidence=0.0, warnings=(reason,), failure=reason)


def _some_read(pages: Sequence[PageContent]) -> list[PageContent]:
    if pages and all(page.failure for page in pages):
        raise NoPageReadError(f"no page could be read (page 1: {pages[0].failure})")
    return list(pages)

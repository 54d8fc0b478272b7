"""Where the pages of a document come from while it is read: read now, or kept from a run that was stopped
or from another worker."""

from __future__ import annotations

from typing import Protocol

from model.page import PageContent


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

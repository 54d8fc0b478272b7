"""What a worker process and its parent say to each other: orders one way, answers the other."""

from __future__ import annotations

from dataclasses import dataclass

from model.document import Source


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document was not read. `retry` asks for another try alone; `missing` says that it is the
    machine that lacks something; `trace` is for the log."""

    error: str
    retry: bool = False
    missing: bool = False
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """Order: read a document, or only its pages `part` (indices from 0) unless it has no others."""

    source: Source
    part: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """Order: read single pages of a document that another worker reads."""

    source: Source


@dataclass(frozen=True, slots=True)
class Kept:
    """What the parent says to `Want`: the page as it is kept, or None: read it."""

    content: bytes | None


@dataclass(frozen=True, slots=True)
class Take:
    """What the parent says to `Next`: the page to read, or None: none is left."""

    index: int | None


@dataclass(frozen=True, slots=True)
class Ready:
    """Answer: everything is loaded."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Answer: this worker can't begin."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Want:
    """Answer: is page `index` of `n_pages` kept? The parent says `Kept`."""

    index: int
    n_pages: int


@dataclass(frozen=True, slots=True)
class Have:
    """Answer: a page that was read (no bytes for the only page of a document: nobody wants it back)."""

    index: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Finished:
    """Answer: the document's rows as `emit.dump_rows` packs them, how it ended (`ok`, `partial` and why),
    its pages, and the memory this worker holds."""

    status: str
    error: str
    rows: bytes
    pages: int
    resident: int


@dataclass(frozen=True, slots=True)
class PartRead:
    """Answer: the pages asked for are read; the document has `pages`."""

    pages: int
    resident: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Answer: the document was not read."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Next:
    """Answer of a helper: which page shall I read? The parent says `Take`."""


@dataclass(frozen=True, slots=True)
class Helped:
    """Answer of a helper: no page is left for me."""


Order = Read | Help
Told = Order | Kept | Take
"""Everything a parent says to a worker."""

Answer = Ready | Broken | Want | Have | Finished | PartRead | Failed | Next | Helped
"""Everything a worker says to its parent."""

"""What a user chose for a run; part of the key under which a document's result is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from extract.scan.readers.names import EngineName


def ranges_of(text: str) -> tuple[tuple[int, int], ...]:
    """Page ranges as typed: `1-3,7` or `2-`. Raises ValueError for anything else."""
    found = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        begin = int(first)
        end = int(last) if last.strip() else (LAST_PAGE if dash else begin)
        if not 1 <= begin <= end:
            raise ValueError(part)
        found.append((begin, end))
    return tuple(found)


def told_ranges(ranges: tuple[tuple[int, int], ...]) -> str:
    """Page ranges as a person types them."""
    return ",".join(str(a) if a == b else f"{a}-" if b == LAST_PAGE else f"{a}-{b}" for a, b in ranges)


LAST_PAGE = 1 << 30  # what an open range ends with


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are read. Two runs with equal settings give equal results for equal bytes.

    `verify_ink` compares every figure of a text layer with its ink, not a sample.
    `as_of` is the day places are looked up for (None: the document's own date); `province` a hint for
    places; `repair` False keeps every figure as read; `keep_images` is a folder for the pictures of each
    preprocessing step ('' keeps none). `pages` are the only ones read, as ranges from 1 (none: all).
    """

    as_of: date | None = None
    province: str = ""
    engine: EngineName = "auto"
    repair: bool = True
    dpi: int = 300
    keep_images: str = ""
    verify_ink: bool = False
    pages: tuple[tuple[int, int], ...] = ()

    def told(self) -> dict[str, str | bool | int]:
        """The settings that bear on the result, as datapackage.json tells them; no path of this machine."""
        return {
            "as_of": str(self.as_of or ""),
            "province": self.province,
            "engine": self.engine,
            "repair": self.repair,
            "dpi": self.dpi,
            "verify_ink": self.verify_ink,
            **({"pages": told_ranges(self.pages)} if self.pages else {}),
        }

    def key(self) -> str:
        """A text equal for equal settings that bear on the result (kept pictures do not)."""
        parts = {k: v for k, v in asdict(self).items() if k != "keep_images" and (k != "pages" or v)}
        return ";".join(f"{k}={v}" for k, v in sorted(parts.items()))

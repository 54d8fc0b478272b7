"""How a file is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.scan.readers.names import EngineName


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is read. `dpi` is the most at which a scan is rendered; `keep_images` a folder for the
    pictures of the steps ('' for none); `verify_ink` compares every figure of text layers with its ink, not a
    sample; `is_place` (0..1 that a text names a unit) and `repair` (lines as
    they should read) help to recognize tables of text dumps."""

    engine: EngineName = "auto"
    dpi: int = 300
    keep_images: str = ""
    verify_ink: bool = False
    is_place: Callable[[str], float] | None = None
    repair: Callable[[Sequence[str]], Sequence[str]] | None = None

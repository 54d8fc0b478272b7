"""A cell that does not fit, as what found it says it."""

from __future__ import annotations

from dataclasses import dataclass

SEVERAL = "có thể chứa nhiều số của các ô khác nhau"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell that does not fit, and why, as the end of a sentence in plain Vietnamese."""

    row: int
    col: int
    why: str

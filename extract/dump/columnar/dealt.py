"""A figure of a stream that is to be put into a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dealt:
    """A figure to deal: its text, the line and the block of lines without a blank that it stands in, and what
    it costs to take it for none of the table's."""

    text: str
    line: int
    block: int
    pass_cost: float

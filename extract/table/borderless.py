"""Tables without rules between their columns."""

from __future__ import annotations

from collections.abc import Sequence

from extract.table.lattice import Lattice
from model.geometry import Box, Segment
from model.page import Word


def find_borderless(
    words: Sequence[Word], segments: Sequence[Segment], taken: Sequence[Box]
) -> list[Lattice]:
    """Borderless and half-ruled tables among `words` outside the boxes `taken`."""
    return []

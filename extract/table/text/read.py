"""All tables of a text dump, whatever way it writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.table.text.delimited import delimited_drafts
from extract.table.text.draft import Draft
from extract.table.text.lines import SourceLine


def table_drafts(lines: Sequence[SourceLine], is_place: Callable[[str], float] | None = None) -> list[Draft]:
    """The tables in order of their lines, no two of which share a line."""
    return delimited_drafts(lines)

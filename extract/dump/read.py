"""All tables of a text dump, whatever way it writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.dump.delimited import delimited_drafts
from extract.dump.draft import Draft
from extract.dump.layout import layout_drafts
from extract.dump.lines import SourceLine
from extract.dump.stream import stream_drafts


def table_drafts(lines: Sequence[SourceLine], is_place: Callable[[str], float] | None = None) -> list[Draft]:
    """The tables in order of their lines, no two of which share a line."""
    drafts = delimited_drafts(lines)
    drafts += layout_drafts(_outside(lines, drafts))
    drafts += stream_drafts(_outside(lines, drafts), is_place)
    return sorted(drafts, key=lambda d: d.first_line)


def _outside(lines: Sequence[SourceLine], drafts: Sequence[Draft]) -> list[SourceLine]:
    taken = {n for draft in drafts for n in range(draft.first_line, draft.last_line + 1)}
    return [line for line in lines if line.number not in taken]

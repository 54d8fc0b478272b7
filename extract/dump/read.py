"""All tables of a text dump, whatever way it writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.dump.columnar import columnar_drafts
from extract.dump.delimited import delimited_drafts
from extract.dump.draft import Draft
from extract.dump.figures import tally, with_lost_figures, with_run_together
from extract.dump.layout import layout_drafts
from extract.dump.lines import SourceLine
from extract.dump.rubble import rubble_drafts
from extract.dump.stream import stream_drafts

# Of the figures that places give cells of their own; where places are wrong in a row or two it is 1.06.
_CLEAR_GAIN = 1.1


def table_drafts(lines: Sequence[SourceLine], is_place: Callable[[str], float] | None = None) -> list[Draft]:
    """The tables in order of their lines, no two of which share a line, each with its doubts."""
    drafts = delimited_drafts(lines)
    rest = _outside(lines, drafts)
    drafts += [with_run_together(draft) for draft in _undelimited(rest, is_place)]
    drafts += rubble_drafts(_outside(lines, drafts))
    return sorted((with_lost_figures(draft, lines) for draft in drafts), key=lambda d: d.first_line)


def _undelimited(lines: Sequence[SourceLine], is_place: Callable[[str], float] | None) -> list[Draft]:
    """Tables written column after column, then those written row after row."""
    by_columns = columnar_drafts(lines)
    lines = _outside(lines, by_columns)
    return by_columns + _by_rows(lines, is_place)


def _by_rows(lines: Sequence[SourceLine], is_place: Callable[[str], float] | None) -> list[Draft]:
    """Tables by the places of their columns; by the order of their words alone where those places run
    several figures into one cell and the order gives more figures cells of their own: clearly more where it
    isn't sure of its columns."""
    placed = layout_drafts(lines)
    placed += stream_drafts(_outside(lines, placed), is_place)
    found = tally(placed)
    if not found.is_poor:
        return placed
    streamed = stream_drafts(lines, is_place)
    least = found.alone * (_CLEAR_GAIN if any(draft.doubts for draft in streamed) else 1.0)
    return streamed if tally(streamed).alone > least else placed


def _outside(lines: Sequence[SourceLine], drafts: Sequence[Draft]) -> list[SourceLine]:
    taken = {n for draft in drafts for n in range(draft.first_line, draft.last_line + 1)}
    return [line for line in lines if line.number not in taken]

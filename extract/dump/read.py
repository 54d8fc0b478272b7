"""All tables of a text dump, whatever way it writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from extract.dump.bare_rows import bare_drafts
from extract.dump.charts.tables import charts
from extract.dump.columnar.tables import columnar_drafts
from extract.dump.delimited import delimited_drafts
from extract.dump.draft import Draft
from extract.dump.figures import (
    is_torn,
    tally,
    with_cut_groups,
    with_lost_figures,
    with_marks_together,
    with_mixed_cells,
    with_run_together,
    with_stuck_figures,
    with_torn_figures,
)
from extract.dump.figures_among import with_columns_doubted
from extract.dump.frames import with_rules_told
from extract.dump.heads_between import parted_at_heads
from extract.dump.layout.seams import parted
from extract.dump.layout.tables import layout_drafts
from extract.dump.leftover import with_leftover
from extract.dump.levels import counted_row_by_row
from extract.dump.likelier import likelier
from extract.dump.lines import SourceLine
from extract.dump.numbers_apart import with_numbers_apart
from extract.dump.relaid.pages import relaid
from extract.dump.remnants import remnant_drafts
from extract.dump.rubble import pages_of_values, rubble_drafts
from extract.dump.stream.tables import celled_drafts, stream_drafts
from extract.dump.swallowed import with_labels_together, with_swallowed_rows
from extract.dump.tokens import tokenize
from extract.dump.torn.tables import with_restored_headers
from extract.dump.torn_figures import with_whole_figures

# Of the figures that places give cells of their own; where places are wrong in a row or two it is 1.06.
_CLEAR_GAIN = 1.1
# Of the figures of a reading that holds torn ones in two cells each, so many are left where those are whole.
_MADE_WHOLE = 0.5
_BESIDE = (
    "Trang này ghi bảng theo từng cột: bảng từ dòng {} đến dòng {} có thể thiếu cột hoặc lẫn cột "
    "của bảng khác."
)
# Figures on one line beside a name that are a row's, the share of a row's figures, and of rows, that are
# most, and such lines that tell.
_FIGURES_OF_ROW, _MOST_OF_ROW, _LEAST_BESIDE = 4, 0.6, 2


def table_drafts(lines: Sequence[SourceLine], is_place: Callable[[str], float] | None = None) -> list[Draft]:
    """The tables in order of their lines, no two of which share a line, each with its doubts."""
    lines = with_rules_told(lines)
    drafts = delimited_drafts(lines)
    charted = charts(_outside(lines, drafts))
    drafts += charted.drafts
    lines = relaid([line for line in lines if line.number not in charted.axes])
    rest = _outside(lines, drafts)
    drafts += [_doubted(draft) for draft in _undelimited(rest, is_place)]
    by_columns = {page for draft in drafts if draft.own for page in draft.pages}
    drafts = [_beside_columns(draft, by_columns) for draft in drafts]
    drafts += rubble_drafts(_outside(lines, drafts), by_columns | pages_of_values(lines))
    drafts += remnant_drafts(_outside(lines, drafts))
    drafts = with_leftover(drafts, _outside(lines, drafts))
    beside = {id(a) for a in drafts for b in drafts if a is not b and a.first_line == b.first_line}
    drafts = [draft if id(draft) in beside else _with_lost(draft, drafts, lines) for draft in drafts]
    found = sorted(drafts, key=lambda d: d.first_line)
    for i in range(len(found) - 1):
        found[i : i + 2] = parted(found[i], found[i + 1], lines)
    return with_restored_headers(found, lines)


def _beside_columns(draft: Draft, pages: Set[int]) -> Draft:
    """The draft with a doubt where it stands on one of the `pages` on which a table was put together from
    even columns: others of its columns may be in that one."""
    if draft.doubts or not pages & set(draft.pages):
        return draft
    return replace(draft, doubts=(_BESIDE.format(draft.first_line, draft.last_line),))


def _with_lost(draft: Draft, drafts: Sequence[Draft], lines: Sequence[SourceLine]) -> Draft:
    """The draft with a doubt that names figures that it lost of its own lines: others' stand among them."""
    others = frozenset[int]().union(*(other.own for other in drafts)) - draft.own
    return with_lost_figures(
        draft, [line for line in lines if line.number not in others] if others else lines
    )


def _doubted(draft: Draft) -> Draft:
    """The table with doubts where its cells show that columns or figures were cut in the wrong place."""
    draft = with_columns_doubted(with_numbers_apart(draft))
    draft = with_cut_groups(with_mixed_cells(with_stuck_figures(with_run_together(draft))))
    return with_labels_together(with_swallowed_rows(with_marks_together(with_torn_figures(draft))))


def _undelimited(lines: Sequence[SourceLine], is_place: Callable[[str], float] | None) -> list[Draft]:
    """The tables of each part of the lines that another table's header ends."""
    return [draft for part in parted_at_heads(lines) for draft in _of_part(part, is_place)]


def _of_part(lines: Sequence[SourceLine], is_place: Callable[[str], float] | None) -> list[Draft]:
    """Tables written row after row a cell a line, then those written column after column, then the others."""
    celled = celled_drafts(lines, is_place)
    whole = with_whole_figures(lines)
    sure = [draft for draft in celled if not draft.doubts]
    columnar = [] if counted_row_by_row(lines) else columnar_drafts(_outside(whole, sure))
    by_columns = [d for d in columnar if not _stands_in_rows(d, whole)]
    found = sure + likelier(by_columns, [draft for draft in celled if draft.doubts], whole)
    return found + _by_rows(_outside(lines, found), is_place)


def _stands_in_rows(draft: Draft, lines: Sequence[SourceLine]) -> bool:
    """Whether most rows of a table stand on lines of their own, a name and most of its figures on each; most
    of its figures stand on lines of several; or a line has more figures than the table has columns."""
    own = [line for line in lines if line.number in draft.lines]
    kinds = [[token.kind for token in tokenize(line.text)] for line in own]
    counts = [found.count("figure") for found in kinds]
    beside = [count for count in counts if count >= _FIGURES_OF_ROW]
    several = len(beside) >= _LEAST_BESIDE and sum(beside) > _MOST_OF_ROW * sum(counts)
    if several or max(counts, default=0) > max(_FIGURES_OF_ROW, draft.n_cols):
        return True
    least = max(_FIGURES_OF_ROW, _MOST_OF_ROW * (draft.n_cols - 2))
    rows = sum("word" in found and found.count("figure") >= least for found in kinds)
    return rows > _MOST_OF_ROW * (len(draft.rows) - (draft.header_rows or 0))


def _by_rows(lines: Sequence[SourceLine], is_place: Callable[[str], float] | None) -> list[Draft]:
    """Tables by the places of their columns; by the order of their words alone where those places run
    several figures into one cell and the order gives more figures cells of their own: clearly more where it
    isn't sure of its columns. The whole dump is read so where the places are wrong in most of it."""
    placed = layout_drafts(lines)
    bare = bare_drafts(_outside(lines, placed))
    lines = _outside(lines, bare)
    poor = [draft for draft in placed if tally([draft]).is_poor or is_torn(draft)]
    if 2 * sum(tally([draft]).figures for draft in poor) > tally(placed).figures:
        return bare + _better(placed + stream_drafts(_outside(lines, placed), is_place), lines, is_place)
    drafts = [draft for draft in placed if draft not in poor]
    for draft in poor:
        own = [line for line in lines if draft.first_line <= line.number <= draft.last_line]
        drafts += _better([draft], own, is_place)
    return bare + drafts + stream_drafts(_outside(lines, placed), is_place)


def _better(
    placed: list[Draft], lines: Sequence[SourceLine], is_place: Callable[[str], float] | None
) -> list[Draft]:
    """The tables of the lines as they were placed or as the order of their words has them."""
    found = tally(placed)
    torn = any(map(is_torn, placed))
    if not (found.is_poor or torn):
        return placed
    streamed = stream_drafts(lines, is_place)
    if torn and not any(map(is_torn, streamed)) and tally(streamed).alone > _MADE_WHOLE * found.alone:
        return streamed
    least = found.alone * (_CLEAR_GAIN if any(draft.doubts for draft in streamed) else 1.0)
    return streamed if tally(streamed).alone > least else placed


def _outside(lines: Sequence[SourceLine], drafts: Sequence[Draft]) -> list[SourceLine]:
    taken = {n for draft in drafts for n in draft.lines}
    return [line for line in lines if line.number not in taken]

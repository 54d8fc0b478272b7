"""Tables that seem to be parts of one: a continuation that was refused, a beginning that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from checks.conservation.grid_view import GridView
from model.table import Table
from normalize.unicode import fold

SAME_TEXT = 85.0
"""rapidfuzz ratio of two tables' folded headers, or titles, from which they are one; two readings of one
header lie above 92, a faint or shaded one above 85."""

AMONG_FIRST = 3
"""How many of a table's first row numbers may be the next of the one above, which then counts at least so
far: a table of its own begins 1, 2, 3."""

FEWEST_COLUMNS = 2
"""Columns that a part of a table has at least."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Two tables (their places in the document) that may be one, and why, in plain Vietnamese."""

    upper: int
    lower: int
    why: str


GOES_ON = "số thứ tự chạy tiếp"
NO_HEAD = "phần sau không có tiêu đề cột"
SAME = "phần sau có cùng tiêu đề cột và không bắt đầu từ số thứ tự 1"


def kin(views: Sequence[GridView]) -> Iterator[Kin]:
    """The pairs of tables that follow each other, at most a page apart, of which the lower seems to go on the
    upper one."""
    for lower in range(1, len(views)):
        upper, below = views[lower - 1], views[lower]
        if not 0 <= below.table.page_first - upper.table.page_last <= 1:
            continue
        why = _goes_on(upper, below)
        if why:
            yield Kin(lower - 1, lower, why)


def _goes_on(upper: GridView, lower: GridView) -> str:
    """Why `lower` seems to go on `upper`, or ''."""
    if min(upper.table.n_cols, lower.table.n_cols) < FEWEST_COLUMNS:
        return ""
    last, first = upper.ordinals[-1:], lower.ordinals[:1]
    starts_inside = bool(first) and first[0] > 1
    if starts_inside and last and first[0] == last[0] + 1:
        return GOES_ON
    if last and last[0] >= AMONG_FIRST and last[0] + 1 in lower.ordinals[:AMONG_FIRST]:
        return GOES_ON  # under a row of column numbers that was taken for the first
    if upper.leads and lower.leads and lower.leads[0] > 1 and 0 <= lower.leads[0] - upper.leads[-1] <= 1:
        return GOES_ON  # 3.4 after 3.3: the sections are too few to tell by themselves
    ours, theirs = fold(upper.table.title), fold(lower.table.title)
    if theirs and fuzz.ratio(ours, theirs) < SAME_TEXT:  # a title of its own
        return ""
    if not any(lower.heads) and upper.table.header_rows and _may_be_cut(upper.table, lower.table):
        return NO_HEAD
    return SAME if starts_inside and _same_head(upper, lower) else ""


def _may_be_cut(upper: Table, lower: Table) -> bool:
    """Whether a table without a header may be the rest of the one above: in a text dump, whose columns are
    told by words, only one of as many columns."""
    return upper.kind != "text" or upper.n_cols == lower.n_cols


def _same_head(upper: GridView, lower: GridView) -> bool:
    ours, theirs = (fold(" ".join(dict.fromkeys(view.heads))) for view in (upper, lower))
    return bool(ours) and fuzz.ratio(ours, theirs) >= SAME_TEXT

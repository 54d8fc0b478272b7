"""What a page break leaves of a laid-out table at the top of the next page: its total row, alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.dump.draft import Draft
from extract.dump.layout_columns import LaidLine
from normalize.totals import is_total_label

_PAGE_NUMBER = re.compile(r"^\W*\d{1,3}\W*$")
# Columns before those of figures: a row number and a label, or a label alone.
_LEADS = (1, 2)


def total_alone(draft: Draft, page: Sequence[LaidLine]) -> LaidLine | None:
    """The first line of the page after the table's, where it is a total row with a figure for each of the
    table's columns of figures; else None."""
    filled = [x for x in page if not x.blank and not _PAGE_NUMBER.match(x.source.text)]
    if not filled or filled[0].source.page != draft.pages[-1] + 1:
        return None
    line = filled[0]
    figures = line.segments[1:]
    fits = draft.n_cols - len(figures) in _LEADS and all(s.figure for s in figures)
    return line if figures and fits and is_total_label(line.segments[0].text) else None


def with_total(draft: Draft, line: LaidLine) -> Draft:
    """The table with the total row of the next page."""
    label, *figures = (s.text for s in line.segments)
    lead = draft.n_cols - len(figures)
    row = (*("",) * (lead - 1), label, *figures)
    return replace(
        draft,
        rows=(*draft.rows, row),
        last_line=line.source.number,
        pages=(*draft.pages, line.source.page),
    )

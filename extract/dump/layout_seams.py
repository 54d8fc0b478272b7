"""A laid-out table over a page break: its parts joined, and a total row that the break left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.dump.draft import Draft
from extract.dump.layout_columns import LaidLine, is_figure
from extract.dump.lines import SourceLine, is_rule
from extract.dump.ordinals import read_ordinal
from normalize.totals import is_total_label
from normalize.unicode import fold

_PAGE_NUMBER = re.compile(r"^\W*\d{1,3}\W*$")
# Columns before those of figures: a row number and a label, or a label alone.
_LEADS = (1, 2)
# A header printed again has most of its words; a row that the page parts may stand among them.
_SAME_HEADER = 0.8
_FIGURES = 0.8  # of a column's texts: it is one of figures


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


def levelled(before: Draft, after: Draft) -> tuple[Draft, Draft]:
    """Two parts as wide as each other where they have the same columns of figures at their right and one has
    fewer columns of words: two of those ran into each other on its page."""
    if before.n_cols == after.n_cols or _figure_columns(before) != _figure_columns(after):
        return before, after
    width = max(before.n_cols, after.n_cols)
    return _widened(before, width), _widened(after, width)


def _figure_columns(draft: Draft) -> int:
    """How many columns at the right hold nothing but figures."""
    columns = list(zip(*draft.rows[draft.header_rows or 0 :], strict=True))
    count = 0
    for column in reversed(columns):
        filled = [text for text in column if text]
        if sum(map(is_figure, filled)) < _FIGURES * len(filled):
            break
        count += 1
    return count


def _widened(draft: Draft, width: int) -> Draft:
    """The part with empty columns before its columns of figures."""
    more = width - draft.n_cols
    at = draft.n_cols - _figure_columns(draft)
    if more <= 0:
        return draft
    spans = tuple(replace(s, col=s.col + more) if s.col >= at else s for s in draft.spans)
    rows = tuple((*row[:at], *("",) * more, *row[at:]) for row in draft.rows)
    return replace(draft, rows=rows, spans=spans)


def goes_on(before: Draft, after: Draft, lines: Sequence[SourceLine]) -> bool:
    """Whether a table at the top of a page goes on with the last one: nothing but page numbers between,
    as many columns, and the same header or none, or row numbers that run on."""
    if before.pages[-1] + 1 != after.pages[0] or before.n_cols != after.n_cols:
        return False
    old, new = before.header_rows or 0, after.header_rows or 0
    words, known = _words(after.rows[:new]), _words(before.rows[:old])
    between = [
        line
        for line in lines
        if before.last_line < line.number < after.first_line and not line.blank and not is_rule(line.text)
    ]
    if not all(_PAGE_NUMBER.match(line.text) or set(line.key.split()) <= known for line in between):
        return False
    if not new or not known:
        return not new
    if words <= known:
        return 2 * len(words) > len(known)
    return len(words & known) >= _SAME_HEADER * len(known) and not _counts_anew(after.rows[new:])


def _counts_anew(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row number of a table's part is the first of all."""
    numbers = [ordinal for row in rows if (ordinal := read_ordinal(row[0])) is not None]
    return bool(numbers) and set(numbers[0].value) == {1}


def _words(rows: Sequence[Sequence[str]]) -> set[str]:
    return {word for row in rows for cell in row for word in fold(cell).split()}


def joined(before: Draft, after: Draft) -> Draft:
    """The two parts as one table; a header repeated on the new page is left out."""
    head = after.header_rows or 0
    return Draft(
        rows=(*before.rows, *after.rows[head:]),
        first_line=before.first_line,
        last_line=after.last_line,
        pages=(*before.pages, *after.pages[head:]),
        header_rows=before.header_rows,
        spans=before.spans,
        doubtful=before.doubtful,
        notes=before.notes,
        confidence=before.confidence,
    )

"""Lines without figures between the parts of a laid-out table over a page's end: the rest of the last row's
label, and the row of a section that stands alone at the end or the top of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, is_caption, is_rule
from extract.dump.tokens import kind_of
from normalize.captions import page_number
from normalize.ordinals import read_ordinal, runs_on
from normalize.unicode import fold

_MOST_LINES = 3
_WIDE, _SHORT = "   ", 2  # blanks between columns; digits of a figure within a name
_LEAD = 2  # columns of row number and label


def with_lines_between(before: Draft, after: Draft, lines: Sequence[SourceLine]) -> Draft:
    """The first part with what stands between it and the second in its rows, where the row numbers run on
    over both; as it is where a line there may be none of the table's."""
    if before.pages[-1] + 1 != after.pages[0] or before.n_cols != after.n_cols or before.n_cols <= _LEAD:
        return before
    known = {word for row in before.rows[: before.header_rows or 0] for c in row for word in fold(c).split()}
    between = [
        x
        for x in lines
        if before.last_line < x.number < after.first_line
        and not (x.blank or is_rule(x.text) or page_number(x.text) is not None)
        and not set(x.key.split()) <= known
    ]
    if not 0 < len(between) <= _MOST_LINES or any(map(_is_none_of_it, between)):
        return before
    rows = [list(row) for row in before.rows]
    pages = list(before.pages)
    for line in between:
        first, *rest = line.text.split()
        if rest and read_ordinal(first):
            rows.append([first, " ".join(rest), *("",) * (before.n_cols - _LEAD)])
            pages.append(line.page)
        else:
            rows[-1][1] = " ".join((rows[-1][1], first, *rest)).strip()
    numbers = [row[0] for row in rows[before.header_rows or 0 :] if row[0]]
    if not runs_on(numbers, [row[0] for row in after.rows[after.header_rows or 0 :] if row[0]]):
        return before
    whole = tuple(map(tuple, rows))
    return replace(before, rows=whole, pages=tuple(pages), last_line=between[-1].number)


def _is_none_of_it(line: SourceLine) -> bool:
    words = line.text.split()
    rest = words[1:] if read_ordinal(words[0]) else words
    if is_caption(line) or not rest or kind_of(rest[0]) != "word":
        return True
    named = rest[0][0].islower() and _WIDE not in line.text.strip()  # `số 5 đến ngã ba` goes on with a label
    return any(
        kind_of(word) != "word" and not (named and word.isdigit() and len(word) <= _SHORT) for word in rest
    )

"""Where another table begins among the lines of a dump."""

from __future__ import annotations

from collections.abc import Sequence

from extract.dump.lines import SourceLine, in_capitals, opens_table
from extract.dump.tokens import kind_of
from normalize.ordinals import is_ordinal_head

_TITLE_LINES, _LEAST_FIGURES = 8, 8  # from a title to the heading of row numbers; of a table above it


def begins_table(page: Sequence[SourceLine], i: int) -> bool:
    """Whether a line opens a table: its caption does, or a title in capitals that a heading of row numbers
    follows, below another table's figures."""
    if opens_table(page[i], page[i - 1]):
        return True
    if not in_capitals(page[i].text) or in_capitals(page[i - 1].text):
        return False
    below = [line for line in page[i + 1 : i + 1 + _TITLE_LINES] if not line.blank]
    figures = sum(kind_of(word) == "figure" for line in page[:i] for word in line.text.split())
    return figures >= _LEAST_FIGURES and any(
        is_ordinal_head(line.text) or is_ordinal_head(line.text.split()[0]) for line in below
    )

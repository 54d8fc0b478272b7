"""Whether a table goes on with the one before it: the next page prints the same header, line for line."""

from __future__ import annotations

from collections.abc import Sequence

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine
from normalize.captions import page_number
from normalize.unicode import squeeze

_COMPARED = 3  # lines of a header
_WITHIN = 12  # lines from a table's first: a title may stand among them
_ABOVE = 4  # lines of a header that were taken for its title
_LEAST_WORDS = 4  # of those lines: a caption that all annexes share is shorter than a header


def printed_again(before: Draft, after: Draft, lines: Sequence[SourceLine]) -> bool:
    """Whether the lines at the head of a page's first table are those at the head of the table before it, on
    the page before, and nothing but page numbers stands between the two."""
    if after.pages[0] != before.pages[-1] + 1:
        return False
    old = {
        squeeze(x.key)
        for x in _filled(lines, before.first_line - _ABOVE, before.last_line)[: _ABOVE + _WITHIN]
    }
    between = _filled(lines, before.last_line + 1, after.first_line - 1)
    if not all(page_number(line.text) is not None or squeeze(line.key) in old for line in between):
        return False
    new = [squeeze(x.key) for x in _filled(lines, after.first_line, after.last_line)[:_COMPARED]]
    words = {word for line in new for word in line.split()}
    return len(new) == _COMPARED and len(words) >= _LEAST_WORDS and set(new) <= old


def _filled(lines: Sequence[SourceLine], first: int, last: int) -> list[SourceLine]:
    return [line for line in lines if first <= line.number <= last and not line.blank]

"""Where the pages of a dump end that marks none: at their numbers, each in a block of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from normalize.captions import page_number

_LEAST_LINES = 12  # with print, on a page


def with_pages_told(pages: Sequence[list[str]]) -> list[list[str]]:
    """The lines by pages, where a dump without form feeds ends with a page's number and has each number
    before it once alone between blank lines, pages apart; as they were, else."""
    if len(pages) != 1:
        return list(pages)
    lines = pages[0]
    ends = _ends(lines)
    if len(ends) < 2:
        return list(pages)
    bounds = [0, *(end + 1 for end in ends[:-1]), len(lines)]
    return [lines[a:b] for a, b in pairwise(bounds)]


def _ends(lines: Sequence[str]) -> list[int]:
    """The lines of all page numbers, the last of which ends the dump; [] where one of them is not told."""
    alone = [
        i
        for i, line in enumerate(lines)
        if page_number(line) is not None
        and all(not lines[k].strip() for k in (i - 1, i + 1) if 0 <= k < len(lines))
    ]
    filled = [i for i, line in enumerate(lines) if line.strip()]
    if not alone or alone[-1] != filled[-1]:
        return []
    place = {i: k for k, i in enumerate(filled)}
    count = page_number(lines[alone[-1]]) or 0
    ends = [alone[-1]]
    for number in range(count - 1, 0, -1):
        found = [
            i for i in alone if page_number(lines[i]) == number and place[i] + _LEAST_LINES < place[ends[-1]]
        ]
        if len(found) != 1:
            return []
        ends.append(found[0])
    return ends[::-1]

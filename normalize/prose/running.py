"""Lines among the prose that are none of it: page numbers, and feet and heads that pages repeat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from model.page import TextLine
from normalize.captions import page_number
from normalize.unicode import fold, squeeze

# Pages that a short line must stand on, the figures in it apart, to be a running head or foot.
_PAGES, _LONGEST = 3, 60


def without_running(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines without page numbers and without the heads and feet that stand on page after page.

    A page number is a figure alone at its page's first or last place; a text without pages (one page) keeps
    all its lines.
    """
    by_page: dict[int, list[TextLine]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    if len(by_page) == 1:
        return list(lines)
    edges = {id(line) for page in by_page.values() for line in (*page[:2], *page[-2:])}
    seen: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        if id(line) in edges:
            seen[_kind(line.text)].add(line.page)
    return [
        line
        for line in lines
        if id(line) not in edges
        or not (
            page_number(line.text) is not None
            or (len(line.text) <= _LONGEST and len(seen[_kind(line.text)]) >= _PAGES)
        )
    ]


def _kind(text: str) -> str:
    """The text with its figures alike: `Trang 3` and `Trang 4` are one kind."""
    return re.sub(r"\d+", "0", squeeze(fold(text)))

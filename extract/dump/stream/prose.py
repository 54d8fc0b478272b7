"""Running text that looks like a stream table: numbered headings, and figures in the sentences below them."""

from __future__ import annotations

import re

from extract.dump.stream.sections import Section

_ENDS = re.compile(r"[\w%)”\"][.;:]$|\./\.$")
# Letters and words of a sentence; cells that end as one are shorter or stand among others. Of the letters of
# 541 sections of tables (dumps of eleven reports by ten programs) at most 0.22 stand in such lines, of two
# reports without a table 0.82 and 0.89.
_LONG, _WORDS, _MOSTLY = 40, 6, 0.5


def is_prose(section: Section) -> bool:
    """Whether most letters of a section without column numbers stand in sentences."""
    if section.numbering is not None:
        return False
    texts = [line.line.text.strip() for line in section.body]
    letters = sum(map(len, texts))
    return sum(len(text) for text in texts if _is_sentence(text)) > _MOSTLY * letters


def _is_sentence(text: str) -> bool:
    words = [word for word in text.split() if word[:1].isalpha()]
    return len(text) >= _LONG and len(words) >= _WORDS and bool(_ENDS.search(text))

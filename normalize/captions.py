"""What stands over a table and at a page's edge: words that name a table, and page numbers.

The words are lines of `lexicon/data/captions.tsv`; whoever asks whether a line names a table asks here.
"""

from __future__ import annotations

import re
from functools import cache

from normalize.lexicon import entries
from normalize.unicode import fold

_PAGE_NUMBER = re.compile(r"[^\w%]*(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?[^\w%]*", re.IGNORECASE)


@cache
def _opens(*kinds: str) -> re.Pattern[str]:
    words = "|".join(word for kind, word, _ in entries("captions") if not kinds or kind in kinds)
    return re.compile(rf"\W*(?:{words})\b")


def page_number(text: str) -> int | None:
    """The number of a line that is only a page's (`2`, `- 3 -`, `Trang 4/9`); None for other lines, and for
    a number of more than three figures, which may be a table's own."""
    match = _PAGE_NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def names_table(text: str) -> bool:
    """Whether a line by itself says that a table follows (`Bảng 2. ...`, `Biểu số 3`, `PHỤ LỤC`); a sentence
    that begins so is none."""
    key = fold(text)
    return bool(_opens().match(key)) and not key.endswith((";", "."))


def begins_as_table(text: str) -> bool:
    """Whether a text begins with the words of a table's title (`BẢNG GIÁ ...`), annexes and forms apart."""
    return bool(_opens("table").match(fold(text)))

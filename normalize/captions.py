"""What stands over a table and at a page's edge: words that name a table, and page numbers.

The words are lines of `lexicon/data/captions.tsv`; whoever asks whether a line names a table asks here.
"""

from __future__ import annotations

import re
from functools import cache

from normalize.lexicon import entries
from normalize.unicode import fold

_OF_TABLES = ("annex", "form", "table", "numbered")
_PAGE_NUMBER = re.compile(r"[^\w%]*(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?[^\w%]*", re.IGNORECASE)


def _words(*kinds: str) -> str:
    """The words of some kinds, or of all that name a table, as alternatives."""
    return "|".join(word for kind, word, _ in entries("captions") if kind in (kinds or _OF_TABLES))


@cache
def _opens(*kinds: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_words(*kinds)})\b")


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


@cache
def _numbered() -> re.Pattern[str]:
    number = r"(?:\d{1,3}|[ivx]{1,4})[a-z]?"
    return re.compile(rf"\W{{0,3}}(?:{_words('numbered')})\s+(?:so\s+)?{number}\s*[.:–—-]\s*[^\W\d]")


def numbers_table(key: str) -> bool:
    """Whether a folded line is a table's title, its number first (`Bảng 2. ...`, `Biểu số 3a: ...`)."""
    return bool(_numbered().match(key))


def names_chart(key: str) -> bool:
    """Whether a folded line is a chart's caption (`Biểu đồ 2. ...`, `Hình 3: ...`, `Biểu đồ kết quả ...`)."""
    return bool(_opens("chart").match(key)) and not key.endswith((";", "."))


def begins_as_table(text: str) -> bool:
    """Whether a text begins with the words of a table's title (`BẢNG GIÁ ...`), annexes and forms apart."""
    return bool(_opens("table").match(fold(text)))

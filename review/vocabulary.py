"""Words that a document says elsewhere, likeliest first: for a cell that was read badly, and to complete what
is typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import log2

from rapidfuzz import fuzz

from model.document import Document
from model.table import Cell, Table
from normalize.diacritics.lm import own_model
from normalize.unicode import fold

_ALIKE = 55.0  # of 100: texts of a column less alike than that are other texts (photocopies of price lists)
_EACH_TIME = 8.0  # what a text gains each time the column says it twice as often: noise stands there once
_MOST_ALIKE, _MOST_SPELLED = 7, 2
_MOST_WORDS, _MOST_OF_COLUMN = 400, 100  # texts that a page carries to complete what is typed
_LONGEST = 80  # letters of a text that is worth completing as a whole
_SHORTEST_WORD = 4


def alike(document: Document, table: Table, cell: Cell) -> list[str]:
    """What a cell of words may say instead of what was read: its words with digits that stand for letters put
    right, then what other cells of the column say (of a header: other headers of the document), the likest
    first, of those what stands there often; what stands there more than once however unlike it is."""
    read = fold(cell.text)
    if not any(ch.isalpha() for ch in read):
        return []
    told = Counter(_headers(document) if cell.is_header else _column(table, cell))
    told.pop(cell.text, None)
    scored = [(fuzz.ratio(read, fold(text)), times, text) for text, times in told.items()]
    found = [(r + _EACH_TIME * log2(n), n, text) for r, n, text in scored if r >= _ALIKE or n > 1]
    found.sort(key=lambda f: (f[1] == 1, -f[0], f[2]))
    return list(dict.fromkeys([*_spelled(document, cell.text), *(text for _, _, text in found)]))[
        :_MOST_ALIKE
    ]


def _spelled(document: Document, text: str) -> list[str]:
    """A text in which a digit was read for a letter (`Khôn 8 quy định`, `3ông/m`) with the words that the
    document, or else the language, has in its place, the frequent first."""
    parts = text.split()
    words = Counter(word.lower() for line in _lines(document) for word in _words_of(line))
    for n, part in enumerate(parts):
        before = parts[n - 1] if n and part.isdecimal() and len(part) == 1 else ""
        read = before + part
        if not (any(map(str.isdecimal, read)) and any(map(str.isalpha, read))):
            continue
        shape = re.compile("".join("." if ch.isdecimal() else re.escape(fold(ch)) for ch in read))
        rest = (parts[: n - 1] if before else parts[:n]), parts[n + 1 :]
        known = [*_ranked(words), *own_model().vocabulary]
        found = list(dict.fromkeys(word for word in known if shape.fullmatch(fold(word))))[:_MOST_SPELLED]
        return [" ".join([*rest[0], w.capitalize() if read[0].isupper() else w, *rest[1]]) for w in found]
    return []


def _lines(document: Document) -> Iterator[str]:
    yield from (line.text for line in document.running)
    yield from (text for t in document.tables for c in t.cells() for text in _worth(c))


def _column(table: Table, cell: Cell) -> Iterator[str]:
    for line in table.body:
        if cell.col < len(line) and line[cell.col] is not cell:
            yield from _worth(line[cell.col])


def _headers(document: Document) -> Iterator[str]:
    for table in document.tables:
        for c in table.cells():
            if c.is_header:
                yield from _worth(c)


def _worth(cell: Cell) -> Iterator[str]:
    text = " ".join(cell.text.split())
    if text and cell.status != "doubtful" and any(ch.isalpha() for ch in text):
        yield text


def words_for(document: Document, table: Table | None) -> dict[str, list[str]]:
    """What may be meant by the first letters that are typed into a cell of a table: by column what it says,
    under `header` what headers say, under '' other cells of the document, then its words; the frequent
    first."""
    columns: dict[str, Counter[str]] = {}
    for line in table.body if table else ():
        for cell in line:
            columns.setdefault(str(cell.col), Counter()).update(_worth(cell))
    told = {col: _ranked(texts)[:_MOST_OF_COLUMN] for col, texts in columns.items()}
    headers = _ranked(Counter(_headers(document)))[:_MOST_OF_COLUMN]
    return told | {"header": headers, "": document_words(document)}


def document_words(document: Document) -> list[str]:
    """The texts of a document's cells, then its words; the frequent first."""
    texts = Counter(text for t in document.tables for c in t.cells() for text in _worth(c))
    words = Counter(word for line in _lines(document) for word in _words_of(line))
    return list(dict.fromkeys([*_ranked(texts), *_ranked(words)]))[:_MOST_WORDS]


def _words_of(line: str) -> Iterator[str]:
    for word in line.split():
        bare = word.strip(".,;:()“”\"'-–/")
        if len(bare) >= _SHORTEST_WORD and bare.isalpha():
            yield bare


def _ranked(told: Counter[str]) -> list[str]:
    return sorted((t for t in told if len(t) <= _LONGEST), key=lambda text: (-told[text], text))

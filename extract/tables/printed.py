"""Printed lines of a page, cut into pieces at wide gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.tables.assign import line_text, printed_rows
from model.geometry import Box
from model.page import Word
from normalize.dates import compares_years
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal
from normalize.wraps import unwrapped

# Share of the type size (em), measured on renders of ruled-less reports: words of one cell stand under
# 0.8 em apart, also in justified prose.
_CHUNK_GAP = 0.8
_SECTION_PIECES = 2
_LONGEST_SECTION = 90  # letters; two lines of a portrait page are prose
_NEAR_LINE = 1.3  # em between the middles of two lines of one cell, and somewhat more
_FORMULA_PIECE = re.compile(r"^[\d\s()=+\-–*×x:/.,%÷]*[()=+\-–*×x:/÷%][\d\s()=+\-–*×x:/.,%÷]*$")
_NUMBERED_CHUNKS = 3
_MOST_PIECES = 0.6  # of a line of formulas' ends
_EM = 1.3  # heights of a word's box
_USUAL_EM = 10.0  # points


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one printed line without a wide gap between them."""

    words: tuple[Word, ...]
    box: Box
    text: str

    @property
    def figure(self) -> bool:
        """Whether it is a figure or what stands for none; years held against each other name a column."""
        counts = looks_numeric(self.text) and not compares_years(self.text)
        return counts or is_none_mark(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, cut into chunks."""

    chunks: tuple[Chunk, ...]
    box: Box

    @property
    def words(self) -> list[Word]:
        return [w for c in self.chunks for w in c.words]

    @property
    def seed(self) -> bool:
        """A line of a table for sure: a figure stands alone to the right of something else, or an ordinal
        opens a line of three and more pieces."""
        figures = len(self.chunks) >= 2 and any(c.figure for c in self.chunks[1:])
        return figures or (len(self.chunks) >= _NUMBERED_CHUNKS and is_ordinal(self.chunks[0].text))


def type_size(words: Sequence[Word]) -> float:
    """The type size of words in points: the font's, or for read ink 1.3 times the usual word height."""
    sizes = [w.size for w in words if w.size > 0]
    if len(sizes) * 2 > len(words):
        return median(sizes)
    return _EM * median([w.box.height for w in words]) if words else _USUAL_EM


def printed_lines(words: Sequence[Word], em: float) -> list[Line]:
    """Lines from the top down, each cut into chunks at gaps of 0.8 em."""
    lines = []
    for row in printed_rows(words):
        chunks: list[list[Word]] = []
        for word in row:
            if chunks and word.box.x0 - chunks[-1][-1].box.x1 <= _CHUNK_GAP * em:
                chunks[-1].append(word)
            else:
                chunks.append([word])
        cut = tuple(Chunk(tuple(c), Box.union(w.box for w in c), line_text(c)) for c in chunks)
        lines.append(Line(cut, Box.union(c.box for c in cut)))
    return sorted(lines, key=lambda line: line.box.center[1])


def with_whole_numberings(lines: Sequence[Line], em: float) -> list[Line]:
    """`lines` with a row of column numbers made one line again where formulas wrap (`(7)=(6)-` over `(5)`):
    the lines next to it that hold nothing but pieces of formulas."""
    whole: list[Line] = []
    taken: set[int] = set()
    for i, line in enumerate(lines):
        if i in taken:
            continue
        texts = [c.text for c in line.chunks]
        if not (is_numbering(texts) or (len(texts) >= _NUMBERED_CHUNKS and is_part_of_numbering(texts))):
            whole.append(line)
            continue
        above = whole[-1:] if i - 1 not in taken and whole and _wraps(whole[-1], line, em) else []
        below = lines[i + 1 : i + 2] if i + 1 < len(lines) and _wraps(lines[i + 1], line, em) else []
        row = _as_one([*above, line, *below])
        if not is_numbering([c.text for c in row.chunks]):
            whole.append(line)
            continue
        whole[len(whole) - len(above) :] = [row]
        taken |= {i + 1} if below else set()
    return whole


def _wraps(piece: Line, numbering: Line, em: float) -> bool:
    near = abs(piece.box.center[1] - numbering.box.center[1]) < _NEAR_LINE * em
    formulas = [c for c in piece.chunks if _FORMULA_PIECE.match(c.text) and not c.text.endswith("%")]
    whole = len(formulas) > _MOST_PIECES * len(piece.chunks)  # of `(6)=(7)+(` a reader makes `+C`
    return near and whole and len(piece.chunks) < len(numbering.chunks)


def _as_one(parts: Sequence[Line]) -> Line:
    """Lines of one row as one line, pieces over each other as one piece."""
    chunks: list[Chunk] = []
    for chunk in (c for part in parts for c in part.chunks):
        over = [i for i, c in enumerate(chunks) if min(c.box.x1, chunk.box.x1) > max(c.box.x0, chunk.box.x0)]
        if over:
            known = chunks[over[0]]
            text = unwrapped(f"{known.text}\n{chunk.text}")
            chunks[over[0]] = Chunk(known.words + chunk.words, Box.union((known.box, chunk.box)), text)
        else:
            chunks.append(chunk)
    ordered = tuple(sorted(chunks, key=lambda c: c.box.x0))
    return Line(ordered, Box.union(c.box for c in ordered))


def names_section(line: Line) -> bool:
    """A lone chunk that begins a line like a section row: an ordinal or capitals, not a paragraph."""
    if len(line.chunks) > _SECTION_PIECES:
        return False
    text = line_text(line.words)
    letters = [c for c in text if c.isalpha()]
    upper = bool(letters) and all(c.isupper() for c in letters)
    numbered = is_ordinal(text.split()[0]) if text else False
    bold = all(w.bold for w in line.words)
    return (upper or numbered or bold) and len(text) < _LONGEST_SECTION

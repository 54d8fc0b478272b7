"""Lines of running text joined to sentences, each with the lines that it was printed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.prose.figures import UP_TO, plain_key
from normalize.unicode import squeeze

LONGEST_SENTENCE = 4000  # a longer one is no prose

_OPENS_PARAGRAPH = re.compile(
    r"^\s*(?:[-–+*•]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[ivx]{1,4}[.)]\s|\((?!\s*(?:[\d.,]+\s*%|(?:tang|giam|dat|chiem|bang)\s))"
    r"|phu luc|noi nhan|kinh gui|~)"
)
# A line that is a label and its figure (`Tổng số hồ sơ đã tiếp nhận: 4.109`).
_LABELLED = re.compile(r"^[A-ZĐÀ-Ỹ][^.;:]{3,80}:\s*\d[\d.,]*\W*(?:\w+\W*){0,2}$")
_NUMBERED_HEADING = re.compile(r"^\s*(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)]\s?\D{3}")
_SHORT_HEADING = 50  # letters; a line of print holds 80 and more
_OPENS_SENTENCE = re.compile(r"(?:\d{1,2}\s)?[A-ZĐÀ-Ỹ]")  # a footnote's with its number
_SENTENCE_END = re.compile(r"[.!?](?:/\.)?(?=\s+[A-ZĐÀ-Ỹ(\"“*+-]|\s*$)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:TP|Tp|TT|tt|Mr|TS|ThS|BS|KT|TM|TL|v\.v|P|Q)|\s\d{1,2}|^\d{1,2}|\d\.\d{1,2})$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence joined over its lines; `lines` gives for offsets (start, page, line number)."""

    text: str
    lines: tuple[tuple[int, int, int], ...]

    def place_of(self, offset: int) -> tuple[int, int]:
        """(page, line) of the line that the text at `offset` was printed on."""
        page, number = self.lines[0][1:]
        for start, p, n in self.lines:
            if start > offset:
                break
            page, number = p, n
        return page, number


def sentences(lines: Sequence[tuple[str, int, int]]) -> list[Sentence]:
    """Sentences of lines given as (text, page, number): lines that go on are joined first.

    A paragraph ends before a bullet or a numbered heading, and after a line that ends a sentence when the
    next line opens with a capital.
    """
    paragraphs: list[list[tuple[str, int, int]]] = []
    for text, page, number in lines:
        line = squeeze(text)
        if not line:
            continue
        before = paragraphs[-1][-1][0] if paragraphs else ""
        opens = bool(_OPENS_PARAGRAPH.match(plain_key(line))) or bool(_LABELLED.match(line))
        opens = opens and not (before[-1:].isdigit() and UP_TO.match(plain_key(line)))
        ended = before.endswith((".", ";", ":", "!", "?", "./.")) and bool(_OPENS_SENTENCE.match(line))
        apart = before.isupper() != line.isupper() and bool(before) and _heads(before)
        if not paragraphs or opens or ended or apart or (_heads(before) and line[:1].isupper()):
            paragraphs.append([])
        paragraphs[-1].append((line, page, number))
    return [sentence for paragraph in paragraphs for sentence in _cut(paragraph)]


def _heads(line: str) -> bool:
    """Whether a line looks like a heading: capitals throughout, or a short numbered one without an end."""
    if line.isupper():
        return sum(c.isalpha() for c in line) > 1
    return (
        len(line) <= _SHORT_HEADING and bool(_NUMBERED_HEADING.match(plain_key(line))) and line[-1].isalpha()
    )


def _cut(paragraph: Sequence[tuple[str, int, int]]) -> list[Sentence]:
    text, starts = "", []
    for line, page, number in paragraph:
        text = f"{text} {line}" if text else line
        starts.append((len(text) - len(line), page, number))
    out, begin = [], 0
    for match in _SENTENCE_END.finditer(text):
        if (
            match.group() == "."
            and _ABBREVIATED.search(text[begin : match.start()])
            and match.end() < len(text)
        ):
            continue
        out.append(_piece(text, starts, begin, match.end()))
        begin = match.end()
    out.append(_piece(text, starts, begin, len(text)))
    return [s for s in out if s.text]


def _piece(text: str, starts: Sequence[tuple[int, int, int]], begin: int, end: int) -> Sentence:
    while begin < end and text[begin] == " ":
        begin += 1
    inside = [(max(0, s - begin), p, n) for s, p, n in starts if s < end]
    first = max((i for i, (s, _, _) in enumerate(starts) if s <= begin), default=0)
    return Sentence(text[begin:end].strip(), tuple(inside[first:]) or (inside[-1],))

"""What a document says elsewhere in its texts: the same sentence read better, a word in the same company."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz import fuzz

from model.document import Document
from model.table import Cell
from normalize.unicode import fold

_LEAST_WORDS = 4  # of a text that says enough to be known again
_COMPANY = 2  # words on each side by which a piece is known again
_MOST_TWINS = 12  # texts held against one
_MOST_APART = 3  # words that two texts may say otherwise between words that both say
_STROKES = 3  # of a Roman numeral that is read for figures
_ALIKE = 45.0  # of 100: pieces less alike than that are two things, not two readings
_STEPS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 0), (0, 1))  # words of two texts that are one
_TORN = 75.0  # of 100: the same for words that fell apart or ran together (`kèm theo` is no `thuộc`)
_SYMBOL = re.compile(r"(?<![\w/])\d{1,5}/(?:\d{4}/)?[A-ZĐ]{1,6}\d{0,2}-[A-ZĐ]{2,}(?![\w-])")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The texts of a document as words, by what they hold two words of; how often each word stands there;
    the symbols of its acts (`16/2020/NĐ-CP`)."""

    texts: tuple[tuple[str, ...], ...]
    folded: tuple[tuple[str, ...], ...]
    pairs: dict[tuple[str, str], list[int]] = field(repr=False)
    times: Counter[str] = field(repr=False)
    symbols: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> Wording:
        """What a document says, every text once."""
        told = dict.fromkeys(_texts(document))
        texts = tuple(words for text in told if len(words := tuple(text.split())) >= _LEAST_WORDS)
        folded = tuple(tuple(map(key, words)) for words in texts)
        pairs: dict[tuple[str, str], list[int]] = {}
        for n, words in enumerate(folded):
            for pair in dict.fromkeys(pairwise(words)):
                pairs.setdefault(pair, []).append(n)
        times = Counter(bare(word) for words in texts for word in words)
        symbols = dict.fromkeys(found for text in told for found in _SYMBOL.findall(text))
        return cls(texts, folded, pairs, times, tuple(symbols))

    def twins(self, words: Sequence[str]) -> Iterator[tuple[Span, str]]:
        """Where other texts of the document say something else between words that both say: from and to of
        `words`, and what stands there elsewhere."""
        own = [key(word) for word in words]
        shared = Counter(n for pair in dict.fromkeys(pairwise(own)) for n in self.pairs.get(pair, ()))
        for n, _ in sorted(shared.items(), key=lambda s: (-s[1], s[0]))[:_MOST_TWINS]:
            if self.texts[n] != tuple(words):
                yield from self._apart(words, own, n)

    def _apart(self, words: Sequence[str], own: Sequence[str], number: int) -> Iterator[tuple[Span, str]]:
        other, theirs = self.texts[number], self.folded[number]
        blocks = SequenceMatcher(None, own, theirs, autojunk=False).get_matching_blocks()
        for before, after in pairwise(blocks):
            span = (before.a + before.size, after.a)
            said = other[before.b + before.size : after.b]
            ends = after.size == 0 and after.a == len(own) and after.b == len(theirs)
            known = before.size >= _COMPANY and (ends or after.size >= _COMPANY)
            if known and 0 < span[1] - span[0] <= _MOST_APART and 0 < len(said) <= _MOST_APART:
                yield from aligned(span, words[slice(*span)], said)
        for block in blocks:  # words alike but for their marks
            for n in range(block.size):
                if words[block.a + n] != other[block.b + n]:
                    yield (block.a + n, block.a + n + 1), other[block.b + n]


def aligned(span: Span, words: Sequence[str], said: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """Two pieces of text as readings of one, word for word; words that fell apart or ran together as one.
    What is nothing alike is no reading of it."""
    for (a0, a1), (b0, b1) in _matched(words, said):
        mine, theirs = " ".join(words[a0:a1]), " ".join(said[b0:b1])
        figures = _is_figure(mine) and _is_figure(theirs)  # alike in nothing, yet readings of one
        least = _ALIKE if a1 - a0 == b1 - b0 else _TORN
        if mine != theirs and (figures or _likeness(mine, theirs) >= least):
            yield (span[0] + a0, span[0] + a1), theirs


def _matched(words: Sequence[str], said: Sequence[str]) -> list[tuple[Span, Span]]:
    """The likest way to lay two pieces of text side by side: one word on one, or one on up to three."""
    best: dict[Span, tuple[float, list[tuple[Span, Span]]]] = {(0, 0): (0.0, [])}
    for a in range(len(words) + 1):
        for b in range(len(said) + 1):
            for da, db in _STEPS:
                if (before := best.get((a - da, b - db))) is None:
                    continue
                like = _likeness("".join(words[a - da : a]), "".join(said[b - db : b])) if da and db else 0.0
                worth = before[0] + like * (da + db)
                if (a, b) not in best or worth > best[a, b][0]:
                    own = [((a - da, a), (b - db, b))] if da and db else []
                    best[a, b] = (worth, [*before[1], *own])
    return best[len(words), len(said)][1]


def _is_figure(text: str) -> bool:
    """Whether a text is a figure, or a numeral of strokes."""
    return bare(text).isdecimal() or (0 < len(bare(text)) <= _STROKES and set(bare(text)) <= {"I"})


def _likeness(one: str, other: str) -> float:
    """How alike two readings are, of 100; blanks apart."""
    return fuzz.ratio(fold("".join(one.split())), fold("".join(other.split())))


def key(word: str) -> str:
    """A word as texts are compared: without marks, capitals and what stands around it."""
    return fold(bare(word)) or word


def bare(word: str) -> str:
    """A word without points, commas and brackets around it."""
    return word.strip(".,;:()[]“”\"'…") or word


def _texts(document: Document) -> Iterator[str]:
    yield from (line.text for line in document.running)
    for table in document.tables:
        yield from (" ".join(c.text.split()) for c in table.cells() if _is_own(c) and c.value is None)


def _is_own(cell: Cell) -> bool:
    return cell.anchor in ((-1, -1), (cell.row, cell.col))

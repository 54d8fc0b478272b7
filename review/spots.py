"""A long text word by word: which of its words are in doubt, what else they may be, and what the program
would write in their place.

Nobody types a paragraph anew for one figure of it. A doubtful word has rivals from everywhere: what other
readers saw, what stood there before a repair, what the same sentence says elsewhere in the document, what the
language calls for, how symbols of acts are formed (Nghị định 30/2020/NĐ-CP, Phụ lục I), and digits that print
alike. Where several agree, that is what the program proposes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from extract.scan.repairs.marks import MarkReader
from model.table import Cell
from normalize.diacritics import Repairer
from normalize.lookalikes import from_lookalikes
from normalize.unicode import fold
from normalize.wraps import unwrapped
from review.offers import lookalikes
from review.wording import Span, Wording, aligned, bare

LEAST_WORDS = 8
"""Words from which on a text is led through word by word; shorter ones are offered whole."""

MOST = 9  # rivals of a word: as many as there are number keys
_MOST_WORDS = 4  # words that stand in doubt together
_PROPOSED = 1.75  # votes from which on a rival is written unless a person says otherwise
_READER, _BEFORE, _ELSEWHERE, _AGAIN, _FORMED = 1.0, 0.5, 1.0, 0.25, 2.0
_NEW = 1.0  # what a word gains that the document says, over one that it says nowhere else
_CALLED = 0.9  # of the language's own probability
_DEAREST = 3.0  # nats that a rival without votes costs where the words around decide
_OFTEN = 3  # times as often
_ALIKE_SYMBOL = 70.0
_MOST_APART = 3  # pieces that a symbol fell into
_DASHES = frozenset("-–—")
_STOPS = frozenset(".,;:)")
_ACT = re.compile(
    r"(?P<n>\d{1,4}?)[\W_]?(?P<year>(?:19|20)\d\d)[\W_]*(?P<kind>11|T[TI1]|[A-ZĐÐ]{2})-(?P<of>[A-ZĐÐ]{2,})"
)
_KINDS = {"11": "TT", "TI": "TT", "T1": "TT", "ND": "NĐ", "NÐ": "NĐ", "QD": "QĐ", "QÐ": "QĐ"}
_STROKES = re.compile(r"1{1,3}")
_COUNTED = re.compile(r"\d{1,3}(?=[,;.)]*$)")

Votes = dict[Span, dict[str, float]]
Vote = tuple[Span, str, float]


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a text and the white space behind it; what else it may be (`rivals`, the likeliest first;
    '' for nothing), and what is proposed for it (itself where nothing is)."""

    text: str
    gap: str = ""
    rivals: tuple[str, ...] = ()
    put: str = ""

    def told(self) -> list[object]:
        """As the page's script reads it."""
        return [self.text, self.gap, list(self.rivals), self.put]


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of the language: how it mends a text that was read badly, and which of several words
    stands in a place."""

    repairer: Repairer
    marks: MarkReader


def is_long(cell: Cell) -> bool:
    """Whether a cell holds a text that is led through word by word."""
    letters = sum(map(str.isalpha, cell.text))
    return len(cell.text.split()) >= LEAST_WORDS and letters > sum(map(str.isdecimal, cell.text))


def words_of(cell: Cell, wording: Wording, language: Language) -> tuple[Word, ...]:
    """The words of a long text in order; each piece that is in doubt is one of them."""
    found = list(re.finditer(r"\S+", cell.text))
    words = [match.group() for match in found]
    votes: Votes = {}
    for told in (
        _of_readers(cell, words),
        _of_twins(words, wording),
        _of_symbols(words, wording),
        _of_letters(words, language.marks),
        _of_counting(words),
        _of_language(cell.text, found, language),
    ):
        for span, said, weight in told:
            if _is_rival(" ".join(words[slice(*span)]), said, language.marks):
                own = votes.setdefault(span, {})
                own[said] = own.get(said, 0.0) + weight
    for span in _dashes(words, votes):
        votes[span] = {"": _FORMED}
    pieces = _pieces(votes, words, wording)
    out = []
    for piece, settled in zip(pieces, _settled(pieces, language.marks), strict=True):
        first, last = piece.span
        start, end = found[first].start(), found[last - 1].end()
        after = found[last].start() if last < len(found) else len(cell.text)
        word = _word(piece, settled, language.marks)
        printed = cell.text[start:end]  # its blanks as they are
        put = printed if word.put == word.text else word.put
        out.append(replace(word, text=printed, gap=cell.text[end:after], put=put))
    return tuple(out)


def _dashes(words: Sequence[str], votes: Votes) -> list[Span]:
    """The dashes between small letters of a text in which a reader saw none in one such place: wide blanks of
    a justified column."""
    found = [
        n
        for n in range(1, len(words) - 1)
        if words[n] in _DASHES and words[n - 1][-1:].islower() and words[n + 1][:1].islower()
    ]
    seen = {words[n] for n in found if "" in votes.get((n, n + 1), {})}
    return [(n, n + 1) for n in found if words[n] in seen]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a text: which of its words, what it says, the votes for what it may be instead, and those of
    its rivals that the document itself says more often."""

    span: Span
    text: str
    rivals: dict[str, float]
    said: frozenset[str] = frozenset()


def _is_rival(text: str, said: str, marks: MarkReader) -> bool:
    """Whether a reading is worth a look: more than another case, and a word where the other is one."""
    if bare(text).casefold() == bare(said).casefold():
        return text.isupper() and said.islower()
    if _digits(text) and "".join(text.split()) == "".join(said.split()):
        return False
    if _signs(said) - _signs(text) - _STOPS:
        return False
    return not said or marks.is_word(said) or not marks.is_word(text)


def _pieces(votes: Votes, words: Sequence[str], wording: Wording) -> list[_Piece]:
    """The text in pieces: doubts that overlap are one. What the document says elsewhere, and says the doubted
    word hardly ever, gains by it."""
    here = Counter(map(bare, words))

    def times(text: str) -> int:
        return wording.times[bare(text)] - here[bare(text)]

    spots = {span[0]: (span, rivals) for span, rivals in _joined(votes, words)}
    out: list[_Piece] = []
    n = 0
    while n < len(words):
        span, rivals = spots.get(n, ((n, n + 1), {}))
        text = " ".join(words[slice(*span)])
        often = frozenset(said for said in rivals if times(said) > _OFTEN * times(text))
        weighed = {said: own + (_NEW if said in often else 0.0) for said, own in rivals.items()}
        out.append(_Piece(span, text, weighed, often))
        n = span[1]
    return out


def _joined(votes: Votes, words: Sequence[str]) -> Iterator[tuple[Span, dict[str, float]]]:
    """Doubts that overlap as one, each with what it may be as a whole; those that would be too long without
    the widest of them."""
    spans = sorted(span for span in votes if span[1] - span[0] <= _MOST_WORDS)
    while spans:
        first, last = spans[0]
        n = 1
        while n < len(spans) and spans[n][0] < last:
            last = max(last, spans[n][1])
            n += 1
        if last - first > _MOST_WORDS:
            widest = max(spans[:n], key=lambda s: s[1] - s[0])
            spans = [s for s in spans if s != widest]
            continue
        rivals: dict[str, float] = {}
        for start, end in spans[:n]:
            for said, weight in votes[start, end].items():
                whole = " ".join((*words[first:start], *([said] if said else []), *words[end:last]))
                rivals[whole] = rivals.get(whole, 0.0) + weight
        yield (first, last), rivals
        spans = spans[n:]


def _settled(pieces: Sequence[_Piece], marks: MarkReader) -> list[str]:
    """What the words around call for in each place, of what it may be."""
    others = [
        [(said, max(0.0, _DEAREST - votes)) for said, votes in piece.rivals.items() if said]
        for piece in pieces
    ]
    (found,) = marks.settled([[piece.text for piece in pieces]], [others])
    return found


def _word(piece: _Piece, settled: str, marks: MarkReader) -> Word:
    """A word with its rivals, the likeliest first. Between words the language decides; what is none, and
    figures, by the votes. Readers lose marks: a rival that is the word under others is worth a look only
    where the language or the document is for it."""
    text, votes = piece.text, piece.rivals
    by_language = bare(text).isalpha() and marks.is_word(text)
    rivals = [
        said
        for said in sorted(votes, key=lambda said: -votes[said])
        if not by_language or said == settled or said in piece.said or fold(said) != fold(text)
    ]
    counted = bool(rivals) and bool(_digits(rivals[0]))
    by_votes = bool(rivals) and votes[rivals[0]] >= _PROPOSED and (counted or not by_language)
    put = rivals[0] if by_votes else text
    if settled != text and bare(text).isalpha() and (by_language or put == text):
        put = settled
        rivals = [settled, *(said for said in rivals if said != settled)]
    if rivals and any(map(str.isdecimal, text)):
        alike = [*_numerals(text), *lookalikes(text, rivals)]
        rivals += [said for said in dict.fromkeys(alike) if said not in rivals]
    return Word(text, "", tuple(rivals[:MOST]), put)


def _numerals(text: str) -> list[str]:
    """What is read for strokes: `lĩnh vực 1` may be `lĩnh vực I`."""
    strokes = bare(text)
    return [text.replace(strokes, "I" * len(strokes))] if _STROKES.fullmatch(strokes) else []


def _of_readers(cell: Cell, words: Sequence[str]) -> Iterator[Vote]:
    """What other readers saw, and what stood there before repairs."""
    told = [(a.text, _READER) for a in cell.alternatives]
    told += [(text, _BEFORE) for text in dict.fromkeys((*(r.old for r in cell.repairs), cell.raw))]
    for text, weight in told:
        other = unwrapped(text).split()
        steps = SequenceMatcher(None, words, other, autojunk=False).get_opcodes()
        for kind, a0, a1, b0, b1 in steps:
            if kind == "replace":
                for span, said in aligned((a0, a1), words[a0:a1], other[b0:b1]):
                    yield span, said, weight
            elif kind == "delete" and a1 - a0 == 1:
                yield (a0, a1), "", weight
            elif kind == "insert" and b1 - b0 == 1 and a0:
                yield (a0 - 1, a0), f"{words[a0 - 1]} {other[b0]}", weight


def _of_twins(words: Sequence[str], wording: Wording) -> Iterator[Vote]:
    """What the same sentence says elsewhere; other figures stand there rightly as often as not."""
    told: dict[tuple[Span, str], int] = {}
    for span, said in wording.twins(words):
        told[span, said] = told.get((span, said), 0) + 1
    for (span, said), times in told.items():
        text = " ".join(words[slice(*span)])
        if _digits(text) == _digits(said):
            yield span, said, _ELSEWHERE + _AGAIN * (times - 1)
        elif any(map(str.isalpha, text)):
            yield span, said, _BEFORE


def _of_symbols(words: Sequence[str], wording: Wording) -> Iterator[Vote]:
    """Symbols of acts put right: as they are formed, and as the document names them elsewhere."""
    for n in range(len(words)):
        for size in range(1, min(_MOST_APART, len(words) - n) + 1):
            text = "".join(words[n : n + size])
            match = _ACT.match(text)
            if match is None or bare(text[match.end() :]) not in {"", *_STOPS}:
                continue
            kind = _KINDS.get(match["kind"], match["kind"])
            formed, tail = f"{match['n']}/{match['year']}/{kind}-{match['of']}", text[match.end() :]
            like = [s for s in wording.symbols if _digits(s) == _digits(formed)]
            near = [s for s in like if s not in (formed, match[0]) and fuzz.ratio(s, formed) >= _ALIKE_SYMBOL]
            for symbol in near if near and formed not in wording.symbols else (formed, *near):
                yield (n, n + size), symbol + tail, _FORMED
            break


def _of_letters(words: Sequence[str], marks: MarkReader) -> Iterator[Vote]:
    """Figures read as letters (`I1,`, `tháng ll năm`), the surer where figures stand on both sides."""
    for n, word in enumerate(words):
        plain = from_lookalikes(word)
        if plain != word and _COUNTED.match(plain) and not marks.is_word(word):
            beside = (*words[max(0, n - 1) : n], *words[n + 1 : n + 2])
            yield (n, n + 1), plain, _FORMED + (_READER if all(map(_COUNTED.match, beside)) else 0.0)


def _of_counting(words: Sequence[str]) -> Iterator[Vote]:
    """What a list that counts on from one to one has lost (`3, 4, 3, Ó, 7`)."""
    numbers = [int(found[0]) if (found := _COUNTED.match(word)) else None for word in words]
    for n, first in enumerate(numbers):
        for last in range(n + 2, min(n + 2 + _MOST_APART, len(numbers))):
            end = numbers[last]
            if first is None or end is None or end - first != last - n:
                continue
            for k in range(n + 1, last):
                if numbers[k] != first + k - n and len(words[k]) <= len(words[last]) + 1:
                    tail = words[k][-1] if words[k][-1] in _STOPS else ""
                    yield (k, k + 1), f"{first + k - n}{tail}", _FORMED


def _of_language(text: str, found: Sequence[re.Match[str]], language: Language) -> Iterator[Vote]:
    """What the language calls for in the place of what is no word (asked of words, it doubts three sound ones
    for each that was misread)."""
    for change in language.repairer.as_read_badly(text).changes:
        at = next((n for n, m in enumerate(found) if m.start() <= change.start < m.end()), None)
        if at is None or change.end > found[at].end():
            continue
        start, word = found[at].start(), found[at].group()
        if language.marks.is_word(word):
            continue
        for new, share in ((change.new, change.score), (change.runner_up, 1 - change.score)):
            if new:
                said = word[: change.start - start] + new + word[change.end - start :]
                yield (at, at + 1), said, _CALLED * share


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _signs(text: str) -> frozenset[str]:
    """Signs in a text that are no letters and no figures."""
    return frozenset(ch for ch in text if not ch.isalnum() and ch not in " /-")

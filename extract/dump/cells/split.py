"""Cutting a stream of text lines into the cells they were: a header or a row dumped cell after cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from normalize.lexicon import entries
from normalize.ordinals import is_ordinal_head
from normalize.unicode import fold

# Words a cell does not end with: the phrase goes on.
_OPEN_END_LIST = """
cua tren ngay voi so he va cac cho tai theo trong den tu do ve la bang ty muc da chua thang nam thu hoa
du hoan nop ho thanh giai tiep ket qua luong dich cung sach
"""
_OPEN_END = frozenset(_OPEN_END_LIST.split())
_STRONG_OPEN_END_LIST = """
cua tren ngay voi he va cac cho tai theo trong den tu ve la thang
"""
_STRONG_OPEN_END = frozenset(_STRONG_OPEN_END_LIST.split())
_CLOSED_END = re.compile(r"(?:\(%\)|%|\)|\d{4}|[;.])$")
_MOST_PARTS = 24
_BEAM = 24
_NO_BREAK = 2.5  # what a break is worth against blanks alone; and a known header cell
_BREAK = 1.4
_NEW_LINE_GAP = 1.5  # a blank line more
_CLEAR_END = 1.2
_OPEN = 3.0  # against a break after a word that nothing ends with
_MAYBE_OPEN = 0.8
_SMALL_LETTER = 0.5
_LONGEST_KNOWN = 6  # words
_A_WORD = 0.08  # a word more than usual
_USUAL_WORDS = 12
_REPEATED = 1.6
_SHORT_PATTERN = 3


@cache
def _whole_heads() -> frozenset[str]:
    return frozenset(head for head, _ in entries("whole_heads"))


@dataclass(frozen=True, slots=True)
class TextLineOfCell:
    """A line of a stream: `gap` is the number of blank lines above it beyond the dump's usual spacing."""

    text: str
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the stream with what stands before it: `new_line`, extra blank lines, blanks."""

    text: str
    new_line: bool
    gap: int
    blanks: int


def words_of(lines: Sequence[TextLineOfCell]) -> list[Word]:
    """The words of the lines, each with the space before it."""
    words: list[Word] = []
    for line in lines:
        for match in re.finditer(r"\S+", line.text):
            first = not line.text[: match.start()].strip()
            blanks = 0
            if not first:
                blanks = match.start() - len(line.text[: match.start()].rstrip())
            words.append(Word(match.group(), first, line.gap if first else 0, blanks))
    return words


def boundary_score(before: Word, after: Word) -> float:
    """How likely a cell ends between two words, as a log-odds: over 0 rather yes. `-inf` for never."""
    if not _may_open(after.text):
        return float("-inf") if not (after.new_line and after.gap > 0) else -_NO_BREAK
    end = fold(before.text)
    score = -_BREAK
    if after.new_line:
        score += 1.0 + _NEW_LINE_GAP * min(after.gap, 2)
    elif after.blanks >= 2:
        score += _CLEAR_END
    if end in _STRONG_OPEN_END or end.endswith((",", "/", "-", "(")):
        score -= _OPEN
    elif end in _OPEN_END:
        score -= _MAYBE_OPEN
    if _CLOSED_END.search(before.text):
        score += _CLEAR_END
    if (
        before.text[:1].isupper()
        and not after.new_line
        and len(before.text) > 1
        and not before.text.isupper()
    ):
        score -= _SMALL_LETTER
    return score


def _may_open(word: str) -> bool:
    """Whether a word may begin a cell: a capital, or a digit group of a formula is not enough."""
    return word.lstrip('("“')[:1].isupper()


@lru_cache(maxsize=4096)
def pattern_of(text: str) -> str:
    """A cell's text with its figures and dates blanked: two cells of one pattern differ only in those."""
    return re.sub(r"\d+", "0", fold(text)).replace(" ", "")


def is_known(text: str) -> bool:
    """Whether a text is a header cell met everywhere (`STT`, `Nội dung`, `Tỷ lệ (%)`)."""
    return is_ordinal_head(text) or fold(text) in _whole_heads()


@dataclass(frozen=True, slots=True)
class Split:
    """A way to cut a stream: the cells' texts and the score of the cuts."""

    cells: tuple[str, ...]
    score: float


def splits_into(words: Sequence[Word], parts: int) -> list[Split]:
    """The best ways to cut the words into exactly `parts` cells, best first; [] when there is none.

    Cuts are scored where they fall; a beam keeps the best few for each number of cells, so that a caller
    can choose among them by what the cells say together.
    """
    if not words or parts > min(_MOST_PARTS, len(words)):
        return []
    beams: dict[int, list[tuple[float, tuple[int, ...]]]] = {1: [(_open_bonus(words, 0, len(words)), (0,))]}
    places = [(i, score) for i in range(1, len(words)) if (score := _cut_score(words, i)) > float("-inf")]
    beams = {1: [(0.0, (0,))]}
    for i, score in places:
        for count in sorted(beams, reverse=True):
            if count >= parts:
                continue
            grown = [
                (total + score + _cell_bonus(words, cuts[-1], i), (*cuts, i)) for total, cuts in beams[count]
            ]
            merged = beams.get(count + 1, []) + grown
            merged.sort(key=lambda b: -b[0])
            beams[count + 1] = merged[:_BEAM]
    found = []
    for total, cuts in beams.get(parts, []):
        bounds = [*cuts, len(words)]
        cells = tuple(" ".join(w.text for w in words[a:b]) for a, b in pairwise(bounds))
        found.append(Split(cells, total + _cell_bonus(words, cuts[-1], len(words)) + _pattern_bonus(cells)))
    return sorted(found, key=lambda s: -s.score)


def _open_bonus(words: Sequence[Word], start: int, end: int) -> float:
    return _cell_bonus(words, start, end)


def _cut_score(words: Sequence[Word], i: int) -> float:
    return boundary_score(words[i - 1], words[i])


def _cell_bonus(words: Sequence[Word], start: int, end: int) -> float:
    """What a cell's own text is worth: known headers much, over-long cells less."""
    length = end - start
    if length <= _LONGEST_KNOWN and is_known(" ".join(w.text for w in words[start:end])):
        return _NO_BREAK
    return -_A_WORD * max(0, length - _USUAL_WORDS)


def _pattern_bonus(cells: Sequence[str]) -> float:
    """What repetition is worth: each cell that repeats another but for figures speaks for the cut."""
    patterns = [pattern_of(c) for c in cells]
    return _REPEATED * sum(patterns.count(p) > 1 for p in patterns if len(p) > _SHORT_PATTERN)

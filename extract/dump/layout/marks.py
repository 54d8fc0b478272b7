"""Lines of a laid-out table in the columns that a row of column numbers names, where no gutters part them.

A dump that keeps the layout shifts a line by the letters that its fonts make wider than its own: columns then
reach into each other. Each line is read as the cheapest way to share its words among the columns in order,
judged by where the columns' cells stand in the other lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.dump.layout.columns import ColumnPlace, LaidLine, is_figure, place_columns
from extract.dump.tokens import numbers_kind
from normalize.numbering import is_numbering
from normalize.ordinals import read_ordinal

_MARK = re.compile(r"^\(?(\d{1,2})\)?(?:=|$)")
_PRINTED = re.compile(r"\d\d[.,]\d")
# Costs, in characters that a cell stands off its column.
_APART_IN_ONE = 4.0  # words two and more blanks apart in one cell
_PARTED = 3.0  # words one blank apart in two cells, neither a figure
_WITH_WORD = 2.0  # a figure and a word in one cell
_WITH_PRINTED = 8.0  # a figure of several digits with its mark after a word: a cell of its own nearly always
_EMPTY = 8.0  # an empty cell in a column that is filled in every line
_OTHER_MAKE = 6.0  # words in a column of nothing but figures, or the other way round
_ROUNDS = 3  # after which the places of the columns stand still
_FAR = 30.0  # more is no worse: a text that a span of columns shares
_FEWEST_MARKS = 4
_LONGEST_MARK = 2  # characters of a column's number
_HEADED = 0.25  # of the lines with several texts that fill each column under a heading
_TITLE_PIECES = 2
_DASHES = "-–"
_RANGE = (" -", " –")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    figure: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column's cells begin, end, and are centred, in which share of the lines it has one, and which
    share of its cells are figures (None as long as nothing tells)."""

    left: float
    right: float
    middle: float
    filled: float = 0.0
    figures: float | None = None

    def off(self, start: int, end: int) -> float:
        """How far a cell stands off, by the edge or middle that fits best."""
        offs = abs(start - self.left), abs(end - self.right), abs((start + end) / 2 - self.middle)
        return min(_FAR, *offs)

    def unlike(self, figure: bool) -> float:
        """What it costs that a cell is a figure, or words, where the column's are not."""
        if self.figures is None:
            return 0.0
        return _OTHER_MAKE * (1.0 - self.figures if figure else self.figures)


def by_marks(
    lines: Sequence[LaidLine], marks: Sequence[LaidLine]
) -> tuple[list[ColumnPlace], list[tuple[str, ...]]] | None:
    """The columns under the column numbers, and the lines' texts in them; None for too few numbers."""
    return by_places(lines, mark_places(marks))


def by_headings(
    lines: Sequence[LaidLine], header: Sequence[LaidLine], known: int
) -> tuple[list[ColumnPlace], list[tuple[str, ...]]] | None:
    """The columns under the headings of the header's fullest line, and the lines' texts in them, where it has
    more than the `known` columns; None where one of them stays empty in most lines with several texts."""
    fullest = max(header, key=lambda line: len(line.segments), default=None)
    if fullest is None or len(fullest.segments) <= known or any(s.figure for s in fullest.segments):
        return None
    found = by_places(lines, [(s.start, s.end) for s in fullest.segments])
    if found is None:
        return None
    if any(a.start >= b.start for a, b in pairwise(found[0])):
        return None  # the cells of two columns lie across each other
    several = [row for row, line in zip(found[1], lines, strict=True) if len(line.segments) > 1]
    filled = [sum(map(bool, column)) for column in zip(*several, strict=True)]
    return found if filled and min(filled) >= _HEADED * len(several) else None


def by_places(
    lines: Sequence[LaidLine], numbered: Sequence[tuple[int, int]]
) -> tuple[list[ColumnPlace], list[tuple[str, ...]]] | None:
    """The columns that stand at these places, and the lines' texts in them; None for too few."""
    if len(numbered) < _FEWEST_MARKS:
        return None
    places = [_Place(start, end, (start + end) / 2) for start, end in numbered]
    words = [_words(line) for line in lines]
    cuts: list[list[int]] = []
    titles = [titles_section(line) for line in lines]
    for _ in range(_ROUNDS):
        cuts = [
            [1] + [len(line)] * (len(places) - 1) if title else _cut(line, places)
            for line, title in zip(words, titles, strict=True)
        ]
        places = [_learnt(place, words, _cells(words, cuts, c)) for c, place in enumerate(places)]
    rows = [
        tuple(" ".join(w.text for w in line[a:b]) for a, b in zip([0, *cut], cut, strict=False))
        for line, cut in zip(words, cuts, strict=True)
    ]
    spans = [(int(p.left), max(int(p.left) + 1, int(p.right))) for p in places]
    for c in range(len(spans) - 1):
        start, end = spans[c]
        spans[c] = (start, max(start + 1, min(end, spans[c + 1][0] - 1)))
    return place_columns(spans), rows


def titles_section(line: LaidLine) -> bool:
    """Whether a line is a section's number and its title, which runs over the columns."""
    if len(line.segments) > _TITLE_PIECES or line.segments[-1].figure:
        return False
    number, _, title = " ".join(segment.text for segment in line.segments).partition(" ")
    return read_ordinal(number) is not None and title.isupper()


def mark_places(marks: Sequence[LaidLine]) -> list[tuple[int, int]]:
    """First and last character of each column number on lines of such: they count up from left to right,
    what narrow cells broke off a formula does not."""
    found: list[tuple[int, int, int]] = []
    for line in marks:
        for segment in line.segments:
            at = segment.start
            for text in segment.text.split():
                at = segment.start + segment.text.index(text, at - segment.start)
                if match := _MARK.match(text):
                    found.append((at, at + len(text), int(match[1])))
                at += len(text)
    found.sort()
    best: list[list[tuple[int, int, int]]] = []
    for mark in found:
        before = [chain for chain in best if chain[-1][2] < mark[2] and chain[-1][1] <= mark[0]]
        best.append([*max(before, key=len, default=[]), mark])
    return [(start, end) for start, end, _ in max(best, key=len, default=[])]


def _words(line: LaidLine) -> list[_Word]:
    """The line's words with their places; figures round a dash stay one, as does one whose dash a narrow cell
    parts from the other end of its range (`54.500 -` over `56.000`)."""
    words = []
    for segment in line.segments:
        at = segment.start
        before: list[str] = []
        for text in [segment.text] if is_figure(segment.text) else _with_ranges(segment.text.split(" ")):
            if text:
                figure = (is_figure(text) or _is_range(text)) and not numbers_kind(before, text)
                words.append(_Word(at, at + len(text), text, figure))
                before.append(text)
            at += len(text) + 1
    return words


def _is_range(text: str) -> bool:
    """Whether a piece that `_with_ranges` put together is one: a figure, a dash, a figure or none."""
    low, _, rest = text.partition(" ")
    return rest[:1] in tuple(_DASHES) and is_figure(low)


def _with_ranges(texts: Sequence[str]) -> list[str]:
    """The pieces of a text between blanks, those of a range as one."""
    whole: list[str] = []
    for i, text in enumerate(texts):
        end = i + 1 == len(texts) or is_figure(texts[i + 1])
        opens = text and text in _DASHES and whole and is_figure(whole[-1]) and end
        goes_on = is_figure(text) and bool(whole) and whole[-1].endswith(_RANGE)
        if opens or goes_on:
            whole[-1] += f" {text}"
        else:
            whole.append(text)
    return whole


def _cut(words: Sequence[_Word], places: Sequence[_Place]) -> list[int]:
    """For each column how many words stand in it and those before, by the cheapest way to share them."""
    count = len(words)
    best = [0.0] + [float("inf")] * count
    came: list[list[int]] = []
    for place in places:
        grown, back = [cost + _EMPTY * place.filled for cost in best], list(range(count + 1))
        for first in range(count):
            if best[first] == float("inf"):
                continue
            cost = best[first] + _parting_cost(words, first)
            figure = True
            for last in range(first + 1, count + 1):
                figure = figure and words[last - 1].figure
                if last - first > 1:
                    cost += _joining_cost(words[last - 2], words[last - 1])
                total = cost + place.off(words[first].start, words[last - 1].end) + place.unlike(figure)
                if total < grown[last]:
                    grown[last], back[last] = total, first
        best = grown
        came.append(back)
    cuts, at = [], count
    for back in reversed(came):
        cuts.append(at)
        at = back[at]
    return cuts[::-1]


def _parting_cost(words: Sequence[_Word], first: int) -> float:
    """What it costs that a cell begins at a word: one blank after another that is no figure either."""
    if first == 0 or words[first].start - words[first - 1].end > 1:
        return 0.0
    return 0.0 if words[first].figure or words[first - 1].figure else _PARTED


def _joining_cost(before: _Word, after: _Word) -> float:
    """What it costs that two words are in one cell; figures are in none together."""
    if before.figure and after.figure:
        return _FAR
    apart = _APART_IN_ONE if after.start - before.end > 1 else 0.0
    if not before.figure and after.figure and _PRINTED.search(after.text):
        return apart + _WITH_PRINTED
    return apart + (_WITH_WORD if before.figure or after.figure else 0.0)


def _cells(
    words: Sequence[Sequence[_Word]], cuts: Sequence[Sequence[int]], col: int
) -> list[Sequence[_Word]]:
    """The words of each line's cell in a column, of those that have one."""
    cells = [line[cut[col - 1] if col else 0 : cut[col]] for line, cut in zip(words, cuts, strict=True)]
    return [cell for cell in cells if cell]


def _learnt(place: _Place, lines: Sequence[object], cells: Sequence[Sequence[_Word]]) -> _Place:
    """A column's place by its cells in the lines; as it was where it has hardly any."""
    if len(cells) < _FEWEST_MARKS:
        return place
    ends = [(cell[0].start, cell[-1].end) for cell in cells]
    return _Place(
        median(start for start, _ in ends),
        median(end for _, end in ends),
        median((start + end) / 2 for start, end in ends),
        len(cells) / len(lines),
        sum(all(word.figure for word in cell) for cell in cells) / len(cells),
    )


def counts_all(marks: Sequence[Sequence[str]]) -> bool:
    """Whether the lines of column numbers have one for every column, and none two."""
    together = any(_are_marks(text.split()) for row in marks for text in row)
    return bool(numbering_rows(marks)) and not together and all(map("".join, zip(*marks, strict=True)))


def _are_marks(words: Sequence[str]) -> bool:
    """Whether words are the numbers or letters of several columns, which one column's formula is not."""
    return len(words) > 1 and all(len(word.strip("()")) <= _LONGEST_MARK for word in words)


def numbering_rows(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The rows of column numbers among lines of such, by column; lines with pieces of cells make one."""
    whole = [tuple(row) for row in rows if is_numbering([c for c in row if c])]
    if len(whole) == len(rows):
        return whole
    joined = tuple("".join(texts) for texts in zip(*rows, strict=True))
    return [joined] if is_numbering([c for c in joined if c]) else whole

"""Whether what stands between two rows of a dump without columns is another table's title and header."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from extract.dump.lines import SourceLine
from extract.dump.stream.groups import with_whole_groups
from extract.dump.stream.rows import StreamLine, is_total, stream_lines
from extract.dump.tokens import Token, join_words, shape_of
from normalize.captions import page_number
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.ordinals import Ordinal, is_ordinal_head, read_ordinal, succession_cost
from normalize.totals import sums_a_whole

_RUNS_ON = 1.0  # nats of a row number that goes on after another
_FIGURES = re.compile(r"\S*\d\S*")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_SENTENCE, _LONGEST_SENTENCE = re.compile(r"\w[.;]$|^\W*(?:nguon|ghi chu|cu the)\b.*:"), 90
_WORDS_OF_SENTENCE, _CAPITALS = 5, 8
# Of the columns of figures so many have a heading at least that begins with a capital, and above the
# openings of other gaps of the table stand so many.
_HEADED, _MORE_THAN_USUAL = 0.6, 2
# What speaks for another table, and how much is enough.
_ENOUGH = 2.0
_ANEW, _ENDS_COUNT = 2.0, 2.0
_ANEW_ALONE = 0.5  # a first number, and no second one below
_ENDS_COUNT_OF_CELLS = 0.5  # a number alone on its line may have gone with the figures above it
_TOTAL, _WHOLE, _OTHER_WIDTH, _FAR_OTHER, _OTHER_KINDS = 0.5, 1.0, 1.0, 2.0, 1.0
_ONE_FAR_OTHER = 1.5  # one row of other figures
_SAME_NAME = 2.5  # each of the first rows that is called as the first ones above
_SAID, _NUMBER_HEAD = 1.5, 1.0
_NUMBERED_HEADING, _NAMELESS = (
    1.0,
    1.0,
)  # `IV. Kết quả` over the header; a row of figures alone, as no other is
_AGAIN_SAME_PAGE, _AGAIN_NEXT_PAGE = 2.0, -3.0
_OTHER_STUB = 2.5  # the headings of the columns above again, after another one of the names
_SAME_HEADER = 0.8
_LONG_NAMES = 0.75  # of the names that the row numbers run on over have no more openings
_ROWS_TOLD = 3  # rows that tell of what stands above and below
_NAMES_TOLD = 2  # first rows whose names tell


@dataclass(frozen=True, slots=True)
class _Gap:
    """The lines of words between two rows, by index in the piece: `last` and `first` are the rows."""

    last: int
    first: int
    lines: tuple[int, ...]


def parted_at_gaps(
    piece: Sequence[SourceLine],
    *,
    paged: bool = True,
    celled: bool = False,
    cells: frozenset[int] = frozenset(),
) -> list[list[SourceLine]]:
    """The lines parted where another table's header stands between two rows, and what else is seen says so:
    row numbers begin again or end, a whole's total closes the rows above, columns hold other things.
    `paged` says that lines know their pages: a header again may be the next page's, else; `celled` that
    each line between rows is one cell's; `cells` numbers the lines that are one cell alone, no row."""
    if not _may_part(piece):
        return [list(piece)]
    told = _Piece(piece, paged, celled, cells)
    parts: list[list[SourceLine]] = []
    start = 0
    for gap in told.gaps:
        if told.is_header(gap) and told.evidence(gap, start) >= _ENOUGH:
            cut = told.first_of_next(gap)
            parts.append(list(piece[start:cut]))
            start = cut
    return [*parts, list(piece[start:])]


def _may_part(piece: Sequence[SourceLine]) -> bool:
    """Whether lines of words follow one with figures: a quick look, most pages of long tables have none."""
    counts = [len(_FIGURES.findall(line.text)) for line in piece if not line.blank]
    first = next((i for i, count in enumerate(counts) if count), len(counts))
    return any(count < 2 for count in counts[first + 1 :])


class _Piece:
    """The lines of a piece with what they are."""

    def __init__(self, piece: Sequence[SourceLine], paged: bool, celled: bool, cells: frozenset[int]) -> None:
        self.piece, self.paged, self.celled, self.cells = piece, paged, celled, cells
        own = {line.line.number: line for line in with_whole_groups(stream_lines(piece))}
        self.lines: list[StreamLine | None] = [own.get(line.number) for line in piece]
        self.rows = [i for i in range(len(piece)) if self.is_row(i)]
        self.numbers = [self._number(b, a) for a, b in pairwise((-1, *self.rows))]
        self.numbered = [k for k, number in enumerate(self.numbers) if number]
        self.gaps = [
            _Gap(last, first, lines)
            for last, first in pairwise(self.rows)
            if (lines := tuple(i for i in range(last + 1, first) if self._is_words(i)))
        ]
        counts = {gap.first: self.openings(gap) for gap in self.gaps}
        named = sorted(counts[gap.first] for gap in self.gaps if self._counts(gap, 0) is None)
        long = named[int(_LONG_NAMES * (len(named) - 1))] if len(named) >= _ROWS_TOLD else 0
        self.usual = max(median([counts.get(i, 0) for i in self.rows[1:]] or [0]), long)

    def is_row(self, i: int) -> bool:
        line = self.lines[i]
        words = self.piece[i].text.split()
        if line is None or is_part_of_numbering(words) or is_numbering(words):
            return False
        if self.piece[i].number in self.cells:
            return False
        figures = [t for t in line.run if t.kind in ("figure", "dash")]
        if not figures:
            return False
        if sum(not _YEAR.match(t.text) for t in figures) > 1:
            return True
        return len(figures) == 1 and any(map(self._is_single, (i - 1, i + 1)) if self._is_single(i) else ())

    def _is_single(self, i: int) -> bool:
        """Whether a line is a name and one figure, as rows of two columns are."""
        line = self.lines[i] if 0 <= i < len(self.lines) else None
        if line is None or len(line.run) != 1 or line.after or line.run[0].kind != "figure":
            return False
        return any(t.kind == "word" for t in line.before) and not _YEAR.match(line.run[0].text)

    def _is_words(self, i: int) -> bool:
        line = self.piece[i]
        return not line.blank and page_number(line.text) is None

    def openings(self, gap: _Gap) -> int:
        """How many words of a gap's header may begin a cell."""
        return sum(_openings(self.piece[i].text) for i in self._heads(gap))

    def _heads(self, gap: _Gap) -> list[int]:
        """The lines of a gap that may be a header's: no sentences, no headings of sections."""
        return [i for i in gap.lines if not _is_said(self.piece[i]) and not self._ordinal(i)]

    def figures(self, i: int) -> list[Token]:
        line = self.lines[i]
        return [t for t in line.run if t.kind != "rule"] if line else []

    def is_header(self, gap: _Gap) -> bool:
        """Whether a gap has headings for most columns of the row below it, more than other gaps have."""
        words = self.openings(gap)
        lines = self._heads(gap)
        columns = len(self.figures(gap.first))
        least = _HEADED * columns + 1
        if (len(lines) < 2 and words <= columns) or (self.celled and len(lines) < least):
            return False
        return words >= max(least, self.usual + _MORE_THAN_USUAL) and bool(lines)

    def evidence(self, gap: _Gap, start: int) -> float:
        """What speaks for another table at a gap, where the one above begins at line `start`."""
        at = bisect_left(self.rows, gap.first)
        above, below = self.rows[bisect_left(self.rows, start) : at], self.rows[at : at + _ROWS_TOLD]
        count = self._counts(gap, start)
        if count is None:
            return 0.0
        total = count + self._totals(gap) + self._shapes(above, below)
        stub = self._other_stub(gap, start)
        total += _OTHER_STUB if stub else self._again(gap, start)
        total += _SAME_NAME * self._names_again(above, below)
        texts = [self.piece[i] for i in gap.lines]
        total += _SAID * any(map(_is_said, texts)) + _NUMBERED_HEADING * bool(self._headings(gap))
        total += _NAMELESS * (not self._is_named(gap.first) and all(map(self._is_named, above)))
        total += _NUMBER_HEAD * any(is_ordinal_head(line.text.split()[0]) for line in texts)
        return total

    def _ordinal(self, i: int) -> Ordinal | None:
        line = self.lines[i]
        return line.ordinals[0] if line and line.ordinals else None

    def _number(self, row: int, before: int) -> Ordinal | None:
        """The number of a row, on its line or one of its label below the row `before`; a heading's (`2. Kết
        quả`) stands over a row with words of its own."""
        if own := self._ordinal(row):
            return own
        word = next((w for w in self.piece[row].text.split() if w[:1].isalpha()), "")
        for i in range(row - 1, before, -1):
            title = self.piece[i].text.isupper()  # of a section, or over the table
            if (number := self._ordinal(i)) and not title and (i == row - 1 or not word[:1].isupper()):
                return number
        return None

    def _counts(self, gap: _Gap, start: int) -> float | None:
        """What the row numbers say; None where they run on over the gap."""
        at = bisect_left(self.rows, gap.first)
        above = self._last_numbers(at, start)
        ends = self._is_total(gap.last)
        number = self._ordinal(gap.first) if ends else self.numbers[at]
        if number and any(succession_cost(old, number) < _RUNS_ON for old in above):
            return None
        if number and number.kind != "letter" and number.value == (1,):
            alone = at + 1 < len(self.rows) and not any(self.numbers[at + 1 : at + _ROWS_TOLD])
            return _ANEW_ALONE if alone else _ANEW
        said = [] if ends else self._headings(gap)
        pairs = ((old, o) for old in above for o in said if old.kind == o.kind)
        if any(old == o or succession_cost(old, o) < _RUNS_ON for old, o in pairs):
            return None
        below = self.numbers[at : at + _ROWS_TOLD]
        ended = _ENDS_COUNT_OF_CELLS if self.celled else _ENDS_COUNT
        return ended if len(above) > 1 and not any(below) else 0.0

    def _headings(self, gap: _Gap) -> list[Ordinal]:
        """The numbers of a gap's lines that open with one."""
        return [o for i in gap.lines if (o := read_ordinal(self.piece[i].text.split()[0]))]

    def _is_total(self, i: int) -> bool:
        line = self.lines[i]
        return line is not None and is_total(line)

    def _is_named(self, i: int) -> bool:
        """Whether a row has words, or a number, on the line of its figures."""
        line = self.lines[i]
        return (
            line is None or bool(line.ordinals) or any(t.kind == "word" for t in (*line.before, *line.after))
        )

    def _last_numbers(self, at: int, start: int) -> list[Ordinal]:
        """The numbers of the last rows above the row `at` that have some, from line `start` on."""
        found: list[Ordinal] = []
        k = bisect_left(self.numbered, at)
        for row in reversed(self.numbered[max(0, k - _ROWS_TOLD) : k]):
            if self.rows[row] >= start and (number := self.numbers[row]):
                found.append(number)
        return found

    def _totals(self, gap: _Gap) -> float:
        line = self.lines[gap.last]
        if line is None:
            return 0.0
        whole = sums_a_whole(join_words(list(line.before)))
        return _TOTAL * self._is_total(gap.last) + _WHOLE * whole

    def _shapes(self, above: Sequence[int], below: Sequence[int]) -> float:
        """What it says that the rows below have other figures than those above."""
        old = [self.figures(i) for i in above[-_ROWS_TOLD:]]
        new = [self.figures(i) for i in below[:_ROWS_TOLD]]
        widths = {len(run) for run in old}, {len(run) for run in new}
        if not widths[0] & widths[1]:
            far = min(abs(a - b) for a in widths[0] for b in widths[1]) > 1
            if far:
                return _FAR_OTHER if min(len(old), len(new)) > 1 else _ONE_FAR_OTHER
            return _OTHER_WIDTH
        if len(widths[0] | widths[1]) > 1:
            return 0.0
        columns = zip(zip(*old, strict=True), zip(*new, strict=True), strict=True)
        return _OTHER_KINDS * any(_are_unlike(a, b) for a, b in columns)

    def _names_again(self, above: Sequence[int], below: Sequence[int]) -> int:
        """How many of the first rows below are called as the first rows above, in order. A name that other
        rows above have as well tells nothing."""
        same = [
            self._name(a) == self._name(b) != "" for a, b in zip(above[:_NAMES_TOLD], below, strict=False)
        ]
        if any(same):
            known = Counter(self._name(i) for i in above)
            same = [told and known[self._name(i)] == 1 for told, i in zip(same, above, strict=False)]
        return same.index(False) if False in same else len(same)

    def _name(self, i: int) -> str:
        """The words of a row, or of the lines above it where it has figures only."""
        line = self.lines[i]
        words = [t.text for t in line.before if t.kind == "word"] if line else []
        at = i
        while not words and at and i - at < _NAMES_TOLD and not self.is_row(at - 1):
            at -= 1
            words = self.piece[at].text.split() + words
        return " ".join(words).lower()

    def _again(self, gap: _Gap, start: int) -> float:
        """What it says that the header of the table above is printed again."""
        first = self.rows[bisect_left(self.rows, start)]
        known = {word for line in self.piece[start:first] for word in line.key.split()}
        words = {w for i in gap.lines for w in self.piece[i].key.split()}
        if not known or len(words & known) < _SAME_HEADER * min(len(known), len(words)):
            return 0.0
        same = self.paged and self.piece[gap.last].page == self.piece[gap.first].page
        same = same or bool(read_ordinal(self.piece[gap.lines[0]].text.split()[0]))
        return _AGAIN_SAME_PAGE if same else _AGAIN_NEXT_PAGE

    def _other_stub(self, gap: _Gap, start: int) -> bool:
        """Whether a gap ends with the last words of the header above, that head all columns of figures, while
        another word stands before them: a twin's header, no page's."""
        first = self.rows[bisect_left(self.rows, start)]
        above = [word for line in self.piece[start:first] for word in line.text.split()]
        own = [word for i in gap.lines for word in self.piece[i].text.split()]
        same = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above[::-1], own[::-1], strict=False))
        )
        if not 0 < same < min(len(above), len(own)):
            return False
        headed = sum(map(_opens, own[-same:]))
        return headed >= len(self.figures(gap.first)) and _opens(own[-same])

    def first_of_next(self, gap: _Gap) -> int:
        """Where what belongs to the next table begins: at the new page, or at the first line that opens with
        a capital."""
        page = self.piece[gap.last].page
        turned = next((i for i in gap.lines if self.piece[i].page != page), None)
        if turned is not None:
            return turned
        opening = (i for i in gap.lines if self._ordinal(i) or _opens(self.piece[i].text.split()[0]))
        return next(opening, gap.lines[0])


def _are_unlike(above: Sequence[Token], below: Sequence[Token]) -> bool:
    """Whether a column has percentages, signs or decimals above and none below, or the other way round."""
    sides = [{shape_of(t.text) for t in column} - {"dash", "zero"} for column in (above, below)]
    told = {"percent", "signed", "decimal", "fraction"}
    return bool(sides[0] and sides[1]) and not sides[0] & sides[1] and bool((sides[0] | sides[1]) & told)


def _is_said(line: SourceLine) -> bool:
    """Whether a line is a sentence or a note, no cell."""
    text = line.text.strip()
    ends = bool(_SENTENCE.search(line.key)) and len(text.split()) >= _WORDS_OF_SENTENCE
    return ends or len(text) > _LONGEST_SENTENCE


def _openings(text: str) -> int:
    """At most how many cells a line opens: its words with capitals; one, where it is a title or section in
    capitals."""
    opening = sum(map(_opens, text.split()))
    if text.isupper() and sum(map(str.isalpha, text)) >= _CAPITALS and "%" not in text:
        return 1
    return opening


def _opens(word: str) -> bool:
    bare = word.lstrip('("“')
    return bare[:1].isupper() or bare[:1] == "%" or bool(_YEAR.match(bare))

"""Tables under each other with no caption between them, told by the whole header that stands between two
rows: they are read each by itself. In one table, rows of the second would stand in columns of the first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median

from extract.dump.cells.lines import cell_lines
from extract.dump.levels import counted_in_levels
from extract.dump.lines import SourceLine, opens_table
from extract.dump.stream.groups import with_whole_groups
from extract.dump.stream.rows import StreamLine, is_total, stream_lines
from extract.dump.tokens import Token, kind_of, shape_of
from normalize.captions import page_number
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.ordinals import Ordinal, is_ordinal_head, succession_cost
from normalize.units import bracketed_unit

_YEAR = re.compile(r"^(?:19|20)\d\d$")
_BRACKETED = re.compile(r"\([^()]{1,20}\)$")
_HEADING = re.compile(r"^(?:(?:[IVX]{1,5}|\d{1,2})[.)–-]+|[a-hđ]\))\s+[^\W\d]{2}")
_SENTENCE, _WORDS_OF_SENTENCE, _LONGEST = re.compile(r"\w[.;]$|:$"), 5, 90
_CAPITALS = 8
_AMOUNT = re.compile(r"^[-+]?\d[\d.,]*[.,]\d+%?$")
# What speaks for another table, and how much is enough.
_ENOUGH, _ENOUGH_OF_CELLS = 2.0, 2.5  # of cells any words may be a heading's
_TOTAL, _SURPLUS, _UNITS, _OTHER, _FAR_OTHER, _ANEW, _TITLED = 1.75, 0.25, 1.0, 1.0, 1.5, 1.5, 1.0
_AGAIN = 2.0  # the header above again on the same page
_SAME_HEADER, _HEADER_WORDS = 0.8, 6  # of its words, and how many there are at least
_FAR = 2  # columns more or fewer; times more words
_MORE = 1.25  # openings for a column of figures, where there are headings to spare
_MORE_THAN_USUAL = 2  # openings than between other rows
_LEAST_OPENINGS = 2  # of a header with units
_ROWS_TOLD, _ROWS_OF_TABLE = 3, 2
_RUNS_ON = 1.0  # nats of a row number that goes on after another


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of figures: its place among the lines, its figures, its number, whether it is a total's."""

    at: int
    figures: tuple[Token, ...]
    number: Ordinal | None
    total: bool


def parted_at_heads(lines: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The lines parted before each header that stands between the rows of two tables."""
    paged = len({line.page for line in lines}) > 1
    cuts = [cut for piece in _between_captions(lines) for cut in _cuts(piece, paged)]
    parts: list[list[SourceLine]] = [[] for _ in range(len(cuts) + 1)]
    for line in lines:
        parts[bisect_right(cuts, line.number)].append(line)
    return [part for part in parts if part]


def _between_captions(lines: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The lines between captions, without those that are blank or a page's number."""
    pieces: list[list[SourceLine]] = [[]]
    for line in lines:
        if opens_table(line):
            pieces.append([])
        elif not line.blank and page_number(line.text) is None:
            pieces[-1].append(line)
    return pieces


def _cuts(piece: Sequence[SourceLine], paged: bool) -> Iterator[int]:
    """The numbers of the lines at which another table begins."""
    if sum(map(_has_digits, piece)) < 2 * _ROWS_OF_TABLE or counted_in_levels(piece):
        return
    celled = cell_lines(piece) is not None
    told = with_whole_groups(stream_lines(_laid(piece) if celled else piece))
    rows = [row for i in range(len(told)) if (row := _row(told, i))]
    opened = {b.at: _openings(_heads(told, a, b)) for a, b in pairwise(rows)}
    start = top = 0
    for k in range(1, len(rows)):
        others = sorted(count for at, count in opened.items() if at != rows[k].at)
        above = [row for row in rows[:k] if row.at >= top] or [rows[k - 1]]
        own = sum(row.at >= start for row in rows[:k])
        if own < _ROWS_OF_TABLE or len(rows) - k < _ROWS_OF_TABLE:
            continue
        gap = _Gap(told, tuple(above), tuple(rows[k:]), _usual(others), top, paged, celled)
        if not gap.is_header:
            continue
        top = gap.first
        if gap.evidence >= (_ENOUGH_OF_CELLS if celled else _ENOUGH):
            start = top
            yield told[start].line.number
            if _HEADING.match(told[start].line.text.strip()):  # over the table, and no part of its header
                yield told[start + 1].line.number


def _has_digits(line: SourceLine) -> bool:
    return any(map(str.isdigit, line.text))


def _usual(counts: Sequence[int]) -> int:
    """How many words that may begin a cell stand between two rows in most places."""
    return int(median(counts)) if len(counts) >= _ROWS_TOLD else 0


def _laid(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Lines of a dump a cell a line, figures behind the words above them."""
    laid: list[SourceLine] = []
    for line in lines:
        figures = all(kind_of(word) in ("figure", "dash", "mark") for word in line.text.split())
        if figures and laid:
            text, key = f"{laid[-1].text.strip()} {line.text.strip()}", f"{laid[-1].key} {line.key}"
            laid[-1] = replace(laid[-1], text=text, key=key)
        else:
            laid.append(line)
    return laid


def _row(lines: Sequence[StreamLine], i: int) -> _Row | None:
    """The row that a line is; None where it has hardly a figure."""
    line, words = lines[i], lines[i].line.text.split()
    figures = tuple(t for t in line.run if t.kind in ("figure", "dash"))
    if is_part_of_numbering(words) or is_numbering(words) or not figures:
        return None
    several = sum(not _YEAR.match(t.text) for t in figures) > 1
    single = _is_single(lines, i) and (_is_single(lines, i - 1) or _is_single(lines, i + 1))
    if not several and not single:
        return None
    return _Row(i, figures, line.ordinals[0] if line.ordinals else None, is_total(line))


def _is_single(lines: Sequence[StreamLine], i: int) -> bool:
    """Whether a line is a name and one figure, as rows of two columns are."""
    if not 0 <= i < len(lines) or len(lines[i].run) != 1 or lines[i].after:
        return False
    return any(t.kind == "word" for t in lines[i].before) and not _YEAR.match(lines[i].run[0].text)


def _heads(lines: Sequence[StreamLine], above: _Row, below: _Row) -> list[StreamLine]:
    """The lines between two rows that may be a header's: no sentences, no headings, no amounts."""
    return [line for line in lines[above.at + 1 : below.at] if not _is_said(line) and not _is_amount(line)]


def _is_said(line: StreamLine) -> bool:
    text = " ".join(line.line.text.split())
    ends = bool(_SENTENCE.search(text)) and len(text.split()) >= _WORDS_OF_SENTENCE
    return ends or len(text) > _LONGEST or bool(_HEADING.match(text))


def _is_amount(line: StreamLine) -> bool:
    """Whether a line ends with an amount, as a row of one figure does."""
    return bool(_AMOUNT.match(line.line.text.split()[-1]))


def _openings(lines: Sequence[StreamLine]) -> int:
    """How many words of lines may begin a cell; of a title in capitals one."""
    count = 0
    for line in lines:
        text = line.line.text
        titled = text.isupper() and sum(map(str.isalpha, text)) >= _CAPITALS and "%" not in text
        count += 1 if titled else sum(map(_opens, text.split()))
    return count


def _has_unit(line: StreamLine) -> bool:
    """Whether a line ends with a unit in brackets."""
    found = _BRACKETED.search(line.line.text.strip())
    return found is not None and bracketed_unit(found.group()) is not None


def _opens(word: str) -> bool:
    bare = word.lstrip('("“')
    return bare[:1].isupper() or bare[:1] == "%" or bool(_YEAR.match(bare))


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between the last of the rows above and the first of those below; `usual` says how many
    words that may begin a cell stand between other rows, `start` where the last header above begins."""

    lines: Sequence[StreamLine]
    above: tuple[_Row, ...]
    below: tuple[_Row, ...]
    usual: int
    start: int
    paged: bool
    celled: bool

    @property
    def is_header(self) -> bool:
        """Whether there are headings for all columns of the row below, more than between other rows."""
        heads = _heads(self.lines, self.above[-1], self.below[0])
        opened, columns = _openings(heads), len(self.below[0].figures)
        if self.has_units:
            return opened >= _LEAST_OPENINGS
        return bool(heads) and opened > columns and opened >= self.usual + _MORE_THAN_USUAL

    @property
    def between(self) -> list[StreamLine]:
        return list(self.lines[self.above[-1].at + 1 : self.below[0].at])

    @property
    def has_units(self) -> bool:
        """Whether units stand in brackets, as headings have them and names of rows hardly do."""
        named = self.lines[self.above[0].at + 1 : self.above[-1].at]
        return any(map(_has_unit, self.between)) and not any(map(_has_unit, named))

    @property
    def evidence(self) -> float:
        again = self._is_again()
        counted = any(_has_digits(line.line) for line in self.between if not _is_said(line))
        same_page = self.paged and again and self._is_on_one_page() and not counted
        if same_page:
            return _AGAIN
        if again or self._runs_on():
            return 0.0
        heads = _heads(self.lines, self.above[-1], self.below[0])
        spare = not self.celled and len(heads) > 1 and _openings(heads) > _MORE * len(self.below[0].figures)
        said = any(_HEADING.match(line.line.text.strip()) for line in self.between)
        return (
            _TOTAL * self.above[-1].total
            + _SURPLUS * spare
            + _UNITS * self.has_units
            + self._others()
            + _ANEW * self._counts_anew()
            + _TITLED * said
        )

    @property
    def first(self) -> int:
        """Where what belongs to the table below begins."""
        between = range(self.above[-1].at + 1, self.below[0].at)
        page = self.lines[self.above[-1].at].line.page
        turned = next((i for i in between if self.lines[i].line.page != page), None)
        if turned is not None:
            return turned
        opening = (i for i in between if _opens(self.lines[i].line.text.split()[0]) or self._is_heading(i))
        return next(opening, between[0])

    def _is_heading(self, i: int) -> bool:
        return bool(_HEADING.match(self.lines[i].line.text.strip()))

    def _is_on_one_page(self) -> bool:
        return self.lines[self.above[-1].at].line.page == self.lines[self.below[0].at].line.page

    def _is_again(self) -> bool:
        """Whether the header of the table above is printed again, on another page with rows' words."""
        words = [w for line in self.between if not _is_said(line) for w in line.line.key.split()]
        known = [w for line in self.lines[self.start : self.above[0].at] for w in line.line.key.split()]
        known = known[-_FAR * len(words) :]
        matches = SequenceMatcher(None, known, words, autojunk=False).get_matching_blocks()
        same = sum(match.size for match in matches)
        least, most = sorted((len(known), len(words)))
        turned = not self._is_on_one_page() and same >= _SAME_HEADER * len(known)
        alike = turned or (same >= _SAME_HEADER * least and most <= _FAR * least)
        return alike and least >= _HEADER_WORDS

    def _runs_on(self) -> bool:
        """Whether the first row below goes on with the numbers of the last ones above, of its kind."""
        number = self.below[0].number
        last = [row.number for row in self.above[-_ROWS_TOLD:] if row.number]
        if number is None or not last:
            return False
        alike = [old for old in last if old.kind == number.kind and len(old.value) == len(number.value)]
        if self._counts_anew():
            return False
        return any(succession_cost(old, number) < _RUNS_ON for old in alike or last)

    def _counts_anew(self) -> bool:
        """Whether the rows below are counted from the first number, or letter under a heading of numbers."""
        first, second = (row.number for row in self.below[:_ROWS_OF_TABLE])
        if first is None or second is None or first.value != (1,) or succession_cost(first, second) > 0:
            return False
        last = next((row.number for row in reversed(self.above) if row.number), None)
        headed = any(is_ordinal_head(line.line.text.split()[0]) for line in self.between)
        return first.kind == "number" or (headed and (last is None or first.kind != last.kind))

    def _others(self) -> float:
        """What it says that the rows below have other figures than those above."""
        old, new = self.above[-_ROWS_TOLD:], self.below[:_ROWS_TOLD]
        widths = {len(row.figures) for row in old}, {len(row.figures) for row in new}
        if not widths[0] & widths[1]:
            apart = min(abs(a - b) for a in widths[0] for b in widths[1])
            return _FAR_OTHER if apart >= _FAR else _OTHER
        return _OTHER * _are_unlike([r.figures[-1].text for r in old], [r.figures[-1].text for r in new])


def _are_unlike(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a column has percentages, signs or decimals above and none below, or the other way round."""
    sides = [{shape_of(text) for text in column} - {"dash", "zero"} for column in (above, below)]
    told = {"percent", "signed", "decimal", "fraction"}
    return bool(sides[0] and sides[1]) and not sides[0] & sides[1] and bool((sides[0] | sides[1]) & told)

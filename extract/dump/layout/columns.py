"""Lines of a laid-out page as segments, and the columns they keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.dump.lines import SourceLine
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import read_ordinal

_GAP = re.compile(r" {2,}")
_PROSE_LENGTH = 62
# Two columns of figures stand further apart than this; cells have margins.
_CLOSE = 2
# So many lines with a wide gap at a gutter of one blank tell that it parts columns.
_LEAST_APART = 3
_END_OF_FORMULA = re.compile(r"^[()]{1,2}$")  # of `(3)=(4)+(5` in a narrow cell
_GROUPED = re.compile(r"^[-+(]?\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?%?\)?$")
_NOUGHT_GROUP, _MARKED = re.compile(r" 0\d\d"), re.compile(r"^[-+(]?\d{1,3}(?:[.,]\d{3})+")
_LEAST_GROUPED, _SURELY_GROUPED = 3, 8
_MONTH_OR_DAY = re.compile(r"^\d{1,2}(?:/\d{1,2})?/(?:19|20)\d{2}$")
_NUMBERED_SEGMENTS = 3
_MARGIN = 8  # columns of print at which running text begins
_MOST_TEXTS = 0.6
# A column begins where so many texts do right of another, and not so great a share of texts run on there.
_LEAST_BEGUN, _MOST_THROUGH = 4, 0.5
_LEAST_WIDTH = 6  # characters of a column before it


def is_figure(text: str) -> bool:
    """Whether a cell is nothing but a figure or a dash; `168 hồ sơ` is a text with a figure in it, `8/2024`
    a month, `(18` the end of a heading's line."""
    if any(c.isalpha() for c in text) or _MONTH_OR_DAY.match(text) or text.count("(") != text.count(")"):
        return False
    return looks_numeric(text) or (is_none_mark(text) and bool(text.strip()))


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line without two blanks in a row; `start` and `end` are character places."""

    start: int
    end: int
    text: str

    @property
    def figure(self) -> bool:
        return is_figure(self.text)


@dataclass(frozen=True)
class LaidLine:
    """A line with its segments and what they make of it."""

    source: SourceLine
    segments: tuple[Segment, ...]

    @property
    def blank(self) -> bool:
        return not self.segments

    @property
    def start(self) -> int:
        return self.segments[0].start if self.segments else 0

    @property
    def end(self) -> int:
        return self.segments[-1].end if self.segments else 0

    @cached_property
    def is_numbering(self) -> bool:
        """Whether the line is a row of column numbers, or a piece of one."""
        texts = [s.text for s in self.segments]
        rest = bool(texts) and all(_END_OF_FORMULA.match(text) for text in texts)
        if "0" in texts:
            return False
        return rest or is_numbering(texts) or is_part_of_numbering(texts)

    @cached_property
    def opens_with_ordinal(self) -> bool:
        """Whether the line begins with the number of a row, alone or before its label."""
        if not self.segments:
            return False
        words = self.segments[0].text.split()
        if not is_row_number(words[0]):
            return False
        return len(self.segments) > 1 or len(words) == 1 or words[0][-1] not in ".,;"

    @cached_property
    def is_core(self) -> bool:
        """Whether the line shows columns: two figures and more, or one with a row number or label."""
        figures = sum(s.figure for s in self.segments)
        if self.is_numbering:
            return False
        if len(self.segments) >= _NUMBERED_SEGMENTS and figures >= 1:
            return figures >= 2 or self.opens_with_ordinal
        return len(self.segments) == 2 and (
            self.segments[1].figure and not self.segments[0].text.endswith((",", ";"))
        )

    @cached_property
    def names_section(self) -> bool:
        """Whether the line is a lone text: the Roman number, or capital, of a section and its title."""
        if len(self.segments) != 1:
            return False
        number, _, title = self.segments[0].text.partition(" ")
        ordinal = read_ordinal(number) if number.endswith(".") else None
        return ordinal is not None and ordinal.kind != "number" and title[:1].isupper()

    @property
    def lone_label(self) -> bool:
        return len(self.segments) < 2

    @property
    def label_start(self) -> int:
        return self.segments[1].start if len(self.segments) > 1 else self.start

    @cached_property
    def is_prose(self) -> bool:
        """Whether the line is running text: one long segment."""
        return len(self.segments) == 1 and len(self.segments[0].text) > _PROSE_LENGTH and self.start < _MARGIN


def laid_lines(lines: Sequence[SourceLine]) -> list[LaidLine]:
    """The lines cut into segments at two blanks and more."""
    return [LaidLine(line, tuple(segments_of(line.text))) for line in lines]


def segments_of(text: str) -> list[Segment]:
    """The stretches of a line between two blanks and more."""
    segments = []
    start = 0
    for match in _GAP.finditer(text):
        if text[start : match.start()].strip():
            segments.append(segment_of(text, start, match.start()))
        start = match.end()
    if text[start:].strip():
        segments.append(segment_of(text, start, len(text)))
    return segments


def segment_of(text: str, start: int, end: int) -> Segment:
    """The stretch of a line from `start` to `end` without blanks at its ends."""
    while text[start] == " ":
        start += 1
    while text[end - 1] == " ":
        end -= 1
    return Segment(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """A column's characters in the body, and the bounds of its cell half-way to its neighbours."""

    start: int
    end: int
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def columns_of(lines: Sequence[LaidLine], by_blanks: bool = False) -> list[ColumnPlace]:
    """The columns of body lines: stretches of places parted by places that are blank in all lines with
    several segments.

    A gutter of a single blank parts columns only beside figures or row numbers; words of a label that
    happen to end together do not make a column. Where text cells wider than their figures hide gutters,
    the lines with figures alone tell the columns. `by_blanks` says that the dump's figures are grouped so.
    """
    several = [line for line in lines if len(line.segments) >= 2] or list(lines)
    cores = [line for line in several if line.is_core]
    if len(cores) >= 2 and len(cores) < len(several):
        by_figures = columns_of(
            [line for line in lines if line.is_core or len(line.segments) == 1], by_blanks
        )
        by_all = _columns(lines, several, by_blanks)
        return by_figures if len(by_figures) > len(by_all) else by_all
    return _columns(lines, several, by_blanks)


def _columns(lines: Sequence[LaidLine], several: Sequence[LaidLine], by_blanks: bool) -> list[ColumnPlace]:
    width = max((line.end for line in several), default=0)
    filled = [False] * (width + 1)
    whole = by_blanks or grouped_by_blanks(several)
    for line in several:
        for segment in line.segments:
            for x in range(segment.start, segment.end):
                if whole or line.source.text[x : x + 1] != " " or not _splits_here(line, segment, x):
                    filled[x] = True
    for line in lines:
        if len(line.segments) == 1 and len(several) > 2:
            _fill_label(line, filled, several)
    spans = _runs(filled)
    spans = _parted_where_begun(_without_chance_gutters(spans, several), lines)
    return place_columns(_with_dashes(spans, lines))


def grouped_by_blanks(lines: Sequence[LaidLine]) -> bool:
    """Whether single blanks between figures group the digits of one (`105 434`): all that stand so make
    groups of three, none is grouped by a mark, and there are too many for two columns to look so by chance,
    or one has a group that no figure of its own is (`13 020`)."""
    texts = [s.text for line in lines for s in line.segments if s.figure]
    together = [text for text in texts if " " in text]
    if len(together) < _LEAST_GROUPED or not all(map(_GROUPED.match, together)):
        return False
    if any(map(_MARKED.match, texts)):
        return False
    return len(together) >= _SURELY_GROUPED or any(map(_NOUGHT_GROUP.search, together))


def _fill_label(line: LaidLine, filled: list[bool], several: Sequence[LaidLine]) -> None:
    """A lone segment widens the column it starts in, as far as the next column's first figure."""
    starts = sorted(s.start for other in several for s in other.segments if s.figure and s.start > line.start)
    limit = starts[0] if starts else line.end
    segment = line.segments[0]
    for x in range(line.start, min(line.end, limit - 1, len(filled) - 1)):
        if line.source.text[x : x + 1] != " " or not _splits_here(line, segment, x):
            filled[x] = True


def _splits_here(line: LaidLine, segment: Segment, x: int) -> bool:
    """Whether a single blank in a segment may part two columns: between two figures."""
    before, after = line.source.text[segment.start : x].strip(), line.source.text[x : segment.end].strip()
    last, first = before.split()[-1:], after.split()[:1]
    return bool(last and first and looks_numeric(last[0]) and looks_numeric(first[0]))


def is_row_number(word: str) -> bool:
    """Whether a line's first word numbers its row. A lone capital may end a heading (`ST` over `T`)."""
    ordinal = read_ordinal(word)
    return ordinal is not None and (ordinal.kind != "letter" or not word.isalpha())


def _runs(filled: Sequence[bool]) -> list[tuple[int, int]]:
    runs = []
    start = None
    for x, full in enumerate([*filled, False]):
        if full and start is None:
            start = x
        elif not full and start is not None:
            runs.append((start, x))
            start = None
    return runs


def _without_chance_gutters(
    spans: Sequence[tuple[int, int]], lines: Sequence[LaidLine]
) -> list[tuple[int, int]]:
    """Neighbouring spans joined when one blank parts them and neither side holds figures or row numbers."""
    out: list[tuple[int, int]] = []
    for span in spans:
        if (
            out
            and span[0] - out[-1][1] <= 1
            and not (_is_numeric(out[-1], lines) or _is_numeric(span, lines))
            and not _is_gap(out[-1][1], span[0], lines)
        ):
            out[-1] = (out[-1][0], span[1])
        else:
            out.append(span)
    return out


def _is_gap(left: int, right: int, lines: Sequence[LaidLine]) -> bool:
    """Whether most lines with texts on both sides of a narrow gutter part them by a wide gap there, or
    texts begin just after it: only the longest text of a column reaches its neighbour."""
    apart = whole = begun = 0
    for line in lines:
        begun += any(s.start == right for s in line.segments)
        if not (line.start < left and line.end > right):
            continue
        inside = any(s.start < left and s.end > right for s in line.segments)
        apart += not inside
        whole += inside
    return max(apart, begun) >= _LEAST_APART and max(apart, begun) > 2 * whole


def _parted_where_begun(spans: Sequence[tuple[int, int]], lines: Sequence[LaidLine]) -> list[tuple[int, int]]:
    """The spans, one of words parted at a place where many texts begin after a gap and hardly one runs on: a
    few texts as wide as their column come within a blank of the next one's."""
    out: list[tuple[int, int]] = []
    rest = list(spans)
    while rest:
        start, end = rest.pop(0)
        at = None if _is_numeric((start, end), lines) else _begun(start, end, lines)
        if at is None:
            out.append((start, end))
            continue
        ends = [s.end for line in lines for s in line.segments if start <= s.start and s.end < at]
        out.append((start, max(ends)))
        rest.insert(0, (at, end))
    return out


def _begun(start: int, end: int, lines: Sequence[LaidLine]) -> int | None:
    """The place well within a span at which most texts begin, those that run on there counted against it;
    None where there are too few, or no text of the span ends before it."""
    begun = Counter[int]()
    inside = [[s for s in line.segments if s.start < end and s.end > start] for line in lines]
    for segments in inside:
        begun.update(s.start for s in segments if not s.figure and s.start >= start + _LEAST_WIDTH)
    best: tuple[int, int] | None = None
    for at, count in sorted(begun.items()):
        through = sum(_runs_through(s, at) for segments in inside for s in segments)
        before = sum(s.end < at for segments in inside for s in segments[:1])
        held = min(count, before) >= _LEAST_BEGUN and through <= _MOST_THROUGH * count
        if held and (best is None or count > best[1]):
            best = at, count
    return best[0] if best else None


def _runs_through(segment: Segment, at: int) -> bool:
    """Whether a text runs over a place, no word of it beginning there; one that a neighbour pushed has fewer
    letters than its place."""
    before = segment.text[at - 1 - segment.start : at - segment.start]
    return segment.start < at - 1 and segment.end > at and before != " "


def _with_dashes(spans: Sequence[tuple[int, int]], lines: Sequence[LaidLine]) -> list[tuple[int, int]]:
    """Neighbouring spans of figures joined where one is empty wherever the other is filled: a dash set at
    the left of a column whose figures are centred, or figures a blank apart that no line has both of."""
    out = list(spans)
    i = 0
    while i + 1 < len(out):
        left = [line.source.text[out[i][0] : out[i][1]].strip() for line in lines]
        right = [line.source.text[out[i + 1][0] : out[i + 1][1]].strip() for line in lines]
        exclusive = not any(a and b for a, b in zip(left, right, strict=True))
        dashes = any(any(side) and all(is_none_mark(t) for t in side) for side in (left, right))
        figures = _is_numeric(out[i], lines) and _is_numeric(out[i + 1], lines)
        if exclusive and figures and (dashes or out[i + 1][0] - out[i][1] <= _CLOSE):
            out[i : i + 2] = [(out[i][0], out[i + 1][1])]
        else:
            i += 1
    return out


def _is_numeric(span: tuple[int, int], lines: Sequence[LaidLine]) -> bool:
    texts = [t for line in lines if (t := line.source.text[span[0] : span[1]].strip())]
    hits = sum(looks_numeric(t) or is_none_mark(t) or read_ordinal(t) is not None for t in texts)
    return bool(texts) and hits >= _MOST_TEXTS * len(texts)


def place_columns(spans: Sequence[tuple[int, int]]) -> list[ColumnPlace]:
    """The columns with their cell bounds, each half-way to its neighbour."""
    out = []
    for i, (start, end) in enumerate(spans):
        left = (spans[i - 1][1] + start) / 2 if i else 0.0
        right = (end + spans[i + 1][0]) / 2 if i + 1 < len(spans) else float("inf")
        out.append(ColumnPlace(start, end, left, right))
    return out

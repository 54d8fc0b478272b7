"""Which lines of a laid-out page make one table: its header, and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from extract.dump.layout.columns import LaidLine, is_figure
from extract.dump.layout.lone_figures import under_headings
from extract.dump.layout.marks import titles_section
from extract.dump.layout.mends import SHORT_GROUP, TORN_HEAD
from extract.dump.layout.numbers import counts_on, runs_through
from extract.dump.layout.top import (
    OUTDENT,
    ends_table,
    header_top,
    heads_another,
    is_under_headings,
    next_head,
    opens_section,
)
from extract.dump.lines import in_capitals, is_caption, is_rule
from extract.tables.rows import names_years
from normalize.ordinals import is_ordinal_head
from normalize.totals import is_total_label
from normalize.unicode import squeeze

# A region needs so many lines with figures in columns; one line is no evidence of columns.
_LEAST_CORES = 2
_LONGEST_GAP = 9
# Numbers of rows, alone or pushed in by their level, begin within so many places of each other.
_NUMBERS_APART = 6
_BEYOND = 1000  # lines: no region is so long
_NARROW = 0.45  # of the region's width
_HEAD_LINES = 5  # of a header from its first line to that of its row numbers
_SEVERAL = 3  # texts of a line that are cells of a row
_UNIT = "don vi"  # of measure, told over a table
_TOP_LINES = 12  # of a page that may be headings
_MOST_BELOW = 6  # lines of a row below its number


@dataclass(frozen=True, slots=True)
class Region:
    """A table's lines on one page: those of the header, and those of the body."""

    header: tuple[LaidLine, ...]
    body: tuple[LaidLine, ...]


def headings_at_top(lines: Sequence[LaidLine]) -> set[str]:
    """The lines of several texts at the top of a page that a row at the foot of the page before may have over
    it, too."""
    filled = [line for line in lines if not line.blank][:_TOP_LINES]
    own = takewhile(lambda line: not line.is_core, filled)
    return {squeeze(line.source.key) for line in own if len(line.segments) > 1}


def regions_of(lines: Sequence[LaidLine], heads: set[str], feet: set[str], runs_on: int = 0) -> list[Region]:
    """The regions of a page; one line of figures is enough under a header line known from a table before
    (one of `heads`; of `feet` where it was the last). Rows that count on from `runs_on` need no figures."""
    cores = [i for i, line in enumerate(lines) if line.is_core and not _names_years(line)]
    cores += under_headings(lines, cores)
    numbered = frozenset(counts_on(lines, runs_on) if runs_on else ())
    cores = sorted({*cores, *numbered})
    regions: list[Region] = []
    group: list[int] = []
    floor = 0
    for i in [*cores, len(lines) + _BEYOND]:
        between = lines[group[-1] : i + 1] if group else ()
        apart = bool(group) and (_far_apart(lines, group[-1], i) or _parted(between))
        head = next_head(between) if group and not apart else None
        if apart or head:
            known = not numbered.isdisjoint(group) or _under_known(lines, group[0], heads)
            enough = len(group) >= _LEAST_CORES or known
            own = lines[: group[-1] + head[0]] if head else lines
            if enough and (region := _region(own, group[0], group[-1], feet, floor)):
                regions.append(region)
            floor = group[-1] + (head[1] if head else 1)
            group = []
        group.append(i)
    return regions


def _under_known(lines: Sequence[LaidLine], first: int, heads: set[str]) -> bool:
    """Whether a header line of an earlier table stands right above a figure line."""
    return any(squeeze(line.source.key) in heads for line in lines[max(0, first - _LONGEST_GAP) : first])


def _far_apart(lines: Sequence[LaidLine], before: int, after: int) -> bool:
    """Whether two figure lines lie too far apart for one table; rows without figures between them, told by
    their numbers, bridge the gap."""
    steps = [
        before,
        *(k for k in range(before + 1, min(after, len(lines))) if lines[k].opens_with_ordinal),
        after,
    ]
    return any(b - a > _LONGEST_GAP for a, b in pairwise(steps))


def _parted(rows: Sequence[LaidLine]) -> bool:
    """Whether lines between two figure lines, the first and the last, belong to no table: a caption, running
    text, another header."""
    between = rows[:-1]
    if runs_through(rows):
        return False
    return any(
        is_caption(line.source, before.source)
        or line.is_prose
        or ends_table(line)
        or any(is_ordinal_head(segment.text) for segment in line.segments)
        for before, line in pairwise(between)
    ) or heads_another(between)


def _region(
    lines: Sequence[LaidLine], first: int, last: int, feet: set[str], floor: int = 0
) -> Region | None:
    """The region round the figure lines `first` to `last`: label lines after them, header lines above. What
    stands under the last line of an earlier table's header (one of `feet`) is the end of a row that the page
    parts; lines over `floor` are another table's."""
    filled = [line for line in lines[first : last + 1] if line.segments]
    cores = [line for line in filled if line.is_core or len(line.segments) >= _SEVERAL] or filled
    left = min(line.start for line in cores)
    right = max(line.end for line in cores)
    end = last
    anchor = last
    while end + 1 < len(lines) and _belongs_below(lines, end + 1, anchor, left, right):
        end += 1
        anchor = end if lines[end].opens_with_ordinal else anchor
    top = max(floor, header_top(lines, first, left, right))
    inside = [x for x in lines[top : end + 1] if not x.blank and not is_rule(x.source.text)]
    start = next((i for i, line in enumerate(inside) if line.source.number == lines[first].source.number), 0)
    again = [i for i in range(start) if squeeze(inside[i].source.key) in feet]
    start = again[-1] + 1 if again else _body_start(inside, _first_total(inside, _after_years(inside, start)))
    while start and _is_of_first_row(inside, start - 1, left):
        start -= 1
    return Region(tuple(inside[:start]), tuple(inside[start:]))


def _is_of_first_row(lines: Sequence[LaidLine], i: int, left: int) -> bool:
    """Whether a line above the first row is none of the header's: figures torn off, or a section's name."""
    line = lines[i]
    if line.names_section and is_under_headings(lines, i):
        return True
    return _is_of_torn_figures(line) or titles_section(line) or opens_section(lines, i, left)


def _after_years(lines: Sequence[LaidLine], first_core: int) -> int:
    """The first line of figures that is no row of years, which head columns."""
    if first_core < len(lines) and not _names_years(lines[first_core]):
        return first_core
    cores = (i for i in range(first_core, len(lines)) if lines[i].is_core)
    return next((i for i in cores if not _names_years(lines[i])), first_core)


def _names_years(line: LaidLine) -> bool:
    return names_years(["", *(s.text for s in line.segments)])


def _first_total(lines: Sequence[LaidLine], first_core: int) -> int:
    """The first line of figures, or of a total row over them whose figures stand a blank apart."""
    totals = (i for i in range(first_core) if _is_total_row(lines[i]))
    return next(totals, first_core)


def _is_total_row(line: LaidLine) -> bool:
    label, *rest = line.segments
    return is_total_label(label.text) and any(is_figure(word) for s in rest for word in s.text.split())


def _is_of_torn_figures(line: LaidLine) -> bool:
    """Whether a line holds nothing but first parts of figures, whose rests stand below their row's label."""
    return bool(line.segments) and all(
        TORN_HEAD.match(s.text) or SHORT_GROUP.match(s.text) for s in line.segments
    )


def _belongs_below(lines: Sequence[LaidLine], i: int, last: int, left: int, right: int) -> bool:
    line = lines[i]
    if line.blank or _is_title(line, lines[last]) or _is_of_next_header(lines, i) or ends_table(line):
        return False
    if len(line.segments) == 1 and i + 1 < len(lines) and lines[i + 1].source.key.strip().startswith(_UNIT):
        return False  # a title over the unit of its table
    return (
        i - last <= _LONGEST_GAP
        and not is_caption(line.source)
        and not line.is_prose
        and line.source.text.strip() != ""
        and (len(line.segments) >= 2 or line.end - line.start < _NARROW * (right - left))
        and line.start >= left - OUTDENT
    )


def _is_of_next_header(lines: Sequence[LaidLine], i: int) -> bool:
    """Whether a line, or one of the next few with none blank between, has a heading of row numbers."""
    block = takewhile(lambda line: not line.blank, lines[i : i + _HEAD_LINES])
    return any(is_ordinal_head(segment.text) for line in block for segment in line.segments)


def _is_title(line: LaidLine, row: LaidLine) -> bool:
    """Whether a lone text in capitals under a row begins elsewhere than the row's label: the title of
    what comes next."""
    return (
        in_capitals(line.source.text)
        and len(line.segments) == 1
        and not line.opens_with_ordinal
        and abs(line.start - row.label_start) > 2
    )


def _body_start(lines: Sequence[LaidLine], first_core: int) -> int:
    """The first line of the first row: label lines may stand over its figures, as many as under them."""
    numbering = [i for i in range(first_core + 1) if lines[i].is_numbering]
    if numbering:
        return numbering[-1] + 1
    ordinal = next((i for i in range(first_core + 1) if _numbers_row(lines, i, first_core)), first_core)
    below = 0
    while ordinal + 1 + below < len(lines) and not lines[ordinal + 1 + below].is_core and below < _MOST_BELOW:
        if lines[ordinal + 1 + below].opens_with_ordinal:
            break
        below += 1
    if not below:
        return ordinal
    first = lines[ordinal]
    label = None if first.lone_label or first.segments[1].figure else first.label_start
    above = 0
    while above < below and ordinal - above - 1 >= 0:
        over = lines[ordinal - above - 1]
        if over.is_numbering:
            break
        if len(over.segments) > 1:
            if not _begins_as(over, lines[ordinal : ordinal + 1 + below]):
                break
            above += 1
            continue
        near = lines[ordinal + 1].start
        if abs(over.start - near) > 2 and (label is None or abs(over.start - label) > 2):
            break
        above += 1
    return ordinal - above


def _numbers_row(lines: Sequence[LaidLine], i: int, first_core: int) -> bool:
    """Whether line `i` opens with a row's number: one that stands where the numbers of the figure lines do.
    A heading's second line may open with a figure too (`Trẻ dưới` over `1 tuổi`)."""
    if not lines[i].opens_with_ordinal:
        return False
    cores = [x for x in lines[first_core:] if x.is_core]
    places = [x.start for x in cores if x.opens_with_ordinal]
    if not places:
        return lines[i].start <= min((x.start for x in cores), default=lines[i].start) + 1
    return min(places) - _NUMBERS_APART <= lines[i].start <= max(places) + _NUMBERS_APART


def _begins_as(line: LaidLine, row: Sequence[LaidLine]) -> bool:
    """Whether every text of a line begins where texts of a row's lines begin: cells wrapped side by side."""
    starts = [s.start for other in row for s in other.segments if not s.figure]
    return all(any(abs(s.start - at) <= 1 for at in starts) for s in line.segments)

"""Tables of dumps that keep the page's layout: columns stand at the same places in line after line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from extract.dump.draft import Draft, Span, square
from extract.dump.figures import figures_together, groups_by_blanks
from extract.dump.layout.between import with_lines_between
from extract.dump.layout.columns import (
    ColumnPlace,
    LaidLine,
    columns_of,
    is_figure,
    laid_lines,
    place_columns,
    slice_line,
)
from extract.dump.layout.doubts import with_doubts
from extract.dump.layout.halves import with_halves_together
from extract.dump.layout.header import read_header
from extract.dump.layout.hollow import without_hollow_columns
from extract.dump.layout.levels import levelled
from extract.dump.layout.marks import (
    by_headings,
    by_marks,
    counts_all,
    mark_places,
    numbering_rows,
    titles_section,
)
from extract.dump.layout.mends import (
    SHORT_GROUP,
    TORN_HEAD,
    figures_out_of_labels,
    join_torn_figures,
    part_stuck_figures,
    split_aligned,
    split_by_marks,
)
from extract.dump.layout.merged import merged_rows
from extract.dump.layout.numbers import counts_on, next_number, without_ordinals
from extract.dump.layout.rows import group_rows
from extract.dump.layout.seams import goes_on, joined, total_alone, with_total
from extract.dump.layout.shifts import pushed_back, with_words_apart
from extract.dump.layout.sides import Sides, side_by_side, without_sides
from extract.dump.layout.top import OUTDENT, ends_table, header_top, heads_another, opens_section
from extract.dump.lines import SourceLine, in_capitals, is_caption, is_rule
from extract.tables.rows import names_years
from normalize.ordinals import is_ordinal_head, read_ordinal
from normalize.totals import is_total_label
from normalize.unicode import squeeze

# A region needs so many lines with figures in columns; one line is no evidence of columns.
_LEAST_CORES = 2
_LONGEST_GAP = 9
_WIDE_GAP, _WIDE_SHARE = 4, 0.6
# Numbers of rows, alone or pushed in by their level, begin within so many places of each other.
_NUMBERS_APART = 6
_BEYOND = 1000  # lines: no region is so long
_NARROW = 0.45  # of the region's width
_HEAD_LINES = 5  # of a header from its first line to that of its row numbers
_MOST_BELOW = 6  # lines of a row below its number
_LAYOUT_SURE = 0.97  # confidence of a table cut by its blanks


@dataclass(frozen=True, slots=True)
class Region:
    """A table's lines on one page: those of the header, and those of the body."""

    header: tuple[LaidLine, ...]
    body: tuple[LaidLine, ...]


def layout_drafts(lines: Sequence[SourceLine]) -> list[Draft]:
    """The tables laid out in columns, parts on following pages joined where header or columns go on."""
    drafts: list[Draft] = []
    pages: dict[int, list[SourceLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    laid = {page: laid_lines(page_lines) for page, page_lines in pages.items()}
    if not _keeps_layout([line for page in laid.values() for line in page]):
        return []
    heads, feet = set[str](), set[str]()
    known: list[LaidLine] = []
    beside: list[Draft] = []
    for whole_page in laid.values():
        sides = side_by_side(whole_page)
        beside += [draft for shared in sides for draft in _of_sides(shared)]
        page_laid = without_sides(whole_page, sides) if sides else whole_page
        runs_on = next_number(drafts[-1], page_laid) if drafts else 0
        regions = _regions(page_laid, heads, feet, runs_on)
        total = total_alone(drafts[-1], page_laid) if drafts else None
        if total and not any(line.source is total.source for r in regions for line in r.body):
            drafts[-1] = with_total(drafts[-1], total)
        for region in regions:
            heads |= {squeeze(line.source.key) for line in region.header if len(line.segments) > 1}
            feet |= {
                squeeze(line.source.key)
                for line in region.header[-1:]
                if len(line.segments) > 1 or line.is_numbering
            }
            draft = _read_region(region, known, drafts[-1].n_cols if drafts else 0)
            known = [line for line in region.header if line.is_numbering] or known
            if draft is None:
                continue
            if drafts:
                drafts[-1] = with_lines_between(drafts[-1], draft, lines)
            if drafts and goes_on(*(level := levelled(drafts[-1], draft)), lines):
                drafts[-1] = joined(*level)
            else:
                drafts.append(draft)
    return with_doubts(drafts, beside)


def _of_sides(shared: Sides) -> list[Draft]:
    """The tables of a stretch of lines that two share, each with the other's texts as left out on purpose."""
    found = [
        replace(draft, title=title)
        for half, title in zip((shared.left, shared.right), shared.titles, strict=True)
        for region in _regions(half, set(), set())
        if (draft := _read_region(region))
    ]
    texts = [tuple(text for row in draft.rows for text in row) for draft in found]
    lines = range(shared.left[shared.first].source.number, shared.left[shared.last].source.number + 1)
    return [
        replace(
            draft,
            first_line=lines[0],
            last_line=lines[-1],
            dropped=tuple(text for k, own in enumerate(texts) if k != i for text in own),
        )
        for i, draft in enumerate(found)
    ]


def _keeps_layout(lines: Sequence[LaidLine]) -> bool:
    """Whether figures stand far apart in most lines that have several: a dump that drops the layout has
    two or three blanks between cells here and there, one that keeps it has wide gaps nearly everywhere."""
    cores = [line for line in lines if line.is_core]
    wide = sum(any(b.start - a.end >= _WIDE_GAP for a, b in pairwise(line.segments)) for line in cores)
    return wide >= max(_LEAST_CORES, _WIDE_SHARE * len(cores))


def _regions(lines: Sequence[LaidLine], heads: set[str], feet: set[str], runs_on: int = 0) -> list[Region]:
    """The regions of a page; one line of figures is enough under a header line known from a table before
    (one of `heads`; of `feet` where it was the last). Rows that count on from `runs_on` need no figures."""
    cores = [i for i, line in enumerate(lines) if line.is_core]
    numbered = frozenset(counts_on(lines, runs_on) if runs_on else ())
    cores = sorted({*cores, *numbered})
    regions: list[Region] = []
    group: list[int] = []
    for i in [*cores, len(lines) + _BEYOND]:
        if group and (_far_apart(lines, group[-1], i) or _parted(lines[group[-1] : i])):
            known = not numbered.isdisjoint(group) or _under_known(lines, group[0], heads)
            enough = len(group) >= _LEAST_CORES or known
            if enough and (region := _region(lines, group[0], group[-1], feet)):
                regions.append(region)
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


def _parted(between: Sequence[LaidLine]) -> bool:
    """Whether lines between two figure lines belong to no table: a caption, running text, another header."""
    return any(
        is_caption(line.source, before.source)
        or line.is_prose
        or ends_table(line)
        or any(is_ordinal_head(segment.text) for segment in line.segments)
        for before, line in pairwise(between)
    ) or heads_another(between)


def _region(lines: Sequence[LaidLine], first: int, last: int, feet: set[str]) -> Region | None:
    """The region round the figure lines `first` to `last`: label lines after them, header lines above. What
    stands under the last line of an earlier table's header (one of `feet`) is the end of a row that the page
    parts."""
    filled = [line for line in lines[first : last + 1] if line.segments]
    cores = [line for line in filled if line.is_core] or filled
    left = min(line.start for line in cores)
    right = max(line.end for line in cores)
    end = last
    anchor = last
    while end + 1 < len(lines) and _belongs_below(lines, end + 1, anchor, left, right):
        end += 1
        anchor = end if lines[end].opens_with_ordinal else anchor
    top = header_top(lines, first, left, right)
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
    return _is_of_torn_figures(line) or titles_section(line) or opens_section(lines, i, left)


def _after_years(lines: Sequence[LaidLine], first_core: int) -> int:
    """The first line of figures that is no row of years, which head columns."""
    cores = (i for i in range(first_core, len(lines)) if lines[i].is_core)
    return next((i for i in cores if not names_years(["", *(s.text for s in lines[i].segments)])), first_core)


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
    if line.blank or _is_title(line, lines[last]) or _is_of_next_header(lines, i):
        return False
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
    label = lines[ordinal].label_start if not lines[ordinal].lone_label else None
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
    places = [x.start for x in lines[first_core:] if x.is_core and x.opens_with_ordinal]
    return not places or min(places) - _NUMBERS_APART <= lines[i].start <= max(places) + _NUMBERS_APART


def _begins_as(line: LaidLine, row: Sequence[LaidLine]) -> bool:
    """Whether every text of a line begins where texts of a row's lines begin: cells wrapped side by side."""
    starts = [s.start for other in row for s in other.segments if not s.figure]
    return all(any(abs(s.start - at) <= 1 for at in starts) for s in line.segments)


def _read_region(region: Region, known: Sequence[LaidLine] = (), width: int = 0) -> Draft | None:
    """The table of a region, its columns told by the gutters; by the column numbers (those `known` of a page
    before where it has none) where these are more, or figures run into one cell."""
    header_lines = [line for line in region.header if not line.is_numbering]
    marks = [line for line in region.header if line.is_numbering]
    columns, body, lead = _by_gutters(region, header_lines, marks)
    numbered = len(mark_places(marks or known))
    if numbered >= len(columns) and ((marks and numbered > len(columns)) or _runs_together(body)):
        found = by_marks(region.body, marks or known)
        allowed = _runs_together(body) - (numbered == len(columns))
        if found and _runs_together(found[1]) <= allowed:
            columns, body = found
            lead = 2
    headed = None if marks else by_headings(region.body, header_lines, len(columns))
    if headed and _runs_together(headed[1]) <= _runs_together(body):
        columns, body = headed
        lead = 1 + (sum(read_ordinal(row[0]) is not None for row in body if row[0]) > 1)
    if len(columns) < 2:
        return None
    head, _ = read_header(header_lines, columns, lead=lead, counted=True)
    whole = join_torn_figures(body)
    merged = merged_rows(whole, lead)
    rows = figures_out_of_labels(merged.rows if merged else group_rows(whole), lead)
    rows = with_words_apart(pushed_back(rows))
    numbering = numbering_rows([slice_line(line, columns) for line in marks])
    out, above = [*head.rows, *numbering, *rows], len(head.rows) + len(numbering)
    pages = [region.body[0].source.page] * len(out)
    first = (region.header or region.body)[0].source.number
    if len(rows) < 2 and not head.rows:
        return None
    draft = Draft(
        rows=square(out, len(columns)),
        first_line=first,
        last_line=region.body[-1].source.number,
        pages=tuple(pages),
        header_rows=above or None,
        spans=(
            *(Span(*s) for s in head.spans),
            *(replace(s, row=s.row + above) for s in (merged.spans if merged else ())),
        ),
        confidence=_LAYOUT_SURE,
    )
    return with_halves_together(without_hollow_columns(draft), width)


def _by_gutters(
    region: Region, header: Sequence[LaidLine], marks: Sequence[LaidLine]
) -> tuple[list[ColumnPlace], list[tuple[str, ...]], int]:
    """The columns by the blanks between them, the body's lines in them, and how many stand before those of
    figures; a heading beside all of them has an empty one."""
    numbers, rest, place = without_ordinals(region.body)
    rest = part_stuck_figures(split_aligned(rest))
    columns = split_by_marks(_with_number_column(columns_of(rest), place), marks, rest)
    lead = 2 if place else 1
    if len(columns) > 1 and not counts_all([slice_line(line, columns) for line in marks]):
        columns = read_header(header, columns, lead)[1]
    body = [
        (number, *slice_line(line, columns[1:])) if place else slice_line(line, columns)
        for number, line in zip(numbers, rest, strict=True)
    ]
    return columns, body, lead


def _runs_together(body: Sequence[Sequence[str]]) -> int:
    """How many figures stand in one cell with others."""
    by_blanks = groups_by_blanks(text for row in body for text in row)
    return sum(figures_together(text, by_blanks) for row in body for text in row)


def _with_number_column(columns: list[ColumnPlace], place: tuple[int, int] | None) -> list[ColumnPlace]:
    """The columns with the one of row numbers before them, which may run up to the first label."""
    if place is None or not columns:
        return columns
    first = columns[0]
    number = (place[0], max(place[0] + 1, min(place[1], first.start)))
    return place_columns(
        [number, (max(first.start, number[1]), first.end), *((c.start, c.end) for c in columns[1:])]
    )

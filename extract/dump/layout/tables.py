"""Tables of dumps that keep the page's layout: columns stand at the same places in line after line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.dump.draft import Draft, Span, square
from extract.dump.figures import figures_together, groups_by_blanks
from extract.dump.layout.between import with_lines_between
from extract.dump.layout.columns import (
    ColumnPlace,
    LaidLine,
    columns_of,
    grouped_by_blanks,
    laid_lines,
    place_columns,
)
from extract.dump.layout.doubts import with_doubts
from extract.dump.layout.figure_edges import with_figures_apart
from extract.dump.layout.halves import with_halves_together
from extract.dump.layout.header import read_header
from extract.dump.layout.hollow import without_hollow_columns
from extract.dump.layout.in_order import in_order
from extract.dump.layout.levels import levelled
from extract.dump.layout.marks import (
    by_headings,
    by_marks,
    counts_all,
    mark_places,
    numbering_rows,
)
from extract.dump.layout.mends import (
    figures_out_of_labels,
    join_torn_figures,
    part_stuck_figures,
    split_aligned,
    split_by_marks,
)
from extract.dump.layout.merged import merged_rows
from extract.dump.layout.numbers import (
    next_number,
    without_ordinals,
)
from extract.dump.layout.regions import Region, headings_at_top, regions_of
from extract.dump.layout.rows import group_rows
from extract.dump.layout.seams import goes_on, joined, total_alone, with_total
from extract.dump.layout.shifts import pushed_back, with_words_apart
from extract.dump.layout.sides import Sides, side_by_side, without_sides
from extract.dump.layout.slices import slice_line
from extract.dump.lines import SourceLine
from normalize.ordinals import read_ordinal
from normalize.unicode import squeeze

_LEAST_CORES = 2  # one line is no evidence of columns
_WIDE_GAP, _WIDE_SHARE = 4, 0.6
_LAYOUT_SURE = 0.97  # confidence of a table cut by its blanks


def layout_drafts(lines: Sequence[SourceLine]) -> list[Draft]:
    """The tables laid out in columns, parts on following pages joined where header or columns go on."""
    drafts: list[Draft] = []
    pages: dict[int, list[SourceLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    laid = {page: with_figures_apart(laid_lines(own)) for page, own in pages.items()}
    if not _keeps_layout([line for page in laid.values() for line in page]):
        return []
    heads, feet = set[str](), set[str]()
    known: list[LaidLine] = []
    beside: list[Draft] = []
    by_blanks = grouped_by_blanks([line for page in laid.values() for line in page if line.is_core])
    ahead = [headings_at_top(page) for page in [*laid.values()][1:]]
    for whole_page, coming in zip(laid.values(), [*ahead, set[str]()], strict=True):
        sides = side_by_side(whole_page)
        beside += [draft for shared in sides for draft in _of_sides(shared)]
        page_laid = without_sides(whole_page, sides) if sides else whole_page
        runs_on = next_number(drafts[-1], page_laid) if drafts else 0
        regions = regions_of(page_laid, heads | coming, feet, runs_on)
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
            draft = _read_region(region, known, drafts[-1].n_cols if drafts else 0, by_blanks)
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
        for region in regions_of(half, set(), set())
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


def _read_region(
    region: Region, known: Sequence[LaidLine] = (), width: int = 0, by_blanks: bool = False
) -> Draft | None:
    """The table of a region, its columns told by the gutters; by the column numbers (those `known` of a page
    before where it has none) where these are more, or figures run into one cell."""
    header_lines = [line for line in region.header if not line.is_numbering]
    marks = [line for line in region.header if line.is_numbering]
    columns, body, lead = _by_gutters(region, header_lines, marks, by_blanks)
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
    region: Region, header: Sequence[LaidLine], marks: Sequence[LaidLine], by_blanks: bool
) -> tuple[list[ColumnPlace], list[tuple[str, ...]], int]:
    """The columns by the blanks between them, the body's lines in them, and how many stand before those of
    figures; a heading beside all of them has an empty one."""
    numbers, rest, place = without_ordinals(region.body)
    rest = part_stuck_figures(split_aligned(rest))
    columns = split_by_marks(_with_number_column(columns_of(rest, by_blanks), place), marks, rest)
    lead = 2 if place else 1
    ordered = in_order(rest, columns)
    columns = ordered.columns if ordered else columns
    if len(columns) > 1 and not counts_all([slice_line(line, columns) for line in marks]):
        columns = read_header(header, columns, lead)[1]
    if ordered and len(ordered.columns) == len(columns):
        rows = [ordered.cells(line) for line in rest]
        body = [(number, *row[1:]) if place else row for number, row in zip(numbers, rows, strict=True)]
        return columns, body, lead
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

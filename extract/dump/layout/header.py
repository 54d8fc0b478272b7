"""The header of a laid-out table: segments over columns, groups over several, put back into cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import fsum

from extract.dump.layout.columns import ColumnPlace, LaidLine, Segment, place_columns
from extract.dump.layout.tree import Heading, goes_on, header_tree, rows_and_spans

# A text is centred on columns when their middles lie within so many characters of each other.
_CENTRED = 3.0
_MEETS_GAP = 5.0
_NEAR = 2  # lines, with one of other columns between
_STAYS_CENTRED = 1.5
_HALF = 0.5  # of a line
_OVER = 0.4  # of a text that is cut off for a column
_NUMBER_HEAD = re.compile(r"^(STT|TT|Stt|Số TT|SỐ TT|Số thứ tự) (?=[A-ZĐ\u00c0-\u1ef9])")


@dataclass(frozen=True, slots=True)
class HeaderGrid:
    """Rows of header texts, and spans as (row, col, height, width)."""

    rows: list[list[str]]
    spans: list[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment (or part of one) of the header on its line, with the columns it stands over."""

    line: int
    start: int
    end: int
    text: str
    first: int
    last: int


def read_header(
    lines: Sequence[LaidLine], columns: Sequence[ColumnPlace], lead: int = 2, counted: bool = False
) -> tuple[HeaderGrid, list[ColumnPlace]]:
    """The header over the columns; a heading beside all columns adds an empty one at its place, save where
    the columns are as many as a row of column numbers has `counted`.

    The first `lead` columns (row number, label) belong to no group.
    """
    lines = [line for line in lines if line.segments]
    if not lines:
        return HeaderGrid([], []), list(columns)
    columns = list(columns) if counted else _with_empty_columns(lines, columns)
    gaps = [_wrapped_gaps(lines, k) for k in range(len(lines))]
    pieces = [
        p
        for k, line in enumerate(lines)
        for s in _without_number_head(line.segments, columns, lead)
        for p in _cut(k, s, columns, gaps[k], lines[k + 1].segments if k + 1 < len(lines) else ())
    ]
    pieces = [part for p in pieces for part in _apart(p, pieces, columns)]
    heights = _heights(lines)
    headings = [Heading(heights[p.line], p.start, p.end, p.text) for p in pieces]
    tree = header_tree(headings, columns, lead)
    return HeaderGrid(*rows_and_spans(tree, len(columns))), list(columns)


def _heights(lines: Sequence[LaidLine]) -> list[float]:
    """How far each line stands under the first; one with the number of the line before was run into that and
    stands half a line under it."""
    out: list[float] = []
    for k, line in enumerate(lines):
        twin = k > 0 and line.source.number == lines[k - 1].source.number
        out.append(out[-1] + _HALF if twin else float(line.source.number - lines[0].source.number))
    return out


def _without_number_head(
    segments: Sequence[Segment], columns: Sequence[ColumnPlace], lead: int
) -> list[Segment]:
    """The segments of a line, the heading of the row numbers parted from a second one a blank after it."""
    found = list(segments)
    match = _NUMBER_HEAD.match(found[0].text)
    if lead < 2 or match is None or len(columns) < 2 or found[0].start > columns[0].end:
        return found
    at = found[0].start + match.end()
    start = max(at, min(columns[1].start, found[0].end - 1))
    return [
        Segment(found[0].start, found[0].start + len(match[1]), match[1]),
        Segment(start, max(found[0].end, start + 1), found[0].text[match.end() :]),
        *found[1:],
    ]


def _with_empty_columns(lines: Sequence[LaidLine], columns: Sequence[ColumnPlace]) -> list[ColumnPlace]:
    """The columns, with one for each heading right of all of them or in a gap wide enough for it."""
    spans = [(c.start, c.end) for c in columns]
    for k, line in enumerate(lines):
        for segment in line.segments:
            clear = all(segment.end <= start or segment.start >= end for start, end in spans)
            beside = segment.start >= spans[-1][1] + 2 or any(
                a[1] + 2 <= segment.start and segment.end + 2 <= b[0] for a, b in pairwise(spans)
            )
            if clear and beside and _is_alone(k, segment, lines, spans):
                spans = sorted([*spans, (segment.start, segment.end)])
            else:
                spans = [_widened(span, segment, spans, columns) for span in spans]
    return place_columns(_without_shifted_heads(lines, spans, columns))


def _without_shifted_heads(
    lines: Sequence[LaidLine], spans: Sequence[tuple[int, int]], columns: Sequence[ColumnPlace]
) -> list[tuple[int, int]]:
    """The columns without added ones beside a column of the body that has no heading of its own: what stands
    there is its heading, set beside narrow figures."""
    body = {(c.start, c.end) for c in columns}
    kept = list(spans)
    for i, span in enumerate(spans):
        beside = [spans[k] for k in (i - 1, i + 1) if 0 <= k < len(spans) and spans[k] in body]
        if span not in body and any(not _is_headed(lines, place, spans) for place in beside):
            kept.remove(span)
    return kept


def _is_headed(lines: Sequence[LaidLine], place: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a heading over one column stands over this one."""
    return any(
        segment.start <= place[1]
        and place[0] <= segment.end
        and sum(segment.start < end and start < segment.end for start, end in spans) <= 1
        for line in lines
        for segment in line.segments
    )


def _widened(
    span: tuple[int, int], segment: Segment, spans: Sequence[tuple[int, int]], columns: Sequence[ColumnPlace]
) -> tuple[int, int]:
    """An added (empty) column as wide as the headings over it; columns with a body stay."""
    if any((c.start, c.end) == span for c in columns):
        return span
    if segment.end <= span[0] or segment.start >= span[1]:
        return span
    return (min(span[0], segment.start), max(span[1], segment.end))


def _is_alone(k: int, segment: Segment, lines: Sequence[LaidLine], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether no heading on line `k` or under it that is over a column also overlaps the segment: else the
    segment heads that column. A group over it says nothing."""
    for line in lines[k:]:
        for other in line.segments:
            if other is segment or other.end <= segment.start or other.start >= segment.end:
                continue
            if any(other.start < end and other.end > start for start, end in spans):
                return False
    return True


def _wrapped_gaps(lines: Sequence[LaidLine], k: int) -> list[tuple[int, int]]:
    """Gaps of the lines round line `k` between texts that go on from it: both begin with a small letter, so
    two cells wrap side by side there (a cell of another height may stand between); and of the line over it,
    where it goes on with small letters itself."""
    gaps: list[tuple[int, int]] = []
    for step in (-2, -1, 1, 2):
        if not 0 <= k + step < len(lines):
            continue
        between = lines[k + step // 2].segments if abs(step) == _NEAR else ()
        mine = step < 0 and lines[k].segments[0].text[:1].islower()
        for a, b in pairwise(lines[k + step].segments):
            both = goes_on(a.text) and goes_on(b.text)
            if (both or mine) and not any(s.start < b.end and a.start < s.end for s in between):
                gaps.append((a.end, b.start))
    return gaps


def _cut(
    line: int,
    segment: Segment,
    columns: Sequence[ColumnPlace],
    gaps: Sequence[tuple[int, int]] = (),
    below: Sequence[Segment] = (),
) -> list[Piece]:
    """The segment as one piece over its columns, or cut at single blanks into one piece a column.

    It is cut when each part is better centred on a column of its own than the whole on the columns under
    it, and each part after a cut opens with a capital; a cut that meets a gap of the line above or under
    it, where both texts go on, is the likelier; none is made where one text of the line `below` goes on under
    both parts (`khí tượng tỉnh` under `Số đo của Đài`).
    """
    first, last = _under(segment.start, segment.end, columns)
    whole = Piece(line, segment.start, segment.end, segment.text, first, last)
    found = {*_capital_cuts(segment), *_cuts_under(segment, gaps)}
    cuts = sorted(
        x for x in found if not any(goes_on(s.text) and s.start < x - 1 and s.end > x for s in below)
    )
    if first == last and any(_meets(segment, x, gap) for x in cuts for gap in gaps):
        first -= first > 0 and segment.start < columns[first - 1].right
        last += last + 1 < len(columns) and segment.end > columns[last + 1].left
    if first == last:
        return [whole]
    best, best_cost = [whole], _off_centre(whole, columns) + 0.5
    for count in range(1, min(len(cuts), last - first) + 1):
        for chosen in _choices(cuts, count):
            bounds = [segment.start, *chosen, segment.end + 1]
            parts = []
            for a, b in pairwise(bounds):
                f, g = _under(a, b - 1, columns)
                text = segment.text[a - segment.start : b - 1 - segment.start]
                parts.append(Piece(line, a, b - 1, text.strip(), f, g))
            apart = all(p.last < q.first for p, q in pairwise(parts))
            cost = max(_off_centre(p, columns) for p in parts)
            cost -= _MEETS_GAP * all(any(_meets(segment, x, gap) for gap in gaps) for x in chosen)
            if apart and cost < best_cost:
                best, best_cost = parts, cost
    return best


def _apart(piece: Piece, pieces: Sequence[Piece], columns: Sequence[ColumnPlace]) -> list[Piece]:
    """A text over several columns none of which has a heading below it is no group: headings that one
    blank parts. It is cut into one piece a column where capitals allow. So is one that reaches over the
    cells of a neighbour that nothing else heads."""
    own, piece = piece, _reaching(piece, pieces, columns)
    if piece.first == piece.last:
        return [piece]
    if any(p.line > piece.line and p.first <= piece.last and piece.first <= p.last for p in pieces):
        return [piece]
    cuts = _capital_cuts(Segment(piece.start, piece.end, piece.text))
    count = piece.last - piece.first
    best, best_cost = [piece], float("inf")
    for chosen in _choices(cuts, count):
        parts = [
            Piece(piece.line, a, b - 1, piece.text[a - piece.start : b - 1 - piece.start].strip(), c, c)
            for c, (a, b) in enumerate(pairwise([piece.start, *chosen, piece.end + 1]), start=piece.first)
        ]
        cost = fsum(_off_centre(p, columns) for p in parts)
        if cost < best_cost:
            best, best_cost = parts, cost
    if own != piece and not all(_stands_over(part, columns[part.first]) for part in best):
        return [own]
    return best


def _stands_over(piece: Piece, column: ColumnPlace) -> bool:
    """Whether enough of a text stands within the bounds of a column's cells."""
    over = min(piece.end, column.right) - max(piece.start, column.left)
    return over >= _OVER * (piece.end - piece.start)


def _reaching(piece: Piece, pieces: Sequence[Piece], columns: Sequence[ColumnPlace]) -> Piece:
    """The text with the neighbours of its column into whose bounds it reaches and that nothing else heads;
    one over several columns as it is."""
    if piece.first != piece.last:
        return piece
    others = (p for p in pieces if p is not piece and not goes_on(p.text))
    headed = {c for p in others for c in range(p.first, p.last + 1)}
    first, last = piece.first, piece.last
    if first > 0 and first - 1 not in headed and piece.start < columns[first - 1].right:
        first -= 1
    if last + 1 < len(columns) and last + 1 not in headed and piece.end > columns[last + 1].left:
        last += 1
    return replace(piece, first=first, last=last)


def _choices(cuts: Sequence[int], count: int) -> list[tuple[int, ...]]:
    return list(combinations(cuts, count)) if len(cuts) <= 12 else []


def _capital_cuts(segment: Segment) -> list[int]:
    """Places in the segment where a word with a capital opens after a single blank."""
    return [
        segment.start + i + 1
        for i, c in enumerate(segment.text[:-1])
        if c == " " and (segment.text[i + 1].isupper() or segment.text[i + 1] == "%")
    ]


def _cuts_under(segment: Segment, gaps: Sequence[tuple[int, int]]) -> list[int]:
    """Places in the segment where a word opens under or over a gap between two texts of the next line."""
    return [
        segment.start + i + 1
        for i, c in enumerate(segment.text[:-1])
        if c == " " and any(_meets(segment, segment.start + i + 1, gap) for gap in gaps)
    ]


def _meets(segment: Segment, at: int, gap: tuple[int, int]) -> bool:
    """Whether a place in a segment is at a gap that lies under or over the segment."""
    return gap[0] - 1 <= at <= gap[1] + 1 and segment.start < gap[0] and gap[1] < segment.end


def _under(start: int, end: int, columns: Sequence[ColumnPlace]) -> tuple[int, int]:
    """First and last column that a stretch stands over: those whose middle it covers, else the nearest."""
    covered = [i for i, c in enumerate(columns) if start - 1 <= c.middle <= end + 1]
    if covered:
        return covered[0], covered[-1]
    middle = (start + end) / 2
    near = min(range(len(columns)), key=lambda i: abs(columns[i].middle - middle))
    return near, near


def _off_centre(piece: Piece, columns: Sequence[ColumnPlace]) -> float:
    left, right = columns[piece.first], columns[piece.last]
    return abs((piece.start + piece.end) / 2 - (left.middle + right.middle) / 2)

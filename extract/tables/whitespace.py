"""Where a page has figures in columns: regions of lines that share rivers of white space."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.tables.assign import line_text, printed_rows
from extract.tables.rows import is_numbering
from model.geometry import Box, Segment
from model.page import Word
from normalize.numbers import is_none_mark, is_ordinal, looks_numeric

# Shares of the type size (em), measured on renders of ruled-less reports: words of one cell stand under
# 0.8 em apart, also in justified prose; cells of neighbouring columns may come as near as 0.35 em.
_CHUNK_GAP = 0.8
_RIVER = 0.3
_CLEAR_GAP = 0.55  # with this much white in nine of ten lines, and at least five, no blank is meant
_CLEAR_LINES = 5
_BLANK = 0.5  # blanks between words of read ink are up to 0.45 em wide
_LONGEST_STEP = 9.0  # em between two lines with figures: a cell of six printed lines
_FEWEST_SEEDS = 3


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one printed line without a wide gap between them."""

    words: tuple[Word, ...]
    box: Box
    text: str

    @property
    def figure(self) -> bool:
        return looks_numeric(self.text) or is_none_mark(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, cut into chunks."""

    chunks: tuple[Chunk, ...]
    box: Box

    @property
    def words(self) -> list[Word]:
        return [w for c in self.chunks for w in c.words]

    @property
    def seed(self) -> bool:
        """A line of a table for sure: a figure stands alone to the right of something else, or an ordinal
        opens a line of three and more pieces."""
        figures = len(self.chunks) >= 2 and any(c.figure for c in self.chunks[1:])
        return figures or (len(self.chunks) >= 3 and is_ordinal(self.chunks[0].text))


@dataclass(frozen=True, slots=True)
class Region:
    """A table without rules. `lines` are the page's lines from the header's first possible one to the
    body's last; `first`..`last` index the lines with figures; `col_edges` lie in the rivers;
    `numbering` is the line that numbers the columns, if one stands over the body; `rules` are the heights
    of horizontal rules across it; `em` is the type size in points."""

    lines: tuple[Line, ...]
    first: int
    last: int
    col_edges: tuple[float, ...]
    numbering: int | None
    rules: tuple[float, ...]
    em: float


def type_size(words: Sequence[Word]) -> float:
    """The type size of words in points: the font's, or for read ink 1.3 times the usual word height."""
    sizes = [w.size for w in words if w.size > 0]
    if len(sizes) * 2 > len(words):
        return median(sizes)
    return 1.3 * median([w.box.height for w in words]) if words else 10.0


def printed_lines(words: Sequence[Word], em: float) -> list[Line]:
    """Lines from the top down, each cut into chunks at gaps of 0.8 em."""
    lines = []
    for row in printed_rows(words):
        chunks: list[list[Word]] = []
        for word in row:
            if chunks and word.box.x0 - chunks[-1][-1].box.x1 <= _CHUNK_GAP * em:
                chunks[-1].append(word)
            else:
                chunks.append([word])
        cut = tuple(Chunk(tuple(c), Box.union(w.box for w in c), line_text(c)) for c in chunks)
        lines.append(Line(cut, Box.union(c.box for c in cut)))
    return sorted(lines, key=lambda line: line.box.center[1])


def find_regions(words: Sequence[Word], segments: Sequence[Segment]) -> list[Region]:
    """Regions of at least three lines with figures in shared columns, from the top down."""
    if len(words) < 2 * _FEWEST_SEEDS:
        return []
    em = type_size(words)
    lines = printed_lines(words, em)
    regions: list[Region] = []
    begin = 0
    runs = _runs(lines, em)
    if not any(_seeds(lines, run) >= _FEWEST_SEEDS for run in runs):
        rest = _last_rows(lines, runs, em, segments)
        return [rest] if rest else []
    for first, last in (run for run in runs if _seeds(lines, run) >= _FEWEST_SEEDS):
        region = _region(lines, begin, first, last, em, segments)
        if region is not None:
            regions.append(region)
            begin += len(region.lines)
    return regions


def _runs(lines: Sequence[Line], em: float) -> list[tuple[int, int]]:
    """Index ranges of lines with figures that share rivers, with the text lines between them."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    last = 0
    rivers: list[tuple[float, float]] = []
    for index, line in enumerate(lines):
        if not line.seed:
            continue
        if first is not None:
            between = [w for other in lines[last + 1 : index] if not _is_wide(other, em) for w in other.words]
            left = _kept(rivers, [*line.words, *between], em)
            near = line.box.y0 - lines[last].box.y1 <= _LONGEST_STEP * em or (
                len(left) == len(rivers) and _unbroken(lines[last : index + 1], em)
            )
            if near and left and len(left) * 2 >= len(rivers):
                rivers, last = left, index
                continue
            runs.append((first, last))
        first, last = index, index
        rivers = [(a.box.x1, b.box.x0) for a, b in zip(line.chunks, line.chunks[1:])]
        rivers = [(float("-inf"), line.box.x0), *rivers, (line.box.x1, float("inf"))]
        rivers = _inner(rivers)
    if first is not None:
        runs.append((first, last))
    return runs


def _seeds(lines: Sequence[Line], run: tuple[int, int]) -> int:
    return sum(line.seed for line in lines[run[0] : run[1] + 1])


def _last_rows(
    lines: Sequence[Line], runs: Sequence[tuple[int, int]], em: float, segments: Sequence[Segment]
) -> Region | None:
    """The last row or two of a table that began on the page before: all there is on this page, each row
    opened by an ordinal and one with at least two figures."""
    if len(runs) != 1:
        return None
    first, last = runs[0]
    rows = [line for line in lines[first : last + 1] if line.seed]
    sound = all(is_ordinal(line.words[0].text) for line in rows) and any(
        sum(c.figure for c in line.chunks) >= 2 for line in rows
    )
    if not sound or not _unbroken(lines[: last + 1], em):
        return None
    region = _region(lines, 0, first, last, em, segments, fewest=1)
    beyond = lines[len(region.lines) :] if region else ()
    return region if all(len(line.words) <= 2 for line in beyond) else None


def _unbroken(lines: Sequence[Line], em: float) -> bool:
    """Whether lines follow each other without a gap wider than between two rows."""
    return all(b.box.y0 - a.box.y1 <= 1.6 * em for a, b in itertools.pairwise(lines))


def _inner(rivers: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [r for r in rivers if r[0] > float("-inf") and r[1] < float("inf")]


def _kept(
    rivers: Sequence[tuple[float, float]], words: Sequence[Word], em: float
) -> list[tuple[float, float]]:
    """The rivers that stay at least `_RIVER` em wide when `words` are laid over them."""
    kept = []
    for low, high in rivers:
        pieces = [(low, high)]
        for word in words:
            x0, x1 = word.box.x0, word.box.x1
            pieces = [
                (a, b)
                for p0, p1 in pieces
                for a, b in ((p0, min(p1, x0)), (max(p0, x1), p1))
                if b - a >= _RIVER * em
            ]
            if not pieces:
                break
        if pieces:
            kept.append(max(pieces, key=lambda p: p[1] - p[0]))
    return kept


def _is_wide(line: Line, em: float) -> bool:
    """A lone chunk that begins a line like a section row: an ordinal or capitals, not a paragraph."""
    if len(line.chunks) > 2:
        return False
    text = line_text(line.words)
    letters = [c for c in text if c.isalpha()]
    upper = bool(letters) and all(c.isupper() for c in letters)
    numbered = is_ordinal(text.split()[0]) if text else False
    bold = all(w.bold for w in line.words)
    return (upper or numbered or bold) and len(text) < 90


def _region(
    lines: Sequence[Line],
    begin: int,
    first: int,
    last: int,
    em: float,
    segments: Sequence[Segment],
    fewest: int = _FEWEST_SEEDS,
) -> Region | None:
    """The region of one run, or None when its columns do not hold in at least `fewest` lines."""
    numbering = next(
        (
            i
            for i in range(max(begin, first - 4), min(first + 3, last))
            if is_numbering([c.text for c in lines[i].chunks])
        ),
        None,
    )
    if numbering is not None and numbering >= first:
        first = next(i for i in range(numbering + 1, last + 1) if lines[i].seed)
    body = [line for line in lines[first : last + 1] if line.seed or not _is_wide(line, em)]
    edges = _columns(body, em)
    if edges is None or not _holds(body, edges, fewest):
        return None
    edges = _with_ordinals(lines[max(begin, first - 4) : last + 5], edges, em)
    first = _upward(lines, max(begin, (numbering or begin - 1) + 1), first, edges, em)
    last = _tail(lines, last, edges, em)
    rules = tuple(
        sorted(
            {
                round((s.y0 + s.y1) / 2, 1)
                for s in segments
                if s.horizontal and min(s.x1, edges[-1]) - max(s.x0, edges[0]) > 0.6 * (edges[-1] - edges[0])
            }
        )
    )
    return Region(
        tuple(lines[begin : last + 1]),
        first - begin,
        last - begin,
        edges,
        None if numbering is None else numbering - begin,
        rules,
        em,
    )


def _upward(lines: Sequence[Line], begin: int, first: int, edges: Sequence[float], em: float) -> int:
    """The first line of the body: rows without figures above the first figures count when an ordinal
    opens them."""
    index = first
    while index - 1 >= begin:
        above = lines[index - 1]
        if lines[index].box.y0 - above.box.y1 > 1.6 * em or not _within(above, edges):
            break
        index -= 1
        if _opens_row(above, edges):
            first = index
    return first


def _with_ordinals(lines: Sequence[Line], edges: tuple[float, ...], em: float) -> tuple[float, ...]:
    """`edges` with the first column wide enough for the ordinals of rows without figures (`III` over
    centred `1`, `2`)."""
    firsts = [line.chunks[0].words[0] for line in lines]
    own = [
        w.box.x0
        for w in firsts
        if is_ordinal(w.text) and edges[0] - em < w.box.x0 and w.box.x1 <= edges[1] and w.box.width < 2.5 * em
    ]
    return (min([edges[0], *(x - 0.3 * em for x in own)]), *edges[1:])


def _tail(lines: Sequence[Line], last: int, edges: Sequence[float], em: float) -> int:
    """The last line that may still belong to the table: close below and within the columns, or a
    row without figures that an ordinal opens."""
    end = last
    while end + 1 < len(lines):
        line = lines[end + 1]
        step = line.box.y0 - lines[end].box.y1
        opens = _opens_row(line, edges)
        if step > (1.6 if opens else 0.9) * em or line.seed or not _within(line, edges):
            break
        end += 1
    return end


def _opens_row(line: Line, edges: Sequence[float]) -> bool:
    """Whether an ordinal stands alone in the first column of the line."""
    first = line.chunks[0].words[0]
    rest = line.words[1:]
    return (
        edges[0] <= first.box.x0
        and first.box.x1 <= edges[1]
        and is_ordinal(first.text)
        and (not rest or rest[0].box.x0 >= edges[1] - 1)
    )


def _within(line: Line, edges: Sequence[float]) -> bool:
    """Whether no word of the line crosses a column edge or lies outside the table."""
    return edges[0] - 1 <= line.box.x0 and all(
        any(a - 1 <= w.box.x0 and w.box.x1 <= b + 1 for a, b in itertools.pairwise(edges)) for w in line.words
    )


def _columns(body: Sequence[Line], em: float) -> tuple[float, ...] | None:
    """Column edges: the outer bounds and the middles of the rivers that part cells."""
    words = [w for line in body for w in line.words]
    spans = sorted((w.box.x0, w.box.x1) for w in words)
    rivers: list[tuple[float, float]] = []
    reach = spans[0][1]
    for x0, x1 in spans:
        if x0 - reach >= _RIVER * em:
            rivers.append((reach, x0))
        reach = max(reach, x1)
    rivers = [r for i, r in enumerate(rivers) if _parts_cells(r, rivers, i, body, em)]
    rivers = _without_dashes(rivers, body)
    if not rivers:
        return None
    left, right = min(w.box.x0 for w in words), max(w.box.x1 for w in words)
    return (left - 0.5 * em, *((a + b) / 2 for a, b in rivers), right + 0.5 * em)


def _parts_cells(
    river: tuple[float, float],
    rivers: Sequence[tuple[float, float]],
    index: int,
    body: Sequence[Line],
    em: float,
) -> bool:
    """Whether a river is more than blanks that happen to stand below each other: figures or ordinals
    fill the column on one side of it, or most gaps across it are wide."""
    low = rivers[index - 1][1] if index else float("-inf")
    high = rivers[index + 1][0] if index + 1 < len(rivers) else float("inf")
    gaps = []
    for line in body:
        before = [w.box.x1 for w in line.words if low - 0.1 <= w.box.x0 and w.box.x1 <= river[0] + 0.1]
        after = [w.box.x0 for w in line.words if river[1] - 0.1 <= w.box.x0 and w.box.x1 <= high + 0.1]
        if before and after:
            gaps.append(min(after) - max(before))
    left = _texts_between(body, low, river[0])
    right = _texts_between(body, river[1], high)
    if _figures(left) or _figures(right):
        # A figure that ends or opens a text (`loại 1`) has a blank beside it wherever it stands.
        return not gaps or sorted(gaps)[3 * len(gaps) // 4] > _BLANK * em
    if river[1] - river[0] > em and min(len(left), len(right)) >= _FEWEST_SEEDS:
        return True  # texts centred in height against each other share few lines, or none
    if not gaps:
        return False
    clear = sorted(gaps)[len(gaps) // 10] > _CLEAR_GAP * em and len(gaps) >= _CLEAR_LINES
    return clear or median(gaps) > 1.2 * em


def _without_dashes(rivers: Sequence[tuple[float, float]], body: Sequence[Line]) -> list[tuple[float, float]]:
    """The rivers without those between dashes and figures of one column (dashes set to the left, figures
    centred): a column of none but dashes joins the neighbour that is empty where it is filled."""
    kept = list(rivers)
    while True:
        bounds = [float("-inf"), *(x for r in kept for x in r), float("inf")]
        spans = list(zip(bounds[::2], bounds[1::2]))
        filled = [_filled(body, low, high) for low, high in spans]
        for i, column in enumerate(filled):
            if not column or not all(is_none_mark(t) for t in column.values()):
                continue
            free = [j for j in (i + 1, i - 1) if 0 < j < len(filled) and not set(filled[j]) & set(column)]
            if i > 0 and free:
                del kept[min(i, free[0])]
                break
        else:
            return kept


def _filled(body: Sequence[Line], low: float, high: float) -> dict[int, str]:
    """Which lines have text between two x, and what."""
    found = {}
    for index, line in enumerate(body):
        text = line_text([w for w in line.words if w.box.x0 >= low - 0.1 and w.box.x1 <= high + 0.1])
        if text:
            found[index] = text
    return found


def _texts_between(body: Sequence[Line], low: float, high: float) -> list[str]:
    """What stands between two heights of x, line by line."""
    texts = []
    for line in body:
        words = [w for w in line.words if w.box.x0 >= low - 0.1 and w.box.x1 <= high + 0.1]
        if words:
            texts.append(line_text(words))
    return texts


def _figures(texts: Sequence[str]) -> bool:
    hits = sum(looks_numeric(t) or is_none_mark(t) or is_ordinal(t) for t in texts)
    return bool(texts) and hits >= 0.7 * len(texts)


def _holds(body: Sequence[Line], edges: Sequence[float], fewest: int) -> bool:
    """Whether the columns make a table: one of figures to the right of the first, filled in at least
    `fewest` lines; with only two columns in one more. Texts in four columns and more are a table when
    the first column counts as many rows."""
    counted = [t for t in _texts_between(body, edges[0], edges[1]) if is_ordinal(t)]
    if len(edges) > 4 and len(set(counted)) >= max(2, fewest):
        return True
    counts = []
    for low, high in list(itertools.pairwise(edges))[1:]:
        texts = _texts_between(body, low, high)
        counts.append(len(texts) if _figures(texts) else 0)
    if len(edges) > 3:
        return max(counts) >= fewest
    return counts[0] >= fewest + 1

"""Where a page has figures in columns: regions of lines that share rivers of white space."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from extract.tables.printed import Line, names_section, printed_lines, type_size, with_whole_numberings
from extract.tables.rivers import columns_of, holds_figures, kept_rivers, without_dust
from extract.tables.rows import names_years
from extract.tables.rules import Rule, joined_rules
from extract.tables.three_rules import ruled_apart
from model.geometry import Segment
from model.page import Word
from normalize.captions import names_table
from normalize.numbering import is_numbering
from normalize.ordinals import is_ordinal, is_ordinal_head

_LONGEST_STEP = 9.0  # em between two lines with figures: a cell of six printed lines
_FEWEST_SEEDS = 3
_RULE_TOLERANCE = 1.0  # points: what Word draws cell by cell is one rule
_RULED = 0.6  # share of a table's width from which a rule parts its rows
_UNDERLINED = 0.95
_FEWEST_HEADS = 3
_PAIR = 2
_RULES_IN_BODY = 2  # under the header and over the total
_LINE_STEP = 1.6  # em
_LINES_ABOVE = 4  # the table's first figures
_LINES_BELOW = 3
_LINES_AFTER = 5
_WIDE_ORDINAL = 2.5  # em
_ORDINAL_MARGIN = 0.3
_LABEL_STEP = 0.9


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


def find_regions(words: Sequence[Word], segments: Sequence[Segment]) -> list[Region]:
    """Regions of at least three lines with figures in shared columns, from the top down."""
    if len(words) < 2 * _FEWEST_SEEDS:
        return []
    em = type_size(words)
    lines = with_whole_numberings(printed_lines(words, em), em)
    regions: list[Region] = []
    begin = 0
    across, _ = joined_rules(segments, _RULE_TOLERANCE)
    runs = _runs(lines, em, across)
    if not any(_seeds(lines, run) >= _FEWEST_SEEDS for run in runs):
        rest = _last_rows(lines, runs, em, segments, across)
        return [rest] if rest else []
    for first, last in (run for run in runs if _seeds(lines, run) >= _FEWEST_SEEDS):
        region = _region(lines, begin, first, last, em, segments)
        if region is not None:
            regions.append(region)
            begin += len(region.lines)
    return regions


def _runs(lines: Sequence[Line], em: float, across: Sequence[Rule]) -> list[tuple[int, int]]:
    """Index ranges of lines with figures that share rivers, with the text lines between them."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    last = 0
    rivers: list[tuple[float, float]] = []
    for index, line in enumerate(lines):
        if not line.seed:
            continue
        if first is not None:
            between = [
                w for other in lines[last + 1 : index] if not names_section(other) for w in other.words
            ]
            left = kept_rivers(rivers, [*line.words, *between], em)
            near = line.box.y0 - lines[last].box.y1 <= _LONGEST_STEP * em or (
                len(left) == len(rivers) and _unbroken(lines[last : index + 1], em)
            )
            anew = _begins_anew(lines[last + 1 : index], lines[last])
            anew = anew or ruled_apart(lines[last : index + 1], across)
            if near and left and len(left) * 2 >= len(rivers) and not anew:
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


def _begins_anew(between: Sequence[Line], row: Line) -> bool:
    """Whether the lines between two rows of figures, under `row`, hold the header of another table: a line of
    several pieces without figures, opened by the name of the ordinals' column, or under a line of one piece
    (its caption). Rows of wrapped texts have neither."""
    for i, line in enumerate(between):
        if _is_bold_header(between[:i], line, row):
            return True
        if len(line.chunks) < _FEWEST_HEADS or any(c.figure for c in line.chunks):
            continue
        if is_ordinal_head(line.chunks[0].text):
            return True
        caption = between[i - 1] if i else None
        if caption and len(caption.chunks) == 1 and names_table(caption.chunks[0].text):
            return True
    return False


def _is_bold_header(over: Sequence[Line], line: Line, row: Line) -> bool:
    """Whether a line in bold, under a caption in bold or none, names columns up to the last of a row above
    that is not bold."""
    figures = sorted(c.box.x1 for c in row.chunks if c.figure)
    if len(line.chunks) < _PAIR or any(c.figure for c in line.chunks) or len(figures) < _PAIR:
        return False
    named = line.box.x1 > figures[-_PAIR] and _is_bold(line)
    titled = all(len(other.chunks) == 1 and not other.chunks[0].figure for other in over)
    return named and titled and not any(w.bold for w in row.words)


def _is_bold(line: Line) -> bool:
    return all(w.bold for w in line.words)


def _seeds(lines: Sequence[Line], run: tuple[int, int]) -> int:
    return sum(line.seed for line in lines[run[0] : run[1] + 1])


def _last_rows(
    lines: Sequence[Line],
    runs: Sequence[tuple[int, int]],
    em: float,
    segments: Sequence[Segment],
    across: Sequence[Rule],
) -> Region | None:
    """The last row or two of a table that began on the page before: all there is on this page, each row
    opened by an ordinal or the last with the table's rule under it, and one with at least two figures."""
    if len(runs) != 1:
        return None
    first, last = runs[0]
    rows = [line for line in lines[first : last + 1] if line.seed]
    opened = all(is_ordinal(line.words[0].text) for line in rows) or _is_underlined(rows[-1], across, em)
    sound = opened and any(sum(c.figure for c in line.chunks) >= 2 for line in rows)
    if not sound or not _unbroken(lines[: last + 1], em):
        return None
    region = _region(lines, 0, first, last, em, segments, fewest=1)
    beyond = lines[len(region.lines) :] if region else ()
    return region if all(len(line.words) <= 2 for line in beyond) else None


def _is_underlined(line: Line, across: Sequence[Rule], em: float) -> bool:
    """Whether a rule as wide as the line lies right under it."""
    return any(
        0 < rule.at - line.box.center[1] < _LINE_STEP * em
        and min(rule.end, line.box.x1) - max(rule.start, line.box.x0) > _UNDERLINED * line.box.width
        for rule in across
    )


def _unbroken(lines: Sequence[Line], em: float) -> bool:
    """Whether lines follow each other without a gap wider than between two rows."""
    return all(b.box.y0 - a.box.y1 <= _LINE_STEP * em for a, b in itertools.pairwise(lines))


def _inner(rivers: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [r for r in rivers if r[0] > float("-inf") and r[1] < float("inf")]


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
            for i in range(max(begin, first - _LINES_ABOVE), min(first + _LINES_BELOW, last))
            if is_numbering([c.text for c in lines[i].chunks])
        ),
        None,
    )
    if numbering is not None and numbering >= first:
        first = next(i for i in range(numbering + 1, last + 1) if lines[i].seed)
    if _ends_ordinal_head(lines[max(begin, first - _FEWEST_HEADS) : first], lines[first], em):
        first = next((i for i in range(first + 1, last + 1) if lines[i].seed), first)
    if _heads_years(lines[first]):
        first += 1
    body = [line for line in lines[first : last + 1] if line.seed or not names_section(line)]
    edges = without_dust(body, columns_of(body, em))
    if edges is None or not holds_figures(body, edges, fewest):
        return None
    edges = _with_ordinals(lines[max(begin, first - _LINES_ABOVE) : last + _LINES_AFTER], edges, em)
    across, _ = joined_rules(segments, _RULE_TOLERANCE)
    width = edges[-1] - edges[0]
    rules = tuple(
        round(rule.at, 1)
        for rule in across
        if min(rule.end, edges[-1]) - max(rule.start, edges[0]) > _RULED * width
    )
    under_rule = _below_header_rule(lines, first, last, rules)
    begin_body = max(begin, (numbering or begin - 1) + 1, under_rule)
    first = _upward(lines, begin_body, max(first, under_rule), edges, em, numbering is not None)
    last = _tail(lines, last, edges, em, rules)
    return Region(
        tuple(lines[begin : last + 1]),
        first - begin,
        last - begin,
        edges,
        None if numbering is None else numbering - begin,
        rules,
        em,
    )


def _below_header_rule(lines: Sequence[Line], first: int, last: int, rules: Sequence[float]) -> int:
    """The first line below the header's rule: the one next above the rows with figures (the first from line
    `first`) where no rule parts those rows, or the first that parts them where words stand over it. 0 where
    there is none."""
    seed = next((line for line in lines[first : last + 1] if line.seed), lines[last])
    top, bottom = seed.box.center[1], lines[last].box.center[1]
    above = [y for y in rules if y < top]
    within = [y for y in rules if top < y < bottom]
    if not above or (within and not _heads(lines[: last + 1], above[-1], within)):
        return 0
    rule = within[0] if within else above[-1]
    return next(i for i, line in enumerate(lines) if line.box.center[1] > rule)


def _heads(lines: Sequence[Line], over: float, within: Sequence[float]) -> bool:
    """Whether what stands between the rule at height `over` and the first of the rules `within` a table is
    its header, though a figure stands in it (`Ước tháng` over `9`): words for the most part, over rows of
    figures that at most one more rule parts (the total's)."""
    if len(within) > _RULES_IN_BODY:
        return False
    head = [c for line in lines if over < line.box.center[1] < within[0] for c in line.chunks]
    rows = [line for line in lines if line.box.center[1] > within[0] and line.seed]
    return len(rows) >= _FEWEST_SEEDS and 2 * sum(c.figure for c in head) < len(head)


def _upward(
    lines: Sequence[Line], begin: int, first: int, edges: Sequence[float], em: float, numbered: bool
) -> int:
    """The first line of the body: rows without figures above the first figures count when an ordinal
    opens them, and all that name a section when the row of column numbers stands above (`numbered`)."""
    index = first
    while index - 1 >= begin:
        above = lines[index - 1]
        section = names_section(above) and (numbered or _opens(above, edges))
        if lines[index].box.y0 - above.box.y1 > _LINE_STEP * em or not (section or _within(above, edges)):
            break
        index -= 1
        if _ends_ordinal_head(lines[max(begin, index - _FEWEST_HEADS) : index], above, em):
            break
        if section or _opens_row(above, edges):
            first = index
    return first


def _with_ordinals(lines: Sequence[Line], edges: tuple[float, ...], em: float) -> tuple[float, ...]:
    """`edges` with the first column wide enough for the ordinals of rows without figures (`III` over
    centred `1`, `2`)."""
    firsts = [line.chunks[0].words[0] for line in lines]
    own = [
        w.box.x0
        for w in firsts
        if is_ordinal(w.text)
        and edges[0] - em < w.box.x0
        and w.box.x1 <= edges[1]
        and w.box.width < _WIDE_ORDINAL * em
    ]
    return (min([edges[0], *(x - _ORDINAL_MARGIN * em for x in own)]), *edges[1:])


def _tail(lines: Sequence[Line], last: int, edges: Sequence[float], em: float, rules: Sequence[float]) -> int:
    """The last line that may still belong to the table: close below and within the columns, or a
    row without figures that an ordinal opens. The rest of a label stands over the rule under its row, and is
    bold where the row is."""
    end = last
    while end + 1 < len(lines):
        line = lines[end + 1]
        step = line.box.y0 - lines[end].box.y1
        opens = _opens_row(line, edges)
        if step > (_LINE_STEP if opens else _LABEL_STEP) * em or line.seed or not _within(line, edges):
            break
        under = any(lines[end].box.center[1] < at < line.box.center[1] for at in rules)
        if not opens and (under or _is_bold(line) > _is_bold(lines[end])):
            break
        end += 1
    return end


def _heads_years(line: Line) -> bool:
    """Whether a line is the header's last, with years over the columns."""
    texts = [c.text for c in line.chunks]
    return names_years(texts) or names_years(["", *texts])


def _ends_ordinal_head(over: Sequence[Line], line: Line, em: float) -> bool:
    """Whether the line's first word is no ordinal but the end of a broken `STT`."""
    rest = line.chunks[0].words[0]
    return any(
        abs(w.box.center[0] - rest.box.center[0]) < em / 2 and is_ordinal_head(w.text + rest.text)
        for other in over
        for w in other.words[:1]
    )


def _opens(line: Line, edges: Sequence[float]) -> bool:
    """Whether the line begins with an ordinal in the first column."""
    first = line.chunks[0].words[0]
    return is_ordinal(first.text) and edges[0] <= first.box.x0 and first.box.x1 <= edges[1]


def _opens_row(line: Line, edges: Sequence[float]) -> bool:
    """Whether an ordinal stands alone in the first column of the line."""
    rest = line.words[1:]
    return _opens(line, edges) and (not rest or rest[0].box.x0 >= edges[1] - 1)


def _within(line: Line, edges: Sequence[float]) -> bool:
    """Whether no word of the line crosses a column edge or lies outside the table."""
    return edges[0] - 1 <= line.box.x0 and all(
        any(a - 1 <= w.box.x0 and w.box.x1 <= b + 1 for a, b in itertools.pairwise(edges)) for w in line.words
    )

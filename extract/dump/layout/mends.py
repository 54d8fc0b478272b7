"""What a narrow column does to laid-out lines: figures that stand one blank after a label, and figures broken
over two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extract.dump.layout.columns import (
    ColumnPlace,
    LaidLine,
    Segment,
    is_figure,
    place_columns,
    segment_of,
)
from extract.dump.tokens import numbers_kind
from normalize.ordinals import read_ordinal

# From this share of the figure lines on whose label ends with a figure, or has one after it at that place,
# there is a column of figures after the labels.
_STUCK_SHARE = 0.8
_LEAST_STUCK = 3
_LEAST_STUCK_SHARE = 0.2
_MOST_ROWS = 0.6  # have as many figures
TORN_HEAD = re.compile(r"^[-+(]?\d[\d.,]*[.,]$")
TORN_REST = re.compile(r"^\d{1,3}(?:[.,]\d+)*\)?$")
SHORT_GROUP = re.compile(r"^[-+(]?\d{1,3}(?:[.,]\d{3})*([.,])\d{1,2}$")
WHOLE_GROUP = re.compile(r"^[-+(]?\d{1,3}(?:[.,]\d{3})+\)?$")
LEAST_TORN, MOSTLY_TORN = 2, 0.8
# Lines so near tell where a column begins, when so many of them begin a text at one place.
_NEAR_LINES, _LEAST_ALIGNED = 4, 2
# A text one blank before its neighbour pushes it so many places at most.
_PUSHED = 3
# A column begins where so many words do, and not so great a share of lines run on there.
_LEAST_BEGUN, _MOST_THROUGH = 3, 0.2
# The rest of a torn figure stands so many lines below its head at most.
_TORN_LINES = 2


def split_aligned(lines: Sequence[LaidLine]) -> list[LaidLine]:
    """The lines with texts parted at a single blank where the lines round them part two columns: a text as
    wide as its column comes within one blank of its neighbour."""
    return [replace(line, segments=tuple(_aligned_parts(lines, i))) for i, line in enumerate(lines)]


def _aligned_parts(lines: Sequence[LaidLine], i: int) -> list[Segment]:
    line = lines[i]
    if len(line.segments) < 2:
        return list(line.segments)
    near = [*lines[max(0, i - _NEAR_LINES) : i], *lines[i + 1 : i + 1 + _NEAR_LINES]]
    known = {s.text for other in near for s in other.segments}
    parts: list[Segment] = []
    for segment in line.segments:
        start = place = segment.start
        while (cut := _next_cut(near, line.source.text, start, segment.end, known)) is not None:
            x, begins = cut
            left = segment_of(line.source.text, start, x - 1)
            parts.append(replace(left, start=place, end=max(place + 1, min(left.end, begins - 1))))
            start, place = x, begins
        right = segment_of(line.source.text, start, segment.end)
        parts.append(replace(right, start=place))
    return parts


def _next_cut(
    near: Sequence[LaidLine], text: str, start: int, end: int, known: Set[str]
) -> tuple[int, int] | None:
    """Where in a text from `start` to `end` the next column's begins, and where that column does. Of several
    words it may be the nearest to the column's begin; rather one with a capital than one with a small letter,
    which goes on with the text; and rather one that parts the texts of other lines, `known`."""
    found = [
        (x, column)
        for x in range(start + 2, end)
        if text[x - 1] == " " and (column := _column_begin(near, start, x)) is not None
    ]
    if not found:
        return None
    x, column = min(
        (cut for cut in found if cut[1] == found[0][1]),
        key=lambda cut: (
            abs(cut[0] - cut[1])
            + _PUSHED * text[cut[0]].islower()
            - _PUSHED * (text[start : cut[0]].strip() in known or text[cut[0] : end] in known)
        ),
    )
    return x, min(x, column)


def _column_begin(near: Sequence[LaidLine], start: int, x: int) -> int | None:
    """Where the column begins that opens at `x`, by the lines near by: texts begin there after a gap and a
    text that stands over `start`; in more of them, up to three places off, where a long text has pushed
    its neighbour. None when no column opens."""
    begun = [b.start for line in near for a, b in pairwise(line.segments) if a.end > start]
    if sum(at == x for at in begun) >= _LEAST_ALIGNED:
        return x
    close = [at for at in begun if abs(at - x) <= _PUSHED]
    return max(sorted(set(close)), key=close.count) if len(close) > _LEAST_ALIGNED else None


def split_by_marks(
    columns: Sequence[ColumnPlace], marks: Sequence[LaidLine], lines: Sequence[LaidLine]
) -> list[ColumnPlace]:
    """The columns with those split that lie under two and more column numbers: where between the two most
    words of the lines begin and hardly a word goes through."""
    numbered = max(marks, key=lambda line: len(line.segments), default=None)
    if numbered is None:
        return list(columns)
    middles = [(s.start + s.end) // 2 for s in numbered.segments]
    spans: list[tuple[int, int]] = []
    for column in columns:
        inside = [m for m in middles if column.left <= m < column.right]
        start = column.start
        for a, b in pairwise(inside):
            if (x := _parting(lines, max(a, start) + 1, b)) is not None:
                spans.append((start, x - 1))
                start = x
        spans.append((start, column.end))
    return place_columns(spans) if len(spans) > len(columns) else list(columns)


def _parting(lines: Sequence[LaidLine], first: int, last: int) -> int | None:
    """The place from `first` to `last` at which most words begin, or before which most end, if hardly a line
    has no blank before it."""
    texts = [line.source.text for line in lines]
    begun, run = dict[int, int](), dict[int, int]()
    for x in range(first, last + 1):
        begins = sum(len(t) > x and t[x] != " " and t[x - 1] == " " for t in texts)
        ends = sum(len(t) >= x and t[x - 1] == " " and t[x - 2] != " " for t in texts)
        begun[x] = max(begins, ends)
        run[x] = sum(len(t) > x and t[x - 1] != " " for t in texts)
    if not begun:
        return None
    x = max(begun, key=lambda x: (begun[x] - 2 * run[x], -x))
    if begun[x] < _LEAST_BEGUN or run[x] > _MOST_THROUGH * begun[x]:
        return None
    return x


def part_stuck_figures(lines: Sequence[LaidLine]) -> list[LaidLine]:
    """The lines with the figure parted that ends a label after one blank, where nearly all lines with figures
    have one there, stuck or apart: labels as wide as their column reach the figures of the next.

    `lines` are without their row numbers. Labels then end before that column, whatever their text's length.
    Where nearly all rows have as many figures, those that a label takes from the others are parted alike.
    """
    lines = _with_as_many(lines)
    cores = [line for line in lines if len(line.segments) >= 2]
    stuck = [s for line in cores if (s := _stuck(line.segments[0]))]
    if len(stuck) < max(_LEAST_STUCK, _LEAST_STUCK_SHARE * len(cores)):
        return list(lines)
    start, end = min(s.start for s in stuck), max(s.end for s in stuck)
    apart = [
        line
        for line in cores
        if not _stuck(line.segments[0])
        and any(s.figure and s.start < end and start < s.end for s in line.segments[:2])
    ]
    # Where none stands apart, not even after the shortest label, they are the labels' own (`Thôn Đông 3`).
    if not apart or len(stuck) + len(apart) < _STUCK_SHARE * len(cores):
        return list(lines)
    begin = min([start, *(s.start for line in apart for s in line.segments[:2] if s.figure)])
    return [replace(line, segments=tuple(_parted(line, begin))) for line in lines]


def _with_as_many(lines: Sequence[LaidLine]) -> list[LaidLine]:
    """The lines, those whose label ends with as many figures as they lack of the others' number parted: these
    stand where the others' first ones do, and labels end before them."""
    counts = [sum(s.figure for s in line.segments) for line in lines if line.is_core]
    most = max(counts, key=counts.count, default=0)
    if most < _LEAST_STUCK or counts.count(most) < max(_LEAST_STUCK, _MOST_ROWS * len(counts)):
        return list(lines)
    rows = [[s for s in line.segments if s.figure] for line in lines if line.is_core]
    firsts = [
        min(own, key=lambda s: s.start) for own in zip(*(r for r in rows if len(r) == most), strict=True)
    ]
    full = [sum(s.figure for s in line.segments) == most for line in lines]
    whole = [line if own else _with_run_figures(line) for line, own in zip(lines, full, strict=True)]
    ends = [_taken(line, most) for line in whole]
    if not any(ends):
        return list(lines)
    begin = firsts[0].start
    out = []
    for line, one, words in zip(lines, whole, ends, strict=True):
        segments = list(one.segments if words else line.segments)
        if words:
            kept = segments[0].text.split(" ")[: -len(words)]
            figures = [replace(s, text=word) for s, word in zip(firsts, words, strict=False)]
            segments[:1] = [replace(segments[0], text=" ".join(kept)), *figures]
        if segments and not segments[0].figure and segments[0].start < begin - 1 < segments[0].end:
            segments[0] = replace(segments[0], end=begin - 1)
        out.append(replace(line, segments=tuple(segments)))
    return out


def _with_run_figures(line: LaidLine) -> LaidLine:
    """The line with figures one blank apart after its label taken for the label's end."""
    label, *rest = line.segments or (Segment(0, 0, ""),)  # a row's number alone on its line is taken away
    if not rest or rest[0].start > label.end + 1 or " " not in rest[0].text:
        return line
    if not all(map(is_figure, rest[0].text.split(" "))):
        return line
    one = Segment(label.start, rest[0].end, f"{label.text} {rest[0].text}")
    return replace(line, segments=(one, *rest[1:]))


def _taken(line: LaidLine, most: int) -> list[str]:
    """The figures at the end of a row's label, where they are as many as it lacks of `most`."""
    lack = most - sum(s.figure for s in line.segments)
    words = line.segments[0].text.split(" ") if lack > 0 and line.segments else []
    own = words[-lack:] if len(words) > lack > 0 else []
    return own if own and all(map(is_figure, own)) and words[0].isalpha() else []


def _stuck(segment: Segment) -> Segment | None:
    """The figure that ends a text of words and a figure, or None."""
    words = segment.text.split()
    if len(words) < 2 or not is_figure(words[-1]) or not any(c.isdigit() for c in words[-1]):
        return None
    if not any(c.isalpha() for c in words[-2]):
        return None
    return Segment(segment.end - len(words[-1]), segment.end, words[-1])


def _parted(line: LaidLine, begin: int) -> list[Segment]:
    """The line's segments, its label ended before the column that begins at `begin`."""
    if not line.segments or line.segments[0].figure:
        return list(line.segments)
    label, rest = line.segments[0], list(line.segments[1:])
    figure = _stuck(label) if rest else None
    if figure:
        label = replace(label, text=label.text[: -len(figure.text)].rstrip())
        rest.insert(0, figure)
    if label.start < begin - 1:
        label = replace(label, end=max(label.start + 1, min(label.end, begin - 1)))
    return [label, *rest]


def figures_out_of_labels(rows: Sequence[Sequence[str]], lead: int) -> list[list[str]]:
    """The rows with a lone figure among a label's words in the column after the label, `lead`, where that is
    empty but holds nothing but figures in others: the label came within a blank of them."""
    out = [list(row) for row in rows]
    filled = [row[lead] for row in out if len(row) > lead and row[lead]]
    figures = sum(map(is_figure, filled))
    if figures < _LEAST_STUCK or figures < _STUCK_SHARE * len(filled):
        return out
    for row in out:
        if not row[lead] and (parts := label_and_figure(row[lead - 1])):
            row[lead - 1], row[lead] = parts
    return out


def label_and_figure(text: str) -> tuple[str, str] | None:
    """A label, and the one figure that stands in or after it and does not say which kind of thing it is."""
    words = text.split()
    found = [i for i, word in enumerate(words) if i and is_figure(word) and word[-1].isdigit()]
    if len(found) != 1 or numbers_kind(words[: found[0]], words[found[0]]):
        return None
    figure = words.pop(found[0])
    return " ".join(words), figure


def join_torn_figures(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines' texts by column, each figure that a line's end tore at its mark (`49.050,` over `2`) or in
    its last group of three (`170,50` over `0`) made whole in the fullest line of those two and the ones
    between."""
    out = [list(row) for row in rows]
    numbered = [bool(row[0]) and read_ordinal(row[0]) is not None for row in out]
    heads = _torn_heads(list(zip(*out, strict=True)), numbered)
    whole_columns = [col for col, found in enumerate(heads) if not found]
    for top in range(len(out)):
        for col, text in enumerate(out[top]):
            if top not in heads[col]:
                continue
            rest = _rest_below([row[col] for row in out], top, numbered)
            if rest is None:
                continue
            whole = text + out[rest][col]
            out[top][col] = out[rest][col] = ""
            home = max(range(top, rest + 1), key=lambda r: (*_fullness(out[r], whole_columns), -r))
            out[home][col] = whole
    _join_in_order(out, heads, whole_columns)
    return [row for row in out if any(row)]


def _join_in_order(out: list[list[str]], heads: Sequence[set[int]], whole_columns: Sequence[int]) -> None:
    """Puts the rests of a line of nothing else, whose places fall into other columns than those of the heads
    right above them, to these in their order, where they are as many."""
    for top in range(len(out)):
        cut = [col for col, text in enumerate(out[top]) if text and top in heads[col]]
        for low in range(top + 1, min(len(out), top + 1 + _TORN_LINES)) if cut else ():
            rests = [col for col, text in enumerate(out[low]) if text]
            if len(rests) != len(cut) or not all(TORN_REST.match(out[low][col]) for col in rests):
                continue
            whole = [out[top][col] + out[low][rest] for col, rest in zip(cut, rests, strict=True)]
            for line, cleared in ((top, cut), (low, rests)):
                for col in cleared:
                    out[line][col] = ""
            home = max(range(top, low), key=lambda r: (*_fullness(out[r], whole_columns), -r))
            home = top if any(out[home][col] for col in cut) else home
            for col, text in zip(cut, whole, strict=True):
                out[home][col] = text
            break


def _fullness(row: Sequence[str], columns: Sequence[int]) -> tuple[int, int]:
    """How many figures a line has in the columns, and how many texts at all."""
    return sum(is_figure(row[col]) for col in columns if row[col]), sum(map(bool, row))


def _rest_below(column: Sequence[str], top: int, numbered: Sequence[bool]) -> int | None:
    """The line right below a figure in its column that may hold the rest of it: of lines with two row numbers
    (`numbered`) each has figures of its own."""
    below = range(top + 1, min(len(column), top + 1 + _TORN_LINES))
    rest = next((r for r in below if column[r]), None)
    if rest is None or sum(numbered[top : rest + 1]) > 1:
        return None
    return rest if TORN_REST.match(column[rest]) else None


def _torn_heads(columns: Sequence[Sequence[str]], numbered: Sequence[bool]) -> list[set[int]]:
    """The lines of each column that hold a figure's first part: one that ends with its mark; or with a mark
    and one or two digits, where several of the table have rests that make groups of three, and nearly all of
    the column."""
    ends = [max((r for r, text in enumerate(column) if text), default=0) for column in columns]
    short = [  # the next page may have the rest of the last one
        [r for r, text in enumerate(column[:end]) if SHORT_GROUP.search(text)]
        for column, end in zip(columns, ends, strict=True)
    ]
    whole = [
        {
            r
            for r in own
            if (rest := _rest_below(column, r, numbered)) is not None
            and WHOLE_GROUP.search(column[r] + column[rest])
        }
        for own, column in zip(short, columns, strict=True)
    ]
    torn = [{r for r, text in enumerate(column) if TORN_HEAD.match(text)} for column in columns]
    told = sum(map(len, whole)) >= LEAST_TORN
    return [
        heads | made if told and len(made) >= MOSTLY_TORN * len(own) else heads
        for heads, made, own in zip(torn, whole, short, strict=True)
    ]

"""Laid-out lines whose figures come within one blank of the next column's texts: figures end at the right
edge of their column, texts begin at the left edge of theirs, with hardly any white between."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from extract.dump.layout.columns import LaidLine, Segment, is_figure, segment_of
from normalize.dates import year_of

_NEAR = 10  # lines over and under one that tell where a column begins
_LEAST = 3  # lines that have a text there
_MOST_THROUGH = 0.2  # of them run on over the place
_PRINTED = ".,%"
_PUSHED, _OFF = 3, 1  # places that wider letters push a text, and that any may be off
_GAP = 2  # blanks between columns


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A segment that opens with a figure and goes on with a text after one blank, which begins at `at`."""

    line: int
    segment: int
    at: int
    figure: str
    text: str


def with_figures_apart(lines: Sequence[LaidLine]) -> list[LaidLine]:
    """The lines with such segments parted, where the lines round them have texts that begin at the same place
    and hardly one that runs over it. Row numbers, first on their line, are left as they are."""
    met = [m for k, line in enumerate(lines) for m in _meetings(k, line)]
    edges = {m for m in met if _is_edge(m, [o for o in met if abs(o.line - m.line) <= _NEAR], lines)}
    out = list(lines)
    for m in reversed(met):  # from right to left: what is moved stands right of the next
        begins = m.at if m in edges else _pushed_from(m, edges)
        line = out[m.line]
        k = m.segment
        whole, gap = line.segments[k], line.segments[k].start - line.segments[k - 1].end
        if begins is None or gap < _GAP + max(0, m.at - begins):
            continue
        line = _moved(line, k, m.at - begins) if m.at > begins else line
        whole = line.segments[k]
        at = whole.start + len(m.figure) + 1
        parts = Segment(whole.start, at - 1, m.figure), segment_of(line.source.text, at, whole.end)
        out[m.line] = replace(line, segments=(*line.segments[:k], *parts, *line.segments[k + 1 :]))
    return out


def _moved(line: LaidLine, first: int, by: int) -> LaidLine:
    """The line with its segments from `first` on so many places further left."""
    text, at = line.source.text, line.segments[first].start
    moved = (replace(s, start=s.start - by, end=s.end - by) for s in line.segments[first:])
    source = replace(line.source, text=text[: at - by] + text[at:])
    return LaidLine(source, (*line.segments[:first], *moved))


def _meetings(k: int, line: LaidLine) -> list[_Meeting]:
    found = []
    for i, segment in enumerate(line.segments[1:], start=1):
        figure, _, text = segment.text.partition(" ")
        if text and is_figure(figure) and not is_figure(text.split()[0]) and not is_figure(segment.text):
            found.append(_Meeting(k, i, segment.start + len(figure) + 1, figure, text))
    return found


def _is_edge(one: _Meeting, near: Sequence[_Meeting], lines: Sequence[LaidLine]) -> bool:
    """Whether a column of texts begins where the text of a meeting does: of figures of the same make and
    length it may be a text of its own (`12 Nguyễn Huệ`), of one unit a quantity (`12 tháng`)."""
    own = [m for m in near if abs(m.at - one.at) <= _OFF]
    pushed = [m for m in near if -_OFF <= m.at - one.at <= _PUSHED]
    around = [x for x in lines[max(0, one.line - _NEAR) : one.line + _NEAR + 1] if len(x.segments) > 1]
    begun = [s for line in around for s in line.segments if abs(s.start - one.at) <= _OFF]
    within = lines[min(m.line for m in own) : max(m.line for m in own) + 1]
    through = sum(
        s.start < one.at - _OFF and one.at < s.end for x in within if len(x.segments) > 1 for s in x.segments
    )
    through -= len(pushed)
    count = len(own) + len(begun)
    if count < _LEAST or through > _MOST_THROUGH * count:
        return False
    named = sum(not m.text[0].islower() for m in own)
    lengths = {len(m.figure) for m in own}
    alone = {s.text for s in begun}
    years = all(year_of(m.figure) for m in own)
    ended = len(lengths) > 1 or any(c in m.figure for m in own for c in _PRINTED)
    ended = ended or years or any(m.text in alone for m in own)
    texts = {*(m.text for m in own), *alone}
    unit = len(texts) == 1 and " " not in one.text
    return ended and 2 * named > len(own) and not unit


def _pushed_from(one: _Meeting, edges: Set[_Meeting]) -> int | None:
    """Where the text of a meeting would begin had wider letters before it not pushed it: a place near by at
    which those of others do; None where there is none."""
    near = (m.at for m in edges if abs(m.line - one.line) <= _NEAR and abs(m.at - one.at) <= _PUSHED)
    return min(near, key=lambda at: abs(at - one.at), default=None)

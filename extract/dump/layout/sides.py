"""Two laid-out tables side by side: their headings stand twice on one line, each over its own half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.dump.layout.columns import LaidLine, segments_of
from normalize.unicode import fold

_FEWEST_HEADS = 2  # headings of each half
_OWN_LABELS = 3  # headings of each half, the first of which may differ
_FEWEST_ROWS, _MOSTLY = 2, 0.5  # rows on both sides; of the lines
_REACH = 6  # characters that a text reaches over the middle of the white between the halves


@dataclass(frozen=True, slots=True)
class Sides:
    """The lines from `first` to `last` (by place on the page) that two tables share, cut into halves as long
    as the page: where a half has nothing, its line is blank. `titles` are what stands over the headings."""

    first: int
    last: int
    left: tuple[LaidLine, ...]
    right: tuple[LaidLine, ...]
    titles: tuple[str, str]


def side_by_side(lines: Sequence[LaidLine]) -> list[Sides]:
    """The stretches of a page's lines on which two tables stand side by side, from the top down."""
    found: list[Sides] = []
    i = 0
    while i < len(lines):
        cut = _repeats(lines[i])
        stretch = _stretch(lines, i, cut) if cut is not None else None
        if cut is None or stretch is None:
            i += 1
            continue
        first, last = stretch
        parts = {k: _halves(lines[k], cut) for k in range(i, last + 1)}
        over = _halves(lines[first], cut)
        titles = (over[0].source.text.strip(), over[1].source.text.strip()) if first < i else ("", "")
        blank = [_blank(line) for line in lines]
        left, right = list(blank), list(blank)
        for k, (a, b) in parts.items():
            left[k], right[k] = a, b
        found.append(Sides(first, last, tuple(left), tuple(right), titles))
        i = last + 1
    return found


def without_sides(lines: Sequence[LaidLine], sides: Sequence[Sides]) -> list[LaidLine]:
    """The page's lines, those that two tables share left blank."""
    shared = {k for s in sides for k in range(s.first, s.last + 1)}
    return [_blank(line) if k in shared else line for k, line in enumerate(lines)]


def _repeats(line: LaidLine) -> float | None:
    """The middle of the white between the halves of a line of headings whose second half repeats the first;
    None for other lines. Words between single blanks may be headings of their own."""
    words = [(m.start, m.end, fold(m.text)) for m in line.segments]
    if len(words) < 2 or any(s.figure for s in line.segments):
        return None
    for k in range(1, len(words)):
        left, right = words[:k], words[k:]
        said = [" ".join(w[2] for w in half).split() for half in (left, right)]
        if len(left) == len(right) >= _OWN_LABELS and all(
            a[2] == b[2] for a, b in zip(left[1:], right[1:], strict=True)
        ):
            return (
                left[-1][1] + right[0][0]
            ) / 2  # each half names its own labels, and counts the same of them
        if said[0] == said[1] and len(said[0]) >= _FEWEST_HEADS and (len(left) > 1 or len(right) > 1):
            return (left[-1][1] + right[0][0]) / 2
    return None


def _stretch(lines: Sequence[LaidLine], head: int, cut: float) -> tuple[int, int] | None:
    """The first and last line that share two tables with the headings on line `head`: a line of two titles
    over it, and the lines under it up to a blank one or one that no white parts; None where not most lines
    are rows on both sides."""
    last = head
    while last + 1 < len(lines) and not lines[last + 1].blank and _is_cut(lines[last + 1], cut):
        last += 1
    rows = lines[head + 1 : last + 1]
    both = sum(all(map(_is_row, _halves(line, cut))) for line in rows)
    if both < max(_FEWEST_ROWS, _MOSTLY * len(rows)):
        return None
    titled = head > 0 and not lines[head - 1].blank and len(lines[head - 1].segments) == 2
    return head - (titled and _is_cut(lines[head - 1], cut)), last


def _is_row(line: LaidLine) -> bool:
    """Whether half a line is a row of its own: a label and figures. (Two groups of columns repeat their
    headings, too, but share one label.)"""
    texts = line.segments
    return len(texts) > 1 and not texts[0].figure and any(s.figure for s in texts[1:])


def _is_cut(line: LaidLine, cut: float) -> bool:
    """Whether no text of a line stands over the middle of the white between the halves."""
    return not any(s.start + _REACH < cut < s.end - _REACH for s in line.segments)


def _halves(line: LaidLine, cut: float) -> tuple[LaidLine, LaidLine]:
    text = line.source.text
    at = next((s.start for s in line.segments if (s.start + s.end) / 2 > cut), len(text))
    left, right = text[:at].rstrip(), " " * at + text[at:]
    return (
        LaidLine(replace(line.source, text=left), tuple(segments_of(left))),
        LaidLine(replace(line.source, text=right.rstrip()), tuple(segments_of(right))),
    )


def _blank(line: LaidLine) -> LaidLine:
    return LaidLine(replace(line.source, text=""), ())

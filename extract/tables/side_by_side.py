"""Tables without rules between their columns that stand side by side: which words are whose."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extract.tables.halves import halves_part
from extract.tables.printed import Line, printed_lines
from model.geometry import Segment
from model.page import Word
from normalize.captions import names_table
from normalize.ordinals import is_ordinal_head

_LONGEST_GAP = 3.0  # em of white between two lines of side-by-side tables or their captions
_LONGEST_RULE = 10.0  # em from which a rule may be one of a table
_FEWEST_HEADS = 2
_FEWEST_LINES = 4
_HEADER_LINES = 3  # a heading of two lines beside one of a line


def words_apart(words: Sequence[Word], segments: Sequence[Segment], em: float) -> list[list[Word]]:
    """`words` in sets that belong to different tables without rules between their columns: where the name
    of the ordinals' column stands twice on a line, where two captions stand side by side, or where the
    rules of two tables leave the same white between them."""
    lines = printed_lines(words, em)
    for index, line in enumerate(lines):
        x = _parting(line, lines[index + 1 : index + _HEADER_LINES], segments, em)
        x = halves_part(lines, index, em) if x is None else x
        if x is None:
            continue
        first, last = _extent(lines, index, x, em)
        if last - first + 1 < _FEWEST_LINES:
            continue
        own = {id(w) for line in lines[first : last + 1] for w in line.words}
        left = [w for w in words if id(w) in own and w.box.center[0] < x]
        right = [w for w in words if id(w) in own and w.box.center[0] >= x]
        rest = [w for w in words if id(w) not in own]
        return [left, right, *(words_apart(rest, segments, em) if rest else [])]
    return [list(words)]


def _parting(line: Line, below: Sequence[Line], segments: Sequence[Segment], em: float) -> float | None:
    """Where a line shows that two tables stand beside each other, if it does."""
    words = line.words
    heads = [i for i, w in enumerate(words) if is_ordinal_head(_with_rest(w, below, em))]
    if len(heads) == _FEWEST_HEADS and heads[0] == 0 and heads[1] > 1:
        return (words[heads[1] - 1].box.x1 + words[heads[1]].box.x0) / 2
    if len(line.chunks) == _FEWEST_HEADS and all(names_table(c.text) for c in line.chunks):
        return (line.chunks[0].box.x1 + line.chunks[1].box.x0) / 2
    gaps = _rule_gaps(segments, line.box.y0 - _LONGEST_GAP * em, line.box.y1 + em, em)
    for low, high in gaps:
        sides = {w.box.center[0] < low for w in words}
        if len(sides) == _FEWEST_HEADS and not any(w.box.x0 < high and w.box.x1 > low for w in words):
            return (low + high) / 2
    return None


def _with_rest(word: Word, below: Sequence[Line], em: float) -> str:
    """A word and what stands centred under it: a narrow cell breaks `STT` in two."""
    if is_ordinal_head(word.text):
        return word.text
    foot, middle = word.box.y1, word.box.center[0]
    rest = [
        w.text
        for line in below
        for w in line.words
        if w.box.y0 - foot < em and abs(w.box.center[0] - middle) < em / 2
    ]
    return word.text if len(rest) != 1 else word.text + rest[0]


def _rule_gaps(
    segments: Sequence[Segment], top: float, bottom: float, em: float
) -> list[tuple[float, float]]:
    """White between two long rules at one height that a second pair below leaves as well."""
    rules = sorted(
        ((s.y0 + s.y1) / 2, min(s.x0, s.x1), max(s.x0, s.x1))
        for s in segments
        if s.horizontal and abs(s.x1 - s.x0) > _LONGEST_RULE * em
    )
    pairs = [
        (a[0], a[2], b[1])
        for a, b in itertools.permutations(rules, 2)
        if abs(a[0] - b[0]) < em / 2 and em / 2 < b[1] - a[2] < _LONGEST_GAP * em
    ]
    here = [p for p in pairs if top <= p[0] <= bottom]
    return [
        (low, high)
        for y, low, high in here
        if any(other > y + em and abs(a - low) < em / 2 and abs(b - high) < em / 2 for other, a, b in pairs)
    ]


def _extent(lines: Sequence[Line], index: int, x: float, em: float) -> tuple[int, int]:
    """The first and the last of the lines around `index` that leave the white at `x` open."""
    first = last = index
    while first > 0 and _open(lines[first - 1], x) and _near(lines[first - 1], lines[first], em):
        if len({w.box.center[0] < x for w in lines[first - 1].words}) < _FEWEST_HEADS:
            break
        first -= 1
    while last + 1 < len(lines) and _open(lines[last + 1], x) and _near(lines[last], lines[last + 1], em):
        last += 1
    return first, last


def _open(line: Line, x: float) -> bool:
    return not any(c.box.x0 < x < c.box.x1 for c in line.chunks)


def _near(upper: Line, lower: Line, em: float) -> bool:
    return lower.box.y0 - upper.box.y1 < _LONGEST_GAP * em

"""What numbers the rows of a laid-out table at its left: ordinals, or codes of several digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.dump.draft import Draft
from extract.dump.layout.columns import LaidLine, Segment, is_row_number, segment_of
from extract.dump.layout.doubts import plain_numbers

# Row numbers of one column begin within so many places of each other (`1` centred over `1.1.1`).
_ORDINALS_APART = 4
# So many whole numbers at the left are those of the rows: what counts further in is something else.
_LEAST_NEAR = 3
_LEADING_SHARE = 0.2  # of the lines
_CODE = re.compile(r"\d{3,}(?:\.\d{2,})*")
_SEVERAL, _MOST_BETWEEN = 3, 4  # texts of a line; lines between two rows
_OPERATORS, _LONGEST_BRACKETED = ("+", "-", "=", "x", "/"), 3  # characters of a number: `12)`
_MOSTLY = 0.7  # of what opens lines as row numbers do
_LEAST_LABEL = 8  # characters of a label before the first figure
_CODED = 0.6  # of the lines of figures


def without_ordinals(lines: Sequence[LaidLine]) -> tuple[list[str], list[LaidLine], tuple[int, int] | None]:
    """Row numbers at the left of body lines, the lines without them, and the places they stand at.

    Row numbers that stand alone before a gap show where the column of numbers is; those at its places with
    one blank before a label are split off too. Without such numbers nothing is split.
    """
    numbers_row = _is_code if _coded(lines) else is_row_number
    alone = [
        s
        for line in lines
        if line.segments
        for s in line.segments[:1]
        if len(s.text.split()) == 1 and numbers_row(_first(s))
    ]
    leading = [line.segments[0] for line in lines if line.segments and numbers_row(_first(line.segments[0]))]
    few = len(leading) < 2 or len(leading) < _LEADING_SHARE * len(lines)
    if few or _behind_labels(lines, leading) or _of_one_unit(lines, leading):
        return [""] * len(lines), list(lines), None
    apart = [line.segments[0] for line in lines if len(line.segments) > 1 and line.segments[0] in alone]
    firsts = _leftmost(apart or alone or leading, leading)
    left = min(s.start for s in firsts)
    label = min(
        (line.label_start for line in lines if line.segments and line.segments[0] in apart), default=0
    )
    near = [s for s in firsts if s.start <= left + _ORDINALS_APART]
    if sum(s.text.split()[0].rstrip(".)").isdigit() for s in near) < _LEAST_NEAR:  # pushed in by their level
        near = [s for s in firsts if s in near or s.end < label]
    firsts = near
    right = max(s.start + len(s.text.split()[0]) for s in firsts)
    numbers, rest = [], []
    for line in lines:
        segment = line.segments[0] if line.segments else None
        if segment is None or not _stands_at(segment, left, right, label):
            numbered = False
        else:  # a capital among row numbers is one of a section
            capital = len(_first(segment)) == 1 and segment.text.isupper()
            numbered = capital or (numbers_row(_first(segment)) and not _is_of_formula(segment))
        if segment is None or not numbered:
            numbers.append("")
            rest.append(line)
            continue
        word = segment.text.split()[0]
        cut = segment.start + len(word)
        numbers.append(word)
        text = " " * cut + line.source.text[cut:]
        rest.append(LaidLine(replace(line.source, text=text), _after(segment, cut, text, line.segments[1:])))
    return numbers, rest, (left, right)


def _is_of_formula(segment: Segment) -> bool:
    """Whether a text goes on with a formula that a narrow cell broke (`100 + 200)`, `220)`)."""
    first, *rest = segment.text.split()
    closes = first.endswith(")") and len(first) > _LONGEST_BRACKETED
    return closes or (rest[:1] != [] and rest[0] in _OPERATORS)


def _leftmost(firsts: Sequence[Segment], leading: Sequence[Segment]) -> list[Segment]:
    """The numbers that stand alone, or those before a label where more of these open lines further left: what
    stands alone is a code, then, whose label has lines of its own."""
    left = min(s.start for s in firsts)
    before = [s for s in leading if s.start + _ORDINALS_APART < left]
    return before if len(before) > len(firsts) else list(firsts)


def _behind_labels(lines: Sequence[LaidLine], leading: Sequence[Segment]) -> bool:
    """Whether all that opens lines as row numbers do stands far behind the labels, which have lines of their
    own over and under those of the figures: it is the first of these."""
    labels = [line.start for line in lines if len(line.segments) == 1 and line.segments[0] not in leading]
    within = [at for at in labels if at + _LEAST_LABEL < min(s.start for s in leading)]
    return len(within) >= len(leading)


def _of_one_unit(lines: Sequence[LaidLine], leading: Sequence[Segment]) -> bool:
    """Whether what opens lines as row numbers do is a quantity of one unit in most (`01 giờ`, `04 giờ`)."""
    rows = [line.segments for line in lines if line.segments and line.segments[0] in leading]
    parts = [(row[0].text.partition(" ")[2], *(s.text for s in row[1:2])) for row in rows]
    units = Counter(next(filter(None, texts), "") for texts in parts)
    unit, count = units.most_common(1)[0]
    return count >= max(_LEAST_NEAR, _MOSTLY * len(leading)) and unit.isalpha() and unit.islower()


def _after(first: Segment, cut: int, text: str, others: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments of a line without what its first one has before `cut`."""
    return (segment_of(text, cut, first.end), *others) if cut < first.end else tuple(others)


def _stands_at(segment: Segment, left: int, right: int, label: int) -> bool:
    """Whether the number that a segment opens with stands where numbers alone do (`left` to `right`), or
    right behind, before the first label: a font pushes the last of one figure (` 9`) beyond the others."""
    before = segment.start + len(segment.text.split()[0]) < label
    return left - 1 <= segment.start and (segment.start < right or (before and segment.start == right))


def _first(segment: Segment) -> str:
    return segment.text.split()[0]


def _coded(lines: Sequence[LaidLine]) -> bool:
    """Whether codes of several digits (`0101`, `010203`) stand before the labels of nearly all rows."""
    opened = [
        line.segments[0].text.split() + [s.text for s in line.segments[1:2]] for line in lines if line.is_core
    ]
    coded = [words for words in opened if _is_code(words[0])]
    named = [words for words in coded if len(words) > 1 and any(c.isalpha() for c in words[1])]
    return len(named) >= _LEAST_NEAR and len(named) == len(coded) >= _CODED * len(opened)


def _is_code(word: str) -> bool:
    return bool(_CODE.fullmatch(word)) or is_row_number(word)


def next_number(before: Draft, page: Sequence[LaidLine]) -> int:
    """The number of the row that would go on with a table of the page before; 0 where there is none."""
    numbers = plain_numbers(before)
    follows = any(line.source.page == before.pages[-1] + 1 for line in page[:1])
    return numbers[-1] + 1 if numbers and follows else 0


def counts_on(lines: Sequence[LaidLine], number: int) -> list[int]:
    """The lines that open with `number` and the ones that follow it, from the page's first row on: rows that
    go on with a table, whether they have figures or not."""
    found: list[int] = []
    for i, line in enumerate(lines):
        if line.opens_with_ordinal and line.segments[0].text.split()[0].strip(".)") == str(number):
            found.append(i)
            number += 1
        elif not found and line.is_core:
            return []
    return found


def runs_through(lines: Sequence[LaidLine]) -> bool:
    """Whether the rows of the first and the last line are counted on, and nothing between the two but the
    heading of a section and the rest of a label: no such line parts a table, however long it is."""
    numbers = [_plain_number(line) for line in (lines[0], lines[-1])]
    if not numbers[0] or not numbers[1] or numbers[1] != numbers[0] + 1:
        return False
    between = [line for line in lines[1:-1] if not line.blank]
    sections = [line for line in between if line.names_section]
    rest = [line for line in between if line not in sections and len(line.segments) < _SEVERAL]
    return len(sections) == 1 and len(rest) + 1 == len(between) <= _MOST_BETWEEN


def _plain_number(line: LaidLine) -> int:
    """The whole number that opens a line; 0 where none does."""
    word = line.segments[0].text.split()[0].strip(".)") if line.opens_with_ordinal else ""
    return int(word) if word.isdigit() else 0

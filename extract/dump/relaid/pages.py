"""Pages of a dump laid out anew: each stretch of words where it stood in print, lines run into one parted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.dump.lines import SourceLine
from extract.dump.relaid.fitted import fitted
from extract.dump.relaid.known_parts import known_parts
from extract.dump.relaid.letters import width_of
from extract.dump.relaid.places import ANYWHERE, Alignment, Stretch, is_row, stretches_of

# Heights of letters that a character of the new lines stands for: less than a mean letter, so that no text
# needs more room than it had in print. And those of a typed character, for which any figure would do.
_CHARACTER, _TYPED = 0.38, 0.5
_SEVERAL = 3  # stretches of a line that tell whether places are kept
_ASKED = 6  # lines of a page; asking all tells the same of each of 460 dumps, in two to three times the time
_SHARPLY = 0.3  # how near places are in line that tell so
_NEIGHBOURS = 25  # lines over and under a line that it's held against
_TURNS = 2
_AT_EDGE = 3  # characters from the edge, where the leftmost words of a page begin
_WIDEST, _MARGIN = 0.9, 3.0  # of the rows, that end where the table does; heights of letters beyond
_NUMBERED = re.compile(r"(\d{1,3}) (\D.*)")
_STRETCH = re.compile(r"\S+(?: \S+)*")

Placed = list[list[Stretch]]
"""The stretches of a line of the file, on one line or several."""


def relaid(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines laid out anew where that brings more of them in line, else as they are.

    Where two lines of print came out as one and stood over each other, both keep its number.
    """
    pages: dict[int, list[SourceLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    if not _is_counted(list(pages.values())):
        return list(lines)
    parts = {page: known_parts([line.text for line in own]) for page, own in pages.items()}
    placed = {page: [list(map(stretches_of, pieces)) for pieces in own] for page, own in parts.items()}
    for turn in range(_TURNS):
        placed = _fitted_pages(parts, placed, bool(turn))
    return [
        replace(line, text=_typed_anew(stretches))
        for page, own in pages.items()
        for line, found in zip(own, placed[page], strict=True)
        for stretches in found
    ]


def _is_counted(pages: Sequence[Sequence[SourceLine]]) -> bool:
    """Whether the blanks of a dump are counted in letters: its pages begin at their leftmost word, and by the
    widths of letters more is in line than by the characters typed."""
    filled = [page for page in pages if not all(line.blank for line in page)]
    flush = sum(any(line.text[:_AT_EDGE].strip() for line in page) for page in filled)
    if 2 * flush <= len(filled):
        return False
    typed = sum(_in_line([_as_typed(line.text) for line in page]) for page in filled)
    return sum(_in_line([stretches_of(line.text) for line in page]) for page in filled) > typed


def _in_line(placed: Sequence[Sequence[Stretch]]) -> float:
    """How many stretches are in line with others, of some lines of a page that have several."""
    telling = [i for i, line in enumerate(placed) if len(line) >= _SEVERAL]
    some = telling[:: max(1, len(telling) // _ASKED)]
    return sum(Alignment(_around(placed, i), _SHARPLY).share(placed[i]) for i in some)


def _as_typed(text: str) -> list[Stretch]:
    """The stretches of a line at the places at which they were typed."""
    return [Stretch(m.group(), m.start() * _TYPED, m.end() * _TYPED) for m in _STRETCH.finditer(text)]


def _around(placed: Sequence[Sequence[Stretch]], i: int) -> list[Sequence[Stretch]]:
    """The lines near a line that have several stretches."""
    first = max(0, i - _NEIGHBOURS)
    near = enumerate(placed[first : i + _NEIGHBOURS], start=first)
    return [line for k, line in near if k != i and len(line) > 1]


def _fitted_pages(
    pages: Mapping[int, Sequence[Sequence[str]]], placed: Mapping[int, Sequence[Placed]], edges: bool
) -> dict[int, list[Placed]]:
    """The lines of all pages fitted to those round them. A line that pages repeat, as headers are, is fitted
    once, to what is round it on any of them."""
    around: dict[tuple[str, ...], list[Sequence[Stretch]]] = {}
    right: dict[tuple[str, ...], float] = {}
    for page, own in pages.items():
        whole = [[s for line in found for s in line] for found in placed[page]]
        edge = _right_edge(placed[page]) if edges else ANYWHERE
        for i, line in enumerate(map(tuple, own)):
            if len(whole[i]) > 1:
                around.setdefault(line, []).extend(_around(whole, i))
                right[line] = max(right.get(line, 0.0), edge)
    found = {
        line: [placed for part in line for placed in fitted(part, Alignment(near, right=right[line]))]
        for line, near in around.items()
    }
    return {
        page: [found.get(tuple(line), before) for line, before in zip(own, placed[page], strict=True)]
        for page, own in pages.items()
    }


def _right_edge(placed: Sequence[Placed]) -> float:
    """Where the tables of a page end: lines run into one reach beyond it."""
    ends = sorted(line[-1].end for found in placed for line in found if is_row(line))
    return ends[int(_WIDEST * (len(ends) - 1))] + _MARGIN if ends else ANYWHERE


def _number_apart(line: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of a line, of a row's first the number apart from a label one blank behind it: numbers of
    two digits come that near."""
    if not line or not is_row(line) or not (match := _NUMBERED.match(line[0].text)):
        return list(line)
    first = line[0]
    end = first.start + width_of(match[1])
    return [Stretch(match[1], first.start, end), Stretch(match[2], end, first.end), *line[1:]]


def _typed_anew(stretches: Sequence[Stretch]) -> str:
    """A line with each stretch in the middle of its place in print."""
    out = ""
    for stretch in _number_apart(stretches):
        at = round(stretch.middle / _CHARACTER - len(stretch.text) / 2)
        out = out.ljust(max(at, len(out) + 2 if out else 0)) + stretch.text
    return out

"""Figures that belong to the names of rows (`Km 973 + 500 1 2.100`, `Đường 613 3 720`), told by how many
figures rows have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.dump.stream.rows import StreamLine
from extract.dump.tokens import Token

_OF_NAME = re.compile(r"^\+?\s?\d{1,4}$|^\d{1,3}/\d{1,3}$")  # no amount, no decimal
_LEAST, _MOSTLY = 3, 0.6  # rows with as many figures as each other, and the share of all with a name
_MOST = 3  # figures of a name
_SMUDGED = 0.1  # of the lines
_NAME_LINES = 6  # of a name before its row's figures


def with_figures_of_names(body: Sequence[StreamLine]) -> list[StreamLine]:
    """The body with figures among the words of a name where the rest of the line, or a line below it before
    the next name, has as many as nearly all rows have."""
    usual = _usual(body)
    if not usual:
        return list(body)
    lines = [_with_whole_name(line, usual) for line in body]
    for i, line in enumerate(lines):
        if _is_name_with_figures(line, usual) and _goes_on(lines, i, usual):
            words = tuple(replace(token, kind="word") for token in line.run)
            lines[i] = replace(line, before=(*line.before, *words), run=(), zone=())
    return lines


def _usual(body: Sequence[StreamLine]) -> int:
    """How many figures nearly all lines with a name or a number have; 0 where they differ, or where figures
    were read from ink, with smudges among them."""
    smudged = sum(any(token.kind in ("loose", "rule") for token in line.zone) for line in body)
    if smudged > _SMUDGED * len(body):
        return 0
    counts = Counter(len(line.run) for line in body if len(line.run) > 1)
    usual = max(counts, key=lambda n: (counts[n], n), default=0)
    return usual if counts[usual] >= max(_LEAST, _MOSTLY * sum(counts.values())) else 0


def _with_whole_name(line: StreamLine, usual: int) -> StreamLine:
    """The line with the first of its figures in its name, where it has a few too many."""
    more = len(line.run) - usual
    named = any(token.kind == "word" for token in line.before[len(line.ordinals[:1]) :])
    if not 0 < more <= _MOST or not named or line.after or not _are_of_name(line.run[:more]):
        return line
    words = tuple(replace(token, kind="word") for token in line.run[:more])
    rest = line.run[more:]
    return replace(line, before=(*line.before, *words), run=rest, zone=rest)


def _are_of_name(tokens: Sequence[Token]) -> bool:
    return all(_OF_NAME.match(token.text) or token.kind == "dash" for token in tokens)


def _is_name_with_figures(line: StreamLine, usual: int) -> bool:
    named = any(token.kind == "word" for token in line.before)
    return named and 0 < len(line.run) < min(usual, _MOST + 1) and not line.after and _are_of_name(line.run)


def _goes_on(lines: Sequence[StreamLine], at: int, usual: int) -> bool:
    """Whether the figures of a line's row come below it: on a line without a name of its own, before another
    row's number, or beside the row's number where the line has none."""
    for line in lines[at + 1 : at + 1 + _NAME_LINES]:
        if line.ordinals and (lines[at].ordinals or any(t.kind == "word" for t in line.before[1:])):
            return False
        if line.run:
            return len(line.run) == usual and not any(
                t.kind == "word" for t in line.before[len(line.ordinals[:1]) :]
            )
    return False

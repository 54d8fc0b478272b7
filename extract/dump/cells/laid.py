"""Numbered rows of a dump a cell a line, each laid on one line: words and figures among them are read as in
dumps that write their rows so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from extract.dump.cells.lines import cell_lines
from extract.dump.lines import SourceLine
from extract.dump.tokens import kind_of
from normalize.numbering import is_part_of_numbering
from normalize.ordinals import read_ordinal
from normalize.totals import begins_with_sum

_LEAST_ROWS = 3
_FILLED = 0.7  # of the rows have words and figures
_MOST_LINES, _FAR_LONGER = 30, 3  # lines of a row, or times the longest before it
_MOST_CHOICES = 6  # of lines for a row's number
_MOST_WORDS = 8  # lines of words between figures of a row


@dataclass(frozen=True, slots=True)
class LaidRows:
    """Header lines and rows of a table, a row a line, the lines below its last row, and the numbers of the
    lines at which the first and the last numbered row begin."""

    lines: tuple[SourceLine, ...]
    rest: tuple[SourceLine, ...]
    first: int
    last: int


def laid_rows(piece: Sequence[SourceLine]) -> LaidRows | None:
    """The lines with each numbered row, each section's name and each total on one line, the header as it was;
    None where no rows count from 1, each of words and figures on lines of their own."""
    lines = [line for line in piece if not line.blank]
    if cell_lines(lines, few=True) is None:
        return None
    starts = _chain(lines)
    if len(starts) < _LEAST_ROWS:
        return None
    end = _end_of_last(lines, starts)
    bounds = [*sorted({*starts, *(i for i in range(starts[0], end) if _opens_other(lines, i))}), end]
    rows = [lines[a:b] for a, b in pairwise(bounds)]
    filled = sum(_has_both(lines[a:b]) for a, b in pairwise(bounds) if a in starts)
    if filled < _FILLED * len(starts):
        return None
    laid = (*lines[: starts[0]], *(_on_one(row) for row in rows))
    return LaidRows(laid, tuple(lines[end:]), lines[starts[0]].number, lines[starts[-1]].number)


def _end_of_last(lines: Sequence[SourceLine], starts: Sequence[int]) -> int:
    """Where the last row and the totals below it end: behind no more figures than rows have, no further from
    each other than theirs, and as many lines of words behind the last one as rows mostly have."""
    rows = [[_is_figures(line) for line in lines[a + 1 : b]] for a, b in pairwise(starts)]
    runs = [[(kind, len(list(group))) for kind, group in groupby(row)] for row in rows]
    between = max((n for own in runs for kind, n in own[1:-1] if not kind), default=0)
    after = int(median(own[-1][1] if own and not own[-1][0] else 0 for own in runs))
    most = max(map(sum, rows))
    end = _end_of_row(lines, starts[-1] + 1, most, between) + after
    while end < len(lines) and begins_with_sum(lines[end].key):
        end = _end_of_row(lines, end + 1, most, between)
    return min(end, len(lines))


def _end_of_row(lines: Sequence[SourceLine], start: int, most: int, between: int) -> int:
    """Where the figures of a row end, `most` at most, no more than `between` lines of words among them."""
    end = start
    for i in range(start, len(lines)):
        if not most or _opens_other(lines, i) or i - end > (between if end > start else _MOST_WORDS):
            break
        if _is_figures(lines[i]):
            most -= 1
            end = i + 1
    return end


def _is_figures(line: SourceLine) -> bool:
    """Whether a line opens with a figure, as cells and the first of several do."""
    return kind_of(line.text.split()[0]) in ("figure", "dash")


def _chain(lines: Sequence[SourceLine]) -> list[int]:
    """The lines at which rows 1, 2, 3 and so on begin: of the ways to choose them the one whose rows are most
    nearly as long as each other."""
    chains: list[tuple[float, list[int]]] = [(0.0, [i]) for i in _numbered(lines, 1, 0)]
    best: list[int] = []
    while chains:
        best = min(chains, key=lambda chain: chain[0])[1]
        grown: list[tuple[float, list[int]]] = []
        for cost, chain in chains:
            for i in _numbered(lines, len(chain) + 1, chain[-1] + 1):
                length = i - chain[-1]
                known = [b - a for a, b in pairwise(chain)]
                if length > max(_MOST_LINES, _FAR_LONGER * max(known, default=0)):
                    continue
                before = chain[-1] - chain[-2] if len(chain) > 1 else length
                grown.append((cost + abs(length - before), [*chain, i]))
        chains = sorted(grown, key=lambda chain: chain[0])[:_MOST_CHOICES]
    return best


def _numbered(lines: Sequence[SourceLine], number: int, first: int) -> list[int]:
    """The next lines from `first` on that may be a row's number: alone over words, or words behind it."""
    found = []
    for i in range(first, len(lines)):
        words = lines[i].text.split()
        ordinal = read_ordinal(words[0])
        if ordinal is None or ordinal.kind != "number" or ordinal.value != (number,):
            continue
        after = words[1] if len(words) > 1 else lines[i + 1].text.split()[0] if i + 1 < len(lines) else ""
        if kind_of(after) in ("word", "loose") and after[:1].isalpha() and not is_part_of_numbering(words):
            found.append(i)
        if len(found) == _MOST_CHOICES:
            break
    return found


def _opens_other(lines: Sequence[SourceLine], i: int) -> bool:
    """Whether a line opens a section or a total among the rows."""
    words = lines[i].text.split()
    ordinal = read_ordinal(words[0])
    section = ordinal is not None and ordinal.kind == "roman" and (len(words) > 1 or words[0].isupper())
    return section or begins_with_sum(lines[i].key)


def _has_both(row: Sequence[SourceLine]) -> bool:
    kinds = {kind_of(word) for line in row[1:] for word in line.text.split()}
    return {"word", "figure"} <= kinds


def _on_one(row: Sequence[SourceLine]) -> SourceLine:
    text, key = (
        " ".join(own).strip() for own in zip(*((x.text.strip(), x.key.strip()) for x in row), strict=True)
    )
    return replace(row[0], text=text, key=key, more=row[-1].number - row[0].number + row[-1].more)

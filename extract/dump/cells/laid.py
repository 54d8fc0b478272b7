"""Numbered rows of a dump a cell a line, each laid on one line: words and figures among them are read as in
dumps that write their rows so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from statistics import median

from extract.dump.cells.lines import cell_lines
from extract.dump.lines import SourceLine, in_capitals, opens_table
from extract.dump.tokens import kind_of
from normalize.numbering import is_part_of_numbering
from normalize.ordinals import read_ordinal
from normalize.totals import begins_with_sum

_LEAST_ROWS = 3
_FILLED = 0.7  # of the rows have words and figures
_MOST_LINES, _FAR_LONGER = 30, 3  # lines of a row, or times the longest before it
_FIGURES_GO_ON = 2  # lines
_TITLE = re.compile(r"^(?:[IVX]{1,5}|\d{1,2})\s*[.)–-]\s*[^\W\d]{2}")
_CODE_OF_ROW = re.compile(r"^(\d{2})[A-Z]?$")
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
    if filled < _FILLED * len(starts) or goes_on(lines[end:], starts[1] - starts[0]):
        return None
    laid = (*lines[: starts[0]], *(_on_one(row) for row in rows))
    return LaidRows(laid, tuple(lines[end:]), lines[starts[0]].number, lines[starts[-1]].number)


def goes_on(rest: Sequence[SourceLine], length: int) -> bool:
    """Whether the lines below the last row are more rows: figures come soon, no title stands over them."""
    near = list(takewhile(lambda line: not _is_title(line), rest[:length]))
    return sum(map(_is_figures, near)) > _FIGURES_GO_ON


def _is_title(line: SourceLine) -> bool:
    return bool(_TITLE.match(line.text.strip())) or opens_table(line) or in_capitals(line.text)


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
    nearly as long as each other. Codes of rows (`06A`, `07`, `11`) may leave numbers out."""
    chains: list[tuple[float, tuple[tuple[int, int], ...]]] = [
        (0.0, ((i, 1),)) for i in _numbered(lines, 1, 0)
    ]
    best: list[int] = []
    while chains:
        best = [i for i, _ in min(chains, key=lambda chain: chain[0])[1]]
        grown = [(cost + more, (*chain, own)) for cost, chain in chains for own, more in _next(lines, chain)]
        chains = sorted(grown, key=lambda chain: chain[0])[:_MOST_CHOICES]
    return best


def _next(
    lines: Sequence[SourceLine], chain: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], float]]:
    """The lines at which the next row may begin, with their numbers and what each costs."""
    last, number = chain[-1]
    known = [b - a for (a, _), (b, _) in pairwise(chain)]
    longest = last + max(_MOST_LINES, _FAR_LONGER * max(known, default=0))
    before = known[-1] if known else 0
    found = [(i, number + 1) for i in _numbered(lines, number + 1, last + 1) if i <= longest]
    coded = bool(known) and lines[chain[0][0]].text.strip().startswith("0")  # `01`, not `1`
    found += [own for own in (_coded(lines, number, last + 1, longest) if coded else ()) if own not in found]
    for i, own in found:
        yield (i, own), abs(i - last - before) if known else 0.0


def _numbered(lines: Sequence[SourceLine], number: int, first: int) -> list[int]:
    """The next lines from `first` on that may be a row's number: alone over words, or words behind it."""
    found = []
    for i in range(first, len(lines)):
        words = lines[i].text.split()
        ordinal = read_ordinal(words[0])
        if ordinal is None or ordinal.kind != "number" or ordinal.value != (number,):
            continue
        if _names_follow(lines, i) and not is_part_of_numbering(words):
            found.append(i)
        if len(found) == _MOST_CHOICES:
            break
    return found


def _coded(lines: Sequence[SourceLine], number: int, first: int, end: int) -> list[tuple[int, int]]:
    """The first line up to `end` that is a code with the number of the row above, or a greater one, over
    words."""
    for i in range(first, min(end + 1, len(lines))):
        match = _CODE_OF_ROW.match(lines[i].text.split()[0])
        figures = sum(map(_is_figures, lines[i + 1 : i + 1 + _MOST_WORDS]))
        if match and int(match[1]) >= number and _names_follow(lines, i) and figures > 1:
            return [(i, int(match[1]))]
    return []


def _names_follow(lines: Sequence[SourceLine], i: int) -> bool:
    """Whether words follow the first one of a line, on it or on the next."""
    words = lines[i].text.split()
    after = words[1] if len(words) > 1 else lines[i + 1].text.split()[0] if i + 1 < len(lines) else ""
    return kind_of(after) in ("word", "loose") and after[:1].isalpha()


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

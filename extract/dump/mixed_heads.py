"""Cells of a header printed again on a next page, written among the cells of its first rows.

A reader that writes blocks of a page one after another takes a column's heading and the numbers under it for
one block, so that the rows of a page's top come between the headings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.dump.lines import SourceLine
from extract.dump.stream.pieces import counts_anew
from extract.dump.tokens import tokenize
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.ordinals import is_ordinal_head, read_ordinal

_LEAST_CELLS = 4  # of a header that comes again
_LONGEST_HEAD = 60  # lines of a page's top that may hold its header
_FORMULA_SIGNS = "()="  # a bare number may be a row's


def without_mixed_heads(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines, blank where a page says again, each once, what stands once over the first figures of the
    page before. Not where its rows are counted anew."""
    pages: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        if not line.blank:
            pages.setdefault(line.page, []).append(i)
    out = list(lines)
    head: list[SourceLine] = []
    for own in pages.values():
        page = [lines[i] for i in own]
        again = _said_again(page, head) if head else []
        if again and not counts_anew(page):
            for k in again:
                out[own[k]] = replace(page[k], text="", key="")
            head += [page[k] for k in again]
        else:
            head = _head_of(page)
    return out


def _head_of(page: Sequence[SourceLine]) -> list[SourceLine]:
    """The cells of the header at a page's top: from the last heading of row numbers over the first figure of
    a row to that figure, those that the page says once."""
    end = next((i for i, line in enumerate(page) if _is_figure(line)), 0)
    start = max((i for i in range(end) if _heads_numbers(page[i])), default=end)
    said = Counter(line.key for line in page)
    return [
        line
        for line in page[max(start, end - _LONGEST_HEAD) : end]
        if said[line.key] == 1 and _may_head(line)
    ]


def _said_again(page: Sequence[SourceLine], head: Sequence[SourceLine]) -> list[int]:
    """The lines that are cells of the header, or several of them that stand beside each other; none where
    they are few or do not name columns."""
    said = Counter(line.key for line in page)
    known = {line.key for line in head}
    text = f" {' '.join(line.key for line in head)} "
    found = [
        i
        for i, line in enumerate(page)
        if said[line.key] == 1
        and _may_head(line)
        and (line.key in known or (len(line.key.split()) > 1 and f" {line.key} " in text))
    ]
    named = any(_heads_numbers(page[i]) or _is_mark(page[i]) for i in found)
    return found if named and len(found) >= _LEAST_CELLS else []


def _may_head(line: SourceLine) -> bool:
    """Whether a line may be a header's cell: no row's number, and no figure but those of columns."""
    words = line.text.split()
    if _is_mark(line):
        return True
    kinds = {token.kind for token in tokenize(line.text)}
    return "word" in kinds and (len(words) > 1 or read_ordinal(words[0]) is None)


def _is_mark(line: SourceLine) -> bool:
    words = line.text.split()
    signed = any(sign in line.text for sign in _FORMULA_SIGNS)
    return signed and (is_numbering(words) or is_part_of_numbering(words))


def _heads_numbers(line: SourceLine) -> bool:
    return any(map(is_ordinal_head, line.text.split()))


def _is_figure(line: SourceLine) -> bool:
    """Whether a line is figures alone, one of them with a mark as no row number and no column's has."""
    tokens = tokenize(line.text)
    figures = all(token.kind in ("figure", "dash") for token in tokens)
    return figures and any(not t.text.isdigit() for t in tokens) and not _is_mark(line) and not _is_code(line)


def _is_code(line: SourceLine) -> bool:
    """Whether a line is a number of several levels or with noughts before it (`01.002`)."""
    text = line.text.strip()
    return text.startswith("0") and "," not in text

"""Headers of a table printed again at the top of its next pages, in dumps without columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from extract.dump.lines import SourceLine
from extract.dump.mixed_heads import without_mixed_heads
from extract.dump.stream.pieces import counts_anew
from extract.dump.tokens import cut_line
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.ordinals import is_ordinal_head

_LEAST_LINES = 2
_LINES_ROUND, _LEAST_WORDS = 24, 6  # of a header, round the heading of its row numbers; of one in other lines
_HEADS_KNOWN = 3  # of the headings above, the last ones
_MOST_TRIED = 8  # of the places where the first line stands before, the last ones


def without_running_heads(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines, blank where the first ones of a page say again, line by line, what an earlier page says over
    its rows. Not where the rows below are counted anew: that is another table."""
    out = list(lines)
    filled = [i for i, line in enumerate(lines) if not line.blank]
    named = [k for k, i in enumerate(filled) if _names_columns(lines[i])]
    said: dict[str, list[int]] = {}
    for top in range(len(filled)):
        if top == 0 or lines[filled[top]].page == lines[filled[top - 1]].page:
            said.setdefault(lines[filled[top]].key, []).append(top)
            continue
        count = _said_before(lines, filled, top, said.get(lines[filled[top]].key, []))
        said.setdefault(lines[filled[top]].key, []).append(top)
        rest = filled[top + count] if top + count < len(filled) else len(lines)
        below = bisect_left(named, top)
        count = max(count, _reworded(lines, filled, top, named[max(0, below - _HEADS_KNOWN) : below]))
        if count >= _LEAST_LINES and not counts_anew(lines[rest:]):
            for i in filled[top : top + count]:
                out[i] = replace(lines[i], text="", key="")
    return without_mixed_heads(out)


def _said_before(lines: Sequence[SourceLine], filled: Sequence[int], top: int, starts: Sequence[int]) -> int:
    """How many lines from `top` on, a place of `filled`, repeat a header that begins at one of `starts`: it
    has the heading of the row numbers or the numbers of the columns, and no row's figures."""
    best = 0
    for start in starts[-_MOST_TRIED:]:
        count = 0
        while (
            start + count < top
            and top + count < len(filled)
            and lines[filled[start + count]].key == lines[filled[top + count]].key
            and not _is_row(lines[filled[top + count]])
        ):
            count += 1
        if count > best and any(map(_names_columns, (lines[i] for i in filled[top : top + count]))):
            best = count
    return best


def _reworded(lines: Sequence[SourceLine], filled: Sequence[int], top: int, named: Sequence[int]) -> int:
    """How many lines from `top` on, a place of `filled`, have only words that stand round the headings of the
    row numbers, or the numbers of the columns, above, at the places `named` of `filled`: a page may put a
    header's words on other lines."""
    if not named:
        return 0
    first = max(named[0], named[-1] - _LINES_ROUND) - _LINES_ROUND
    near = [lines[filled[k]] for k in range(max(0, first), min(top, named[-1] + _LINES_ROUND))]
    said = {word for line in near if not _is_row(line) for word in line.key.split()}
    count = 0
    while top + count < len(filled) and lines[filled[top + count]].page == lines[filled[top]].page:
        line = lines[filled[top + count]]
        if _is_row(line) or not set(line.key.split()) <= said or _is_bare(line):
            break
        count += 1
    own = [lines[filled[k]] for k in range(top, top + count)]
    words = sum(len(line.key.split()) for line in own)
    return count if words >= _LEAST_WORDS and any(map(_names_columns, own)) else 0


def _is_bare(line: SourceLine) -> bool:
    """Whether a line is nothing but figures, as a row's number is, and no numbers of columns."""
    return not any(map(str.isalpha, line.text)) and not _names_columns(line)


def _is_row(line: SourceLine) -> bool:
    """Whether a line has several figures that are no numbers of columns."""
    words = line.text.split()
    return len(cut_line(line).run) > 1 and not (is_numbering(words) or is_part_of_numbering(words))


def _names_columns(line: SourceLine) -> bool:
    words = line.text.split()
    return any(map(is_ordinal_head, words)) or is_numbering(words)

"""Headers of a table printed again at the top of its next pages, in dumps without columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.dump.lines import SourceLine
from extract.dump.mixed_heads import without_mixed_heads
from extract.dump.stream.sections import counts_anew
from extract.dump.tokens import cut_line
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.ordinals import is_ordinal_head

_LEAST_LINES = 2
_MOST_TRIED = 8  # of the places where the first line stands before, the last ones


def without_running_heads(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines, blank where the first ones of a page say again, line by line, what an earlier page says over
    its rows. Not where the rows below are counted anew: that is another table."""
    out = list(lines)
    filled = [i for i, line in enumerate(lines) if not line.blank]
    said: dict[str, list[int]] = {}
    for top in range(len(filled)):
        if top == 0 or lines[filled[top]].page == lines[filled[top - 1]].page:
            said.setdefault(lines[filled[top]].key, []).append(top)
            continue
        count = _said_before(lines, filled, top, said.get(lines[filled[top]].key, []))
        said.setdefault(lines[filled[top]].key, []).append(top)
        rest = filled[top + count] if top + count < len(filled) else len(lines)
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


def _is_row(line: SourceLine) -> bool:
    """Whether a line has several figures that are no numbers of columns."""
    words = line.text.split()
    return len(cut_line(line).run) > 1 and not (is_numbering(words) or is_part_of_numbering(words))


def _names_columns(line: SourceLine) -> bool:
    words = line.text.split()
    return any(map(is_ordinal_head, words)) or is_numbering(words)

"""Tables of words in dumps that keep no columns: rows are told by their numbers, a row's cells by nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, in_capitals

NUMBER_HEAD = re.compile(r"^\W*(?:stt|s\.?t\.?t|tt|so tt|st)\b")
_FIRST_WORD = re.compile(r"^\s*([1-9]\d{0,2})[.)]?(?:\s+(?=\D)|\s*$)")
_LEAST_ROWS = 3
_MOST_HEADER = 40  # lines from the heading of the row numbers to the first of them
_MOST_MORE = 2  # lines that the last row may have more than the longest before it
_DOUBT = "Bảng chữ từ dòng {} đến dòng {}: chỉ tách được hàng theo số thứ tự, các ô chữ còn dính nhau."


def list_draft(piece: Sequence[SourceLine]) -> Draft | None:
    """The rows of a table without columns of figures: number and text, doubted as a whole; None where no
    heading of row numbers stands over numbers that count from 1."""
    lines = [line for line in piece if not line.blank]
    head = next((i for i, line in enumerate(lines) if NUMBER_HEAD.match(line.key)), None)
    if head is None:
        return None
    starts = _starts(lines, head + 1)
    if len(starts) < _LEAST_ROWS or starts[0] - head > _MOST_HEADER:
        return None
    longest = max(b - a for a, b in pairwise(starts))
    end = min(len(lines), starts[-1] + longest + _MOST_MORE)
    end = next((i for i in range(starts[-1] + 1, end) if in_capitals(lines[i].text)), end)
    rows = [("", _text(lines[head : starts[0]]))]
    for number, (first, last) in enumerate(zip(starts, [*starts[1:], end], strict=True), start=1):
        rows.append((str(number), _text(lines[first:last]).removeprefix(str(number)).lstrip(".) ")))
    return Draft(
        rows=tuple(rows),
        first_line=lines[head].number,
        last_line=lines[end - 1].number,
        pages=(lines[head].page, *(lines[i].page for i in starts)),
        header_rows=1,
        doubts=(_DOUBT.format(lines[head].number, lines[end - 1].number),),
    )


def _starts(lines: Sequence[SourceLine], first: int) -> list[int]:
    """The lines that open with 1, 2, 3 and so on: each the first one with its number after the one before."""
    starts: list[int] = []
    for i in range(first, len(lines)):
        match = _FIRST_WORD.match(lines[i].text)
        if match and int(match[1]) == len(starts) + 1:
            starts.append(i)
    return starts


def _text(lines: Sequence[SourceLine]) -> str:
    return " ".join(" ".join(line.text.split()) for line in lines)

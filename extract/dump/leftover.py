"""Rows that stand in no table: lines below each other with a name and as many figures each, kept as a table
and flagged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, is_heading, opens_table
from extract.dump.tokens import DATE, kind_of
from extract.tables.letterhead import says_letterhead

_LEAST_ROWS, _LEAST_BELOW = 3, 2  # of a table of their own, and right below another
_LONGEST, _MOST_HEADER, _LONGEST_WORDS = 110, 3, 14
_AMOUNT, _DAY = re.compile(r"[-+]?\d[\d.,]*[.,]\d+%?$|\d{3,}$"), re.compile(r"\d{1,2}/\d{1,2}$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_SENTENCE = re.compile(r"\w[.;:,]$")
_DOUBT = "Các dòng {} đến {} giống hàng của một bảng mà không đọc được: tên, số và cột là phỏng đoán."
_BELOW = "Các dòng {} đến {} ngay dưới bảng chỉ có tên và một số: được xếp vào cột cuối, cần xem lại."


@dataclass(frozen=True, slots=True)
class _Row:
    """A line cut into the words before its figures, these, and the words behind them."""

    line: SourceLine
    before: str
    figures: tuple[str, ...]
    after: str


def with_leftover(drafts: Sequence[Draft], lines: Sequence[SourceLine]) -> list[Draft]:
    """The tables, rows of one figure right below one of them as its own, and other rows of `lines`, which are
    those of no table, as tables."""
    found = list(drafts)
    for rows in _stretches(lines):
        first, last = rows[0].line.number, rows[-1].line.number
        above = next((i for i, draft in enumerate(found) if draft.last_line + 1 == first), None)
        if above is not None and len(rows[0].figures) == 1 and found[above].n_cols > 2:
            found[above] = _with_rows(found[above], rows)
        elif len(rows) >= _LEAST_ROWS:
            found.append(_table(_header(lines, first), rows, last))
    return found


def _with_rows(draft: Draft, rows: Sequence[_Row]) -> Draft:
    """The table with rows of a name and one figure below it, which is doubted."""
    head = draft.header_rows or 0
    named = [sum(any(map(str.isalpha, row[c])) for row in draft.rows[head:]) for c in range(draft.n_cols - 1)]
    at = named.index(max(named)) if named else 0
    more = []
    for row in rows:
        cells = [""] * draft.n_cols
        cells[at], cells[-1] = row.before, row.figures[0]
        more.append(tuple(cells))
    return replace(
        draft,
        rows=(*draft.rows, *more),
        last_line=rows[-1].line.number,
        pages=(*draft.pages, *(row.line.page for row in rows)),
        doubts=(*draft.doubts, _BELOW.format(rows[0].line.number, rows[-1].line.number)),
    )


def _table(header: Sequence[SourceLine], rows: Sequence[_Row], last: int) -> Draft:
    noted = any(row.after for row in rows)
    width = 1 + len(rows[0].figures) + noted
    head = " ".join(" ".join(line.text.split()) for line in header)
    first = header[0].number if header else rows[0].line.number
    return Draft(
        rows=(
            *(((head, *("",) * (width - 1)),) if head else ()),
            *((row.before, *row.figures, *((row.after,) if noted else ())) for row in rows),
        ),
        first_line=first,
        last_line=last,
        pages=(*((header[0].page,) if head else ()), *(row.line.page for row in rows)),
        header_rows=1 if head else 0,
        doubts=(_DOUBT.format(rows[0].line.number, last),),
    )


def _stretches(lines: Sequence[SourceLine]) -> Iterator[list[_Row]]:
    """Lines right below each other that are rows of as many figures, on one page."""
    own: list[_Row] = []
    for line in lines:
        row = _row(line)
        goes_on = row is not None and own and line.number == own[-1].line.number + 1
        if goes_on and row is not None and len(row.figures) == len(own[0].figures):
            own.append(row)
            continue
        if len(own) >= _LEAST_BELOW:
            yield own
        own = [row] if row is not None else []
    if len(own) >= _LEAST_BELOW:
        yield own


def _row(line: SourceLine) -> _Row | None:
    """The row that a line may be: words, then figures, the last of them an amount where they are one."""
    text = " ".join(line.text.split())
    if not text or len(text) > _LONGEST or says_letterhead(text) or opens_table(line) or is_heading(line):
        return None
    words = text.split()
    start, end = _longest_run(words)
    before, figures, after = words[:start], words[start:end], words[end:]
    if not figures or not any(any(map(str.isalpha, word)) for word in before) or _SENTENCE.search(text):
        return None
    if text[0].islower() or len(before) > _LONGEST_WORDS:
        return None
    if len(figures) == 1 and (after or not _AMOUNT.match(figures[0]) or _YEAR.match(figures[0])):
        return None
    return _Row(line, " ".join(before), tuple(figures), " ".join(after))


def _longest_run(words: Sequence[str]) -> tuple[int, int]:
    """The longest run of figures, of several as long the last."""
    best = (0, 0)
    at = 0
    for is_figure, group in groupby(words, key=_is_figure):
        own = list(group)
        if is_figure and len(own) >= best[1] - best[0] and any(kind_of(word) == "figure" for word in own):
            best = (at, at + len(own))
        at += len(own)
    return best


def _is_figure(word: str) -> bool:
    return kind_of(word) in ("figure", "dash") and not DATE.match(word) and not _DAY.match(word)


def _header(lines: Sequence[SourceLine], first: int) -> list[SourceLine]:
    """The lines of words right above a line."""
    by_number = {line.number: line for line in lines}
    header: list[SourceLine] = []
    for number in range(first - 1, first - 1 - _MOST_HEADER, -1):
        line = by_number.get(number)
        if line is None or line.blank or opens_table(line) or is_heading(line) or _row(line):
            break
        text = " ".join(line.text.split())
        if _SENTENCE.search(text) or says_letterhead(text) or len(text) > _LONGEST:
            break
        header.insert(0, line)
    return header

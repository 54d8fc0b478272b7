"""Tables that no reader could put together, told by their title or their heading of row numbers: kept row by
row as far as these can be told, and flagged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.dump.draft import Draft, square
from extract.dump.lines import SourceLine, in_capitals, is_heading, opens_table
from extract.dump.stream.lists import NUMBER_HEAD
from extract.dump.tokens import DATE, Token, join_words, tokenize
from extract.tables.letterhead import says_letterhead
from normalize.captions import numbers_table
from normalize.ordinals import Ordinal, read_ordinal, succession_cost

_LEAST_ROWS = 2
_BLANKS = 4  # lines, blank or another table's, that part what stands round them
_MOST_HEADER = 30  # lines from a title or a heading of row numbers to the first row
_LONGEST = 90  # signs of a line that no narrow cell holds
_SENTENCE, _SAID = re.compile(r"[\w%)”\"][.;:]$"), 60
_NUMBERED_TITLE = re.compile(r"^\s*(?:[IVX]{1,5}|\d{1,2})\s*[.)–-]\s*[^\W\d]{2}")
_DAY, _MARKED = re.compile(r"^\d{1,2}/\d{1,2}$"), re.compile(r"^\S*(?:\d[.,]\d|%$)")
_NEXT = 0.3  # nats of a row number that goes on after another
_DOUBT = (
    "Không ghép lại được bảng từ dòng {} đến dòng {}: các hàng được giữ như đã in, các ô chữ còn dính nhau, "
    "cột của các số là phỏng đoán."
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's number, its words, and the figures and dates that end its lines."""

    number: str
    words: str
    figures: tuple[str, ...]


def remnant_drafts(lines: Sequence[SourceLine]) -> list[Draft]:
    """The tables among lines that stand in none, each with a doubt that names its lines."""
    return [draft for stretch in _stretches(lines) if (draft := _draft(stretch))]


def _stretches(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """From each title or heading of row numbers to what can stand in no table, or to the next of them."""
    own: list[SourceLine] = []
    before: int | None = None
    opened = False
    for line in lines:
        if line.blank:
            continue
        apart = before is not None and line.number > before + _BLANKS
        titled = numbers_table(line.key)
        headed = bool(NUMBER_HEAD.match(line.key))
        ends = apart or titled or _ends_table(line) or (headed and len(own) > _MOST_HEADER)
        if ends:
            if own:
                yield own
            own, opened = [], titled
        elif opened or headed:
            own.append(line)
            opened = True
        before = line.number
    if own:
        yield own


def _ends_table(line: SourceLine) -> bool:
    text = line.text.strip()
    said = len(text) > _SAID and bool(_SENTENCE.search(text))
    heading = is_heading(line) or in_capitals(text) or bool(_NUMBERED_TITLE.match(text) and text.isupper())
    return heading or said or len(text) > _LONGEST or says_letterhead(text) or opens_table(line)


def _draft(stretch: Sequence[SourceLine]) -> Draft | None:
    """The rows of a stretch with their figures; None where hardly a row ends with one."""
    counted = _numbered(stretch)
    numbered = bool(counted)
    starts = counted or _closed(stretch)
    rows = [_row(stretch[a:b], numbered) for a, b in starts]
    if len(rows) < _LEAST_ROWS:
        return None
    texts = [(*((row.number,) if numbered else ()), row.words, *row.figures) for row in rows]
    first, last = starts[0][0], starts[-1][1]
    head = " ".join(" ".join(line.text.split()) for line in stretch[:first])
    header = [(*(("",) if numbered else ()), head)] if head else []
    return Draft(
        rows=square([*header, *texts]),
        first_line=stretch[0].number,
        last_line=stretch[last - 1].number,
        pages=(*(stretch[0].page,) * len(header), *(stretch[a].page for a, _ in starts)),
        header_rows=len(header),
        doubts=(_DOUBT.format(stretch[0].number, stretch[last - 1].number),),
    )


def _numbered(stretch: Sequence[SourceLine]) -> list[tuple[int, int]]:
    """The rows by numbers that count on from 1; [] where hardly any do."""
    starts: list[int] = []
    last: Ordinal | None = None
    for i, line in enumerate(stretch):
        ordinal = read_ordinal(line.text.split()[0])
        if ordinal is None or ordinal.kind != "number" or (last is None and ordinal.value != (1,)):
            continue
        if last is None or succession_cost(last, ordinal) <= _NEXT:
            starts.append(i)
            last = ordinal
    ends = [*starts[1:], len(stretch)]
    return list(zip(starts, ends, strict=True)) if len(starts) >= _LEAST_ROWS else []


def _closed(stretch: Sequence[SourceLine]) -> list[tuple[int, int]]:
    """The rows that each end with a line of figures at its end."""
    rows: list[tuple[int, int]] = []
    start = 0
    for i, line in enumerate(stretch):
        if _ending(tokenize(line.text)):
            rows.append((start, i + 1))
            start = i + 1
    return rows


def _row(lines: Sequence[SourceLine], numbered: bool) -> _Row:
    words: list[str] = []
    figures: list[str] = []
    number = ""
    for i, line in enumerate(lines):
        tokens = [t for t in tokenize(line.text) if t.kind != "rule"]
        if numbered and not i:
            number, tokens = tokens[0].text, tokens[1:]
        ending = _ending(tokens)
        figures += [token.text for token in ending]
        words.append(join_words(tokens[: len(tokens) - len(ending)]))
    return _Row(number, " ".join(filter(None, words)), tuple(figures))


def _ending(tokens: Sequence[Token]) -> list[Token]:
    """The figures and dates that a line ends with, some of them with a mark or alone on it."""
    start = len(tokens)
    while start and (tokens[start - 1].kind in ("figure", "dash") or DATE.match(tokens[start - 1].text)):
        start -= 1
    ending = list(tokens[start:])
    figures = [t.text for t in ending if t.kind == "figure" and not _DAY.match(t.text)]
    told = not start or len(ending) > 1 or any(map(_MARKED.match, figures))
    return ending if told and figures else []

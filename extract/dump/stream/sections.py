"""Where a stream table lies in its dump: header lines, the row of column numbers, body lines, width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.dump.cells.lines import joined_numbering
from extract.dump.lines import SourceLine, in_capitals
from extract.dump.stream.lone_dashes import with_dashes_apart
from extract.dump.stream.mends import mended, rows_of_two_kinds, with_codes_and_dates_whole
from extract.dump.stream.pieces import LONGEST_HEADER, NUMBER_HEAD
from extract.dump.stream.rows import StreamLine, stream_lines
from extract.dump.stream.words_between import with_words_between
from extract.dump.tokens import Token, tokenize
from extract.tables.letterhead import opens_letter
from normalize.letter.subject import is_type
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.ordinals import read_ordinal, succession_cost

_HEAD = re.compile(r"^\W*(?:stt|s\.?t\.?t|tt|so tt|so thu tu|don vi|ten don vi|dia phuong|noi dung)\b")
# Above the line that tells a header stand so many lines of one narrow cell at most, each so short.
_LINES_OF_CELL, _SHORT = 4, 10
_MOST_WORDS = 12  # of a header's line
_BARE_LINES, _ENDS_SENTENCE = 40, re.compile(r"[.;:!?]\s*$|^\s*[-+•*]\s|.{90}")
_RULES, _DRAWN_LINES = re.compile(r"[|\[\]]"), 4
# So many lines of nothing but marks of columns are a row of column numbers.
_FEWEST_MARKS = 4
_RUNS_ON = 1.0  # nats of a row number that goes on after another
_ROWS_TELL = 3  # numbered rows above column numbers, for these to be not the first page's
# A heading that opens with a figure stands so many lines over the first row.
_HEADING_LINES = 24
_ONE_ROW = 3  # figures of a table's only row
_NUMBERED_TITLE = re.compile(r"^(?:[IVX]{1,5}|\d{1,2})\s*[.)–-]\s*[^\W\d]{2}")
_ROWS_OF_OTHER, _FIRST_TWO = 2, [(1,), (2,)]  # rows that count from 1
_AMOUNT = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$|^\d{1,2}/\d{1,2}/\d{4}$")


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of a stream table: header lines, the row of column numbers if printed, body lines.

    `width` counts the figure columns, `noted` says that a column of notes stands after them, `words_at` how
    many of them stand before a column of words among them.
    """

    header: tuple[StreamLine, ...]
    numbering: StreamLine | None
    body: tuple[StreamLine, ...]
    width: int
    noted: bool
    words_at: int | None = None

    @property
    def formulas(self) -> frozenset[str]:
        """The formulas of the row of column numbers: two tables that share them have the same columns."""
        if self.numbering is None:
            return frozenset()
        return frozenset(
            t.text for t in tokenize(self.numbering.line.text) if re.search(r"\d\)?=\(?\d", t.text)
        )


def heads_columns(key: str) -> bool:
    """Whether a folded line begins as a heading of columns does."""
    return bool(_HEAD.match(key))


def find_section(piece: Sequence[SourceLine]) -> Section | None:
    """The table in a piece, or None: two rows with two figures and more, or a header and one such row."""
    found, numbering = _with_whole_numbering(
        stream_lines(with_dashes_apart(with_codes_and_dates_whole(piece)))
    )
    first = _body_start(found, numbering)
    if first is None:
        return None
    last = max((i for i in range(first, len(found)) if found[i].run), default=first)
    last = _with_tail(found, last)
    head = header_start(found, first)
    body = found[first : last + 1]
    rows = [s for s in body if sum(t.kind in ("figure", "dash", "mark") for t in s.run) >= 2]
    single = sum(_lone_figure(s) for s in body) >= 4 and sum(bool(s.ordinals) for s in body) >= 2
    headed = rows and head < first and (len(body) > 1 or _heads_all(found[head:first], body[0]))
    if len(rows) < 2 and not headed and not single:
        return None
    body, words_at = with_words_between(_without_repeats(found[head:first], body))
    body = mended(body)
    width = _width(body)
    noted = any(s.after and (len(s.run) >= width - 1 or not s.before) for s in body if s.run)
    number_line = found[numbering] if numbering is not None and numbering < first else None
    header = [s for s in found[head:first] if s is not number_line]
    return Section(tuple(header), number_line, tuple(body), width, noted, words_at)


def _with_whole_numbering(found: Sequence[StreamLine]) -> tuple[list[StreamLine], int | None]:
    """The lines with the row of column numbers on one of them, and which that is; None where there is none.
    Narrow cells break formulas off it, and a dump may write each number on a line of its own."""
    pieces = [is_part_of_numbering(line.line.text.split()) for line in found]
    whole = next((i for i, line in enumerate(found) if _is_numbering(line)), None)
    start = whole
    if whole is None:
        start = next(
            (i for i in range(len(found)) if sum(pieces[i : i + _FEWEST_MARKS]) == _FEWEST_MARKS), None
        )
    if start is None:
        return list(found), None
    end = start + 1
    while end < len(found) and pieces[end]:
        end += 1
    if whole is not None:
        return [*found[: start + 1], *found[end:]], start
    text = joined_numbering([word for line in found[start:end] for word in line.line.text.split()])
    joined = replace(found[start], line=replace(found[start].line, text=text))
    return [*found[:start], joined, *found[end:]], start if _is_numbering(joined) else None


def _lone_figure(line: StreamLine) -> bool:
    """Whether a line is one figure and nothing else: a dump that writes each cell on lines of its own."""
    return len(line.run) == 1 and not line.before and not line.after


def _without_repeats(header: Sequence[StreamLine], body: Sequence[StreamLine]) -> list[StreamLine]:
    """The body without the header's lines where they come again at the top of a page: two and more in a
    row without figures, or in the header's order with the column numbers that belong to it."""
    keys = [line.line.key for line in header]
    known = set(keys)
    kept: list[StreamLine] = []
    i = 0
    while i < len(body):
        end = max(_end_without_figures(body, i, known), _end_in_order(body, i, keys))
        if end - i < 2:
            end = i + 1
            kept.append(body[i])
        i = end
    return kept


def _end_without_figures(body: Sequence[StreamLine], start: int, keys: set[str]) -> int:
    end = start
    while end < len(body) and body[end].line.key in keys and not body[end].run:
        end += 1
    return end


def _end_in_order(body: Sequence[StreamLine], start: int, keys: Sequence[str]) -> int:
    """Where a run of lines ends that is a run of the header's lines and opens with two of words."""
    best = start
    for k in range(len(keys)):
        end = start
        while end < len(body) and k + end - start < len(keys) and body[end].line.key == keys[k + end - start]:
            end += 1
        if not any(line.run for line in body[start : start + 2]):
            best = max(best, end)
    return best


def _is_numbering(line: StreamLine) -> bool:
    """Whether a line is a row of column numbers; a smudge or two in it are forgiven."""
    cells = [t.text for t in tokenize(line.line.text) if t.kind != "rule"]
    if len(cells) < 4:
        return False
    if is_numbering(cells):
        return True
    numbers = [int(m[1]) if (m := re.match(r"\(?(\d{1,2})", c)) and len(c) < 14 else 0 for c in cells]
    hits = sum(n == i + 1 for i, n in enumerate(numbers))
    formulas = sum(bool(re.search(r"\d\)?=\(?\d", c)) for c in cells)
    return formulas >= 1 and hits >= 0.5 * len(cells)


def _body_start(found: Sequence[StreamLine], numbering: int | None) -> int | None:
    if numbering is not None and not _comes_again(found[:numbering]):
        return numbering + 1 if numbering + 1 < len(found) else None
    for i, line in enumerate(found):
        if len(line.run) >= 2 and (line.before or i == 0 or not line.ordinals):
            return _label_above(found, i)
        if _numbered_again(found, i):
            continue
        if line.ordinals and any(len(s.run) >= 2 for s in found[i : i + 3]):
            if _heads_table(found, i):
                continue
            return i
        if line.ordinals and sum(_lone_figure(s) for s in found[i : i + 8]) >= 2:
            return i
    return None


def _comes_again(above: Sequence[StreamLine]) -> bool:
    """Whether numbered rows stand above a row of column numbers: that of the first page was not read."""
    return sum(bool(line.ordinals) and len(line.run) > 1 for line in above) >= _ROWS_TELL


def _numbered_again(found: Sequence[StreamLine], i: int) -> bool:
    """Whether a line without figures of a row opens with a number that the next row opens with again: it is
    a heading's second line (`1 tuổi`)."""
    line = found[i]
    if not line.ordinals or len(line.run) > 1:
        return False
    for s in found[i + 1 : i + _HEADING_LINES]:
        if s.ordinals and s.ordinals[0] == line.ordinals[0]:
            return len(s.run) > 1 or not s.run
        if len(s.run) > 1 or _lone_figure(s):
            return False
    return False


def _heads_table(found: Sequence[StreamLine], i: int) -> bool:
    """Whether a line that opens with a number is a heading over the table (`2. Kết quả` over `Xã 2023 2024`):
    words follow it before the first figures, and no row goes on with its number."""
    line = found[i]
    if line.run or i + 1 >= len(found) or found[i + 1].run or found[i + 1].ordinals:
        return False
    below = [o for s in found[i + 1 :] for o in s.ordinals[:1]]
    return not any(succession_cost(line.ordinals[0], o) < _RUNS_ON for o in below)


def _label_above(found: Sequence[StreamLine], i: int) -> int:
    """The first line of the first row, when its label stands on lines above its figures."""
    top = i
    while top and (_goes_on(found, top) or (top < i and _lone_figure(found[top]))):
        top -= 1
    if not found[i].before and i > 1 and _goes_on(found, i - 1):  # `250` over `quyển` over `250 192`
        top = max(0, i - 3)
    if top < i:
        return top
    if any(t.kind == "word" for t in found[i].before):
        return i
    for k in range(i - 1, max(-1, i - 6), -1):
        if found[k].ordinals:
            while k and found[k - 1].ordinals and not found[k - 1].run:  # the section's heading
                k -= 1
            return k
    return i


def _goes_on(found: Sequence[StreamLine], i: int) -> bool:
    """Whether a line goes on with the cell of a lone figure above it (`250` over `quyển 250 192`)."""
    word = next((t.text for t in found[i].before if t.kind != "rule"), "")
    return i > 0 and word[:1].islower() and not found[i].ordinals and _lone_figure(found[i - 1])


def _with_tail(found: Sequence[StreamLine], last: int) -> int:
    """The last line of the body: text cells of the last row may follow its figures, prose may not."""
    for i in range(last + 1, len(found)):
        if found[i].ordinals and found[i].before:
            last = i
            continue
        text = found[i].line.text.strip()
        if len(text) > 60 or i - last > 14:
            return last if not found[i - 1].ordinals else i - 1
    tail = len(found) - 1 - last
    return len(found) - 1 if 0 < tail <= 14 and any(f.ordinals for f in found[last : len(found)]) else last


def header_start(found: Sequence[StreamLine], first: int) -> int:
    """Where the header begins: at its `STT`, and above it while lines stand close together."""
    for i in range(first - 1, max(-1, first - LONGEST_HEADER), -1):
        key = found[i].line.key
        numbered = bool(NUMBER_HEAD.match(key))
        if not numbered and not (_HEAD.match(key) and not _earlier(found, i)):
            continue
        if numbered and _counts_rows(found[i + 1 : first]):
            break
        if numbered and i > 0 and found[i - 1].line.key.strip(" |") in ("so", "s0"):
            i -= 1
        named = i
        while i > max(0, first - 12) and found[i].blanks_above == 0 and not _is_numbered_title(found[i - 1]):
            i -= 1
        while not numbered and i > max(0, named - _LINES_OF_CELL) and _is_short(found[i - 1]):
            i -= 1
        return i
    drawn = _drawn_head(found, first)
    return _bare_head(found, first) if drawn == first < len(found) else drawn


def _heads_all(header: Sequence[StreamLine], row: StreamLine) -> bool:
    """Whether a header has as many words that may open a heading as a row has cells, and no sentence."""
    texts = [line.line.text.strip() for line in header]
    opening = sum(word[:1].isupper() for text in texts for word in text.split())
    said = any(_ENDS_SENTENCE.search(text) for text in texts)
    return len(row.run) >= _ONE_ROW and opening >= len(row.run) and not said and not row.after


def _counts_rows(lines: Sequence[StreamLine]) -> bool:
    """Whether lines below a heading of row numbers count from 1 and hold amounts or dates: rows of another
    table's, no header's."""
    words = [line.line.text.split() for line in lines if line.line.text.strip()]
    numbers = [number for own in words if (number := read_ordinal(own[0])) and number.kind == "number"]
    amounts = sum(any(map(_AMOUNT.match, own)) for own in words)
    return (
        amounts >= _ROWS_OF_OTHER
        and [number.value for number in numbers if len(number.value) == 1][:2] == _FIRST_TWO
    )


def _is_numbered_title(line: StreamLine) -> bool:
    return bool(_NUMBERED_TITLE.match(line.line.text.strip())) and not line.run


def _is_short(line: StreamLine) -> bool:
    return len(line.line.text.strip()) <= _SHORT


def _bare_head(found: Sequence[StreamLine], first: int) -> int:
    """Where a header begins that names no row numbers: at the lines of words right above the first row, from
    the page's or the piece's first one on, where none of them is a sentence, a title or a row."""
    head = first
    while head and first - head < _BARE_LINES and found[head - 1].line.page == found[first].line.page:
        line = found[head - 1]
        text = line.line.text.strip()
        if opens_letter(line.line.key) or is_type(text) or len(text.split()) > _MOST_WORDS:
            return first  # a letterhead, or running text
        if any(map(_AMOUNT.match, text.split())) or _NUMBERED_TITLE.match(text):
            break  # another table's row, or a heading over the table
        if len(line.run) > 1 or _ENDS_SENTENCE.search(line.line.text) or in_capitals(line.line.text):
            break
        head -= 1
    words = sum(len(line.line.text.split()) for line in found[head:first])
    return head if words > len(found[first].run) else first


def _drawn_head(found: Sequence[StreamLine], first: int) -> int:
    """Where a header begins whose `STT` was not read: at the lines right above the first row that rules part
    into cells, one of them with words in most."""
    head = first
    while head and first - head < _DRAWN_LINES and len(_RULES.findall(found[head - 1].line.text)) > 1:
        head -= 1
    cells = [cell for s in found[head:first] for cell in _RULES.split(s.line.text)]
    named = sum(sum(ch.isalpha() for ch in cell) > 1 for cell in cells)
    return head if 2 * named > len(cells) else first


def _earlier(found: Sequence[StreamLine], i: int) -> bool:
    """Whether a row-number heading stands a few lines above: then the header begins there."""
    return any(
        NUMBER_HEAD.match(s.line.key) or s.line.key.strip(" |") == "so" for s in found[max(0, i - 4) : i]
    )


def _width(body: Sequence[StreamLine]) -> int:
    """The number of figure columns: the count that most lines reach and few pass.

    A row broken over lines counts by its numbered line and the bare lines after it.
    """
    runs = _runs(body)
    counts = Counter(len(run) for run in runs if run)

    def worth(width: int) -> float:
        return sum(c * (1.0 if n == width else 0.3 if n < width else -1.0) for n, c in counts.items())

    width = max(counts, key=lambda n: (worth(n), n), default=0)
    return width // 2 if rows_of_two_kinds(runs, width) else width


def _runs(body: Sequence[StreamLine]) -> list[list[Token]]:
    """The figures of each row: those of a line with a label or number, and of the bare lines after it."""
    runs: list[list[Token]] = [[]]
    for i, line in enumerate(body):
        if line.ordinals or (any(t.kind == "word" for t in line.before) and not _goes_on(body, i)):
            runs.append([])
        runs[-1] += line.run
    return runs

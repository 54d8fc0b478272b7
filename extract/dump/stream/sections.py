"""Where a stream table lies in its dump: header lines, the row of column numbers, body lines, width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.dump.cells.lines import joined_numbering
from extract.dump.frames import is_row, parted_anew
from extract.dump.lines import SourceLine, in_capitals, is_heading, is_rule, opens_table
from extract.dump.stream.mends import mended, rows_of_two_kinds, with_codes_and_dates_whole
from extract.dump.stream.rows import StreamLine, is_total, stream_lines
from extract.dump.titles import begins_table
from extract.dump.tokens import Token, cut_line, tokenize
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.ordinals import read_ordinal

_HEAD = re.compile(r"^\W*(?:stt|s\.?t\.?t|tt|so tt|so thu tu|don vi|ten don vi|dia phuong|noi dung)\b")
_MARK = re.compile(r"^\(\d{1,2}\)$")
_NUMBER_HEAD = re.compile(r"^\W*(?:stt|s\.?t\.?t|tt|so tt)\b")
_LONGEST_HEADER = 60
_RULES, _DRAWN_LINES = re.compile(r"[|\[\]]"), 4
# So many lines of nothing but marks of columns are a row of column numbers.
_FEWEST_MARKS = 4
_TITLE_LETTERS = 12
_ROWS_TELL = 3  # numbered rows above a header or its column numbers, for these to be not the first
# A header printed again has most of its words, whatever lines are lost or won where it meets the page's edge.
_SAME_HEADER = 0.6
# A heading that opens with a figure stands so many lines over the first row.
_HEADING_LINES = 24


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of a stream table: header lines, the row of column numbers if printed, body lines.

    `width` counts the figure columns, `noted` says that a column of notes stands after them.
    """

    header: tuple[StreamLine, ...]
    numbering: StreamLine | None
    body: tuple[StreamLine, ...]
    width: int
    noted: bool

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


def pieces(lines: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """Runs of lines without captions, headings, or jumps in their numbers."""
    found: list[list[SourceLine]] = [[]]
    for i, line in enumerate(lines):
        jump = bool(found[-1]) and line.number != found[-1][-1].number + 1
        parts = opens_table(line) or is_heading(line) or (i > 0 and begins_table(lines, i))
        if parts or jump:
            found.append([])
        if not (parts or is_rule(line.text)):
            found[-1].append(line)
    whole = [part for piece in found if piece for part in _parted_at_heads(piece)]
    return [part for piece in whole for part in parted_anew(piece)]


def _parted_at_heads(piece: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The lines parted where another table's header comes after rows of figures: a new `STT`, rows counted
    anew, and words most of which the header before it has not, or a title below a whole table's total."""
    heads = [i for i, line in enumerate(piece) if _NUMBER_HEAD.match(line.key)]
    parts: list[list[SourceLine]] = []
    start, known = 0, set[str]()
    for head in heads:
        words = _header_words(piece, head)
        rows = [i for i in range(start, head) if _has_figures(piece, i)]
        other = len(words & known) < _SAME_HEADER * len(words)
        headless = not known and sum(is_row(piece[i].text) for i in rows) >= _ROWS_TELL
        ended = bool(rows) and _is_of_total(piece, rows[-1]) and _is_titled(piece[rows[-1] + 1 : head])
        if rows and ((other and (known or headless)) or ended) and counts_anew(piece[head:]):
            cut = _first_of_next(piece, rows[-1], head)
            parts.append(list(piece[start:cut]))
            start = cut
        known = words or known
    return [*parts, list(piece[start:])]


def _is_of_total(piece: Sequence[SourceLine], row: int) -> bool:
    """Whether the figures of a line are a total's; its words may stand on a line above them."""
    while row and not any(map(str.isalpha, piece[row].text)):
        row -= 1
    return any(map(is_total, stream_lines([piece[row]])))


def _is_titled(between: Sequence[SourceLine]) -> bool:
    """Whether some line between a total and a header has the words of a title."""
    return any(sum(c.isalpha() for c in line.text) >= _TITLE_LETTERS for line in between)


def counts_anew(lines: Sequence[SourceLine]) -> bool:
    """Whether the first rows after a header are numbered from the start again, and so no page's going on."""
    for i, line in enumerate(lines[:_LONGEST_HEADER]):
        words = line.text.split()
        marks = is_numbering(words) or is_part_of_numbering(words)
        ordinal = read_ordinal(words[0]) if words and not marks else None
        if ordinal is not None and ordinal.kind != "letter" and set(ordinal.value) == {1}:
            return True
        if _has_figures(lines, i) and not marks:
            return False
    return False


def _first_of_next(piece: Sequence[SourceLine], last_row: int, head: int) -> int:
    """Where what belongs to the next table begins: after a total row at once, else at a title in capitals,
    else at the new page or at the first blank line between, else at its header."""
    if _is_of_total(piece, last_row):
        cells = range(last_row + 1, head)  # its last figures, each on a line of its own
        return next((i for i in cells if any(map(str.isalpha, piece[i].text))), head)
    between = range(last_row + 1, head)
    title = next((i for i in between if in_capitals(piece[i].text)), None)
    if title is not None:
        return title
    for i in between:
        if piece[i].page != piece[last_row].page or piece[i].blank:
            return i
    return head


def _header_words(piece: Sequence[SourceLine], head: int) -> set[str]:
    """The words of the lines from a header's first one to the first row of figures."""
    words: set[str] = set()
    for i in range(head, min(len(piece), head + _LONGEST_HEADER)):
        if _has_figures(piece, i):
            break
        words |= set(piece[i].key.split())
    return words


def _has_figures(lines: Sequence[SourceLine], i: int) -> bool:
    """Whether a line ends with two figures and more, or is one above another: a row, not column numbers."""
    if is_part_of_numbering(lines[i].text.split()):
        return False
    if sum(t.kind in ("figure", "dash") for t in cut_line(lines[i]).run) > 1:
        return True
    below = next((line for line in lines[i + 1 :] if not line.blank), None)
    return below is not None and all(
        t.kind == "figure" and not _MARK.match(t.text)
        for line in (lines[i], below)
        for t in tokenize(line.text) or (Token("", "word"),)
    )


def find_section(piece: Sequence[SourceLine]) -> Section | None:
    """The table in a piece, or None: two rows with two figures and more, or a header and one such row."""
    found, numbering = _with_whole_numbering(stream_lines(with_codes_and_dates_whole(piece)))
    first = _body_start(found, numbering)
    if first is None:
        return None
    last = max((i for i in range(first, len(found)) if found[i].run), default=first)
    last = _with_tail(found, last)
    head = header_start(found, first)
    body = found[first : last + 1]
    rows = [s for s in body if sum(t.kind in ("figure", "dash", "mark") for t in s.run) >= 2]
    single = sum(_lone_figure(s) for s in body) >= 4 and sum(bool(s.ordinals) for s in body) >= 2
    if len(rows) < 2 and not (rows and head < first and len(body) >= 2) and not single:
        return None
    body = mended(_without_repeats(found[head:first], body))
    width = _width(body)
    noted = any(s.after and (len(s.run) >= width - 1 or not s.before) for s in body if s.run)
    number_line = found[numbering] if numbering is not None and numbering < first else None
    header = [s for s in found[head:first] if s is not number_line]
    return Section(tuple(header), number_line, tuple(body), width, noted)


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


def _label_above(found: Sequence[StreamLine], i: int) -> int:
    """The first line of the first row, when its label stands on lines above its figures."""
    if any(t.kind == "word" for t in found[i].before):
        return i
    for k in range(i - 1, max(-1, i - 6), -1):
        if found[k].ordinals:
            while k and found[k - 1].ordinals and not found[k - 1].run:  # the section's heading
                k -= 1
            return k
    return i


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
    for i in range(first - 1, max(-1, first - _LONGEST_HEADER), -1):
        key = found[i].line.key
        numbered = bool(_NUMBER_HEAD.match(key))
        if not numbered and not (_HEAD.match(key) and not _earlier(found, i)):
            continue
        if numbered and i > 0 and found[i - 1].line.key.strip(" |") in ("so", "s0"):
            i -= 1
        while i > max(0, first - 12) and found[i].blanks_above == 0:
            i -= 1
        return i
    return _drawn_head(found, first)


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
        _NUMBER_HEAD.match(s.line.key) or s.line.key.strip(" |") == "so" for s in found[max(0, i - 4) : i]
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
    for line in body:
        if line.ordinals or any(t.kind == "word" for t in line.before):
            runs.append([])
        runs[-1] += line.run
    return runs

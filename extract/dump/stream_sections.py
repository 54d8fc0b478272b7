"""Where a stream table lies in its dump: header lines, the row of column numbers, body lines, width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.dump.lines import SourceLine, is_caption, is_heading, is_rule
from extract.dump.ordinals import read_ordinal
from extract.dump.stream_rows import StreamLine, stream_lines
from extract.dump.tokens import cut_line, tokenize
from normalize.numbering import is_numbering
from normalize.totals import begins_with_sum

_HEAD = re.compile(r"^\W*(?:stt|s\.?t\.?t|tt|so tt|so thu tu|don vi|ten don vi|dia phuong|noi dung)\b")
_NUMBER_HEAD = re.compile(r"^\W*(?:stt|s\.?t\.?t|tt|so tt)\b")
_LONGEST_HEADER = 60
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


def pieces(lines: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """Runs of lines without captions, headings, or jumps in their numbers."""
    found: list[list[SourceLine]] = [[]]
    for line in lines:
        jump = bool(found[-1]) and line.number != found[-1][-1].number + 1
        if is_caption(line) or is_heading(line) or jump:
            found.append([])
        if not (is_caption(line) or is_heading(line) or is_rule(line.text)):
            found[-1].append(line)
    return [part for piece in found if piece for part in _parted_at_heads(piece)]


def _parted_at_heads(piece: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The lines parted where another table's header comes after rows of figures: another `STT`, with words
    most of which the header before it has not, and rows counted anew."""
    heads = [i for i, line in enumerate(piece) if _NUMBER_HEAD.match(line.key)]
    parts: list[list[SourceLine]] = []
    start, known = 0, set[str]()
    for head in heads:
        words = _header_words(piece, head)
        rows = [i for i in range(start, head) if _has_figures(piece[i])]
        anew = len(words & known) < _SAME_HEADER * len(words) and _counts_anew(piece[head:])
        if known and rows and anew:
            cut = _first_of_next(piece, rows[-1], head)
            parts.append(list(piece[start:cut]))
            start = cut
        known = words or known
    return [*parts, list(piece[start:])]


def _counts_anew(lines: Sequence[SourceLine]) -> bool:
    """Whether the first rows after a header are numbered from the start again, and so no page's going on."""
    for line in lines[:_LONGEST_HEADER]:
        words = line.key.split()
        if _has_figures(line) and words:
            ordinal = read_ordinal(words[0])
            return ordinal is not None and ordinal.value == (1,)
    return False


def _first_of_next(piece: Sequence[SourceLine], last_row: int, head: int) -> int:
    """Where what belongs to the next table begins: after a total row at once, else at the new page or at
    the first blank line between, else at its header."""
    if begins_with_sum(piece[last_row].key):
        return last_row + 1
    for i in range(last_row + 1, head):
        if piece[i].page != piece[last_row].page or piece[i].blank:
            return i
    return head


def _header_words(piece: Sequence[SourceLine], head: int) -> set[str]:
    """The words of the lines from a header's first one to the first row of figures."""
    words: set[str] = set()
    for line in piece[head : head + _LONGEST_HEADER]:
        if _has_figures(line):
            break
        words |= set(line.key.split())
    return words


def _has_figures(line: SourceLine) -> bool:
    """Whether a line ends with two figures and more: a row."""
    return sum(t.kind in ("figure", "dash") for t in cut_line(line).run) > 1


def find_section(piece: Sequence[SourceLine]) -> Section | None:
    """The table in a piece, or None: two rows with two figures and more, or a header and one such row."""
    found = stream_lines(piece)
    numbering = next((i for i, s in enumerate(found) if _is_numbering(s)), None)
    first = _body_start(found, numbering)
    if first is None:
        return None
    last = max((i for i in range(first, len(found)) if found[i].run), default=first)
    last = _with_tail(found, last)
    head = _header_start(found, first)
    body = found[first : last + 1]
    rows = [s for s in body if sum(t.kind in ("figure", "dash", "mark") for t in s.run) >= 2]
    single = sum(_lone_figure(s) for s in body) >= 4 and sum(bool(s.ordinals) for s in body) >= 2
    if len(rows) < 2 and not (rows and head < first and len(body) >= 2) and not single:
        return None
    body = _with_whole_notes(_without_repeats(found[head:first], body))
    width = _width(body)
    noted = any(s.after and len(s.run) >= width - 1 for s in body if s.run)
    number_line = found[numbering] if numbering is not None and numbering < first else None
    header = [s for s in found[head:first] if s is not number_line]
    return Section(tuple(header), number_line, tuple(body), width, noted)


def _with_whole_notes(body: Sequence[StreamLine]) -> list[StreamLine]:
    """The body with a figure that opens a row's note (`5 01 ổ dịch`) in the note: rows without notes have
    one figure less."""
    counts = Counter(len(s.run) for s in body if s.run and not s.after)
    usual = counts.most_common(1)[0][0] if counts else 0
    return [
        replace(s, run=s.run[:-1], after=(s.run[-1], *s.after)) if s.after and len(s.run) == usual + 1 else s
        for s in body
    ]


def _lone_figure(line: StreamLine) -> bool:
    """Whether a line is one figure and nothing else: a dump that writes each cell on lines of its own."""
    return len(line.run) == 1 and not line.before and not line.after


def _without_repeats(header: Sequence[StreamLine], body: Sequence[StreamLine]) -> list[StreamLine]:
    """The body without the header's lines where they come again at the top of a page: two and more in a
    row, with no figures among them."""
    keys = {line.line.key for line in header}
    kept: list[StreamLine] = []
    i = 0
    while i < len(body):
        end = i
        while end < len(body) and body[end].line.key in keys and not body[end].run:
            end += 1
        if end - i < 2:
            end = i + 1
            kept.append(body[i])
        i = end
    return kept


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
    if numbering is not None:
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


def _header_start(found: Sequence[StreamLine], first: int) -> int:
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
    return first


def _earlier(found: Sequence[StreamLine], i: int) -> bool:
    """Whether a row-number heading stands a few lines above: then the header begins there."""
    return any(
        _NUMBER_HEAD.match(s.line.key) or s.line.key.strip(" |") == "so" for s in found[max(0, i - 4) : i]
    )


def _width(body: Sequence[StreamLine]) -> int:
    """The number of figure columns: the count that most lines reach and few pass.

    A row broken over lines counts by its numbered line and the bare lines after it.
    """
    totals: Counter[int] = Counter()
    current = 0
    for line in body:
        if line.ordinals or any(t.kind == "word" for t in line.before):
            totals[current] += 1
            current = 0
        current += len(line.run)
    totals[current] += 1
    counts = {n: c for n, c in totals.items() if n}

    def worth(width: int) -> float:
        return sum(c * (1.0 if n == width else 0.3 if n < width else -1.0) for n, c in counts.items())

    return max(counts, key=lambda n: (worth(n), n), default=0)

"""Where one table's lines end and another's begin in a dump without columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extract.dump.frames import is_row, parted_anew
from extract.dump.lines import SourceLine, in_capitals, is_heading, is_rule, opens_table
from extract.dump.stream.celled_gaps import parted_between_rows
from extract.dump.stream.rows import is_total, stream_lines
from extract.dump.titles import begins_table
from extract.dump.tokens import Token, cut_line, join_words, tokenize
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.ordinals import read_ordinal, succession_cost
from normalize.totals import sums_a_whole

NUMBER_HEAD = re.compile(r"^\W*(?:stt|s\.?t\.?t|tt|so tt)\b")
LONGEST_HEADER = 60
_MARK = re.compile(r"^\(\d{1,2}\)$")
_TITLE_LETTERS = 6  # `MÔN TOÁN` is a title, `Trang 2` none
_ROWS_TELL = 3  # numbered rows above a header, for these to be not the first
# A header printed again has most of its words, whatever lines are lost or won where it meets the page's edge.
_SAME_HEADER = 0.6
# Rows of another table: so many at least, most of them with as many figures, and that many more or fewer than
# the rows above.
_LEAST_ROWS, _MOSTLY, _UNLIKE = 2, 0.6, 2
_ENDS_SENTENCE = re.compile(r"\w[.:]$")
_RUNS_ON = 1.0  # nats of a row number that goes on after another
# Above a whole table's total stand so many rows, below it so many lines of another's title and header.
_ROWS_OF_TOTAL, _TITLE_AND_HEADER = 2, 2
_PART = re.compile(r"(?:trong do|chia ra|[ivx]+\b[.)]?\s|[a-h][.)]\s|[-+*•])")


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
    paged = len({line.page for line in lines}) > 1
    whole = [part for piece in found if piece for part in _parted_at_heads(piece)]
    whole = [part for piece in whole for part in _parted_at_other_rows(piece)]
    whole = [part for piece in whole for part in _parted_below_totals(piece)]
    whole = [part for piece in whole for part in parted_between_rows(piece, paged)]
    return [part for piece in whole for part in parted_anew(piece)]


def _parted_at_heads(piece: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The lines parted where another table's header comes after rows of figures: a new `STT`, rows counted
    anew, and words most of which the header before it has not, or a title below a whole table's total."""
    heads = [i for i, line in enumerate(piece) if NUMBER_HEAD.match(line.key)]
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


def _parted_at_other_rows(piece: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The lines parted where, below a whole table's total, a sentence or a page, words stand over rows that
    go on with no row number of those above and all have other numbers of figures."""
    rows = [(i, _figures_of(piece[i])) for i in range(len(piece)) if _has_figures(piece, i)]
    rows = [(i, count) for i, count in rows if count > 1]
    start = 0
    parts: list[list[SourceLine]] = []
    for k in range(1, len(rows)):
        (last, count), (first, own) = rows[k - 1], rows[k]
        between = piece[last + 1 : first]
        said = next((i for i, line in enumerate(between, last + 1) if _ENDS_SENTENCE.search(line.text)), None)
        bound = said is not None or piece[last].page != piece[first].page or _is_of_total(piece, last)
        if abs(own - count) < _UNLIKE or not bound:
            continue
        above = [n for i, n in rows[:k] if i >= start]
        below = [n for _, n in rows[k:]]
        words = sum(len(line.text.split()) for line in between if not _figures_of(line))
        if words <= max(below) or not _are_unlike(above, below):
            continue
        if not _goes_on(piece[start : last + 1], piece[first:]):
            cut = _first_of_next(piece, last, first) if said is None else said
            parts.append(list(piece[start:cut]))
            start = cut
    return [*parts, list(piece[start:])]


def _parted_below_totals(piece: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The lines parted below a whole table's total where a title and a header, two lines of words and more,
    stand over rows that neither go on with the numbers of those above nor are parts of the total."""
    rows = [i for i in range(len(piece)) if _has_figures(piece, i) and _figures_of(piece[i]) > 1]
    parts: list[list[SourceLine]] = []
    start = 0
    for last, first in pairwise(rows):
        if sum(start <= i < last for i in rows) < _ROWS_OF_TOTAL or not _is_of_whole(piece, last):
            continue
        between = [line for line in piece[last + 1 : first] if any(map(str.isalpha, line.text))]
        titled = len(between) >= _TITLE_AND_HEADER and between[0].text.strip()[:1].isupper()
        if not titled or any(_PART.match(line.key) for line in between):
            continue
        if not _goes_on(piece[start : last + 1], piece[first:]):
            cut = _first_of_next(piece, last, first)
            parts.append(list(piece[start:cut]))
            start = cut
    return [*parts, list(piece[start:])]


def _is_of_whole(piece: Sequence[SourceLine], row: int) -> bool:
    """Whether a row is the total of a whole table, no section's (`Cộng`)."""
    while row and not any(map(str.isalpha, piece[row].text)):
        row -= 1
    return any(sums_a_whole(join_words(list(line.before))) for line in stream_lines([piece[row]]))


def _figures_of(line: SourceLine) -> int:
    return sum(t.kind in ("figure", "dash") for t in cut_line(line).run)


def _are_unlike(above: Sequence[int], below: Sequence[int]) -> bool:
    """Whether rows have as many figures as each other on each side, and other numbers of them on both."""
    usual, count = Counter(above).most_common(1)[0]
    own, same = Counter(below).most_common(1)[0]
    if min(len(above), len(below)) < _LEAST_ROWS:
        return False
    alike = count >= _MOSTLY * len(above) and same >= _MOSTLY * len(below)
    return alike and abs(own - usual) >= _UNLIKE and all(abs(n - usual) >= _UNLIKE for n in below)


def _goes_on(above: Sequence[SourceLine], below: Sequence[SourceLine]) -> bool:
    """Whether rows below go on with the row numbers of those above."""
    numbers = [[line.ordinals[0] for line in stream_lines(part) if line.ordinals] for part in (above, below)]
    if not all(numbers):
        return False
    return succession_cost(numbers[0][-1], numbers[1][0]) < _RUNS_ON


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
    for i, line in enumerate(lines[:LONGEST_HEADER]):
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
    for i in range(head, min(len(piece), head + LONGEST_HEADER)):
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

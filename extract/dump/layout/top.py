"""What stands over a laid-out table: the lines of its header, and where titles and letterheads end it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from extract.dump.layout.columns import LaidLine, Segment
from extract.dump.lines import in_capitals, is_caption
from extract.tables.letterhead import opens_letter
from extract.tables.rows import names_years
from normalize.captions import names_table
from normalize.letter.subject import is_type
from normalize.ordinals import is_ordinal_head, read_ordinal
from normalize.totals import is_total_label

_MOST_HEADER_LINES = 24
_MOST_BLANKS = 4
_TURNED_BLANKS, _FEWEST_BLANKS = 6, 2
_OFF_CENTRE = 0.06  # of the width
_WIDE_TITLE = 0.4
_WIDE_WORDY, _TITLE_WORDS = 0.25, 5  # of many words: headings of groups are short
_WIDE_LINE = 0.75
OUTDENT = 4  # columns of print left of the region
_SAME_CENTRE = 8  # columns of print, twice the difference
_LETTERHEAD = 12  # lines of a letterhead down to the kind of its document
_NUMBERED = re.compile(r"\w+(?: số)? \d{1,3}[.:]", re.IGNORECASE)
_HEADINGS = 3
_HEAD_LINES = 4  # of a header, over its last
_LEAST_HEADED, _MOST_HEADED = 2, 0.6  # figures with a word over them, and their share of a row's
_UNIT_HEADS = ("don vi tinh", "dvt")  # of a column; over a table they name the unit
_MONTH = 2  # digits
_SENTENCE_WORDS = 8
_ENDS_SENTENCE = (":", ".", ";")


def header_top(lines: Sequence[LaidLine], first: int, left: int, right: int) -> int:
    """The first line of the header over the figure line `first`, whose table goes from `left` to `right`.

    Headings turned on their side stand on lines of their own with blank ones between: where some part the
    heading of the row numbers from the rows, others may part it from the headings above.
    """
    top, turned = first, _is_turned(lines, first)
    while top > 0 and first - top < _MOST_HEADER_LINES:
        over = _line_above(lines, top)
        while turned and over > 0 and lines[over].blank and top - over <= _TURNED_BLANKS:
            over -= 1
        if not _belongs_above(lines, over, left, right):
            break
        top = over
    return top


def _is_turned(lines: Sequence[LaidLine], first: int) -> bool:
    """Whether the heading of row numbers stands over a figure line with blank lines between the two, but no
    row or running text."""
    blanks = 0
    for line in reversed(lines[max(0, first - _MOST_HEADER_LINES) : first]):
        if line.is_core or line.is_prose:
            return False
        if any(is_ordinal_head(segment.text) for segment in line.segments):
            return blanks >= _FEWEST_BLANKS
        blanks += line.blank
    return False


def _line_above(lines: Sequence[LaidLine], top: int) -> int:
    """The line above `top`; that of a header which one blank line parts from its body, or some where it is
    the row of column numbers."""
    over = top - 1
    while over > 0 and lines[over].blank and top - over < _MOST_BLANKS:
        over -= 1
    blanks = top - 1 - over
    parted = lines[over].is_numbering or (blanks == 1 and len(lines[over].segments) >= 2)
    return over if parted else top - 1


def ends_table(line: LaidLine) -> bool:
    """Whether a lone text can stand between no two rows of one table: it says that a table follows by its
    words and its number (`Biểu 2. ...`), or is the end of a sentence that announces one."""
    if len(line.segments) != 1:
        return False
    text = line.source.text.strip()
    announces = text.endswith(":") and len(text.split()) >= _SENTENCE_WORDS
    return announces or (names_table(text) and bool(_NUMBERED.match(text)))


def heads_another(between: Sequence[LaidLine]) -> bool:
    """Whether the lines from one row of figures up to the next hold a title and headings of another table:
    after a blank line a lone text, and under it a line of several texts without a figure."""
    filled = [k for k, line in enumerate(between) if k and not line.blank]
    return any(
        len(between[a].segments) == 1
        and between[a - 1].blank
        and any(
            len(between[k].segments) >= _HEADINGS and not any(s.figure for s in between[k].segments)
            for k in (b, b + 1)
            if k < len(between)
        )
        for a, b in pairwise(filled)
    )


def next_head(rows: Sequence[LaidLine]) -> tuple[int, int] | None:
    """The lines, by place in `rows` (from one row of figures to the next), at which another table begins:
    with its title if it has one, and its headings; None where no line between the two heads one.

    Words stand over columns that hold figures in the row above and in the row below, which are no words of
    either row; and something else parts the two: a blank line, a title, a total above, or rows of other
    lengths.
    """
    *between, last = rows
    above, below = ([s for s in row.segments if s.figure] for row in (rows[0], last))
    worded = [k for k in range(1, len(between)) if len(between[k].segments) >= _least_headings(between, k)]
    label = _label_at(between[0])
    rows_too = [k for k in worded if between[k].opens_with_ordinal and between[k].start <= label]
    heads = [k for k in worded if k not in rows_too and _none_is_figure(between[k])]
    if not heads:
        return None
    words = [s for k in heads for s in between[k].segments if _is_head(s)]
    over = [sum(any(_over(w, f) for w in words) for f in figures) for figures in (above, below)]
    title, top = _title_and_top(between, heads[0])
    parts = [between[title - 1].blank, is_total_label(between[0].segments[0].text), title < top]
    told = sum(parts) > 1  # what heads no column of the row above heads the row below
    if over[1] < _MOST_HEADED * len(below) or (over[0] < _LEAST_HEADED and not told):
        return None
    return (title, top) if any(parts) or abs(len(above) - len(below)) > 1 else None


def _label_at(row: LaidLine) -> int:
    """Where the label of a row begins, after its number where it has one."""
    return row.label_start if row.opens_with_ordinal else row.start


def _least_headings(between: Sequence[LaidLine], k: int) -> int:
    """How many texts of a line may be headings: fewer are enough right under a title after a blank line."""
    titled = k > 1 and between[k - 2].blank and _is_over(between[k - 1], _label_at(between[0]))
    return _HEADINGS - titled


def _title_and_top(between: Sequence[LaidLine], head: int) -> tuple[int, int]:
    """Where a title over the headings of line `head` begins, and where the headings do: after the last blank
    line, and where there is none, after the last line that goes with the row above."""
    label = _label_at(between[0])
    blank = next((k for k in range(head - 1, 0, -1) if between[k].blank), None)
    if blank is not None:
        top = title = blank + 1
        while top < head and len(between[top].segments) == 1 and _is_over(between[top], label):
            top += 1
        return title, top
    top = head
    while top > 1 and len(between[top - 1].segments) > 1 and _none_is_figure(between[top - 1]):
        top -= 1
    title = top
    while title > 1 and _is_over(between[title - 1], label):
        title -= 1
    return title, top


def _is_over(line: LaidLine, label: int) -> bool:
    """Whether a lone text over headings is a title or a heading of running text, not the rest of a label that
    begins at `label` in the row above."""
    if len(line.segments) != 1:
        return False
    number, _, title = line.segments[0].text.partition(" ")
    counted = number[-1] in ".-" and read_ordinal(number.rstrip("-")) is not None and title != ""
    return counted or line.start > label + OUTDENT


def _none_is_figure(line: LaidLine) -> bool:
    """Whether no text of a line is a figure but such as head columns: years."""
    return not any(s.figure for s in line.segments) or names_years(["", *(s.text for s in line.segments)])


def _is_head(segment: Segment) -> bool:
    """Whether a text may be a heading: `Tỷ lệ`, `(%)`, `6 tháng`, a year."""
    return not segment.text[0].islower() or segment.figure


def _over(word: Segment, figure: Segment) -> bool:
    return word.start <= figure.end + 1 and figure.start <= word.end + 1


def is_under_headings(lines: Sequence[LaidLine], i: int) -> bool:
    """Whether right above a line, no blank one between, stand headings of columns."""
    over = takewhile(lambda line: not line.blank, reversed(lines[max(0, i - _HEAD_LINES) : i]))
    heads = list(takewhile(_none_is_figure, over))
    return any(len(line.segments) >= _HEADINGS for line in heads)


def _belongs_above(lines: Sequence[LaidLine], i: int, left: int, right: int) -> bool:
    """Whether a line over the figures may be part of the header: no caption, no title, no running text."""
    line = lines[i]
    if line.names_section and is_under_headings(lines, i):
        return True  # the first section, right under the headings
    if line.blank or _is_title_line(lines, i) or line.is_prose or _continues_caption(lines, i):
        return False
    if opens_letter(line.source.key):
        return False
    if len(line.segments) >= 2:
        return True
    if line.source.text.rstrip().endswith(_ENDS_SENTENCE) or in_capitals(line.source.text):
        return False
    if any(map(_is_rest_of_headings, lines[i + 1 : i + 3])):
        return True  # headings one blank apart, which go on below
    middle, width = (line.start + line.end) / 2, right - left
    wide = _WIDE_TITLE if len(line.source.text.split()) < _TITLE_WORDS else _WIDE_WORDY
    # After a blank line or a sentence, over headings of columns, a lone centred text of any width is a title.
    after = i == 0 or lines[i - 1].blank or lines[i - 1].source.text.rstrip().endswith(_ENDS_SENTENCE)
    apart = after and any(len(below.segments) >= _HEADINGS for below in lines[i + 1 : i + 3])
    centred = abs(middle - (left + right) / 2) <= _OFF_CENTRE * width and (
        apart or line.end - line.start > wide * width
    )
    if centred or line.end - line.start >= _WIDE_LINE * width:
        return False
    return line.start >= left - OUTDENT or opens_section(lines, i, left)


def opens_section(lines: Sequence[LaidLine], i: int, left: int) -> bool:
    """Whether a lone text is a section's name right between headings and the section's first row: it begins
    left of all figures' rows, as the names of sections further down do."""
    line = lines[i]
    if len(line.segments) != 1 or line.start >= left - OUTDENT or not line.source.text.strip()[:1].isupper():
        return False
    under = i > 0 and len(lines[i - 1].segments) > 0 and lines[i - 1].start > line.start
    alike = (x for x in lines[i + 1 :] if len(x.segments) == 1 and abs(x.start - line.start) <= 1)
    return under and any(True for _ in alike)


def _is_title_line(lines: Sequence[LaidLine], i: int) -> bool:
    """Whether a line is a caption, or a lone text that says that a table follows or, under a letterhead,
    which kind of document."""
    line = lines[i]
    if line.source.key.strip(" .") in _UNIT_HEADS:
        return False
    if is_caption(line.source) or len(line.segments) != 1:
        return is_caption(line.source)
    if is_type(line.source.text.strip()):
        return any(opens_letter(over.source.key) for over in lines[max(0, i - _LETTERHEAD) : i])
    below = lines[i + 1].segments if i + 1 < len(lines) else ()
    if len(below) > 1 and 2 * sum(map(_goes_on, below)) >= len(below):
        return False  # headings one blank apart, which go on below
    text = line.source.text.strip()
    return names_table(text) or _is_counted_title(text)


def _is_counted_title(text: str) -> bool:
    """Whether a text is a title with its number in a series of tables (`13. Dân số theo vùng`)."""
    number, _, title = text.partition(" ")
    counted = number.endswith(".") and read_ordinal(number) is not None
    return counted and title[:1].isupper() and len(title.split()) >= _TITLE_WORDS


def _goes_on(segment: Segment) -> bool:
    """Whether a text begins within a heading: with a small letter, a bracket, or a figure of a few digits."""
    text = segment.text
    return text[:1].islower() or text[:1] == "(" or (text.isdigit() and len(text) <= _MONTH)


def _is_rest_of_headings(line: LaidLine) -> bool:
    """Whether most of several texts of a line go on with headings over them."""
    texts = line.segments
    return len(texts) >= _HEADINGS and 2 * sum(map(_goes_on, texts)) >= len(texts)


def _continues_caption(lines: Sequence[LaidLine], i: int) -> bool:
    """Whether a lone text goes on with a caption above it: centred as that is, or begun where that begins."""
    if i == 0 or len(lines[i].segments) != 1:
        return False
    own = lines[i].start + lines[i].end
    if any(
        _goes_on(s) and abs(s.start + s.end - own) <= _SAME_CENTRE
        for x in lines[i + 1 : i + 3]
        for s in x.segments
    ):
        return False  # it goes on over a column itself
    above = lines[i - 1]
    titled = _is_title_line(lines, i - 1) or (len(above.segments) == 1 and in_capitals(above.source.text))
    if not titled and not _continues_caption(lines, i - 1):
        return False
    return (
        abs(lines[i].start + lines[i].end - above.start - above.end) <= _SAME_CENTRE
        or lines[i].start == above.start
    )

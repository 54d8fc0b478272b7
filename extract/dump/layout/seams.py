"""A laid-out table over a page break: its parts joined, and a total row that the break left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.dump.draft import Draft
from extract.dump.layout.columns import LaidLine, is_figure
from extract.dump.layout.mends import SHORT_GROUP, WHOLE_GROUP
from extract.dump.lines import SourceLine, is_rule
from extract.dump.printed_again import printed_again
from extract.dump.tokens import CODE
from normalize.captions import page_number
from normalize.ordinals import read_ordinal
from normalize.totals import is_total_label
from normalize.unicode import fold

# Columns before those of figures: a row number and a label, or a label alone.
_LEADS = (1, 2)
# A header printed again has most of its words; a row that the page parts may stand among them.
_SAME_HEADER = 0.8
_PARTED = (
    "Bảng từ dòng {} đến dòng {} có lẽ còn tiếp từ dòng {} đến dòng {}, nhưng cột hoặc tiêu đề đọc được "
    "khác nhau: cột có thể bị cắt sai."
)
_LATE = "Hàng đầu tiên đọc được mang số thứ tự {}: các hàng trước nó có thể bị thiếu."
_LEAST_ROWS, _NEXT_TO_NOTHING = 4, 0.1
_UNLIKE = ({"figures", "words"}, {"figures", "nothing"})
_COUNTED = 3  # row numbers that count on
_FIGURES = 0.8  # of a column's texts: it is one of figures


def total_alone(draft: Draft, page: Sequence[LaidLine]) -> LaidLine | None:
    """The first line of the page after the table's, where it is a total row with a figure for each of the
    table's columns of figures; else None."""
    filled = [x for x in page if not x.blank and page_number(x.source.text) is None]
    if not filled or filled[0].source.page != draft.pages[-1] + 1:
        return None
    line = filled[0]
    figures = line.segments[1:]
    fits = draft.n_cols - len(figures) in _LEADS and all(s.figure for s in figures)
    return line if figures and fits and is_total_label(line.segments[0].text) else None


def with_total(draft: Draft, line: LaidLine) -> Draft:
    """The table with the total row of the next page."""
    label, *figures = (s.text for s in line.segments)
    lead = draft.n_cols - len(figures)
    row = (*("",) * (lead - 1), label, *figures)
    return replace(
        draft,
        rows=(*draft.rows, row),
        last_line=line.source.number,
        pages=(*draft.pages, line.source.page),
    )


def goes_on(before: Draft, after: Draft, lines: Sequence[SourceLine]) -> bool:
    """Whether a table at the top of a page goes on with the last one: nothing but page numbers between,
    as many columns, and the same header or none, or row numbers that run on."""
    return before.n_cols == after.n_cols and _follows(before, after, lines)


def parted(before: Draft, after: Draft, lines: Sequence[SourceLine]) -> tuple[Draft, Draft]:
    """Two tables, both doubted where the second goes on with the first by its header printed again, but has
    other columns."""
    head = after.header_rows
    like = before.n_cols == after.n_cols and head and _goes_on_otherwise(before, after, lines)
    like = like or (printed_again(before, after, lines) and not _counts_anew(after.rows[head or 0 :]))
    if not like and (before.n_cols == after.n_cols or not head or not _follows(before, after, lines)):
        return before, after
    note = _PARTED.format(before.first_line, before.last_line, after.first_line, after.last_line)
    return _with_doubt(before, note), _with_doubt(after, note)


def _goes_on_otherwise(before: Draft, after: Draft, lines: Sequence[SourceLine]) -> bool:
    """Whether a table right after one of the page before has no heading of its own and counts on."""
    head = after.header_rows or 0
    words, known = _words(after.rows[:head]), _words(before.rows[: before.header_rows or 0])
    return (
        before.pages[-1] + 1 == after.pages[0]
        and len(words & known) >= _SAME_HEADER * len(words) > 0
        and not _counts_anew(after.rows[head:])
        and all(x.blank for x in lines if before.last_line < x.number < after.first_line)
    )


def _with_doubt(draft: Draft, note: str) -> Draft:
    return replace(draft, doubts=(*draft.doubts, note))


def _follows(before: Draft, after: Draft, lines: Sequence[SourceLine]) -> bool:
    if before.pages[-1] + 1 != after.pages[0]:
        return False
    old, new = before.header_rows or 0, after.header_rows or 0
    words, known = _words(after.rows[:new]), _words(before.rows[:old])
    between = [
        line
        for line in lines
        if before.last_line < line.number < after.first_line and not line.blank and not is_rule(line.text)
    ]
    if not all(page_number(line.text) is not None or set(line.key.split()) <= known for line in between):
        return False
    if not new or not known:
        return not new
    if words <= known:
        return 2 * len(words) > len(known)
    return len(words & known) >= _SAME_HEADER * len(known) and not _counts_anew(after.rows[new:])


def _counts_anew(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row number of a table's part is the first of all."""
    numbers = [ordinal for row in rows if (ordinal := read_ordinal(row[0])) is not None]
    return bool(numbers) and set(numbers[0].value) == {1} and numbers[0].kind != "letter"


def _words(rows: Sequence[Sequence[str]]) -> set[str]:
    return {word for row in rows for cell in row for word in fold(cell).split()}


def joined(before: Draft, after: Draft) -> Draft:
    """The two parts as one table; a header repeated on the new page is left out."""
    head = after.header_rows or 0
    rows, more = before.rows, after.rows[head:]
    if more and (whole := _made_whole(rows, more[0])):
        rows, head = (*rows[:-1], whole), head + 1
    if _unlike_columns(before, after):
        note = _PARTED.format(before.first_line, before.last_line, after.first_line, after.last_line)
        before = _with_doubt(before, note)
    shift = len(rows) - head
    return replace(
        before,
        rows=(*rows, *after.rows[head:]),
        spans=(*before.spans, *(replace(s, row=s.row + shift) for s in after.spans if s.row >= head)),
        doubtful=before.doubtful | {(r + shift, c) for r, c in after.doubtful if r >= head},
        last_line=after.last_line,
        pages=(*before.pages, *after.pages[head:]),
        doubts=tuple(dict.fromkeys((*before.doubts, *after.doubts))),
    )


def _unlike_columns(before: Draft, after: Draft) -> bool:
    """Whether a column of figures of one part is one of words or empty in the other: its columns were cut
    elsewhere."""
    parts = [list(zip(*d.rows[d.header_rows or 0 :], strict=True)) for d in (before, after)]
    if min(before.n_cols, after.n_cols) == 0 or not all(parts):
        return False
    return any({_make(one), _make(other)} in _UNLIKE for one, other in zip(*parts, strict=True))


def _make(column: Sequence[str]) -> str:
    """Whether a part's column holds figures, words, both, or next to nothing; '' where it is too short."""
    texts = [text for text in column if text]
    if len(column) < _LEAST_ROWS:
        return ""
    if len(texts) <= _NEXT_TO_NOTHING * len(column):
        return "nothing"
    share = sum(map(is_figure, texts)) / len(texts)
    return "figures" if share >= _FIGURES else "words" if share <= 1 - _FIGURES else "both"


def _made_whole(before: Sequence[Sequence[str]], first: Sequence[str]) -> tuple[str, ...] | None:
    """The last row of a part made whole by the first row after it, where the page's end parts it within its
    figures; None where it doesn't."""
    last = before[-1]
    rests = [c for c, text in enumerate(first) if c and text.isdigit() and SHORT_GROUP.match(last[c])]
    others = [c for c, text in enumerate(first) if c not in rests and is_figure(text)]
    numbered = read_ordinal(first[0]) if first[0] != last[0] else None
    if not rests or numbered or any(last[c] and not CODE.match(last[c]) for c in others):
        return None
    if not all(WHOLE_GROUP.match(last[c] + first[c]) and _is_grouped(before, c) for c in rests):
        return None
    glued = {*rests, *(c for c, text in enumerate(last) if CODE.match(text + first[c]))}
    return tuple(
        a + b if c in glued or not (a and b) else f"{a} {b}"
        for c, (a, b) in enumerate(zip(last, first, strict=True))
    )


def _is_grouped(rows: Sequence[Sequence[str]], col: int) -> bool:
    """Whether most figures above the last one of a column are in groups of three."""
    texts = [row[col] for row in rows[:-1] if is_figure(row[col])]
    return 2 * sum(bool(WHOLE_GROUP.match(text)) for text in texts) > len(texts)

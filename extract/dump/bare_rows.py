"""Rows of nothing but figures, a row a line: each figure is in the column of its place on the line.

A range whose cell was too narrow stands round its row (`2,00 -`, the row, `2,45`), and of two tables side by
side each has half of the cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.dump.draft import Draft, Span
from extract.dump.lines import SourceLine, opens_table
from extract.dump.tokens import cut_line, kind_of
from normalize.numbering import is_numbering, is_part_of_numbering

_LEAST_ROWS, _LEAST_FIGURES = 5, 4
_MOST_HEADER, _LONGEST = 8, 90  # lines of words above the rows, and signs of one
_SENTENCE = re.compile(r"\w[.;:]$")
_OPEN_RANGE = re.compile(r"(?:\d[\d.,]*\s[-–]\s*)+$")
_DOUBT = (
    "Các hàng từ dòng {} đến dòng {} chỉ có số: cột được xếp theo thứ tự trên dòng, tiêu đề của từng cột "
    "chưa tách được."
)
_LEFT, _RIGHT = " (nửa trái)", " (nửa phải)"


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, and the lines it stands on."""

    cells: tuple[str, ...]
    lines: tuple[SourceLine, ...]


def bare_drafts(lines: Sequence[SourceLine]) -> list[Draft]:
    """The tables of rows of figures alone among the lines, doubted for their headings."""
    filled = [line for line in lines if not line.blank]
    drafts: list[Draft] = []
    i = 0
    while i < len(filled):
        rows = _rows(filled, i)
        end = i + sum(len(row.lines) for row in rows)
        if len(rows) >= _LEAST_ROWS and not (_is_named(filled, i - 1, rows) or _is_named(filled, end, rows)):
            drafts += _drafts(_header(filled[:i]), rows)
        i = max(end, i + 1)
    return drafts


def _rows(lines: Sequence[SourceLine], start: int) -> list[_Row]:
    """The rows from a line on that have as many cells as its own."""
    rows: list[_Row] = []
    at = start
    while at < len(lines):
        row = _torn(lines, at) or _whole(lines[at])
        apart = rows and lines[at].number - rows[-1].lines[-1].number > 2
        if row is None or apart or (rows and len(row.cells) != len(rows[0].cells)):
            break
        rows.append(row)
        at += len(row.lines)
    return rows


def _whole(line: SourceLine) -> _Row | None:
    """The row of figures that a line is."""
    words = line.text.split()
    if len(words) < _LEAST_FIGURES or not _are_figures(words) or is_numbering(words):
        return None
    return None if is_part_of_numbering(words) else _Row(tuple(_with_ranges(words)), (line,))


def _torn(lines: Sequence[SourceLine], at: int) -> _Row | None:
    """The row that stands between, or below, the upper and the lower halves of its ranges."""
    if at + 2 >= len(lines) or not _OPEN_RANGE.match(lines[at].text.strip() + " "):
        return None
    upper, *others = (lines[at + k].text.split() for k in range(3))
    heads = [word for word in upper if kind_of(word) == "figure"]
    for row, lower in (others, others[::-1]):
        whole = len(lower) == len(heads) < len(row) and not len(row) % len(heads)
        if not whole or not _are_figures(lower) or not _are_figures(row):
            continue
        size = len(row) // len(heads)
        cells: list[str] = []
        for k, (low, high) in enumerate(zip(heads, lower, strict=True)):
            cells += [f"{low} - {high}", *row[k * size : (k + 1) * size]]
        return _Row(tuple(cells), tuple(lines[at : at + 3])) if len(cells) >= _LEAST_FIGURES else None
    return None


def _are_figures(words: Sequence[str]) -> bool:
    kinds = [kind_of(word) for word in words]
    return "figure" in kinds and set(kinds) <= {"figure", "dash"}


def _with_ranges(words: Sequence[str]) -> list[str]:
    """The words, a figure, a dash and a greater figure as one range."""
    cells: list[str] = []
    i = 0
    while i < len(words):
        three = words[i : i + 3]
        ranged = len(three) > 2 and [kind_of(w) for w in three] == ["figure", "dash", "figure"]
        if ranged and _is_decimal(three[0]) and _is_decimal(three[2]) and _size(three[0]) < _size(three[2]):
            cells.append(" ".join(three))
            i += 3
        else:
            cells.append(words[i])
            i += 1
    return cells


def _is_decimal(word: str) -> bool:
    return bool(re.fullmatch(r"\d+[.,]\d{1,2}", word))


def _size(word: str) -> float:
    return float(word.replace(",", "."))


def _is_named(lines: Sequence[SourceLine], at: int, rows: Sequence[_Row]) -> bool:
    """Whether the line beside the rows is one of theirs with a name: others read such tables."""
    if not 0 <= at < len(lines):
        return False
    cut = cut_line(lines[at])
    return bool(cut.before) and len(cut.run) > 1 and 2 * len(cut.run) > len(rows[0].cells)


def _header(above: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines of words right above the rows."""
    header: list[SourceLine] = []
    for line in reversed(above[-_MOST_HEADER:]):
        text = " ".join(line.text.split())
        if opens_table(line) or _SENTENCE.search(text) or len(text) > _LONGEST or cut_line(line).run:
            break
        if header and header[0].number - line.number > 1:
            break
        header.insert(0, line)
    return header


def _drafts(header: Sequence[SourceLine], rows: Sequence[_Row]) -> list[Draft]:
    """The table of the rows, or the two side by side that they are."""
    width = len(rows[0].cells)
    half = width // 2
    halved = [(0, half, _LEFT), (half, width, _RIGHT)]
    sides = halved if _are_halves(rows) else [(0, width, "")]
    first = header[0].number if header else rows[0].lines[0].number
    last = rows[-1].lines[-1].number
    head = " ".join(" ".join(line.text.split()) for line in header)
    return [
        Draft(
            rows=(
                *(((head, *("",) * (b - a - 1)),) if head else ()),
                *(row.cells[a:b] for row in rows),
            ),
            first_line=first,
            last_line=last,
            pages=(*((header[0].page,) if head else ()), *(row.lines[0].page for row in rows)),
            header_rows=1 if head else 0,
            spans=(Span(0, 0, 1, b - a),) if head else (),
            doubts=(_DOUBT.format(rows[0].lines[0].number, last),),
            title=f"{head}{side}".strip(),  # a table of its own: no page's goes on in it
        )
        for a, b, side in sides
    ]


def _are_halves(rows: Sequence[_Row]) -> bool:
    """Whether the right halves of the rows open with the same cell as the left ones, a range, or with numbers
    that go on where those of the left halves end."""
    width = len(rows[0].cells)
    if width % 2:
        return False
    pairs = [(row.cells[0], row.cells[width // 2]) for row in rows]
    if all(a == b and " " in a for a, b in pairs):
        return True
    if not all(a.isdigit() and b.isdigit() for a, b in pairs):
        return False
    count = [int(a) for a, _ in pairs] + [int(b) for _, b in pairs]
    return count == list(range(count[0], count[0] + len(count)))

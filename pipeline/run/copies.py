"""The same report twice in a folder: its scan and its Word file, a docx and an xls, another office's copy.

Told by the figures of whole rows, which no two reports share by chance, and by number and date where both are
read. The two are held against each other; the one that is print, not a reading of ink, is the better source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from model.flag import CellRef, Flag
from normalize.unicode import fold

LEAST_SHARED = 3
"""Rows of figures that two copies of a report have in common at least."""

SHARE = 0.6
"""Share of the rows of figures of either that the other has too: a part of a report is no copy of it, and a
scan that is read badly has some rows otherwise."""

_FEWEST_FIGURES = 2  # of a row that tells a report
_FEWEST_DIGITS = 5  # of all its figures together: 1, 2, 0 stand in many reports
_FULL_DATE = len("2024-11-30")
_BETTER = ("office", "text-layer", "text", "mixed", "ocr")
_LIKE = 0.75  # of the letters of two labels, from which they name the same row


@dataclass(frozen=True, slots=True)
class Line:
    """A row of figures of a table: columns and their values in plain form."""

    table_id: str
    row: int
    label: str
    figures: tuple[tuple[int, str], ...]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for _, value in self.figures)

    @property
    def tells(self) -> bool:
        """Whether the row is so full of figures that another report hardly has it."""
        values = set(self.values)
        digits = sum(char.isdigit() for value in values for char in value.strip("0."))
        return len(values) >= _FEWEST_FIGURES and digits >= _FEWEST_DIGITS


@dataclass(frozen=True, slots=True)
class Report:
    """What a document is told by. `telling` counts its rows that tell it; `doubts` its flags of severity
    warning and error."""

    doc_id: str
    source: str
    number: str
    date: str
    telling: int
    doubts: int = 0


def are_same(one: Report, other: Report, shared: int) -> bool:
    """Whether two documents with so many telling rows in common are one report."""
    most = max(one.telling, other.telling)
    if shared < LEAST_SHARED or shared < SHARE * most:
        return False
    numbers = {_bare(r.number) for r in (one, other) if any(c.isdigit() for c in r.number.partition("/")[0])}
    dates = {r.date for r in (one, other) if len(r.date) == _FULL_DATE}
    return len(numbers) < 2 and len(dates) < 2


def _bare(number: str) -> str:
    return "".join(fold(number).split()).lstrip("0")


def better(one: Report, other: Report) -> Report:
    """The better source of two: print before ink, then fewer doubts, then the one that stands first."""
    return min((one, other), key=lambda r: (_BETTER.index(r.source) if r.source in _BETTER else 9, r.doubts))


def differences(
    one: str, lines: Sequence[Line], other: str, others: Sequence[Line]
) -> Iterator[tuple[str, Flag]]:
    """Figures in which two copies of a report differ, flagged in both; `one` and `other` are their ids."""
    for mine, theirs in _paired(lines, others):
        if len(mine.figures) != len(theirs.figures):
            continue
        for (col, value), (their_col, their_value) in zip(mine.figures, theirs.figures, strict=True):
            if value != their_value:
                yield one, _flag(mine, col, value, other, theirs, their_col, their_value)
                yield other, _flag(theirs, their_col, their_value, one, mine, col, value)


def _flag(
    line: Line, col: int, value: str, other: str, theirs: Line, their_col: int, their_value: str
) -> Flag:
    return Flag(
        "cross_document",
        "warning",
        f"Hai bản của cùng một báo cáo ghi khác nhau ở “{line.label}”: bản này ghi {_printed(value)},"
        f" bản “{other}” ghi {_printed(their_value)}.",
        line.table_id,
        line.row,
        col,
        found=value,
        expected=their_value,
        context=f"{other}: {theirs.table_id}, dòng {theirs.row}, cột {their_col}",
        check="cross_document",
        cells=(CellRef(theirs.table_id, theirs.row, their_col),),
    )


def _printed(value: str) -> str:
    return value.replace(".", ",")


def _paired(lines: Sequence[Line], others: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Rows that are the same row in both: between rows with the same figures, those of like names, in their
    order."""
    mine, theirs = [line.values for line in lines], [line.values for line in others]
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind == "replace" and a1 - a0 == b1 - b0:
            for n in range(a1 - a0):
                line, other = lines[a0 + n], others[b0 + n]
                if _like(line.label, other.label):
                    yield line, other


def _like(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    return bool(a and b) and (a == b or SequenceMatcher(None, a, b).ratio() >= _LIKE)

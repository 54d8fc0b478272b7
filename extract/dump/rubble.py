"""Figures in a row of lines that no reader could put into a table: kept as one column, and flagged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine
from extract.dump.tokens import tokenize

# Fewer figures on lines of their own than this are page numbers, dates, a number of the letterhead; beside a
# table that was put together from its columns, or where values stand a line each, they may be a table's.
_LEAST_FIGURES, _LEAST_BESIDE = 8, 3
# So many lines of words between two figures part what belongs together.
_MOST_WORDS_BETWEEN = 12
_VALUE, _LEAST_VALUES = re.compile(r"[+\-−–(]?\d[\d.,]*%?\)?$"), 20
_NUMBER = re.compile(r"\d{1,2}\.?$")  # of a row or page
_DENSE, _SPARSE = 2, 4  # lines to a figure
_DOUBT = (
    "Không ghép lại được bảng từ dòng {} đến dòng {}: {} số của nó được giữ theo từng dòng, chưa thành cột."
)


def rubble_drafts(lines: Sequence[SourceLine], by_columns: Set[int] = frozenset()) -> list[Draft]:
    """Stretches of lines that are mostly figures alone, each as a column of its lines with a doubt that names
    them. `lines` are those that stand in no table, `by_columns` the pages that hold one put together from its
    columns or values a line each."""
    drafts = []
    for stretch in _stretches([line for line in lines if not line.blank], by_columns):
        figures = sum(is_bare(line) for line in stretch)
        drafts.append(
            Draft(
                rows=tuple((" ".join(line.text.split()),) for line in stretch),
                first_line=stretch[0].number,
                last_line=stretch[-1].number,
                pages=tuple(line.page for line in stretch),
                header_rows=0,
                doubts=(_DOUBT.format(stretch[0].number, stretch[-1].number, figures),),
            )
        )
    return drafts


def pages_of_values(lines: Sequence[SourceLine]) -> set[int]:
    """The pages on which most tables are written a value a line."""
    alone = Counter(line.page for line in lines if _VALUE.match(line.text.strip()))
    return {page for page, count in alone.items() if count >= _LEAST_VALUES}


def is_bare(line: SourceLine) -> bool:
    """Whether a line is nothing but figures and dashes."""
    kinds = {token.kind for token in tokenize(line.text)}
    return "figure" in kinds and kinds <= {"figure", "dash", "rule"}


def _stretches(lines: Sequence[SourceLine], by_columns: Set[int]) -> Iterator[Sequence[SourceLine]]:
    """From a figure line to the last one that is no further from the one before than a label is long, on one
    page and with no table between."""
    bare = [i for i, line in enumerate(lines) if is_bare(line)]
    run: list[int] = []
    for i in [*bare, -1]:
        if run and (i < 0 or _parted(lines, run[-1], i)):
            beside = lines[run[0]].page in by_columns
            told = sum(not _NUMBER.match(lines[k].text.strip()) for k in run)
            many = told >= _LEAST_BESIDE if beside else len(run) >= _LEAST_FIGURES
            if many and (_SPARSE if beside else _DENSE) * len(run) > run[-1] - run[0]:
                yield lines[run[0] : run[-1] + 1]
            run = []
        run.append(i)


def _parted(lines: Sequence[SourceLine], last: int, here: int) -> bool:
    return here - last > _MOST_WORDS_BETWEEN or lines[here].page != lines[last].page

"""Figures in a row of lines that no reader could put into a table: kept as one column, and flagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine
from extract.dump.tokens import tokenize

# Fewer figures on lines of their own than this are page numbers, dates, a number of the letterhead.
_LEAST_FIGURES = 8
# So many lines of words between two figures part what belongs together.
_MOST_WORDS_BETWEEN = 12
_DOUBT = (
    "Không ghép lại được bảng từ dòng {} đến dòng {}: {} số của nó được giữ theo từng dòng, chưa thành cột."
)


def rubble_drafts(lines: Sequence[SourceLine]) -> list[Draft]:
    """Stretches of lines that are mostly figures alone, each as a column of its lines with a doubt that names
    them. `lines` are those that stand in no table."""
    drafts = []
    for stretch in _stretches([line for line in lines if not line.blank]):
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


def is_bare(line: SourceLine) -> bool:
    """Whether a line is nothing but figures and dashes."""
    kinds = {token.kind for token in tokenize(line.text)}
    return "figure" in kinds and kinds <= {"figure", "dash", "rule"}


def _stretches(lines: Sequence[SourceLine]) -> Iterator[Sequence[SourceLine]]:
    """From a figure line to the last one that is no further from the one before than a label is long, on one
    page and with no table between."""
    bare = [i for i, line in enumerate(lines) if is_bare(line)]
    run: list[int] = []
    for i in [*bare, -1]:
        if run and (i < 0 or _parted(lines, run[-1], i)):
            if len(run) >= _LEAST_FIGURES and 2 * len(run) > run[-1] - run[0]:
                yield lines[run[0] : run[-1] + 1]
            run = []
        run.append(i)


def _parted(lines: Sequence[SourceLine], last: int, here: int) -> bool:
    return here - last > _MOST_WORDS_BETWEEN or lines[here].page != lines[last].page

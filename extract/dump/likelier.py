"""Of two readings of the same lines the likelier: the one that explains their figures more shortly."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from extract.dump.code_length import code_length
from extract.dump.columnar.figures import Rows
from extract.dump.columnar.rectangle_sums import proof_of
from extract.dump.draft import Draft
from extract.dump.lines import SourceLine
from extract.dump.tokens import kind_of
from normalize.numbers import looks_numeric

_CLEARLY = 0.4  # nats a figure
_LEFT = 4.0  # nats of a figure that stands in no cell of its own
_MOSTLY = 0.5  # of a column's texts are figures


def likelier(some: Sequence[Draft], others: Sequence[Draft], lines: Sequence[SourceLine]) -> list[Draft]:
    """The tables of two readings; where these share lines, those of the reading that is clearly shorter, else
    of the `others`."""
    found: list[Draft] = []
    rest = [*some, *others]
    while rest:
        group = [rest.pop(0)]
        while near := [draft for draft in rest if any(_share_lines(draft, own) for own in group)]:
            group += near
            rest = [draft for draft in rest if draft not in near]
        first, second = ([draft for draft in group if draft in own] for own in (some, others))
        count = _figures(lines, group)
        clearly = second and _length(first, count) + _CLEARLY * count < _length(second, count)
        found += first if first and (clearly or not second) else second
    return found


def _share_lines(one: Draft, other: Draft) -> bool:
    return bool(one.lines & other.lines)


def _figures(lines: Sequence[SourceLine], drafts: Sequence[Draft]) -> int:
    """How many figures the lines of the drafts hold."""
    first, last = min(d.first_line for d in drafts), max(d.last_line for d in drafts)
    taken = (
        frozenset().union(*(d.lines for d in drafts))
        if all(d.own for d in drafts)
        else range(first, last + 1)
    )
    own = (line for line in lines if line.number in taken)
    return sum(kind_of(word) == "figure" for line in own for word in line.text.split())


def _length(drafts: Sequence[Draft], figures: int) -> float:
    """The nats of the figures of lines, knowing the tables that were made of them."""
    tables = [_columns(draft) for draft in drafts]
    held = sum(len(text.split()) for rows in tables for row in rows for text in row)
    numbers = sum(looks_numeric(row[0]) for d in drafts for row in d.rows[d.header_rows or 0 :])
    written = fsum(code_length(rows, ()) - proof_of(rows) for rows in tables if rows and rows[0])
    return written + _LEFT * max(0, figures - held - numbers)


def _columns(draft: Draft) -> Rows:
    """The figures of a table in its columns of figures, the first of row numbers left out."""
    body = draft.rows[draft.header_rows or 0 :]
    columns = []
    for column in list(zip(*body, strict=True))[1:]:
        figures = tuple(text if looks_numeric(text) else "" for text in column)
        if sum(map(bool, figures)) > _MOSTLY * sum(map(bool, column)):
            columns.append(figures)
    return tuple(zip(*columns, strict=True))

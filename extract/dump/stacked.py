"""Rows printed as two: two figures stacked in one column, told by strict alternation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.dump.draft import Draft, square
from extract.dump.header_rows import header_spans
from normalize.numbers import looks_numeric, parse_number
from normalize.unicode import fold

_UNIT_WORD = re.compile(r"^(?:tang|giam|giu nguyen)\s+[\d.,]+\s+(\w+)")


def unstack(draft: Draft) -> Draft:
    """The draft with stacked pairs of rows made one row, when every row of the body is such a pair.

    In a pair the second row has no row number and no label; both have a figure in the same column, which
    becomes two columns. The printed heading goes to the figure that a text of the row repeats (`Tăng 0,57
    điểm`), or spans both when no text tells; the other one is headed by the unit that text names.
    """
    head = draft.header_rows or 0
    body = draft.rows[head:]
    if len(body) < 4 or len(body) % 2 or head != 1:
        return draft
    pairs = list(zip(body[::2], body[1::2], strict=True))
    stacked = _stacked_column(pairs)
    if stacked is None:
        return draft
    second_named, unit = _which_is_named(pairs, stacked)
    heading = draft.rows[0][stacked]
    title_row = list(draft.rows[0])
    title_row[stacked : stacked + 1] = [unit.upper() if unit else heading, heading]
    rows = [title_row]
    for upper, lower in pairs:
        row = [a or b for a, b in zip(upper, lower, strict=True)]
        row[stacked : stacked + 1] = [upper[stacked], lower[stacked]]
        rows.append(row)
    squared = square(rows)
    note = (
        f"Hai dòng của bảng được ghép làm một: cột “{heading}” in hai số chồng lên nhau, tách thành hai cột."
    )
    if second_named and unit:
        note += f" Tiêu đề “{unit.upper()}” không in trong bảng, suy từ đơn vị ở cột bên."
    return Draft(
        rows=squared,
        first_line=draft.first_line,
        last_line=draft.last_line,
        pages=draft.pages[:1] + draft.pages[head::2],
        header_rows=1,
        spans=tuple(header_spans(squared[:1])),
        doubtful=frozenset({(0, stacked)}),
        notes=(*draft.notes, note),
    )


def _stacked_column(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> int | None:
    """The one column with a figure in both rows of every pair, when no other column has two texts."""
    if not all(upper[0].strip() and not lower[0].strip() and not lower[1].strip() for upper, lower in pairs):
        return None
    width = len(pairs[0][0])
    both = [c for c in range(width) if sum(bool(u[c].strip() and w[c].strip()) for u, w in pairs) > 0]
    if len(both) != 1:
        return None
    column = both[0]
    full = sum(looks_numeric(u[column]) and looks_numeric(w[column]) for u, w in pairs)
    return column if full >= 0.9 * len(pairs) else None


def _which_is_named(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], stacked: int) -> tuple[bool, str]:
    """Whether a text beside repeats the lower figure in most pairs, and the unit word it uses."""
    hits, units = 0, []
    for _, lower in pairs:
        figure = parse_number(lower[stacked])
        for text in (t for c, t in enumerate(lower) if c != stacked and t.strip()):
            said = parse_number(text)
            if figure and said and abs(said.amount) == abs(figure.amount):
                hits += 1
                if match := _UNIT_WORD.match(fold(text)):
                    units.append(text.split()[-1] if fold(text).endswith(match[1]) else match[1])
    named = 2 * hits > len(pairs)
    return named, max(set(units), key=units.count) if named and units else ""

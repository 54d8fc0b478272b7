"""Columns of a laid-out table that have a heading and nothing under it, beside figures without a heading: the
dump sets headings and figures of one column at different places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.dump.draft import Draft, Span
from normalize.numbering import is_numbering

_FURTHEST = 2  # columns from an empty one to the one without a heading
Rows = Sequence[Sequence[str]]


def without_hollow_columns(draft: Draft) -> Draft:
    """The table with the headings from each such column on moved over the figures beside it."""
    head, col = draft.header_rows or 0, 0
    if not head or all(any(column) for column in zip(*draft.rows[head:], strict=True)):
        return draft
    draft = replace(draft, rows=_spread(draft))
    while col < draft.n_cols:
        bare = _bare_beside(draft.rows, col, head)
        if bare is None:
            col += 1
            continue
        rows = [
            _moved(row, bare, col) if r < head else _without(row, col) for r, row in enumerate(draft.rows)
        ]
        draft = replace(draft, rows=tuple(rows), spans=tuple(_spans(rows[:head])))
    return draft


def _spread(draft: Draft) -> tuple[tuple[str, ...], ...]:
    """The rows with the text of each span in all its positions."""
    rows = [list(row) for row in draft.rows]
    for span in draft.spans:
        for r in range(span.row, span.row + span.height):
            rows[r][span.col : span.col + span.width] = [draft.rows[span.row][span.col]] * span.width
    return tuple(map(tuple, rows))


def _bare_beside(rows: Rows, col: int, head: int) -> int | None:
    """The nearest column in which every header row lacks a text of its own, so that the headings from the
    empty `col` to it are one fewer than the columns; None where `col` is not empty or there is none."""
    if any(row[col] for row in rows[head:]) or not any(row[col] for row in rows[:head]):
        return None
    width = len(rows[0])
    near = (c for step in range(1, _FURTHEST + 1) for c in (col + step, col - step) if 0 <= c < width)
    return next(
        (
            c
            for c in near
            if all(_gap(row, c, col) is not None for row in rows[:head])
            and any(not row[c] for row in rows[:head])
        ),
        None,
    )


def _gap(row: Sequence[str], bare: int, empty: int) -> int | None:
    """The position between the two, nearest to `bare`, that has no text or its neighbour's."""
    step = 1 if empty > bare else -1
    for c in range(bare, empty + step, step):
        if not row[c] or (c != empty and row[c] == row[c + step]):
            return c
    return None


def _moved(row: Sequence[str], bare: int, empty: int) -> tuple[str, ...]:
    gap = _gap(row, bare, empty)
    return _without(row, empty if gap is None else gap)


def _without(row: Sequence[str], col: int) -> tuple[str, ...]:
    return (*row[:col], *row[col + 1 :])


def _spans(header: Rows) -> list[Span]:
    """The rectangles of one text in a header whose spanned positions repeat it."""
    header = [row for row in header if not is_numbering(row)]
    spans: list[Span] = []
    seen: set[tuple[int, int]] = set()
    for r, row in enumerate(header):
        for c, text in enumerate(row):
            if not text or (r, c) in seen:
                continue
            right = c + 1
            while right < len(row) and row[right] == text and (r, right) not in seen:
                right += 1
            low = r + 1
            while low < len(header) and all(header[low][k] == text for k in range(c, right)):
                low += 1
            seen |= {(i, k) for i in range(r, low) for k in range(c, right)}
            if (right - c) * (low - r) > 1:
                spans.append(Span(r, c, low - r, right - c))
    return spans

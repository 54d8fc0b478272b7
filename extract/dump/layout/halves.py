"""Columns of a laid-out table that were cut in two: figures of several lengths stand centred or pushed, so
that short ones and long ones have no place in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.dump.columnar.figures import alikeness
from extract.dump.draft import Draft, Span
from normalize.numbers import looks_numeric

_AFTER_LABELS = 2  # columns of row number and label
_LEAST_ROWS = 3
_NEARLY_ALL, _ALIKE = 0.8, 0.9


def with_halves_together(draft: Draft, known: int = 0) -> Draft:
    """The table with neighbouring columns of like figures made one where each row has a figure in one of them
    at most, nearly all have one, and no more than one of them has a heading of its own. It may be a part of a
    table whose parts before it have `known` columns."""
    head = draft.header_rows or 0
    col = _AFTER_LABELS
    while col + 1 < draft.n_cols:
        if head and _are_halves(draft.rows, head, col):
            draft = _joined(draft, col)
        else:
            col += 1
    return _by_count(draft, known)


def _by_count(draft: Draft, known: int) -> Draft:
    """The table with its figures in as many columns as every row has, where they stand in more: a row of
    short figures stands further left. Columns without a heading of their own go; where the part has no
    header, the least filled, if the part before it has as many as are left (`known`)."""
    head, body = draft.header_rows or 0, draft.rows[draft.header_rows or 0 :]
    texts = list(zip(*body, strict=True))
    own = [c for c in range(_AFTER_LABELS, draft.n_cols) if all(map(looks_numeric, filter(None, texts[c])))]
    counts = {sum(bool(row[c]) for c in own) for row in body} - {0}
    if len(counts) != 1 or not own or own != list(range(own[0], draft.n_cols)) or len(body) < _LEAST_ROWS:
        return draft
    (count,) = counts
    over = len(own) - count
    headed = [c for c in own if any(_own(draft.rows[:head], c))]
    if over < 1 or (len(headed) > count if head else draft.n_cols - over != known):
        return draft
    kept = sorted(own, key=lambda c: (c not in headed, -sum(map(bool, texts[c])), c))[:count]
    dropped = [c for c in own if c not in kept]
    rows = [list(row) for row in draft.rows]
    for row in rows[head:]:
        figures = iter([row[c] for c in own if row[c]])
        for c in own:
            row[c] = next(figures, "") if c in kept else ""
    draft = replace(draft, rows=tuple(map(tuple, rows)))
    for col in reversed(dropped):
        draft = _without(draft, col)
    return draft


def _without(draft: Draft, col: int) -> Draft:
    rows = tuple((*row[:col], *row[col + 1 :]) for row in draft.rows)
    return replace(draft, rows=rows, spans=_spans_without(draft.spans, col))


def _spans_without(spans: Sequence[Span], col: int) -> tuple[Span, ...]:
    out = []
    for span in spans:
        width = span.width - (span.col <= col < span.col + span.width)
        left = span.col - (span.col > col)
        if width and width * span.height > 1:
            out.append(Span(span.row, left, span.height, width))
    return tuple(out)


def _are_halves(rows: Sequence[Sequence[str]], head: int, col: int) -> bool:
    pairs = [(row[col], row[col + 1]) for row in rows[head:]]
    filled = [a or b for a, b in pairs if a or b]
    if any(a and b for a, b in pairs) or len(filled) < _LEAST_ROWS or not all(map(looks_numeric, filled)):
        return False
    if not any(a for a, _ in pairs) or not any(b for _, b in pairs):
        return False
    columns = list(zip(*rows[head:], strict=True))[_AFTER_LABELS:]
    fullest = max(sum(map(looks_numeric, column)) for column in columns)
    both_headed = all(any(_own(rows[:head], c)) for c in (col, col + 1))
    return (
        len(filled) >= _NEARLY_ALL * fullest
        and not both_headed
        and alikeness(tuple((text,) for text in filled)) >= _ALIKE
    )


def _own(header: Sequence[Sequence[str]], col: int) -> list[str]:
    """The texts over a column that its neighbours have not."""
    return [
        row[col]
        for row in header
        if row[col] and row[col] != row[col - 1] and (col + 1 == len(row) or row[col] != row[col + 1])
    ]


def _joined(draft: Draft, col: int) -> Draft:
    rows = tuple((*row[:col], row[col] or row[col + 1], *row[col + 1 :]) for row in draft.rows)
    return _without(replace(draft, rows=rows), col + 1)

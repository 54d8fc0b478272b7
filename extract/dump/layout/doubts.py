"""What a laid-out table cannot vouch for: numbers that begin late, rows without label, columns of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.dump.draft import Draft
from extract.dump.layout.columns import is_figure
from normalize.numbering import is_numbering
from normalize.ordinals import read_ordinal

_LATE = "Hàng đầu tiên đọc được mang số thứ tự {}: các hàng trước nó có thể bị thiếu."
_COUNTED = 3  # row numbers that count on
_MOSTLY = 0.8  # of the numbered rows that have words
_ODD = "Hàng {} có số thứ tự mà không có tên: số của hàng này và của các hàng bên có thể đã bị tách."
_MOST_NAMED = 12
_HOLLOW = "Hàng đánh số cột có {} cột mà không có ô nào bên dưới ({}): các số có thể đứng sai cột."


def with_doubts(drafts: Sequence[Draft], beside: Sequence[Draft]) -> list[Draft]:
    """The tables in the order of their lines, with their doubts; those `beside` each other follow none."""
    told = [with_late_start(draft, drafts[i - 1] if i else None) for i, draft in enumerate(drafts)]
    ordered = sorted([*told, *beside], key=lambda draft: draft.first_line)
    return [with_numbers_over_nothing(with_rows_apart(draft)) for draft in ordered]


def with_late_start(draft: Draft, before: Draft | None) -> Draft:
    """The table, doubted where its rows count on from another number than the first, and not from the table
    before it: rows above them may be lost."""
    own, earlier = plain_numbers(draft), plain_numbers(before) if before else []
    if len(own) < _COUNTED or own[0] == 1 or any(b - a != 1 for a, b in pairwise(own[:_COUNTED])):
        return draft
    if earlier and own[0] == earlier[-1] + 1:
        return draft
    return replace(draft, doubts=(*draft.doubts, _LATE.format(own[0])))


def plain_numbers(draft: Draft) -> list[int]:
    """The plain row numbers of a table's body."""
    found = (read_ordinal(row[0]) for row in draft.rows[draft.header_rows or 0 :] if row[0])
    return [o.value[0] for o in found if o is not None and o.kind == "number" and len(o.value) == 1]


def with_rows_apart(draft: Draft) -> Draft:
    """The table, doubted where a numbered row has figures but no words, as nearly all others have: its label
    and the rest of its figures stand in the rows beside it."""
    head = draft.header_rows or 0
    numbered = [r for r, row in enumerate(draft.rows) if r >= head and row[0] and read_ordinal(row[0])]
    bare = [r for r in numbered if _is_bare(draft.rows[r])]
    if not bare or len(numbered) - len(bare) < _MOSTLY * len(numbered):
        return draft
    beside = {k for r in bare for k in (r - 1, r, r + 1) if head <= k < len(draft.rows)}
    cells = {(r, c) for r in beside for c, text in enumerate(draft.rows[r]) if text and c}
    note = _ODD.format(", ".join(str(r + 1) for r in bare[:_MOST_NAMED]))
    return replace(draft, doubtful=draft.doubtful | cells, doubts=(*draft.doubts, note))


def with_numbers_over_nothing(draft: Draft) -> Draft:
    """The table, doubted where columns have a number, but neither a heading nor a cell: the figures that
    belong there stand in the columns before them."""
    head, body = draft.rows[: draft.header_rows or 0], draft.rows[draft.header_rows or 0 :]
    numbering = next((row for row in head if is_numbering([text for text in row if text])), None)
    if numbering is None:
        return draft
    others = [row for row in head if row is not numbering]
    hollow = [
        text for c, text in enumerate(numbering) if text and not any(row[c] for row in (*others, *body))
    ]
    if not hollow:
        return draft
    note = _HOLLOW.format(len(hollow), ", ".join(hollow[:_MOST_NAMED]))
    return replace(draft, doubts=(*draft.doubts, note))


def _is_bare(row: Sequence[str]) -> bool:
    texts = [text for text in row[1:] if text]
    return bool(texts) and all(map(is_figure, texts))

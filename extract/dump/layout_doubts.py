"""What the rows of a laid-out table cannot vouch for: numbers that begin late, rows without a label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.dump.draft import Draft
from extract.dump.layout_columns import is_figure
from normalize.ordinals import read_ordinal

_LATE = "Hàng đầu tiên đọc được mang số thứ tự {}: các hàng trước nó có thể bị thiếu."
_COUNTED = 3  # row numbers that count on
_MOSTLY = 0.8  # of the numbered rows that have words
_ODD = "Hàng {} có số thứ tự mà không có tên: số của hàng này và của các hàng bên có thể đã bị tách."
_MOST_NAMED = 12


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


def _is_bare(row: Sequence[str]) -> bool:
    texts = [text for text in row[1:] if text]
    return bool(texts) and all(map(is_figure, texts))

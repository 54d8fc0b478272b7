"""Rows of figures that went into a cell of words: a heading, the label above them, a note."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.dump.draft import Draft

_MARKED = r"[-+(]?\d[\d.,]*[.,]\d+%?\)?"
# Figures side by side: a sentence has words between them.
_BESIDE = re.compile(rf"(?<!\S){_MARKED}[\s|]+{_MARKED}(?!\S)")
_MOST_NAMED = 12
_NUMBER, _LEAST_NUMBERS = re.compile(r"\d{1,3}"), 4
_TOGETHER = (
    "Ô chữ ở hàng {} chứa nhiều số rời: tên của vài hàng có thể đã dồn vào một ô, các số có thể đứng sai "
    "hàng."
)
_NOTE = "Có hàng số nằm lẫn trong ô chữ (hàng {}): bảng thiếu một hàng, hoặc cột bị cắt sai."


def with_swallowed_rows(draft: Draft) -> Draft:
    """The draft doubted where a cell holds words and, side by side, figures with marks: a row of its own that
    the table lacks. (No flag of a cell would tell of the row that is not there.)"""
    found = {
        (r, c)
        for r, row in enumerate(draft.rows)
        for c, text in enumerate(row)
        if any(ch.isalpha() for ch in text) and _BESIDE.search(text)
    }
    if not found:
        return draft
    rows = ", ".join(str(r + 1) for r in sorted({r for r, _ in found})[:_MOST_NAMED])
    return replace(draft, doubtful=draft.doubtful | found, doubts=(*draft.doubts, _NOTE.format(rows)))


def with_labels_together(draft: Draft) -> Draft:
    """The draft doubted where a cell of a row of figures holds words and, among them, numbers that no comma
    lists (`07 giờ 10 giờ 13 giờ 16 giờ`): names of several rows, whose figures then stand in other rows."""
    head = draft.header_rows or 0
    found = [r for r, row in enumerate(draft.rows) if r >= head and any(map(_lists_labels, row))]
    if not found:
        return draft
    rows = ", ".join(str(r + 1) for r in found[:_MOST_NAMED])
    return replace(draft, doubts=(*draft.doubts, _TOGETHER.format(rows)))


def _lists_labels(text: str) -> bool:
    words = text.split()
    numbers = [
        w for k, w in enumerate(words) if _NUMBER.fullmatch(w) and not (k and words[k - 1][-1] in ",;")
    ]
    return len(numbers) >= _LEAST_NUMBERS and sum(w.isalpha() for w in words) >= len(numbers)

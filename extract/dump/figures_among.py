"""Tables whose columns hold what no cell of theirs tells: a figure among the words of every row, or groups of
thousands of one figure in two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.dump.draft import Draft
from extract.dump.tokens import DATE, kind_of

_LEAST_ROWS, _MOSTLY = 4, 0.8
_HEAD, _GROUP = re.compile(r"^[-+]?[1-9]\d{0,2}$"), re.compile(r"^\d{3}$")
_AMONG = "Ở {} hàng, cột chữ thứ {} có số giữa các chữ: có lẽ là một cột số bị nhập vào cột chữ."
_CUT = "Cột {} và {} có lẽ là một: các nhóm ba chữ số của một số, cách nhau bằng khoảng trắng, đã bị tách ra."


def with_columns_doubted(draft: Draft) -> Draft:
    """The draft doubted where a column of words behind the names has a figure in nearly every row, or one of
    figures continues those of the column before it in groups of three."""
    body = draft.rows[draft.header_rows or 0 :]
    columns = [[row[c].strip() for row in body] for c in range(draft.n_cols)]
    doubts = [*_among(columns), *_cut(columns)]
    return replace(draft, doubts=(*draft.doubts, *doubts)) if doubts else draft


def _among(columns: Sequence[Sequence[str]]) -> list[str]:
    worded = [c for c, column in enumerate(columns) if sum(map(_has_words, column)) > len(column) / 2]
    doubts = []
    for c in worded[1:]:
        filled = [text for text in columns[c] if text]
        among = sum(map(_has_figure, filled))
        if among >= max(_LEAST_ROWS, _MOSTLY * len(filled)):
            doubts.append(_AMONG.format(among, c + 1))
    return doubts


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 1


def _has_figure(text: str) -> bool:
    """Whether a figure stands alone among the words of a text: one that a word closes, no date."""
    words = text.split()
    return any(
        kind_of(word) == "figure" and not DATE.match(word) and after[:1].isupper()
        for word, after in pairwise(words)
    )


def _cut(columns: Sequence[Sequence[str]]) -> list[str]:
    doubts = []
    for c, (heads, groups) in enumerate(pairwise(columns)):
        pairs = [(a, b) for a, b in zip(heads, groups, strict=True) if a and b]
        ends = [(a.split()[-1], b) for a, b in pairs]
        if len(pairs) < _LEAST_ROWS or not any(b.startswith("0") for _, b in ends):
            continue
        if all(_HEAD.match(a) or _GROUP.match(a) for a, _ in ends) and all(_GROUP.match(b) for _, b in ends):
            doubts.append(_CUT.format(c + 1, c + 2))
    return doubts

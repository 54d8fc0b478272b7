"""Rows that tell the highest and the lowest of those above, and how far these are apart (`Biên độ`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from checks.figures import Book
from checks.relation import Relation
from checks.template import accept, lay
from checks.view import Sheet
from normalize.unicode import fold

_EXTREMES = (
    (1, re.compile(r"(?:gia tri |muc )?(?:cao|lon|nhieu) nhat|toi da|max")),
    (-1, re.compile(r"(?:gia tri |muc )?(?:thap|nho|it) nhat|toi thieu|min")),
    (0, re.compile(r"bien do|chenh lech|khoang chenh lech")),
)
_LIKELY = re.compile(r"nh[ấâa]t|t[ốôo]i|max|min|bi[êe]n|ch[êe]nh", re.IGNORECASE)  # told of most rows at once
_SHARE = 0.6
_FEWEST_ROWS = 3  # of which a row may tell the highest
_TOLD = 2  # columns that must say so
_LONGEST = 24  # letters of such a label


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The highest and the lowest of each column's rows above such a row, and the difference of the two."""
    first = 0
    block: dict[int, int] = {}
    rows = list(sheet.body)
    for n, row in enumerate(rows):
        which = _which(sheet, row)
        if which is None:
            if block:
                first, block = n, {}
            continue
        block[which] = row
        above = [r for r in rows[first:n] if r not in block.values()]
        laid = _apart(sheet, row, block) if which == 0 else _extreme(book, sheet, row, above, which)
        yield from accept(book, laid, _SHARE, _TOLD) if laid else []


def _which(sheet: Sheet, row: int) -> int | None:
    """1 for a row of the highest, -1 of the lowest, 0 of their difference; None for others."""
    label = sheet.label(row)
    if len(label) > _LONGEST or not _LIKELY.search(label):
        return None
    words = fold(label).strip(" .:-")
    return next((which for which, pattern in _EXTREMES if pattern.fullmatch(words)), None)


def _extreme(book: Book, sheet: Sheet, row: int, above: Sequence[int], which: int) -> list[Relation]:
    out = []
    for col in sheet.numeric:
        figures = [(book.amounts[n], r) for r in above if (n := sheet.figure(r, col)) is not None]
        if len(figures) < _FEWEST_ROWS:
            continue
        _, at = max(figures, key=lambda f: (which * f[0], -f[1]))
        words = "số lớn nhất trong các dòng trên" if which > 0 else "số nhỏ nhất trong các dòng trên"
        out.append(_laid(sheet, row, col, [((at, col), 1)], words))
    return [relation for relation in out if relation is not None]


def _apart(sheet: Sheet, row: int, block: Mapping[int, int]) -> list[Relation]:
    if not block.keys() >= {1, -1}:
        return []
    words = "số lớn nhất trừ số nhỏ nhất"
    laid = (_laid(sheet, row, c, [((block[1], c), 1), ((block[-1], c), -1)], words) for c in sheet.numeric)
    return [relation for relation in laid if relation is not None]


def _laid(
    sheet: Sheet, row: int, col: int, parts: Sequence[tuple[tuple[int, int], int]], words: str
) -> Relation | None:
    family = f"{sheet.table.table_id}:extreme:{row}"
    return lay(sheet, (row, col), parts, kind="total", source="header", family=family, words=words)

"""Columns named as the opposite of another: `Số thôn chưa có nhà văn hóa` beside `Số thôn có nhà văn hóa`."""

from __future__ import annotations

from collections.abc import Iterator

from checks.families.columns import over_rows
from checks.figures import Book
from checks.relation import Relation
from checks.template import accept
from checks.view import NO_SUM, Sheet

_SHARE, _ROWS = 0.6, 2


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """What is left of a column once the rows that have something are taken from it."""
    countable = [c for c in sheet.numeric if sheet.column(c).role not in NO_SUM]
    leaves = {c: sheet.leaf(c) for c in countable}
    for target in (c for c in countable if "chua " in leaves[c] or "khong " in leaves[c]):
        mate = next((c for c in countable if c < target and _is_opposite(leaves[target], leaves[c])), None)
        if mate is None:
            continue
        for whole in reversed([c for c in countable if c < mate]):
            relations = over_rows(sheet, target, [(whole, 1), (mate, -1)], kind="row_sum", source="header")
            if relations and (found := accept(book, relations, _SHARE, _ROWS)):
                yield from found
                break


def _is_opposite(leaf: str, other: str) -> bool:
    """Whether a name is another with `not` or `not yet` in it."""
    for word in ("chua ", "khong "):
        rest = leaf.replace(word, "", 1)
        if word in leaf and other in (rest, leaf.replace(word, "da ", 1), leaf.replace(word, "co ", 1)):
            return True
    return False

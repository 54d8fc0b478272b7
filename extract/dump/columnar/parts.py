"""A page's part of a table written column after column, with labels and row numbers beside its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.dump.columnar.figures import Arrangement, Rows, alikeness, leading_codes, sums_of, total_row
from extract.dump.columnar.labels import Item, beside_rows, label_text, labels_by_numbers, labels_of
from extract.dump.columnar.order import order_like
from extract.dump.draft import Draft, square
from normalize.ordinals import Ordinal, read_ordinal

_SAME_MAKE = 0.9  # of each column's figures, for two parts of one table
_DOUBT = (
    "Văn bản ghi bảng theo từng cột, mỗi giá trị một dòng (dòng {}–{}): các cột được ghép lại theo số hàng, "
    "thứ tự cột và tên cột cần xem lại."
)
# Of the figures put together so on dumps of made-up reports by two programs, this share stood right.
_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Part:
    """A page's part of a table: rows of number, label and figures, and the header's words by column."""

    numbers: tuple[str, ...]
    labels: tuple[str, ...]
    figures: Arrangement
    heads: tuple[str, ...]
    first: int
    last: int
    page: int
    sure: bool
    related: bool = False
    own: frozenset[int] = frozenset()


def last_number(numbers: Sequence[str]) -> Ordinal | None:
    """The last row number; the one before a section's, whose rows the next page has."""
    read = [ordinal for ordinal in map(ordinal_of, reversed(numbers)) if ordinal is not None]
    counted = next((ordinal for ordinal in read if ordinal.kind == "number"), None)
    return counted if read and counted and read[0].kind == "roman" else next(iter(read), None)


def as_before(part: Part, before: Part) -> Part | None:
    """The part with its columns in the order of the part before it; None where they are not as many."""
    if part.figures.width != before.figures.width:
        return None
    return in_order(part, order_like(part.figures.rows, before.figures.rows))


def in_order(part: Part, order: Sequence[int]) -> Part:
    """A part with its columns of figures in another order."""
    rows = tuple(tuple(row[c] for c in order) for row in part.figures.rows)
    heads = (part.heads[0], *(part.heads[1 + c] for c in order)) if part.heads else ()
    return replace(part, heads=heads, figures=replace(part.figures, rows=rows, sums=sums_of(rows)))


def in_pairs(rows: Rows, shares: Sequence[bool]) -> Rows:
    """Rows of counts and of the `shares` of each, as two rows; one where both are empty."""
    if not shares:
        return rows
    found = []
    for row in rows:
        counts, under = (
            tuple(text for text, share in zip(row, shares, strict=True) if share is kind)
            for kind in (False, True)
        )
        found += [counts, under] if any(row) else [counts]
    return tuple(found)


def part_in_pairs(part: Part, shares: Sequence[bool]) -> Part:
    """The part with its rows of counts and of the `shares` of each as two rows, the first with the name."""
    if not shares:
        return part
    places = [
        text
        for row in range(len(part.labels))
        for text in ((row, -1) if any(part.figures.rows[row]) else (row,))
    ]
    numbers, labels = (
        tuple(own[row] if row >= 0 else "" for row in places) for own in (part.numbers, part.labels)
    )
    rows = in_pairs(part.figures.rows, shares)
    heads = (part.heads[0], *("",) * (len(shares) // 2))
    figures = replace(part.figures, rows=rows, sums=sums_of(rows))
    return replace(part, numbers=numbers, labels=labels, figures=figures, heads=heads)


def go_on(before: Draft, after: Draft) -> bool:
    """Whether a table whose row numbers don't tell goes on with the one of the page before: columns of the
    same make, and no row that begins a count."""
    if before.pages[-1] + 1 != after.pages[0] or any(after.rows[after.header_rows or 0][:1]):
        return False
    bodies = [draft.rows[draft.header_rows or 0 :] for draft in (before, after)]
    figures = [tuple(row[2:] for row in rows) for rows in bodies]
    return before.n_cols == after.n_cols and alikeness((*figures[0], *figures[1])) >= _SAME_MAKE


def ordinal_of(text: str) -> Ordinal | None:
    return read_ordinal(text) if text else None


def labelled(
    items: Sequence[Item], numbered: Sequence[int], start: int, ends: Sequence[int], figures: Arrangement
) -> Part:
    """The rows of figures with the row numbers and labels of the lines from `start` to the first of `ends` at
    which the labels are as many; without labels where they are as many at none."""
    height, end = len(figures.rows), ends[0]
    alone = {i for i in numbered if len(items[i].tokens) == 1}
    labels, words = None, list[Item]()
    for end in dict.fromkeys(ends):
        inside = list(enumerate(items[:end]))[start:]
        words = [item for i, item in inside if i not in alone and not item.is_figures]
        labels = labels_of(words, height) if words else None
        if labels is None and len(numbered) == height:
            labels = labels_by_numbers(items, numbered, words)
        if labels and len(labels.texts) == height:
            break
        labels = None
    texts = labels.texts if labels else ("",) * height
    heading = labels.heading if labels else tuple(label_text(item) for item in words)
    numbers, texts = beside_rows([items[i].tokens[0].text for i in numbered], texts, total_row(figures.rows))
    return Part(
        numbers,
        texts,
        figures,
        (" ".join(heading), *("",) * figures.width),
        items[start].line.number,
        items[end - 1].line.number,
        items[start].line.page,
        False,
    )


def draft_of(part: Part) -> Draft:
    head = [("", *part.heads)] if any(part.heads) else []
    codes = leading_codes(part.figures.rows)
    body = [
        (number, *figures[:codes], label, *figures[codes:])
        for number, label, figures in zip(part.numbers, part.labels, part.figures.rows, strict=True)
    ]
    head = [(first, *heads[1 : 1 + codes], heads[0], *heads[1 + codes :]) for first, *heads in head]
    rows = square([*head, *body])
    return Draft(
        rows=rows,
        first_line=part.first,
        last_line=part.last,
        pages=(part.page,) * len(rows),
        header_rows=len(head) or None,
        doubts=() if part.figures.sure and part.sure else (_DOUBT.format(part.first, part.last),),
        confidence=_CONFIDENCE,
        own=part.own,
    )


def joined(before: Draft, after: Draft, alike: bool) -> Draft:
    """Two parts as one table; doubted where the sums of their columns differ: a part's columns are then in
    another order."""
    head = after.header_rows or 0
    doubts = dict.fromkeys((*before.doubts, *after.doubts))
    if not alike:
        doubts[_DOUBT.format(before.first_line, after.last_line)] = None
    return replace(
        before,
        rows=(*before.rows, *after.rows[head:]),
        last_line=after.last_line,
        pages=(*before.pages, *after.pages[head:]),
        doubts=tuple(doubts),
    )

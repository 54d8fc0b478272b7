"""Dumps that write a table column after column: row numbers, then labels, then figures, a value a line.

PDF readers that follow the order of drawing, and copied pages, do so. The row numbers tell how many rows
there are; the labels and the figures must fit that number, or nothing is put together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.dump.columnar_figures import Arrangement, alikeness, arrange
from extract.dump.columnar_matrix import Block, best_matrix
from extract.dump.draft import Draft, square
from extract.dump.lines import SourceLine
from extract.dump.ordinals import Ordinal, read_ordinal, succession_cost
from extract.dump.relations import Relation
from extract.dump.tokens import Token, join_words, tokenize
from extract.tables.rows import is_total

_LEAST_ROWS = 3
_SAME_MAKE = 0.9  # of each column's figures, for two parts of one table
_LEAST_FIGURES = 8  # of a table that no row numbers tell
_MARK = re.compile(r"^\(\d{1,2}\)$")  # a column's number
_MOST_HEAD_LINES = 3  # of the label column, over its labels
_RUNS_ON = 0.3
_DOUBT = (
    "Văn bản ghi bảng theo từng cột, mỗi giá trị một dòng (dòng {}–{}): các cột được ghép lại theo số hàng, "
    "thứ tự cột và tên cột cần xem lại."
)


@dataclass(frozen=True, slots=True)
class Item:
    """A line that is not blank: its tokens, and which block of lines without a blank one it stands in."""

    line: SourceLine
    tokens: tuple[Token, ...]
    block: int

    @property
    def is_figures(self) -> bool:
        return all(t.kind in ("figure", "dash") for t in self.tokens)

    @property
    def ordinal(self) -> Ordinal | None:
        """The row number that the line is, or opens with."""
        return read_ordinal(self.tokens[0].text) if self.tokens else None


@dataclass(frozen=True, slots=True)
class _Part:
    """A page's part of a table: rows of number, label and figures, and the header's words by column."""

    numbers: tuple[str, ...]
    labels: tuple[str, ...]
    figures: Arrangement
    heads: tuple[str, ...]
    first: int
    last: int
    page: int
    sure: bool


def columnar_drafts(lines: Sequence[SourceLine]) -> list[Draft]:
    """The tables written column after column, parts on following pages joined where row numbers run on."""
    pages: dict[int, list[SourceLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    drafts: list[Draft] = []
    last: Ordinal | None = None
    before: tuple[Relation, ...] = ()
    for page in pages.values():
        items = _items(page)
        part = _read_page(items, last) or _read_matrix(items, last)
        if part is None:
            last = None
            continue
        draft = _draft(part)
        runs_on = last is not None and succession_cost(last, _ordinal(part.numbers[0])) <= _RUNS_ON
        if drafts and (runs_on or _go_on(drafts[-1], draft)) and drafts[-1].n_cols == draft.n_cols:
            drafts[-1] = _joined(drafts[-1], draft, part.figures.sums == before)
        else:
            drafts.append(draft)
            before = part.figures.sums
        last = _ordinal(next((n for n in reversed(part.numbers) if n), ""))
    return drafts


def _go_on(before: Draft, after: Draft) -> bool:
    """Whether a table whose row numbers don't tell goes on with the one of the page before: columns of the
    same make, and no row that begins a count."""
    if before.pages[-1] + 1 != after.pages[0] or any(after.rows[after.header_rows or 0][:1]):
        return False
    bodies = [draft.rows[draft.header_rows or 0 :] for draft in (before, after)]
    figures = [tuple(row[2:] for row in rows) for rows in bodies]
    return before.n_cols == after.n_cols and alikeness((*figures[0], *figures[1])) >= _SAME_MAKE


def _ordinal(text: str) -> Ordinal | None:
    return read_ordinal(text) if text else None


def _items(lines: Sequence[SourceLine]) -> list[Item]:
    items: list[Item] = []
    block = 0
    for line in lines:
        if line.blank:
            block += 1
        else:
            tokens = tuple(t for t in tokenize(line.text) if t.kind != "rule")
            items += [Item(line, tokens, block)] if tokens else []
    return items


def _read_page(items: Sequence[Item], last: Ordinal | None) -> _Part | None:
    """The page's table, or None where it is not written by columns or its parts do not fit each other."""
    numbered = _longest_count(items, last)
    if len(numbered) < _LEAST_ROWS:
        return None
    start, end = numbered[0], numbered[-1]
    above = _texts_above(items, start)
    within = [items[i] for i in range(start, end + 1) if i not in numbered or len(items[i].tokens) > 1]
    rest = list(items[end + 1 :])
    first_figure = next((i for i, item in enumerate(rest) if item.is_figures), len(rest))
    labels = _labels([*within, *rest[:first_figure]], len(numbered))
    if labels is None and 0 < len(within) < len(numbered):  # the first may stand before the row numbers
        missing = len(numbered) - len(within)
        labels = _labels([*above[-missing:], *within], len(numbered))
        start -= missing
    if labels is None:
        return None
    values = rest[first_figure:]
    while values and not values[-1].is_figures:
        values.pop()
    numbers = _numbers([items[i].tokens[0].text for i in numbered], labels.texts)
    totals = [row for row, number in enumerate(numbers) if not number]
    found = arrange(_blocks(values), len(labels.texts), items[0].line.page, totals)
    if found is None:
        return None
    heads = _heads(labels.heading, values, found)
    lines = [items[start].line, values[-1].line]
    return _Part(
        numbers, labels.texts, found, heads, lines[0].number, lines[1].number, lines[0].page, labels.sure
    )


def _read_matrix(items: Sequence[Item], last: Ordinal | None) -> _Part | None:
    """The page's table by its blocks of figures alone, where row numbers and labels don't fit them or fail.
    Labels that are as many as the rows stand beside them; else all words of its lines are over the labels."""
    numbered = _longest_count(items, last)
    alone = {i for i in numbered if len(items[i].tokens) == 1}
    blocks = _figure_blocks(items, alone)
    if sum(len(block.figures) for block in blocks) < _LEAST_FIGURES:
        return None
    found = best_matrix(blocks, (len(numbered), len(numbered) + 1))
    if found is None:
        return None
    height = len(found.figures.rows)
    groups, counted = _word_groups(items[found.first : found.last + 1]), height - len(numbered) in (0, 1)
    if groups > min(found.figures.width, height - 2) or (groups >= found.figures.width - 1 and not counted):
        return None  # written row after row, words before each
    start = min([found.first, *numbered])
    inside = list(enumerate(items[: found.last + 1]))[start:]
    words = [item for i, item in inside if i not in alone and not item.is_figures]
    numbers = [items[i].tokens[0].text for i in numbered]
    labels = _labels(words, height) if words else None
    if labels is None and len(numbers) == height:
        labels = _by_numbers(items, numbered, words)
    if labels and len(labels.texts) != height:
        labels = None
    texts = labels.texts if labels else ("",) * height
    heading = labels.heading if labels else tuple(_label_text(item) for item in words)
    return _Part(
        _beside(numbers, texts),
        texts,
        replace(found.figures, sure=False),
        (" ".join(heading), *("",) * found.figures.width),
        items[start].line.number,
        items[found.last].line.number,
        items[start].line.page,
        False,
    )


def _word_groups(items: Sequence[Item]) -> int:
    """How many times words stand between figures."""
    return sum(a.is_figures and not b.is_figures for a, b in pairwise(items))


def _beside(numbers: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """The row numbers beside their rows: all but a total row first or last have one, or none has."""
    if len(numbers) == len(labels) - 1:
        return ("", *numbers) if is_total([labels[0]]) else (*numbers, "")
    return tuple(numbers) if len(numbers) == len(labels) else ("",) * len(labels)


def _by_numbers(items: Sequence[Item], numbered: Sequence[int], words: Sequence[Item]) -> _Labels | None:
    """The labels beside row numbers that have one; the other texts, as many as the row numbers without, in
    order beside those. None where they are not as many."""
    beside = {items[i].line.number for i in numbered if len(items[i].tokens) > 1}
    loose = [item for item in words if item.line.number not in beside]
    bare = [i for i in numbered if len(items[i].tokens) == 1]
    if len(loose) != len(bare):
        return None
    rest = iter(loose)
    texts = [_label_text(items[i] if len(items[i].tokens) > 1 else next(rest)) for i in numbered]
    return _Labels(tuple(texts), (), False)


def _figure_blocks(items: Sequence[Item], numbers: set[int]) -> list[Block]:
    """The page's figures in blocks: a blank line, words, a row number or a line of several ends one."""
    blocks: list[Block] = []
    before = -2
    for i, item in enumerate(items):
        if i in numbers or not item.is_figures or all(_MARK.match(t.text) for t in item.tokens):
            continue
        texts = tuple(t.text for t in item.tokens)
        goes_on = before == i - 1 and items[before].block == item.block and len(texts) == 1
        if blocks and goes_on and not blocks[-1].lined:
            blocks[-1] = Block((*blocks[-1].figures, *texts), blocks[-1].first, i, False)
        else:
            blocks.append(Block(texts, i, i, len(texts) > 1))
        before = i
    return blocks


def _longest_count(items: Sequence[Item], last: Ordinal | None) -> list[int]:
    """The items of the longest run of row numbers that count on, with nothing but labels between them."""
    best: list[int] = []
    for start, item in enumerate(items):
        first = item.ordinal
        if first is None or (best and start <= best[-1]):
            continue
        if not (first.value[-1] == 1 or (last is not None and succession_cost(last, first) <= _RUNS_ON)):
            continue
        run, before = [start], first
        for i in range(start + 1, len(items)):
            here = items[i].ordinal
            if (
                here is not None
                and succession_cost(before, here) <= _RUNS_ON
                and _is_alone_or_label(items[i])
            ):
                run.append(i)
                before = here
            elif items[i].is_figures:
                break
        best = run if len(run) > len(best) else best
    return best


def _texts_above(items: Sequence[Item], start: int) -> Sequence[Item]:
    """The lines of words right above an item."""
    first = start
    while first and not items[first - 1].is_figures:
        first -= 1
    return items[first:start]


def _is_alone_or_label(item: Item) -> bool:
    """Whether a line is a row number, or one with its label."""
    return len(item.tokens) == 1 or all(t.kind != "figure" for t in item.tokens[1:])


@dataclass(frozen=True, slots=True)
class _Labels:
    """A label a row, the words that are none, and whether no other choice of labels fits the rows."""

    texts: tuple[str, ...]
    heading: tuple[str, ...]
    sure: bool


def _labels(items: Sequence[Item], count: int) -> _Labels | None:
    """One label for each of `count` row numbers and for each total row without one; None where the texts do
    not fit that number. A label is a line, a block of lines, or a line with those that go on in small
    letters; the first words may be the column's heading, the last blocks those of the next columns."""
    lines = [_label_text(item) for item in items]
    blocks: dict[int, list[str]] = {}
    for item, text in zip(items, lines, strict=True):
        blocks.setdefault(item.block, []).append(text)
    merged: list[str] = []
    for text in lines:
        if merged and text[:1].islower():
            merged[-1] += " " + text
        else:
            merged.append(text)
    whole = [" ".join(block) for block in blocks.values()]
    for texts, ends in ((whole, range(1, len(whole))), (lines, _ends(items)), (merged, ())):
        cuts = [(head, tail) for head in range(_MOST_HEAD_LINES + 1) for tail in (0, *ends)]
        fits = [cut for cut in cuts if _fit(texts[cut[0] : len(texts) - cut[1]], count)]
        if fits:
            head, tail = fits[0]
            end = len(texts) - tail
            return _Labels(tuple(texts[head:end]), (*texts[:head], *texts[end:]), len(fits) == 1)
    return None


def _fit(labels: Sequence[str], count: int) -> bool:
    """Whether labels are one for each row number, and more only for total rows."""
    totals = sum(is_total([text]) for text in labels)
    return bool(labels) and count <= len(labels) <= count + totals


def _ends(items: Sequence[Item]) -> list[int]:
    """How many lines the last block has, the last two, and so on: all but the first."""
    blocks = [item.block for item in items]
    return [i for i in range(1, len(blocks)) if blocks[-i] != blocks[-i - 1]]


def _label_text(item: Item) -> str:
    """A line's text without the row number it opens with."""
    opens = item.ordinal is not None and len(item.tokens) > 1
    return join_words(list(item.tokens[1:] if opens else item.tokens))


def _numbers(found: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """The row numbers beside their labels: total rows over the count have none."""
    spare = len(labels) - len(found)
    rest = list(found)
    numbers = []
    for label in labels:
        if spare and is_total([label]):
            spare -= 1
            numbers.append("")
        else:
            numbers.append(rest.pop(0))
    return tuple(numbers)


def _blocks(items: Sequence[Item]) -> list[list[str]]:
    """The figures in runs: a blank line or a line of words ends one."""
    blocks: list[list[str]] = []
    before: Item | None = None
    for item in items:
        if item.is_figures:
            if before is None or not before.is_figures or before.block != item.block:
                blocks.append([])
            blocks[-1] += [t.text for t in item.tokens]
        before = item
    return blocks


def _heads(heading: Sequence[str], values: Sequence[Item], found: Arrangement) -> tuple[str, ...]:
    """What stands over label and figure columns: the words before each column's figures where they are as
    many as the columns, else all of them over all."""
    groups: list[list[str]] = []
    before_figures = True
    for item in values:
        if not item.is_figures:
            if before_figures:
                groups.append([])
            groups[-1].append(join_words(list(item.tokens)))
        before_figures = item.is_figures
    texts = [" ".join(group) for group in groups]
    label = " ".join(heading)
    if len(texts) == found.width:
        return (label, *texts)
    return (label, *((" ".join(texts),) * found.width))


def _draft(part: _Part) -> Draft:
    head = [("", *part.heads)] if any(part.heads) else []
    body = [
        (number, label, *figures)
        for number, label, figures in zip(part.numbers, part.labels, part.figures.rows, strict=True)
    ]
    rows = square([*head, *body])
    return Draft(
        rows=rows,
        first_line=part.first,
        last_line=part.last,
        pages=(part.page,) * len(rows),
        header_rows=len(head) or None,
        doubts=() if part.figures.sure and part.sure else (_DOUBT.format(part.first, part.last),),
        confidence=_CONFIDENCE,
    )


# Of the figures put together so on dumps of made-up reports by two programs, this share stood right.
_CONFIDENCE = 0.9


def _joined(before: Draft, after: Draft, alike: bool) -> Draft:
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

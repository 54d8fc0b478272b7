"""Dumps that write a table column after column: row numbers, then labels, then figures, a value a line.

PDF readers that follow the order of drawing, and copied pages, do so. The row numbers tell how many rows
there are; the labels and the figures must fit that number, or nothing is put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise
from math import fsum

from extract.dump.code_length import code_length
from extract.dump.columnar.dealt_figures import row_numbers, stand_beside_rows
from extract.dump.columnar.dealt_table import deal_table
from extract.dump.columnar.even_table import even_parts
from extract.dump.columnar.figures import Arrangement, arrange, total_row
from extract.dump.columnar.labels import (
    Item,
    beside_rows,
    labels_of,
    numbers_beside,
)
from extract.dump.columnar.matrix import Matrix, best_matrix
from extract.dump.columnar.order import likeliest_order
from extract.dump.columnar.parts import (
    Part,
    as_before,
    draft_of,
    go_on,
    in_order,
    joined,
    labelled,
    last_number,
    ordinal_of,
    part_in_pairs,
)
from extract.dump.columnar.rectangle_sums import proof_of
from extract.dump.columnar.rows import (
    RUNS_ON,
    figure_blocks,
    has_rows,
    is_laid_out,
    leaves_of,
    longest_count,
)
from extract.dump.columnar.slab_labels import band_labels
from extract.dump.columnar.slab_table import slab_table
from extract.dump.draft import Draft
from extract.dump.lines import SourceLine
from extract.dump.stream.mends import with_codes_and_dates_whole
from extract.dump.titles import begins_table
from extract.dump.tokens import join_words, tokenize
from normalize.ordinals import Ordinal, succession_cost

_LEAST_ROWS, _MOST_LINES = 3, 1500  # lines of a page whose figures are dealt
_MANY_FIGURES = 130  # in rows whose sums hold: so many by chance are few
_NEARLY_FULL = 0.95  # of a row's cells
# Nats: of thirteen pages of made-up reports the right one of two readings was shorter by 10 to 120.
_CLEARLY_SHORTER = 8.0
# Nats a figure by which even columns must be the better account, and of a figure that stands in no table.
_CLEARLY, _LEFT = 0.1, 4.0
_LEAST = 0.25  # of a page's figures
_EVEN = 4.0  # nats of a column that is a block as the others are
_ROW, _PART_OF_ROW = 3, 2  # figures on a line
_WHOLE_ROW = 4  # figures on a line that are a row's
_LEAST_FIGURES = 8  # of a table that no row numbers tell


def columnar_drafts(lines: Sequence[SourceLine]) -> list[Draft]:
    """The tables written column after column, parts on following pages joined where row numbers run on."""
    pages: dict[int, list[SourceLine]] = {}
    for own, line in zip(lines, with_codes_and_dates_whole(lines), strict=True):
        if own.blank or not line.blank:
            pages.setdefault(line.page, []).append(line)
    drafts: list[Draft] = []
    last: Ordinal | None = None
    before: Part | None = None
    for page in pages.values():
        parts, even = _with_even(page, last, before.figures.width if before and last else 0)
        drafts += map(draft_of, even)
        if even:
            before = None
        if not parts:
            last = None
        for part in parts:
            like = as_before(part, before) if before else None
            runs_on = last is not None and succession_cost(last, ordinal_of(part.numbers[0])) <= RUNS_ON
            if before and like and (runs_on or go_on(drafts[-1], draft_of(like))):
                drafts[-1] = joined(drafts[-1], draft_of(like), like.figures.sums == before.figures.sums)
            else:
                drafts.append(draft_of(part))
                before = part
            last = last_number(part.numbers)
    return drafts


def _with_even(page: Sequence[SourceLine], last: Ordinal | None, width: int) -> tuple[list[Part], list[Part]]:
    """The page's tables or their parts, and those whose columns are even, where these and what is read of
    the other lines explain the page's figures clearly better than all lines read at once."""
    items = _items(page)
    even = [] if is_laid_out(items) else even_parts(items)
    count = sum(t.kind == "figure" for item in items if item.is_figures for t in item.tokens)
    if _held(even) < max(1, _LEAST * count):
        return _parts(page, last, width), []
    taken = frozenset[int]().union(*(part.own for part in even))
    others = [line for line in page if line.number not in taken]
    rest, whole = _parts(others, last, width, deals=False), _parts(page, last, width)
    evenness = _EVEN * sum(part.figures.width - _columns_kept(part, whole) for part in even)
    if _length([*even, *rest], count) + _CLEARLY * count < _length(whole, count) + evenness:
        return _parts(others, last, width), even
    return whole, []


def _columns_kept(part: Part, others: Sequence[Part]) -> int:
    """How many columns of a part stand in one of the others' as they are; such with a heading over them at
    its top."""
    known = [
        "\n".join(["", *column, ""]) for other in others for column in zip(*other.figures.rows, strict=True)
    ]
    kept = 0
    for head, column in zip(part.heads[1:], zip(*part.figures.rows, strict=True), strict=True):
        own = "\n".join(["", *column, ""])
        kept += any(other.startswith(own) if head else own in other for other in known)
    return kept


def _length(parts: Sequence[Part], count: int) -> float:
    """The nats of `count` figures, knowing the tables that were made of them."""
    written = fsum(code_length(part.figures.rows, ()) - proof_of(part.figures.rows) for part in parts)
    return written + _LEFT * max(0, count - _held(parts))


def _held(parts: Sequence[Part]) -> int:
    """How many figures the tables hold, dashes and crosses aside."""
    texts = chain.from_iterable(row for part in parts for row in part.figures.rows)
    return sum(any(map(str.isdigit, text)) for text in texts)


def _parts(
    page: Sequence[SourceLine], last: Ordinal | None, width: int = 0, *, deals: bool = True
) -> list[Part]:
    """The page's tables or their parts: those between its captions, else the one of all its lines; the first
    may go on with one of so many columns of figures (`width`). Unless it `deals`, no figures are dealt."""
    cuts = [0, *(i for i in range(1, len(page)) if begins_table(page, i)), len(page)]
    parts: list[Part] = []
    for start, end in pairwise(cuts):
        items = _items(page[start:end])
        if is_laid_out(items):
            last = None
            continue
        part = _read_likeliest(items, last, width, deals)
        if part:
            parts.append(in_order(part, likeliest_order(part.figures.rows)))
        last, width = None, 0
    return parts


def _read_likeliest(items: Sequence[Item], last: Ordinal | None, width: int, deals: bool) -> Part | None:
    """The table of a page or of a part of it: by its row numbers and labels, by the blocks of its figures
    where these tell it firmly, by blocks of one make or by dealing where they don't."""
    part = _read_page(items, last)
    slabs, firm = _read_slabs(items, last)
    if slabs and firm and not (part and part.figures.sums and not _is_shorter(slabs, part)):
        return slabs
    if part is None or not part.figures.sums:
        by_blocks = _read_matrix(items, last)
        part = by_blocks if by_blocks and (part is None or by_blocks.figures.sums) else part
        dealt = None if not deals or (part and _is_good(part)) else _read_dealt(items, last)
        part = dealt if dealt and (part is None or _is_better(dealt, part, width)) else part
    return part


def _is_shorter(one: Part, other: Part) -> bool:
    """Whether a part explains the figures clearly better than another, those left out of either counted."""
    parts = (one, other)
    held = [sum(map(bool, chain.from_iterable(part.figures.rows))) for part in parts]
    lengths = [
        code_length(part.figures.rows, (), max(held) - own) - proof_of(part.figures.rows)
        for part, own in zip(parts, held, strict=True)
    ]
    return lengths[0] + _CLEARLY_SHORTER < lengths[1]


def _read_slabs(items: Sequence[Item], last: Ordinal | None) -> tuple[Part | None, bool]:
    """The table of the blocks that its figures were written in, and whether these tell it firmly."""
    found = None if _are_rows(items) else slab_table(items, last)
    if found is None:
        return None, False
    own = [*found.items, *found.numbered]
    start = min(own)
    labels = band_labels(items, found)
    if labels:
        texts = labels.texts
        numbers = [items[i].tokens[0].text for i in found.numbered]
        numbers_, texts = beside_rows(numbers, texts, total_row(found.figures.rows))
        first = min(start, labels.first)
        heads = (" ".join(labels.heading), *("",) * found.figures.width)
        lines = [items[first].line, items[max(own)].line]
        part = Part(
            numbers_, texts, found.figures, heads, lines[0].number, lines[1].number, lines[0].page, False
        )
        return part_in_pairs(part, found.shares), found.firm
    end = max(own) + 1
    ends = (end, _end_of_words(items, end - 1))
    part = labelled(items, found.numbered, start, ends, found.figures)
    return part_in_pairs(part, found.shares), found.firm


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


def _read_page(items: Sequence[Item], last: Ordinal | None) -> Part | None:
    """The page's table, or None where it is not written by columns or its parts do not fit each other."""
    numbered = longest_count(items, last)
    if len(numbered) < _LEAST_ROWS:
        return None
    start, end = numbered[0], numbered[-1]
    above = _texts_above(items, start)
    within = [items[i] for i in range(start, end + 1) if i not in numbered or len(items[i].tokens) > 1]
    rest = list(items[end + 1 :])
    first_figure = next((i for i, item in enumerate(rest) if item.is_figures), len(rest))
    labels = labels_of([*within, *rest[:first_figure]], len(numbered))
    if labels is None and 0 < len(within) < len(numbered):  # the first may stand before the row numbers
        missing = len(numbered) - len(within)
        labels = labels_of([*above[-missing:], *within], len(numbered))
        start -= missing
    if labels is None:
        return None
    values = rest[first_figure:]
    while values and not values[-1].is_figures:
        values.pop()
    numbers = numbers_beside([items[i].tokens[0].text for i in numbered], labels.texts)
    totals = [row for row, number in enumerate(numbers) if not number]
    found = arrange(_blocks(values), len(labels.texts), items[0].line.page, totals)
    if found is None:
        return None
    heads = _heads(labels.heading, values, found)
    lines = [items[start].line, values[-1].line]
    texts = labels.texts
    if len(totals) == 1:
        own = [items[i].tokens[0].text for i in numbered]
        numbers, texts = beside_rows(own, texts, total_row(found.rows))
    return Part(numbers, texts, found, heads, lines[0].number, lines[1].number, lines[0].page, labels.sure)


def _read_matrix(items: Sequence[Item], last: Ordinal | None) -> Part | None:
    """The page's table by its blocks of figures alone, where row numbers and labels don't fit them or fail.
    Labels that are as many as the rows stand beside them; else all words of its lines are over the labels."""
    numbered = longest_count(items, last)
    alone = {i for i in numbered if len(items[i].tokens) == 1}
    blocks = figure_blocks(items, alone)
    if sum(len(block.figures) for block in blocks) < _LEAST_FIGURES:
        return None
    leaves = leaves_of([items[i].ordinal for i in numbered])
    counts = (len(leaves), len(numbered), len(numbered) + 1, 2 * len(leaves))
    found = best_matrix(blocks, counts, items[0].line.page)
    if found is None:
        return None
    found = _with_sections(found, leaves, len(numbered))
    height = len(found.figures.rows)
    groups, counted = _word_groups(items[found.first : found.last + 1]), height - len(numbered) in (0, 1)
    if groups > min(found.figures.width, height - 2) or (groups >= found.figures.width - 1 and not counted):
        return None  # written row after row, words before each
    start, ends = min([found.first, *numbered]), (found.last + 1, _end_of_words(items, found.last))
    return labelled(items, numbered, start, ends, replace(found.figures, sure=False))


def _is_good(part: Part) -> bool:
    """Whether dealing, which takes some seconds of many figures, is not worth trying for a part."""
    size = len(part.figures.rows) * part.figures.width
    return part.figures.sure or (bool(part.figures.sums) and size > _MANY_FIGURES)


def _is_better(dealt: Part, other: Part, width: int) -> bool:
    """Whether a part dealt explains the page's figures clearly better than another: they can be written down
    shorter, those left out of either counted. One that is not full and has no sums of its own, or stands
    against another as wide as the part before them (`width`) with as many rows as row numbers, is not."""
    if dealt.related:
        return True
    parts = (dealt, other)
    held = [sum(map(bool, chain.from_iterable(part.figures.rows))) for part in parts]
    counted = len(other.figures.rows) - sum(map(bool, dealt.numbers)) in (0, 1)
    full = held[0] >= _NEARLY_FULL * sum(map(any, dealt.figures.rows)) * dealt.figures.width
    told = bool(dealt.figures.sums) and not other.figures.sums
    if not (full or told) or (other.figures.width == width and counted):
        return False
    lengths = [
        code_length(part.figures.rows, part.figures.sums, max(held) - own)
        for part, own in zip(parts, held, strict=True)
    ]
    return lengths[0] + _CLEARLY_SHORTER < lengths[1]


def _read_dealt(items: Sequence[Item], last: Ordinal | None) -> Part | None:
    """The page's table by dealing its figures to columns; None where it is written row after row."""
    if len(items) > _MOST_LINES:
        return None
    numbered = row_numbers(items, last)
    beside = stand_beside_rows(items, numbered)
    if has_rows(items, _PART_OF_ROW if beside else _ROW):
        return None
    found = deal_table(items, numbered)
    if found is None or (not found.related and beside):
        return None
    rows, width = len(found.figures.rows), found.figures.width
    if not found.related and len(numbered) < _LEAST_ROWS and _word_groups(items) > min(width, rows - 2):
        return None  # written row after row, words before each
    start, end = min([found.first, *numbered]), max([found.last, *numbered]) + 1
    return replace(labelled(items, numbered, start, (end,), found.figures), related=found.related)


def _end_of_words(items: Sequence[Item], last: int) -> int:
    """Where the lines of words end that follow the last figures: labels may be written after them."""
    return next((i for i in range(last + 1, len(items)) if items[i].is_figures), len(items))


def _with_sections(found: Matrix, leaves: Sequence[int], count: int) -> Matrix:
    """The rows of figures with empty ones for headings of sections, where they are as many as the rows that
    are none."""
    rows = found.figures.rows
    if len(rows) != len(leaves) or len(leaves) == count:
        return found
    place = {row: i for i, row in enumerate(leaves)}
    blank = ("",) * found.figures.width
    whole = tuple(rows[place[i]] if i in place else blank for i in range(count))
    return replace(found, figures=replace(found.figures, rows=whole))


def _are_rows(items: Sequence[Item]) -> bool:
    """Whether most figures stand beside others of their row: so many on a line that no block has them so."""
    counts = [sum(t.kind in ("figure", "dash") for t in item.tokens) for item in items]
    return 2 * sum(n for n in counts if n >= _WHOLE_ROW) > sum(counts)


def _word_groups(items: Sequence[Item]) -> int:
    """How many times words stand between figures."""
    return sum(a.is_figures and not b.is_figures for a, b in pairwise(items))


def _texts_above(items: Sequence[Item], start: int) -> Sequence[Item]:
    """The lines of words right above an item."""
    first = start
    while first and not items[first - 1].is_figures:
        first -= 1
    return items[first:start]


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

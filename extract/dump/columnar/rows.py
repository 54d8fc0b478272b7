"""What the lines of a page written column after column tell: its row numbers that count on, and its blocks of
figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.dump.columnar.labels import Item
from extract.dump.columnar.matrix import Block
from extract.dump.layout.mends import TORN_HEAD, TORN_REST
from normalize.ordinals import Ordinal, succession_cost

RUNS_ON = 0.3  # nats
_LONG_RUN = 6  # row numbers that count on so far need not begin with the first
_LONGEST_LABEL = 60  # lines from one row number to the next
_TORN_APART = 8  # figures from the head of a torn one to its rest
# Blanks between two columns of a dump that keeps their places; of its figures so many stand after them.
_WIDE_GAP, _LAID_OUT = 3, 0.3
_MARK = re.compile(r"^\(\d{1,2}\)$")  # a column's number


def is_laid_out(items: Sequence[Item]) -> bool:
    """Whether figures stand beside each other with blanks between them: a row's, in the places of columns."""
    figures = [t for item in items for t in item.tokens if t.kind == "figure"]
    apart = sum(
        t.kind == "figure" and t.gap >= _WIDE_GAP for item in items for t in item.tokens if not t.opens
    )
    return apart > _LAID_OUT * len(figures)


def has_rows(items: Sequence[Item], several: int) -> bool:
    """Whether most figures stand on lines of so many or more: rows, or parts of them."""
    counts = [sum(t.kind == "figure" for t in item.tokens) for item in items]
    return 2 * sum(count for count in counts if count >= several) > sum(counts)


def figure_blocks(items: Sequence[Item], numbers: set[int]) -> list[Block]:
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
    return _with_whole_figures(blocks)


def _with_whole_figures(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with figures torn at their mark (`49.050,` and some lines on `2`) whole."""
    places = [(b, k) for b, block in enumerate(blocks) for k in range(len(block.figures))]
    texts = [list(block.figures) for block in blocks]
    for at, (b, k) in enumerate(places):
        if not TORN_HEAD.match(texts[b][k]):
            continue
        for c, m in places[at + 1 : at + 1 + _TORN_APART]:
            if TORN_REST.match(texts[c][m]) and texts[c][m].isdigit():
                texts[b][k], texts[c][m] = texts[b][k] + texts[c][m], ""
                break
    whole = [
        replace(block, figures=tuple(filter(None, own))) for block, own in zip(blocks, texts, strict=True)
    ]
    return [block for block in whole if block.figures]


def longest_count(items: Sequence[Item], last: Ordinal | None) -> list[int]:
    """The items of the longest run of row numbers that count on, with nothing but labels between them."""
    best: list[int] = []
    for start, item in enumerate(items):
        first = item.ordinal
        if first is None or (best and start <= best[-1]):
            continue
        begins = first.value[-1] == 1 or (last is not None and succession_cost(last, first) <= RUNS_ON)
        run, before = [start], first
        for i in range(start + 1, len(items)):
            here = items[i].ordinal
            if here is not None and succession_cost(before, here) <= RUNS_ON and _is_alone_or_label(items[i]):
                run.append(i)
                before = here
            elif items[i].is_figures or i - run[-1] > _LONGEST_LABEL:
                break
        best = run if len(run) > len(best) and (begins or len(run) >= _LONG_RUN) else best
    return best


def _is_alone_or_label(item: Item) -> bool:
    """Whether a line is a row number, or one with its label, which may hold figures but not end with one."""
    return len(item.tokens) == 1 or all(item.tokens[k].kind != "figure" for k in (1, -1))


def leaves_of(numbers: Sequence[Ordinal | None]) -> list[int]:
    """Which rows are no headings of sections: the next row's number does not go a level deeper than theirs. A
    last row numbered as the sections are is one, whose rows the next page has."""
    depths = [len(number.value) + (number.kind != "roman") if number else 0 for number in numbers]
    heads = {i for i, (here, below) in enumerate(pairwise(depths)) if below > here}
    if heads and depths[-1] <= max(depths[i] for i in heads):
        heads.add(len(depths) - 1)
    return [i for i in range(len(depths)) if i not in heads]

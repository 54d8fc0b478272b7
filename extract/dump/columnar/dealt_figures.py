"""Which figures of a page's lines may be a table's, torn ones whole, and which lines number its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.labels import Item
from extract.dump.columnar.rows import RUNS_ON
from extract.dump.layout.mends import SHORT_GROUP, TORN_HEAD, TORN_REST, WHOLE_GROUP
from extract.dump.tokens import Token, numbers_kind
from normalize.captions import page_number
from normalize.numbering import is_numbering
from normalize.ordinals import Counts, Ordinal

# Of what a row number that counts on is worth: lines between it and the one before, where numbers stand
# together and where they stand beside their rows; figures among those lines; a count that begins midway.
_GAP_TOGETHER, _GAP_BESIDE, _FIGURES_BETWEEN, _NOT_THE_FIRST = 1.2, 0.2, 0.3, 2.5
_MOSTLY_TOGETHER, _ROW_BY_ROW = 0.5, 0.3
_FURTHEST = 160  # lines from one row number to the next
_MARK = re.compile(r"^\(\d{1,2}\)$|^\(?\d{1,2}\)?=|^[+/:-]?\(\d{1,2}\)|^\d\+\d$|^/\)?\+?$")
# Nats of passing over a figure: one alone on its line, one with a mark beside words, one without, one under
# words, a year, a small one among words, a page's number.
_ALONE, _MARKED, _AFTER_WORDS, _UNDER_WORDS, _SHORT_UNDER_WORDS = 3.0, 2.5, 1.0, 1.5, 1.0
_OVER_TABLE, IN_NAME, _AT_EDGE, _BY_ITSELF = 0.4, 0.2, 0.1, 0.3
_LEAST_OUT_OF_ORDER = 5  # row numbers
_DEEPEST = 2  # levels of a row number (`3.12`)
_SHORT, _MOST_WORDS = 2, 6  # digits; words of a line of a table's narrow columns
_GROUP, _LEAST_COUNTED = 3, 3  # digits; numbers of columns
_YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class _Chain:
    """Row numbers that count on, how much they are worth, and what may follow them."""

    worth: float
    items: tuple[int, ...]
    counts: Counts


def row_numbers(items: Sequence[Item], last: Ordinal | None) -> list[int]:
    """The items that number the rows: those that count on furthest, from the first or from the `last` of the
    page before; those that stand together, where they are not far fewer."""
    together, beside = (_longest_chain(items, last, gap) for gap in (_GAP_TOGETHER, _GAP_BESIDE))
    found = together if len(together) > _MOSTLY_TOGETHER * len(beside) else beside
    whole = _counted_out_of_order(items)
    if len(whole) >= max(_LEAST_OUT_OF_ORDER, len(found) + 1):
        return whole
    return _without_figure(items, found)


def _counted_out_of_order(items: Sequence[Item]) -> list[int]:
    """The items that number rows from 1 on without a gap among the labels, in the order of the numbers: where
    some stand on lines with their labels, a page's reader writes those later or sooner."""
    first: dict[int, int] = {}
    begun = False
    for i, item in enumerate(items):
        here = item.ordinal
        if here is None or here.kind != "number" or len(here.value) > 1:
            if begun and item.is_figures and len(first) > 1:
                break
            continue
        begun = begun or here.value == (1,)
        if begun and (len(item.tokens) == 1 or not item.is_figures):
            first.setdefault(here.value[0], i)
    count = next((n for n in range(1, len(first) + 2) if n not in first), 1) - 1
    own = [first[n] for n in range(1, count + 1)]
    glued = sum(len(items[i].tokens) > 1 for i in own)
    return own if glued and glued < len(own) and count == len(first) else []


def _without_figure(items: Sequence[Item], numbers: Sequence[int]) -> list[int]:
    """The row numbers without a last one that figures part from the others, which stand with none between
    them: it is a figure that counts on by chance."""
    parted = [any(x.is_figures for x in items[a + 1 : b]) for a, b in pairwise(numbers)]
    return list(numbers[:-1] if len(parted) > 1 and parted[-1] and not any(parted[:-1]) else numbers)


def _longest_chain(items: Sequence[Item], last: Ordinal | None, gap_cost: float) -> list[int]:
    chains: list[_Chain] = []
    first = 0  # of the chains that are near enough
    figures = list(accumulate((item.is_figures for item in items), initial=0))
    before = Counts() if last is None else Counts().followed(last, "")[1]
    for i, item in enumerate(items):
        while first < len(chains) and i - chains[first].items[-1] > _FURTHEST:
            first += 1
        here = item.ordinal
        if here is None or len(here.value) > _DEEPEST or _MARK.match(item.tokens[0].text):
            continue
        text = item.tokens[0].text
        begins = here.value[-1] == 1 or _follow(before, here, text)
        best = _Chain(1.0 - (0.0 if begins else _NOT_THE_FIRST), (i,), before.followed(here, text)[1])
        for chain in chains[first:]:
            if not _follow(chain.counts, here, text):
                continue
            after = chain.items[-1] + 1
            gap = (gap_cost if after < i else 0.0) + (
                _FIGURES_BETWEEN if figures[i] > figures[after] else 0.0
            )
            worth = chain.worth + 1.0 - gap
            if worth > best.worth:
                best = _Chain(worth, (*chain.items, i), chain.counts.followed(here, text)[1])
        chains.append(best)
    longest = max(chains, key=lambda c: c.worth, default=None)
    return list(longest.items) if longest and len(longest.items) > 1 else []


def _follow(counts: Counts, here: Ordinal, text: str) -> bool:
    """Whether a row number follows others, sections' headings between them."""
    return counts.last is not None and counts.followed(here, text)[0] <= RUNS_ON


def stand_beside_rows(items: Sequence[Item], numbers: Sequence[int]) -> bool:
    """Whether figures follow most row numbers before the next: they are written row after row."""
    between = [any(x.is_figures for x in items[a + 1 : b]) for a, b in pairwise(numbers)]
    return sum(between) > _ROW_BY_ROW * len(between)


def figures_to_deal(items: Sequence[Item], numbers: Sequence[int]) -> list[Dealt]:
    """The figures of the lines but row numbers, marks of columns and what stands among the words of names."""
    numbered = set(numbers)
    found: list[Dealt] = []
    top = next((i for i, x in enumerate(items) if i in numbered or (x.is_figures and _tells(x))), 0)
    for i, item in enumerate(items):
        tokens = item.tokens[1:] if i in numbered else item.tokens
        words = sum(t.kind == "word" for t in tokens)
        texts = [t.text for t in tokens]
        if not tokens or all(map(_MARK.match, texts)) or (len(texts) > 2 and is_numbering(texts)):
            continue
        if i < top and (words or not _tells(item)):
            continue
        alone = all(t.kind in ("figure", "dash") for t in tokens)
        at_edge = i == len(items) - 1 and len(tokens) == 1 and page_number(texts[0]) is not None
        first_word, last_word = _words_of_name(tokens)
        for k, token in enumerate(tokens):
            if (
                token.kind not in ("figure", "dash")
                or (token.kind == "dash" and not alone)
                or _MARK.match(token.text)
            ):
                continue
            cost = _AT_EDGE if at_edge else _pass_cost(token, alone, _is_under_words(items, i))
            if _is_page_number(items, i):
                cost = min(cost, _BY_ITSELF)
            if (
                first_word <= k < last_word
                or (alone and _stands_in_name(items, i))
                or (words > _MOST_WORDS and cost < _MARKED)
            ):
                cost = IN_NAME
            found.append(Dealt(token.text, i, item.block, cost))
    return with_torn_whole(_without_counts(found))


def _is_page_number(items: Sequence[Item], i: int) -> bool:
    """Whether a line is the page's number and stands by itself."""
    blocks = {items[k].block for k in (i - 1, i + 1) if 0 <= k < len(items)}
    return items[i].line.text.strip() == str(items[i].line.page) and items[i].block not in blocks


def _words_of_name(tokens: Sequence[Token]) -> tuple[int, int]:
    """The first word of a name on a line and its last: figures before a note (`283 Có 2 điểm lẻ`) and after a
    label may be a table's, those between words are not. (0, -1) where there are no words."""
    words = [k for k, t in enumerate(tokens) if t.kind == "word"]
    if not words:
        return 0, -1
    noted = words[0] > 0 and tokens[words[0]].text[:1].isupper()
    return (words[0] if noted else 0), words[-1]


def _stands_in_name(items: Sequence[Item], i: int) -> bool:
    """Whether a line of small numbers belongs to a name round it: it says which kind of the thing that the
    line above names (`loại` over `2`), or stands over a line of words in its block."""
    own, block = items[i].tokens, items[i].block
    if any(not t.text.isdigit() or len(t.text) > _SHORT for t in own):
        return False
    below = items[i + 1] if i + 1 < len(items) and items[i + 1].block == block else None
    if below is not None and not below.is_figures:
        return True
    above = items[i - 1] if i and items[i - 1].block == block else None
    return above is not None and len(own) == 1 and numbers_kind([t.text for t in above.tokens], own[0].text)


def _pass_cost(token: Token, alone: bool, under_words: bool) -> float:
    """Nats of passing over a figure, by what stands round it."""
    short = token.text.isdigit() and len(token.text) <= _SHORT
    if token.kind == "dash" or _YEAR.match(token.text):
        return _OVER_TABLE if under_words or not alone else _SHORT_UNDER_WORDS
    if alone:
        return _ALONE if not under_words else _SHORT_UNDER_WORDS if short else _UNDER_WORDS
    return IN_NAME if short else _AFTER_WORDS if token.text.isdigit() else _MARKED


def _is_under_words(items: Sequence[Item], i: int) -> bool:
    return i > 0 and items[i - 1].block == items[i].block and not items[i - 1].is_figures


def _without_counts(figures: Sequence[Dealt]) -> list[Dealt]:
    """The figures without those of columns or answers that count on over them (`1 2 3 4`)."""
    out: list[Dealt] = []
    at = 0
    while at < len(figures):
        end = at + 1
        while end < len(figures) and figures[at].text == "1" and figures[end].text == str(end - at + 1):
            end += 1
        if end - at < _LEAST_COUNTED:
            end = at + 1
            out.append(figures[at])
        at = end
    return out


def _tells(item: Item) -> bool:
    """Whether a line of figures holds more than dashes and years."""
    return any(t.kind == "figure" and not _YEAR.match(t.text) for t in item.tokens)


def with_torn_whole(figures: Sequence[Dealt]) -> list[Dealt]:
    """The figures with those put together that a narrow column tore: `49.050,` over `2`, `165.5` over `00`
    where others are grouped by the same mark."""
    marks = {text[-4] for f in figures if WHOLE_GROUP.match(text := f.text.rstrip(")"))}
    out: list[Dealt] = []
    pending: list[int] = []
    block = -1
    for figure in figures:
        if figure.block != block:
            pending, block = [], figure.block
        if pending and TORN_REST.match(figure.text):
            at = next((p for p in pending if _completes(out[p].text, figure.text)), None)
            if at is not None:
                out[at] = replace(out[at], text=out[at].text + figure.text)
                pending.remove(at)
                continue
        short = SHORT_GROUP.match(figure.text)
        if TORN_HEAD.match(figure.text) or (short and short[1] in marks):
            pending.append(len(out))
        out.append(figure)
    return out


def _completes(head: str, rest: str) -> bool:
    if head[-1] in ",.":
        return rest.isdigit()
    group = re.split(r"[.,]", head)[-1]
    return rest.isdigit() and len(rest) + len(group) == _GROUP

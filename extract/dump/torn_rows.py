"""Rows that a dump writes as one line above and one below their middle: narrow columns tore their figures.

Where cells stand centred, what fits on one line comes between the first and the second line of what does not:
`01.00 Nước mắm đồng/ 56,00 58,50`, then `2 2,500 4.46`, then `2 loại 1 lít 0 0`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product, takewhile

from extract.dump.layout.mends import LEAST_TORN, MOSTLY_TORN, SHORT_GROUP, WHOLE_GROUP
from extract.dump.lines import SourceLine
from extract.dump.tokens import CODE, Token, cut_line, join_words, tokenize
from extract.dump.torn_order import Woven, woven
from normalize.ordinals import read_ordinal
from normalize.unicode import fold

_LINES_BELOW = (2, 1)  # from the first line of a torn figure to the second: the middle one may be missing
_ROW_NUMBERS = 0.3  # of what may be ends of figures: so many count on where they are row numbers
_NEAR = 80  # lines within which the rows of one table stand
_LINES_OVER = 12  # of a row, on either side of a page's end
_MARKS = (",", ".")
_OPEN_ENDS = ("/", "-")  # of a word that its cell's next line goes on with


@dataclass(frozen=True, slots=True)
class _Tear:
    """A row in lines `top`, `bottom` and `middle` between them or none: how many tokens of the top are torn
    figures, from the token `first` on; where their rests begin below; whether a code is torn, too. `more` are
    further lines of either where the page's end parts them."""

    top: int
    bottom: int
    first: int
    count: int
    rest: int
    coded: bool
    middle: int | None = None
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeRows:
    """The lines with torn rows on one line each, and the numbers of those whose order of figures nothing
    tells."""

    lines: tuple[SourceLine, ...]
    presumed: tuple[int, ...] = ()


def with_whole_rows(lines: Sequence[SourceLine]) -> WholeRows:
    """The lines with each torn row on its first line, the others blank; as they are where tears are few among
    figures that look torn."""
    filled = [i for i, line in enumerate(lines) if not line.blank]
    tokens = {i: [t for t in tokenize(lines[i].text) if t.kind != "rule"] for i in filled}
    tears = _tears(filled, tokens)
    marks = _torn_marks(tears, tokens)
    tears = [t for t in tears if marks and (not t.count or _mark_of(tokens[t.top][t.first]) in marks)]
    if len(tears) < LEAST_TORN:
        return WholeRows(tuple(lines))
    tears += _over_pages(lines, filled, tokens, {tear.bottom for tear in tears}, marks)
    middles = {tear: _middle(tear, lines) for tear in tears}
    orders = _orders(tears, middles, tokens, lines)
    out = list(lines)
    presumed = []
    for tear in tears:
        taken = (*tear.more, tear.middle, tear.bottom)
        if not orders[tear].sure:
            presumed.append(lines[tear.top].number)
        text = _row_text(tear, middles[tear], orders[tear].figures, tokens)
        out[tear.top] = replace(lines[tear.top], text=text, key=fold(text))
        for i in taken:
            if i is not None:
                out[i] = replace(lines[i], text="", key="")
    return WholeRows(tuple(out), tuple(presumed))


def _tears(filled: Sequence[int], tokens: dict[int, list[Token]]) -> list[_Tear]:
    """The rows that may be torn, none of which shares a line."""
    found: list[_Tear] = []
    at = 0
    while at < len(filled):
        below = [filled[at + d] for d in _LINES_BELOW if at + d < len(filled)]
        ways = [t for i in below for mark in _MARKS if (t := _tear(filled[at], i, mark, tokens))]
        tear = next((t for t in ways if t.count), next(iter(ways), None))
        if tear:
            two_below = tear.bottom != filled[at + 1]
            found.append(replace(tear, middle=filled[at + 1] if two_below else None))
            at += 1 + two_below
        at += 1
    return found


def _over_pages(
    lines: Sequence[SourceLine],
    filled: Sequence[int],
    tokens: dict[int, list[Token]],
    taken: set[int],
    marks: set[str],
) -> list[_Tear]:
    """The rows that the end of a page tears in a dump of a cell a line: their last lines, from the row's
    number on, and the first of the next page. Their tokens are put together on the first line of either."""
    found = []
    for at in range(1, len(filled)):
        if lines[filled[at]].page == lines[filled[at - 1]].page or filled[at] in taken:
            continue
        starts = [
            k for k in range(at - 1, max(-1, at - 1 - _LINES_OVER), -1) if _is_number(tokens[filled[k]])
        ]
        for start, end in product(starts, range(at + 1, min(len(filled), at + _LINES_OVER) + 1)):
            last, first = filled[start:at], filled[at:end]
            joined = {part[0]: [t for i in part for t in tokens[i]] for part in (last, first)}
            ways = (_tear(last[0], first[0], mark, joined) for mark in sorted(marks))
            if tear := next((t for t in ways if t and t.count), None):
                tokens.update(joined)
                found.append(replace(tear, more=(*last[1:], *first[1:])))
                break
    return found


def _is_number(tokens: Sequence[Token]) -> bool:
    return len(tokens) == 1 and read_ordinal(tokens[0].text) is not None


def _tear(top: int, bottom: int, mark: str, tokens: dict[int, list[Token]]) -> _Tear | None:
    """The tear of the figures of one line, with groups after a `mark`, by those of another, or of its code
    alone; else None."""
    above, below = tokens[top], tokens[bottom]
    between = any(len(tokens.get(i, ())) > 1 for i in range(top + 1, bottom))
    if len(above) == 1 and bottom - top > 1 and not (between and len(below) == 1):
        return None
    coded = _is_code_torn(above, below)
    heads = [k for k, token in enumerate(above) if token.kind == "figure" and _mark_of(token) == mark]
    first, count = (heads[0], len(heads)) if heads else (0, 0)
    if count and heads[-1] - first == count - 1:
        for rest in range(len(below) - count, coded - 1, -1):
            whole = [a.text + b.text for a, b in zip(above[first:], below[rest : rest + count], strict=False)]
            rests = below[rest : rest + count]
            share = any(token.text.lstrip("-+(").startswith("0") for token in above[first : first + count])
            if share or _amid_figures(below, rest, rest + count):
                continue
            if all(map(WHOLE_GROUP.match, whole)) and all(t.text.isdigit() for t in rests):
                return _Tear(top, bottom, first, count, rest, coded)
    return _Tear(top, bottom, 0, 0, 0, coded) if coded and not count else None


def _amid_figures(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether figures stand beside those from `first` to `end`: all of them are a row's (`420 1 168.000`)."""
    before = first > 1 and tokens[first - 1].kind == "figure"
    return before or (end < len(tokens) and tokens[end].kind == "figure")


def _mark_of(token: Token) -> str:
    """The mark before a figure's last digits where these are two or one; else ''."""
    match = SHORT_GROUP.match(token.text)
    return match[1] if match else ""


def _is_code_torn(above: Sequence[Token], below: Sequence[Token]) -> bool:
    """Whether the first word of a line, or the one after its row number, is a code that the first of the
    other line makes whole."""
    code = _code_of(above)
    if code is None or not below or not below[0].text.isdigit():
        return False
    return not _is_whole(above[code].text) and _is_whole(above[code].text + below[0].text)


def _code_of(tokens: Sequence[Token]) -> int | None:
    return next((k for k, token in enumerate(tokens[:2]) if CODE.match(token.text)), None)


def _is_whole(code: str) -> bool:
    """Whether a code's last group is one of three."""
    return bool(CODE.match(code)) and len(code.rpartition(".")[2]) == len("001")


def _torn_marks(tears: Sequence[_Tear], tokens: dict[int, list[Token]]) -> set[str]:
    """The marks of groups of three after which figures are torn: nearly all that end with two digits or one
    after such a mark are made whole below."""
    short = Counter(_mark_of(t) for own in tokens.values() for t in own if t.kind == "figure")
    torn = Counter(_mark_of(tokens[tear.top][tear.first]) for tear in tears for _ in range(tear.count))
    nearly_all = {mark for mark in _MARKS if torn[mark] >= max(LEAST_TORN, MOSTLY_TORN * short[mark])}
    return {
        mark
        for mark in nearly_all
        if _cut_at_one_place(tears, tokens, mark) and not _count_on(tears, tokens, mark)
    }


def _count_on(tears: Sequence[_Tear], tokens: dict[int, list[Token]], mark: str) -> bool:
    """Whether what stands below lone figures are the numbers of the next rows: they count on."""
    lone = [t for t in tears if t.count == 1 and _mark_of(tokens[t.top][t.first]) == mark]
    rests = [int(tokens[t.bottom][t.rest].text) for t in lone]
    return sum(b - a == 1 for a, b in pairwise(rests)) > _ROW_NUMBERS * len(rests)


def _cut_at_one_place(tears: Sequence[_Tear], tokens: dict[int, list[Token]], mark: str) -> bool:
    """Whether the torn figures that come first in their rows, second and so on mostly have as many digits as
    each other: those that fit their column."""
    digits: dict[tuple[int, int], Counter[int]] = {}
    for tear in tears:
        heads = tokens[tear.top][tear.first : tear.first + tear.count]
        for place, head in enumerate(heads):
            if _mark_of(head) == mark:
                count = sum(c.isdigit() for c in head.text)
                digits.setdefault((tear.count, place), Counter())[count] += 1
    return all(max(counts.values()) >= MOSTLY_TORN * counts.total() for counts in digits.values())


@dataclass(frozen=True, slots=True)
class _Middle:
    """What a torn row's middle line says: row number, words, figures, words after those."""

    number: str = ""
    words: tuple[Token, ...] = ()
    figures: tuple[Token, ...] = ()
    after: tuple[Token, ...] = ()


def _middle(tear: _Tear, lines: Sequence[SourceLine]) -> _Middle:
    if tear.middle is None:
        return _Middle()
    between = lines[tear.middle]
    number, _, text = between.text.strip().partition(" ")
    if not read_ordinal(number):
        number, text = "", between.text
    cut = cut_line(replace(between, text=text))
    if cut.run:
        return _Middle(number, cut.before, cut.run, cut.after)
    opening = tuple(takewhile(lambda t: t.kind in ("figure", "dash"), cut.before))  # before a note
    rest = cut.before[len(opening) :]
    return _Middle(number, () if opening else rest, opening, rest if opening else ())


def _whole_figures(tear: _Tear, tokens: dict[int, list[Token]]) -> list[str]:
    heads = tokens[tear.top][tear.first : tear.first + tear.count]
    rests = tokens[tear.bottom][tear.rest : tear.rest + tear.count]
    return [head.text + rest.text for head, rest in zip(heads, rests, strict=True)]


def _orders(
    tears: Sequence[_Tear],
    middles: dict[_Tear, _Middle],
    tokens: dict[int, list[Token]],
    lines: Sequence[SourceLine],
) -> dict[_Tear, Woven]:
    """The figures of each row of torn ones and such as its middle line has, in the order in which they stand
    in the table as far as rows tell it that have all of theirs on one line: those of the same make, else the
    near ones."""
    taken = {i for tear in tears for i in range(tear.top, tear.bottom + 1)}
    whole = {i: tuple(t.text for t in cut_line(lines[i]).run) for i in tokens.keys() - taken}
    known = [tuple(f.text for f in middles[t].figures) for t in tears if not t.count]
    orders = {}
    for tear in tears:
        middle = [t.text for t in middles[tear].figures]
        if not tear.count or not middle:
            orders[tear] = Woven((*_whole_figures(tear, tokens), *middle), True)
            continue
        near = [whole[i] for i in range(tear.top - _NEAR, tear.top + _NEAR) if i in whole]
        figures = _whole_figures(tear, tokens)
        row = woven(figures, middle, known) or woven(figures, middle, near)
        orders[tear] = row or Woven((*figures, *middle), False)
    return orders


def _row_text(
    tear: _Tear,
    middle: _Middle,
    whole: Sequence[str],
    tokens: dict[int, list[Token]],
) -> str:
    """The row on one line: number, code, words, figures, note."""
    above, below = list(tokens[tear.top]), list(tokens[tear.bottom])
    end = tear.first if tear.count else len(above)
    opening, closing = above[:end], above[tear.first + tear.count :] if tear.count else []
    goes_on = below[: tear.rest] if tear.count else below
    code = ""
    if tear.coded and (place := _code_of(opening)) is not None:
        code = opening.pop(place).text + goes_on.pop(0).text
    number = middle.number
    if not number and len(opening) > 1 and read_ordinal(opening[0].text):
        number = opening.pop(0).text
    words = [t.text for t in opening]
    unit = words.pop() if words and goes_on and words[-1].endswith(_OPEN_ENDS) else ""
    rest = [t.text for t in goes_on]
    unit += rest.pop() if unit else ""
    note = [*closing, *middle.after, *(below[tear.rest + tear.count :] if tear.count else [])]
    label = [*words, join_words(list(middle.words)), *rest, unit]
    return " ".join(filter(None, (number, code, *label, *whole, join_words(note))))

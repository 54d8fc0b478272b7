"""The runs of figures that a page's lines hold: those of one block with no words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.dealt_figures import with_torn_whole
from extract.dump.columnar.labels import Item
from normalize.numbering import is_numbering

_LEAST_COUNTED, _MOST_DIGITS = 3, 2
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_MARK = re.compile(r"^\(\d{1,2}\)$|^\(?\d{1,2}\)?=|^[+/:-]?\(\d{1,2}\)|^\d\+\d$|^/\)?\+?$")
_BESIDE = re.compile(r"^[<>≤≥]\d[\d.,]*$|^\d{1,2}/\d{1,2}/\d{4}$")
_GROUPED = re.compile(r"^[+\-−–]?\d{1,3}(?: \d{3})+(?:,\d+)?%?$")
_GROUP_BEGINS, _GROUP_GOES_ON = re.compile(r"^[+\-−–]?\d{1,3}$"), re.compile(r"^\d{3}(?:,\d+)?%?$")
_LEAST_GROUPED = 3  # lines
_RULE = re.compile(r"^_+$")

Figure = tuple[str, int]
"""A figure and the item it stands in."""


@dataclass(frozen=True, slots=True)
class Run:
    """Figures one after another: their texts, the item each stands in, and whether they may be none of a
    table's (years, numbers of pages and of columns)."""

    texts: tuple[str, ...]
    items: tuple[int, ...]
    weak: bool

    def parts_into(self, width: int) -> bool:
        """Whether a line ends wherever a row of so many figures does, where lines hold several."""
        ends = {k for k in range(1, len(self.items)) if self.items[k] != self.items[k - 1]}
        return len(ends) == len(self.items) - 1 or all(
            k in ends for k in range(width, len(self.items), width)
        )


def runs_of(items: Sequence[Item], numbered: Sequence[int]) -> list[Run]:
    """The runs of figures of the lines but those that number rows."""
    grouped = sum(bool(_GROUPED.match(item.line.text.strip())) for item in items) >= _LEAST_GROUPED
    own = set(numbered)
    marks = _column_numbers(items)
    runs: list[list[Figure]] = []
    blocks: list[int] = []
    goes_on = False
    for i, item in enumerate(items):
        texts = [] if i in marks else _figures(item, i in own, grouped)
        if not texts:
            goes_on = False
            continue
        alone = _is_alone(item)
        if goes_on and alone and blocks[-1] == item.block:
            runs[-1] += [(text, i) for text in texts]
        else:
            runs.append([(text, i) for text in texts])
            blocks.append(item.block)
        goes_on = alone
    whole = [run for run in _with_torn_whole(runs, items) if run and not _is_count(run)]
    return [_run(part, items) for run in whole for part in _without_years(run)]


def _column_numbers(items: Sequence[Item]) -> set[int]:
    """The items that number columns, each on a line of its own, right above one that is made of others
    (`3`, `4`, `5` over `4+5`)."""
    found: set[int] = set()
    for i, item in enumerate(items):
        if not all(_MARK.match(t.text) for t in item.tokens):
            continue
        first = i
        while first and _counts_to(items, first - 1, i):
            first -= 1
        if i - first >= _LEAST_COUNTED:
            found |= set(range(first, i))
    return found


def _counts_to(items: Sequence[Item], at: int, end: int) -> bool:
    """Whether an item is the number of a column, one less than the item below it, which is before `end`."""
    number, below = (items[k].tokens[0].text for k in (at, min(at + 1, end - 1)))
    if len(items[at].tokens) > 1 or not number.isdigit() or len(number) > _MOST_DIGITS:
        return False
    return at == end - 1 or int(below) == int(number) + 1


def _with_torn_whole(runs: Sequence[Sequence[Figure]], items: Sequence[Item]) -> list[list[Figure]]:
    """The runs with figures that a narrow column tore put together."""
    figures = [Dealt(text, i, items[i].block, 0.0) for run in runs for text, i in run]
    owner = {i: k for k, run in enumerate(runs) for _, i in run}
    whole: list[list[Figure]] = [[] for _ in runs]
    for figure in with_torn_whole(figures):
        whole[owner[figure.line]].append((figure.text, figure.line))
    return whole


def _without_years(run: Sequence[Figure]) -> list[Sequence[Figure]]:
    """A run parted behind the years that it begins with: those are of the columns' headings."""
    years = next((k for k, (text, _) in enumerate(run) if not _YEAR.match(text)), 0)
    return [run[:years], run[years:]] if years else [run]


def _is_alone(item: Item) -> bool:
    return all(t.kind in ("figure", "dash") or _BESIDE.match(t.text) for t in item.tokens)


def _figures(item: Item, numbered: bool, grouped: bool) -> list[str]:
    """The figures of a line that may be cells: all of a line of figures; those after a label, or a row number
    and label, where they are several or one has a mark."""
    tokens = item.tokens[1:] if numbered else item.tokens
    texts = [t.text for t in tokens if not _RULE.match(t.text)]
    if not texts or all(map(_MARK.match, texts)) or (len(texts) > 2 and is_numbering(texts)):
        return []
    if not _is_alone(item) or numbered:
        last = next((k for k in range(len(tokens), 0, -1) if tokens[k - 1].kind not in ("figure", "dash")), 0)
        texts = texts[last:]
        sure = len(texts) > 1 or any(not text.strip("()+-−–").isdigit() for text in texts)
        if not sure or not any(t.kind == "figure" for t in tokens[last:]):
            return []
    return _with_groups(texts) if grouped else texts


def _with_groups(texts: Sequence[str]) -> list[str]:
    """The figures with groups that blanks part put together."""
    out: list[str] = []
    for text in texts:
        if (
            out
            and _GROUP_GOES_ON.match(text)
            and _GROUP_BEGINS.match(out[-1].split(" ")[0])
            and (("," not in out[-1] and _GROUP_GOES_ON.match(out[-1].split(" ")[-1])) or " " not in out[-1])
        ):
            out[-1] += " " + text
        else:
            out.append(text)
    return out


def _is_count(run: Sequence[Figure]) -> bool:
    """Whether a run is numbers of columns."""
    texts = [text for text, _ in run]
    return len(texts) >= _LEAST_COUNTED and texts == [str(k) for k in range(1, len(texts) + 1)]


def _run(run: Sequence[Figure], items: Sequence[Item]) -> Run:
    texts = tuple(text for text, _ in run)
    page = str(items[run[0][1]].line.page)
    weak = len(texts) == 1 and (
        texts[0] == page or bool(_YEAR.match(texts[0])) or (texts[0].isdigit() and len(texts[0]) < 2)
    )
    return Run(texts, tuple(i for _, i in run), weak)


def counted(items: Sequence[Item]) -> list[int]:
    """The items of row numbers that count on from 1, in runs of their own beside words."""
    found: list[int] = []
    expected = 1
    ends = list(accumulate(1 for _ in items))
    at = 0
    while at < len(ends):
        run = _numbers_from(items, at)
        if run and run[0] == expected and run == list(range(expected, expected + len(run))):
            last = at + len(run)
            if is_words(items, at - 1) or is_words(items, last):
                found += range(at, last)
                expected += len(run)
        elif not run and items[at].ordinal is not None and len(items[at].tokens) > 1:
            own = items[at].ordinal
            if (
                own is not None
                and own.kind == "number"
                and own.value == (expected,)
                and not items[at].is_figures
            ):
                found.append(at)
                expected += 1
        at += max(1, len(run))
    return found


def _numbers_from(items: Sequence[Item], at: int) -> list[int]:
    """The whole numbers of the lines of figures that follow each other in a block."""
    numbers: list[int] = []
    for item in items[at:]:
        if (
            item.block != items[at].block
            or len(item.tokens) != 1
            or not item.tokens[0].text.rstrip(".").isdigit()
        ):
            break
        numbers.append(int(item.tokens[0].text.rstrip(".")))
    return numbers


def is_words(items: Sequence[Item], at: int) -> bool:
    """Whether an item is there and holds words."""
    return 0 <= at < len(items) and not _is_alone(items[at])

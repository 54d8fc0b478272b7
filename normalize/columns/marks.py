"""The decimal mark: of a document, of a table, and what three digits after a lone mark are in a column.

Most prints leave one meaning (`97,88`, `1.234.567`, `1.234,5`). One mark before three digits leaves two:
`13,951` is a score of 15 points or a count of dossiers. What a column counts, the largest figure it may hold,
its other figures and its sums tell which; the weights are log-odds in nats, positive for decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from math import fsum, log10
from statistics import median
from typing import Literal, TypeVar

from model.copies import quick
from model.value import DecimalMark
from normalize.plain_numbers import is_grouped, mark_of_decimal, mark_of_mixed

Ranked = TypeVar("Ranked")
Shape = Literal["plain", "decimal", "groups", "mixed", "either", "none"]

_DECIMAL = re.compile(r"\d+(?P<d>[.,])\d+")
_EITHER = re.compile(r"[1-9]\d{0,2}(?P<d>[.,])\d{3}")
_GROUPS = re.compile(r"\d{1,3}(?P<g>[.,])\d{3}(?:(?P=g)\d{3})+")
_MIXED = re.compile(r"\d{1,3}(?:(?P<g>[.,])\d{3})+(?P<d>(?!(?P=g))[.,])(?P<fraction>\d+)")
_BODY = re.compile(r"\d[\d.,]*\d|\d")
_SPLIT_AT_MARK = re.compile(r"(?<=\d)\s*([.,])\s*(?=\d)")
# Of texts on lines that are digits in groups: those with one mark, and those with more.
_GROUP_ENDS = {
    mark: (
        re.compile(rf"^\d+\{mark}\d+$", re.MULTILINE),
        re.compile(rf"^\d+\{mark}\d+\{mark}", re.MULTILINE),
    )
    for mark in ",."
}
OTHER: dict[DecimalMark, DecimalMark] = {",": ".", ".": ","}

# Weights in nats. The rule of Vietnamese print is a decimal comma and thousands dots; counts are far more
# common than thousandths (five seeds, eight made papers, eleven real documents).
_RULE = {",": 1.0, ".": -2.5}
_COMMON = -0.5
_OF_GROUPS = 0.5  # a group of thousands says less of the decimal mark: either house may print groups
_HOUSE_DECIMALS, _HOUSE_GROUPS = 1.5, 1.0  # the document writes clear decimals, or clear groups, so
_COUNTED, _MONEY, _MEASURED, _RATED = -4.0, -2.5, 0.5, 1.0
_SAME_DECIMALS, _SAME_PLACES, _SAME_GROUPS = 2.0, 3.0, -4.0  # clear figures of the same column
_FEWEST_DECIMALS = 0.15  # for each figure that leaves the question open
_WHOLE, _WHOLES = -0.5, -2.0  # each whole figure under a thousand, and all of them together
_UNGROUPED = 1.5  # a whole figure of thousands without a mark: groups are not marked here
_OVER, _OVERS, _WITHIN = 4.0, 8.0, -0.5  # a group reading over the largest figure there may be
_NEAR, _FAR = 0.75, 2.0  # for each power of ten by which a reading lies nearer to the clear figures; at most
_WHOLE_COLUMN = 3  # whole figures without one decimal from which a column is one of whole figures
_SUMS = 4.0
_GROUP, _THOUSAND = 3, 1000  # the digits of a group, and what a figure is over the same with three decimals
SURE = 1.0  # below it the choice is a doubt
_ROOM = Decimal("1.5")  # times the ceiling, that a percentage may be without being read as decimals


PLAIN: tuple[Shape, str] = ("plain", "")
"""The shape of bare digits."""


@lru_cache(maxsize=16384)
def shape_of(body: str) -> tuple[Shape, str]:
    """The shape of digits with marks, and the mark that tells (the decimal mark, or that of the groups)."""
    return shape_told(body)


def shape_told(body: str) -> tuple[Shape, str]:
    """The same, not remembered: a long column has more of them than can be."""
    if body.isdigit():
        return PLAIN
    if match := _EITHER.fullmatch(body):
        return "either", match["d"]
    if match := _GROUPS.fullmatch(body):
        return "groups", match["g"]
    if match := _MIXED.fullmatch(body):
        return "mixed", match["d"]
    if match := _DECIMAL.fullmatch(body):
        return "decimal", match["d"]
    return "none", ""


def shape_of_bare(body: str) -> tuple[Shape, str]:
    """The same of digits that are known to be bare or in groups (`normalize.numbers.are_bare`)."""
    if body.isdecimal():
        return PLAIN
    mark = "." if "." in body else ","
    return ("either" if body.count(mark) == 1 else "groups"), mark


@lru_cache(maxsize=16384)
def bodies(text: str) -> tuple[str, ...]:
    """The runs of digits and marks in a cell, blanks about a mark closed."""
    closed = _SPLIT_AT_MARK.sub(r"\1", text) if " " in text else text  # most cells are one run
    return tuple(_BODY.findall(closed))


@dataclass(frozen=True, slots=True)
class House:
    """How often clear figures were printed with each mark as decimals and as groups, and how often three
    digits after a lone mark were printed among amounts (which only tell where nothing else does)."""

    decimals: Mapping[str, float] = field(default_factory=dict)
    groups: Mapping[str, float] = field(default_factory=dict)
    amounts: Mapping[str, float] = field(default_factory=dict)

    def speaks(self, mark: DecimalMark) -> float:
        """How strongly the clear figures speak for `mark`: decimals so printed, groups with the other one."""
        return self.decimals.get(mark, 0.0) + _OF_GROUPS * self.groups.get(OTHER[mark], 0.0)

    def mark(self, default: DecimalMark = ",") -> DecimalMark:
        """The decimal mark they speak for; `default` on a tie."""
        comma, dot = self.speaks(","), self.speaks(".")
        if not comma and not dot:
            comma, dot = self.amounts.get(".", 0.0), self.amounts.get(",", 0.0)
        return default if comma == dot else "," if comma > dot else "."


def together(houses: Iterable[House]) -> House:
    """What several columns or tables say, as one."""
    found = list(houses)
    return House(
        {m: fsum(h.decimals.get(m, 0.0) for h in found) for m in ",."},
        {m: fsum(h.groups.get(m, 0.0) for h in found) for m in ",."},
        {m: fsum(h.amounts.get(m, 0.0) for h in found) for m in ",."},
    )


def house_of(texts: Iterable[str], *, amounts: bool = False) -> House:
    """What texts say of the marks; `amounts` where they are known to be counts or money."""
    decimals, groups, lone = {",": 0.0, ".": 0.0}, {",": 0.0, ".": 0.0}, {",": 0.0, ".": 0.0}
    for text in texts:
        if text.isdecimal():
            continue  # bare digits say nothing
        if mixed := mark_of_mixed(text):
            decimals[mixed] += 1
            groups["." if mixed == "," else ","] += 1
            continue
        if plain := mark_of_decimal(text):
            decimals[plain] += 1
            continue
        if is_grouped(text):
            shape, mark = shape_told(text)
            (groups if shape == "groups" else lone)[mark] += shape == "groups" or amounts
            continue
        for body in bodies(text):
            shape, mark = shape_of(body)
            if shape in ("decimal", "mixed"):
                decimals[mark] += 1
            if shape == "groups":
                groups[mark] += 1
            elif shape == "mixed":
                groups["." if mark == "," else ","] += 1
            elif shape == "either" and amounts:
                lone[mark] += 1
    return House(decimals, groups, lone)


def house_of_bare(texts: Sequence[str], amounts: bool) -> House:
    """The same of texts that are all bare digits, in groups or not (`normalize.numbers.are_bare`)."""
    lines = "\n".join(texts)
    groups, lone = {",": 0.0, ".": 0.0}, {",": 0.0, ".": 0.0}
    for mark in ",.":
        if mark in lines:
            ones, more = (len(ends.findall(lines)) for ends in _GROUP_ENDS[mark])
            groups[mark], lone[mark] = float(more), float(ones if amounts else 0)
    return House({",": 0.0, ".": 0.0}, groups, lone)


def house_of_plain(texts: Sequence[str]) -> House:
    """The same of texts that are all plain figures (`normalize.numbers.are_plain`)."""
    whole, nothing = "".join(texts), {",": 0.0, ".": 0.0}
    return House({mark: float(whole.count(mark)) for mark in ",."}, nothing, nothing)


def decimal_mark(texts: Iterable[str], default: DecimalMark = ",") -> DecimalMark:
    """The decimal mark that printed numbers use; `default` where they don't tell."""
    return house_of(texts, amounts=True).mark(default)


@quick
@dataclass(frozen=True, slots=True)
class Printed:
    """One number of a column as printed: its row, its digits with marks and their shape (`shape_of`), the
    largest it may be if known."""

    row: int
    body: str
    shape: tuple[Shape, str]
    ceiling: Decimal | None = None


def amount_of(body: str, thousandths: bool) -> Decimal:
    """The amount of digits with marks, a lone mark before three digits read as asked."""
    shape, mark = shape_of(body)
    if shape == "plain":
        return Decimal(body)
    if shape == "groups" or (shape == "either" and not thousandths):
        return Decimal(_without_marks(body))
    if mark:
        whole, _, fraction = body.rpartition(mark)
        return Decimal(f"{_without_marks(whole)}.{fraction}")
    return Decimal(0)


def decimal_odds(
    prints: Sequence[Printed], mark: str, unit: str, total_rows: Sequence[int] = ()
) -> float | None:
    """Log-odds that three digits after a lone `mark` are decimals, by what these figures of one unit in one
    column say themselves (`house_odds` are those of the document); None where no figure leaves the question
    open. `total_rows` are those whose figure sums up the rows before it."""
    open_ones = [p for p in prints if p.shape == ("either", mark)]
    if not open_ones:
        return None
    clear = [p for p in prints if p.shape[0] in ("plain", "decimal", "groups", "mixed")]
    return (
        _of_unit(unit)
        + _of_clear(clear, mark, len(open_ones))
        + _of_ceiling(open_ones, clear)
        + _of_size(open_ones, clear)
        + _of_sums(prints, mark, total_rows)
    )


def is_borne_out(prints: Sequence[Printed], mark: str, total_rows: Sequence[int] = ()) -> bool:
    """Whether a clear decimal of the column, or its sums, speak for `mark` before decimals."""
    clear = any(shape in ("decimal", "mixed") and own == mark for shape, own in (p.shape for p in prints))
    return clear or _of_sums(prints, mark, total_rows) > 0


def house_odds(mark: str, house: House) -> float:
    """Log-odds that three digits after a lone `mark` are decimals, by custom and by the document."""
    other = "." if mark == "," else ","
    odds = _COMMON + _RULE[mark]
    odds += _HOUSE_DECIMALS * _leaning(house.decimals, mark, other)
    odds += _HOUSE_GROUPS * _leaning(house.groups, other, mark)
    return odds


def _leaning(counts: Mapping[str, float], mark: str, other: str) -> float:
    """From -1 to 1: how much more often one mark was printed than the other."""
    one, two = counts.get(mark, 0.0), counts.get(other, 0.0)
    return (one - two) / (one + two) if one or two else 0.0


def _of_unit(unit: str) -> float:
    if unit.startswith("count"):
        return _COUNTED if unit == "count" else 0.0
    if unit.startswith("money"):
        return _MONEY if unit == "money_vnd" else 0.0
    return _RATED if unit in ("percent", "percent_point", "score", "ratio") else _MEASURED if unit else 0.0


def _of_clear(clear: Sequence[Printed], mark: str, open_ones: int) -> float:
    """What the clear figures say. One decimal among many figures of three digits behind their mark lost a
    digit (`14,50` of `14,530`): where figures have decimals, more of them have not just three."""
    shapes = [p.shape for p in clear]
    decimals = [p for p, s in zip(clear, shapes) if s[0] in ("decimal", "mixed") and s[1] == mark]
    grouped = sum(s == ("groups", mark) or (s[0] == "mixed" and s[1] != mark) for s in shapes)
    places = sum(len(p.body.rpartition(mark)[2]) == 3 for p in decimals)
    enough = len(decimals) >= _FEWEST_DECIMALS * open_ones
    odds = _SAME_DECIMALS * (bool(decimals) and enough) + _SAME_PLACES * bool(places)
    odds += _SAME_GROUPS * bool(grouped)
    if not decimals:
        wholes = [p for p in clear if p.body.isdigit() and int(p.body)]
        short = sum(len(p.body) <= _GROUP for p in wholes)
        odds += _of_wholes(short, any(len(p.body) > _GROUP and p.body[0] != "0" for p in wholes))
    return odds


def _of_wholes(short: int, ungrouped: bool) -> float:
    """What whole figures say: how many are under a thousand, and whether any of thousands has no mark."""
    return max(_WHOLES, _WHOLE * short) + _UNGROUPED * ungrouped


def bare_odds(
    unit: str, clear: Sequence[int], wholes: Sequence[int], grouped: bool, open_ones: Sequence[int]
) -> float:
    """As `decimal_odds`, without what totals say, of figures that are all bare digits or in groups and have
    no ceiling: the amounts of the `clear` ones and, as groups, of the `open_ones`, both in order; how many
    digits the `wholes` without a mark have; whether several groups with the mark are among them."""
    ungrouped = max(wholes, default=0) > _GROUP
    odds = _SAME_GROUPS * grouped + _of_wholes(sum([digits <= _GROUP for digits in wholes]), ungrouped)
    middle = [(float(n), n / _THOUSAND) for n in _middle(open_ones)]
    return _of_unit(unit) + odds + _of_middle(list(map(float, _middle(clear))), len(clear), middle)


def _of_ceiling(open_ones: Sequence[Printed], clear: Sequence[Printed]) -> float:
    """What the largest figure there may be says; hardly anything where the clear figures are all whole (a
    header that calls counts percentages), nothing where they are over it themselves."""
    if all(p.ceiling is None for p in open_ones):
        return 0.0
    known = [(amount_of(p.body, False), p) for p in clear]
    if any(p.ceiling is not None and amount > p.ceiling * _ROOM for amount, p in known):
        return 0.0
    told = [p for amount, p in known if amount not in (0, 100)]
    whole = len(told) >= _WHOLE_COLUMN and all(p.body.isdigit() for p in told)
    odds = 0.0
    for printed in open_ones:
        if printed.ceiling is None or amount_of(printed.body, True) > printed.ceiling:
            continue
        over = amount_of(printed.body, False) > printed.ceiling * _ROOM
        odds += _OVER if over else _WITHIN
    odds = max(-_OVER / 2, min(_OVERS, odds))
    return odds / _WHOLE_COLUMN if whole else odds


def _of_size(open_ones: Sequence[Printed], clear: Sequence[Printed]) -> float:
    """How much nearer to the clear figures the open ones lie as decimals than as groups, in the median."""
    sizes = sorted(a for p in clear if (a := _size(p, False)) > 0)
    ranked = _middle(sorted(open_ones, key=_whole))  # the larger, the farther off as a group
    return _of_middle(_middle(sizes), len(sizes), [(_size(p, False), _size(p, True)) for p in ranked])


def _of_middle(clear: Sequence[float], count: int, open_ones: Sequence[tuple[float, float]]) -> float:
    """The same of the middle ones of `count` clear figures, and of the open ones, as groups and decimals."""
    if count < 2:
        return 0.0
    middle = median(map(log10, clear))
    off = []
    for sizes in open_ones:
        whole, decimal = (abs(log10(size) - middle) for size in sizes)
        off.append(max(-_FAR, min(_FAR, whole - decimal)))
    return _NEAR * median(off)


def _middle(ranked: Sequence[Ranked]) -> Sequence[Ranked]:
    """The one or two in the middle: what rises from each to the next has its median there."""
    return ranked[(len(ranked) - 1) // 2 : len(ranked) // 2 + 1]


def _whole(printed: Printed) -> float:
    return float(_without_marks(printed.body))


def _size(printed: Printed, thousandths: bool) -> float:
    """The amount as a binary fraction (`amount_of`)."""
    shape, mark = printed.shape
    if shape == "plain":
        return float(printed.body)
    if shape == "groups" or (shape == "either" and not thousandths):
        return _whole(printed)
    whole, _, fraction = printed.body.rpartition(mark)
    return float(f"{_without_marks(whole)}.{fraction}")


def _without_marks(body: str) -> str:
    return body.replace(".", "").replace(",", "")


def _of_sums(prints: Sequence[Printed], mark: str, total_rows: Sequence[int]) -> float:
    """What the column's totals say, where figures that leave the question open stand beside others."""
    if not total_rows:
        return 0.0
    since = -1
    found: dict[bool, list[bool]] = {True: [], False: []}
    by_row = {p.row: p.body for p in prints}
    for total in total_rows:
        rows = [r for r in by_row if since < r < total]
        since = total
        if total not in by_row or len(rows) < 2:
            continue
        for thousandths, closes in found.items():
            parts = sum((amount_of(by_row[r], thousandths) for r in rows), Decimal(0))
            closes.append(parts == amount_of(by_row[total], thousandths))
    return sums_odds(found[True], found[False])


def sums_odds(as_decimals: Sequence[bool], as_groups: Sequence[bool]) -> float:
    """What totals say, each of which adds up or not where the open figures are decimals, and where groups."""
    odds = 0.0
    for decimal, grouped in zip(as_decimals, as_groups, strict=True):
        odds += _SUMS * (decimal - grouped)
    return max(-_SUMS, min(_SUMS, odds))

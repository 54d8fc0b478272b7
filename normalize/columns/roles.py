"""What a column holds: its role and unit, from its header's words, the table's unit and its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from statistics import median
from typing import cast

from model.table import Column, Role, Table
from model.value import DecimalMark, Unit, Value
from normalize.columns.heads import head_key
from normalize.columns.names import is_name_column, names_by_head
from normalize.columns.texts import ColumnTexts
from normalize.dates import in_order, parse_date, year_of
from normalize.lexicon import entries
from normalize.numbers import is_worded, parse_bracketed, parse_quantity, parse_range
from normalize.ordinals import is_ordinal, is_ordinal_head
from normalize.plain_numbers import is_decimal, is_grouped, is_mixed
from normalize.units import PrintedUnit, bracketed_unit, unit_of_head

_FEWEST_YEARS = 3
_RATE = re.compile(r"\d[\d.,]*\s*%")  # a rate named in a header (mức 15%) is no unit
_COUNTED = re.compile(r"^(?:tong )?so (?!diem|tien|thu tu)\w|^tong so$|^so luong\b")
_SCALE_UNITS: frozenset[Unit] = frozenset({"count", "count_thousand", "count_million", "other"})
_ROLE_UNITS: dict[Role, Unit] = {
    "ordinal": "ordinal",
    "count": "count",
    "percent": "percent",
    "score": "score",
    "ratio": "ratio",
    "money": "money_vnd",
    "rank": "rank",
    "date": "date",
}
# Shares of a column's texts from which it is what they are; the first was measured on the five seeds.
_ORDINALS, _RUNNING, _STEPS, _DATES, _FIGURES, _NOTES = 0.5, 0.8, 0.6, 0.6, 0.5, 0.9
_UP_OR_DOWN = re.compile(r"\btang\b|\bgiam\b|chenh lech|bien dong|\+/-|\(\+\)")
_INDEX = (Decimal(50), Decimal(200))  # between which an index to another time lies as a rule
_TURNS = 0.75  # of the neighbours in a column that differ in their percent sign, where two kinds take turns
_MOST_PERCENT = Decimal(1000)  # no typical percentage is larger: such a column holds amounts


def is_figure(text: str) -> bool:
    """Whether a cell is a number with or without a unit, or a range of numbers, under either convention."""
    return not is_worded(text) and (
        is_mixed(text) or is_decimal(text) or is_grouped(text) or _is_figure(text)
    )


@lru_cache(maxsize=16384)
def _is_figure(text: str) -> bool:
    marks: tuple[DecimalMark, DecimalMark] = (",", ".")
    return any(parse_quantity(text, m) is not None or parse_range(text, m) is not None for m in marks)


class _Values:
    """The numbers of a column's texts, each read when they are asked for: of most columns nobody does."""

    def __init__(self, texts: ColumnTexts) -> None:
        self._texts = texts.filled
        self.plain = texts.numbers
        self.bare = texts.bare

    @cached_property
    def all(self) -> Sequence[Value]:
        """Every number."""
        return [v for t in self._texts if (v := parse_quantity(t))]

    @cached_property
    def marked(self) -> Sequence[Value]:
        """The same; none where they all are bare: without `%`, unit and second figure."""
        return () if self.plain and "%" not in "".join(self._texts) else self.all


def describe(table: Table, col: int, body: ColumnTexts) -> Column:
    """The column, whose texts are `body`, with its role and unit. The decimal mark plays no part: roles tell
    what speaks for it."""
    column = table.columns[col] if col < len(table.columns) else Column(col)
    head = head_key(column.name)
    texts, values = body.filled, _Values(body)
    printed = _printed_unit(column)
    role = _role(column, col, head, texts, values, printed)
    unit = _unit(role, head, values, printed)
    if role == "money" or (role == "count" and not printed):
        # The unit printed above a table holds for its bare figures; a column's own words go first.
        noted = bracketed_unit(table.unit_note) or unit_of_head(table.unit_note)
        if printed and printed.base == "money_vnd":
            role, unit = "money", printed.unit
        elif noted and noted.base == "money_vnd":
            role, unit = "money", noted.unit
        elif noted and role == "count" and noted.power:
            unit = noted.unit
    return replace(column, index=col, role=role, unit=unit)


def _printed_unit(column: Column) -> PrintedUnit | None:
    """The unit that a column's header prints, the lowest header row first."""
    return next((unit for text in reversed(column.path) if (unit := unit_of_head(text))), None)


def _role(
    column: Column,
    col: int,
    head: str,
    texts: Sequence[str],
    values: _Values,
    printed: PrintedUnit | None,
) -> Role:
    leaf = head_key(column.path[-1]) if column.path else head
    if not texts:
        return _role_by_head(head, leaf) if head and _role_by_head(head, leaf) != "label" else "empty"
    if _is_ordinal_column(col, head, column.path[-1] if column.path else "", texts):
        return "ordinal"
    if (not values.bare or names_by_head(leaf)) and is_name_column(texts, leaf):
        return "ordinal"  # a code names its row as an ordinal does: no figure
    figures = 1.0 if values.plain else sum(is_figure(t) for t in texts) / len(texts)
    if figures < _FIGURES and _role_by_head(head, leaf) == "delta":
        # Changes may be losses in brackets for the most part: `(165)` alone is no figure.
        figures += sum(not is_figure(t) and parse_bracketed(t) is not None for t in texts) / len(texts)
    if _role_by_head("", leaf) == "note" and figures < _NOTES:
        return "note"
    if not values.bare and _are_mostly_dates(texts):
        return "date"
    if figures < _FIGURES:
        return "label"
    return _figure_role(head, leaf, values, printed)


def _are_mostly_dates(texts: Sequence[str]) -> bool:
    """Whether enough of the texts are days; most columns show soon that they are none."""
    others = 0
    for text in texts:
        others += not parse_date(text)
        if (len(texts) - others) / len(texts) < _DATES:
            return False
    return True


def _figure_role(head: str, leaf: str, values: _Values, printed: PrintedUnit | None) -> Role:
    """The role of a column of figures: by its unit, its cells' shapes, its header's words."""
    by_head = _role_by_head(head, leaf)
    marked = values.marked
    if sum(v.of is not None for v in marked) > len(marked) / 2 and by_head not in ("score", "rank"):
        return "ratio"
    if by_head in ("percent", "label") and printed and printed.base == "money_vnd":
        return "money"
    if by_head == "score" and printed and _is_of_no_score(printed):
        return "money" if printed.base == "money_vnd" else "count"
    if (
        by_head == "percent"
        and not (printed and printed.base == "percent")
        and _are_amounts(leaf, values.all)
    ):
        return "count"
    if by_head == "delta" and printed and printed.base == "percent" and _is_index(leaf, values.all):
        return "percent"
    if by_head not in ("label", "note"):
        return by_head
    if sum(v.percent_sign for v in marked) > len(marked) / 2 and not _take_turns(marked):
        return "percent"
    if sum(v.unit.startswith("money") for v in marked) > len(marked) / 2:
        return "money"
    return "percent" if printed and printed.base == "percent" else "count"


def _is_of_no_score(printed: PrintedUnit) -> bool:
    """Whether the unit says that points are not what is counted; `đ` alone may stand for điểm."""
    return printed.base == "count" or (printed.base == "money_vnd" and printed.power > 0)


def _take_turns(values: Sequence[Value]) -> bool:
    """Whether counts and percentages take turns down a column: one count that was lost makes it none of
    percentages."""
    turns = sum(a.percent_sign != b.percent_sign for a, b in pairwise(values))
    return turns >= _TURNS * (len(values) - 1)


def _is_index(leaf: str, values: Sequence[Value]) -> bool:
    """Whether percentages `so với` another time are indices about 100, not differences: unsigned, and no
    word of the header says up or down."""
    if not values or _UP_OR_DOWN.search(leaf) or any(v.amount < 0 for v in values):
        return False
    low, high = _INDEX
    return low <= median(v.amount for v in values) <= high


def _are_amounts(leaf: str, values: Sequence[Value]) -> bool:
    """Whether figures under words of percentages are amounts: none has a `%` or decimals, and the column
    counts something (`Số hồ sơ`) or is too large for percentages."""
    if not values or any(v.percent_sign or v.decimals for v in values):
        return False
    return bool(_COUNTED.search(leaf)) or median(abs(v.amount) for v in values) > _MOST_PERCENT


@cache
def _heads() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    patterns: dict[str, list[str]] = {}
    for role, pattern, _ in entries("heads"):
        patterns.setdefault(role, []).append(f"(?:{pattern})")
    return tuple((cast(Role, role), re.compile("|".join(found))) for role, found in patterns.items())


def _role_by_head(head: str, leaf: str) -> Role:
    """What a header's words say; the lowest header row first, then the whole path. A unit in brackets is
    left to `_printed_unit` where it is money: `Mức 15% (đồng)` is no percentage."""
    for text in (_RATE.sub(" ", leaf), _RATE.sub(" ", head)):
        for role, pattern in _heads():
            if pattern.search(text):
                return role
    return "label"


def _is_ordinal_column(col: int, head: str, printed: str, texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows: by the lowest header over it as printed, or by its own run."""
    headed = is_ordinal_head(printed)
    if col and not headed:
        return False
    ordinals = sum(is_ordinal(t) for t in texts) / len(texts)
    if headed and (ordinals >= _ORDINALS or _counts_on(texts)):
        return True
    if col == 0 and _are_years(texts):
        return True
    ranked = any(role == "rank" and pattern.search(head) for role, pattern in _heads())
    return col == 0 and ordinals >= _RUNNING and _runs_on(texts) and not ranked


def _counts_on(texts: Sequence[str]) -> bool:
    """Whether texts are whole numbers that rise by one: those of long lists have four digits and more."""
    numbers = sum(t.strip(" .)(").isdecimal() for t in texts)
    return numbers >= _RUNNING * len(texts) and _runs_on(texts)


def _are_years(texts: Sequence[str]) -> bool:
    """Whether rows are named by years in order (`2019`, `2020`, `Sơ bộ 2021`): no figures to be added up."""
    years = [year for t in texts if (year := year_of(t))]
    return len(years) >= _FEWEST_YEARS and len(years) >= _RUNNING * len(texts) and in_order(years)


def _runs_on(texts: Sequence[str]) -> bool:
    """Whether whole numbers among the ordinals mostly rise by one, as row numbers do."""
    numbers = [int(t.strip(" .)(")) for t in texts if t.strip(" .)(").isdecimal()]
    if len(numbers) < 2:
        return True
    steps = sum(b - a == 1 for a, b in pairwise(numbers))
    return steps >= _STEPS * (len(numbers) - 1)


def _unit(role: Role, head: str, values: _Values, printed: PrintedUnit | None) -> Unit:
    if role == "delta":
        return _delta_unit(head, values.marked, printed)
    if printed and role in ("count", "money") and (printed.unit in _SCALE_UNITS or role == "money"):
        return printed.unit if (role == "money") == (printed.base == "money_vnd") else _ROLE_UNITS[role]
    return _ROLE_UNITS.get(role, "")


def _delta_unit(head: str, values: Sequence[Value], printed: PrintedUnit | None) -> Unit:
    words = {role for role, pattern in _heads() if pattern.search(_RATE.sub(" ", head))}
    percents = sum(v.percent_sign for v in values)
    if percents > len(values) / 2 or ("percent" in words and "score" not in words):
        return "percent_point"
    if "score" in words:
        return "score"
    return printed.unit if printed else "other"

"""How each figure of a column is to be read: its unit, and what three digits after a lone mark are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from model.table import Cell, Column, Table
from model.value import DecimalMark, Unit
from normalize.columns.ceilings import HUNDRED, ceiling_of_head, row_ceilings
from normalize.columns.marks import SURE, House, Printed, bodies, decimal_odds, house_odds, shape_of
from normalize.columns.roles import is_figure
from normalize.columns.rows import RowUnits, is_counted
from normalize.numbers import is_none_mark, parse_quantity
from normalize.unicode import fold
from normalize.units import unit_of_head

_PERCENTS: frozenset[str] = frozenset({"percent", "percent_point"})
# Roles whose unit stands whatever a row says: the row's `%` is that of its other figures.
_OWN = frozenset({"percent", "score", "ratio", "rank", "date", "ordinal", "money", "note", "label", "empty"})
_POINTS = Decimal(1000)  # the most points that any form of these reports gives
_SETTLED = 3.0  # nats from which a figure with the other mark beside it is no doubt
_TELLING = 2.0  # nats from which a column tells other tables what its marks are
_LEANING = 2.0  # the most that columns beside one say of it, in nats


_Kin = tuple[tuple[str, ...], str, str]  # the headers over a column, a kind of figures, a mark


@dataclass(frozen=True, slots=True)
class Lens:
    """How a cell is read: the unit of a bare figure, the decimal mark, whether three digits after a lone
    mark are decimals (by mark), and the marks for which that is a doubt. `kind` tells the cells apart that
    are judged together."""

    unit: Unit
    mark: DecimalMark
    kind: str
    thousandths: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def decimals(self, text: str) -> bool | None:
        """Whether three digits after the lone mark in a text are decimals; None where no such stand in it."""
        marks = {m for body in bodies(text) for s, m in (shape_of(body),) if s == "either"}
        return bool(marks & set(self.thousandths)) if marks else None

    def doubtful(self, text: str) -> bool:
        """Whether what three digits after a lone mark in a text are is a doubt."""
        return any(shape_of(b)[0] == "either" and shape_of(b)[1] in self.doubts for b in bodies(text))


@dataclass(frozen=True, slots=True)
class _Group:
    """The figures of one kind in one column, with the odds of each mark that leaves a question open: of the
    document, and of the figures themselves."""

    kind: str
    prints: tuple[Printed, ...]
    odds: tuple[tuple[str, float, float], ...]


def lenses(
    table: Table, columns: Sequence[Column], units: RowUnits, house: House, mark: DecimalMark
) -> list[list[Lens]]:
    """For each column, for each body row, how its cell is read."""
    bare, groups = _all_groups(table, columns, units, house)
    beside = _beside(columns, groups)
    out = []
    for column, own, seen in zip(columns, groups, bare):
        decided = {g.kind: _decided(g, column, beside) for g in own}
        out.append([Lens(unit, mark, kind, *decided.get(kind, ((), ()))) for unit, kind in seen])
    return out


def settled(table: Table, columns: Sequence[Column], units: RowUnits, house: House) -> House:
    """What the columns of a table in which three digits after a lone mark leave no question say to the rest
    of the document: there they were decimals, or thousands. Only what the figures themselves say counts, not
    what the document said to them."""
    _, groups = _all_groups(table, columns, units, house)
    beside = _beside(columns, groups)
    decimals, thousands = {",": 0.0, ".": 0.0}, {",": 0.0, ".": 0.0}
    for column, own in zip(columns, groups):
        for group in own:
            houses = {mark: odds for mark, odds, _ in group.odds}
            for mark, whole in _odds_of(group, column, beside):
                odds = whole - houses[mark]
                if abs(odds) >= _TELLING:
                    (decimals if odds > 0 else thousands)[mark] += _open(group, mark)
    return House(decimals, thousands)


def _all_groups(
    table: Table, columns: Sequence[Column], units: RowUnits, house: House
) -> tuple[list[list[tuple[Unit, str]]], list[list[_Group]]]:
    bare = [[bare_unit(c, column, units) for c in table.column_values(column.index)] for column in columns]
    return bare, [_groups(table, column, house, own) for column, own in zip(columns, bare)]


def _beside(columns: Sequence[Column], groups: Sequence[Sequence[_Group]]) -> dict[_Kin, list[float]]:
    """What the figures of each kind themselves say, by the headers over their columns."""
    beside: dict[_Kin, list[float]] = defaultdict(list)
    for column, own in zip(columns, groups):
        for group in own:
            for mark, _, odds in group.odds:
                beside[column.path[:-1], group.kind, mark].append(odds)
    return beside


def _open(group: _Group, mark: str) -> int:
    """How many figures of a group leave it open what three digits after `mark` are."""
    return sum(shape_of(p.body) == ("either", mark) for p in group.prints)


def bare_unit(cell: Cell, column: Column, units: RowUnits) -> tuple[Unit, str]:
    """(the unit of a cell's figure, the kind of figures it is judged with: the unit that they are known to
    have, or any word with `?` where nothing says it).

    A cell's own `%` or unit word goes first, then its column's header, then its row, then the column's
    figures as a whole. Bare figures of a column whose header names no unit are judged apart from those with
    a `%`.
    """
    value = parse_quantity(cell.text)
    row = units.units[cell.row]
    if value is not None and value.percent_sign:
        return ("percent_point" if column.role == "delta" else "percent"), "percent"
    own = value.unit if value is not None and value.of is None else ""
    if own:
        return own, own
    named = any(unit_of_head(text) for text in column.path)
    if column.role == "money" and column.unit == "money_vnd" and row.startswith("money") and not named:
        return row, row  # `Giá` names no scale, `triệu đồng/lượng` beside it does
    if column.role in _OWN or named:
        bare = column.role == "percent" and not _says_percent(column)
        return column.unit, f"{column.unit}?" if bare else column.unit
    if column.role == "delta":
        told = row if column.unit == "other" and row.startswith("money") else column.unit
        unit: Unit = "percent_point" if row == "percent" else told
        return unit, row or f"{column.unit}?"
    if column.unit == "count" and not row and not any(is_counted(text) for text in column.path):
        return column.unit, "count?"  # a column of figures of which nothing says what they are
    return (row or column.unit), (row or column.unit)


def _says_percent(column: Column) -> bool:
    head = fold(column.name)
    return "%" in head or "ty le" in head or "ti le" in head or "phan tram" in head


def _groups(table: Table, column: Column, house: House, bare: Sequence[tuple[Unit, str]]) -> list[_Group]:
    """The figures of a column by kind, in order of rows."""
    if column.role in ("ordinal", "date", "empty"):
        return []
    top = ceiling_of_head(fold(column.name))
    ceilings = row_ceilings(table, column)
    found: dict[str, list[Printed]] = {}
    for cell, (_, kind) in zip(table.column_values(column.index), bare):
        if is_none_mark(cell.text) or not is_figure(cell.text):
            continue
        most = ceilings.get(cell.row, top)
        if most is None:
            most = HUNDRED if kind in _PERCENTS else _POINTS if kind == "score" else None
        found.setdefault(kind, []).extend(_printed(cell, most))
    kinds = table.row_kinds or ("body",) * table.n_rows
    totals = [r for r, kind in enumerate(kinds) if kind == "total"]
    return [
        _Group(kind, tuple(prints), _odds(prints, house, "" if kind.endswith("?") else kind, totals))
        for kind, prints in found.items()
    ]


def _printed(cell: Cell, most: Decimal | None) -> list[Printed]:
    """The numbers of a cell; the second of a fraction is the largest the first may be."""
    numbers = bodies(cell.text)
    if "/" in cell.text and len(numbers) == 2 and shape_of(numbers[1])[0] == "plain":
        most = Decimal(numbers[1])
    return [Printed(cell.row, body, most) for body in numbers[:1]]


def _odds(
    prints: Sequence[Printed], house: House, unit: str, totals: Sequence[int]
) -> tuple[tuple[str, float, float], ...]:
    found = ((mark, decimal_odds(prints, mark, unit, totals)) for mark in ",.")
    return tuple((mark, house_odds(mark, house), odds) for mark, odds in found if odds is not None)


def _odds_of(
    group: _Group, column: Column, beside: Mapping[_Kin, Sequence[float]]
) -> list[tuple[str, float]]:
    """The odds of each mark in a group: of the document, of its own figures, and of those of the same kind
    under the same header, which lean a doubtful column their way. (The document is heard once, not again
    with every column beside.)"""
    found = []
    for mark, house, own in group.odds:
        kin = beside[column.path[:-1], group.kind, mark]
        others = (fsum(kin) - own) / (len(kin) - 1) if len(kin) > 1 else 0.0
        found.append((mark, house + own + max(-_LEANING, min(_LEANING, others))))
    return found


def _decided(
    group: _Group, column: Column, beside: Mapping[_Kin, Sequence[float]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(marks before decimals of three digits, marks for which it is a doubt) in one group of figures; where
    both marks stand before three digits in one column, the rarer one is a doubt."""
    counts = {m: _open(group, m) for m in ",."}
    decimals, doubts = [], []
    for mark, odds in _odds_of(group, column, beside):
        if odds > 0:
            decimals.append(mark)
        other_mark = "." if mark == "," else ","
        rare = 0 < counts[mark] < counts[other_mark] and abs(odds) < _SETTLED
        if abs(odds) < SURE or rare:
            doubts.append(mark)
    return tuple(decimals), tuple(doubts)

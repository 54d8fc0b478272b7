"""How each figure of a column is to be read: its unit, and what three digits after a lone mark are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import fsum

from model.table import Cell, Column, Role, Table
from model.value import DecimalMark, Unit
from normalize.columns.bare_marks import BareFigures
from normalize.columns.ceilings import HUNDRED, ceiling_of_head, row_ceilings
from normalize.columns.marks import (
    PLAIN,
    SURE,
    House,
    Printed,
    bodies,
    decimal_odds,
    house_odds,
    is_borne_out,
    shape_of,
    shape_of_bare,
    shape_told,
)
from normalize.columns.roles import is_figure
from normalize.columns.rows import RowUnits, is_counted
from normalize.columns.texts import ColumnTexts
from normalize.numbers import is_worded, parse_quantity
from normalize.plain_numbers import is_decimal, is_grouped, is_mixed
from normalize.unicode import fold
from normalize.units import unit_of_head

_PERCENTS: frozenset[str] = frozenset({"percent", "percent_point"})
# Roles whose unit stands whatever a row says: the row's `%` is that of its other figures.
_OWN = frozenset({"percent", "score", "ratio", "rank", "date", "ordinal", "money", "note", "label", "empty"})
_NO_FIGURES: frozenset[Role] = frozenset({"ordinal", "date", "empty"})
_POINTS = Decimal(1000)  # the most points that any form of these reports gives
_AGAINST = -4.0  # nats of a document that writes both its decimals and its groups otherwise
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
        marks = _open_marks(text)
        return any(mark in self.thousandths for mark in marks) if marks else None

    def doubtful(self, text: str) -> bool:
        """Whether what three digits after a lone mark in a text are is a doubt."""
        return any(mark in self.doubts for mark in _open_marks(text))


@lru_cache(maxsize=16384)
def _open_marks(text: str) -> str:
    """The marks of a text that stand alone before three digits, which may be decimals or a group."""
    return "".join(mark for body in bodies(text) for shape, mark in (shape_of(body),) if shape == "either")


@dataclass(frozen=True, slots=True)
class _Group:
    """The figures of one kind in one column: how many leave it open what three digits after each mark are,
    and the odds that they all give each mark that leaves a question open. `bare` are the marks for which no
    figure and no sum of the column speaks: only what its header says may be over them does."""

    kind: str
    opens: Mapping[str, int]
    odds: tuple[tuple[str, float], ...]
    bare: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kinds:
    """A column's figures as they are judged together: the unit and kind of each body cell's bare figure, and
    the groups of figures of one kind."""

    column: Column
    bare: tuple[tuple[Unit, str], ...]
    groups: tuple[_Group, ...]


def kinds_of(table: Table, column: Column, units: RowUnits, texts: ColumnTexts) -> Kinds:
    """The figures of a column by kind, whatever the document says of its marks."""
    said = _said_by_header(column)
    plain: dict[tuple[Unit, bool], tuple[Unit, str]] = {}  # of cells with no unit or `%`, by their row's
    bare = []
    cells, all_plain = texts.cells, texts.all_plain
    if texts.all_numbers and (told := _alike(texts, column, units, said)):
        alike = (told,) * len(cells)
        groups = _groups_of_plain(column, [told]) if all_plain else _groups(table, column, alike, texts)
        return Kinds(column, alike, tuple(groups))
    for cell in cells:
        bare_one = texts.all_numbers or is_grouped(cell.text) or _is_plain(cell.text)
        kind = (units.units[cell.row], cell.text[-1:] == "%") if bare_one else None
        told = plain.get(kind) if kind else None
        if told is None:
            told = bare_unit(cell, column, units, said)
            if kind:
                plain[kind] = told
        bare.append(told)
    groups = _groups_of_plain(column, bare) if all_plain else _groups(table, column, bare, texts)
    return Kinds(column, tuple(bare), tuple(groups))


def _alike(
    texts: ColumnTexts, column: Column, units: RowUnits, said: tuple[bool, bool]
) -> tuple[Unit, str] | None:
    """The unit and kind of every cell of a column of numbers, where they can't differ: all rows say the same
    of their unit, and no cell has a `%`."""
    cells = texts.cells
    of_rows = units.units[cells[0].row : cells[-1].row + 1]
    if of_rows.count(of_rows[0]) < len(cells) or "%" in "".join(texts.all):
        return None
    return bare_unit(cells[0], column, units, said)


def _is_plain(text: str) -> bool:
    """Whether a text surely has no unit of its own but `%`: bare digits, decimals, words."""
    return text.isdecimal() or is_mixed(text) or is_worded(text) or is_decimal(text)


def lenses(kinds: Sequence[Kinds], house: House, mark: DecimalMark) -> list[list[Lens]]:
    """For each column of a table, for each body row, how its cell is read."""
    beside = _beside(kinds)
    out = []
    for of_column in kinds:
        decided = {g.kind: _decided(g, of_column.column, house, beside) for g in of_column.groups}
        made = {
            (unit, kind): Lens(unit, mark, kind, *decided.get(kind, ((), ())))
            for unit, kind in set(of_column.bare)
        }
        out.append([made[told] for told in of_column.bare])
    return out


def settled(kinds: Sequence[Kinds], house: House) -> House:
    """What the columns of a table in which three digits after a lone mark leave no question say to the rest
    of the document: there they were decimals, or thousands. Only what the figures themselves say counts, not
    what the document said to them."""
    beside = _beside(kinds)
    decimals, thousands = {",": 0.0, ".": 0.0}, {",": 0.0, ".": 0.0}
    for of_column in kinds:
        for group in of_column.groups:
            for mark, whole in _odds_of(group, of_column.column, house, beside):
                odds = whole - house_odds(mark, house)
                if abs(odds) >= _TELLING:
                    (decimals if odds > 0 else thousands)[mark] += group.opens[mark]
    return House(decimals, thousands)


def _beside(kinds: Sequence[Kinds]) -> dict[_Kin, list[float]]:
    """What the figures of each kind themselves say, by the headers over their columns."""
    beside: dict[_Kin, list[float]] = defaultdict(list)
    for of_column in kinds:
        for group in of_column.groups:
            for mark, odds in group.odds:
                beside[of_column.column.path[:-1], group.kind, mark].append(odds)
    return beside


def _said_by_header(column: Column) -> tuple[bool, bool]:
    """Whether a column's header names a unit, and whether it says that it counts whole things."""
    return any(unit_of_head(text) for text in column.path), any(is_counted(text) for text in column.path)


def bare_unit(cell: Cell, column: Column, units: RowUnits, said: tuple[bool, bool]) -> tuple[Unit, str]:
    """(the unit of a cell's figure, the kind of figures it is judged with: the unit that they are known to
    have, or any word with `?` where nothing says it).

    A cell's own `%` or unit word goes first, then its column's header, then its row, then the column's
    figures as a whole. Bare figures of a column whose header names no unit are judged apart from those with
    a `%`. `said` is what `_said_by_header` tells of the column.
    """
    value = parse_quantity(cell.text)
    row = units.units[cell.row]
    if value is not None and value.percent_sign:
        return ("percent_point" if column.role == "delta" else "percent"), "percent"
    own = value.unit if value is not None and value.of is None else ""
    if own:
        return own, own
    named, counted = said
    if column.role == "money" and column.unit == "money_vnd" and row.startswith("money") and not named:
        return row, row  # `Giá` names no scale, `triệu đồng/lượng` beside it does
    if column.role in _OWN or named:
        bare = column.role == "percent" and not _says_percent(column)
        return column.unit, f"{column.unit}?" if bare else column.unit
    if column.role == "delta":
        told = row if column.unit == "other" and row.startswith("money") else column.unit
        unit: Unit = "percent_point" if row == "percent" else told
        return unit, row or f"{column.unit}?"
    if column.unit == "count" and not row and not counted:
        return column.unit, "count?"  # a column of figures of which nothing says what they are
    return (row or column.unit), (row or column.unit)


def _says_percent(column: Column) -> bool:
    head = fold(column.name)
    return "%" in head or "ty le" in head or "ti le" in head or "phan tram" in head


def _groups_of_plain(column: Column, bare: Iterable[tuple[Unit, str]]) -> list[_Group]:
    """The kinds of figures of which none leaves open what three digits after a mark are."""
    if column.role in _NO_FIGURES:
        return []
    return [_Group(kind, dict.fromkeys(",.", 0), ()) for kind in dict.fromkeys(kind for _, kind in bare)]


def _groups(
    table: Table, column: Column, bare: Sequence[tuple[Unit, str]], texts: ColumnTexts
) -> list[_Group]:
    """The figures of a column by kind, in order of rows."""
    if column.role in _NO_FIGURES:
        return []
    cells = texts.cells
    if all(_is_plain(cell.text) for cell in cells):
        figures = (told for cell, told in zip(cells, bare) if not is_worded(cell.text))
        return _groups_of_plain(column, figures)
    kinds = table.row_kinds or ("body",) * table.n_rows
    totals = [r for r, kind in enumerate(kinds) if kind == "total"]
    if (told := _group_of_bare(table, column, bare, texts, totals)) is not None:
        return [told]
    found = _prints(table, column, bare, texts)
    return [
        _Group(
            kind,
            opens := _opens(prints),
            _odds(prints, "" if kind.endswith("?") else kind, totals, opens),
            frozenset(mark for mark in ",." if opens[mark] and not is_borne_out(prints, mark, totals)),
        )
        for kind, prints in found.items()
    ]


def _group_of_bare(
    table: Table, column: Column, bare: Sequence[tuple[Unit, str]], texts: ColumnTexts, totals: Sequence[int]
) -> _Group | None:
    """The same of a column of bare digits, in groups or not, that are all of one kind without a ceiling, as
    most of a large sheet; None of any other."""
    kind = bare[0][1]
    if not texts.all_bare or bare.count(bare[0]) < len(bare) or _most_of(kind) is not None:
        return None
    if ceiling_of_head(fold(column.name)) is not None or row_ceilings(table, column):
        return None
    figures = BareFigures(texts.all, [cell.row for cell in texts.cells])
    opens = {mark: len(figures.open_ones(mark)) for mark in ",."}
    unit = "" if kind.endswith("?") else kind
    sums = figures.sums(totals) if any(opens.values()) else 0.0
    odds = tuple([(mark, figures.odds(mark, unit, sums)) for mark in ",." if opens[mark]])
    unborne = frozenset(mark for mark, _ in odds if sums <= 0)
    return _Group(kind, opens, odds, unborne)


def _most_of(kind: str) -> Decimal | None:
    """The largest figure of a kind that there may be, if that is known."""
    return HUNDRED if kind in _PERCENTS else _POINTS if kind == "score" else None


def _prints(
    table: Table, column: Column, bare: Sequence[tuple[Unit, str]], texts: ColumnTexts
) -> dict[str, list[Printed]]:
    """The figures of a column as printed, by kind."""
    top, ceilings = ceiling_of_head(fold(column.name)), row_ceilings(table, column)

    cells, figures_only = texts.cells, texts.all_bare
    if figures_only and not ceilings and bare.count(bare[0]) == len(bare):
        kind = bare[0][1]
        most = _most_of(kind) if top is None else top
        return {kind: [Printed(c.row, t, shape_of_bare(t), most) for c, t in zip(cells, texts.all)]}
    found: dict[str, list[Printed]] = {}
    for cell, (_, kind) in zip(cells, bare):
        if figures_only or is_figure(cell.text):
            most = ceilings.get(cell.row, top)
            found.setdefault(kind, []).extend(_printed(cell, _most_of(kind) if most is None else most))
    return found


def _printed(cell: Cell, most: Decimal | None) -> list[Printed]:
    """The numbers of a cell; the second of a fraction is the largest the first may be."""
    if cell.text.isdecimal():
        return [Printed(cell.row, cell.text, PLAIN, most)]
    if is_grouped(cell.text):
        return [Printed(cell.row, cell.text, shape_told(cell.text), most)]
    numbers = bodies(cell.text)
    if "/" in cell.text and len(numbers) == 2 and shape_of(numbers[1])[0] == "plain":
        most = Decimal(numbers[1])
    return [Printed(cell.row, body, shape_of(body), most) for body in numbers[:1]]


def _opens(prints: Sequence[Printed]) -> dict[str, int]:
    """How many figures leave it open what three digits after each mark are."""
    shapes = [p.shape for p in prints]
    return {mark: shapes.count(("either", mark)) for mark in ",."}


def _odds(
    prints: Sequence[Printed], unit: str, totals: Sequence[int], opens: Mapping[str, int]
) -> tuple[tuple[str, float], ...]:
    found = ((mark, decimal_odds(prints, mark, unit, totals)) for mark in ",." if opens[mark])
    return tuple((mark, odds) for mark, odds in found if odds is not None)


def _odds_of(
    group: _Group, column: Column, house: House, beside: Mapping[_Kin, Sequence[float]]
) -> list[tuple[str, float]]:
    """The odds of each mark in a group: of the document, of its own figures, and of those of the same kind
    under the same header, which lean a doubtful column their way. (The document is heard once, not again
    with every column beside.)"""
    found = []
    for mark, own in group.odds:
        kin = beside[column.path[:-1], group.kind, mark]
        others = (fsum(kin) - own) / (len(kin) - 1) if len(kin) > 1 else 0.0
        found.append((mark, house_odds(mark, house) + own + max(-_LEANING, min(_LEANING, others))))
    return found


def _decided(
    group: _Group, column: Column, house: House, beside: Mapping[_Kin, Sequence[float]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(marks before decimals of three digits, marks for which it is a doubt) in one group of figures; where
    both marks stand before three digits in one column, the rarer one is a doubt, and so is one that the
    document uses otherwise, where nothing but the column's header speaks for it: that may be another's."""
    counts = group.opens
    decimals, doubts = [], []
    for mark, odds in _odds_of(group, column, house, beside):
        if odds > 0:
            decimals.append(mark)
        other_mark = "." if mark == "," else ","
        rare = 0 < counts[mark] < counts[other_mark] and abs(odds) < _SETTLED
        at_odds = odds > 0 and mark in group.bare and house_odds(mark, house) < _AGAINST
        if abs(odds) < SURE or rare or at_odds:
            doubts.append(mark)
    return tuple(decimals), tuple(doubts)

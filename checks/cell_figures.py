"""The figure that a cell prints, as its column prints figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.relation import HUNDRED, ONE, ZERO, Figure
from checks.scale import other_scale
from model.copies import copier
from model.flag import CellRef
from model.table import Cell, Column, Table
from model.value import DecimalMark, Value
from normalize.numbers import parse_like, parse_number
from normalize.plain_numbers import is_decimal, is_mixed
from normalize.sums import half_unit, last_unit

_WEAK_CONFIDENCE = 0.8
_WHOLE_NEIGHBOURS = 5  # whole figures beside which one with decimals is odd


@dataclass(frozen=True, slots=True)
class Habit:
    """How a column prints its figures: the decimals that its whole ones really have (Excel drops trailing
    zeros: `92`, `92,8`), whether one may be negative, how many there are and how many show decimals."""

    places: int
    signed: bool
    figures: int
    with_decimals: int


def habit_of(table: Table, col: int) -> Habit:
    """A column in which at least three figures in four show decimals has them in the rest too."""
    role = table.columns[col].role if col < len(table.columns) else "label"
    values = [value for c in table.column_values(col) if (value := c.value) is not None]
    if col in table.plain_columns and not sum([value.decimals for value in values]):
        return Habit(0, role == "delta" or _are_negative(values), len(values), 0)  # most
    inner = [v for v in values if v.amount and abs(v.amount) != HUNDRED]
    shown = [v.decimals for v in inner if v.decimals]
    return Habit(
        places=max(shown) if shown and 4 * len(shown) >= 3 * len(inner) else 0,
        signed=role == "delta" or _are_negative(values),
        figures=len(values),
        with_decimals=sum(v.decimals > 0 for v in values),
    )


_in_row: Callable[[CellRef, int], CellRef] = copier(CellRef, "row")


def _are_negative(values: Sequence[Value]) -> bool:
    """Whether any is less than nothing."""
    return any(map(ZERO.__gt__, [value.amount for value in values]))


_with_amount: Callable[[Figure, Decimal, str, CellRef, Decimal], Figure] = copier(
    Figure, "amount", "printed", "ref", "as_read"
)


def figure_of(
    table: Table, cell: Cell, value: Value, habit: Habit, stored: dict[tuple[object, ...], Figure]
) -> Figure:
    """The figure of a cell. Those of sure print that is the same number under every convention, or that a
    workbook keeps, differ from each other in a few fields only: they are copies of the first of each kind,
    which are put down in their column's `stored`."""
    if not cell.sure or cell.repairs or cell.alternatives or cell.raw != cell.text:
        return _read_figure(table, cell, value, habit)
    if cell.stored is None and not is_decimal(cell.text) and not is_mixed(cell.text):
        return _read_figure(table, cell, value, habit)
    kind = value.decimals, value.percent_sign, value.unit, cell.page, cell.confidence
    like = stored.get(kind)
    if like is None:
        like = stored[kind] = _read_figure(table, cell, value, habit)
    ref = CellRef(table.table_id, cell.row, cell.col)
    return _with_amount(like, value.amount, cell.text, ref, value.amount)


def figures_of(table: Table, col: int, habit: Habit) -> list[Figure]:
    """The figures of a column of plain ones (`Table.plain_columns`), below the header."""
    cells = [(cell, value) for cell in table.column_values(col) if (value := cell.value) is not None]
    first, own = cells[0]
    unit, places, page, confidence = own.unit, own.decimals, first.page, first.confidence
    alike = [
        value.unit == unit
        and value.decimals == places
        and value.percent_sign is own.percent_sign
        and cell.page == page
        and cell.confidence == confidence
        and cell.stored is not None
        for cell, value in cells
    ]
    if not all(alike):
        stored: dict[tuple[object, ...], Figure] = {}
        return [figure_of(table, cell, value, habit, stored) for cell, value in cells]
    like, ref = _read_figure(table, first, own, habit), CellRef(table.table_id, 0, col)
    return [
        _with_amount(like, amount := value.amount, cell.text, _in_row(ref, cell.row), amount)
        for cell, value in cells
    ]


def _read_figure(table: Table, cell: Cell, value: Value, habit: Habit) -> Figure:
    column = table.columns[cell.col] if cell.col < len(table.columns) else Column(cell.col)
    raw: Value | None = value
    if cell.raw != cell.text and not any(repair.by_person for repair in cell.repairs):
        raw = parse_like(cell.raw, value)
    percent = value.percent_sign or value.unit in ("percent", "percent_point") or column.role == "percent"
    places = value.decimals or (habit.places if percent else 0)
    whole = not places and not percent  # most figures are counts
    half, step = (ZERO, ONE) if whole else (half_unit(places, percent), last_unit(places))
    return Figure(
        value.amount,
        half,
        step,
        cell.text,
        CellRef(table.table_id, cell.row, cell.col),
        sure=cell.sure,
        weak=not cell.sure and (is_weak(cell) or _odd(value, habit)),
        confidence=cell.confidence,
        rivals=() if cell.sure else _rivals(cell, value),
        page=cell.page,
        percent=percent,
        as_read=raw.amount if raw is not None else value.amount,
        signed=habit.signed,
        mended=bool(cell.repairs) and cell.repairs[-1].by_relations,
        otherwise=other_scale(cell, value, column) if cell.stored is None or cell.alternatives else None,
    )


def is_weak(cell: Cell) -> bool:
    """Whether the reader itself doubted a cell. The print of a text layer is never weak."""
    return not cell.sure and (cell.status == "doubtful" or cell.confidence < _WEAK_CONFIDENCE)


def _odd(value: Value, habit: Habit) -> bool:
    """Whether a figure has decimals in a column where at least five others and no other have any."""
    return value.decimals > 0 and habit.figures > _WHOLE_NEIGHBOURS and habit.with_decimals == 1


def _rivals(cell: Cell, value: Value) -> tuple[tuple[Decimal, float], ...]:
    read = ((parse_like(a.text, value), a.cost) for a in cell.alternatives)
    return tuple((v.amount, cost) for v, cost in read if v is not None and v.amount != value.amount)


def readings_of(cell: Cell, mark: DecimalMark) -> tuple[tuple[Decimal, float], ...]:
    """The other readings of a cell that are numbers, with their costs."""
    read = ((parse_number(a.text, mark), a.cost) for a in cell.alternatives)
    return tuple((v.amount, cost) for v, cost in read if v is not None)

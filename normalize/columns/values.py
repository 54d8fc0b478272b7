"""Cells to values: each read through its lens, and what no lens makes one figure left a doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from model.copies import changed, copier
from model.page import Reading
from model.table import Cell, Column, Role, Table
from model.value import DecimalMark, Repair, Unit, Value
from normalize.columns.names import is_name
from normalize.columns.readings import Lens
from normalize.columns.spaced import spaced_figures
from normalize.columns.texts import ColumnTexts
from normalize.dates import parse_date
from normalize.lookalikes import from_lookalikes
from normalize.numbers import (
    decimal_number,
    is_none_mark,
    is_worded,
    looks_numeric,
    parse_bracketed,
    parse_number,
    parse_quantity,
    parse_range,
)
from normalize.plain_numbers import mark_of_decimal
from normalize.sums import exponent_of
from normalize.unicode import has_digit

FIGURE_ROLES: frozenset[Role] = frozenset({"count", "percent", "delta", "score", "money"})
_valued: Callable[[Cell, Value], Cell] = copier(Cell, "value")
_of_unit: Callable[[Value, Unit], Value] = copier(Value, "unit")
_of_amount: Callable[[Value, Decimal | None], Value] = copier(Value, "amount")
_NAMING: frozenset[Role] = frozenset({"label", "ordinal"})
_NOT_AT_ONCE: frozenset[Role] = _NAMING | {"ratio"}
_MARKS: dict[str, DecimalMark] = {",": ",", ".": "."}
_OF_DUMPS = "text"  # the engine of readings of dumps
_YEAR_DIGITS = 4
_LONGEST_NUMBER = 6  # digits of a row's number; what is longer names something else
_SLIP_NEIGHBOURS = 2  # whole figures of thousands beside which decimals of three digits are a slip
_SLIPS = 3  # whole figures for each such slip; one may stand beside fewer
_THOUSAND, _GROUP = 1000, 3  # the least figure with a group, and the digits of one
_ONE_MARK = re.compile(
    r"(?P<whole>[+\-−–]?\d{1,3}(?P<group>[.,])\d{3}(?:(?P=group)\d{3})*)(?P=group)(?P<decimals>\d{1,2})"
)
_BARE = re.compile(r"-?\d[\d.,]*")
_BROKEN_GROUP = re.compile(
    r"(?P<whole>[+\-−–(]?\d{1,3}(?:[.,]\d{3})*)(?P<group>[.,])(?P<begun>\d{1,2})\s(?P<rest>\d{1,2})"
    r"(?P<end>[)%]*)"
)
_LIKELY = 0.9  # how sure a digit put right by its column is thought
_SLIP_COST = 1.0  # nats: how much less likely the print's own reading is then thought
_NEARLY_ALL = 0.85  # share of a column's figures with decimals from which one without is strange
_LEAST_RANGE, _SHOWN = 4, 0.5  # figures, and share of them with decimals, for a column to have a range
_CEILING, _ZERO = Decimal(100), Decimal(0)


def prints_losses(table: Table, columns: Sequence[Column]) -> bool:
    """Whether a table's figures include amounts in brackets, as accounts print a loss."""
    figures = {c.index for c in columns if c.role in FIGURE_ROLES}
    marked = (c for row in table.body for c in row if c.col in figures and not c.text[:1].isdecimal())
    texts = (c.text.strip() for c in marked)
    return any(t.startswith("(") and (v := parse_number(t)) is not None and v.amount < 0 for t in texts)


def type_column(
    table: Table,
    column: Column,
    texts: ColumnTexts,
    lens: Sequence[Lens],
    losses: bool = False,
    blanks: bool = False,
) -> list[Cell]:
    """The body cells of a column with values, dates, ranges, and doubts of those that leave any. `losses`
    says that the table prints losses in brackets: then short ones are such too, as in a column of changes;
    `blanks` that the document prints groups with blanks (`groups_with_blanks`)."""
    cells = texts.cells
    if column.role not in _NAMING and (bare := _bare(texts, lens)):
        return bare
    kinds = (table.row_kinds or ("body",) * table.n_rows)[table.header_rows :]
    typed = [
        cell if kind == "section" and not looks_numeric(cell.text) else _type_cell(cell, column, seen)
        for cell, kind, seen in zip(cells, kinds, lens)
    ]
    if column.role == "delta" or (losses and column.role in FIGURE_ROLES):
        typed = _with_brackets(typed, lens)
    if not all(cell.sure for cell in typed):  # print is what it is
        typed = _doubted_without_mark(_by_column_range(typed, lens), lens)
    return _slips(spaced_figures(typed, blanks and table.kind == "ruled"), lens)


def _bare(texts: ColumnTexts, lens: Sequence[Lens]) -> list[Cell]:
    """The cells of a column with their values where a workbook keeps all of them and prints their digits, in
    groups or not, as in most columns of large sheets: no day or unit is among them. None where any is
    otherwise."""
    stored = [cell.stored for cell in texts.cells]
    if None in stored[:1] or not texts.all_bare:
        return []
    digits = "\n".join(texts.all).replace(".", "").replace(",", "").split("\n")
    if list(map(str, stored)) != digits:
        return []
    unit = lens[0].unit
    if lens.count(lens[0]) < len(lens) and any(seen.unit != unit for seen in lens):
        like = {seen.unit: Value(_ZERO, 0, None, seen.unit) for seen in lens}
        return [_valued(c, _of_amount(like[s.unit], n)) for c, n, s in zip(texts.cells, stored, lens)]
    one = Value(_ZERO, 0, None, unit)
    made = {text: _of_amount(one, number) for text, number in dict(zip(digits, stored)).items()}
    return list(map(_valued, texts.cells, map(made.__getitem__, digits)))  # few figures again and again


def _type_cell(cell: Cell, column: Column, lens: Lens) -> Cell:
    text = cell.text
    bare = cell.stored is not None and text.isdecimal() and column.role not in _NAMING
    if bare and cell.stored is not None and str(cell.stored) == text:
        # Most cells of a large sheet: bare digits are no day, have no unit and no mark.
        return _valued(cell, Value(cell.stored, 0, None, lens.unit))
    if cell.stored is not None and column.role not in _NOT_AT_ONCE and (mark := mark_of_decimal(text)):
        decimals = -exponent_of(cell.stored)
        if decimals > 0 and text[-_YEAR_DIGITS - 1 : -_YEAR_DIGITS] != mark:  # no month of a year
            rate = text[-1] == "%"
            unit = _rate_unit(column) if rate else lens.unit
            return _valued(cell, Value(cell.stored, decimals, None, unit, rate, _MARKS[mark]))
    if cell.stored is None and column.role in FIGURE_ROLES and (value := decimal_number(text)):
        return _valued(cell, _with_unit(value, _cell_unit(value, column, lens)))
    lone = _lone_figure(cell) if column.role in FIGURE_ROLES else ""
    if cell.stored is None and column.role != "ordinal" and not has_digit(text) and not lone:
        return cell  # words
    if is_none_mark(text) or (column.role == "label" and is_name(text)):
        return cell
    if column.role == "ordinal":
        return _ordinal(cell)
    if cell.stored is None and column.role not in FIGURE_ROLES and is_worded(text):
        day = parse_date(text)  # no word is a number or a range
        return changed(cell, date=day) if day else cell
    if cell.stored is not None and column.role != "ratio" and _BARE.fullmatch(text) and not parse_date(text):
        kept = stored_value(cell, lens)
        return cell if kept is None else _valued(cell, _with_unit(kept, _cell_unit(kept, column, lens)))
    thousandths = lens.decimals(text)
    ratio = column.role == "ratio" and parse_number(text, lens.mark, thousandths)
    if not ratio and (day := parse_date(text)):
        return changed(cell, date=day)
    if cell.stored is not None and (kept := stored_value(cell, lens)) is not None:
        return changed(cell, value=_with_unit(kept, _cell_unit(kept, column, lens)))
    value = parse_quantity(text, lens.mark, thousandths)
    if value is not None and column.role in ("label", "note") and not value.unit.startswith("money"):
        value = parse_number(text, lens.mark, thousandths)  # `18 lít` names a tin among words
    if value is None and (interval := parse_range(text, lens.mark, thousandths)):
        return replace(cell, interval=interval)
    if value is None and column.role in FIGURE_ROLES and (whole := _unwrapped(text, lens.mark)) != text:
        value = parse_number(whole, lens.mark, lens.decimals(whole))
        repair = Repair("digits", text, whole, "số bị ngắt dòng giữa nhóm ba chữ số", _LIKELY)
        cell = replace(cell, text=whole, repairs=(*cell.repairs, repair), status="doubtful")
    if value is None and column.role in FIGURE_ROLES and not cell.sure:
        fixed, why = _with_last_mark(text, lens.mark), "dấu thập phân mất nét"
        if fixed == text:
            fixed, why = from_lookalikes(text), "ký tự giống chữ số trong cột số"
        looks = fixed != text and any(c.isdigit() for c in text)
        if not looks and lone:
            fixed, looks, why = lone, True, "dấu đứng một mình ở chỗ một con số"
        value = parse_number(fixed, lens.mark, lens.decimals(fixed)) if looks else None
        if value is not None:
            repair = Repair("digits", text, fixed, why, _LIKELY)
            cell = replace(cell, text=fixed, repairs=(*cell.repairs, repair), status="doubtful")
    if value is None:
        return cell
    value = _with_unit(value, _cell_unit(value, column, lens))
    if column.role == "label" or not lens.doubtful(text):
        return changed(cell, value=value)
    others = (*cell.alternatives, *_other_reading(cell, lens))
    return changed(cell, value=value, status="doubtful", alternatives=others)


def _lone_figure(cell: Cell) -> str:
    """The figure that a sign alone in its cell is read for (`°` a nought, `!` a one), where the reader of a
    dump put it in a figure's place; '' for any other cell."""
    read = [a.text for a in cell.alternatives if a.engine == _OF_DUMPS]
    return read[0] if len(cell.text.strip()) == 1 and read and len(read[0]) == 1 else ""


def _unwrapped(text: str, mark: DecimalMark) -> str:
    """A figure that a narrow cell broke inside a group of three (`17.52 9`, `52,907,00 0`), in one piece: its
    groups' mark, which is not the decimal one, leaves no other reading of what stands before the blank."""
    found = _BROKEN_GROUP.fullmatch(text.strip())
    if (
        found is None
        or mark in found["whole"] + found["group"]
        or len(found["begun"] + found["rest"]) != _GROUP
    ):
        return text
    return f"{found['whole']}{found['group']}{found['begun']}{found['rest']}{found['end']}"


def _with_last_mark(text: str, mark: DecimalMark) -> str:
    """A figure whose groups and decimals were read with one mark (`2.210.1`: a comma lost its tail), its
    decimals parted by the document's own. Too short for a group, they can be nothing else."""
    found = _ONE_MARK.fullmatch(text.strip())
    return f"{found['whole']}{mark}{found['decimals']}" if found and found["group"] != mark else text


def stored_value(cell: Cell, lens: Lens) -> Value | None:
    """The value of a cell whose number the file itself keeps: no print of it can be misread (`412,615` is no
    group of thousands). None where words make the number part of a text (`Tháng 5`)."""
    bare = _BARE.fullmatch(cell.text) is not None
    printed = None if bare else parse_quantity(cell.text, lens.mark, lens.decimals(cell.text))
    if cell.stored is None or (printed is None and not bare and any(ch.isalpha() for ch in cell.text)):
        return None
    exponent = exponent_of(cell.stored)
    decimals = max(0, -exponent)
    amount = Decimal(f"{cell.stored:f}") if exponent > 0 else cell.stored
    used = next((m for m in cell.text if m in ",."), "") if decimals else ""
    mark: DecimalMark | None = "," if used == "," else "." if used else None
    percent = "%" in cell.text  # digits and marks alone have no unit
    unit: Unit = printed.unit if printed else "percent" if percent else ""
    return Value(amount, decimals, None, unit, printed.percent_sign if printed else percent, mark)


def _ordinal(cell: Cell) -> Cell:
    plain = cell.text.strip(" .)(")
    counts = plain.isdecimal() and (plain[0] != "0" or len(plain) <= 2) and len(plain) <= _LONGEST_NUMBER
    return _valued(cell, Value(Decimal(plain), 0, None, "ordinal")) if counts else cell


def _with_unit(value: Value, unit: Unit) -> Value:
    return value if value.unit == unit else _of_unit(value, unit)


def _cell_unit(value: Value, column: Column, lens: Lens) -> Unit:
    """A cell's own `%`, fraction or unit word first; a rank of so many is no fraction."""
    if value.percent_sign:
        return _rate_unit(column)
    if value.of is not None and column.role in ("rank", "score"):
        return column.unit
    return value.unit or lens.unit


def _rate_unit(column: Column) -> Unit:
    """The unit of a figure with `%`."""
    return "percent_point" if column.role == "delta" else "percent"


def _other_reading(cell: Cell, lens: Lens) -> tuple[Reading, ...]:
    """The same figure with the other mark: the reading that was not taken."""
    text = cell.text.strip()
    swapped = text.translate({ord(","): ".", ord("."): ","})
    return (Reading(swapped, _SLIP_COST, "column"),) if swapped != text else ()


def _with_brackets(cells: list[Cell], lens: Sequence[Lens]) -> list[Cell]:
    """Short amounts in brackets as negatives."""
    out = []
    for cell, seen in zip(cells, lens):
        value = None if cell.value else parse_bracketed(cell.text, seen.mark, seen.decimals(cell.text))
        out.append(replace(cell, value=replace(value, unit=value.unit or seen.unit)) if value else cell)
    return out


def _slips(cells: list[Cell], lens: Sequence[Lens]) -> list[Cell]:
    """A figure with three decimals after groups (`3.313.923,150`) in a column of whole thousands is a doubt:
    a comma may have been set for a dot. So is one of a workbook whose three decimals are nothing (`220,000`):
    it keeps 220, where the others of its column keep thousands."""
    whole = [
        c for c in cells if c.value is not None and not c.value.decimals and abs(c.value.amount) >= _THOUSAND
    ]
    if len(whole) < _SLIP_NEIGHBOURS:
        return cells
    decimals = [c for c in cells if c.value is not None and c.value.decimals]
    if len(decimals) > max(1, len(whole) // _SLIPS):
        return cells
    return [
        replace(cell, status="doubtful", alternatives=(*cell.alternatives, *_regrouped(cell)))
        if cell.value is not None
        and (cell.stored is None or cell.value.amount == cell.value.amount.to_integral_value())
        and cell.value.decimals == _GROUP
        and _regrouped(cell)
        else cell
        for cell in cells
    ]


def _regrouped(cell: Cell) -> tuple[Reading, ...]:
    """The figure with its decimal mark as one of its groups; () where it has no groups to follow."""
    value, text = cell.value, cell.text
    if value is None or value.mark is None:
        return ()
    group = "." if value.mark == "," else ","
    whole, _, fraction = text.rpartition(value.mark)
    if abs(value.amount) < 1 or (group not in whole and value.decimals != _GROUP):
        return ()
    return (Reading(f"{whole}{group}{fraction}", _SLIP_COST, "column"),)


def _by_column_range(cells: list[Cell], lens: Sequence[Lens]) -> list[Cell]:
    """Percentages that only a lost decimal mark explains: `9788` among figures up to 100 with decimals.

    The mark is put back as a repair of a reading, never in a sure text, and always in doubt. Only figures
    that their header, row or sign calls percentages: a count that stands among them is left alone.
    """
    percents = [
        c
        for c, seen in zip(cells, lens)
        if seen.kind == "percent" and c.value is not None and c.value.of is None
    ]
    decimals = [c.value.decimals for c in percents if c.value is not None and c.value.decimals]
    if len(percents) < _LEAST_RANGE or len(decimals) < _SHOWN * len(percents):
        return cells
    places = max(sorted(set(decimals)), key=decimals.count)
    return [
        _with_mark(cell, places, seen.mark) if seen.kind == "percent" else cell
        for cell, seen in zip(cells, lens)
    ]


def _doubted_without_mark(cells: list[Cell], lens: Sequence[Lens]) -> list[Cell]:
    """Read figures of a column with decimals that show no mark, and are the largest of all but would fit with
    one (`711` among `71,9` and `64,6`): in doubt, with that as the other reading."""
    shown = [c.value for c in cells if c.value is not None and c.value.of is None and c.value.decimals]
    read = [c for c in cells if c.value is not None]
    if len(shown) < _LEAST_RANGE or len(shown) < _NEARLY_ALL * len(read):
        return cells  # counts and their percentages may take turns in a column
    decimals = [value.decimals for value in shown]
    places = max(sorted(set(decimals)), key=decimals.count)
    most = max(abs(value.amount) for value in shown)
    return [_doubted(cell, places, most, seen.mark) for cell, seen in zip(cells, lens)]


def _doubted(cell: Cell, places: int, most: Decimal, mark: DecimalMark) -> Cell:
    value, digits = cell.value, cell.text.strip()
    if value is None or cell.sure or value.decimals or not digits.isdecimal() or len(digits) <= places:
        return cell
    whole = value.amount == _CEILING  # all of it: 100 is printed without decimals beside 98,3
    if whole or not most < abs(value.amount) <= most.scaleb(places):
        return cell
    other = Reading(f"{digits[:-places]}{mark}{digits[-places:]}", _SLIP_COST, "column")
    return replace(cell, status="doubtful", alternatives=(*cell.alternatives, other))


def _with_mark(cell: Cell, places: int, mark: DecimalMark) -> Cell:
    value = cell.value
    if value is None or value.of is not None or abs(value.amount) <= _CEILING * 2 or value.decimals:
        return cell
    digits = cell.text.strip(" %+-")
    if cell.sure or not digits.isdecimal() or len(digits) <= places:
        return cell
    fixed = f"{digits[:-places]}{mark}{digits[-places:]}"
    new = parse_number(cell.text.replace(digits, fixed), mark, True)
    if new is None or abs(new.amount) > _CEILING:
        return cell
    repair = Repair("digits", digits, f"{digits[:-places]}.{digits[-places:]}", "column range", _LIKELY)
    return replace(
        cell,
        text=cell.text.replace(digits, fixed),
        value=replace(new, unit=value.unit),
        repairs=(*cell.repairs, repair),
        status="doubtful",
    )

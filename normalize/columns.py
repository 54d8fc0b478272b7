"""Columns decide how their cells are read: roles, units, the decimal mark, values.

`type_columns` takes tables of strings and gives tables of values. The document's decimal mark comes from
all its printed numbers, a table's own from its cells when they speak clearly, and a cell's from its shape
where that leaves one meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from model.table import Cell, Column, Role, Table
from model.value import DecimalMark, Repair, Unit, Value
from normalize.dates import parse_date
from normalize.numbers import (
    decimal_mark,
    from_lookalikes,
    is_none_mark,
    is_ordinal,
    looks_numeric,
    mark_evidence,
    parse_number,
)
from normalize.unicode import fold

_ORDINAL_HEADS = frozenset({"stt", "tt", "so tt", "so thu tu", "s tt", "stt.", "tt.", "no", "so"})
_CODE = re.compile(r"^ma\b|\bma (so|hang|hieu|don vi|tthc|thu tuc|chuong|nguon)\b|\bso hieu\b|\bky hieu\b")
_CODE_CELL = re.compile(r"[A-Za-zĐđ]{0,4}\.?\d[\w.\-/]*")
_DELTA = re.compile(r"\btang\b|\bgiam\b|so voi|chenh lech|bien dong|\+/-|\(\+\)")
_PERCENT = re.compile(r"%|\bty le\b|\bti le\b|\bphan tram\b")
_SCORE = re.compile(r"\bdiem\b|\bcham diem\b")
_RANK = re.compile(r"\bxep hang\b|\bthu hang\b|^hang\b|\bxep thu\b|\bvi thu\b")
_NOTE = re.compile(r"\bghi chu\b|\bdien giai\b|\bgiai trinh\b")
# Folded words: "gia" alone also stands in quốc gia, tham gia, đánh giá, gia đình; "dong" in lao động.
_MONEY = re.compile(
    r"\bkinh phi\b|\bso tien\b|\bdon gia\b|\bthanh tien\b|\bmuc thu\b|\bvnd\b|\bhoc phi\b|\ble phi\b"
    r"|\b(?:nghin|ngan|trieu|ty|ti|000) ?dong\b|\(dong\b|: ?dong\b|\bdong/|^dong$"
    r"|(?<!quoc )(?<!tham )(?<!danh )(?<!dinh )(?<!chuyen )(?<!dau )\bgia\b"
    r"(?! dinh| suc| cam| nhap| tri| dich)"
)
_SCALES: tuple[tuple[re.Pattern[str], Unit], ...] = (
    (re.compile(r"\b(?:nghin|ngan) ?dong|1[.,]?000 ?(?:dong|d\b)"), "money_thousand_vnd"),
    (re.compile(r"\b(?:trieu|tr) ?dong"), "money_million_vnd"),
    (re.compile(r"\b(?:ty|ti) ?dong"), "money_billion_vnd"),
)
_ORDINAL_REPAIR_ROLES: frozenset[Role] = frozenset({"count", "percent", "delta", "score", "money"})
_BLANK_GROUP = re.compile(r"\d \d{3}(?!\d)")
_HOUSE_OF_BLANKS = 3  # cells of a column from which blanks are its way to print groups
_TABLE_MARK_CELLS = 3.0  # clear cells a table needs before its own mark stands against the document's


def type_columns(tables: Sequence[Table], prose: Sequence[str] = ()) -> tuple[tuple[Table, ...], DecimalMark]:
    """Tables with roles, units and values, and the document's decimal mark.

    `prose` is the document's other text: its percentages and scores speak for the mark too.
    """
    texts = [c.text for t in tables for row in t.body for c in row if any(ch.isdigit() for ch in c.text)]
    figures = [m for line in prose for m in re.findall(r"\d[\d.,]*(?=\s*(?:%|điểm|/\d+ điểm))", line)]
    mark = decimal_mark([*texts, *figures])
    return tuple(_type_table(table, mark) for table in tables), mark


def table_mark(table: Table, document: DecimalMark) -> DecimalMark:
    """The decimal mark of one table: its own when at least three cells and four in five say so."""
    comma, dot = mark_evidence(c.text for row in table.body for c in row)
    own: DecimalMark = "," if comma > dot else "."
    strong, weak = max(comma, dot), min(comma, dot)
    return own if own != document and strong >= _TABLE_MARK_CELLS and strong >= 4 * weak else document


def _type_table(table: Table, document_mark: DecimalMark) -> Table:
    mark = table_mark(table, document_mark)
    columns = tuple(
        _describe(table, col, mark, table.columns[col] if col < len(table.columns) else Column(col))
        for col in range(table.n_cols)
    )
    typed = [_type_column(table, column, mark) for column in columns]
    rows = list(table.rows[: table.header_rows])
    for r in range(table.header_rows, table.n_rows):
        rows.append(tuple(typed[c][r - table.header_rows] for c in range(table.n_cols)))
    notes = table.notes
    if mark != document_mark:
        words = {",": "dấu phẩy", ".": "dấu chấm"}
        notes = (*notes, f"Bảng này dùng {words[mark]} thập phân, khác phần còn lại của văn bản.")
    return replace(table, columns=columns, rows=tuple(rows), notes=notes)


def _describe(table: Table, col: int, mark: DecimalMark, column: Column) -> Column:
    role = _role(table, col, mark, fold(column.name))
    unit = _unit(table, col, role, fold(column.name), mark)
    if role == "money" or (role == "count" and _MONEY.search(fold(table.unit_note))):
        # The unit printed above a table holds for its bare figures; a column's own words go first.
        role, unit = "money", _money_unit(fold(column.name), fold(table.unit_note))
    return replace(column, index=col, role=role, unit=unit)


def _money_unit(head: str, note: str) -> Unit:
    """Đồng, or its thousands, millions, billions, as the column's header or the table's caption says."""
    for text in (head, note):
        for pattern, unit in _SCALES:
            if pattern.search(text):
                return unit
    return "money_vnd"


def _body_texts(table: Table, col: int) -> list[str]:
    kinds = table.row_kinds or ("body",) * table.n_rows
    return [
        row[col].text
        for r, row in enumerate(table.rows)
        if r >= table.header_rows and kinds[r] != "section" and not is_none_mark(row[col].text)
    ]


def _role(table: Table, col: int, mark: DecimalMark, head: str) -> Role:
    texts = _body_texts(table, col)
    last = fold(table.columns[col].path[-1]) if col < len(table.columns) and table.columns[col].path else head
    if not texts:
        return _role_by_head(head, last) if head and _role_by_head(head, last) != "label" else "empty"
    ordinals = sum(is_ordinal(t) for t in texts) / len(texts)
    if last in _ORDINAL_HEADS and ordinals >= 0.5:
        return "ordinal"
    if col == 0 and ordinals >= 0.8 and _runs_on(texts) and not _RANK.search(head):
        return "ordinal"
    if _CODE.search(last) and sum(bool(_CODE_CELL.fullmatch(t)) for t in texts) >= 0.8 * len(texts):
        return "ordinal"  # a code names its row as an ordinal does: no figure
    numeric = sum(looks_numeric(t) for t in texts) / len(texts)
    if _NOTE.search(last) and numeric < 0.9:
        return "note"
    if sum(bool(parse_date(t)) for t in texts) / len(texts) >= 0.6:
        return "date"
    if numeric < 0.5:
        return "label"
    values = [v for t in texts if (v := parse_number(t, mark))]
    if sum(v.of is not None for v in values) > len(values) / 2 and not _SCORE.search(last):
        return "ratio"
    by_head = _role_by_head(head, last)
    if by_head in ("label", "note"):
        percents = sum(v.percent_sign for v in values)
        return "percent" if percents > len(values) / 2 else "count"
    return by_head


def _role_by_head(head: str, last: str) -> Role:
    """What a header's words say; the lowest header row first, then the whole path."""
    for text in (last, head):
        if _NOTE.search(text):
            return "note"
        if _DELTA.search(text):
            return "delta"
        if _RANK.search(text):
            return "rank"
        if _PERCENT.search(text):
            return "percent"
        if _SCORE.search(text):
            return "score"
        if _MONEY.search(text):
            return "money"
    return "label"


def _runs_on(texts: Sequence[str]) -> bool:
    """Whether whole numbers among the ordinals mostly rise by one, as row numbers do."""
    numbers = [int(t.strip(" .)(")) for t in texts if t.strip(" .)(").isdigit()]
    if len(numbers) < 2:
        return True
    steps = sum(b - a == 1 for a, b in pairwise(numbers))
    return steps >= 0.6 * (len(numbers) - 1)


def _unit(table: Table, col: int, role: Role, head: str, mark: DecimalMark) -> Unit:
    if role == "delta":
        values = [v for t in _body_texts(table, col) if (v := parse_number(t, mark))]
        percents = sum(v.percent_sign for v in values)
        if percents > len(values) / 2 or (_PERCENT.search(head) and not _SCORE.search(head)):
            return "percent_point"
        return "score" if _SCORE.search(head) else "other"
    units: dict[Role, Unit] = {
        "ordinal": "ordinal",
        "count": "count",
        "percent": "percent",
        "score": "score",
        "ratio": "ratio",
        "money": "money_vnd",
        "rank": "rank",
        "date": "date",
    }
    return units.get(role, "")


def _type_column(table: Table, column: Column, mark: DecimalMark) -> list[Cell]:
    cells = table.column_values(column.index)
    kinds = (table.row_kinds or ("body",) * table.n_rows)[table.header_rows :]
    typed = [
        cell if kind == "section" and not looks_numeric(cell.text) else _type_cell(cell, column, mark)
        for cell, kind in zip(cells, kinds)
    ]
    if column.role == "percent":
        typed = _by_column_range(typed, mark)
    if sum(_spaced(cell) for cell in typed) < _HOUSE_OF_BLANKS:
        typed = [replace(cell, status="doubtful") if _spaced(cell) else cell for cell in typed]
    return typed


def _spaced(cell: Cell) -> bool:
    """Whether a number was put together over a blank (`12 345`): groups of one figure, or two figures."""
    return cell.value is not None and bool(_BLANK_GROUP.search(cell.text))


def _type_cell(cell: Cell, column: Column, mark: DecimalMark) -> Cell:
    text = cell.text
    if is_none_mark(text):
        return cell
    if column.role == "ordinal":
        plain = text.strip(" .)(")
        counts = plain.isdecimal() and (plain[0] != "0" or len(plain) <= 2)  # 000123 is a code
        return replace(cell, value=Value(Decimal(plain), unit="ordinal")) if counts else cell
    if day := parse_date(text):
        return replace(cell, date=day)
    value = parse_number(text, mark)
    if value is None and column.role in _ORDINAL_REPAIR_ROLES and not cell.sure:
        fixed = from_lookalikes(text)
        value = parse_number(fixed, mark) if fixed != text and any(c.isdigit() for c in text) else None
        if value is not None:
            repair = Repair("digits", text, fixed, "ký tự giống chữ số trong cột số", 0.9)
            cell = replace(cell, text=fixed, repairs=(*cell.repairs, repair), status="doubtful")
    if value is None:
        return cell
    return replace(cell, value=replace(value, unit=_cell_unit(value, column)))


def _cell_unit(value: Value, column: Column) -> Unit:
    """A cell's own `%`, fraction or unit word first, then its column's unit."""
    if value.percent_sign:
        return "percent_point" if column.role == "delta" else "percent"
    return value.unit or column.unit


def _by_column_range(cells: list[Cell], mark: DecimalMark) -> list[Cell]:
    """Cells of a percentage column that only a lost or misread decimal mark explains.

    `97.880` or `9788` among figures up to 100 with decimals: the decimal reading fits the column, the
    other is out of its range. A reading of a printed mark is just read as a decimal; a lost mark is put
    back as a repair of a reading, never in a sure text. Percentages only: other columns (a difference of
    counts beside a difference of percentages) have no range.
    """
    others = [abs(c.value.amount) for c in cells if c.value and c.value.of is None]
    decimals = [c.value.decimals for c in cells if c.value and c.value.decimals]
    if len(others) < 4 or len(decimals) < len(others) / 2:
        return cells
    ceiling = Decimal(100)
    places = max(set(decimals), key=decimals.count)
    return [_within(cell, ceiling, places, mark) for cell in cells]


def _within(cell: Cell, ceiling: Decimal, places: int, mark: DecimalMark) -> Cell:
    value = cell.value
    if value is None or value.of is not None or abs(value.amount) <= ceiling * 2 or value.decimals:
        return cell
    text = cell.text
    for sign in (",", "."):
        whole, found, fraction = text.strip(" %+-").partition(sign)
        if found and fraction.isdigit() and whole.isdigit():
            amount = Decimal(f"{whole}.{fraction}")
            if amount <= ceiling:
                sign_of = -1 if value.amount < 0 else 1
                used: DecimalMark = "," if sign == "," else "."
                return replace(
                    cell, value=replace(value, amount=sign_of * amount, decimals=len(fraction), mark=used)
                )
    digits = text.strip(" %+-")
    if cell.sure or not digits.isdigit() or len(digits) <= places:
        return cell
    fixed = f"{digits[:-places]}{mark}{digits[-places:]}"
    new = parse_number(text.replace(digits, fixed), mark)
    if new is None or abs(new.amount) > ceiling:
        return cell
    shown = f"{digits[:-places]}.{digits[-places:]}"
    repair = Repair("digits", digits, shown, "column range", 0.9)
    return replace(
        cell,
        text=text.replace(digits, fixed),
        value=replace(new, unit=value.unit),
        repairs=(*cell.repairs, repair),
        status="doubtful",
    )

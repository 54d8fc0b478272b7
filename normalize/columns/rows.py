"""What a row says of its figures' unit: a column `Đơn vị tính`, or the words of the row's own label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from model.table import Cell, Table
from model.value import Unit
from normalize.lexicon import entries
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal
from normalize.unicode import fold
from normalize.units import bracketed_unit, read_unit

_UNIT_HEAD = re.compile(r"^(?:don vi(?: tinh| do)?|dvt|dv tinh|dv|d\.?v\.?t)\.?$")
_SURE_HEAD = re.compile(r"\btinh$|\bdo$|^d\.?v\.?t")
_DITTO = frozenset({'"', "''", "”", "“", "nt", "//", "-nt-", "như trên"})
_RATE = re.compile(r"^(?:[-+*•]\s*)?(?:ty|ti) le\b|\bphan tram\b|%\W*$")
# Of the texts of a column called `Đơn vị` alone that must be unit words: it may name offices too.
_UNIT_SHARE, _SURE_SHARE = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class RowUnits:
    """The unit each row gives its bare figures ('' for none), and the column that says so, if one does."""

    units: tuple[Unit, ...]
    column: int | None = None


def unit_column(table: Table) -> int | None:
    """The column of a table that holds units of measure (`Đơn vị tính`), or None."""
    for column in table.columns:
        head = fold(column.path[-1]) if column.path else ""
        if not _UNIT_HEAD.match(head.strip(" .:*")):
            continue
        texts = [c.text for c in table.column_values(column.index) if not is_none_mark(c.text)]
        if texts and _are_units(texts, _SURE_SHARE if _SURE_HEAD.search(head) else _UNIT_SHARE):
            return column.index
    return None


def _are_units(texts: Sequence[str], share: float) -> bool:
    """Whether such a share of the texts are unit words; a column of names shows soon that they are not."""
    others = 0
    for text in texts:
        others += read_unit(text) is None and text.strip().lower() not in _DITTO
        if len(texts) - others < share * len(texts):
            return False
    return True


def row_units(table: Table) -> RowUnits:
    """What each row of the table says of the unit of its figures, header rows included as ''."""
    column = unit_column(table)
    units: list[Unit] = []
    above: Unit = ""
    for r, row in enumerate(table.rows):
        if r < table.header_rows:
            units.append("")
            continue
        unit = _said_in(row[column].text, above) if column is not None else ""
        above = unit or above
        units.append(unit or _by_label(row))
    return RowUnits(tuple(units), column)


def _said_in(text: str, above: Unit) -> Unit:
    if text.strip().lower() in _DITTO:
        return above
    unit = read_unit(text)
    return unit.unit if unit else ""


def _by_label(row: Sequence[Cell]) -> Unit:
    """The unit in the words that name a row: `Tỷ lệ đúng hạn`, `Thu ngân sách (tỷ đồng)`."""
    label = next(
        (
            c.text
            for c in row
            if not c.text.isdecimal()
            and any(x.isalpha() for x in c.text)
            and not is_ordinal(c.text)
            and not looks_numeric(c.text)
        ),
        "",
    )
    unit, is_rate = _of_label(label)
    if is_rate:
        # Where some of a row's figures bear a sign, the bare ones beside them are not of its rate.
        return "" if any("%" in c.text and looks_numeric(c.text) for c in row) else "percent"
    return unit


@lru_cache(maxsize=16384)
def _of_label(label: str) -> tuple[Unit, bool]:
    """The unit that words name, and whether they name a rate."""
    if unit := bracketed_unit(label):
        return unit.unit, False
    if _RATE.search(fold(label)):
        return "", True
    return ("count" if is_counted(label) else ""), False


@cache
def _counted() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern, _ in entries("counted")))


@lru_cache(maxsize=16384)
def is_counted(text: str) -> bool:
    """Whether words name what is counted in whole things (`Số lượng tài khoản`, `Hồ sơ tiếp nhận`)."""
    key = fold(text)
    return bool(_counted().search(key)) and not re.search(r"\bdiem\b|%|\b(?:ty|ti) le\b", key)

"""The parts of a row that only a mark before their names puts under it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from checks.families.totals import bulleted
from checks.view import Sheet


class _Names(SimpleNamespace):
    """As much of a sheet as names its rows, with the rows that were asked for."""

    def label(self, row: int) -> str:
        self.asked.append(row)
        return str(self.names[row])


def _sheet(names: list[str]) -> Sheet:
    return cast(Sheet, _Names(names=names, body=list(range(len(names))), asked=[]))


def test_rows_behind_one_mark_are_parts_of_the_row_above() -> None:
    sheet = _sheet(["Thẻ cấp mới", "- Người lớn", "- Thiếu nhi", "Vốn tài liệu", "+ Sách"])
    assert bulleted(sheet, 0) == [1, 2]
    assert bulleted(sheet, 1) == [], "a part has none of its own"
    assert bulleted(sheet, 3) == [4]
    assert bulleted(sheet, 4) == []


def test_a_row_is_told_by_the_rows_right_below_it() -> None:
    """The names of all rows were looked at for each row: a sheet of 16,000 rows took five times as long."""
    sheet = _sheet([f"Hộ số {n}" for n in range(1000)])
    assert bulleted(sheet, 500) == []
    assert len(cast(_Names, sheet).asked) <= 3

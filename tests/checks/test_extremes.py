"""Rows of the highest and the lowest, stocks by measure, and changes beside what they were made from."""

from __future__ import annotations

from collections.abc import Callable

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]


def faults(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.kind not in ("reading", "spelling", "structure")]


LEVELS = [
    ["Giờ", "Trạm A", "Trạm B", "Trạm C"],
    ["01 giờ", "0,57", "0,76", "0,91"],
    ["07 giờ", "1,23", "1,07", "0,72"],
    ["13 giờ", "0,52", "0,10", "-0,25"],
    ["19 giờ", "-1,20", "-1,28", "-1,11"],
    ["Cao nhất", "1,23", "1,07", "0,91"],
    ["Thấp nhất", "-0,90", "-1,28", "-1,11"],
    ["Biên độ", "2,43", "2,35", "2,02"],
]


def test_the_lowest_of_a_column_is_held_to_its_rows(table: Build, document: Make) -> None:
    """A station's lowest level was printed higher than what it read at seven in the evening."""
    [fault] = faults(document([table("t01", LEVELS, 1)]))
    assert (fault.row, fault.col, fault.expected) == (6, 1, "-1,20")
    assert "số nhỏ nhất trong các dòng trên" in fault.message


def test_extremes_and_their_difference_prove_each_other(table: Build, document: Make) -> None:
    checked = check_document(document([table("t01", LEVELS, 1)]))
    rows = checked.tables[0].rows
    assert [rows[7][col].status for col in (2, 3)] == ["proved", "proved"]


def test_stocks_are_held_to_what_came_and_went_by_each_measure(table: Build, document: Make) -> None:
    """With quantity and amount under each phase no balance was looked for, and a slip was put down to the
    section's total over it."""
    head = [
        "Tên hàng",
        *(phase for phase in ("Tồn đầu kỳ", "Nhập trong kỳ", "Xuất trong kỳ", "Tồn cuối kỳ") for _ in "ab"),
    ]
    rows = [
        head,
        ["Tên hàng", *(["Số lượng", "Thành tiền"] * 4)],
        ["Phân bón", "", "9.010.700", "", "12.377.300", "", "11.121.900", "", "10.266.100"],
        ["Urê", "141", "1.296.000", "679", "6.342.900", "646", "6.017.000", "174", "1.621.900"],
        ["DAP", "159", "2.132.300", "402", "3.428.900", "365", "3.525.200", "196", "1.936.000"],
        ["Kali", "293", "5.582.400", "114", "2.605.500", "112", "1.579.700", "295", "6.608.200"],
    ]
    flags = faults(document([table("t01", rows, 2)]))
    assert [(f.kind, f.row, f.col, f.expected) for f in flags] == [("row_sum", 4, 8, "2.036.000")]


def test_a_change_is_held_to_what_stands_beside_it(table: Build, document: Make) -> None:
    """Under `So với tuần trước` the measure of that week was taken for a change, too, and nothing was held."""
    rows = [
        ["Trạm", "Tuần này", "So với tuần trước", "So với tuần trước"],
        ["Trạm", "Độ mặn", "Độ mặn", "Tăng, giảm"],
        ["Cửa Nam", "24,4", "21,8", "+2,6"],
        ["Cửa Bắc", "22,1", "16,7", "+5,4"],
        ["Bến Đá", "13,2", "10,3", "+3,9"],
        ["Cầu Tre", "7,9", "5,9", "+2,0"],
        ["Đập Mới", "29,6", "24,2", "+5,4"],
    ]
    [fault] = faults(document([table("t01", rows, 2)]))
    assert (fault.kind, fault.row, fault.col, fault.expected) == ("delta", 4, 3, "+2,9")

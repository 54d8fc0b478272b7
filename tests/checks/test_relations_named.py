"""Relations that a table's words or shape tell: running totals, opposites, matrices, rates of a thousand, accounts
down the rows, sums by period; one cell wrong in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from checks import check_document
from model.document import Document
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]

RUNNING = [
    ["Tháng", "Có việc làm (người)", "Lũy kế (người)"],
    ["Tháng 1", "244", "244"],
    ["Tháng 2", "245", "489"],
    ["Tháng 3", "154", "643"],
    ["Tháng 4", "149", "792"],
    ["Tháng 5", "156", "948"],
]
OPPOSITES = [
    ["TT", "Đơn vị", "Số thôn", "Số thôn có nhà văn hóa", "Số thôn chưa có nhà văn hóa"],
    ["1", "Xã An Mẫu", "8", "5", "3"],
    ["2", "Xã Bình Mẫu", "6", "6", "0"],
    ["3", "Xã Chi Mẫu", "9", "7", "2"],
    ["4", "Xã Dung Mẫu", "5", "4", "1"],
    ["5", "Xã Em Mẫu", "7", "5", "2"],
]
MATRIX = [
    ["TT", "Loại đất", "Lúa", "Cây lâu năm", "Đất ở", "Chưa sử dụng", "Diện tích đầu kỳ"],
    ["1", "Đất lúa", "381,24", "4,10", "2,36", "-", "387,70"],
    ["2", "Đất cây lâu năm", "1,52", "242,18", "3,05", "0,48", "247,23"],
    ["3", "Đất ở", "-", "1,17", "118,64", "-", "119,81"],
    ["4", "Đất chưa sử dụng", "5,33", "6,21", "1,02", "91,75", "104,31"],
    ["", "Diện tích cuối kỳ", "388,09", "253,66", "125,07", "92,23", "859,05"],
]
PER_MILLE = [
    ["TT", "Xã", "Dân số (người)", "Khai sinh", "Tỷ suất sinh (‰)"],
    ["1", "An Mẫu", "5.264", "71", "13,49"],
    ["2", "Bình Mẫu", "8.127", "96", "11,81"],
    ["3", "Chi Mẫu", "6.310", "58", "9,19"],
    ["4", "Dung Mẫu", "4.872", "66", "13,55"],
    ["5", "Em Mẫu", "7.445", "83", "11,15"],
]
CAPACITY = [
    ["TT", "Khoa", "Giường", "Ngày điều trị", "Công suất giường (%)"],
    ["1", "Khoa Nội", "42", "12.264", "80,0"],
    ["2", "Khoa Ngoại", "35", "9.582", "75,0"],
    ["3", "Khoa Sản", "28", "9.198", "90,0"],
    ["4", "Khoa Nhi", "30", "6.570", "60,0"],
    ["5", "Khoa Lây", "22", "5.621", "70,0"],
]
TWO_PARTS = [
    ["TT", "Xã", "Quân số", "Giỏi", "Khá", "Đạt", "Tỷ lệ khá, giỏi (%)"],
    ["1", "An Mẫu", "84", "21", "40", "23", "72,6"],
    ["2", "Bình Mẫu", "97", "30", "45", "22", "77,3"],
    ["3", "Chi Mẫu", "65", "13", "31", "21", "67,7"],
    ["4", "Dung Mẫu", "112", "38", "51", "23", "79,5"],
    ["5", "Em Mẫu", "73", "17", "29", "27", "63,0"],
]
ACCOUNT = [
    ["TT", "Nội dung", "Số tiền (đồng)"],
    ["A", "Số dư đầu năm", "128.400.000"],
    ["B", "Tổng thu", "345.600.000"],
    ["1", "Cán bộ ủng hộ", "183.600.000"],
    ["2", "Doanh nghiệp ủng hộ", "162.000.000"],
    ["C", "Tổng chi", "298.500.000"],
    ["1", "Xây nhà", "200.000.000"],
    ["2", "Tặng quà", "98.500.000"],
    ["D", "Số dư cuối năm", "175.500.000"],
]
PERIODS = [
    ["Thời gian", "Xuất khẩu", "Nhập khẩu", "Tổng kim ngạch"],
    ["Tháng 7", "159,1", "137,9", "297,0"],
    ["Tháng 8", "209,6", "104,9", "314,5"],
    ["Tháng 9", "131,4", "157,0", "288,4"],
    ["Quý III", "500,1", "399,8", "899,9"],
]
FALLS = [
    ["TT", "Hình thức", "Giá gói thầu", "Giá trúng thầu", "Tỷ lệ giảm (%)"],
    ["1", "Chỉ định thầu", "14.580", "13.424", "7,93"],
    ["2", "Chào hàng", "7.722", "7.351", "4,80"],
    ["3", "Đấu thầu", "16.086", "14.878", "7,51"],
    ["4", "Mua sắm", "8.151", "7.908", "2,98"],
]
MEANS = [
    ["TT", "Mặt hàng", "Chợ A", "Chợ B", "Chợ C", "Giá bình quân (đồng)"],
    ["1", "Gạo", "12.000", "12.500", "13.000", "12.500"],
    ["2", "Thịt lợn", "114.000", "115.000", "117.000", "115.333"],
    ["3", "Thịt bò", "217.000", "222.000", "223.000", "220.667"],
    ["4", "Trứng", "36.000", "36.500", "37.500", "36.667"],
    ["5", "Xăng", "22.000", "22.400", "22.300", "22.233"],
]
RATIO = [
    ["TT", "Trường", "Số lớp", "Số học sinh", "Học sinh/lớp", "Số giáo viên", "Tỷ lệ giáo viên/lớp"],
    ["1", "Trường An Mẫu", "17", "518", "30,5", "26", "1,53"],
    ["2", "Trường Bình Mẫu", "10", "317", "31,7", "16", "1,60"],
    ["3", "Trường Chi Mẫu", "13", "442", "34,0", "20", "1,54"],
    ["4", "Trường Dung Mẫu", "15", "425", "28,3", "22", "1,47"],
    ["5", "Trường Em Mẫu", "23", "668", "29,0", "35", "1,52"],
]
SECTIONS = [
    ["TT", "Chỉ tiêu", "Năm 2022", "Năm 2023", "Tăng, giảm"],
    ["I", "Số vụ", "57", "54", "-3"],
    ["1", "Đường bộ", "41", "37", "-4"],
    ["2", "Đường sắt", "16", "17", "1"],
    ["II", "Số người chết", "88", "70", "-18"],
    ["1", "Đường bộ", "72", "58", "-14"],
    ["2", "Đường sắt", "16", "12", "-4"],
    ["III", "Số bị thương", "65", "60", "-5"],
    ["1", "Đường bộ", "51", "45", "-6"],
    ["2", "Đường sắt", "14", "15", "1"],
]


def spots(document: Document) -> set[tuple[int | None, int | None]]:
    flags = check_document(document).flags
    return {(f.row, f.col) for f in flags if f.severity != "info" and f.kind not in ("spelling", "structure")}


@pytest.mark.parametrize(
    ("grid", "faults"),
    [
        (RUNNING, {(4, 2): "842"}),
        (OPPOSITES, {(1, 4): "5"}),
        (MATRIX, {(2, 6): "257,23"}),
        (MATRIX, {(5, 4): "127,57"}),
        (PER_MILLE, {(3, 4): "7,19"}),
        (CAPACITY, {(4, 4): "46,0"}),
        (TWO_PARTS, {(3, 6): "57,7"}),
        (ACCOUNT, {(8, 2): "157.500.000"}),
        (ACCOUNT, {(5, 2): "308.500.000", (8, 2): "165.500.000"}),
        (PERIODS, {(4, 2): "379,8", (4, 3): "879,9"}),
        (FALLS, {(3, 4): "8,61"}),
        (MEANS, {(3, 5): "224.667"}),
        (RATIO, {(3, 6): "1,27"}),
        (SECTIONS, {(4, 3): "73", (4, 4): "-15"}),
    ],
)  # fmt: skip
def test_a_figure_that_breaks_what_the_table_tells_is_flagged(
    table: Build, document: Make, grid: Sequence[Sequence[str]], faults: dict[tuple[int, int], str]
) -> None:
    assert not spots(document([table("t01", grid, 1)]))
    wrong = [list(row) for row in grid]
    for (row, col), text in faults.items():
        wrong[row][col] = text
    assert next(iter(faults)) in spots(document([table("t01", wrong, 1)]))


def test_two_exchanged_ranks_of_a_short_table_are_told(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Cơ quan", "Tỷ lệ ký số (%)", "Điểm", "Xếp hạng"],
        ["1", "Sở An Mẫu", "94,69", "84,65", "4"],
        ["2", "Sở Bình Mẫu", "97,07", "72,65", "6"],
        ["3", "Sở Chi Mẫu", "93,31", "77,15", "2"],
        ["4", "Sở Dung Mẫu", "85,87", "86,04", "1"],
        ["5", "Sở Em Mẫu", "95,54", "80,77", "3"],
        ["6", "Sở Gấm Mẫu", "93,81", "76,91", "5"],
    ]
    (flag,) = [f for f in check_document(document([table("t01", grid, 1)])).flags if f.kind == "rank"]
    assert flag.row in (1, 3) and flag.col == 4


def test_a_wrong_result_that_others_were_reckoned_with_is_one_fault(table: Build, document: Make) -> None:
    """The share was made from the wrong sum: the sum and the total that it breaks are one fault, not two."""
    grid = [
        ["TT", "Đơn vị", "Tự nhiên (ha)", "Có rừng (ha)", "Rừng tự nhiên", "Rừng trồng", "Độ che phủ (%)"],
        ["1", "Hạt An Mẫu", "20.071,3", "14.041,3", "9.034,3", "5.007,0", "69,96"],
        ["2", "Hạt Bình Mẫu", "27.031,0", "17.878,2", "9.655,0", "7.923,2", "66,14"],
        ["3", "Hạt Chi Mẫu", "20.468,3", "14.337,1", "9.200,0", "5.137,1", "70,05"],
        ["4", "Hạt Dung Mẫu", "28.442,4", "15.021,8", "10.092,0", "4.929,8", "52,81"],
        ["", "Tổng", "96.013,0", "60.978,4", "37.981,3", "22.997,1", "63,51"],
    ]
    assert spots(document([table("t01", grid, 1)])) == {(2, 3)}

"""What sentences state of their own figures, and of the rows of a table: told where it does not come out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]


def told(document: Document) -> list[Flag]:
    flags = check_document(document).flags
    return [f for f in flags if f.severity != "info" and f.kind not in ("reading", "spelling", "structure")]


RIGHT_AND_WRONG = [
    # a change and what it is counted from
    ("Số người nghỉ hưu là 12 người, giảm 7 người so với năm 2022 (19 người).", "giảm 7", "giảm 5"),
    ("Toàn xã có 260 hộ, so với năm 2022 (245 hộ) tăng 15 hộ.", "tăng 15", "tăng 25"),
    ("Tỷ lệ giảm từ 38,15% xuống còn 34,55%, tương ứng giảm 3,60 điểm phần trăm.", "3,60", "4,60"),
    ("Số vụ tăng từ 45 lên 60 vụ, tăng 33,3% so với năm trước.", "33,3%", "23,3%"),
    ("Số hộ giảm từ 1.640 hộ xuống còn 1.312 hộ, giảm 328 hộ, tương ứng 20%.", "20%", "25%"),
    ("Thu phí đạt 2,4 tỷ đồng, bằng 120% so với cùng kỳ (2,0 tỷ đồng).", "120%", "108%"),
    ("Huyện được giao 140 vụ, thực hiện 161 vụ, vượt 15% chỉ tiêu giao.", "15%", "21%"),
    ("Số chuyến đúng giờ đạt 94,2%, thấp hơn chỉ tiêu (95%) 0,8 điểm phần trăm.", "0,8", "1,8"),
    ("Thời gian bình quân là 3,2 ngày, rút ngắn 0,8 ngày so với năm 2022 (4,0 ngày).", "0,8", "1,2"),
    ("Hiến máu nhắc lại 2.112 người; so với năm 2022 (1.920 người) tăng 192 người.", "192", "182"),
    # what is left
    ("Kế hoạch là 1.850 ha, đã gieo trồng 1.480 ha, còn 370 ha chưa gieo trồng.", "370", "350"),
    ("Được giao 1.250 người, có mặt 1.184 người, còn thiếu 66 người.", "66", "76"),
    ("Số được triệu tập là 52 đại biểu; có mặt 49 đại biểu, vắng mặt 3 đại biểu.", "vắng mặt 3", "vắng mặt 5"),
    ("Xã An Mẫu đạt 86,04 điểm, xã Bình Mẫu 72,65 điểm, chênh lệch 13,39 điểm.", "13,39", "14,89"),
    # shares
    (
        "Trong 1.500 học sinh có 1.125 em loại tốt (chiếm 75%), 330 em loại khá (chiếm 22%), 45 em loại đạt"
        " (chiếm 3%).",
        "22%",
        "24%",
    ),
    ("Lập biên bản 3.120 trường hợp vi phạm, phạt 2.964 trường hợp (chiếm 95% số trường hợp vi phạm).",
     "95%", "90%"),
    ("Cháy do điện 8 vụ (chiếm 57,1%), do lửa 4 vụ (chiếm 28,6%), chưa rõ 2 vụ (chiếm 14,3%).",
     "28,6%", "38,6%"),
    ("Dân số toàn huyện là 128.450 người; tham gia 33.580 người, đạt tỷ lệ bao phủ 26,14% dân số.",
     "26,14%", "29,53%"),
    ("Kiểm tra 260 công trình, phát hiện 39 công trình vi phạm, tỷ lệ vi phạm 15%.", "15%", "18%"),
    # means and prices
    ("Có 215 tổ với 8.600 thành viên, bình quân 40 thành viên/tổ; số tổ tốt là 172 tổ.", "bình quân 40",
     "bình quân 45"),
    ("Mở 24 lớp cho 1.920 lượt người tham dự (bình quân 80 người/lớp).", "80", "90"),
    ("Tặng 150 suất quà, mỗi suất 500.000 đồng, tổng trị giá 75.000.000 đồng.", "75.000", "57.000"),
    # sums
    ("Đã cấp 1.245 giấy, trong đó cấp mới 385 giấy, cấp đổi 642 giấy, cấp lại 218 giấy.", "218", "118"),
    ("Có 14 học sinh đạt giải, gồm: 02 giải nhất, 04 giải nhì, 05 giải ba và 03 giải khuyến khích.",
     "03", "05"),
    ("Có 15 trợ giúp viên và 09 luật sư, tổng số người thực hiện là 24 người.", "24", "26"),
    # words
    ("Kinh phí 1.250.000.000 đồng (Bằng chữ: Một tỷ hai trăm năm mươi triệu đồng).", "năm mươi triệu",
     "năm mươi lăm triệu"),
    ("Biên bản được lập thành 04 (bốn) bản.", "bốn", "ba"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "right", "wrong"), RIGHT_AND_WRONG)
def test_a_sentence_that_does_not_come_out_is_told(
    document: Make, sentence: str, right: str, wrong: str
) -> None:
    assert not told(document([], [sentence]))
    (flag,) = told(document([], [sentence.replace(right, wrong)]))
    assert sentence[:20] in flag.context


@pytest.mark.parametrize(
    "sentence",
    [
        "Tặng 180 xe đạp cho học sinh, mỗi xe 1.500.000 đồng.",
        "Kiểm tra 40 cơ sở, nhắc nhở 12 cơ sở, còn lại 5 cơ sở được gia hạn.",
        "Tiếp nhận 120 hồ sơ, giải quyết 100 hồ sơ, tăng 20% so với quý trước.",
        "Đạt 95% kế hoạch năm, trong đó quý I 30 tỷ đồng, quý II 40 tỷ đồng.",
        "Có 12 xã (ba xã vùng cao) với 96 thôn, trong đó 40 thôn khó khăn (chiếm 41,7%).",
        "Phạt 300 vụ (chiếm 30%), trong đó nộp phạt 150 vụ (chiếm 50%).",
        "Thu 13 đồng chí vào cấp ủy, đạt 100%; nữ 4 đồng chí.",
    ],
)
def test_what_a_sentence_does_not_say_is_not_held_against_it(document: Make, sentence: str) -> None:
    assert not told(document([], [sentence]))


GRID = [
    ["TT", "Đơn vị", "Năm 2022", "Năm 2023", "Tăng, giảm", "So sánh (%)"],
    ["1", "Huyện An Mẫu", "12.410", "13.120", "710", "105,7"],
    ["2", "Huyện Bình Mẫu", "9.875", "9.640", "-235", "97,6"],
    ["3", "Huyện Chi Mẫu", "15.300", "16.904", "1.604", "110,5"],
    ["4", "Huyện Dung Mẫu", "7.218", "7.655", "437", "106,1"],
    ["", "Tổng cộng", "44.803", "47.319", "2.516", "105,6"],
]
TITLE = "Tổng đàn lợn so với cùng kỳ"


@pytest.mark.parametrize(
    ("sentence", "right", "wrong"),
    [
        ("Tổng đàn lợn là 47.319 con, tăng 5,6% so với cùng kỳ.", "5,6%", "7,9%"),
        ("Tổng đàn lợn là 47.319 con, đạt 98% kế hoạch, tăng 5,6% so với cùng kỳ.", "5,6%", "7,9%"),
        ("Tổng đàn lợn là 47.319 con, tăng 2.516 con so với cùng kỳ.", "2.516", "2.156"),
        ("Địa phương có đàn lớn nhất là Huyện Chi Mẫu với 16.904 con.", "Chi Mẫu với 16.904",
         "An Mẫu với 13.120"),
        ("Huyện có đàn nhỏ nhất là Dung Mẫu (7.655 con).", "Dung Mẫu (7.655", "Bình Mẫu (9.640"),
        ("Đàn lợn Huyện Chi Mẫu 16.904 con, chiếm 35,7% tổng cộng.", "35,7%", "38,7%"),
    ],
)  # fmt: skip
def test_what_is_told_of_a_row_is_held_to_it(
    table: Build, document: Make, sentence: str, right: str, wrong: str
) -> None:
    assert not told(document([table("t01", GRID, 1, title=TITLE)], [sentence]))
    (flag,) = told(document([table("t01", GRID, 1, title=TITLE)], [sentence.replace(right, wrong)]))
    assert not flag.table_id


def test_a_place_told_in_a_sentence_is_that_of_the_table(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Chủ đầu tư", "Kế hoạch (triệu đồng)", "Giải ngân (triệu đồng)", "Tỷ lệ giải ngân (%)"],
        ["1", "Ban An Mẫu", "41.200", "30.900", "75,0"],
        ["2", "Ban Bình Mẫu", "12.500", "6.250", "50,0"],
        ["3", "Ban Chi Mẫu", "23.400", "21.060", "90,0"],
        ["4", "Ban Dung Mẫu", "18.000", "10.800", "60,0"],
    ]
    right = document([table("t01", grid, 1)], ["Ban Dung Mẫu xếp thứ 3 về tỷ lệ giải ngân."])
    assert not told(right)
    (flag,) = told(document([table("t01", grid, 1)], ["Ban Dung Mẫu xếp thứ 2 về tỷ lệ giải ngân."]))
    assert (flag.kind, flag.found, flag.expected) == ("rank", "2", "3")


def test_another_period_is_no_fault_of_the_row(table: Build, document: Make) -> None:
    said = ["Tổng đàn lợn là 47.319 con, tăng 1,2% so với tháng trước."]
    assert not told(document([table("t01", GRID, 1, title=TITLE)], said))


def test_a_figure_of_the_row_is_not_held_against_another_column_of_its_name(
    table: Build, document: Make
) -> None:
    """`Tổng số hộ` that the table prints as such was held against its column of households in need."""
    grid = [
        ["TT", "Đơn vị", "Tổng số hộ", "Số hộ cần hỗ trợ cuối năm 2023", "Tỷ lệ (%)"],
        ["1", "Xã An Mẫu", "31.104", "29.201", "93,9"],
        ["2", "Xã Bình Mẫu", "27.450", "25.377", "92,4"],
        ["3", "Xã Chi Mẫu", "41.216", "38.404", "93,2"],
        ["", "Tổng cộng", "99.770", "92.982", "93,2"],
    ]
    said = ["Tổng số hộ được rà soát để hỗ trợ cuối năm 2023, phân loại theo mức cần thiết: 99.770 hộ."]
    assert not told(document([table("t01", grid, 1)], said))

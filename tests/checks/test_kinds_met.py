"""Kinds of tables that were read wrongly once: stocks, growth, named sums, shares of totals, pairs, periods,
totals told in sentences. Each holds as it stands, and one figure spoilt is one flag on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.page import WorkedOut
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]
Grid = list[list[str]]

STOCK = [
    ["STT", "Tên thuốc", "Tồn đầu kỳ", "Nhập trong kỳ", "Xuất trong kỳ", "Tồn cuối kỳ"],
    ["1", "Thuốc An", "120", "500", "480", "140"],
    ["2", "Thuốc Bình", "75", "300", "310", "65"],
    ["3", "Thuốc Chi", "1.020", "2.400", "2.950", "470"],
    ["4", "Thuốc Dung", "60", "90", "88", "62"],
]
ACCOUNT = [
    ["STT", "Quỹ", "Số dư đầu năm", "Phát sinh tăng", "Phát sinh giảm", "Số dư cuối năm"],
    ["1", "Quỹ An", "1.250", "310", "275", "1.285"],
    ["2", "Quỹ Bình", "840", "96", "140", "796"],
    ["3", "Quỹ Chi", "2.015", "0", "615", "1.400"],
    ["4", "Quỹ Dung", "77", "520", "388", "209"],
]
GROWTH = [
    ["STT", "Mặt hàng", "Giá kỳ trước", "Giá kỳ này", "Mức tăng (giảm)", "Tỷ lệ tăng (giảm) (%)"],
    ["1", "Gạo An", "15.000", "16.000", "1.000", "6,67"],
    ["2", "Gạo Bình", "18.000", "18.000", "0", "0"],
    ["3", "Thịt Chi", "60.000", "55.000", "-5.000", "-8,33"],
    ["4", "Thịt Dung", "110.000", "110.000", "0", "0"],
    ["5", "Cá Em", "82.000", "82.000", "0", "0"],
    ["6", "Cá Giang", "70.000", "70.000", "0", "0"],
    ["7", "Rau Hoa", "25.000", "26.500", "1.500", "6,00"],
    ["8", "Rau Khang", "12.000", "12.000", "0", "0"],
    ["9", "Rau Lan", "14.000", "14.000", "0", "0"],
    ["10", "Dầu Minh", "42.000", "42.000", "0", "0"],
    ["11", "Dầu Nam", "45.500", "45.500", "0", "0"],
]
NAMED_SUM = [
    ["STT", "Khoản thu", "Quý I", "Quý II", "Quý III", "Cả ba quý"],
    ["1", "Thuế An", "8.755", "8.151", "5.756", "22.662"],
    ["2", "Thuế Bình", "6.846", "3.213", "5.562", "15.621"],
    ["3", "Phí Chi", "1.074", "3.712", "412", "5.198"],
    ["", "Tổng thu", "16.675", "15.076", "11.730", "43.481"],
]
SHARES = [
    ["STT", "Lĩnh vực", "Số vụ", "Cơ cấu (%)"],
    ["1", "Ngành An", "3.908", "20,19"],
    ["2", "Ngành Bình", "4.501", "23,25"],
    ["3", "Ngành Chi", "1.343", "6,94"],
    ["4", "Ngành Dung", "381", "1,97"],
    ["5", "Ngành Em", "4.426", "22,87"],
    ["6", "Ngành Giang", "170", "0,88"],
    ["7", "Ngành Hoa", "3.854", "19,91"],
    ["8", "Ngành Khang", "327", "1,69"],
    ["9", "Ngành Lan", "446", "2,30"],
    ["", "Tổng số", "19.356", "100,00"],
]
PERIODS = [
    ["STT", "Nhiệm vụ", "Từ ngày", "Đến ngày"],
    ["1", "Rà soát thủ tục", "01/3/2024", "31/3/2024"],
    ["2", "Kiểm tra công vụ", "15/4/2024", "30/4/2024"],
    ["3", "Tập huấn", "06/5/2024", "10/5/2024"],
]
PAIRS = [
    ["STT", "Lĩnh vực", "Tổng số thủ tục", "Toàn trình", "Một phần"],
    ["1", "Lĩnh vực An", "320", "64 (20,0%)", "128 (40,0%)"],
    ["2", "Lĩnh vực Bình", "50", "25 (50,0%)", "15 (30,0%)"],
    ["3", "Lĩnh vực Chi", "80", "8 (10,0%)", "40 (50,0%)"],
    ["4", "Lĩnh vực Dung", "40", "10 (25,0%)", "20 (50,0%)"],
    ["5", "Lĩnh vực Em", "60", "15 (25,0%)", "24 (40,0%)"],
    ["6", "Lĩnh vực Giang", "90", "18 (20,0%)", "27 (30,0%)"],
]
KINDS = {
    "stock": STOCK,
    "account": ACCOUNT,
    "growth": GROWTH,
    "named sum": NAMED_SUM,
    "shares": SHARES,
    "periods": PERIODS,
    "pairs": PAIRS,
}
TOTALS = [
    ["STT", "Đơn vị", "Tiếp nhận", "Đã giải quyết"],
    ["1", "Phòng An", "340", "331"],
    ["2", "Phòng Bình", "288", "280"],
    ["3", "Phòng Chi", "262", "250"],
    ["", "Tổng cộng", "890", "861"],
]


def flags(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.severity != "info"]


def changed(rows: Sequence[Sequence[str]], row: int, col: int, text: str) -> Grid:
    return [[text if (r, c) == (row, col) else t for c, t in enumerate(line)] for r, line in enumerate(rows)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_holds_has_no_flag(table: Build, document: Make, kind: str) -> None:
    assert flags(document([table("t01", KINDS[kind], 1)])) == []


@pytest.mark.parametrize(
    ("kind", "row", "col", "text", "expected"),
    [
        ("stock", 3, 5, "740", "470"),
        ("account", 2, 5, "769", "796"),
        ("growth", 7, 5, "6,90", "6,00"),
        ("growth", 1, 5, "0,07", "6,67"),
        ("named sum", 4, 4, "11.720", "11.730"),
        ("shares", 8, 2, "372", "327"),
        ("shares", 10, 2, "99.356", "19.356"),
        ("shares", 8, 3, "1,96", "1,69"),
        ("periods", 3, 3, "01/5/2024", ""),
    ],
)
def test_one_figure_spoilt_is_one_flag_on_it(
    table: Build, document: Make, kind: str, row: int, col: int, text: str, expected: str
) -> None:
    """Of nine shares only those of eight rows and fewer were ever held against their counts."""
    (flag,) = flags(document([table("t01", changed(KINDS[kind], row, col, text), 1)]))
    assert (flag.row, flag.col, flag.found, flag.expected) == (row, col, text, expected)


def test_stocks_are_proved(table: Build, document: Make) -> None:
    checked = check_document(document([table("t01", STOCK, 1)]))
    assert {cell.status for row in checked.tables[0].body for cell in row[2:]} == {"proved"}


def test_growth_of_nothing_makes_no_difference_of_a_rate(table: Build, document: Make) -> None:
    """Where most prices stood still, a rate of 6,67 % was held to be the difference of two prices."""
    checked = check_document(document([table("t01", GROWTH, 1)]))
    assert checked.tables[0].rows[1][5].status == "proved"


def test_half_a_pair_of_ink_is_told(table: Build, document: Make) -> None:
    """Of ink a cell of a column of pairs that is none may have lost one."""
    grid = changed(PAIRS, 2, 3, "25 50,0%")
    (flag,) = flags(document([table("t01", grid, 1, sure=False)]))
    assert (flag.kind, flag.row, flag.col) == ("reading", 2, 3)


def test_a_sentence_tells_the_totals_of_a_table(table: Build, document: Make) -> None:
    built = table("t01", TOTALS, 1)
    said = "Tổng số hồ sơ tiếp nhận là 890 hồ sơ; đã giải quyết {} hồ sơ."
    assert flags(document([built], [said.format(861)])) == []
    (flag,) = flags(document([built], [said.format(816)]))
    assert (flag.kind, flag.row, flag.found, flag.expected) == ("cross", None, "816", "861")


def test_another_figure_than_the_total_is_let_stand(table: Build, document: Make) -> None:
    """A sentence of an earlier period, or of half the dossiers, is no slip of the total."""
    said = "Tổng số hồ sơ tiếp nhận là 890 hồ sơ; đã giải quyết 402 hồ sơ."
    assert flags(document([table("t01", TOTALS, 1)], [said])) == []


def test_a_total_said_again_for_another_period_is_let_stand(table: Build, document: Make) -> None:
    said = "Tổng số hồ sơ tiếp nhận là 890 hồ sơ, tăng 90 hồ sơ so với cùng kỳ (800 hồ sơ)."
    assert flags(document([table("t01", TOTALS, 1)], [said])) == []


TOLD = [
    ["STT", "Nhiệm vụ", "Kết quả"],
    [
        "1",
        "Đất đai",
        "- Đã tiếp nhận 225 hồ sơ; - Đã giải quyết 155 hồ sơ, đạt 68,89%; - Còn 70 hồ sơ đang làm.",
    ],
    ["2", "Tư pháp", "Tiếp nhận 480 hồ sơ; đã giải quyết 402 hồ sơ (83,75 phần trăm); đang xử lý 78 hồ sơ."],
]


def test_the_share_of_what_was_settled_is_no_dossier(table: Build, document: Make) -> None:
    """`đã giải quyết 155 hồ sơ, đạt 68,89%` counted 223,89 dossiers and made a flag of each such note."""
    assert flags(document([table("t01", TOLD, 1)])) == []
    (flag,) = flags(document([table("t01", changed(TOLD, 1, 2, TOLD[1][2].replace("225", "235")), 1)]))
    assert (flag.kind, flag.row, flag.col) == ("prose_sum", 1, 2)


PAPERS = [
    ["STT", "Số, ký hiệu", "Ngày ban hành", "Trích yếu"],
    ["1", "12/2023/QĐ-UBND", "15/3/2023", "Quy định giá đất"],
    ["2", "45/2022/NQ-HĐND", "09/12/2022", "Phân bổ ngân sách"],
    ["3", "07/2021/QĐ-UBND", "28/02/2021", "Phân cấp quản lý"],
]


def test_a_paper_of_another_year_than_its_day_in_the_next_column(table: Build, document: Make) -> None:
    assert flags(document([table("t01", PAPERS, 1)])) == []
    (flag,) = flags(document([table("t01", changed(PAPERS, 2, 2, "09/12/2023"), 1)]))
    assert (flag.kind, flag.row, flag.col, flag.found) == ("date", 2, 2, "09/12/2023")


def test_billions_are_told_as_they_are_printed(table: Build, document: Make) -> None:
    """`found` was 104760000000 where the sentence prints 104,76 tỷ đồng."""
    grid = [
        ["STT", "Khoản thu", "Số thu (tỷ đồng)"],
        ["1", "Thu nội địa", "104,94"],
        ["2", "Thu xuất khẩu", "35,06"],
        ["3", "Thu viện trợ", "12,50"],
        ["", "Cộng", "152,50"],
    ]
    said = [
        "Thu nội địa đạt 104,76 tỷ đồng; thu xuất khẩu đạt 35,06 tỷ đồng; thu viện trợ đạt 12,50 tỷ đồng."
    ]
    (flag,) = flags(document([table("t01", grid, 1)], said))
    assert (flag.found, flag.expected) == ("104,76 tỷ đồng", "104,94 tỷ đồng")
    assert "ghi 104,76 tỷ đồng" in flag.message and "lệch 0,18 tỷ đồng" in flag.message


def test_a_comma_for_a_dot_is_told_in_a_short_column(table: Build, document: Make) -> None:
    grid = [
        ["STT", "Nội dung", "Dự toán"],
        ["1", "Chi An", "4.120.300.000"],
        ["2", "Chi Bình", "3.313.923,150"],
        ["3", "Chi Chi", "812.500.000"],
    ]
    (flag,) = flags(document([table("t01", grid, 1)]))
    assert (flag.kind, flag.row, flag.col) == ("reading", 2, 2)


def test_a_share_tells_no_whole_to_the_last_digit(table: Build, document: Make) -> None:
    """Two rates of one decimal say that a whole is about 4.012, not which: nothing is proposed."""
    grid = [
        [
            "STT",
            "Đơn vị",
            "Tổng số",
            "Số đúng hạn",
            "Tỷ lệ đúng hạn (%)",
            "Số trực tuyến",
            "Tỷ lệ trực tuyến (%)",
        ],
        ["1", "Phòng An", "2.000", "1.500", "75,0", "1.400", "70,0"],
        ["2", "Phòng Bình", "5.730", "1.203", "30,0", "2.006", "50,0"],
        ["3", "Phòng Chi", "3.000", "2.400", "80,0", "1.800", "60,0"],
        ["4", "Phòng Dung", "1.000", "650", "65,0", "500", "50,0"],
    ]
    (flag,) = flags(document([table("t01", grid, 1)]))
    assert (flag.row, flag.col, flag.expected) == (2, 2, "")


def test_a_bare_quotient_of_a_workbook_bears_out_no_percentage(table: Build, document: Make) -> None:
    """`=E2/C2` without its hundred gave -0,083333 among percentages, which its own formula then proved."""
    numbers = ["(1)", "(2)", "(3)", "(4)", "(5)=(4)-(3)", "(6)=(5)/(3)"]
    grid = [GROWTH[0], numbers, *changed(GROWTH, 3, 5, "-0,083333")[1:]]
    built = table("t01", grid, 2, 1)
    places = {(r, c): ("s", r, c) for r in range(2, len(grid)) for c in range(2, 6)}
    quotient = {(4, 5): WorkedOut(places[4, 5], ((places[4, 4], 1),), ((places[4, 2], 1),))}
    rows = tuple(
        tuple(
            replace(cell, worked_out=quotient.get((r, c), WorkedOut(places[r, c])))
            if (r, c) in places
            else cell
            for c, cell in enumerate(row)
        )
        for r, row in enumerate(built.rows)
    )
    (flag,) = flags(document([replace(built, rows=rows)]))
    assert (flag.row, flag.col, flag.found, flag.expected) == (4, 5, "-0,083333", "-8,333333")


def test_thousands_kept_as_units_with_three_decimals_are_told(table: Build, document: Make) -> None:
    """A workbook keeps 220 and prints `220,000` among prices of thousands, in silence."""
    grid = [["STT", "Phòng", "Giá"], ["1", "Phòng An", "350.000"], ["2", "Phòng Bình", "220,000"]]
    grid += [["3", "Phòng Chi", "400.000"], ["4", "Phòng Dung", "1.200.000"]]
    kept = {1: "350000", 2: "220.000", 3: "400000", 4: "1200000"}
    built = table("t01", grid, 1)
    rows = tuple(
        tuple(replace(c, stored=Decimal(kept[r])) if c.col == 2 and r in kept else c for c in row)
        for r, row in enumerate(built.rows)
    )
    (flag,) = flags(document([replace(built, rows=rows)]))
    assert (flag.kind, flag.row, flag.col) == ("reading", 2, 2)


def test_rates_of_each_plan_beside_shares_are_no_shares(table: Build, document: Make) -> None:
    """`Đạt (%)` of each row's plan was held to be its share of the total, where the shares stood beside it
    and the plan's total was wrong."""
    grid = [
        ["TT", "Nguồn vốn", "Kế hoạch", "Thực hiện", "Đạt (%)", "Cơ cấu (%)"],
        ["1", "Nguồn An", "21.000", "16.800", "80,0", "21,0"],
        ["2", "Nguồn Bình", "40.000", "36.000", "90,0", "45,0"],
        ["3", "Nguồn Chi", "12.000", "11.200", "93,3", "14,0"],
        ["4", "Nguồn Dung", "30.000", "16.000", "53,3", "20,0"],
        ["", "Tổng nguồn", "106.000", "80.000", "75,5", "100,0"],
    ]
    (flag,) = flags(document([table("t01", grid, 1)]))
    assert (flag.row, flag.col, flag.expected) == (5, 2, "103.000")


def test_inspections_are_no_difference_of_the_columns_before_them(table: Build, document: Make) -> None:
    """`giám` folds to what `giảm` does: under a second head, inspections were held to be what came less what
    was done."""
    grid = [
        ["TT", "Đơn vị", "Tiếp nhận", "Giải quyết", "Còn lại"],
        ["1", "Phòng An", "41", "30", "11"],
        ["2", "Phòng Bình", "52", "40", "12"],
        ["", "Đơn vị khác", "Tiếp nhận", "Giải quyết", "Số cuộc giám sát"],
        ["3", "Phòng Chi", "38", "29", "4"],
    ]
    assert flags(document([table("t01", grid, 1)])) == []

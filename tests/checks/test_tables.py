"""Families of relations over one table: what is found, what is flagged, what is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]

HEAD = ["TT", "Đơn vị", "Tổng số", "Trực tiếp", "Trực tuyến"]
ROWS = [
    ["1", "Xã An Mẫu", "120", "20", "100"],
    ["2", "Xã Bình Mẫu", "75", "5", "70"],
    ["3", "Xã Chi Mẫu", "310", "33", "277"],
    ["4", "Xã Dung Mẫu", "48", "0", "48"],
    ["", "TỔNG SỐ", "553", "58", "495"],
]


def flags(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.kind != "reading"]


def spots(document: Document) -> list[tuple[str, int | None, int | None]]:
    return [(f.kind, f.row, f.col) for f in flags(document)]


def changed(rows: list[list[str]], row: int, col: int, text: str) -> list[list[str]]:
    return [[text if (r, c) == (row, col) else t for c, t in enumerate(line)] for r, line in enumerate(rows)]


def test_a_table_that_adds_up_has_no_flag_and_every_figure_proved(table: Build, document: Make) -> None:
    checked = check_document(document([table("t01", [HEAD, *ROWS], 1)]))
    assert checked.flags == ()
    figures = [c for c in checked.tables[0].cells() if c.value is not None]
    assert {c.status for c in figures} == {"proved"}
    assert all(c.proofs >= 1 for c in figures)


@pytest.mark.parametrize(
    ("row", "col", "text"), [(0, 2, "170"), (2, 4, "271"), (4, 2, "533"), (3, 4, "43"), (4, 4, "405")]
)
def test_one_wrong_figure_is_one_flag_on_that_figure(
    table: Build, document: Make, row: int, col: int, text: str
) -> None:
    found = spots(document([table("t01", [HEAD, *changed(ROWS, row, col, text)], 1)]))
    assert [(r, c) for _, r, c in found] == [(row + 1, col)]


def test_the_message_says_both_figures_and_the_difference(table: Build, document: Make) -> None:
    rows = [[a, b, c] for a, b, c, *_ in ROWS]
    (flag,) = flags(document([table("t01", [HEAD[:3], *changed(rows, 4, 2, "533")], 1)]))
    assert flag.kind == "total"
    assert flag.found == "533"
    assert flag.expected == "553"
    assert "ghi 533" in flag.message
    assert "cộng các dòng được 553" in flag.message
    assert flag.message.endswith("lệch 20.")
    assert len(flag.cells) == 4


def test_the_police_are_no_total(table: Build, document: Make) -> None:
    """`Công an` begins with the letters of `Cộng`; left out of the total, every column failed."""
    rows = changed(ROWS, 3, 1, "Công an xã")
    assert flags(document([table("t01", [HEAD, *rows], 1)])) == []


def test_sections_add_up_to_the_grand_total(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Nội dung", "Số hồ sơ", "Đã trả"],
        ["I", "Cấp huyện", "30", "28"],
        ["1", "Phòng A", "10", "9"],
        ["2", "Phòng B", "20", "19"],
        ["II", "Cấp xã", "70", "61"],
        ["1", "Xã C", "25", "20"],
        ["2", "Xã D", "45", "41"],
        ["", "Tổng cộng", "100", "89"],
    ]
    assert flags(document([table("t01", grid, 1)])) == []
    grid[4][2] = "76"
    assert [f[1:] for f in spots(document([table("t01", grid, 1)]))] == [(4, 2)]


def test_percentages_are_not_summed(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Đơn vị", "Tỷ lệ (%)"],
        ["1", "Xã An Mẫu", "90,1"],
        ["2", "Xã Bình Mẫu", "80,2"],
        ["3", "Xã Chi Mẫu", "85,0"],
        ["", "TỔNG SỐ", "84,7"],
    ]
    assert flags(document([table("t01", grid, 1)])) == []


FORMULA = [
    ["TT", "Đơn vị", "Tổng số", "Đúng hạn", "Quá hạn", "Tỷ lệ đúng hạn"],
    ["", "", "(1)=(2)+(3)", "(2)", "(3)", "(4)=(2)/(1)"],
    ["1", "Sở An Mẫu", "1.250", "1.200", "50", "96,00%"],
    ["2", "Sở Bình Mẫu", "731", "726", "5", "99,32%"],
    ["3", "Sở Chi Mẫu", "400", "398", "2", "99,50%"],
]


def test_declared_formulas(table: Build, document: Make) -> None:
    assert flags(document([table("t01", FORMULA, 2, 1)])) == []
    bad = changed(FORMULA, 3, 5, "98,32%")
    (flag,) = flags(document([table("t01", bad, 2, 1)]))
    assert (flag.kind, flag.row, flag.col, flag.check) == ("percent", 3, 5, "percent/formula")
    assert flag.severity == "error"


DELTA = [
    ["TT", "Đơn vị", "Ngày 31/8/2024", "Ngày 30/9/2024", "Tăng (+)/Giảm (-)"],
    ["1", "Xã An Mẫu", "97,88%", "68,65%", "-29%"],
    ["2", "Xã Bình Mẫu", "79,39%", "83,19%", "3,8%"],
    ["3", "Xã Chi Mẫu", "73,99%", "94,25%", "0,2026"],
    ["4", "Xã Dung Mẫu", "96,08%", "94,79%", "-1,29"],
    ["5", "Xã Em Mẫu", "5,48%", "4,24%", "-1%"],
]


def test_a_change_in_points_however_printed_is_no_fault(table: Build, document: Make) -> None:
    assert flags(document([table("t01", DELTA, 1)])) == []


@pytest.mark.parametrize(("row", "text"), [(1, "-28%"), (2, "-3,8%"), (4, "1,29"), (5, "-2%")])
def test_a_wrong_change_is_flagged(table: Build, document: Make, row: int, text: str) -> None:
    assert spots(document([table("t01", changed(DELTA, row, 4, text), 1)])) == [("delta", row, 4)]


SHARES = [
    ["TT", "Nội dung", "Tháng 8", "Tháng 8", "Tháng 9", "Tháng 9"],
    ["TT", "Nội dung", "Số liệu", "Tỷ lệ (%)", "Số liệu", "Tỷ lệ (%)"],
    ["3.1", "Một phần", "27", "9,57%", "29", "9,21%"],
    ["3.2", "Toàn trình", "71", "25,18%", "73", "23,17%"],
    ["3.3", "Còn lại", "184", "65,25%", "213", "67,62%"],
    ["3.4", "Thanh toán", "", "", "", ""],
    ["a)", "Thanh toán trực tuyến", "137", "76,54%", "138", "63,30%"],
    ["b)", "Thanh toán trực tiếp", "42", "23,46%", "80", "36,70%"],
]


def test_shares_of_sibling_rows(table: Build, document: Make) -> None:
    assert flags(document([table("t01", SHARES, 2)])) == []
    (flag,) = flags(document([table("t01", changed(SHARES, 4, 3, "62,25%"), 2)]))
    assert (flag.row, flag.col, flag.expected) == (4, 3, "65,25%")


@pytest.mark.parametrize(("row", "col", "text"), [(3, 2, "21"), (6, 4, "183"), (7, 5, "36,10%")])
def test_a_wrong_count_or_share_is_named(table: Build, document: Make, row: int, col: int, text: str) -> None:
    found = spots(document([table("t01", changed(SHARES, row, col, text), 2)]))
    assert [(r, c) for _, r, c in found] == [(row, col)]


def test_words_that_repeat_a_figure(table: Build, document: Make) -> None:
    grid = [
        ["Hạng", "Đơn vị", "Điểm", "Tăng, giảm", "Ghi chú"],
        ["1", "Xã An Mẫu", "95,67", "0,57", "Tăng 0,57 điểm"],
        ["2", "Xã Bình Mẫu", "95,54", "5,07", "Giảm 5,07 điểm"],
        ["3", "Xã Chi Mẫu", "94,09", "6,85", "Tăng 6,85 điểm"],
        ["4", "Xã Dung Mẫu", "93,91", "2,35", "Giảm 2,84 điểm"],
    ]
    (flag,) = flags(document([table("t01", grid, 1)]))
    assert (flag.kind, flag.row, flag.col, flag.found, flag.expected) == (
        "text_vs_number",
        4,
        3,
        "2,35",
        "2,84",
    )


def test_overall_score_inside_words(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Nội dung", "Ngày 31/8/2024", "Ngày 30/9/2024", "Tăng/giảm"],
        ["I", "Công khai (điểm)", "13,7", "17,5", "3,8"],
        ["II", "Tiến độ (điểm)", "16,3", "18,6", "2,3"],
        ["III", "Trực tuyến (điểm)", "7,3", "7,2", "-0,1"],
        [
            "IV",
            "ĐIỂM TỔNG HỢP",
            "Đạt 37,3/50 điểm; xếp hạng 5/9",
            "Đạt 43,8/50 điểm; xếp hạng 3/9",
            "Tăng 6,5 điểm, tăng 2 bậc",
        ],
    ]
    found = flags(document([table("t01", grid, 1)]))
    assert {(f.kind, f.row, f.col) for f in found} == {("total", 4, 3)}


def test_a_fraction_beside_its_percentage(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Nội dung", "Số liệu", "Tỷ lệ (%)"],
        ["1", "Công khai thủ tục", "1700/1795", "100%"],
        ["2", "Kết nối", "12/16", "75%"],
        ["3", "Số hóa", "3/4", "75%"],
    ]
    assert [f[:2] for f in spots(document([table("t01", grid, 1)]))] == [("percent", 1)]


def test_a_quotient_is_found_without_any_words(table: Build, document: Make) -> None:
    grid = [["TT", "Đơn vị", "A", "B", "Tỷ lệ (%)"]]
    pairs = [(120, 97), (75, 51), (310, 300), (48, 40), (512, 333)]
    for n, (whole, part) in enumerate(pairs, start=1):
        share = f"{100 * part / whole:.1f}".replace(".", ",")
        grid.append([str(n), f"Xã Mẫu {n}", str(whole), str(part), share])
    assert flags(document([table("t01", grid, 1)])) == []
    assert [f[1:] for f in spots(document([table("t01", changed(grid, 3, 4, "69,8"), 1)]))] == [(3, 4)]


def test_growth_in_percent_of_the_old_figure(table: Build, document: Make) -> None:
    grid = [["TT", "Đơn vị", "Tháng 8", "Tháng 9", "Tăng/giảm (%)"]]
    for n, (old, new) in enumerate([(120, 150), (80, 60), (310, 372), (45, 54), (512, 640)], start=1):
        change = f"{100 * (new - old) / old:.1f}".replace(".", ",")
        grid.append([str(n), f"Xã Mẫu {n}", str(old), str(new), change])
    assert flags(document([table("t01", grid, 1)])) == []
    assert spots(document([table("t01", changed(grid, 3, 4, "22,0"), 1)])) == [("delta", 3, 4)]

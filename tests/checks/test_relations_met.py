"""Relations of yields, answers, balances and ranks: found, held, and blamed on the figure that is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]

YIELD = ["TT", "Đơn vị", "Diện tích (ha)", "Năng suất (tạ/ha)", "Sản lượng (tấn)"]
FIELDS = [
    ["1", "Xã An Mẫu", "258,3", "71,1", "1.836,5"],
    ["2", "Xã Bình Mẫu", "371,0", "71,9", "2.667,5"],
    ["3", "Xã Chi Mẫu", "131,7", "56,5", "744,1"],
    ["4", "Xã Dung Mẫu", "119,8", "59,6", "714,0"],
    ["5", "Xã Em Mẫu", "695,9", "55,4", "3.855,3"],
    ["", "TỔNG SỐ", "1.576,7", "62,3", "9.817,4"],
]
ANSWERS = ["TT", "Câu hỏi", "1", "2", "3", "4", "5", "4+5"]
SURVEY = [
    ["1", "Chỗ ngồi đủ và sạch", "71", "20", "61", "324", "369", "693"],
    ["2", "Trang thiết bị dùng được", "65", "12", "47", "338", "383", "721"],
    ["3", "Thủ tục được niêm yết", "77", "11", "63", "345", "349", "694"],
    ["4", "Được hướng dẫn tận tình", "64", "14", "56", "321", "390", "711"],
    ["5", "Hồ sơ đúng quy định", "72", "15", "71", "340", "347", "687"],
]
LEFT = ["TT", "Đơn vị", "Kỳ trước chuyển sang", "Tiếp nhận", "Đã giải quyết", "Đang giải quyết"]
DOSSIERS = [
    ["1", "Xã An Mẫu", "12", "270", "263", "19"],
    ["2", "Xã Bình Mẫu", "7", "418", "401", "24"],
    ["3", "Xã Chi Mẫu", "0", "95", "90", "5"],
    ["4", "Xã Dung Mẫu", "21", "199", "202", "18"],
]


def flags(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.kind != "reading"]


def changed(rows: list[list[str]], row: int, col: int, text: str) -> list[list[str]]:
    return [[text if (r, c) == (row, col) else t for c, t in enumerate(line)] for r, line in enumerate(rows)]


@pytest.mark.parametrize(
    ("head", "rows"), [(YIELD, FIELDS), (ANSWERS, SURVEY), (LEFT, DOSSIERS)], ids=["yield", "survey", "left"]
)
def test_tables_that_hold_have_no_flag(
    table: Build, document: Make, head: list[str], rows: list[list[str]]
) -> None:
    """A yield was once held to be the sum of the yields above it."""
    assert flags(document([table("t01", [head, *rows], 1)])) == []


@pytest.mark.parametrize(
    ("head", "rows", "row", "col", "text", "kind"),
    [
        (YIELD, FIELDS, 1, 3, "79,1", "formula"),
        (YIELD, FIELDS, 4, 4, "4.155,3", "formula"),
        (ANSWERS, SURVEY, 2, 7, "704", "row_sum"),
        (ANSWERS, SURVEY, 2, 2, "87", "row_sum"),
        (LEFT, DOSSIERS, 1, 5, "42", "row_sum"),
    ],
)
def test_one_wrong_figure_is_one_flag_in_its_row(
    table: Build,
    document: Make,
    head: list[str],
    rows: list[list[str]],
    row: int,
    col: int,
    text: str,
    kind: str,
) -> None:
    found = flags(document([table("t01", [head, *changed(rows, row, col, text)], 1)]))
    assert [(f.kind, f.row) for f in found] == [(kind, row + 1)]


def test_what_is_left_over_is_worked_out_from_the_rest(table: Build, document: Make) -> None:
    rows = [[*row[:2], *row[3:]] for row in changed(DOSSIERS, 2, 5, "10")]
    rows = [[n, name, came, went, str(int(came) - int(went) if r != 2 else 10)] for r, (n, name, came, went, _) in
            enumerate(rows)]  # fmt: skip
    rows[3][2:] = ["220", "202", "18"]
    (flag,) = flags(document([table("t01", [LEFT[:2] + LEFT[3:], *rows], 1)]))
    assert (flag.row, flag.col, flag.expected) == (3, 4, "5")


def test_a_rank_among_63_is_no_fraction_of_the_percentage_beside_it(table: Build, document: Make) -> None:
    grid = [["Tỉnh", "Chỉ số - thứ hạng", "SIPAS - chỉ số"], ["Tỉnh A", "62/63", "83,0%"]]
    grid += [["Tỉnh B", "50/63", "83,1%"], ["Tỉnh C", "34/63", "82,6%"]]
    assert flags(document([table("t01", grid, 1)])) == []


def test_scores_above_their_maxima_all_down_a_column_are_one_flag(table: Build, document: Make) -> None:
    grid = [["TT", "Nội dung", "Điểm tối đa", "Điểm tự chấm"]]
    grid += [[str(n), f"Nội dung {n}", "2", f"{n + 2},5"] for n in range(1, 7)]
    found = [f for f in flags(document([table("t01", grid, 1)])) if f.check == "score maximum"]
    assert len(found) == 1
    assert len(found[0].cells) == 5


def test_a_rank_out_of_order_is_one_flag(table: Build, document: Make) -> None:
    scores = ["98,1", "97,2", "96,5", "95,0", "94,4", "93,9", "91,0", "90,2"]
    ranks = ["1", "2", "3", "4", "5", "6", "3", "8"]
    grid = [["Đơn vị", "Điểm", "Xếp hạng"]]
    grid += [[f"Xã Mẫu {chr(65 + i)}", s, k] for i, (s, k) in enumerate(zip(scores, ranks, strict=True))]
    found = [f for f in flags(document([table("t01", grid, 1)])) if f.kind == "rank"]
    assert [(f.row, f.expected) for f in found] == [(7, "7")]


@pytest.mark.parametrize(("sure", "kind"), [(True, "rank"), (False, "reading")])
def test_a_rank_left_out_may_be_a_row_that_was_not_read(
    table: Build, document: Make, sure: bool, kind: str
) -> None:
    grid = [["Đơn vị", "Điểm", "Xếp hạng"]]
    grid += [[f"Xã Mẫu {n}", f"{99 - n},1", str(n)] for n in (1, 2, 3, 5, 6)]
    page = table("t01", grid, 1, sure=sure)
    found = [f for f in check_document(document([page])).flags if f.check == "rank gap"]
    assert [(f.kind, f.row) for f in found] == [(kind, 4)]


def test_a_short_table_whose_headers_say_what_is_divided_may_hold_two_faults(
    table: Build, document: Make
) -> None:
    """Two rows of four tell the scale; the two that are off are each one flag."""
    rows = changed(changed(FIELDS[:4], 1, 4, "2.776,5"), 3, 4, "741,0")
    found = flags(document([table("t01", [YIELD, *rows], 1)]))
    assert [(f.row, f.kind) for f in found] == [(2, "formula"), (4, "formula")]


INDEX = ["TT", "Đơn vị", "Công khai (18)", "Tiến độ (20)", "Số hóa (22)", "Tổng điểm (60)", "Chỉ số (%)"]
INDICES = [
    ["1", "Sở Mẫu A", "16,20", "18,50", "20,35", "55,05", "91,75"],
    ["2", "Sở Mẫu B", "15,00", "17,25", "19,80", "52,05", "86,75"],
    ["3", "Sở Mẫu C", "17,10", "19,00", "21,45", "57,55", "95,92"],
    ["4", "Sở Mẫu D", "14,40", "16,75", "18,70", "49,85", "83,08"],
    ["5", "Sở Mẫu E", "16,65", "18,00", "20,90", "55,55", "92,58"],
]
WITHDRAWN = [*LEFT[:5], "Rút hồ sơ", "Đang giải quyết"]
BALANCES = [
    ["1", "Đất đai", "31", "412", "398", "5", "40"],
    ["2", "Hộ tịch", "2", "655", "650", "0", "7"],
    ["3", "Xây dựng", "14", "88", "90", "2", "10"],
    ["4", "Lao động", "6", "143", "141", "1", "7"],
    ["5", "Văn hóa", "3", "29", "30", "0", "2"],
]
MONTHS = ["TT", "Nội dung", "Tháng 8", "Tháng 9", "Tháng 10"]
RATES = [
    ["1", "Số hồ sơ tiếp nhận", "1204", "1350", "1288"],
    ["2", "Số hồ sơ trực tuyến", "903", "1080", "1001"],
    ["3", "Tỷ lệ trực tuyến (%)", "75,00", "80,00", "77,72"],
    ["4", "Số hồ sơ đúng hạn", "1190", "1341", "1262"],
    ["5", "Tỷ lệ đúng hạn (%)", "98,84", "99,33", "97,98"],
]


@pytest.mark.parametrize(
    ("head", "rows", "row", "col", "text", "right"),
    [
        (INDEX, INDICES, 4, 6, "95,58", "92,58"),
        (WITHDRAWN, BALANCES, 3, 6, "17", "7"),
        (MONTHS, RATES, 4, 3, "93,33", "99,33"),
    ],
    ids=["index over a maximum that only its header has", "withdrawn", "rates in rows of their own"],
)
def test_relations_of_other_forms_hold_and_tell_the_one_that_is_off(
    table: Build,
    document: Make,
    head: list[str],
    rows: list[list[str]],
    row: int,
    col: int,
    text: str,
    right: str,
) -> None:
    whole = check_document(document([table("t01", [head, *rows], 1)]))
    assert [f for f in whole.flags if f.severity != "info"] == []
    # Half a hundredth of a score moves the index by most of one: its last digit stays unproved.
    assert whole.tables[0].rows[row + 1][col].status == ("read" if head == INDEX else "proved")
    (flag,) = flags(document([table("t01", [head, *changed(rows, row, col, text)], 1)]))
    assert (flag.row, flag.col, flag.expected) == (row + 1, col, right)


def test_two_like_rows_and_their_hundred_percent_make_no_rate(table: Build, document: Make) -> None:
    rows = [
        ["1", "Số xã", "12", "14"],
        ["2", "Số xã đạt chuẩn", "12", "9"],
        ["3", "Tỷ lệ xã đạt chuẩn (%)", "100", "64"],
    ]
    rows.append(["4", "Số thôn", "12", "20"])
    assert flags(document([table("t01", [MONTHS[:4], *rows], 1)])) == []


def faults(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.severity != "info"]


CHANGES = [
    ["TT", "Đơn vị", "Số hồ sơ quá hạn", "Số hồ sơ quá hạn", "Số hồ sơ quá hạn"],
    ["TT", "Đơn vị", "Tháng 9", "Tháng 10", "Tăng (+)/giảm (-)"],
    ["1", "Xã An Mẫu", "12", "15", "3"],
    ["2", "Xã Bình Mẫu", "-", "-", "0"],
    ["3", "Xã Chi Mẫu", "8", "-", "-8"],
    ["4", "Xã Dung Mẫu", "-", "-", "0"],
    ["5", "Xã Em Mẫu", "21", "30", "9"],
    ["6", "Xã Giang Mẫu", "4", "6", "2"],
    ["", "Tổng cộng", "45", "51", "6"],
]


@pytest.mark.parametrize(
    ("row", "col", "text"),
    [
        (3, 4, "6"),  # a change between two dashes
        (8, 4, "16"),  # the changes' total
        (6, 4, "19"),
    ],
)
def test_changes_of_counts_add_up_and_between_dashes_there_is_none(
    table: Build, document: Make, row: int, col: int, text: str
) -> None:
    assert not faults(document([table("t01", CHANGES, 2)]))
    grid = [list(line) for line in CHANGES]
    grid[row][col] = text
    found = faults(document([table("t01", grid, 2)]))
    assert [(f.row, f.col) for f in found] == [(row, col)]


def test_changes_of_rates_do_not_add_up(table: Build, document: Make) -> None:
    head = [
        "TT",
        "Đơn vị",
        "Số hồ sơ",
        "Đã số hóa",
        "Tỷ lệ tháng trước (%)",
        "Tỷ lệ tháng này (%)",
        "Tăng, giảm",
    ]
    counts = [(200, 150), (400, 340), (250, 235), (320, 256), (500, 480)]
    old = [71, 88, 90, 84, 93]
    rows = [
        [str(n), f"Xã Mẫu {n}", str(a), str(b), str(o), f"{100 * b / a:g}", f"{100 * b / a - o:g}"]
        for n, ((a, b), o) in enumerate(zip(counts, old), 1)
    ]
    total = ["", "Tổng cộng", "1670", "1461", "86", "87.5", "1.5"]
    grid = [head, *rows, total]
    assert not [f for f in faults(document([table("t01", grid, 1)])) if f.col in (4, 6)]


CLASSES = ["TT", "Trường", "Số lớp", "Số học sinh", "Bình quân học sinh/lớp"]
SCHOOLS = [
    ["1", "TH An Mẫu", "26", "628", "24,2"],
    ["2", "TH Bình Mẫu", "8", "257", "32,1"],
    ["3", "TH Chi Mẫu", "18", "529", "29,4"],
    ["4", "TH Dung Mẫu", "22", "579", "26,3"],
    ["5", "TH Em Mẫu", "8", "254", "31,8"],
    ["6", "TH Giang Mẫu", "27", "1.139", "42,2"],
]


def test_a_mean_is_what_is_worked_out_not_the_counts_it_is_of(table: Build, document: Make) -> None:
    """`số lớp = học sinh / bình quân` blamed the pupils for a wrong mean, and called 31,8 (31,75) wrong."""
    assert flags(document([table("t01", [CLASSES, *SCHOOLS], 1)])) == []
    (flag,) = flags(document([table("t01", [CLASSES, *changed(SCHOOLS, 2, 4, "34,9")], 1)]))
    assert (flag.row, flag.col, flag.kind) == (3, 4, "formula")
    assert "“Số học sinh” chia cho “Số lớp” là 29,4" in flag.message


KINDS = ["Loại đất", "Đất lúa", "Cây lâu năm", "Rừng sản xuất", "Đất ở", "Tổng giảm"]
TURNED = [
    ["Đất lúa", "", "0,5", "0,5", "2,7", "3,7"],
    ["Cây lâu năm", "0,7", "", "2,7", "0,2", "3,6"],
    ["Rừng sản xuất", "2,6", "0,3", "", "3,6", "6,5"],
    ["Đất ở", "2,4", "1,5", "2,2", "", "6,1"],
    ["Tổng tăng", "5,7", "2,3", "5,4", "6,5", "19,9"],
]


def test_what_went_in_all_is_a_sum_not_a_change(table: Build, document: Make) -> None:
    """`Tổng giảm` was held to be a difference, and its row was not added up."""
    assert flags(document([table("t01", [KINDS, *TURNED], 1)])) == []
    (flag,) = flags(document([table("t01", [KINDS, *changed(TURNED, 1, 5, "5,1")], 1)]))
    assert (flag.row, flag.col, flag.kind, flag.expected) == (2, 5, "row_sum", "3,6")

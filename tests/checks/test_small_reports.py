"""Relations of small reports that hold several faults at once: rates, shares and sums of ten rows or fewer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]


def faults(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.severity != "info"]


def spots(document: Document) -> set[tuple[int | None, int | None]]:
    return {(f.row, f.col) for f in faults(document)}


def shown(number: float, places: int = 1) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def planted(rows: Sequence[Sequence[str]], *faults: tuple[int, int, str]) -> list[list[str]]:
    grid = [list(row) for row in rows]
    for row, col, text in faults:
        grid[row][col] = text
    return grid


LAND = [
    ("", "Tổng diện tích tự nhiên", 214_600.0),
    ("1", "Đất nông nghiệp", 150_220.0),
    ("1.1", "Đất trồng lúa", 61_730.0),
    ("1.2", "Đất rừng", 88_490.0),
    ("2", "Đất phi nông nghiệp", 52_116.0),
    ("2.1", "Đất ở", 21_460.0),
    ("2.2", "Đất chuyên dùng", 30_656.0),
    ("3", "Đất chưa sử dụng", 12_264.0),
]


@pytest.mark.parametrize("row", [2, 5, 8])
def test_shares_of_the_row_that_is_a_hundred_percent(table: Build, document: Make, row: int) -> None:
    head = ["STT", "Loại đất", "Diện tích (ha)", "Cơ cấu (%)"]
    rows = [[no, name, shown(area), shown(100 * area / LAND[0][2], 2)] for no, name, area in LAND]
    grid = [head, *rows]
    assert not faults(document([table("t01", grid, 1)]))
    wrong = shown(100 * LAND[row - 1][2] / LAND[0][2] + 1.2, 2)
    assert (row, 3) in spots(document([table("t01", planted(grid, (row, 3, wrong)), 1)]))


CLASSES = [
    (142, 4120),
    (98, 2804),
    (131, 3799),
    (120, 3360),
    (87, 2610),
    (155, 4185),
    (104, 3016),
    (93, 2511),
]


def test_what_a_header_calls_one_thing_for_another_is_their_quotient(table: Build, document: Make) -> None:
    """Three of nine rows are wrong: the header says what the others bear out."""
    head = ["TT", "Huyện", "Số lớp", "Số học sinh", "Học sinh/lớp"]
    whole = [*CLASSES, (sum(a for a, _ in CLASSES), sum(b for _, b in CLASSES))]
    rows = [[str(n), f"Huyện Mẫu {n}", str(a), str(b), shown(b / a)] for n, (a, b) in enumerate(whole, 1)]
    rows[-1][:2] = ["", "Tổng cộng"]
    grid = planted([head, *rows], (2, 4, "38,6"), (4, 4, "21,0"), (7, 4, "92,0"))
    assert {(2, 4), (4, 4), (7, 4)} <= spots(document([table("t01", grid, 1)]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rác thải phát sinh 2.019,3 tấn/ngày, thu gom được 1.833,5 tấn/ngày, đạt tỷ lệ 96,8%.", "90,8"),
        ("Rác thải phát sinh 2.019,3 tấn/ngày, thu gom được 1.833,5 tấn/ngày, đạt tỷ lệ 90,8%.", ""),
        # A rate of something else.
        ("Rác thải phát sinh 2.019,3 tấn/ngày, thu gom được 1.833,5 tấn/ngày, đạt tỷ lệ 57,2%.", ""),
        ("Có 2.019 hộ nghèo, trong đó 1.833 hộ được vay vốn, chiếm 99,8%.", "90,8"),
        ("Đạt 87,5% kế hoạch, tăng 12,5%, đạt tỷ lệ 14,8%.", ""),
    ],
)
def test_a_rate_one_slip_from_the_two_figures_before_it(document: Make, text: str, expected: str) -> None:
    found = [f for f in faults(document([], [text])) if f.kind in ("percent", "prose_sum")]
    assert [f.expected.rstrip("%") for f in found] == ([expected] if expected else [])


ROADS = [(62.1, 40.3, 9.8), (38.4, 77.2, 30.1), (45.0, 21.9, 12.6), (80.7, 33.3, 5.2), (19.6, 54.8, 40.4),
         (71.3, 28.8, 16.9), (28.2, 63.7, 22.5), (33.9, 15.4, 70.6)]  # fmt: skip


def test_three_totals_of_nine_rows_may_be_wrong_where_the_header_says_total(
    table: Build, document: Make
) -> None:
    head = ["STT", "Huyện", "Tổng chiều dài (km)", "Nhựa", "Bê tông", "Đất"]
    whole = [*ROADS, tuple(map(sum, zip(*ROADS)))]
    rows = [[str(n), f"Huyện Mẫu {n}", shown(sum(p)), *map(shown, p)] for n, p in enumerate(whole, 1)]
    rows[-1][:2] = ["", "Tổng cộng"]
    wrong = [(1, shown(sum(ROADS[0]) + 5)), (4, shown(sum(ROADS[3]) - 20)), (6, shown(sum(ROADS[5]) + 30))]
    grid = planted([head, *rows], *((row, 2, text) for row, text in wrong))
    assert {(row, 2) for row, _ in wrong} <= spots(document([table("t01", grid, 1)]))


def test_what_is_counted_behind_a_figure_is_no_part_of_a_column_s_name(table: Build, document: Make) -> None:
    head = ["TT", "Loại án", "Thụ lý", "Đã giải quyết", "Còn lại"]
    cases = [(310, 255), (642, 588), (428, 377), (199, 107)]
    rows = [[str(n), f"Loại {n}", str(a), str(b), str(a - b)] for n, (a, b) in enumerate(cases, 1)]
    total = ["", "Tổng cộng", "1.579", "1.327", "252"]
    text = "Toàn ngành đã giải quyết 1.327 vụ việc; còn lại 262 vụ việc."
    made = document([table("t01", [head, *rows, total], 1)], [text])
    assert [(f.found, f.expected) for f in faults(made)] == [("262", "252")]


def stock(*words: str) -> list[list[str]]:
    moves = [(412, 35, 12), (388, 20, 41), (951, 60, 33), (274, 18, 9), (633, 47, 52), (508, 26, 30)]
    rows = [
        [str(n), f"Đơn vị {n}", str(a), str(b), str(c), str(a + b - c)]
        for n, (a, b, c) in enumerate(moves, 1)
    ]
    total = [str(sum(column)) for column in zip(*moves)]
    end = str(sum(a + b - c for a, b, c in moves))
    return [["TT", "Đơn vị", *words], *rows, ["", "Tổng cộng", *total, end]]


@pytest.mark.parametrize(
    "words",
    [
        ("Số HTX đầu kỳ", "Thành lập mới", "Giải thể", "Số HTX cuối kỳ"),
        ("Vốn tài liệu đầu năm", "Bổ sung", "Thanh lý", "Vốn tài liệu cuối năm"),
    ],
)
def test_a_stock_is_what_it_was_with_what_came_and_without_what_went(
    table: Build, document: Make, words: tuple[str, ...]
) -> None:
    grid = stock(*words)
    assert not faults(document([table("t01", grid, 1)]))
    assert (3, 5) in spots(document([table("t01", planted(grid, (3, 5, "988")), 1)]))


def test_goods_are_no_ranks(table: Build, document: Make) -> None:
    head = ["TT", "Đơn vị", "Tổng số vụ", "Hàng cấm", "Hàng giả", "Tiền phạt (triệu đồng)"]
    kinds = [(17, 29), (2, 31), (9, 12), (4, 40), (11, 8), (20, 15), (3, 22)]
    rows = [
        [str(n), f"Đội số {n}", str(a + b), str(a), str(b), shown(90.5 * n)]
        for n, (a, b) in enumerate(kinds, 1)
    ]
    total = ["", "Tổng số", str(sum(map(sum, kinds))), *(str(sum(x)) for x in zip(*kinds)), shown(90.5 * 28)]
    grid = [head, *rows, total]
    assert not faults(document([table("t01", grid, 1)]))
    assert spots(document([table("t01", planted(grid, (2, 2, "36")), 1)])) == {(2, 2)}


def test_a_share_of_the_plan_is_no_change(table: Build, document: Make) -> None:
    head = ["TT", "Đơn vị", "Chỉ tiêu", "Thực hiện", "% so với chỉ tiêu"]
    done = [(782, 485), (640, 601), (355, 371), (910, 700), (444, 333), (512, 490)]
    rows = [
        [str(n), f"Huyện Mẫu {n}", str(a), str(b), shown(100 * b / a)] for n, (a, b) in enumerate(done, 1)
    ]
    grid = planted([head, *rows], (4, 4, "88,9"))
    assert (4, 4) in spots(document([table("t01", grid, 1)]))


def test_the_year_compared_with_is_no_change_itself(table: Build, document: Make) -> None:
    group = "So với năm 2022 (ha)"
    heads = [
        ["TT", "Đơn vị", "Thực hiện (ha)", group, group],
        ["TT", "Đơn vị", "Thực hiện (ha)", "Năm 2022", "Tăng, giảm"],
    ]
    areas = [(385.1, 685.5), (120.4, 98.9), (512.0, 470.3), (88.8, 91.2), (260.7, 199.4), (301.3, 322.6)]
    rows = [[str(n), f"Huyện Mẫu {n}", shown(a), shown(b), shown(a - b)] for n, (a, b) in enumerate(areas, 1)]
    grid = planted([*heads, *rows], (4, 4, "51,7"))
    assert (4, 4) in spots(document([table("t01", grid, 2)]))


@pytest.mark.parametrize(("wrong", "expected"), [("173", "1.318"), ("167", "")])
def test_what_passed_and_what_did_not_are_all(document: Make, wrong: str, expected: str) -> None:
    text = f"Đã kiểm tra 1.312 cơ sở, trong đó đạt 1.145 cơ sở, không đạt {wrong} cơ sở."
    found = faults(document([], [text]))
    assert [f.kind for f in found] == (["prose_sum"] if expected else [])

"""Which rows a total counts when their numbers do not say so, and who is blamed when it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.page import Reading
from model.table import Cell, Table

Build = Callable[..., Table]
Make = Callable[..., Document]

HEAD = ["STT", "Nội dung chi", "Dự toán", "Thực hiện", "Còn lại phải chi"]
PARTS = [[3, 1], [4, 2, 5], [1, 2]]  # sizes of the lines of three fields, in thousands


def nested(total_first: bool = True) -> list[list[str]]:
    """A budget: TỔNG CỘNG over I, II, III, each over its numbered lines."""
    body: list[list[str]] = []
    whole = [0, 0, 0]
    for part, sizes in zip(("I", "II", "III"), PARTS, strict=True):
        lines = [(s * 1000, s * 700 + 13 * n, s * 90 + n) for n, s in enumerate(sizes, 1)]
        sums = [sum(column) for column in zip(*lines, strict=True)]
        whole = [a + b for a, b in zip(whole, sums, strict=True)]
        body.append([part, f"Lĩnh vực {part}", *map(grouped, sums)])
        body += [[str(n), f"Việc {n} của {part}", *map(grouped, line)] for n, line in enumerate(lines, 1)]
    total = [["", "TỔNG CỘNG", *map(grouped, whole)]]
    return [*total, *body] if total_first else [*body, *total]


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def inked(table: Table, confidence: float = 0.999, **cells: Cell) -> Table:
    rows = tuple(tuple(replace(c, sure=False, confidence=confidence) for c in row) for row in table.rows)
    return replace(table, rows=rows)


def with_cell(table: Table, row: int, col: int, **new: object) -> Table:
    rows = [list(line) for line in table.rows]
    rows[row][col] = replace(rows[row][col], **new)  # type: ignore[arg-type]
    return replace(table, rows=tuple(map(tuple, rows)))


def faults(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.kind not in ("reading", "spelling", "structure")]


@pytest.mark.parametrize("total_first", [True, False])
@pytest.mark.parametrize(("row", "text"), [(0, "H"), (3, ""), (3, "|"), (5, "1"), (5, "I"), (7, "11")])
def test_a_misread_row_number_is_no_fault_of_the_sums(
    table: Build, document: Make, total_first: bool, row: int, text: str
) -> None:
    """The children of a section whose number was misread were once counted with the section before it."""
    rows = nested(total_first)
    rows[row + total_first][0] = text
    assert faults(document([inked(table("t01", [HEAD, *rows], 1))])) == []


def test_a_wrong_sum_is_told_though_another_section_lost_its_number(table: Build, document: Make) -> None:
    rows = nested()
    rows[8][0] = ""
    rows[1][2] = "4.500"  # I = 3.000 + 1.000
    found = faults(document([inked(table("t01", [HEAD, *rows], 1))]))
    assert [(f.row, f.col, f.kind) for f in found] == [(2, 2, "total")]


TOWNS = [["1", "Xã An Mẫu", "51", "407", "33"], ["2", "Xã Bình Mẫu", "12", "392", "17"],
         ["3", "Xã Chi Mẫu", "18", "147", "25"]]  # fmt: skip
COUNTS = ["TT", "Đơn vị", "Mũi 1", "Mũi 2", "Mũi 3"]


def test_a_well_read_addend_that_fits_by_one_digit_is_innocent(table: Build, document: Make) -> None:
    """147 was once told to be 197, where the author had added up wrong."""
    rows = [*TOWNS, ["", "Tổng cộng", "81", "996", "75"]]
    found = faults(document([inked(table("t01", [COUNTS, *rows], 1))]))
    assert [(f.row, f.col, f.expected) for f in found] == [(4, 3, "946")]


def test_a_doubted_addend_that_fits_is_a_reading(table: Build, document: Make) -> None:
    rows = [*TOWNS, ["", "Tổng cộng", "81", "996", "75"]]
    page = with_cell(inked(table("t01", [COUNTS, *rows], 1)), 3, 3, status="doubtful", confidence=0.6)
    flags = check_document(document([page])).flags
    assert [(f.kind, f.row, f.col) for f in flags] == [("reading", 3, 3)]


def test_an_empty_cell_read_as_such_is_not_blamed_for_a_total(table: Build, document: Make) -> None:
    rows = [*TOWNS, ["4", "Xã Dung Mẫu", "", "20", "5"], ["", "Tổng cộng", "131", "966", "80"]]
    found = faults(document([inked(table("t01", [COUNTS, *rows], 1))]))
    assert [(f.row, f.col) for f in found] == [(5, 2)]


def test_a_doubted_figure_without_its_decimals_answers_for_the_difference(
    table: Build, document: Make
) -> None:
    """`83.673,` beside 64.909,1: the well read difference was blamed for the three tenths."""
    head = ["TT", "Nội dung", "Năm trước", "Năm nay", "Tăng, giảm"]
    marks = ["A", "B", "(1)", "(2)", "(3)=(2)-(1)"]
    rows = [["1", "Chi mua sắm", "64.909,1", "83.673,", "18.764,2"],
            ["2", "Chi sửa chữa", "12.400,0", "12.911,5", "511,5"],
            ["3", "Chi khác", "8.310,4", "7.300,2", "-1.010,2"]]  # fmt: skip
    page = with_cell(
        inked(table("t01", [head, marks, *rows], 2, 1)), 2, 3, status="doubtful", confidence=0.55
    )
    flags = check_document(document([page])).flags
    assert [(f.kind, f.row, f.col, f.expected) for f in flags] == [("reading", 2, 3, "83.673,3")]


@pytest.mark.parametrize(("sure", "kind"), [(True, "total"), (False, "structure")])
def test_a_total_that_fails_in_all_its_columns_is_one_flag(
    table: Build, document: Make, sure: bool, kind: str
) -> None:
    """Not brought up to date by its author, or rows that were not read: one thing to look at."""
    rows = [*TOWNS, ["4", "Xã Dung Mẫu", "7", "20", "5"], ["", "Tổng cộng", "81", "946", "75"]]
    page = table("t01", [COUNTS, *rows], 1)
    flags = check_document(document([page if sure else inked(page)])).flags
    assert [(f.kind, f.row, f.check) for f in flags] == [(kind, 5, "total/row")]


def test_ranks_are_held_against_the_scores_as_repaired(table: Build, document: Make) -> None:
    """A score that sums put right was once still told to stand in the wrong rank."""
    head = ["TT", "Đơn vị", "Công khai", "Tiến độ", "Tổng điểm", "Xếp hạng"]
    parts = [("9,5", "18,2", "27,7"), ("9,1", "17,4", "26,5"), ("8,8", "16,0", "24,8"),
             ("8,0", "15,9", "23,9"), ("7,7", "15,0", "22,7")]  # fmt: skip
    rows = [[str(n), f"Xã Mẫu {n}", *part, str(n)] for n, part in enumerate(parts, 1)]
    rows[2][4] = "21,8"
    page = inked(table("t01", [head, *rows], 1))
    offers = (Reading("24,8", 1.0, "numbers"),)
    page = with_cell(page, 3, 4, status="doubtful", confidence=0.5, alternatives=offers)
    checked = check_document(document([page]))
    value = checked.tables[0].rows[3][4].value
    assert value is not None and str(value.amount) == "24.8"
    assert [f for f in checked.flags if f.kind == "rank"] == []


FIELDS = ["TT", "Đơn vị", "Diện tích (ha)", "Năng suất (tạ/ha)", "Sản lượng (tấn)"]
CROPS = [["1", "Xã An Mẫu", "258,3", "71,1", "1.836,5"], ["2", "Xã Bình Mẫu", "371,0", "71,9", "2.667,5"],
         ["3", "Xã Chi Mẫu", "131,7", "56,5", "744,1"], ["4", "Xã Dung Mẫu", "119,8", "59,6", "714,0"],
         ["5", "Xã Em Mẫu", "695,9", "55,4", "3.855,3"]]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "col", "text", "expected"),
    [(4, 4, "4.155,3", ""), (2, 3, "56,6", "56,5"), (2, 3, "66,5", "56,5")],
)
def test_of_area_yield_and_production_any_may_be_wrong(
    table: Build, document: Make, row: int, col: int, text: str, expected: str
) -> None:
    """A yield of 59,7 was once proposed where the production was wrong: only a slip says which of them is."""
    rows = [[text if (r, c) == (row, col) else t for c, t in enumerate(line)] for r, line in enumerate(CROPS)]
    found = faults(document([table("t01", [FIELDS, *rows], 1)]))
    assert [(f.row, f.expected) for f in found] == [(row + 1, expected)]


def test_an_addend_that_was_read_well_enough_is_proposed_nothing(table: Build, document: Make) -> None:
    """At 0.97 a slip may have been the reader's or the sum the author's: the addend is only pointed at."""
    rows = [*TOWNS, ["", "Tổng cộng", "81", "1.026", "75"]]
    (flag,) = check_document(document([inked(table("t01", [COUNTS, *rows], 1), 0.97)])).flags
    assert (flag.kind, flag.row, flag.expected) == ("reading", 1, "")


def test_a_figure_that_a_label_swallowed_is_not_held_against_the_total(table: Build, document: Make) -> None:
    """`Xã Chi Mẫu | 18` read as one cell over two columns: the total of the second was told to be wrong."""
    page = inked(table("t01", [COUNTS, *TOWNS, ["", "Tổng cộng", "81", "946", "75"]], 1))
    for col in (1, 2):
        page = with_cell(page, 3, col, text="Xã Chi Mẫu | 18", raw="Xã Chi Mẫu | 18", anchor=(3, 1))
    assert faults(document([page])) == []


SECTIONS = [
    ["1", "Hồ sơ tiếp nhận", "3803"],
    ["1.1", "Trong đó: trực tuyến", "3703"],
    ["1.2", "Trực tiếp", "100"],
    ["2", "Hồ sơ đã trả", "3780"],
    ["2.1", "Đúng hạn", "3700"],
    ["2.2", "Quá hạn", "80"],
]


@pytest.mark.parametrize(("sections", "status"), [(2, "proved"), (1, "read")])
def test_sections_of_one_level_prove_together_what_one_alone_would_by_chance(
    table: Build, document: Make, sections: int, status: str
) -> None:
    grid = [["STT", "Nội dung", "Số lượng"], *SECTIONS[: 3 * sections]]
    checked = check_document(document([table("t01", grid, 1)]))
    assert {row[2].status for row in checked.tables[0].body} == {status}


def test_a_sum_counts_the_rows_of_its_unit(table: Build, document: Make) -> None:
    """Those who took up a method were counted with the cases of another unit below them, or not at all: a sum
    off by a hundred went unseen."""
    head = ["Biện pháp", "Đơn vị", "2021", "2022", "2023"]
    rows = [
        ["Tổng số người áp dụng", "người", "5.341", "5.462", "5.613"],
        ["Đặt vòng", "người", "3.727", "4.080", "3.792"],
        ["Bao cao su", "người", "1.573", "1.254", "1.742"],
        ["Triệt sản", "người", "41", "28", "79"],
        ["Tư vấn tại nhà", "lượt", "911", "927", "1.799"],
    ]
    [fault] = faults(document([table("t01", [head, *rows], 1)]))
    assert (fault.kind, fault.row, fault.col, fault.expected) == ("total", 1, 3, "5.362")


def test_what_is_told_of_a_part_is_in_no_sum(table: Build, document: Make) -> None:
    """`Trong đó: giờ cao điểm` under the parts of a total was added to them in the one column that had it."""
    rows = [
        ["Phụ tải", "6 tháng 2022", "6 tháng 2023", "So sánh"],
        ["Tổng điện thương phẩm", "72.234", "73.964", "1.730"],
        ["a) Nông, lâm nghiệp", "1.512", "1.524", "12"],
        ["b) Công nghiệp", "22.859", "26.959", "4.100"],
        ["c) Dân cư", "47.863", "45.481", "-2.382"],
        ["Trong đó: giờ cao điểm", "", "12.796", ""],
    ]
    assert not faults(document([table("t01", rows, 1)]))

"""Sums that sentences state, overall scores, prose against tables, and tables against each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]


def prose_flags(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.kind in ("prose_sum", "cross", "percent")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tổng số hồ sơ tiếp nhận là 10.101 hồ sơ, trong đó: trực tuyến 731 hồ sơ, trực tiếp 9.370 hồ sơ.",
            None,
        ),
        (
            "Tổng số hồ sơ tiếp nhận là 10.101 hồ sơ, trong đó: trực tuyến 731 hồ sơ, trực tiếp 9.307 hồ sơ.",
            "10.038",
        ),
        ("Đã giải quyết 442: trước hạn 441 hồ sơ, trễ hạn 01.", None),
    ],
)
def test_stated_sums(document: Make, text: str, expected: str | None) -> None:
    found = prose_flags(document([], [text]))
    assert [f.expected for f in found] == ([expected] if expected else [])
    assert all(f.table_id == "" and f.context == text for f in found)


def scores(total: str) -> list[str]:
    return [
        "1.1. Điểm số trục nội dung Công khai minh bạch đạt 17,5/18 điểm, tăng 3,8 điểm so với tháng 8/2024.",
        "1.2. Điểm số trục nội dung Tiến độ giải quyết đạt 18,6/20 điểm, tăng 2,3 điểm so với tháng 8/2024.",
        "1.3. Điểm số trục nội dung Dịch vụ công trực tuyến đạt 7,2/12 điểm, giảm 0,1 điểm so với tháng 8/2024.",
        f"1.4. Điểm tổng hợp đạt {total}/50 điểm, tăng 6 điểm so với tháng 8 năm 2024.",
    ]


def test_scores_out_of_maxima_that_add_up(document: Make) -> None:
    assert prose_flags(document([], scores("43,3"))) == []
    (flag,) = prose_flags(document([], scores("45,1")))
    assert (flag.kind, flag.found, flag.expected) == ("prose_sum", "45,1/50", "43,3/50")
    assert "45,1/50" in flag.context


def test_prose_that_repeats_a_table(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Nội dung", "Ngày 31/8/2024", "Ngày 30/9/2024"],
        ["I", "Công khai, minh bạch (điểm)", "13,7", "17,5"],
        ["II", "Tiến độ giải quyết (điểm)", "16,3", "18,6"],
        ["III", "Dịch vụ công trực tuyến (điểm)", "7,3", "7,2"],
        ["IV", "Thanh toán trực tuyến (điểm)", "9,9", "10"],
    ]
    lines = [*scores("43,3")[:3], "1.5. Điểm số trục nội dung Thanh toán trực tuyến đạt 9/10 điểm."]
    (flag,) = prose_flags(document([table("t01", grid, 1)], lines))
    assert (flag.kind, flag.found, flag.expected) == ("cross", "9/10", "10/10")


def annex(received: list[str]) -> list[list[str]]:
    rows = [[str(n), f"Sở Mẫu {chr(64 + n)}", text] for n, text in enumerate(received, start=1)]
    return [["TT", "Đơn vị", "Số hồ sơ tiếp nhận"], *rows]


def test_two_annexes_must_agree(table: Build, document: Make) -> None:
    first = table("t01", annex(["23956", "1604", "505", "7407", "414", "290"]), 1)
    second = table("t02", annex(["23957", "1604", "505", "7407", "414", "290"]), 1)
    (flag,) = prose_flags(document([first, second]))
    assert (flag.kind, flag.table_id, flag.row, flag.expected) == ("cross", "t02", 1, "23956")
    other = table("t02", annex(["11", "22", "33", "44", "55", "66"]), 1)
    assert prose_flags(document([first, other])) == []


def test_notes_with_sums_of_their_own(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Đơn vị", "Điểm", "Ghi chú"],
        ["1", "Phòng A", "16", "Tổng 270 hồ sơ: trực tiếp 269, trực tuyến 01 hồ sơ"],
        ["2", "Phòng B", "18", "Tổng 199 hồ sơ: trực tuyến 168 hồ sơ, trực tiếp 12 hồ sơ"],
    ]
    found = prose_flags(document([table("t01", grid, 1)]))
    assert [(f.kind, f.row, f.col) for f in found] == [("prose_sum", 2, 3)]


@pytest.mark.parametrize(
    ("note", "change"),
    [
        (
            "Tổng 287 hồ sơ: trực tuyến 21 hồ sơ, trực tiếp 266. Đã giải quyết 284: trước hạn 274, trễ hạn 10. Đang giải quyết 03.",
            None,
        ),
        (
            "Tổng 287 hồ sơ: trực tuyến 21 hồ sơ, trực tiếp 266. Đã giải quyết 281: trước hạn 271, trễ hạn 10. Đang giải quyết 03.",
            ("287", "284"),
        ),
        (
            "Tiếp nhận trực tuyến 13 hồ sơ. Đã giải quyết trước hạn 11 hồ sơ, trễ hạn 03 hồ sơ.",
            ("13", "14"),
        ),
        ("Tiếp nhận trực tuyến 13 hồ sơ. Đã giải quyết trước hạn 11 hồ sơ.", None),
        ("Tổng 301 thủ tục. Đã giải quyết 2.195 hồ sơ.", None),
    ],
)
def test_what_came_of_the_dossiers_of_a_note(
    table: Build, document: Make, note: str, change: tuple[str, str] | None
) -> None:
    grid = [["TT", "Đơn vị", "Điểm", "Ghi chú"], ["1", "Phòng A", "16", note], ["2", "Phòng B", "18", ""]]
    found = prose_flags(document([table("t01", grid, 1)]))
    assert [(f.found, f.expected) for f in found] == ([(note, note.replace(*change))] if change else [])


def test_what_came_of_the_dossiers_of_sentences(document: Make) -> None:
    text = "+ Công an tỉnh tiếp nhận 5.071 hồ sơ, đã giải quyết 4.903 hồ sơ, đang giải quyết {} hồ sơ."
    assert prose_flags(document([], [text.format(168)])) == []
    (flag,) = prose_flags(document([], [text.format(186)]))
    assert (flag.kind, flag.found, flag.expected) == ("prose_sum", "5.071", "5.089")


INDICES = [["TT", "Nhóm hàng", "So với tháng trước", "So với cùng kỳ"], ["1", "Hàng ăn và dịch vụ ăn uống", "100,38", "104,94"],
           ["2", "Đồ uống và thuốc lá", "100,07", "102,81"], ["3", "Nhà ở, điện, nước, chất đốt", "99,64", "105,17"],
           ["4", "Giao thông", "98,02", "101,26"], ["5", "Giáo dục", "100,00", "106,33"]]  # fmt: skip
SAID = "đồ uống và thuốc lá đạt 102,81%; giao thông đạt 101,26%"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (f"Hàng ăn và dịch vụ ăn uống đạt 104,76%; {SAID}.", [("104,76%", "104,94%")]),
        (f"Hàng ăn và dịch vụ ăn uống đạt 104,94%; {SAID}.", []),
        (f"Hàng ăn và dịch vụ ăn uống đạt 100,38%; {SAID}.", []),  # the other column of that row
        (f"{SAID}. Bình quân cả năm nhóm giáo dục đạt 105,4%.", []),  # to other decimals: another figure
        ("Hàng ăn và dịch vụ ăn uống đạt 104,76%; giáo dục đạt 17,20%.", []),  # nothing else agrees
    ],
)
def test_prose_that_says_another_figure_than_its_annex(
    sentence: str,
    found: list[tuple[str, str]],
    table: Callable[..., Table],
    document: Callable[..., Document],
) -> None:
    """Two statements that agree in all their digits tell which column a text repeats."""
    flags = check_document(document([table("t01", INDICES, 1)], [sentence])).flags
    assert [(f.found, f.expected) for f in flags if f.kind == "cross"] == found


REVENUE = [["TT", "Chỉ tiêu", "Dự toán (tỷ đồng)", "Thực hiện (tỷ đồng)", "Đạt (%)"], ["1", "Thu nội địa", "96,20", "104,94", "109,09"],
           ["2", "Thu tiền sử dụng đất", "35,00", "31,45", "89,86"], ["3", "Thu khác", "4,80", "5,12", "106,67"],
           ["", "Tổng cộng", "136,00", "141,51", "104,05"]]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Thu nội địa thực hiện 104,76 tỷ đồng; thu tiền sử dụng đất thực hiện 31,45 tỷ đồng.",
            ["104,76 tỷ đồng"],
        ),
        ("Thu nội địa thực hiện 104,94 tỷ đồng; thu tiền sử dụng đất thực hiện 31,45 tỷ đồng.", []),
        ("Thu nội địa dự toán 96,20 tỷ đồng; thu tiền sử dụng đất thực hiện 31,45 tỷ đồng.", []),
        ("Thu nội địa thực hiện 104,8 tỷ đồng; thu tiền sử dụng đất thực hiện 31,45 tỷ đồng.", []),  # rounded
        ("Thu nội địa thực hiện 104,76 tỷ đồng; thu tiền sử dụng đất thực hiện 12,20 tỷ đồng.", []),
    ],
)
def test_money_said_in_billions_is_held_against_a_table_in_billions(
    sentence: str,
    found: list[str],
    table: Callable[..., Table],
    document: Callable[..., Document],
) -> None:
    """Statements that name both the row and the column need one other to agree."""
    flags = check_document(document([table("t01", REVENUE, 1)], [sentence])).flags
    assert [f.found for f in flags if f.kind == "cross"] == found


FIELDS = [["TT", "Lĩnh vực", "Tiếp nhận", "Đã giải quyết", "Đúng hạn", "Quá hạn", "Đang giải quyết"],
          ["1", "Đất đai", "1.284", "1.275", "1.263", "12", "9"], ["2", "Hộ tịch", "690", "659", "654", "5", "31"],
          ["3", "Xây dựng", "843", "814", "802", "12", "29"], ["", "Tổng", "2.817", "2.748", "2.719", "29", "69"]]  # fmt: skip
LONG = "Trong tháng, Bộ phận Một cửa tiếp nhận {} hồ sơ; đã giải quyết {} hồ sơ, trong đó đúng hạn 2.719 hồ sơ (đạt 98,94%), quá hạn {} hồ sơ; đang giải quyết 69 hồ sơ."


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        (("2.937", "2.748", "29"), [("2.937", "2.817")]),
        (("2.817", "2.478", "29"), [("2.478", "2.748")]),
        (("2.817", "2.748", "29"), []),
        (("9.100", "2.748", "29"), []),  # too far off: of another time
        (("2.748", "2.817", "29"), []),  # other figures of that row: the words were met in another order
    ],
)
def test_a_sentence_that_tells_a_total_row_with_other_words_before_its_columns(
    figures: tuple[str, str, str],
    found: list[tuple[str, str]],
    table: Callable[..., Table],
    document: Callable[..., Document],
) -> None:
    """Only statements whose words were a column's alone were held against the total row."""
    flags = check_document(document([table("t01", FIELDS, 1)], [LONG.format(*figures)])).flags
    assert [(f.found, f.expected) for f in flags if f.kind == "cross"] == found

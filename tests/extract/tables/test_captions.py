"""Captions above grids: titles, attached-to lines, units; prose is no title."""

import pytest

from extract.tables.captions import is_page_number, read_caption
from model.geometry import Box
from model.page import TextLine, Word

TABLE = Box(60, 300, 540, 700)


def line(text, y, x0=None, x1=None, bold=False):
    width = 5.2 * len(text)
    left = x0 if x0 is not None else 300 - width / 2
    box = Box(left, y, x1 or left + width, y + 12)
    return TextLine(text, 1, 1, box, (Word(text, box, bold=bold, size=12),))


def caption(*lines):
    return read_caption(lines, TABLE, 600)


def test_title_over_two_lines_with_its_attachment_and_unit():
    found = caption(
        line("PHỤ LỤC II", 180),
        line("SỐ LIỆU TIẾP NHẬN HỒ SƠ QUÝ III", 196),
        line("(Kèm theo Báo cáo số 12/BC-UBND ngày 5/10/2023", 212),
        line("của UBND huyện)", 228),
        line("Đơn vị tính: triệu đồng", 262, 420),
    )
    assert found.title == "PHỤ LỤC II SỐ LIỆU TIẾP NHẬN HỒ SƠ QUÝ III"
    assert found.unit_note == "triệu đồng"


def test_attachment_between_two_parts_of_the_title():
    found = caption(
        line("Phụ lục I", 160),
        line("ĐƠN GIÁ DỊCH VỤ", 176),
        line("(Ban hành kèm theo Quyết định số 7 ngày 27 tháng 5", 192),
        line("của Ủy ban nhân dân tỉnh )", 208),
        line("I. ĐƠN GIÁ THEO PHƯƠNG PHÁP SO SÁNH", 230, 60),
    )
    assert found.title == "Phụ lục I ĐƠN GIÁ DỊCH VỤ I. ĐƠN GIÁ THEO PHƯƠNG PHÁP SO SÁNH"


def test_prose_above_is_no_title():
    found = caption(
        line(
            "đồng bộ dữ liệu với cổng của tỉnh theo kế hoạch đã được phê duyệt từ đầu năm, cụ thể",
            250,
            60,
            540,
        ),
        line("Kết quả cụ thể như sau", 268, 60),
    )
    assert found.title == ""


def test_centred_title_in_small_letters():
    assert (
        caption(line("Kết quả chứng thực điện tử tháng 3", 280)).title == "Kết quả chứng thực điện tử tháng 3"
    )


def test_numbered_heading():
    found = caption(line("1. Kết quả tiếp nhận hồ sơ của các xã", 280, 60))
    assert found.title == "1. Kết quả tiếp nhận hồ sơ của các xã"


def test_page_number_is_stepped_over():
    assert caption(line("BIỂU SỐ 3", 270), line("- 4 -", 285)).title == "BIỂU SỐ 3"


def test_lines_far_above_do_not_count():
    assert caption(line("BÁO CÁO", 60), line("Biểu số 2", 280)).title == "Biểu số 2"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("ĐVT: hồ sơ", "hồ sơ"),
        ("(Đơn vị tính: %)", "%"),
        ("Đơn vị: nghìn đồng", "nghìn đồng"),
        ("Don vi tinh: trieu dong", "trieu dong"),
        ("Đơn vị báo cáo và các cơ quan trực thuộc", ""),
    ],
)
def test_units(text, unit):
    assert caption(line(text, 285, 430)).unit_note == unit


@pytest.mark.parametrize(
    ("text", "number"), [("2", True), ("- 13 -", True), ("Trang 4/9", True), ("2024 hồ sơ", False)]
)
def test_page_numbers(text, number):
    assert is_page_number(line(text, 20)) is number

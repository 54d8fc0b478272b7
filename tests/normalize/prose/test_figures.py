"""Digits of running text that are no amounts, and prices that say more of the thing said last."""

import pytest

from model.page import TextLine
from normalize.prose.figures import find_figures
from normalize.prose.statements import read_statements


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        # the time of an electronic signature, and what it is off Greenwich's
        ("Thời gian ký: 19/02/2024 08:34:29 +07.00 VĂN PHÒNG", []),
        ("Họp từ 7:30 đến 11:30, có 12 người dự.", ["12"]),
        ("Tỷ lệ pha là 1:500.", ["1", "500"]),
        # kinds
        ("Xăng không chì Ron 95-III giá 24.760 đồng/lít, dầu hỏa 2-K 22.000 đồng/lít.", ["24.760", "22.000"]),
        ("Giá lúa Đài thơm 8 từ 9.600 - 9.800 đồng/kg.", ["9.600 - 9.800"]),
        # one of a row, parts of a document
        ("Hội đồng khóa X, Kỳ họp thứ 8 đã thông qua 14 nghị quyết.", ["14"]),
        ("Áp dụng đối với Mục 2 và Mục 3 của các biểu.", []),
        ("Huyện xếp thứ 12, đứng thứ 3 cụm.", ["12", "3"]),
        ("Đến nay đã thu 45 đơn, đạt mức 5,2 điểm.", ["45", "5,2"]),
        # what a package holds
        ("Bia lon 235.000-270.000 đồng/thùng 24 lon, nước suối 90.000 đồng.", ["235.000-270.000", "90.000"]),
        ("Thuốc ho viên nén, hộp 10 vỉ x 10 viên, đã cấp 60 hộp.", ["60"]),
    ],
)
def test_digits_that_count_nothing(text: str, printed: list[str]) -> None:
    assert [figure.printed for figure in find_figures(text, ",")] == printed


@pytest.mark.parametrize(
    ("lines", "subjects"),
    [
        (
            ["Giá heo hơi giảm khoảng 2.000 đồng/kg, hiện có giá dao động từ 46.000 đến 47.000 đồng/kg."],
            ["Giá heo hơi giảm", "Giá heo hơi giảm"],
        ),
        (["Tôm sú loại 40 con/kg giá 220.000 đồng/kg."], ["Tôm sú loại 40 con/kg giá"]),
        (
            ["Thịt ba chỉ có giá 80.000 đồng/kg", "(giảm 10.000 đồng/kg), thịt đùi 110.000 đồng/kg."],
            ["Thịt ba chỉ có giá", "Thịt ba chỉ có giá", "thịt đùi"],
        ),
    ],
)
def test_a_price_alone_is_said_of_the_thing_before(lines: list[str], subjects: list[str]) -> None:
    found = read_statements([TextLine(line, 1, n) for n, line in enumerate(lines, 1)], ",")
    assert [s.subject for s in found] == subjects


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Kim ngạch đạt 1 759,92 triệu USD, giảm so với 2 100,5 triệu USD.", ["1759920000", "2100500000"]),
        ("Dân số 288 772 người; trong đó quý 4 120 hồ sơ, thôn 3 120 hộ.", ["288772", "120", "3", "120"]),
        ("Số trẻ sinh ra trong năm 2008 535 cháu và trong năm 4 441 người.", ["535", "4441"]),
        ("Giá từ 15 000 đến 16 000 đồng.", ["15000"]),
        ("Đã thu 3.500 tấn ở xã 3 120 hộ.", ["3500", "3", "120"]),
    ],
)
def test_thousands_grouped_with_blanks_are_one_figure(text: str, values: list[str]) -> None:
    """`1 759,92 triệu` was said to be 759,92 millions, and no flag told that the thousands were lost."""
    assert [figure.value.plain() for figure in find_figures(text, ",")] == values

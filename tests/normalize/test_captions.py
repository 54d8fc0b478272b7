import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.captions import begins_as_table, names_table, numbers_table, page_number
from normalize.unicode import fold


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2), ("- 13 -", 13), ("Trang 4/9", 4), ("trang 12", 12), ("2024 hồ sơ", None), ("1.234", None),
        ("2024", None), ("12%", None), ("", None), ("(5)", 5),
    ],
)  # fmt: skip
def test_page_numbers(text: str, number: int | None) -> None:
    assert page_number(text) == number


@given(st.text(max_size=12))
def test_a_page_number_is_in_its_line(text: str) -> None:
    number = page_number(text)
    assert number is None or sum(c.isdigit() for c in text) >= len(str(number))


@pytest.mark.parametrize(
    ("text", "names", "as_table"),
    [
        ("Bảng 2. Kết quả", True, True),
        ("BIỂU SỐ 3", True, True),
        ("PHỤ LỤC II", True, False),
        ("Mẫu số 01", True, False),
        ("Danh sách kèm theo.", False, True),
        ("Bảngg giá", False, False),
        ("Kết quả bảng 2", False, False),
    ],
)
def test_what_names_a_table(text: str, names: bool, as_table: bool) -> None:
    assert names_table(text) is names
    assert begins_as_table(text) is as_table


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Bảng 2. Kết quả", True), ("Biểu số 3a: Tổng hợp", True), ("BẢNG IV – Kết quả", True),
        ("Bảng 2", False), ("Biểu 1.2", False), ("Bảng giá 2. Kết quả", False), ("Biểu đồ 2. Kết quả", False),
    ],
)  # fmt: skip
def test_a_title_with_its_table_s_number_first(text: str, numbers: bool) -> None:
    assert numbers_table(fold(text)) is numbers

"""What rows are: numbering, totals, sections, body."""

import pytest

from extract.tables.rows import is_section, is_total, looks_like_body, names_years
from normalize.numbering import is_numbering


@pytest.mark.parametrize(
    "row",
    [
        ["(1)", "(2)", "(3)=(1)+(2)", "(4)"],
        ["", "1", "2", "3", "5=6+7", ""],
        ["A", "B", "1", "2", "3"],
        ["1", "2", "3", "4", "5=4/3*100"],
        ["(1)", "(2)", "(3)", "(4)", "(S)", "(6)"],
        ["1", "2", "3", "4=3-2", "5"],
    ],
)
def test_numbering(row):
    assert is_numbering([t.replace("4=3-2", "4=3-2").replace("5=6+7", "4=5+6") for t in row])


@pytest.mark.parametrize(
    "row",
    [
        ["1", "Xã Bắc", "3", "5"],
        ["7", "12", "40", "3"],
        ["", "", "5", ""],
        ["1", "1", "1", "1"],
        ["STT", "Đơn vị", "Số liệu"],
        ["12", "13", "14", "15"],
        ["2", "m", "0", "0"],
    ],
)
def test_not_numbering(row):
    assert not is_numbering(row)


@pytest.mark.parametrize(
    "label",
    ["TỔNG SỐ", "Tổng cộng", "Cộng", "Toàn huyện", "TONG CONG", "Tổng", "Tổng số (I+II)", "Cộng toàn tỉnh",
     "TỒNG CỘNG", "Tỏng cộng:", "TỔNG CỘNG TOÀN HUYỆN"],
)  # fmt: skip
def test_total(label):
    assert is_total(["", label, "15", "20"])


@pytest.mark.parametrize(
    "label", ["Tổng số hồ sơ tiếp nhận", "Công an tỉnh", "Cộng đồng", "UBND xã Tổng Cọt", "Sở Công Thương"]
)
def test_not_total(label):
    assert not is_total(["3", label, "15", "20"])


@pytest.mark.parametrize(
    ("row", "wide", "is_one"),
    [
        (["II. UBND CÁC XÃ", "", "", ""], True, True),
        (["I", "CẤP TỈNH", "", ""], False, True),
        (["5", "Bảo Linh", "3", ""], False, False),
        (["", "", "", ""], False, False),
        (["120", "", "", ""], False, False),
    ],
)
def test_section(row, wide, is_one):
    assert is_section(row, wide) is is_one


def test_body_rows():
    assert looks_like_body(["1", "Xã Bắc", "3", "5"])
    assert looks_like_body(["Chỉ số giá", "117,1", "100,6"])
    assert not looks_like_body(["STT", "Đơn vị", "Tổng số", "Đúng hạn"])


def test_numbering_in_brackets_half_misread():
    assert is_numbering(["q)", "(2)", "(3)", "4)", "(@)", "(6)", "Œ)=@)-G)", "(8)=Œ)/G)", "(9)"])
    # A page copied twice: some marks lost their brackets, five count their own place.
    assert is_numbering(["(1)", "(a)", ":á.", "t4ì", "(5)", "(6)", "(7)=(6)-(5)", "(82/]", "(82/]", "(9)"])
    assert not is_numbering(["(1)", "(a)", ":á.", "t4ì", "(5)", "(6)", "x", "y", "z"])
    assert not is_numbering(["(1)", "Xã", "(3)", "(4)", "12", "5", "(7)"])
    assert not is_numbering(["(1)", "(a)", "(b)", "(c)", "(d)"])
    assert not is_numbering(["Số liệu (1)", "Tỷ lệ (2)", "Tăng (3)"])


@pytest.mark.parametrize(
    "row",
    [
        ["", "2019", "2020", "2021"],
        ["Chỉ tiêu", "Năm 2022", "Năm 2023", "So sánh (%)"],
        ["Chỉ tiêu", "2020", "2021", "2020", "2021"],
        ["", "2010", "2015", "2020", "2024 (*)"],
    ],
)
def test_years_head_columns(row: list[str]) -> None:
    assert names_years(row)
    assert not looks_like_body(row)


@pytest.mark.parametrize(
    "row",
    [
        ["1", "2019", "2020", "2021"],  # an ordinal opens a row of figures
        ["Số hộ", "2.019", "2.020", "2.021"],
        ["Số trường", "1960", "1960", "1975"],
        ["Số hộ", "2019", "345", "2021"],
        ["Năm thành lập", "2019", "", ""],
    ],
)
def test_years_among_figures_head_nothing(row: list[str]) -> None:
    assert not names_years(row)

"""The value of a cell is what it prints: the decimal mark, units, ranges, codes, blanks, by column and row."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.page import Reading
from model.table import Cell, Column, Table
from normalize.columns import type_columns
from normalize.columns.marks import decimal_mark


def table(header, *rows, sure=True, totals=()):
    """A table with one header row, of strings; `totals` are grid rows that sum up."""
    grid = [header, *rows]
    cells = tuple(
        tuple(
            Cell(r, c, text, text, is_header=r == 0, anchor=(r, c), sure=sure) for c, text in enumerate(row)
        )
        for r, row in enumerate(grid)
    )
    columns = tuple(Column(c, (text,) if text else ()) for c, text in enumerate(header))
    kinds = ("header", *("total" if r in totals else "body" for r in range(1, len(grid))))
    return Table("t01", "", "text", 1, cells, columns, kinds)


def values(sheet, col, prose=()):
    """The values of a column below its header, as text; '' where there is none."""
    (typed,), _ = type_columns([sheet], prose)
    return [c.value.plain() if c.value else "" for c in typed.column_values(col)]


def rows(*columns):
    return [list(row) for row in zip(*columns)]


@given(
    st.lists(st.integers(1, 999_999), min_size=3, max_size=8),
    st.sampled_from(["1.{}.", "2.{}", "1.01427{}", "2.00144{}.000.00.00.H40"]),
)
@settings(max_examples=60)
def test_ordinals_and_codes_say_nothing_of_the_mark(counts, shape):
    ordinals = [shape.format(n) for n in range(1, len(counts) + 1)]
    texts = [f"{n:,}".replace(",", ".") for n in counts]
    sheet = table(["STT", "Chỉ tiêu", "Số liệu"], *rows(ordinals, ["Hồ sơ"] * len(counts), texts))
    assert values(sheet, 2) == [str(n) for n in counts]


@given(
    st.lists(st.integers(1_001, 99_999), min_size=3, max_size=8),
    st.sampled_from(["(điểm tối đa: 100)", "/100", "(tối đa 100đ)", "(thang điểm 100)", "(%)"]),
    st.sampled_from([",", "."]),
)
@settings(max_examples=80)
def test_three_decimals_under_a_maximum(amounts, words, mark):
    texts = [f"{n / 1000:.3f}".replace(".", mark) for n in amounts]
    sheet = table(["STT", "Xã", f"Điểm đạt {words}"], *rows("123456789", ["Xã A"] * len(texts), texts))
    assert [Decimal(v) for v in values(sheet, 2)] == [Decimal(n) / 1000 for n in amounts]


@pytest.mark.parametrize(
    ("header", "texts", "right"),
    [
        (
            "Điểm (tối đa: 1.000 điểm)",
            ["412,615", "398,100", "1.000,000"],
            ["412.615", "398.100", "1000.000"],
        ),
        ("Tỷ lệ (%)", ["93,004%", "88,120%", "100%"], ["93.004", "88.120", "100"]),
        ("Số hồ sơ", ["195.197", "984,851", "1.204.551"], ["195197", "984851", "1204551"]),
        ("Số hồ sơ", ["1,204", "98", "3,861"], ["1204", "98", "3861"]),
        ("Mức hỗ trợ (đồng)", ["430.000", "150.000", "95.000"], ["430000", "150000", "95000"]),
        ("Diện tích (ha)", ["1.234,5", "12,3", "2.154"], ["1234.5", "12.3", "2154"]),
        ("Hệ số", ["0,125", "1,250", "2,375"], ["0.125", "1.250", "2.375"]),
    ],
)
def test_three_digits_after_a_mark(header, texts, right):
    sheet = table(["STT", "Nội dung", header], *rows("123", ["Mục một", "Mục hai", "Mục ba"], texts))
    assert values(sheet, 2, ["Tỷ lệ đạt 97,5% và 82,25%"]) == right


def test_each_row_has_its_own_maximum():
    sheet = table(
        ["STT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1", "Chỉ đạo", "15", "13,951"],
        ["2", "Thể chế", "20", "18,250"],
        ["3", "Thủ tục", "12,5", "9,125"],
    )
    assert values(sheet, 3) == ["13.951", "18.250", "9.125"]


def test_a_total_tells_decimals_from_groups():
    sheet = table(
        ["STT", "Nội dung", "Khối lượng"],
        ["1", "Mục một", "1,250"],
        ["2", "Mục hai", "12,5"],
        ["", "Cộng", "13,750"],
        totals=(3,),
    )
    assert values(sheet, 2) == ["1.250", "12.5", "13.750"]


@pytest.mark.parametrize(
    ("unit", "texts", "right", "units"),
    [
        ("Thủ tục", ["1.208", "314"], ["1208", "314"], ["count", "count"]),
        ("%", ["99,03", "8,125"], ["99.03", "8.125"], ["percent", "percent"]),
        ("đ/kg", ["15.000", "8.500"], ["15000", "8500"], ["money_vnd", "money_vnd"]),
        ("Triệu đồng", ["1.250,5", "980"], ["1250.5", "980"], ["money_million_vnd"] * 2),
        ("nghìn con", ["12,5", "8"], ["12.5", "8"], ["count_thousand"] * 2),
    ],
)
def test_a_column_of_units_says_what_each_row_counts(unit, texts, right, units):
    grid = rows("12", ["Mục một", "Mục hai"], [unit, unit], texts)
    (typed,), _ = type_columns([table(["STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2024"], *grid)])
    cells = [row[3] for row in typed.body]
    assert [c.value.plain() for c in cells] == right
    assert [c.value.unit for c in cells] == units


def test_rows_of_percentages_among_rows_of_counts():
    sheet = table(
        ["STT", "Nội dung", "Kỳ này"],
        ["1", "Số hồ sơ tiếp nhận", "1.204"],
        ["", "Tỷ lệ đúng hạn (%)", "97,125"],
        ["2", "Số hồ sơ giải quyết", "319"],
        ["", "Tỷ lệ trực tuyến (%)", "88,25"],
    )
    (typed,), _ = type_columns([sheet])
    assert [(r[2].value.plain(), r[2].value.unit) for r in typed.body] == [
        ("1204", "count"), ("97.125", "percent"), ("319", "count"), ("88.25", "percent"),
    ]  # fmt: skip


def test_counts_and_percentages_by_turns_are_counts_though_one_was_lost():
    lost = ["61", "7,63%", "", "7,25%", "70", "8,75%"]
    (typed,), _ = type_columns([table(["STT", "Câu hỏi", "1"], *rows("123456", "abcdef", lost))])
    assert typed.columns[2].role == "count"
    signs = ["61%", "7,63%", "71", "7,25%", "70%", "8,75%"]  # one sign was lost
    (typed,), _ = type_columns([table(["STT", "Câu hỏi", "1"], *rows("123456", "abcdef", signs))])
    assert typed.columns[2].role == "percent"


@pytest.mark.parametrize(
    ("head", "texts"),
    [
        ("Mức 15% (đồng)", ["1.500.000", "900.000"]),
        ("Chi phí quản lý chung (Nội nghiệp 15%; Ngoại nghiệp 20%)", ["4.488.277", "652.100"]),
        ("Hỗ trợ 70% lãi suất, đồng", ["12.500.000", "8.750.000"]),
        ("Tỷ lệ phân chia 60% (nghìn đồng)", ["12.500", "8.750"]),
    ],
)
def test_a_rate_in_the_header_of_money_is_no_percentage(head, texts):
    sheet = table(["STT", "Đối tượng", head], *rows("12", ["Hộ nghèo", "Hộ khác"], texts))
    (typed,), _ = type_columns([sheet])
    assert typed.columns[2].role == "money"
    assert all(row[2].value.unit.startswith("money") for row in typed.body)


@pytest.mark.parametrize(
    ("head", "texts"),
    [
        ("Điện thoại", ["02123845012", "0912004417", "0212.3.843.777"]),
        ("Số ĐT liên hệ", ["(0212) 3845012", "0912 004 417", "+84912004417"]),
        ("Liên hệ", ["02123845012", "0912004417", "0987.654.321"]),
        ("Mã số thuế", ["5500123456", "5500123457", "5500123458-001"]),
        ("Số tài khoản", ["3901201000123", "3901201000456", "1020100012"]),
        ("Mã thủ tục", ["1.014271", "1.014272", "2.001449.000.00.00.H40"]),
        ("Mã", ["1.014271", "1.014272", "1.014273"]),
        ("Số CCCD", ["014099001234", "014099001235", "014099001236"]),
    ],
)
def test_figures_that_name_are_no_values(head, texts):
    sheet = table(["STT", "Tên cơ sở", head], *rows("123", ["Cơ sở A", "Cơ sở B", "Cơ sở C"], texts))
    assert values(sheet, 2) == ["", "", ""]


def test_short_brackets_are_a_minus_where_long_ones_are():
    sheet = table(
        ["Chỉ tiêu", "Số cuối năm"], ["Hàng tồn kho", "1.504.118"], ["Dự phòng", "(7.512)"], ["Khác", "(512)"]
    )
    assert values(sheet, 1) == ["1504118", "-7512", "-512"]
    plain = table(["Chỉ tiêu", "Số cuối năm"], ["Hàng", "1.504"], ["Khác", "77"], ["Ghi", "(1)"])
    assert values(plain, 1) == ["1504", "77", ""]


@pytest.mark.parametrize(
    ("texts", "right", "doubts"),
    [
        (["797 179", "812", "640", "95"], ["", "812", "640", "95"], 1),
        (["797 179", "812.004", "640.777", "95.120"], ["797179", "812004", "640777", "95120"], 0),
        (["12 345", "7 812", "1 204 551", "640"], ["12345", "7812", "1204551", "640"], 0),
    ],
)
def test_two_figures_side_by_side_are_told_from_groups(texts, right, doubts):
    sheet = table(["STT", "Nội dung", "Số hồ sơ"], *rows("1234", ["a b", "c d", "e g", "h i"], texts))
    assert values(sheet, 2) == right
    (typed,), _ = type_columns([sheet])
    assert sum(c.value is None and c.status == "doubtful" for c in typed.column_values(2)) == doubts


def test_a_comma_slip_among_whole_figures_is_a_doubt():
    texts = ["3.313.923,150", "27.504.118.230", "21.780.512.401", "6.585.605"]
    grid = rows(["A b", "C d", "E g", "H i"], texts)
    (typed,), _ = type_columns([table(["Chỉ tiêu", "Số cuối năm"], *grid)])
    cell = typed.rows[1][1]
    assert cell.status == "doubtful"
    assert cell.alternatives[0].text == "3.313.923.150"


def test_a_count_among_percentages_loses_no_digit_in_silence():
    texts = ["97,12", "88,25", "91,50", "76,75", "319"]
    grid = rows("12345", ["Xã A", "Xã B", "Xã C", "Xã D", "Xã Đ"], texts)
    (typed,), _ = type_columns([table(["STT", "Đơn vị", "Tỷ lệ (%)"], *grid, sure=False)])
    assert typed.rows[5][2].status == "doubtful"
    (typed,), _ = type_columns([table(["STT", "Đơn vị", "Tỷ lệ (%)"], *grid)])
    assert typed.rows[5][2].value.amount == 319


def test_a_rank_of_so_many_is_a_rank():
    sheet = table(
        ["Tỉnh", "Chỉ số - điểm", "Chỉ số - thứ hạng"], ["A", "83,1/100", "62/63"], ["B", "86,6/100", "50/63"]
    )
    (typed,), _ = type_columns([sheet])
    assert [c.role for c in typed.columns][1:] == ["score", "rank"]
    assert typed.rows[1][2].value.unit == "rank"
    assert (typed.rows[1][2].value.amount, typed.rows[1][2].value.of) == (62, 63)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["99.17", "100", "87.94"], "."),
        (["97,88%", "5.166", "3.744"], ","),
        (["5.166", "3.744"], ","),
        (["5,166", "3,744"], "."),
        ([], ","),
    ],
)
def test_the_documents_mark(texts, mark):
    assert decimal_mark(texts) == mark


def test_a_fee_among_words_has_its_value():
    texts = ["430.000 đồng/hồ sơ", "Không", "Không", "1.000.000 đồng/lần thẩm định"]
    sheet = table(["STT", "Tên thủ tục", "Phí"], *rows("1234", ["Cấp a", "Cấp b", "Thu c", "Đổi d"], texts))
    assert values(sheet, 2) == ["430000", "", "", "1000000"]


def test_a_count_that_a_garbled_header_calls_a_percentage_stays_whole():
    texts = ["57", "43", "12", "88", "3.075"]
    sheet = table(
        ["STT", "Thôn", "Hộ nghèo Số hộ (%)"], *rows("12345", ["T a", "T b", "T c", "T d", "C"], texts)
    )
    assert values(sheet, 2)[-1] == "3075"


def test_what_nothing_names_is_no_count():
    texts = ["12,345", "8,5", "140,25"]
    sheet = table(["STT", "Nội dung", "Giá trị"], *rows("123", ["Mục a", "Mục b", "Mục c"], texts))
    assert values(sheet, 2) == ["12.345", "8.5", "140.25"]
    counts = table(
        ["STT", "Nội dung", "Số liệu"], ["1", "Số lượng tài khoản", "984,851"], ["2", "Ký b", "17,5"]
    )
    assert values(counts, 2) == ["984851", "17.5"]


def test_brackets_of_one_column_are_a_minus_in_all() -> None:
    grid = [["1", "Thu", "(1.234)", "(512)"], ["2", "Chi", "1.500", "12.000"]]
    assert values(table(["STT", "Nội dung", "Năm 2022", "Năm 2023"], *grid), 3) == ["-512", "12000"]


def test_short_brackets_of_a_change_are_a_minus() -> None:
    grid = [["1", "Công nghiệp", "1.512", "1.467", "(45)"], ["2", "Xây dựng", "820", "911", "91"]]
    assert values(table(["STT", "Ngành", "Năm 2022", "Năm 2023", "Tăng/giảm"], *grid), 4) == ["-45", "91"]


def test_changes_that_are_falls_for_the_most_part_are_figures() -> None:
    """A column of which most were printed `(165)` was one of words, and the falls had no values."""
    changes = ["(165)", "(19)", "25", "(3)", "(146)"]
    sheet = table(["STT", "Đơn vị", "Tăng (giảm) so năm 2016"], *rows("12345", list("abcde"), changes))
    assert values(sheet, 2) == ["-165", "-19", "25", "-3", "-146"]
    assert values(table(["STT", "Đơn vị", "Ghi chú"], *rows("12", ["a", "b"], ["(1)", "(2)"])), 2) == ["", ""]


def test_an_index_to_last_year_is_a_percentage_and_a_rise_is_none() -> None:
    grid = [["1", "Lương thực", "104,52", "4,52"], ["2", "Thực phẩm", "98,1", "-1,9"]]
    head = ["STT", "Nhóm hàng", "So với cùng kỳ (%)", "Tăng, giảm so với cùng kỳ (%)"]
    (typed,), _ = type_columns([table(head, *grid)])
    assert [(c.role, c.unit) for c in typed.columns[2:]] == [
        ("percent", "percent"),
        ("delta", "percent_point"),
    ]


YIELDS = ["64,6", "71,9", "56,5", "62,9", "58,0", "55,4"]


def mended(*texts, sure=False):
    """(text, value, status) of the figures of a column of yields read from a copy."""
    sheet = table(
        ["STT", "Xã", "Năng suất (tạ/ha)"], *rows("123456789", ["Xã A"] * len(texts), texts), sure=sure
    )
    (typed,), _ = type_columns([sheet], ())
    return [(c.text, c.value.plain() if c.value else "", c.status) for c in typed.column_values(2)]


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        ("2.210.1", "2.210,1", "2210.1"),
        ("1.049.050.25", "1.049.050,25", "1049050.25"),
        ("2.210.155", "2.210.155", "2210155"),  # groups of three
        ("22.10.1", "22.10.1", ""),  # no group of thousands: an ordinal, a day
    ],
)
def test_a_comma_that_lost_its_tail_parts_decimals_too_short_for_a_group(read, text, value):
    found = mended(*YIELDS, read)[-1]
    assert found[:2] == (text, value)
    assert found[2] == ("doubtful" if text != read else found[2])


@pytest.mark.parametrize(
    ("read", "sure", "status"),
    [
        ("711", False, "doubtful"),
        ("711", True, "read"),
        ("70", False, "read"),
        ("9711", False, "read"),
        ("100", False, "read"),
    ],
)
def test_a_figure_without_the_mark_that_all_others_have_is_doubted(read, sure, status):
    """The comma of 71,1 was gone from a copy: 711 stood among yields up to 71,9 as if sure."""
    assert mended(*YIELDS, read, sure=sure)[-1][1:] == (read, status)


def test_counts_that_take_turns_with_their_percentages_are_not_doubted():
    sheet = table(
        ["STT", "Câu hỏi", "Hài lòng"], *rows("12345678", ["Câu"] * 8, ["345", "54,3"] * 4), sure=False
    )
    (typed,), _ = type_columns([sheet], ())
    assert {c.status for c in typed.column_values(2)} == {"read"}


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        ("52.907.00 0", "52.907.000", "52907000"),
        ("17.52 9", "17.529", "17529"),
        ("(7.409.0 43)", "(7.409.043)", "-7409043"),
        ("17,5 29", "17,5 29", ""),  # a decimal and another figure
        ("1.250 31", "1.250 31", ""),
        ("12.5 9", "12.5 9", ""),
    ],
)
def test_a_group_that_a_narrow_cell_broke_is_put_together(read, text, value):
    """`16.95` over `6` was flagged as two figures, and no total of such a table could be held."""
    others = ["1.204", "2.310", "3.775,5", "980"]
    sheet = table(
        ["TT", "Số tiền (đồng)"], *[[str(n), t] for n, t in enumerate([*others, read], 1)], sure=False
    )
    (typed,), _ = type_columns([sheet], [])
    cell = typed.rows[-1][1]
    assert cell.text == text
    assert (cell.value.plain() if cell.value else "") == value
    assert not value or (cell.status == "doubtful" and cell.repairs[-1].old == read)


def test_a_price_has_the_scale_of_its_row():
    """Gold at 74,98 triệu đồng/lượng was 74,98 đồng, for its column is called `Giá kỳ này`."""
    sheet = table(
        ["STT", "Tên hàng", "Đơn vị tính", "Giá kỳ trước", "Giá kỳ này", "Tăng, giảm"],
        ["1", "Gạo tẻ", "đ/kg", "15.500", "16.000", "500"],
        ["2", "Xi măng", "nghìn đồng/tấn", "1.350", "1.335", "-15"],
        ["3", "Vàng", "triệu đồng/lượng", "74,98", "76,98", "2,00"],
        ["4", "Cát xây", "đồng/m³", "280.000", "285.000", "5.000"],
    )
    (typed,), _ = type_columns([sheet], [])
    assert values(sheet, 4) == ["16000", "1335", "76.98", "285000"]
    units = ["money_vnd", "money_thousand_vnd", "money_million_vnd", "money_vnd"]
    for col in (3, 4, 5):
        assert [c.value.unit for c in typed.column_values(col)] == units


def test_a_place_is_no_score():
    """`Địa điểm` had made scores of thousands, as its last syllable heads them."""
    sheet = table(
        ["TT", "Địa điểm", "Thời điểm", "Điểm"], ["1", "12.500", "3", "8,5"], ["2", "31.250", "4", "9,0"]
    )
    (typed,), _ = type_columns([sheet])
    assert [c.role for c in typed.columns].count("score") == 1
    assert typed.columns[3].role == "score"


def _with_sign(sign, *others):
    """A column of counts with a sign alone in its second row, which a dump's reader read as `others`, too."""
    sheet = table(["Xã", "Quá hạn"], *rows(["A", "B", "C", "D"], ["12", sign, "7", "31"]), sure=False)
    read = replace(sheet.rows[2][1], alternatives=tuple(Reading(text, 0.7, "text") for text in others))
    new = (*sheet.rows[:2], (sheet.rows[2][0], read), *sheet.rows[3:])
    (typed,), _ = type_columns([replace(sheet, rows=new)], ())
    return typed.rows[2][1]


@pytest.mark.parametrize(("sign", "figure"), [("°", "0"), ("©", "0"), ("o", "0"), ("!", "1")])
def test_a_sign_alone_in_a_figures_place_of_a_dump_is_the_figure_it_is_read_for(sign, figure):
    cell = _with_sign(sign, figure)
    assert (cell.text, cell.value.plain(), cell.status, cell.raw) == (figure, figure, "doubtful", sign)


@pytest.mark.parametrize("others", [(), ("12",)])
def test_a_sign_alone_that_nobody_read_as_a_lone_figure_stays(others):
    cell = _with_sign("°", *others)
    assert (cell.text, cell.value) == ("°", None)

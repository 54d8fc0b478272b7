from dataclasses import replace
from decimal import Decimal

import pytest

from model.table import Cell, Column, Table
from normalize.columns import type_columns


def table(header, *rows, sure=True):
    """A table with one header row, of strings."""
    grid = [header, *rows]
    cells = tuple(
        tuple(
            Cell(r, c, text, text, is_header=r == 0, anchor=(r, c), sure=sure) for c, text in enumerate(row)
        )
        for r, row in enumerate(grid)
    )
    columns = tuple(Column(c, (text,)) for c, text in enumerate(header))
    kinds = ("header",) + ("body",) * len(rows)
    return Table("t01", "", "text", 1, cells, columns, kinds)


def test_roles_and_units():
    sheet = table(
        ["STT", "Đơn vị", "Số hồ sơ", "Tỷ lệ (%)", "Tăng (+)/Giảm (-)", "Ghi chú"],
        ["1", "Xã Mẫu Một", "1.204", "97,5", "-1,2%", "x"],
        ["2", "Xã Mẫu Hai", "98", "100", "0,5%", ""],
    )
    (typed,), mark = type_columns([sheet])
    assert mark == ","
    assert [c.role for c in typed.columns] == ["ordinal", "label", "count", "percent", "delta", "note"]
    assert [c.unit for c in typed.columns][2:5] == ["count", "percent", "percent_point"]
    assert typed.rows[1][2].value.amount == Decimal(1204)
    assert typed.rows[1][4].value.unit == "percent_point"


def test_dash_is_none_and_ordinal_with_a_dot_has_no_value():
    sheet = table(
        ["TT", "Nội dung", "Số lượng"], ["1.1", "Mục một", "-"], ["1.2", "Mục hai", "7"], ["2", "Ba", "8"]
    )
    (typed,), _ = type_columns([sheet])
    assert typed.rows[1][0].value is None
    assert typed.rows[3][0].value.amount == 2
    assert typed.rows[1][2].value is None


def test_decimal_points_in_a_house_of_points():
    sheet = table(
        ["STT", "Đơn vị", "Tỷ lệ (%)"], ["1", "A B", "99.17"], ["2", "C D", "100"], ["3", "E F", "87.94"]
    )
    (typed,), mark = type_columns([sheet])
    assert mark == "."
    assert typed.rows[1][2].value.amount == Decimal("99.17")


def test_a_lost_mark_in_a_percent_column_is_put_back_and_doubted():
    rows = [[str(n), f"Xã {n}", f"9{n},3{n}"] for n in range(1, 7)]
    rows.append(["7", "Xã 7", "9231"])
    (typed,), _ = type_columns([table(["STT", "Đơn vị", "Tỷ lệ (%)"], *rows, sure=False)])
    cell = typed.rows[7][2]
    assert cell.value.amount == Decimal("92.31")
    assert str(cell.repairs[0]) == "digits:9231->92.31 by column range"
    assert cell.status == "doubtful"


def test_a_lost_mark_in_a_sure_text_is_left_as_printed():
    rows = [[str(n), f"Xã {n}", f"9{n},3{n}"] for n in range(1, 7)]
    rows.append(["7", "Xã 7", "9231"])
    (typed,), _ = type_columns([table(["STT", "Đơn vị", "Tỷ lệ (%)"], *rows)])
    assert typed.rows[7][2].value.amount == Decimal(9231)


def test_letters_read_for_digits_become_a_doubtful_figure():
    sheet = table(
        ["STT", "Đơn vị", "Số hồ sơ"], ["1", "A B", "12"], ["2", "C D", "1O"], ["3", "E", "7"], sure=False
    )
    (typed,), _ = type_columns([sheet])
    cell = typed.rows[2][2]
    assert (cell.value.amount, cell.raw, cell.status) == (Decimal(10), "1O", "doubtful")


def test_a_difference_of_counts_beside_differences_of_percentages_keeps_its_group():
    rows = [[str(n), f"Chỉ tiêu {n}", f"{n},2{n}%"] for n in range(1, 7)]
    rows.append(["7", "Số hồ sơ", "-7.056"])
    (typed,), _ = type_columns([table(["STT", "Chỉ tiêu", "Tăng (+), giảm (-)"], *rows)])
    assert typed.rows[7][2].value.amount == Decimal(-7056)


def test_a_code_names_its_row_and_is_no_figure():
    rows = [[str(n), f"01.00{n}", "Gạo", f"{n}5.000"] for n in range(1, 5)]
    (typed,), _ = type_columns([table(["STT", "Mã hàng", "Tên hàng", "Giá"], *rows)])
    assert [c.role for c in typed.columns] == ["ordinal", "ordinal", "label", "money"]
    assert typed.rows[1][1].value is None


@pytest.mark.parametrize(
    ("head", "note", "role", "unit"),
    [
        ("Kinh phí (triệu đồng)", "", "money", "money_million_vnd"),
        ("Giá kỳ này", "Đơn vị tính: nghìn đồng", "money", "money_thousand_vnd"),
        ("Dự toán", "Đơn vị: triệu đồng", "money", "money_million_vnd"),
        ("Đơn giá", "", "money", "money_vnd"),
        ("Số lao động", "", "count", "count"),
        ("Thống kê trên Cổng dịch vụ công quốc gia", "", "count", "count"),
        ("Số hộ gia đình", "", "count", "count"),
        ("Số lượt đánh giá", "", "count", "count"),
        ("Số hồ sơ", "Đơn vị tính: hồ sơ", "count", "count"),
        # Starting prices were taken for scores, and 6.800 nghìn đồng for 6,8 points.
        ("Giá khởi điểm (nghìn đồng/m²)", "", "money", "money_thousand_vnd"),
        ("Điểm thu (triệu đồng)", "", "money", "money_million_vnd"),
        ("Số điểm trường", "", "count", "count"),
        ("Điểm khảo sát (hộ)", "", "count", "count"),
        # `số tổ` and `ký số văn bản` made figures numbers of maps and of papers, and no sum was checked.
        ("Ký số tổ chức", "", "count", "count"),
        ("Số tổ hòa giải", "", "count", "count"),
        ("Ký số văn bản", "", "count", "count"),
        ("Điểm trường học an toàn đạt", "", "count", "count"),
        ("Điểm đến 31/12", "", "score", "score"),
        ("Điểm nông thôn mới", "", "score", "score"),
    ],
)
def test_money_is_told_by_whole_words_and_its_scale(head, note, role, unit):
    sheet = table(["STT", "Nội dung", head], *[[str(n), f"Mục {n}", f"{n}.250"] for n in range(1, 6)])
    (typed,), _ = type_columns([replace(sheet, unit_note=note)])
    assert (typed.columns[2].role, typed.columns[2].unit) == (role, unit)
    assert typed.rows[1][2].value.unit == unit


@pytest.mark.parametrize(
    ("figures", "status"), [(["12 345", "7", "81", "90"], "doubtful"), (["12 345"] * 4, "read")]
)
def test_two_figures_run_together_are_not_one_in_silence(figures, status):
    rows = [[str(n), f"Mục {n}", text] for n, text in enumerate(figures, 1)]
    (typed,), _ = type_columns([table(["STT", "Nội dung", "Số hồ sơ"], *rows)])
    cell = typed.rows[1][2]
    assert (cell.value.amount, cell.status) == (Decimal(12345), status)


def test_columns_beside_each_other_do_not_settle_what_neither_knows():
    """Two columns of lone commas leaned on each other's custom, and 5,583 was 5.583 without a doubt."""
    rows = [["Mới lập", "5,583", "2,528"], ["Giải thể", "4,136", "1,017"], ["Trở lại", "6,011", "1,589"]]
    (typed,), _ = type_columns([table(["Chỉ tiêu", "Quý I", "Quý II"], *rows)])
    assert all(cell.status == "doubtful" for row in typed.rows[1:] for cell in row[1:])


def test_a_table_that_knows_its_marks_speaks_for_the_others():
    """Prices in đồng leave no doubt that commas part thousands; so they do in the table above."""
    open_ = table(["Chỉ tiêu", "Quý I"], ["Mới lập", "5,583"], ["Giải thể", "4,136"], ["Trở lại", "6,011"])
    prices = table(
        ["Mặt hàng", "Giá (đồng)"], *[[f"Hàng {n}", f"{n}2,500"] for n in range(1, 6)], ["Muối", "700"]
    )
    (alone,), _ = type_columns([open_])
    assert alone.rows[1][1].value.amount == Decimal("5.583")
    (typed, _), _ = type_columns([open_, prices])
    assert typed.rows[1][1].value.amount == Decimal(5583)


@pytest.mark.parametrize(
    ("texts", "role"),
    [
        (["2019", "2020", "2021", "2022"], "ordinal"),
        (["Năm 2019", "Năm 2020", "Năm 2021"], "ordinal"),
        (["2021", "2020", "2019"], "ordinal"),
        (["2019", "1987", "2021"], "count"),
        (["2019", "2020"], "count"),
    ],
)
def test_a_first_column_of_years_names_its_rows(texts, role):
    rows = [[text, f"{n}1.250", f"{n}0.110"] for n, text in enumerate(texts, 1)]
    (typed,), _ = type_columns([table(["", "Tổng số", "Nam"], *rows)])
    assert typed.columns[0].role == role


def test_one_comma_in_the_prose_does_not_outweigh_a_column_of_points():
    """`96,2%` in a sentence silenced eleven percentages printed with points, and 42,047 became 42.047."""
    rows = [[f"Khoản {n}", f"4{n},047", f"9{n}.5"] for n in range(1, 9)]
    (typed,), _ = type_columns(
        [table(["Nội dung", "Dự toán giao", "Tỷ lệ (%)"], *rows)], ["Đạt 96,2% kế hoạch."]
    )
    assert typed.rows[1][1].value.amount == Decimal(41047)


def test_what_custom_says_of_a_misread_mark_tells_other_columns_nothing():
    """Two commas copied as points were groups by custom, and so spoke for decimal commas everywhere."""
    rows = [[f"Khoản {n}", f"4{n}{'.' if n == 3 else ','}047", f"1{n},330", "7.5"] for n in range(1, 9)]
    (typed,), _ = type_columns([table(["Nội dung", "Dự toán giao", "Quyết toán", "Tỷ lệ (%)"], *rows)])
    assert typed.rows[1][1].value.amount == Decimal(41047)
    assert typed.rows[1][2].value.amount == Decimal(11330)


def test_row_numbers_of_a_long_list_are_ordinals_beyond_999():
    """A list of ten thousand households had its row numbers added up: most have four digits."""
    rows = [[str(n), f"Hộ số {n}", "1.204"] for n in range(998, 1010)]
    (typed,), _ = type_columns([table(["STT", "Họ và tên", "Số tiền (đồng)"], *rows)])
    assert typed.columns[0].role == "ordinal"
    (typed,), _ = type_columns(
        [table(["STT", "Họ và tên", "Số"], *([str(n * n * 40), "x", "1"] for n in range(9, 20)))]
    )
    assert typed.columns[0].role != "ordinal"


@pytest.mark.parametrize(
    ("head", "texts", "role"),
    [
        ("Số hợp đồng", ["12", "30", "7", "49"], "count"),  # the last is the sum of the others
        ("Số giấy phép", ["1.204", "310", "98"], "count"),
        ("Số xe", ["4", "0", "11"], "count"),
        ("Số hợp đồng", ["12", "30", "7", "51"], "ordinal"),
        ("Số thửa", ["112", "39", "407"], "ordinal"),
        ("Mã ngành", ["11.100", "12.300", "14.000"], "ordinal"),
        ("Số vụ ma túy", ["4", "9", "11"], "count"),
        ("Ma túy", ["4", "9", "11"], "count"),
    ],
)
def test_papers_that_are_counted_are_no_numbers_of_papers(head, texts, role):
    """A column that counts contracts was taken for their numbers: no sum of it was ever checked."""
    rows = [[str(n), f"Đơn vị {'ABCDE'[n - 1]}", text] for n, text in enumerate(texts, 1)]
    (typed,), _ = type_columns([table(["STT", "Đơn vị", head], *rows)])
    assert typed.columns[2].role == role


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Số cuộc giám sát", "count"),
        ("Số tầng", "count"),
        ("Số suất quà tặng", "count"),
        ("Số người già", "count"),
        ("Số hộ giảm", "delta"),
        ("Giảm số cuộc giám sát", "delta"),
        ("Giá bán", "money"),
        ("so ho giam", "delta"),
    ],
)
def test_words_that_only_fold_to_those_of_a_role_tell_none(head, role):
    """Inspections (`giám sát`) were differences, old people (`già`) prices: their sums were not checked."""
    rows = [[str(n), f"Đơn vị {'ABCDE'[n - 1]}", text] for n, text in enumerate(("12", "30", "7"), 1)]
    (typed,), _ = type_columns([table(["STT", "Đơn vị", head], *rows)])
    assert typed.columns[2].role == role


def test_codes_of_goods_that_begin_with_a_nought_are_no_amounts():
    """`01.001` under headings that were lost became 1,001."""
    rows = [[str(n), f"01.00{n}", f"{n}5.000"] for n in range(1, 5)]
    (typed,), _ = type_columns([table(["cột 1", "cột 2", "cột 3"], *rows)])
    assert [row[1].value for row in typed.body] == [None] * 4


COMMAS = [("2.880", "18,58", "1.274,5"), ("4.016", "11,45", "2.310,7"), ("2.438", "9,04", "1.896,2")]
POINTS = [("2.880", "18.58", "1,274.5"), ("4.016", "11.45", "2,310.7"), ("2.438", "9.04", "1,896.2")]


@pytest.mark.parametrize(("prints", "status"), [(COMMAS, "doubtful"), (POINTS, "read")])
def test_decimals_that_only_a_header_asks_for_against_the_document_are_a_doubt(prints, status):
    """Where headers were torn, counts stood under `Tỷ lệ (%)`: 2.880 became 2,88 without a word."""
    rows = [[str(n), f"Xã Mẫu {n}", *texts] for n, texts in enumerate(prints, 1)]
    (typed,), _ = type_columns([table(["STT", "Đơn vị", "Tỷ lệ (%)", "Hộ nghèo (%)", "Kinh phí"], *rows)])
    assert {row[2].status for row in typed.body} == {status}


@pytest.mark.parametrize(("kind", "status"), [("ruled", "read"), ("borderless", "doubtful")])
def test_where_a_paper_groups_with_blanks_a_lone_such_figure_is_no_doubt(kind: str, status: str) -> None:
    """`3 885` among plan figures under a thousand was to be looked at, in a ruled table of a typed report
    that prints all its thousands so."""
    plan = table(["Chỉ tiêu", "Kế hoạch"], ["Đặt vòng", "3 885"], ["Triệt sản", "160"], ["Mức giảm", "0,60"])
    people = table(["Xã", "Số người"], *([f"Xã {n}", f"{n} 8{n}2"] for n in range(1, 8)))
    typed, _ = type_columns([replace(plan, kind=kind), replace(people, kind=kind)])
    cell = typed[0].rows[1][1]
    assert (cell.value.plain(), cell.status) == ("3885", status)

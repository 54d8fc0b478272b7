"""Figures of running text and the sums it states, on made-up sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.page import TextLine
from normalize.prose.figures import find_figures
from normalize.prose.sentences import sentences
from normalize.prose.statements import read_statements
from normalize.prose.sums import find_sums


def of(*texts: str, day: str = "2021-05"):  # type: ignore[no-untyped-def]
    return read_statements([TextLine(t, 1, n) for n, t in enumerate(texts, 1)], ",", day)


def test_score_broken_over_lines_with_its_change() -> None:
    (found,) = of(
        "1.2. Điểm số trục nội dung Tiến độ đạt 13,4/20 điểm, giảm", "2,5 điểm so với tháng 4/2021."
    )
    assert found.subject == "Điểm số trục nội dung Tiến độ"
    assert (found.value.plain(), found.unit) == ("13.4", "score")
    assert found.of is not None and found.of.plain() == "20"
    assert found.change is not None and found.change.plain() == "-2.5"
    assert found.change_unit == "score"
    assert (found.line, found.as_of) == (1, "2021-05")
    assert found.context.endswith("so với tháng 4/2021.")


def test_rank_and_its_change_stand_apart_from_the_score() -> None:
    score, rank = of("Điểm tổng hợp đạt 71,5/100 điểm, tăng 1,5 điểm; xếp hạng 04/12 xã và giảm 03 bậc.")
    assert score.change is not None and score.change.amount == Decimal("1.5")
    assert (rank.value.plain(), rank.unit) == ("4", "rank")
    assert rank.of is not None and rank.of.plain() == "12"
    assert rank.change is not None and (rank.change.plain(), rank.change_unit) == ("-3", "rank")


def test_unchanged_is_a_change_of_nothing() -> None:
    (found,) = of("Mức độ hài lòng đạt 18/18 điểm, giữ nguyên điểm số so với tháng trước.")
    assert found.change is not None and found.change.amount == 0


def test_parts_carry_their_total_and_shares_their_part() -> None:
    found = of(
        "Toàn xã tiếp nhận 1.200 hồ sơ, trong đó: trực tuyến 900 hồ sơ (chiếm 75%), trực tiếp 300 hồ sơ."
    )
    assert [(s.subject.split(" / ")[-1], s.value.plain(), s.unit) for s in found] == [
        ("Toàn xã tiếp nhận", "1200", "count"),
        ("trực tuyến", "900", "count"),
        ("trực tuyến", "75", "percent"),
        ("trực tiếp", "300", "count"),
    ]
    assert found[1].subject == "Toàn xã tiếp nhận / trực tuyến"


def test_point_in_time_is_not_the_month_compared_with() -> None:
    (found,) = of("Tính đến ngày 31/3/2021, Sở Mẫu trễ hạn 86 hồ sơ, tăng 5 hồ sơ so với tháng 2/2021.")
    assert found.as_of == "2021-03-31"
    assert found.change is not None and found.change.plain() == "5"


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Quyết định số 766/QĐ-TTg ngày 23/6/2022 của Thủ tướng Chính phủ.",
        "Căn cứ Điều 5 Nghị định 61/2018/NĐ-CP, khoản 2 mức độ 3.",
        "Xem https://vi.du.vn/2021/05/12 và Phụ lục số 4.",
        "1.1. Nội dung",
    ],
)
def test_names_and_dates_are_no_figures(text: str) -> None:
    assert of(text) == ()


def test_money_is_in_dong() -> None:
    (figure,) = find_figures("với số tiền 96,4 tỷ đồng", ",")
    assert (figure.value.plain(), figure.unit, figure.value.decimals) == ("96400000000", "money_vnd", -8)


SUMS = [
    (
        "Tổng 270 hồ sơ: trực tiếp 260, trực tuyến 10 hồ sơ. Đã giải quyết trước hạn 270 hồ sơ",
        [(270, [260, 10])],
    ),
    (
        "đã tiếp nhận là 1.101 hồ sơ, trong đó: trực tuyến 731 hồ sơ, kỳ trước chuyển qua 71 hồ sơ, trực tiếp 299 hồ sơ.",
        [(1101, [731, 71, 299])],
    ),
    ("Đã giải quyết 52; trước hạn 30 hồ sơ, đúng hạn 20, trễ hạn 02 (do lỗi mạng).", [(52, [30, 20, 2])]),
    (
        "đã giải quyết 944 hồ sơ, trong đó: + đúng hạn 935 (đạt 99,0 %); + quá hạn 9 hồ sơ, trong đó đang giải quyết 4 hồ sơ",
        [(944, [935, 9])],
    ),
    ("Tiếp nhận 120 hồ sơ (trực tiếp 40, trực tuyến 80), đã trả 50 hồ sơ.", [(120, [40, 80])]),
    ("Toàn huyện có 145 cán bộ, trong đó: nam 80 người; nữ 65 người.", [(145, [80, 65])]),
    ("Năm 2024 có 3 đơn vị (xem Phụ lục 2), nam 12 người.", []),
    ("Số TTHC mức độ 3,4: Mức độ 3 là 11, Mức độ 4 là 57", []),
    ("công bố 23 thủ tục (trong đó, cấp tỉnh 15 thủ tục, cấp huyện 08 thủ tục)", [(23, [15, 8])]),
    ("tiếp nhận 50 hồ sơ, trong đó có 3 hồ sơ trễ hạn, 2 hồ sơ rút", []),
    ("Đã giải quyết 195 hồ sơ: sớm hạn 179 hồ sơ, trễ hạn 19 hồ sơ.", [(195, [179, 19])]),
]


@pytest.mark.parametrize(("text", "wanted"), SUMS)
def test_stated_sums(text: str, wanted: list[tuple[int, list[int]]]) -> None:
    found = [(int(s.total.amount), [int(p.amount) for p in s.parts]) for s in find_sums(text, ",")]
    assert found == wanted


@given(st.lists(st.integers(1, 9999), min_size=2, max_size=5))
def test_any_list_of_categories_is_found(parts: list[int]) -> None:
    names = ["trước hạn", "đúng hạn", "quá hạn", "trực tiếp", "trực tuyến"]
    listed = ", ".join(f"{name} {part} hồ sơ" for name, part in zip(names, parts, strict=False))
    found = find_sums(f"Đã giải quyết {sum(parts)} hồ sơ, trong đó: {listed}.", ",")
    assert [[int(p.amount) for p in s.parts] for s in found] == [parts]


@given(st.text(alphabet="ab .;,:()0123456789/%-\n đạtồơ", max_size=200))
def test_sentences_lose_no_words(text: str) -> None:
    numbered = [(line, 1, n) for n, line in enumerate(text.split("\n"), 1)]
    words = " ".join(s.text for s in sentences(numbered)).split()
    assert "".join(words) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Giá gạo tẻ từ 15.000 đến 16.000 đồng/kg.", "15000", "16000", "money_vnd"),
        ("Tỷ lệ lao động qua đào tạo tăng 5-7% mỗi năm.", "5", "7", "percent"),
        ("Quy mô đàn từ 2 đến 3 nghìn con.", "2000", "3000", "count"),
    ],
)
def test_a_range_of_the_prose_is_one_figure(text: str, low: str, high: str, unit: str) -> None:
    (figure,) = find_figures(text, ",")
    assert figure.interval is not None
    assert (figure.interval.low.plain(), figure.interval.high.plain()) == (low, high)
    assert figure.unit == unit


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("tổng đàn lợn đạt 12 nghìn con", "12000"),
        ("đón 1,2 triệu lượt khách", "1200000"),
        ("kinh phí 2,5 tỷ đồng", "2500000000"),
        ("trồng mới 3 vạn cây", "30000"),
        ("đạt 13,951 điểm", "13.951"),
        ("tiếp nhận 195,197 hồ sơ", "195197"),
    ],
)
def test_scale_words_and_three_digits_after_a_mark(text: str, amount: str) -> None:
    (figure,) = find_figures(text, ",")
    assert figure.value.plain() == amount


def test_a_period_of_years_and_a_rise_are_no_range() -> None:
    assert [f.printed for f in find_figures("giai đoạn 2021-2025 tăng từ 85% lên 90%", ",")] == ["85%", "90%"]


def test_a_statement_is_as_sure_as_its_line() -> None:
    (found,) = read_statements([TextLine("Tiếp nhận 270 hồ sơ.", 1, 1, confidence=0.71)], ",")
    assert found.confidence == 0.71


def said(*texts: str, day: str = "2021-05") -> list[tuple[str, str, str]]:
    return [(s.subject, s.value.plain(), s.unit) for s in of(*texts, day=day)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- 100% đơn vị cấp xã đã niêm yết.", [("đơn vị cấp xã đã niêm yết", "100", "percent")]),
        (
            "Không để chậm hồ sơ; 100% hồ sơ trễ hạn phải có báo cáo.",
            [("hồ sơ trễ hạn phải có báo cáo", "100", "percent")],
        ),
        ("Tổng số hồ sơ đã tiếp nhận trong kỳ: 4.109", [("Tổng số hồ sơ đã tiếp nhận trong kỳ", "4109", "")]),
        ("Thu ngân sách đạt 8 tỷ 450 triệu đồng.", [("Thu ngân sách", "8450000000", "money_vnd")]),
        ("Dự trữ hàng hóa khoảng 489,9 tỷ.", [("Dự trữ hàng hóa", "489900000000", "money_vnd")]),
        ("Đàn gia cầm ước 1,2 vạn con.", [("Đàn gia cầm ước", "12000", "count")]),
        ("Thịt thăn giá 100.000đ/kg, cua 9.000đồng/kg.", [
            ("Thịt thăn giá", "100000", "money_vnd"), ("cua", "9000", "money_vnd"),
        ]),
        ("Lúa OM 18 giá 9.600 đồng/kg; đường loại 1kg có giá 28.500 đồng/gói.", [
            ("Lúa OM 18 giá", "9600", "money_vnd"), ("đường loại 1kg có giá", "28500", "money_vnd"),
        ]),
        ("Trứng vịt 30.000 đồng/chục 10 quả.", [("Trứng vịt", "30000", "money_vnd")]),
        ("So với kỳ gốc 2019, chỉ số bằng 117,19 %.", [("So với kỳ gốc 2019, chỉ số", "117.19", "percent")]),
        ("Trong 11 nhóm hàng, lương thực tăng 1,04%.", [
            ("nhóm hàng", "11", ""), ("lương thực", "1.04", "percent"),
        ]),
        ("Số hóa kết quả đạt tỉ 16 98,56%.", [("Số hóa kết quả đạt tỉ 16", "98.56", "percent")]),
        ("Kết quả 10 tháng năm 2023 14 299.727 hồ sơ.", [("Kết quả 10 tháng năm 2023 14", "299727", "count")]),
    ],
)  # fmt: skip
def test_figures_and_what_they_are_said_of(text: str, found: list[tuple[str, str, str]]) -> None:
    assert said(text) == found


def test_each_thing_has_its_own_change() -> None:
    found = of("Giá thịt giảm: thịt thăn giảm (-2.286 đồng/kg), thịt đùi giảm (-2.584 đồng/kg).")
    assert [(s.subject, s.change.plain() if s.change else "") for s in found] == [
        ("thịt thăn", "-2286"),
        ("thịt đùi", "-2584"),
    ]


def test_the_year_compared_with_is_its_own_figures_time() -> None:
    now, then = of("Dự trữ là 489,9 tỷ đồng, tăng 39,9 tỷ so với năm 2020 là 450 tỷ đồng.")
    assert (now.as_of, then.as_of) == ("2021-05", "2020")
    assert now.change is not None and now.change.amount == Decimal("39900000000")
    assert now.subject == then.subject == "Dự trữ"


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("Quý I năm 2020 tiếp nhận 12 hồ sơ.", "2020-Q1"),
        ("6 tháng đầu năm 2020 tiếp nhận 12 hồ sơ.", "2020-06"),
        ("Năm 2019, thu ngân sách đạt 12 tỷ đồng.", "2019"),
        ("Tính đến ngày 31/10/2020 đã nhận 12 hồ sơ.", "2020-10-31"),
        ("Đã nhận 12 hồ sơ, tăng so với tháng 4/2021.", "2021-05"),
    ],
)
def test_the_nearest_time(text: str, as_of: str) -> None:
    assert [s.as_of for s in of(text)] == [as_of]


def test_a_heading_gives_its_sentences_their_time_until_the_annexes() -> None:
    found = of(
        "1. Kết quả quý IV năm 2020", "- Tiếp nhận 12 hồ sơ.", "Phụ lục 1", "Tổng số hồ sơ tiếp nhận: 15"
    )
    assert [s.as_of for s in found] == ["2020-Q4", "2021-05"]


def test_page_numbers_and_running_feet_are_no_figures() -> None:
    pages = [("giá bắp cải giảm 3%, bắp cải", "stc-24"), ("12", "trắng giảm 4%.", "stc-24"), ("13", "stc-24")]
    lines = [
        TextLine(text, page, number)
        for page, texts in enumerate(pages, 1)
        for number, text in enumerate(texts, 1)
    ]
    found = read_statements(lines, ",", "2021-05")
    assert [(s.subject, s.value.plain()) for s in found] == [
        ("giá bắp cải", "-3"),
        ("bắp cải trắng", "-4"),
    ]


def test_a_range_broken_over_lines_is_one_figure() -> None:
    (found,) = of("Lúa giá từ 9.300", "- 9.500 đồng/kg.")
    assert found.interval is not None
    assert (found.interval.low.plain(), found.interval.high.plain()) == ("9300", "9500")


def test_a_figure_without_a_unit_is_less_sure() -> None:
    bare, counted = of("Tổng số đã nhận: 12", "Tổng số đã trả: 12 hồ sơ")
    assert bare.confidence < counted.confidence == 1.0


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Chủ tịch UBND tỉnh ban hành 58 văn bản chỉ đạo, điều hành.", "Chủ tịch UBND tỉnh văn bản chỉ đạo"),
        ("Toàn tỉnh đã tiếp nhận 104 phản ánh kiến nghị.", "Toàn tỉnh đã tiếp nhận phản ánh kiến nghị"),
        ("Bệnh viện hiện có 61 bác sĩ, 118 điều dưỡng.", "Bệnh viện hiện bác sĩ"),
        ("Số hồ sơ tiếp nhận là 860 hồ sơ.", "Số hồ sơ tiếp nhận"),
        ("Tổng đàn lợn ước đạt 3.215 con.", "Tổng đàn lợn ước"),
    ],
)
def test_a_subject_names_what_is_counted(text: str, subject: str) -> None:
    assert of(text)[0].subject == subject


def test_a_share_in_brackets_without_a_figure_before_it() -> None:
    (found,) = of("Tỷ lệ hồ sơ nộp trực tuyến ở mức cao (86,7%), nhưng chưa thực chất.")
    assert (found.subject, found.value.plain()) == ("Tỷ lệ hồ sơ nộp trực tuyến ở mức cao", "86.7")


@pytest.mark.parametrize(
    "texts",
    [
        ("Phụ lục 01 KẾT QUẢ TIẾP NHẬN HỒ SƠ.",),
        (
            "Tiếp tục thực hiện (Chi tiết, có Phụ lục kèm theo).",
            "8 Cơ sở dữ liệu của các Bộ: Tư pháp, Y tế...",
        ),
    ],
)
def test_numbers_of_annexes_and_footnotes_are_no_figures(texts: tuple[str, ...]) -> None:
    assert of(*texts) == ()


@pytest.mark.parametrize(
    ("text", "damaged", "found"),
    [
        ("Thanh toán trực tuyến 13 nội dung mới, có 20 giao dịch.", True, ["20"]),
        ("Thanh toán trực tuyến 13 nội dung mới, có 20 giao dịch.", False, ["13", "20"]),
        ("Toàn huyện thành lập 13 hợp tác xã, có 20 hồ sơ.", True, ["13", "20"]),
        ("Do tỷ 16 người dân có tài khoản còn thấp, có 20 hồ sơ.", False, ["20"]),
        ("Ghi chú: 86 liệu trong biểu lấy từ 20 hồ sơ.", False, ["20"]),
        ("Đã tiêm 86 liều vắc xin cho 20 người.", False, ["86", "20"]),
    ],
)
def test_words_that_were_read_as_digits(text: str, damaged: bool, found: list[str]) -> None:
    lines = [TextLine(text, 1, 1)]
    assert [s.value.plain() for s in read_statements(lines, ",", damaged=damaged)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Huyện tiếp nhận 120 đơn, trong 6, cấp xã 90 đơn.",
            [("Huyện tiếp nhận đơn", "120"), ("Huyện tiếp nhận đơn / cấp xã đơn", "90")],
        ),
        ("Chi cục nhận 80 hồ sơ, 86 đã trả 75 hồ sơ.", [("Chi cục nhận", "80"), ("số đã trả", "75")]),
        (
            "Số lò mổ sai phép 14 cơ sở (chờm 7,5%).",
            [("Số lò mổ sai phép cơ sở", "14"), ("Số lò mổ sai phép cơ sở", "7.5")],
        ),
    ],
)
def test_words_read_as_digits_are_words_of_the_subject_again(text: str, found: list[tuple[str, str]]) -> None:
    told = [(s.subject, s.value.plain()) for s in read_statements([TextLine(text, 1, 1)], ",", damaged=True)]
    assert told == found


def test_six_months_are_no_misread_word() -> None:
    said = "Trong 6 tháng đầu năm, huyện nhận 40 đơn."
    assert read_statements([TextLine(said, 1, 1)], ",", damaged=True)[0].context == said


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Diện tích lúa mùa 2.316 ha, đạt 102,4% kế hoạch.", ["Diện tích lúa mùa", "Diện tích lúa mùa"]),
        ("Tội phạm ma túy: phát hiện 37 vụ.", ["Tội phạm ma túy / phát hiện"]),
        ("Thu giữ 1.245,6 gam ma túy tổng hợp.", ["Thu giữ ma túy tổng hợp"]),
        ("Hỗ trợ 312 hộ nghèo với số tiền 624 triệu đồng.", ["Hỗ trợ hộ nghèo", "Hỗ trợ hộ nghèo / số tiền"]),
        ("Doanh thu tháng 3 đạt 68 tỷ đồng, lũy kế quý I đạt 203 tỷ đồng.",
         ["Doanh thu tháng 3", "Doanh thu tháng 3 / lũy kế quý I"]),
        ("Điểm chất lượng đạt 3,42 điểm, xếp hạng 4/9 bệnh viện.", ["Điểm chất lượng", "Điểm chất lượng"]),
        ("Hiện thiếu 58 giáo viên.", ["Hiện thiếu giáo viên"]),
    ],
)  # fmt: skip
def test_what_a_figure_says_more_of_the_same_thing(text: str, subjects: list[str]) -> None:
    assert [s.subject for s in of(text)] == subjects


def test_a_heading_is_no_part_of_the_next_sentence() -> None:
    found = of(
        "III. LÂM NGHIỆP", "Trồng mới được 315 ha rừng.", "2. Nhân lực", "Tổng số cán bộ là 268 người."
    )
    assert [s.subject for s in found] == ["Trồng mới rừng", "Tổng số cán bộ"]


def test_spans_of_days_are_figures_and_ages_none() -> None:
    found = of("Thời hạn giảm từ 20 ngày xuống còn 14 ngày.", "Huy động trẻ 5 tuổi ra lớp đạt 100%.")
    assert [s.value.plain() for s in found] == ["20", "14", "100"]


def test_more_than_what_was_set_is_a_change() -> None:
    (found,) = of("Hồ sơ trực tuyến chiếm 97,3%, cao hơn chỉ tiêu giao 7,3 điểm phần trăm.")
    assert (found.value.plain(), found.change and found.change.plain()) == ("97.3", "7.3")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Giải có 192 vận động viên tham gia.", "192", ""),
        ("Thu được 12 vạn đồng.", "120000", "money_vnd"),
        ("Phát sóng được 1.092 giờ.", "1092", "other"),
    ],
)
def test_words_that_look_like_scales_without_their_marks(text: str, value: str, unit: str) -> None:
    assert [(s.value.plain(), s.unit) for s in of(text)] == [(value, unit)]


def test_hours_of_the_day_are_no_figures() -> None:
    assert of("Họp vào hồi 14 giờ 30 phút ngày 05/3/2024.") == ()


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "Bộ phận tiếp nhận của 9 huyện, thị xã và 180 xã, phường.",
            ["Bộ phận tiếp nhận của huyện", "Bộ phận tiếp nhận của xã"],
        ),
        (
            "Thời gian trả kết quả được rút xuống 12 ngày và 7 ngày.",
            ["Thời gian trả kết quả được rút xuống"] * 2,
        ),
        (
            "Trong kỳ đã nhận 15 đơn khiếu nại và 27 đơn tố cáo.",
            ["Trong kỳ đã nhận đơn khiếu nại", "Trong kỳ đã nhận đơn tố cáo"],
        ),
        ("Đã cơ bản giao 100% hồ sơ đất.", ["Đã cơ bản giao hồ sơ đất"]),
        ("Tỷ lệ trẻ ra lớp đạt 99% kế hoạch.", ["Tỷ lệ trẻ ra lớp"]),
    ],
)
def test_a_pair_of_figures_is_said_of_the_words_before_the_first(text: str, subjects: list[str]) -> None:
    assert [s.subject for s in of(text)] == subjects


def test_a_deed_between_two_figures_makes_them_no_pair() -> None:
    first, second = of("Đã phát 34 áo mưa, xử lý rác và 12 bao cát.")
    assert not second.subject.startswith(first.subject.split()[0] + " phát bao")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        ("Số ca kết hôn 318 trường hợp.", "Số ca kết hôn", "318"),
        ("Số ca khai tử 57 trường hợp.", "Số ca khai tử", "57"),
        ("Diện tích đất 41 ha.", "Diện tích đất", "41"),
        ("Số trường hợp hơn 60 người.", "Số trường hợp", "60"),
        ("Các xã đã đăng ký 2.916 hợp đồng; còn lại 5 đơn.", "Các xã đã đăng ký hợp đồng", "2916"),
    ],
)
def test_words_that_only_fold_to_others_stay_in_the_subject(text: str, subject: str, value: str) -> None:
    """`kết hôn` lost its `hôn` for `hơn`, `khai tử` its `tử` for `từ`; what was `đăng ký` was lost as a `kỳ`."""
    found = of(text)[0]
    assert (found.subject, found.value.plain()) == (subject, value)


def test_what_a_part_holds_in_brackets_is_no_part_of_the_whole() -> None:
    """`quá hạn 12` of the first part was added to the sum of all."""
    (outer,) = (
        s
        for s in find_sums(
            "Đã nhận 640 việc, trong đó: khai sinh 310 việc (đúng hạn 298, quá hạn 12); khai tử 90 việc; "
            "kết hôn 240 việc.",
            ",",
        )
        if s.total.amount == Decimal(640)
    )
    assert [p.amount for p in outer.parts] == [Decimal(310), Decimal(90), Decimal(240)]

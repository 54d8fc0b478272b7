"""Figures of running text and the sums it states, on made-up sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.page import TextLine
from normalize.prose.figures import find_figures, sentences
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

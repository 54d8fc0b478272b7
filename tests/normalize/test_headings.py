"""Headings of worn print: dirt off, marks and a few letters as columns are called, all else as read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.headings import heading_key, known_headings, mended_heading, plain_heading
from normalize.lexicon import entries

OWN = {heading_key("Sản lượng thu hoạch"): "Sản lượng thu hoạch"}


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Tổng. điểm", "Tổng điểm"), ("Tỷ lệ. (%)", "Tỷ lệ (%)"), ("Ngô-", "Ngô"), ("; Chỉ tiêu :", "Chỉ tiêu"),
        ("Tăng (+), giảm (-)", "Tăng (+), giảm (-)"), ("Dự toán năm 2024", "Dự toán năm 2024"), ("-", "-"),
        ("(1)", "(1)"), ("TP. Huế", "TP. Huế"), ("%", "%"), ("Lệ phí (đồng", "Lệ phí (đồng)"),
        ("Công khai (18", "Công khai (18"), ("Phí, lệ phí", "Phí, lệ phí"), ("", ""),
    ],
)  # fmt: skip
def test_dirt_is_off(read, meant):
    assert plain_heading(read) == meant


@pytest.mark.parametrize(
    ("read", "confidence", "meant"),
    [
        ("Gia kỳ trước", 0.9, "Giá kỳ trước"),
        ("Đớn vị tỉnh", 0.9, "Đơn vị tính"),
        ("ĐỚN VỊ TỈNH", 0.9, "ĐƠN VỊ TÍNH"),
        ("Điện tích (ha)", 0.9, "Diện tích (ha)"),
        ("Chi tiêu", 0.99, "Chi tiêu"),  # read surely: spending, no indicator
        ("Đơdvị", 0.7, "Đơn vị"),
        ("Riếcquả giải quyết", 0.7, "Riếcquả giải quyết"),  # as like `Chưa giải quyết` as `Kết quả giải quyết`
        ("Mửố đánh giá", 0.7, "Mức độ đánh giá"),
        ("Mửố đánh giá", 0.95, "Mửố đánh giá"),
        ("Sán lươngthu hoạh", 0.6, "Sản lượng thu hoạch"),  # of the same document
        ("Trung bình", 0.88, "Trung bình"),  # `Dân số trung bình` is another heading
        ("Mức hưởng bảo hiểm", 0.6, "Mức hưởng bảo hiểm"),  # like none
        ("Hộ nghèo 2", 0.6, "Hộ nghèo 2"),  # figures are left alone
        ("Nam", 0.5, "Nam"), ("Nữ", 0.5, "Nữ"), ("TT", 0.2, "TT"), ("", 0.5, ""),
    ],
)  # fmt: skip
def test_a_heading_is_what_columns_are_called(read, confidence, meant):
    assert mended_heading(read, confidence, OWN) == meant


def test_only_what_was_read_surely_is_known_of_a_document():
    read = [("Số hộ thoát nghèo (hộ)", 0.99), ("Số bộ tái nghèo", 0.7), ("Năm 2023", 1.0), ("Ngô", 1.0)]
    assert list(known_headings(read).values()) == ["Số hộ thoát nghèo"]


@given(st.sampled_from([phrase for phrase, _ in entries("headings")]), st.floats(0, 1))
def test_a_known_heading_stays_itself(phrase, confidence):
    assert mended_heading(plain_heading(phrase), confidence, {}) == phrase


@given(st.text(max_size=30), st.floats(0, 1))
def test_figures_of_a_heading_never_change(text, confidence):
    digits = [c for c in text if c.isdigit()]
    new = mended_heading(plain_heading(text), confidence, OWN)
    assert [c for c in new if c.isdigit()] == digits


def test_each_known_heading_has_its_own_letters():
    phrases = [phrase for phrase, _ in entries("headings")]
    assert len({heading_key(phrase) for phrase in phrases}) == len(phrases)

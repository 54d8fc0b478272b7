"""Printed lines of a cell on one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.unicode import squeeze
from normalize.wraps import unwrapped


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Sởi-\nRubella", "Sởi-Rubella"),
        ("RON92-\nIII", "RON92-III"),
        ("(7)=(6)-\n(5)", "(7)=(6)-(5)"),
        ("5 =\n3 / 1", "5=3/1"),
        ("202.398,\n4", "202.398,4"),
        ("(240.965,\n7)", "(240.965,7)"),
        ("1.260\n,5", "1.260,5"),
        ("Tươn\ng đối\n(%)", "Tương đối (%)"),
        ("ST\nT", "STT"),
        ("1.002464.00\n0.00.00.H48", "1.002464.000.00.00.H48"),
        ("1.013274\n.H04", "1.013274.H04"),
        ("đồng/\nm²", "đồng/m²"),
        ("hộ\n/năm", "hộ/năm"),
        ("đồng/\nkWh", "đồng/kWh"),
        ("Nghị định số\n34/2015/N\nĐ-CP", "Nghị định số 34/2015/NĐ-CP"),
        ("34/20\n15/NĐ-\nCP;", "34/2015/NĐ-CP;"),
        ("12/QĐ\n-UBND", "12/QĐ-UBND"),
        ("từ 01/02/20\n24 đến", "từ 01/02/2024 đến"),
        ("3/\n2024", "3/2024"),
        ("Phí, lệ phí (đồng\n)", "Phí, lệ phí (đồng)"),
        ("Tổng [1\n]; khác", "Tổng [1]; khác"),
    ],
)
def test_halves_of_a_word_a_figure_or_a_formula_meet_without_a_blank(printed: str, text: str) -> None:
    assert unwrapped(printed) == text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("54.500 -\n56.000", "54.500 - 56.000"),  # a range has its blank
        ("- abc\n- d", "- abc - d"),
        ("năm 2023,\n15 hồ sơ", "năm 2023, 15 hồ sơ"),
        ("3.\n8", "3. 8"),  # an ordinal over a figure
        ("1.332\n85", "1.332 85"),
        ("1.332\n85.550", "1.332 85.550"),
        ("Độ cao\nm", "Độ cao m"),
        ("3/2024\n15", "3/2024 15"),
        ("1/2\n3/2024", "1/2 3/2024"),  # a share over a month
        ("12/QĐ-UBND\nUBND-TH", "12/QĐ-UBND UBND-TH"),
        ("Có /\nKhông", "Có / Không"),
        ("Tên\nhàng", "Tên hàng"),
        ("a\n) Nội dung", "a ) Nội dung"),  # no bracket was opened
        ("(đồng\n)khác", "(đồng )khác"),
    ],
)
def test_lines_of_a_cell_keep_their_blank(printed: str, text: str) -> None:
    assert unwrapped(printed) == text


@given(st.text(alphabet="aBT1.,-=() \n", max_size=40))
def test_nothing_but_blanks_is_lost(printed: str) -> None:
    assert unwrapped(printed).replace(" ", "") == squeeze(printed).replace(" ", "")

"""The confusion model: what is cheap, what is dear."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.slips import FORBIDDEN, slip_cost

NAMES = st.sampled_from(
    ["Điềm Mặc", "Kim Phượng", "Chợ Chu", "Cư M'gar", "Ia Krêl", "Thanh Miện", "Đắk Rơ Wa"]
)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@pytest.mark.parametrize(
    ("printed", "true", "rival"),
    [
        ("Kim Phụng", "Kim Phượng", "Kim Sơn"),
        ("Diêm Mặc", "Điềm Mặc", "Điểm Nặc"),
        ("Thanh Mién", "Thanh Miện", "Thanh Hà"),
        ("Kinh Mén", "Kinh Môn", "Kim Thành"),
        ("An Vỹ", "An Vĩ", "An Vi"),
        ("Tarn Kỳ", "Tam Kỳ", "Tân Kỳ"),
        ("Bình Clương", "Bình Dương", "Bình Lương"),
    ],
)
def test_the_true_name_is_nearer_than_a_rival(printed: str, true: str, rival: str) -> None:
    assert slip_cost(printed, true) < slip_cost(printed, rival)


@pytest.mark.parametrize(
    ("one", "other"), [("Việt Hoà", "Việt Hòa"), ("CƯ M'GAR", "Cư Mgar"), ("01", "1"), ("l", "1")]
)
def test_no_slip_at_all(one: str, other: str) -> None:
    assert slip_cost(one, other) == 0.0


@pytest.mark.parametrize(
    ("one", "other"), [("11", "1"), ("Phường 7", "Phường 1"), ("Hòa Bình 2", "Hòa Bình 1")]
)
def test_numbers_are_never_taken_for_others(one: str, other: str) -> None:
    assert slip_cost(one, other) == FORBIDDEN


@given(NAMES)
def test_lost_marks_are_cheap_and_dearer_on_a_marked_page(name: str) -> None:
    assert 0.0 <= slip_cost(_bare(name), name) <= 1.0
    assert slip_cost(_bare(name), name) <= slip_cost(_bare(name), name, marked=True)


@given(NAMES, NAMES)
def test_only_the_same_name_costs_nothing(one: str, other: str) -> None:
    assert (slip_cost(one, other) == 0.0) == (one == other)

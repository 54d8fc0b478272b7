"""Names of offices read from worn print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.lexicon import entries
from normalize.offices import is_office, office_of
from normalize.unicode import fold

_NAMES = [name for name, _ in entries("offices")]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("S6 Noi vu", "Sở Nội vụ"),
        ("S& Xay dung", "Sở Xây dựng"),
        ("S6Cong Thuong", "Sở Công Thương"),
        ("S¢ Giao thong van tai", "Sở Giao thông vận tải"),
        ("56 Khoa hoc va Cong ngh", "Sở Khoa học và Công nghệ"),
        ("Cuc Thue tinh TN", "Cục Thuế tỉnh TN"),
        ("Phong Quan ly d6 thi", "Phòng Quản lý đô thị"),
    ],
)
def test_a_worn_name_is_the_office_it_is_like(raw, name):
    assert office_of(raw)[0] == name


@pytest.mark.parametrize(
    "raw",
    [
        "Xã Sơn Vi",
        "Huyện Thanh Hà",
        "S6 thue",
        "Tổng số",
        "Sở",
        "Sở Tài nguyên và MT",
        "So Lao dong TB va XH",
    ],
)
def test_what_is_like_no_office_or_is_shortened_is_left(raw):
    assert office_of(raw) is None


def test_a_name_the_document_has_elsewhere_may_be_worse():
    assert office_of("S&Nai Vy") is None
    assert office_of("S&Nai Vy", ["Sở Nội vụ"]) == ("Sở Nội vụ", pytest.approx(5 / 7))


@given(st.sampled_from(_NAMES))
def test_a_name_without_its_marks_is_itself(name):
    assert is_office(name)
    assert office_of(fold(name)) == (name, 1.0)

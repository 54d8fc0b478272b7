from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.value import Unit
from normalize.lexicon import entries
from normalize.unicode import fold
from normalize.units import PrintedUnit, base_of, bracketed_unit, read_unit, spelled_unit, unit_of_head


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("đồng/m³", "money_vnd"),
        ("đồng/mỶ", "money_vnd"),
        ("đồng/m”", "money_vnd"),
        ("đ/1.000 cây", "money_vnd"),
        ("đồng/người/tháng", "money_vnd"),
        ("1.000 đồng", "money_thousand_vnd"),
        ("000đ", "money_thousand_vnd"),
        ("tr.đ", "money_million_vnd"),
        ("triệu đồng/ha", "money_million_vnd"),
        ("Tỷ đồng", "money_billion_vnd"),
        ("nghìn con", "count_thousand"),
        ("triệu lượt khách", "count_million"),
        ("vạn cây", "other"),
        ("tạ/ha", "other"),
        ("m’", "other"),
        ("%", "percent"),
        ("Hồ sơ", "count"),
    ],
)
def test_units_as_printed(text, unit):
    found = read_unit(text)
    assert found is not None
    assert found.unit == unit


@pytest.mark.parametrize("text", ["", "đồng bộ", "Hộ nghèo", "Xã Đông Mỹ", "15", "quyết định", "12/2024"])
def test_what_is_no_unit(text):
    assert read_unit(text) is None


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Kinh phí (triệu đồng)", "money_million_vnd"),
        ("Mức 15% (đồng)", "money_vnd"),
        ("Tỷ lệ (%)", "percent"),
        ("ĐVT: đồng/m³", "money_vnd"),
        ("Năng suất (tạ/ha)", "other"),
        ("Tổng đàn (nghìn con)", "count_thousand"),
    ],
)
def test_the_unit_a_header_names(head, unit):
    found = unit_of_head(head)
    assert found is not None
    assert found.unit == unit


def test_a_rate_in_a_header_is_no_unit():
    assert unit_of_head("Mức hỗ trợ 15%") is None
    assert bracketed_unit("Chi phí quản lý (Nội nghiệp 15%; Ngoại nghiệp 20%)") is None


def test_the_lists_are_folded_and_name_known_units():
    units = set(get_args(Unit))
    for word, unit, met in entries("units"):
        assert word == fold(word)
        assert unit in units
        assert met
    for word, power, met in entries("scales"):
        assert word == fold(word)
        assert int(power) > 0
        assert met


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("tan", "tấn"), ("Tấn", "tấn"), ("nghin con", "nghìn con"), ("ta/ha", "tạ/ha"), ("ho", "hộ"), ("ha", "ha"),
        ("trieu dong/ha", "triệu đồng/ha"), ("kg", "kg"), ("hộ nghèo", None), ("tấn hơi", None), ("m2", None),
        ("nghin", None), ("", None), ("/", None), ("12 ha", None),
    ],
)  # fmt: skip
def test_units_in_words_are_spelled_with_their_marks(text, spelled):
    assert spelled_unit(text) == spelled


def test_a_spelled_unit_is_a_unit_and_spelled_one_way():
    rows = [row[0] for row in entries("unit_spellings")]
    assert len({fold(word) for word in rows}) == len(rows)
    for word in rows:
        assert spelled_unit(word) == word == spelled_unit(fold(word))


@given(st.text(max_size=20))
def test_a_text_that_is_spelled_as_a_unit_is_one(text):
    spelled = spelled_unit(text)
    assert spelled is None or (read_unit(text) and fold(spelled) == fold(text).strip())


@given(st.text(max_size=20))
def test_any_text_is_a_unit_or_none(text):
    unit = read_unit(text)
    assert unit is None or unit.unit


def test_a_unit_that_tells_its_scale_comes_back_to_its_base():
    for unit, base, power in (
        ("money_billion_vnd", "money_vnd", 9),
        ("count", "count", 0),
        ("percent", "percent", 0),
    ):
        assert base_of(unit) == PrintedUnit(base, power)
        assert power == 0 or PrintedUnit(base, power).unit == unit

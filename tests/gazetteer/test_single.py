"""Single strings that name a unit with an office before it and what it lies in behind it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from gazetteer.names import number_of
from gazetteer.single import is_called, shortens
from normalize.unicode import tone_key

STRINGS = [
    line.split("\t")
    for line in (Path(__file__).parent / "single_strings.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
_CLEARLY = 0.02  # of belief, before the next


@pytest.mark.parametrize(
    ("text", "month", "name", "kind", "province"), STRINGS, ids=[row[0] for row in STRINGS]
)
def test_a_single_string_is_the_unit_that_is_meant(
    gazetteer: Gazetteer, text: str, month: str, name: str, kind: str, province: str
) -> None:
    first, *others = gazetteer.locate(text, as_of=date.fromisoformat(f"{month}-28"))
    assert (tone_key(first.unit.name), first.unit.type) == (tone_key(name), kind)
    assert tone_key(first.path[-1].name) == tone_key(province)
    assert not others or first.score > others[0].score + _CLEARLY


@pytest.mark.parametrize(
    ("text", "name", "called"),
    [
        ("Sở GTVT HCM", "Hồ Chí Minh", True),
        ("Trạm y tế xã Cư Êbur", "Cư Êbur", True),
        ("huyện Tam Dương Vĩnh Phúc", "Tam Dương", True),
        ("P3/Q8 TP.HCM", "03", True),
        ("huyện Hương Khuê, Hà Tĩnh", "Hương Khê", False),
    ],
)
def test_a_name_behind_an_office_is_borne(text: str, name: str, called: bool) -> None:
    """The command said that no unit is known by such a string."""
    assert is_called(text, (name,)) == called


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Chi cục Thuế khu vực Định Hóa - Phú Lương", date(2022, 5, 1)),
        ("huyện Mộc Châu và Vân Hồ", date(2018, 5, 1)),
        ("xã Tân Lập", date(2018, 5, 1)),
        ("xã Tân Lập, tỉnh Quảng Bình", date(2015, 5, 1)),
        ("Công an ĐN", date(2018, 5, 1)),
        ("Xyz, huyện Mộc Châu", date(2018, 5, 1)),
        ("Công an tỉnh", date(2018, 5, 1)),
        ("UBND thành phố", date(2018, 5, 1)),
        ("TT", date(2018, 5, 1)),
    ],
)
def test_a_string_that_does_not_tell_is_no_one_unit(gazetteer: Gazetteer, text: str, day: date) -> None:
    found = gazetteer.locate(text, as_of=day)
    assert len(found) != 1
    assert not found or found[0].score <= found[1].score + _CLEARLY


def test_a_slip_is_no_surer_than_the_very_name_elsewhere(gazetteer: Gazetteer) -> None:
    """`huyện Tân Phú, Tiền Giang` may be Tân Phú Đông, or Tân Phú of another province."""
    found = gazetteer.locate("xã Tân Lập, huyện Quan Sơn", as_of=date(2018, 5, 1))
    assert not found or any(c.unit.name == "Tân Lập" for c in found)


def test_a_damaged_name_behind_an_office_is_mended(gazetteer: Gazetteer) -> None:
    first, *_ = gazetteer.locate("Công an quận Hoàn Kiến", as_of=date(2016, 5, 1))
    assert first.unit.name == "Hoàn Kiếm"


def test_a_repair_that_lies_elsewhere_is_in_doubt(gazetteer: Gazetteer) -> None:
    found = gazetteer.locate("xã Thanh Xương TP Điện Biên Phủ", "tỉnh Điện Biên", as_of=date(2024, 6, 14))
    assert found[0].score < 0.5


@pytest.mark.parametrize(
    ("printed", "name"),
    [("BR-VT", "Bà Rịa - Vũng Tàu"), ("T.T. Huế", "Thừa Thiên Huế"), ("V.Phúc", "Vĩnh Phúc")],
)
def test_initials_shorten_a_name(printed: str, name: str) -> None:
    assert shortens(printed, name)
    assert not shortens(printed, "Hà Nội")
    assert not shortens(name, name)


@pytest.mark.parametrize(
    ("name", "number"),
    [("Mười bốn", "14"), ("04", "4"), ("IV", "4"), ("Hai mươi mốt", "21"), ("Năm Căn", "")],
)
def test_a_ward_is_numbered_in_words_figures_and_roman(name: str, number: str) -> None:
    assert number_of(name) == number

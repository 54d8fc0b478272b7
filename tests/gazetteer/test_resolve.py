"""One name, the document's scope, and quick evidence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer
from gazetteer.match import Pool
from gazetteer.names import read_name
from model.document import Metadata
from model.place import Scope

DAY = date(2024, 10, 1)


@pytest.mark.parametrize(
    ("name", "within", "kind", "day", "code"),
    [
        ("Diem Mac", "Định Hóa", None, DAY, "05590"),
        ("UBND xã Kim Phụng", "huyện Định Hóa", None, DAY, "05551"),
        ("Diem Mac", "Thái Nguyên", "xã", DAY, "05590"),
        ("Khoái Châu", "Hưng Yên", "thị trấn", DAY, "12205"),
        ("Hải Dương", None, "tỉnh", DAY, "30"),
        ("TP. Hồ Chí Minh", None, None, DAY, "79"),
        ("TPHCM", None, None, DAY, "79"),
        ("xã Bình Thành, huyện Định Hóa", None, None, DAY, "05605"),
        ("Bạch Long Vĩ", None, "đặc khu", date(2025, 8, 1), "11948"),
        ("Tỉnh Hà Tây", None, None, date(2007, 1, 1), "28"),
    ],
)
def test_one_name(
    gazetteer: Gazetteer, name: str, within: str | None, kind: str | None, day: date, code: str
) -> None:
    best = gazetteer.resolve(name, within, kind, day)[0]
    assert best.unit.code == code
    assert best.path[0] == best.unit and best.path[-1].level == 1


def test_homonyms_of_the_country_come_with_equal_scores(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("xã Tân Tiến", as_of=DAY)
    assert len(found) > 3 and found[0].score == found[1].score < 0.5


def test_a_unit_of_before_the_reform_is_found_without_its_day(gazetteer: Gazetteer) -> None:
    best = gazetteer.resolve("xã Điềm Mặc", "Thái Nguyên", as_of=date(2026, 1, 1))[0].unit
    assert (best.code, best.valid_to) == ("05590", date(2025, 7, 1))


def test_within_one_of_several_districts_of_a_name(gazetteer: Gazetteer) -> None:
    """Ten districts were called Châu Thành; the name within tells which."""
    best = gazetteer.resolve("xã Tân Thạch", "huyện Châu Thành", as_of=DAY)
    assert best[0].unit.name == "Tân Thạch" and best[0].path[1].name == "Châu Thành"


def test_an_old_name_is_found_as_of_its_day_only(gazetteer: Gazetteer) -> None:
    assert (
        gazetteer.resolve("Thị trấn Đại Từ", "Thái Nguyên", as_of=date(2012, 1, 1))[0].unit.name == "Đại Từ"
    )


@pytest.mark.parametrize(
    ("metadata", "titles", "lines", "name"),
    [
        (Metadata(issuer="Ủy ban nhân dân huyện Định Hóa"), (), (), "Định Hóa"),
        (Metadata(issuer="UBND HUYỆN ĐỊNH HÓA"), (), (), "Định Hóa"),
        (Metadata(issuer="Văn phòng UBND tỉnh Hải Dương"), (), (), "Hải Dương"),
        (Metadata(issuer="UBND xã Bình Thành"), (), ("Hệ thống thông tin tỉnh Thái Nguyên",), "Bình Thành"),
        (Metadata(issuer="Sở Tư pháp", parent_issuer="UBND tỉnh Bắc Giang"), (), (), "Bắc Giang"),
        (Metadata(place="Điện Biên Phủ"), (), (), "Điện Biên Phủ"),
        (
            Metadata(issuer="Sở Tài chính", parent_issuer="UBND tỉnh Khánh Hòa", place="Khánh Hòa"),
            (),
            ("trên địa bàn tỉnh Khánh Hòa", "giá cả tại tỉnh", "Khánh Hòa", "thành phố Nha Trang") * 9,
            "Khánh Hòa",
        ),
        (Metadata(), ("Thống kê chi tiết của UBND huyện Khoái Châu tháng 2",), (), "Khoái Châu"),
    ],
)
def test_scope(
    gazetteer: Gazetteer, metadata: Metadata, titles: tuple[str, ...], lines: tuple[str, ...], name: str
) -> None:
    scope = gazetteer.scope_of(metadata, titles, DAY, lines=lines)
    unit = gazetteer.unit(scope.units[0], DAY)
    assert unit is not None and unit.name == name


@pytest.mark.parametrize("name", ["Thái Nguyên", "Hải Dương", "Thai Nguyen"])
def test_a_bare_name_is_the_provinces_not_its_towns(gazetteer: Gazetteer, name: str) -> None:
    for scope in (
        gazetteer.scope_of(Metadata(place=name), (), DAY),
        gazetteer.scope_of(Metadata(), (), DAY, province_hint=name),
    ):
        unit = gazetteer.unit(scope.units[0], DAY)
        assert unit is not None and unit.type == "tỉnh"


def test_a_hint_tells_homonyms_apart(gazetteer: Gazetteer) -> None:
    scope = gazetteer.scope_of(Metadata(issuer="UBND xã Bình Thành"), (), DAY, province_hint="Thái Nguyên")
    assert scope.units == ("05605", "167")


def test_no_scope_is_guessed_between_equals(gazetteer: Gazetteer) -> None:
    """Several provinces have a commune Bình Thành: nothing else said, none is taken."""
    assert gazetteer.scope_of(Metadata(issuer="UBND xã Bình Thành"), (), DAY).units == ()


def test_a_month_after_thi_tran_is_no_place(gazetteer: Gazetteer) -> None:
    """`xã, thị trấn tháng 2/2024` once named the township Thắng."""
    lines = ["như sau: UBND các xã, thị trấn tháng 2/2024 của huyện và các xã"]
    assert gazetteer.scope_of(Metadata(), (), DAY, lines=lines).units == ()


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("UBND xã Bình Thành", 1.0, 1.0),
        ("Bình Thành", 0.8, 0.9),
        ("Binh Thanh", 0.8, 0.9),
        ("TT. Chợ Chu", 1.0, 1.0),
        ("Phường 1", 1.0, 1.0),
        ("Huyện Thanh Mién", 0.6, 1.0),
        ("Thi xa Kinh Mén", 0.5, 0.9),
        ("UBMD thanh ph& Hai Duong - Tinh Hai Duong", 0.6, 1.0),
        ("Phương thức nộp hồ sơ", 0.0, 0.3),
        ("Phương án", 0.0, 0.3),
        ("Xã hội", 0.0, 0.3),
        ("IV", 0.0, 0.0),
        ("Quản lý nhà nước", 0.0, 0.3),
        ("Số hồ sơ tiếp nhận", 0.0, 0.0),
        ("Sở Y tế", 0.0, 0.0),
        ("TỔNG SỐ", 0.0, 0.0),
        ("12,5", 0.0, 0.0),
        ("Trước hạn", 0.0, 0.0),
    ],
)
def test_evidence_that_a_text_is_a_place(gazetteer: Gazetteer, text: str, least: float, most: float) -> None:
    assert least <= gazetteer.is_place(text) <= most


def test_a_unit_that_the_row_contradicts_is_doubted(gazetteer: Gazetteer) -> None:
    """`xã A, huyện B` where A lies in C, another district of the day."""
    day = date(2024, 6, 30)
    (mention,) = gazetteer.resolve_column(
        [(0, "Xã Bình Thành, huyện Phú Bình")], Scope(day, ("19",))
    ).mentions
    assert mention.unit is None and mention.kind == "ambiguous"


def test_a_number_may_be_the_names_own(gazetteer: Gazetteer) -> None:
    day = date(2025, 9, 30)
    lam_dong = next(u for u in gazetteer.children("", day) if u.name == "Lâm Đồng")
    rows = ["1 Bảo Lộc", "2 Bảo Lộc", "3 Bảo Lộc", "Đơn Dương"]
    found = gazetteer.resolve_column(list(enumerate(rows)), Scope(day, (lam_dong.code,))).mentions
    assert [m.unit.name if m.unit else "" for m in found] == rows


@given(st.lists(st.text(alphabet="abcdeghiklmnopqrstuvxy", min_size=1, max_size=12), min_size=1, max_size=6))
def test_names_compared_together_are_near_what_they_are_near_alone(
    gazetteer: Gazetteer, names: list[str]
) -> None:
    epoch = gazetteer._calendar.epoch(date(2024, 6, 30))
    together, alone = Pool.within(epoch, ("19",)), Pool.within(epoch, ("19",))
    together.compare([read_name(name) for name in names])
    for name in names:
        assert together.near(name) == alone.near(name)

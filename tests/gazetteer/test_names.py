"""Taking written names apart: type words, authorities, agencies, totals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.names import read_name, tight


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("UBND xã Bảo Cường", "xã", "Bảo Cường"),
        ("Ủy ban nhân dân huyện Định Hóa", "huyện", "Định Hóa"),
        ("HĐND&UBND xã Tân Tiến", "xã", "Tân Tiến"),
        ("TT. Chợ Chu", "thị trấn", "Chợ Chu"),
        ("TT Chợ Chu", "thị trấn", "Chợ Chu"),
        ("P.1", "phường", "1"),
        ("P1", "phường", "1"),
        ("Phường 01", "phường", "01"),
        ("P. Bến Nghé", "phường", "Bến Nghé"),
        ("Q.1", "quận", "1"),
        ("H. Củ Chi", "huyện", "Củ Chi"),
        ("TP. Hải Dương", "thành phố", "Hải Dương"),
        ("TX Kinh Môn", "thị xã", "Kinh Môn"),
        ("Thi xa Kinh Mén", "thị xã", "Kinh Mén"),
        ("THÀNH PHỐ CHÍ LINH", "thành phố", "CHÍ LINH"),
        ("12. Xã Ia Krêl", "xã", "Ia Krêl"),
        ("Đặc khu Lý Sơn", "đặc khu", "Lý Sơn"),
        ("Xã Cư M'gar", "xã", "Cư M'gar"),
        ("Thanh Phú", None, "Thanh Phú"),
        ("Phong Phú", None, "Phong Phú"),
        ("Phượng Tiến", None, "Phượng Tiến"),
        ("Tịnh Hà", None, "Tịnh Hà"),
        ("Quản Bạ", None, "Quản Bạ"),
        ("Xà Phìn", None, "Xà Phìn"),
        ("TPHCM", None, "Hồ Chí Minh"),
        ("Thixa Kinh Mon", "thị xã", "Kinh Mon"),
        ("ThixaKinhMon", "thị xã", "Kinh Mon"),
        ("HuyệnBình Giang", "huyện", "Bình Giang"),
        ("# Xã Lam Vỹ", "xã", "Lam Vỹ"),
    ],
)
def test_type_word_and_name(written: str, kind: str | None, name: str) -> None:
    first = read_name(written).readings[0]
    assert (first.type, first.name) == (kind, name)


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("Huyén Tứ Kỳ", "huyện", "Tứ Kỳ"),
        ("thj trấn Chợ Chu", "thị trấn", "Chợ Chu"),
        ("Xâ Lam Vỹ", "xã", "Lam Vỹ"),
    ],
)
def test_a_damaged_type_word_is_one_reading(written: str, kind: str, name: str) -> None:
    assert (kind, name) in {(r.type, r.name) for r in read_name(written).readings}


@pytest.mark.parametrize(
    "written",
    [
        "Sở Y tế",
        "Sở Lao động Thương binh và XH",
        "Sở Nông nghiệp và Phát triển NT",
        "So Tu phap",
        "Phòng Tư pháp - Định Hóa",
        "Phòng Tài chính - Kế hoạch",
        "Văn phòng UBND tỉnh",
        "Ban quản lý Khu Công nghiệp",
        "Công An Tỉnh",
        "Bảo hiểm xã hội tỉnh HD",
        "Chi cục Thuế khu vực",
        "Thanh tra tỉnh",
        "Trung tâm Y tế",
        "S& Tu phap",
        "Phòrg Nội vụ",
        "S& Théng tin va Truyén thong",
        "Bớ Y tế",
        "So Yté",
        "SoYté",
        "Nội vụ",
        "Phòng Lao động-TBXH",
        "Tài chính - Kế hoạch",
        "Ban Quan Iy cac KCN",
        "Nguyễn Thị Hoa Mai",
    ],
)
def test_agencies_stay_agencies(written: str) -> None:
    assert read_name(written).meaning == "agency"


@pytest.mark.parametrize(
    "written",
    [
        "TỔNG SỐ",
        "TỔNG CỘNG TOÀN HUYỆN",
        "Tổng cộng",
        "Cộng",
        "Toàn tỉnh",
        "Tong so",
        "Cấp xã",
        "#",
        "Bình quân",
    ],
)
def test_totals_and_captions_are_no_names(written: str) -> None:
    assert read_name(written).meaning in ("total", "blank")


@pytest.mark.parametrize(
    "name",
    ["Cộng Hòa", "Cộng Hiền", "Toàn Thắng", "Ban Phiệt", "Hội An", "Phong Phú", "Sơ Pai", "Tông Qua Lìn"],
)
def test_names_that_begin_like_captions_stay_names(name: str) -> None:
    assert read_name(name).meaning == "name"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Cư M'gar", "CU MGAR"), ("Phan Rang-Tháp Chàm", "Phan Rang - Tháp Chàm"), ("Phường 01", "phường 1")],
)
def test_keys_forget_marks_case_hyphens_and_leading_zeros(one: str, other: str) -> None:
    assert tight(one) == tight(other)


@given(st.text(max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    written = read_name(text)
    assert bool(written.readings) or written.meaning == "blank"


@pytest.mark.parametrize(
    ("written", "part", "name", "within"),
    [
        ("Tổ 3, phường Him Lam", "Tổ 3", "Him Lam", ""),
        ("Tổ 3 phường Him Lam", "Tổ 3", "Him Lam", ""),
        ("Tổ 12 P.Tân Giang", "Tổ 12", "Tân Giang", ""),
        ("Thôn 2 xã Hòa Thắng TP Buôn Ma Thuột", "Thôn 2", "Hòa Thắng", "TP Buôn Ma Thuột"),
        ("KCN Quang Châu, huyện Việt Yên", "KCN Quang Châu", "Việt Yên", ""),
        ("Bản Giang, huyện Tam Đường", "", "Bản Giang", "huyện Tam Đường"),
        ("Phố Xã Đàn, phường Nam Đồng", "Phố Xã Đàn", "Nam Đồng", ""),
        ("Xã Tượng Sơn, Thạch Hà", "", "Tượng Sơn", "Thạch Hà"),
        ("Cẩm Xuyên (huyện)", "", "Cẩm Xuyên", ""),
        ("Đảng ủy phường Đại Nài", "", "Đại Nài", ""),
        ("HĐND xã Thạch Trung", "", "Thạch Trung", ""),
    ],
)
def test_what_stands_around_a_name(written: str, part: str, name: str, within: str) -> None:
    read = read_name(written)
    assert (read.part, read.readings[0].name, read.within) == (part, name, within)


@pytest.mark.parametrize(
    ("written", "ended"),
    [
        ("xã Mường Đun cũ", True),
        ("huyện Vũ Quang (trước đây)", True),
        ("phường Nam Hà (trước sáp nhập)", True),
        ("Xa Ea Cu", False),
        ("Xã Bản Cù", False),
        ("cũ", False),
    ],
)
def test_a_word_says_that_a_unit_is_no_more(written: str, ended: bool) -> None:
    assert read_name(written).ended is ended

"""Runs of text in legacy encodings: cases, round trips, and what must stay as it is."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.encodings import decode_as, decode_lines, decode_text, encode_text
from normalize.encodings.evidence import Encoding

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộ"
LETTERS += "ờởỡớợùủũúụừửữứựỳỷỹýỵÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬÈẺẼÉẸỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ"
LINES = st.text(alphabet=LETTERS + " .,;:()-/0123456789?'", max_size=80)

CASES = [
    ("tcvn3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("tcvn3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("tcvn3", "Thñ t\u00adíng ChÝnh phñ", "Thủ tướng Chính phủ"),
    ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("vni", "UÛY BAN NHAÂN DAÂN HUYEÄN", "ỦY BAN NHÂN DÂN HUYỆN"),
    ("viqr", "Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("viqr", "huye.^n tie'^p nha.^n ho^` so+", "huyện tiếp nhận hồ sơ"),
    ("vps", "C¶ng hòa xã h¶i chû nghïa ViŒt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("mojibake", "Cá»™ng hÃ²a xÃ£ há»™i", "Cộng hòa xã hội"),
]


@pytest.mark.parametrize(("encoding", "legacy", "expected"), CASES)
def test_an_encoding_is_told_by_its_text(encoding: str, legacy: str, expected: str) -> None:
    found = decode_text(legacy)
    assert (found.text, found.encoding, found.changed) == (expected, encoding, True)


@pytest.mark.parametrize(
    "text",
    [
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Báo cáo tháng 10: 1.554 hồ sơ (98,8%), ± 0,5 µm, 25 °C, 30 m², “trích”, – gạch",
        "Viện Goethe, Genève, Zürich, São Paulo, façade",
        "co quan, don vi, dia phuong di ¢ quan tim cong tac; S¢ Noi vu, H¢ thong ¢6 12 don vi",
        "chwong trinh, dy an phéi h¢p véi B6 Quéc phong xay dung ké hoach vé kinh té",
        "Email: a.b@gov.vn, a^2 + b^2, khoản a(1)",
    ],
)
def test_unicode_text_stays_as_it_is(text: str) -> None:
    found = decode_text(text)
    assert not found.changed
    assert found.text == text


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viqr", "vps"])
@settings(deadline=None)
@given(line=LINES)
def test_any_vietnamese_line_comes_back(encoding: Encoding, line: str) -> None:
    encoded = encode_text(line, encoding)
    assert decode_as(encoded.text, encoding) == encoded.readable
    if encoding in ("vni", "viqr"):
        assert encoded.readable == line
    if encoding == "tcvn3":
        assert encoded.readable.lower() == line.lower()


def test_a_document_in_two_encodings_is_cut_where_it_changes() -> None:
    lines = [
        "Ñieàu 1. Phaïm vi ñieàu chænh",
        "Quy cheá naøy quy ñònh toå chöùc",
        "Nh÷ng quy ®Þnh chung",
        "§iÒu 2. §èi t\u00adîng",
    ]
    assert [d.text for d in decode_lines(lines)] == [
        "Điều 1. Phạm vi điều chỉnh",
        "Quy chế này quy định tổ chức",
        "Những quy định chung",
        "Điều 2. Đối tượng",
    ]


def test_two_encodings_in_one_line() -> None:
    line = "Hå s¬ ®· gi¶i quyÕt tr\u00adíc h¹n theo quy ®Þnh; hồ sơ đã giải quyết đúng hạn ở xã"
    assert decode_text(line).text == (
        "Hồ sơ đã giải quyết trước hạn theo quy định; hồ sơ đã giải quyết đúng hạn ở xã"
    )


def test_plain_lines_take_the_encoding_of_their_neighbours() -> None:
    found = decode_lines(["Tæng sè hå s¬ ®· tiÕp nhËn", "T«i", "gi¶i quyÕt ®óng h¹n"])
    assert [d.text for d in found] == ["Tổng số hồ sơ đã tiếp nhận", "Tôi", "giải quyết đúng hạn"]


def test_decomposed_text_is_composed() -> None:
    text = unicodedata.normalize("NFD", "Thủ tục hành chính, Độc lập")
    found = decode_text(text)
    assert found.text == "Thủ tục hành chính, Độc lập"
    assert found.changed
    assert found.encoding == "unicode"


@pytest.mark.parametrize(
    ("swapped", "expected"),
    [
        ("Thñ t−íng ChÝnh phñ n−íc ta", "Thủ tướng Chính phủ nước ta"),
        ("céng hoµ x∙ héi chñ nghÜa", "cộng hoà xã hội chủ nghĩa"),
        ("nhµ n − íc ViÖt Nam, ® − îc nh − sau", "nhà nước Việt Nam, được như sau"),
        ("x ∙ héi ®∙ h − íng dÉn", "xã hội đã hướng dẫn"),
        ("• Néi dung − H¹n chÕ", "• Nội dung − Hạn chế"),
        ("Thñ t-íng ChÝnh phñ n-íc ta", "Thủ tướng Chính phủ nước ta"),
    ],
)
def test_glyphs_that_pdf_writers_swapped(swapped: str, expected: str) -> None:
    assert decode_text(swapped, font="ABCDEF+.VnTime").text == expected


@pytest.mark.parametrize("font", [".VnTimeH", "FBHPFO+VnTimeHBold", "QWERTY+.VnArialH,Bold", ".VnHelvetInsH"])
def test_a_capital_font_prints_capitals(font: str) -> None:
    assert decode_text("ñy ban nh©n d©n tØnh", font).text == "ỦY BAN NHÂN DÂN TỈNH"


def test_capitals_by_pattern_where_the_font_is_unknown() -> None:
    lines = ["céng hßa x· héi chñ nghÜa viÖt nam", "QUYÕT §ÞNH", "thùc hiÖn nhiÖm vô ®­îc giao"]
    assert [d.text for d in decode_lines(lines)] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "QUYẾT ĐỊNH",
        "thực hiện nhiệm vụ được giao",
    ]
    assert "capitals" in decode_lines(lines)[0].losses


def test_a_unicode_text_in_a_legacy_font_stays() -> None:
    assert decode_text("Thủ tục hành chính được giải quyết", font=".VnTime").text == (
        "Thủ tục hành chính được giải quyết"
    )


def test_viqr_full_stops_without_escapes() -> None:
    assert decode_text("Ddi.nh ky` ba'o ca'o. Ca'c xa~, phu+o+`ng thu+.c hie^.n nhu+ sau.").text == (
        "Định kỳ báo cáo. Các xã, phường thực hiện như sau."
    )

"""Words that one misread letter made others: abbreviations, per-cent signs, headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.readers.line_words import surety
from extract.scan.repairs.abbreviations import SPOKEN
from extract.scan.repairs.headings import mended_headings
from extract.scan.repairs.marks import MarkReader


@pytest.mark.parametrize("short", sorted(SPOKEN))
def test_each_usual_abbreviation_stands_and_has_as_many_syllables_as_letters(short):
    assert len(SPOKEN[short].split()) == len(short)


@pytest.mark.parametrize("unit", ["ha", "tấn", "Hộ", "ca", "nghìn con", "nghìn tấn", "tạ/ha", "quả"])
def test_a_unit_that_stands_alone_stays(unit):
    """No words stand around it; `ha` became `hà`, `tấn` became `tân`, being commoner in the law."""
    assert MarkReader.load().settled([unit.split(" ")]) == [unit.split(" ")]


@pytest.mark.parametrize(
    "text", ["2,5 kg/con", "nặng 60 kg/con, bán hết", "giá 65.000 (đồng/kg)", "45,5 tạ/ha"]
)
def test_a_composed_unit_within_a_text_stays(text):
    """`kg/con` became `kg/côn`."""
    assert MarkReader.load().settled([text.split(" ")]) == [text.split(" ")]


@pytest.mark.parametrize("text", ["Chi ngân sách", "bà Thẳm", "Tống số hồ sơ"])
def test_a_capitalised_word_that_was_surely_read_stays_unless_its_reader_thought_of_another(text):
    words = text.split(" ")
    assert MarkReader.load().settled([words], sureties=[[3.0] * len(words)]) == [words]


def test_a_capitalised_word_whose_reader_was_in_doubt_is_decided_by_the_words_around():
    marks, words = MarkReader.load(), ["Tống", "số", "hồ", "sơ"]
    assert marks.settled([words], sureties=[[0.5, 3.0, 3.0, 3.0]])[0][0] == "Tổng"
    offered = [(("Tổng", 1.0),), (), (), ()]
    assert marks.settled([words], [offered], [[3.0] * 4])[0][0] == "Tổng"


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (["Tỷ lệ\n( )"], ["Tỷ lệ\n(%)"]),
        (["Tỷ lệ đúng hạn ()"], ["Tỷ lệ đúng hạn (%)"]),
        (["Tỷ lệ (/%)"], ["Tỷ lệ (%)"]),
        (["Tỷ lệ giảm (4%), tăng (96)"], ["Tỷ lệ giảm (4%), tăng (96)"]),
        (["Tỉ trọng (0/0)"], ["Tỉ trọng (0/0)"]),
        (["Tỷ lệ (4)", "Tổng số"], ["Tỷ lệ (%)", "Tổng số"]),
        (["Tỷ lệ (4)", "Tổng số (3)"], ["Tỷ lệ (4)", "Tổng số (3)"]),
        (["Tỷ lệ (%)", "(1)"], ["Tỷ lệ (%)", "(1)"]),
        (["Số hồ sơ ()"], ["Số hồ sơ ()"]),
        (["Tăng S0 với kỳ trước"], ["Tăng so với kỳ trước"]),
        (["S0 với kỳ trước"], ["So với kỳ trước"]),
        (["Lô S0"], ["Lô S0"]),
        (["Tỷ lệ (Chỉ tiết tại Phụ lục)"], ["Tỷ lệ (Chi tiết tại Phụ lục)"]),
        (["CHẤM ĐIỂM (CHỈ TIẾT)"], ["CHẤM ĐIỂM (CHI TIẾT)"]),
        (["Tầng (+)/Giám(-)"], ["Tăng (+)/Giảm(-)"]),
        (["Tầng (hầm)"], ["Tầng (hầm)"]),
        (["(Chỉ tính hồ sơ mới)"], ["(Chỉ tính hồ sơ mới)"]),
        (["Năng suất (tạ!hà)", "Diện tích (hà)"], ["Năng suất (tạ/ha)", "Diện tích (ha)"]),
        (["So sánh (@%)", "Thư điện tử (@)"], ["So sánh (%)", "Thư điện tử (@)"]),
        (["Giá đất ở (nghìn đồng/m?)"], ["Giá đất ở (nghìn đồng/m²)"]),
        (
            ["Giá đất ở\n(nghìn đồng/m 2 )", "Diện tích (m°)"],
            ["Giá đất ở\n(nghìn đồng/m²)", "Diện tích (m²)"],
        ),
        (["Giá nước (đồng/m?)", "Giá nước (đồng/m³)"], ["Giá nước (đồng/m?)", "Giá nước (đồng/m³)"]),
        (["Giá đất (đồng/m³)", "Đất san lấp (m)"], ["Giá đất (đồng/m³)", "Đất san lấp (m)"]),
        (["Sản lượng (tấn)", "Huyện Hà (Hà)", "(đi lại)"], ["Sản lượng (tấn)", "Huyện Hà (Hà)", "(đi lại)"]),
    ],
)
def test_headings_are_mended_by_their_words(texts, meant):
    assert mended_headings(texts) == meant


@pytest.fixture(scope="module")
def marks():
    try:
        return MarkReader.load()
    except OSError as error:
        pytest.skip(f"needs the language model: {error}")


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("Trên Cống DVCQG", "Trên Cổng DVCQG"),
        ("Cống DVC quốc gia", "Cổng DVC quốc gia"),
        ("số hồ sơ quá bạn trong kỳ", "số hồ sơ quá hạn trong kỳ"),
        ("Xã Cống Hòa", "Xã Cống Hòa"),
        ("bạn hàng của đơn vị", "bạn hàng của đơn vị"),
    ],
)
def test_what_an_abbreviation_stands_for_is_context_too(marks, read_as, meant):
    assert " ".join(marks.settled([read_as.split()])[0]) == meant


def test_what_the_ink_leaves_open_is_decided_by_the_words_around(marks):
    words = ["trên", "Cống", "dịch", "vụ", "công", "quốc", "gia"]
    others = [(), (("Cổng", 0.6),), (), (), (), (), ()]
    assert marks.settled([words], [others])[0][1] == "Cổng"


def test_a_reading_of_another_length_may_be_called_for_too(marks):
    words = ["giải", "quyêt", "thủ", "tục", "hành", "chínhh"]
    others = [(), (), (), (), (), (("chính", 0.4),)]
    assert marks.settled([words], [others])[0][-1] == "chính"


def test_what_the_ink_makes_unlikely_is_not_called_for(marks):
    words = ["xã", "Hoa", "An"]
    assert marks.settled([words], [[(), (("Hòa", 9.0),), ()]]) == [words]


@pytest.mark.parametrize(
    ("text", "is_word"),
    [
        ("hồ", True),
        ("97,88%", True),
        ("8I1", False),
        ("5.I", False),
        ("TTHC", True),
        ("Tặăng", False),
        ("...", False),
    ],
)
def test_what_counts_as_a_word(marks, text, is_word):
    assert marks.is_word(text) is is_word


def test_a_capital_with_marks_of_its_own_stays_one(marks):
    assert marks.settled([["Điếm", "số", "trục", "nội", "dung"]])[0][0] == "Điểm"


def test_marks_that_a_reader_saw_surely_outweigh_the_words_around():
    words = ["thịt", "lợn", "mông", "sấn", "loại", "3"]
    marks = MarkReader.load()
    assert marks.settled([words])[0][3] != "sấn"
    assert marks.settled([words], sureties=[[10.0] * len(words)]) == [words]
    offered = marks.settled([words], [[(), (), (), (("sân", 0.2),), (), ()]], [[10.0] * len(words)])
    assert offered[0][3] == "sân"  # what its reader offers itself costs no more than it says


@given(st.floats(0.01, 1.0))
def test_a_surer_word_is_worth_more(confidence):
    assert 0 <= surety(confidence * 0.99) <= surety(confidence) < 25

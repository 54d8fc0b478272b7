"""Words that one misread letter made others: abbreviations, per-cent signs, headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.readings import CellReading
from extract.scan.repairs.abbreviations import (
    SPOKEN,
    count_abbreviations,
    misread_letter,
    outvoted,
    settled_abbreviations,
    stutter,
)
from extract.scan.repairs.headings import mended_headings
from extract.scan.repairs.marks import MarkReader
from extract.scan.repairs.order import repaired
from extract.scan.repairs.wording import with_one_wording
from model.geometry import Box
from model.page import Grid, GridCell, PageContent, TextLine, Word


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("Giải quyết TFHC", "Giải quyết TTHC"),
        ("Giải quyết _THC", "Giải quyết TTHC"),
        ("UBNO xã", "UBND xã"),
        ("HDND xã", "HĐND xã"),
        ("OVCQG", "DVCQG"),
        ("CẢI CÁCH TTHG", "CẢI CÁCH TTHC"),
        ("Số 12/QĐ-UBNO", "Số 12/QĐ-UBNO"),
        ("NTN", "NTN"),
        ("TTHC", "TTHC"),
        ("THỐNG KÊ CHUNG", "THỐNG KÊ CHUNG"),
        ("TTH0", "TTH0"),
        ("TNHH", "TNHH"),
    ],
)
def test_abbreviations_a_letter_away_from_a_usual_one_are_written_right(read_as, meant):
    assert settled_abbreviations(read_as) == meant


@given(st.text(alphabet="TFHCDVNBU ĐQG_xãa123./-", max_size=30))
def test_settling_changes_neither_lengths_nor_figures_and_is_done_once(text):
    found = settled_abbreviations(text)
    assert len(found) == len(text)
    assert [c for c in found if c.isdigit()] == [c for c in text if c.isdigit()]
    assert settled_abbreviations(found) == found


@pytest.mark.parametrize("short", sorted(SPOKEN))
def test_each_usual_abbreviation_stands_and_has_as_many_syllables_as_letters(short):
    assert settled_abbreviations(short) == short
    assert len(SPOKEN[short].split()) == len(short)


@pytest.mark.parametrize(
    ("text", "confidence", "meant"),
    [
        ("hồ sơ THC", 0.8, "hồ sơ TTHC"),
        ("hồ sơ DVCTTT", 0.8, "hồ sơ DVCTT"),
        ("hồ sơ THC", 0.97, "hồ sơ THC"),
        ("xã VKX", 0.8, "xã VKX"),
        ("VNPT", 0.8, "VNPT"),
    ],
)
def test_the_spelling_a_document_has_often_wins(text, confidence, meant):
    counts = count_abbreviations(["TTHC và DVCTT"] * 4 + [text])
    assert outvoted(text, confidence, counts) == meant


@pytest.mark.parametrize("unit", ["ha", "tấn", "Hộ", "ca", "nghìn con", "nghìn tấn", "tạ/ha", "quả"])
def test_a_unit_that_stands_alone_stays(unit):
    """No words stand around it; `ha` became `hà`, `tấn` became `tân`, being commoner in the law."""
    assert MarkReader.load().settled([unit.split(" ")]) == [unit.split(" ")]


def test_an_abbreviation_that_stands_twice_is_no_slip():
    assert outvoted("hồ sơ THC", 0.8, count_abbreviations(["TTHC"] * 5 + ["THC", "THC"])) == "hồ sơ THC"


@pytest.mark.parametrize(
    ("read_as", "meant", "one"),
    [("TTHC", "TTHC", False), ("TFHC", "TTHC", True), ("FFHC", "TTHC", False), ("TXHC", "TTHC", False)],
)
def test_misread_letter(read_as, meant, one):
    assert misread_letter(read_as, meant) is one


@pytest.mark.parametrize(("a", "b", "is_one"), [("THC", "TTHC", True), ("TTTHC", "TTHC", True), ("THC", "TAHC", False), ("TT", "TTT", False)])  # fmt: skip
def test_stutter(a, b, is_one):
    assert stutter(a, b) is is_one


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


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("giải quyết\n—THC tỉnh", "giải quyết\nTTHC tỉnh"),
        ("—BND xã", "—BND xã"),
        ("- THC", "- THC"),
        ("—Kết quả", "—Kết quả"),
    ],
)
def test_a_letter_of_which_only_the_bar_is_left_is_read_by_the_others(text, meant):
    assert settled_abbreviations(text) == meant


def test_what_was_read_stays_beside_what_was_mended():
    (found,) = repaired([(0, 5)], [CellReading("Số hóa\nTFHC", 0.8)], None)
    assert found.text == "Số hóa\nTTHC"
    assert [r.text for r in found.alternatives] == ["Số hóa\nTFHC"]


def page_of(text, confidence, source="ocr"):
    """A page with one line and one cell, both of `text`."""
    line = TextLine(
        text, 1, 1, words=tuple(Word(w, Box(0, 0, 1, 1)) for w in text.split()), confidence=confidence
    )
    grid = Grid(1, "ruled", 1, 1, (GridCell(0, 0, text, confidence=confidence),))
    return PageContent(1, 595, 842, source, (line, grid))


def test_a_document_has_one_wording():
    pages = with_one_wording([*[page_of("Số hồ sơ TTHC", 0.95)] * 3, page_of("Số hồ sơ", 0.9), odd_page()])
    (cell,) = pages[-1].grids[0].cells
    assert cell.text == "Nộp TTHC TTHC"
    assert [r.text for r in cell.alternatives] == ["Nộp THC TTHC"]
    assert pages[0] == page_of("Số hồ sơ TTHC", 0.95)


def odd_page():
    """A page whose one cell misreads an abbreviation once."""
    grid = Grid(1, "ruled", 1, 1, (GridCell(0, 0, "Nộp THC TTHC", confidence=0.8),))
    return PageContent(2, 595, 842, "ocr", (grid,))


def test_a_line_and_its_words_are_mended_together():
    line = page_of("Số hồ sơ THC", 0.8).lines[0]
    odd = PageContent(2, 595, 842, "ocr", (line,))
    (mended,) = with_one_wording([*[page_of("Số hồ sơ TTHC", 0.95)] * 3, odd])[-1].lines
    assert mended.text == "Số hồ sơ TTHC"
    assert [w.text for w in mended.words] == ["Số", "hồ", "sơ", "TTHC"]


@pytest.mark.parametrize("source", ["text", "text-layer"])
def test_what_was_not_read_from_a_picture_stands(source):
    pages = [*[page_of("TTHC", 0.95)] * 3, page_of("hồ sơ THC", 0.8, source)]
    assert with_one_wording(pages)[-1] == pages[-1]


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

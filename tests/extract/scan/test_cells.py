"""Cells on scanned pages: where their ink is, who reads them, whose reading stands."""

import cv2
import numpy as np
import pytest

from extract.scan.cells import CellInk, inked_bounds, numeric_cells, read_cells, reads_upright, surer
from extract.scan.figures import is_dash_shape, sure_dash, two_readers, weigh, with_border
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.montage import Piece
from extract.scan.readers.numbers.reader import NumberReading
from extract.scan.readings import CellReading, Readers, is_figure_print, page_reading, without_slips
from model.page import Reading


def page(text, confidence=0.95):
    return CellReading(text, confidence, engine="tesseract")


def own(text, confidence, rejected=False):
    return NumberReading(text, confidence, (Reading("9", 3.0, "numbers"),), rejected)


@pytest.mark.parametrize(
    ("vie", "numbers", "eng", "text", "doubtful"),
    [
        (page("1.250"), own("1.250", 0.99), None, "1.250", False),
        (page("1.25O"), own("1.250", 0.99), page("1.250"), "1.250", False),
        (page("12"), own("2", 0.99), page("12"), "12", True),  # two against one, yet somebody should look
        (page("12"), own("2", 0.99), page("72"), "2", True),
        (page("15"), own("1,5", 0.98), page("15"), "1,5", True),  # one network's eye for marks, twice
        (page("15"), own("1,5", 0.9), page("15"), "15", True),
        (page("431207765\n8"), own("431207765", 0.99), page("431207765"), "431207765", True),  # a faint rest
        (page("x"), own("", 0.0, True), None, "x", False),
        (page("Không"), own("", 0.0, True), None, "Không", False),
        (page("Không", 0.5), own("1", 0.4), page("1"), "1", True),
        (page("Không", 0.5), own("1", 0.4), page("7"), "Không", True),
        (page("4)"), own("", 0.0, True), page("41"), "4)", True),
        (page("", 0.0), own("-", 0.98), None, "-", False),
        (page("Œ", 0.1), own("8", 0.999), None, "8", False),
        (page("a)", 0.9), own(")", 0.99), None, "a)", False),
    ],
)
def test_whose_reading_stands(vie, numbers, eng, text, doubtful):
    found = weigh(vie, numbers, eng)
    assert (found.text, found.doubtful) == (text, doubtful)
    if found.doubtful:
        assert found.alternatives


@pytest.mark.parametrize(("read", "sure"), [("II", True), ("III.", True), ("I", False), ("VI", False)])
def test_bars_that_the_number_reader_passes_over_are_a_numeral(read, sure):
    assert (weigh(page(read, 0.83), own("", 0.0, True), None).confidence > 0.9) == sure
    assert weigh(page(read, 0.83), own("", 0.9), None).confidence == 0.83  # an empty strip is no word of it


def test_two_readers_that_differ_keep_both_readings():
    found = weigh(page("984"), own("934", 0.9), page("964"))
    assert found.doubtful
    assert {"984", "964"} <= {r.text for r in found.alternatives}


@pytest.mark.parametrize(
    ("vie", "eng", "text", "doubtful"),
    [
        ("384", "384", "384", False),
        ("3S4", "384", "384", True),
        ("Không", "4", "Không", False),
        ("8", "", "8", False),
    ],
)
def test_without_the_number_reader_two_languages_must_agree(vie, eng, text, doubtful):
    found = two_readers(page(vie, 0.9), page(eng, 0.9))
    assert (found.text, found.doubtful) == (text, doubtful)


@pytest.mark.parametrize(
    ("text", "numeric"),
    [("1.250", True), ("97,5%", True), ("-5,1", True), ("+ 3,8", True), ("12\n45", True), ("(9)=(8)/(6)", True),
     ("31/10/2024", True), ("Xã 1", False), ("x", False), ("", False), ("-", False)],
)  # fmt: skip
def test_what_looks_like_a_figure(text, numeric):
    assert is_figure_print(text) is numeric


def test_a_text_in_a_column_of_figures_is_still_asked_for_as_a_figure():
    cells = [CellInk(r, 2, (0, 0, 9, 9)) for r in range(6)]
    readings = [page(t) for t in ("Tổng số hồ sơ tiếp nhận", "12", "4O", "x", "7", "90")]
    assert numeric_cells(cells, readings, 0.82) == [1, 2, 3, 4, 5]


def test_the_dot_below_belongs_to_its_word():
    """`Dạ Trạch` came out as `Da Trach`: the dot was passed over as dust and cut off."""
    ink = np.zeros((100, 300), np.uint8)
    ink[30:58, 40:200] = 255
    ink[64:68, 100:104] = 255
    assert inked_bounds(ink, (0, 0, 300, 100), 30.0) == (40, 30, 200, 68)


def test_rests_of_rules_and_dust_make_no_ink():
    ink = np.zeros((100, 300), np.uint8)
    ink[10:90, 5:8] = 255
    ink[50:52, 150:152] = 255
    assert inked_bounds(ink, (0, 0, 300, 100), 30.0) is None


def test_words_of_a_cell_keep_their_lines():
    words = [
        OcrWord("hạn", 60, 40, 90, 60, 0.9, (1, 1, 2)),
        OcrWord("Đúng", 0, 0, 40, 20, 0.9, (1, 1, 1)),
        OcrWord("và", 50, 0, 70, 20, 0.9, (1, 1, 1)),
        OcrWord("trước", 0, 40, 50, 60, 0.9, (1, 1, 2)),
    ]
    assert page_reading(words, "tesseract").text == "Đúng và\ntrước hạn"
    assert page_reading([], "tesseract").text == ""


def test_the_surer_of_two_readings_keeps_the_other_beside_it():
    found = surer(page("Xa Hoa", 0.5), page("Xã Hòa", 0.9))
    assert found.text == "Xã Hòa" and found.alternatives[0].text == "Xa Hoa" and not found.doubtful
    assert surer(page("Xã", 0.4), page("Xó", 0.3)).doubtful


@pytest.mark.parametrize(
    ("height", "width", "dash"), [(5, 20, True), (5, 6, False), (30, 60, False), (6, 200, False)]
)
def test_a_lone_dash_is_known_by_its_shape(height, width, dash):
    assert is_dash_shape(Piece(np.zeros((height + 6, width + 6), np.uint8), 0, 0)) is dash


def test_a_cell_no_engine_can_read_is_kept_as_an_empty_reading_of_no_confidence(no_engine):
    picture = np.full((200, 400), 255, np.uint8)
    cv2.putText(picture, "?", (50, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 5)
    cells = [CellInk(0, 0, (40, 60, 120, 130))]
    found = read_cells(picture, cells, [[]], Readers(no_engine, None), 30.0)
    assert found[0].text == "" and found[0].confidence < 0.5


@pytest.mark.parametrize(
    ("text", "upright"),
    [
        ("Thông tư sô 02 của Bộ trưởng Bộ Tu phaạp bạn hành", True),
        ("lÀ ui Ệ ñJ 1Ị ắu0 Ị2 ưa ợ8 ¬1 oẸ ầu", False),
        ("Tổng số hồ sơ", False),  # too few to tell
    ],
)
def test_words_of_the_language_stand_upright(text, upright):
    known = {"thông", "tư", "của", "bộ", "trưởng", "bạn", "hành", "tổng", "số", "hồ", "sơ"}
    words = [OcrWord(word, 0, 0, 10, 10, 0.4, (1, 1, 1)) for word in text.split()]
    assert reads_upright(words, lambda word: word.lower() in known) == upright


def test_a_border_is_white_all_round():
    framed = with_border(np.zeros((4, 5), np.uint8), 3)
    assert framed.shape == (10, 11) and (framed[0] == 255).all() and (framed[:, -1] == 255).all()


@pytest.mark.parametrize(
    ("read", "meant"),
    [("~2,7%", "-2,7%"), ("s0 với", "so với"), ("khu §", "khu 8"), ("1⁄1", "1/1"), ("Ngô G1a Tự", "Ngô Gia Tự"),
     ("H20", "H20"), ("200m0", "200m0"), ("m2", "m2"), ("phường 1", "phường 1"), ("a ~ b", "a ~ b"),
     ("tại Phụ lục số HI)", "tại Phụ lục số III)"), ("PHỤ LỤC H", "PHỤ LỤC II"), ("Mục H", "Mục H"),
     ("số 93/2000/0H14", "số 93/2000/QH14"), ("7/2010/0Đ-UBND", "7/2010/QĐ-UBND"), ("1/01", "1/01"),
     ("02/2020/11-\nBTP", "02/2020/TT-\nBTP"), ("10/2020/11-12", "10/2020/11-12"),
     ("1.000562.000.H S3", "1.000562.000.H S3"), ("00.00.HS3", "00.00.H53"),
     ("tại khoản l Điều I Luật", "tại khoản 1 Điều 1 Luật"),
     ("Quý|", "Quý I"), ("Khu vực |", "Khu vực I"), ("Tổng|", "Tổng|"), ("Quý|I", "Quý|I"),
     ("Điều lệ", "Điều lệ"), ("khoản II", "khoản II"), ("cong. 8OV.Vn;", "cong. gov.vn;"), ("a.gov.vn", "a.gov.vn")],
)  # fmt: skip
def test_slips_of_the_engine_are_undone_and_nothing_else(read, meant):
    assert without_slips(read) == meant


@pytest.mark.parametrize(
    ("read", "text"), [("ˆ", "-"), ("~", "-"), ("", "-"), ("-", "-"), ("1", "1"), ("e", "e")]
)
def test_a_flat_stroke_is_a_dash_unless_a_letter_or_figure_was_seen(read, text):
    found = sure_dash(page(read, 0.9))
    assert found.text == text
    assert found.text == read or not read or read in {r.text for r in found.alternatives}


def test_a_few_signs_with_one_letter_are_read_as_figures_whatever_their_column():
    texts = ["Xã An", "I", "Tổng số", "ˆ", "Không", "Có", "II", "Đạt", "Hộ"]
    cells = [CellInk(r, 0, (0, 0, 40, 30)) for r in range(len(texts))]
    assert numeric_cells(cells, [page(text) for text in texts], 0.82) == [1, 3, 6]

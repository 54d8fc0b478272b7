"""Figures inside words, read a second time: where they stand, whose word counts, what stays doubtful."""

import re

import cv2
import numpy as np
import pytest

from extract.scan.cells import CellInk, read_cells, surer
from extract.scan.lines.print_lines import PrintLine
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.figure_runs import figures_of, is_roman_year, says, spans
from extract.scan.readers.line_network.alphabet import NEVER_PRINTED, without_unprinted
from extract.scan.readers.line_network.traineddata import Lstm, TextNetwork
from extract.scan.readers.numbers.reader import NumberReading
from extract.scan.readers.word_figures import PrintedWord, agreed, with_second_reading
from extract.scan.readings import CellReading, Readers, page_reading
from model.page import Reading


def word(text, confidence=0.95):
    return OcrWord(text, 0, 0, 20 * len(text), 30, confidence, (0, 0, 0))


def seen(text, confidence=0.99):
    return NumberReading(text, confidence if text else 0.0, (), not text)


def known(text):
    return text.lower() in {"ngày", "do", "ô", "là", "ó"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("15", ["15"]),
        ("(15,", ["15"]),
        ("57/2024/TT-BYT", ["57/2024"]),
        ("251C,", ["251"]),
        ("25I1C", ["25I1"]),
        ("1.012289.000.H53", ["1.012289.000", "53"]),
        ("l8", ["l8"]),
        ("Ó,", ["Ó"]),
        ("I", ["I"]),
        ("llễ", ["llễ"]),
        ("lễ", ["lễ"]),  # no word that is known here
        ("là", []),
        ("do", []),
        ("ngày", []),
        ("NĐ-CP", []),
        ("", []),
        ("-", []),
        ("371/2013/QĐ-UBND", ["371/2013"]),  # a Q that begins a symbol is no 0
        ("163/2010/QH14,", ["163/2010", "14"]),
        ("TTHl4", ["l4"]),
        ("8B,", ["8"]),  # a house
        ("6Ú", ["6Ú"]),
        ("5?/2024/TTBYT", ["5?/2024"]),
        ("-0<4", ["0<4"]),
        ("024ỏ0287120", ["024ỏ0287120"]),
        ("3]", ["3]"]),
        ("[3]", ["3"]),
        ("Km65+439,", ["65+439"]),
        ("12lần", ["12"]),
        ("Kmó2+800", ["ó2+800"]),  # the letters make no word: a 6
        ("là2", ["2"]),  # a word and the mark of a note
        ("ó", ["ó"]),  # a word, and what a lone 6 is read as
        ("ù", ["ù"]),
        ("II", ["II"]),  # a numeral or two ones: the number reader can tell
    ],
)
def test_where_figures_stand_in_a_word(text, found):
    assert [text[a:b] for a, b in spans(text, known)] == found


@pytest.mark.parametrize(
    ("read", "confidence", "number", "text", "figures"),
    [
        ("15", 0.95, seen("15"), "15", "confirmed"),
        ("I1", 0.95, seen("11"), "11", "confirmed"),
        ("I1", 0.95, seen("11", 0.6), "11", "doubtful"),
        ("l8", 0.9, seen("15"), "15", "confirmed"),  # the number reader takes no figure for another so surely
        ("l8", 0.9, seen("15", 0.9), "15", "doubtful"),
        ("l8", 0.9, seen("15", 0.6), "l8", "doubtful"),
        ("37", 0.96, seen("57"), "57", "confirmed"),
        ("37", 0.96, seen("57", 0.9), "57", "confirmed"),
        ("37", 0.92, seen("57"), "57", "confirmed"),
        ("37", 0.92, seen("57", 0.8), "57", "doubtful"),
        ("37", 0.92, seen("57", 0.6), "37", "doubtful"),
        ("37", 0.99, seen("57", 0.6), "37", "confirmed"),
        ("25I1", 0.8, seen("251", 0.8), "251", "confirmed"),  # a stroke read twice
        ("2!2!2006", 0.9, seen("2/2/2006"), "2/2/2006", "confirmed"),
        ("332/2020", 0.8, seen("20"), "332/2020", "doubtful"),
        ("8144", 0.9, seen("81/44"), "81/44", "confirmed"),
        ("56%", 0.99, seen("5,6%"), "5,6%", "confirmed"),
        ("5,6%", 0.99, seen("56%"), "5,6%", "confirmed"),
        ("81.4", 0.9, seen("81,4"), "81.4", "confirmed"),  # marks are the column's to tell
        ("37", 0.3, seen("57"), "57", "doubtful"),  # nothing is sure in such ink
        ("344,2", 0.99, seen("44,2"), "344,2", "confirmed"),  # readers lose figures, and make none up
        ("50/72", 0.9, seen("50/"), "50/72", "doubtful"),
        ("6,73%", 0.9, seen("6,7%"), "6,7%", "doubtful"),  # half a percent sign read as a figure
        ("198", 0.98, seen("1998"), "1998", "confirmed"),
        ("37", 0.9, seen(""), "37", "doubtful"),  # nobody else saw a figure
        ("37", 0.99, seen(""), "37", "confirmed"),
        ("3]", 0.95, seen(""), "3]", "doubtful"),
        ("Ó", 0.9, seen("6"), "6", "confirmed"),
        ("Ó", 0.9, seen(""), "Ó", ""),
        ("I", 0.83, seen("1"), "1", "confirmed"),
        ("I", 0.83, seen("1", 0.5), "1", "doubtful"),
        ("I", 0.83, seen(""), "I", ""),
        ("LÙ", 0.86, seen("10"), "10", "confirmed"),
        ("óno", 0.7, seen("00", 0.6), "óno", ""),
        ("TT", 0.9, seen(""), "TT", ""),
        ("ó", 1.0, seen("6"), "6", "confirmed"),
        ("ù", 1.0, seen("2"), "2", "confirmed"),
        ("ù", 1.0, seen("2", 0.9), "ù", ""),
        ("o", 0.9, seen("0"), "o", ""),  # the mark of a list, which looks like a 0
        ("ị", 0.9, seen("1"), "ị", ""),
        ("y", 0.9, seen(""), "y", ""),
        ("022020", 0.1, seen("02/2020", 0.8), "02/2020", "confirmed"),  # marks lost in bad ink
    ],
)
def test_whose_figures_stand(read, confidence, number, text, figures):
    found = agreed(word(read, confidence), 0, len(read), number)
    assert (found.text, found.figures) == (text, figures)
    if found.figures == "doubtful":  # it says what else may stand there: without that nobody would be told
        assert any(re.findall(r"\d+", other) != re.findall(r"\d+", text) for other, _ in found.others)
    if figures_of(read) != figures_of(number.text) and not says(read, number.text) and figures:
        assert {found.text, *(t for t, _ in found.others)} >= {read} or not number.text


def test_letters_around_figures_stay():
    assert agreed(word("25I1C"), 0, 4, seen("251")).text == "251C"


@pytest.mark.parametrize(
    ("read", "confidence", "number", "cut", "text", "figures"),
    [
        ("02/2020", 0.9, "02/2020", (False, True), "02/2020", "confirmed"),
        ("02/2020", 0.9, "02/202", (False, True), "02/2020", "doubtful"),
        ("02/2020", 0.99, "02/202", (False, True), "02/2020", "confirmed"),  # the cut went through a figure
        (
            "02/2020",
            0.9,
            "02/2020/1",
            (False, True),
            "02/2020",
            "confirmed",
        ),  # or took a letter's stroke along
        ("02/2020", 0.9, "2/2020", (False, True), "2/2020", "doubtful"),  # on this side nothing was cut
        ("02/2020", 0.9, "02/2026", (True, False), "02/2026", "confirmed"),
        ("02/2020", 0.99, "02/2026", (True, True), "02/2020", "confirmed"),
        ("53", 0.9, "153", (True, False), "53", "confirmed"),
    ],
)
def test_figures_cut_from_letters(read, confidence, number, cut, text, figures):
    found = agreed(word("A" + read + "-BTP", confidence), 1, 1 + len(read), seen(number), cut)
    assert (found.text, found.figures) == (f"A{text}-BTP", figures)


class Numbers:
    """Reads every cut-out as the same figure, and keeps the widths it was shown."""

    def __init__(self, text):
        self.text, self.widths = text, []

    def read(self, crops):
        self.widths += [crop.shape[1] for crop in crops]
        return [seen(self.text) for _ in crops]


def test_a_run_among_letters_is_cut_where_its_signs_were_seen():
    parts = np.array([(x, 0, 14, 30, 300) for x in (0, 20, 40, 60)], np.int32)  # `16CP`
    line = PrintLine(0, 30, parts, 30, 20)
    printed = PrintedWord(
        OcrWord("16CP", 100, 50, 174, 80, 0.9, (0, 0, 0)), line, (100, 50), (4.0, 24.0, 44.0, 64.0)
    )
    numbers = Numbers("16")
    (found,) = with_second_reading([printed], np.full((200, 400), 255, np.uint8), numbers, known)
    assert found.text == "16CP" and found.figures == "confirmed"
    assert numbers.widths == [37 + 2 * 3 + 2 * 16]  # up to the middle of the gap before the C


@pytest.mark.parametrize(
    ("read", "confidence", "asked"), [("15", 0.99, 0), ("15", 0.9, 1), ("l5", 0.99, 1), ("ngày", 0.2, 0)]
)
def test_what_was_read_surely_is_not_read_twice(read, confidence, asked):
    line = PrintLine(0, 30, np.array([[0, 0, 40, 30, 300]], np.int32), 30, 20)
    numbers = Numbers("15")
    picture = np.full((100, 400), 255, np.uint8)
    with_second_reading(
        [PrintedWord(word(read, confidence), line, (0, 0), ())], picture, numbers, known, 0.98
    )
    assert len(numbers.widths) == asked


@pytest.mark.parametrize(
    ("read", "confidence", "asked"),
    [("LÙ", 0.9, 1), ("LÙ", 0.99, 0), ("là", 0.5, 0), ("ˆca", 0.5, 1), ("Sở Y", 0.5, 0)],
)
def test_a_short_word_that_was_not_read_surely_may_be_a_figure(read, confidence, asked):
    line = PrintLine(0, 30, np.array([[0, 0, 40, 30, 300]], np.int32), 30, 20)
    numbers = Numbers("10")
    picture = np.full((100, 400), 255, np.uint8)
    with_second_reading([PrintedWord(word(read, confidence), line, (0, 0), ())], picture, numbers, known)
    assert len(numbers.widths) == asked


def test_signs_that_are_never_printed_are_out_of_reach():
    signs = ("", "8", "§", "a")
    weights = np.zeros((4, 3), np.float32)
    layer = Lstm(weights, weights, weights, weights, False)
    masked = without_unprinted(TextNetwork(36, weights, (3, 3), layer, (), weights, signs, 0))
    assert masked.output[2, -1] < -1000 and (masked.output[[0, 1, 3], -1] == 0).all()
    assert {"§", "⁄", "‡", "†"} <= NEVER_PRINTED and not NEVER_PRINTED & set("0123456789/%đĐêơ")


def text(read, confidence, figures="", others=()):
    return CellReading(read, confidence, tuple(others), figures == "doubtful", "tesseract", figures)


def test_the_more_confident_reading_does_not_silence_the_figures_of_the_other():
    found = surer(text("Sau 15 ngày", 0.7), text("Sau l8 ngày", 0.95))
    assert found.text == "Sau l8 ngày" and found.doubtful and found.figures == "doubtful"
    assert [r.text for r in found.alternatives] == ["Sau 15 ngày"]


def test_figures_that_two_readers_gave_stay_in_the_words_of_the_surer_one():
    found = surer(text("Sau 15 ngìy", 0.7, "confirmed"), text("Sau 18 ngày", 0.95))
    assert (found.text, found.doubtful) == ("Sau 15 ngày", False)
    kept = surer(text("Sau 15 ngày", 0.7, "confirmed"), text("Sau ngày", 0.95))
    assert (kept.text, kept.doubtful) == ("Sau 15 ngày", False)


def test_one_doubtful_figure_does_not_give_away_the_others_of_its_text():
    first = text("mục 3, 4, 5, 6\nvà 1l", 0.6, "doubtful", [Reading("mục 3, 4, 5, 6\nvà 11", 1.0, "numbers")])
    shifted = surer(first, text("mục 3, 4, 3, Ó\nvà 1, 1", 0.9))
    assert (shifted.text, shifted.doubtful) == (first.text, True)  # as many figures, on other lines
    mixed = surer(text("1.000562.00.\n10 ngày", 0.1, "confirmed"), text("I.1S000562.00.\nL10 ngày", 0.6))
    assert mixed.text == "1.000562.00.\n10 ngày"
    borne_out = surer(first, text("muc 3, 4, 5, 6\nvà 11", 0.9))
    assert (borne_out.text, borne_out.doubtful) == ("muc 3, 4, 5, 6\nvà 11", False)


def test_a_third_reader_that_agrees_settles_a_doubt():
    doubted = text("khu 8", 0.7, "doubtful", [Reading("khu 3", 1.0, "numbers")])
    assert not surer(doubted, text("khu 8", 0.9)).doubtful
    assert not surer(doubted, text("Khu 8", 0.9)).doubtful
    assert surer(doubted, text("khu 6", 0.9)).doubtful


@pytest.mark.parametrize(
    ("second", "meant"),
    [
        ("Lĩnh vực I", "Lĩnh vực I"),
        ("Lĩnh vực l", "Lĩnh vực I"),  # alone among words
        ("Linh vuc I", "Lĩnh vực I"),  # its other words are not wanted
        ("Lĩnh vực", "Lĩnh vực "),
    ],
)
def test_a_numeral_that_was_taken_for_a_one_is_not_lost(second, meant):
    first = text("Lĩnh vực 1", 0.76, "doubtful", [Reading("Lĩnh vực ", 1.0, "numbers")])
    found = surer(first, text(second, 0.7))
    assert (found.text, found.doubtful) == (meant, False)


def test_a_text_says_which_of_its_figures_are_doubtful():
    words = [
        OcrWord("Sau", 0, 0, 30, 20, 0.9, (1, 1, 1)),
        OcrWord("15", 40, 0, 60, 20, 0.9, (1, 1, 1), (("18", 1.0),), "doubtful"),
        OcrWord("ngày", 0, 40, 50, 60, 0.9, (1, 1, 2)),
    ]
    found = page_reading(words, "tesseract")
    assert found.doubtful and found.figures == "doubtful"
    assert [(r.text, r.engine) for r in found.alternatives] == [("Sau 18\nngày", "numbers")]


@pytest.mark.parametrize("name", ["tesseract", "another"])
def test_weak_cells_are_read_again_whatever_the_engine_is_called(line_engine_class, name):
    picture = np.full((200, 600), 255, np.uint8)
    cv2.putText(picture, "Xa", (50, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 5)
    cv2.putText(picture, "7", (350, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 5)
    engine = line_engine_class(["7"], name=name)
    cells = [CellInk(0, 0, (40, 60, 150, 130)), CellInk(0, 1, (340, 60, 400, 130))]
    words = [
        [OcrWord("Uyqbannhqn", 50, 70, 140, 120, 0.3, (1, 1, 1))],
        [OcrWord("?", 350, 70, 390, 120, 0.3, (1, 1, 2))],
    ]
    found = read_cells(picture, cells, words, Readers(engine, None), 40.0)
    assert found[1].text == "7"
    assert len(engine.shown) >= 2  # the figure as one, and the weak words again
    assert all(r.engine.startswith(name) for r in found)


@pytest.mark.parametrize(("weak", "again"), [(0.82, 0), (0.95, 1)])
def test_every_engine_has_its_own_bound_below_which_it_is_asked_again(line_engine_class, weak, again):
    picture = np.full((200, 600), 255, np.uint8)
    cv2.putText(picture, "Xa", (50, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 5)
    engine = line_engine_class(["Uỷ ban nhân dân"], name="another", weak=weak)
    words = [
        [
            OcrWord("Ủy", 50, 70, 90, 120, 0.9, (1, 1, 1)),
            OcrWord("ban nhân", 95, 70, 140, 120, 0.9, (1, 1, 1)),
        ]
    ]
    read_cells(picture, [CellInk(0, 0, (40, 60, 150, 130))], words, Readers(engine, None), 40.0)
    assert len(engine.shown) == again


class OneNumber:
    """A number reader that reads the same in every strip."""

    def __init__(self, text, confidence):
        self._reading = NumberReading(text, confidence, (), False)

    def read(self, crops):
        return [self._reading for _ in crops]


def test_a_figure_on_which_readers_differ_is_no_surer_when_one_of_them_repeats_itself(line_engine_class):
    """`1,5` was read `15` by two of three, then once more by one of the two, and bore no doubt any more."""
    picture = np.full((200, 300), 255, np.uint8)
    cv2.putText(picture, "15", (50, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 5)
    engine = line_engine_class(["15", "15", "15"])
    words = [[OcrWord("15", 50, 70, 120, 120, 0.6, (1, 1, 1))]]
    readers = Readers(engine, OneNumber("1,5", 0.9))
    (found,) = read_cells(picture, [CellInk(0, 0, (40, 60, 150, 130))], words, readers, 40.0)
    assert found.text == "15" and found.doubtful
    assert "1,5" in {r.text for r in found.alternatives}


@pytest.mark.parametrize(
    ("said", "seen", "kept"),
    [
        ("II/2023", "1/2023", True),
        ("II/2023", "/2023", True),
        ("III/2024", "11/2024", True),
        ("II/2023", "11/2023", False),  # it may be a month
        ("II/2023", "1/2028", False),
        ("I1/2023", "1/2023", False),
        ("12/2023", "1/2023", False),
    ],
)
def test_a_quarter_in_roman_numerals_is_no_figure_with_a_lost_stroke(said, seen, kept):
    assert is_roman_year(said, seen) is kept
    if kept:
        word = OcrWord(said, 0, 0, 130, 40, 0.8, (0, 0, 0))
        found = agreed(word, 0, len(said), NumberReading(seen, 0.9, (), False))
        assert (found.text, found.figures) == (said, "confirmed")

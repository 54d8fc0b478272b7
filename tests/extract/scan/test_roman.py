"""Roman numerals told by their bars."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.scan.lines.page_lines import is_read
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.sheet import Sheet
from extract.scan.readers.engine import OcrWord
from extract.scan.repairs.roman import count_bars, with_numerals
from tests.fonts import fonts_with

FONTS = fonts_with("IVXHTUĐNhuyện1lỊ")


def drawn(path, text, size=44):
    font = ImageFont.truetype(str(path), size)
    image = Image.new("L", (int(font.getlength(text)) + 20, 2 * size), 255)
    ImageDraw.Draw(image).text((10, size // 3), text, font=font, fill=0)
    return np.asarray(image, np.uint8).copy()


def read(picture, text, confidence=0.6):
    rows, columns = np.flatnonzero((picture < 128).any(axis=1)), np.flatnonzero((picture < 128).any(axis=0))
    word = OcrWord(text, columns[0], rows[0], columns[-1] + 1, rows[-1] + 1, confidence, (0, 0, 0))
    (found,) = with_numerals([word], picture, 128)
    return found


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(
    ("printed", "misread", "meant"),
    [
        ("II", "H", "II"),
        ("III", "IH", "III"),
        ("III", "II", "III"),
        ("II", "I", "II"),
        ("VII", "VH", "VII"),
        ("VI", "VỊ", "VI"),
        ("XIII", "XIH", "XIII"),
        ("H", "H", "H"),
    ],
)
def test_bars_say_what_the_numeral_is(font, printed, misread, meant):
    found = read(drawn(font, printed), misread)
    assert found.text == meant
    assert found.text == misread or misread in {text for text, _ in found.others}


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(
    "text", ["11", "IV", "IX", "VỊ", "Ị", "II)", "HTX", "TH", "Huyện", "l", "V", "X", "HĐND", "1"]
)
def test_what_is_no_such_numeral_is_left_alone(font, text):
    assert read(drawn(font, text), text).text == text


def test_there_is_a_font_to_draw_them_in():
    assert FONTS, "needs Liberation 2 or DejaVu"


def test_a_numeral_that_its_bars_bear_out_is_sure():
    assert read(drawn(FONTS[0], "VIII"), "VIII", 0.4).confidence >= 0.9


def test_bars_alone_may_be_ones_and_are_never_sure():
    assert read(drawn(FONTS[0], "11"), "II", 0.99).confidence < 0.85
    assert read(drawn(FONTS[0], "II"), "II", 0.99).confidence < 0.85


def test_no_ink_has_no_bars():
    assert count_bars(np.zeros((30, 20), np.uint8)) == 0
    assert count_bars(np.zeros((0, 0), np.uint8)) == 0


def test_the_thick_arm_of_a_bold_v_is_no_bar():
    image = Image.new("L", (60, 40), 255)
    draw = ImageDraw.Draw(image)
    draw.polygon([(1, 2), (11, 2), (19, 36), (14, 36)], fill=0)  # over two columns all through the middle
    draw.line([(17, 35), (28, 3)], fill=0, width=4)
    draw.rectangle([40, 2, 49, 36], fill=0)
    picture = np.asarray(image, np.uint8).copy()
    assert read(picture, "VI").text == "VI"
    assert read(picture, "VII").text == "VI"


@pytest.mark.parametrize(("bars", "read"), [(2, True), (1, True), (0, False)])
def test_bars_alone_that_a_reader_of_letters_made_nothing_of_are_read(bars, read):
    picture = np.full((80, 80), 255, np.uint8)
    for k in range(bars):
        picture[20:60, 20 + 12 * k : 25 + 12 * k] = 0
    sheet = Sheet(picture, Frame.of_picture(80, 80, 20.0, 20.0), 300.0, 20.0, 20.0)
    word = OcrWord("I", 18, 20, 42, 60, 0.05, (0, 0, 0))
    assert is_read([word], sheet) is read
    assert not is_read([replace(word, text="~")], sheet)
    assert is_read([replace(word, text="Số hóa")], sheet)

from extract.scan.figures import weigh
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.numbers.reader import NumberReading
from extract.scan.readings import CellReading, page_reading, printed_lines


def word(text, x0, y0, piece, width=40, height=20):
    return OcrWord(text, x0, y0, x0 + width, y0 + height, 0.9, (1, 1, piece))


def test_pieces_of_one_printed_line_stand_in_their_order_whatever_their_marks():
    # `Nghị` begins lower than `định số`, which carries taller marks
    words = [word("Nghị", 0, 4, 1), word("định", 50, 0, 2), word("số", 100, 0, 2), word("130", 0, 32, 3)]
    assert page_reading(words, "tesseract").text == "Nghị định số\n130"


def test_a_piece_within_a_wide_blank_of_its_line_is_of_that_line():
    # justified words stand further apart than columns, and each piece was read by itself
    words = [word("Thông", 0, 0, 1), word("về", 120, 1, 2), word("tin", 60, 3, 3), word("thủ", 0, 30, 4)]
    assert page_reading(words, "tesseract").text == "Thông tin về\nthủ"


def test_lines_set_tight_stay_lines():
    words = [word("trên", 0, 0, 1), word("dưới", 0, 16, 2)]
    assert [[w.text for w in line] for line in printed_lines(words)] == [["trên"], ["dưới"]]


def test_a_step_down_to_the_right_is_two_lines():
    words = [word("một", 0, 0, 1), word("hai", 60, 14, 2)]
    assert page_reading(words, "tesseract").text == "một\nhai"


def test_a_code_with_letters_is_not_cut_to_its_figures():
    page = CellReading("1.098765.H43", 0.9, engine="tesseract")
    own = NumberReading("1.098765", 0.97, (), False)
    assert weigh(page, own, CellReading("1.098765.H4S", 0.5)).text == "1.098765.H43"
    assert weigh(page, own, None).text == "1.098765.H43"

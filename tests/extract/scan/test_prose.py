"""Lines of running text made of pieces that were read by themselves."""

from extract.scan.lines.running_text import in_lines
from extract.scan.readers.engine import OcrWord


def word(text, x0, x1, y0=100, line=(0, 0, 0)):
    return OcrWord(text, x0, y0, x1, y0 + 40, 0.9, line)


def texts(words, letter=20.0):
    lines = {}
    for w in in_lines(words, letter):
        lines.setdefault(w.line, []).append(w.text)
    return [" ".join(line) for line in lines.values()]


def test_pieces_of_a_row_are_one_line_and_rows_follow_each_other():
    words = [
        word("Kính", 300, 380, 200, (0, 2, 0)),
        word("gửi:", 0, 80, 100, (0, 0, 0)),
        word("tỉnh", 90, 150, 104, (0, 1, 0)),
    ]
    assert texts(words) == ["gửi: tỉnh", "Kính"]


def test_a_letterhead_and_the_motto_beside_it_are_two_lines():
    assert texts([word("HUYỆN", 0, 200), word("Độc", 700, 800, 102, (0, 1, 0))]) == ["HUYỆN", "Độc"]


def test_blanks_typed_after_a_colon_do_not_end_a_line():
    assert texts([word("Số:", 0, 60), word("/BC-UBND", 300, 500, 100, (0, 1, 0))]) == ["Số: /BC-UBND"]


def test_words_read_in_one_line_stay_together_however_high_they_are():
    words = [word("a", 0, 20, 100), word("Ấ", 30, 60, 70), word("y", 70, 90, 120)]
    assert texts(words) == ["a Ấ y"]


def test_no_word_is_lost_and_none_is_made_up():
    words = [word(str(n), 40 * n, 40 * n + 20, 100 + 7 * n, (0, n, 0)) for n in range(30)]
    assert sorted(w.text for w in in_lines(words, 20.0)) == sorted(w.text for w in words)

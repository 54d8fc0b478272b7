"""Lines of running text made of pieces that were read by themselves."""

from dataclasses import replace

from extract.scan.lines.running_text import in_lines, running_lines
from extract.scan.readers.engine import OcrWord
from model.geometry import Box
from model.page import Word


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


def test_a_line_with_a_doubtful_figure_is_not_sure():
    plain = [word("đạt", 0, 50), word("15", 60, 90), word("hồ", 100, 130)]
    doubted = [*plain[:1], replace(plain[1], figures="doubtful"), *plain[2:]]

    def confidence(words):
        placed = [(Word(w.text, Box(w.x0, w.y0, w.x1, w.y1), w.confidence), w) for w in words]
        (line,) = running_lines(placed, [], 1)
        return line.confidence

    assert confidence(plain) == 0.9 and confidence(doubted) <= 0.5

"""Lines of print in a cut-out, and the words in a line."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from extract.scan.lines.print_lines import (
    common_letter,
    line_picture,
    print_lines,
    print_parts,
    small_letter,
    word_bounds,
)

LETTER = 22.0
"""Height of the test font's small letters, in pixels."""


def drawn(font, lines, pitch=56, width=900):
    """Grey picture of the lines, one below the other."""
    image = Image.new("L", (width, pitch * len(lines) + 40), 255)
    draw = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        draw.text((20, 10 + pitch * n), line, font=font, fill=0)
    return np.asarray(image, np.uint8).copy()


def lines_of(picture):
    ink = np.where(picture < 128, 255, 0).astype(np.uint8)
    return print_lines(print_parts(ink, LETTER), LETTER)


@pytest.mark.parametrize("pitch", [46, 52, 60, 90])
@pytest.mark.parametrize(
    "texts",
    [
        ["Số hồ sơ tiếp nhận", "Tỷ lệ đúng hạn (%)", "Ghi chú: gạch ngang"],
        ["ỦY BAN NHÂN DÂN", "ĐỘC LẬP - TỰ DO", "SỞ TƯ PHÁP"],
        ["97,88%", "1.784/1.784", "- 5,1"],
        ["(1)", "Ấp Phượng Kỳ", "[2]"],
    ],
)
def test_every_printed_line_is_one_line(font, texts, pitch):
    assert len(lines_of(drawn(font, texts, pitch))) == len(texts)


def test_marks_stay_with_their_own_line_where_lines_stand_close(font):
    picture = drawn(font, ["Hộ nghèo, hộ cận", "Ấp Ngãi Ấm"], pitch=44)
    upper, lower = lines_of(picture)
    dots = upper.parts[upper.parts[:, 1] > upper.foot]
    assert len(dots) >= 3  # under ộ, ộ, ậ: not taken for marks of the line below
    assert lower.parts[:, 1].min() < lower.foot - 1.6 * lower.letter  # the marks over Ấ


def test_commas_and_semicolons_stay_in_their_line_though_no_letter_is_over_them(font):
    picture = drawn(font, ["hồ sơ, kết quả; 6,84", "số hóa đạt 9,5"], pitch=50)
    upper, lower = lines_of(picture)
    alone = lines_of(drawn(font, ["hồ sơ, kết quả; 6,84"]))[0]
    assert len(upper.parts) == len(alone.parts)
    assert len(lower.parts) == len(lines_of(drawn(font, ["số hóa đạt 9,5"]))[0].parts)


def test_a_lone_dash_is_a_line_with_room_around(font):
    (line,) = lines_of(drawn(font, ["-"]))
    assert line.bottom - line.top > 1.5 * LETTER


def test_dust_makes_no_line():
    ink = np.zeros((60, 200), np.uint8)
    ink[20, 30] = ink[40, 90] = 255
    assert print_lines(print_parts(ink, LETTER), LETTER) == []


def test_a_picture_of_a_line_shows_nothing_of_the_others(font):
    picture = drawn(font, ["Gạch yêu quý", "Ấm Ầm Ổn"], pitch=50)
    lines = lines_of(picture)
    alone = lines_of(drawn(font, ["Gạch yêu quý"]))
    shown = line_picture(picture, lines, 0)
    expected = line_picture(drawn(font, ["Gạch yêu quý"]), alone, 0)
    assert shown.shape[1] == expected.shape[1]
    assert abs(int((shown < 128).sum()) - int((expected < 128).sum())) < 25


def test_a_line_at_the_edge_of_its_cut_out_gets_paper_around(font):
    picture = drawn(font, ["Tổng số"])
    (line,) = lines_of(picture)
    tight = picture[round(line.foot - 1.5 * LETTER) : round(line.foot) + 1, line.left : line.right]
    (cut,) = lines_of(np.ascontiguousarray(tight))
    shown = line_picture(np.ascontiguousarray(tight), [cut], 0)
    assert shown.shape[0] > tight.shape[0] + 10 and (shown[0] == 255).all() and (shown[:, 0] == 255).all()


def test_figures_are_measured_by_the_small_letters_they_would_stand_beside(font):
    (figures,) = lines_of(drawn(font, ["1.784"]))
    (words,) = lines_of(drawn(font, ["xem sau"]))
    assert figures.letter == pytest.approx(words.letter, rel=0.15)


def test_letters_of_a_table_of_figures_are_measured_by_its_few_words(font):
    cells = [*(["97,88"] * 30), "Xã Hòa Bình", "Xã Tân Lập", "Số hồ sơ tiếp nhận", "Ghi chú"]
    parts = [print_parts(np.where(drawn(font, [c]) < 128, 255, 0).astype(np.uint8), 31.0) for c in cells]
    assert common_letter(parts, 31.0) == pytest.approx(LETTER, rel=0.1)


@given(st.lists(st.integers(15, 40), min_size=1, max_size=40))
def test_small_letters_are_never_far_from_the_page_s_own(heights):
    assert 0.6 * LETTER <= small_letter(np.array(heights, np.int32), LETTER) <= 2.4 * LETTER


def test_words_get_the_ink_between_the_blanks_that_were_read(font):
    picture = drawn(font, ["Xã Hòa Bình"])
    (line,) = lines_of(picture)
    starts = [line.left + font.getlength("Xã") + 6, line.left + font.getlength("Xã Hòa") + 6]
    bounds = word_bounds(line, starts)
    assert len(bounds) == 3
    for (_, _, end, _), (start, _, _, _) in pairwise(bounds):
        assert 5 < start - end < 30
    assert bounds[0][0] == line.left and bounds[-1][2] == line.right


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 400), max_size=6))
def test_there_are_as_many_words_as_blanks_and_one(breaks):
    ink = np.zeros((60, 400), np.uint8)
    for x in range(10, 380, 24):
        ink[20:42, x : x + 14] = 255
    (line,) = print_lines(print_parts(ink, LETTER), LETTER)
    bounds = word_bounds(line, sorted(breaks))
    assert len(bounds) == len(breaks) + 1
    assert all(x1 > x0 and y1 > y0 for x0, y0, x1, y1 in bounds)


def test_faint_letters_that_broke_in_two_are_one_line(font):
    """The upper halves of figures and marks of a faint line stood by themselves."""
    picture = drawn(font, ["năm 2024 đến 2023", "Kiểm tra 2022"], pitch=60)
    whole = lines_of(picture)
    middle = round(whole[0].foot - 0.75 * whole[0].letter)
    picture[middle : middle + 3] = 255
    broken = lines_of(picture)
    assert [line.foot for line in broken] == pytest.approx([line.foot for line in whole], abs=4)

"""Pieces of lines and columns of print, for tables without rules."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.lines.chunks import columnar_span, find_bodies, find_chunks, read_chunks, side_by_side
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.sheet import Sheet
from extract.scan.readings import Readers


def drawn(font, rows, xs):
    """The ink of a page with `rows` of texts at the x's given."""
    image = Image.new("L", (2480, 200 + 70 * len(rows)), 255)
    draw = ImageDraw.Draw(image)
    for n, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            draw.text((x, 100 + 70 * n), text, font=font, fill=0)
    return np.where(np.asarray(image) < 128, 255, 0).astype(np.uint8)


def test_rows_of_a_table_without_rules_show_columns(font):
    ink = drawn(
        font, [(str(n), "Xã Hòa Bình", f"{n}.250", "97,5") for n in range(1, 6)], (200, 400, 1100, 1600)
    )
    chunks = find_chunks(ink, 30.0)
    assert len(chunks) == 20
    span = columnar_span(chunks, 30.0)
    assert span is not None and span[0] < 100 and span[1] > 100 + 70 * 4


@pytest.mark.parametrize(
    ("rows", "xs"),
    [
        ([("Thực hiện kế hoạch của Ủy ban nhân dân tỉnh về cải cách hành chính",)] * 12, (300,)),
        ([("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")] * 4, (300, 1200)),
        ([("- Như trên;", "CHỦ TỊCH")] * 5, (300, 1500)),
    ],
)
def test_prose_letterheads_and_signatures_show_none(font, rows, xs):
    assert columnar_span(find_chunks(drawn(font, rows, xs), 30.0), 30.0) is None


def test_a_stroke_through_several_lines_loses_none_of_them(font):
    ink = drawn(font, [("Thực hiện kế hoạch số 12 của tỉnh",)] * 8, (300,))
    before = find_bodies(ink, 30.0, 10.0)
    ink[80:680, 620:624] = 255
    assert len(find_bodies(ink, 30.0, 10.0)) >= len(before) == 8


def test_pieces_that_lie_over_each_other_are_one_line():
    """The roof of a letter reaches over to the top of a 7 across the blank, its body and the 7's foot do not."""
    ink = np.zeros((200, 400), np.uint8)
    ink[100:130, 100:126] = 255  # o
    ink[84:92, 112:128] = 255  # its roof
    ink[84:94, 148:172] = 255  # the top of a 7
    ink[94:130, 160:166] = 255
    (piece,) = find_bodies(ink, 30.0, 10.0)
    assert piece == (100, 84, 172, 130)


def test_a_lone_dash_and_a_dotted_letter_are_pieces(font):
    ink = drawn(font, [("-", "Dạ Trạch", "1")], (200, 600, 1400))
    assert len(find_chunks(ink, 30.0)) == 3


def test_ink_that_reads_as_nothing_keeps_its_place(no_engine):
    picture = np.full((200, 300), 255, np.uint8)
    sheet = Sheet(picture, Frame.of_picture(300, 200, 72.0, 48.0), 300.0, 72.0, 48.0)
    (word,) = read_chunks(sheet, [(10, 20, 60, 50)], Readers(no_engine, None))
    assert (word.x0, word.y1, word.confidence) == (10, 50, 0.0)


def test_pieces_of_a_row_are_one_up_to_a_wide_gap():
    row = [(100, 50, 300, 90), (340, 52, 500, 95), (900, 50, 1200, 90)]
    below = [(100, 150, 400, 190)]
    assert side_by_side([*row, *below], 80) == [row[:2], below, row[2:]]

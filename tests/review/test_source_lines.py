"""The lines of a text that are shown beside its flags."""

from dataclasses import replace

import pytest

from model.flag import Flag
from review.folder import DocumentRow, flag_row
from review.source_lines import lines_round
from tests.review.grids import document, table

TEXT = """ỦY BAN NHÂN DÂN
Bình Mẫu, ngày 10 tháng 10 năm 2024
Biểu tổng hợp
TT Đơn vị
Thống kê trên Cổng
dịch vụ công
1 Xã Suối Mẫu 0 12
2 Xã Đồi Mẫu 0
31
3
Phường
Mẫu
7
4 Xã Núi Mẫu <b>9</b> 5
"""
GRID = [
    ["TT", "Đơn vị", "Thống kê trên Cổng dịch vụ công", "Số"],
    ["1", "Xã Suối Mẫu", "0", "12"],
    ["2", "Xã Đồi Mẫu", "0", "31"],
    ["3", "Phường Mẫu", "7", ""],
    ["4", "Xã Núi Mẫu", "9", "5"],
]


def text_document():
    read = document(table(GRID))
    return replace(read, source=replace(read.source, path="a.txt"))


def flagged(row, col, found):
    source = DocumentRow("d", "a.txt", "00", "ok", "", "", "", "", 1, "", 0)
    return flag_row(source, "f", Flag("reading", "warning", "…", "t01", row, col, found=found), "")


@pytest.mark.parametrize(
    ("row", "col", "found", "line"),
    [
        (1, 3, "12", "1 Xã Suối Mẫu 0 12"),
        (2, 2, "0", "2 Xã Đồi Mẫu 0"),  # not the first 0 of the text
        (1, 2, "0", "1 Xã Suối Mẫu 0 12"),  # nor the one in 2024
        (2, 3, "31", "31"),  # on a line of its own
        (3, 2, "7", "7"),
        (3, 1, "Phường Mẫu", "Phường"),  # over two lines
        (0, 2, "Thống kê trên Cổng dịch vụ công", "Thống kê trên Cổng"),
        (4, 2, "9", "4 Xã Núi Mẫu <b>9</b> 5"),
        (4, None, "", "4 Xã Núi Mẫu <b>9</b> 5"),  # a flag on the row
        (None, None, "", "Biểu tổng hợp"),  # on the table
    ],
)
def test_what_is_flagged_is_found_in_its_text(tmp_path, row, col, found, line):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    read = text_document()
    flag = flagged(row, col, found)
    shown = lines_round(read, flag, tmp_path / "a.txt", 4)
    assert [text for _, text, marked in shown if marked] == [line]
    assert shown[0][0] == max(1, TEXT.splitlines().index(line) + 1 - 4)


def test_words_that_stand_nowhere_are_not_shown_somewhere(tmp_path):
    (tmp_path / "a.txt").write_text("Không có gì\n" * 9, "utf-8")
    read = text_document()
    flag = flagged(1, 1, "Xã Suối Mẫu")
    assert lines_round(read, flag, tmp_path / "a.txt", 4) == []

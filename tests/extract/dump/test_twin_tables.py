"""Tables of one dump under the same headings: each is one of its own."""

from __future__ import annotations

import re

import pytest

from extract.dump.lines import source_lines
from extract.dump.read import table_drafts

HEAD = "STT Xã, thị trấn\nTổng\nsố\nDiện tích\n(ha)\nCòn\nlại\n"
FIRST = "1 Xã Hòa Bình 120 20.5 4\n2 Xã Tân Lập 85 22.7 5\n3 Xã Đông Sơn 100 18.0 2\n"
SECOND = "1 Xã Hòa Bình 150 21.4 3\n2 Xã Tân Lập 130 28.3 4\n3 Xã Đông Sơn 160 22.2 2\n"
TOP, FOOT = "TOÀN HUYỆN 305 61.2 11\n", "Tổng cộng 305 61.2 11\n"
PROSE = "Số hồ sơ còn lại do người dân chưa\nbổ sung giấy tờ.\n"
TITLE = "Biến động cấp đổi tại một số xã trong năm\n"


@pytest.mark.parametrize(
    "caption", ["Bảng 2. Cấp đổi\n", "Biểu 2: Cấp đổi\n", "Bảng số 02. Cấp đổi\n", "Bảng 2a – Cấp đổi\n"]
)
def test_a_numbered_caption_opens_a_table_of_its_own(caption: str) -> None:
    """The second of two tables under the same headings went on the first: 182 figures stood in its rows."""
    text = f"Bảng 1. Cấp lần đầu\n{HEAD}{TOP}{FIRST}{PROSE}{caption}{HEAD}{TOP}{SECOND}"
    drafts = table_drafts(source_lines([text.split("\n")], [text.split("\n")]))
    assert [[row[0] for row in draft.rows[draft.header_rows or 0 :]] for draft in drafts] == [
        ["", "1", "2", "3"],
        ["", "1", "2", "3"],
    ]


def test_a_title_below_a_total_opens_a_table_of_its_own() -> None:
    text = f"Biểu tổng hợp\n{HEAD}{FIRST}{FOOT}{TITLE}{HEAD}{SECOND}Tổng cộng 440 71.9 9\n"
    drafts = table_drafts(source_lines([text.split("\n")], [text.split("\n")]))
    assert [len(draft.rows) - (draft.header_rows or 0) for draft in drafts] == [4, 4]


def test_a_total_whose_cells_stand_on_lines_of_their_own_ends_its_table() -> None:
    """Of two tables a cell a line the second stood below the first's total."""
    text = f"Biểu tổng hợp\n{HEAD}{FIRST}{FOOT}{TITLE}{HEAD}{SECOND}Tổng cộng 440 71.9 9\n"
    cells = text.replace("STT ", "STT\n").replace(" Xã ", "\nXã ")
    cells = re.sub(r"(?<=[^\d\n]) (?=\d)|(?<=\d) (?=\d)", "\n", cells)
    drafts = table_drafts(source_lines([cells.split("\n")], [cells.split("\n")]))
    assert [draft.rows[-1][-3:] for draft in drafts] == [("305", "61.2", "11"), ("440", "71.9", "9")]


def test_rows_without_any_heading_make_a_doubtful_table() -> None:
    """The last rows of a table stood by themselves, in fewer columns, without a word."""
    text = "Xã Hòa Bình 150 21.4 3\nXã Tân Lập 130 28.3 4\nXã Đông Sơn 160 22.2 2\nXã Bình An 131 20.2 4"
    (draft,) = table_drafts(source_lines([text.split("\n")], [text.split("\n")]))
    assert not draft.header_rows and any("tiêu đề" in doubt for doubt in draft.doubts)

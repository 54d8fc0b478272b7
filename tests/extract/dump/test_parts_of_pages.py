"""Rows that came out in one line with a piece of their label, and parts of a table on several pages."""

from __future__ import annotations

from extract.dump.draft import Draft
from extract.dump.layout.seams import parted
from extract.dump.lines import SourceLine, source_lines
from extract.dump.pages import read_text
from extract.dump.relaid.known_parts import known_parts
from model.page import Grid

# As PyMuPDF's sorted text has a table whose labels take two lines: half of the rows begin with their label.
HALF_SHIFTED = """\
                     Tổng số       Trực tiếp      Trực tuyến      Đúng hạn       Quá hạnSTT   Tên đơn vị

     Huyện Tân
1                     7013         435          6578          6593           420     Phước
     Huyện Gò 2                     4353          83          4270          4031           239
     Công Tây
     Huyện Chợ 3                     2940         233          2707          2334           373
     Gạo
     Huyện Cai
4                     5263         142          5121          5023            98     Lậy
     Huyện Cái 5                     3922         124          3798          3520           278
     Bè
     Huyện Châu 6                     4584         253          4331          4213           118
     Thành
     Thị xã Gò
7                     4972         224          4748          4114           634     Công
     Huyện Tân 8                     4896         131          4765          4555           210
     Phú
"""
NAMES = ["Huyện Tân Phước", "Huyện Gò Công Tây", "Huyện Chợ Gạo", "Huyện Cai Lậy", "Huyện Cái Bè"]

HEAD = "Nội dung   Tiếp nhận\nSố   Giải quyết\nTT   Đúng hạn\n"


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _rows(text: str) -> list[list[str]]:
    (grid,) = [block for page in read_text(text) for block in page.blocks if isinstance(block, Grid)]
    rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


def test_a_label_before_its_rows_number_and_one_behind_its_figures_are_the_rows_own() -> None:
    """`Huyện Gò 2 …` stayed one label, `Phước` a column of its own: half of the rows had their neighbour's words."""
    rows = [row for row in _rows(HALF_SHIFTED) if row[0].isdigit()]
    assert [row[0] for row in rows] == list("12345678")
    assert [row[1] for row in rows][:5] == NAMES
    assert [row[2] for row in rows] == ["7013", "4353", "2940", "5263", "3922", "4584", "4972", "4896"]


def test_a_number_that_counts_nothing_stays_in_its_label() -> None:
    page = [
        "1     Tổ dân phố      12     10     2",
        "     Khu phố 7        31     30     1",
        "2     Ấp Đông   5   4   1",
    ]
    assert known_parts(page) == [[line] for line in page]


def test_a_note_is_no_rest_of_a_label() -> None:
    """Words behind a row that has its label are a cell of the row, however they begin."""
    page = ["     Huyện Tân", "1    Sở Y tế     12     10     2     Phước"]
    assert known_parts(page) == [[line] for line in page]


def test_parts_under_a_header_printed_again_that_have_other_columns_are_doubted() -> None:
    """The second page's rows stood in a table of their own, their headings read otherwise, and no flag said so."""
    lines = _lines(f"{HEAD}3.5   12   10\n{HEAD}".replace("10\n", "10\n\f") + "3.6   31   30   1\n")
    before = Draft((("TT Nội dung", "Tiếp", "hạn"), ("3.5", "12", "10")), 1, 4, (1, 1), 1)
    after = Draft((("Số", "dung", "quyết", ""), ("3.6", "31", "30", "1")), 5, 8, (2, 2), 1)
    assert [len(part.doubts) for part in parted(before, after, lines)] == [1, 1]


def test_figures_of_no_numbered_row_have_no_label_behind_them() -> None:
    page = ["      Thiếu", "     2/78    2/88    42,0    Đủ"]
    assert known_parts(page) == [[line] for line in page]

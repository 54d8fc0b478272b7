"""A whole header between two rows of a dump: tables without a caption between them are read each by itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.dump.draft import Draft
from extract.dump.heads_between import parted_at_heads
from extract.dump.lines import source_lines
from extract.dump.read import _stands_in_rows, table_drafts
from extract.dump.relations import learn_relations

FEES = (
    "Loại vé T.1 T.2 T.3 Cộng\nVé lượt 205 310 284 799\nVé tháng 140 155 130 425\n"
    "Vé quý 75 60 90 225\nCộng 420 525 504 1449\n"
)
BOOKS = (
    "Số sê ri nhận Số lượng (quyển)\nKý hiệu Hỏng,\nTừ số Đến số Nhận Còn\nhủy\n"
    "Vé lượt 2001 2900 900 5\nVé tháng 3601 3700 100 2\nVé quý 4001 4020 20 1\n"
)
SERIES = "Phòng Từ Đến\n01 1001 1024\n02 1025 1048\n03 1049 1072\n04 1073 1096\n"
POSTS = (
    "Mức chi\nTT Đối tượng Số người Số ngày\n(đ/ngày)\na) Thư ký 45 5 38,000 8\nb) Giám sát 94 4 32,000 9\n"
)
PEOPLE = "Cụm Cộng Tự chảy Bơm dầu\nCụm Lộc 848,6 445,7 402,9\nCụm Bái 835,6 465,0 370,6\nCụm Phú 641,9 385,9 256,0\n"
KINDS = "Nội dung Số lượng (kg)\nĐiều về tỉnh 881.288\nTrợ cấp 135.036\nTồn kho 95.238\n"


def _first_lines(text: str) -> list[str]:
    """The first line of each part of a dump's lines."""
    pages = [page.split("\n") for page in text.split("\f")]
    return [next(x.text for x in part if not x.blank) for part in parted_at_heads(source_lines(pages, pages))]


def _drafts(text: str) -> list[Draft]:
    pages = [page.split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


def test_a_header_below_a_total_opens_a_table_though_rows_have_as_many_figures() -> None:
    """The second table's rows stood in the months of the first, flagged nowhere."""
    assert [len(draft.rows) - (draft.header_rows or 0) for draft in _drafts(FEES + BOOKS)] == [4, 3]


@pytest.mark.parametrize(
    ("above", "below", "opening"),
    [
        (FEES, BOOKS, "Số sê ri nhận Số lượng (quyển)"),
        (SERIES, POSTS, "Mức chi"),  # letters below numbers are no going on under a heading of their own
        (PEOPLE, KINDS, "Nội dung Số lượng (kg)"),  # a unit in brackets is of a heading
    ],
)
def test_another_tables_header_parts_lines(above: str, below: str, opening: str) -> None:
    assert _first_lines(above + below)[1:] == [opening]


def test_blanks_within_a_line_make_no_sentence_of_a_header() -> None:
    """Sorted text pads its cells: headers were longer than any line of a table, and so no headers."""
    wide = BOOKS.replace(" Số lượng", " " * 90 + "Số lượng")
    assert len(_first_lines(FEES + wide)) == 2


@pytest.mark.parametrize(
    "text",
    [
        FEES,
        f"{FEES}\f{FEES}".replace("Cộng 420 525 504 1449\n\f", "\f"),  # the header again on the next page
        "Loại Cũ Mới\nGiấy 12 14\nTên một thứ Vở Bút\nMực Thước 15 16\nKéo 11 12\nHồ 13 14\nDao 15 19\n",
        f"{SERIES}Tổ Xóm Bản\nThôn Nà\n05 1097 1120\n06 1121 1144\n",  # the numbers run on
        FEES + "Phần còn lại 14,0\nPhần nợ 15,5\nPhần miễn 15,5\n",  # rows of one amount are no header
    ],
)
def test_rows_of_one_table_stay_together(text: str) -> None:
    assert len(_first_lines(text)) == 1


def test_lines_of_several_figures_are_rows_whatever_columns_were_made_of_them() -> None:
    """Two tables whose rows stand on lines were dealt into one of thirty columns and three rows."""
    days = [f"{day}/6 Sáng Môn {day} 9.087 9.0{day} {day} 1.{day} 2.{day}" for day in range(11, 17)]
    page = source_lines([days], [days])
    dealt = Draft(rows=(("",) * 20,) * 3, first_line=1, last_line=len(days), pages=(1, 1, 1))
    assert _stands_in_rows(dealt, page)
    one_each = [word for day in days for word in day.split()]
    alone = source_lines([one_each], [one_each])
    assert not _stands_in_rows(replace(dealt, last_line=len(one_each)), alone)


def test_rows_run_together_into_one_are_not_searched_for_sums() -> None:
    """Twenty rows of ten figures that went into one took 40 s, and the page its time: the document failed."""
    wide = [[Decimal(k + row) for k in range(150)] for row in range(3)]
    assert learn_relations(wide) == ()
    assert learn_relations([[Decimal(3), Decimal(1 + row), Decimal(2 - row)] for row in range(-9, -5)])

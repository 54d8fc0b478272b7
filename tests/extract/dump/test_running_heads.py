"""Headers that a dump without columns prints again at the top of the next page."""

from __future__ import annotations

import pytest

from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts
from extract.dump.running_heads import without_running_heads

HEAD = "STT\nTên trường\nSố lớp\nSố\nhọc sinh\n(1) (2)\n(3)=(4)\n+(5)\n(4) (5)\n"


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _kept(text: str) -> str:
    return "\n".join(line.text for line in without_running_heads(_lines(text)) if not line.blank)


FIRST = HEAD + "1 Tiểu học Lê Lợi 12 300 150 150\n2 Tiểu học Kim Đồng 10 260 130 130\n"


def test_a_header_printed_again_is_no_row() -> None:
    """The column numbers that narrow cells broke off were figures of the row that went on."""
    after = "3 Tiểu học Hòa Bình 8 200 90 110\n4 Tiểu học Võ Thị Sáu 9 210 100 110\n"
    assert _kept(FIRST + "\f" + HEAD + after) == (FIRST + after).rstrip("\n")
    (draft,) = table_drafts(_lines(FIRST + "\f" + HEAD + after))
    assert [row[0] for row in draft.rows[draft.header_rows or 0 :]] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "after",
    [
        HEAD + "1 Trung học Nguyễn Du 12 400 200 200\n",  # another table, counted anew
        "Tên khác\nSố lớp\n3 Tiểu học Hòa Bình 8 200 90 110\n",  # other words
        "1 Tiểu học Lê Lợi 12 300 150 150\n2 Tiểu học Kim Đồng 10 260 130 130\n",  # rows that come again
    ],
)
def test_what_is_no_header_stays(after: str) -> None:
    assert _kept(FIRST + "\f" + after) == (FIRST + after).rstrip("\n")


def test_the_lines_keep_their_numbers_and_pages() -> None:
    lines = _lines(FIRST + "\f" + HEAD + "3 Tiểu học Hòa Bình 8 200 90 110")
    kept = without_running_heads(lines)
    assert [(line.number, line.page) for line in kept] == [(line.number, line.page) for line in lines]


MOVED = """Kế hoạch
Kết quả giải ngân Ước giải
Tổng mức Vốn không
TT Tên dự án vốn năm ngân
đầu tư giải hết
(1) (2) (3) (4) (5)=(3)-(4)
1 Cầu Ba 400 120 280
2 Kè suối 300 100 200
\fTổng mức Kế hoạch Kết quả giải ngân Vốn không
TT Tên dự án
đầu tư vốn năm Ước giải ngân giải hết
(1) (2) (3) (4) (5)=(3)-(4)
3
Trạm bơm 500 150 350
4 Đập tràn 200 110 90
"""


def test_a_header_in_other_lines_on_the_next_page_is_printed_again() -> None:
    """Its words went into a row's label, and the numbers of its columns were a row."""
    pages = [page.split("\n") for page in MOVED.split("\f")]
    (draft,) = table_drafts(source_lines(pages, pages))
    rows = draft.rows[draft.header_rows or 0 :]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert rows[2][1:] == ("Trạm bơm", "500", "150", "350")


def test_a_line_with_more_figures_than_columns_is_no_column() -> None:
    """Three rows after a header printed again were read as a table written column after column."""
    head = "STT Đơn vị\nTổng\nsố\nĐúng\nhạn\nQuá\nhạn\nKhai\ntử\nKết\nhôn\nA B 1 2 3 4 5 6 7 8\n"
    first = "".join(f"3.{n} Xã Số {n} 4{n} 43 6 112 38 2 26 373\n" for n in range(1, 7))
    after = "3.7 Xã Nam Đông\nHưng\n106 99 7 67 122 1 28 207\nCộng 2.228 2.047 181 1.227 1.410 22 377 3.912\n"
    (draft,) = table_drafts(_lines(head + first + "\f" + head + after))
    rows = draft.rows[draft.header_rows or 0 :]
    assert rows[-2] == ("3.7", "Xã Nam Đông Hưng", "106", "99", "7", "67", "122", "1", "28", "207")

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

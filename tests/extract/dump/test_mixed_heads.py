"""Headers printed again whose cells stand among the first rows of a page, and rows written in pieces there."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts
from extract.dump.running_heads import without_running_heads

HEAD = ["STT", "(1)", "Tên hàng", "Giá trước Giá này Tăng, giảm", "(2)", "(3)", "(4)", "(5)=(4)-(3)"]
FIRST = [
    *HEAD,
    *("1", "Gạo nếp cái", "12.000", "13.500", "1.500"),
    *("2", "Đường cát trắng", "21.000", "20.500", "-500"),
    *("3", "Trứng gà ta", "3.200", "3.400", "200"),
]
LAST = [
    *("7", "Dầu ăn", "41.000", "42.000", "1.000"),
    *("8", "Thịt bò thăn", "250.000", "255.000", "5.000"),
]


def _lines(*pages: list[str]) -> list[SourceLine]:
    texts = ["\n\n".join(page).split("\n") for page in pages]
    return source_lines(texts, texts)


def _body(*pages: list[str]) -> list[tuple[str, ...]]:
    (draft,) = table_drafts(_lines(*pages))
    return list(draft.rows[draft.header_rows or 0 :])


def _draft(*pages: list[str]) -> Draft:
    (draft,) = table_drafts(_lines(*pages))
    return draft


MIXED = [
    *("STT", "(1)", "4", "Cá lóc đồng", "5", "6", "Tên hàng", "(2)", "Tăng, giảm", "(3)", "(4)"),
    *("(5)=(4)-(3)", "Nuôi lồng", "61.000", "60.000", "-1.000"),
    *("Muối hạt", "5.000", "5.500", "500", "Nước mắm", "33.000", "34.500", "1.500"),
]


def test_heads_among_a_page_s_first_rows_are_no_cells_of_theirs() -> None:
    kept = [line.text for line in without_running_heads(_lines(FIRST, [*MIXED, *LAST])) if line.text]
    assert kept == [*FIRST, "4", "Cá lóc đồng", "5", "6", *MIXED[12:], *LAST]


def test_numbers_written_before_their_rows_stand_beside_them_and_are_doubted() -> None:
    draft = _draft(FIRST, [*MIXED, *LAST])
    body = draft.rows[draft.header_rows or 0 :]
    assert [row[0] for row in body] == [str(n) for n in range(1, 9)]
    assert body[3][1:] == ("Cá lóc đồng Nuôi lồng", "61.000", "60.000", "-1.000")
    assert body[5][1:] == ("Nước mắm", "33.000", "34.500", "1.500")
    head = draft.header_rows or 0
    assert {row - head for row, _ in draft.doubtful} == {3, 4, 5}


def test_figures_written_before_their_row_s_number_stand_in_its_row() -> None:
    first = ["STT", "Chỉ tiêu", "Kỳ trước", "Kỳ này", "I", "Tiếp nhận", *FIRST[len(HEAD) :]]
    early = ["337", "4.380", "4.043", "II", "Số hóa", "1", "Hồ sơ nộp"]
    body = _body([*first, *early, "2", *LAST[1:5], "3", *LAST[6:]])
    assert body[4][:2] == ("II", "Số hóa")
    assert body[5] == ("1", "Hồ sơ nộp", "337", "4.380", "4.043")


@pytest.mark.parametrize(
    "page",
    [
        ["4", "Giá trước", "1.000", "2.000", "1.000", *LAST],  # words of the header in one row alone
        ["STT", "1", *HEAD[1:], "Gạo nếp", "12.000", "13.500", "1.500", *LAST],  # counted anew
        [*("STT", "4", "(1)", "Tên khác", "Số lượng", "(2)", "61.000", "60.000", "-1.000"), *LAST],
    ],
)
def test_what_is_not_the_header_again_stays(page: list[str]) -> None:
    kept = [line.text for line in without_running_heads(_lines(FIRST, page)) if line.page > 1 and line.text]
    assert kept == page

"""Tables of words by their row numbers, kinds that are numbered, row numbers a level deeper, columns that may be."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts
from extract.dump.stream.columns import place_rows
from extract.dump.stream.lists import list_draft
from extract.dump.tokens import cut_line, tokenize


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _draft(text: str) -> Draft:
    (draft,) = table_drafts(_lines(text))
    return draft


LIST = """STT
Tên thủ tục
Thời hạn
Căn cứ
1
Cấp giấy phép loại 1 cho hộ
tại khu dân cư số
14
20 ngày làm việc
Nghị định 38/2015
2
Cấp đổi thẻ
02 ngày làm việc
Nghị định 22/2020
3
Xác nhận nơi ở
03 ngày
Thông tư 5/2019
"""


def test_rows_of_words_are_kept_by_their_numbers_and_doubted() -> None:
    """A list of procedures was no table: its row numbers stood in no cell, and nothing said so."""
    draft = _draft(LIST)
    assert [row[0] for row in draft.rows] == ["", "1", "2", "3"]
    assert "14 20 ngày làm việc Nghị định 38/2015" in draft.rows[1][1]
    assert draft.rows[3][1] == "Xác nhận nơi ở 03 ngày Thông tư 5/2019"
    assert "dòng 1 đến dòng 18" in draft.doubts[0]


@pytest.mark.parametrize(
    "text",
    ["STT\nTên\n1\nMột\n2\nHai", "Tên\n1\nMột\n2\nHai\n3\nBa", "STT\nTên\n2\nHai\n3\nBa\n4\nBốn"],
)
def test_what_counts_no_rows_from_one_under_a_heading_is_no_list(text: str) -> None:
    assert list_draft(_lines(text)) is None


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Thép tròn loại 2 76,500 77,000", ["76,500", "77,000"]),
        ("Trường Tiểu học số 2 45 33", ["45", "33"]),
        ("Số nhóm 2 45 33", ["2", "45", "33"]),
        ("Tổng số 5 45 33", ["5", "45", "33"]),
        ("Hồ sơ loại 125 45 33", ["125", "45", "33"]),
        ("Xã Hòa An 2 45 33", ["2", "45", "33"]),
    ],
)
def test_a_figure_that_says_which_kind_is_part_of_the_name(text: str, figures: list[str]) -> None:
    (line,) = _lines(text)
    assert [token.text for token in cut_line(line).run] == figures


DEEPER = """STT Tên đường Loại A Loại B
1 Phường Quang Trung
Đường liên thôn, đoạn từ cầu
1.1 700 420
đến ngã ba chợ
Đường vành đai, đoạn từ đình
1.2 4,200 2,520
đến trường học
2 Phường Minh Khai
Đường liên thôn, đoạn từ cầu
2.1 1,450 870
đến trạm y tế
Đường ven sông, đoạn từ bến
2.2 400 240
đến bãi bồi
"""


def test_a_row_number_a_level_deeper_is_one_though_its_section_has_no_figures() -> None:
    """`1.1` stood in the first column of figures."""
    rows = _draft(DEEPER).rows
    assert [(row[0], *row[-2:]) for row in rows if row[-1].strip() and row[0].count(".")] == [
        ("1.1", "700", "420"),
        ("1.2", "4,200", "2,520"),
        ("2.1", "1,450", "870"),
        ("2.2", "400", "240"),
    ]


def test_a_short_row_is_no_surer_than_the_full_rows_make_it() -> None:
    """Rows with one share of three columns of shares taught each other which column it stood in."""
    full = [tokenize(f"{n} {n + 1}% {n + 2}%") for n in (11, 25, 37, 48)]
    short = [tokenize(f"{n}%") for n in (3, 5, 7, 9, 12, 14)]
    placed = place_rows([*full, *short], 3)
    for placement in placed[len(full) :]:
        assert placement is not None
        assert placement.sureness < 0.85
        assert {1, 2} <= placement.possible

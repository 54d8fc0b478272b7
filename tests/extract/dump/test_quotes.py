"""Cells of spreadsheets with line breaks inside quotation marks are one cell each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.lines import source_lines
from extract.dump.pages import read_text
from extract.dump.quotes import with_quoted_breaks
from extract.dump.read import table_drafts

HEAD = "STT\tNội dung\tKế hoạch\tThực hiện\n"


def _rows(text: str) -> list[tuple[str, ...]]:
    pages = [text.split("\n")]
    (draft,) = table_drafts(source_lines(pages, pages))
    return list(draft.rows[1:])


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('1\t"Đường\nliên xã"\t12\t10\n2\tCầu dân sinh\t3\t2', "Đường liên xã"),
        ('1\t"Đường\nliên xã\ngiai đoạn 2"\t12\t10\n2\tCầu\t3\t2', "Đường liên xã giai đoạn 2"),
        ('1\t"Thi ""Đường\nhoa"""\t12\t10\n2\tCầu\t3\t2', 'Thi "Đường hoa"'),
        ('1\t"Đường hoa"\t12\t10\n2\tCầu\t3\t2', '"Đường hoa"'),  # marks of the text itself
    ],
)
def test_cells_in_quotation_marks(text: str, cell: str) -> None:
    """A break in a quoted cell tore the row in two, its number and name on one, its figures on the other."""
    assert _rows(HEAD + text)[0] == ("1", cell, "12", "10")


def test_the_last_line_of_a_quoted_cell_belongs_to_its_table() -> None:
    pages = [(HEAD + '1\tCầu\t3\t2\n2\tĐường\t5\t"4\n(đạt)"\nNơi nhận').split("\n")]
    (draft,) = table_drafts(source_lines(pages, pages))
    assert (draft.first_line, draft.last_line) == (1, 4)


def test_a_mark_that_nothing_closes_is_one_of_the_text() -> None:
    lines = source_lines([['1\t"Đường\t12', "2\tCầu\t3"]], [['1\t"Đường\t12', "2\tCầu\t3"]])
    assert with_quoted_breaks(lines) == lines


@given(st.lists(st.text(alphabet='ab"\t ', max_size=12), max_size=8))
def test_no_letter_is_lost(texts: list[str]) -> None:
    lines = source_lines([texts], [texts])
    kept = "".join(line.text for line in with_quoted_breaks(lines))
    for letter in "ab":
        assert kept.count(letter) == sum(line.text.count(letter) for line in lines)


@pytest.mark.parametrize("caption", ["Bảng 2. Hồ sơ tháng 6", "Hồ sơ tháng 6 năm 2021"])
def test_a_line_over_another_header_is_no_rest_of_the_last_cell(caption):
    rows = "STT\tXã\tTổng số\n1\tXã A\t10\n2\tXã B\t12\n"
    first, second = read_text(f"{rows}{caption}\n{rows}")[0].grids
    assert [cell.text for cell in first.cells][-1] == "12"
    assert second.n_rows == 3


def test_a_page_number_over_a_header_printed_again_parts_no_table():
    rows = "STT\tXã\tTổng số\n1\tXã A\t10\n2\tXã B\t12\n"
    assert len(read_text(f"{rows}2\n{rows.replace('1', '3')}")[0].grids) == 1

"""Headers and footers that sheets are printed with."""

from __future__ import annotations

import struct
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.office.sheet.biff_drawings import drawings_of
from extract.office.sheet.page_edges import printed
from tests.extract.office.test_biff_formulas import record, workbook
from tests.extract.office.test_sheets import TABLE, book, pages


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("&CBIỂU SỐ 05", ["BIỂU SỐ 05"]),
        (
            '&L&"Times New Roman,Bold"&12Sở Y tế&RMẫu 2\nKèm theo QĐ 15',
            ["Sở Y tế", "Mẫu 2", "Kèm theo QĐ 15"],
        ),
        ("&CTrang &P/&N", []),
        ("&LThu && chi&C&A&R&D &T", ["Thu & chi"]),
        ("&L&KFF0000Đỏ", ["Đỏ"]),
        ("&C-", []),
        ("", []),
    ],
)
def test_the_lines_of_a_code(code: str, lines: list[str]) -> None:
    assert printed(code) == lines


@given(st.text(max_size=30))
def test_any_code_gives_lines(code: str) -> None:
    assert all(line.strip() == line and line for line in printed(code))


def test_a_sheet_is_read_with_its_header_and_footer(tmp_path: Path) -> None:
    """`Biểu số 05` and the decree of a form stand in its header: they were lost without a word."""
    made = openpyxl.load_workbook(book(tmp_path / "a.xlsx", TABLE))
    made.active.oddHeader.right.text = "Biểu số 05"
    made.active.oddFooter.center.text = "Trang &P"
    made.save(tmp_path / "a.xlsx")
    (page,) = pages(tmp_path / "a.xlsx")
    assert [line.text for line in page.lines][-1] == "Biểu số 05"


def test_the_header_of_an_xls() -> None:
    code = "&RBiểu số 05"
    body = struct.pack("<HB", len(code), 1) + code.encode("utf-16-le")
    (sheet,) = drawings_of(workbook(record(0x14, body), record(0x15)))
    assert sheet.edges == ["Biểu số 05"]

"""Several tables on a sheet: side by side under titles of their own, and one within another's cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from extract.office.opendocument.sheets import read_ods
from extract.office.sheet.pages import pages_of
from extract.tables.stitch import stitch
from tests.extract.office.make import odf
from tests.extract.office.test_sheets import ALL, pages
from tests.extract.office.test_word import rows


def beside(path: Path, left: list[list[object]], right: list[list[object]], titles: tuple[str, str]) -> Path:
    """Two tables side by side, each under its title."""
    made = openpyxl.Workbook()
    for first, title, table in ((1, titles[0], left), (len(left[0]) + 3, titles[1], right)):
        made.active.cell(1, first, title)
        for r, row in enumerate(table, 2):
            for c, value in enumerate(row, first):
                made.active.cell(r, c, value).border = ALL
    made.save(path)
    return path


def test_tables_side_by_side_whose_heads_differ_in_a_word_are_two(tmp_path):
    """Heads that scans may misread so were one: the rows of the second stood under the first's head."""
    first: list[list[object]] = [["Đơn vị", "Số hồ sơ nhận năm 2023", "Số hồ sơ nhận năm 2024"]]
    second: list[list[object]] = [["Đơn vị", "Số hồ sơ trả năm 2023", "Số hồ sơ trả năm 2024"]]
    figures: list[list[object]] = [
        ["Phòng Nội vụ", 41, 73],
        ["Phòng Tư pháp", 82, 50],
        ["Phòng Y tế", 15, 78],
    ]
    page = pages(beside(tmp_path / "a.xlsx", first + figures, second + figures, ("Bảng nhận", "Bảng trả")))
    tables = stitch(page)
    assert [table.n_rows for table in tables] == [4, 4]


def test_titles_side_by_side_stand_each_over_its_table(tmp_path):
    """Both were one line, the title of the first table."""
    head: list[list[object]] = [["Đơn vị", "Nam", "Nữ"]]
    rows_: list[list[object]] = [["Phòng Nội vụ", 4, 7], ["Phòng Tư pháp", 8, 5], ["Phòng Y tế", 1, 8]]
    other: list[list[object]] = [["Xã", "Thu", "Chi"], *rows_]
    (page,) = pages(
        beside(tmp_path / "a.xlsx", head + rows_, other, ("Bảng 1. Công chức", "Bảng 2. Ngân sách"))
    )
    told = [block.text if hasattr(block, "text") else "grid" for block in page.blocks]
    assert told == ["Bảng 1. Công chức", "grid", "Bảng 2. Ngân sách", "grid"]


def test_a_table_within_a_cell_of_an_ods_is_a_table_of_its_own(tmp_path):
    """It was not read, and nothing said so."""

    def table(rows: list[list[str]], name: str = "") -> str:
        cells = (
            "".join(
                f"<table:table-cell>{t if t.startswith('<') else f'<text:p>{t}</text:p>'}</table:table-cell>"
                for t in row
            )
            for row in rows
        )
        inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        return f'<table:table table:name="{name}" table:is-sub-table="{str(not name).lower()}">{inside}</table:table>'

    deepest = table([["STT", "Thôn", "Hộ"], ["1", "Thượng", "41"], ["2", "Hạ", "39"]])
    inner = table([["STT", "Xã", "Số"], ["1", "An Bình", "12"], ["2", "Tân Phú", "34"], ["", deepest, ""]])
    body = table([["STT", "Sở", "Điểm"], ["1", "Nội vụ", "98"], ["2", "Y tế", "97"], ["", inner, ""]], "A")
    (page,) = pages_of(read_ods(odf(tmp_path / "a.ods", "spreadsheet", body)))
    assert [rows(grid)[1][1] for grid in page.grids] == ["Nội vụ", "An Bình", "Thượng"]
    assert [rows(grid)[2][2] for grid in page.grids] == ["97", "34", "39"]

"""Workbooks that lack parts or results: what nobody can read of them is a loss that is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from extract.office.sheet.model import Merge, Sheet, SheetCell
from extract.office.sheet.pages import pages_of
from tests.extract.office.make import zipped
from tests.extract.office.test_sheets import BOX, TABLE, book, pages, sheet_of


def without(path: Path, part: str) -> Path:
    """The package without one of its parts."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist() if name != part}
    assert len(parts) < len(zipfile.ZipFile(path).namelist())
    return zipped(path, parts)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("xl/worksheets/sheet1.xml", "không có dữ liệu"),
        ("xl/_rels/workbook.xml.rels", "không có dữ liệu"),
        ("xl/styles.xml", "định dạng ô"),
    ],
)
def test_a_part_that_a_workbook_lacks_is_a_loss(part, told, tmp_path):
    """Sheets without their part were empty, and percentages shares of one, without a word."""
    made = openpyxl.load_workbook(book(tmp_path / "a.xlsx", TABLE))
    made.active["D2"].number_format = "0.00%"
    made.save(tmp_path / "a.xlsx")
    assert not any(page.losses for page in pages(tmp_path / "a.xlsx"))
    (page,) = pages(without(tmp_path / "a.xlsx", part))
    assert any(told in loss for loss in page.losses)


def test_texts_that_a_workbook_keeps_elsewhere_and_lacks_are_a_loss(tmp_path):
    path = book(tmp_path / "a.xlsx", TABLE)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist() if "sharedStrings" not in name}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b't="inlineStr"', b't="s"')
    assert b't="s"' in parts[sheet]
    (page,) = pages(zipped(path, parts))
    assert any("các chữ của ô" in loss for loss in page.losses)


def test_formulas_without_results_are_losses(tmp_path: Path) -> None:
    """Programs that write workbooks leave the results to Excel: such cells were once empty without a word."""
    written = openpyxl.Workbook()
    sheet = written.active
    sheet.title = "Biểu"
    for row in (["Xã", "Tổng", "Nam", "Nữ"], ["An", "=C2+D2", 10, 20], ["Bình", "=C3+D3", 5, 6]):
        sheet.append(row)
    written.save(tmp_path / "a.xlsx")
    (page,) = pages(tmp_path / "a.xlsx")
    assert len(page.losses) == 1
    assert "2 ô công thức" in page.losses[0]
    assert "(B2, B3)" in page.losses[0]
    stored = sheet_of(
        tmp_path / "b.xlsx",
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c>'
        '<c r="B1" t="str"><f>""</f><v></v></c></row></sheetData>',
    )
    assert pages(stored)[0].losses == ()


def test_what_lies_under_a_merged_cell_is_not_printed_and_said(tmp_path):
    """A cell merged by the file's bytes keeps what stood in the others; no program shows it."""
    cells = {(r, c): SheetCell(t, BOX) for r, row in enumerate([["Xã", "Số con"], ["", "Ga_con"], ["An", "12"], ["Bình", "7"]])
             for c, t in enumerate(row)}  # fmt: skip
    (page,) = pages_of([Sheet("Gà", cells, [Merge(0, 0, 1, 0), Merge(0, 1, 1, 1)])])
    assert [note for note in page.notes if "“Ga_con”" in note and "1 ô" in note]
    assert "Ga_con" not in [c.text for c in page.grids[0].cells]
    (page,) = pages_of([Sheet("Gà", cells)])
    assert page.notes == ()

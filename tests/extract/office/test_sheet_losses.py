"""Workbooks that lack parts or results: what nobody can read of them is a loss that is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from extract.office.sheet.model import Merge, Sheet, SheetCell
from extract.office.sheet.pages import pages_of
from tests.extract.office.make import odf, zipped
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


def charted(path: Path, told: str) -> Path:
    """A workbook with a chart that draws the range `told`."""
    made = openpyxl.load_workbook(book(path, TABLE))
    chart = BarChart()
    chart.add_data(Reference(made.active, min_col=2, min_row=2, max_row=3))
    made.active.add_chart(chart, "H2")
    made.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    drawn = "xl/charts/chart1.xml"
    before, _, rest = parts[drawn].partition(b"<f>")
    assert rest
    parts[drawn] = before + f"<f>{told}</f>".encode() + rest.partition(b"</f>")[2]
    return zipped(path, parts)


def test_a_chart_of_cells_is_a_fact_and_one_of_another_workbook_a_loss(tmp_path: Path) -> None:
    """Charts of workbooks were passed over without a word, whatever they draw."""
    (page,) = pages(charted(tmp_path / "a.xlsx", "'Phụ lục'!$B$2:$B$3"))
    assert any("1 biểu đồ vẽ từ số liệu của các ô" in note for note in page.notes)
    assert not page.losses
    (page,) = pages(charted(tmp_path / "b.xlsx", "[1]Sheet1!$B$2:$B$3"))
    assert any("1 biểu đồ" in loss for loss in page.losses)


def test_embedded_objects_and_large_pictures_on_sheets_are_losses(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", TABLE)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = {"oleObject": "../embeddings/o.bin", "drawing": "../drawings/d.xml"}
    listed = "".join(
        f'<Relationship Id="r{kind}" Type="{office}/{kind}" Target="{target}"/>'
        for kind, target in kinds.items()
    )
    picture = '<a:blip xmlns:a="a"/><xdr:spPr><a:xfrm xmlns:a="a"><a:ext cx="4000000" cy="2000000"/></a:xfrm></xdr:spPr>'
    drawing = f'<xdr:wsDr xmlns:xdr="x"><xdr:twoCellAnchor><xdr:pic>{picture}</xdr:pic></xdr:twoCellAnchor></xdr:wsDr>'
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = f"<Relationships>{listed}</Relationships>".encode()
    parts["xl/drawings/d.xml"] = drawing.encode()
    (page,) = pages(zipped(path, parts))
    assert any("1 hình ảnh lớn" in loss for loss in page.losses)
    assert any("1 đối tượng nhúng" in loss for loss in page.losses)


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ('<draw:object draw:notify-on-update-of-ranges="A.B2:A.B3"/>', "vẽ từ số liệu của các ô"),
        ("<draw:object/>", "1 đối tượng nhúng"),
        ("<draw:image/>", "1 hình ảnh lớn"),
        ("<draw:text-box><text:p>Chú thích</text:p></draw:text-box>", ""),
    ],
)
def test_what_stands_beside_the_cells_of_an_ods_is_told(drawn: str, told: str, tmp_path: Path) -> None:
    row = "<table:table-row><table:table-cell><text:p>Xã</text:p></table:table-cell></table:table-row>"
    frame = f'<table:shapes><draw:frame svg:width="12cm" svg:height="6cm">{drawn}</draw:frame></table:shapes>'
    body = f'<table:table table:name="A">{frame}{row}</table:table>'
    (page,) = pages(odf(tmp_path / "a.ods", "spreadsheet", body))
    found = " ".join((*page.notes, *page.losses))
    assert told in found if told else not found


def test_a_text_in_a_shape_of_an_ods_is_read(tmp_path: Path) -> None:
    """Text boxes that came from .xlsx are shapes without a box in them: they were lost without a word."""
    row = "<table:table-row><table:table-cell><text:p>Xã</text:p></table:table-cell></table:table-row>"
    shape = "<draw:custom-shape><text:p>Chưa quyết toán</text:p></draw:custom-shape>"
    body = f'<table:table table:name="A"><table:shapes>{shape}</table:shapes>{row}</table:table>'
    (page,) = pages(odf(tmp_path / "a.ods", "spreadsheet", body))
    assert "Chưa quyết toán" in [line.text for line in page.lines]

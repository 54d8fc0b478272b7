"""Workbooks: tables on a sheet, formats, merges, what is hidden, and the same sheet in three formats."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, Side

from extract.inputs import open_document
from extract.office.opendocument.cell_values import shown_as
from extract.office.opendocument.sheets import read_ods
from extract.office.sheet.model import BOTTOM, LEFT, RIGHT, TOP, Look, Merge, Sheet, SheetCell
from extract.office.sheet.pages import pages_of
from extract.tables.header import understand
from extract.tables.stitch import stitch
from model.errors import DamagedFileError, TooCostlyError
from model.page import PageContent
from normalize.columns import type_columns
from tests.extract.office.make import odf, zipped
from tests.extract.office.test_word import rows

ALL = Border(*(Side("thin"),) * 4)
BOX = Look(borders=LEFT | RIGHT | TOP | BOTTOM)


def pages(path: Path) -> list[PageContent]:
    with open_document(path) as document:
        return [document.page(i) for i in range(document.n_pages)]


def book(path: Path, table: list[list[object]], first_row: int = 1, ruled: bool = True) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    for r, row in enumerate(table, first_row):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c, value)
            if ruled:
                cell.border = ALL
    made.save(path)
    return path


TABLE: list[list[object]] = [
    ["STT", "Xã", "Hồ sơ", "Tỷ lệ"],
    [1, "An Bình", 1200, 0.9788],
    [2, "Tân Phú", 845, 0.5],
]


def test_values_carry_their_format(tmp_path):
    made = openpyxl.load_workbook(book(tmp_path / "a.xlsx", TABLE))
    for row in (2, 3):
        made.active.cell(row, 3).number_format = "#,##0"
        made.active.cell(row, 4).number_format = "0.00%"
    made.save(tmp_path / "a.xlsx")
    (page,) = pages(tmp_path / "a.xlsx")
    assert rows(page.grids[0])[1:] == [["1", "An Bình", "1.200", "97,88%"], ["2", "Tân Phú", "845", "50,00%"]]
    typed, _ = type_columns([understand(raw, "t01") for raw in stitch([page])])
    values = [[c.value.plain() if c.value else "" for c in row] for row in typed[0].body]
    assert values == [["1", "", "1200", "97.88"], ["2", "", "845", "50.00"]]


def test_thousandths_are_no_thousands(tmp_path):
    made = openpyxl.load_workbook(book(tmp_path / "a.xlsx", [["Xã", "Điểm"], ["A", 412.615], ["B", 13.951]]))
    for row in (2, 3):
        made.active.cell(row, 2).number_format = "0.000"
    made.save(tmp_path / "a.xlsx")
    typed, _ = type_columns([understand(raw, "t01") for raw in stitch(pages(tmp_path / "a.xlsx"))])
    assert [row[1].value.plain() for row in typed[0].body] == ["412.615", "13.951"]


def test_titles_notes_and_two_tables_of_a_sheet(tmp_path):
    path = book(tmp_path / "a.xlsx", TABLE, first_row=4)
    made = openpyxl.load_workbook(path)
    sheet = made.active
    sheet["A1"], sheet["A1"].font = "BIỂU SỐ 1", Font(bold=True)
    sheet.merge_cells("A1:D1")
    sheet["A2"], sheet["A2"].alignment = "Kết quả giải quyết", Alignment(horizontal="center")
    sheet["A8"] = "Ghi chú: số liệu đến 15/11"
    for r, row in enumerate(TABLE, 10):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c, value).border = ALL
    sheet["B14"], sheet["D14"] = "NGƯỜI LẬP", "CHỦ TỊCH"
    made.save(path)
    (page,) = pages(path)
    shown = [b.text if not hasattr(b, "cells") else "TABLE" for b in page.blocks]
    assert shown[:3] == ["BIỂU SỐ 1", "Kết quả giải quyết", "TABLE"]
    assert shown[3:5] == ["Ghi chú: số liệu đến 15/11", "TABLE"]
    assert "NGƯỜI LẬP" in shown[5] and "CHỦ TỊCH" in shown[5]
    assert page.lines[0].heading and page.lines[1].heading and not page.lines[2].heading


def test_a_table_without_lines_is_found_by_its_figures(tmp_path):
    path = book(
        tmp_path / "a.xlsx", [["BÁO CÁO"], [], *TABLE, [], [3, "Hòa Lợi", 5, 0.1], ["Nơi nhận:"]], ruled=False
    )
    (page,) = pages(path)
    assert [row[1] for row in rows(page.grids[0])] == ["Xã", "An Bình", "Tân Phú", "", "Hòa Lợi"]
    assert [line.text for line in page.lines] == ["BÁO CÁO", "Nơi nhận:"]


def test_two_tables_side_by_side_are_two(tmp_path):
    cells = {}
    for left, name in ((0, "A"), (4, "B")):
        for r in range(3):
            for c in range(2):
                cells[r, left + c] = SheetCell(f"{name}{r}{c}" if c == 0 or not r else str(r * 10), BOX)
    (page,) = pages_of([Sheet("s", cells)])
    assert [rows(g)[0] for g in page.grids] == [["A00", "A01"], ["B00", "B01"]]


def test_a_row_without_lines_goes_on_with_its_table():
    cells = {
        (r, c): SheetCell(("Xã", "Số")[c] if not r else ("A", "5")[c], BOX)
        for r in range(3)
        for c in range(2)
    }
    cells |= {(3, 0): SheetCell("Tổng"), (3, 1): SheetCell("10", number=Decimal(10))}
    (page,) = pages_of([Sheet("s", cells)])
    assert rows(page.grids[0])[-1] == ["Tổng", "10"]


def test_a_header_typed_over_two_rows_is_one():
    open_top, open_bottom = Look(borders=LEFT | RIGHT | TOP), Look(borders=LEFT | RIGHT | BOTTOM)
    cells = {
        (0, 0): SheetCell("Đơn vị", open_top), (1, 0): SheetCell("tính", open_bottom),
        (0, 1): SheetCell("Hồ sơ", BOX), (0, 2): SheetCell("", BOX),
        (1, 1): SheetCell("Nhận", BOX), (1, 2): SheetCell("Trả", BOX),
        (2, 0): SheetCell("bộ", BOX), (2, 1): SheetCell("5", BOX), (2, 2): SheetCell("6", BOX),
    }  # fmt: skip
    (page,) = pages_of([Sheet("s", cells, [Merge(0, 1, 0, 2)])])
    assert rows(page.grids[0])[:2] == [["Đơn vị\ntính", "Hồ sơ", "Hồ sơ"], ["Đơn vị\ntính", "Nhận", "Trả"]]


def test_what_is_hidden_is_read_and_told(tmp_path):
    made = openpyxl.load_workbook(book(tmp_path / "a.xlsx", TABLE))
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["C"].hidden = True
    other = made.create_sheet("Ẩn")
    other.sheet_state = "hidden"
    other["A1"] = "chữ"
    made.save(tmp_path / "a.xlsx")
    first, second = pages(tmp_path / "a.xlsx")
    assert len(rows(first.grids[0])) == 3
    assert [("1 dòng ẩn" in n, "cột C" in n) for n in first.grids[0].notes] == [(True, False), (False, True)]
    assert "bị ẩn" in second.notes[0] and second.lines[0].text == "chữ"


def test_dates_are_days_and_formulas_their_values(tmp_path):
    made = openpyxl.load_workbook(
        book(tmp_path / "a.xlsx", [["Xã", "Ngày"], ["A", date(2024, 6, 5)], ["B", "=1+1"]])
    )
    made.active["B2"].number_format = "mm/dd/yyyy"
    made.save(tmp_path / "a.xlsx")
    grid = pages(tmp_path / "a.xlsx")[0].grids[0]
    assert rows(grid)[1:] == [["A", "05/06/2024"], ["B", ""]]  # no program has worked the formula out


def test_sheets_are_pages_by_their_number(tmp_path):
    made = openpyxl.Workbook()
    for name in ("B", "C"):
        made.create_sheet(name)["A1"] = name
    made.save(tmp_path / "a.xlsx")
    found = pages(tmp_path / "a.xlsx")
    assert [(p.number, [line.text for line in p.lines]) for p in found] == [(1, []), (2, ["B"]), (3, ["C"])]


def test_tables_of_two_sheets_are_never_one(tmp_path):
    made = openpyxl.Workbook()
    for sheet in (made.active, made.create_sheet("2")):
        for r, row in enumerate(TABLE, 1):
            for c, value in enumerate(row, 1):
                sheet.cell(r, c, value).border = ALL
    made.save(tmp_path / "a.xlsx")
    assert len(stitch(pages(tmp_path / "a.xlsx"))) == 2


def test_a_table_far_down_and_right_costs_nothing(tmp_path):
    made = openpyxl.Workbook()
    made.active["XFD1048576"] = 7
    made.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    merge = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048575"/></mergeCells>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", merge)
    (page,) = pages(zipped(tmp_path / "b.xlsx", parts))
    assert [line.text for line in page.lines] == ["7"]


def test_an_ods_shows_the_same(tmp_path):
    cell = '<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{text}</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>"
    body = (
        '<table:table table:name="A">'
        + "".join(
            row.format("".join(cell.format(kind=k, value=v, text=t) for k, v, t in cells))
            for cells in (
                [("string", "", "Xã"), ("string", "", "Hồ sơ"), ("string", "", "Tỷ lệ")],
                [("string", "", "An Bình"), ("float", "1200", "1.200"), ("percentage", "0.9788", "97,88%")],
                [("string", "", "Tân Phú"), ("float", "412.615", "412,615"), ("percentage", "0.5", "50,00%")],
            )
        )
        + '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    (page,) = pages(odf(tmp_path / "a.ods", "spreadsheet", body))
    stored = {(c.row, c.col): c.stored for c in page.grids[0].cells if c.stored is not None}
    assert stored == {
        (1, 1): Decimal(1200),
        (1, 2): Decimal("97.88"),
        (2, 1): Decimal("412.615"),
        (2, 2): Decimal("50.00"),
    }


def test_a_part_that_grows_a_thousandfold_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", TABLE)
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * (64 << 20)
    with pytest.raises(TooCostlyError), open_document(zipped(tmp_path / "b.xlsx", parts)):
        pass


def sheet_of(path: Path, xml: str) -> Path:
    """A workbook whose only sheet has this XML inside."""
    made = book(path, TABLE)
    with zipfile.ZipFile(made) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{space}">{xml}</worksheet>'
    return zipped(path, parts)


def test_attributes_that_are_no_numbers_cost_nothing(tmp_path):
    cell = '<c r="A{}" s="{}" t="{}"><v>{}</v></c>'
    rows_of = [(1, "x", "n", "nan"), (2, "-7", "n", "1e999"), (3, "99999", "s", "4000"), (4, "0", "n", "5")]
    cells = "".join(f'<row r="{r}">{cell.format(r, s, t, v)}</row>' for r, s, t, v in rows_of)
    cols = '<cols><col min="-5" max="x" width="wide"/><col min="1" max="99999999999" hidden="1"/></cols>'
    (page,) = pages(sheet_of(tmp_path / "a.xlsx", f"{cols}<sheetData>{cells}</sheetData>"))
    assert page.lines[-1].text == "5"


def test_a_cell_outside_of_any_sheet_is_damage(tmp_path):
    xml = '<sheetData><row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>'
    with pytest.raises(DamagedFileError), open_document(sheet_of(tmp_path / "a.xlsx", xml)):
        pass


def test_a_cell_of_an_ods_without_a_style_has_its_rows_or_columns(tmp_path):
    """LibreOffice names the style of most cells once, at their column: their fonts and lines had been lost."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties {line}/>'
        f'<style:text-properties style:font-name="{font}"/></style:style>'
        for name, font, line in (
            ("old", ".VnTime", 'fo:border="0.5pt solid #000000"'),
            ("new", "Times New Roman", ""),
            ("vni", "VNI-Times", ""),
        )
    )
    cell = "<table:table-cell{style}><text:p>{text}</text:p></table:table-cell>"
    rows = (
        ("", [("", "Tr\u00ad\u00eang"), ("", "12"), ("", "Trường"), ("", "")]),
        ("", [(' table:style-name="new"', "Lệ"), ("", "7"), ("", "Trường"), ("", "")]),
        (' table:default-cell-style-name="vni"', [("", "Tröôøng"), ("", "8"), ("", "Coäng"), ("", "")]),
    )
    body = (
        '<table:table table:name="A"><table:table-column table:number-columns-repeated="2" '
        'table:default-cell-style-name="old"/><table:table-column table:default-cell-style-name="new"/>'
        + "".join(
            f"<table:table-row{row}>{''.join(cell.format(style=s, text=t) for s, t in cells)}</table:table-row>"
            for row, cells in rows
        )
        + '<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    (sheet,) = read_ods(odf(tmp_path / "a.ods", "spreadsheet", body, styles))
    fonts = {place: cell.look.font for place, cell in sheet.cells.items() if cell.text}
    assert [fonts[0, c] for c in range(3)] == [".VnTime", ".VnTime", "Times New Roman"]
    assert [fonts[1, c] for c in range(3)] == ["Times New Roman", ".VnTime", "Times New Roman"]
    assert [fonts[2, c] for c in range(3)] == ["VNI-Times"] * 3
    assert sheet.cells[0, 0].look.borders and not sheet.cells[0, 2].look.borders
    assert {c for r, c in sheet.cells if r == 3} == {0, 1}  # what has lines only
    (page,) = pages_of([sheet])
    texts = [c.text for grid in page.grids for c in grid.cells]
    assert texts.count("Trường") == 4 and "Cộng" in texts


def test_runs_of_an_ods_are_each_in_its_own_font(tmp_path):
    """`lương` in a font of TCVN3 beside Unicode had come out as `l ¬ng`, a raised mark as a digit."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {said}/></style:style>'
        for name, said in (
            ("old", 'style:font-name=".VnTime"'),
            ("up", 'style:text-position="super 58%"'),
            ("higher", 'style:text-position="33% 58%"'),
            ("level", 'style:text-position="0% 100%"'),
        )
    )
    texts = (
        'Chi trả <text:span text:style-name="old">l\u00ad\u00acng c\u00abng nh\u00a9n</text:span>',
        '1.234<text:span text:style-name="up">(1)</text:span>',
        'km<text:span text:style-name="higher">2</text:span>',
        '56<text:span text:style-name="level">7</text:span>',
        'a<text:s text:c="2"/>b</text:p><text:p>c<text:line-break/>d',
    )
    row = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
    body = f'<table:table table:name="A"><table:table-row>{row}</table:table-row></table:table>'
    (sheet,) = read_ods(odf(tmp_path / "a.ods", "spreadsheet", body, styles))
    assert [cell.text for cell in sheet.cells.values()][1:] == ["1.234⁽¹⁾", "km²", "567", "a  b\nc\nd"]
    (page,) = pages_of([sheet])
    assert page.lines[0].text.startswith("Chi trả lương công nhân")


def test_merges_by_the_thousand_on_each_other_end(tmp_path):
    merges = "".join(f'<mergeCell ref="A{i}:XFD{i + 500}"/>' for i in range(1, 5000))
    xml = f'<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData><mergeCells>{merges}</mergeCells>'
    (page,) = pages(sheet_of(tmp_path / "a.xlsx", xml))
    assert page.lines[0].text == "7"


def test_cells_far_from_each_other_are_no_table():
    cells = {(r, c): SheetCell("5", number=Decimal(5)) for r in range(30) for c in (0, 16_000)}
    (page,) = pages_of([Sheet("s", cells)])
    assert not page.grids and len(page.lines) == 30


def test_a_row_repeated_without_end_is_refused(tmp_path):
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    path = odf(tmp_path / "a.ods", "spreadsheet", f"<table:table>{row}</table:table>")
    with pytest.raises(TooCostlyError), open_document(path):
        pass


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.ods"])
def test_what_is_no_workbook_says_so(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x09\x08 nothing of the kind")
    with pytest.raises(DamagedFileError), open_document(tmp_path / name):
        pass


def test_a_web_page_that_is_called_a_workbook_is_read_as_one(tmp_path):
    row = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
    body = "".join(
        row.format(*cells) for cells in (("STT", "Xã", "Số"), (1, "An Bình", "5"), (2, "Tân Phú", "7"))
    )
    (tmp_path / "a.xls").write_text(f"<html><body><table>{body}</table></body></html>", "utf-8")
    (page,) = pages(tmp_path / "a.xls")
    assert rows(page.grids[0])[2] == ["2", "Tân Phú", "7"]


def test_a_workbook_by_another_name_is_read(tmp_path):
    path = book(tmp_path / "a.xlsx", TABLE).rename(tmp_path / "a.xls")
    assert rows(pages(path)[0].grids[0])[0] == TABLE[0]


@pytest.mark.parametrize(
    ("stored", "text", "shown"),
    [
        ("69417", "69.417", "69417"),
        ("0.125", "0,13", "0.13"),
        ("1234567.8", "1,235", "1235"),  # `#,##0,` shows thousands
        ("1234567890", "1.234,6", "1234.6"),
        ("5000000", "5", "5"),
        ("-1500", "(1.500)", "-1500"),
        ("0", "0", "0"),
        ("1234567", "###", "1234567"),
    ],
)
def test_a_spreadsheet_of_libreoffice_is_read_as_it_is_shown(stored, text, shown):
    assert shown_as(Decimal(stored), text) == Decimal(shown)


def test_a_list_of_texts_is_one_table_though_few_of_its_rows_have_a_figure(tmp_path):
    """Row numbers of four digits look like figures: what stood above the first was taken for titles."""
    rows = [(n, f"Hồ sơ đất đai thôn {n % 7}", "Nguyễn Văn An", "Đúng hạn") for n in range(1, 1031)]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("DANH SÁCH HỒ SƠ ĐÃ GIẢI QUYẾT",))
    sheet.append(())
    for row in (("STT", "Tên hồ sơ", "Người nộp", "Kết quả"), *rows):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    with open_document(tmp_path / "a.xlsx") as document:
        page = document.page(0)
    (grid,) = page.grids
    assert grid.n_rows == len(rows) + 1
    assert [line.text for line in page.lines] == ["DANH SÁCH HỒ SƠ ĐÃ GIẢI QUYẾT"]

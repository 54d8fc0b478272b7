"""Rows cut without a parser of XML say what the parser says, and whatever is not written plainly is left to it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from extract.office.sheet import xlsx
from extract.office.sheet.model import Sheet
from extract.office.sheet.plain_rows import PlainRow, rows_of
from extract.office.sheet.xlsx import read_xlsx
from model.errors import DamagedFileError

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"{}><sheetData>'
)
TAIL = "</sheetData></worksheet>"
PLAIN = '<row r="1"><c r="A1"><v>7</v></c><c r="B1" t="str"><v>Xã Hòa</v></c></row>'
X14AC = ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'

WRITTEN = {
    "plain": PLAIN,
    "a hidden row without numbers": '<row hidden="1"><c r="A1"><v>7</v></c></row><row><c r="B2"><v>8</v></c></row>',
    "an empty row": '<row r="3" spans="1:2"/><row><c r="A4"><v>1</v></c></row>',
    "a text of its own": '<row r="1"><c r="A1" t="inlineStr"><is><t>Xã_x000D_Hòa</t></is></c></row>',
    "a formula": '<row r="1"><c r="A1"><f>B1+C1</f><v>3</v></c><c r="B1" t="str"><f>"x"</f><v>x</v></c></row>',
    "LibreOffice's": '<row r="1"><c r="A1" s="0"><f aca="false">B1*2</f><v>6</v></c></row>',
    "shared formulas": '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1+1</f><v>3</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>',
    "an unworked formula": '<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>C1</f><v></v></c></row>',
    "signs written otherwise": '<row r="1"><c r="A1" t="str"><v>Đất &amp; nước &lt;2</v></c></row>',
    "two lines": '<row r="1"><c r="A1" t="str"><v>Đất\nnước</v></c></row>',
    "figures, truths and errors": '<row r="1"><c r="A1" t="n"><v>1.5</v></c><c r="B1" t="b"><v>1</v></c>'
    '<c r="C1" t="e"><v>#N/A</v></c><c r="D1"/></row>',
    "a parted text": '<row r="1"><c r="A1"><v>1</v><!-- or --></c><c r="B1" t="str"><v><![CDATA[</row>]]></v></c></row>',
    "other marks": "<row r='1'><c r='A1'><v>7</v></c></row>",
    "no places": "<row><c><v>7</v></c><c><v>8</v></c></row>",
    "rich text": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr>'
    "<t>2</t></r></is></c></row>",
    "a stranger between rows": PLAIN + '<extra><row r="2"><c r="A2"><v>1</v></c></row></extra>',
    "letters in small": '<row r="1"><c r="b1"><v>7</v></c></row>',
}


def part(path: Path, rows: str, more: str = "") -> Path:
    """A workbook whose one sheet holds these rows."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (HEAD.format(more) + rows + TAIL).encode()
    with zipfile.ZipFile(path, "w") as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return path


@pytest.mark.parametrize("rows", WRITTEN.values(), ids=WRITTEN.keys())
@pytest.mark.parametrize("more", ["", X14AC])
def test_rows_are_what_the_parser_makes_of_them(tmp_path, monkeypatch, rows, more):
    given = rows.replace("<row r", '<row x14ac:dyDescent="0.2" r') if more else rows
    path = part(tmp_path / "a.xlsx", given, more)

    def read() -> list[Sheet]:
        return read_xlsx(path)

    found = read()
    monkeypatch.setattr(xlsx, "rows_of", lambda data, name: None)
    assert found == read()
    assert found[0].cells or found[0].losses


def test_most_rows_are_cut_without_the_parser():
    rows = rows_of((HEAD.format("") + PLAIN + TAIL).encode(), "sheet1.xml")
    assert rows is not None
    (row,) = rows.each()
    assert isinstance(row, PlainRow)
    assert [cell[0] for cell in row.cells] == ["A", "B"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>7</c></row>',
        '<row r="1" r="1"><c r="A1"><v>7</v></c></row>',
        '<row r="1" x14ac:dyDescent="0.2"><c r="A1"><v>7</v></c></row>',
        '<row r="1"><c r="A1"><v>7]]></v></c></row>',
        '<row r="1"><c r="A1"><v>7\x01</v></c></row>',
        '<row r="1"><c r="A1"><v>7</v></c>',
        '<row r="1"><c r="A1" s="1" s="1"><v>7</v></c></row>',
    ],
)
def test_broken_rows_are_damage_as_ever(tmp_path, rows):
    with pytest.raises(DamagedFileError):
        read_xlsx(part(tmp_path / "a.xlsx", rows))


def test_a_row_in_another_encoding_is_left_to_the_parser():
    data = (HEAD.format("") + PLAIN + TAIL).replace("UTF-8", "UTF-16").encode("utf-16")
    assert rows_of(data, "sheet1.xml") is None
    latin = (
        (HEAD.format("") + PLAIN + TAIL).replace("UTF-8", "ISO-8859-1").encode("latin-1", "xmlcharrefreplace")
    )
    assert rows_of(latin, "sheet1.xml") is None

"""Formulas of workbooks: which cells they name, and what they prove or betray."""

import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.office.sheet.formulas import MOST_OPERANDS, Formula, worked_out
from model.document import Source
from pipeline.document import read_document
from pipeline.settings import Settings
from tests.extract.office.make import zipped

S = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
FILLED = {(row, col) for row in range(12) for col in range(8)}


def told(text, at=(12, 2), percent=False, **moved):
    found = worked_out(at, Formula(text, **moved), FILLED | {at}, percent)
    return found and (dict(found.parts), dict(found.whole), found.scale)


def column(col, first, last, sign=1):
    return {(row, col): sign for row in range(first, last + 1)}


@pytest.mark.parametrize(
    ("text", "parts", "whole", "scale"),
    [
        ("SUM(C5:C12)", column(2, 4, 11), {}, 1),
        ("SUM($C$5:C$12)", column(2, 4, 11), {}, 1),
        ("sum(C5:C7;C9)", column(2, 4, 6) | {(8, 2): 1}, {}, 1),
        ("SUM(C5:C7,C9,C11:C12)", column(2, 4, 6) | column(2, 8, 8) | column(2, 10, 11), {}, 1),
        ("+C5+C6-C7", {(4, 2): 1, (5, 2): 1, (6, 2): -1}, {}, 1),
        ("-C5+C6", {(4, 2): -1, (5, 2): 1}, {}, 1),
        ("C5-(C6-C7)", {(4, 2): 1, (5, 2): -1, (6, 2): 1}, {}, 1),
        ("SUM(C5:C6)-SUM(D5:D6)", column(2, 4, 5) | column(3, 4, 5, -1), {}, 1),
        ("ROUND(SUM(C5:C6),0)", column(2, 4, 5), {}, 1),
        ("D5/C5", {(4, 3): 1}, {(4, 2): 1}, 1),
        ("D5/C5*100", {(4, 3): 1}, {(4, 2): 1}, 100),
        ("D5*100/C5", {(4, 3): 1}, {(4, 2): 1}, 100),
        ("ROUND(D5/C5*100,2)", {(4, 3): 1}, {(4, 2): 1}, 100),
        ("(D5+E5)/SUM(F5:G5)*100", {(4, 3): 1, (4, 4): 1}, {(4, 5): 1, (4, 6): 1}, 100),
        ("D5/C5*100%", {(4, 3): 1}, {(4, 2): 1}, 1),
    ],
)  # fmt: skip
def test_a_formula_names_its_cells(text, parts, whole, scale):
    assert told(text) == (parts, whole, Decimal(scale))


@pytest.mark.parametrize(
    "text",
    ["", "C5", "5", "C5*2", "C5*D5", "C5+1", "SUM(C5:C13)", "SUM(A1:XFD1048576)", "Sheet2!C5+C6", "[1]A!C5+C6",
     "'Trang 2'!C5+C6", "IF(C5>1,C6,C7)", "VLOOKUP(C5,A1:B9,2)", "AVERAGE(C5:C9)", "SUBTOTAL(9,C5:C12)", "C5+C6)",
     "(C5+C6", "SUM(C5:C6", "C5/C6/C7", "C5+D5/C6", "C5*100", "C5&C6", '"a"+C5+C6', "WEBSERVICE(C5)", "C5:C6:C7",
     "A0+A1", "ROUND(C5+C6)", "ROUND(C5+C6,C7)", "{C5+C6}", "C5+#REF!", "SUMIF(C5:C9,1)", "(" * 5000, "SUM(" * 500,
     "C5+" * 900],
)  # fmt: skip
def test_what_says_no_relation_between_printed_figures_says_nothing(text):
    assert told(text) is None


def test_a_shared_formula_is_moved_with_its_cell():
    assert told("SUM(C5:C8)", right=2) == (column(4, 4, 7), {}, 1)
    assert told("SUM($C5:$C8)", right=2, down=1) == (column(2, 5, 8), {}, 1)
    assert told("SUM(A1:A2)", right=-1) is None


def test_a_percentage_shows_its_number_times_a_hundred():
    assert told("D5/C5", percent=True)[2] == 100
    assert told("SUM(C5:C6)", percent=True) is None


@given(st.text("ABC$:()+-*/,;0123456789SUMROND!' ", max_size=60))
def test_any_words_are_read_or_left(text):
    found = worked_out((50, 50), Formula(text), FILLED, False)
    assert found is None or 2 <= len(found.parts) + len(found.whole) <= MOST_OPERANDS


# ---- through the whole journey ----

HEAD = ["STT", "Xã", "Tiếp nhận", "Đã giải quyết", "Chỉ số"]
BODY = [["1", "An", 120, 98, 7310], ["2", "Bình", 87, 85, 1147], ["3", "Cát", 240, 236, 5290]]


def cell(value, formula=""):
    told = f"<f>{formula}</f>" if formula and not formula.startswith("<") else formula
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c>{told}<v>{value}</v></c>"


def workbook(path, last):
    rows = [HEAD, *BODY]
    lines = "".join(f"<row>{''.join(cell(v) for v in row)}</row>" for row in rows)
    lines += f"<row>{''.join(last)}</row>"
    return zipped(path, {
        "xl/workbook.xml": f'<workbook {S}><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData>{lines}</sheetData></worksheet>",
    })  # fmt: skip


def read(path):
    return read_document(Source("a", "a.xlsx", str(path), "0" * 64), Settings())


SHARED = '<f t="shared" ref="C5:E5" si="0">SUM(C2:C4)</f>', '<f t="shared" si="0"/>'


def test_a_sum_that_holds_proves_its_figures(tmp_path):
    """Nothing but the formula says that the last row is a sum."""
    last = [cell(""), cell("Mức chung"), cell(447, SHARED[0]), cell(419, SHARED[1]), cell(13747, SHARED[1])]
    (table,) = read(workbook(tmp_path / "a.xlsx", last)).tables
    assert {table.rows[r][c].status for r in range(1, 5) for c in (2, 3, 4)} == {"proved"}


def test_a_sum_that_does_not_hold_is_flagged(tmp_path):
    last = [cell(""), cell("Mức chung"), cell(447, SHARED[0]), cell(491, SHARED[1]), cell(13747, SHARED[1])]
    document = read(workbook(tmp_path / "a.xlsx", last))
    (flag,) = [f for f in document.flags if f.kind == "formula"]
    assert (flag.severity, flag.row, flag.col, flag.expected) == ("error", 4, 3, "419")
    assert "công thức" in flag.message
    assert document.tables[0].rows[4][3].text == "491"  # print is never changed


def test_formulas_that_go_round_in_circles_are_no_harm(tmp_path):
    last = [cell(""), cell("Mức chung"), cell(447, "C5+D5"), cell(419, "D5+C5"), cell(13747, "SUM(C5:E5)")]
    assert read(workbook(tmp_path / "a.xlsx", last)).tables


def test_a_file_with_a_formula_in_every_cell_stays_bounded(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [cell(1, "SUM(A1:E4)") for _ in range(400)])
    assert zipfile.is_zipfile(path)
    assert read(path).tables

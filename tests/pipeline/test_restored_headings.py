"""Headings put together from torn ones, as the document's tables have them."""

from __future__ import annotations

import pytest

from extract.dump.pages import read_text
from extract.tables.header import understand
from extract.tables.stitch import stitch
from normalize.numbering import is_numbering, mend_column_numbers
from pipeline.headings import with_headings
from pipeline.language import mend_tables
from pipeline.readings import with_certainty
from tests.extract.dump.torn_report import TORN_REPORT


@pytest.fixture(scope="module")
def table():
    pages = read_text(TORN_REPORT)
    tables = [understand(raw, "t01") for raw in stitch(pages)]
    return mend_tables(with_headings(with_certainty(tables, pages, damaged=True)), damaged=True)[0][0]


def test_a_restored_heading_is_a_repair_of_the_words_as_read(table):
    cell = table.rows[1][3]
    assert cell.text == "Trực tuyến"
    assert cell.raw != cell.text
    assert [(r.kind, r.old) for r in cell.repairs] == [("structure", cell.raw)]
    assert cell.status == "repaired"


def test_columns_are_called_by_restored_headings(table):
    assert [c.name for c in table.columns][2:5] == [
        "Hồ sơ tiếp nhận / Tổng số",
        "Hồ sơ tiếp nhận / Trực tuyến",
        "Hồ sơ tiếp nhận / Trực tiếp",
    ]


def test_the_language_of_a_restored_heading_is_left_alone(table):
    heads = [cell for row in table.rows[: table.header_rows] for cell in row]
    assert not any(r.kind == "diacritics" for cell in heads for r in cell.repairs)


def test_column_numbers_with_a_formula_are_told_and_mended_however_the_rest_was_read():
    marks = ["", "i", "2", "3", "4", "5=6+7", "5", "7", "18=9+10", "9", "10", "71", "12"]
    assert is_numbering(marks)
    assert mend_column_numbers(marks) == [
        *("", "1", "2", "3", "4", "5=6+7", "6", "7", "8=9+10", "9", "10", "11", "12")
    ]


@pytest.mark.parametrize("texts", [["1=2+3", "a", "b", "c", "d", "e"], ["Xã A", "5=6", "7", "1", "9", "2"]])
def test_a_formula_alone_makes_no_row_of_column_numbers(texts):
    assert not is_numbering(texts)

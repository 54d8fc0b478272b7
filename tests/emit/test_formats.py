from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sample_documents import outcomes

from emit import write_set
from emit.escape import unescape
from emit.formats.workbook import _sheet_name


def test_parquet_holds_typed_columns_without_escapes(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    write_set(outcomes(), tmp_path, formats=("csv", "parquet"))
    cells = pq.read_table(tmp_path / "parquet/cells.parquet").to_pylist()
    total = next(c for c in cells if (c["row"], c["col"]) == (3, 0))
    assert total["text"] == "=Tổng cộng"
    assert total["is_header"] is False
    assert next(c for c in cells if (c["row"], c["col"]) == (2, 1))["confidence"] == pytest.approx(0.988)


def test_workbook_has_links_colours_frozen_headers_and_no_formula(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    write_set(outcomes(), tmp_path, formats=("xlsx",))
    book = openpyxl.load_workbook(tmp_path / "extract.xlsx")
    assert book.sheetnames[:2] == ["documents", "flags"]
    flags, cells = book["flags"], book["cells"]
    assert flags.freeze_panes == "B2"
    target = flags["A2"].hyperlink.location
    assert target.startswith("'cells'!A")
    linked = cells[int(target.rsplit("A", 1)[1])]
    assert [c.value for c in linked[2:4]] == [3, 1]
    assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)
    assert cells["A4"].fill.bgColor.rgb or cells["A4"].fill.fgColor.rgb


def test_every_report_table_has_a_sheet_of_its_own_that_its_line_leads_to(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    write_set(outcomes(), tmp_path, formats=("xlsx",))
    book = openpyxl.load_workbook(tmp_path / "extract.xlsx")
    for line in book["tables"].iter_rows(min_row=2):
        name, _, place = line[0].hyperlink.location.rpartition("!")
        sheet = book[name.strip("'")]
        (file,) = [p for p in (tmp_path / "tables").rglob("*.csv") if p.stem == line[1].value][:1]
        with file.open(encoding="utf-8-sig", newline="") as plain:
            rows = list(csv.reader(plain))
        assert place == "A1" and len(sheet.title) <= 31
        assert [c.value for c in next(sheet.iter_rows())] == [unescape(text) for text in rows[0]]
        for shown, row in zip(sheet.iter_rows(min_row=2), rows[1:], strict=True):
            told = ["" if c.value is None else c.value for c in shown]
            assert all(
                value == unescape(text) or float(text) == value for value, text in zip(told, row, strict=True)
            )
    numbers = [c for c in book[book.sheetnames[-1]]["B"][1:] if c.data_type == "n" and c.value is not None]
    assert numbers


@pytest.mark.parametrize(
    ("doc_id", "name"),
    [
        ("2024/báo cáo", "báo cáo t01"),
        ("a" * 60, "a" * 27 + " t01"),
        ("x[1]:*?", "x_1____ t01"),
        ("báo cáo", "báo cáo t01 (2)"),
    ],
)
def test_the_names_of_sheets(doc_id: str, name: str) -> None:
    taken = {"báo cáo t01"} if doc_id == "báo cáo" else set()
    assert _sheet_name(doc_id, "t01", taken) == name
    assert name.lower() in taken


def test_workbook_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    for name in "ab":
        write_set(outcomes(), tmp_path / name, formats=("xlsx",))
    assert (tmp_path / "a/extract.xlsx").read_bytes() == (tmp_path / "b/extract.xlsx").read_bytes()


def test_files_made_of_an_older_set_do_not_stay(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    write_set(outcomes(), tmp_path, formats=("xlsx",))
    write_set(outcomes()[:1], tmp_path)
    assert not (tmp_path / "extract.xlsx").exists()

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sample_documents import outcomes

from emit import write_set


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

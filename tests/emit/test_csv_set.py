from __future__ import annotations

import csv
import errno
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sample_documents import document, outcomes

from emit import (
    SetWriter,
    document_columns,
    document_rows,
    dump_columns,
    dump_rows,
    load_rows,
    read_outcomes,
    read_set,
    write_set,
)
from emit.columns import FILES
from emit.tables import table_folder
from model.errors import NothingReadError, OutputError
from model.flag import Flag

CONTRACT = {
    "documents": "doc_id, path, sha256, status, error, pages, source, number, doc_type, issuer, "
    "parent_issuer, place, date, subject, signer, signer_title, period, decimal_mark, tables, flags",
    "tables": "doc_id, table_id, title, page_first, page_last, kind, header_rows, rows, cols, confidence, "
    "path",
    "cells": "doc_id, table_id, row, col, is_header, text, raw, value, of, unit, role, column, row_label, "
    "place_code, page, x0, y0, x1, y1, confidence, status, repairs",
    "places": "doc_id, table_id, row, raw, name, type, code, parent_name, parent_code, province_name, "
    "province_code, score, as_of, successor_code, successor_name",
    "statements": "doc_id, page, line, subject, value, unit, of, change, change_unit, as_of, context",
    "flags": "doc_id, table_id, row, col, page, x0, y0, x1, y1, kind, severity, found, expected, message, "
    "context, check",
    "lines": "doc_id, page, line, text, raw, x0, y0, x1, y1, confidence",
    "pages": "doc_id, page, status, rotation, dpi, confidence, warnings",
    "observations": "doc_id, place_code, place_name, indicator, as_of, value, unit, table_id, row, col",
}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and ".extract" not in p.parts
    }


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_of_the_contract_come_first_and_in_order(tmp_path: Path, name: str) -> None:
    write_set([], tmp_path)
    header = (tmp_path / f"{name}.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    wanted = CONTRACT[name].split(", ")
    assert header[: len(wanted)] == wanted


def test_what_a_worker_packs_by_columns_are_the_rows_of_the_set() -> None:
    for outcome in outcomes():
        assert load_rows(dump_columns(*document_columns(outcome))) == document_rows(outcome)
        assert dump_columns(*document_columns(outcome)) == dump_rows(document_rows(outcome))


def test_every_file_stands_even_without_documents(tmp_path: Path) -> None:
    write_set([], tmp_path)
    assert {s.file for s in FILES} | {"datapackage.json"} == {
        p.name for p in tmp_path.iterdir() if p.is_file()
    }


def test_a_cell_says_what_was_read_what_it_is_and_why(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path)
    cells = {(c["row"], c["col"]): c for c in read(tmp_path / "cells.csv")}
    figure = cells["2", "2"]
    assert (figure["raw"], figure["text"], figure["value"]) == ("9788", "97,88", "97.88")
    assert figure["repairs"] == r"digits:9788->97.88 by column range\; total"
    assert (figure["place_code"], figure["row_label"]) == ("00985", "Đạo Đức")
    assert cells["2", "1"]["column"] == "Hồ sơ / tiếp nhận"
    assert (cells["2", "3"]["value"], cells["2", "3"]["of"]) == ("1784", "1784")
    assert (cells["3", "3"]["value"], cells["3", "3"]["unit"]) == ("2024-10-31", "date")
    assert cells["3", "0"]["text"] == "'=Tổng cộng"
    assert cells["3", "1"]["text"] == "15 - 16"
    ends = [cells["3", "1"][name] for name in ("value", "low", "high", "unit")]
    assert ends == ["", "15", "16", "count"]
    assert cells["3", "2"]["text"] == "-5,1%"


def test_documents_count_tables_flags_and_proved_figures(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path)
    first, failed, skipped = read(tmp_path / "documents.csv")
    assert (first["tables"], first["flags"], first["figures"], first["proved"]) == ("1", "2", "4", "0.250")
    assert (failed["status"], failed["error"], failed["pages"]) == ("failed", "The file is truncated.", "3")
    assert (skipped["status"], skipped["tables"]) == ("skipped", "")


def test_flags_of_the_folder_are_counted_with_the_documents_own(tmp_path: Path) -> None:
    rows = document_rows(outcomes()[0])
    more = Flag("cross_document", "warning", "Hai báo cáo ghi khác nhau.", "t01", 2, 1, check="folder")
    with SetWriter(tmp_path) as writer:
        writer.add(document().source, rows, [more])
    assert read(tmp_path / "documents.csv")[0]["flags"] == "3"
    assert read(tmp_path / "flags.csv")[-1]["kind"] == "cross_document"


def test_plain_table_has_one_header_row_and_normal_values(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path)
    path = read(tmp_path / "tables.csv")[0]["path"]
    assert path == "tables/thang-10/bao-cao/t01.csv"
    with (tmp_path / path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["Xã", "Hồ sơ / tiếp nhận", "Tỷ lệ", "Đúng hạn"],
        ["Đạo Đức", "1204", "97.88", "1784/1784"],
        ["'=Tổng cộng", "15 - 16", "-5.1", "2024-10-31"],
    ]


def test_what_was_written_is_read_back_and_written_the_same(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path / "a")
    write_set(read_outcomes(tmp_path / "a"), tmp_path / "b")
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


def test_read_set_gives_the_records_back(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path)
    (found,) = read_set(tmp_path)
    original = document()
    assert found.metadata == original.metadata
    assert found.flags == original.flags
    assert found.observations == original.observations
    assert found.tables[0].rows[3][1].interval == original.tables[0].rows[3][1].interval
    assert found.statements[0].confidence == original.statements[0].confidence
    assert found.tables[0].columns == original.tables[0].columns
    assert found.tables[0].seams == original.tables[0].seams
    assert found.tables[0].notes == original.tables[0].notes
    for mine, theirs in zip(found.tables[0].cells(), original.tables[0].cells(), strict=True):
        assert (mine.text, mine.value, mine.date, mine.status) == (
            theirs.text,
            theirs.value,
            theirs.date,
            theirs.status,
        )
    assert found.places[0][1][0].unit == original.places[0][1][0].unit


def test_read_set_refuses_a_folder_without_a_set(tmp_path: Path) -> None:
    with pytest.raises(NothingReadError, match="no CSV set"):
        read_set(tmp_path)


def test_rows_survive_the_ledger() -> None:
    rows = document_rows(outcomes()[0])
    assert load_rows(dump_rows(rows)) == rows


def test_without_bom_the_first_byte_is_the_header(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path, bom=False)
    assert (tmp_path / "cells.csv").read_bytes().startswith(b"doc_id,")
    assert b"\xef\xbb\xbf" not in (tmp_path / "tables/thang-10/bao-cao/t01.csv").read_bytes()


def test_tables_of_documents_that_are_gone_go_too(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path)
    write_set(outcomes()[1:], tmp_path)
    assert not list((tmp_path / "tables").rglob("*.csv"))


def test_a_full_disk_leaves_the_old_set_and_nothing_half_written(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path)
    before = everything(tmp_path)

    def fail_in_the_middle() -> object:
        yield outcomes()[0]
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_set(fail_in_the_middle(), tmp_path)  # type: ignore[arg-type]
    assert everything(tmp_path) == before
    assert [p.name for p in (tmp_path / ".extract").iterdir()] == ["written.sqlite"]


def test_an_output_folder_that_is_a_file_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError) as caught:
        write_set([], tmp_path / "out")
    assert "--out" in caught.value.advice


def test_a_strangers_tables_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/mine.txt").write_text("keep")
    with pytest.raises(OutputError, match="another program"):
        write_set([], tmp_path)
    assert (tmp_path / "tables/mine.txt").read_text() == "keep"


@pytest.mark.parametrize(
    ("doc_id", "folder"),
    [
        ("a/b", "tables/a/b"),
        ("a/t01.csv", "tables/a/t01.csv_"),
        ("x" * 300, None),
        ("/".join(["ă" * 100] * 30), None),
    ],
)
def test_table_folders_fit_a_file_system(doc_id: str, folder: str | None, tmp_path: Path) -> None:
    found = table_folder(doc_id)
    assert folder is None or found == folder
    (tmp_path / found).mkdir(parents=True)


def test_flag_ids_are_unique_and_stay(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path / "a")
    write_set(outcomes(), tmp_path / "b")
    ids = [[f["flag_id"] for f in read(tmp_path / d / "flags.csv")] for d in "ab"]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


def test_no_machine_path_and_no_time_is_written(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path)
    assert all(b"/somewhere" not in data for data in everything(tmp_path).values())


@pytest.mark.parametrize("bom", [True, False])
def test_the_data_package_validates(tmp_path: Path, bom: bool) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_set(outcomes(), tmp_path, bom=bom)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
    assert len(report.tasks) == len(FILES)


def test_the_data_package_names_every_column(tmp_path: Path) -> None:
    write_set(outcomes(), tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        names = [f["name"] for f in resource["schema"]["fields"]]
        assert names == list(read_header(tmp_path / resource["path"]))


def read_header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))

from __future__ import annotations

import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import Inputs, find_inputs, written_name


def make(folder: Path, *names: str | bytes) -> Path:
    for name in names:
        path = folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def ids(found: Inputs) -> list[str]:
    return [s.doc_id for s in found.sources]


def reasons(found: Inputs) -> dict[str, str]:
    return {o.source.path: o.error for o in found.outcomes}


def test_ids_are_paths_below_the_input_without_extension(tmp_path: Path) -> None:
    make(tmp_path, "b.pdf", "2024/10/a.TXT", "2024/scan.tiff")
    assert ids(find_inputs([tmp_path])) == ["2024/10/a", "2024/scan", "b"]


def test_two_that_would_share_an_id_keep_their_extensions(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "a.txt", "b.pdf")
    assert ids(find_inputs([tmp_path])) == ["a.pdf", "a.txt", "b"]


def test_two_inputs_with_the_same_file_names_are_told_apart(tmp_path: Path) -> None:
    make(tmp_path, "x/a.pdf", "y/a.pdf")
    found = find_inputs([tmp_path / "x", tmp_path / "y"])
    assert ids(found) == ["x/a.pdf", "y/a.pdf"]
    assert [s.path for s in found.sources] == ["x/a.pdf", "y/a.pdf"]


def test_a_file_reached_twice_is_taken_once(tmp_path: Path) -> None:
    make(tmp_path, "in/a.pdf")
    assert ids(find_inputs([tmp_path / "in", tmp_path / "in/a.pdf"])) == ["a"]


def test_every_other_file_is_skipped_with_a_reason(tmp_path: Path) -> None:
    make(tmp_path, "a.mp3", ".hidden", "b.pdf.gz", "noext")
    os.mkfifo(tmp_path / "pipe.pdf")
    found = find_inputs([tmp_path])
    assert not found.sources
    assert len(found.outcomes) == 5
    assert "plain file" in reasons(found)["pipe.pdf"]


def test_links_out_of_the_input_folder_are_refused(tmp_path: Path) -> None:
    make(tmp_path, "secret.txt", "in/a.txt", "in/sub/b.txt")
    (tmp_path / "in/out.txt").symlink_to("../secret.txt")
    (tmp_path / "in/folder").symlink_to("sub")
    (tmp_path / "in/up").symlink_to("..")
    (tmp_path / "in/nothing.txt").symlink_to("gone.txt")
    (tmp_path / "in/same.txt").symlink_to("a.txt")
    found = find_inputs([tmp_path / "in"])
    assert ids(found) == ["a", "sub/b"]
    said = reasons(found)
    assert "out of the input folder" in said["out.txt"]
    assert "out of the input folder" in said["up"]
    assert "link to a folder" in said["folder"]
    assert "link to nothing" in said["nothing.txt"]


def test_a_missing_input_is_a_failure_not_a_crash(tmp_path: Path) -> None:
    found = find_inputs([tmp_path / "no such folder"])
    assert [(o.status, o.source.path) for o in found.outcomes] == [("failed", "no such folder")]


def test_names_that_are_no_utf8_or_break_lines_are_written_on_one_line(tmp_path: Path) -> None:
    make(tmp_path, b"b\xe1o.pdf", "hai\ndòng.txt", "\u202egnp.txt")
    assert set(ids(find_inputs([tmp_path]))) == {r"b\xe1o", r"hai\x0adòng", r"\u202egnp"}


def test_decomposed_names_are_written_composed(tmp_path: Path) -> None:
    make(tmp_path, unicodedata.normalize("NFD", "báo cáo quý.pdf"))
    assert ids(find_inputs([tmp_path])) == ["báo cáo quý"]


def test_a_composed_and_a_decomposed_name_are_two_documents(tmp_path: Path) -> None:
    make(tmp_path, *(unicodedata.normalize(form, "báo.pdf") for form in ("NFC", "NFD")))
    found = find_inputs([tmp_path])
    assert len(set(ids(found))) == 2


@pytest.mark.parametrize("name", ["..pdf", "...pdf", "....txt"])
def test_a_name_of_dots_leads_nowhere(tmp_path: Path, name: str) -> None:
    make(tmp_path, name)
    for ident in ids(find_inputs([tmp_path])):
        assert ident.strip(".") not in ("", "/")


def test_the_output_folder_is_no_input(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "csv/tables/a/t01.csv", "csv/x.txt")
    found = find_inputs([tmp_path], exclude=tmp_path / "csv")
    assert found.count == 1


def test_an_output_folder_that_is_the_input_too_hides_only_outputs(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "tables/a/t01.csv", ".extract/ledger.sqlite", "cells.csv", "b.docx")
    found = find_inputs([tmp_path], exclude=tmp_path)
    assert found.count == 2


def test_folders_nest_deeper_than_pythons_stack(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    try:
        assert find_inputs([tmp_path]).count == 1
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # shutil.rmtree recurses


def test_order_is_by_folder_not_by_the_slash(tmp_path: Path) -> None:
    make(tmp_path, "a/z.txt", "a-b.txt", "a.txt")
    assert ids(find_inputs([tmp_path])) == ["a", "a/z", "a-b"]


@given(st.binary(min_size=1, max_size=40).filter(lambda b: b"\0" not in b and b"/" not in b))
def test_any_name_is_written_as_one_line_of_utf8(name: bytes) -> None:
    text = written_name(os.fsdecode(name))
    text.encode("utf-8")
    assert len(text.splitlines()) <= 1
    assert unicodedata.is_normalized("NFC", text)

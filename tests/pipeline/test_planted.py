"""Output folders that somebody prepared: nothing of theirs is dropped, and nothing is written through links."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from emit.csvset import SetWriter, refuse_links
from emit.tables import table_file, table_folder
from model.errors import OutputError
from pipeline.run.audit import population
from pipeline.run.batch import RunOptions, run
from pipeline.run.recheck import recheck
from pipeline.workers import ledger
from pipeline.workers.ledger import Ledger, ledger_path
from review.apply import _write
from review.folder import RunFolder

TEXT = "STT\tXã\tSố\n1\tAn\t12\n2\tBình\t30\n"


def database(path: Path, *statements: str) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()
    return path.read_bytes()


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE accounts (name TEXT)", "INSERT INTO accounts VALUES ('x')"),
        ("CREATE TABLE results (mine TEXT)", "PRAGMA user_version = 2"),
        ("CREATE TABLE pages (mine TEXT)", "PRAGMA application_id = 77", "PRAGMA user_version = 3"),
    ],
)
def test_a_database_of_another_program_is_refused(statements, tmp_path, inputs):
    """Its tables were dropped."""
    path = ledger_path(tmp_path / "out")
    before = database(path, *statements)
    with pytest.raises(OutputError, match="did not make"):
        run([inputs], tmp_path / "out", RunOptions(jobs=1))
    assert path.read_bytes() == before


def test_a_ledger_that_a_kill_left_half_made_is_no_other_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after its tables were made and before it was told whose they are, a run could never go on."""
    connect = sqlite3.connect

    def dies_at_the_mark(*args: Any, **more: Any) -> sqlite3.Connection:
        db = connect(*args, **more)
        mark = (sqlite3.SQLITE_PRAGMA, "application_id")
        db.set_authorizer(lambda *asked: int(asked[:2] == mark and asked[2] is not None))  # 1: denied
        return db

    path = ledger_path(tmp_path)
    path.parent.mkdir()
    monkeypatch.setattr(sqlite3, "connect", dies_at_the_mark)
    with pytest.raises(sqlite3.DatabaseError):
        ledger._open(path)
    monkeypatch.undo()
    Ledger(path).close()


def test_a_linked_ledger_is_refused(tmp_path, inputs):
    elsewhere = tmp_path / "elsewhere.sqlite"
    before = database(elsewhere, "CREATE TABLE accounts (name TEXT)")
    ledger_path(tmp_path / "out").parent.mkdir(parents=True)
    ledger_path(tmp_path / "out").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="link"):
        run([inputs], tmp_path / "out", RunOptions(jobs=1))
    assert elsewhere.read_bytes() == before


def test_a_ledger_of_a_newer_version_is_never_wiped(tmp_path):
    path = ledger_path(tmp_path)
    path.parent.mkdir()
    Ledger(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.execute("INSERT INTO run VALUES ('kept', 'yes')")
    db.commit()
    db.close()
    with pytest.raises(OutputError, match="newer"):
        Ledger(path)
    db = sqlite3.connect(path)
    assert db.execute("SELECT value FROM run").fetchall() == [("yes",)]
    db.close()


def test_an_older_ledger_of_ours_is_begun_anew(tmp_path):
    path = ledger_path(tmp_path)
    tables = [f"CREATE TABLE {name} (x TEXT)" for name in ("results", "pages", "inputs", "run")]
    database(path, *tables, "PRAGMA user_version = 2")
    ledger = Ledger(path)
    assert ledger.counts().inputs == 0
    ledger.close()
    Ledger(path).close()


LINKED = (".extract", ".extract/written.json.new", ".extract/written.json", ".extract/lock", ".extract/panel.sqlite",
          ".extract/ledger.sqlite-wal", ".extract/tmp", "report.html.new", "cells.csv", "tables", "datapackage.json")  # fmt: skip


@pytest.mark.parametrize("name", LINKED)
def test_nothing_is_written_through_a_link(name, tmp_path, inputs):
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).symlink_to(victim)
    with pytest.raises(OutputError):
        run([inputs], out, RunOptions(jobs=1))
    with pytest.raises(OutputError), SetWriter(out):
        pass
    assert victim.read_text("utf-8") == "mine"


def audited(folder: Path) -> None:
    list(population(folder, "figures"))


BESIDE = ("review.sqlite", "review.sqlite-wal", "audit.csv", "audit.new", "quality.json.new", "reviewed",
          ".extract/recheck.sqlite", ".extract/edits.sqlite", "documents.csv.new")  # fmt: skip


@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize("opens", [recheck, RunFolder, audited], ids=["check", "review", "audit"])
def test_nobody_opens_a_set_beside_which_a_link_stands(opens, name, tmp_path, inputs):
    """`extract check`, `review` and `audit` wrote through links that somebody had put there."""
    out, victim = tmp_path / "out", tmp_path / "victim"
    run([inputs], out, RunOptions(jobs=1))
    opens(out)
    victim.mkdir()
    (victim / "mine").write_text("mine", encoding="utf-8")
    target = out / name
    target.unlink(missing_ok=True)
    target.symlink_to(victim if name == "reviewed" else victim / "mine")
    with pytest.raises(OutputError, match="link"):
        opens(out)
    assert [p.name for p in victim.iterdir()] == ["mine"]
    assert (victim / "mine").read_text("utf-8") == "mine"


def test_decisions_are_not_applied_into_a_linked_folder(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "reviewed").mkdir()
    (tmp_path / "reviewed/.extract").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        _write(tmp_path, None, ())
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_pipe_in_the_folder_is_refused(tmp_path):
    (tmp_path / ".extract").mkdir()
    os.mkfifo(tmp_path / ".extract/written.json")
    with pytest.raises(OutputError):
        refuse_links(tmp_path)


@pytest.mark.parametrize(
    "doc_id",
    [
        "../../x",
        "a/../../x",
        "/etc/x",
        "..",
        ".",
        "",
        "a//b",
        "...",
        "x\\..\\y",
        "a\0b",
        "./../x",
        "t01.csv/../..",
    ],
)
def test_no_id_leads_out_of_the_folder(doc_id, tmp_path):
    """`../` in a doc_id of a set that was read back wrote outside."""
    root = tmp_path / "out"
    path = root / table_folder(doc_id) / table_file("../../t01")
    assert (root / "tables").resolve() in path.resolve().parents
    assert "\0" not in str(path)


def test_a_file_that_changes_while_it_is_read_is_not_kept_under_its_old_hash(tmp_path, inputs, monkeypatch):
    from pipeline.run import batch

    original, calls = batch.hash_file, []

    def hashed(path: str) -> str:
        digest = original(path)
        if not calls:
            Path(path).write_text(TEXT + "3\tCúc\t50\n", encoding="utf-8")
        calls.append(path)
        return digest

    with monkeypatch.context() as patch:
        patch.setattr(batch, "hash_file", hashed)
        summary = run([inputs], tmp_path / "out", RunOptions(jobs=1))
    assert (summary.read, summary.failed) == (0, 1)
    assert "changed" in (tmp_path / "out/documents.csv").read_text("utf-8")
    assert run([inputs], tmp_path / "out", RunOptions(jobs=1)).read == 1

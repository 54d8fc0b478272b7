"""The record of decisions cannot be changed unseen."""

import csv
import sqlite3

import pytest

from model.errors import EditedSetError, OutputError
from review.apply import apply_decisions
from review.decisions import FILE, Choice, DecisionStore, Subject
from review.folder import RunFolder
from tests.review.make_run import make_run


@pytest.fixture
def run(tmp_path):
    made = make_run(tmp_path)
    store = DecisionStore(made)
    for n, flag in enumerate(list(RunFolder(made).flags.values())[:3]):
        subject = Subject(flag.key, flag.doc_id, flag.sha256, flag.table_id, flag.row, flag.col)
        store.record("Lan", [Choice(subject, "keep", reason=f"xem trang {n}")])
    return made


def changed(run, sql):
    with sqlite3.connect(run / FILE) as db:
        db.execute(sql)


def apply(run):
    return apply_decisions(RunFolder(run), DecisionStore(run))


def audit(run):
    with (run / "reviewed" / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_decision_is_sealed_and_the_seals_stand_in_the_audit(run):
    apply(run)
    seals = [row["seal"] for row in audit(run)]
    assert len(set(seals)) == 3
    assert all(len(seal) == 64 for seal in seals)
    apply(run)
    assert [row["seal"] for row in audit(run)] == seals


@pytest.mark.parametrize(
    ("sql", "at"),
    [
        ("UPDATE decision SET who = 'Minh' WHERE id = 2", 2),
        ("UPDATE decision SET new = '5', action = 'value' WHERE id = 1", 1),
        ("UPDATE decision SET made_at = '2020-01-01' WHERE id = 3", 3),
        ("UPDATE decision SET row = 7 WHERE id = 2", 2),
        ("DELETE FROM decision WHERE id = 2", 2),
        ("DELETE FROM decision WHERE id = 3", 3),
        ("INSERT INTO decision SELECT 9, made_at, who, flag_id, doc_id, sha256, table_id, row, col, action, old, new,"
         " reason, undoes, together, at FROM decision WHERE id = 1", 9),
        ("UPDATE seal SET hash = (SELECT hash FROM seal WHERE id = 1) WHERE id = 2", 2),
        ("DELETE FROM seal WHERE id = 3", 3),
    ],
)  # fmt: skip
def test_a_record_that_was_changed_from_outside_is_not_applied(sql, at, run):
    changed(run, sql)
    with pytest.raises(EditedSetError, match=f"row {at} "):
        apply(run)
    assert not (run / "reviewed" / "cells.csv").exists()


def test_an_end_that_was_cut_off_is_told_by_the_last_audit(run):
    apply(run)
    changed(run, "DELETE FROM decision WHERE id = 3")
    changed(run, "DELETE FROM seal WHERE id = 3")
    with pytest.raises(EditedSetError, match="lacks row 3"):
        apply(run)


def test_a_record_of_an_older_program_is_sealed_as_it_stands(run):
    changed(run, "DROP TABLE seal")
    assert apply(run).unfit == ()
    changed(run, "UPDATE decision SET who = 'Minh' WHERE id = 1")
    with pytest.raises(EditedSetError):
        apply(run)


def test_a_decision_after_an_undo_goes_on_the_chain(run):
    store = DecisionStore(run)
    store.undo("Lan", 2)
    apply(run)
    assert [row["action"] for row in audit(run)] == ["keep", "keep", "keep", "undo"]


@pytest.mark.parametrize("rot", ["zeros", "text", "cut"])
def test_a_record_that_rotted_is_told_and_never_begun_anew(rot, run):
    path = run / FILE
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    hurt = {
        "zeros": data[:4096] + bytes(4096) + data[8192:],
        "text": b"no database" * 900,
        "cut": data[:5000],
    }[rot]
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    path.write_bytes(hurt)
    with pytest.raises(OutputError, match="record of decisions"):
        DecisionStore(run)
    assert path.read_bytes()[:11] == hurt[:11]

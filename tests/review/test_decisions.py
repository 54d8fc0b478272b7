import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.decisions import Choice, ConflictError, DecisionStore, Subject

FLAG = Subject("f1", "a/doc", "00", "t01", 3, 2)


def test_every_decision_is_one_row_and_survives_reopening(tmp_path):
    store = DecisionStore(tmp_path)
    (made,) = store.record("Lan", [Choice(FLAG, "value", old="70", new="79", reason="đọc lại trang 2")])
    again = DecisionStore(tmp_path)
    assert again.everything() == [made]
    assert again.in_force() == {"f1": made}


def test_a_second_reviewer_does_not_overwrite_the_first(tmp_path):
    store = DecisionStore(tmp_path)
    store.record("Lan", [Choice(FLAG, "accept", old="70", new="79")])
    with pytest.raises(ConflictError) as caught:
        store.record("Minh", [Choice(FLAG, "keep", seen=0)])
    assert caught.value.latest.who == "Lan"
    assert len(store.everything()) == 1


def test_deciding_again_after_seeing_the_first_is_allowed(tmp_path):
    store = DecisionStore(tmp_path)
    (first,) = store.record("Lan", [Choice(FLAG, "accept", old="70", new="79")])
    (second,) = store.record("Minh", [Choice(FLAG, "keep", seen=first.id)])
    assert store.in_force()["f1"] == second


def test_undo_writes_a_row_and_takes_the_decision_out_of_force(tmp_path):
    store = DecisionStore(tmp_path)
    (made,) = store.record("Lan", [Choice(FLAG, "accept", old="70", new="79")])
    assert store.undo("Lan", made.id) is not None
    assert store.in_force() == {}
    assert [d.action for d in store.everything()] == ["accept", "undo"]
    assert store.undo("Lan", made.id) is None


def test_a_conflict_in_a_group_writes_none_of_it(tmp_path):
    store = DecisionStore(tmp_path)
    other = Subject("f2", "a/doc", "00")
    store.record("Lan", [Choice(other, "keep")])
    with pytest.raises(ConflictError):
        store.record("Minh", [Choice(FLAG, "keep"), Choice(other, "keep")], together="g1")
    assert len(store.everything()) == 1


def test_a_note_decides_nothing(tmp_path):
    store = DecisionStore(tmp_path)
    store.record("Lan", [Choice(FLAG, "note", reason="hỏi lại đơn vị")])
    assert store.in_force() == {}
    assert len(store.history("f1")) == 1


def test_an_unknown_action_is_refused_by_the_table(tmp_path):
    store = DecisionStore(tmp_path)
    with pytest.raises(sqlite3.IntegrityError):
        store.record("Lan", [Choice(FLAG, "erase")])
    assert store.everything() == []


@given(st.lists(st.sampled_from(["accept", "keep", "dismiss", "note", "undo"]), max_size=12))
def test_nothing_is_ever_lost(tmp_path_factory, actions):
    store = DecisionStore(tmp_path_factory.mktemp("run"))
    written, seen = 0, 0
    for action in actions:
        if action == "undo":
            made = store.undo("Lan", seen)
            written += made is not None
            seen = made.id if made else seen
        else:
            (made,) = store.record("Lan", [Choice(FLAG, action, seen=seen)])
            written, seen = written + 1, made.id
    assert len(store.everything()) == written


def test_a_record_of_an_older_program_is_taken_over(tmp_path):
    store = DecisionStore(tmp_path)
    store.record("Lan", [Choice(replace(FLAG, at="3:n1"), "keep")])
    with closing(sqlite3.connect(tmp_path / "review.sqlite")) as db:
        made = db.execute("SELECT sql FROM sqlite_master WHERE name = 'decision'").fetchone()[0]
        db.execute("DROP INDEX decision_flag")
        db.execute("ALTER TABLE decision RENAME TO now")
        db.execute(made.replace("'read', ", ""))
        db.execute("INSERT INTO decision SELECT * FROM now")
        db.execute("DROP TABLE now")
        db.commit()
    again = DecisionStore(tmp_path)
    again.record("Minh", [Choice(FLAG, "read", seen=1)])
    assert [(d.id, d.action) for d in again.history("f1")] == [(1, "keep"), (2, "read")]
    assert again.history("f1")[0].subject.at == "3:n1"

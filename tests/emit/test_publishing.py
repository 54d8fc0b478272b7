"""The set on disk is the old one or the new one, and says what it is."""

import hashlib
import json
import shutil
import sqlite3

import pytest

from emit import write_set
from emit.columns import FILES
from emit.csvset import READY, WORK, SetWriter, finish_publishing
from emit.written import FILE as WRITTEN
from emit.written import written_last
from model.document import Outcome, Source
from model.errors import EditedSetError


def outcomes(text):
    return [Outcome(Source("a", "a.txt", "", "0" * 64), "failed", None, text)]


def bytes_of(folder):
    return {s.file: (folder / s.file).read_bytes() for s in FILES} | {
        "package": (folder / "datapackage.json").read_bytes()
    }


def test_the_package_names_hash_and_size_of_every_file(tmp_path):
    write_set(outcomes("old"), tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_what_made_the_set_is_kept_when_it_is_written_again(tmp_path):
    with SetWriter(tmp_path, made={"version": "1", "complete": False}):
        pass
    assert json.loads((tmp_path / "datapackage.json").read_text())["extract"]["complete"] is False
    before = bytes_of(tmp_path)
    with SetWriter(tmp_path):
        pass
    assert bytes_of(tmp_path) == before


class KilledError(BaseException):
    """What a kill looks like from inside: nothing is cleaned up after it."""


@pytest.mark.parametrize("step", range(14))
def test_a_kill_between_two_renames_leaves_the_new_set_to_be_finished(step, tmp_path, monkeypatch):
    """Old and new files stood side by side, and nothing said which were which."""
    (tmp_path / "out").mkdir()
    write_set(outcomes("old"), tmp_path / "out")
    old = bytes_of(tmp_path / "out")
    write_set(outcomes("new"), tmp_path / "wanted")
    new = bytes_of(tmp_path / "wanted")
    done = []
    whole = type(tmp_path).replace, type(tmp_path).rename

    def dying(original):
        def move(self, target):
            if len(done) == step:
                raise KilledError
            done.append(target)
            return original(self, target)

        return move

    monkeypatch.setattr(type(tmp_path), "replace", dying(whole[0]))
    monkeypatch.setattr(type(tmp_path), "rename", dying(whole[1]))
    monkeypatch.setattr(shutil, "rmtree", lambda *a, **k: None)
    killed = False
    try:
        write_set(outcomes("new"), tmp_path / "out")
    except KilledError:
        killed = True
    monkeypatch.undo()
    finish_publishing(tmp_path / "out")
    found = bytes_of(tmp_path / "out")
    assert found == (old if killed and step == 0 else new)
    assert not (tmp_path / "out" / WORK / READY).exists()


@pytest.mark.parametrize("rot", ["zeros", "blob"])
def test_what_was_written_last_may_rot_and_is_not_believed(rot, tmp_path):
    write_set(outcomes("old"), tmp_path)
    path = tmp_path / WORK / WRITTEN
    if rot == "zeros":
        data = path.read_bytes()
        path.write_bytes(data[:4096] + bytes(len(data) - 4096))
        assert written_last(tmp_path, WORK) is None
    else:
        with sqlite3.connect(path) as db:
            db.execute("UPDATE documents SET rows = x'00'")
        with pytest.raises(EditedSetError, match=r"a\.txt is damaged"):
            list(written_last(tmp_path, WORK).documents())


def test_rows_that_an_older_program_packed_otherwise_are_not_taken_for_todays(tmp_path):
    """Apply had died on the folders of a day before: columns are no rows."""
    write_set(outcomes("old"), tmp_path)
    assert written_last(tmp_path, WORK) is not None
    with sqlite3.connect(tmp_path / WORK / WRITTEN) as db:
        db.execute("PRAGMA user_version = 0")
    assert written_last(tmp_path, WORK) is None

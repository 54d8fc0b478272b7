import csv

import pytest

from model.errors import NothingReadError
from pipeline.run.recheck import recheck
from tests.review.make_run import make_run

FILES = ("documents", "tables", "cells", "places", "statements", "lines", "pages", "flags", "observations")


def contents(run):
    return {name: (run / f"{name}.csv").read_bytes() for name in FILES}


def flags(run):
    with (run / "flags.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def correct(run, old, new):
    """What a reviewer does in a spreadsheet: another value in one cell."""
    path = run / "cells.csv"
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8-sig")


def test_checking_twice_changes_nothing(tmp_path):
    run = make_run(tmp_path)
    recheck(run, jobs=1)
    once = contents(run)
    recheck(run, jobs=1)
    assert contents(run) == once


def test_the_number_of_processes_leaves_no_trace(tmp_path):
    one, two = make_run(tmp_path / "a", texts=5), make_run(tmp_path / "b", texts=5)
    recheck(one, jobs=1)
    recheck(two, jobs=2)
    assert contents(one) == contents(two)


def test_a_corrected_total_loses_its_flag(tmp_path):
    run = make_run(tmp_path, texts=1)
    recheck(run, jobs=1)
    assert [f["doc_id"] for f in flags(run) if f["kind"] == "total"] == ["anh", "bao-cao-0000"]
    correct(run, "bao-cao-0000,t01,4,2,false,76,76,76,", "bao-cao-0000,t01,4,2,false,67,76,67,")
    summary = recheck(run, jobs=1)
    assert [f["doc_id"] for f in flags(run) if f["kind"] == "total"] == ["anh"]
    assert summary.documents == 2


def test_what_the_readers_said_stays(tmp_path):
    run = make_run(tmp_path, texts=1)
    before = [f for f in flags(run) if f["check"] == "places"]
    assert before
    recheck(run, jobs=1)
    assert [f for f in flags(run) if f["check"] == "places"] == before


def test_a_folder_without_a_set(tmp_path):
    with pytest.raises(NothingReadError):
        recheck(tmp_path / "nothing", jobs=1)

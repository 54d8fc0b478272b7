"""A set that a killed run left between old and new is never read as it lies."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))

from test_batch import options, snapshot, write

from emit.csvset import READY, WORK
from model.errors import OutputError
from pipeline.run.batch import run
from pipeline.run.recheck import recheck
from pipeline.workers.ledger import locked
from review.folder import RunFolder


class KilledError(BaseException):
    """What a kill looks like from inside."""


@pytest.fixture
def torn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, dict[str, bytes]]:
    """A folder whose run was killed between two files of the set, and the set that it was to hold."""
    source = write(tmp_path / "in", a="page old\n")
    run([source], tmp_path / "out", options())
    write(source, a="page new\n")
    run([source], tmp_path / "new", options())
    original = Path.replace

    def dying(self: Path, target: Path) -> Path:
        if self.name == "documents.csv":
            raise KilledError
        return original(self, target)

    monkeypatch.setattr(Path, "replace", dying)
    with pytest.raises(KilledError):
        run([source], tmp_path / "out", options())
    monkeypatch.undo()
    assert (tmp_path / "out" / WORK / READY).is_dir()
    return tmp_path / "out", snapshot(tmp_path / "new")


def test_a_torn_set_has_no_package_that_vouches_for_it(torn: tuple[Path, dict[str, bytes]]) -> None:
    assert not (torn[0] / "datapackage.json").exists()


@pytest.mark.parametrize("reader", [RunFolder, recheck])
def test_whoever_reads_the_set_finishes_it_first(
    reader: type[RunFolder], torn: tuple[Path, dict[str, bytes]]
) -> None:
    out, new = torn
    reader(out)
    assert snapshot(out) == new


def test_nobody_reads_a_set_that_a_run_is_putting_in_place(torn: tuple[Path, dict[str, bytes]]) -> None:
    out, _ = torn
    with locked(out), pytest.raises(OutputError, match="another run"):
        RunFolder(out)

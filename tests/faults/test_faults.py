"""Every call by which a run writes may fail or be the last: the folder holds the set that was there or the new
one, or says that it is in between; the next run ends with the bytes of one that nothing befell."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))

from test_batch import options, snapshot, write

from emit.csvset import READY, WORK
from pipeline.run.batch import run

HERE = Path(__file__).parent
FAULTS = int(os.environ.get("EXTRACT_FAULTS", "36"))
"""Faults that are tried; 200 and more: `EXTRACT_FAULTS=240 pytest tests/faults`."""

COMPILER = shutil.which("cc") or shutil.which("gcc")


def built(folder: Path) -> Path:
    shim = folder / "faults.so"
    made = subprocess.run(
        [str(COMPILER), "-shared", "-fPIC", "-o", shim, HERE / "faults.c", "-ldl"],
        check=False,
        stderr=subprocess.DEVNULL,
    )
    if made.returncode:
        pytest.skip("no shared library can be compiled here")
    return shim


def agrees(out: Path) -> bool:
    """Whether every file of the set is the one that its datapackage.json names."""
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    return all(
        resource["hash"] == "sha256:" + hashlib.sha256((out / resource["path"]).read_bytes()).hexdigest()
        for resource in package["resources"]
    )


def documents(folder: Path, word: str) -> Path:
    return write(folder, **{f"d{n}": f"page {word} {n}\npage 2\n" for n in range(5)})


@pytest.mark.slow
@pytest.mark.skipif(COMPILER is None or sys.platform != "linux", reason="needs a C compiler and LD_PRELOAD")
def test_whatever_write_fails_the_set_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    source = documents(tmp_path / "in", "old")
    runs = tmp_path / "runs"
    run([source], runs / "old", options())
    old = snapshot(runs / "old")
    documents(source, "new")
    run([source], tmp_path / "new", options())
    new = snapshot(tmp_path / "new")
    command = [
        sys.executable,
        HERE / "serve_faults.py",
        source,
        runs,
        str(FAULTS),
        "full",
        "broken",
        "killed",
    ]
    environment = os.environ | {"LD_PRELOAD": str(built(tmp_path))}
    tried = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    lines = [line.split() for line in tried.stdout.splitlines()]
    assert len(lines) == FAULTS
    assert "Traceback" not in tried.stderr, tried.stderr
    for _, at, kind, code, name in lines:
        out, where = runs / name, f"call {at}, {kind}: exit code {code}"
        found = snapshot(out)
        if "datapackage.json" in found:
            assert agrees(out), where
            assert found in (old, new), where
        else:
            assert (out / WORK / READY).is_dir(), where
        assert run([source], out, options()).read == 5, where
        assert snapshot(out) == new, where
        assert not (out / WORK / READY).exists()

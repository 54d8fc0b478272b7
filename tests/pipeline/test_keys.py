"""The version of the program that results are kept under: of all its files, and of the libraries that read."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from pipeline import keys


def of_metadata(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


@pytest.mark.parametrize("library", [*keys._LIBRARIES, "numpy", "Pillow", "no-such-package"])
def test_a_version_told_by_its_folder_is_that_of_the_metadata(library: str) -> None:
    assert keys.installed(library) == of_metadata(library)


def package(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / "model" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def version_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The program's version, were it what lies in `folder`."""
    monkeypatch.setattr(keys, "__file__", str(folder / "pipeline" / "keys.py"))
    keys.program_version.cache_clear()
    try:
        return keys.program_version()
    finally:
        keys.program_version.cache_clear()


def test_the_version_hangs_on_every_byte_and_every_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [
        package(tmp_path / "a", page="1", data__words="2"),
        package(tmp_path / "b", page="1", data__words="3"),
        package(tmp_path / "c", page="1", data__word="2"),
        package(tmp_path / "d", page="12", data__words=""),
        package(tmp_path / "e", page="1", words="2"),
    ]
    assert len({version_of(folder, monkeypatch) for folder in folders}) == len(folders)


def test_the_version_hangs_on_nothing_compiled_and_not_on_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = version_of(package(tmp_path / "a", page="1"), monkeypatch)
    compiled = package(tmp_path / "b" / "deep", page="1")
    (compiled / "model" / "__pycache__").mkdir()
    (compiled / "model" / "__pycache__" / "page.pyc").write_bytes(b"3")
    assert version_of(compiled, monkeypatch) == here


def test_versions_of_what_pip_and_what_a_distribution_installed_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "opencv_python_headless-5.0.0.93.dist-info").mkdir()
    (tmp_path / "lxml-4.9.2.egg-info").mkdir()
    (tmp_path / "no_version").mkdir()
    monkeypatch.setattr("sys.path", [str(tmp_path), str(tmp_path / "gone")])
    keys._installed.cache_clear()
    try:
        assert keys.installed("opencv-python-headless") == "5.0.0.93"
        assert keys.installed("LXML") == "4.9.2"
        assert keys.installed("no-version") == ""
    finally:
        keys._installed.cache_clear()

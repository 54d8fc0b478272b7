"""Under which key a result is kept: the bytes read, how they were to be read, and by which program."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from io import FileIO
from pathlib import Path
from typing import Literal

from extract.kinds import kind_of_name
from extract.office.libreoffice import program
from extract.scan.readers.tessdata import data_folder
from model.document import Source
from model.errors import MissingProgramError
from pipeline.ingest import suffix_of
from pipeline.remote import opened

_BLOCK = 1 << 20
_FACTS = (".dist-info", ".egg-info")  # folders of pip, and of what Linux distributions install
_PACKAGES = ("model", "extract", "normalize", "gazetteer", "checks", "emit", "pipeline")
# Libraries whose version bears on what is read.
_LIBRARIES = (
    "opencv-python-headless", "pdfplumber", "pypdfium2", "pillow", "tesserocr", "onnxruntime", "lxml", "xlrd",
)  # fmt: skip
_LANGUAGES: tuple[Literal["vie", "eng"], ...] = ("vie", "eng")


def hash_file(path: str) -> str:
    """SHA-256 of the bytes of a file here or at an address, in hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    with opened(path) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


FileState = tuple[int, ...] | None


def file_state(path: str) -> FileState:
    """What changes with a file's bytes, told at once: its inode, size and times. None for a file at an
    address, or one that is gone."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


@lru_cache(maxsize=1)
def program_version() -> str:
    """A hash of this program's code and data, and of the libraries and Tesseract data that read pages.

    Of contents, not of a number that somebody must remember to raise: a result of an older program is
    never taken for one of this.
    """
    root = Path(__file__).resolve().parent.parent
    digest, block = hashlib.sha256(), memoryview(bytearray(_BLOCK))
    for package in _PACKAGES:
        for path in _files_of(root / package):
            with FileIO(path) as file:
                digest.update(f"{path.removeprefix(str(root))}\0{os.fstat(file.fileno()).st_size}\0".encode())
                while read := file.readinto(block):
                    digest.update(block[:read])
    for language in _LANGUAGES:
        digest.update(f"{language} {_data_hash(language)}\0".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {installed(library)}\0".encode())
    return digest.hexdigest()[:16]


def _files_of(package: Path) -> Iterator[str]:
    """The files of a package, in order, but for compiled ones."""
    for folder, folders, files in os.walk(package):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        yield from (f"{folder}{os.sep}{name}" for name in sorted(files))


def _data_hash(language: Literal["vie", "eng"]) -> str:
    """The hash of the Tesseract data that is read with, '' where there is none."""
    try:
        return hash_file(str(Path(data_folder(language)) / f"{language}.traineddata"))
    except (MissingProgramError, OSError):
        return ""


def installed(library: str) -> str:
    """The version of an installed package, '' where it is not."""
    return _installed().get(_normalized(library), "")


@lru_cache(maxsize=1)
def _installed() -> dict[str, str]:
    """Installed packages by name, as the folders tell it that pip leaves beside them (PEP 376): reading the
    metadata of each takes fifty times as long."""
    found: dict[str, str] = {}
    for folder in map(Path, sys.path):
        with suppress(OSError):  # not all that is looked in is there, or a folder
            for entry in sorted(entry for entry in folder.iterdir() if entry.suffix in _FACTS):
                name, _, version = entry.stem.partition("-")
                found.setdefault(_normalized(name), version)
    return found


def _normalized(name: str) -> str:
    """A package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def document_key(source: Source, settings: str, version: str) -> str:
    """The key of a document's result. The extension is in it, since it decides how bytes are read; the
    name is not, so that the same bytes under two names are read once. So is whether a program that the kind
    needs is there: once it is installed, what failed for want of it is read."""
    parts = [source.sha256, suffix_of(source.path), settings, version]
    kind = kind_of_name(source.path)
    if kind is not None and kind.needs:
        parts.append(kind.needs if program() else "")
    text = "\0".join(parts)
    return hashlib.sha256(text.encode()).hexdigest()

"""Inputs and outputs that are not on this machine's disks, through fsspec (`s3://bucket/folder`)."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from emit import OUTPUTS
from emit.csvset import WORK
from model.document import Source
from model.errors import DocumentError, MissingProgramError, OutputError
from pipeline.members import opened_member, split_address

_URL = re.compile(r"([a-z][a-z0-9+.-]+):/{1,2}([^/].*)", re.DOTALL)


def as_url(path: Path | str) -> str | None:
    """The address that `path` is, or None for a path on this machine. (A Path folds `s3://` to `s3:/`.)"""
    match = _URL.fullmatch(str(path))
    return f"{match[1]}://{match[2]}" if match else None


def filesystem(url: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it. Raises MissingProgramError."""
    try:
        import fsspec

        return fsspec.core.url_to_fs(url)  # type: ignore[no-any-return]
    except ImportError as error:
        raise MissingProgramError(
            f"{url}: a library for this kind of address is not installed ({error})",
            'pip install "extract-vn[cluster]", and what the message names.',
        ) from error


def remote_files(url: str) -> list[tuple[tuple[str, ...], str]]:
    """Names below `url` and the address of each file under it, in order."""
    fs, root = filesystem(url)
    found = fs.find(root)
    scheme = url.split("://", 1)[0]
    base = root.strip("/")
    out = []
    for name in sorted(found):
        path = name.strip("/")
        below = path.removeprefix(base).strip("/") or path.rsplit("/", 1)[-1]
        out.append((tuple(below.split("/")), f"{scheme}://{name.lstrip('/')}"))
    return out


def size_here(file: str) -> int | None:
    """Bytes of a file on this machine; None for one at an address, or that is gone."""
    try:
        return None if as_url(file) else Path(file).stat().st_size
    except OSError:
        return None


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """The bytes of a file here, in an archive, or at an address. Raises OSError."""
    url = as_url(file)
    if split_address(file) is not None:
        with opened_member(file) as member:
            yield member
        return
    if url is None:
        with Path(file).open("rb") as local:
            yield local
        return
    fs, path = filesystem(url)
    with fs.open(path, "rb") as remote:
        yield remote


def is_on_disk(file: str) -> bool:
    """Whether a file is one of this machine's own, neither at an address nor in an archive."""
    return as_url(file) is None and split_address(file) is None


def fetched(source: Source, scratch: Path) -> Source:
    """`source` with its file on this machine's disk, copied below `scratch` where it is not. Raises
    OSError."""
    if is_on_disk(source.file):
        return source
    scratch.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="fetched-", suffix=Path(source.path).suffix, dir=scratch)
    with os.fdopen(handle, "wb") as local, opened(source.file) as remote:
        shutil.copyfileobj(remote, local, 1 << 20)
    return replace(source, file=name)


def release(source: Source, scratch: Path) -> None:
    """Remove the copy that `fetched` made, if it made one."""
    file = Path(source.file)
    if file.parent == scratch and file.name.startswith("fetched-"):
        file.unlink(missing_ok=True)


def unreadable(error: OSError) -> DocumentError:
    """What to say of a file whose bytes can't be had."""
    return DocumentError(f"cannot be read ({error.strerror or error})", "Check the file and its permissions.")


class Copies:
    """Copies on this machine of files at addresses, the last few kept: the pages of a document are asked
    for a few at a time. For several threads."""

    def __init__(self, scratch: Path, most: int) -> None:
        self._scratch, self._most = scratch, most
        self._lock = threading.Lock()
        self._copies: dict[tuple[str, str], Source] = {}  # by address and hash, the last used last
        self._lent: Counter[str] = Counter()

    def borrow(self, source: Source) -> Source:
        """`source` with its file on this machine. Raises OSError."""
        if is_on_disk(source.file):
            return source
        with self._lock:
            key = source.file, source.sha256
            copy = self._copies.pop(key, None) or fetched(source, self._scratch)
            self._copies[key] = copy
            self._lent[copy.file] += 1
            unused = [k for k, c in self._copies.items() if not self._lent[c.file]]
            for old in unused[: max(0, len(self._copies) - self._most)]:
                release(self._copies.pop(old), self._scratch)
        return replace(source, file=copy.file)

    def give_back(self, source: Source) -> None:
        """What `borrow` gave is not needed now."""
        with self._lock:
            self._lent[source.file] -= 1


@contextmanager
def staged_output(out: Path) -> Iterator[Path]:
    """A folder on this machine whose outputs and ledger go to `out` when the context ends, however it
    ends; `out` itself where it is on this machine.

    The folder is the same one for the same address, so that a run that was killed goes on from it.
    """
    url = as_url(out)
    if url is None:
        yield out
        return
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    here = cache / "extract" / hashlib.sha256(url.encode()).hexdigest()[:16]
    fs, root = filesystem(url)
    ledger = f"{WORK}/ledger.sqlite"
    try:
        (here / WORK).mkdir(parents=True, exist_ok=True)
        if not (here / ledger).exists() and fs.exists(f"{root}/{ledger}"):
            fs.get_file(f"{root}/{ledger}", str(here / ledger))
        try:
            yield here
        finally:
            _upload(here, fs, root)
    except OSError as error:
        raise OutputError(f"{url}: cannot be written ({error})") from error


def _upload(here: Path, fs: Any, root: str) -> None:
    """Bring the outputs at the address to what is here; the ledger last."""
    wanted = {
        str(path.relative_to(here)): path
        for name in OUTPUTS
        if name != WORK
        for path in ([here / name] if (here / name).is_file() else sorted((here / name).rglob("*")))
        if path.is_file()
    }
    there = {p.strip("/").removeprefix(root.strip("/")).strip("/") for p in fs.find(root)}
    for name, path in wanted.items():
        fs.makedirs(f"{root}/{name}".rsplit("/", 1)[0], exist_ok=True)
        fs.put_file(str(path), f"{root}/{name}")
    for name in there - wanted.keys():
        if name.split("/", 1)[0] in OUTPUTS and not name.startswith(WORK):
            fs.rm_file(f"{root}/{name}")
    fs.makedirs(f"{root}/{WORK}", exist_ok=True)
    fs.put_file(str(here / WORK / "ledger.sqlite"), f"{root}/{WORK}/ledger.sqlite")

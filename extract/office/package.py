"""Office files that are zip packages, opened so that none can hurt: bounded, no entities, nothing fetched."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import error as ZlibError  # noqa: N812 - zlib's own name says nothing here

from lxml import etree

from model.errors import DamagedFileError, EncryptedFileError, TooCostlyError

# The largest part of a real annex (a workbook of 100,000 cells) is about 12 MB; a part that grows a
# thousandfold is a bomb, since XML of cells shrinks about 10 to 40 times.
_LARGEST_PART = 256 << 20
_LARGEST_RATIO = 400
_RATIO_FROM = 16 << 20
_MOST_PARTS = 20_000
_PROLOGUE = 4096  # bytes in which a document type would stand
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD_ADVICE = "Open the file with its password, save it without one, and run again."


class Package:
    """An opened package: its parts by name."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        infos = archive.infolist()
        if len(infos) > _MOST_PARTS:
            raise TooCostlyError(f"{name}: {len(infos)} parts in one file")
        self._infos = {info.filename.lstrip("/").lower(): info for info in infos}

    def names(self) -> list[str]:
        """The parts' names, in the package's order."""
        return [info.filename.lstrip("/") for info in self._infos.values()]

    def has(self, part: str) -> bool:
        """Whether there is such a part; names are compared without case, as Office does."""
        return part.lower() in self._infos

    def data(self, part: str) -> bytes | None:
        """The bytes of a part, None where there is none. Raises TooCostlyError for a bomb and
        DamagedFileError for a part that cannot be unpacked."""
        info = self._infos.get(part.lower())
        if info is None:
            return None
        if info.flag_bits & 1:
            raise EncryptedFileError(f"{self._name}: locked with a password", _PASSWORD_ADVICE)
        swollen = info.file_size > _RATIO_FROM and info.file_size > _LARGEST_RATIO * max(
            info.compress_size, 1
        )
        if info.file_size > _LARGEST_PART or swollen:
            raise TooCostlyError(f"{self._name}: {part} unpacks to {info.file_size >> 20} MB")
        try:
            with self._archive.open(info) as stream:
                return stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, ZlibError, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise DamagedFileError(f"{self._name}: {part} cannot be unpacked ({error})") from error

    def tree(self, part: str) -> Any | None:
        """The root element of an XML part, None where there is none. Raises DamagedFileError."""
        data = self.data(part)
        return None if data is None else parse_xml(data, f"{self._name}: {part}")


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package at `path`. Raises EncryptedFileError for one locked with a password (Office wraps those in
    an OLE file) and DamagedFileError for one that is no zip file."""
    with path.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            raise EncryptedFileError(f"{path.name}: locked with a password", _PASSWORD_ADVICE)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFileError(f"{path.name}: not a whole package ({error})") from error
    with archive:
        yield Package(archive, path.name)


def parser() -> Any:
    """A parser of XML that resolves no entity, loads no DTD, fetches nothing, and bounds depth and text."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def parse_xml(data: bytes, name: str) -> Any:
    """The root element of an XML document. Raises DamagedFileError for broken XML and for XML that
    declares entities: no office program writes them."""
    try:
        root = etree.fromstring(data, parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError(f"{name}: broken XML ({error})") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedFileError(f"{name}: XML that declares a document type is not read")
    return root


def streamed(data: bytes, name: str, tags: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """As `parse_xml`, the elements of `tags` as they begin (`start`, without what they hold) and `end`.
    Whoever takes them clears those that are done with: a large sheet then costs its cells only."""
    if b"<!DOCTYPE" in data[:_PROLOGUE]:
        raise DamagedFileError(f"{name}: XML that declares a document type is not read")
    try:
        yield from etree.iterparse(
            BytesIO(data), events=("start", "end"), tag=tags, resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError(f"{name}: broken XML ({error})") from error

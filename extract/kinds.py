"""The kinds of files that are read: every list of them in the program comes from here.

A kind is told by the name's ending and, among office files, by the first bytes: many a `.doc` of an archive
is RTF inside.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FileKind = Literal["pdf", "image", "text", "office"]
Format = Literal["pdf", "image", "text", "docx", "xlsx", "xls", "rtf", "odt", "ods", "doc", "sheet-xml"]
Container = Literal["zip", "eml"]


@dataclass(frozen=True, slots=True)
class InputKind:
    """A kind of file: what it is called, the endings of its names, which reader takes it. `needs` names a
    program without which it can't be read."""

    name: str
    suffixes: tuple[str, ...]
    kind: FileKind
    format: Format
    needs: str = ""


KINDS: tuple[InputKind, ...] = (
    InputKind("PDF", (".pdf",), "pdf", "pdf"),
    InputKind("picture", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), "image", "image"),
    InputKind("text dump", (".txt", ".md", ".tsv", ".html", ".htm"), "text", "text"),
    InputKind("web page", (".html", ".htm", ".mht", ".mhtml"), "text", "text"),
    InputKind("Word", (".docx", ".docm"), "office", "docx"),
    InputKind("Excel", (".xlsx", ".xlsm"), "office", "xlsx"),
    InputKind("Excel 97-2003", (".xls",), "office", "xls"),
    InputKind("RTF", (".rtf",), "office", "rtf"),
    InputKind("OpenDocument text", (".odt",), "office", "odt"),
    InputKind("OpenDocument spreadsheet", (".ods",), "office", "ods"),
    InputKind("Word 97-2003", (".doc",), "office", "doc", "LibreOffice"),
)
CONTAINERS: dict[str, Container] = {".zip": "zip", ".eml": "eml"}
"""Files that hold files: their members are read as documents of their own."""

UNREAD = {".rar": "a RAR archive", ".7z": "a 7-Zip archive", ".msg": "a mail of Outlook"}
"""Files that hold files and are not opened, by what they are called."""

BY_SUFFIX: dict[str, InputKind] = {suffix: kind for kind in KINDS for suffix in kind.suffixes}
READABLE = frozenset(BY_SUFFIX)
PAGED = frozenset({".pdf", ".tif", ".tiff"})
"""Files of many pages that are read one by one, so that several workers can share one."""

_SHEET_XML = InputKind(
    "Excel 2003 XML", (), "office", "sheet-xml", "LibreOffice"
)  # under the name of another
_BY_FORMAT: dict[str, InputKind] = {
    kind.format: kind for kind in (*KINDS, _SHEET_XML) if kind.kind == "office"
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_BYTES = 4096
_WEB_PAGE = re.compile(rb"^[\xef\xbb\xbf\s]*<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
WEB_ARCHIVE = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)
"""How a web page that was saved in one file begins, or a mail: with its headers."""

_SHEET_OF_XML = re.compile(
    rb"^[\xef\xbb\xbf\s]*<\?xml\b.*urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_TYPED = frozenset({"xls", "doc"})
"""Formats under whose names programs write plain text too, its cells parted by tabs."""

_PARTS: tuple[tuple[str, Format], ...] = (
    ("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsx"),
)  # fmt: skip
_MIME: tuple[tuple[bytes, Format], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
_STREAMS: tuple[tuple[bytes, Format], ...] = (
    ("WordDocument".encode("utf-16-le"), "doc"),
    ("Workbook".encode("utf-16-le"), "xls"),
    ("Book".encode("utf-16-le"), "xls"),
)


def kind_of_name(name: str | Path) -> InputKind | None:
    """The kind that a file's name says; None for one that is not read."""
    return BY_SUFFIX.get(Path(name).suffix.lower())


def kind_of(path: Path) -> InputKind | None:
    """The kind of a file: its name's, or for an office file what its first bytes say. Raises OSError."""
    named = kind_of_name(path)
    if named is None or named.kind != "office":
        return named
    found = _format_inside(path, named.format)
    if found == "text":
        return BY_SUFFIX[".html"]
    return _BY_FORMAT[found] if found else named


_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"II*\0", "a TIFF picture"), (b"MM\0*", "a TIFF picture"), (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"BM", "a BMP picture"), (b"RIFF", "a WebP picture"),
    (b"PK\x03\x04", "a zip package (docx, xlsx, zip)"), (_OLE, "an Office 97-2003 file"),
    (b"{\\rt", "an RTF text"),
)  # fmt: skip


def kind_inside(path: Path) -> str:
    """What a file's first bytes say that it is, in words; '' where they say nothing. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_FIRST_BYTES)
    if _WEB_PAGE.search(head):
        return "a web page"
    return next((name for mark, name in _SIGNATURES if head.startswith(mark)), "")


def _format_inside(path: Path, named: Format) -> Format | None:
    """What a file's first bytes say that it is; None where they say nothing against its name."""
    with path.open("rb") as file:
        head = file.read(_FIRST_BYTES)
    if head.startswith(b"{\\rt"):
        return "rtf"
    if _WEB_PAGE.search(head) or WEB_ARCHIVE.match(head):
        return "text"  # what a web program exports "to Excel" or "to Word"
    if head.startswith(b"PK"):
        return _packed(path)
    if head.startswith(_OLE):
        data = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in data:
            return None  # the reader that its name asks for says that it is locked
        return next((form for mark, form in _STREAMS if mark in data), None)
    if _SHEET_OF_XML.match(head):
        return "sheet-xml"
    return "text" if named in _TYPED and _is_typed(head) else None


def _is_typed(head: bytes) -> bool:
    """Whether a file begins as plain text does that no program reads as anything else."""
    if head.startswith(_BOMS):
        return True
    return bool(head.strip()) and not _NO_TEXT.search(head) and not head.lstrip().startswith(b"<")


def _packed(path: Path) -> Format | None:
    """What a zip package holds; None for one that can't be told, or opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename.lower() for info in archive.infolist()}
            for part, form in _PARTS:
                if part in names:
                    return form
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    said = stream.read(100)
                return next((form for mime, form in _MIME if said.startswith(mime)), None)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    return None

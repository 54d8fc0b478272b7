"""The parts of an OpenDocument file: names, styles, the content's body."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extract.office.package import Package, open_package, parse_xml
from model.errors import DamagedFileError, EncryptedFileError

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"  # LibreOffice's own elements
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_PASSWORD_ADVICE = "Open the file with its password, save it without one, and run again."


def read_parts(path: Path) -> tuple[Any, Any | None]:
    """The roots of content.xml and styles.xml. Raises EncryptedFileError, DamagedFileError."""
    content, styles = read_content(path)
    return parse_xml(content, f"{path.name}: content.xml"), styles


def read_content(path: Path) -> tuple[bytes, Any | None]:
    """The bytes of content.xml and the root of styles.xml. Raises EncryptedFileError, DamagedFileError."""
    with open_package(path) as package:
        _refuse_locked(package, path.name)
        content = package.data("content.xml")
        if content is None:
            raise DamagedFileError(f"{path.name}: no content in the file")
        return content, package.tree("styles.xml")


def _refuse_locked(package: Package, name: str) -> None:
    manifest = package.data("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in manifest:
        raise EncryptedFileError(f"{name}: locked with a password", _PASSWORD_ADVICE)


def name(element: Any) -> str:
    """An element's name without its namespace; '' for what is no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""

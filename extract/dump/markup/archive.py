"""Web pages saved with all that belongs to them in one file (MHTML, RFC 2557), as Word, Excel and web
programs write them, under names of other kinds too (`.doc`, `.xls`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.kinds import WEB_ARCHIVE
from model.errors import DamagedFileError
from normalize.encodings import decode_bytes

_HEAD_BYTES = 4096
_MOST_PAGES = 1000  # of one file; a workbook has one a sheet


def pages_within(data: bytes) -> list[str]:
    """The HTML of a web archive's pages in their order; [] for bytes that are no such archive, or one without
    a page. Raises DamagedFileError."""
    if not WEB_ARCHIVE.match(data[:_HEAD_BYTES]):
        return []
    import email  # here: plain text is read twenty milliseconds sooner without it

    try:
        return [page for _, page in zip(range(_MOST_PAGES), _pages(email.message_from_bytes(data)))]
    except Exception as error:  # the parser of mails raises anything on what breaks the rules
        raise DamagedFileError(f"a web archive that cannot be read ({type(error).__name__})") from error


def _pages(message: Any) -> Iterator[str]:
    for part in message.walk():
        data = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(data, bytes):
            yield _decoded(data, part.get_content_charset())


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset) if charset else decode_bytes(data)
    except (LookupError, UnicodeDecodeError):
        return decode_bytes(data)

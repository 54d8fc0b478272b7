"""A file opened for reading, whatever its kind: pages one at a time, each read once.

What reads a kind is imported when a file of it is opened: a folder of text dumps needs no picture library.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from extract.inputs.options import ReadOptions
from extract.kinds import FileKind, InputKind, kind_of, kind_of_name
from model.errors import DamagedFileError, EmptyFileError
from model.page import PageContent

__all__ = ["BLANK_ADVICE", "DocumentReader", "ReadOptions", "open_document"]

BLANK_ADVICE = "The file holds nothing but blanks and line breaks; export the text again from its source."


class DocumentReader(Protocol):
    """An opened document. `page` counts from 0; a page is read when asked for and not kept."""

    n_pages: int
    kind: FileKind

    def page(self, index: int) -> PageContent:
        """The page, read. Raises errors of `model.errors`."""
        ...


@contextmanager
def open_document(path: str | Path, options: ReadOptions | None = None) -> Iterator[DocumentReader]:
    """The document at `path`, opened; closed afterwards.

    Raises EmptyFileError, EncryptedFileError, DamagedFileError, ImageSizeError, EncodingError, or
    MissingProgramError when a page must be read by an engine that is not there.
    """
    path, options = Path(path), options or ReadOptions()
    found = _told_kind(path)
    if found.kind == "text":
        yield _WholeReader(_text_pages(path, options), "text")
    elif found.kind == "office":
        from extract.office.read import read_office

        yield _WholeReader(read_office(path, found.format), "office")
    elif found.kind == "image":
        from extract.inputs.picture import open_picture

        with open_picture(path, options) as picture:
            yield picture
    else:
        from extract.inputs.pdf import open_pdf_file

        with open_pdf_file(path, options) as document:
            yield document


def _told_kind(path: Path) -> InputKind:
    """The file's kind. Raises DamagedFileError for one that is not read or can't be, EmptyFileError."""
    try:
        if kind_of_name(path) is None:
            raise DamagedFileError(f"{path.name}: not a kind of file that is read")
        if path.stat().st_size == 0:
            raise EmptyFileError(f"{path.name}: the file is empty")
        found = kind_of(path)
    except OSError as error:
        raise DamagedFileError(f"{path.name}: cannot be read ({error})") from error
    if found is None:
        raise DamagedFileError(f"{path.name}: not a kind of file that is read")
    return found


def _text_pages(path: Path, options: ReadOptions) -> list[PageContent]:
    """The pages of a text dump. Raises EmptyFileError, with advice for a file that has bytes but no text."""
    from extract.dump.pages import read_text_file

    try:
        return read_text_file(path, options.is_place, options.repair)
    except EmptyFileError as error:
        raise EmptyFileError(f"{path.name}: {error}", BLANK_ADVICE) from error


class _WholeReader:
    """A file that is read as a whole when it is opened."""

    def __init__(self, pages: list[PageContent], kind: FileKind) -> None:
        self._pages, self.kind = pages, kind
        self.n_pages = len(pages)

    def page(self, index: int) -> PageContent:
        return self._pages[index]

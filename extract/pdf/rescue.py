"""A PDF made readable: print of notes and fields made content, and a file that PDFium cannot open put
together again by qpdf from the objects that are still in it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from extract.pdf.flatten import DrawnFile, with_drawn_notes
from extract.pdf.render import OpenPdf, open_pdf
from extract.pdf.soundness import BROKEN_PDF
from model.errors import DamagedFileError

MOST_SEARCHED = 512 << 20
"""Bytes of a file in which pages are looked for one by one."""

MOST_PAGES = 20_000
"""Pages that are put together again."""

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT = re.compile(rb"\b(\d{1,8})\s+(\d{1,5})\s+obj\b")
_FIRST_PAGES = 3
_DICTIONARY_BYTES = 4096  # of a page before its type; most have 300


@dataclass(frozen=True, slots=True)
class ReadablePdf:
    """A PDF opened from `drawn.file`."""

    drawn: DrawnFile
    document: OpenPdf


@contextmanager
def open_or_rescue(path: Path) -> Iterator[ReadablePdf]:
    """The PDF, opened. Where notes are print on its pages, it is a copy that has them as content; where
    PDFium can't open it, one with a new table of objects and the pages that can still be found. Copies are
    removed afterwards. Raises EncryptedFileError, and DamagedFileError where no page is found."""
    with ExitStack() as stack:
        drawn = stack.enter_context(with_drawn_notes(path))
        document: OpenPdf | None = None
        failed: DamagedFileError | None = None
        try:
            document = stack.enter_context(open_pdf(drawn.file))
        except DamagedFileError as error:
            failed = error
        if document is None or not _has_a_page(document):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rescued-")))
            again = DrawnFile(folder / path.name)
            try:
                if _rescued(path, again.file):
                    drawn, document = again, stack.enter_context(open_pdf(again.file))
            except DamagedFileError:
                pass  # what is told is why the file itself can't be opened
        if document is None:
            assert failed is not None
            raise failed
        yield ReadablePdf(drawn, document)


def _has_a_page(document: OpenPdf) -> bool:
    """Whether one of the first pages can be loaded: PDFium opens a file whose tree of pages leads nowhere."""
    for index in range(min(len(document), _FIRST_PAGES)):
        try:
            with document.page(index):
                return True
        except pdfium.PdfiumError:
            continue
    return False


def _rescued(path: Path, copy: Path) -> bool:
    """Whether qpdf could write the file's pages to `copy`, found by its tree of pages or else one by one."""
    if _saved(path, copy):
        return True
    found = copy.with_suffix(".found")
    try:
        with_pages = with_found_pages(path.read_bytes()) if path.stat().st_size <= MOST_SEARCHED else None
        if with_pages is None:
            return False
        found.write_bytes(with_pages)
    except OSError:
        return False
    return _saved(found, copy)


def _saved(path: Path, copy: Path) -> bool:
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            if not len(pdf.pages):
                return False
            pdf.save(copy, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    except (*BROKEN_PDF, OSError):
        return False
    return True


def with_found_pages(data: bytes) -> bytes | None:
    """The bytes of a PDF with a tree of the pages that can be found in them, in the order in which they lie,
    or None where there are none. A block gone wrong may leave every page and take the tree.

    A page is an object whose dictionary says so (PDF 1.7, 7.7.3.3). What follows the old end holds a catalog
    and a tree of its own; it has no table of objects, so that a reader looks for all of them.
    """
    pages = list(dict.fromkeys(n for match in _PAGE.finditer(data) if (n := _object_of(data, match.start()))))
    if not pages:
        return None
    tree = 1 + max(int(match[1]) for match in _OBJECT.finditer(data))
    kids = b" ".join(b"%b R" % n for n in pages[:MOST_PAGES])
    end = (
        b"\n%d 0 obj\n<< /Type /Pages /Count %d /Kids [%b] >>\nendobj\n"
        b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n"
        b"trailer\n<< /Root %d 0 R /Size %d >>\n%%%%EOF\n"
    )
    for keyword in (b"trailer", b"startxref", b"/XRef"):  # of the old tables, which name the old catalog
        data = data.replace(keyword, b"%" + keyword[1:])
    return data + end % (tree, len(pages[:MOST_PAGES]), kids, tree + 1, tree, tree + 1, tree + 2)


def _object_of(data: bytes, at: int) -> bytes | None:
    """The number and generation of the object in whose dictionary a place stands."""
    before = data[max(0, at - _DICTIONARY_BYTES) : at]
    heads = list(_OBJECT.finditer(before))
    return b"%b %b" % heads[-1].groups() if heads and b"endobj" not in before[heads[-1].end() :] else None

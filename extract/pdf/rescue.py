"""A PDF made readable: print of notes and fields made content, and a file that PDFium cannot open put
together again by qpdf from the objects that are still in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from extract.pdf.flatten import DrawnFile, with_drawn_notes
from extract.pdf.render import OpenPdf, open_pdf
from extract.pdf.soundness import BROKEN_PDF
from model.errors import DamagedFileError


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
        try:
            document = stack.enter_context(open_pdf(drawn.file))
        except DamagedFileError as error:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rescued-")))
            drawn = DrawnFile(folder / path.name)
            if not _rescued(path, drawn.file):
                raise
            try:
                document = stack.enter_context(open_pdf(drawn.file))
            except DamagedFileError:
                raise error from None
        yield ReadablePdf(drawn, document)


def _rescued(path: Path, copy: Path) -> bool:
    """Whether qpdf could write the file's pages to `copy`."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            if not len(pdf.pages):
                return False
            pdf.save(copy, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    except (*BROKEN_PDF, OSError):
        return False
    return True

"""Office files opened: each kind by its reader, as pages."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from extract.kinds import Format
from model.page import PageContent


def _doc(path: Path) -> list[PageContent]:
    from extract.office.libreoffice import converted
    from extract.office.word.binary import loss_of, lost_figures, with_last_table

    with converted(path, "docx") as new:
        pages = [with_last_table(path, page) for page in _docx(new)]
    told = loss_of(lost_figures(path, pages))
    return [replace(page, losses=(*page.losses, *told)) for page in pages]


def _docx(path: Path) -> list[PageContent]:
    from extract.office.pages import page_of
    from extract.office.word.docx import read_docx

    return [page_of(read_docx(path))]


def _rtf(path: Path) -> list[PageContent]:
    from extract.office.pages import page_of
    from extract.office.rtf.reader import read_rtf

    return [page_of(read_rtf(path))]


def _odt(path: Path) -> list[PageContent]:
    from extract.office.opendocument.text import read_odt
    from extract.office.pages import page_of

    return [page_of(read_odt(path))]


def _xlsx(path: Path) -> list[PageContent]:
    from extract.office.sheet.pages import pages_of
    from extract.office.sheet.xlsx import read_xlsx

    return pages_of(read_xlsx(path))


def _xls(path: Path) -> list[PageContent]:
    from extract.office.sheet.pages import pages_of
    from extract.office.sheet.xls import read_xls

    return pages_of(read_xls(path))


def _ods(path: Path) -> list[PageContent]:
    from extract.office.opendocument.sheets import read_ods
    from extract.office.sheet.pages import pages_of

    return pages_of(read_ods(path))


def _sheet_xml(path: Path) -> list[PageContent]:
    from extract.office.libreoffice import converted

    with converted(path, "xlsx") as new:
        return _xlsx(new)


_LARGE = 1 << 19  # bytes of a file whose reading leaves much to give back


READERS: Mapping[Format, Callable[[Path], list[PageContent]]] = {
    "docx": _docx, "rtf": _rtf, "odt": _odt, "xlsx": _xlsx, "xls": _xls, "ods": _ods, "doc": _doc,
    "sheet-xml": _sheet_xml,
}  # fmt: skip
"""What reads each office format; a reader is loaded when its first file comes."""


def read_office(path: Path, form: Format) -> list[PageContent]:
    """The pages of an office file: one for a text, one a sheet for a workbook. Raises the errors of
    `model.errors`; MissingProgramError for a kind that only LibreOffice reads where there is none."""
    pages = READERS[form](path)
    if path.stat().st_size >= _LARGE:
        _give_back()
    return pages


def _give_back() -> None:
    """Have the C library return what libxml2 freed: of a sheet of 100,000 cells in OpenDocument 120 MB, which
    it keeps otherwise beside all that follows (glibc; others do so by themselves)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
